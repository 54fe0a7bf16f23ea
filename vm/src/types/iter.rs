//! iterator: walks whatever has `__getitem__` by 0, 1, 2...

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::exception;
use crate::value::{Flags, Gc, Obj, Object, Res, Type, TypeRef};

/// Body of an iterator by index.
pub struct ByIndex {
    of: Obj,
    at: Cell<isize>,
}

impl Object for ByIndex {
    const TYPE: &'static Type = &TYPE;
}

/// `iterator`
pub static TYPE: Type = Type { flags: Flags::SELF_ITER, next: Some(next), ..Type::new(q!("iterator")) };

/// An iterator that calls `of[0]`, `of[1]` and so on until IndexError.
pub fn over_items(vm: &mut Vm, of: Obj) -> Res {
    Ok(Gc::alloc(vm, ByIndex { of, at: Cell::new(0) })?.obj())
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(iter) = Gc::<ByIndex>::from_obj(obj) else { return Ok(Obj::NULL) };
    match vm.get_item(iter.of, Obj::small_wrapping(iter.at.get())) {
        Ok(item) => {
            iter.at.set(iter.at.get() + 1);
            Ok(item)
        }
        Err(raise) => {
            let ty = vm.exception.type_of();
            let ended = [&exception::INDEX_ERROR, &exception::STOP_ITERATION];
            if ended.into_iter().any(|end| super::class::is_subclass(ty, TypeRef::of(end))) {
                vm.take_exception(raise);
                Ok(Obj::NULL)
            } else {
                Err(raise)
            }
        }
    }
}
