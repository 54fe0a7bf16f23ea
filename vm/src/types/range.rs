//! range: whole numbers at equal distances.

mod wide;

use wide::Parts;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::sequence::{self, this};
use crate::types::slice::Slice;
use crate::types::{float, int, iter, tuple};
use crate::value::{
    Args, BinaryOp, Entry, Flags, Gc, Obj, Object, PrintKind, Res, SMALL_MAX, SMALL_MIN, Sink, Type, TypeRef, UnaryOp,
    fun1, fun2, row,
};

/// Body of a range.
#[repr(C)]
pub struct Range {
    /// First number.
    pub start: isize,
    /// Where it ends, as it was written.
    pub stop: isize,
    /// Distance; not zero.
    pub step: isize,
    /// A tuple of start, stop, step and length, when they do not fit machine ints and the fields above mean nothing.
    wide: Obj,
}

impl Object for Range {
    const TYPE: &'static Type = &TYPE;
}

/// `range`
pub static TYPE: Type = Type {
    flags: Flags::SIZED.with(Flags::INDEXED),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    get_attr: Some(get_attr),
    get_item: Some(get_item),
    iter: Some(iter::over_range),
    table: TABLE,
    ..Type::new(q!("range"))
};

static TABLE: &[Entry] =
    &[row(q!("count"), fun2(count)), row(q!("index"), fun2(index)), row(q!("__reversed__"), fun1(reversed))];

impl Range {
    /// How many numbers, of a range that fits machine ints.
    #[inline]
    pub fn len(&self) -> usize {
        let (low, high) = if self.step > 0 { (self.start, self.stop) } else { (self.stop, self.start) };
        if low >= high { 0 } else { (high.wrapping_sub(low) as usize - 1) / self.step.unsigned_abs() + 1 }
    }

    /// Whether there are no numbers, in a range that fits machine ints.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether all numbers, and the sum that ends a loop, are small ints.
    #[inline]
    pub fn is_small(&self) -> bool {
        let fits = |value: &isize| (SMALL_MIN..=SMALL_MAX).contains(value);
        self.wide.is_null()
            && fits(&self.start)
            && fits(&self.stop)
            && fits(&self.step)
            && self.stop.checked_add(self.step).as_ref().is_some_and(fits)
    }

    /// Number `at`, which must be below `len()`.
    #[inline(always)]
    pub fn nth(&self, at: usize) -> isize {
        self.start.wrapping_add((at as isize).wrapping_mul(self.step))
    }

    /// The place of `value`; `None` if it is not in the range.
    pub fn find(&self, value: isize) -> Option<usize> {
        let distance = value.checked_sub(self.start)?;
        if distance % self.step != 0 || distance / self.step < 0 {
            return None;
        }
        let at = (distance / self.step) as usize;
        if at < self.len() { Some(at) } else { None }
    }
}

/// A range object.
pub fn new(vm: &mut Vm, start: isize, stop: isize, step: isize) -> Res {
    Ok(Gc::alloc(vm, Range { start, stop, step, wide: Obj::NULL })?.obj())
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 3)?;
    let (zero, one) = (Obj::small_wrapping(0), Obj::small_wrapping(1));
    let (start, stop, step) = match *args.pos {
        [start, stop, step] => (int::to_int(vm, start)?, int::to_int(vm, stop)?, int::to_int(vm, step)?),
        [start, stop] => (int::to_int(vm, start)?, int::to_int(vm, stop)?, one),
        [stop, ..] => (zero, int::to_int(vm, stop)?, one),
        [] => (zero, zero, one),
    };
    if step == zero {
        return Err(vm.value_error(format_args!("zero step")));
    }
    wide::new(vm, start, stop, step)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(range) = Gc::<Range>::from_obj(obj) else { return Ok(()) };
    let parts = Parts::of(vm, range)?;
    sink.write(vm, "range(")?;
    vm.print(sink, parts.start, PrintKind::Repr)?;
    sink.write(vm, ", ")?;
    vm.print(sink, parts.stop, PrintKind::Repr)?;
    if parts.step != Obj::small_wrapping(1) {
        sink.write(vm, ", ")?;
        vm.print(sink, parts.step, PrintKind::Repr)?;
    }
    sink.write(vm, ")")
}

fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(range) = Gc::<Range>::from_obj(obj) else { return Ok(Obj::NULL) };
    match op {
        UnaryOp::Len if range.wide.is_null() => {
            let len = int::from_usize(vm, range.len())?;
            int::index(vm, len)?;
            Ok(len)
        }
        UnaryOp::Len => {
            let parts = Parts::of(vm, range)?;
            int::index(vm, parts.len)?;
            Ok(parts.len)
        }
        UnaryOp::Bool => Ok(Obj::bool(!Parts::of(vm, range)?.is_empty())),
        UnaryOp::Hash => {
            let parts = Parts::of(vm, range)?;
            let start = if parts.is_empty() { Obj::NONE } else { parts.start };
            let step = if parts.is_empty() || parts.len == Obj::small_wrapping(1) { Obj::NONE } else { parts.step };
            let key = tuple::new(vm, &[parts.len, start, step])?;
            tuple::unary(vm, op, key)
        }
        UnaryOp::Positive
        | UnaryOp::Negative
        | UnaryOp::Invert
        | UnaryOp::Not
        | UnaryOp::Abs
        | UnaryOp::Int
        | UnaryOp::Float
        | UnaryOp::Complex
        | UnaryOp::SizeOf => Ok(Obj::NULL),
    }
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some(a) = Gc::<Range>::from_obj(left) else { return Ok(Obj::NULL) };
    match op {
        BinaryOp::Contains => position(vm, a, right).map(|at| Obj::bool(at.is_some())),
        BinaryOp::Equal => {
            let Some(b) = Gc::<Range>::from_obj(right) else { return Ok(Obj::NULL) };
            let (a, b) = (Parts::of(vm, a)?, Parts::of(vm, b)?);
            Ok(Obj::bool(a.same(&b)))
        }
        _ => Ok(Obj::NULL),
    }
}

fn position(vm: &mut Vm, range: Gc<Range>, value: Obj) -> Res<Option<Obj>> {
    if let (Some(value), true) = (value.as_small(), range.wide.is_null()) {
        return Ok(range.find(value).map(|at| Obj::small_wrapping(at as isize)));
    }
    let parts = Parts::of(vm, range)?;
    if int::is_int(value) {
        return parts.find(vm, value);
    }
    if let Some(value) = float::value(value) {
        if !value.is_finite() || libm::trunc(value) != value {
            return Ok(None);
        }
        let whole = int::from_f64(vm, value)?;
        return parts.find(vm, whole);
    }
    // Anything else may say itself what it equals.
    let mut at = 0;
    while let Some(item) = parts.item(vm, Obj::small_wrapping(at))? {
        if vm.equal(item, value)? {
            return Ok(Some(Obj::small_wrapping(at)));
        }
        at += 1;
    }
    Ok(None)
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(range) = Gc::<Range>::from_obj(obj) else { return Ok(Obj::NULL) };
    if name != q!("start") && name != q!("stop") && name != q!("step") {
        return Ok(Obj::NULL);
    }
    let parts = Parts::of(vm, range)?;
    Ok(if name == q!("start") {
        parts.start
    } else if name == q!("stop") {
        parts.stop
    } else {
        parts.step
    })
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    let Some(range) = Gc::<Range>::from_obj(obj) else { return Ok(Obj::NULL) };
    if let (Some(at), true) = (index.as_small(), range.wide.is_null()) {
        return match sequence::wrap(at, range.len()) {
            Some(at) => int::new(vm, range.nth(at) as i64),
            None => Err(sequence::out_of_range(vm, obj)),
        };
    }
    let parts = Parts::of(vm, range)?;
    if let Some(slice) = Gc::<Slice>::from_obj(index) {
        return parts.slice(vm, slice);
    }
    let index = if int::is_int(index) {
        int::to_int(vm, index)?
    } else {
        let at = sequence::index_of(vm, obj, index)?;
        int::new(vm, at as i64)?
    };
    match parts.item(vm, index)? {
        Some(item) => Ok(item),
        None => Err(sequence::out_of_range(vm, obj)),
    }
}

/// `range.__reversed__()`
pub fn reversed(vm: &mut Vm, obj: Obj) -> Res {
    let range = this::<Range>(vm, obj)?;
    let backward = Parts::of(vm, range)?.reversed(vm)?;
    vm.iter(backward)
}

fn count(vm: &mut Vm, obj: Obj, value: Obj) -> Res {
    let range = this::<Range>(vm, obj)?;
    Ok(Obj::small_wrapping(position(vm, range, value)?.is_some() as isize))
}

fn index(vm: &mut Vm, obj: Obj, value: Obj) -> Res {
    let range = this::<Range>(vm, obj)?;
    match position(vm, range, value)? {
        Some(at) => Ok(at),
        None => Err(sequence::not_found(vm)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_places() {
        let of = |start, stop, step| Range { start, stop, step, wide: Obj::NULL };
        assert_eq!(of(0, 10, 3).len(), 4);
        assert_eq!(of(10, 0, -3).len(), 4);
        assert_eq!(of(0, 0, 1).len(), 0);
        assert_eq!(of(5, 0, 1).len(), 0);
        assert_eq!(of(SMALL_MIN, SMALL_MAX, 1).len(), (SMALL_MAX as usize).wrapping_sub(SMALL_MIN as usize));
        assert_eq!((of(10, 0, -3).find(1), of(10, 0, -3).find(0), of(10, 0, -3).find(13)), (Some(3), None, None));
    }
}
