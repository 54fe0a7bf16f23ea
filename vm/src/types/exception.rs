//! Exceptions: one body for all classes, and matching.

mod attrs;
mod classes;
pub mod group;
mod make;
mod methods;
mod print;

pub use attrs::attributes;
pub use classes::*;
pub use make::{construct, of_number};
pub use print::print_plain;

use core::cell::Cell;
use core::fmt::{Arguments, Write};

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::class::{self, Found};
use crate::types::{dict, emergency, str, tuple};
use crate::value::{Args, Entry, Flags, Gc, GcVec, Obj, Object, PrintKind, Raise, Res, Sink, Type, TypeRef, put, row};

/// Body of every exception, also of user classes that derive from one.
pub struct Exception {
    /// `args`, a tuple.
    pub args: Cell<Obj>,
    /// Where it passed: (file name, line, block name) triples as words, innermost first.
    pub trace: GcVec<usize>,
    /// `__cause__`, or `Obj::NULL`.
    pub cause: Cell<Obj>,
    /// `__context__`, or `Obj::NULL`.
    pub context: Cell<Obj>,
    /// Attributes set by the program: a dict, or `Obj::NULL` while there are none.
    pub attrs: Cell<Obj>,
    /// What name was not found, and where.
    #[cfg(feature = "diagnostics")]
    pub missed: Cell<crate::run::suggest::Missed>,
    /// What the class keeps beside `args`: the exceptions of a group, the file name of an OSError, a tuple of what the
    /// keywords of the class said; or `Obj::NULL`.
    pub kept: Cell<Obj>,
    /// `__traceback__` as last asked for, made of the first `shown` entries of `trace`; or `Obj::NULL`.
    pub traceback: Cell<Obj>,
    /// See `traceback`.
    pub shown: Cell<u16>,
    /// `__suppress_context__`
    pub suppress: Cell<bool>,
}

impl Exception {
    /// An exception with this tuple of arguments that has passed nothing.
    pub fn new(args: Obj) -> Exception {
        Exception {
            args: Cell::new(args),
            trace: GcVec::new(),
            cause: Cell::new(Obj::NULL),
            context: Cell::new(Obj::NULL),
            attrs: Cell::new(Obj::NULL),
            #[cfg(feature = "diagnostics")]
            missed: Cell::new(crate::run::suggest::Missed::NOTHING),
            kept: Cell::new(Obj::NULL),
            traceback: Cell::new(Obj::NULL),
            shown: Cell::new(0),
            suppress: Cell::new(false),
        }
    }
}

impl Object for Exception {
    const TYPE: &'static Type = &BASE_EXCEPTION;
}

/// `BaseException`
pub static BASE_EXCEPTION: Type = Type {
    flags: Flags::BASE.with(Flags::EXCEPTION),
    make: Some(make::make),
    print: Some(print::print),
    get_attr: Some(attrs::get_attr),
    set_attr: Some(attrs::set_attr),
    table: methods::TABLE,
    ..Type::new(q!("BaseException"))
};

/// Fills the slots of a user class that derives from an exception.
pub fn class_slots(ty: &mut Type) {
    ty.make = Some(make::make_user);
    ty.print = Some(print::print);
    ty.get_attr = Some(attrs::get_attr);
    ty.set_attr = Some(attrs::set_attr);
}

/// A new exception with these arguments.
pub fn with_args(vm: &mut Vm, ty: TypeRef, args: &[Obj]) -> Res {
    match tuple::new(vm, args).and_then(|args| Gc::alloc_as(vm, ty, Exception::new(args))) {
        Ok(exception) => Ok(exception.obj()),
        Err(raise) if vm.heap.is_locked() => {
            vm.take_exception(raise);
            Ok(emergency::with_args(vm, ty, args))
        }
        Err(raise) => Err(raise),
    }
}

/// A new exception whose one argument is a text.
pub fn with_message(vm: &mut Vm, ty: TypeRef, message: Arguments<'_>) -> Res {
    // Messages are short; what does not fit is cut, which loses nothing but part of a very long name.
    struct Text {
        bytes: [u8; 256],
        len: usize,
    }
    impl Write for Text {
        fn write_str(&mut self, text: &str) -> core::fmt::Result {
            let mut end = text.len().min(self.bytes.len() - self.len);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            self.bytes[self.len..self.len + end].copy_from_slice(&text.as_bytes()[..end]);
            self.len += end;
            Ok(())
        }
    }
    let mut text = Text { bytes: [0; 256], len: 0 };
    let _ = text.write_fmt(message);
    let text = core::str::from_utf8(&text.bytes[..text.len]).unwrap_or("");
    let made = str::new(vm, text).and_then(|message| {
        let args = tuple::new(vm, &[message])?;
        Gc::alloc_as(vm, ty, Exception::new(args))
    });
    match made {
        Ok(exception) => Ok(exception.obj()),
        Err(raise) if ty == TypeRef::of(&MEMORY_ERROR) => Err(raise),
        Err(raise) => {
            vm.take_exception(raise);
            Ok(emergency::with_text(vm, ty, text))
        }
    }
}

