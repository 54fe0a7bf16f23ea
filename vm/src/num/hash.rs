//! Hashes of numbers, equal for equal numbers of any type: the value modulo the prime `2**61 - 1`.

use super::limb::to_u64;
use super::mpn::{BITS, Limb};

const PRIME_BITS: u32 = 61;
const PRIME: u64 = (1 << PRIME_BITS) - 1;
const INFINITY: i64 = 314_159;

/// Hash of a small int.
pub fn hash_i64(value: i64) -> i64 {
    signed(value < 0, value.unsigned_abs() % PRIME)
}

/// Hash of a big int by sign and magnitude.
pub fn hash_limbs(negative: bool, limbs: &[Limb]) -> i64 {
    let step = |sum, &limb: &Limb| (rotate(sum, BITS as u32) + to_u64(limb) % PRIME) % PRIME;
    signed(negative, limbs.iter().rev().fold(0, step))
}

/// Hash of a float; that of a whole number is the int's. Every NaN has hash zero.
pub fn hash_f64(x: f64) -> i64 {
    if !x.is_finite() {
        return if x.is_nan() { 0 } else { signed(x < 0.0, INFINITY as u64) };
    }
    let (mantissa, exponent) = super::float::split(x);
    // Two to the power of 61 is one here, so a negative exponent is as good as its positive rest.
    let shift = exponent.rem_euclid(PRIME_BITS as i32) as u32;
    signed(x < 0.0, rotate(mantissa % PRIME, shift))
}

/// `x * 2**bits` modulo the prime, for `x` below it: 61-bit rotation.
fn rotate(x: u64, bits: u32) -> u64 {
    let bits = bits % PRIME_BITS;
    (x << bits & PRIME | x >> (PRIME_BITS - bits)) % PRIME
}

fn signed(negative: bool, hash: u64) -> i64 {
    // Below 2**61, so the cast keeps the value.
    if negative { -(hash as i64) } else { hash as i64 }
}

#[cfg(test)]
mod tests {
    use super::super::mpn::{F64_LIMBS, from_f64, from_i64};
    use super::*;

    #[test]
    fn equal_numbers_hash_alike() {
        for value in [0, 1, -1, 7, -300, 1 << 40, (1 << 53) - 1, -(1 << 53), i64::MIN, 1 << 61, PRIME as i64] {
            let (negative, limbs) = from_i64(value);
            assert_eq!(hash_i64(value), hash_limbs(negative, &limbs), "{value}");
            if value as f64 as i64 == value && value != PRIME as i64 {
                assert_eq!(hash_i64(value), hash_f64(value as f64), "{value}");
            }
        }
        for x in [1e300, -3e55, 2f64.powi(1023), f64::MAX, 1e17] {
            let mut limbs = [0; F64_LIMBS];
            let len = from_f64(&mut limbs, x).map(|size| size.len);
            assert_eq!(Some(hash_f64(x)), len.map(|len| hash_limbs(x < 0.0, &limbs[..len])), "{x}");
        }
    }

    #[test]
    fn known_values() {
        // CPython's, which uses the same prime.
        assert_eq!((hash_f64(2.5), hash_f64(2f64.powi(70)), hash_f64(-0.0)), (1152921504606846978, 512, 0));
        assert_eq!((hash_f64(f64::NEG_INFINITY), hash_f64(f64::NAN), hash_f64(0.1)), (-314159, 0, 230584300921369408));
    }
}
