//! Allocation: free lists by class and kind, runs of pages for large cells.

use core::ptr::{NonNull, null_mut};

use super::class::{CLASSES, Class, Classes};
use super::finalise::Finalisers;
use super::guard::{self, GUARD};
use super::mark::MarkStack;
use super::pages::{NONE, PageKind, Pages, UNSWEPT};
use super::plain::Shared;
use super::region::Region;
use super::roots::Roots;
use super::stats::Counts;
use super::weak::WeakTable;
use super::{KINDS, Kind};

/// Slots of the arrays of lists: a class and a kind each.
pub(super) const SLOTS: usize = CLASSES * KINDS;

/// A free cell: zero but for its first word, which is the next one.
pub(super) type Link = *mut FreeCell;

/// See [`Link`].
#[repr(C)]
pub(super) struct FreeCell {
    pub(super) next: Link,
}

/// A heap with pages of `PAGE` bytes and cells in multiples of `GRANULE` bytes.
#[repr(C)]
pub struct HeapOf<const PAGE: usize, const GRANULE: usize> {
    /// Free cells by class and kind. Machine code pops from here, so this stays first.
    pub(super) lists: [Link; SLOTS],
    /// The free lists while every allocation has to pass by `alloc_slow`; then `lists` is empty.
    pub(super) held: [Link; SLOTS],
    /// Pages to sweep, or one that is not yet cut to its end, by class and kind.
    pub(super) unswept: [u32; SLOTS],
    pub(super) pages: Pages<PAGE, GRANULE>,
    pub(super) stack: MarkStack,
    pub(super) roots: Roots,
    pub(super) weak: WeakTable,
    pub(super) finalisers: Finalisers,
    pub(super) counts: Counts,
    /// A cell that must live though only we know it.
    pub(super) pinned: usize,
    /// Collect once so many bytes were handed out.
    pub(super) threshold: Option<usize>,
    floor: usize,
    pub(super) locks: u32,
    pub(super) collecting: bool,
    pub(super) disabled: bool,
    pub(super) stress: bool,
    pub(super) checked: bool,
    pub(super) fail_after: Option<u64>,
    /// Plain cells were asked for, so collections have to look for them.
    pub(super) plain: bool,
    _shared: Shared,
    pub(super) failing_once: bool,
}

impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    pub(super) const CLASSES: &'static Classes = &Classes::new(PAGE, GRANULE);

    /// A heap in a region; `None` when the region is too small for a page or the system gives nothing.
    pub fn new(region: Region) -> Option<Self> {
        let entries = MarkStack::entries(region.reserved.min(region.limit));
        let floor = (region.limit / 4).min(1024 * 1024);
        let (pages, front) = Pages::new(&region, MarkStack::bytes(entries))?;
        Some(HeapOf {
            lists: [null_mut(); SLOTS],
            held: [null_mut(); SLOTS],
            unswept: [NONE; SLOTS],
            pages,
            stack: MarkStack::new(front, entries),
            roots: Roots::new(),
            weak: WeakTable::new(),
            finalisers: Finalisers::new(),
            counts: Counts::new(),
            pinned: 0,
            threshold: None,
            floor,
            locks: 0,
            collecting: false,
            disabled: false,
            stress: false,
            checked: false,
            fail_after: None,
            plain: false,
            _shared: Shared::default(),
            failing_once: false,
        })
    }

    /// A zeroed cell of at least `bytes` bytes, or `None` when there is no memory or the heap is locked.
    #[inline]
    pub fn alloc(&mut self, bytes: usize, kind: Kind) -> Option<NonNull<u8>> {
        match self.alloc_fast(bytes, kind) {
            None => self.alloc_slow(bytes, kind),
            cell => cell,
        }
    }

    /// As `alloc`, but `None` also when more is to be done than taking a cell that lies ready.
    #[inline]
    pub fn alloc_fast(&mut self, bytes: usize, kind: Kind) -> Option<NonNull<u8>> {
        let slot = Self::slot(bytes, kind)?;
        pop(self.lists.get_mut(slot)?).inspect(|cell| Self::hand_out(*cell, slot))
    }

    /// The byte offset in the heap of the free list for cells of this size, for machine code that pops by itself:
    /// load the head (zero: call `alloc`), load the next from it, store that as the head, zero the cell's first word.
    pub fn list_offset(bytes: usize, kind: Kind) -> Option<usize> {
        if cfg!(asan) {
            // The sanitizer has to hear of it.
            return None;
        }
        let slot = Self::slot(bytes, kind)?;
        Some(core::mem::offset_of!(Self, lists) + slot * size_of::<Link>())
    }

    /// Gives a cell back at once.
    ///
    /// # Safety
    /// `cell` came from this heap, nobody uses it afterwards, and it has no finaliser.
    pub unsafe fn free(&mut self, cell: NonNull<u8>) {
        let Some((page, offset)) = self.pages.locate(cell.addr().get()) else { return };
        let head = self.pages.head(page);
        match head.kind {
            PageKind::Free | PageKind::Tail => {}
            PageKind::Large => self.free_large(page, head),
            PageKind::Small => {
                let size = self.cell_size(head.class());
                if head.has(UNSWEPT) {
                    // The sweep of this page must take the cell for allocated, as all cells on a list are.
                    let index = self.cell_index(head.class(), offset);
                    self.pages.bits(page).set_marked(index);
                }
                // SAFETY: the cell has `size` bytes, and the caller gave it up.
                unsafe { cell.write_bytes(0, size - GUARD) };
                let lists = if self.checked { &mut self.held } else { &mut self.lists };
                if let Some(list) = lists.get_mut(head.class().slot(head.cells)) {
                    let link: Link = cell.as_ptr().cast();
                    // SAFETY: a cell holds at least a word and is aligned to its granule.
                    unsafe { link.write(FreeCell { next: *list }) };
                    *list = link;
                    hide_free(link, size);
                }
            }
        }
    }

    /// Makes a cell hold `bytes` bytes, in place where possible, else by moving; what is new is zero, provided that
    /// nothing was written past the bytes asked for before. On `None` the old cell is as it was.
    ///
    /// # Safety
    /// `cell` came from this heap; if the result is another address, nobody uses the old one afterwards.
    pub unsafe fn realloc(&mut self, cell: NonNull<u8>, bytes: usize) -> Option<NonNull<u8>> {
        let (page, _) = self.pages.locate(cell.addr().get())?;
        let head = self.pages.head(page);
        let old = self.size_of(cell)?;
        let kind = head.cells;
        let stays = match head.kind {
            PageKind::Free | PageKind::Tail => return None,
            PageKind::Small => bytes <= old && (bytes > old / 2 || Self::class(bytes) == Some(head.class())),
            PageKind::Large => self.resize_large(page, head, bytes),
        };
        if stays {
            self.zero_rest(cell, bytes);
            return Some(cell);
        }
        // No collection on the way may take the old cell, even if nobody but the caller's caller knows it.
        let before = core::mem::replace(&mut self.pinned, cell.addr().get());
        let moved = self.alloc(bytes, kind);
        self.pinned = before;
        let Some(new) = moved else {
            // A cell that should shrink may as well stay.
            if bytes > old {
                return None;
            }
            self.zero_rest(cell, bytes);
            return Some(cell);
        };
        // SAFETY: two different cells, each at least as long; the old one is not used any more.
        unsafe {
            new.copy_from_nonoverlapping(cell, bytes.min(old));
            self.free(cell);
        }
        Some(new)
    }

    /// Zeroes a cell past its first `used` bytes.
    fn zero_rest(&self, cell: NonNull<u8>, used: usize) {
        let rest = self.size_of(cell).unwrap_or(0).saturating_sub(used);
        // SAFETY: `rest` is zero or what the cell has past `used`, and its owner asked for no more than that.
        unsafe { cell.as_ptr().wrapping_add(used).write_bytes(0, rest) };
    }

    /// Bytes that fit in the cell that starts at `cell`; `None` if no cell is there.
    pub fn size_of(&self, cell: NonNull<u8>) -> Option<usize> {
        let (page, _) = self.pages.locate(cell.addr().get())?;
        let head = self.pages.head(page);
        match head.kind {
            PageKind::Free | PageKind::Tail => None,
            PageKind::Small => Some(self.cell_size(head.class()) - GUARD),
            PageKind::Large => Some(head.len as usize * PAGE - GUARD),
        }
    }

    /// Free cells of a slot; the marker of unused cells and the statistics walk them.
    pub(super) fn free_cells(&self, slot: usize) -> impl Iterator<Item = Link> {
        let lists = if self.checked { &self.held } else { &self.lists };
        let mut next = lists.get(slot).copied().unwrap_or(null_mut());
        core::iter::from_fn(move || {
            let cell = next;
            if cell.is_null() {
                return None;
            }
            // SAFETY: lists hold free cells, linked by their first word, the last one to null.
            next = unsafe { (*cell).next };
            Some(cell)
        })
    }

    /// Forgets all free lists; the caller has noted what was in them.
    pub(super) fn drop_lists(&mut self) {
        self.lists = [null_mut(); SLOTS];
        self.held = [null_mut(); SLOTS];
    }

    pub(super) fn cell_size(&self, class: Class) -> usize {
        granules(class, Self::CLASSES) * GRANULE
    }

    /// The number in its page of the cell that covers a byte.
    #[inline]
    pub(super) fn cell_index(&self, class: Class, offset: usize) -> usize {
        let inverse = Self::CLASSES.inverse.get(class.0 as usize).copied().unwrap_or(0);
        (((offset / GRANULE) as u32 * inverse) >> 20) as usize
    }

    pub(super) fn cell_count(&self, class: Class) -> usize {
        Self::CLASSES.cells.get(class.0 as usize).copied().unwrap_or(0) as usize
    }

    pub(super) fn class(bytes: usize) -> Option<Class> {
        Self::CLASSES.of(bytes.max(1).checked_add(GUARD)?.div_ceil(GRANULE))
    }

    #[inline]
    fn slot(bytes: usize, kind: Kind) -> Option<usize> {
        Some(Self::class(bytes)?.slot(kind))
    }

    #[cold]
    #[inline(never)]
    fn alloc_slow(&mut self, bytes: usize, kind: Kind) -> Option<NonNull<u8>> {
        if self.checked {
            if self.is_locked() {
                return None;
            }
            if self.fail_after.is_some_and(|passing| self.counts.allocations >= passing) {
                if self.failing_once {
                    self.fail_after = Some(u64::MAX);
                }
                return None;
            }
            self.counts.allocations += u64::from(self.fail_after.is_some());
            if self.stress && self.may_collect() {
                self.collect();
            }
        }
        let Some(class) = Self::class(bytes) else {
            return self.alloc_large(bytes, kind);
        };
        let slot = class.slot(kind);
        if let Some(cell) = self.held.get_mut(slot).and_then(pop) {
            Self::hand_out(cell, slot);
            return Some(cell);
        }
        let mut collected = self.collect_if_due();
        loop {
            if self.sweep_next(slot) {
                break;
            }
            if let Some(page) = self.take_pages(1) {
                self.carve(page, class, kind);
                break;
            }
            if collected || !self.may_collect() {
                return None;
            }
            self.collect();
            collected = true;
        }
        let lists = if self.checked { &mut self.held } else { &mut self.lists };
        lists.get_mut(slot).and_then(pop).inspect(|cell| Self::hand_out(*cell, slot))
    }

    /// The owner of a cell that was free may touch it.
    #[inline(always)]
    fn hand_out(cell: NonNull<u8>, slot: usize) {
        if cfg!(asan) {
            guard::show(cell.as_ptr(), granules(Class::of_slot(slot), Self::CLASSES) * GRANULE - GUARD);
        }
    }

    /// Makes `list` the free list of a slot whose list is empty, and counts its bytes as handed out.
    pub(super) fn set_list(&mut self, slot: usize, list: Link, bytes: usize) {
        let lists = if self.checked { &mut self.held } else { &mut self.lists };
        if let Some(place) = lists.get_mut(slot) {
            *place = list;
        }
        self.counts.hand_out(bytes);
    }

    /// Collects if enough was handed out since the last time; says whether it did.
    pub(super) fn collect_if_due(&mut self) -> bool {
        let due = self.threshold.unwrap_or(self.floor.max(self.counts.live));
        if self.counts.since + self.counts.upcoming <= due || self.counts.since == 0 || !self.may_collect() {
            return false;
        }
        self.collect();
        true
    }
}

/// Of a free cell nothing is read but its link.
pub(super) fn hide_free(cell: Link, size: usize) {
    guard::hide(cell.wrapping_add(1).cast(), size - size_of::<FreeCell>());
}

fn granules(class: Class, classes: &Classes) -> usize {
    classes.granules.get(class.0 as usize).copied().unwrap_or(0) as usize
}

#[inline]
fn pop(list: &mut Link) -> Option<NonNull<u8>> {
    let cell = NonNull::new(*list)?;
    // SAFETY: lists hold free cells of this heap, linked by their first word.
    unsafe {
        *list = cell.as_ref().next;
        cell.as_ptr().write(FreeCell { next: null_mut() });
    }
    Some(cell.cast())
}
