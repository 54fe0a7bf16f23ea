//! What an object is: isinstance, issubclass, callable, hash, id.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::class::Found;
use crate::types::{class, int, tuple};
use crate::value::{Flags, Obj, Res, TypeRef};

/// `isinstance(obj, classes)`
pub fn isinstance(vm: &mut Vm, obj: Obj, classes: Obj) -> Res {
    if obj.type_of().obj() == classes {
        return Ok(Obj::TRUE);
    }
    is_one_of(vm, obj, obj.type_of(), classes, q!("__instancecheck__")).map(Obj::bool)
}

/// `issubclass(cls, classes)`
pub fn issubclass(vm: &mut Vm, obj: Obj, classes: Obj) -> Res {
    match TypeRef::from_obj(obj) {
        Some(ty) => is_one_of(vm, obj, ty, classes, q!("__subclasscheck__")).map(Obj::bool),
        // No class of none is asked for.
        None if tuple::items(classes).is_some_and(|classes| classes.is_empty()) => Ok(Obj::FALSE),
        None => Err(vm.type_error(format_args!("issubclass() arg 1 must be a class"))),
    }
}

/// Whether `ty` is or derives from `classes`, a class or a tuple of them, or whatever their `check` says of `obj`.
fn is_one_of(vm: &mut Vm, obj: Obj, ty: TypeRef, classes: Obj, check: Qstr) -> Res<bool> {
    let base = TypeRef::from_obj(classes);
    let meta = classes.type_of();
    if meta.class.is_some()
        && let Some(found @ Found::Value(_)) = class::lookup(vm, meta, check)
    {
        let method = vm.bind(found, classes, meta)?;
        let answer = vm.call_bound(method, &[obj])?;
        return vm.truth(answer);
    }
    if let Some(base) = base {
        return Ok(class::is_subclass(ty, base));
    }
    if let Some(classes) = tuple::items(classes).or_else(|| crate::types::alias::members(classes)) {
        vm.check_stack()?;
        for class in classes {
            if is_one_of(vm, obj, ty, *class, check)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    // Upstream says the same for both functions.
    Err(vm.type_error(format_args!("issubclass() arg 2 must be a class or a tuple of classes")))
}

/// `callable(obj)`
pub fn callable(vm: &mut Vm, obj: Obj) -> Res {
    Ok(Obj::bool(is_callable(vm, obj)))
}

/// Whether an object can be called.
pub fn is_callable(vm: &Vm, obj: Obj) -> bool {
    let ty = obj.type_of();
    if ty.flags.has(Flags::INSTANCE) { class::lookup(vm, ty, q!("__call__")).is_some() } else { ty.call.is_some() }
}

/// `hash(obj)`
pub fn hash(vm: &mut Vm, obj: Obj) -> Res {
    let hash = vm.hash(obj)?;
    int::new(vm, hash as isize as i64)
}

/// `id(obj)`
pub fn id(vm: &mut Vm, obj: Obj) -> Res {
    int::from_usize(vm, obj.bits())
}
