//! The machine that code is made for: the one that this runs on.

use ir::{FloatSize, Fwidth, Word};

/// Its word.
pub const WORD: Word = Word::HOST;
/// Bytes of a word.
pub const BYTES: i32 = WORD.bytes() as i32;
/// log2 of `BYTES`.
pub const BYTES_LOG2: u8 = BYTES.trailing_zeros() as u8;
/// By how much a word is shifted to leave nothing but its sign.
pub const SIGN_SHIFT: i32 = WORD.bits() as i32 - 1;
/// Its own floats: as large as its word.
pub const FLOAT: FloatSize = match WORD {
    Word::W32 => FloatSize::F32,
    Word::W64 => FloatSize::F64,
};
/// How they lie in memory.
pub const FWIDTH: Fwidth = match WORD {
    Word::W32 => Fwidth::F32,
    Word::W64 => Fwidth::F64,
};
/// What is added to the address of code when it is called: the Thumb bit.
pub const ENTRY_BIT: i32 = cfg!(target_arch = "arm") as i32;
/// Whether a native function is made twice, once with guesses. On boards memory for both is better used otherwise.
pub const GUESSES: bool = matches!(WORD, Word::W64);
/// Whether somebody asks which line code belongs to: profilers, on hosts.
pub const KEEPS_LINES: bool = matches!(WORD, Word::W64);
