//! Exceptions: one body for all classes, the hierarchy of built-in ones, and matching.

use core::cell::Cell;
use core::fmt::{Arguments, Write};

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::class::{self, Found};
use crate::types::{dict, str, tuple};
use crate::value::{Args, Flags, Gc, GcVec, Obj, Object, PrintKind, Raise, Res, Sink, Type, TypeRef, put};

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
    /// `__suppress_context__`
    pub suppress: Cell<bool>,
    /// Attributes set by the program: a dict, or `Obj::NULL` while there are none.
    pub attrs: Cell<Obj>,
    /// A name that was not found, or `Obj::NULL`.
    #[cfg(feature = "diagnostics")]
    pub wrong_name: Cell<Obj>,
    /// Where it was looked for: an object, a function, the code whose variable it is.
    #[cfg(feature = "diagnostics")]
    pub looked_in: Cell<Obj>,
    /// `self` where a variable was looked for.
    #[cfg(feature = "diagnostics")]
    pub receiver: Cell<Obj>,
}

impl Object for Exception {
    const TYPE: &'static Type = &BASE_EXCEPTION;
}

macro_rules! classes {
    ($($ident:ident $name:expr, $base:ident;)*) => {
        $(
            #[doc = "A built-in exception class."]
            pub static $ident: Type = derived($name, &$base);
        )*
    };
}

/// `BaseException`
pub static BASE_EXCEPTION: Type = Type {
    flags: Flags::BASE.with(Flags::EXCEPTION),
    make: Some(make),
    print: Some(print),
    get_attr: Some(get_attr),
    set_attr: Some(set_attr),
    table: super::exception_methods::TABLE,
    ..Type::new(q!("BaseException"))
};

const fn derived(name: Qstr, base: &'static Type) -> Type {
    Type {
        flags: BASE_EXCEPTION_FLAGS,
        layout: Some(TypeRef::of(&BASE_EXCEPTION)),
        base: Some(TypeRef::of(base)),
        make: Some(make),
        print: Some(print),
        get_attr: Some(get_attr),
        set_attr: Some(set_attr),
        ..Type::new(name)
    }
}

const BASE_EXCEPTION_FLAGS: Flags = Flags::BASE.with(Flags::EXCEPTION);

classes! {
    SYSTEM_EXIT q!("SystemExit"), BASE_EXCEPTION;
    KEYBOARD_INTERRUPT q!("KeyboardInterrupt"), BASE_EXCEPTION;
    GENERATOR_EXIT q!("GeneratorExit"), BASE_EXCEPTION;
    EXCEPTION q!("Exception"), BASE_EXCEPTION;
    STOP_ITERATION q!("StopIteration"), EXCEPTION;
    STOP_ASYNC_ITERATION q!("StopAsyncIteration"), EXCEPTION;
    ARITHMETIC_ERROR q!("ArithmeticError"), EXCEPTION;
    OVERFLOW_ERROR q!("OverflowError"), ARITHMETIC_ERROR;
    ZERO_DIVISION_ERROR q!("ZeroDivisionError"), ARITHMETIC_ERROR;
    ASSERTION_ERROR q!("AssertionError"), EXCEPTION;
    ATTRIBUTE_ERROR q!("AttributeError"), EXCEPTION;
    EOF_ERROR q!("EOFError"), EXCEPTION;
    IMPORT_ERROR q!("ImportError"), EXCEPTION;
    LOOKUP_ERROR q!("LookupError"), EXCEPTION;
    INDEX_ERROR q!("IndexError"), LOOKUP_ERROR;
    KEY_ERROR q!("KeyError"), LOOKUP_ERROR;
    MEMORY_ERROR q!("MemoryError"), EXCEPTION;
    NAME_ERROR q!("NameError"), EXCEPTION;
    OS_ERROR q!("OSError"), EXCEPTION;
    RUNTIME_ERROR q!("RuntimeError"), EXCEPTION;
    NOT_IMPLEMENTED_ERROR q!("NotImplementedError"), RUNTIME_ERROR;
    SYNTAX_ERROR q!("SyntaxError"), EXCEPTION;
    INDENTATION_ERROR q!("IndentationError"), SYNTAX_ERROR;
    TYPE_ERROR q!("TypeError"), EXCEPTION;
    VALUE_ERROR q!("ValueError"), EXCEPTION;
    UNICODE_ERROR q!("UnicodeError"), VALUE_ERROR;
    VIPER_TYPE_ERROR q!("ViperTypeError"), TYPE_ERROR;
}

