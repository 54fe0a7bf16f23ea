//! Operators as methods (`int.__add__`, `super().__len__()`): one table for all built-in types, told apart by their slots.

use crate::Vm;
use crate::modules::builtins;
use crate::q;
use crate::qstr::Qstr;
use crate::types::{
    array, bytearray, bytes, class, deque, dict, float, frozenset, instance, int, list, none, object, range, reversed,
    set, str, tuple,
};
use crate::value::{
    Args, BinaryOp, Builtin, Entry, Flags, Method, Obj, Res, Rom, Type, TypeRef, UnaryOp, fun1, fun2, fun3, kw, row,
    var,
};

/// Groups of operators that a type may have.
mod group {
    /// All numbers.
    pub const NUMBER: u32 = 1;
    /// Numbers with an order.
    pub const REAL: u32 = 2;
    /// Whole numbers.
    pub const BITS: u32 = 4;
    /// `bool()`
    pub const BOOL: u32 = 8;
    /// `&`, `^`, `-` of sets and ints.
    pub const ALGEBRA: u32 = 16;
    /// The same in place.
    pub const ALGEBRA_INPLACE: u32 = 32;
    /// `+` and `*` of sequences.
    pub const CONCAT: u32 = 64;
    /// The same in place.
    pub const CONCAT_INPLACE: u32 = 128;
    /// `%` of texts.
    pub const PERCENT: u32 = 256;
    /// `|` of sets and dicts.
    pub const MERGE: u32 = 512;
    /// `in`
    pub const CONTAINS: u32 = 1024;
    /// `len()`
    pub const LEN: u32 = 2048;
    /// `<` and its kin.
    pub const ORDER: u32 = 1 << 12;
    /// No hash.
    pub const NO_HASH: u32 = 1 << 13;
    /// `reversed()`
    pub const REVERSED: u32 = 1 << 14;
    /// Known by the slots of the type, as all that follow: `==`.
    pub const EQUAL: u32 = 1 << 15;
    /// `x[i]`
    pub const ITEM: u32 = 1 << 16;
    /// `x[i] = y`
    pub const SET_ITEM: u32 = 1 << 17;
    /// `iter()`
    pub const ITER: u32 = 1 << 18;
    /// `next()`
    pub const NEXT: u32 = 1 << 19;
    /// Calls.
    pub const CALL: u32 = 1 << 20;
    /// Functions that bind.
    pub const BIND: u32 = 1 << 21;
    /// `|=`
    pub const MERGE_INPLACE: u32 = 1 << 22;
}

use group::*;

/// What flags and slots of a type do not tell.
static TYPES: &[(&Type, u32)] = &[
    (&int::TYPE, REAL | ORDER),
    (&float::TYPE, REAL | ORDER),
    (&none::TYPE, BOOL),
    (&str::TYPE, PERCENT | ORDER),
    (&bytes::TYPE, PERCENT | ORDER),
    (&bytearray::TYPE, ORDER | NO_HASH),
    (&array::TYPE, NO_HASH),
    (&list::TYPE, ORDER | NO_HASH | REVERSED),
    (&tuple::TYPE, ORDER),
    (&dict::TYPE, NO_HASH | REVERSED),
    (&set::TYPE, ORDER | NO_HASH),
    (&frozenset::TYPE, ORDER),
    (&deque::TYPE, NO_HASH | REVERSED),
    (&range::TYPE, REVERSED),
];

/// What the flags of a type tell: all of them are needed.
static FLAGS: &[(Flags, u32)] = &[
    (Flags::SIZED, LEN | CONTAINS),
    (Flags::CONCAT, CONCAT),
    (Flags::CONCAT.with(Flags::MUTABLE), CONCAT_INPLACE),
    (Flags::MERGES, MERGE),
    (Flags::MERGES.with(Flags::MUTABLE), MERGE_INPLACE),
    (Flags::ALGEBRA, ALGEBRA),
    (Flags::ALGEBRA.with(Flags::MUTABLE), ALGEBRA_INPLACE),
    (Flags::NUMBER, NUMBER),
    (Flags::NUMBER.with(Flags::ALGEBRA), BITS),
];

/// A method, and the groups it is in.
struct Row {
    entry: Entry,
    groups: u32,
}

const fn op(name: Qstr, groups: u32, value: Rom) -> Row {
    Row { entry: row(name, value), groups }
}

/// Rows of a binary operator: forward and reflected.
macro_rules! both {
    ($groups:expr, $name:literal, $reflected:literal, $op:ident) => {
        [
            op(q!($name), $groups, fun2(forward::<{ BinaryOp::$op as u8 }>)),
            op(q!($reflected), $groups, fun2(backward::<{ BinaryOp::$op as u8 }>)),
        ]
    };
}

