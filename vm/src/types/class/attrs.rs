//! Attributes of classes.

use super::*;

pub(super) fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(ty) = TypeRef::from_obj(obj) else { return Ok(Obj::NULL) };
    if name == q!("__name__") || name == q!("__qualname__") {
        if name == q!("__qualname__")
            && let Some(Found::Value(value)) = lookup(vm, ty, name)
        {
            return Ok(value);
        }
        return Ok(Obj::name(ty.name));
    }
    if name == q!("__bases__") {
        return bases(vm, ty);
    }
    if name == q!("__mro__") {
        return order(vm, ty);
    }
    if name == q!("__dict__") {
        return match ty.class {
            Some(part) => Ok(part.attrs.obj()),
            None => meta::table_dict(vm, ty),
        };
    }
    match lookup(vm, ty, name) {
        Some(found) => through_class(vm, found, ty),
        None if ty.meta().class.is_some() => meta::get_attr(vm, obj, name),
        None => Ok(Obj::NULL),
    }
}

/// What a class attribute becomes when it is read through the class itself.
pub fn through_class(vm: &mut Vm, found: Found, ty: TypeRef) -> Res {
    match found {
        Found::Value(value) => {
            if let Some(method) = Gc::<crate::types::staticmethod::StaticMethod>::from_obj(value) {
                return Ok(method.function);
            }
            if let Some(method) = Gc::<crate::types::classmethod::ClassMethod>::from_obj(value) {
                let bound = crate::types::boundmethod::BoundMethod { function: method.function, this: ty.obj() };
                return Ok(Gc::alloc(vm, bound)?.obj());
            }
            let kind = value.type_of();
            if kind.class.is_some() && lookup(vm, kind, q!("__get__")).is_some() {
                return vm.call_method(value, q!("__get__"), &[Obj::NONE, ty.obj()]);
            }
            Ok(value)
        }
        Found::Rom(Rom::Class(builtin)) => {
            Ok(Gc::alloc(vm, crate::types::boundmethod::BoundMethod { function: builtin.obj(), this: ty.obj() })?.obj())
        }
        Found::Rom(rom) => vm.rom_value(rom),
    }
}

fn bases(vm: &mut Vm, ty: TypeRef) -> Res {
    match (ty.class, ty.base) {
        (Some(part), _) => {
            if tuple::items(part.bases).is_some_and(<[Obj]>::is_empty) {
                return tuple::new(vm, &[TypeRef::of(&object::TYPE).obj()]);
            }
            Ok(part.bases)
        }
        (None, Some(base)) => tuple::new(vm, &[base.obj()]),
        (None, None) if ty == TypeRef::of(&object::TYPE) => tuple::new(vm, &[]),
        (None, None) => tuple::new(vm, &[TypeRef::of(&object::TYPE).obj()]),
    }
}

pub(super) fn order(vm: &mut Vm, ty: TypeRef) -> Res {
    let all: GcVec<Obj> = GcVec::new();
    match ty.class {
        Some(part) => {
            for ty in part.order.slice() {
                all.push(vm, ty.obj())?;
            }
        }
        None => {
            let mut at = Some(ty);
            while let Some(ty) = at {
                all.push(vm, ty.obj())?;
                at = ty.base;
            }
            if all.slice().last() != Some(&TypeRef::of(&object::TYPE).obj()) {
                all.push(vm, TypeRef::of(&object::TYPE).obj())?;
            }
        }
    }
    tuple::new(vm, all.slice())
}

pub(super) fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(ty) = TypeRef::from_obj(obj) else { return Ok(false) };
    let Some(part) = ty.class else { return Ok(false) };
    let map = &part.attrs.map;
    let old = map.get_name(vm, name);
    // Caches hold functions and the fact that a name is absent, never data of a class: only those changes outdate them.
    if old.is_null() || value.is_null() || is_cacheable(old) || is_cacheable(value) {
        vm.attr_epoch = vm.attr_epoch.wrapping_add(1);
    }
    if value.is_null() {
        return Ok(!map.remove(vm, Obj::name(name))?.is_null());
    }
    map.set_name(vm, name, value)?;
    note_hook(vm, part, Obj::name(name), value);
    Ok(true)
}

/// Whether inline caches may hold this class attribute: functions and the like, which seldom change.
pub fn is_cacheable(value: Obj) -> bool {
    let ty = value.type_of();
    ty.flags.has(Flags::BINDS)
        || ty == TypeRef::of(&crate::types::staticmethod::TYPE)
        || ty == TypeRef::of(&crate::types::classmethod::TYPE)
        || ty == TypeRef::of(&crate::types::property::TYPE)
        || ty.class.is_some()
}
