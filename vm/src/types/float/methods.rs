//! Methods of floats.

use super::{new, value};
use crate::Vm;
use crate::num::float::split;
use crate::q;
use crate::types::{instance, int, str, tuple};
use crate::value::{Builtin, Entry, Obj, Res, Rom, Sig, fun1, row};

/// The methods.
pub(super) static TABLE: &[Entry] = &[
    row(q!("is_integer"), fun1(is_integer)),
    row(q!("as_integer_ratio"), fun1(as_integer_ratio)),
    row(q!("hex"), fun1(hex)),
    row(q!("fromhex"), Rom::Class(Builtin::new(Sig::Fun2(from_hex)))),
    row(q!("conjugate"), fun1(itself)),
    row(q!("real"), Rom::Get(itself)),
    row(q!("imag"), Rom::Get(imag)),
];

fn number(obj: Obj) -> f64 {
    value(instance::native(obj).unwrap_or(obj)).unwrap_or(0.0)
}

fn itself(vm: &mut Vm, this: Obj) -> Res {
    new(vm, number(this))
}

fn imag(_: &mut Vm, _: Obj) -> Res {
    Ok(Obj::ZERO)
}

fn is_integer(_: &mut Vm, this: Obj) -> Res {
    let x = number(this);
    Ok(Obj::bool(x.is_finite() && libm::trunc(x) == x))
}

fn as_integer_ratio(vm: &mut Vm, this: Obj) -> Res {
    let x = number(this);
    if x.is_nan() {
        return Err(vm.value_error(format_args!("cannot convert NaN to integer ratio")));
    }
    if !x.is_finite() {
        return Err(vm.overflow_error(format_args!("cannot convert Infinity to integer ratio")));
    }
    let (mantissa, exponent) = split(x);
    if mantissa == 0 {
        return tuple::new(vm, &[Obj::small_wrapping(0), Obj::small_wrapping(1)]);
    }
    let spare = mantissa.trailing_zeros().min(exponent.min(0).unsigned_abs());
    let (mantissa, exponent) = (mantissa >> spare, exponent + spare as i32);
    let mantissa = if x < 0.0 { -(mantissa as i64) } else { mantissa as i64 };
    let mantissa = int::new(vm, mantissa)?;
    let shift = Obj::small_wrapping(exponent.unsigned_abs() as isize);
    let one = Obj::small_wrapping(1);
    let (above, below) = if exponent >= 0 {
        (int::shift_left(vm, mantissa, shift)?, one)
    } else {
        (mantissa, int::shift_left(vm, one, shift)?)
    };
    tuple::new(vm, &[above, below])
}

fn hex(vm: &mut Vm, this: Obj) -> Res {
    let x = number(this);
    if !x.is_finite() {
        return str::from_format(vm, format_args!("{}", crate::num::float::Repr::new(x).as_str()));
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return str::from_format(vm, format_args!("{sign}0x0.0p+0"));
    }
    let bits = x.to_bits();
    let biased = (bits >> 52 & 0x7ff) as i32;
    let (lead, exponent) = if biased == 0 { (0, -1022) } else { (1, biased - 1023) };
    let fraction = bits & ((1 << 52) - 1);
    str::from_format(vm, format_args!("{sign}0x{lead}.{fraction:013x}p{exponent:+}"))
}

fn from_hex(vm: &mut Vm, _: Obj, text: Obj) -> Res {
    let Some(bytes) = str::bytes_of(vm, text) else {
        let name = vm.type_name(text);
        return Err(vm.type_error(format_args!("can't convert {name} to float")));
    };
    match parse_hex(crate::num::int::trim_blanks(bytes)) {
        Some(value) if value.is_infinite() && !bytes.iter().any(|c| c.eq_ignore_ascii_case(&b'i')) => {
            Err(vm.overflow_error(format_args!("hexadecimal value too large to represent as a float")))
        }
        Some(value) => new(vm, value),
        None => Err(vm.value_error(format_args!("invalid hexadecimal floating-point string"))),
    }
}

/// `[sign] [0x] digits [. digits] [p exponent]`, or what `float` knows as infinity and NaN.
fn parse_hex(text: &[u8]) -> Option<f64> {
    let (negative, rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if rest.first().is_some_and(|c| c.eq_ignore_ascii_case(&b'i') || c.eq_ignore_ascii_case(&b'n')) {
        return crate::num::float::parse(text);
    }
    let rest = match rest {
        [b'0', b'x' | b'X', rest @ ..] => rest,
        _ => rest,
    };
    let mut mantissa = 0u64;
    let mut exponent = 0i64;
    let (mut seen, mut point, mut at) = (false, false, 0);
    while let Some(&c) = rest.get(at) {
        if c == b'.' && !point {
            point = true;
        } else if let Some(digit) = char::from(c).to_digit(16) {
            seen = true;
            if mantissa >> 59 == 0 {
                mantissa = mantissa << 4 | u64::from(digit);
                exponent -= if point { 4 } else { 0 };
            } else {
                // What no longer fits only matters by being there: it keeps the last rounding honest.
                mantissa |= u64::from(digit != 0);
                exponent += if point { 0 } else { 4 };
            }
        } else {
            break;
        }
        at += 1;
    }
    if !seen {
        return None;
    }
    if let Some((mark, digits)) = rest.get(at..)?.split_first() {
        if !mark.eq_ignore_ascii_case(&b'p') {
            return None;
        }
        exponent = exponent.saturating_add(crate::num::float::read_exponent(digits)?);
    }
    let scale = exponent.clamp(-5000, 5000) as i32;
    let value = scaled(mantissa, scale);
    Some(if negative { -value } else { value })
}

/// `mantissa * 2**scale`, rounded once.
fn scaled(mantissa: u64, scale: i32) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let top = 64 - mantissa.leading_zeros() as i32 + scale;
    // Bits that a double of this size keeps; fewer below the normal range.
    let kept = (top + 1074).min(53);
    let dropped = 64 - mantissa.leading_zeros() as i32 - kept;
    if dropped <= 0 {
        return libm::ldexp(mantissa as f64, scale);
    }
    if dropped > 64 {
        return 0.0;
    }
    let wide = u128::from(mantissa);
    let half = 1u128 << (dropped - 1);
    let rest = wide & ((half << 1) - 1);
    let mut rounded = wide >> dropped;
    if rest > half || (rest == half && rounded & 1 == 1) {
        rounded += 1;
    }
    libm::ldexp(rounded as f64, scale + dropped)
}
