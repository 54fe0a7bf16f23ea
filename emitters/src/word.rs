//! The object word as machine code sees it: the only place where emitters know its encoding.
//!
//! 64-bit hosts; the 32-bit form comes with the boards' front end.

use ir::{Alu, Block, Builder, Cc, Fcc, V};
use vm::qstr::Qstr;
use vm::value::{EXPONENT_BASE, FLOAT, INT, Obj};

/// Mask of a float's tag.
pub const FLOAT_MASK: i32 = 0b11;
/// The tag of a float.
pub const FLOAT_TAG: i32 = FLOAT as i32;
/// The tag bit of a small int.
pub const INT_BIT: i32 = INT as i32;
/// Bits of which all are clear in a pointer.
pub const POINTER_MASK: i32 = 0b111;
/// Places by which a small int's value is shifted.
pub const INT_SHIFT: i32 = 1;
/// Bytes of a word.
pub const BYTES: i32 = 8;
/// log2 of `BYTES`.
pub const BYTES_LOG2: u8 = 3;
/// Distance of the words of `False` and `True`.
pub const BOOL_STEP: i64 = Obj::TRUE.bits() as i64 - Obj::FALSE.bits() as i64;

/// The word of a value known now.
pub fn bits(obj: Obj) -> i64 {
    obj.bits() as i64
}

/// A constant word that fits an immediate operand: all of `Obj`'s named constants do.
pub fn imm(obj: Obj) -> i32 {
    obj.bits() as i32
}

/// The word of a small int, if it is one.
pub fn int(value: i64) -> Option<i64> {
    Obj::small(value as isize).map(bits)
}

/// The word of a name.
pub fn name(qstr: Qstr) -> i64 {
    bits(Obj::name(qstr))
}

/// The word of a float, if it has one.
pub fn float(value: f64) -> Option<i64> {
    Obj::float_word(value).map(bits)
}

/// The value of a small int's word.
pub fn untag(b: &mut Builder, word: V) -> V {
    b.alu(Alu::Sar, word, INT_SHIFT)
}

/// The word of a value that is known to fit.
pub fn tag(b: &mut Builder, value: V) -> V {
    let doubled = b.alu(Alu::Shl, value, INT_SHIFT);
    b.alu(Alu::Or, doubled, INT_BIT)
}

/// The word of a truth value 0 or 1.
pub fn bool_word(b: &mut Builder, truth: V) -> V {
    let step = b.alu(Alu::Shl, truth, BOOL_STEP.trailing_zeros() as i32);
    b.alu(Alu::Add, step, imm(Obj::FALSE))
}

/// The float in a word that has the float's tag.
pub fn decode(b: &mut Builder, word: V) -> V {
    let shifted = b.alu(Alu::Shr, word, 2);
    let base = b.int(EXPONENT_BASE as i64);
    let rebased = b.alu(Alu::Add, shifted, base);
    let bits = b.alu(Alu::Rotr, rebased, 1);
    b.from_bits(bits)
}

/// The word of a float into `d`; to `other` when it has none (then `d` is not written). Also gives the float's bits.
pub fn encode(b: &mut Builder, float: V, d: V, bits: V, other: Block) {
    b.push(ir::Inst::Bits { d: bits, a: float });
    let rotated = b.alu(Alu::Rotl, bits, 1);
    let base = b.int(EXPONENT_BASE as i64);
    let rebased = b.alu(Alu::Sub, rotated, base);
    let high = b.alu(Alu::Shr, rebased, 62);
    b.exit(Cc::Ne, high, 0, other);
    let shifted = b.alu(Alu::Shl, rebased, 2);
    b.push(ir::Inst::Alu { op: Alu::Or, d, a: shifted, b: FLOAT_TAG.into() });
}

/// The same condition for floats.
pub fn float_condition(cc: Cc) -> Fcc {
    match cc {
        Cc::Lt | Cc::Ult => Fcc::Lt,
        Cc::Le | Cc::Ule => Fcc::Le,
        Cc::Gt | Cc::Ugt => Fcc::Gt,
        Cc::Ge | Cc::Uge => Fcc::Ge,
        Cc::Ne | Cc::Bits => Fcc::Ne,
        Cc::Eq | Cc::NoBits => Fcc::Eq,
    }
}
