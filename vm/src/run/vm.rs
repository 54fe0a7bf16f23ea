//! One virtual machine: heap, names, modules, value stack, and the exception that waits to be handled.

use alloc::alloc::Layout;
use alloc::boxed::Box;
use core::ptr::NonNull;

use crate::compile::emitter::Emitter;
use crate::gc::{Heap, Kind, Region, Root};
use crate::mem;
use crate::port::Port;
use crate::qstr::Pool;
use crate::types::dict::Dict;
use crate::types::exception;
use crate::value::{Gc, GcVec, Map, Obj, Res};

use super::frame::Frame;

/// What a port gives a new machine.
pub struct Setup {
    /// The machine's surroundings.
    pub port: Box<dyn Port>,
    /// Where the heap lies.
    pub region: Region,
    /// Words of the value stack, which holds the frames of running functions.
    pub stack_words: usize,
    /// High end of the machine stack.
    pub machine_stack_top: *const u8,
    /// Bytes of machine stack that Python code may use.
    pub machine_stack_bytes: usize,
    /// Makes machine code of decorated functions, where the port has a back end.
    pub emitter: Option<Box<dyn Emitter>>,
    /// Whether code objects get inline caches.
    pub caches: bool,
}

/// A virtual machine. It must stay where it is made, so it lives in a box.
#[repr(C)]
pub struct Vm {
    /// End of the used part of the value stack.
    pub(crate) stack_top: *mut Obj,
    /// End of the value stack.
    pub(crate) stack_limit: *mut Obj,
    /// Lowest address the machine stack may reach.
    pub(crate) machine_limit: usize,
    /// High end of the machine stack.
    pub(crate) machine_top: usize,
    /// The character that interrupts when it comes from the console; -1 for none.
    pub interrupt_char: i32,
    /// A program scheduled KeyboardInterrupt.
    pub(crate) interrupt_scheduled: bool,
    /// Non-zero when something waits to be done at the next back edge: Ctrl-C, scheduled calls.
    pub pending: u32,
    /// The exception that was raised; `Obj::NULL` when none is.
    pub(crate) exception: Obj,
    /// Value of the last exhausted generator, for `yield from`; `Obj::NULL` when it returned nothing.
    pub stop_value: Obj,
    /// How the iterator of the `yield from` ended that is gone on with next, its value or what it raised; read at once.
    pub(crate) inner_end: Option<Result<Obj, Obj>>,
    /// What a generator in a `for` gave that could not go on in place; read at once.
    pub resumed: Obj,
    /// Changes whenever a class attribute that caches may hold changes; a multiple of `cache::EPOCH`.
    pub(crate) attr_epoch: u32,
    /// Changes whenever a built-in name gets another value; never zero.
    pub(crate) builtins_version: u32,
    /// Whether code objects get inline caches.
    pub(crate) caches: bool,
    /// A scheduled function or a finaliser is running; others wait until it is done.
    pub(crate) serving: bool,
    /// A program has `builtins.__dict__`: nothing tells when it changes that.
    pub(crate) builtins_open: bool,
    /// A MemoryError with its message is being made.
    pub(crate) telling_shortage: bool,
    /// Where the next iterator may be made while the heap is locked; null for nowhere.
    pub(crate) iter_place: *mut crate::value::IterPlace,
    /// The innermost running frame.
    pub(crate) frame: *mut Frame,
    /// The exception raised when memory is out; made at the start.
    pub(crate) memory_error: Obj,
    /// The exception for when no memory is to be had.
    pub(crate) emergency: crate::types::emergency::Emergency,
    /// What a program threw into a generator that is machine code, before it was made an exception.
    pub(crate) thrown: Obj,
    /// `sys.modules`
    pub modules: Obj,
    /// Names added to `builtins` at run time.
    pub builtins: Obj,
    /// The `__main__` module.
    pub main: Obj,
    /// Its globals.
    pub main_globals: Gc<Dict>,
    /// Functions that wait to be called with an argument: pairs, in order.
    pub(crate) scheduled: GcVec<Obj>,
    /// `sys.path`, a list.
    pub path: Obj,
    /// `sys.argv`, a list.
    pub argv: Obj,
    /// What is mounted where: tuples of a file system and its mount point.
    pub(crate) mounts: GcVec<Obj>,
    /// The entry of `mounts` that relative paths are in; `Obj::NULL` for the directory of mount points.
    pub(crate) mounted_here: Obj,
    /// `sys.executable`
    pub executable: &'static str,
    /// What `sys.atexit` was given last; `Obj::NULL` if nothing.
    pub at_exit: Obj,
    /// `sys.path`, `sys.argv` and what else modules keep, by (module, name).
    pub state: Map,
    /// Who waits for the end of which object: references with a callback, and finalisers.
    pub(crate) watches: GcVec<crate::types::weakref::Watch>,
    /// The finalisers among them, which nothing else has to keep alive.
    pub(crate) finalizers: GcVec<Obj>,
    /// Containers whose items are being printed, so that cycles end.
    pub printing: GcVec<Obj>,
    /// What `sys.settrace` asks for, and frames with objects.
    #[cfg(feature = "trace")]
    pub(crate) tracing: super::trace::Tracing,
    /// The heap.
    pub heap: Heap,
    /// The names.
    pub pool: Pool,
    /// The surroundings.
    pub port: Box<dyn Port>,
    /// The generator of `random`, once it is seeded.
    pub(crate) random: Option<crate::num::random::Random>,
    /// Makes machine code, if the port has a back end.
    pub emitter: Option<Box<dyn Emitter>>,
    /// Options of the compiler: optimisation level, default emitter.
    pub options: crate::compile::Options,
    /// What was found in classes lately.
    pub(crate) lately: crate::types::class::Lately,
    /// Machine code that was made, with its owners.
    pub(crate) machine: mem::Vec<super::native::Owned>,
    /// The threads.
    #[cfg(feature = "threads")]
    pub(crate) team: super::thread::Team,
    stack: ValueStack,
}

