//! Intrinsics: functions that compiled code calls by names which no program can write.
//!
//! Syntax that upstream lacks compiles to its opcodes and to calls of these, so the bytecode stays upstream's.

mod patterns;

use crate::q;
use crate::value::{Entry, fun2, fun3, row, var};

/// The functions. They are found behind the built-in names.
pub static TABLE: &[Entry] = &[
    row(q!(".match_class"), var(4, 4, patterns::class)),
    row(q!(".match_keys"), fun3(patterns::keys)),
    row(q!(".match_mapping"), fun2(patterns::mapping)),
    row(q!(".match_sequence"), var(4, 4, patterns::sequence)),
];
