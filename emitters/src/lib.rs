//! Native and viper emitters: stack code to IR, IR to machine code.

pub mod asm;
pub mod control;
#[cfg(feature = "cranelift")]
pub mod cranelift;
pub mod entry;
#[cfg(feature = "cranelift")]
pub mod exec;
pub mod explain;
pub mod helpers;
pub mod link;
mod live;
pub mod native;
pub mod operand;
pub mod trace;
pub mod viper;
mod vty;
pub mod word;
