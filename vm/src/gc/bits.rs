//! Two bits per cell, allocated and marked, interleaved word by word so that both share a cache line.

/// The bits of one page. `words` points to pairs of words: allocated, marked.
#[derive(Clone, Copy)]
pub(super) struct Bits {
    words: *mut u32,
}

impl Bits {
    /// Bytes taken by the bits of a page of so many cells.
    pub(super) const fn bytes(cells: usize) -> usize {
        cells.div_ceil(32) * 8
    }

    /// # Safety
    /// `words` holds at least `Bits::bytes(n)` bytes, and no index of `n` or more is asked for.
    pub(super) unsafe fn new(words: *mut u32) -> Bits {
        Bits { words }
    }

    pub(super) fn allocated(self, cell: usize) -> bool {
        self.word(cell / 32 * 2) >> (cell % 32) & 1 != 0
    }

    pub(super) fn marked(self, cell: usize) -> bool {
        self.word(cell / 32 * 2 + 1) >> (cell % 32) & 1 != 0
    }

    pub(super) fn set_marked(self, cell: usize) {
        let at = cell / 32 * 2 + 1;
        self.set_word(at, self.word(at) | 1 << (cell % 32));
    }

    pub(super) fn clear_allocated(self, cell: usize) {
        let at = cell / 32 * 2;
        self.set_word(at, self.word(at) & !(1 << (cell % 32)));
    }

    /// Frees what is not marked: allocated becomes marked, marked becomes empty.
    pub(super) fn keep_marked(self, cells: usize) {
        for pair in 0..cells.div_ceil(32) {
            self.set_word(pair * 2, self.word(pair * 2 + 1));
            self.set_word(pair * 2 + 1, 0);
        }
    }

    /// Marks what is allocated; returns how many cells are.
    pub(super) fn mark_allocated(self, cells: usize) -> usize {
        let mut count = 0;
        for pair in 0..cells.div_ceil(32) {
            let word = self.word(pair * 2);
            self.set_word(pair * 2 + 1, word);
            count += word.count_ones() as usize;
        }
        count
    }

    /// Clears both bits of all cells.
    pub(super) fn clear(self, cells: usize) {
        for at in 0..cells.div_ceil(32) * 2 {
            self.set_word(at, 0);
        }
    }

    /// Sets the allocated bit of the first so many cells.
    pub(super) fn allocate(self, cells: usize) {
        for pair in 0..cells.div_ceil(32) {
            let here = (cells - pair * 32).min(32);
            self.set_word(pair * 2, u32::MAX >> (32 - here));
        }
    }

    pub(super) fn word(self, at: usize) -> u32 {
        // SAFETY: `new` promised room for every cell, and callers derive `at` from a cell of this page.
        unsafe { self.words.add(at).read() }
    }

    pub(super) fn set_word(self, at: usize, value: u32) {
        // SAFETY: as in `word`.
        unsafe { self.words.add(at).write(value) }
    }
}