/// Whether `exception` is caught by `except pattern`: a class or a tuple of classes.
pub fn matches(vm: &mut Vm, exception: Obj, pattern: Obj) -> Res<bool> {
    // `except X` compares the class when the exception is given as a class, and its type otherwise.
    let ty = TypeRef::from_obj(exception).unwrap_or_else(|| exception.type_of());
    if let Some(patterns) = tuple::items(pattern) {
        for pattern in patterns {
            if matches(vm, exception, *pattern)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match TypeRef::from_obj(pattern) {
        Some(pattern) if pattern.flags.has(Flags::EXCEPTION) => Ok(class::is_subclass(ty, pattern)),
        Some(_) | None => {
            Err(vm.type_error(format_args!("catching classes that do not inherit from BaseException is not allowed")))
        }
    }
}

/// If the waiting exception is StopIteration, takes it, keeps its value in `vm.stop_value` and gives `Obj::NULL`.
pub fn stop_value(vm: &mut Vm, raise: Raise) -> Res {
    let exception = vm.exception;
    if !class::is_subclass(exception.type_of(), TypeRef::of(&STOP_ITERATION)) {
        return Err(raise);
    }
    let exception = vm.take_exception(raise);
    vm.stop_value = first_arg(exception);
    Ok(Obj::NULL)
}

/// The first argument of an exception, or `Obj::NULL`.
pub fn first_arg(exception: Obj) -> Obj {
    Gc::<Exception>::from_obj(exception)
        .and_then(|exception| tuple::items(exception.args.get())?.first().copied())
        .unwrap_or(Obj::NULL)
}

/// Whether `obj` is an exception instance.
pub fn is_exception(obj: Obj) -> bool {
    obj.type_of().flags.has(Flags::EXCEPTION)
}

/// The exception to raise for `raise obj`: an instance is itself, a class is called.
pub fn from_raised(vm: &mut Vm, obj: Obj) -> Res {
    if is_exception(obj) {
        return Ok(obj);
    }
    if let Some(ty) = TypeRef::from_obj(obj)
        && ty.flags.has(Flags::EXCEPTION)
    {
        let made = vm.call_pos(obj, &[])?;
        if is_exception(made) {
            return Ok(made);
        }
    }
    Err(vm.type_error(format_args!("exceptions must derive from BaseException")))
}

/// The exception to raise for `raise ... from obj`, or `Obj::NULL` for None.
pub fn from_cause(vm: &mut Vm, obj: Obj) -> Res {
    if obj.is_none() {
        return Ok(Obj::NULL);
    }
    let is_class = TypeRef::from_obj(obj).is_some_and(|ty| ty.flags.has(Flags::EXCEPTION));
    if is_class || is_exception(obj) {
        return from_raised(vm, obj);
    }
    Err(vm.type_error(format_args!("exception causes must derive from BaseException")))
}

/// Says what `exception` was raised from; `Obj::NULL` for None.
pub fn set_cause(exception: Obj, cause: Obj) {
    if let Some(exception) = Gc::<Exception>::from_obj(exception) {
        exception.cause.set(cause);
        exception.suppress.set(true);
    }
}

/// Says that `exception` is raised while `handled` is being handled. The chain of contexts stays free of cycles.
#[cold]
pub fn set_context(vm: &Vm, exception: Obj, handled: Obj) {
    if exception == handled || exception == vm.memory_error {
        return;
    }
    let Some(body) = Gc::<Exception>::from_obj(exception) else { return };
    // A program may have made a cycle by hand; the slow one of the two walkers then meets the fast one.
    let next = |at: Obj| Gc::<Exception>::from_obj(at).map_or(Obj::NULL, |at| at.context.get());
    let (mut at, mut fast) = (handled, handled);
    loop {
        let context = next(at);
        if context.is_null() {
            break;
        }
        if context == exception {
            if let Some(at) = Gc::<Exception>::from_obj(at) {
                at.context.set(Obj::NULL);
            }
            break;
        }
        at = context;
        fast = next(next(fast));
        if at == fast {
            break;
        }
    }
    body.context.set(handled);
}

/// Whether `ty` is a class of exception groups.
pub fn is_group_class(ty: TypeRef) -> bool {
    class::is_subclass(ty, TypeRef::of(&BASE_EXCEPTION_GROUP))
}

/// Notes that `exception` passed `line` of `block` in `file`. Without memory the note is left out.
pub fn add_trace(vm: &mut Vm, exception: Obj, file: Qstr, line: u32, block: Qstr) {
    let Some(exception) = Gc::<Exception>::from_obj(exception) else { return };
    if exception.obj() == vm.memory_error || exception.trace.len() >= 3 * 4096 {
        return;
    }
    let waiting = vm.exception;
    for word in [file.0 as usize, line as usize, block.0 as usize] {
        if exception.trace.push(vm, word).is_err() {
            exception.trace.truncate(exception.trace.len() / 3 * 3);
            break;
        }
    }
    vm.exception = waiting;
}
