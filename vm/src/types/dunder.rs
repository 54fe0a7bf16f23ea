//! Operators as methods: `[].__len__`, `super().__getitem__(key)`. One table serves all built-in types; a type says by its flags
//! which rows are its own.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::instance;
use crate::value::{BinaryOp, Entry, Flags, Obj, Res, Rom, TypeRef, UnaryOp, fun1, fun2, fun3, row};

/// Methods that types with some flags have: all of the flags are needed.
struct Group {
    flags: Flags,
    rows: &'static [Entry],
}

/// Flags of types that the table is for.
const ANY: Flags = Flags::SIZED.with(Flags::NUMBER);

const INTEGER: Flags = Flags::NUMBER.with(Flags::ALGEBRA);

static GROUPS: &[Group] = &[
    Group {
        flags: Flags::SIZED,
        rows: &[
            row(q!("__len__"), fun1(len)),
            row(q!("__iter__"), fun1(iter)),
            row(q!("__contains__"), fun2(contains)),
        ],
    },
    Group { flags: Flags::INDEXED, rows: &[row(q!("__getitem__"), fun2(get_item))] },
    Group {
        flags: Flags::INDEXED.with(Flags::MUTABLE),
        rows: &[row(q!("__setitem__"), fun3(set_item)), row(q!("__delitem__"), fun2(del_item))],
    },
    Group {
        flags: Flags::CONCAT,
        rows: &[
            row(q!("__add__"), fun2(left::<{ BinaryOp::Add as u8 }>)),
            row(q!("__mul__"), fun2(left::<{ BinaryOp::Multiply as u8 }>)),
            row(q!("__rmul__"), fun2(right::<{ BinaryOp::Multiply as u8 }>)),
        ],
    },
    Group {
        flags: Flags::CONCAT.with(Flags::MUTABLE),
        rows: &[
            row(q!("__iadd__"), fun2(left::<{ BinaryOp::InplaceAdd as u8 }>)),
            row(q!("__imul__"), fun2(left::<{ BinaryOp::InplaceMultiply as u8 }>)),
        ],
    },
    Group {
        flags: Flags::MERGES,
        rows: &[
            row(q!("__or__"), fun2(left::<{ BinaryOp::Or as u8 }>)),
            row(q!("__ror__"), fun2(right::<{ BinaryOp::Or as u8 }>)),
        ],
    },
    Group {
        flags: Flags::MERGES.with(Flags::MUTABLE),
        rows: &[row(q!("__ior__"), fun2(left::<{ BinaryOp::InplaceOr as u8 }>))],
    },
    Group {
        flags: Flags::ALGEBRA,
        rows: &[
            row(q!("__and__"), fun2(left::<{ BinaryOp::And as u8 }>)),
            row(q!("__xor__"), fun2(left::<{ BinaryOp::Xor as u8 }>)),
            row(q!("__sub__"), fun2(left::<{ BinaryOp::Subtract as u8 }>)),
            row(q!("__rand__"), fun2(right::<{ BinaryOp::And as u8 }>)),
            row(q!("__rxor__"), fun2(right::<{ BinaryOp::Xor as u8 }>)),
            row(q!("__rsub__"), fun2(right::<{ BinaryOp::Subtract as u8 }>)),
        ],
    },
    Group {
        flags: Flags::ALGEBRA.with(Flags::MUTABLE),
        rows: &[
            row(q!("__iand__"), fun2(left::<{ BinaryOp::InplaceAnd as u8 }>)),
            row(q!("__ixor__"), fun2(left::<{ BinaryOp::InplaceXor as u8 }>)),
            row(q!("__isub__"), fun2(left::<{ BinaryOp::InplaceSubtract as u8 }>)),
        ],
    },
    Group {
        flags: Flags::NUMBER,
        rows: &[
            row(q!("__add__"), fun2(left::<{ BinaryOp::Add as u8 }>)),
            row(q!("__sub__"), fun2(left::<{ BinaryOp::Subtract as u8 }>)),
            row(q!("__mul__"), fun2(left::<{ BinaryOp::Multiply as u8 }>)),
            row(q!("__truediv__"), fun2(left::<{ BinaryOp::TrueDivide as u8 }>)),
            row(q!("__floordiv__"), fun2(left::<{ BinaryOp::FloorDivide as u8 }>)),
            row(q!("__mod__"), fun2(left::<{ BinaryOp::Modulo as u8 }>)),
            row(q!("__pow__"), fun2(left::<{ BinaryOp::Power as u8 }>)),
            row(q!("__radd__"), fun2(right::<{ BinaryOp::Add as u8 }>)),
            row(q!("__rsub__"), fun2(right::<{ BinaryOp::Subtract as u8 }>)),
            row(q!("__rmul__"), fun2(right::<{ BinaryOp::Multiply as u8 }>)),
            row(q!("__rtruediv__"), fun2(right::<{ BinaryOp::TrueDivide as u8 }>)),
            row(q!("__rfloordiv__"), fun2(right::<{ BinaryOp::FloorDivide as u8 }>)),
            row(q!("__rmod__"), fun2(right::<{ BinaryOp::Modulo as u8 }>)),
            row(q!("__rpow__"), fun2(right::<{ BinaryOp::Power as u8 }>)),
            row(q!("__neg__"), fun1(unary::<{ UnaryOp::Negative as u8 }>)),
            row(q!("__pos__"), fun1(unary::<{ UnaryOp::Positive as u8 }>)),
            row(q!("__abs__"), fun1(unary::<{ UnaryOp::Abs as u8 }>)),
            row(q!("__bool__"), fun1(truth)),
        ],
    },
    Group {
        flags: INTEGER,
        rows: &[
            row(q!("__or__"), fun2(left::<{ BinaryOp::Or as u8 }>)),
            row(q!("__ror__"), fun2(right::<{ BinaryOp::Or as u8 }>)),
            row(q!("__lshift__"), fun2(left::<{ BinaryOp::Lshift as u8 }>)),
            row(q!("__rshift__"), fun2(left::<{ BinaryOp::Rshift as u8 }>)),
            row(q!("__rlshift__"), fun2(right::<{ BinaryOp::Lshift as u8 }>)),
            row(q!("__rrshift__"), fun2(right::<{ BinaryOp::Rshift as u8 }>)),
            row(q!("__invert__"), fun1(unary::<{ UnaryOp::Invert as u8 }>)),
        ],
    },
    Group {
        flags: Flags::NONE,
        rows: &[
            row(q!("__eq__"), fun2(left::<{ BinaryOp::Equal as u8 }>)),
            row(q!("__lt__"), fun2(left::<{ BinaryOp::Less as u8 }>)),
            row(q!("__gt__"), fun2(left::<{ BinaryOp::More as u8 }>)),
            row(q!("__le__"), fun2(left::<{ BinaryOp::LessEqual as u8 }>)),
            row(q!("__ge__"), fun2(left::<{ BinaryOp::MoreEqual as u8 }>)),
        ],
    },
];

