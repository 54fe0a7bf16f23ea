//! Division of ints: floor and remainder together, and the true quotient.

use super::big::{self, Scratch, from_limbs, plain_small};
use super::convert::{new, to_f64, to_u64};
use crate::Vm;
use crate::num::mpn::{self, Signed};
use crate::types::float;
use crate::value::{Obj, Res, UnaryOp};

/// `(a // b, a % b)`; both `Obj::NULL` if one is no int, ZeroDivisionError by zero.
pub fn divmod(vm: &mut Vm, a: Obj, b: Obj) -> Res<(Obj, Obj)> {
    if let (Some(a), Some(b)) = (plain_small(a), plain_small(b)) {
        return match crate::num::int::floor_mod(a as i64, b as i64) {
            // The quotient of two small ints fits an i64: small ints have a bit less.
            Some(rem) => Ok((new(vm, crate::num::int::floor_div(a as i64, b as i64).unwrap_or(0))?, new(vm, rem)?)),
            None => Err(vm.zero_division()),
        };
    }
    let Some((a, b)) = big::pair(a, b) else { return Ok((Obj::NULL, Obj::NULL)) };
    let (a, b) = (a.signed(), b.signed());
    let unlike = a.negative != b.negative;
    let work_len = (a.limbs.len() + 2).max(b.limbs.len() + 1);
    let mut work = Scratch::new(vm, work_len)?;
    let mut norm = Scratch::new(vm, b.limbs.len())?;
    let split = work.fill(|work| {
        work[..a.limbs.len()].copy_from_slice(a.limbs);
        norm.fill(|norm| if unlike { mpn::divrem_floor(work, b.limbs, norm) } else { mpn::divrem(work, b.limbs, norm) })
    });
    let Some(split) = split else { return Err(vm.zero_division()) };
    let limbs = work.limbs();
    let quot = limbs.get(split.quot_start..split.quot_start + split.quot_len).unwrap_or(&[]);
    let quot = from_limbs(vm, Signed { negative: unlike, limbs: quot })?;
    let rem = from_limbs(vm, Signed { negative: b.negative, limbs: &limbs[..split.rem_len] })?;
    Ok((quot, rem))
}

/// `a / b`, rounded once; `Obj::NULL` if one is no int.
pub fn divide_true(vm: &mut Vm, a: Obj, b: Obj) -> Res {
    let (Some(x), Some(y)) = (to_f64(a), to_f64(b)) else { return Ok(Obj::NULL) };
    if y == 0.0 {
        return Err(vm.zero_division());
    }
    const EXACT: f64 = 9_007_199_254_740_991.0;
    if x == 0.0 || (x.abs() <= EXACT && y.abs() <= EXACT) {
        return float::new(vm, x / y);
    }
    let negative = (x < 0.0) != (y < 0.0);
    let (a, b) = (super::unary(vm, UnaryOp::Abs, a)?, super::unary(vm, UnaryOp::Abs, b)?);
    let Some((left, right)) = big::pair(a, b) else { return Ok(Obj::NULL) };
    let (left, right) = (left.signed(), right.signed());
    let bits = |value: Signed<'_>| mpn::bit_len(value.limbs) as isize;
    // Scaled so that the quotient has 62 or 63 bits; a sticky lowest bit stands for the remainder.
    let shift = bits(right) - bits(left) + 62;
    let (a, b) = if shift >= 0 {
        (super::shift_left(vm, a, Obj::small_wrapping(shift))?, b)
    } else {
        (a, super::shift_left(vm, b, Obj::small_wrapping(-shift))?)
    };
    let (quot, rem) = divmod(vm, a, b)?;
    let sticky = u64::from(rem != Obj::small_wrapping(0));
    let quot = to_u64(vm, quot).unwrap_or(0) | sticky;
    let scale = i32::try_from(-shift).unwrap_or(if shift < 0 { i32::MAX } else { i32::MIN });
    let value = scaled(quot, scale);
    match if negative { -value } else { value } {
        value if value.is_infinite() => {
            Err(vm.overflow_error(format_args!("integer division result too large for a float")))
        }
        value => float::new(vm, value),
    }
}

/// `value * 2 ** scale`, rounded once, half to even, also where the last bit is worth more than usual.
fn scaled(value: u64, scale: i32) -> f64 {
    const BITS: i32 = 53;
    const LAST: i32 = -1074;
    let len = u64::BITS as i32 - value.leading_zeros() as i32;
    let lost = (len - BITS).max(LAST.saturating_sub(scale)).max(0);
    if lost >= u64::BITS as i32 {
        return 0.0;
    }
    let (kept, rest) = (value >> lost, value & ((1 << lost) - 1));
    let half = 1 << lost >> 1;
    let up = rest > half || (rest == half && lost > 0 && kept & 1 == 1);
    libm::ldexp((kept + u64::from(up)) as f64, scale.saturating_add(lost))
}
