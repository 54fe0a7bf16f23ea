//! Inline caches: which operations have one, and where it is.

use super::code::Cache;
use crate::Vm;
use crate::compile::number;
use crate::value::{GcVec, Res};

/// For bytecode `body`: empty caches, and for each byte the number of its cache.
pub fn tables(vm: &mut Vm, body: &[u8]) -> Res<(GcVec<Cache>, GcVec<u16>)> {
    let cache_of = GcVec::with_capacity(vm, body.len())?;
    cache_of.resize(vm, body.len(), 0)?;
    let mut count = 0u16;
    let mut at = 0;
    while let Some(op) = body.get(at) {
        if matches!(
            *op,
            number::LOAD_GLOBAL | number::LOAD_NAME | number::LOAD_ATTR | number::LOAD_METHOD | number::STORE_ATTR
        ) {
            cache_of.set(at, count);
            // Caches do not know their names, so no two operations may share one: such a giant runs without.
            let Some(next) = count.checked_add(1) else { return Ok((GcVec::new(), GcVec::new())) };
            count = next;
        }
        at += length(body.get(at..).unwrap_or(&[]));
    }
    let caches = GcVec::with_capacity(vm, count as usize + 1)?;
    caches.resize(vm, count as usize + 1, Cache::EMPTY)?;
    Ok((caches, cache_of))
}

/// How many bytes the operation at the start of `code` has; at least 1.
fn length(code: &[u8]) -> usize {
    let Some(op) = code.first() else { return 1 };
    let extra = usize::from(matches!(*op, number::UNWIND_JUMP | number::MAKE_CLOSURE | number::MAKE_CLOSURE_DEFARGS));
    let argument = match op >> 4 {
        1..=3 => 1 + code.iter().skip(1).take_while(|byte| **byte & 0x80 != 0).count(),
        4 => 1 + usize::from(code.get(1).is_some_and(|byte| byte & 0x80 != 0)),
        _ => 0,
    };
    1 + argument + extra
}
