//! The object word on 32-bit boards: upstream's representation A, which native `.mpy` files depend on.
//!
//! ```text
//! iiii...iiii1   small int, 31 bits
//! qqqq...q010    interned name
//! nnnn...n110    constant number n
//! pppp....p00    pointer to a heap or static object (floats are boxed)
//! ```

use super::obj::Obj;
use crate::qstr::Qstr;

/// Whether floats can live in the word.
pub const FLOAT_IN_WORD: bool = false;

/// Bits below the number of a name or constant.
pub(super) const SHIFT: usize = 3;
/// Tag of a name, in the bits of `NAME_MASK`.
pub const NAME: usize = 0b010;
/// The bits that tell a name from all else.
pub const NAME_MASK: usize = 0b111;
/// Bits of which all are clear in a pointer.
pub const POINTER_MASK: usize = 0b11;
const CONST: usize = 0b110;

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
        if self.bits() & 0b111 == CONST { Some(self.bits() >> SHIFT) } else { None }
    }

    /// The word of a float: zeros only, all others are boxed here.
    #[inline(always)]
    pub const fn float_word(value: f64) -> Option<Obj> {
        if value.to_bits() == 0 {
            return Some(Obj::ZERO);
        }
        if value.to_bits() == 1 << 63 { Some(Obj::MINUS_ZERO) } else { None }
    }

    /// Whether this is a double in the word itself: never, here.
    #[inline(always)]
    pub const fn is_float_word(self) -> bool {
        false
    }

    /// The double in a word for which `is_float_word` holds.
    #[inline(always)]
    pub const fn float_word_value(self) -> f64 {
        0.0
    }
}
