//! Tuples whose items have names too: `sys.implementation`, `os.uname()`.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::tuple;
use crate::value::put;
use crate::value::{Flags, Obj, PrintKind, Res, Sink, Type, TypeRef};

/// A type of such tuples, which differ by the two slots that know the names.
pub const fn of(
    get_attr: fn(&mut Vm, Obj, Qstr) -> Res,
    print: fn(&mut Vm, &mut dyn Sink, Obj, PrintKind) -> Res<()>,
) -> Type {
    Type {
        flags: Flags::NONE,
        layout: Some(TypeRef::of(&tuple::TYPE)),
        base: Some(TypeRef::of(&tuple::TYPE)),
        print: Some(print),
        get_attr: Some(get_attr),
        unary: Some(unary),
        binary: Some(binary),
        get_item: Some(get_item),
        iter: Some(iter),
        ..Type::new(q!("attrtuple"))
    }
}

/// The item called `name`.
pub fn get(_: &mut Vm, fields: &[Qstr], obj: Obj, name: Qstr) -> Res {
    let at = fields.iter().position(|field| *field == name);
    Ok(at.and_then(|at| tuple::items(obj)?.get(at).copied()).unwrap_or(Obj::NULL))
}

/// Writes `(name=value, ...)`.
pub fn print(vm: &mut Vm, sink: &mut dyn Sink, fields: &[Qstr], obj: Obj) -> Res<()> {
    let mut before = "(";
    for (field, item) in fields.iter().zip(tuple::items(obj).unwrap_or(&[])) {
        let field = vm.text_of_name(*field);
        put(vm, sink, format_args!("{before}{field}="))?;
        vm.print(sink, *item, PrintKind::Repr)?;
        before = ", ";
    }
    sink.write(vm, ")")
}

fn unary(vm: &mut Vm, op: crate::value::UnaryOp, obj: Obj) -> Res {
    tuple::TYPE.unary.map_or(Ok(Obj::NULL), |unary| unary(vm, op, obj))
}

fn binary(vm: &mut Vm, op: crate::value::BinaryOp, left: Obj, right: Obj) -> Res {
    tuple::TYPE.binary.map_or(Ok(Obj::NULL), |binary| binary(vm, op, left, right))
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    tuple::TYPE.get_item.map_or(Ok(Obj::NULL), |get_item| get_item(vm, obj, index))
}

fn iter(vm: &mut Vm, obj: Obj) -> Res {
    tuple::TYPE.iter.map_or(Ok(Obj::NULL), |iter| iter(vm, obj))
}
