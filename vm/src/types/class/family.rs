//! Which classes derive from a class, and what changes when it is given other bases.

use super::linear::linearise;
use super::make::native_of;
use super::*;

/// Notes with each base that `ty` derives from it.
pub(super) fn adopt(vm: &mut Vm, ty: TypeRef, bases: &[Obj]) -> Res<()> {
    for base in bases {
        let Some(part) = TypeRef::from_obj(*base).and_then(|base| base.class) else { continue };
        let Some(cell) = ty.obj().as_pointer() else { continue };
        prune(vm, part, Obj::NULL);
        let Some(id) = vm.heap.weak_new(cell) else { return Err(vm.memory_error()) };
        if let Err(raise) = part.children.push(vm, id) {
            vm.heap.weak_free(id);
            return Err(raise);
        }
    }
    Ok(())
}

/// Forgets the classes that are no more, and `gone`.
fn prune(vm: &mut Vm, part: Gc<ClassPart>, gone: Obj) {
    let mut at = 0;
    while let Some(id) = part.children.get(at) {
        let alive = vm.heap.weak_get(id).map(Obj::from_pointer);
        if alive.is_none() || alive == Some(gone) {
            vm.heap.weak_free(id);
            part.children.remove(at);
        } else {
            at += 1;
        }
    }
}

/// The classes that derive directly from this one, in the order they were made.
pub(super) fn children(vm: &mut Vm, part: Gc<ClassPart>, all: &GcVec<Obj>) -> Res<()> {
    for id in part.children.slice() {
        if let Some(child) = vm.heap.weak_get(*id) {
            all.push(vm, Obj::from_pointer(child))?;
        }
    }
    Ok(())
}

/// `ty.__bases__ = bases`
pub(super) fn set_bases(vm: &mut Vm, ty: TypeRef, part: Gc<ClassPart>, bases: Obj) -> Res<()> {
    let items = match tuple::items(bases) {
        Some(items) if !items.is_empty() => items,
        Some(_) | None => {
            return Err(vm.type_error(format_args!("__bases__ must be a tuple of classes, and not empty")));
        }
    };
    if native_of(vm, items)? != ty.base {
        return Err(vm.type_error(format_args!("__bases__ assignment: lay-outs differ")));
    }
    for base in items {
        if TypeRef::from_obj(*base).is_some_and(|base| is_subclass(base, ty)) {
            return Err(vm.type_error(format_args!("a __bases__ item causes an inheritance cycle")));
        }
    }
    let old = part.bases.get();
    part.bases.set(bases);
    if let Err(raise) = reorder(vm, ty, part) {
        part.bases.set(old);
        return Err(raise);
    }
    adopt(vm, ty, items)?;
    for base in tuple::items(old).unwrap_or(&[]) {
        if let Some(base) = TypeRef::from_obj(*base)
            && !items.contains(&base.obj())
            && let Some(part) = base.class
        {
            prune(vm, part, ty.obj());
        }
    }
    vm.classes_changed();
    Ok(())
}

/// Finds the order of a class anew, and of all that derive from it.
fn reorder(vm: &mut Vm, ty: TypeRef, part: Gc<ClassPart>) -> Res<()> {
    vm.check_stack()?;
    let order = GcVec::new();
    order.push(vm, ty)?;
    linearise(vm, &order, tuple::items(part.bases.get()).unwrap_or(&[]))?;
    part.order.take_from(&order);
    let below = GcVec::new();
    children(vm, part, &below)?;
    for child in below.slice() {
        if let Some(child) = TypeRef::from_obj(*child)
            && let Some(part) = child.class
        {
            reorder(vm, child, part)?;
        }
    }
    Ok(())
}
