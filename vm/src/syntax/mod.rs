//! Syntax: tokens to a tree.

pub mod ast;
