//! What the address sanitizer is told: free memory may not be touched, nor the guard behind each cell.
//!
//! For builds with `RUSTFLAGS="-Zsanitizer=address --cfg asan"`; in all others this is nothing.

/// Bytes behind each cell that nobody may touch.
pub(super) const GUARD: usize = if cfg!(asan) { 16 } else { 0 };

#[cfg(asan)]
unsafe extern "C" {
    fn __asan_poison_memory_region(start: *const u8, len: usize);
    fn __asan_unpoison_memory_region(start: *const u8, len: usize);
}

/// Touching these bytes is a mistake until `show`.
#[inline(always)]
pub(super) fn hide(_start: *const u8, _len: usize) {
    // SAFETY: only notes something about the bytes, which are the heap's.
    #[cfg(asan)]
    unsafe {
        __asan_poison_memory_region(_start, _len);
    }
}

/// Takes back `hide`.
#[inline(always)]
pub(super) fn show(_start: *const u8, _len: usize) {
    // SAFETY: only notes something about the bytes, which are the heap's.
    #[cfg(asan)]
    unsafe {
        __asan_unpoison_memory_region(_start, _len);
    }
}
