//! Functions of numbers: abs, divmod, pow, round, and ints as text in other bases.

use core::fmt;

use crate::Vm;
use crate::num::float as text;
use crate::num::int::Layout;
use crate::q;
use crate::types::class::{self, Found};
use crate::types::{complex, float, instance, int, str, tuple};
use crate::value::{Args, BinaryOp, Flags, Obj, Res, UnaryOp};

/// `abs(x)`
pub fn abs(vm: &mut Vm, x: Obj) -> Res {
    vm.unary(UnaryOp::Abs, x)
}

/// `divmod(a, b)`
pub fn divmod(vm: &mut Vm, a: Obj, b: Obj) -> Res {
    if int::is_int(a) && int::is_int(b) {
        let (quot, rem) = int::divmod(vm, a, b)?;
        return tuple::new(vm, &[quot, rem]);
    }
    if float::plain(a).is_some() && float::plain(b).is_some() {
        let (x, y) = (float::expect(vm, a)?, float::expect(vm, b)?);
        if y == 0.0 {
            return Err(vm.zero_division());
        }
        let (quot, rem) = float::divmod(x, y);
        let (quot, rem) = (float::new(vm, quot)?, float::new(vm, rem)?);
        return tuple::new(vm, &[quot, rem]);
    }
    for (owner, other, name) in [(a, b, q!("__divmod__")), (b, a, q!("__rdivmod__"))] {
        let ty = owner.type_of();
        if let Some(found @ Found::Value(_)) = class::lookup(vm, ty, name) {
            let method = vm.bind(found, owner, ty)?;
            let answer = vm.call_bound(method, &[other])?;
            if answer != Obj::NOT_IMPLEMENTED {
                return Ok(answer);
            }
        }
    }
    let quot = vm.binary(BinaryOp::FloorDivide, a, b)?;
    let rem = vm.binary(BinaryOp::Modulo, a, b)?;
    tuple::new(vm, &[quot, rem])
}

/// `pow(base, exp, mod=None)`
pub fn pow(vm: &mut Vm, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL, Obj::NULL, Obj::NONE];
    vm.bind_args(args, &[q!("base"), q!("exp"), q!("mod")], 3, &mut values)?;
    let [base, exponent, modulus] = values;
    if modulus.is_none() {
        return vm.binary(BinaryOp::Power, base, exponent);
    }
    if base.type_of().flags.has(Flags::INSTANCE)
        && let Some(method) = instance::special(vm, base, q!("__pow__"))?
    {
        let answer = vm.call_bound(method, &[exponent, modulus])?;
        if answer != Obj::NOT_IMPLEMENTED {
            return Ok(answer);
        }
    }
    let [base, exponent, modulus] = [base, exponent, modulus].map(|value| instance::native(value).unwrap_or(value));
    refuse_complex(vm, base, exponent, modulus)?;
    int::power_mod(vm, base, exponent, modulus)
}

/// ValueError if the first of the three that is no int is complex.
fn refuse_complex(vm: &mut Vm, base: Obj, exponent: Obj, modulus: Obj) -> Res<()> {
    let first = [base, exponent, modulus].into_iter().find(|value| !int::is_int(*value));
    if first.and_then(complex::value).is_some()
        && complex::number(vm, base)?.is_some()
        && complex::number(vm, exponent)?.is_some()
    {
        return Err(vm.value_error(format_args!("complex modulo")));
    }
    Ok(())
}

