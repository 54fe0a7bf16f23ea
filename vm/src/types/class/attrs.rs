//! Attributes of classes.

use super::*;

pub(super) fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(ty) = TypeRef::from_obj(obj) else { return Ok(Obj::NULL) };
    let meta = ty.meta();
    if meta.class.is_some() {
        let hooks = hooks(vm, meta);
        if hooks.any(Hooks::READ.with(Hooks::DESCRIPTORS)) {
            let value = meta::get_hooked(vm, obj, meta, hooks, name)?;
            if !value.is_null() {
                return Ok(value);
            }
        }
    }
    get_plain(vm, ty, name)
}

/// Attribute `name` of the class itself, past what its metaclass has; `Obj::NULL` if there is none.
pub(super) fn get_plain(vm: &mut Vm, ty: TypeRef, name: Qstr) -> Res {
    if let Some(value) = special_attr(vm, ty, name)? {
        return Ok(value);
    }
    match lookup(vm, ty, name) {
        Some(found) => through_class(vm, found, ty),
        None if ty.meta().class.is_some() => meta::get_attr(vm, ty.obj(), name),
        None => Ok(Obj::NULL),
    }
}

/// A classmethod of `ty` and the class, not bound: for a call.
pub fn class_method(vm: &mut Vm, ty: TypeRef, name: Qstr) -> Option<Method> {
    match lookup(vm, ty, name)? {
        Found::Value(value) => {
            let method = Gc::<crate::types::classmethod::ClassMethod>::from_obj(value)?;
            Some(Method { function: method.function, this: ty.obj() })
        }
        Found::Rom(Rom::Class(builtin)) => Some(Method { function: builtin.obj(), this: ty.obj() }),
        Found::Rom(_) => None,
    }
}

/// `__name__` of a class.
pub fn name_of(ty: TypeRef) -> Qstr {
    ty.class.map(|part| part.renamed.get()).filter(|name| *name != Qstr::NULL).unwrap_or(ty.name)
}

/// What classes have that their instances do not.
fn special_attr(vm: &mut Vm, ty: TypeRef, name: Qstr) -> Res<Option<Obj>> {
    let own = |vm: &Vm| ty.class.and_then(|part| part.attrs.map.get_name(vm, name).non_null());
    Ok(Some(if name == q!("__name__") {
        Obj::name(name_of(ty))
    } else if name == q!("__qualname__") {
        own(vm).unwrap_or(Obj::name(ty.name))
    } else if name == q!("__module__") {
        own(vm).unwrap_or(Obj::name(q!("builtins")))
    } else if name == q!("__doc__") {
        own(vm).unwrap_or(Obj::NONE)
    } else if name == q!("__bases__") {
        bases(vm, ty)?
    } else if name == q!("__base__") {
        base(vm, ty)?
    } else if name == q!("__mro__") {
        order(vm, ty)?
    } else if name == q!("__dict__") {
        let dict = match ty.class {
            Some(part) => part.attrs.obj(),
            None => meta::table_dict(vm, ty)?,
        };
        crate::types::mappingproxy::new(vm, dict)?
    } else {
        return Ok(None);
    }))
}

/// `__base__`: the base that decides what instances are.
fn base(vm: &mut Vm, ty: TypeRef) -> Res {
    if ty == TypeRef::of(&object::TYPE) {
        return Ok(Obj::NONE);
    }
    let all = bases(vm, ty)?;
    let bases = tuple::items(all).unwrap_or(&[]);
    let natural = bases.iter().find(|base| TypeRef::from_obj(**base).and_then(native_layout) == ty.base);
    Ok(natural.or(bases.first()).copied().unwrap_or(Obj::NONE))
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
            if kind.class.is_some()
                && let Some(Found::Value(get)) = lookup(vm, kind, q!("__get__"))
            {
                let method = vm.bind(Found::Value(get), value, kind)?;
                return vm.call_bound(method, &[Obj::NONE, ty.obj()]);
            }
            Ok(value)
        }
        Found::Rom(Rom::Class(builtin)) => {
            Ok(Gc::alloc(vm, crate::types::boundmethod::BoundMethod { function: builtin.obj(), this: ty.obj() })?.obj())
        }
        #[cfg(feature = "diagnostics")]
        Found::Rom(Rom::Get(get)) => Ok(Gc::alloc(vm, crate::types::getset::GetSet { owner: ty, get: *get })?.obj()),
        Found::Rom(rom) => vm.rom_value(rom),
    }
}

