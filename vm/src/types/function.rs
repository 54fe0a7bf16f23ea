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
    /// Attributes set by the program and annotations: an `Extra`, or `Obj::NULL` while there are none.
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
    let Some(code) = crate::modules::builtins::program::with_globals(vm, code, globals)? else {
        return Err(vm.type_error(format_args!("function() takes code and a dict")));
    };
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
    if let Some(extra) = Gc::<Extra>::from_obj(function.attrs.get()) {
        for part in [extra.dict.get(), extra.special.get()] {
            let value = dict::map(part).map_or(Obj::NULL, |map| map.get_name(vm, name));
            if !value.is_null() {
                return Ok(value);
            }
        }
    }
    let or_none = |obj: Obj| if obj.is_null() { Obj::NONE } else { obj };
    let code = function.code;
    Ok(match name {
        name if name == q!("__name__") => Obj::name(code.name),
        name if name == q!("__qualname__") => Obj::name(code.qualname()),
        name if name == q!("__doc__") => code.docstring(),
        name if name == q!("__globals__") => code.context.globals.obj(),
        name if name == q!("__defaults__") => or_none(function.defaults.get()),
        name if name == q!("__kwdefaults__") => or_none(function.kw_defaults.get()),
        name if name == q!("__closure__") => or_none(function.closed),
        name if name == q!("__module__") => code.context.globals.map.get_name(vm, q!("__name__")),
        name if name == q!("__code__") => code.obj(),
        name if name == q!("__dict__") => attributes(vm, function)?,
        name if name == q!("__annotations__") => annotations(vm, function)?,
        name if name == q!("__type_params__") => crate::types::tuple::new(vm, &[])?,
        _ => Obj::NULL,
    })
}

/// What few functions have: it stands where others have nothing.
struct Extra {
    /// `__dict__`, or `Obj::NULL`.
    dict: Cell<Obj>,
    /// What was set of the attributes that are no part of `__dict__`: a dict, or `Obj::NULL`.
    special: Cell<Obj>,
    /// The function that makes `__annotations__`, or `Obj::NULL`.
    annotate: Cell<Obj>,
}

impl Object for Extra {
    const TYPE: &'static Type = &EXTRA;
}

static EXTRA: Type = Type::new(q!("function"));

fn extra(vm: &mut Vm, function: Gc<Function>) -> Res<Gc<Extra>> {
    if let Some(extra) = Gc::<Extra>::from_obj(function.attrs.get()) {
        return Ok(extra);
    }
    let null = || Cell::new(Obj::NULL);
    let extra = Gc::alloc(vm, Extra { dict: null(), special: null(), annotate: null() })?;
    function.attrs.set(extra.obj());
    Ok(extra)
}

/// The dict in `place`, made when first needed.
fn dict_in(vm: &mut Vm, place: &Cell<Obj>) -> Res {
    if place.get().is_null() {
        place.set(dict::new(vm)?);
    }
    Ok(place.get())
}

fn attributes(vm: &mut Vm, function: Gc<Function>) -> Res {
    let extra = extra(vm, function)?;
    dict_in(vm, &extra.dict)
}

fn annotations(vm: &mut Vm, function: Gc<Function>) -> Res {
    let extra = extra(vm, function)?;
    let annotate = extra.annotate.get();
    let made = if annotate.is_null() { dict::new(vm)? } else { vm.call_pos(annotate, &[])? };
    set_special(vm, extra, q!("__annotations__"), made)?;
    Ok(made)
}

/// Gives a function what makes its annotations when they are asked for.
pub fn annotated(vm: &mut Vm, obj: Obj, annotate: Obj) -> Res {
    if let Some(function) = Gc::<Function>::from_obj(obj) {
        extra(vm, function)?.annotate.set(annotate);
    }
    Ok(obj)
}

/// Gives a function its type parameters.
pub fn generic(vm: &mut Vm, obj: Obj, params: Obj) -> Res {
    if let Some(function) = Gc::<Function>::from_obj(obj) {
        let extra = extra(vm, function)?;
        set_special(vm, extra, q!("__type_params__"), params)?;
    }
    Ok(obj)
}

fn set_special(vm: &mut Vm, extra: Gc<Extra>, name: Qstr, value: Obj) -> Res<()> {
    let special = dict_in(vm, &extra.special)?;
    match dict::map(special) {
        Some(map) => map.set_name(vm, name, value),
        None => Ok(()),
    }
}

/// Attributes that are no part of `__dict__`.
const SPECIAL: [Qstr; 6] =
    [q!("__name__"), q!("__qualname__"), q!("__doc__"), q!("__module__"), q!("__annotations__"), q!("__type_params__")];

fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(function) = Gc::<Function>::from_obj(obj) else { return Ok(false) };
    if [q!("__globals__"), q!("__code__"), q!("__closure__")].contains(&name) {
        return Ok(false);
    }
    let null_for_none = if value.is_none() { Obj::NULL } else { value };
    if name == q!("__defaults__") {
        if !null_for_none.is_null() && crate::types::tuple::items(value).is_none() {
            return Err(vm.type_error(format_args!("__defaults__ must be set to a tuple object")));
        }
        function.defaults.set(null_for_none);
        return Ok(true);
    }
    if name == q!("__kwdefaults__") {
        if !null_for_none.is_null() && dict::map(value).is_none() {
            return Err(vm.type_error(format_args!("__kwdefaults__ must be set to a dict object")));
        }
        function.kw_defaults.set(null_for_none);
        return Ok(true);
    }
    let extra = extra(vm, function)?;
    if SPECIAL.contains(&name) {
        let value = if value.is_null() { Obj::NONE } else { value };
        set_special(vm, extra, name, value)?;
        return Ok(true);
    }
    if name == q!("__dict__") {
        if dict::map(value).is_none() {
            return Err(vm.type_error(format_args!("__dict__ must be set to a dictionary")));
        }
        extra.dict.set(value);
        return Ok(true);
    }
    let attrs = attributes(vm, function)?;
    let Some(attrs) = dict::map(attrs) else { return Ok(false) };
    if value.is_null() {
        return Ok(!attrs.remove(vm, Obj::name(name))?.is_null());
    }
    attrs.set_name(vm, name, value)?;
    Ok(true)
}
