//! Marking: from the roots through all cells of words, with a bounded stack and no recursion.

use core::ptr::NonNull;

use super::guard::GUARD;
use super::heap::HeapOf;
use super::pages::{MARKED, PageKind, RESCAN, UNSWEPT};
use super::{Kind, roots};

const WORD: usize = size_of::<usize>();
/// Words of a cell that are scanned in one go; the rest waits as one entry.
const CHUNK: usize = if cfg!(target_pointer_width = "64") { 32 } else { 8 };

/// Ranges of words still to be scanned.
pub(super) struct MarkStack {
    entries: *mut (usize, usize),
    room: usize,
    len: usize,
    /// Entries were refused: their pages have the flag `RESCAN`.
    overflowed: bool,
}

impl MarkStack {
    /// How many entries suit a heap of so many bytes.
    pub(super) fn entries(heap: usize) -> usize {
        (heap / 64 / Self::bytes(1)).clamp(8, 4096)
    }

    pub(super) const fn bytes(entries: usize) -> usize {
        entries * size_of::<(usize, usize)>()
    }

    pub(super) fn new(memory: *mut u8, room: usize) -> MarkStack {
        MarkStack { entries: memory.cast(), room, len: 0, overflowed: false }
    }

    fn push(&mut self, start: usize, end: usize) -> bool {
        if self.len == self.room {
            self.overflowed = true;
            return false;
        }
        // SAFETY: the heap's layout left `room` entries here.
        unsafe { self.entries.add(self.len).write((start, end)) };
        self.len += 1;
        true
    }

    fn pop(&mut self) -> Option<(usize, usize)> {
        self.len = self.len.checked_sub(1)?;
        // SAFETY: below `len` all entries were written.
        Some(unsafe { self.entries.add(self.len).read() })
    }
}

impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    /// Collects now: what neither roots nor finalisers reach is free afterwards. Does nothing inside of itself.
    #[inline(never)]
    pub fn collect(&mut self) {
        if self.collecting {
            return;
        }
        roots::with_registers(&mut |sp| self.collect_from(sp));
    }

    /// The start of the cell that `address` points to or into, if it is allocated.
    pub fn find(&self, address: *const u8) -> Option<NonNull<u8>> {
        let (mut page, offset) = self.pages.locate(address.addr())?;
        let mut head = self.pages.head(page);
        match head.kind {
            PageKind::Free => None,
            PageKind::Large => NonNull::new(self.pages.address(page)),
            PageKind::Tail => {
                page -= head.len;
                head = self.pages.head(page);
                debug_assert!(head.kind == PageKind::Large);
                NonNull::new(self.pages.address(page))
            }
            PageKind::Small => {
                let index = self.cell_index(head.class(), offset);
                let bits = self.pages.bits(page);
                if index >= self.cell_count(head.class()) {
                    return None;
                }
                let base = self.pages.address(page).wrapping_add(index * self.cell_size(head.class()));
                let live = if head.has(UNSWEPT) { bits.marked(index) } else { bits.allocated(index) };
                let slot = head.class().slot(head.cells);
                if !live || self.free_cells(slot).any(|free| free.cast() == base) {
                    return None;
                }
                NonNull::new(base)
            }
        }
    }

    /// Marks the cell that a word points to or into, whatever the word's low bits.
    #[inline]
    pub(super) fn mark_word(&mut self, word: usize) {
        let Some((mut page, offset)) = self.pages.locate(word) else { return };
        let mut head = self.pages.head(page);
        match head.kind {
            PageKind::Free => {}
            PageKind::Small => {
                let index = self.cell_index(head.class(), offset);
                if index >= self.cell_count(head.class()) {
                    return;
                }
                let bits = self.pages.bits(page);
                if !bits.allocated(index) || bits.marked(index) {
                    return;
                }
                bits.set_marked(index);
                let size = self.cell_size(head.class());
                self.counts.live += size;
                self.pages.set_flags(page, head.flags | MARKED);
                if head.cells == Kind::Scan {
                    let start = self.pages.address(page) as usize + index * size;
                    self.later(page, start, size - GUARD);
                }
            }
            PageKind::Large | PageKind::Tail => {
                if head.kind == PageKind::Tail {
                    page -= head.len;
                    head = self.pages.head(page);
                }
                if head.has(MARKED) {
                    return;
                }
                self.pages.set_flags(page, head.flags | MARKED);
                let size = head.len as usize * PAGE;
                self.counts.live += size;
                if head.cells == Kind::Scan {
                    self.later(page, self.pages.address(page) as usize, size - GUARD);
                }
            }
        }
    }

    /// Whether a word points to or into a marked cell.
    pub(super) fn is_marked(&self, word: usize) -> bool {
        let Some((page, offset)) = self.pages.locate(word) else { return false };
        let head = self.pages.head(page);
        match head.kind {
            PageKind::Free => false,
            PageKind::Small => self.pages.bits(page).marked(self.cell_index(head.class(), offset)),
            PageKind::Large => head.has(MARKED),
            PageKind::Tail => self.pages.head(page - head.len).has(MARKED),
        }
    }

    /// Scans until nothing is left, also of what the stack had no room for.
    pub(super) fn drain(&mut self) {
        self.drain_stack();
        while core::mem::take(&mut self.stack.overflowed) {
            for page in 0..self.pages.count {
                let head = self.pages.head(page);
                if head.has(RESCAN) {
                    self.pages.set_flags(page, head.flags & !RESCAN);
                    self.rescan(page);
                }
            }
        }
    }

    /// Marks from every word of a range that is no cell.
    ///
    /// # Safety
    /// The words from `start` to `end` are readable.
    pub(super) unsafe fn mark_range(&mut self, start: *const usize, end: *const usize) {
        let mut at = start;
        while at.addr() + WORD <= end.addr() {
            // SAFETY: the caller's promise. Volatile, since this may be a stack with frames the compiler knows nothing of.
            let word = unsafe { at.read_volatile() };
            self.mark_word(word);
            self.drain_stack();
            at = at.wrapping_add(1);
        }
    }

    fn collect_from(&mut self, sp: *const usize) {
        self.collecting = true;
        self.finish_sweep();
        self.counts.live = 0;
        self.mark_roots(sp);
        self.drain();
        self.clear_weak();
        self.find_finalisable();
        self.drain();
        self.sort_pages();
        self.counts.used = self.counts.live;
        self.counts.since = 0;
        self.counts.collections += 1;
        self.collecting = false;
    }

    fn later(&mut self, page: u32, start: usize, size: usize) {
        if !self.stack.push(start, start + size) {
            let flags = self.pages.head(page).flags;
            self.pages.set_flags(page, flags | RESCAN);
        }
    }

    pub(super) fn drain_stack(&mut self) {
        while let Some((start, end)) = self.stack.pop() {
            let stop = end.min(start + CHUNK * WORD);
            if stop < end {
                // Always fits: an entry was just popped.
                self.stack.push(stop, end);
            }
            let mut at = start;
            while at < stop {
                let word = self.heap_word(at);
                if word.is_multiple_of(WORD) {
                    self.mark_word(word);
                }
                at += WORD;
            }
        }
    }

    /// Scans all marked cells of a page again.
    fn rescan(&mut self, page: u32) {
        let head = self.pages.head(page);
        let first = self.pages.address(page) as usize;
        if head.kind == PageKind::Large {
            self.stack.push(first, first + head.len as usize * PAGE - GUARD);
            self.drain_stack();
            return;
        }
        let size = self.cell_size(head.class());
        for index in 0..self.cell_count(head.class()) {
            if self.pages.bits(page).marked(index) {
                self.stack.push(first + index * size, first + (index + 1) * size - GUARD);
                self.drain_stack();
            }
        }
    }

    fn heap_word(&self, address: usize) -> usize {
        let pointer: *const usize = self.pages.address(0).with_addr(address).cast();
        // SAFETY: only ranges inside allocated cells are pushed. Volatile, since a cell's owner may have left padding in it.
        unsafe { pointer.read_volatile() }
    }
}
