//! cmath: functions of complex numbers.

use core::f64::consts;

use crate::Vm;
use crate::num::real;
use crate::q;
use crate::types::{complex, float, tuple};
use crate::value::{Entry, Obj, Raise, Res, Rom, fun1, fun2, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("cmath")))),
    row(q!("e"), Rom::Float(&consts::E)),
    row(q!("pi"), Rom::Float(&consts::PI)),
    row(q!("tau"), Rom::Float(&consts::TAU)),
    row(q!("inf"), Rom::Float(&f64::INFINITY)),
    row(q!("nan"), Rom::Float(&f64::NAN)),
    row(q!("isfinite"), fun1(isfinite)),
    row(q!("isinf"), fun1(isinf)),
    row(q!("isnan"), fun1(isnan)),
    row(q!("phase"), fun1(phase)),
    row(q!("polar"), fun1(polar)),
    row(q!("rect"), fun2(rect)),
    row(q!("exp"), fun1(exp)),
    row(q!("log"), var(1, 2, log)),
    row(q!("log10"), fun1(log10)),
    row(q!("sqrt"), fun1(sqrt)),
    row(q!("cos"), fun1(cos)),
    row(q!("sin"), fun1(sin)),
];

fn isfinite(vm: &mut Vm, z: Obj) -> Res {
    let (real, imag) = complex::expect(vm, z)?;
    Ok(Obj::bool(real.is_finite() && imag.is_finite()))
}

fn isinf(vm: &mut Vm, z: Obj) -> Res {
    let (real, imag) = complex::expect(vm, z)?;
    Ok(Obj::bool(real.is_infinite() || imag.is_infinite()))
}

fn isnan(vm: &mut Vm, z: Obj) -> Res {
    let (real, imag) = complex::expect(vm, z)?;
    Ok(Obj::bool(real.is_nan() || imag.is_nan()))
}

fn phase(vm: &mut Vm, z: Obj) -> Res {
    let (real, imag) = complex::expect(vm, z)?;
    float::new(vm, real::atan2(imag, real))
}

fn polar(vm: &mut Vm, z: Obj) -> Res {
    let z @ (real, imag) = complex::expect(vm, z)?;
    let size = real::hypot(real, imag);
    if size.is_infinite() && is_finite(z) {
        return Err(out_of_range(vm));
    }
    let radius = float::new(vm, size)?;
    let angle = float::new(vm, real::atan2(imag, real))?;
    tuple::new(vm, &[radius, angle])
}

fn rect(vm: &mut Vm, radius: Obj, angle: Obj) -> Res {
    let (radius, angle) = (float::expect(vm, radius)?, float::expect(vm, angle)?);
    if angle.is_infinite() && radius != 0.0 && !radius.is_nan() {
        return Err(out_of_domain(vm));
    }
    let value = match (radius, angle) {
        (0.0, _) if !angle.is_finite() => (0.0, 0.0),
        (_, _) if radius.is_infinite() && angle.is_nan() => (f64::INFINITY, f64::NAN),
        (_, 0.0) if radius.is_nan() => (f64::NAN, 0.0),
        (_, _) => (times(radius, real::cos(angle)), times(radius, real::sin(angle))),
    };
    complex::new(vm, value)
}

/// A product in which an infinity leaves zero a zero.
fn times(a: f64, b: f64) -> f64 {
    if (a == 0.0 && b.is_infinite()) || (a.is_infinite() && b == 0.0) {
        libm::copysign(0.0, a) * libm::copysign(1.0, b)
    } else {
        a * b
    }
}

fn exp(vm: &mut Vm, z: Obj) -> Res {
    let z @ (real, imag) = complex::expect(vm, z)?;
    if imag.is_infinite() && !real.is_nan() && real != f64::NEG_INFINITY {
        return Err(out_of_domain(vm));
    }
    let value = match (real, imag) {
        (f64::NEG_INFINITY, _) if !imag.is_finite() => (0.0, 0.0),
        (f64::INFINITY, _) if imag.is_nan() => (real, imag),
        (_, 0.0) => (real::exp(real), imag),
        (_, _) => {
            let (real, scale) = if real > 0.0 { within_range(real) } else { (real, 1.0) };
            let size = real::exp(real);
            (times(size, real::cos(imag)) * scale, times(size, real::sin(imag)) * scale)
        }
    };
    checked(vm, z, value)
}

/// An exponent, and a factor that stands for a part of it: a cosine or sine may make small again what is too large by
/// itself.
fn within_range(x: f64) -> (f64, f64) {
    if x.is_finite() && x.abs() > 708.0 { (x - libm::copysign(1.0, x), consts::E) } else { (x, 1.0) }
}

/// A function's value for `z`: OverflowError if it is infinite, and `z` is not.
fn checked(vm: &mut Vm, z: complex::Pair, value: complex::Pair) -> Res {
    if is_finite(z) && (value.0.is_infinite() || value.1.is_infinite()) {
        return Err(out_of_range(vm));
    }
    complex::new(vm, value)
}

fn is_finite((real, imag): complex::Pair) -> bool {
    real.is_finite() && imag.is_finite()
}

#[cold]
fn out_of_range(vm: &mut Vm) -> Raise {
    vm.overflow_error(format_args!("math range error"))
}

