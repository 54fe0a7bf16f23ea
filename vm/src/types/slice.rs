//! slice: `start:stop:step` as a value, and what it selects from a sequence.

use core::cmp::Ordering;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::list::List;
use crate::types::{int, sequence};
use crate::value::{
    Args, BinaryOp, Entry, Gc, Obj, Object, PrintKind, Raise, Res, Sink, Type, TypeRef, UnaryOp, fun2, put, row,
};

/// Body of a slice; each part may be `None`.
#[repr(C)]
pub struct Slice {
    /// First index.
    pub start: Obj,
    /// Index after the last.
    pub stop: Obj,
    /// Distance between indices.
    pub step: Obj,
}

impl Object for Slice {
    const TYPE: &'static Type = &TYPE;
}

/// `slice`
pub static TYPE: Type = Type {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    get_attr: Some(get_attr),
    table: TABLE,
    ..Type::new(q!("slice"))
};

static TABLE: &[Entry] = &[row(q!("indices"), fun2(indices_method))];

/// What a slice selects from a sequence of some length: `count` indices from `start` on, `step` apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Indices {
    /// First index.
    pub start: isize,
    /// Where the indices end, as `slice.indices` says it.
    pub stop: isize,
    /// Distance between indices; not zero.
    pub step: isize,
    /// How many indices.
    pub count: usize,
}

impl Indices {
    /// Index number `at`.
    #[inline(always)]
    pub fn nth(self, at: usize) -> usize {
        self.start.wrapping_add((at as isize).wrapping_mul(self.step)) as usize
    }
}

/// A slice's parts as machine integers, before the length of the sequence is known.
#[derive(Clone, Copy)]
pub struct Parts {
    start: Option<isize>,
    stop: Option<isize>,
    step: isize,
}

impl Parts {
    /// What these parts select from a sequence of length `len`.
    pub fn of_length(self, len: usize) -> Indices {
        let len = len as isize;
        let (low, high) = if self.step > 0 { (0, len) } else { (-1, len - 1) };
        let clamp = |value: isize| if value < 0 { value.saturating_add(len).max(low) } else { value.min(high) };
        let start = self.start.map_or(if self.step > 0 { low } else { high }, clamp);
        let stop = self.stop.map_or(if self.step > 0 { high } else { low }, clamp);
        let count = if self.step > 0 && start < stop {
            (stop - start - 1) / self.step + 1
        } else if self.step < 0 && start > stop {
            (start - stop - 1) / -self.step + 1
        } else {
            0
        };
        Indices { start, stop, step: self.step, count: count as usize }
    }
}

/// A slice object.
pub fn new(vm: &mut Vm, start: Obj, stop: Obj, step: Obj) -> Res {
    Ok(Gc::alloc(vm, Slice { start, stop, step })?.obj())
}

/// A slice object that is about to select from `of`. While the heap is locked, the one that lies ready serves for sequences
/// that look at it and forget it.
pub fn build(vm: &mut Vm, of: Obj, start: Obj, stop: Obj, step: Obj) -> Res {
    match new(vm, start, stop, step) {
        Err(raise) if vm.heap.is_locked() => build_locked(vm, raise, of, Slice { start, stop, step }),
        answer => answer,
    }
}

#[cold]
fn build_locked(vm: &mut Vm, raise: Raise, of: Obj, slice: Slice) -> Res {
    let forgets = of.type_of().buffer.is_some() || Gc::<List>::exact(of).is_some();
    match Gc::<Slice>::exact(vm.emergency.slice) {
        Some(ready) if forgets => {
            vm.take_exception(raise);
            ready.renew(TypeRef::of(&TYPE), slice);
            Ok(ready.obj())
        }
        Some(_) | None => Err(raise),
    }
}

/// The parts as integers; raises if one is no integer or the step is zero.
pub fn parts(vm: &mut Vm, slice: Gc<Slice>) -> Res<Parts> {
    let step = part(vm, slice.step)?.unwrap_or(1).max(-isize::MAX);
    if step == 0 {
        return Err(vm.value_error(format_args!("slice step can't be zero")));
    }
    Ok(Parts { start: part(vm, slice.start)?, stop: part(vm, slice.stop)?, step })
}

/// What `slice` selects from a sequence of length `len`.
pub fn indices(vm: &mut Vm, slice: Gc<Slice>, len: usize) -> Res<Indices> {
    Ok(parts(vm, slice)?.of_length(len))
}

#[inline]
fn part(vm: &mut Vm, obj: Obj) -> Res<Option<isize>> {
    if obj.is_none() { Ok(None) } else { sequence::int_of(vm, obj).map(Some) }
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 3)?;
    match *args.pos {
        [start, stop, step] => new(vm, start, stop, step),
        [start, stop] => new(vm, start, stop, Obj::NONE),
        [stop, ..] => new(vm, Obj::NONE, stop, Obj::NONE),
        [] => new(vm, Obj::NONE, Obj::NONE, Obj::NONE),
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(slice) = Gc::<Slice>::from_obj(obj) else { return Ok(()) };
    put(vm, sink, format_args!("slice("))?;
    vm.print(sink, slice.start, PrintKind::Repr)?;
    sink.write(vm, ", ")?;
    vm.print(sink, slice.stop, PrintKind::Repr)?;
    sink.write(vm, ", ")?;
    vm.print(sink, slice.step, PrintKind::Repr)?;
    sink.write(vm, ")")
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let (Some(a), Some(b)) = (Gc::<Slice>::from_obj(left), Gc::<Slice>::from_obj(right)) else { return Ok(Obj::NULL) };
    if !sequence::is_comparison(op) {
        return Ok(Obj::NULL);
    }
    let (a, b) = ([a.start, a.stop, a.step], [b.start, b.stop, b.step]);
    sequence::compare(vm, op, |at| a.get(at).copied(), |at| b.get(at).copied())
}

fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    match (op, Gc::<Slice>::from_obj(obj)) {
        (UnaryOp::Bool, Some(_)) => Ok(Obj::TRUE),
        (UnaryOp::Hash, Some(slice)) => {
            let key = super::tuple::new(vm, &[slice.start, slice.stop, slice.step])?;
            super::tuple::unary(vm, op, key)
        }
        (_, _) => Ok(Obj::NULL),
    }
}

fn get_attr(_: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(slice) = Gc::<Slice>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(if name == q!("start") {
        slice.start
    } else if name == q!("stop") {
        slice.stop
    } else if name == q!("step") {
        slice.step
    } else {
        Obj::NULL
    })
}

fn indices_method(vm: &mut Vm, this: Obj, len: Obj) -> Res {
    let slice = sequence::this::<Slice>(vm, this)?;
    let len = int::to_int(vm, len)?;
    if int::order(len, Obj::small_wrapping(0)) == Some(Ordering::Less) {
        return Err(vm.value_error(format_args!("length should not be negative")));
    }
    let all = wide_indices(vm, slice, len)?;
    super::tuple::new(vm, &all)
}

/// Start, stop and step of what `slice` selects from a sequence whose length is an int of any size.
pub fn wide_indices(vm: &mut Vm, slice: Gc<Slice>, len: Obj) -> Res<[Obj; 3]> {
    let less = |a, b| int::order(a, b) == Some(Ordering::Less);
    let (zero, one) = (Obj::small_wrapping(0), Obj::small_wrapping(1));
    let step = if slice.step.is_none() { one } else { int::to_int(vm, slice.step)? };
    if step == zero {
        return Err(vm.value_error(format_args!("slice step can't be zero")));
    }
    let back = less(step, zero);
    let (low, high) = if back { (Obj::small_wrapping(-1), int::subtract(vm, len, one)?) } else { (zero, len) };
    let mut bound = |part: Obj, absent: Obj| {
        if part.is_none() {
            return Ok(absent);
        }
        let part = int::to_int(vm, part)?;
        let at = if less(part, zero) { int::add(vm, part, len)? } else { part };
        Ok(if less(at, low) {
            low
        } else if less(high, at) {
            high
        } else {
            at
        })
    };
    let start = bound(slice.start, if back { high } else { low })?;
    let stop = bound(slice.stop, if back { low } else { high })?;
    Ok([start, stop, step])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{run, shown};
    use crate::types::list;

    #[test]
    fn indices_follow_the_length() {
        let of = |start, stop, step, len| {
            let all = Parts { start, stop, step }.of_length(len);
            (all.start, all.stop, all.count)
        };
        assert_eq!(of(None, None, 1, 5), (0, 5, 5));
        assert_eq!(of(None, None, -1, 5), (4, -1, 5));
        assert_eq!(of(Some(-3), Some(-1), 1, 5), (2, 4, 2));
        assert_eq!(of(Some(-30), Some(isize::MAX), 2, 5), (0, 5, 3));
        assert_eq!(of(Some(10), Some(-10), -2, 5), (4, -1, 3));
        assert_eq!(of(Some(3), Some(1), 1, 5), (3, 1, 0));
        assert_eq!(of(None, None, -1, 0), (-1, -1, 0));
        assert_eq!(of(Some(isize::MIN), None, isize::MAX, 5), (0, 5, 1));
    }

    #[test]
    fn lists_read_assign_and_delete_by_slice() {
        run(|vm| {
            let ints = |vm: &mut Vm, values: &[isize]| {
                let items: std::vec::Vec<Obj> = values.iter().map(|value| Obj::small_wrapping(*value)).collect();
                list::new(vm, &items).unwrap()
            };
            let at = |vm: &mut Vm, parts: [Option<isize>; 3]| {
                let [start, stop, step] = parts.map(|part| part.map_or(Obj::NONE, Obj::small_wrapping));
                new(vm, start, stop, step).unwrap()
            };
            let all = ints(vm, &[0, 1, 2, 3, 4, 5]);
            let slice = at(vm, [None, None, Some(-2)]);
            let got = vm.get_item(all, slice);
            assert_eq!(shown(vm, got), "[5, 3, 1]");
            let value = ints(vm, &[7, 8, 9]);
            vm.set_item(all, slice, value).unwrap();
            assert_eq!(shown(vm, Ok(all)), "[0, 9, 2, 8, 4, 7]");
            let middle = at(vm, [Some(1), Some(3), None]);
            vm.set_item(all, middle, all).unwrap();
            assert_eq!(shown(vm, Ok(all)), "[0, 0, 9, 2, 8, 4, 7, 8, 4, 7]");
            let odd = at(vm, [Some(1), None, Some(2)]);
            vm.set_item(all, odd, Obj::NULL).unwrap();
            assert_eq!(shown(vm, Ok(all)), "[0, 9, 8, 7, 4]");
            let back = at(vm, [None, None, Some(-2)]);
            vm.set_item(all, back, Obj::NULL).unwrap();
            assert_eq!(shown(vm, Ok(all)), "[9, 7]");
            let zero = at(vm, [None, None, Some(0)]);
            let got = vm.get_item(all, zero);
            assert_eq!(shown(vm, got), "ValueError: slice step can't be zero");
            let short = ints(vm, &[1]);
            let got = vm.set_item(all, back, short).map(|()| Obj::NONE);
            assert_eq!(shown(vm, got), "None");
            let empty = ints(vm, &[]);
            let got = vm.set_item(all, back, empty).map(|()| Obj::NONE);
            assert_eq!(shown(vm, got), "ValueError: attempt to assign sequence of size 0 to extended slice of size 1");
        });
    }
}
