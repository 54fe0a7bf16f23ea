//! Shifts, counts and logic; negative numbers behave as endless two's complement, as Python's do.

use super::{BITS, Limb, Signed, SignedLen, add_into, trim};

/// Position of the highest one bit, counted from one; zero has none.
pub fn bit_len(a: &[Limb]) -> usize {
    let a = trim(a);
    a.last().map_or(0, |top| a.len() * BITS - top.leading_zeros() as usize)
}

/// How many bits are one.
pub fn popcount(a: &[Limb]) -> usize {
    a.iter().map(|x| x.count_ones() as usize).sum()
}

/// Zero bits below the lowest one bit; `None` for zero.
pub fn trailing_zeros(a: &[Limb]) -> Option<usize> {
    let at = a.iter().position(|&x| x != 0)?;
    Some(at * BITS + a[at].trailing_zeros() as usize)
}

/// Limbs [`shl`] needs for `a_len` limbs; `None` if no machine has that many.
pub fn shl_len(a_len: usize, bits: usize) -> Option<usize> {
    a_len.checked_add(bits / BITS)?.checked_add(1)
}

/// `a << bits`. `out`: [`shl_len`].
pub fn shl(out: &mut [Limb], a: &[Limb], bits: usize) -> usize {
    let a = trim(a);
    if a.is_empty() {
        return 0;
    }
    let low = bits / BITS;
    let out = &mut out[..low + a.len() + 1];
    out[..low].fill(0);
    let (body, top) = out[low..].split_at_mut(a.len());
    body.copy_from_slice(a);
    top[0] = shift_up(body, (bits % BITS) as u32);
    trim(out).len()
}

/// `a >> bits` rounded to minus infinity. `out`: the length of `a` plus one.
pub fn shr(out: &mut [Limb], a: Signed<'_>, bits: usize) -> SignedLen {
    let limbs = trim(a.limbs);
    let (low, high) = limbs.split_at(limbs.len().min(bits / BITS));
    let out = &mut out[..high.len() + 1];
    out[..high.len()].copy_from_slice(high);
    out[high.len()] = 0;
    let lost = shift_down(out, (bits % BITS) as u32);
    if a.negative && (lost || low.iter().any(|&x| x != 0)) {
        add_into(out, &[1]);
    }
    SignedLen::new(a.negative, trim(out).len())
}

/// `!a`. `out`: the length of `a` plus one.
pub fn not(out: &mut [Limb], a: Signed<'_>) -> SignedLen {
    let minus_one = Signed { negative: true, limbs: &[1] };
    xor(out, a, minus_one)
}

/// `a & b`. `out`: the longer length plus one.
pub fn and(out: &mut [Limb], a: Signed<'_>, b: Signed<'_>) -> SignedLen {
    logic(out, a, b, |x, y| x & y)
}

/// `a | b`. `out`: the longer length plus one.
pub fn or(out: &mut [Limb], a: Signed<'_>, b: Signed<'_>) -> SignedLen {
    logic(out, a, b, |x, y| x | y)
}

/// `a ^ b`. `out`: the longer length plus one.
pub fn xor(out: &mut [Limb], a: Signed<'_>, b: Signed<'_>) -> SignedLen {
    logic(out, a, b, |x, y| x ^ y)
}

fn logic(out: &mut [Limb], a: Signed<'_>, b: Signed<'_>, op: fn(Limb, Limb) -> Limb) -> SignedLen {
    let (mut a, mut b) = (Complement::new(a), Complement::new(b));
    let out = &mut out[..a.limbs.len().max(b.limbs.len()) + 1];
    for x in &mut *out {
        *x = op(a.next(), b.next());
    }
    // The top limb is all sign, because both inputs end below it.
    let negative = out.last().is_some_and(|&top| top != 0);
    if negative {
        negate(out);
    }
    SignedLen::new(negative, trim(out).len())
}

/// The limbs of a number in two's complement, without end.
pub(super) struct Complement<'a> {
    limbs: &'a [Limb],
    at: usize,
    flip: Limb,
    carry: bool,
}

impl<'a> Complement<'a> {
    pub(super) fn new(a: Signed<'a>) -> Self {
        let flip = if a.negative { Limb::MAX } else { 0 };
        Complement { limbs: trim(a.limbs), at: 0, flip, carry: a.negative }
    }

    pub(super) fn next(&mut self) -> Limb {
        let limb = self.limbs.get(self.at).copied().unwrap_or(0) ^ self.flip;
        self.at += 1;
        let (limb, carry) = limb.overflowing_add(Limb::from(self.carry));
        self.carry = carry;
        limb
    }
}

/// `-a` in two's complement, in place.
pub(super) fn negate(a: &mut [Limb]) {
    let mut carry = true;
    for x in a {
        (*x, carry) = (!*x).overflowing_add(Limb::from(carry));
    }
}

/// Shifts by less than a limb, in place; the bits that left the top.
pub(super) fn shift_up(a: &mut [Limb], bits: u32) -> Limb {
    if bits == 0 {
        return 0;
    }
    let mut carry = 0;
    for x in a {
        (*x, carry) = (*x << bits | carry, *x >> (Limb::BITS - bits));
    }
    carry
}

/// Shifts by less than a limb, in place; true if a one bit was lost.
pub(super) fn shift_down(a: &mut [Limb], bits: u32) -> bool {
    if bits == 0 {
        return false;
    }
    let mut carry = 0;
    for x in a.iter_mut().rev() {
        (*x, carry) = (*x >> bits | carry, *x << (Limb::BITS - bits));
    }
    carry != 0
}
