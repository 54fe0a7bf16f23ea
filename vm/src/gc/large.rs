//! Large cells: runs of whole pages.

use core::ptr::NonNull;

use super::Kind;
use super::guard::{self, GUARD};
use super::heap::HeapOf;
use super::pages::{Head, PageKind};

impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    /// A cell of whole pages.
    pub(super) fn alloc_large(&mut self, bytes: usize, kind: Kind) -> Option<NonNull<u8>> {
        let wanted = u32::try_from(bytes.checked_add(GUARD)?.div_ceil(PAGE)).ok()?;
        self.counts.upcoming = wanted as usize * PAGE;
        let collected = self.collect_if_due();
        self.counts.upcoming = 0;
        let page = match self.take_pages(wanted) {
            Some(page) => page,
            None if collected || !self.may_collect() => return None,
            None => {
                self.collect();
                self.take_pages(wanted)?
            }
        };
        self.pages.zero(page, wanted);
        self.pages.bits(page).clear(PAGE / GRANULE);
        let head = Head { kind: PageKind::Large, flags: 0, class: 0, cells: kind, len: wanted };
        self.pages.set_head(page, head);
        self.set_tails(page, 1, wanted);
        self.counts.hand_out(wanted as usize * PAGE);
        self.guard_large(page, wanted);
        NonNull::new(self.pages.address(page))
    }

    /// Gives the pages of a large cell back.
    pub(super) fn free_large(&mut self, page: u32, head: Head) {
        self.counts.take_back(head.len as usize * PAGE);
        self.pages.release(page, head.len);
    }

    /// Grows or shrinks a large cell where it is; false when it has to move.
    pub(super) fn resize_large(&mut self, page: u32, head: Head, bytes: usize) -> bool {
        let Ok(wanted) = u32::try_from(bytes.saturating_add(GUARD).div_ceil(PAGE)) else { return false };
        if wanted == 0 || Self::class(bytes).is_some() {
            return false;
        }
        if wanted > head.len {
            let more = wanted - head.len;
            // In the checked modes growth has to pass by the checks of an allocation.
            if self.checked || !self.pages.take_at(page + head.len, more) {
                return false;
            }
            guard::show(self.pages.address(page + head.len).wrapping_sub(GUARD), GUARD);
            self.pages.zero(page + head.len, more);
            self.set_tails(page, head.len, wanted);
            self.counts.hand_out(more as usize * PAGE);
        } else if wanted < head.len {
            self.counts.take_back((head.len - wanted) as usize * PAGE);
            self.pages.release(page + wanted, head.len - wanted);
        }
        self.pages.set_head(page, Head { len: wanted, ..head });
        self.guard_large(page, wanted);
        true
    }

    fn guard_large(&self, page: u32, pages: u32) {
        guard::hide(self.pages.address(page + pages).wrapping_sub(GUARD), GUARD);
    }

    fn set_tails(&mut self, page: u32, from: u32, to: u32) {
        for back in from..to {
            let head = Head { kind: PageKind::Tail, flags: 0, class: 0, cells: Kind::Scan, len: back };
            self.pages.set_head(page + back, head);
        }
    }

    /// Takes free pages, growing the heap if there are none.
    pub(super) fn take_pages(&mut self, wanted: u32) -> Option<u32> {
        if let Some(page) = self.pages.take(wanted) {
            return Some(page);
        }
        // A quarter at a time keeps the calls of the system few, and costs no memory until written.
        let missing = self.pages.missing(wanted)?;
        if !self.pages.grow(missing.max(self.pages.count / 4)) && !self.pages.grow(missing) {
            return None;
        }
        self.pages.take(wanted)
    }
}
