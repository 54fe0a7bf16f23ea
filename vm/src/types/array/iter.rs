//! Iterating over arrays and memoryviews.

use core::cell::Cell;

use super::Array;
use crate::Vm;
use crate::q;
use crate::types::iter;
use crate::types::memoryview::{self, MemoryView};
use crate::value::{Flags, Gc, Obj, Object, Res, Type};

/// Body of the iterator.
struct Items {
    of: Obj,
    at: Cell<usize>,
}

impl Object for Items {
    const TYPE: &'static Type = &TYPE;
}

static TYPE: Type = Type { flags: Flags::SELF_ITER, next: Some(next), table: iter::TABLE, ..Type::new(q!("iterator")) };

/// `iter(array)`, `iter(memoryview)`
pub fn make(vm: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::alloc_iter(vm, Items { of: obj, at: Cell::new(0) })?.obj())
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(iter) = Gc::<Items>::from_obj(obj) else { return Ok(Obj::NULL) };
    let at = iter.at.get();
    let item = match (Gc::<Array>::from_obj(iter.of), Gc::<MemoryView>::from_obj(iter.of)) {
        (Some(array), _) => array.get(vm, at)?,
        (None, Some(view)) => memoryview::item(vm, view, at)?,
        (None, None) => Obj::NULL,
    };
    // An exhausted iterator stays so when an array grows.
    iter.at.set(if item.is_null() { usize::MAX } else { at + 1 });
    Ok(item)
}
