//! array: rows of numbers of one type.

use crate::q;
use crate::types::array;
use crate::value::{Entry, Obj, Rom, row};

/// The names.
pub static TABLE: &[Entry] =
    &[row(q!("__name__"), Rom::Word(Obj::name(q!("array")))), row(q!("array"), Rom::Type(&array::TYPE))];
