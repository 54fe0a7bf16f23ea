//! Iterating over the characters of a str.

use core::cell::Cell;

use super::find;
use crate::Vm;
use crate::q;
use crate::value::{Flags, Gc, Obj, Object, Res, Type};

/// Body of a str iterator.
struct Chars {
    of: Obj,
    at: Cell<usize>,
}

impl Object for Chars {
    const TYPE: &'static Type = &TYPE;
}

static TYPE: Type = Type { flags: Flags::SELF_ITER, next: Some(next), ..Type::new(q!("iterator")) };

/// `iter(str)`
pub fn make(vm: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::alloc_iter(vm, Chars { of: obj, at: Cell::new(0) })?.obj())
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(iter) = Gc::<Chars>::from_obj(obj) else { return Ok(Obj::NULL) };
    let Some(bytes) = super::bytes_of(vm, iter.of) else { return Ok(Obj::NULL) };
    let at = iter.at.get();
    let mut end = at + 1;
    if end > bytes.len() {
        return Ok(Obj::NULL);
    }
    while bytes.get(end).is_some_and(|&byte| find::is_continuation(byte)) {
        end += 1;
    }
    iter.at.set(end);
    super::from_utf8(vm, bytes.get(at..end).unwrap_or(&[]))
}
