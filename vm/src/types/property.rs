//! property(): attributes computed by functions.

use crate::Vm;
use crate::q;
use crate::value::{Args, Entry, Gc, Obj, Object, Res, Type, TypeRef, fun2, row};

/// Body of a property: getter, setter, deleter; each may be `None`.
pub struct Property {
    /// Called to read.
    pub get: Obj,
    /// Called to set.
    pub set: Obj,
    /// Called to delete.
    pub delete: Obj,
}

impl Object for Property {
    const TYPE: &'static Type = &TYPE;
}

/// `property`
pub static TYPE: Type = Type { make: Some(make), table: TABLE, ..Type::new(q!("property")) };

static TABLE: &[Entry] =
    &[row(q!("getter"), fun2(getter)), row(q!("setter"), fun2(setter)), row(q!("deleter"), fun2(deleter))];

/// Reads the property on `obj`.
pub fn get(vm: &mut Vm, property: Gc<Property>, obj: Obj) -> Res {
    if property.get.is_none() {
        return Err(vm.raise_new(&super::exception::ATTRIBUTE_ERROR, format_args!("unreadable attribute")));
    }
    vm.call_pos(property.get, &[obj])
}

/// Sets the property on `obj`, or deletes it when `value` is `Obj::NULL`; false if it cannot be.
pub fn set(vm: &mut Vm, property: Gc<Property>, obj: Obj, value: Obj) -> Res<bool> {
    let function = if value.is_null() { property.delete } else { property.set };
    if function.is_none() {
        return Ok(false);
    }
    if value.is_null() {
        vm.call_pos(function, &[obj])?;
    } else {
        vm.call_pos(function, &[obj, value])?;
    }
    Ok(true)
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut values = [Obj::NONE; 4];
    vm.bind_args(args, &[q!("fget"), q!("fset"), q!("fdel"), q!("doc")], 4, &mut values)?;
    Ok(Gc::alloc(vm, Property { get: values[0], set: values[1], delete: values[2] })?.obj())
}

fn getter(vm: &mut Vm, obj: Obj, function: Obj) -> Res {
    changed(vm, obj, |old| Property { get: function, set: old.set, delete: old.delete })
}

fn setter(vm: &mut Vm, obj: Obj, function: Obj) -> Res {
    changed(vm, obj, |old| Property { get: old.get, set: function, delete: old.delete })
}

fn deleter(vm: &mut Vm, obj: Obj, function: Obj) -> Res {
    changed(vm, obj, |old| Property { get: old.get, set: old.set, delete: function })
}

fn changed(vm: &mut Vm, obj: Obj, change: impl FnOnce(&Property) -> Property) -> Res {
    let Some(old) = Gc::<Property>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(Gc::alloc(vm, change(&old))?.obj())
}
