//! Methods of exceptions.

use crate::value::Entry;

/// The table of `BaseException`.
pub static TABLE: &[Entry] = &[];
