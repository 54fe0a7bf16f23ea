//! The object word as machine code sees it: the only place where emitters know its encoding.
//!
//! Machine code runs where it is made, so it is that of the machine's own words: 64 bits on hosts, 32 on boards.

#[cfg_attr(target_pointer_width = "32", path = "word/boxed.rs")]
#[cfg_attr(target_pointer_width = "64", path = "word/tagged.rs")]
mod floats;

use crate::target::WORD;
use ir::{Alu, Builder, Cc, Fcc, V};
use vm::qstr::Qstr;
use vm::value::{FLOAT_IN_WORD, INT, Obj};

pub use crate::target::{BYTES, BYTES_LOG2};
#[cfg(feature = "explain")]
pub use floats::FLOAT_TAG;
pub use floats::{decode, encode, unless_float, unless_floats};

/// Whether floats live in the word. Where they do not, native functions leave floats to helpers.
pub const HOLDS_FLOATS: bool = FLOAT_IN_WORD;
/// The tag bit of a small int.
pub const INT_BIT: i32 = INT as i32;
/// Bits of which all are clear in a pointer.
pub const POINTER_MASK: i32 = vm::value::POINTER_MASK as i32;
/// Bits that tell a name from all else.
pub const NAME_MASK: i32 = vm::value::NAME_MASK as i32;
/// What they are in a name.
pub const NAME_TAG: i32 = vm::value::NAME as i32;
/// Places by which a small int's value is shifted.
pub const INT_SHIFT: i32 = 1;
/// Bits of a small int's value.
pub const INT_BITS: i64 = WORD.bits() as i64 - INT_SHIFT as i64;
/// Distance of the words of `False` and `True`.
pub const BOOL_STEP: i64 = Obj::TRUE.bits() as i64 - Obj::FALSE.bits() as i64;

/// The word of a value known now.
pub fn bits(obj: Obj) -> i64 {
    obj.bits() as isize as i64
}

/// A constant word that fits an immediate operand: all of `Obj`'s named constants do.
pub fn imm(obj: Obj) -> i32 {
    obj.bits() as i32
}

/// The word of a small int, if it is one.
pub fn int(value: i64) -> Option<i64> {
    isize::try_from(value).ok().and_then(Obj::small).map(bits)
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
