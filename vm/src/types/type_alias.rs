//! TypeAliasType: what a `type` statement makes. Its value is evaluated when it is asked for.

use crate::Vm;
use crate::q;
use crate::types::alias;
use crate::types::type_param::Lazy;
use crate::value::{Args, Gc, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, row};

/// Body of a type alias.
pub struct TypeAlias {
    name: Obj,
    params: Obj,
    value: Lazy,
}

impl Object for TypeAlias {
    const TYPE: &'static Type = &TYPE;
}

/// `typing.TypeAliasType`
pub static TYPE: Type = Type {
    make: Some(make),
    print: Some(print),
    binary: Some(alias::union),
    reflected: Some(alias::union),
    get_item: Some(get_item),
    table: &[
        row(q!("__name__"), Rom::Get(|_, obj| Ok(this(obj).map_or(Obj::NULL, |alias| alias.name)))),
        row(q!("__type_params__"), Rom::Get(|_, obj| Ok(this(obj).map_or(Obj::NULL, |alias| alias.params)))),
        row(q!("__parameters__"), Rom::Get(|_, obj| Ok(this(obj).map_or(Obj::NULL, |alias| alias.params)))),
        row(q!("__value__"), Rom::Get(value)),
    ],
    ..Type::new(q!("TypeAliasType"))
};

/// The alias of a `type` statement: its name, type parameters and the function that makes its value.
pub fn declared(vm: &mut Vm, name: Obj, params: Obj, make: Obj) -> Res {
    Ok(Gc::alloc(vm, TypeAlias { name, params, value: Lazy::new(make, Obj::NONE) })?.obj())
}

/// `TypeAliasType(name, value, type_params=())`
fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let none = crate::types::tuple::new(vm, &[])?;
    let mut values = [Obj::NULL, Obj::NULL, none];
    vm.bind_args(args, &[q!("name"), q!("value"), q!("type_params")], 2, &mut values)?;
    let [name, value, params] = values;
    Ok(Gc::alloc(vm, TypeAlias { name, params, value: Lazy::new(Obj::NULL, value) })?.obj())
}

fn this(obj: Obj) -> Option<Gc<TypeAlias>> {
    Gc::from_obj(obj)
}

fn value(vm: &mut Vm, obj: Obj) -> Res {
    match this(obj) {
        Some(alias) => alias.value.get(vm),
        None => Ok(Obj::NULL),
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    match this(obj) {
        Some(alias) => vm.print(sink, alias.name, PrintKind::Str),
        None => Ok(()),
    }
}

fn get_item(vm: &mut Vm, obj: Obj, item: Obj) -> Res {
    alias::new(vm, obj, item)
}
