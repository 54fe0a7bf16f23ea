//! Built-in types: one per file.

pub mod bool;
pub mod boundmethod;
pub mod builtin;
pub mod class;
pub mod classmethod;
pub mod dict;
pub mod dunder;
pub mod exception;
pub mod exception_methods;
pub mod float;
pub mod instance;
pub mod int;
pub mod iter;
pub mod list;
pub mod module;
pub mod none;
pub mod object;
pub mod property;
pub mod range;
pub mod sequence;
pub mod singleton;
pub mod slice;
pub mod sort;
pub mod staticmethod;
pub mod str;
pub mod tuple;
