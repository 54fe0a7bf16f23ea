//! Classes whose type is a class of the program: making them, calling them, and operators on them.

use super::{
    Found, Hooks, TYPE, family, instantiate, is_data_descriptor, is_subclass, lookup, make_plain, order, through_class,
};
use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::{dict, dunder, instance, str};
use crate::value::{
    Args, Builtin, Entry, GcVec, Obj, PrintKind, Res, Rom, Sig, Sink, Type, TypeRef, fun1, fun2, fun3, kw, row,
};

/// Methods of `type`, for metaclasses that extend them.
pub(super) static TABLE: &[Entry] = &[
    row(q!("__new__"), Rom::Static(Builtin::new(Sig::Kw(2, new)))),
    row(q!("__init__"), kw(1, init)),
    row(q!("__call__"), kw(1, call)),
    row(q!("__prepare__"), Rom::Class(Builtin::new(Sig::Kw(1, prepare)))),
    row(q!("mro"), fun1(mro)),
    row(q!("__subclasses__"), fun1(subclasses)),
    row(q!("__instancecheck__"), fun2(instance_check)),
    row(q!("__subclasscheck__"), fun2(subclass_check)),
    row(q!("__setattr__"), fun3(set)),
    row(q!("__delattr__"), fun2(delete)),
    row(q!("__repr__"), fun1(repr)),
];

/// Fills the slots of a metaclass.
pub(super) fn class_slots(ty: &mut Type) {
    ty.make = TYPE.make;
    ty.print = Some(print);
    ty.call = TYPE.call;
    ty.get_attr = TYPE.get_attr;
    ty.set_attr = TYPE.set_attr;
    ty.get_item = Some(get_item);
    ty.set_item = Some(instance::set_item);
    ty.unary = Some(instance::unary);
    ty.binary = Some(instance::binary);
    ty.reflected = Some(instance::reflected);
    ty.iter = Some(instance::iter);
    ty.next = Some(instance::next);
}

/// `Meta(name, bases, namespace)`: its `__new__`, then its `__init__`.
pub(super) fn make(vm: &mut Vm, meta: TypeRef, args: Args<'_>) -> Res {
    let made = match lookup(vm, meta, q!("__new__")) {
        Some(found @ Found::Value(_)) => {
            let function = through_class(vm, found, meta)?;
            let all = GcVec::with_capacity(vm, args.pos.len() + 1)?;
            all.push(vm, meta.obj())?;
            all.extend(vm, args.pos)?;
            vm.call(function, Args { pos: all.slice(), kw: args.kw })?
        }
        Some(Found::Rom(_)) | None => make_plain(vm, meta, args)?,
    };
    if !is_subclass(made.type_of(), meta) {
        return Ok(made);
    }
    if let Some(found @ Found::Value(_)) = lookup(vm, meta, q!("__init__")) {
        let method = vm.bind(found, made, meta)?;
        let base = vm.stack_top;
        let pos = vm.push_args(method.this, args.pos)?;
        let answer = vm.call(method.function, Args { pos, kw: args.kw });
        vm.stack_top = base;
        answer?;
    }
    Ok(made)
}

/// Calls a class by its metaclass's own `__call__`, if there is one.
pub(super) fn call_own(vm: &mut Vm, class: Obj, args: Args<'_>) -> Res<Option<Obj>> {
    match lookup(vm, class.type_of(), q!("__call__")) {
        Some(found @ Found::Value(_)) => {
            let method = vm.bind(found, class, class.type_of())?;
            let base = vm.stack_top;
            let pos = vm.push_args(method.this, args.pos)?;
            let answer = vm.call(method.function, Args { pos, kw: args.kw });
            vm.stack_top = base;
            answer.map(Some)
        }
        Some(Found::Rom(_)) | None => Ok(None),
    }
}

/// What the metaclass decides before the class is asked: its `__getattribute__`, and its properties.
pub(super) fn get_hooked(vm: &mut Vm, class: Obj, meta: TypeRef, hooks: Hooks, name: Qstr) -> Res {
    if hooks.has(Hooks::READ)
        && let Some(method) = instance::special(vm, class, q!("__getattribute__"))?
    {
        return vm.call_bound(method, &[Obj::name(name)]);
    }
    match lookup(vm, meta, name) {
        Some(found) if is_data_descriptor(vm, found) => Ok(vm.bind(found, class, meta)?.function),
        Some(_) | None => Ok(Obj::NULL),
    }
}

/// An attribute that neither the class nor its metaclass has, from the metaclass's `__getattr__`.
pub(super) fn get_attr(vm: &mut Vm, class: Obj, name: Qstr) -> Res {
    if name == q!("__class__") || lookup(vm, class.type_of(), name).is_some() {
        return Ok(Obj::NULL);
    }
    match instance::special(vm, class, q!("__getattr__"))? {
        Some(method) => vm.call_bound(method, &[Obj::name(name)]),
        None => Ok(Obj::NULL),
    }
}

