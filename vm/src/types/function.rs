//! Functions made by `def` and `lambda`, in bytecode or machine code.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::run::code::RawCode;
use crate::types::dict;
use crate::value::{Args, Flags, Gc, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, put};

/// Body of a function.
#[repr(C)]
pub struct Function {
    /// What it does.
    pub code: Gc<RawCode>,
    /// Defaults of the last positional parameters: a tuple, or `Obj::NULL`.
    pub defaults: Cell<Obj>,
    /// Defaults of keyword-only parameters: a dict, or `Obj::NULL`.
    pub kw_defaults: Cell<Obj>,
    /// Cells of outer functions: a tuple, or `Obj::NULL`. They are passed before the arguments.
    pub closed: Obj,
    /// Attributes set by the program: a dict, or `Obj::NULL` while there are none.
    pub attrs: Cell<Obj>,
}

impl Object for Function {
    const TYPE: &'static Type = &TYPE;
}

/// `function`
pub static TYPE: Type = Type {
    flags: Flags::BINDS,
    make: Some(make),
    print: Some(print),
    call: Some(call),
    get_attr: Some(get_attr),
    set_attr: Some(set_attr),
    ..Type::new(q!("function"))
};

/// A new function.
pub fn new(vm: &mut Vm, code: Gc<RawCode>, defaults: Obj, kw_defaults: Obj, closed: Obj) -> Res {
    let body = Function {
        code,
        defaults: Cell::new(defaults),
        kw_defaults: Cell::new(kw_defaults),
        closed,
        attrs: Cell::new(Obj::NULL),
    };
    Ok(Gc::alloc(vm, body)?.obj())
}

/// `type(f)(code, globals)`
fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 2, 2)?;
    let [code, globals] = *args.pos else { return Ok(Obj::NULL) };
    let (Some(code), Some(globals)) = (Gc::<RawCode>::from_obj(code), Gc::<dict::Dict>::from_obj(globals)) else {
        return Err(vm.type_error(format_args!("function() takes code and a dict")));
    };
    let code = crate::run::with_globals(vm, code, globals)?;
    new(vm, code, Obj::NULL, Obj::NULL, Obj::NULL)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(function) = Gc::<Function>::from_obj(obj) else { return Ok(()) };
    let kind = if crate::run::makes_generator(function) { "generator" } else { "function" };
    let name = vm.text_of_name(function.code.name);
    put(vm, sink, format_args!("<{kind} {name} at 0x{:x}>", obj.bits()))
}

fn call(vm: &mut Vm, obj: Obj, args: Args<'_>) -> Res {
    match Gc::<Function>::from_obj(obj) {
        Some(function) => crate::run::call_function(vm, function, args),
        None => Ok(Obj::NULL),
    }
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(function) = Gc::<Function>::from_obj(obj) else { return Ok(Obj::NULL) };
    if let Some(attrs) = dict::map(function.attrs.get()) {
        let value = attrs.get_name(vm, name);
        if !value.is_null() {
            return Ok(value);
        }
    }
    if name == q!("__name__") || name == q!("__qualname__") {
        return Ok(Obj::name(function.code.name));
    }
    if name == q!("__globals__") {
        return Ok(function.code.context.globals.obj());
    }
    if name == q!("__defaults__") {
        let defaults = function.defaults.get();
        return Ok(if defaults.is_null() { Obj::NONE } else { defaults });
    }
    if name == q!("__module__") {
        return Ok(function.code.context.globals.map.get_name(vm, q!("__name__")));
    }
    if name == q!("__code__") {
        return Ok(function.code.obj());
    }
    if name == q!("__dict__") {
        return attributes(vm, function);
    }
    Ok(Obj::NULL)
}

fn attributes(vm: &mut Vm, function: Gc<Function>) -> Res {
    if function.attrs.get().is_null() {
        let attrs = dict::new(vm)?;
        function.attrs.set(attrs);
    }
    Ok(function.attrs.get())
}

fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(function) = Gc::<Function>::from_obj(obj) else { return Ok(false) };
    if name == q!("__globals__") || name == q!("__code__") {
        return Ok(false);
    }
    let attrs = attributes(vm, function)?;
    let Some(attrs) = dict::map(attrs) else { return Ok(false) };
    if value.is_null() {
        return Ok(!attrs.remove(vm, Obj::name(name))?.is_null());
    }
    attrs.set_name(vm, name, value)?;
    Ok(true)
}
