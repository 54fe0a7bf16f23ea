//! Members: the attributes that `__slots__` of a class names.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::class;
use crate::types::instance::{self, Instance};
use crate::value::{Entry, Gc, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, fun2, fun3, put, row, var};

/// Body of a member.
pub struct Member {
    /// The class with the `__slots__`.
    pub owner: TypeRef,
    /// The name.
    pub name: Qstr,
}

impl Object for Member {
    const TYPE: &'static Type = &TYPE;
}

/// `member_descriptor`
pub static TYPE: Type = Type { print: Some(print), table: TABLE, ..Type::new(q!("member_descriptor")) };

static TABLE: &[Entry] = &[
    row(q!("__get__"), var(2, 3, get_method)),
    row(q!("__set__"), fun3(set_method)),
    row(q!("__delete__"), fun2(delete_method)),
    row(q!("__name__"), Rom::Get(name)),
];

/// The member's value in `obj`; AttributeError if it is not set.
pub fn get(vm: &mut Vm, member: Gc<Member>, obj: Obj) -> Res {
    let instance = owned(vm, member, obj)?;
    let value = instance.shape.get().find(member.name).and_then(|at| instance.slots.get(at));
    value.ok_or_else(|| vm.no_attribute(obj, member.name))
}

/// Sets the member in `obj`, or deletes it when `value` is `Obj::NULL`; false if it is to be deleted and not set.
pub fn set(vm: &mut Vm, member: Gc<Member>, obj: Obj, value: Obj) -> Res<bool> {
    let instance = owned(vm, member, obj)?;
    if value.is_null() {
        return instance::delete_slot(vm, instance, member.name);
    }
    instance::set_slot(vm, instance, member.name, value)?;
    Ok(true)
}

fn owned(vm: &mut Vm, member: Gc<Member>, obj: Obj) -> Res<Gc<Instance>> {
    match Gc::<Instance>::from_obj(obj) {
        Some(instance) if class::is_subclass(obj.type_of(), member.owner) => Ok(instance),
        Some(_) | None => {
            let (name, ty, got) = (vm.text_of_name(member.name), vm.text_of_name(member.owner.name), vm.type_name(obj));
            Err(vm.type_error(format_args!("descriptor '{name}' for '{ty}' objects doesn't apply to a '{got}' object")))
        }
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(member) = Gc::<Member>::from_obj(obj) else { return Ok(()) };
    let (name, ty) = (vm.text_of_name(member.name), vm.text_of_name(member.owner.name));
    put(vm, sink, format_args!("<member '{name}' of '{ty}' objects>"))
}

fn name(_: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::<Member>::from_obj(obj).map_or(Obj::NULL, |member| Obj::name(member.name)))
}

fn get_method(vm: &mut Vm, args: &[Obj]) -> Res {
    match (Gc::<Member>::from_obj(args[0]), args.get(1)) {
        (Some(member), Some(obj)) if !obj.is_none() => get(vm, member, *obj),
        _ => Ok(args[0]),
    }
}

fn set_method(vm: &mut Vm, this: Obj, obj: Obj, value: Obj) -> Res {
    let Some(member) = Gc::<Member>::from_obj(this) else { return Ok(Obj::NONE) };
    if !set(vm, member, obj, value)? {
        return Err(vm.no_attribute(obj, member.name));
    }
    Ok(Obj::NONE)
}

fn delete_method(vm: &mut Vm, this: Obj, obj: Obj) -> Res {
    set_method(vm, this, obj, Obj::NULL)
}
