//! int: whole numbers of any size; small ones live in the word.

mod big;
mod compare;
mod convert;
mod divide;
mod methods;
mod ops;
mod power;
#[cfg(test)]
mod tests;
mod text;

pub use big::BigInt;
pub(in crate::types) use compare::answer as compare_answer;
pub use compare::{compare_f64, order};
pub use convert::{
    find_int, from_f64, from_u64, from_usize, index, is_int, low_bits, nearest, new, to_f64, to_float, to_i64, to_int,
    to_u64, to_usize,
};
pub use divide::{divide_true, divmod};
pub use methods::{bit_length, by_method};
pub use ops::{add, multiply, shift_left, shift_right, subtract};
pub use power::{power, power_mod};
pub use text::{format_digits, from_text};

use crate::Vm;
use crate::q;
use crate::types::{complex, float};
use crate::value::{BinaryOp, Flags, Obj, Res, Type, UnaryOp};

/// `int`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::EQUAL_ACROSS).with(Flags::NUMBER).with(Flags::ALGEBRA),
    make: Some(methods::make),
    print: Some(text::print),
    unary: Some(unary),
    binary: Some(binary),
    table: methods::TABLE,
    ..Type::new(q!("int"))
};

/// `a + b` of two small ints; `None` if one is not small or the sum needs more bits.
#[inline(always)]
pub fn add_small(a: Obj, b: Obj) -> Option<Obj> {
    if a.is_small() && b.is_small() { Obj::small(a.small_value() + b.small_value()) } else { None }
}

/// `a << b` of two small ints; `None` if one is not small, the count is negative, or the result needs more bits.
#[inline(always)]
pub fn shl_small(a: Obj, b: Obj) -> Option<Obj> {
    let (a, b) = small_pair(a, b)?;
    let count = u32::try_from(b).ok().filter(|count| *count < isize::BITS - 1)?;
    let shifted = a << count;
    if shifted >> count == a { Obj::small(shifted) } else { None }
}

/// `a >> b` of two small ints; `None` if one is not small or the count is negative.
#[inline(always)]
pub fn shr_small(a: Obj, b: Obj) -> Option<Obj> {
    let (a, b) = small_pair(a, b)?;
    if b < 0 { None } else { Obj::small(a >> b.min(isize::BITS as isize - 1)) }
}

#[inline(always)]
fn small_pair(a: Obj, b: Obj) -> Option<(isize, isize)> {
    if a.is_small() && b.is_small() { Some((a.small_value(), b.small_value())) } else { None }
}

/// Unary operators of int and bool.
pub fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(value) = big::plain_small(obj) else { return big::unary(vm, op, obj) };
    match op {
        UnaryOp::Positive | UnaryOp::Int | UnaryOp::Hash => Ok(Obj::small_wrapping(value)),
        UnaryOp::Negative => new(vm, -(value as i64)),
        UnaryOp::Invert => new(vm, !(value as i64)),
        UnaryOp::Abs => new(vm, (value as i64).abs()),
        UnaryOp::Bool => Ok(Obj::bool(value != 0)),
        UnaryOp::SizeOf => Ok(Obj::small_wrapping(size_of::<usize>() as isize)),
        UnaryOp::Float => float::new(vm, value as f64),
        UnaryOp::Not | UnaryOp::Len | UnaryOp::Complex => Ok(Obj::NULL),
    }
}

/// Binary operators of int and bool with int, bool, float and complex.
pub fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    if let Some(right) = float::value(right) {
        return with_float(vm, op, left, right);
    }
    if complex::value(right).is_some() {
        return complex::mixed(vm, op, left, right);
    }
    if !is_int(left) || !is_int(right) {
        if op.plain() == BinaryOp::Multiply && is_int(left) && repeats(right) {
            // "ab" * 3 is the sequence's business, whichever side it stands on.
            return vm.binary(op.plain(), right, left);
        }
        return Ok(Obj::NULL);
    }
    match op.plain() {
        BinaryOp::Add => add(vm, left, right),
        BinaryOp::Subtract => subtract(vm, left, right),
        BinaryOp::Multiply => multiply(vm, left, right),
        BinaryOp::FloorDivide => Ok(divmod(vm, left, right)?.0),
        BinaryOp::Modulo => Ok(divmod(vm, left, right)?.1),
        BinaryOp::TrueDivide => divide_true(vm, left, right),
        BinaryOp::Power => power(vm, left, right),
        BinaryOp::Lshift => shift_left(vm, left, right),
        BinaryOp::Rshift => shift_right(vm, left, right),
        BinaryOp::And | BinaryOp::Or | BinaryOp::Xor => ops::bitwise(vm, op.plain(), left, right),
        BinaryOp::Less
        | BinaryOp::More
        | BinaryOp::Equal
        | BinaryOp::LessEqual
        | BinaryOp::MoreEqual
        | BinaryOp::NotEqual => Ok(order(left, right).map_or(Obj::NULL, |found| compare::answer(op, Some(found)))),
        _ => Ok(Obj::NULL),
    }
}

fn with_float(vm: &mut Vm, op: BinaryOp, left: Obj, right: f64) -> Res {
    match op {
        BinaryOp::Less
        | BinaryOp::More
        | BinaryOp::Equal
        | BinaryOp::LessEqual
        | BinaryOp::MoreEqual
        | BinaryOp::NotEqual => Ok(compare::answer(op, compare_f64(left, right))),
        _ => match float::int_operand(vm, op, left)? {
            Some(left) => float::operate(vm, op, left, right),
            None => Ok(Obj::NULL),
        },
    }
}

/// Whether `obj` is a sequence that `*` repeats.
fn repeats(obj: Obj) -> bool {
    let ty = obj.type_of();
    !ty.flags.has(Flags::INSTANCE) && !is_int(obj) && ty.binary.is_some() && ty.get_item.is_some()
}
