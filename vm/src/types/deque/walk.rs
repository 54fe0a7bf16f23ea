//! Iterators of deques, which must not change meanwhile.

use core::cell::Cell;

use super::Deque;
use crate::Vm;
use crate::q;
use crate::types::iter;
use crate::value::{Flags, Gc, Obj, Object, Raise, Res, Type};

/// Body of a deque's iterator.
pub struct DequeIter {
    of: Gc<Deque>,
    at: Cell<usize>,
    /// Start and length of the deque; it must not change while it is walked over.
    seen: (usize, usize),
}

impl Object for DequeIter {
    const TYPE: &'static Type = &ITER;
}

/// A deque whose items are looked at while the program's own `__eq__` runs. When it changes, it has no more items.
pub(super) struct Watched {
    of: Gc<Deque>,
    seen: (usize, usize),
    changed: Cell<bool>,
}

impl Watched {
    pub(super) fn new(of: Gc<Deque>) -> Watched {
        Watched { of, seen: of.extent(), changed: Cell::new(false) }
    }

    pub(super) fn get(&self, at: usize) -> Option<Obj> {
        if self.is_stale() {
            self.changed.set(true);
            return None;
        }
        self.of.get(at)
    }

    /// Whether the deque has changed.
    pub(super) fn is_stale(&self) -> bool {
        self.seen != self.of.extent()
    }

    /// RuntimeError if a change was met.
    pub(super) fn check(&self, vm: &mut Vm) -> Res<()> {
        if self.changed.get() { Err(mutated(vm)) } else { Ok(()) }
    }
}

#[cold]
fn mutated(vm: &mut Vm) -> Raise {
    vm.runtime_error(format_args!("deque mutated during iteration"))
}

/// Type of the iterators.
static ITER: Type = Type { flags: Flags::SELF_ITER, next: Some(next), table: iter::TABLE, ..Type::new(q!("iterator")) };

pub(super) fn over_items(vm: &mut Vm, obj: Obj) -> Res {
    match Gc::<Deque>::from_obj(obj) {
        Some(of) => {
            let seen = of.extent();
            Ok(Gc::alloc(vm, DequeIter { of, at: Cell::new(0), seen })?.obj())
        }
        None => Ok(Obj::NULL),
    }
}

/// How many items a deque's iterator has left at most; `None` for other objects.
pub fn left(obj: Obj) -> Option<usize> {
    let iter = Gc::<DequeIter>::from_obj(obj)?;
    Some(iter.of.len.get().saturating_sub(iter.at.get()))
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(iter) = Gc::<DequeIter>::from_obj(obj) else { return Ok(Obj::NULL) };
    if iter.at.get() != usize::MAX && iter.seen != iter.of.extent() {
        iter.at.set(usize::MAX);
        return Err(mutated(vm));
    }
    let item = iter.of.get(iter.at.get());
    iter.at.set(if item.is_some() { iter.at.get() + 1 } else { usize::MAX });
    Ok(item.unwrap_or(Obj::NULL))
}
