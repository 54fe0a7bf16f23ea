//! The neighbours of a float, remainders, and sums without rounding on the way.

use super::domain_error;
use crate::Vm;
use crate::num::real;
use crate::types::float;
use crate::value::{Obj, Res};

/// `ulp(x)`
pub(super) fn ulp(vm: &mut Vm, x: Obj) -> Res {
    let x = float::expect(vm, x)?.abs();
    let above = libm::nextafter(x, f64::INFINITY);
    let unit = if !x.is_finite() {
        x
    } else if above.is_infinite() {
        x - libm::nextafter(x, 0.0)
    } else {
        above - x
    };
    float::new(vm, unit)
}

/// `nextafter(x, y)`
pub(super) fn nextafter(vm: &mut Vm, x: Obj, y: Obj) -> Res {
    let (x, y) = (float::expect(vm, x)?, float::expect(vm, y)?);
    float::new(vm, if x == y { y } else { libm::nextafter(x, y) })
}

/// `remainder(x, y)`
pub(super) fn remainder(vm: &mut Vm, x: Obj, y: Obj) -> Res {
    let (x, y) = (float::expect(vm, x)?, float::expect(vm, y)?);
    if x.is_nan() || y.is_nan() {
        return float::new(vm, f64::NAN);
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain_error(vm));
    }
    float::new(vm, if y.is_infinite() { x } else { libm::remainder(x, y) })
}

/// `dist(p, q)`
pub(super) fn dist(vm: &mut Vm, p: Obj, q: Obj) -> Res {
    let (left, right) = (vm.iter(p)?, vm.iter(q)?);
    let mut sum = 0.0;
    loop {
        let (a, b) = (vm.next(left)?, vm.next(right)?);
        if a.is_null() && b.is_null() {
            return float::new(vm, sum);
        }
        if a.is_null() || b.is_null() {
            return Err(vm.value_error(format_args!("both points must have the same number of dimensions")));
        }
        sum = real::hypot(sum, float::expect(vm, a)? - float::expect(vm, b)?);
    }
}

/// Parts of a sum that do not overlap: 40 would hold any, from the largest float to the smallest.
struct Parts {
    parts: [f64; 48],
    len: usize,
}

impl Parts {
    /// Adds without rounding; false if the sum is too large.
    fn add(&mut self, x: f64) -> bool {
        let mut x = x;
        let mut kept = 0;
        for at in 0..self.len {
            let mut y = self.parts.get(at).copied().unwrap_or(0.0);
            if x.abs() < y.abs() {
                (x, y) = (y, x);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0
                && let Some(place) = self.parts.get_mut(kept)
            {
                *place = low;
                kept += 1;
            }
            x = high;
        }
        if let Some(place) = self.parts.get_mut(kept) {
            *place = x;
            kept += 1;
        }
        self.len = kept;
        x.is_finite()
    }

    /// The sum, rounded once: halves to even, looking at what lies below them.
    fn sum(&self) -> f64 {
        let mut rest = self.parts.iter().take(self.len).rev().copied();
        let Some(mut high) = rest.next() else { return 0.0 };
        while let Some(x) = rest.next() {
            let before = high;
            high = before + x;
            let low = x - (high - before);
            if low == 0.0 {
                continue;
            }
            if let Some(below) = rest.next()
                && below != 0.0
                && (below < 0.0) == (low < 0.0)
            {
                let twice = low * 2.0;
                let moved = high + twice;
                if twice == moved - high {
                    high = moved;
                }
            }
            break;
        }
        high
    }
}

/// `fsum(iterable)`
pub(super) fn fsum(vm: &mut Vm, iterable: Obj) -> Res {
    let iter = vm.iter(iterable)?;
    let mut parts = Parts { parts: [0.0; 48], len: 0 };
    let (mut special, mut infinite) = (0.0, 0.0);
    loop {
        let item = vm.next(iter)?;
        if item.is_null() {
            break;
        }
        let x = float::expect(vm, item)?;
        if !x.is_finite() {
            special += x;
            infinite += if x.is_infinite() { x } else { 0.0 };
        } else if !parts.add(x) {
            return Err(vm.overflow_error(format_args!("intermediate overflow in fsum")));
        }
    }
    if special != 0.0 {
        if infinite.is_nan() {
            return Err(vm.value_error(format_args!("-inf + inf in fsum")));
        }
        return float::new(vm, special);
    }
    float::new(vm, parts.sum())
}
