//! Where the heap's memory comes from.

/// One contiguous range of addresses, all of it usable or made usable as the heap grows.
pub struct Region {
    pub(super) base: *mut u8,
    pub(super) reserved: usize,
    pub(super) limit: usize,
    pub(super) commit: Option<Commit>,
}

/// Makes `len` bytes from an address readable, writable and zero; false when the system refuses.
pub(super) type Commit = fn(*mut u8, usize) -> bool;

impl Region {
    /// A slice that is all there from the start, as on boards.
    ///
    /// # Safety
    /// The `len` bytes are readable and writable, and nobody else's as long as the heap lives.
    pub unsafe fn fixed(base: *mut u8, len: usize) -> Region {
        Region { base, reserved: len, limit: len, commit: None }
    }

    /// A reserved range whose parts `commit` makes usable, in units of 64 KiB, until cells fill `limit` bytes.
    ///
    /// # Safety
    /// `base` is aligned to 64 KiB; the range is nobody else's as long as the heap lives; and what `commit`
    /// said yes to is readable, writable and zero.
    pub unsafe fn growing(base: *mut u8, reserved: usize, limit: usize, commit: fn(*mut u8, usize) -> bool) -> Region {
        Region { base, reserved, limit, commit: Some(commit) }
    }
}