#[cold]
fn out_of_domain(vm: &mut Vm) -> Raise {
    vm.value_error(format_args!("math domain error"))
}

fn logarithm(vm: &mut Vm, (real, imag): complex::Pair) -> Res<complex::Pair> {
    let (more, less) = (real.abs().max(imag.abs()), real.abs().min(imag.abs()));
    if real == 0.0 && imag == 0.0 {
        return Err(out_of_domain(vm));
    }
    let size = real::hypot(real, imag);
    let log = match size {
        // Near one the logarithm is small, and the size has lost its digits.
        0.71..=1.73 => real::log1p((more - 1.0) * (more + 1.0) + less * less) / 2.0,
        f64::INFINITY if more.is_finite() => real::log(real::hypot(real / 2.0, imag / 2.0)) + consts::LN_2,
        _ if more < f64::MIN_POSITIVE => {
            const SCALE: f64 = (1u64 << 53) as f64;
            real::log(real::hypot(real * SCALE, imag * SCALE)) - 53.0 * consts::LN_2
        }
        _ => real::log(size),
    };
    Ok((log, real::atan2(imag, real)))
}

fn log(vm: &mut Vm, args: &[Obj]) -> Res {
    let z = complex::expect(vm, args[0])?;
    match args.get(1) {
        Some(base) => {
            let base = complex::expect(vm, *base)?;
            let (log, base) = (logarithm(vm, z)?, logarithm(vm, base)?);
            if base == (0.0, 0.0) {
                return Err(out_of_domain(vm));
            }
            complex::operate(vm, crate::value::BinaryOp::TrueDivide, log, base)
        }
        None => {
            let log = logarithm(vm, z)?;
            complex::new(vm, log)
        }
    }
}

fn log10(vm: &mut Vm, z: Obj) -> Res {
    let z = complex::expect(vm, z)?;
    let (real, imag) = logarithm(vm, z)?;
    complex::new(vm, (real / consts::LN_10, imag / consts::LN_10))
}

fn sqrt(vm: &mut Vm, z: Obj) -> Res {
    let z @ (real, imag) = complex::expect(vm, z)?;
    let root = match z {
        _ if imag.is_infinite() => (f64::INFINITY, imag),
        (f64::NEG_INFINITY, _) if imag.is_nan() => (imag, f64::INFINITY),
        (0.0, 0.0) => (0.0, imag),
        // A power of four more or less, so that the size is neither infinite nor without digits.
        _ if is_finite(z) && real.abs().max(imag.abs()) > f64::MAX / 4.0 => scaled_root(z, 0.25, 2.0),
        _ if real.abs().max(imag.abs()) < f64::MIN_POSITIVE => {
            scaled_root(z, (1u64 << 54) as f64, 1.0 / (1u64 << 27) as f64)
        }
        _ => root(z),
    };
    complex::new(vm, root)
}

fn scaled_root((real, imag): complex::Pair, before: f64, after: f64) -> complex::Pair {
    let (real, imag) = root((real * before, imag * before));
    (real * after, imag * after)
}

fn root((real, imag): complex::Pair) -> complex::Pair {
    // The larger part by a sum without cancelling, the other from it.
    let large = libm::sqrt((real::hypot(real, imag) + real.abs()) / 2.0);
    let small = if large.is_infinite() && imag.is_finite() { 0.0 } else { imag.abs() / (2.0 * large) };
    let (real, above) = if real >= 0.0 { (large, small) } else { (small, large) };
    (real, libm::copysign(above, imag))
}

/// By `cosh(iz)`.
fn cos(vm: &mut Vm, z: Obj) -> Res {
    let z @ (real, imag) = complex::expect(vm, z)?;
    let (x, y) = (-imag, real);
    check_angle(vm, x, y)?;
    let value = match (x, y) {
        (_, _) if x.is_infinite() && y.is_nan() => (f64::INFINITY, y),
        (_, 0.0) if x.is_nan() => (x, 0.0),
        (0.0, _) if y.is_nan() => (y, 0.0),
        (_, _) => {
            let (x, scale) = within_range(x);
            (times(real::cosh(x), real::cos(y)) * scale, times(real::sinh(x), real::sin(y)) * scale)
        }
    };
    checked(vm, z, value)
}

/// By `-i sinh(iz)`.
fn sin(vm: &mut Vm, z: Obj) -> Res {
    let z @ (real, imag) = complex::expect(vm, z)?;
    let (x, y) = (-imag, real);
    check_angle(vm, x, y)?;
    let (real, imag) = match (x, y) {
        (_, _) if x.is_infinite() && y.is_nan() => (f64::INFINITY, y),
        (_, 0.0) if x.is_nan() => (x, y),
        (0.0, _) if y.is_nan() => (0.0, y),
        (_, _) => {
            let (x, scale) = within_range(x);
            (times(real::sinh(x), real::cos(y)) * scale, times(real::cosh(x), real::sin(y)) * scale)
        }
    };
    checked(vm, z, (imag, -real))
}

/// ValueError for an angle without end.
fn check_angle(vm: &mut Vm, size: f64, angle: f64) -> Res<()> {
    if angle.is_infinite() && !size.is_nan() { Err(out_of_domain(vm)) } else { Ok(()) }
}
