//! Frame objects: what a debugger sees of a running function, and of one that has ended.

use core::cell::Cell;

use crate::Vm;
use crate::compile::code::Kind;
use crate::q;
use crate::qstr::Qstr;
use crate::run::code::{RawCode, flags};
use crate::run::frame::Frame;
use crate::run::trace;
use crate::types::cell::CellBody;
use crate::types::dict::{self, Dict};
use crate::value::{Gc, Obj, Object, PrintKind, Res, Sink, Type, put};

/// Body of a frame object.
#[repr(C)]
pub struct FrameObject {
    /// The frame; null when it has ended.
    frame: Cell<*mut Frame>,
    code: Gc<RawCode>,
    names: Gc<Dict>,
    /// Its local trace function, or `Obj::NULL`.
    pub trace: Cell<Obj>,
    /// Of a frame that has ended: its caller's object and its locals.
    back: Cell<Obj>,
    locals: Cell<Obj>,
    /// Offset of the last operation, of a frame that has ended.
    last: Cell<usize>,
    /// It has been called and not yet begun: it is on the line of its `def`.
    called: Cell<bool>,
    /// Whether lines are traced.
    lines: Cell<bool>,
    /// `f_trace_opcodes`, which nothing looks at.
    opcodes: Cell<bool>,
    /// The operation before this one, the line it belongs to, and the code of that line.
    at: Cell<*const u8>,
    line: Cell<u32>,
    range: Cell<(usize, usize)>,
}

impl Object for FrameObject {
    const TYPE: &'static Type = &TYPE;
}

/// `frame`
pub static TYPE: Type =
    Type { print: Some(print), get_attr: Some(get_attr), set_attr: Some(set_attr), ..Type::new(q!("frame")) };

/// An object for a frame.
///
/// # Safety
/// `frame` is in use.
pub unsafe fn new(vm: &mut Vm, frame: *mut Frame) -> Res<Gc<FrameObject>> {
    // SAFETY: the caller's promise.
    let (code, names) = unsafe { ((*frame).code, (*frame).names) };
    let body = FrameObject {
        frame: Cell::new(frame),
        code,
        names,
        trace: Cell::new(Obj::NULL),
        back: Cell::new(Obj::NONE),
        locals: Cell::new(Obj::NONE),
        last: Cell::new(0),
        called: Cell::new(false),
        lines: Cell::new(true),
        opcodes: Cell::new(false),
        at: Cell::new(core::ptr::null()),
        line: Cell::new(0),
        range: Cell::new((0, 0)),
    };
    let seen = Gc::alloc(vm, body)?;
    // What is left of the line that runs now is not a new one.
    seen.line.set(seen.line());
    Ok(seen)
}

/// Parts the object from its frame, which is not used any more.
///
/// # Safety
/// `frame` is the object's.
pub unsafe fn detach(vm: &mut Vm, seen: Gc<FrameObject>, frame: *mut Frame, back: Obj) -> Res<()> {
    seen.last.set(seen.offset());
    seen.called.set(false);
    seen.back.set(back);
    // SAFETY: the caller's promise.
    let locals = unsafe { locals(vm, frame) };
    seen.frame.set(core::ptr::null_mut());
    seen.locals.set(locals?);
    Ok(())
}

impl FrameObject {
    /// Whether it is the object of `frame`.
    pub fn is_of(&self, frame: *mut Frame) -> bool {
        self.frame.get() == frame
    }

    /// The frame is called, or goes on.
    pub fn start(&self, frame: &Frame) {
        let start = frame.ip == frame.code.start || trace::is_begin(frame.ip);
        self.called.set(start);
        self.line.set(if start { 0 } else { self.code.line_at(self.offset()) });
        self.range.set((0, 0));
        self.at.set(frame.ip);
    }

    /// Its call has been told.
    pub fn begin(&self) {
        self.called.set(false);
    }

    /// The operation at `ip` is about to run: whether that is to be told as a line.
    pub fn reaches(&self, frame: &Frame, ip: *const u8) -> bool {
        let back = ip < self.at.replace(ip);
        let offset = (ip as usize).saturating_sub(frame.code.start as usize);
        let told = self.lines.get() && !self.trace.get().is_null();
        let (from, to) = self.range.get();
        if from <= offset && offset < to {
            return back && told;
        }
        let (line, from, to) = frame.code.line_range(offset);
        self.range.set((from, to));
        // The end of a loop may be on the line of its start: that is told once.
        line != self.line.replace(line) && told
    }

