//! Operators on small ints and floats in the word, shared by the loop and by what machine code calls.

use crate::Vm;
use crate::types::list::List;
use crate::types::{array, bytearray, bytes, float, int, list, tuple};
use crate::value::{BinaryOp, Gc, Obj, Res, TypeRef};

/// The sum of two small ints, if it is one.
#[inline(always)]
pub fn add_small(a: Obj, b: Obj) -> Option<Obj> {
    // (2x + 1) + (2y + 1) - 1 = 2(x + y) + 1: the tags cancel and overflow shows. Said again, the tag spares a look for zero.
    (a.bits() as isize).checked_add(b.bits() as isize - 1).and_then(|bits| Obj::from_bits(bits as usize | 1))
}

/// The difference of two small ints, if it is one.
#[inline(always)]
pub fn sub_small(a: Obj, b: Obj) -> Option<Obj> {
    (a.bits() as isize).checked_sub(b.bits() as isize - 1).and_then(|bits| Obj::from_bits(bits as usize | 1))
}

/// The product of two small ints, if it is one.
#[inline(always)]
pub fn mul_small(a: Obj, b: Obj) -> Option<Obj> {
    // (2x) * y = 2(x * y), and the tag is put back.
    (a.bits() as isize - 1).checked_mul(b.small_value()).and_then(|bits| Obj::from_bits(bits as usize | 1))
}

/// Both operands as floats when one is a float in the word and the other one too, or a small int.
#[inline(always)]
fn two_floats(a: Obj, b: Obj) -> Option<(f64, f64)> {
    if a.is_float_word() {
        if b.is_float_word() {
            return Some((a.float_word_value(), b.float_word_value()));
        }
        return if b.is_small() { Some((a.float_word_value(), b.small_value() as f64)) } else { None };
    }
    if a.is_small() && b.is_float_word() { Some((a.small_value() as f64, b.float_word_value())) } else { None }
}

/// As `two_floats`, where no small int is rounded: comparisons are exact.
#[inline(always)]
fn exact_floats(a: Obj, b: Obj) -> Option<(f64, f64)> {
    if a.is_float_word() && b.is_float_word() {
        return Some((a.float_word_value(), b.float_word_value()));
    }
    let (x, y) = two_floats(a, b)?;
    // What is beyond 53 bits as a float may have been rounded.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let int = if a.is_small() { x } else { y };
    if int.abs() < EXACT { Some((x, y)) } else { None }
}

macro_rules! arithmetic {
    ($name:ident, $small:expr, $float:expr, $doc:literal) => {
        #[doc = $doc]
        #[inline(always)]
        pub fn $name(vm: &mut Vm, op: BinaryOp, a: Obj, b: Obj) -> Res {
            if a.is_small() && b.is_small() {
                if let Some(answer) = $small(a, b) {
                    return Ok(answer);
                }
            } else if let Some((x, y)) = two_floats(a, b) {
                return float::new(vm, $float(x, y));
            }
            vm.binary(op, a, b)
        }
    };
}

arithmetic!(add, add_small, |x: f64, y: f64| x + y, "`a + b`");
arithmetic!(sub, sub_small, |x: f64, y: f64| x - y, "`a - b`");
arithmetic!(mul, mul_small, |x: f64, y: f64| x * y, "`a * b`");

/// `a / b` of floats in the word; all else by the slow way.
#[inline(always)]
pub fn true_div(vm: &mut Vm, op: BinaryOp, a: Obj, b: Obj) -> Res {
    match two_floats(a, b) {
        Some((x, y)) if y != 0.0 => float::new(vm, x / y),
        Some(_) | None => vm.binary(op, a, b),
    }
}

/// `a // b` of small ints; all else by the slow way.
#[inline(always)]
pub fn floor_div(vm: &mut Vm, op: BinaryOp, a: Obj, b: Obj) -> Res {
    if a.is_small() && b.is_small() {
        let (x, y) = (a.small_value(), b.small_value());
        if y > 0 {
            return Ok(Obj::small_wrapping(x.div_euclid(y)));
        }
    }
    vm.binary(op, a, b)
}

/// `a % b` of small ints; all else by the slow way.
#[inline(always)]
pub fn modulo(vm: &mut Vm, op: BinaryOp, a: Obj, b: Obj) -> Res {
    if a.is_small() && b.is_small() {
        let (x, y) = (a.small_value(), b.small_value());
        if y > 0 {
            return Ok(Obj::small_wrapping(x.rem_euclid(y)));
        }
    }
    vm.binary(op, a, b)
}

/// `a << b` of small ints where nothing is lost; all else by the slow way.
#[inline(always)]
pub fn shl(vm: &mut Vm, op: BinaryOp, a: Obj, b: Obj) -> Res {
    match int::shl_small(a, b) {
        Some(answer) => Ok(answer),
        None => vm.binary(op, a, b),
    }
}

/// `a >> b` of small ints; all else by the slow way.
#[inline(always)]
pub fn shr(vm: &mut Vm, op: BinaryOp, a: Obj, b: Obj) -> Res {
    match int::shr_small(a, b) {
        Some(answer) => Ok(answer),
        None => vm.binary(op, a, b),
    }
}

/// `a & b`, `a | b`, `a ^ b` of small ints; all else by the slow way.
#[inline(always)]
pub fn bitwise(vm: &mut Vm, op: BinaryOp, a: Obj, b: Obj, of: impl Fn(isize, isize) -> isize) -> Res {
    if a.is_small() && b.is_small() {
        return Ok(Obj::small_wrapping(of(a.small_value(), b.small_value())));
    }
    vm.binary(op, a, b)
}

/// `obj[index]` of the common sequences with a small int inside them.
#[inline(always)]
pub fn subscript(obj: Obj, index: Obj) -> Option<Obj> {
    let n = index.as_small()?;
    let ty = obj.type_of();
    if ty == TypeRef::of(&list::TYPE) {
        return list::get(obj, n);
    }
    if ty == TypeRef::of(&bytearray::TYPE) {
        return bytearray::get(obj, index);
    }
    if ty == TypeRef::of(&tuple::TYPE) {
        return tuple::get(obj, n);
    }
    other_subscript(obj, ty, index)
}

/// `obj[index] = value` of lists and byte arrays; false for all else, and where it raises.
#[inline(always)]
pub fn set_subscript(obj: Obj, index: Obj, value: Obj) -> bool {
    let Some(n) = index.as_small() else { return false };
    match Gc::<List>::exact(obj) {
        Some(list) => {
            let n = if n < 0 { n + list.items.len() as isize } else { n };
            !value.is_null() && list.items.set(n as usize, value)
        }
        None => bytearray::set(obj, index, value),
    }
}

#[inline(never)]
fn other_subscript(obj: Obj, ty: TypeRef, index: Obj) -> Option<Obj> {
    if ty == TypeRef::of(&bytes::TYPE) {
        return bytes::get(obj, index);
    }
    if ty == TypeRef::of(&array::TYPE) { array::get(obj, index) } else { None }
}

/// Compares small ints and floats in the word; `None` for all else.
#[inline(always)]
pub fn compare(a: Obj, b: Obj, ints: impl Fn(isize, isize) -> bool, floats: impl Fn(f64, f64) -> bool) -> Option<bool> {
    if a.is_small() && b.is_small() {
        // The tags are equal, so the words compare as the values do.
        return Some(ints(a.bits() as isize, b.bits() as isize));
    }
    exact_floats(a, b).map(|(x, y)| floats(x, y))
}
