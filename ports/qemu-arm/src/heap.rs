//! RAM: the machine's heap, from which Rust's own `Vec` and `Box` take theirs too.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use vm::gc::{Heap, Region};

/// Bytes of the heap, the collector's tables included.
const HEAP: usize = 64 * 1024;
/// Bytes for what is made before the heap: the machine itself and its value stack.
const EARLY: usize = 4 * crate::run::STACK_WORDS + size_of::<vm::Vm>() + 64;

/// Memory that is handed out once.
#[repr(C, align(8))]
struct Memory<const BYTES: usize>(UnsafeCell<[u8; BYTES]>);

// SAFETY: there is one thread, and nobody takes a reference to what is inside.
unsafe impl<const BYTES: usize> Sync for Memory<BYTES> {}

static MEMORY: Memory<HEAP> = Memory(UnsafeCell::new([0; HEAP]));
static FIRST: Memory<EARLY> = Memory(UnsafeCell::new([0; EARLY]));
static FIRST_USED: AtomicUsize = AtomicUsize::new(0);
static SHARED: AtomicPtr<Heap> = AtomicPtr::new(null_mut());

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

/// Where a heap may lie. To be called once.
pub fn region() -> Region {
    // SAFETY: the memory is static, and only this function hands it out.
    unsafe { Region::fixed(MEMORY.0.get().cast(), HEAP) }
}

/// From now on Rust's blocks come from this heap, which stays where it is for good.
pub fn share(heap: NonNull<Heap>) {
    SHARED.store(heap.as_ptr(), Ordering::Relaxed);
}

struct Allocator;

// SAFETY: blocks come from the heap, which never moves or frees them by itself, or from `FIRST`, which is never given
// back; both keep their blocks apart and aligned to 8 bytes, and refuse more.
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

/// The block, if it lies in the heap's memory.
fn of_heap(block: *mut u8) -> Option<NonNull<u8>> {
    let offset = block.addr().wrapping_sub(MEMORY.0.get().addr());
    if offset < HEAP { NonNull::new(block) } else { None }
}

/// A block of `FIRST`.
fn early(layout: Layout) -> *mut u8 {
    let start = FIRST_USED.load(Ordering::Relaxed).next_multiple_of(8);
    let end = start.saturating_add(layout.size());
    if end > EARLY || layout.align() > 8 {
        return null_mut();
    }
    FIRST_USED.store(end, Ordering::Relaxed);
    FIRST.0.get().cast::<u8>().wrapping_add(start)
}
