//! Making classes: what a `class` statement and `type(name, bases, namespace)` come to.

use super::linear::linearise;
use super::*;
use crate::types::{exception, str};

/// Makes a class called `name` with `bases` and a namespace, whose dict is taken over.
pub fn new(vm: &mut Vm, meta: TypeRef, name: Obj, bases: Obj, namespace: Gc<dict::Dict>) -> Res<TypeRef> {
    let Some(name) = str::intern(vm, name)? else {
        return Err(vm.type_error(format_args!("type() argument 1 must be str")));
    };
    let base_items = tuple::items(bases).unwrap_or(&[]);
    let native = native_of(vm, base_items)?;
    let mut flags = Flags::BASE.with(Flags::INSTANCE);
    let layout = if native.is_some_and(|ty| ty.flags.has(Flags::EXCEPTION)) {
        flags = Flags::BASE.with(Flags::EXCEPTION);
        TypeRef::of(&exception::BASE_EXCEPTION)
    } else if native == Some(TypeRef::of(&TYPE)) {
        flags = Flags::BASE;
        TypeRef::of(&TYPE)
    } else {
        TypeRef::of(&instance::TYPE)
    };
    let part = Gc::alloc(vm, ClassPart::new(namespace, bases))?;
    let mut ty = Type { flags, layout: Some(layout), base: native, class: Some(part), ..Type::new(name) };
    if flags.has(Flags::EXCEPTION) {
        exception::class_slots(&mut ty);
    } else if native == Some(TypeRef::of(&TYPE)) {
        meta::class_slots(&mut ty);
    } else {
        instance::class_slots(&mut ty);
    }
    let ty = TypeRef::alloc(vm, meta, ty)?;
    part.order.push(vm, ty)?;
    linearise(vm, &part.order, base_items)?;
    slots::declare(vm, ty, part)?;
    hooks::note_all(vm, part);
    if lookup_own(vm, ty, q!("__eq__")) && !lookup_own(vm, ty, q!("__hash__")) {
        part.attrs.map.set_name(vm, q!("__hash__"), Obj::NONE)?;
    }
    wrap_special(vm, part)?;
    if part.attrs.map.get_name(vm, q!("__module__")).is_null() {
        let module = vm.globals().map.get_name(vm, q!("__name__"));
        if !module.is_null() {
            part.attrs.map.set_name(vm, q!("__module__"), module)?;
        }
    }
    family::adopt(vm, ty, base_items)?;
    Ok(ty)
}

/// The built-in type whose data instances of a class with these bases carry; TypeError if the bases do not go together.
pub(super) fn native_of(vm: &mut Vm, bases: &[Obj]) -> Res<Option<TypeRef>> {
    let mut layout: Option<TypeRef> = None;
    for (at, base) in bases.iter().enumerate() {
        let Some(base) = TypeRef::from_obj(*base) else {
            return Err(vm.type_error(format_args!("type() argument 2 must be a tuple of types")));
        };
        if bases.iter().take(at).any(|other| *other == base.obj()) {
            let text = vm.text_of_name(name_of(base));
            return Err(vm.type_error(format_args!("duplicate base class {text}")));
        }
        if !base.flags.has(Flags::BASE) {
            let text = vm.text_of_name(base.name);
            return Err(vm.type_error(format_args!("type '{text}' isn't an acceptable base type")));
        }
        let own = native_layout(base);
        match (layout, own) {
            (_, None) => {}
            (None, Some(_)) => layout = own,
            // All exceptions are built alike.
            (Some(a), Some(b)) if a.flags.has(Flags::EXCEPTION) && b.flags.has(Flags::EXCEPTION) => {}
            (Some(a), Some(b)) => match wider(a, b) {
                Some(both) => layout = Some(both),
                None => return Err(vm.type_error(format_args!("multiple bases have instance lay-out conflict"))),
            },
        }
    }
    Ok(layout)
}

fn lookup_own(vm: &Vm, ty: TypeRef, name: Qstr) -> bool {
    ty.class.is_some_and(|part| !part.attrs.map.get_name(vm, name).is_null())
}

