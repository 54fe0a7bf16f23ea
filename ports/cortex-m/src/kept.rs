//! What outlives a reset: how often the firmware failed in a row, and that nobody answers semihosting calls.

use crate::memory;

/// Says that the words are ours and not what RAM has when power comes.
const MARK: u32 = 0x5079_4B65;
/// So many failures in a row are too many.
const TOO_MANY: u32 = 3;

/// The words, in order.
const FAILURES: usize = 1;
const NO_HOST: usize = 2;

fn words() -> [u32; 4] {
    // SAFETY: this part of RAM is this file's, and any bits are numbers.
    let words = unsafe { memory::kept().read_volatile() };
    if words[0] == MARK { words } else { [MARK, 0, 0, 0] }
}

fn keep(words: [u32; 4]) {
    // SAFETY: as in `words`.
    unsafe { memory::kept().write_volatile(words) }
}

/// Counts a failure.
pub fn failed() {
    let mut words = words();
    words[FAILURES] = words[FAILURES].saturating_add(1);
    keep(words);
}

/// All is well again.
pub fn recovered() {
    let mut words = words();
    words[FAILURES] = 0;
    keep(words);
}

/// Whether the firmware failed again and again.
pub fn fails_again_and_again() -> bool {
    words()[FAILURES] >= TOO_MANY
}

/// Remembers that nobody answers semihosting calls.
pub fn no_host() {
    let mut words = words();
    words[NO_HOST] = 1;
    keep(words);
}

/// Whether somebody may answer semihosting calls.
pub fn may_have_host() -> bool {
    words()[NO_HOST] == 0
}