/// `round(number, ndigits=None)`
pub fn round(vm: &mut Vm, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL, Obj::NONE];
    vm.bind_args(args, &[q!("number"), q!("ndigits")], 2, &mut values)?;
    let [number, digits] = values;
    let ty = number.type_of();
    if let Some(found @ Found::Value(_)) = class::lookup(vm, ty, q!("__round__")) {
        let method = vm.bind(found, number, ty)?;
        return vm.call_bound(method, if digits.is_none() { &[] } else { &values[1..] });
    }
    if int::is_int(number) {
        let number = int::to_int(vm, number)?;
        return if digits.is_none() { Ok(number) } else { round_int(vm, number, digits) };
    }
    let Some(x) = float::value(instance::native(number).unwrap_or(number)) else {
        let name = vm.type_name(number);
        return Err(vm.type_error(format_args!("type {name} doesn't define __round__ method")));
    };
    if digits.is_none() {
        return int::from_f64(vm, libm::rint(x));
    }
    let digits = int::nearest(vm, digits)?;
    let rounded = round_float(x, digits);
    if rounded.is_infinite() && x.is_finite() {
        return Err(vm.overflow_error(format_args!("rounded value too large to represent")));
    }
    float::new(vm, rounded)
}

/// Rounds to a multiple of a power of ten, halves to even.
fn round_int(vm: &mut Vm, number: Obj, digits: Obj) -> Res {
    let digits = int::nearest(vm, digits)?;
    if digits >= 0 {
        return Ok(number);
    }
    // Half of the unit is more than any number of fewer bits than it has zeros; the unit itself might fill the memory.
    let bits = int::bit_length(vm, number)?;
    if bits.as_small().is_some_and(|bits| digits.saturating_neg() > bits) {
        return Ok(Obj::small_wrapping(0));
    }
    let unit = int::power(vm, Obj::small_wrapping(10), Obj::small_wrapping(digits.saturating_neg()))?;
    let (quot, rem) = int::divmod(vm, number, unit)?;
    let double = int::add(vm, rem, rem)?;
    let up = match int::order(double, unit) {
        Some(core::cmp::Ordering::Greater) => true,
        Some(core::cmp::Ordering::Equal) => int::low_bits(quot).is_some_and(|bits| bits & 1 == 1),
        Some(core::cmp::Ordering::Less) | None => false,
    };
    let quot = if up { int::add(vm, quot, Obj::small_wrapping(1))? } else { quot };
    int::multiply(vm, quot, unit)
}

/// Rounds to so many decimal places, exactly: by way of the digits.
fn round_float(x: f64, digits: isize) -> f64 {
    if !x.is_finite() || x == 0.0 || digits > 323 {
        return x;
    }
    if digits < -308 {
        return 0.0 * x;
    }
    if digits >= 0 && x.abs() >= 4_503_599_627_370_496.0 {
        return x;
    }
    let mut out = Digits { bytes: [0; 352], len: 0 };
    // With an exponent there are as many digits as are kept; none are kept of what is less than a unit.
    let written = if digits >= 0 {
        let layout = text::Layout { kind: text::Kind::Fixed, precision: Some(digits as usize), ..text::Layout::PLAIN };
        text::format(&mut out, x, layout)
    } else {
        text::round_whole(&mut out, x, digits.unsigned_abs())
    };
    if written.is_err() {
        return x;
    }
    text::parse(&out.bytes[..out.len]).unwrap_or(x)
}

/// Sixteen digits before the point and 323 behind it fit.
struct Digits {
    bytes: [u8; 352],
    len: usize,
}

impl fmt::Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len + text.len();
        self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

/// `bin(x)`
pub fn bin(vm: &mut Vm, x: Obj) -> Res {
    in_base(vm, x, 2, "0b")
}

/// `oct(x)`
pub fn oct(vm: &mut Vm, x: Obj) -> Res {
    in_base(vm, x, 8, "0o")
}

/// `hex(x)`
pub fn hex(vm: &mut Vm, x: Obj) -> Res {
    in_base(vm, x, 16, "0x")
}

fn in_base(vm: &mut Vm, x: Obj, base: u32, prefix: &'static str) -> Res {
    let x = int::to_int(vm, x)?;
    let digits = int::format_digits(vm, x, Layout { base, prefix, ..Layout::DECIMAL })?;
    str::new(vm, core::str::from_utf8(digits.slice()).unwrap_or(""))
}
