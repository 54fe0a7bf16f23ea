//! RAM: the machine's heap, from which Rust's own `Vec` and `Box` take theirs too.

use core::alloc::{GlobalAlloc, Layout};
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use vm::gc::{Heap, Region};

use crate::memory;

/// What lies between the heap's part of RAM and the machine's heap: the machine itself, its value stack and its port.
static FIRST_USED: AtomicUsize = AtomicUsize::new(0);
static FIRST_END: AtomicUsize = AtomicUsize::new(0);
static SHARED: AtomicPtr<Heap> = AtomicPtr::new(null_mut());

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

/// Begins anew, with room for a machine with a value stack of so many words and a port of so many
/// bytes, and gives the place of its heap.
///
/// # Safety
/// Nothing that was allocated before is used any more.
pub unsafe fn begin(stack_words: usize, port_bytes: usize) -> Region {
    let part = memory::heap();
    let first = (4 * stack_words + size_of::<vm::Vm>() + port_bytes + 64).next_multiple_of(8).min(part.bytes);
    SHARED.store(null_mut(), Ordering::Relaxed);
    FIRST_USED.store(part.start.addr(), Ordering::Relaxed);
    FIRST_END.store(part.start.addr() + first, Ordering::Relaxed);
    // SAFETY: this part of RAM is for us only, and the caller promised that nobody uses what was there.
    unsafe {
        part.start.write_bytes(0, part.bytes);
        Region::fixed(part.start.add(first), part.bytes - first)
    }
}

/// From now on Rust's blocks come from this heap, which stays where it is for good.
pub fn share(heap: NonNull<Heap>) {
    SHARED.store(heap.as_ptr(), Ordering::Relaxed);
}

struct Allocator;

// SAFETY: blocks come from the heap, which never moves or frees them by itself, or from the memory in front of it, which is
// never given back; both keep their blocks apart and aligned to 8 bytes, and refuse more.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match NonNull::new(SHARED.load(Ordering::Relaxed)) {
            // SAFETY: the heap stays, and on 32-bit machines it is not Unpin, so that others may hold a reference to it.
            Some(heap) => unsafe { (*heap.as_ptr()).alloc_plain(layout) }.map_or(null_mut(), NonNull::as_ptr),
            None => early(layout),
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise. All our memory is zero when it is handed out.
        unsafe { self.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        if let (Some(heap), Some(block)) = (NonNull::new(SHARED.load(Ordering::Relaxed)), of_heap(block)) {
            // SAFETY: as in `alloc`; the block lies in the heap, so it came from it, and its owner gives it up.
            unsafe { (*heap.as_ptr()).free_plain(block) };
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        let heap = NonNull::new(SHARED.load(Ordering::Relaxed));
        if let (Some(heap), Some(block)) = (heap, of_heap(block)) {
            // SAFETY: as in `dealloc`; the owner uses the answer from now on, or the old block if there is none.
            return unsafe { (*heap.as_ptr()).realloc_plain(block, bytes) }.map_or(null_mut(), NonNull::as_ptr);
        }
        // SAFETY: the caller's promise; the two blocks are different and as long as said.
        unsafe {
            let Ok(wanted) = Layout::from_size_align(bytes, layout.align()) else { return null_mut() };
            let new = self.alloc(wanted);
            if !new.is_null() {
                new.copy_from_nonoverlapping(block, bytes.min(layout.size()));
            }
            new
        }
    }
}

/// The block, if it lies in the machine's heap.
fn of_heap(block: *mut u8) -> Option<NonNull<u8>> {
    NonNull::new(block).filter(|block| block.addr().get() >= FIRST_END.load(Ordering::Relaxed))
}

/// A block in front of the heap.
fn early(layout: Layout) -> *mut u8 {
    let start = FIRST_USED.load(Ordering::Relaxed).next_multiple_of(8);
    let end = start.saturating_add(layout.size());
    if end > FIRST_END.load(Ordering::Relaxed) || layout.align() > 8 {
        return null_mut();
    }
    FIRST_USED.store(end, Ordering::Relaxed);
    core::ptr::with_exposed_provenance_mut(start)
}
