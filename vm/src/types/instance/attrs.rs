//! Attributes of instances: own ones by shape, descriptors, `__getattr__` and its kin.

use super::*;
use crate::types::class::Hooks;
use crate::types::{dunder, namedtuple};

pub(super) fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(instance) = Gc::<Instance>::from_obj(obj) else { return Ok(Obj::NULL) };
    let hooks = class::hooks(vm, instance.type_ref());
    if hooks.any(Hooks::READ.with(Hooks::GET)) {
        return get_hooked(vm, instance, hooks, name);
    }
    get_plain(vm, instance, hooks, name)
}

/// As the class's `__getattribute__` says, and its `__getattr__` when that finds nothing.
fn get_hooked(vm: &mut Vm, instance: Gc<Instance>, hooks: Hooks, name: Qstr) -> Res {
    let obj = instance.obj();
    let by_method = if hooks.has(Hooks::READ) { special(vm, obj, q!("__getattribute__"))? } else { None };
    let value = match by_method {
        Some(method) => vm.call_bound(method, &[Obj::name(name)]),
        None => get_plain(vm, instance, hooks, name),
    };
    match value {
        Ok(value) if !value.is_null() => return Ok(value),
        Ok(_) if name == q!("__class__") || class::lookup(vm, obj.type_of(), name).is_some() => return Ok(Obj::NULL),
        Ok(_) => {}
        Err(raise) => {
            let is_absent =
                class::is_subclass(vm.exception.type_of(), TypeRef::of(&super::super::exception::ATTRIBUTE_ERROR));
            if !is_absent || !hooks.has(Hooks::GET) {
                return Err(raise);
            }
            vm.take_exception(raise);
        }
    }
    match if hooks.has(Hooks::GET) { special(vm, obj, q!("__getattr__"))? } else { None } {
        Some(method) => vm.call_bound(method, &[Obj::name(name)]),
        None => Ok(Obj::NULL),
    }
}

/// Attribute `name` past all hooks; `Obj::NULL` if there is none, or if it is the class's and only needs binding.
fn get_plain(vm: &mut Vm, instance: Gc<Instance>, hooks: Hooks, name: Qstr) -> Res {
    let (obj, ty) = (instance.obj(), instance.type_ref());
    if hooks.has(Hooks::DESCRIPTORS)
        && let Some(found) = class::lookup(vm, ty, name)
        && class::is_data_descriptor(vm, found)
    {
        return Ok(vm.bind(found, obj, ty)?.function);
    }
    let own = get_own(vm, instance, name);
    if !own.is_null() {
        return Ok(own);
    }
    if name == q!("__dict__") {
        if !hooks.has(Hooks::DICT) {
            return Ok(Obj::NULL);
        }
        return to_dict(vm, instance).map(Gc::obj);
    }
    let from_class = class::lookup(vm, ty, name);
    match from_class {
        Some(Found::Rom(rom)) => match rom {
            // A method of the built-in base works on the value inside.
            Rom::Fun(builtin) if ty.base.is_some() && !takes_instance(builtin, name) => {
                let this = native_or_make(vm, obj)?.unwrap_or(obj);
                let bound = crate::types::boundmethod::BoundMethod { function: builtin.obj(), this };
                Ok(Gc::alloc(vm, bound)?.obj())
            }
            Rom::Get(get) => {
                let this = native_or_make(vm, obj)?.unwrap_or(obj);
                get(vm, this)
            }
            Rom::Fun(_)
            | Rom::Static(_)
            | Rom::Class(_)
            | Rom::Type(_)
            | Rom::Word(_)
            | Rom::Float(_)
            | Rom::Make(_) => Ok(Obj::NULL),
        },
        Some(Found::Value(_)) => Ok(Obj::NULL),
        None => match native_or_make(vm, obj)? {
            Some(value) if name != q!("__class__") => vm.find_attr(value, name),
            Some(_) | None => Ok(Obj::NULL),
        },
    }
}

/// Whether a built-in method works on the instance itself and not on the built-in value inside: those of `object`, and
/// operators.
pub fn takes_instance(builtin: &'static crate::value::Builtin, name: Qstr) -> bool {
    dunder::is_row(builtin)
        || crate::value::Entry::find(object::TYPE.table, name).is_some()
        || name == namedtuple::REPLACE
}

