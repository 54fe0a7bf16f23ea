//! iterator: walks lists, tuples, ranges, whatever has `__getitem__`, and calls of a function until a sentinel.
//!
//! All of them are called `iterator`; the fields are open so that the interpreter and machine code can advance them inline.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::list::List;
use crate::types::range::Range;
use crate::types::tuple::Tuple;
use crate::types::{deque, dictview, dunder, exception, int, reversed, set};
use crate::value::{Entry, Flags, Gc, Obj, Object, Res, Type, TypeRef, fun1, row};

/// Body of a list's iterator.
#[repr(C)]
pub struct ListIter {
    /// The list.
    pub of: Gc<List>,
    /// Index of the next item; `usize::MAX` when the end was seen.
    pub at: Cell<usize>,
}

impl Object for ListIter {
    const TYPE: &'static Type = &LIST;
}

/// Body of a tuple's iterator.
#[repr(C)]
pub struct TupleIter {
    /// The tuple.
    pub of: Gc<Tuple>,
    /// Index of the next item.
    pub at: Cell<usize>,
}

impl Object for TupleIter {
    const TYPE: &'static Type = &TUPLE;
}

/// Body of a range's iterator.
#[repr(C)]
pub struct RangeIter {
    /// The next number.
    pub next: Cell<isize>,
    /// Distance.
    pub step: isize,
    /// How many numbers are left.
    pub left: Cell<usize>,
}

impl Object for RangeIter {
    const TYPE: &'static Type = &RANGE;
    const KIND: crate::gc::Kind = crate::gc::Kind::Leaf;
}

/// Body of an iterator by index.
pub struct ByIndex {
    of: Cell<Obj>,
    at: Cell<isize>,
}

impl Object for ByIndex {
    const TYPE: &'static Type = &TYPE;
}

/// Body of `iter(function, sentinel)`.
pub struct CallIter {
    function: Cell<Obj>,
    sentinel: Obj,
}

impl Object for CallIter {
    const TYPE: &'static Type = &CALLS;
}

const fn iterator(next: fn(&mut Vm, Obj) -> Res) -> Type {
    Type { flags: Flags::SELF_ITER, next: Some(next), table: TABLE, ..Type::new(q!("iterator")) }
}

/// Type of iterators over anything with `__getitem__`.
pub static TYPE: Type = iterator(next);
/// Type of list iterators.
pub static LIST: Type = iterator(next_list);
/// Type of tuple iterators.
pub static TUPLE: Type = iterator(next_tuple);
/// Type of range iterators.
pub static RANGE: Type = iterator(next_range);
/// Type of `iter(function, sentinel)`.
pub static CALLS: Type = iterator(next_call);

/// Methods of every built-in iterator.
pub static TABLE: &[Entry] = &[
    row(q!("__next__"), fun1(dunder::next)),
    row(q!("__iter__"), fun1(dunder::iter)),
    row(q!("__length_hint__"), fun1(length_hint)),
];

/// `iter(list)`
pub fn over_list(vm: &mut Vm, obj: Obj) -> Res {
    let Some(of) = Gc::<List>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(Gc::alloc_iter(vm, ListIter { of, at: Cell::new(0) })?.obj())
}

/// `iter(tuple)`; also for types that have the layout of tuple.
pub fn over_tuple(vm: &mut Vm, obj: Obj) -> Res {
    let Some(of) = Gc::<Tuple>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(Gc::alloc_iter(vm, TupleIter { of, at: Cell::new(0) })?.obj())
}

/// `iter(range)`
pub fn over_range(vm: &mut Vm, obj: Obj) -> Res {
    let Some(range) = Gc::<Range>::from_obj(obj) else { return Ok(Obj::NULL) };
    if !range.is_small() {
        return over_items(vm, obj);
    }
    let body = RangeIter { next: Cell::new(range.start), step: range.step, left: Cell::new(range.len()) };
    Ok(Gc::alloc_iter(vm, body)?.obj())
}

/// An iterator that calls `of[0]`, `of[1]` and so on until IndexError.
pub fn over_items(vm: &mut Vm, of: Obj) -> Res {
    Ok(Gc::alloc_iter(vm, ByIndex { of: Cell::new(of), at: Cell::new(0) })?.obj())
}

