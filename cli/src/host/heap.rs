//! Where the heap lies: a wide range of addresses that gets memory as the heap grows.

use vm::gc::Region;

/// The heap may grow to this unless told otherwise.
pub const DEFAULT_LIMIT: usize = if cfg!(target_pointer_width = "64") { 2 << 30 } else { 256 << 20 };
/// What the collector wants the range aligned to.
const ALIGN: usize = 64 * 1024;

/// Reserves addresses for a heap of at most `limit` bytes; `None` when the system refuses.
pub fn reserve(limit: usize) -> Option<Region> {
    // The tables of the collector come on top of the cells.
    let wanted = limit.checked_add(limit / 8)?.checked_add(4 * ALIGN)?;
    let len = wanted.checked_next_multiple_of(ALIGN)?;
    let flags = libc::MAP_PRIVATE | libc::MAP_ANON | libc::MAP_NORESERVE;
    // SAFETY: a new mapping that nothing refers to.
    let start = unsafe { libc::mmap(std::ptr::null_mut(), len + ALIGN, libc::PROT_NONE, flags, -1, 0) };
    if start == libc::MAP_FAILED {
        return None;
    }
    let start = start.cast::<u8>();
    let base = start.wrapping_add(start.align_offset(ALIGN));
    // SAFETY: aligned, inside the mapping, which is ours for good; `commit` makes fresh zero pages usable.
    Some(unsafe { Region::growing(base, len, limit, commit) })
}

fn commit(start: *mut u8, len: usize) -> bool {
    // SAFETY: the collector asks only for parts of its range, which nothing else uses.
    unsafe { libc::mprotect(start.cast(), len, libc::PROT_READ | libc::PROT_WRITE) == 0 }
}

/// Bytes of this thread's machine stack that Python code may use; some is left for Rust code and the system.
pub fn stack_bytes() -> usize {
    const LEAST: usize = 512 << 10;
    // Enough for ten thousand nested calls; more would only delay the end of endless ones.
    const MOST: usize = 2 << 20;
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: fills the struct it is given.
    let known = unsafe { libc::getrlimit(libc::RLIMIT_STACK, &mut limit) } == 0;
    let bytes = if known { usize::try_from(limit.rlim_cur).unwrap_or(MOST) } else { MOST };
    bytes.clamp(LEAST, MOST) / 4 * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserved_heap_gives_memory() {
        let mut heap = vm::gc::Heap::new(reserve(1 << 20).expect("addresses")).expect("heap");
        assert!(heap.alloc(100_000, vm::gc::Kind::Leaf).is_some());
        assert!(heap.alloc(2 << 20, vm::gc::Kind::Leaf).is_none());
    }

    #[test]
    fn the_stack_has_room() {
        assert!(stack_bytes() >= 384 << 10);
    }
}
