//! Own attributes of instances: in the shape's slots, or in a dict when a program asked for one or they are many.

use super::*;

/// Most attributes that a shape names; instances with more keep them in a dict.
const MANY: usize = if cfg!(target_pointer_width = "64") { 64 } else { 24 };
/// Most attributes of an instance that loses one without going over to a dict.
const FEW: usize = 8;

/// The shape of instances of `ty` without attributes.
#[inline]
pub(super) fn root(vm: &mut Vm, ty: TypeRef, part: Gc<ClassPart>) -> Res<Gc<Shape>> {
    if let Some(root) = part.root.get() {
        return Ok(root);
    }
    let root = Gc::alloc(vm, Shape { ty, names: GcVec::new(), is_dict: false, next: GcVec::new() })?;
    part.root.set(Some(root));
    Ok(root)
}

/// The shape of instances of `ty` that have a dict and no members.
pub(super) fn dict_root(vm: &mut Vm, ty: TypeRef, part: Gc<ClassPart>) -> Res<Gc<Shape>> {
    if let Some(root) = part.dict_root.get() {
        return Ok(root);
    }
    let names = GcVec::from_slice(vm, &[q!("__dict__").0])?;
    let root = Gc::alloc(vm, Shape { ty, names, is_dict: true, next: GcVec::new() })?;
    part.dict_root.set(Some(root));
    Ok(root)
}

/// The dict that holds the attributes, if there is one.
fn dict_of(instance: Gc<Instance>) -> Option<Gc<dict::Dict>> {
    if instance.shape.get().is_dict { instance.slots.get(0).and_then(Gc::<dict::Dict>::from_obj) } else { None }
}

/// Own attribute `name`, or `Obj::NULL`.
#[inline]
pub fn get_own(vm: &Vm, instance: Gc<Instance>, name: Qstr) -> Obj {
    match instance.shape.get().find(name) {
        Some(at) => instance.slots.get(at).unwrap_or(Obj::NULL),
        None => dict_of(instance).map_or(Obj::NULL, |dict| dict.map.get_name(vm, name)),
    }
}

/// Sets own attribute `name`.
pub fn set_own(vm: &mut Vm, instance: Gc<Instance>, name: Qstr, value: Obj) -> Res<()> {
    let shape = instance.shape.get();
    if let Some(at) = shape.find(name) {
        instance.slots.set(at, value);
        return Ok(());
    }
    if shape.is_dict || shape.names.len() >= MANY {
        return to_dict(vm, instance)?.map.set_name(vm, name, value);
    }
    set_slot(vm, instance, name, value)
}

/// Sets attribute `name` in the slots.
pub fn set_slot(vm: &mut Vm, instance: Gc<Instance>, name: Qstr, value: Obj) -> Res<()> {
    let shape = instance.shape.get();
    if let Some(at) = shape.find(name) {
        instance.slots.set(at, value);
        return Ok(());
    }
    let to = step(vm, shape, name)?;
    instance.slots.push(vm, value)?;
    instance.shape.set(to);
    if let Some(part) = instance.type_ref().class
        && part.slots.get() < instance.slots.len()
    {
        part.slots.set(instance.slots.len());
    }
    Ok(())
}

/// The shape that `shape` becomes when `name` is added.
pub fn step(vm: &mut Vm, shape: Gc<Shape>, name: Qstr) -> Res<Gc<Shape>> {
    if let Some(step) = shape.next.slice().iter().find(|step| step.name == name) {
        return Ok(step.to);
    }
    let names = GcVec::with_capacity(vm, shape.names.len() + 1)?;
    names.extend(vm, shape.names.slice())?;
    names.push(vm, name.0)?;
    let to = Gc::alloc(vm, Shape { ty: shape.ty, names, is_dict: shape.is_dict, next: GcVec::new() })?;
    shape.next.push(vm, Step { name, to })?;
    Ok(to)
}

/// Removes own attribute `name`; false if there is none.
pub(super) fn delete_own(vm: &mut Vm, instance: Gc<Instance>, name: Qstr) -> Res<bool> {
    let shape = instance.shape.get();
    if shape.find(name).is_some() && !shape.is_dict && shape.names.len() <= FEW {
        return delete_slot(vm, instance, name);
    }
    if !shape.is_dict && shape.find(name).is_none() {
        return Ok(false);
    }
    Ok(!to_dict(vm, instance)?.map.remove(vm, Obj::name(name))?.is_null())
}

/// Removes attribute `name` from the slots; false if it is not there.
pub fn delete_slot(vm: &mut Vm, instance: Gc<Instance>, name: Qstr) -> Res<bool> {
    let old = instance.shape.get();
    let Some(gone) = old.find(name) else { return Ok(false) };
    let ty = instance.type_ref();
    let Some(part) = ty.class else { return Ok(false) };
    let mut shape = if old.is_dict { dict_root(vm, ty, part)? } else { root(vm, ty, part)? };
    for (at, other) in old.names.slice().iter().enumerate().skip(usize::from(old.is_dict)) {
        if at != gone {
            shape = step(vm, shape, Qstr(*other))?;
        }
    }
    instance.slots.remove(gone);
    instance.shape.set(shape);
    Ok(true)
}

/// `__dict__`: from now on the attributes are in this dict, but for those that `__slots__` names.
pub(super) fn to_dict(vm: &mut Vm, instance: Gc<Instance>) -> Res<Gc<dict::Dict>> {
    if let Some(dict) = dict_of(instance) {
        return Ok(dict);
    }
    let ty = instance.type_ref();
    let dict = dict::new_as(vm, TypeRef::of(&dict::TYPE))?;
    let Some(part) = ty.class else { return Ok(dict) };
    let slots = GcVec::with_capacity(vm, 1)?;
    slots.push(vm, dict.obj())?;
    let mut shape = dict_root(vm, ty, part)?;
    let old = instance.shape.get();
    for (at, name) in old.names.slice().iter().enumerate() {
        let (name, value) = (Qstr(*name), instance.slots.get(at).unwrap_or(Obj::NULL));
        let is_member = matches!(class::lookup(vm, ty, name), Some(Found::Value(value))
            if value.is_exact(&crate::types::member::TYPE));
        if is_member {
            shape = step(vm, shape, name)?;
            slots.push(vm, value)?;
        } else {
            dict.map.set_name(vm, name, value)?;
        }
    }
    instance.slots.take_from(&slots);
    instance.shape.set(shape);
    Ok(dict)
}

/// The names of an instance's own attributes, as keys of `into`.
pub fn names(vm: &mut Vm, instance: Gc<Instance>, into: &crate::value::Map) -> Res<()> {
    let shape = instance.shape.get();
    for name in shape.names.slice() {
        if !(shape.is_dict && *name == q!("__dict__").0) {
            into.set_name(vm, Qstr(*name), Obj::NONE)?;
        }
    }
    match dict_of(instance) {
        Some(dict) => {
            let mut from = 0;
            while let Some((at, key, _)) = dict.map.next(from) {
                if super::super::str::bytes_of(vm, key).is_some() {
                    into.set(vm, key, Obj::NONE)?;
                }
                from = at + 1;
            }
            Ok(())
        }
        None => Ok(()),
    }
}
