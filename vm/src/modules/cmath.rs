//! cmath: functions of complex numbers.

use core::f64::consts;

use crate::Vm;
use crate::q;
use crate::types::{complex, float, tuple};
use crate::value::{Entry, Obj, Res, Rom, fun1, fun2, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("cmath")))),
    row(q!("e"), Rom::Float(consts::E)),
    row(q!("pi"), Rom::Float(consts::PI)),
    row(q!("tau"), Rom::Float(consts::TAU)),
    row(q!("inf"), Rom::Float(f64::INFINITY)),
    row(q!("nan"), Rom::Float(f64::NAN)),
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
    float::new(vm, libm::atan2(imag, real))
}

fn polar(vm: &mut Vm, z: Obj) -> Res {
    let (real, imag) = complex::expect(vm, z)?;
    let radius = float::new(vm, libm::hypot(real, imag))?;
    let angle = float::new(vm, libm::atan2(imag, real))?;
    tuple::new(vm, &[radius, angle])
}

fn rect(vm: &mut Vm, radius: Obj, angle: Obj) -> Res {
    let (radius, angle) = (float::expect(vm, radius)?, float::expect(vm, angle)?);
    if angle.is_infinite() && radius != 0.0 && !radius.is_nan() {
        return Err(vm.value_error(format_args!("math domain error")));
    }
    let (real, imag) = (libm::cos(angle), libm::sin(angle));
    let real = if radius.is_infinite() && angle.is_nan() { radius } else { part(radius, real) };
    complex::new(vm, (real, part(radius, imag)))
}

/// A radius times a cosine or sine. Infinity and NaN leave a zero what it is.
fn part(radius: f64, of: f64) -> f64 {
    match (radius.is_finite(), of.is_finite()) {
        (false, true) if of == 0.0 => of,
        (true, false) if radius == 0.0 => radius,
        _ => radius * of,
    }
}

fn exp(vm: &mut Vm, z: Obj) -> Res {
    let z @ (real, imag) = complex::expect(vm, z)?;
    // The cosine or sine may make small again what is too large by itself.
    let (radius, scale) = if real > 709.0 { (libm::exp(real - 1.0), consts::E) } else { (libm::exp(real), 1.0) };
    checked(vm, z, (part(radius, libm::cos(imag)) * scale, part(radius, libm::sin(imag)) * scale))
}

/// A function's value for `z`: OverflowError if it is infinite, and `z` is not.
fn checked(vm: &mut Vm, z: complex::Pair, value: complex::Pair) -> Res {
    let is_finite = |(real, imag): complex::Pair| real.is_finite() && imag.is_finite();
    if is_finite(z) && (value.0.is_infinite() || value.1.is_infinite()) {
        return Err(vm.overflow_error(format_args!("math range error")));
    }
    complex::new(vm, value)
}

fn logarithm(vm: &mut Vm, z: Obj) -> Res<complex::Pair> {
    let (real, imag) = complex::expect(vm, z)?;
    if real == 0.0 && imag == 0.0 {
        return Err(vm.value_error(format_args!("math domain error")));
    }
    Ok((libm::log(libm::hypot(real, imag)), libm::atan2(imag, real)))
}

fn log(vm: &mut Vm, args: &[Obj]) -> Res {
    let log = logarithm(vm, args[0])?;
    match args.get(1) {
        Some(base) => {
            let base = logarithm(vm, *base)?;
            let base = complex::new(vm, base)?;
            complex::operate(vm, crate::value::BinaryOp::TrueDivide, log, base)
        }
        None => complex::new(vm, log),
    }
}

fn log10(vm: &mut Vm, z: Obj) -> Res {
    let (real, imag) = logarithm(vm, z)?;
    complex::new(vm, (real * consts::LOG10_E, imag * consts::LOG10_E))
}

fn sqrt(vm: &mut Vm, z: Obj) -> Res {
    let (real, imag) = complex::expect(vm, z)?;
    let size = libm::hypot(real, imag);
    if size == 0.0 {
        return complex::new(vm, (0.0, imag));
    }
    // The larger part by a sum without cancelling, the other from it.
    let large = libm::sqrt((size + real.abs()) / 2.0);
    let small = imag.abs() / (2.0 * large);
    let (real, above) = if real >= 0.0 { (large, small) } else { (small, large) };
    complex::new(vm, (real, libm::copysign(above, imag)))
}

fn cos(vm: &mut Vm, z: Obj) -> Res {
    let z @ (real, imag) = complex::expect(vm, z)?;
    checked(vm, z, (libm::cos(real) * libm::cosh(imag), -libm::sin(real) * libm::sinh(imag)))
}

fn sin(vm: &mut Vm, z: Obj) -> Res {
    let z @ (real, imag) = complex::expect(vm, z)?;
    checked(vm, z, (libm::sin(real) * libm::cosh(imag), libm::cos(real) * libm::sinh(imag)))
}