fn bases(vm: &mut Vm, ty: TypeRef) -> Res {
    match (ty.class, ty.base) {
        (Some(part), _) => {
            if tuple::items(part.bases.get()).is_some_and(<[Obj]>::is_empty) {
                return tuple::new(vm, &[TypeRef::of(&object::TYPE).obj()]);
            }
            Ok(part.bases.get())
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
    let meta = obj.type_of();
    if hooks(vm, meta).has(Hooks::SET) {
        let method = if value.is_null() { q!("__delattr__") } else { q!("__setattr__") };
        if let Some(method) = instance::special(vm, obj, method)? {
            let args = [Obj::name(name), value];
            vm.call_bound(method, if value.is_null() { &args[..1] } else { &args })?;
            return Ok(true);
        }
    }
    store(vm, obj, name, value)
}

/// As `set_attr`, past the metaclass's `__setattr__`.
pub(super) fn store(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(ty) = TypeRef::from_obj(obj) else { return Ok(false) };
    let Some(part) = ty.class else { return Ok(false) };
    let meta = ty.meta();
    if hooks(vm, meta).has(Hooks::DESCRIPTORS)
        && let Some(found) = lookup(vm, meta, name)
        && let Some(done) = vm.set_by_descriptor(found, obj, value)?
    {
        return Ok(done);
    }
    if let Some(done) = set_special(vm, ty, part, name, value)? {
        return Ok(done);
    }
    let map = &part.attrs.map;
    let old = map.get_name(vm, name);
    // Caches hold functions and the fact that a name is absent, never data of a class: only those changes outdate them.
    if old.is_null() || value.is_null() || is_cacheable(old) || is_cacheable(value) {
        vm.classes_changed();
    }
    if value.is_null() {
        return Ok(!map.remove(vm, Obj::name(name))?.is_null());
    }
    map.set_name(vm, name, value)?;
    hooks::note(vm, part, Obj::name(name), value);
    Ok(true)
}

/// Sets what classes have that their instances do not; `None` for all else.
fn set_special(vm: &mut Vm, ty: TypeRef, part: Gc<ClassPart>, name: Qstr, value: Obj) -> Res<Option<bool>> {
    if name == q!("__name__") {
        return match crate::types::str::intern(vm, value)? {
            Some(name) => {
                part.renamed.set(name);
                Ok(Some(true))
            }
            None => Err(vm.type_error(format_args!("can only assign string to __name__"))),
        };
    }
    if name == q!("__bases__") {
        family::set_bases(vm, ty, part, value)?;
        return Ok(Some(true));
    }
    let fixed = [q!("__mro__"), q!("__base__"), q!("__dict__"), q!("__class__")].contains(&name);
    Ok(if fixed { Some(false) } else { None })
}

/// Whether inline caches may hold this class attribute: functions and the like, which seldom change.
pub fn is_cacheable(value: Obj) -> bool {
    let ty = value.type_of();
    ty.flags.has(Flags::BINDS)
        || ty == TypeRef::of(&crate::types::staticmethod::TYPE)
        || ty == TypeRef::of(&crate::types::classmethod::TYPE)
        || ty == TypeRef::of(&crate::types::property::TYPE)
        || ty == TypeRef::of(&crate::types::member::TYPE)
        || ty == TypeRef::of(&crate::types::builtin::TYPE)
        || ty.class.is_some()
}
