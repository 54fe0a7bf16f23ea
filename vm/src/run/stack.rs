//! The value stack: room for frames and for arguments that are put together.

use super::Vm;
use super::frame::{Frame, Leave};
use crate::types::dict::Dict;
use crate::types::weakref;
use crate::value::{Gc, Obj, Res};

impl Vm {
    /// Puts `first` (unless it is `Obj::NULL`) and `rest` on the value stack and gives them as one slice. The caller keeps
    /// `vm.stack_top` from before and puts it back when the slice is no longer used.
    pub(crate) fn push_args<'a>(&mut self, first: Obj, rest: &[Obj]) -> Res<&'a [Obj]> {
        let start = self.stack_top;
        let count = rest.len() + usize::from(!first.is_null());
        if start.wrapping_add(count) > self.stack_limit && !self.has_room(count) {
            return Err(self.too_deep());
        }
        // SAFETY: start..start+count lies inside the stack, which never moves, and above everything in use.
        unsafe {
            let mut at = start;
            if !first.is_null() {
                at.write(first);
                at = at.add(1);
            }
            core::ptr::copy_nonoverlapping(rest.as_ptr(), at, rest.len());
            self.stack_top = start.add(count);
            Ok(core::slice::from_raw_parts(start, count))
        }
    }

    /// Whether there is room after all: while frames are traced the limit says that there is none.
    #[cold]
    fn has_room(&self, _count: usize) -> bool {
        #[cfg(feature = "trace")]
        return self.stack_top.wrapping_add(_count) <= super::trace::stack_limit(self);
        #[cfg(not(feature = "trace"))]
        false
    }

    /// Has `obj.__del__()` called when the collector finds it dead.
    pub(crate) fn finalise(&mut self, obj: Obj) -> Res<()> {
        match obj.as_pointer() {
            Some(cell) if !self.heap.set_finaliser(cell) => Err(self.memory_error()),
            Some(_) | None => Ok(()),
        }
    }

    /// The low bits of an int object of any size; `None` if `obj` is no int.
    pub fn int_bits(&self, obj: Obj) -> Option<usize> {
        crate::types::int::low_bits(obj)
    }

    /// The globals of the innermost function that runs in bytecode, or those of `__main__`.
    pub fn globals(&self) -> Gc<Dict> {
        // SAFETY: `frame` is null or the running frame.
        match unsafe { self.frame.as_ref() } {
            Some(frame) => frame.code.context.globals,
            None => self.main_globals,
        }
    }

    /// The namespace of the innermost frame: that of a class body, or the globals.
    pub fn names(&self) -> Gc<Dict> {
        // SAFETY: as `globals`.
        match unsafe { self.frame.as_ref() } {
            Some(frame) => frame.names,
            None => self.main_globals,
        }
    }

    /// The namespace of the innermost frame, or a new dict of its locals if it is that of a function whose names are known.
    pub fn local_names(&mut self) -> Res<Gc<Dict>> {
        #[cfg(feature = "diagnostics")]
        // SAFETY: `frame` is null or the running frame, whose locals are as many as their names.
        if let Some(frame) = unsafe { self.frame.as_mut() }
            && frame.code.flags & super::code::flags::FUNCTION != 0
        {
            let code = frame.code;
            let all = crate::types::dict::new(self)?;
            let Some(all) = Gc::<Dict>::from_obj(all) else { return Ok(self.names()) };
            for (at, name) in code.locals.slice().iter().enumerate() {
                let name = crate::qstr::Qstr(*name);
                // SAFETY: as above.
                let mut value = unsafe { super::frame::Frame::locals(frame).sub(at).read() };
                if let Some(cell) = Gc::<crate::types::cell::CellBody>::from_obj(value)
                    && (code.is_cell(at) || code.is_free(at))
                {
                    value = cell.value.get();
                }
                // The iterator of a comprehension has no name.
                if !value.is_null() && !self.text_of_name(name).is_empty() {
                    all.map.set_name(self, name, value)?;
                }
            }
            return Ok(all);
        }
        Ok(self.names())
    }

    /// Does what waits, if something does: in loops of built-in functions.
    #[inline(always)]
    pub fn poll(&mut self) -> Res<()> {
        if self.pending == 0 { Ok(()) } else { self.run_pending() }
    }

    /// Does what waits: Ctrl-C becomes KeyboardInterrupt, scheduled functions are called, dead objects finalised.
    #[cold]
    #[inline(never)]
    pub fn run_pending(&mut self) -> Res<()> {
        self.pending = 0;
        let main = self.is_main_thread();
        let scheduled = main && self.interrupt_scheduled && !self.serving;
        if scheduled {
            self.interrupt_scheduled = false;
        }
        if main && self.is_interrupted() || scheduled {
            return Err(self.raise_args(&crate::types::exception::KEYBOARD_INTERRUPT, &[]));
        }
        if !self.serving {
            self.serving = true;
            self.run_finalisers();
            if main {
                super::schedule::run(self);
            }
            self.serving = false;
            let waits = !self.scheduled.is_empty() || self.interrupt_scheduled;
            if main && waits || self.heap.has_finalisable() {
                self.pending |= 1;
            }
        }
        #[cfg(feature = "threads")]
        super::thread::give_slice(self);
        #[cfg(feature = "trace")]
        if self.tracing.on {
            // Loops that do not trace give up when they see this.
            self.pending = 1;
        }
        Ok(())
    }

