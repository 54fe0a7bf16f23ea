//! Native and viper emitters: stack code to IR, IR to machine code.
//!
//! The front ends and `link` work on boards too: they need no system, and allocate so that it can fail. The back end of
//! hosts and what explains functions are features.
#![cfg_attr(not(any(test, feature = "explain")), no_std)]
extern crate alloc;

pub mod asm;
pub mod control;
#[cfg(feature = "cranelift")]
pub mod cranelift;
pub mod entry;
#[cfg(feature = "cranelift")]
pub mod exec;
#[cfg(feature = "explain")]
pub mod explain;
pub mod helpers;
mod inline;
pub mod link;
mod live;
pub mod native;
pub mod operand;
pub mod target;
pub mod trace;
pub mod viper;
mod vty;
pub mod word;
