//! The page table: what each page is, and the runs of free pages.

use super::Kind;
use super::bits::Bits;
use super::class::Class;
use super::guard;
use super::region::{Commit, Region};

/// No page.
pub(super) const NONE: u32 = u32::MAX;
/// Growth commits whole units, because the system's own pages may be as big.
const UNIT: usize = 64 * 1024;
/// Free runs are kept in lists by the logarithm of their length.
const BINS: usize = if cfg!(target_pointer_width = "64") { 24 } else { 16 };
/// How many runs of the fitting list are tried before a longer run is split.
const TRIES: usize = 8;

/// What a page is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum PageKind {
    /// Part of a free run; `len` of its first and last page is the run's length.
    Free,
    /// Cells of one class; `len` is the next page of its list.
    Small,
    /// First page of a large cell of `len` pages.
    Large,
    /// Further page of a large cell, `len` pages after its first.
    Tail,
}

/// The part of a page's record that has the same shape for all page sizes; the bits follow it.
#[derive(Clone, Copy)]
#[repr(C)]
pub(super) struct Head {
    pub(super) kind: PageKind,
    pub(super) flags: u8,
    pub(super) class: u8,
    /// What the cells hold.
    pub(super) cells: Kind,
    pub(super) len: u32,
}

/// Something in the page was marked.
pub(super) const MARKED: u8 = 1;
/// Cells of the page were never given out: the first is number `len`.
pub(super) const UNCUT: u8 = 8;
/// Marked bits tell what is allocated; the allocated bits are of the time before.
pub(super) const UNSWEPT: u8 = 2;
/// A marked cell of the page still has to be scanned: the mark stack was full.
pub(super) const RESCAN: u8 = 4;

impl Head {
    pub(super) fn class(self) -> Class {
        Class(self.class)
    }
    pub(super) fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// All pages of a heap.
pub(super) struct Pages<const PAGE: usize, const GRANULE: usize> {
    table: *mut u8,
    base: *mut u8,
    /// Pages in use or free.
    pub(super) count: u32,
    /// Pages that may ever be.
    pub(super) limit: u32,
    commit: Option<Commit>,
    /// The table is committed up to here.
    table_end: *mut u8,
    /// Pages from here on have never been written, so are zero.
    fresh: u32,
    bins: [u32; BINS],
}

impl<const PAGE: usize, const GRANULE: usize> Pages<PAGE, GRANULE> {
    const RECORD: usize = size_of::<Head>() + Bits::bytes(PAGE / GRANULE);

    /// Lays out the region: `before` bytes for the caller, the table, the pages. Returns the caller's part too.
    pub(super) fn new(region: &Region, before: usize) -> Option<(Self, *mut u8)> {
        let unit = if region.commit.is_some() { UNIT } else { GRANULE.max(16) };
        let start = region.base.align_offset(unit);
        let usable = region.reserved.checked_sub(start)?;
        let before = before.next_multiple_of(16);
        let room = usable.checked_sub(before)?.checked_sub(2 * unit)?;
        let most = room / (PAGE + Self::RECORD);
        let limit = u32::try_from(most.min(region.limit / PAGE)).ok().filter(|&pages| pages > 0)?;
        let front = region.base.wrapping_add(start);
        if region.commit.is_none() {
            // A heap that was here before may have left guards.
            guard::show(front, usable);
        }
        let table = front.wrapping_add(before);
        let base = front.wrapping_add((before + most * Self::RECORD).next_multiple_of(unit));
        let mut pages = Pages {
            table,
            base,
            count: 0,
            limit,
            commit: region.commit,
            table_end: front,
            fresh: 0,
            bins: [NONE; BINS],
        };
        let first = if region.commit.is_some() { (1024 * 1024 / PAGE as u32).max(1) } else { limit };
        if region.commit.is_none() {
            pages.fresh = limit;
        }
        pages.grow(first).then_some((pages, front))
    }

    /// Adds free pages: `wanted` or what the limit leaves. False when there is none to add.
    pub(super) fn grow(&mut self, wanted: u32) -> bool {
        let unit = (UNIT / PAGE).max(1) as u32;
        let room = self.limit - self.count;
        let add = if self.commit.is_some() { wanted.next_multiple_of(unit).min(room) } else { wanted.min(room) };
        if add == 0 {
            return false;
        }
        if let Some(commit) = self.commit {
            let records = self.record(self.count + add) as usize;
            if records > self.table_end as usize {
                let len = (records - self.table_end as usize).next_multiple_of(UNIT);
                if !commit(self.table_end, len) {
                    return false;
                }
                self.table_end = self.table_end.wrapping_add(len);
            }
            // The last unit may reach over the limit when the limit is no multiple of it.
            if !commit(self.address(self.count), (add as usize * PAGE).next_multiple_of(UNIT)) {
                return false;
            }
        }
        let start = self.count;
        self.count += add;
        for page in start..self.count {
            self.set_head(page, Head { kind: PageKind::Free, flags: 0, class: 0, cells: Kind::Scan, len: 0 });
        }
        self.release(start, add);
        true
    }

    /// How many pages have to be added for a run of so many at the end; `None` if the limit forbids it.
    pub(super) fn missing(&self, wanted: u32) -> Option<u32> {
        let last = self.head(self.count.checked_sub(1)?);
        let free = if last.kind == PageKind::Free { last.len } else { 0 };
        let missing = wanted.saturating_sub(free).max(1);
        (missing <= self.limit - self.count).then_some(missing)
    }

