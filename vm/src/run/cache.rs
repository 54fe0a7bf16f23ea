//! Inline caches: which operations have one, and where it is.

use super::code::Cache;
use super::opcode;
use crate::Vm;
use crate::value::{GcVec, Res};

/// For bytecode `body`: empty caches, and for each byte the number of its cache.
pub fn tables(vm: &mut Vm, body: &[u8]) -> Res<(GcVec<Cache>, GcVec<u16>)> {
    let cache_of = GcVec::with_capacity(vm, body.len())?;
    cache_of.resize(vm, body.len(), 0)?;
    let mut count = 0u16;
    let mut at = 0;
    while let Some(op) = body.get(at) {
        if matches!(*op, opcode::LOAD_GLOBAL | opcode::LOAD_NAME | opcode::LOAD_ATTR | opcode::LOAD_METHOD | opcode::STORE_ATTR) {
            cache_of.set(at, count);
            // Beyond 65535 operations the last cache is shared, which is slow but right.
            count = count.saturating_add(1);
        }
        at += opcode::length(body.get(at..).unwrap_or(&[]));
    }
    let caches = GcVec::with_capacity(vm, count as usize + 1)?;
    caches.resize(vm, count as usize + 1, Cache { key: 0, value: 0, version: 0, epoch: 0 })?;
    Ok((caches, cache_of))
}
