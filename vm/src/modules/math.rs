//! math: functions of floats, and a few of ints.

use core::f64::consts;

use crate::Vm;
use crate::num::real;
use crate::q;
use crate::qstr::Qstr;
use crate::types::class::{self, Found};
use crate::types::{float, instance, int, tuple};

mod ints;
mod precise;
use crate::value::{Args, Entry, Obj, Raise, Res, Rom, fun1, fun2, kw, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("math")))),
    number(0),
    number(1),
    number(2),
    number(3),
    number(4),
    row(q!("sqrt"), fun1(sqrt)),
    row(q!("cbrt"), fun1(cbrt)),
    row(q!("pow"), fun2(pow)),
    row(q!("exp"), fun1(exp)),
    row(q!("exp2"), fun1(exp2)),
    row(q!("expm1"), fun1(expm1)),
    row(q!("log"), var(1, 2, log)),
    row(q!("log1p"), fun1(log1p)),
    row(q!("log2"), fun1(log2)),
    row(q!("log10"), fun1(log10)),
    row(q!("cosh"), fun1(cosh)),
    row(q!("sinh"), fun1(sinh)),
    row(q!("tanh"), fun1(tanh)),
    row(q!("acosh"), fun1(acosh)),
    row(q!("asinh"), fun1(asinh)),
    row(q!("atanh"), fun1(atanh)),
    row(q!("cos"), fun1(cos)),
    row(q!("sin"), fun1(sin)),
    row(q!("tan"), fun1(tan)),
    row(q!("acos"), fun1(acos)),
    row(q!("asin"), fun1(asin)),
    row(q!("atan"), fun1(atan)),
    row(q!("atan2"), fun2(atan2)),
    row(q!("hypot"), var(0, usize::MAX, hypot)),
    row(q!("ceil"), fun1(ceil)),
    row(q!("copysign"), fun2(copysign)),
    row(q!("fabs"), fun1(fabs)),
    row(q!("floor"), fun1(floor)),
    row(q!("fmod"), fun2(fmod)),
    row(q!("frexp"), fun1(frexp)),
    row(q!("ldexp"), fun2(ldexp)),
    row(q!("modf"), fun1(modf)),
    row(q!("ulp"), fun1(precise::ulp)),
    row(q!("nextafter"), fun2(precise::nextafter)),
    row(q!("remainder"), fun2(precise::remainder)),
    row(q!("fsum"), fun1(precise::fsum)),
    row(q!("dist"), fun2(precise::dist)),
    row(q!("isclose"), kw(2, isclose)),
    row(q!("isfinite"), fun1(isfinite)),
    row(q!("isinf"), fun1(isinf)),
    row(q!("isnan"), fun1(isnan)),
    row(q!("trunc"), fun1(trunc)),
    row(q!("radians"), fun1(radians)),
    row(q!("degrees"), fun1(degrees)),
    row(q!("erf"), fun1(erf)),
    row(q!("erfc"), fun1(erfc)),
    row(q!("gamma"), fun1(gamma)),
    row(q!("lgamma"), fun1(lgamma)),
    row(q!("factorial"), fun1(ints::factorial)),
    row(q!("gcd"), var(0, usize::MAX, ints::gcd)),
    row(q!("lcm"), var(0, usize::MAX, ints::lcm)),
    row(q!("isqrt"), fun1(ints::isqrt)),
    row(q!("comb"), fun2(ints::comb)),
    row(q!("perm"), var(1, 2, ints::perm)),
    row(q!("prod"), kw(1, ints::prod)),
];

/// Names of numbers, which `const(...)` may use too.
pub static NUMBERS: [(Qstr, f64); 5] = [
    (q!("e"), consts::E),
    (q!("pi"), consts::PI),
    (q!("tau"), consts::TAU),
    (q!("inf"), f64::INFINITY),
    (q!("nan"), f64::NAN),
];

/// The row of entry `at` of `NUMBERS`.
const fn number(at: usize) -> Entry {
    let (name, value) = &NUMBERS[at];
    row(*name, Rom::Float(value))
}

#[cold]
fn domain_error(vm: &mut Vm) -> Raise {
    vm.value_error(format_args!("math domain error"))
}

/// `f(x)`; ValueError where it has no value.
fn one(vm: &mut Vm, x: Obj, f: fn(f64) -> f64) -> Res {
    let x = float::expect(vm, x)?;
    let y = f(x);
    if (y.is_nan() && !x.is_nan()) || (y.is_infinite() && !x.is_infinite()) {
        return Err(domain_error(vm));
    }
    float::new(vm, y)
}

/// `f(x, y)`; ValueError where it has no value.
fn two(vm: &mut Vm, x: Obj, y: Obj, f: fn(f64, f64) -> f64) -> Res {
    let (x, y) = (float::expect(vm, x)?, float::expect(vm, y)?);
    let z = f(x, y);
    let known = !x.is_nan() && !y.is_nan();
    if (z.is_nan() && known) || (z.is_infinite() && known && x.is_finite() && y.is_finite()) {
        return Err(domain_error(vm));
    }
    float::new(vm, z)
}

