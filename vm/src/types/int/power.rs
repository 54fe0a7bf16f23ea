//! Powers of ints, plain and modular.

use super::big::{self, Num, Scratch, plain_small};
use super::convert::{new, to_float};
use super::{divmod, multiply, subtract};
use crate::Vm;
use crate::num::mpn::{self, Limb, SignedLen};
use crate::types::float;
use crate::value::{BinaryOp, Obj, Res};

/// Bits of the longest number a power may have; longer ones would never be done.
const LONGEST: usize = if usize::BITS == 64 { 1 << 33 } else { 1 << 27 };

/// Limbs of a result that is there at once.
const SOON_DONE: usize = 1 << 10;

/// `a ** b` of two ints, a float if `b` is negative; `Obj::NULL` if one is no int.
pub fn power(vm: &mut Vm, a: Obj, b: Obj) -> Res {
    let Some((base, exponent)) = big::pair(a, b) else { return Ok(Obj::NULL) };
    if exponent.signed().negative {
        return match (to_float(vm, a)?, to_float(vm, b)?) {
            (Some(x), Some(y)) => float::operate(vm, BinaryOp::Power, x, y),
            _ => Ok(Obj::NULL),
        };
    }
    if let Some(x @ (-1..=1)) = plain_small(a) {
        let odd = exponent.signed().limbs.first().is_some_and(|limb| limb & 1 == 1);
        let zero = exponent.signed().limbs.is_empty();
        return new(vm, if zero || (x == -1 && !odd) { 1 } else { x as i64 });
    }
    let Some(exponent) = plain_small(b).map(|value| value as usize) else { return Err(vm.memory_error()) };
    if let Some(value) = plain_small(a).and_then(|value| crate::num::int::pow(value as i64, exponent as u64)) {
        return new(vm, value);
    }
    let base = base.signed();
    let too_long = mpn::bit_len(base.limbs).checked_mul(exponent).is_none_or(|bits| bits > LONGEST);
    let Some(room) = mpn::pow_len(base.limbs, exponent).filter(|_| !too_long) else { return Err(vm.memory_error()) };
    if room > SOON_DONE {
        return by_squaring(vm, exponent, |vm, value, bit| {
            let square = multiply(vm, value, value)?;
            if bit { multiply(vm, square, a) } else { Ok(square) }
        });
    }
    let mut scratch = Scratch::new(vm, mpn::pow_scratch(room))?;
    big::build(vm, room, |out| {
        let len = scratch.fill(|scratch| mpn::pow(out, base.limbs, exponent, scratch));
        SignedLen::new(base.negative && exponent & 1 == 1, len)
    })
}

/// `pow(base, exponent, modulus)`, of ints only.
pub fn power_mod(vm: &mut Vm, base: Obj, exponent: Obj, modulus: Obj) -> Res {
    let (Some(_), Some(e), Some(m)) = (Num::from_obj(base), Num::from_obj(exponent), Num::from_obj(modulus)) else {
        return Err(vm.type_error(format_args!("pow() with 3 arguments requires integers")));
    };
    if m.signed().limbs.is_empty() {
        return Err(vm.value_error(format_args!("divide by zero")));
    }
    let base = if e.signed().negative { inverse(vm, base, modulus)? } else { base };
    let Some(b) = Num::from_obj(base) else { return Ok(Obj::NULL) };
    let (b, e, m) = (b.signed(), e.signed(), m.signed());
    if m.limbs.len() > SOON_DONE {
        return big_power_mod(vm, base, exponent, modulus);
    }
    let mut scratch = Scratch::new(vm, mpn::modpow_scratch(b.limbs.len(), m.limbs.len()))?;
    big::build(vm, m.limbs.len() + 1, |out| {
        let size = scratch.fill(|scratch| mpn::modpow(out, b, e.limbs, m, scratch));
        size.unwrap_or(SignedLen { negative: false, len: 0 })
    })
}

/// Squares from the exponent's top bit down; `step` gets the value so far and whether to multiply too. Between steps Ctrl-C
/// is looked for.
fn by_squaring(vm: &mut Vm, exponent: usize, step: impl Fn(&mut Vm, Obj, bool) -> Res) -> Res {
    let mut value = Obj::small_wrapping(1);
    for bit in (0..usize::BITS - exponent.leading_zeros()).rev() {
        vm.poll()?;
        value = step(vm, value, exponent >> bit & 1 == 1)?;
    }
    Ok(value)
}

/// `power_mod` of numbers so long that it takes a while.
fn big_power_mod(vm: &mut Vm, base: Obj, exponent: Obj, modulus: Obj) -> Res {
    let base = divmod(vm, base, modulus)?.1;
    let mut value = Obj::small_wrapping(1);
    let limbs = Num::from_obj(exponent).map_or(0, |exponent| exponent.signed().limbs.len());
    for at in (0..limbs).rev() {
        let limb = Num::from_obj(exponent).and_then(|exponent| exponent.signed().limbs.get(at).copied()).unwrap_or(0);
        for bit in (0..Limb::BITS).rev() {
            vm.poll()?;
            let square = multiply(vm, value, value)?;
            value = divmod(vm, square, modulus)?.1;
            if limb >> bit & 1 == 1 {
                let product = multiply(vm, value, base)?;
                value = divmod(vm, product, modulus)?.1;
            }
        }
    }
    Ok(divmod(vm, value, modulus)?.1)
}

/// The number that `base` times gives one modulo `modulus`, by Euclid's extended algorithm.
fn inverse(vm: &mut Vm, base: Obj, modulus: Obj) -> Res {
    let (zero, one) = (Obj::small_wrapping(0), Obj::small_wrapping(1));
    let (mut r0, mut r1) = (super::to_int(vm, modulus)?, divmod(vm, base, modulus)?.1);
    let (mut t0, mut t1) = (zero, one);
    while r1 != zero {
        let (quot, rem) = divmod(vm, r0, r1)?;
        let product = multiply(vm, quot, t1)?;
        let next = subtract(vm, t0, product)?;
        (r0, r1) = (r1, rem);
        (t0, t1) = (t1, next);
    }
    if r0 != one && r0 != Obj::small_wrapping(-1) {
        return Err(vm.value_error(format_args!("base is not invertible for the given modulus")));
    }
    if r0 == one { Ok(t0) } else { subtract(vm, zero, t0) }
}