/// `object.__getattribute__(obj, name)` of an instance: `Obj::NULL` if there is no such attribute.
pub fn get_generic(vm: &mut Vm, instance: Gc<Instance>, name: Qstr) -> Res {
    let (obj, ty) = (instance.obj(), instance.type_ref());
    let hooks = class::hooks(vm, ty);
    let value = get_plain(vm, instance, hooks, name)?;
    if !value.is_null() {
        return Ok(value);
    }
    match class::lookup(vm, ty, name) {
        Some(found) => {
            let method = vm.bind(found, obj, ty)?;
            vm.bound(method)
        }
        None if name == q!("__class__") => Ok(ty.obj()),
        None => Ok(Obj::NULL),
    }
}

pub(super) fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(instance) = Gc::<Instance>::from_obj(obj) else { return Ok(false) };
    if class::hooks(vm, instance.type_ref()).has(Hooks::SET) {
        let method = if value.is_null() { q!("__delattr__") } else { q!("__setattr__") };
        if let Some(method) = special(vm, obj, method)? {
            let args = [Obj::name(name), value];
            vm.call_bound(method, if value.is_null() { &args[..1] } else { &args })?;
            return Ok(true);
        }
    }
    set_plain(vm, instance, name, value)
}

/// Sets or deletes an attribute, past `__setattr__`: what `object.__setattr__` does.
pub fn set_plain(vm: &mut Vm, instance: Gc<Instance>, name: Qstr, value: Obj) -> Res<bool> {
    let ty = instance.type_ref();
    let hooks = class::hooks(vm, ty);
    if hooks.has(Hooks::DESCRIPTORS)
        && let Some(found) = class::lookup(vm, ty, name)
        && let Some(done) = vm.set_by_descriptor(found, instance.obj(), value)?
    {
        return Ok(done);
    }
    if name == q!("__class__") {
        set_class(vm, instance, value)?;
        return Ok(true);
    }
    if !hooks.has(Hooks::DICT) {
        return Ok(false);
    }
    if name == q!("__dict__") {
        return set_dict(vm, instance, value);
    }
    if value.is_null() {
        return delete_own(vm, instance, name);
    }
    set_own(vm, instance, name, value)?;
    Ok(true)
}

/// `obj.__dict__ = value`
fn set_dict(vm: &mut Vm, instance: Gc<Instance>, value: Obj) -> Res<bool> {
    let given = if value.is_null() { dict::new(vm)? } else { value };
    let Some(given) = crate::types::sequence::of::<dict::Dict>(given) else {
        let got = vm.type_name(value);
        return Err(vm.type_error(format_args!("__dict__ must be set to a dictionary, not a '{got}'")));
    };
    to_dict(vm, instance)?;
    instance.slots.set(0, given.obj());
    Ok(true)
}

/// `obj.__class__ = class`
fn set_class(vm: &mut Vm, instance: Gc<Instance>, class: Obj) -> Res<()> {
    let old = instance.type_ref();
    let Some(new) = TypeRef::from_obj(class) else {
        let got = vm.type_name(class);
        return Err(vm.type_error(format_args!("__class__ must be set to a class, not '{got}' object")));
    };
    let Some(part) = new.class else {
        return Err(vm.type_error(format_args!("__class__ assignment only supported for mutable types")));
    };
    let (before, after) = (class::hooks(vm, old), class::hooks(vm, new));
    if !new.flags.has(Flags::INSTANCE) || new.base != old.base || before.has(Hooks::DICT) != after.has(Hooks::DICT) {
        let (new, old) = (vm.text_of_name(new.name), vm.text_of_name(old.name));
        return Err(vm.type_error(format_args!("__class__ assignment: '{new}' object layout differs from '{old}'")));
    }
    if after.has(Hooks::FINALISER) && !before.has(Hooks::FINALISER) {
        vm.finalise(instance.obj())?;
    }
    let from = instance.shape.get();
    let mut shape = if from.is_dict { dict_root(vm, new, part)? } else { root(vm, new, part)? };
    for name in from.names.slice() {
        if !(from.is_dict && *name == q!("__dict__").0) {
            shape = step(vm, shape, Qstr(*name))?;
        }
    }
    instance.shape.set(shape);
    instance.set_type(new);
    Ok(())
}