    fn is_interrupted(&mut self) -> bool {
        #[cfg(feature = "threads")]
        if super::thread::take_interrupt(self) {
            return true;
        }
        self.port.interrupted()
    }

    /// Whether the first thread runs: Ctrl-C and scheduled functions are for it.
    pub fn is_main_thread(&self) -> bool {
        #[cfg(feature = "threads")]
        return super::thread::is_main(self);
        #[cfg(not(feature = "threads"))]
        true
    }

    /// Waits; other threads run meanwhile.
    pub fn nap(&mut self, us: u64) {
        #[cfg(feature = "threads")]
        super::thread::nap(self, us);
        #[cfg(not(feature = "threads"))]
        self.port.sleep_us(us);
    }

    /// Lets other threads run that wait for the machine.
    pub fn give_way(&mut self) {
        #[cfg(feature = "threads")]
        super::thread::give_way(self);
    }

    /// Before a read that may block: other threads run until it would not.
    #[cfg_attr(not(feature = "threads"), allow(unused_variables))]
    pub fn before_read(&mut self, file: crate::port::FileId) -> Res<()> {
        #[cfg(feature = "threads")]
        super::thread::before_read(self, file)?;
        Ok(())
    }

    /// Calls `__del__` of what the collector found dead. What that raises is printed: there is nobody to catch it. The machine
    /// code of dead functions is given back.
    pub fn run_finalisers(&mut self) {
        while let Some(cell) = self.heap.take_finalisable() {
            if let Some(code) = Gc::<super::code::RawCode>::from_obj(Obj::from_pointer(cell)) {
                super::native::release(self, code);
                continue;
            }
            let obj = Obj::from_pointer(cell);
            let waiting = core::mem::replace(&mut self.exception, Obj::NULL);
            weakref::gone(self, cell.addr().get());
            if let Some(body) = Gc::<weakref::Ref>::from_obj(obj) {
                weakref::forget(self, body);
                self.exception = waiting;
                continue;
            }
            let has_method = crate::types::class::lookup(self, obj.type_of(), crate::q!("__del__")).is_some();
            let answer = match Gc::<crate::types::generator::Generator>::from_obj(obj) {
                Some(_) => crate::types::generator::close(self, obj),
                None if has_method => self.call_method(obj, crate::q!("__del__"), &[]),
                None => Ok(Obj::NONE),
            };
            if let Err(raise) = answer {
                super::schedule::tell(self, "Exception ignored in __del__:\n", raise);
            }
            self.exception = waiting;
        }
    }

    /// The exception that is being handled now, by the innermost frame that handles one; `Obj::NULL` if none does.
    pub fn caught(&self) -> Obj {
        // SAFETY: what is found is a word of a living frame.
        self.handled().map_or(Obj::NULL, |place| unsafe { *place })
    }

    /// Says that what is being handled now is another exception.
    pub(crate) fn set_caught(&mut self, exception: Obj) {
        if let Some(place) = self.handled() {
            // SAFETY: as `caught`; nobody else looks at it now.
            unsafe { place.write(exception) };
        }
    }

    /// Where the innermost frame that handles an exception keeps it.
    fn handled(&self) -> Option<*mut Obj> {
        let mut at = self.frame;
        // SAFETY: frames and their blocks live while they are in the chain that starts at `frame`.
        unsafe {
            while !at.is_null() {
                let code = (*at).code;
                if (*at).leave == Leave::Native {
                    let place = (&raw mut (*at).blocks).cast::<Obj>();
                    if !(*place).is_null() {
                        return Some(place);
                    }
                } else if code.n_exc != 0 {
                    let first = Frame::first_block(at);
                    let mut block = (*at).blocks;
                    while block >= first {
                        if !(*block).caught.is_null() {
                            return Some(&raw mut (*block).caught);
                        }
                        block = block.sub(1);
                    }
                }
                at = (*at).prev;
            }
        }
        None
    }

    /// Machine code, which keeps its handlers to itself, says what it handles from now on; gives what it handled before.
    pub(crate) fn set_handling(&mut self, exception: Obj) -> Obj {
        if self.frame.is_null() {
            return Obj::NULL;
        }
        // SAFETY: machine code runs in the innermost frame, whose `blocks` nobody uses; a word holds either.
        unsafe {
            let place = (&raw mut (*self.frame).blocks).cast::<Obj>();
            let before = if (*self.frame).leave == Leave::Native { *place } else { Obj::NULL };
            (*self.frame).leave = Leave::Native;
            place.write(exception);
            before
        }
    }

    /// Bytes of machine stack in use, and how many there are.
    pub fn stack_use(&self) -> (usize, usize) {
        let here = 0u8;
        (self.machine_top.saturating_sub((&raw const here).addr()), self.machine_top.saturating_sub(self.machine_limit))
    }

    /// Bytes of the heap that `obj` itself takes.
    pub fn size_of(&self, obj: Obj) -> usize {
        obj.as_pointer().and_then(|cell| self.heap.size_of(cell)).unwrap_or(0)
    }
}
