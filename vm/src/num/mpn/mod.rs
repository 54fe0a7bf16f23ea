//! Natural numbers as slices of limbs, least significant first; every byte of memory belongs to the caller.
//!
//! Inputs may carry high zero limbs and may be empty (zero). Results go to the front of `out`; the returned length has
//! no high zero limbs, and `out` past it is unspecified. A function panics only if a slice is shorter than its doc says.

mod bits;
mod bytes;
mod div;
mod f64;
mod mul;
mod pow;
mod radix;
mod signed;
#[cfg(test)]
mod tests;

pub use super::limb::{Limb, Wide};
pub use bits::{and, bit_len, not, or, popcount, shl, shl_len, shr, trailing_zeros, xor};
pub use bytes::{Fit, Order, from_bytes, from_bytes_len, from_bytes_signed, to_bytes};
pub use div::{Split, div_limb, divrem, divrem_floor};
pub use f64::{F64_LIMBS, from_f64, to_f64};
pub use mul::{mul, mul_add_limb, mul_scratch};
pub use pow::{modpow, modpow_scratch, pow, pow_len, pow_scratch};
pub use radix::{Radix, from_radix};
pub use signed::{Signed, SignedLen, add_signed, cmp_signed, from_i64, sub_signed, to_i64};

use core::cmp::Ordering;

/// Bits of one limb.
pub const BITS: usize = Limb::BITS as usize;

/// Limbs that hold any 64-bit number.
pub const I64_LIMBS: usize = 64 / BITS;

/// `a` without its high zero limbs.
pub fn trim(a: &[Limb]) -> &[Limb] {
    let mut rest = a;
    while let [low @ .., 0] = rest {
        rest = low;
    }
    rest
}

/// Which of two numbers is the greater.
pub fn cmp(a: &[Limb], b: &[Limb]) -> Ordering {
    let (a, b) = (trim(a), trim(b));
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// `a + b`. `out`: the longer length plus one.
pub fn add(out: &mut [Limb], a: &[Limb], b: &[Limb]) -> usize {
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let out = &mut out[..a.len() + 1];
    out[..a.len()].copy_from_slice(a);
    out[a.len()] = 0;
    add_into(out, b);
    trim(out).len()
}

/// `a - b` for `a >= b`. `out`: the length of `a`. If `b` is the greater, the difference wraps.
pub fn sub(out: &mut [Limb], a: &[Limb], b: &[Limb]) -> usize {
    let (a, b) = (trim(a), trim(b));
    let out = &mut out[..a.len()];
    out.copy_from_slice(a);
    sub_from(out, &b[..b.len().min(a.len())]);
    trim(out).len()
}

/// Adds `b` into `acc`, which is no shorter; true if a carry left the top.
pub fn add_into(acc: &mut [Limb], b: &[Limb]) -> bool {
    let (low, high) = acc.split_at_mut(b.len());
    let mut carry = false;
    for (x, &y) in low.iter_mut().zip(b) {
        (*x, carry) = x.carrying_add(y, carry);
    }
    if carry {
        for x in high {
            (*x, carry) = x.overflowing_add(1);
            if !carry {
                break;
            }
        }
    }
    carry
}

/// Takes `b` from `acc`, which is no shorter; true if a borrow left the top.
pub fn sub_from(acc: &mut [Limb], b: &[Limb]) -> bool {
    let (low, high) = acc.split_at_mut(b.len());
    let mut borrow = false;
    for (x, &y) in low.iter_mut().zip(b) {
        (*x, borrow) = x.borrowing_sub(y, borrow);
    }
    if borrow {
        for x in high {
            (*x, borrow) = x.overflowing_sub(1);
            if !borrow {
                break;
            }
        }
    }
    borrow
}