/// Fills the slots of a user class that derives from an exception.
pub fn class_slots(ty: &mut Type) {
    ty.make = Some(make_user);
    ty.print = Some(print);
    ty.get_attr = Some(get_attr);
    ty.set_attr = Some(set_attr);
}

/// A new exception with these arguments.
pub fn with_args(vm: &mut Vm, ty: TypeRef, args: &[Obj]) -> Res {
    let args = tuple::new(vm, args)?;
    let body = Exception {
        args: Cell::new(args),
        trace: GcVec::new(),
        cause: Cell::new(Obj::NULL),
        context: Cell::new(Obj::NULL),
        suppress: Cell::new(false),
        attrs: Cell::new(Obj::NULL),
        #[cfg(feature = "diagnostics")]
        wrong_name: Cell::new(Obj::NULL),
        #[cfg(feature = "diagnostics")]
        looked_in: Cell::new(Obj::NULL),
        #[cfg(feature = "diagnostics")]
        receiver: Cell::new(Obj::NULL),
    };
    Ok(Gc::alloc_as(vm, ty, body)?.obj())
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
    let message = str::new(vm, core::str::from_utf8(&text.bytes[..text.len]).unwrap_or(""))?;
    with_args(vm, ty, &[message])
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

fn make(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    with_args(vm, ty, args.pos)
}

fn make_user(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    let obj = match class::lookup(vm, ty, q!("__new__")) {
        Some(found @ Found::Value(_)) => {
            let new = class::through_class(vm, found, ty)?;
            let all = GcVec::with_capacity(vm, args.pos.len() + 1)?;
            all.push(vm, ty.obj())?;
            all.extend(vm, args.pos)?;
            vm.call(new, Args { pos: all.slice(), kw: args.kw })?
        }
        Some(Found::Rom(_)) | None => with_args(vm, ty, args.pos)?,
    };
    if let Some(found @ Found::Value(_)) = class::lookup(vm, ty, q!("__init__")) {
        let method = vm.bind(found, obj, ty)?;
        let base = vm.stack_top;
        let pos = vm.push_args(method.this, args.pos)?;
        let answer = vm.call(method.function, Args { pos, kw: args.kw });
        vm.stack_top = base;
        answer?;
    } else {
        vm.no_keywords(args)?;
    }
    Ok(obj)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, kind: PrintKind) -> Res<()> {
    let ty = obj.type_of();
    let name = if kind == PrintKind::Str { q!("__str__") } else { q!("__repr__") };
    if kind != PrintKind::Exception
        && let Some(found @ Found::Value(_)) = class::lookup(vm, ty, name)
    {
        let method = vm.bind(found, obj, ty)?;
        let text = vm.call_bound(method, &[])?;
        return match str::text_of(vm, text) {
            Some(text) => sink.write(vm, text),
            None => {
                let (name, got) = (vm.text_of_name(name), vm.type_name(text));
                Err(vm.type_error(format_args!("{name} returned non-string (type {got})")))
            }
        };
    }
    print_plain(vm, sink, obj, kind)
}

/// Writes an exception as if its class had no `__repr__` and `__str__` of its own.
pub fn print_plain(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, kind: PrintKind) -> Res<()> {
    let Some(exception) = Gc::<Exception>::from_obj(obj) else { return Ok(()) };
    let ty = exception.type_ref();
    let args = tuple::items(exception.args.get()).unwrap_or(&[]);
    if kind == PrintKind::Repr {
        let name = vm.text_of_name(ty.name);
        put(vm, sink, format_args!("{name}"))?;
        if let [only] = args {
            sink.write(vm, "(")?;
            vm.print(sink, *only, PrintKind::Repr)?;
            return sink.write(vm, ")");
        }
        return vm.print(sink, exception.args.get(), PrintKind::Repr);
    }
    #[cfg(feature = "diagnostics")]
    if let (Some(_), [message, _]) = (crate::run::diagnose::details(exception), args) {
        return vm.print(sink, *message, PrintKind::Str);
    }
    match args {
        [] => Ok(()),
        [only] => {
            if class::is_subclass(ty, TypeRef::of(&OS_ERROR))
                && let Some(number) = only.as_small()
                && let Some(name) = crate::modules::errno::name_of(number)
            {
                return put(vm, sink, format_args!("[Errno {number}] {name}"));
            }
            let kind = if class::is_subclass(ty, TypeRef::of(&KEY_ERROR)) { PrintKind::Repr } else { PrintKind::Str };
            vm.print(sink, *only, kind)
        }
        [number, text] if class::is_subclass(ty, TypeRef::of(&OS_ERROR)) => {
            match number.as_small().and_then(|number| Some((number, crate::modules::errno::name_of(number)?))) {
                Some((number, name)) => {
                    put(vm, sink, format_args!("[Errno {number}] {name}: "))?;
                    vm.print(sink, *text, PrintKind::Str)
                }
                None => vm.print(sink, exception.args.get(), PrintKind::Repr),
            }
        }
        _ => vm.print(sink, exception.args.get(), PrintKind::Repr),
    }
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(exception) = Gc::<Exception>::from_obj(obj) else { return Ok(Obj::NULL) };
    let or_none = |obj: Obj| if obj.is_null() { Obj::NONE } else { obj };
    if let Some(attrs) = Gc::<dict::Dict>::from_obj(exception.attrs.get()) {
        let value = attrs.map.get_name(vm, name);
        if !value.is_null() {
            return Ok(value);
        }
    }
    if name == q!("args") {
        return Ok(exception.args.get());
    }
    // Upstream gives `value` and `errno` of every exception; programs read them from TypeError and others.
    if name == q!("value") || name == q!("errno") {
        return Ok(or_none(first_arg(obj)));
    }
    if name == q!("code") && class::is_subclass(exception.type_ref(), TypeRef::of(&SYSTEM_EXIT)) {
        return Ok(or_none(first_arg(obj)));
    }
    if (name == q!("strerror") || name == q!("filename"))
        && class::is_subclass(exception.type_ref(), TypeRef::of(&OS_ERROR))
    {
        let at = if name == q!("strerror") { 1 } else { 2 };
        return Ok(tuple::items(exception.args.get()).and_then(|args| args.get(at).copied()).unwrap_or(Obj::NONE));
    }
    #[cfg(feature = "diagnostics")]
    {
        let value = crate::run::diagnose::attribute(vm, exception, name);
        if !value.is_null() {
            return Ok(value);
        }
    }
    if name == q!("__cause__") {
        return Ok(or_none(exception.cause.get()));
    }
    if name == q!("__context__") {
        return Ok(or_none(exception.context.get()));
    }
    if name == q!("__suppress_context__") {
        return Ok(Obj::bool(exception.suppress.get()));
    }
    if name == q!("__dict__") {
        return attributes(vm, exception);
    }
    Ok(Obj::NULL)
}

/// The dict with the program's attributes, made when first needed.
pub fn attributes(vm: &mut Vm, exception: Gc<Exception>) -> Res {
    if exception.attrs.get().is_null() {
        let attrs = dict::new(vm)?;
        exception.attrs.set(attrs);
    }
    Ok(exception.attrs.get())
}

fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(exception) = Gc::<Exception>::from_obj(obj) else { return Ok(false) };
    if name == q!("args") && tuple::items(value).is_some() {
        exception.args.set(value);
        return Ok(true);
    }
    if name == q!("__cause__") || name == q!("__context__") {
        let slot = if name == q!("__cause__") { &exception.cause } else { &exception.context };
        slot.set(if value.is_none() { Obj::NULL } else { value });
        return Ok(true);
    }
    if name == q!("__traceback__") {
        exception.trace.clear();
        return Ok(true);
    }
    let attrs = attributes(vm, exception)?;
    let Some(attrs) = Gc::<dict::Dict>::from_obj(attrs) else { return Ok(false) };
    if value.is_null() {
        return Ok(!attrs.map.remove(vm, Obj::name(name))?.is_null());
    }
    attrs.map.set_name(vm, name, value)?;
    Ok(true)
}