    /// Offset of the operation that runs.
    fn offset(&self) -> usize {
        let frame = self.frame.get();
        if frame.is_null() {
            return self.last.get();
        }
        // SAFETY: a frame that is not null is in use.
        let ip = unsafe { (*frame).ip };
        if trace::is_begin(ip) || ip.is_null() {
            return 0;
        }
        (ip as usize).saturating_sub(self.code.start as usize + 1)
    }

    fn line(&self) -> u32 {
        if self.called.get() { self.code.first_line.get() } else { self.code.line_at(self.offset()) }
    }
}

/// A dict with the locals of a frame, or the namespace it runs in.
unsafe fn locals(vm: &mut Vm, frame: *mut Frame) -> Res {
    // SAFETY: the caller's promise that the frame is in use.
    unsafe {
        let code = (*frame).code;
        if code.name == q!("<module>") || (*frame).names != code.context.globals {
            return Ok((*frame).names.obj());
        }
        let all = dict::new(vm)?;
        if code.kind.get() == Kind::Viper && code.flags & flags::GENERATOR != 0 {
            // What it keeps are words, not objects.
            return Ok(all);
        }
        let first = Frame::locals(frame);
        for number in 0..code.locals.len() {
            let Some((name, is_cell)) = code.local_name(number) else { continue };
            let value = *first.sub(number);
            let value = match Gc::<CellBody>::from_obj(value) {
                Some(cell) if is_cell => cell.value.get(),
                Some(_) | None => value,
            };
            let nameless = value.is_null() || vm.text_of_name(name).is_empty();
            if let (Some(map), false) = (dict::map(all), nameless) {
                map.set_name(vm, name, value)?;
            }
        }
        Ok(all)
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(seen) = Gc::<FrameObject>::from_obj(obj) else { return Ok(()) };
    let (file, name) = (vm.text_of_name(seen.code.context.file.get()), vm.text_of_name(seen.code.name));
    put(vm, sink, format_args!("<frame at 0x{:x}, file '{file}', line {}, code {name}>", obj.bits(), seen.line()))
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(seen) = Gc::<FrameObject>::from_obj(obj) else { return Ok(Obj::NULL) };
    let frame = seen.frame.get();
    if name == q!("f_back") {
        if frame.is_null() {
            return Ok(seen.back.get());
        }
        let caller = trace::caller(vm, frame);
        // SAFETY: who is in the chain of running frames is in use.
        return if caller.is_null() { Ok(Obj::NONE) } else { Ok(unsafe { trace::object(vm, caller) }?.obj()) };
    }
    if name == q!("f_locals") {
        // SAFETY: as above.
        return if frame.is_null() { Ok(seen.locals.get()) } else { unsafe { locals(vm, frame) } };
    }
    if name == q!("f_builtins") {
        let builtins = crate::run::import_name(vm, q!("builtins"), Obj::NONE, Obj::small_wrapping(0))?;
        return vm.get_attr(builtins, q!("__dict__"));
    }
    let small = |number: usize| Obj::small_wrapping(number as isize);
    Ok(if name == q!("f_code") {
        seen.code.obj()
    } else if name == q!("f_globals") {
        seen.code.context.globals.obj()
    } else if name == q!("f_lineno") {
        small(seen.line() as usize)
    } else if name == q!("f_lasti") {
        small(seen.offset())
    } else if name == q!("f_trace") {
        let trace = seen.trace.get();
        if trace.is_null() { Obj::NONE } else { trace }
    } else if name == q!("f_trace_lines") {
        Obj::bool(seen.lines.get())
    } else if name == q!("f_trace_opcodes") {
        Obj::bool(seen.opcodes.get())
    } else {
        Obj::NULL
    })
}

fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(seen) = Gc::<FrameObject>::from_obj(obj) else { return Ok(false) };
    if name == q!("f_trace") {
        seen.trace.set(if value.is_none() { Obj::NULL } else { value });
    } else if name == q!("f_trace_lines") && !value.is_null() {
        seen.lines.set(vm.truth(value)?);
    } else if name == q!("f_trace_opcodes") && !value.is_null() {
        seen.opcodes.set(vm.truth(value)?);
    } else {
        return Ok(false);
    }
    Ok(true)
}
