//! Running: the machine, its frames, the loop.

mod stack;
mod vm;

pub use vm::{Setup, Vm};