    /// Takes a run of pages; which one is left to us. The caller sets what they are.
    pub(super) fn take(&mut self, pages: u32) -> Option<u32> {
        let own = bin(pages);
        let mut run = self.bins.get(own).copied().unwrap_or(NONE);
        let mut tries = 0;
        while run != NONE && tries < TRIES {
            if self.head(run).len >= pages {
                return Some(self.split(run, pages));
            }
            run = self.links(run).0;
            tries += 1;
        }
        for &longer in self.bins.get(own + 1..)? {
            if longer != NONE {
                return Some(self.split(longer, pages));
            }
        }
        while run != NONE {
            if self.head(run).len >= pages {
                return Some(self.split(run, pages));
            }
            run = self.links(run).0;
        }
        None
    }

    /// Takes the pages right after `page` if at least `pages` are free there.
    pub(super) fn take_at(&mut self, page: u32, pages: u32) -> bool {
        if page >= self.count {
            return false;
        }
        let head = self.head(page);
        if head.kind != PageKind::Free || head.len < pages {
            return false;
        }
        self.split(page, pages);
        true
    }

    /// Gives pages back and joins them with free neighbours. Returns the first page after the joined run.
    pub(super) fn release(&mut self, start: u32, pages: u32) -> u32 {
        let free = Head { kind: PageKind::Free, flags: 0, class: 0, cells: Kind::Scan, len: 0 };
        for page in start..start + pages {
            self.set_head(page, free);
        }
        guard::hide(self.address(start), pages as usize * PAGE);
        let (mut from, mut to) = (start, start + pages);
        if start > 0 && self.head(start - 1).kind == PageKind::Free {
            from = start - self.head(start - 1).len;
            self.unlink(from);
        }
        if to < self.count && self.head(to).kind == PageKind::Free {
            let len = self.head(to).len;
            self.unlink(to);
            to += len;
        }
        self.link(from, to - from);
        to
    }

    /// Zeroes pages, as far as they were ever written.
    pub(super) fn zero(&mut self, start: u32, pages: u32) {
        let end = start + pages;
        if start < self.fresh {
            let dirty = end.min(self.fresh) - start;
            // SAFETY: these pages are committed and, being just taken from the free ones, nobody's.
            unsafe { self.address(start).write_bytes(0, dirty as usize * PAGE) }
        }
        self.fresh = self.fresh.max(end);
    }

    /// Pages of the longest free run.
    pub(super) fn longest(&self) -> u32 {
        let mut most = 0;
        for &first in self.bins.iter().rev() {
            let mut run = first;
            while run != NONE {
                most = most.max(self.head(run).len);
                run = self.links(run).0;
            }
            if most > 0 {
                break;
            }
        }
        most
    }

    /// The page and the offset in it of an address, or `None` outside of the pages.
    #[inline]
    pub(super) fn locate(&self, address: usize) -> Option<(u32, usize)> {
        let offset = address.wrapping_sub(self.base as usize);
        if offset >= self.count as usize * PAGE {
            return None;
        }
        Some(((offset / PAGE) as u32, offset % PAGE))
    }

    #[inline]
    pub(super) fn address(&self, page: u32) -> *mut u8 {
        self.base.wrapping_add(page as usize * PAGE)
    }

    #[inline]
    pub(super) fn head(&self, page: u32) -> Head {
        debug_assert!(page < self.count);
        // SAFETY: records below `count` are committed and were written by `grow`; their kind is only ever written as one.
        unsafe { self.record(page).cast::<Head>().read() }
    }

    #[inline]
    pub(super) fn set_head(&mut self, page: u32, head: Head) {
        debug_assert!(page < self.count);
        // SAFETY: records below `count` are committed.
        unsafe { self.record(page).cast::<Head>().write(head) }
    }

    #[inline]
    pub(super) fn set_flags(&mut self, page: u32, flags: u8) {
        debug_assert!(page < self.count);
        // SAFETY: as in `head`.
        unsafe { (*self.record(page).cast::<Head>()).flags = flags }
    }

    #[inline]
    pub(super) fn bits(&self, page: u32) -> Bits {
        debug_assert!(page < self.count);
        // SAFETY: a record has room behind its head for the bits of a page full of the smallest cells.
        unsafe { Bits::new(self.record(page).add(size_of::<Head>()).cast()) }
    }

    fn record(&self, page: u32) -> *mut u8 {
        self.table.wrapping_add(page as usize * Self::RECORD)
    }

    /// Cuts `pages` from the start of a free run.
    fn split(&mut self, run: u32, pages: u32) -> u32 {
        let len = self.head(run).len;
        self.unlink(run);
        if len > pages {
            self.link(run + pages, len - pages);
        }
        guard::show(self.address(run), pages as usize * PAGE);
        run
    }

    // A free run's neighbours in its list stand where its first page's bits would.
    fn links(&self, run: u32) -> (u32, u32) {
        let bits = self.bits(run);
        (bits.word(0), bits.word(1))
    }

    fn link(&mut self, run: u32, len: u32) {
        let free = Head { kind: PageKind::Free, flags: 0, class: 0, cells: Kind::Scan, len };
        self.set_head(run, free);
        self.set_head(run + len - 1, free);
        let Some(first) = self.bins.get_mut(bin(len)) else { return };
        let next = core::mem::replace(first, run);
        self.bits(run).set_word(0, next);
        self.bits(run).set_word(1, NONE);
        if next != NONE {
            self.bits(next).set_word(1, run);
        }
    }

    fn unlink(&mut self, run: u32) {
        let (next, previous) = self.links(run);
        let own = bin(self.head(run).len);
        if previous != NONE {
            self.bits(previous).set_word(0, next);
        } else if let Some(first) = self.bins.get_mut(own) {
            *first = next;
        }
        if next != NONE {
            self.bits(next).set_word(1, previous);
        }
    }
}

fn bin(pages: u32) -> usize {
    (pages.max(1).ilog2() as usize).min(BINS - 1)
}
