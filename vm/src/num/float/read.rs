//! The nearest double of a decimal text, by big integers alone. core's own reader is faster and needs 14 KB of flash
//! more, most of it for a table; so hosts use that one and boards this.

use super::super::limb::Limb;
use super::super::mpn;

const BITS: usize = Limb::BITS as usize;
/// More significant digits than this change nothing but whether the number is above a tie.
const DIGITS: usize = 780;
/// No double is as big as `10 ** BIG`, none but zero as small as `10 ** -SMALL`.
const BIG: i64 = 310;
const SMALL: i64 = 330;
/// Bits of `10 ** (DIGITS + SMALL + 1)`, rounded up, and of the quotient beside it.
const LIMBS: usize = (DIGITS + SMALL as usize + 1) * 10 / 3 / BITS + 1;
/// So many bits of a quotient are enough to round it.
const ENOUGH: usize = 66;
/// Limbs of a dividend, with the bits that shifting adds and one spare limb.
const WORK: usize = LIMBS + ENOUGH / BITS + 4;

/// Reads sign, digits, point and exponent, or `inf`, `infinity`, `nan`; `None` for anything else.
pub fn read(text: &[u8]) -> Option<f64> {
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let value = if text.eq_ignore_ascii_case(b"inf") || text.eq_ignore_ascii_case(b"infinity") {
        f64::INFINITY
    } else if text.eq_ignore_ascii_case(b"nan") {
        f64::NAN
    } else {
        magnitude(text)?
    };
    Some(if negative { -value } else { value })
}

fn magnitude(text: &[u8]) -> Option<f64> {
    let (mantissa, mut exponent) = match text.iter().position(|c| matches!(c, b'e' | b'E')) {
        Some(at) => (text.get(..at)?, super::parse::read_exponent(text.get(at + 1..)?)?),
        None => (text, 0),
    };
    let mut work = [0; WORK];
    let (mut digits, mut any, mut after_point, mut lost) = (0, false, false, false);
    for &c in mantissa {
        match c {
            b'.' if after_point => return None,
            b'.' => after_point = true,
            b'0'..=b'9' => {
                any = true;
                if digits < DIGITS {
                    digits += usize::from(digits > 0 || c != b'0');
                    exponent -= i64::from(after_point);
                    times_ten(&mut work, digits, c - b'0');
                } else {
                    lost |= c != b'0';
                    exponent += i64::from(!after_point);
                }
            }
            _ => return None,
        }
    }
    if !any {
        return None;
    }
    let size = exponent.saturating_add(digits as i64);
    if digits == 0 || size < -SMALL {
        return Some(0.0);
    }
    if size > BIG {
        return Some(f64::INFINITY);
    }
    if exponent >= 0 {
        for _ in 0..exponent {
            digits += 1;
            times_ten(&mut work, digits, 0);
        }
        return Some(round(mpn::trim(&work), 0, lost));
    }
    let (mut power, mut scratch) = ([0; LIMBS], [0; LIMBS]);
    *power.first_mut()? = 1;
    for done in 0..exponent.unsigned_abs() {
        times_ten(&mut power, done as usize + 2, 0);
    }
    // Enough bits of the quotient, whatever the two sizes are.
    let shift = (mpn::bit_len(&power) + ENOUGH).saturating_sub(mpn::bit_len(&work));
    let mut dividend = [0; WORK];
    mpn::shl(&mut dividend, mpn::trim(&work), shift);
    let split = mpn::divrem(&mut dividend, &power, &mut scratch)?;
    let quotient = dividend.get(split.quot_start..split.quot_start + split.quot_len)?;
    Some(round(quotient, shift as i32, lost || split.rem_len > 0))
}

/// `acc * 10 + digit`, where the result has at most so many decimal digits.
fn times_ten(acc: &mut [Limb], digits: usize, digit: u8) {
    let used = (digits * 10 / 3 / BITS + 1).min(acc.len());
    if let Some(used) = acc.get_mut(..used) {
        mpn::mul_add_limb(used, 10, digit.into());
    }
}

/// The double nearest to `a * 2**-shift`, ties to even; `more` says that a bit below the last one is lost.
fn round(a: &[Limb], shift: i32, more: bool) -> f64 {
    let drop = (mpn::bit_len(a) as i32 - 53).max(shift - 1074).max(0);
    let bit = |at: i32| {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        a.get(at / BITS).is_some_and(|limb| limb >> (at % BITS) & 1 != 0)
    };
    let mut mantissa = (0..54).rev().fold(0u64, |sum, at| sum << 1 | u64::from(bit(drop + at)));
    let half = drop > 0 && bit(drop - 1);
    let below = more || mpn::trailing_zeros(a).is_some_and(|zeros| (zeros as i32) < drop - 1);
    if half && (below || mantissa & 1 != 0) {
        mantissa += 1;
    }
    // Exact: the mantissa has at most 53 bits, or is the power of two after them, and none is below the smallest double.
    libm::ldexp(mantissa as f64, drop - shift)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::format;
    use std::string::{String, ToString};

    fn same(text: &str) {
        let (found, wanted) = (read(text.as_bytes()), text.parse::<f64>().ok());
        assert_eq!(found.map(f64::to_bits), wanted.map(f64::to_bits), "{text}: {found:?} {wanted:?}");
    }

    #[test]
    fn reads_what_core_reads() {
        let texts = "0 -0 1 1.5 .5 5. . e5 1e 1e+ +1e+2 --1 1.2.3 inf -Infinity 1e308 1.7976931348623157e308 \
            1.7976931348623159e308 1.797693134862315807e308 1e309 1e999999999999 4.9e-324 \
            2.4703282292062327e-324 2.4703282292062328e-324 2e-324 1e-400 1e-99999999999999999999 \
            2.2250738585072011e-308 2.2250738585072014e-308 9007199254740993 9007199254740992.999 0.1 0.3 \
            0000000000000000000000001e-5 123456789012345678901234567890e-10 1e23 8.5e22";
        for text in texts.split(' ').chain([""]) {
            same(text);
        }
        assert!(read(b"nan").is_some_and(f64::is_nan));
        // Above and below a tie only by a digit far behind.
        let tie = "9007199254740993.".to_string() + &"0".repeat(900);
        same(&tie);
        same(&(tie + "1"));
        same(&("0.".to_string() + &"0".repeat(400) + &"9".repeat(900) + "e390"));
        same(&("7".repeat(1200) + "e-1000"));
    }

    #[test]
    fn reads_random_doubles_and_their_neighbourhoods() {
        let mut state = 0x9E37_79B9_7F4A_7C15u64;
        for _ in 0..3000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let x = f64::from_bits(state ^ state >> 29);
            if x.is_finite() {
                same(&format!("{x:e}"));
                same(&format!("{x:.19e}"));
            }
            let small: String = format!("{}e{}", state % 100_000, state as i64 % 60);
            same(&small);
        }
    }
}
