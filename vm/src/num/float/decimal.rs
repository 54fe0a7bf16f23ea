//! Decimal digits of a double: the fewest that read back, or all of them, rounded to even where cut.

use super::super::mpn::{BITS, F64_LIMBS, Limb, Radix, bit_len, mul_add_limb, shl, trim};
use super::split;

/// `0.d1d2d3... * 10**point` with `len` digits in a buffer; no zero at either end. Zero has no digits and point one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) len: usize,
    pub(super) point: i32,
}

const ZERO: Span = Span { len: 0, point: 1 };

/// Digits of the shortest text at most.
pub(super) const SHORTEST: usize = 24;

/// Room for all digits: 767 are real, the rest is what the radix conversion asks for.
pub(super) const EXACT: usize = 832;

/// Bits of the longest scaled mantissa: 53 and those of `5**1074`, rounded up to a limb and one spare.
const SCALED: usize = 2560 / BITS + 1;

const _: () = assert!(SCALED > F64_LIMBS);

/// The fewest digits that read back as the finite `x`.
pub(super) fn shortest(out: &mut [u8; SHORTEST], x: f64) -> Span {
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(x.abs());
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut span = Span { len: 0, point: whole.len() as i32 + exponent.parse::<i32>().unwrap_or(0) };
    for c in whole.bytes().chain(fraction.bytes()) {
        if span.len == 0 && c == b'0' {
            span.point -= 1;
        } else if let Some(slot) = out.get_mut(span.len) {
            *slot = c;
            span.len += 1;
        }
    }
    trim_zeros(out, span)
}

/// All digits of the finite `x`.
pub(super) fn exact(out: &mut [u8; EXACT], x: f64) -> Span {
    let (mantissa, exponent) = split(x);
    if mantissa == 0 {
        return ZERO;
    }
    let low = mantissa.trailing_zeros();
    let (_, odd) = super::super::mpn::from_i64((mantissa >> low) as i64);
    let exponent = exponent + low as i32;
    let mut limbs = [0; SCALED];
    let mut len = shl(&mut limbs, &odd, exponent.max(0) as usize);
    // m / 2**k == m * 5**k / 10**k
    let mut fives = exponent.min(0).unsigned_abs();
    while fives > 0 {
        let step = fives.min(Limb::MAX.ilog(5));
        limbs[len] = mul_add_limb(&mut limbs[..len], Limb::pow(5, step), 0);
        len += usize::from(limbs[len] != 0);
        fives -= step;
    }
    debug_assert!(bit_len(&limbs) < SCALED * BITS && trim(&limbs).len() == len);
    let len = Radix::DECIMAL.to_text(out, &mut limbs[..len]);
    trim_zeros(out, Span { len, point: len as i32 + exponent.min(0) })
}

/// Keeps the first `keep` digits, to the nearest, ties to even; nothing or less may be kept.
pub(super) fn round(out: &mut [u8], span: Span, keep: i64) -> Span {
    let Ok(keep) = usize::try_from(keep) else {
        return ZERO;
    };
    if keep >= span.len {
        return span;
    }
    let odd = keep > 0 && out[keep - 1] % 2 == 1;
    let up = match out[keep] {
        b'5' => odd || span.len > keep + 1,
        c => c > b'5',
    };
    if !up {
        return trim_zeros(out, Span { len: keep, ..span });
    }
    match out[..keep].iter().rposition(|&c| c != b'9') {
        Some(at) => {
            out[at] += 1;
            Span { len: at + 1, ..span }
        }
        None => {
            out[0] = b'1';
            Span { len: 1, point: span.point + 1 }
        }
    }
}

fn trim_zeros(out: &[u8], span: Span) -> Span {
    match out[..span.len].iter().rposition(|&c| c != b'0') {
        Some(last) => Span { len: last + 1, ..span },
        None => ZERO,
    }
}
