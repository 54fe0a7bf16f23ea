//! One tagged word: every Python value. The encoding is in `obj64.rs` or `obj32.rs`.

use core::num::NonZeroUsize;

use super::word::SHIFT;
use crate::qstr::Qstr;

/// A Python value: one non-zero machine word, copied freely. Values on the machine stack keep what they point to alive.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Obj(NonZeroUsize);

const _: () = assert!(size_of::<Option<Obj>>() == size_of::<usize>());

/// Smallest small int.
pub const SMALL_MIN: isize = isize::MIN >> 1;
/// Largest small int.
pub const SMALL_MAX: isize = isize::MAX >> 1;
/// Tag of a small int, one bit: the same for both word sizes.
pub const INT: usize = 0b1;

/// Names of the constant words, by number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Constant {
    /// No value: an unbound local, an empty slot, "not found", "iterator exhausted".
    Null,
    /// `None`
    None,
    /// `False`
    False,
    /// `True`
    True,
    /// `...`
    Ellipsis,
    /// `NotImplemented`
    NotImplemented,
    /// `0.0`
    Zero,
    /// `-0.0`
    MinusZero,
}

impl Obj {
    /// No value: an unbound local, an empty slot, "not found", "iterator exhausted". Never visible to Python.
    pub const NULL: Obj = Obj::constant(0);
    /// `None`
    pub const NONE: Obj = Obj::constant(1);
    /// `False`
    pub const FALSE: Obj = Obj::constant(2);
    /// `True`
    pub const TRUE: Obj = Obj::constant(3);
    /// `...`
    pub const ELLIPSIS: Obj = Obj::constant(4);
    /// `NotImplemented`
    pub const NOT_IMPLEMENTED: Obj = Obj::constant(5);
    /// `0.0`
    pub const ZERO: Obj = Obj::constant(6);
    /// `-0.0`
    pub const MINUS_ZERO: Obj = Obj::constant(7);

    /// `True` or `False`.
    #[inline(always)]
    pub const fn bool(value: bool) -> Obj {
        if value { Obj::TRUE } else { Obj::FALSE }
    }

    /// Whether this is the "no value" word.
    #[inline(always)]
    pub const fn is_null(self) -> bool {
        self.bits() == Obj::NULL.bits()
    }

    /// Whether this is `None`.
    #[inline(always)]
    pub const fn is_none(self) -> bool {
        self.bits() == Obj::NONE.bits()
    }

    /// This value, or `None` if it is the "no value" word.
    #[inline(always)]
    pub const fn non_null(self) -> Option<Obj> {
        if self.is_null() { None } else { Some(self) }
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

    /// The name in this word, if it is one.
    #[inline(always)]
    pub const fn as_name(self) -> Option<Qstr> {
        if self.is_name() { Some(Qstr((self.bits() >> SHIFT) as u32)) } else { None }
    }

    /// The value of a small int, if it is one.
    #[inline(always)]
    pub const fn as_small(self) -> Option<isize> {
        if self.is_small() { Some(self.small_value()) } else { None }
    }

    /// The word itself, as machine code sees it.
    #[inline(always)]
    pub const fn bits(self) -> usize {
        self.0.get()
    }

    /// The value of a word; `None` for the zero word, which means "raised".
    #[inline(always)]
    pub const fn from_bits(bits: usize) -> Option<Obj> {
        match NonZeroUsize::new(bits) {
            Some(word) => Some(Obj(word)),
            None => None,
        }
    }

    /// Which constant this word is, if it is one.
    #[inline(always)]
    pub const fn as_constant(self) -> Option<Constant> {
        match self.constant_number() {
            Some(0) => Some(Constant::Null),
            Some(1) => Some(Constant::None),
            Some(2) => Some(Constant::False),
            Some(3) => Some(Constant::True),
            Some(4) => Some(Constant::Ellipsis),
            Some(5) => Some(Constant::NotImplemented),
            Some(6) => Some(Constant::Zero),
            Some(7) => Some(Constant::MinusZero),
            _ => None,
        }
    }

    /// For words that are never zero: tagged ones and addresses.
    #[inline(always)]
    pub(super) const fn from_bits_const(bits: usize) -> Obj {
        // SAFETY: all callers set a tag bit, or pass the address of an object, which is not null.
        Obj(unsafe { NonZeroUsize::new_unchecked(bits) })
    }
}

impl core::fmt::Debug for Obj {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match (self.as_small(), self.as_constant()) {
            (Some(value), _) => write!(f, "int {value}"),
            (None, Some(constant)) => write!(f, "{constant:?}"),
            (None, None) => write!(f, "obj {:x}", self.bits()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{FLOAT_IN_WORD, SMALL_MAX, SMALL_MIN};

    #[test]
    fn small_ints_end_where_they_say() {
        for value in [0, 1, -1, SMALL_MAX, SMALL_MIN] {
            assert_eq!(Obj::small(value).and_then(Obj::as_small), Some(value));
        }
        assert!(Obj::small(SMALL_MAX + 1).is_none() && Obj::small(SMALL_MIN - 1).is_none());
    }

    #[test]
    fn doubles_survive_the_word() {
        if !FLOAT_IN_WORD {
            return;
        }
        for value in [1.0, -1.0, 0.1, 3.5e70, -2.5e-70, core::f64::consts::PI, 1e-76] {
            let word = Obj::float_word(value).unwrap();
            assert!(word.is_float_word());
            assert_eq!(word.float_word_value().to_bits(), f64::to_bits(value));
        }
        for value in [f64::INFINITY, f64::NAN, 1e300, 1e-300, f64::MIN_POSITIVE] {
            assert!(Obj::float_word(value).is_none());
        }
        assert_eq!(Obj::float_word(0.0), Some(Obj::ZERO));
        assert_eq!(Obj::float_word(-0.0), Some(Obj::MINUS_ZERO));
    }
}
