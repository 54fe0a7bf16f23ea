//! Subscripts, iteration and buffers of instances.

use super::*;

pub(in crate::types) fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    if let Some(method) = special(vm, obj, q!("__getitem__"))? {
        return vm.call_bound(method, &[index]);
    }
    match native_or_make(vm, obj)? {
        Some(value) => item_inside(vm, obj, value, index),
        None => {
            let name = vm.type_name(obj);
            Err(vm.type_error(format_args!("'{name}' object isn't subscriptable")))
        }
    }
}

/// Item `index` of the built-in `value` inside `obj`, whose class may say by `__missing__` what keys a dict lacks are worth.
pub fn item_inside(vm: &mut Vm, obj: Obj, value: Obj, index: Obj) -> Res {
    if let Some(map) = dict::map(value)
        && let Some(method) = special(vm, obj, q!("__missing__"))?
    {
        let found = map.get(vm, index)?;
        return if found.is_null() { vm.call_bound(method, &[index]) } else { Ok(found) };
    }
    vm.get_item(value, index)
}

pub(in crate::types) fn set_item(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res<()> {
    let name = if value.is_null() { q!("__delitem__") } else { q!("__setitem__") };
    if let Some(method) = special(vm, obj, name)? {
        let args = [index, value];
        vm.call_bound(method, if value.is_null() { &args[..1] } else { &args })?;
        return Ok(());
    }
    match native_or_make(vm, obj)? {
        Some(inner) => vm.set_item(inner, index, value),
        None => {
            let name = vm.type_name(obj);
            let what = if value.is_null() { "deletion" } else { "assignment" };
            Err(vm.type_error(format_args!("'{name}' object doesn't support item {what}")))
        }
    }
}

pub(in crate::types) fn iter(vm: &mut Vm, obj: Obj) -> Res {
    if let Some(method) = special(vm, obj, q!("__iter__"))? {
        let iter = vm.call_bound(method, &[])?;
        let ty = iter.type_of();
        let is_iterator = match ty.class {
            Some(_) => class::lookup(vm, ty, q!("__next__")).is_some(),
            None => ty.next.is_some(),
        };
        if !is_iterator {
            let name = vm.type_name(iter);
            return Err(vm.type_error(format_args!("iter() returned non-iterator of type '{name}'")));
        }
        return Ok(iter);
    }
    if is_refused(vm, obj, q!("__iter__")) {
        let name = vm.type_name(obj);
        return Err(vm.type_error(format_args!("'{name}' object isn't iterable")));
    }
    if let Some(value) = native_or_make(vm, obj)?
        && (value.type_of().iter.is_some() || value.type_of().next.is_some())
    {
        return vm.iter(value);
    }
    if special(vm, obj, q!("__getitem__"))?.is_some() {
        return crate::types::iter::over_items(vm, obj);
    }
    let name = vm.type_name(obj);
    Err(vm.type_error(format_args!("'{name}' object isn't iterable")))
}

pub(in crate::types) fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(method) = special(vm, obj, q!("__next__"))? else {
        if let Some(value) = native_or_make(vm, obj)? {
            return vm.next(value);
        }
        let name = vm.type_name(obj);
        return Err(vm.type_error(format_args!("'{name}' object isn't an iterator")));
    };
    match vm.call_bound(method, &[]) {
        Ok(value) => Ok(value),
        Err(raise) => crate::types::exception::stop_value(vm, raise),
    }
}

pub(super) fn buffer(vm: &mut Vm, obj: Obj, write: bool) -> Res<Option<crate::value::Buffer>> {
    match native_or_make(vm, obj)? {
        Some(value) => vm.buffer_of(value, write),
        None => Ok(None),
    }
}
