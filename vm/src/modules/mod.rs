//! Built-in modules: one per file, listed in `ALL`.

pub mod array;
pub mod builtins;
pub mod errno;
pub mod sys;
#[cfg(test)]
mod tests;

use crate::q;
use crate::qstr::Qstr;
use crate::value::Entry;

/// Every built-in module with its table, by name.
pub static ALL: &[(Qstr, &[Entry])] = &[
    (q!("array"), array::TABLE),
    (q!("builtins"), builtins::TABLE),
];

/// The table of a built-in module.
pub fn find(name: Qstr) -> Option<&'static [Entry]> {
    ALL.iter().find(|(other, _)| *other == name).map(|(_, table)| *table)
}
