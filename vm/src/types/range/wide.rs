//! Ranges whose numbers do not fit machine ints: the same rules on ints of any size.

use core::cmp::Ordering;

use super::Range;
use crate::Vm;
use crate::types::slice::{self, Slice};
use crate::types::{int, tuple};
use crate::value::{Gc, Obj, Res};

const ZERO: Obj = Obj::small_wrapping(0);
const ONE: Obj = Obj::small_wrapping(1);

/// A range as four int objects.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub start: Obj,
    pub stop: Obj,
    pub step: Obj,
    pub len: Obj,
}

fn is_less(a: Obj, b: Obj) -> bool {
    int::order(a, b) == Some(Ordering::Less)
}

impl Parts {
    /// The parts of any range.
    pub fn of(vm: &mut Vm, range: Gc<Range>) -> Res<Parts> {
        if let Some(&[start, stop, step, len]) = tuple::items(range.wide) {
            return Ok(Parts { start, stop, step, len });
        }
        let start = int::new(vm, range.start as i64)?;
        let stop = int::new(vm, range.stop as i64)?;
        let step = int::new(vm, range.step as i64)?;
        let len = int::from_usize(vm, range.len())?;
        Ok(Parts { start, stop, step, len })
    }

    /// Whether there are no numbers.
    pub fn is_empty(&self) -> bool {
        self.len == ZERO
    }

    /// Number `at` counted from the start, also outside of the range.
    pub fn nth(&self, vm: &mut Vm, at: Obj) -> Res {
        let distance = int::multiply(vm, at, self.step)?;
        int::add(vm, self.start, distance)
    }

    /// The place of an int; `None` if it is not in the range.
    pub fn find(&self, vm: &mut Vm, value: Obj) -> Res<Option<Obj>> {
        let distance = int::subtract(vm, value, self.start)?;
        let (at, rest) = int::divmod(vm, distance, self.step)?;
        Ok(if rest == ZERO && !is_less(at, ZERO) && is_less(at, self.len) { Some(at) } else { None })
    }

    /// `range[index]`; `None` outside.
    pub fn item(&self, vm: &mut Vm, index: Obj) -> Res<Option<Obj>> {
        let at = if is_less(index, ZERO) { int::add(vm, index, self.len)? } else { index };
        if is_less(at, ZERO) || !is_less(at, self.len) {
            return Ok(None);
        }
        self.nth(vm, at).map(Some)
    }

    /// `range[slice]`
    pub fn slice(&self, vm: &mut Vm, slice: Gc<Slice>) -> Res {
        let [start, stop, step] = slice::wide_indices(vm, slice, self.len)?;
        let (start, stop) = (self.nth(vm, start)?, self.nth(vm, stop)?);
        let step = int::multiply(vm, self.step, step)?;
        new(vm, start, stop, step)
    }

    /// The same numbers from the end.
    pub fn reversed(&self, vm: &mut Vm) -> Res {
        let last = int::subtract(vm, self.len, ONE)?;
        let start = self.nth(vm, last)?;
        let stop = int::subtract(vm, self.start, self.step)?;
        let step = int::subtract(vm, ZERO, self.step)?;
        new(vm, start, stop, step)
    }

    /// Whether both give the same numbers.
    pub fn same(&self, other: &Parts) -> bool {
        let equal = |a, b| int::order(a, b) == Some(Ordering::Equal);
        equal(self.len, other.len)
            && (self.is_empty() || equal(self.start, other.start) && (self.len == ONE || equal(self.step, other.step)))
    }
}

/// A range object from int objects; the step is not zero.
pub(super) fn new(vm: &mut Vm, start: Obj, stop: Obj, step: Obj) -> Res {
    let machine = |vm: &Vm, value| int::to_i64(vm, value).and_then(|value| isize::try_from(value).ok());
    if let (Some(start), Some(stop), Some(step)) = (machine(vm, start), machine(vm, stop), machine(vm, step)) {
        return super::new(vm, start, stop, step);
    }
    let up = is_less(ZERO, step);
    let (low, high) = if up { (start, stop) } else { (stop, start) };
    let len = if is_less(low, high) {
        let distance = int::subtract(vm, high, low)?;
        let distance = int::subtract(vm, distance, ONE)?;
        let size = if up { step } else { int::subtract(vm, ZERO, step)? };
        let (steps, _) = int::divmod(vm, distance, size)?;
        int::add(vm, steps, ONE)?
    } else {
        ZERO
    };
    let wide = tuple::new(vm, &[start, stop, step, len])?;
    // The machine ints say no more than that it does not fit.
    Ok(Gc::alloc(vm, Range { start: isize::MIN, stop: isize::MAX, step: 1, wide })?.obj())
}
