//! Syntax: tokens to a tree.

pub mod ast;
mod atom;
mod compound;
#[cfg(feature = "diagnostics")]
mod explain;
mod expr;
pub mod fold;
mod fold_ops;
mod fstring;
mod params;
pub mod parser;
mod pattern;
pub mod print;
mod print_expr;
pub mod repl;
mod stmt;
mod target;
mod walk;

#[cfg(test)]
mod tests;

pub use parser::{Limits, Mode, parse};
pub use repl::is_incomplete;
