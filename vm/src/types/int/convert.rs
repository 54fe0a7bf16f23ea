//! Between int objects and machine numbers.

use super::big::{self, BigInt, Num, plain_small};
use crate::Vm;
use crate::num::limb::to_u64 as limb_to_u64;
use crate::num::mpn::{self, BITS, F64_LIMBS, Limb, Signed};
use crate::types::instance;
use crate::value::{Flags, Gc, Obj, Res};

/// An int object from a machine integer.
#[inline]
pub fn new(vm: &mut Vm, value: i64) -> Res {
    match isize::try_from(value).ok().and_then(Obj::small) {
        Some(obj) => Ok(obj),
        None => {
            let (negative, limbs) = mpn::from_i64(value);
            big::from_limbs(vm, Signed { negative, limbs: &limbs })
        }
    }
}

/// An int object from an unsigned machine integer.
pub fn from_u64(vm: &mut Vm, value: u64) -> Res {
    match i64::try_from(value) {
        Ok(value) => new(vm, value),
        Err(_) => {
            let low = value as Limb;
            let high = value.checked_shr(BITS as u32).unwrap_or(0) as Limb;
            big::from_limbs(vm, Signed { negative: false, limbs: &[low, high] })
        }
    }
}

/// An int object from a length, an address or the like.
pub fn from_usize(vm: &mut Vm, value: usize) -> Res {
    from_u64(vm, value as u64)
}

/// An int object from the whole part of a float; OverflowError and ValueError for infinities and NaN.
pub fn from_f64(vm: &mut Vm, value: f64) -> Res {
    if value.abs() < 9e18 {
        return new(vm, value as i64);
    }
    if value.is_nan() {
        return Err(vm.value_error(format_args!("can't convert NaN to int")));
    }
    let mut limbs = [0; F64_LIMBS];
    match mpn::from_f64(&mut limbs, value) {
        Some(size) => big::from_limbs(vm, Signed { negative: size.negative, limbs: &limbs[..size.len] }),
        None => Err(vm.overflow_error(format_args!("can't convert inf to int"))),
    }
}

/// Whether `obj` is an int or bool (not an instance of a class derived from int).
#[inline(always)]
pub fn is_int(obj: Obj) -> bool {
    obj.is_small() || obj == Obj::TRUE || obj == Obj::FALSE || Gc::<BigInt>::exact(obj).is_some()
}

/// The value of an int or bool that fits; `None` for anything else.
pub fn to_i64(_: &Vm, obj: Obj) -> Option<i64> {
    match plain_small(obj) {
        Some(value) => Some(value as i64),
        None => mpn::to_i64(BigInt::signed(Gc::<BigInt>::exact(obj)?)),
    }
}

/// The value of an int or bool that fits and is not negative; `None` for anything else.
pub fn to_u64(_: &Vm, obj: Obj) -> Option<u64> {
    if let Some(value) = plain_small(obj) {
        return u64::try_from(value).ok();
    }
    let value = BigInt::signed(Gc::<BigInt>::exact(obj)?);
    (!value.negative && mpn::bit_len(value.limbs) <= 64).then(|| low_u64(value))
}

/// The value of an int or bool as a size; `None` if it does not fit.
pub fn to_usize(vm: &Vm, obj: Obj) -> Option<usize> {
    usize::try_from(to_u64(vm, obj)?).ok()
}

/// The low bits of an int (or bool) object of any size; `None` if `obj` is no int.
pub fn low_bits(obj: Obj) -> Option<usize> {
    match plain_small(obj) {
        Some(value) => Some(value as usize),
        None => low_bits_64(obj).map(|bits| bits as usize),
    }
}

fn low_bits_64(obj: Obj) -> Option<u64> {
    let value = BigInt::signed(Gc::<BigInt>::exact(obj)?);
    let low = low_u64(value);
    Some(if value.negative { low.wrapping_neg() } else { low })
}

fn low_u64(value: Signed<'_>) -> u64 {
    let limb = |at: usize| value.limbs.get(at).map_or(0, |limb| limb_to_u64(*limb));
    if BITS == 64 { limb(0) } else { limb(0) | limb(1) << 32 }
}

/// The nearest double of an int or bool; infinity if there is none.
pub fn to_f64(obj: Obj) -> Option<f64> {
    match Num::from_obj(obj)? {
        Num::Small(..) => plain_small(obj).map(|value| value as f64),
        Num::Big(big) => Some(mpn::to_f64(BigInt::signed(big))),
    }
}

/// The nearest double of an int or bool, `None` for other objects; OverflowError if it is too large.
pub fn to_float(vm: &mut Vm, obj: Obj) -> Res<Option<f64>> {
    match to_f64(obj) {
        Some(value) if value.is_infinite() => Err(vm.overflow_error(format_args!("int too large to convert to float"))),
        found => Ok(found),
    }
}

/// `obj` as a machine integer for counts and positions: ints, bools, and classes with `__index__`.
#[inline]
pub fn index(vm: &mut Vm, obj: Obj) -> Res<isize> {
    match obj.as_small() {
        Some(value) => Ok(value),
        None => index_slow(vm, obj),
    }
}

#[cold]
#[inline(never)]
fn index_slow(vm: &mut Vm, obj: Obj) -> Res<isize> {
    let number = to_int(vm, obj)?;
    match to_i64(vm, number).and_then(|value| isize::try_from(value).ok()) {
        Some(value) => Ok(value),
        None => Err(vm.overflow_error(format_args!("overflow converting long int to machine word"))),
    }
}

/// As `index`, with the nearest machine integer for one that does not fit.
pub fn nearest(vm: &mut Vm, obj: Obj) -> Res<isize> {
    let number = to_int(vm, obj)?;
    match (number.as_small(), super::order(number, Obj::small_wrapping(0))) {
        (Some(value), _) => Ok(value),
        (None, Some(core::cmp::Ordering::Less)) => Ok(isize::MIN),
        (None, Some(_) | None) => Ok(isize::MAX),
    }
}

/// `obj` as an int object, for what takes ints of any size: ints themselves, bools, and classes with `__index__`.
pub fn to_int(vm: &mut Vm, obj: Obj) -> Res {
    match find_int(vm, obj)? {
        Some(number) => Ok(number),
        None => {
            let name = vm.type_name(obj);
            Err(vm.type_error(format_args!("can't convert {name} to int")))
        }
    }
}

/// As `to_int`; `None` for what is no integer.
pub fn find_int(vm: &mut Vm, obj: Obj) -> Res<Option<Obj>> {
    if let Some(value) = plain_small(obj) {
        return Ok(Some(Obj::small_wrapping(value)));
    }
    if is_int(obj) {
        return Ok(Some(obj));
    }
    if let Some(value) = instance::native(obj)
        && is_int(value)
    {
        return Ok(Some(value));
    }
    if obj.type_of().flags.has(Flags::INSTANCE) {
        let answer = instance::index(vm, obj)?;
        if !answer.is_null() {
            return Ok(Some(answer));
        }
    }
    Ok(None)
}