/// `Class[item]`: its metaclass's `__getitem__`, or its own `__class_getitem__`.
pub(super) fn get_item(vm: &mut Vm, class: Obj, item: Obj) -> Res {
    if let Some(method) = instance::special(vm, class, q!("__getitem__"))? {
        return vm.call_bound(method, &[item]);
    }
    let method = vm.find_attr(class, q!("__class_getitem__"))?;
    if method.is_null() {
        let alias = crate::types::alias::subscript(vm, class, item)?;
        if !alias.is_null() {
            return Ok(alias);
        }
        let name = vm.type_name(class);
        return Err(vm.type_error(format_args!("'{name}' object isn't subscriptable")));
    }
    vm.call_pos(method, &[item])
}

/// `__dict__` of a built-in type: a dict with its table's rows.
pub(super) fn table_dict(vm: &mut Vm, ty: TypeRef) -> Res {
    let all = dict::new(vm)?;
    if let Some(map) = dict::map(all) {
        for entry in ty.table {
            let value = vm.rom_value(&entry.value)?;
            map.set_name(vm, entry.name, value)?;
        }
        dunder::each(ty, |name, rom| {
            let value = vm.rom_value(rom)?;
            map.set_name(vm, name, value)
        })?;
    }
    Ok(all)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, kind: PrintKind) -> Res<()> {
    for name in [q!("__str__"), q!("__repr__")] {
        if (kind == PrintKind::Str || name == q!("__repr__")) && instance::special(vm, obj, name)?.is_some() {
            return instance::print(vm, sink, obj, kind);
        }
    }
    super::print(vm, sink, obj, kind)
}

fn new(vm: &mut Vm, args: Args<'_>) -> Res {
    let [meta, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    match TypeRef::from_obj(*meta) {
        Some(meta) if is_subclass(meta, TypeRef::of(&TYPE)) => make_plain(vm, meta, Args { pos: rest, kw: args.kw }),
        Some(_) | None => Err(vm.type_error(format_args!("__new__ arg must be a user-type"))),
    }
}

fn init(_: &mut Vm, _: Args<'_>) -> Res {
    Ok(Obj::NONE)
}

fn call(vm: &mut Vm, args: Args<'_>) -> Res {
    let [class, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    match TypeRef::from_obj(*class) {
        Some(ty) => instantiate(vm, ty, Args { pos: rest, kw: args.kw }),
        None => {
            let name = vm.type_name(*class);
            Err(vm.type_error(format_args!("'{name}' object isn't callable")))
        }
    }
}

fn prepare(vm: &mut Vm, _: Args<'_>) -> Res {
    dict::new(vm)
}

fn mro(vm: &mut Vm, class: Obj) -> Res {
    let Some(ty) = TypeRef::from_obj(class) else { return Ok(Obj::NULL) };
    let order = order(vm, ty)?;
    crate::types::list::new(vm, crate::types::tuple::items(order).unwrap_or(&[]))
}

fn subclasses(vm: &mut Vm, class: Obj) -> Res {
    let all = GcVec::new();
    if let Some(part) = TypeRef::from_obj(class).and_then(|ty| ty.class) {
        family::children(vm, part, &all)?;
    }
    crate::types::list::new(vm, all.slice())
}

fn instance_check(_: &mut Vm, class: Obj, obj: Obj) -> Res {
    Ok(Obj::bool(TypeRef::from_obj(class).is_some_and(|class| is_subclass(obj.type_of(), class))))
}

fn subclass_check(_: &mut Vm, class: Obj, ty: Obj) -> Res {
    Ok(Obj::bool(match (TypeRef::from_obj(class), TypeRef::from_obj(ty)) {
        (Some(class), Some(ty)) => is_subclass(ty, class),
        _ => false,
    }))
}

/// `type.__setattr__(class, name, value)`
fn set(vm: &mut Vm, class: Obj, name: Obj, value: Obj) -> Res {
    let Some(name) = str::intern(vm, name)? else {
        return Err(vm.type_error(format_args!("attribute name must be string")));
    };
    if !super::attrs::store(vm, class, name, value)? {
        return Err(vm.no_attribute(class, name));
    }
    Ok(Obj::NONE)
}

fn delete(vm: &mut Vm, class: Obj, name: Obj) -> Res {
    set(vm, class, name, Obj::NULL)
}

fn repr(vm: &mut Vm, class: Obj) -> Res {
    let mut text = str::Bytes(GcVec::new());
    super::print(vm, &mut text, class, PrintKind::Repr)?;
    str::new(vm, core::str::from_utf8(text.0.slice()).unwrap_or(""))
}
