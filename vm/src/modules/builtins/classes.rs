//! What an object is: isinstance, issubclass, callable, hash, id.

use crate::Vm;
use crate::q;
use crate::types::{class, int, tuple};
use crate::value::{Flags, Obj, Res, TypeRef};

/// `isinstance(obj, classes)`
pub fn isinstance(vm: &mut Vm, obj: Obj, classes: Obj) -> Res {
    is_one_of(vm, obj.type_of(), classes).map(Obj::bool)
}

/// `issubclass(cls, classes)`
pub fn issubclass(vm: &mut Vm, obj: Obj, classes: Obj) -> Res {
    match TypeRef::from_obj(obj) {
        Some(ty) => is_one_of(vm, ty, classes).map(Obj::bool),
        None => Err(vm.type_error(format_args!("issubclass() arg 1 must be a class"))),
    }
}

/// Whether `ty` is or derives from `classes`, a class or a tuple of them.
fn is_one_of(vm: &mut Vm, ty: TypeRef, classes: Obj) -> Res<bool> {
    if let Some(base) = TypeRef::from_obj(classes) {
        return Ok(class::is_subclass(ty, base));
    }
    if let Some(classes) = tuple::items(classes) {
        vm.check_stack()?;
        for class in classes {
            if is_one_of(vm, ty, *class)? {
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
    let ty = obj.type_of();
    if ty.flags.has(Flags::INSTANCE) {
        return Ok(Obj::bool(class::lookup(vm, ty, q!("__call__")).is_some()));
    }
    Ok(Obj::bool(ty.call.is_some()))
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
