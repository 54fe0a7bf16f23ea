//! A small typed intermediate representation that is easy to make machine code from.
//!
//! A [`Func`] is a list of [`Inst`]ructions over virtual registers ([`V`]), cut into [`Block`]s. A register holds a
//! word or a float and may be written many times (not SSA). There are no flags: comparing and branching is one
//! instruction. An instruction that can fail (overflow, a helper that returned zero) names the block to go to and
//! does not end its own block. Nothing here knows Python: a helper is a row number of a table whose signatures the
//! front end supplies and whose pointers the caller passes in.
//!
//! ```
//! use ir::{Alu, Builder, Cc, Class, FloatSize, Inst, Word};
//!
//! // def f(n): s = 0; while n != 0: s += n; n -= 1; return s
//! let mut b = Builder::new("f", Word::W64, FloatSize::F64, &[]);
//! b.returns(Class::Word);
//! let n = b.param(Class::Word);
//! let (entry, head, body, end) = (b.block(), b.block(), b.block(), b.block());
//! b.start(entry);
//! let s = b.int(0);
//! b.start(head);
//! b.br(Cc::Eq, n, 0, end, body);
//! b.start(body);
//! b.push(Inst::Alu { op: Alu::Add, d: s, a: s, b: n.into() });
//! b.push(Inst::Alu { op: Alu::Sub, d: n, a: n, b: 1.into() });
//! b.jump(head);
//! b.start(end);
//! b.ret(Some(s));
//! let func = b.finish().unwrap();
//! assert_eq!(func.insts.len(), 7);
//! ```
//!
//! Ways through the crate: `builder` makes functions, `verify` checks them, `text` prints and parses them, `interp`
//! runs them slowly and exactly (the oracle every back end is compared with), `target` is what a back end implements.
#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;

pub mod asm;
mod builder;
#[cfg(any(test, feature = "random"))]
pub mod check;
pub mod code;
mod func;
mod inst;
pub mod interp;
pub mod live;
pub mod moves;
#[cfg(any(test, feature = "random"))]
pub mod random;
pub mod regalloc;
mod target;
pub mod text;
mod verify;

pub use builder::Builder;
pub use func::{BlockData, FloatSize, Func, HelperSig, Table, Word};
pub use inst::{Alu, Block, Cc, Class, Fcc, Fop, Fun, Fwidth, Helper, Inst, List, Operand, Ov, Slot, Un, V, Width};
pub use target::{Backend, Caps, LineRow, MachineCode, Refused, Reg, RegFile, line_at};
pub use verify::{Fault, verify};