/// The operators that `ty`, a built-in type, has as methods.
pub fn tables(ty: TypeRef) -> impl Iterator<Item = &'static [Entry]> {
    let flags = ty.flags;
    let groups = if flags.has_any(ANY) { GROUPS } else { &[] };
    groups.iter().filter(move |group| flags.has(group.flags)).map(|group| group.rows)
}

/// Operator `name` of `ty`, a built-in type, as a method.
pub fn find(ty: TypeRef, name: Qstr) -> Option<&'static Rom> {
    tables(ty).find_map(|rows| Entry::find(rows, name))
}

/// The built-in value that a method works on, also inside an instance of a class that derives from its type.
fn inner(obj: Obj) -> Obj {
    instance::native(obj).unwrap_or(obj)
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    vm.get_item(inner(obj), index)
}

fn set_item(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res {
    vm.set_item(inner(obj), index, value)?;
    Ok(Obj::NONE)
}

fn del_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    vm.set_item(inner(obj), index, Obj::NULL)?;
    Ok(Obj::NONE)
}

fn len(vm: &mut Vm, obj: Obj) -> Res {
    vm.len(inner(obj))
}

/// `obj.__iter__()`
pub fn iter(vm: &mut Vm, obj: Obj) -> Res {
    vm.iter(inner(obj))
}

/// `obj.__next__()`
pub fn next(vm: &mut Vm, obj: Obj) -> Res {
    let item = vm.next(obj)?;
    if item.is_null() {
        let value = core::mem::replace(&mut vm.stop_value, Obj::NULL);
        return Err(vm.stop_iteration(value));
    }
    Ok(item)
}

fn contains(vm: &mut Vm, obj: Obj, item: Obj) -> Res {
    vm.contains(inner(obj), item).map(Obj::bool)
}

fn truth(vm: &mut Vm, obj: Obj) -> Res {
    vm.truth(inner(obj)).map(Obj::bool)
}

fn unary<const OP: u8>(vm: &mut Vm, obj: Obj) -> Res {
    let op = match OP {
        op if op == UnaryOp::Negative as u8 => UnaryOp::Negative,
        op if op == UnaryOp::Positive as u8 => UnaryOp::Positive,
        op if op == UnaryOp::Invert as u8 => UnaryOp::Invert,
        _ => UnaryOp::Abs,
    };
    vm.unary(op, inner(obj))
}

fn left<const OP: u8>(vm: &mut Vm, obj: Obj, other: Obj) -> Res {
    binary(vm, OP, obj, other)
}

fn right<const OP: u8>(vm: &mut Vm, obj: Obj, other: Obj) -> Res {
    binary(vm, OP, other, obj)
}

/// The operator as the type of `a` defines it, and nobody else.
fn binary(vm: &mut Vm, number: u8, a: Obj, b: Obj) -> Res {
    let (left, right) = (inner(a), inner(b));
    let slot = left.type_of().binary.filter(|_| !left.type_of().flags.has(Flags::INSTANCE));
    let answer = match (slot, BinaryOp::from_number(number)) {
        (Some(binary), Some(op)) => binary(vm, op, left, right)?,
        (_, _) => Obj::NULL,
    };
    // An operator in place gives the object itself, not the value inside.
    Ok(if answer.is_null() {
        Obj::NOT_IMPLEMENTED
    } else if answer == left {
        a
    } else {
        answer
    })
}
