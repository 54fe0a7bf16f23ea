//! Pyrite's front end, collector, interpreter, types and core modules.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod compile;
pub mod gc;
pub mod mem;
pub mod modules;
pub mod mpy;
pub mod num;
pub mod port;
pub mod qstr;
pub mod rom;
pub mod run;
pub mod syntax;
#[cfg(test)]
mod testing;
pub mod text;
pub mod types;
pub mod value;

pub use run::{Setup, Vm};
