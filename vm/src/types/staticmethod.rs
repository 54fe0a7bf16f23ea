//! staticmethod(): marks a function in a class body.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::value::{Args, Entry, Flags, Gc, Obj, Object, Res, Rom, Type, TypeRef, row, var};

/// Body of a `staticmethod`.
pub struct StaticMethod {
    /// The wrapped function.
    pub function: Obj,
}

impl Object for StaticMethod {
    const TYPE: &'static Type = &TYPE;
}

/// `staticmethod`
pub static TYPE: Type = Type {
    flags: Flags::BASE,
    make: Some(make),
    call: Some(call),
    get_attr: Some(get_attr),
    table: TABLE,
    ..Type::new(q!("staticmethod"))
};

static TABLE: &[Entry] = &[
    row(q!("__func__"), Rom::Get(|_, obj| Ok(function(obj)))),
    row(q!("__wrapped__"), Rom::Get(|_, obj| Ok(function(obj)))),
    row(q!("__get__"), var(2, 3, get_method)),
];

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 1)?;
    Ok(Gc::alloc(vm, StaticMethod { function: args.pos[0] })?.obj())
}

fn function(obj: Obj) -> Obj {
    Gc::<StaticMethod>::from_obj(obj).map_or(Obj::NONE, |method| method.function)
}

/// Names and the like are those of the function.
fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let names = [q!("__name__"), q!("__qualname__"), q!("__module__"), q!("__doc__")];
    if names.contains(&name) { vm.find_attr(function(obj), name) } else { Ok(Obj::NULL) }
}

fn get_method(_: &mut Vm, args: &[Obj]) -> Res {
    Ok(function(args[0]))
}

fn call(vm: &mut Vm, obj: Obj, args: Args<'_>) -> Res {
    vm.call(function(obj), args)
}
