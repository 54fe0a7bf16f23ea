//! Sweeping: whole dead pages right after marking, the others one by one when their class needs cells.

use core::ptr::null_mut;

use super::class::Class;
use super::guard::{self, GUARD};
use super::heap::{FreeCell, HeapOf, Link, SLOTS, hide_free};
use super::pages::{MARKED, NONE, PageKind, UNCUT, UNSWEPT};

impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    /// Brings all allocated bits up to date and forgets the free lists, so that marking finds a clean table.
    pub(super) fn finish_sweep(&mut self) {
        for slot in 0..SLOTS {
            let cells = self.cell_count(Class::of_slot(slot));
            let mut page = self.unswept.get_mut(slot).map_or(NONE, |list| core::mem::replace(list, NONE));
            while page != NONE {
                let head = self.pages.head(page);
                self.pages.set_flags(page, 0);
                if head.has(UNCUT) {
                    break;
                }
                self.pages.bits(page).keep_marked(cells);
                page = head.len;
            }
        }
        let mut unused = 0;
        for slot in 0..SLOTS {
            let class = Class::of_slot(slot);
            for cell in self.free_cells(slot) {
                unused += self.cell_size(class);
                if let Some((page, offset)) = self.pages.locate(cell.addr()) {
                    self.pages.bits(page).clear_allocated(self.cell_index(class, offset));
                }
            }
        }
        // They will be handed out again.
        self.counts.ever = self.counts.ever.wrapping_sub(unused);
        self.drop_lists();
    }

    /// Gives back what holds nothing marked, in pages, and lists the pages that hold something for later.
    pub(super) fn sort_pages(&mut self) {
        let mut last = [NONE; SLOTS];
        let mut page = 0;
        while page < self.pages.count {
            let mut head = self.pages.head(page);
            match head.kind {
                PageKind::Free => page += head.len,
                PageKind::Tail => page += 1,
                PageKind::Large if head.has(MARKED) => {
                    self.pages.set_flags(page, 0);
                    page += head.len;
                }
                PageKind::Large => page = self.pages.release(page, head.len),
                PageKind::Small if head.has(MARKED) => {
                    head.flags = UNSWEPT;
                    head.len = NONE;
                    self.pages.set_head(page, head);
                    let slot = head.class().slot(head.cells);
                    if let Some(last) = last.get_mut(slot) {
                        let before = core::mem::replace(last, page);
                        if before != NONE {
                            let mut head = self.pages.head(before);
                            head.len = page;
                            self.pages.set_head(before, head);
                        } else if let Some(first) = self.unswept.get_mut(slot) {
                            *first = page;
                        }
                    }
                    page += 1;
                }
                PageKind::Small => page = self.pages.release(page, 1),
            }
        }
    }

    /// Cuts or sweeps pages of a slot until one gives cells for its empty free list; false when none does.
    pub(super) fn sweep_next(&mut self, slot: usize) -> bool {
        loop {
            let Some(list) = self.unswept.get_mut(slot) else { return false };
            let page = *list;
            if page == NONE {
                return false;
            }
            let head = self.pages.head(page);
            if head.has(UNCUT) {
                self.cut(page, head);
                return true;
            }
            *list = head.len;
            self.pages.set_flags(page, 0);
            if self.sweep_page(page, slot) {
                return true;
            }
        }
    }

    fn sweep_page(&mut self, page: u32, slot: usize) -> bool {
        let class = Class::of_slot(slot);
        let (cells, size) = (self.cell_count(class), self.cell_size(class));
        let bits = self.pages.bits(page);
        let first = self.pages.address(page);
        bits.keep_marked(cells);
        let (mut list, mut free): (Link, usize) = (null_mut(), 0);
        for index in (0..cells).rev() {
            if bits.allocated(index) {
                continue;
            }
            let cell = first.wrapping_add(index * size);
            guard::show(cell, size - GUARD);
            // Zeroing here, page by page, leaves one store to the allocation itself.
            // SAFETY: the cell lies in the page and is dead: nothing reached it.
            unsafe {
                cell.write_bytes(0, size - GUARD);
                cell.cast::<FreeCell>().write(FreeCell { next: list });
            }
            hide_free(cell.cast(), size);
            list = cell.cast();
            free += size;
        }
        if list.is_null() {
            return false;
        }
        bits.allocate(cells);
        self.set_list(slot, list, free);
        true
    }
}
