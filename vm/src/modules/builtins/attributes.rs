//! Attributes by name: getattr and its kin, dir, vars, help.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::class::{self, ClassPart, Found};
use crate::types::{dict, dunder, exception, instance, list, module, object, str};
use crate::value::{Entry, Gc, Map, Obj, Res, TypeRef};

/// The name in a str argument.
fn name_of(vm: &mut Vm, name: Obj) -> Res<Qstr> {
    match str::intern(vm, name)? {
        Some(name) => Ok(name),
        None => {
            let ty = vm.type_name(name);
            Err(vm.type_error(format_args!("can't convert '{ty}' object to str implicitly")))
        }
    }
}

/// The attribute, or `Obj::NULL` if there is none; AttributeError counts as none.
pub(super) fn find(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    match vm.find_attr(obj, name) {
        Err(raise) if class::is_subclass(vm.exception.type_of(), TypeRef::of(&exception::ATTRIBUTE_ERROR)) => {
            vm.take_exception(raise);
            Ok(Obj::NULL)
        }
        found => found,
    }
}

/// `getattr(obj, name[, default])`
pub fn getattr(vm: &mut Vm, args: &[Obj]) -> Res {
    let (obj, name) = (args[0], name_of(vm, args[1])?);
    match args.get(2) {
        Some(default) => Ok(find(vm, obj, name)?.non_null().unwrap_or(*default)),
        None => vm.get_attr(obj, name),
    }
}

/// `hasattr(obj, name)`
pub fn hasattr(vm: &mut Vm, obj: Obj, name: Obj) -> Res {
    let name = name_of(vm, name)?;
    Ok(Obj::bool(!find(vm, obj, name)?.is_null()))
}

/// `setattr(obj, name, value)`
pub fn setattr(vm: &mut Vm, obj: Obj, name: Obj, value: Obj) -> Res {
    let name = name_of(vm, name)?;
    vm.set_attr(obj, name, value)?;
    Ok(Obj::NONE)
}

/// `delattr(obj, name)`
pub fn delattr(vm: &mut Vm, obj: Obj, name: Obj) -> Res {
    setattr(vm, obj, name, Obj::NULL)
}

/// `vars()`, `vars(obj)`
pub fn vars(vm: &mut Vm, args: &[Obj]) -> Res {
    let [obj] = args else { return super::program::locals(vm) };
    match find(vm, *obj, q!("__dict__"))?.non_null() {
        Some(attributes) => Ok(attributes),
        None => Err(vm.type_error(format_args!("vars() argument must have __dict__ attribute"))),
    }
}

/// `dir()`, `dir(obj)`: a sorted list of names.
pub fn dir(vm: &mut Vm, args: &[Obj]) -> Res {
    let Some(obj) = args.first().copied() else {
        let names = Map::new();
        let here = vm.local_names()?;
        add_map(vm, &names, &here.map)?;
        return sorted_keys(vm, &names);
    };
    let ty = obj.type_of();
    if let Some(found @ Found::Value(_)) = class::lookup(vm, ty, q!("__dir__")) {
        let method = vm.bind(found, obj, ty)?;
        let names = vm.call_bound(method, &[])?;
        return super::iterate::sorted(vm, crate::value::Args::pos(&[names]));
    }
    plain_dir(vm, obj)
}

/// As `dir`, past the class's `__dir__`.
pub fn plain_dir(vm: &mut Vm, obj: Obj) -> Res {
    let ty = obj.type_of();
    let names = Map::new();
    if let Some(globals) = module::globals(obj) {
        add_map(vm, &names, &globals.map)?;
        if let Some(module) = Gc::<module::Module>::from_obj(obj) {
            add_table(vm, &names, module.table.get())?;
        }
    } else if let Some(ty) = TypeRef::from_obj(obj) {
        add_type(vm, &names, ty)?;
    } else {
        if let Some(instance) = Gc::<instance::Instance>::from_obj(obj) {
            instance::names(vm, instance, &names)?;
        }
        if let Some(attributes) = Gc::<exception::Exception>::from_obj(obj).and_then(|body| dict::map(body.attrs.get()))
        {
            add_map(vm, &names, attributes)?;
        }
        add_type(vm, &names, ty)?;
        names.set_name(vm, q!("__class__"), Obj::NONE)?;
    }
    sorted_keys(vm, &names)
}

fn sorted_keys(vm: &mut Vm, names: &Map) -> Res {
    let keys = crate::value::GcVec::with_capacity(vm, names.len())?;
    let mut from = 0;
    while let Some((at, key, _)) = names.next(from) {
        keys.push(vm, key)?;
        from = at + 1;
    }
    // Names are few, and sorting them runs no Python.
    for end in 1..keys.len() {
        let mut at = end;
        while at > 0 {
            let (Some(left), Some(right)) = (keys.get(at - 1), keys.get(at)) else { break };
            if str::bytes_of(vm, left) <= str::bytes_of(vm, right) {
                break;
            }
            keys.swap(at - 1, at);
            at -= 1;
        }
    }
    list::new(vm, keys.slice())
}

fn add_map(vm: &mut Vm, names: &Map, from: &Map) -> Res<()> {
    let mut next = 0;
    while let Some((at, key, _)) = from.next(next) {
        if str::bytes_of(vm, key).is_some() {
            names.set(vm, key, Obj::NONE)?;
        }
        next = at + 1;
    }
    Ok(())
}

fn add_table(vm: &mut Vm, names: &Map, table: &'static [Entry]) -> Res<()> {
    for entry in table {
        names.set_name(vm, entry.name, Obj::NONE)?;
    }
    Ok(())
}

fn add_type(vm: &mut Vm, names: &Map, ty: TypeRef) -> Res<()> {
    match ty.class {
        Some(part) => add_order(vm, names, part),
        None => {
            let mut at = Some(ty);
            while let Some(ty) = at {
                add_builtin(vm, names, ty)?;
                at = ty.base;
            }
            add_table(vm, names, object::TYPE.table)
        }
    }
}

fn add_order(vm: &mut Vm, names: &Map, part: Gc<ClassPart>) -> Res<()> {
    for ty in part.order.slice() {
        match ty.class {
            Some(part) => add_map(vm, names, &part.attrs.map)?,
            None => add_builtin(vm, names, *ty)?,
        }
    }
    Ok(())
}

fn add_builtin(vm: &mut Vm, names: &Map, ty: TypeRef) -> Res<()> {
    add_table(vm, names, ty.table)?;
    dunder::each(ty, |name, _| names.set_name(vm, name, Obj::NONE))
}
