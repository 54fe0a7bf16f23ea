//! (skeleton)
#![no_std]
extern crate alloc;
