//! Typed items: numbers as the bytes that arrays, memoryviews and structs hold.

use crate::Vm;
use crate::types::str::arg;
use crate::types::{float, int};
use crate::value::{Obj, Raise, Res};

/// Which end of a number comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// The least significant byte.
    Little,
    /// The most significant byte.
    Big,
}

impl Order {
    /// The machine's own.
    pub const NATIVE: Order = if cfg!(target_endian = "little") { Order::Little } else { Order::Big };
}

/// Bytes of an item of an array, or of a struct in native mode; `None` if there is no such typecode.
#[inline]
pub fn size_of(code: u8) -> Option<usize> {
    const WORD: usize = core::mem::size_of::<usize>();
    Some(match code {
        b'b' | b'B' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'P' => WORD,
        b'q' | b'Q' | b'd' => 8,
        _ => return None,
    })
}

/// ValueError of a typecode that does not exist.
#[cold]
pub fn bad_code(vm: &mut Vm) -> Raise {
    vm.value_error(format_args!("bad typecode"))
}

fn is_signed(code: u8) -> bool {
    code.is_ascii_lowercase()
}

/// The item in `bytes`, which are as many as its size.
#[inline]
pub fn load(vm: &mut Vm, code: u8, bytes: &[u8], order: Order) -> Res {
    let bits = bits_of(bytes, order);
    match code {
        b'f' => float::new(vm, f64::from(f32::from_bits(bits as u32))),
        b'd' => float::new(vm, f64::from_bits(bits)),
        b'e' => float::new(vm, half_to_f64(bits as u16)),
        b'?' => Ok(Obj::bool(bits != 0)),
        _ if is_signed(code) => {
            let unused = 64 - 8 * bytes.len().clamp(1, 8) as u32;
            int::new(vm, (bits << unused) as i64 >> unused)
        }
        _ => int::from_u64(vm, bits),
    }
}

fn bits_of(bytes: &[u8], order: Order) -> u64 {
    let step = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    match order {
        Order::Little => match bytes {
            [a] => u64::from(*a),
            [a, b, c, d] => u64::from(u32::from_le_bytes([*a, *b, *c, *d])),
            [a, b, c, d, e, f, g, h] => u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]),
            _ => bytes.iter().rev().fold(0, step),
        },
        Order::Big => bytes.iter().fold(0, step),
    }
}

/// Puts `obj` into `bytes`, which are as many as the size of the item; OverflowError if it does not fit.
pub fn store(vm: &mut Vm, code: u8, obj: Obj, bytes: &mut [u8], order: Order) -> Res<()> {
    let bits = to_bits(vm, code, obj, bytes.len())?;
    let little = bits.to_le_bytes();
    match order {
        Order::Little => bytes.iter_mut().zip(little).for_each(|(to, from)| *to = from),
        Order::Big => bytes.iter_mut().rev().zip(little).for_each(|(to, from)| *to = from),
    }
    Ok(())
}

fn to_bits(vm: &mut Vm, code: u8, obj: Obj, size: usize) -> Res<u64> {
    match code {
        b'f' => return Ok(u64::from((arg::float(vm, obj)? as f32).to_bits())),
        b'd' => return Ok(arg::float(vm, obj)?.to_bits()),
        b'e' => return Ok(u64::from(f64_to_half(arg::float(vm, obj)?))),
        b'?' => return Ok(u64::from(vm.truth(obj)?)),
        _ => {}
    }
    let width = 8 * size as u32;
    let obj = arg::plain(obj);
    if is_signed(code) {
        let value = match int::to_i64(vm, obj) {
            Some(value) => value,
            None if int::is_int(obj) => return Err(out_of_range(vm)),
            None => arg::int(vm, obj)? as i64,
        };
        let cut = 64 - width.clamp(8, 64);
        return if value << cut >> cut == value { Ok(value as u64) } else { Err(out_of_range(vm)) };
    }
    let value = match int::to_u64(vm, obj) {
        Some(value) => value,
        None if int::is_int(obj) => return Err(out_of_range(vm)),
        None => match u64::try_from(arg::int(vm, obj)?) {
            Ok(value) => value,
            Err(_) => return Err(out_of_range(vm)),
        },
    };
    if width >= 64 || value >> width == 0 { Ok(value) } else { Err(out_of_range(vm)) }
}

#[cold]
fn out_of_range(vm: &mut Vm) -> Raise {
    vm.overflow_error(format_args!("integer out of range"))
}

fn half_to_f64(bits: u16) -> f64 {
    let sign = if bits & 0x8000 != 0 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    match exponent {
        0 => sign * fraction * scale(-24),
        0x1f if fraction == 0.0 => sign * f64::INFINITY,
        0x1f => f64::NAN,
        _ => sign * (1024.0 + fraction) * scale(exponent - 25),
    }
}

/// Two to the power of `exponent`, which is in the range of normal doubles.
fn scale(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// The nearest half, ties to even; infinity if it is too big.
fn f64_to_half(value: f64) -> u16 {
    let sign = if value.is_sign_negative() { 0x8000 } else { 0 };
    let size = f64::from_bits(value.to_bits() & !(1 << 63));
    if size.is_nan() {
        return sign | 0x7e00;
    }
    if size >= 65520.0 {
        return sign | 0x7c00;
    }
    // Adding this leaves the bits of a half at the bottom of the fraction, rounded by the addition itself.
    let exponent = ((size.to_bits() >> 52) as i32 - 1023).max(-14);
    let unit = scale(exponent - 10);
    let rounder = scale(exponent - 10 + 52);
    let rounded = size + rounder - rounder;
    let steps = (rounded / unit) as u16;
    // A rounding up to 2048 steps is carried into the exponent by this sum.
    sign | ((((exponent + 14) as u16) << 10) + steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves() {
        for (value, bits) in [
            (0.0, 0),
            (-0.0, 0x8000),
            (1.5, 0x3e00),
            (65504.0, 0x7bff),
            (65519.9, 0x7bff),
            (65520.0, 0x7c00),
            (5.960464477539063e-8, 1),
            (6.103515625e-5, 0x0400),
            (2047.5, 0x6800),
            (f64::INFINITY, 0x7c00),
        ] {
            assert_eq!(f64_to_half(value), bits, "{value}");
        }
        for bits in (0..0x7c00).chain(0x8000..0xfc00) {
            assert_eq!(f64_to_half(half_to_f64(bits)), bits);
        }
    }
}
