//! Sums, products, shifts and bitwise operators of ints of any size.

use super::big::{self, build, plain_small};
use super::convert::new;
use crate::Vm;
use crate::num::mpn::{self, SignedLen};
use crate::value::{BinaryOp, Obj, Raise, Res};

/// `a + b` of two ints; `Obj::NULL` if one is no int.
pub fn add(vm: &mut Vm, a: Obj, b: Obj) -> Res {
    if let (Some(a), Some(b)) = (plain_small(a), plain_small(b)) {
        return new(vm, a as i64 + b as i64);
    }
    let Some((a, b)) = big::pair(a, b) else { return Ok(Obj::NULL) };
    let (a, b) = (a.signed(), b.signed());
    build(vm, a.limbs.len().max(b.limbs.len()) + 1, |out| mpn::add_signed(out, a, b))
}

/// `a - b` of two ints; `Obj::NULL` if one is no int.
pub fn subtract(vm: &mut Vm, a: Obj, b: Obj) -> Res {
    if let (Some(a), Some(b)) = (plain_small(a), plain_small(b)) {
        return new(vm, a as i64 - b as i64);
    }
    let Some((a, b)) = big::pair(a, b) else { return Ok(Obj::NULL) };
    let (a, b) = (a.signed(), b.signed());
    build(vm, a.limbs.len().max(b.limbs.len()) + 1, |out| mpn::sub_signed(out, a, b))
}

/// `a * b` of two ints; `Obj::NULL` if one is no int.
pub fn multiply(vm: &mut Vm, a: Obj, b: Obj) -> Res {
    if let (Some(a), Some(b)) = (plain_small(a), plain_small(b))
        && let Some(product) = (a as i64).checked_mul(b as i64)
    {
        return new(vm, product);
    }
    let Some((a, b)) = big::pair(a, b) else { return Ok(Obj::NULL) };
    let (a, b) = (a.signed(), b.signed());
    let mut scratch = big::Scratch::new(vm, mpn::mul_scratch(a.limbs.len(), b.limbs.len()))?;
    build(vm, a.limbs.len() + b.limbs.len(), |out| {
        let len = scratch.fill(|scratch| mpn::mul(out, a.limbs, b.limbs, scratch));
        SignedLen::new(a.negative != b.negative, len)
    })
}

/// `a << b` of two ints; `Obj::NULL` if one is no int.
pub fn shift_left(vm: &mut Vm, a: Obj, b: Obj) -> Res {
    let Some(count) = shift_count(vm, b)? else {
        return if plain_small(a) == Some(0) { Ok(Obj::small_wrapping(0)) } else { Err(too_far(vm)) };
    };
    if let Some(value) = plain_small(a)
        && let Some(value) = crate::num::int::shl(value as i64, count as u64)
    {
        return new(vm, value);
    }
    let Some(a) = big::Num::from_obj(a) else { return Ok(Obj::NULL) };
    let a = a.signed();
    let room =
        mpn::shl_len(a.limbs.len(), count).filter(|room| *room < isize::MAX as usize / (4 * size_of::<mpn::Limb>()));
    let Some(room) = room else { return Err(too_far(vm)) };
    build(vm, room, |out| SignedLen::new(a.negative, mpn::shl(out, a.limbs, count)))
}

/// `a >> b` of two ints; `Obj::NULL` if one is no int.
pub fn shift_right(vm: &mut Vm, a: Obj, b: Obj) -> Res {
    let count = shift_count(vm, b)?.unwrap_or(usize::MAX);
    if let Some(value) = plain_small(a) {
        return Ok(Obj::small_wrapping(value >> count.min(isize::BITS as usize - 1)));
    }
    let Some(a) = big::Num::from_obj(a) else { return Ok(Obj::NULL) };
    let a = a.signed();
    build(vm, a.limbs.len() + 1, |out| mpn::shr(out, a, count))
}

/// The count of a shift; `None` if no machine can shift so far. ValueError if it is negative.
fn shift_count(vm: &mut Vm, count: Obj) -> Res<Option<usize>> {
    let negative = match plain_small(count) {
        Some(value) => value < 0,
        None => big::Num::from_obj(count).is_some_and(|value| value.signed().negative),
    };
    if negative {
        return Err(vm.value_error(format_args!("negative shift count")));
    }
    Ok(plain_small(count).map(|value| value as usize))
}

#[cold]
fn too_far(vm: &mut Vm) -> Raise {
    vm.overflow_error(format_args!("overflow converting long int to machine word"))
}

/// `a & b`, `a | b` or `a ^ b` of two ints; `Obj::NULL` if one is no int.
pub(super) fn bitwise(vm: &mut Vm, op: BinaryOp, a: Obj, b: Obj) -> Res {
    if let (Some(x), Some(y)) = (plain_small(a), plain_small(b)) {
        // Two bools stay one.
        let both = !a.is_small() && !b.is_small();
        let value = match op {
            BinaryOp::And => x & y,
            BinaryOp::Or => x | y,
            _ => x ^ y,
        };
        return Ok(if both { Obj::bool(value != 0) } else { Obj::small_wrapping(value) });
    }
    let Some((a, b)) = big::pair(a, b) else { return Ok(Obj::NULL) };
    let (a, b) = (a.signed(), b.signed());
    build(vm, a.limbs.len().max(b.limbs.len()) + 1, |out| match op {
        BinaryOp::And => mpn::and(out, a, b),
        BinaryOp::Or => mpn::or(out, a, b),
        _ => mpn::xor(out, a, b),
    })
}
