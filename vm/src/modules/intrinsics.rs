//! Intrinsics: functions that compiled code calls by names which no program can write.
//!
//! Syntax that upstream lacks compiles to its opcodes and to calls of these, so the bytecode stays upstream's.

mod awaiting;
mod groups;
mod patterns;

pub use awaiting::{aiter, anext};

use crate::q;
use crate::types::{async_generator, exception};
use crate::value::{Entry, Rom, fun1, fun2, fun3, row, var};

/// The functions. They are found behind the built-in names.
pub static TABLE: &[Entry] = &[
    row(q!(".BaseException"), Rom::Type(&exception::BASE_EXCEPTION)),
    row(q!(".StopAsyncIteration"), Rom::Type(&exception::STOP_ASYNC_ITERATION)),
    row(q!(".aiter"), fun1(awaiting::async_for)),
    row(q!(".anext"), fun1(awaiting::async_next)),
    row(q!(".await"), fun1(awaiting::awaited)),
    row(q!(".yielded"), fun1(async_generator::yielded)),
    row(q!(".join_raised"), fun2(groups::join_raised)),
    row(q!(".match_class"), var(4, 4, patterns::class)),
    row(q!(".match_keys"), fun3(patterns::keys)),
    row(q!(".match_mapping"), fun2(patterns::mapping)),
    row(q!(".match_sequence"), var(4, 4, patterns::sequence)),
    row(q!(".take_share"), fun2(groups::take_share)),
];
