//! Floats in the object word, on hosts: rotated, their exponent rebased, above a tag of two bits.

use ir::{Alu, Block, Builder, Cc, Inst, V};
use vm::value::{EXPONENT_BASE, FLOAT};

/// Mask of a float's tag.
const MASK: i32 = 0b11;
/// The tag of a float.
const TAG: i32 = FLOAT as i32;
/// What a word is compared with that may hold a float.
#[cfg(feature = "explain")]
pub const FLOAT_TAG: Option<i32> = Some(TAG);

/// To `to` unless the word holds a float.
pub fn unless_float(b: &mut Builder, word: V, to: Block) {
    let tag = b.alu(Alu::And, word, MASK);
    b.exit(Cc::Ne, tag, TAG, to);
}

/// To `to` unless both words hold a float.
pub fn unless_floats(b: &mut Builder, [x, y]: [V; 2], to: Block) {
    let (x, y) = (zero_if_float(b, x), zero_if_float(b, y));
    let tags = b.alu(Alu::Or, x, y);
    b.exit(Cc::Ne, tags, 0, to);
}

fn zero_if_float(b: &mut Builder, word: V) -> V {
    let tag = b.alu(Alu::And, word, MASK);
    b.alu(Alu::Xor, tag, TAG)
}

/// The float in a word that holds one.
pub fn decode(b: &mut Builder, word: V) -> V {
    let shifted = b.alu(Alu::Shr, word, 2);
    let base = b.int(EXPONENT_BASE as i64);
    let rebased = b.alu(Alu::Add, shifted, base);
    let bits = b.alu(Alu::Rotr, rebased, 1);
    b.from_bits(bits)
}

/// The word of a float into `d`; to `other` when it has none (then `d` is not written). Also gives the float's bits.
pub fn encode(b: &mut Builder, float: V, d: V, bits: V, other: Block) {
    b.push(Inst::Bits { d: bits, a: float });
    let rotated = b.alu(Alu::Rotl, bits, 1);
    let base = b.int(EXPONENT_BASE as i64);
    let rebased = b.alu(Alu::Sub, rotated, base);
    let high = b.alu(Alu::Shr, rebased, 62);
    b.exit(Cc::Ne, high, 0, other);
    let shifted = b.alu(Alu::Shl, rebased, 2);
    b.push(Inst::Alu { op: Alu::Or, d, a: shifted, b: TAG.into() });
}
