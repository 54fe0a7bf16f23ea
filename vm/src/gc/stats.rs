//! Numbers for gc.mem_free, micropython.mem_info and benches.

use super::class::Class;
use super::heap::{HeapOf, SLOTS};
use super::pages::PageKind;

/// The heap in numbers; sizes in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stats {
    /// All pages, used or not.
    pub total: usize,
    /// Cells handed out and not known to be dead.
    pub used: usize,
    /// The rest of `total`.
    pub free: usize,
    /// The longest run of free pages.
    pub largest_free: usize,
    /// Live after the last collection.
    pub live: usize,
    /// The most ever used.
    pub peak: usize,
    /// Collections so far.
    pub collections: u64,
    /// All that was ever handed out.
    pub handed_out: usize,
}

/// What is counted as it happens. Cells on a free list count as used here: popping them counts nothing.
pub(super) struct Counts {
    pub(super) used: usize,
    pub(super) ever: usize,
    /// Handed out since the last collection.
    pub(super) since: usize,
    /// About to be handed out in one piece.
    pub(super) upcoming: usize,
    pub(super) live: usize,
    pub(super) peak: usize,
    pub(super) collections: u64,
    pub(super) allocations: u64,
}

impl Counts {
    pub(super) const fn new() -> Counts {
        Counts { used: 0, ever: 0, since: 0, upcoming: 0, live: 0, peak: 0, collections: 0, allocations: 0 }
    }

    pub(super) fn hand_out(&mut self, bytes: usize) {
        self.used += bytes;
        self.ever = self.ever.wrapping_add(bytes);
        self.since += bytes;
        self.peak = self.peak.max(self.used);
    }

    pub(super) fn take_back(&mut self, bytes: usize) {
        self.used -= bytes;
        self.since = self.since.saturating_sub(bytes);
    }
}

impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    /// Bytes that all cells together can never exceed.
    pub fn limit(&self) -> usize {
        self.pages.limit as usize * PAGE
    }

    /// Collections so far.
    #[inline(always)]
    pub fn collections(&self) -> u64 {
        self.counts.collections
    }

    /// Address of the first page.
    pub fn start(&self) -> usize {
        self.pages.address(0).addr()
    }

    /// The addresses of all pages.
    pub fn range(&self) -> core::ops::Range<usize> {
        self.start()..self.start() + self.pages.count as usize * PAGE
    }

    /// The pages from number `page`, which begins a run: how many, the letter of the first and of the others. `.` is free,
    /// `h` cells of one size, `L` a large cell and `=` its rest. `None` past the end.
    pub fn run(&self, page: usize) -> Option<(usize, char, char)> {
        let page = u32::try_from(page).ok().filter(|page| *page < self.pages.count)?;
        let head = self.pages.head(page);
        let len = head.len.max(1) as usize;
        Some(match head.kind {
            PageKind::Free => (len, '.', '.'),
            PageKind::Large => (len, 'L', '='),
            PageKind::Small | PageKind::Tail => (1, 'h', 'h'),
        })
    }

    /// The heap in numbers. Walks the free lists, not the heap.
    pub fn stats(&self) -> Stats {
        let total = self.pages.count as usize * PAGE;
        let mut used = self.counts.used;
        for slot in 0..SLOTS {
            used -= self.free_cells(slot).count() * self.cell_size(Class::of_slot(slot));
        }
        Stats {
            total,
            used,
            free: total - used,
            largest_free: self.pages.longest() as usize * PAGE,
            live: self.counts.live,
            peak: self.counts.peak,
            collections: self.counts.collections,
            // Cells that lie ready were not handed out yet.
            handed_out: self.counts.ever.wrapping_sub(self.counts.used - used),
        }
    }
}