/// Both rows of the operators that can be reflected.
static PAIRS: [[Row; 2]; 12] = [
    both!(NUMBER | CONCAT, "__add__", "__radd__", Add),
    both!(NUMBER | ALGEBRA, "__sub__", "__rsub__", Subtract),
    both!(NUMBER | CONCAT, "__mul__", "__rmul__", Multiply),
    both!(NUMBER, "__truediv__", "__rtruediv__", TrueDivide),
    both!(REAL, "__floordiv__", "__rfloordiv__", FloorDivide),
    both!(REAL | PERCENT, "__mod__", "__rmod__", Modulo),
    both!(ALGEBRA, "__and__", "__rand__", And),
    both!(BITS | MERGE, "__or__", "__ror__", Or),
    both!(ALGEBRA, "__xor__", "__rxor__", Xor),
    both!(BITS, "__lshift__", "__rlshift__", Lshift),
    both!(BITS, "__rshift__", "__rrshift__", Rshift),
    [
        op(q!("__pow__"), NUMBER, var(2, 3, power)),
        op(q!("__rpow__"), NUMBER, fun2(backward::<{ BinaryOp::Power as u8 }>)),
    ],
];

/// The other rows.
static SINGLE: [Row; 37] = [
    op(q!("__eq__"), EQUAL, fun2(forward::<{ BinaryOp::Equal as u8 }>)),
    op(q!("__ne__"), EQUAL, fun2(not_equal)),
    op(q!("__lt__"), ORDER, fun2(forward::<{ BinaryOp::Less as u8 }>)),
    op(q!("__le__"), ORDER, fun2(forward::<{ BinaryOp::LessEqual as u8 }>)),
    op(q!("__gt__"), ORDER, fun2(forward::<{ BinaryOp::More as u8 }>)),
    op(q!("__ge__"), ORDER, fun2(forward::<{ BinaryOp::MoreEqual as u8 }>)),
    op(q!("__getitem__"), ITEM, fun2(get_item)),
    op(q!("__setitem__"), SET_ITEM, fun3(set_item)),
    op(q!("__delitem__"), SET_ITEM, fun2(|vm, this, index| set_item(vm, this, index, Obj::NULL))),
    op(q!("__len__"), LEN, fun1(len)),
    op(q!("__iter__"), ITER, fun1(iter)),
    op(q!("__next__"), NEXT, fun1(next)),
    op(q!("__contains__"), CONTAINS, fun2(contains)),
    op(q!("__call__"), CALL, kw(1, call)),
    op(q!("__get__"), BIND, var(2, 3, get)),
    op(q!("__hash__"), NO_HASH, Rom::Word(Obj::NONE)),
    op(q!("__reversed__"), REVERSED, fun1(backwards)),
    op(q!("__iadd__"), CONCAT_INPLACE, fun2(forward::<{ BinaryOp::InplaceAdd as u8 }>)),
    op(q!("__imul__"), CONCAT_INPLACE, fun2(forward::<{ BinaryOp::InplaceMultiply as u8 }>)),
    op(q!("__ior__"), MERGE_INPLACE, fun2(forward::<{ BinaryOp::InplaceOr as u8 }>)),
    op(q!("__iand__"), ALGEBRA_INPLACE, fun2(forward::<{ BinaryOp::InplaceAnd as u8 }>)),
    op(q!("__ixor__"), ALGEBRA_INPLACE, fun2(forward::<{ BinaryOp::InplaceXor as u8 }>)),
    op(q!("__isub__"), ALGEBRA_INPLACE, fun2(forward::<{ BinaryOp::InplaceSubtract as u8 }>)),
    op(q!("__bool__"), NUMBER | BOOL, fun1(truth)),
    op(q!("__neg__"), NUMBER, fun1(unary::<{ UnaryOp::Negative as u8 }>)),
    op(q!("__pos__"), NUMBER, fun1(unary::<{ UnaryOp::Positive as u8 }>)),
    op(q!("__abs__"), NUMBER, fun1(unary::<{ UnaryOp::Abs as u8 }>)),
    op(q!("__invert__"), BITS, fun1(unary::<{ UnaryOp::Invert as u8 }>)),
    op(q!("__int__"), REAL, fun1(to_int)),
    op(q!("__trunc__"), REAL, fun1(to_int)),
    op(q!("__index__"), BITS, fun1(to_int)),
    op(q!("__float__"), REAL, fun1(to_float)),
    op(q!("__floor__"), REAL, fun1(floor)),
    op(q!("__ceil__"), REAL, fun1(ceil)),
    op(q!("__round__"), REAL, kw(1, round)),
    op(q!("__divmod__"), REAL, fun2(divmod)),
    op(q!("__rdivmod__"), REAL, fun2(divmod_reflected)),
];

