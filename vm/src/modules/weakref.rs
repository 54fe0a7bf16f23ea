//! weakref: references that do not keep their objects alive.

use crate::q;
use crate::types::weakref;
use crate::value::{Entry, Obj, Rom, row};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("weakref")))),
    row(q!("ref"), Rom::Type(&weakref::REF)),
    row(q!("finalize"), Rom::Type(&weakref::FINALIZE)),
];
