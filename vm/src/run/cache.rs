//! Inline caches: what one knows, which operations have one, and where it is.

use super::code::RawCode;
use crate::Vm;
use crate::compile::decode::glance;
use crate::compile::number;
use crate::gc::Kind;
use crate::value::{Gc, GcVec, Item, Res};

/// How far `Vm::attr_epoch` steps: a cache of an attribute adds the kind of what it knows.
pub const EPOCH: u32 = 8;

/// One inline cache. Those of globals use the first way only; all zero is empty.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Cache {
    /// What is looked at first.
    pub first: Way,
    /// For a second shape or type at the same place.
    pub second: Way,
}

/// What a cache knows. What the fields mean depends on the operation.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Way {
    /// What is compared: a shape, a type, ...
    pub key: usize,
    /// What it leads to: a slot number, a function, ...
    pub value: usize,
    /// Version of a map, or the kind of what was found.
    pub version: u32,
    /// `Vm::attr_epoch` when this was filled, plus the kind of what is known; of a global the version of the map.
    pub epoch: u32,
}

impl Cache {
    /// A cache that knows nothing.
    pub const EMPTY: Cache = Cache { first: Way::EMPTY, second: Way::EMPTY };
}

impl Way {
    const EMPTY: Way = Way { key: 0, value: 0, version: 0, epoch: 0 };
}

impl Item for Cache {
    const KIND: Kind = Kind::Scan;
}

/// Lookups without a cache after which a function from a file gets caches: what runs once needs none.
#[cfg(feature = "diagnostics")]
const MISSES: u8 = 20;

/// Gives a function its caches, if it may have some.
pub fn fill(vm: &mut Vm, code: Gc<RawCode>) -> Res<()> {
    if vm.caches {
        let all = code.bytes.slice();
        let start = code.start.addr() - all.as_ptr().addr();
        let (caches, cache_of) = tables(vm, all.get(start..).unwrap_or(&[]))?;
        code.caches.take_from(&caches);
        code.cache_of.take_from(&cache_of);
    }
    Ok(())
}

/// Notes that the function that runs looked something up without a cache.
#[cfg(feature = "diagnostics")]
pub(super) fn missed(vm: &mut Vm) {
    // SAFETY: the frame that runs, or none.
    let Some(frame) = (unsafe { vm.frame.as_ref() }) else { return };
    let code = frame.code;
    if !vm.caches || !code.caches.is_empty() || vm.heap.is_locked() {
        return;
    }
    let misses = code.misses.get().saturating_add(1);
    code.misses.set(misses);
    if misses == MISSES
        && let Err(raise) = fill(vm, code)
    {
        // It goes on without.
        vm.take_exception(raise);
    }
}

/// For bytecode `body`: empty caches, and for each byte the number of its cache.
fn tables(vm: &mut Vm, body: &[u8]) -> Res<(GcVec<Cache>, GcVec<u16>)> {
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
        if glance(body, &mut at).is_err() {
            return Ok((GcVec::new(), GcVec::new()));
        }
    }
    let caches = GcVec::with_capacity(vm, count as usize + 1)?;
    caches.resize(vm, count as usize + 1, Cache::EMPTY)?;
    Ok((caches, cache_of))
}