// SAFETY: rows are constants; see `Sync for Type`.
unsafe impl Sync for Row {}

/// The groups of a type.
fn groups(ty: TypeRef) -> u32 {
    let mut all = TYPES.iter().find(|(other, _)| TypeRef::of(other) == ty).map_or(0, |(_, groups)| *groups);
    for (flags, group) in FLAGS {
        if ty.flags.has(*flags) {
            all |= group;
        }
    }
    let slots = [
        (ty.binary.is_some(), EQUAL),
        (ty.get_item.is_some(), ITEM),
        (ty.set_item.is_some(), SET_ITEM),
        (ty.iter.is_some() || ty.flags.has(Flags::SELF_ITER), ITER),
        (ty.next.is_some(), NEXT),
        (ty.call.is_some(), CALL),
        (ty.flags.has(Flags::BINDS), BIND),
    ];
    for (is_there, group) in slots {
        if is_there {
            all |= group;
        }
    }
    all
}

/// The operator called `name`, if the built-in type `ty` has it.
pub fn find(ty: TypeRef, name: Qstr) -> Option<&'static Rom> {
    if ty == TypeRef::of(&object::TYPE) || ty == TypeRef::of(&class::TYPE) {
        return None;
    }
    let row = PAIRS.as_flattened().iter().chain(&SINGLE).find(|row| row.entry.name == name)?;
    if row.groups & groups(ty) == 0 { None } else { Some(&row.entry.value) }
}

