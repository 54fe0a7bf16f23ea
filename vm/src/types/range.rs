//! range: whole numbers at equal distances.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::sequence::{self, this};
use crate::types::slice::{self, Slice};
use crate::types::{float, int, iter, reversed, tuple};
use crate::value::{
    Args, BinaryOp, Entry, Flags, Gc, Obj, Object, PrintKind, Res, SMALL_MAX, SMALL_MIN, Sink, Type, TypeRef, UnaryOp,
    fun1, fun2, put, row,
};

/// Body of a range. Numbers beyond machine ints are brought to the nearest.
#[repr(C)]
pub struct Range {
    /// First number.
    pub start: isize,
    /// Where it ends, as it was written.
    pub stop: isize,
    /// Distance; not zero.
    pub step: isize,
}

impl Object for Range {
    const TYPE: &'static Type = &TYPE;
    const KIND: crate::gc::Kind = crate::gc::Kind::Leaf;
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
    &[row(q!("count"), fun2(count)), row(q!("index"), fun2(index)), row(q!("__reversed__"), fun1(reversed::over))];

impl Range {
    /// How many numbers.
    #[inline]
    pub fn len(&self) -> usize {
        let (low, high) = if self.step > 0 { (self.start, self.stop) } else { (self.stop, self.start) };
        if low >= high { 0 } else { (high.wrapping_sub(low) as usize - 1) / self.step.unsigned_abs() + 1 }
    }

    /// Whether all numbers, and the sum that ends a loop, are small ints.
    #[inline]
    pub fn is_small(&self) -> bool {
        let fits = |value: &isize| (SMALL_MIN..=SMALL_MAX).contains(value);
        fits(&self.start)
            && fits(&self.stop)
            && fits(&self.step)
            && self.stop.checked_add(self.step).as_ref().is_some_and(fits)
    }

    /// Whether there are no numbers.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
    Ok(Gc::alloc(vm, Range { start, stop, step })?.obj())
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 3)?;
    let (start, stop, step) = match *args.pos {
        [start, stop, step] => (int::index(vm, start)?, int::index(vm, stop)?, int::index(vm, step)?),
        [start, stop] => (int::index(vm, start)?, int::index(vm, stop)?, 1),
        [stop, ..] => (0, int::index(vm, stop)?, 1),
        [] => (0, 0, 1),
    };
    if step == 0 {
        return Err(vm.value_error(format_args!("zero step")));
    }
    new(vm, start, stop, step)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(range) = Gc::<Range>::from_obj(obj) else { return Ok(()) };
    let (start, stop, step) = (range.start, range.stop, range.step);
    if step == 1 {
        put(vm, sink, format_args!("range({start}, {stop})"))
    } else {
        put(vm, sink, format_args!("range({start}, {stop}, {step})"))
    }
}

fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(range) = Gc::<Range>::from_obj(obj) else { return Ok(Obj::NULL) };
    match op {
        UnaryOp::Len => int::from_usize(vm, range.len()),
        UnaryOp::Bool => Ok(Obj::bool(!range.is_empty())),
        UnaryOp::Hash => {
            let len = range.len();
            let parts = [len as isize, if len > 0 { range.start } else { 0 }, if len > 1 { range.step } else { 0 }];
            let key = tuple::new(vm, &parts.map(Obj::small_wrapping))?;
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
            let len = a.len();
            let same = len == b.len() && (len == 0 || a.start == b.start && (len == 1 || a.step == b.step));
            Ok(Obj::bool(same))
        }
        _ => Ok(Obj::NULL),
    }
}

fn position(vm: &mut Vm, range: Gc<Range>, value: Obj) -> Res<Option<usize>> {
    if let Some(value) = value.as_small() {
        return Ok(range.find(value));
    }
    if let Some(value) = float::value(value) {
        let whole = value as isize;
        return Ok(if whole as f64 == value { range.find(whole) } else { None });
    }
    if value == Obj::TRUE || value == Obj::FALSE {
        return Ok(range.find((value == Obj::TRUE) as isize));
    }
    sequence::find(vm, value, 0, range.len(), |at| Some(Obj::small_wrapping(range.nth(at))))
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(range) = Gc::<Range>::from_obj(obj) else { return Ok(Obj::NULL) };
    let value = if name == q!("start") {
        range.start
    } else if name == q!("stop") {
        range.stop
    } else if name == q!("step") {
        range.step
    } else {
        return Ok(Obj::NULL);
    };
    int::new(vm, value as i64)
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    let Some(range) = Gc::<Range>::from_obj(obj) else { return Ok(Obj::NULL) };
    let len = range.len();
    if let Some(slice) = Gc::<Slice>::from_obj(index) {
        let all = slice::indices(vm, slice, len)?;
        let at = |index: isize| range.start.saturating_add(index.saturating_mul(range.step));
        return new(vm, at(all.start), at(all.stop), range.step.saturating_mul(all.step));
    }
    let at = sequence::index_of(vm, obj, index)?;
    match sequence::wrap(at, len) {
        Some(at) => int::new(vm, range.nth(at) as i64),
        None => Err(sequence::out_of_range(vm, obj)),
    }
}

fn count(vm: &mut Vm, obj: Obj, value: Obj) -> Res {
    let range = this::<Range>(vm, obj)?;
    Ok(Obj::small_wrapping(position(vm, range, value)?.is_some() as isize))
}

fn index(vm: &mut Vm, obj: Obj, value: Obj) -> Res {
    let range = this::<Range>(vm, obj)?;
    match position(vm, range, value)? {
        Some(at) => Ok(Obj::small_wrapping(at as isize)),
        None => Err(sequence::not_found(vm)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_places() {
        let of = |start, stop, step| Range { start, stop, step };
        assert_eq!(of(0, 10, 3).len(), 4);
        assert_eq!(of(10, 0, -3).len(), 4);
        assert_eq!(of(0, 0, 1).len(), 0);
        assert_eq!(of(5, 0, 1).len(), 0);
        assert_eq!(of(SMALL_MIN, SMALL_MAX, 1).len(), (SMALL_MAX as usize).wrapping_sub(SMALL_MIN as usize));
        assert_eq!((of(10, 0, -3).find(1), of(10, 0, -3).find(0), of(10, 0, -3).find(13)), (Some(3), None, None));
    }
}
