//! Operators on two doubles.

use crate::Vm;
use crate::num::real;
use crate::types::{complex, int};
use crate::value::{BinaryOp, Obj, Res};

pub(super) use crate::types::int::compare_answer as answer;

/// `x op y`; `Obj::NULL` if floats have no such operator.
#[inline]
pub fn operate(vm: &mut Vm, op: BinaryOp, x: f64, y: f64) -> Res {
    let value = match op.plain() {
        BinaryOp::Add => x + y,
        BinaryOp::Subtract => x - y,
        BinaryOp::Multiply => x * y,
        BinaryOp::TrueDivide if y != 0.0 => x / y,
        BinaryOp::FloorDivide if y != 0.0 => divmod(x, y).0,
        BinaryOp::Modulo if y != 0.0 => modulo(x, y),
        BinaryOp::TrueDivide | BinaryOp::FloorDivide | BinaryOp::Modulo => return Err(vm.zero_division()),
        BinaryOp::Power => return power(vm, x, y),
        _ => return Ok(answer(op, x.partial_cmp(&y))),
    };
    super::new(vm, value)
}

/// An int beside a float as a double, for operators that floats have; `None` for others. OverflowError if it is too large.
pub fn int_operand(vm: &mut Vm, op: BinaryOp, obj: Obj) -> Res<Option<f64>> {
    match op.plain() {
        BinaryOp::Add
        | BinaryOp::Subtract
        | BinaryOp::Multiply
        | BinaryOp::TrueDivide
        | BinaryOp::FloorDivide
        | BinaryOp::Modulo
        | BinaryOp::Power => int::to_float(vm, obj),
        _ => Ok(None),
    }
}

/// `(x // y, x % y)` for `y` that is not zero.
pub fn divmod(x: f64, y: f64) -> (f64, f64) {
    let rem = x % y;
    // Exact but for the last rounding, because rem was taken off.
    let mut quot = (x - rem) / y;
    if rem != 0.0 && (rem < 0.0) != (y < 0.0) {
        quot -= 1.0;
    }
    let whole = if quot == 0.0 {
        libm::copysign(0.0, x / y)
    } else {
        let floor = libm::floor(quot);
        if quot - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (whole, modulo(x, y))
}

fn modulo(x: f64, y: f64) -> f64 {
    let rem = x % y;
    if rem == 0.0 {
        return libm::copysign(0.0, y);
    }
    if (rem < 0.0) != (y < 0.0) { rem + y } else { rem }
}

fn power(vm: &mut Vm, x: f64, y: f64) -> Res {
    match real_power(x, y) {
        Some(power) => super::new(vm, power),
        None if x == 0.0 => Err(vm.zero_division()),
        None if x < 0.0 && y != libm::floor(y) => complex::power(vm, (x, 0.0), (y, 0.0)),
        None => Err(vm.overflow_error(format_args!("result of ** is too large for a float"))),
    }
}

/// `x ** y` where that is a float; it is an error for zero and where it is too large, and complex for others.
pub fn real_power(x: f64, y: f64) -> Option<f64> {
    let power = real::pow(x, y);
    // Of these is all that is an error or complex; pow gives an infinity or a NaN for it.
    if power.is_finite() || !x.is_finite() || !y.is_finite() { Some(power) } else { None }
}