/// All operators that a built-in type has.
pub fn each(ty: TypeRef, mut each: impl FnMut(Qstr, &'static Rom) -> Res<()>) -> Res<()> {
    let all = groups(ty);
    for row in PAIRS.as_flattened().iter().chain(&SINGLE) {
        if row.groups & all != 0 {
            each(row.entry.name, &row.entry.value)?;
        }
    }
    Ok(())
}

/// Whether a function is one of these operators.
pub fn is_row(builtin: &'static Builtin) -> bool {
    let at: *const Row = core::ptr::from_ref(builtin).cast();
    PAIRS.as_flattened().as_ptr_range().contains(&at) || SINGLE.as_ptr_range().contains(&at)
}

/// The built-in value that an operator called by its name works on: never what the class of an instance makes of it.
fn inside(vm: &mut Vm, obj: Obj) -> Res {
    if !obj.type_of().flags.has(Flags::INSTANCE) {
        return Ok(obj);
    }
    match instance::native_or_make(vm, obj)? {
        Some(value) => Ok(value),
        None => {
            let name = vm.type_name(obj);
            Err(vm.type_error(format_args!("a built-in type's method doesn't apply to a '{name}' object")))
        }
    }
}

fn answer(value: Obj) -> Obj {
    if value.is_null() { Obj::NOT_IMPLEMENTED } else { value }
}

fn forward<const OP: u8>(vm: &mut Vm, this: Obj, other: Obj) -> Res {
    let left = inside(vm, this)?;
    let right = instance::native(other).unwrap_or(other);
    let (Some(op), Some(binary)) = (BinaryOp::from_number(OP), left.type_of().binary) else {
        return Ok(Obj::NOT_IMPLEMENTED);
    };
    vm.check_stack()?;
    binary(vm, op, left, right).map(|value| if value == left && !value.is_null() { this } else { answer(value) })
}

fn backward<const OP: u8>(vm: &mut Vm, this: Obj, other: Obj) -> Res {
    let right = inside(vm, this)?;
    let left = instance::native(other).unwrap_or(other);
    let Some(op) = BinaryOp::from_number(OP) else { return Ok(Obj::NOT_IMPLEMENTED) };
    if let Some(reflected) = right.type_of().reflected {
        let value = reflected(vm, op, left, right)?;
        if !value.is_null() {
            return Ok(value);
        }
    }
    match left.type_of().binary {
        Some(binary) if !left.type_of().flags.has(Flags::INSTANCE) => binary(vm, op, left, right).map(answer),
        Some(_) | None => Ok(Obj::NOT_IMPLEMENTED),
    }
}

fn not_equal(vm: &mut Vm, this: Obj, other: Obj) -> Res {
    let equal = forward::<{ BinaryOp::Equal as u8 }>(vm, this, other)?;
    if equal == Obj::NOT_IMPLEMENTED { Ok(equal) } else { Ok(Obj::bool(!vm.truth(equal)?)) }
}

fn unary<const OP: u8>(vm: &mut Vm, this: Obj) -> Res {
    let value = inside(vm, this)?;
    let ops = [UnaryOp::Positive, UnaryOp::Negative, UnaryOp::Invert, UnaryOp::Abs];
    match ops.into_iter().find(|op| *op as u8 == OP) {
        Some(op) => vm.unary(op, value),
        None => Ok(Obj::NOT_IMPLEMENTED),
    }
}

fn power(vm: &mut Vm, args: &[Obj]) -> Res {
    match *args {
        [this, exponent, modulus] if !modulus.is_none() => {
            let base = inside(vm, this)?;
            int::power_mod(vm, base, exponent, modulus)
        }
        [this, exponent, ..] => forward::<{ BinaryOp::Power as u8 }>(vm, this, exponent),
        _ => Ok(Obj::NULL),
    }
}

fn divmod(vm: &mut Vm, this: Obj, other: Obj) -> Res {
    let value = inside(vm, this)?;
    builtins::divmod(vm, value, instance::native(other).unwrap_or(other))
}

fn divmod_reflected(vm: &mut Vm, this: Obj, other: Obj) -> Res {
    let value = inside(vm, this)?;
    builtins::divmod(vm, instance::native(other).unwrap_or(other), value)
}

fn round(vm: &mut Vm, args: Args<'_>) -> Res {
    let value = inside(vm, args.pos[0])?;
    let all = [value, args.pos.get(1).copied().unwrap_or(Obj::NONE)];
    builtins::round(vm, Args { pos: &all, kw: args.kw })
}

fn truth(vm: &mut Vm, this: Obj) -> Res {
    let value = inside(vm, this)?;
    vm.truth(value).map(Obj::bool)
}

fn to_int(vm: &mut Vm, this: Obj) -> Res {
    let value = inside(vm, this)?;
    vm.call_pos(TypeRef::of(&int::TYPE).obj(), &[value])
}

fn to_float(vm: &mut Vm, this: Obj) -> Res {
    let value = inside(vm, this)?;
    vm.call_pos(TypeRef::of(&float::TYPE).obj(), &[value])
}

fn floor(vm: &mut Vm, this: Obj) -> Res {
    let value = inside(vm, this)?;
    vm.binary(BinaryOp::FloorDivide, value, Obj::small_wrapping(1)).and_then(|whole| to_int(vm, whole))
}

fn ceil(vm: &mut Vm, this: Obj) -> Res {
    let value = inside(vm, this)?;
    let turned = vm.unary(UnaryOp::Negative, value)?;
    let whole = floor(vm, turned)?;
    vm.unary(UnaryOp::Negative, whole)
}

fn get_item(vm: &mut Vm, this: Obj, index: Obj) -> Res {
    let value = inside(vm, this)?;
    instance::item_inside(vm, this, value, index)
}

fn set_item(vm: &mut Vm, this: Obj, index: Obj, value: Obj) -> Res {
    let inner = inside(vm, this)?;
    vm.set_item(inner, index, value)?;
    Ok(Obj::NONE)
}

fn len(vm: &mut Vm, this: Obj) -> Res {
    let value = inside(vm, this)?;
    vm.len(value)
}

/// `iterable.__iter__()`
pub fn iter(vm: &mut Vm, this: Obj) -> Res {
    let value = inside(vm, this)?;
    vm.iter(value)
}

/// `iterator.__next__()`
pub fn next(vm: &mut Vm, this: Obj) -> Res {
    let iter = inside(vm, this)?;
    let item = vm.next(iter)?;
    if item.is_null() {
        let value = core::mem::replace(&mut vm.stop_value, Obj::NULL);
        return Err(vm.stop_iteration(value));
    }
    Ok(item)
}

fn contains(vm: &mut Vm, this: Obj, item: Obj) -> Res {
    let value = inside(vm, this)?;
    vm.contains(value, item).map(Obj::bool)
}

fn call(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let value = inside(vm, *this)?;
    vm.call(value, Args { pos: rest, kw: args.kw })
}

fn get(vm: &mut Vm, args: &[Obj]) -> Res {
    match *args {
        [function, this, ..] if !this.is_none() => vm.bound(Method { function, this }),
        [function, ..] => Ok(function),
        [] => Ok(Obj::NULL),
    }
}

fn backwards(vm: &mut Vm, this: Obj) -> Res {
    let value = inside(vm, this)?;
    vm.call_pos(TypeRef::of(&reversed::TYPE).obj(), &[value])
}
