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

/// Smallest small int.
pub const SMALL_MIN: isize = isize::MIN >> 1;
/// Largest small int.
pub const SMALL_MAX: isize = isize::MAX >> 1;
/// Whether floats can live in the word.
pub const FLOAT_IN_WORD: bool = false;

const INT: usize = 0b1;
const NAME: usize = 0b010;
const CONST: usize = 0b110;

impl Obj {
    /// The word of constant `number`.
    pub(super) const fn constant(number: usize) -> Obj {
        Obj::from_bits_const(number << 3 | CONST)
    }

    /// A small int from any value; `None` if it needs more bits.
    #[inline(always)]
    pub const fn small(value: isize) -> Option<Obj> {
        let (doubled, over) = value.overflowing_add(value);
        if over { None } else { Some(Obj::from_bits_const(doubled as usize | INT)) }
    }

    /// A small int from a value that is known to fit; the top bit is lost otherwise.
    #[inline(always)]
    pub const fn small_wrapping(value: isize) -> Obj {
        Obj::from_bits_const((value << 1) as usize | INT)
    }

    /// Whether this is a small int.
    #[inline(always)]
    pub const fn is_small(self) -> bool {
        self.bits() & INT != 0
    }

    /// The value of a small int (of any other word: meaningless).
    #[inline(always)]
    pub const fn small_value(self) -> isize {
        self.bits() as isize >> 1
    }

    /// Whether this is a name, a `str` that is interned.
    #[inline(always)]
    pub const fn is_name(self) -> bool {
        self.bits() & 0b111 == NAME
    }

    /// The word of an interned name.
    #[inline(always)]
    pub const fn name(qstr: Qstr) -> Obj {
        Obj::from_bits_const((qstr.0 as usize) << 3 | NAME)
    }

    /// The name in this word, if it is one.
    #[inline(always)]
    pub const fn as_name(self) -> Option<Qstr> {
        if self.is_name() { Some(Qstr((self.bits() >> 3) as u32)) } else { None }
    }

    /// Whether this is a pointer to an object.
    #[inline(always)]
    pub const fn is_pointer(self) -> bool {
        self.bits() & 0b11 == 0
    }

    /// The number of a constant, if it is one.
    #[inline(always)]
    pub(super) const fn constant_number(self) -> Option<usize> {
        if self.bits() & 0b111 == CONST { Some(self.bits() >> 3) } else { None }
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
