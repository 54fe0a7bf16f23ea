//! Cutting: a page becomes cells step by step, so that no memory is touched before it is wanted.

use core::ptr::null_mut;

use super::Kind;
use super::class::Class;
use super::guard;
use super::heap::{FreeCell, HeapOf, Link, hide_free};
use super::pages::{Head, NONE, PageKind, UNCUT};

/// Bytes that are cut at once: where the system has pages of this size, it finds one for the first cell only.
const STEP: usize = 4096;

impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    /// Makes a free page one of cells, and puts the first of them on their free list, which is empty.
    pub(super) fn carve(&mut self, page: u32, class: Class, kind: Kind) {
        self.pages.zero(page, 1);
        self.pages.bits(page).clear(PAGE / GRANULE);
        guard::hide(self.pages.address(page), PAGE);
        self.cut(page, Head { kind: PageKind::Small, flags: UNCUT, class: class.0, cells: kind, len: 0 });
    }

    /// Puts the next cells of a page on their free list, which is empty.
    pub(super) fn cut(&mut self, page: u32, head: Head) {
        let class = head.class();
        let (cells, size, from) = (self.cell_count(class), self.cell_size(class), head.len as usize);
        let end = (from * size / STEP + 1) * STEP;
        let to = end.div_ceil(size).min(cells);
        let first = self.pages.address(page);
        let mut list: Link = null_mut();
        for index in (from..to).rev() {
            let link: Link = first.wrapping_add(index * size).cast();
            guard::show(link.cast(), size_of::<FreeCell>());
            // SAFETY: the page is ours and zero, and the cell lies in it.
            unsafe { link.write(FreeCell { next: list }) };
            hide_free(link, size);
            list = link;
        }
        // All before these were given out.
        self.pages.bits(page).allocate(to);
        let slot = class.slot(head.cells);
        let rest = to < cells;
        let (flags, len) = if rest { (UNCUT, to as u32) } else { (0, NONE) };
        self.pages.set_head(page, Head { flags, len, ..head });
        if let Some(pages) = self.unswept.get_mut(slot) {
            *pages = if rest { page } else { NONE };
        }
        self.set_list(slot, list, (to - from) * size);
    }
}
