//! classmethod(): marks a function in a class body.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::value::{Args, Entry, Flags, Gc, Method, Obj, Object, Res, Rom, Type, TypeRef, row, var};

/// Body of a `classmethod`.
pub struct ClassMethod {
    /// The wrapped function.
    pub function: Obj,
}

impl Object for ClassMethod {
    const TYPE: &'static Type = &TYPE;
}

/// `classmethod`
pub static TYPE: Type = Type {
    flags: Flags::BASE,
    make: Some(make),
    get_attr: Some(get_attr),
    table: TABLE,
    ..Type::new(q!("classmethod"))
};

static TABLE: &[Entry] = &[
    row(q!("__func__"), Rom::Get(|_, obj| Ok(function(obj)))),
    row(q!("__wrapped__"), Rom::Get(|_, obj| Ok(function(obj)))),
    row(q!("__get__"), var(2, 3, get_method)),
];

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 1)?;
    Ok(Gc::alloc(vm, ClassMethod { function: args.pos[0] })?.obj())
}

fn function(obj: Obj) -> Obj {
    Gc::<ClassMethod>::from_obj(obj).map_or(Obj::NONE, |method| method.function)
}

/// Names and the like are those of the function.
fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let names = [q!("__name__"), q!("__qualname__"), q!("__module__"), q!("__doc__")];
    if names.contains(&name) { vm.find_attr(function(obj), name) } else { Ok(Obj::NULL) }
}

fn get_method(vm: &mut Vm, args: &[Obj]) -> Res {
    let Some(method) = Gc::<ClassMethod>::from_obj(args[0]) else { return Ok(Obj::NULL) };
    let this = args.get(2).copied().unwrap_or(args[1].type_of().obj());
    vm.bound(Method { function: method.function, this })
}
