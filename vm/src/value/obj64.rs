//! The object word on 64-bit hosts: 63-bit small ints, self-tagged doubles, names, constants, pointers.
//!
//! ```text
//! iiii...iiii1   small int, 63 bits
//! ffff...ff10    double, rotated so that its sign is lowest and its exponent rebased (see `float`)
//! qqqq..q0100    interned name
//! nnnn..n1100    constant number n
//! pppp...p000    pointer to a heap or static object
//! ```
//! Doubles whose binary exponent lies in -255..=256 are words; zeros are constants; all others are boxed.

use super::obj::Obj;
use crate::qstr::Qstr;

/// Whether floats can live in the word.
pub const FLOAT_IN_WORD: bool = true;

/// Tag of a double, two bits.
pub const FLOAT: usize = 0b10;
/// Bits below the number of a name or constant.
pub(super) const SHIFT: usize = 4;
/// Tag of a name, in the bits of `NAME_MASK`.
pub const NAME: usize = 0b0100;
/// The bits that tell a name from all else.
pub const NAME_MASK: usize = 0b1111;
/// Bits of which all are clear in a pointer.
pub const POINTER_MASK: usize = 0b111;
const CONST: usize = 0b1100;

/// Added to the rotated double: exponent 768 (of 0..=2047) becomes 0.
pub const EXPONENT_BASE: u64 = 768 << 53;

impl Obj {
    /// The word of constant `number`.
    pub(super) const fn constant(number: usize) -> Obj {
        Obj::from_bits_const(number << SHIFT | CONST)
    }

    /// Whether this is a name, a `str` that is interned.
    #[inline(always)]
    pub const fn is_name(self) -> bool {
        self.bits() & NAME_MASK == NAME
    }

    /// The word of an interned name.
    #[inline(always)]
    pub const fn name(qstr: Qstr) -> Obj {
        Obj::from_bits_const((qstr.0 as usize) << SHIFT | NAME)
    }

    /// Whether this is a pointer to an object.
    #[inline(always)]
    pub const fn is_pointer(self) -> bool {
        self.bits() & POINTER_MASK == 0
    }

    /// The number of a constant, if it is one.
    #[inline(always)]
    pub(super) const fn constant_number(self) -> Option<usize> {
        if self.bits() & 0b1111 == CONST { Some(self.bits() >> SHIFT) } else { None }
    }

    /// The word of a double, if it has one; otherwise it must be boxed.
    #[inline(always)]
    pub const fn float_word(value: f64) -> Option<Obj> {
        let rotated = value.to_bits().rotate_left(1).wrapping_sub(EXPONENT_BASE);
        if rotated >> 62 == 0 {
            return Some(Obj::from_bits_const((rotated << 2) as usize | FLOAT));
        }
        if value.to_bits() == 0 {
            return Some(Obj::ZERO);
        }
        if value.to_bits() == 1 << 63 { Some(Obj::MINUS_ZERO) } else { None }
    }

    /// Whether this is a double in the word itself (zeros are not).
    #[inline(always)]
    pub const fn is_float_word(self) -> bool {
        self.bits() & 0b11 == FLOAT
    }

    /// The double in a word for which `is_float_word` holds.
    #[inline(always)]
    pub const fn float_word_value(self) -> f64 {
        f64::from_bits(((self.bits() as u64) >> 2).wrapping_add(EXPONENT_BASE).rotate_right(1))
    }
}
