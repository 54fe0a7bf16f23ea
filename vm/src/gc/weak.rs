//! Weak handles: they tell where a cell is until it dies. And the growable table that these and finalisers share.

use core::ptr::NonNull;

use super::Kind;
use super::heap::HeapOf;

/// A weak handle of a heap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WeakId(u32);

/// Words in a leaf cell of the heap: addresses that keep nothing alive.
#[derive(Clone, Copy)]
pub(super) struct Table {
    words: *mut usize,
    pub(super) room: usize,
    pub(super) len: usize,
}

impl Table {
    pub(super) const fn new() -> Table {
        Table { words: core::ptr::null_mut(), room: 0, len: 0 }
    }

    pub(super) fn get(&self, index: usize) -> usize {
        if index >= self.len {
            return 0;
        }
        // SAFETY: below `len`, so inside the cell.
        unsafe { self.words.add(index).read() }
    }

    pub(super) fn set(&mut self, index: usize, word: usize) {
        if index < self.len {
            // SAFETY: below `len`, so inside the cell.
            unsafe { self.words.add(index).write(word) }
        }
    }

    /// Adds a word; the caller has made room.
    pub(super) fn push(&mut self, word: usize) {
        if self.len < self.room {
            self.len += 1;
            self.set(self.len - 1, word);
        }
    }

    /// The address of the cell.
    pub(super) fn cell(&self) -> usize {
        self.words.addr()
    }
}

/// Weak handles: addresses, or zero once dead, or `next * 2 + 1` in the list of handles given back.
pub(super) struct WeakTable {
    table: Table,
    free: usize,
}

/// Ends the list of handles given back.
const END: usize = u32::MAX as usize >> 1;

impl WeakTable {
    pub(super) const fn new() -> WeakTable {
        WeakTable { table: Table::new(), free: END }
    }
}

impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    /// A weak handle for a cell; `None` when there is no memory.
    pub fn weak_new(&mut self, cell: NonNull<u8>) -> Option<WeakId> {
        let address = cell.addr().get();
        let index = self.weak.free;
        if index != END {
            self.weak.free = self.weak.table.get(index) >> 1;
            self.weak.table.set(index, address);
            return u32::try_from(index).ok().map(WeakId);
        }
        let id = u32::try_from(self.weak.table.len).ok().filter(|&id| (id as usize) < END)?;
        if !self.reserve(|heap| &mut heap.weak.table, 1, address) {
            return None;
        }
        self.weak.table.push(address);
        Some(WeakId(id))
    }

    /// The cell of a handle, until it dies.
    pub fn weak_get(&self, id: WeakId) -> Option<NonNull<u8>> {
        let address = self.weak.table.get(id.0 as usize);
        if address == 0 || address & 1 != 0 {
            return None;
        }
        NonNull::new(self.pages.address(0).with_addr(address))
    }

    /// Gives a handle back; using it afterwards answers for whoever got it next.
    pub fn weak_free(&mut self, id: WeakId) {
        let index = id.0 as usize;
        if index < self.weak.table.len && self.weak.table.get(index) & 1 == 0 {
            self.weak.table.set(index, self.weak.free << 1 | 1);
            self.weak.free = index;
        }
    }

    pub(super) fn mark_weak_table(&mut self) {
        self.mark_word(self.weak.table.cell());
    }

    /// Clears the handles of what is not marked. Runs before finalisers bring cells back, as CPython does it.
    pub(super) fn clear_weak(&mut self) {
        for index in 0..self.weak.table.len {
            let address = self.weak.table.get(index);
            if address & 1 == 0 && address != 0 && !self.is_marked(address) {
                self.weak.table.set(index, 0);
            }
        }
    }

    /// Makes room for `more` words in a table while `keep` stays alive; false when there is no memory.
    pub(super) fn reserve(&mut self, table: fn(&mut Self) -> &mut Table, more: usize, keep: usize) -> bool {
        let Table { words, room, len } = *table(self);
        let wanted = len + more;
        if wanted <= room {
            return true;
        }
        let pinned = core::mem::replace(&mut self.pinned, keep);
        let cell = self.alloc(wanted.max(room * 2).max(8) * size_of::<usize>(), Kind::Leaf);
        self.pinned = pinned;
        let Some(cell) = cell else { return false };
        let room = self.size_of(cell).unwrap_or(0) / size_of::<usize>();
        // A collection on the way may have lengthened the table of dead cells.
        let len = table(self).len.min(room);
        // SAFETY: the new cell has more words than the old; nobody else knows the old one, which came from this heap.
        unsafe {
            if let Some(old) = NonNull::new(words) {
                cell.cast().copy_from_nonoverlapping(old, len);
                self.free(old.cast());
            }
        }
        *table(self) = Table { words: cell.as_ptr().cast(), room, len };
        true
    }
}
