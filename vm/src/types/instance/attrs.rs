//! Attributes of instances: own ones by shape, descriptors, `__getattr__` and its kin.

use super::*;

pub(super) fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(instance) = Gc::<Instance>::from_obj(obj) else { return Ok(Obj::NULL) };
    let ty = instance.type_ref();
    let hooks = class::hooks(ty);
    if hooks.descriptors
        && let Some(found) = class::lookup(vm, ty, name)
        && is_data_descriptor(vm, found)
    {
        return Ok(vm.bind(found, obj, ty)?.function);
    }
    let own = get_own(instance, name);
    if !own.is_null() {
        return Ok(own);
    }
    if name == q!("__dict__") {
        return attributes(vm, instance);
    }
    match class::lookup(vm, ty, name) {
        Some(Found::Rom(rom)) => {
            // A method of the built-in base works on the value inside.
            if let (Rom::Fun(builtin), Some(base)) = (rom, ty.base)
                && base != TypeRef::of(&object::TYPE)
                && crate::value::Entry::find(object::TYPE.table, name).is_none()
            {
                let this = native_or_make(vm, obj)?.unwrap_or(obj);
                let bound = crate::types::boundmethod::BoundMethod { function: builtin.obj(), this };
                return Ok(Gc::alloc(vm, bound)?.obj());
            }
            Ok(Obj::NULL)
        }
        Some(Found::Value(_)) => Ok(Obj::NULL),
        None => {
            if let Some(value) = native_or_make(vm, obj)? {
                let inner = vm.find_attr(value, name)?;
                if !inner.is_null() && name != q!("__class__") {
                    return Ok(inner);
                }
            }
            if hooks.get
                && name != q!("__class__")
                && let Some(method) = special(vm, obj, q!("__getattr__"))?
            {
                return vm.call_bound(method, &[Obj::name(name)]);
            }
            Ok(Obj::NULL)
        }
    }
}

fn is_data_descriptor(vm: &Vm, found: Found) -> bool {
    let Found::Value(value) = found else { return false };
    let ty = value.type_of();
    ty == TypeRef::of(&property::TYPE) || (ty.class.is_some() && class::lookup(vm, ty, q!("__set__")).is_some())
}

/// `__dict__`: a dict with the attributes as they are now.
fn attributes(vm: &mut Vm, instance: Gc<Instance>) -> Res {
    let all = dict::new(vm)?;
    if let Some(all) = Gc::<dict::Dict>::from_obj(all) {
        for (at, name) in instance.shape.get().names.slice().iter().enumerate() {
            if let Some(value) = instance.slots.get(at) {
                all.map.set_name(vm, Qstr(*name), value)?;
            }
        }
    }
    Ok(all)
}

pub(super) fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(instance) = Gc::<Instance>::from_obj(obj) else { return Ok(false) };
    let ty = instance.type_ref();
    let hooks = class::hooks(ty);
    if hooks.descriptors
        && let Some(Found::Value(member)) = class::lookup(vm, ty, name)
    {
        if let Some(property) = Gc::<property::Property>::from_obj(member) {
            return property::set(vm, property, obj, value);
        }
        let kind = member.type_of();
        let method = if value.is_null() { q!("__delete__") } else { q!("__set__") };
        if kind.class.is_some() && class::lookup(vm, kind, method).is_some() {
            let args = [obj, value];
            vm.call_method(member, method, if value.is_null() { &args[..1] } else { &args })?;
            return Ok(true);
        }
    }
    if hooks.set {
        let method = if value.is_null() { q!("__delattr__") } else { q!("__setattr__") };
        if let Some(method) = special(vm, obj, method)? {
            let args = [Obj::name(name), value];
            vm.call_bound(method, if value.is_null() { &args[..1] } else { &args })?;
            return Ok(true);
        }
    }
    set_plain(vm, instance, name, value)
}

/// Sets or deletes an own attribute, past `__setattr__`: what `object.__setattr__` does.
pub fn set_plain(vm: &mut Vm, instance: Gc<Instance>, name: Qstr, value: Obj) -> Res<bool> {
    if value.is_null() {
        return delete_own(vm, instance, name);
    }
    set_own(vm, instance, name, value)?;
    Ok(true)
}
