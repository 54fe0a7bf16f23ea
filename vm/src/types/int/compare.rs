//! Comparing ints with ints and, exactly, with floats.

use core::cmp::Ordering;

use super::big::{self, Num, plain_small};
use crate::num::mpn::{self, F64_LIMBS, Signed};
use crate::value::{BinaryOp, Obj};

/// The order of two ints; `None` if one is no int.
pub fn order(a: Obj, b: Obj) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (plain_small(a), plain_small(b)) {
        return Some(a.cmp(&b));
    }
    let (a, b) = big::pair(a, b)?;
    Some(mpn::cmp_signed(a.signed(), b.signed()))
}

/// The order of an int and a float, without rounding either; `None` for NaN or if `a` is no int.
pub fn compare_f64(a: Obj, b: f64) -> Option<Ordering> {
    const EXACT: isize = if isize::BITS == 64 { (1i64 << 53) as isize } else { isize::MAX };
    if let Some(value) = plain_small(a)
        && value.unsigned_abs() <= EXACT as usize
    {
        return (value as f64).partial_cmp(&b);
    }
    if !b.is_finite() {
        return 0.0.partial_cmp(&b);
    }
    let a = Num::from_obj(a)?;
    let mut limbs = [0; F64_LIMBS];
    let size = mpn::from_f64(&mut limbs, b)?;
    let whole = Signed { negative: size.negative, limbs: &limbs[..size.len] };
    Some(
        mpn::cmp_signed(a.signed(), whole)
            .then_with(|| 0.0.partial_cmp(&(b - libm::trunc(b))).unwrap_or(Ordering::Equal)),
    )
}

/// What a comparison operator says to this order; `None` is unordered. `Obj::NULL` if `op` is no comparison.
pub(in crate::types) fn answer(op: BinaryOp, found: Option<Ordering>) -> Obj {
    match op {
        BinaryOp::Less => Obj::bool(found == Some(Ordering::Less)),
        BinaryOp::More => Obj::bool(found == Some(Ordering::Greater)),
        BinaryOp::Equal => Obj::bool(found == Some(Ordering::Equal)),
        BinaryOp::NotEqual => Obj::bool(found != Some(Ordering::Equal)),
        BinaryOp::LessEqual => Obj::bool(matches!(found, Some(Ordering::Less | Ordering::Equal))),
        BinaryOp::MoreEqual => Obj::bool(matches!(found, Some(Ordering::Greater | Ordering::Equal))),
        _ => Obj::NULL,
    }
}
