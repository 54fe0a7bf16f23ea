//! Awaiting: what `await`, `async for`, `aiter` and `anext` call.

use crate::Vm;
use crate::q;
use crate::types::generator::Generator;
use crate::types::{anext, class};
use crate::value::{Gc, Obj, Res};

/// `await obj`: the iterator to delegate to. As upstream has it, whatever can be iterated can be awaited.
pub fn awaited(vm: &mut Vm, obj: Obj) -> Res {
    if Gc::<Generator>::exact(obj).is_some() {
        return Ok(obj);
    }
    let ty = obj.type_of();
    if class::lookup(vm, ty, q!("__await__")).is_some() {
        let iter = vm.call_method(obj, q!("__await__"), &[])?;
        if iter.type_of().next.is_none() {
            let name = vm.type_name(iter);
            return Err(vm.type_error(format_args!("__await__() returned non-iterator of type '{name}'")));
        }
        return Ok(iter);
    }
    match vm.iter(obj) {
        Err(raise) if class::lookup(vm, ty, q!("__iter__")).is_none() => {
            vm.take_exception(raise);
            let name = vm.type_name(obj);
            Err(vm.type_error(format_args!("object {name} can't be used in 'await' expression")))
        }
        answer => answer,
    }
}

/// `async for` over `obj`: its iterator.
pub fn async_for(vm: &mut Vm, obj: Obj) -> Res {
    let method = vm.find_method(obj, q!("__aiter__"))?;
    if method.function.is_null() {
        let name = vm.type_name(obj);
        return Err(vm.type_error(format_args!("'async for' requires an object with __aiter__ method, got {name}")));
    }
    let iter = vm.call_bound(method, &[])?;
    if vm.find_method(iter, q!("__anext__"))?.function.is_null() {
        let name = vm.type_name(iter);
        return Err(vm.type_error(format_args!(
            "'async for' received an object from __aiter__ that does not implement __anext__: {name}"
        )));
    }
    Ok(iter)
}

/// One step of `async for`: the iterator to delegate to.
pub fn async_next(vm: &mut Vm, iter: Obj) -> Res {
    let item = vm.call_method(iter, q!("__anext__"), &[])?;
    match awaited(vm, item) {
        Err(raise) if class::lookup(vm, item.type_of(), q!("__await__")).is_none() => {
            vm.take_exception(raise);
            let name = vm.type_name(item);
            Err(vm.type_error(format_args!("'async for' received an invalid object from __anext__: {name}")))
        }
        answer => answer,
    }
}

/// `aiter(obj)`
pub fn aiter(vm: &mut Vm, obj: Obj) -> Res {
    let method = vm.find_method(obj, q!("__aiter__"))?;
    if method.function.is_null() {
        let name = vm.type_name(obj);
        return Err(vm.type_error(format_args!("'{name}' object is not an async iterable")));
    }
    let iter = vm.call_bound(method, &[])?;
    if vm.find_method(iter, q!("__anext__"))?.function.is_null() {
        let name = vm.type_name(iter);
        return Err(vm.type_error(format_args!("aiter() returned not an async iterator of type '{name}'")));
    }
    Ok(iter)
}

/// `anext(iterator[, default])`
pub fn anext(vm: &mut Vm, args: &[Obj]) -> Res {
    let [iter, default @ ..] = args else { return Ok(Obj::NULL) };
    let method = vm.find_method(*iter, q!("__anext__"))?;
    if method.function.is_null() {
        let name = vm.type_name(*iter);
        return Err(vm.type_error(format_args!("'{name}' object is not an async iterator")));
    }
    let item = vm.call_bound(method, &[])?;
    match default {
        [] => Ok(item),
        [default, ..] => {
            let inner = awaited(vm, item)?;
            anext::new(vm, inner, *default)
        }
    }
}
