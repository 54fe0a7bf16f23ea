//! The prompt: a line editor for people and the raw modes for tools, over the console of a machine's port.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod boot;
pub mod complete;
mod console;
mod editor;
mod friendly;
mod history;
mod line;
mod raw;
mod run;
#[cfg(test)]
mod tests;

pub use run::{End, Mode, Session};
