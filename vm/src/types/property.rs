//! property(): attributes computed by functions.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::value::{Args, Entry, Flags, Gc, Obj, Object, Res, Rom, Type, TypeRef, fun2, fun3, row, var};

/// Body of a property: getter, setter, deleter; each may be `None`.
#[derive(Clone)]
pub struct Property {
    /// Called to read.
    pub get: Obj,
    /// Called to set.
    pub set: Obj,
    /// Called to delete.
    pub delete: Obj,
    /// `__doc__`, when it was given; else it is that of the getter.
    doc: Cell<Obj>,
}

impl Object for Property {
    const TYPE: &'static Type = &TYPE;
}

/// `property`
pub static TYPE: Type = Type {
    flags: Flags::BASE,
    make: Some(make),
    get_attr: Some(get_attr),
    set_attr: Some(set_attr),
    table: TABLE,
    ..Type::new(q!("property"))
};

static TABLE: &[Entry] = &[
    row(q!("getter"), fun2(getter)),
    row(q!("setter"), fun2(setter)),
    row(q!("deleter"), fun2(deleter)),
    row(q!("fget"), Rom::Get(|_, obj| Ok(part(obj, |property| property.get)))),
    row(q!("fset"), Rom::Get(|_, obj| Ok(part(obj, |property| property.set)))),
    row(q!("fdel"), Rom::Get(|_, obj| Ok(part(obj, |property| property.delete)))),
    row(q!("__get__"), var(2, 3, get_method)),
    row(q!("__set__"), fun3(set_method)),
    row(q!("__delete__"), fun2(delete_method)),
];

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
    let [get, set, delete, doc] = values;
    Ok(Gc::alloc(vm, Property { get, set, delete, doc: Cell::new(doc) })?.obj())
}

fn part(obj: Obj, part: fn(&Property) -> Obj) -> Obj {
    Gc::<Property>::from_obj(obj).map_or(Obj::NONE, |property| part(&property))
}

fn get_attr(vm: &mut Vm, obj: Obj, name: crate::qstr::Qstr) -> Res {
    let Some(property) = Gc::<Property>::from_obj(obj) else { return Ok(Obj::NULL) };
    if name != q!("__doc__") {
        return Ok(Obj::NULL);
    }
    if property.doc.get().is_none() && !property.get.is_none() {
        return Ok(vm.find_attr(property.get, name)?.non_null().unwrap_or(Obj::NONE));
    }
    Ok(property.doc.get())
}

fn set_attr(_: &mut Vm, obj: Obj, name: crate::qstr::Qstr, value: Obj) -> Res<bool> {
    let Some(property) = Gc::<Property>::from_obj(obj) else { return Ok(false) };
    if name != q!("__doc__") || value.is_null() {
        return Ok(false);
    }
    property.doc.set(value);
    Ok(true)
}

fn get_method(vm: &mut Vm, args: &[Obj]) -> Res {
    match (Gc::<Property>::from_obj(args[0]), args.get(1)) {
        (Some(property), Some(obj)) if !obj.is_none() => get(vm, property, *obj),
        _ => Ok(args[0]),
    }
}

fn set_method(vm: &mut Vm, this: Obj, obj: Obj, value: Obj) -> Res {
    let Some(property) = Gc::<Property>::from_obj(this) else { return Ok(Obj::NONE) };
    if !set(vm, property, obj, value)? {
        let what = if value.is_null() { "delete" } else { "set" };
        return Err(vm.raise_new(&super::exception::ATTRIBUTE_ERROR, format_args!("can't {what} attribute")));
    }
    Ok(Obj::NONE)
}

fn delete_method(vm: &mut Vm, this: Obj, obj: Obj) -> Res {
    set_method(vm, this, obj, Obj::NULL)
}

fn getter(vm: &mut Vm, obj: Obj, function: Obj) -> Res {
    changed(vm, obj, |old| old.get = function)
}

fn setter(vm: &mut Vm, obj: Obj, function: Obj) -> Res {
    changed(vm, obj, |old| old.set = function)
}

fn deleter(vm: &mut Vm, obj: Obj, function: Obj) -> Res {
    changed(vm, obj, |old| old.delete = function)
}

fn changed(vm: &mut Vm, obj: Obj, change: impl FnOnce(&mut Property)) -> Res {
    let Some(old) = Gc::<Property>::from_obj(obj) else { return Ok(Obj::NULL) };
    let mut new = Property::clone(&old);
    change(&mut new);
    Ok(Gc::alloc(vm, new)?.obj())
}
