//! Pyrite's front end, collector, interpreter, types and core modules.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod gc;
pub mod mem;
pub mod num;
pub mod qstr;
pub mod syntax;
pub mod text;