/// Memory of the value stack. It is zero at the start and costs nothing until it is used.
pub(super) struct ValueStack {
    start: *mut u8,
    layout: Layout,
}

impl ValueStack {
    pub(super) fn new(words: usize) -> Option<ValueStack> {
        let layout = Layout::array::<usize>(words.max(1)).ok()?;
        // SAFETY: the layout is not empty.
        let start = unsafe { alloc::alloc::alloc_zeroed(layout) };
        if start.is_null() { None } else { Some(ValueStack { start, layout }) }
    }

    /// Its first word.
    pub(super) fn start(&self) -> *mut Obj {
        self.start.cast()
    }
}

impl Drop for ValueStack {
    fn drop(&mut self) {
        // SAFETY: made by `new` with this layout.
        unsafe { alloc::alloc::dealloc(self.start, self.layout) };
    }
}

impl Vm {
    /// A machine with an empty `__main__`; `None` if there is not enough memory.
    pub fn new(setup: Setup) -> Option<Box<Vm>> {
        Self::new_sharing(setup, |_| ())
    }

    /// As `new`, for ports whose global allocator takes from the machine's heap: `share` hears where the heap is once
    /// it stands there, and nothing but the value stack and the machine itself was allocated before.
    pub fn new_sharing(setup: Setup, share: fn(NonNull<Heap>)) -> Option<Box<Vm>> {
        let stack = ValueStack::new(setup.stack_words)?;
        let heap = Heap::new(setup.region)?;
        let mut vm = Box::new(Vm {
            stack_top: core::ptr::null_mut(),
            stack_limit: core::ptr::null_mut(),
            machine_limit: (setup.machine_stack_top.addr()).saturating_sub(setup.machine_stack_bytes),
            machine_top: setup.machine_stack_top.addr(),
            interrupt_char: 3,
            interrupt_scheduled: false,
            pending: 0,
            exception: Obj::NULL,
            stop_value: Obj::NULL,
            inner_end: None,
            resumed: Obj::NULL,
            attr_epoch: crate::run::cache::EPOCH,
            builtins_version: 1,
            caches: setup.caches,
            serving: false,
            iter_place: core::ptr::null_mut(),
            builtins_open: false,
            telling_shortage: false,
            memory_error: Obj::NULL,
            emergency: crate::types::emergency::Emergency::NONE,
            thrown: Obj::NULL,
            modules: Obj::NULL,
            builtins: Obj::NULL,
            main: Obj::NULL,
            // SAFETY: nothing uses it before `start` sets it, except the collector, for which it is not in the heap.
            main_globals: unsafe { Gc::from_pointer(core::ptr::NonNull::<u64>::dangling().cast()) },
            path: Obj::NULL,
            argv: Obj::NULL,
            mounts: GcVec::new(),
            mounted_here: Obj::NULL,
            executable: "",
            at_exit: Obj::NULL,
            frame: core::ptr::null_mut(),
            scheduled: GcVec::new(),
            state: Map::new(),
            watches: GcVec::new(),
            finalizers: GcVec::new(),
            printing: GcVec::new(),
            #[cfg(feature = "trace")]
            tracing: super::trace::Tracing::new(),
            heap,
            pool: Pool::new(),
            port: setup.port,
            random: None,
            emitter: setup.emitter,
            options: crate::compile::Options::FILE,
            lately: crate::types::class::Lately::new(setup.caches).ok()?,
            machine: mem::Vec::new(),
            #[cfg(feature = "threads")]
            team: super::thread::Team::new(),
            stack,
        });
        let stack = vm.stack.start();
        vm.stack_top = stack;
        vm.stack_limit = stack.wrapping_add(setup.stack_words);
        let top_cell = &raw const vm.stack_top;
        let fixed = (&raw const vm.exception).cast::<usize>();
        let fixed_end = (&raw const vm.heap).cast::<usize>();
        // SAFETY: the box does not move; the fields between `exception` and `heap` are words; the stack lives as long as the
        // Vm, and everything runs below the top that the port named.
        unsafe {
            vm.heap.set_stack_top(setup.machine_stack_top);
            vm.heap.add_root(Root::Fixed(fixed, fixed_end));
            vm.heap.add_root(Root::UpTo(stack.cast_const().cast(), top_cell.cast()));
        }
        share(NonNull::from(&mut vm.heap));
        vm.start().ok()?;
        Some(vm)
    }

