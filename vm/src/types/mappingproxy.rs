//! mappingproxy: a view of a mapping that cannot be changed through it, such as `__dict__` of a class.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::value::{Args, BinaryOp, Gc, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp};

/// Body of a mapping proxy.
pub struct MappingProxy {
    /// What it shows.
    mapping: Obj,
}

impl Object for MappingProxy {
    const TYPE: &'static Type = &TYPE;
}

/// `mappingproxy`
pub static TYPE: Type = Type {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    get_attr: Some(get_attr),
    get_item: Some(get_item),
    iter: Some(iter),
    ..Type::new(q!("mappingproxy"))
};

/// A proxy of `mapping`.
pub fn new(vm: &mut Vm, mapping: Obj) -> Res {
    Ok(Gc::alloc(vm, MappingProxy { mapping })?.obj())
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 1)?;
    new(vm, args.pos[0])
}

fn inner(obj: Obj) -> Obj {
    Gc::<MappingProxy>::from_obj(obj).map_or(obj, |proxy| proxy.mapping)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, kind: PrintKind) -> Res<()> {
    sink.write(vm, "mappingproxy(")?;
    vm.print(sink, inner(obj), kind)?;
    sink.write(vm, ")")
}

fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    match inner(obj).type_of().unary {
        Some(unary) => unary(vm, op, inner(obj)),
        None => Ok(Obj::NULL),
    }
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    // What would change the mapping stays away.
    match inner(left).type_of().binary {
        Some(binary) if op.plain() == op => binary(vm, op, inner(left), inner(right)),
        Some(_) | None => Ok(Obj::NULL),
    }
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let names = [q!("get"), q!("keys"), q!("values"), q!("items"), q!("copy")];
    if names.contains(&name) { vm.find_attr(inner(obj), name) } else { Ok(Obj::NULL) }
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    vm.get_item(inner(obj), index)
}

fn iter(vm: &mut Vm, obj: Obj) -> Res {
    vm.iter(inner(obj))
}
