//! Iterators of deques, which must not change meanwhile.

use core::cell::Cell;

use super::Deque;
use crate::Vm;
use crate::q;
use crate::types::iter;
use crate::value::{Flags, Gc, Obj, Object, Res, Type};

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

/// Type of the iterators.
static ITER: Type = Type { flags: Flags::SELF_ITER, next: Some(next), table: iter::TABLE, ..Type::new(q!("iterator")) };

pub(super) fn over_items(vm: &mut Vm, obj: Obj) -> Res {
    match Gc::<Deque>::from_obj(obj) {
        Some(of) => {
            let seen = (of.start.get(), of.len.get());
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
    if iter.at.get() != usize::MAX && iter.seen != (iter.of.start.get(), iter.of.len.get()) {
        iter.at.set(usize::MAX);
        return Err(vm.runtime_error(format_args!("deque mutated during iteration")));
    }
    let item = iter.of.get(iter.at.get());
    iter.at.set(if item.is_some() { iter.at.get() + 1 } else { usize::MAX });
    Ok(item.unwrap_or(Obj::NULL))
}