/// `f(x)` that may be too large: OverflowError.
fn growing(vm: &mut Vm, x: Obj, f: fn(f64) -> f64) -> Res {
    let x = float::expect(vm, x)?;
    let y = f(x);
    if y.is_infinite() && x.is_finite() {
        return Err(vm.overflow_error(format_args!("math range error")));
    }
    float::new(vm, y)
}

/// Functions of one float, under the names that libm gives them.
macro_rules! plain {
    ($($name:ident)*) => {
        $(fn $name(vm: &mut Vm, x: Obj) -> Res {
            one(vm, x, real::$name)
        })*
    };
}

macro_rules! growing {
    ($($name:ident)*) => {
        $(fn $name(vm: &mut Vm, x: Obj) -> Res {
            growing(vm, x, real::$name)
        })*
    };
}

growing! {
    exp expm1 cosh sinh
}

plain! {
    sqrt cbrt log1p tanh asinh atanh cos sin tan acos asin atan fabs erf erfc
}

/// libm's own gives numbers where there are none, far below zero.
fn acosh(vm: &mut Vm, x: Obj) -> Res {
    one(vm, x, |x| if x < 1.0 { f64::NAN } else { real::acosh(x) })
}

/// By way of `pow`, which is here anyway: the table of libm's own `exp2` takes 4 KiB of a board's flash.
fn exp2(vm: &mut Vm, x: Obj) -> Res {
    growing(vm, x, |x| real::pow(2.0, x))
}

fn pow(vm: &mut Vm, x: Obj, y: Obj) -> Res {
    let (x, y) = (float::expect(vm, x)?, float::expect(vm, y)?);
    let z = real::pow(x, y);
    if x.is_finite() && y.is_finite() {
        if z.is_nan() || (z.is_infinite() && x == 0.0) {
            return Err(domain_error(vm));
        }
        if z.is_infinite() {
            return Err(vm.overflow_error(format_args!("math range error")));
        }
    }
    float::new(vm, z)
}

fn atan2(vm: &mut Vm, y: Obj, x: Obj) -> Res {
    two(vm, y, x, real::atan2)
}

fn copysign(vm: &mut Vm, x: Obj, y: Obj) -> Res {
    two(vm, x, y, libm::copysign)
}

fn fmod(vm: &mut Vm, x: Obj, y: Obj) -> Res {
    two(vm, x, y, |x, y| x % y)
}

/// Where the gamma function has no value.
fn is_pole(x: f64) -> bool {
    x <= 0.0 && libm::floor(x) == x && x.is_finite()
}

fn gamma(vm: &mut Vm, x: Obj) -> Res {
    let value = float::expect(vm, x)?;
    if is_pole(value) || value == f64::NEG_INFINITY {
        return Err(domain_error(vm));
    }
    growing(vm, x, libm::tgamma)
}

fn lgamma(vm: &mut Vm, x: Obj) -> Res {
    let value = float::expect(vm, x)?;
    if is_pole(value) {
        return Err(domain_error(vm));
    }
    if value.is_infinite() {
        return float::new(vm, f64::INFINITY);
    }
    growing(vm, x, libm::lgamma)
}

/// The logarithm of any number above zero, also of an int that is too large for a float.
fn log_of(vm: &mut Vm, x: Obj, f: fn(f64) -> f64) -> Res<f64> {
    if let Some(value) = int::to_f64(x)
        && value.is_infinite()
        && value > 0.0
    {
        let bits = vm.call_method(x, q!("bit_length"), &[])?;
        let shift = int::index(vm, bits)? - 1000;
        let head = int::shift_right(vm, x, Obj::small_wrapping(shift))?;
        return Ok(f(float::expect(vm, head)?) + shift as f64 * f(2.0));
    }
    if int::to_f64(x) == Some(f64::NEG_INFINITY) {
        return Err(domain_error(vm));
    }
    let x = float::expect(vm, x)?;
    if x <= 0.0 { Err(domain_error(vm)) } else { Ok(f(x)) }
}

fn log(vm: &mut Vm, args: &[Obj]) -> Res {
    let mut logs = [0.0, 1.0];
    for (log, x) in logs.iter_mut().zip(args) {
        *log = log_of(vm, *x, real::log)?;
    }
    let [log, base] = logs;
    if base == 0.0 {
        return Err(vm.zero_division());
    }
    float::new(vm, if args.len() == 2 { log / base } else { log })
}

fn log2(vm: &mut Vm, x: Obj) -> Res {
    let value = log_of(vm, x, real::log2)?;
    float::new(vm, value)
}

