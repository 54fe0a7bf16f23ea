//! (skeleton)
#![no_std]
extern crate alloc;

pub mod mem;
pub mod gc;
