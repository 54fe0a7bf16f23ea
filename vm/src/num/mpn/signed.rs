//! Sign and magnitude: the thin layer that Python's operators call.

use super::super::limb::to_u64;
use super::{I64_LIMBS, Limb, add, cmp, sub, trim};
use core::cmp::Ordering;

/// A number as sign and magnitude; zero may carry either sign.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// Below zero.
    pub negative: bool,
    /// The magnitude.
    pub limbs: &'a [Limb],
}

/// Sign and length of a result whose limbs are in the caller's slice; zero is never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedLen {
    /// Below zero.
    pub negative: bool,
    /// Limbs of the magnitude.
    pub len: usize,
}

impl SignedLen {
    /// The sign counts only if there are limbs.
    pub fn new(negative: bool, len: usize) -> Self {
        SignedLen { negative: negative && len > 0, len }
    }
}

/// Which of two numbers is the greater.
pub fn cmp_signed(a: Signed<'_>, b: Signed<'_>) -> Ordering {
    let sign = |x: Signed<'_>| x.negative && !trim(x.limbs).is_empty();
    match (sign(a), sign(b)) {
        (false, false) => cmp(a.limbs, b.limbs),
        (true, true) => cmp(b.limbs, a.limbs),
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
    }
}

/// `a + b`. `out`: the longer length plus one.
pub fn add_signed(out: &mut [Limb], a: Signed<'_>, b: Signed<'_>) -> SignedLen {
    if a.negative == b.negative {
        return SignedLen::new(a.negative, add(out, a.limbs, b.limbs));
    }
    if cmp(a.limbs, b.limbs) == Ordering::Less {
        SignedLen::new(b.negative, sub(out, b.limbs, a.limbs))
    } else {
        SignedLen::new(a.negative, sub(out, a.limbs, b.limbs))
    }
}

/// `a - b`. `out`: the longer length plus one.
pub fn sub_signed(out: &mut [Limb], a: Signed<'_>, b: Signed<'_>) -> SignedLen {
    add_signed(out, a, Signed { negative: !b.negative, ..b })
}

/// The magnitude and sign of a small int, for use as an operand; high limbs may be zero.
pub fn from_i64(value: i64) -> (bool, [Limb; I64_LIMBS]) {
    let mut rest = value.unsigned_abs();
    let limbs = core::array::from_fn(|_| {
        let limb = rest as Limb;
        // Half a shift twice, because a whole one is an overflow where the limb has 64 bits.
        rest = rest >> (Limb::BITS / 2) >> (Limb::BITS / 2);
        limb
    });
    (value < 0, limbs)
}

/// The number as an `i64` if it fits.
pub fn to_i64(a: Signed<'_>) -> Option<i64> {
    let limbs = trim(a.limbs);
    if limbs.len() > I64_LIMBS {
        return None;
    }
    let magnitude = limbs.iter().rev().fold(0u64, |sum, &x| sum << (Limb::BITS / 2) << (Limb::BITS / 2) | to_u64(x));
    if a.negative { 0i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
}