/// `iter(function, sentinel)`
pub fn over_calls(vm: &mut Vm, function: Obj, sentinel: Obj) -> Res {
    Ok(Gc::alloc(vm, CallIter { function: Cell::new(function), sentinel })?.obj())
}

impl ListIter {
    /// The next item, or `Obj::NULL`.
    #[inline(always)]
    pub fn advance(&self) -> Obj {
        match self.of.items.get(self.at.get()) {
            Some(item) => {
                self.at.set(self.at.get() + 1);
                item
            }
            None => {
                // An exhausted iterator stays so when the list grows.
                self.at.set(usize::MAX);
                Obj::NULL
            }
        }
    }
}

impl TupleIter {
    /// The next item, or `Obj::NULL`.
    #[inline(always)]
    pub fn advance(&self) -> Obj {
        match self.of.tail_objs(self.of.len).get(self.at.get()) {
            Some(item) => {
                self.at.set(self.at.get() + 1);
                *item
            }
            None => Obj::NULL,
        }
    }
}

impl RangeIter {
    /// The next number, or `Obj::NULL`.
    #[inline(always)]
    pub fn advance(&self) -> Obj {
        let left = self.left.get();
        if left == 0 {
            return Obj::NULL;
        }
        self.left.set(left - 1);
        let value = self.next.get();
        self.next.set(value.wrapping_add(self.step));
        Obj::small_wrapping(value)
    }
}

/// How many items other iterators have left.
fn other_left(obj: Obj) -> Option<usize> {
    [reversed::left, dictview::left, set::left, deque::left].into_iter().find_map(|left| left(obj))
}

/// `iterator.__length_hint__()`: how many items are left, as far as that is known.
fn length_hint(vm: &mut Vm, obj: Obj) -> Res {
    let left = if let Some(iter) = Gc::<ListIter>::from_obj(obj) {
        iter.of.items.len().saturating_sub(iter.at.get())
    } else if let Some(iter) = Gc::<TupleIter>::from_obj(obj) {
        iter.of.len.saturating_sub(iter.at.get())
    } else if let Some(iter) = Gc::<RangeIter>::from_obj(obj) {
        iter.left.get()
    } else if let Some(left) = other_left(obj) {
        left
    } else {
        return Ok(Obj::NOT_IMPLEMENTED);
    };
    int::from_usize(vm, left)
}

fn next_list(_: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::<ListIter>::from_obj(obj).map_or(Obj::NULL, |iter| iter.advance()))
}

fn next_tuple(_: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::<TupleIter>::from_obj(obj).map_or(Obj::NULL, |iter| iter.advance()))
}

fn next_range(_: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::<RangeIter>::from_obj(obj).map_or(Obj::NULL, |iter| iter.advance()))
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(iter) = Gc::<ByIndex>::from_obj(obj) else { return Ok(Obj::NULL) };
    let Some(of) = iter.of.get().non_null() else { return Ok(Obj::NULL) };
    match vm.get_item(of, Obj::small_wrapping(iter.at.get())) {
        Ok(item) => {
            iter.at.set(iter.at.get() + 1);
            Ok(item)
        }
        Err(raise) => {
            let ty = vm.exception.type_of();
            let ended = [&exception::INDEX_ERROR, &exception::STOP_ITERATION];
            if ended.into_iter().any(|end| super::class::is_subclass(ty, TypeRef::of(end))) {
                vm.take_exception(raise);
                iter.of.set(Obj::NULL);
                Ok(Obj::NULL)
            } else {
                Err(raise)
            }
        }
    }
}

fn next_call(vm: &mut Vm, obj: Obj) -> Res {
    let Some(iter) = Gc::<CallIter>::from_obj(obj) else { return Ok(Obj::NULL) };
    let Some(function) = iter.function.get().non_null() else { return Ok(Obj::NULL) };
    let item = match vm.call_pos(function, &[]) {
        Ok(item) => item,
        Err(raise) => {
            iter.function.set(Obj::NULL);
            return exception::stop_value(vm, raise);
        }
    };
    if vm.equal(item, iter.sentinel)? {
        iter.function.set(Obj::NULL);
        return Ok(Obj::NULL);
    }
    Ok(item)
}
