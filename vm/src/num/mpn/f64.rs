//! To and from doubles, rounded to the nearest with ties to even.

use super::super::limb::to_u64;
use super::{BITS, Limb, Signed, SignedLen, bit_len, shl, trim};

/// Limbs that hold the integer part of any finite double, with the spare one [`from_f64`] asks for.
pub const F64_LIMBS: usize = 1024 / BITS + 1;

/// The nearest double; infinity if there is none.
pub fn to_f64(a: Signed<'_>) -> f64 {
    let limbs = trim(a.limbs);
    let bits = bit_len(limbs);
    if bits > 1024 {
        return if a.negative { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    // The 64 bits from the top, the lowest one also standing for all bits below them.
    let below = bits.saturating_sub(64);
    let (skip, shift) = (below / BITS, (below % BITS) as u32);
    let mut head = 0u64;
    for (i, &x) in limbs.iter().skip(skip).enumerate() {
        let place = (i * BITS) as u32;
        let x = to_u64(x);
        head |= if place >= shift { x.checked_shl(place - shift).unwrap_or(0) } else { x >> (shift - place) };
    }
    let lost = |(i, &x): (usize, &Limb)| {
        if i == skip { x & !(Limb::MAX << shift) != 0 } else { x != 0 }
    };
    if limbs.iter().enumerate().take(skip + 1).any(lost) {
        head |= 1;
    }
    // The head rounds once, here; the scale is a power of two, so the product is exact or infinite.
    let value = head as f64 * f64::from_bits((below as u64 + 1023) << 52);
    if a.negative { -value } else { value }
}

/// The integer part of `x`. `out`: [`F64_LIMBS`]. `None` for infinities and NaN.
pub fn from_f64(out: &mut [Limb], x: f64) -> Option<SignedLen> {
    if !x.is_finite() {
        return None;
    }
    let exponent = (x.to_bits() >> 52 & 0x7ff) as usize;
    let mantissa = x.to_bits() & ((1 << 52) - 1) | 1 << 52;
    if exponent < 1023 {
        return Some(SignedLen { negative: false, len: 0 });
    }
    let len = if exponent <= 1075 {
        let (_, limbs) = super::from_i64((mantissa >> (1075 - exponent)) as i64);
        shl(out, &limbs, 0)
    } else {
        let (_, limbs) = super::from_i64(mantissa as i64);
        shl(out, &limbs, exponent - 1075)
    };
    Some(SignedLen::new(x.is_sign_negative(), len))
}
