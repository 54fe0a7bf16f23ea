//! Xtensa machine code: registers, core options, and one table that encodes, prints and tests itself.
//!
//! A [`Row`] of the [`TABLE`] is one instruction: its name, the [`Form`] of its operands, its fixed bits and the
//! [`Feature`] a core must have for it. Each [`Field`] of a form knows where its operand lies in the word and which
//! values fit; [`encode`], [`decode`] and the printer know nothing else, so a new instruction is one line of data.
//!
//! ```
//! use asm_xtensa::{Isa, Operand, Reg, assemble, decode};
//!
//! let code = assemble(Isa::Lx106, "addi", &[Operand::Reg(Reg::A2), Operand::Reg(Reg::A3), Operand::Imm(-1)]).unwrap();
//! assert_eq!(code.bytes(), [0x22, 0xc3, 0xff]);
//! assert_eq!(decode(code.bytes()).unwrap().to_string(), "addi a2, a3, -1");
//! ```
//!
//! Only the little-endian order is here. Distances ([`Operand::To`]) count from the start of the instruction, which
//! for calls is first rounded down to a whole word and for `l32r` up; [`branch::base`] does that.
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;

pub mod abi;
pub mod branch;
mod encode;
mod extremes;
mod field;
mod form;
pub mod imm;
mod isa;
pub mod literal;
mod print;
mod reg;
mod table;

pub use encode::{Code, Error, assemble, encode};
pub use field::{Field, Misfit, Operand};
pub use form::Form;
pub use isa::{Feature, Isa};
pub use print::{Decoded, decode};
pub use reg::{List, Reg};
pub use table::{Row, TABLE, rows};
