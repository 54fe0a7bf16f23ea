//! Finalisers: cells that come back once when they die, so that something can be called for them.

use core::ptr::NonNull;

use super::heap::HeapOf;
use super::weak::Table;

/// Cells with a finaliser, and those of them that died and wait to be taken.
pub(super) struct Finalisers {
    registered: Table,
    dead: Table,
    /// So many of `dead` were taken already.
    taken: usize,
}

impl Finalisers {
    pub(super) const fn new() -> Finalisers {
        Finalisers { registered: Table::new(), dead: Table::new(), taken: 0 }
    }
}

impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    /// Has the cell come out of `take_finalisable` once it is dead; false when there is no memory. Once per cell.
    pub fn set_finaliser(&mut self, cell: NonNull<u8>) -> bool {
        let address = cell.addr().get();
        // Collections cannot allocate, so all that is registered must find room among the dead already.
        let all = self.finalisers.registered.len + 1;
        if !self.reserve(|heap| &mut heap.finalisers.registered, 1, address)
            || !self.reserve(|heap| &mut heap.finalisers.dead, all, address)
        {
            return false;
        }
        self.finalisers.registered.push(address);
        true
    }

    /// Whether `take_finalisable` has one.
    pub fn has_finalisable(&self) -> bool {
        self.finalisers.taken < self.finalisers.dead.len
    }

    /// The next cell that died and has a finaliser, in the order they were registered. It has none any more, and
    /// with all that it reaches it lives until the next collection that finds it dead.
    pub fn take_finalisable(&mut self) -> Option<NonNull<u8>> {
        let finalisers = &mut self.finalisers;
        if finalisers.taken == finalisers.dead.len {
            return None;
        }
        let address = finalisers.dead.get(finalisers.taken);
        finalisers.taken += 1;
        if finalisers.taken == finalisers.dead.len {
            finalisers.taken = 0;
            finalisers.dead.len = 0;
        }
        NonNull::new(self.pages.address(0).with_addr(address))
    }

    /// Declares every cell with a finaliser dead, for the end of the program.
    pub fn finalise_all(&mut self) {
        for index in 0..self.finalisers.registered.len {
            let address = self.finalisers.registered.get(index);
            self.finalisers.dead.push(address);
        }
        self.finalisers.registered.len = 0;
    }

    /// Marks the tables, and the cells that wait.
    pub(super) fn mark_finalisers(&mut self) {
        self.mark_word(self.finalisers.registered.cell());
        self.mark_word(self.finalisers.dead.cell());
        for index in self.finalisers.taken..self.finalisers.dead.len {
            self.mark_word(self.finalisers.dead.get(index));
            self.drain_stack();
        }
    }

    /// Moves the registered cells that are not marked to the dead ones, and only then marks these: one dead cell
    /// that reaches another must not hide it.
    pub(super) fn find_finalisable(&mut self) {
        let first = self.finalisers.dead.len;
        let mut kept = 0;
        for index in 0..self.finalisers.registered.len {
            let address = self.finalisers.registered.get(index);
            if self.is_marked(address) {
                self.finalisers.registered.set(kept, address);
                kept += 1;
            } else {
                self.finalisers.dead.push(address);
            }
        }
        self.finalisers.registered.len = kept;
        for index in first..self.finalisers.dead.len {
            self.mark_word(self.finalisers.dead.get(index));
            self.drain_stack();
        }
    }
}