/// `__new__` is a static method and `__init_subclass__`, `__class_getitem__` are class methods without saying so.
fn wrap_special(vm: &mut Vm, part: Gc<ClassPart>) -> Res<()> {
    let new = part.attrs.map.get_name(vm, q!("__new__"));
    if !new.is_null() && new.type_of().flags.has(Flags::BINDS) {
        let wrapped = Gc::alloc(vm, crate::types::staticmethod::StaticMethod { function: new })?;
        part.attrs.map.set_name(vm, q!("__new__"), wrapped.obj())?;
    }
    for name in [q!("__init_subclass__"), q!("__class_getitem__")] {
        let function = part.attrs.map.get_name(vm, name);
        if !function.is_null() && function.type_of().flags.has(Flags::BINDS) {
            let wrapped = Gc::alloc(vm, crate::types::classmethod::ClassMethod { function })?;
            part.attrs.map.set_name(vm, name, wrapped.obj())?;
        }
    }
    Ok(())
}

/// The built-in type below `ty` whose data instances must carry; `None` for plain objects.
pub fn native_layout(ty: TypeRef) -> Option<TypeRef> {
    // A namedtuple class makes its own instances, which are tuples.
    if ty.class.is_some() && ty.layout != Some(TypeRef::of(&tuple::TYPE)) {
        return ty.base;
    }
    if ty == TypeRef::of(&object::TYPE) { None } else { Some(ty) }
}

fn wider(a: TypeRef, b: TypeRef) -> Option<TypeRef> {
    if is_subclass(a, b) {
        Some(a)
    } else if is_subclass(b, a) {
        Some(b)
    } else {
        None
    }
}

pub(super) fn make(vm: &mut Vm, meta: TypeRef, args: Args<'_>) -> Res {
    if meta.class.is_some() {
        return meta::make(vm, meta, args);
    }
    make_plain(vm, meta, args)
}

/// `type(obj)` or `type(name, bases, namespace)`, with `meta` as the new class's type.
pub(super) fn make_plain(vm: &mut Vm, meta: TypeRef, args: Args<'_>) -> Res {
    match args.pos {
        [obj] if meta == TypeRef::of(&TYPE) => {
            vm.no_keywords(args)?;
            Ok(obj.type_of().obj())
        }
        [name, bases, namespace] => {
            let Some(namespace) = crate::types::sequence::of::<dict::Dict>(*namespace) else {
                return Err(vm.type_error(format_args!("type() argument 3 must be dict")));
            };
            if tuple::items(*bases).is_none() {
                return Err(vm.type_error(format_args!("type() argument 2 must be tuple")));
            }
            let winner = derive_meta(vm, meta, *bases)?;
            if winner != meta && matches!(lookup(vm, winner, q!("__new__")), Some(Found::Value(_))) {
                return meta::make(vm, winner, args);
            }
            let attrs = dict::new_as(vm, TypeRef::of(&dict::TYPE))?;
            attrs.map.copy_from(vm, &namespace.map)?;
            let ty = new(vm, winner, *name, *bases, attrs)?;
            finish(vm, ty, args.kw)?;
            Ok(ty.obj())
        }
        _ => Err(vm.type_error(format_args!("type takes 1 or 3 arguments"))),
    }
}

/// What follows the making of a class: `__set_name__` of its attributes, and `__init_subclass__` of its parent.
fn finish(vm: &mut Vm, ty: TypeRef, kw: &[(Obj, Obj)]) -> Res<()> {
    let Some(part) = ty.class else { return Ok(()) };
    // All that have one are called, also those that an earlier call takes out of the class.
    let named: GcVec<(Obj, Obj)> = GcVec::new();
    let mut from = 0;
    while let Some((at, key, value)) = part.attrs.map.next(from) {
        let kind = value.type_of();
        if kind.class.is_some() && lookup(vm, kind, q!("__set_name__")).is_some() {
            named.push(vm, (key, value))?;
        }
        from = at + 1;
    }
    for &(key, value) in named.slice() {
        vm.call_method(value, q!("__set_name__"), &[ty.obj(), key])?;
    }
    if let Some(found) = lookup_after(vm, ty, ty, q!("__init_subclass__")) {
        let method = vm.bind(found, ty.obj(), ty)?;
        let this = [method.this];
        let pos: &[Obj] = if method.this.is_null() { &[] } else { &this };
        vm.call(method.function, Args { pos, kw })?;
    }
    Ok(())
}

/// The most derived of a metaclass and those of the bases.
pub fn derive_meta(vm: &mut Vm, given: TypeRef, bases: Obj) -> Res<TypeRef> {
    let mut best = given;
    for base in tuple::items(bases).unwrap_or(&[]) {
        if TypeRef::from_obj(*base).is_none() {
            continue;
        }
        let meta = base.type_of();
        if is_subclass(best, meta) {
            continue;
        }
        if !is_subclass(meta, best) {
            return Err(vm.type_error(format_args!(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"
            )));
        }
        best = meta;
    }
    Ok(best)
}