    /// Where the value stack of the running thread begins.
    #[cfg(feature = "trace")]
    pub(super) fn value_stack(&self) -> *mut Obj {
        #[cfg(feature = "threads")]
        if let Some(start) = super::thread::value_stack(self) {
            return start;
        }
        self.stack.start()
    }

    /// The value stack of the first thread.
    #[cfg(feature = "threads")]
    pub(super) fn stack_start(&self) -> *mut Obj {
        self.stack.start()
    }

    fn start(&mut self) -> Res<()> {
        self.memory_error = exception::with_args(self, crate::value::TypeRef::of(&exception::MEMORY_ERROR), &[])?;
        crate::types::emergency::start(self)?;
        self.printing = GcVec::with_capacity(self, 4)?;
        self.modules = crate::types::dict::new(self)?;
        self.builtins = crate::types::dict::new(self)?;
        self.main = crate::types::module::new(self, crate::q!("__main__"))?;
        if let Some(globals) = crate::types::module::globals(self.main) {
            self.main_globals = globals;
        }
        self.path = crate::types::list::new(self, &[])?;
        self.argv = crate::types::list::new(self, &[])?;
        Ok(())
    }

    /// Zeroed memory from the heap; raises MemoryError if there is none.
    #[inline(always)]
    pub(crate) fn alloc_raw(&mut self, bytes: usize, kind: Kind) -> Res<core::ptr::NonNull<u8>> {
        match self.heap.alloc_fast(bytes, kind) {
            Some(cell) => Ok(cell),
            None => self.alloc_slow(bytes, kind),
        }
    }

    #[cold]
    #[inline(never)]
    fn alloc_slow(&mut self, bytes: usize, kind: Kind) -> Res<core::ptr::NonNull<u8>> {
        let cell = self.heap.alloc(bytes, kind);
        if self.heap.has_finalisable() {
            // A collection on the way found dead objects with a finaliser: the next jump backwards calls it.
            self.pending |= 1;
        }
        cell.ok_or_else(|| self.memory_error_of(bytes))
    }

    /// Raises RecursionError if the machine stack is nearly used up.
    #[inline(always)]
    pub fn check_stack(&mut self) -> Res<()> {
        let here = 0u8;
        if (&raw const here).addr() > self.machine_limit { Ok(()) } else { Err(self.too_deep()) }
    }

    /// RecursionError of too deep a recursion, with upstream's text.
    #[cold]
    pub(crate) fn too_deep(&mut self) -> crate::value::Raise {
        self.raise_new(&exception::RECURSION_ERROR, format_args!("maximum recursion depth exceeded"))
    }
}
