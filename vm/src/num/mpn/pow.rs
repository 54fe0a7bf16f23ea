//! Powers, plain and modular, by squaring from the exponent's top bit down.

use super::{BITS, Limb, Signed, SignedLen, bit_len, divrem, divrem_floor, mul, mul_scratch, sub, trim};

/// Limbs that the `out` of [`pow`] needs; `None` if no machine has that many.
pub fn pow_len(base: &[Limb], exponent: usize) -> Option<usize> {
    (bit_len(base).checked_mul(exponent)? / BITS).checked_add(2)
}

/// Scratch limbs of [`pow`] for an `out` of `out_len` limbs.
pub fn pow_scratch(out_len: usize) -> usize {
    out_len + mul_scratch(out_len, out_len)
}

/// `base ** exponent`. `out`: [`pow_len`]; `scratch`: the same at least, [`pow_scratch`] to be fast.
pub fn pow(out: &mut [Limb], base: &[Limb], exponent: usize, scratch: &mut [Limb]) -> usize {
    let base = trim(base);
    let (other, scratch) = scratch.split_at_mut(out.len().min(scratch.len()));
    out[0] = 1;
    let mut len = 1;
    for bit in (0..usize::BITS - exponent.leading_zeros()).rev() {
        len = mul(other, &out[..len], &out[..len], scratch);
        if exponent >> bit & 1 == 1 {
            len = mul(out, &other[..len], base, scratch);
        } else {
            out[..len].copy_from_slice(&other[..len]);
        }
    }
    len
}

/// Scratch limbs of [`modpow`] for these lengths.
pub fn modpow_scratch(base_len: usize, modulus_len: usize) -> usize {
    base_len.max(modulus_len) + 3 * modulus_len + 2 + mul_scratch(modulus_len, modulus_len)
}

/// `pow(base, exponent, modulus)` with the modulus's sign. `out`: the length of `modulus` plus one; `scratch`:
/// [`modpow_scratch`]. `None` if the modulus is zero.
pub fn modpow(
    out: &mut [Limb],
    base: Signed<'_>,
    exponent: &[Limb],
    modulus: Signed<'_>,
    scratch: &mut [Limb],
) -> Option<SignedLen> {
    let (start, m) = (trim(base.limbs), trim(modulus.limbs));
    let (work, scratch) = scratch.split_at_mut(start.len().max(m.len()) + m.len() + 2);
    let (norm, scratch) = scratch.split_at_mut(m.len());
    let (base_rem, scratch) = scratch.split_at_mut(m.len());
    work.fill(0);
    work[..start.len()].copy_from_slice(start);
    let base_len = if base.negative { divrem_floor(work, m, norm) } else { divrem(work, m, norm) }?.rem_len;
    base_rem[..base_len].copy_from_slice(&work[..base_len]);
    let base_rem = &base_rem[..base_len];
    out[0] = 1;
    let mut len = usize::from(m != [1]);
    for bit in (0..bit_len(exponent)).rev() {
        len = mul(work, &out[..len], &out[..len], scratch);
        len = divrem(&mut work[..=len], m, norm)?.rem_len;
        out[..len].copy_from_slice(&work[..len]);
        if exponent[bit / BITS] >> (bit % BITS) & 1 == 1 {
            len = mul(work, &out[..len], base_rem, scratch);
            len = divrem(&mut work[..=len], m, norm)?.rem_len;
            out[..len].copy_from_slice(&work[..len]);
        }
    }
    if modulus.negative && len > 0 {
        work[..len].copy_from_slice(&out[..len]);
        len = sub(out, m, &work[..len]);
    }
    Some(SignedLen::new(modulus.negative, len))
}