fn log10(vm: &mut Vm, x: Obj) -> Res {
    let value = log_of(vm, x, real::log10)?;
    float::new(vm, value)
}

fn hypot(vm: &mut Vm, args: &[Obj]) -> Res {
    let mut sum = 0.0;
    for x in args {
        sum = real::hypot(sum, float::expect(vm, *x)?);
    }
    float::new(vm, sum)
}

/// Rounds to an int: ints are themselves, and classes may have a method for it.
fn whole(vm: &mut Vm, x: Obj, name: Qstr, round: fn(f64) -> f64) -> Res {
    if int::is_int(x) {
        return int::to_int(vm, x);
    }
    let ty = x.type_of();
    if let Some(found @ Found::Value(_)) = class::lookup(vm, ty, name) {
        let method = vm.bind(found, x, ty)?;
        return vm.call_bound(method, &[]);
    }
    if let Some(whole) = instance::native(x).filter(|value| int::is_int(*value)) {
        return int::to_int(vm, whole);
    }
    let x = float::expect(vm, x)?;
    int::from_f64(vm, round(x))
}

fn ceil(vm: &mut Vm, x: Obj) -> Res {
    whole(vm, x, q!("__ceil__"), libm::ceil)
}

fn floor(vm: &mut Vm, x: Obj) -> Res {
    whole(vm, x, q!("__floor__"), libm::floor)
}

fn trunc(vm: &mut Vm, x: Obj) -> Res {
    let number = instance::native(x).unwrap_or(x);
    let own = class::lookup(vm, x.type_of(), q!("__trunc__"));
    if !int::is_int(number) && float::value(number).is_none() && !matches!(own, Some(Found::Value(_))) {
        let name = vm.type_name(x);
        return Err(vm.type_error(format_args!("type {name} doesn't define __trunc__ method")));
    }
    whole(vm, x, q!("__trunc__"), libm::trunc)
}

fn frexp(vm: &mut Vm, x: Obj) -> Res {
    let x = float::expect(vm, x)?;
    let (fraction, exponent) = if x.is_finite() { libm::frexp(x) } else { (x, 0) };
    let fraction = float::new(vm, fraction)?;
    tuple::new(vm, &[fraction, Obj::small_wrapping(exponent as isize)])
}

fn ldexp(vm: &mut Vm, x: Obj, exponent: Obj) -> Res {
    let x = float::expect(vm, x)?;
    if !int::is_int(instance::native(exponent).unwrap_or(exponent)) {
        return Err(vm.type_error(format_args!("expected an int as second argument to ldexp")));
    }
    let exponent = int::nearest(vm, exponent)?;
    let value = libm::ldexp(x, exponent.clamp(-5000, 5000) as i32);
    if value.is_infinite() && x.is_finite() {
        return Err(vm.overflow_error(format_args!("math range error")));
    }
    float::new(vm, value)
}

fn modf(vm: &mut Vm, x: Obj) -> Res {
    let x = float::expect(vm, x)?;
    let whole = libm::trunc(x);
    let fraction = if x.is_infinite() { 0.0 } else { x - whole };
    let (fraction, whole) = (float::new(vm, libm::copysign(fraction, x))?, float::new(vm, whole)?);
    tuple::new(vm, &[fraction, whole])
}

fn isclose(vm: &mut Vm, args: Args<'_>) -> Res {
    let [a, b, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let mut options = [Obj::NONE, Obj::small_wrapping(0)];
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("rel_tol"), q!("abs_tol")], 0, &mut options)?;
    let (a, b) = (float::expect(vm, *a)?, float::expect(vm, *b)?);
    let relative = if args.keyword(q!("rel_tol")).is_some() { float::expect(vm, options[0])? } else { 1e-9 };
    let absolute = float::expect(vm, options[1])?;
    if relative < 0.0 || absolute < 0.0 {
        return Err(domain_error(vm));
    }
    let apart = (a - b).abs();
    let near = apart <= absolute || apart <= (relative * a).abs() || apart <= (relative * b).abs();
    Ok(Obj::bool(a == b || (apart.is_finite() && near)))
}

fn isfinite(vm: &mut Vm, x: Obj) -> Res {
    Ok(Obj::bool(float::expect(vm, x)?.is_finite()))
}

fn isinf(vm: &mut Vm, x: Obj) -> Res {
    Ok(Obj::bool(float::expect(vm, x)?.is_infinite()))
}

fn isnan(vm: &mut Vm, x: Obj) -> Res {
    Ok(Obj::bool(float::expect(vm, x)?.is_nan()))
}

fn radians(vm: &mut Vm, x: Obj) -> Res {
    let x = float::expect(vm, x)?;
    float::new(vm, x * (consts::PI / 180.0))
}

fn degrees(vm: &mut Vm, x: Obj) -> Res {
    let x = float::expect(vm, x)?;
    float::new(vm, x * (180.0 / consts::PI))
}
