//! Native and viper emitters: stack code to IR, IR to machine code.

pub mod control;
#[cfg(feature = "cranelift")]
pub mod cranelift;
#[cfg(feature = "cranelift")]
pub mod exec;
pub mod operand;
