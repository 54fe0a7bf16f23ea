//! Thumb machine code: registers, instruction sets, and one table that encodes, prints and tests itself.
//!
//! A [`Row`] of the [`TABLE`] is one instruction: its name, the [`Form`] of its operands, its fixed bits and the
//! least [`Isa`] that has it. Each [`Field`] of a form knows where its operand lies in the word and which values
//! fit; [`encode`], [`decode`] and the printer know nothing else, so a new instruction is one line of data.
//!
//! ```
//! use asm_thumb::{Isa, Operand, Reg, assemble, decode};
//!
//! let code = assemble(Isa::V6M, "adds", &[Operand::Reg(Reg::R1), Operand::Imm(8)]).unwrap();
//! assert_eq!(code.bytes(), [0x08, 0x31]);
//! assert_eq!(decode(code.bytes()).unwrap().to_string(), "adds r1, #8");
//! ```
//!
//! [`Thumb`] is the back end: functions of the IR to machine code, in the registers that `ir::regalloc` gave them.
//!
//! Words of 32 bits carry their first halfword on top, as the manual draws them; [`Code::bytes`] is memory order.
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;

mod backend;
pub mod branch;
mod choice;
mod emit;
mod encode;
mod extremes;
mod field;
mod form;
pub mod imm;
pub mod inline;
mod isa;
mod lower;
mod operand;
mod print;
mod reg;
mod table;
mod vfp;

pub use backend::Thumb;
pub use encode::{Code, Error, assemble, encode};
pub use field::Field;
pub use form::Form;
pub use isa::{Isa, Special};
pub use operand::{Misfit, Operand};
pub use print::{Decoded, decode};
pub use reg::{Cond, List, Reg, Shift, Single};
pub use table::{Row, TABLE, rows};
