//! Plain cells: memory that its owner frees. On boards Rust's own `Vec` and `Box` take theirs from here, because two
//! heaps in one small RAM would each run out while the other has room.

use core::alloc::Layout;
use core::ptr::NonNull;

use super::heap::HeapOf;
use super::pages::{MARKED, PageKind};
use super::{GRANULE, Kind};

/// On boards the global allocator reaches the heap while others hold `&mut` to it or to the Vm around it. A heap that
/// is not `Unpin` keeps the compiler from taking such a reference for the only way to what is behind it.
#[cfg(target_pointer_width = "32")]
pub(super) type Shared = core::marker::PhantomPinned;
/// Hosts have an allocator of their own, and the compiler may know that.
#[cfg(not(target_pointer_width = "32"))]
pub(super) type Shared = ();

impl<const PAGE: usize, const CELL: usize> HeapOf<PAGE, CELL> {
    /// A zeroed block that lives until `free_plain`; `None` when there is no memory or the layout asks for more
    /// alignment than cells have.
    pub fn alloc_plain(&mut self, layout: Layout) -> Option<NonNull<u8>> {
        if layout.align() > CELL {
            return None;
        }
        self.plain = true;
        self.alloc(layout.size(), Kind::Plain)
    }

    /// Makes a block hold `bytes` bytes, moving it if need be; `None` leaves it as it was.
    ///
    /// # Safety
    /// As `realloc`, for a block of `alloc_plain`.
    pub unsafe fn realloc_plain(&mut self, block: NonNull<u8>, bytes: usize) -> Option<NonNull<u8>> {
        // SAFETY: the caller's promise.
        unsafe { self.realloc(block, bytes) }
    }

    /// Gives a block back.
    ///
    /// # Safety
    /// `block` came from `alloc_plain`, and nobody uses it afterwards.
    pub unsafe fn free_plain(&mut self, block: NonNull<u8>) {
        // SAFETY: the caller's promise; plain cells never have finalisers.
        unsafe { self.free(block) }
    }

    /// Marks all plain cells, so that this collection keeps them.
    pub(super) fn mark_plain(&mut self) {
        if !self.plain {
            return;
        }
        let mut page = 0;
        while page < self.pages.count {
            let head = self.pages.head(page);
            let plain = head.cells == Kind::Plain;
            match head.kind {
                PageKind::Small if plain => {
                    let cells = self.pages.bits(page).mark_allocated(self.cell_count(head.class()));
                    if cells > 0 {
                        self.counts.live += cells * self.cell_size(head.class());
                        self.pages.set_flags(page, head.flags | MARKED);
                    }
                }
                PageKind::Large if plain => {
                    self.counts.live += head.len as usize * PAGE;
                    self.pages.set_flags(page, head.flags | MARKED);
                }
                PageKind::Free | PageKind::Small | PageKind::Large | PageKind::Tail => {}
            }
            page += match head.kind {
                PageKind::Free | PageKind::Large => head.len,
                PageKind::Small | PageKind::Tail => 1,
            };
        }
    }
}

// What Rust's collections hold on boards: words, and doubles.
const _: () = assert!(align_of::<f64>() <= GRANULE && align_of::<u64>() <= GRANULE);
