//! Subscripts, iteration and buffers of instances.

use super::*;

pub(in crate::types) fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    if let Some(method) = special(vm, obj, q!("__getitem__"))? {
        return vm.call_bound(method, &[index]);
    }
    match native_or_make(vm, obj)? {
        Some(value) => vm.get_item(value, index),
        None => {
            let name = vm.type_name(obj);
            Err(vm.type_error(format_args!("'{name}' object isn't subscriptable")))
        }
    }
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
        return vm.call_bound(method, &[]);
    }
    if let Some(value) = native_or_make(vm, obj)? {
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
