//! What a back end is: a function in, position-independent machine code out.

use crate::asm;
use crate::func::{Func, Word};
use alloc::vec::Vec;

/// A machine: Cranelift's, or one of our assemblers.
pub trait Backend {
    /// What the machine can do; front ends avoid the rest.
    fn caps(&self) -> Caps;

    /// Machine code of a verified function.
    fn compile(&mut self, func: &Func) -> Result<MachineCode, Refused>;

    /// Machine code of an inline assembler function, which takes and returns words; nothing if this is no such machine.
    fn assemble<'a>(&self, machine: asm::Machine, body: &asm::Body<'a>) -> Option<Result<Vec<u8>, asm::Error<'a>>> {
        let _ = (machine, body);
        None
    }
}

/// What a machine can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Caps {
    /// Its word.
    pub word: Word,
    /// Divides words.
    pub divide: bool,
    /// Single-precision float class.
    pub f32: bool,
    /// Double-precision float class.
    pub f64: bool,
    /// Square roots.
    pub sqrt: bool,
}

/// Why a function stays bytecode. Never an error of the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// Out of memory.
    Memory,
    /// More registers, blocks or arguments than can be numbered, or a branch that does not reach.
    TooLarge,
    /// The machine, or this back end, cannot do what is named.
    Unsupported(&'static str),
}

/// From this offset on the code belongs to this source line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineRow {
    /// Bytes from the start of the code.
    pub offset: u32,
    /// Source line.
    pub line: u32,
}

/// Code that runs wherever its bytes are put.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MachineCode {
    /// Instructions and constants.
    pub bytes: Vec<u8>,
    /// Where `bytes` is entered.
    pub entry: u32,
    /// What the address of `bytes` must be a multiple of.
    pub align: u32,
    /// Source lines, by rising offset.
    pub lines: Vec<LineRow>,
}

impl MachineCode {
    /// The source line of an offset: where a fault happened, or (minus one) a return address.
    pub fn line_at(&self, offset: u32) -> Option<u32> {
        line_at(&self.lines, offset)
    }
}

/// Looks an offset up in rows of rising offset.
pub fn line_at(lines: &[LineRow], offset: u32) -> Option<u32> {
    let after = lines.partition_point(|row| row.offset <= offset);
    lines.get(after.checked_sub(1)?).map(|row| row.line)
}

/// A machine register.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Reg(pub u8);

/// The registers of one class that an allocator hands out, best first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RegFile {
    /// Registers that carry arguments, in order.
    pub args: &'static [Reg],
    /// Registers a call destroys.
    pub caller_saved: &'static [Reg],
    /// Registers a call keeps.
    pub callee_saved: &'static [Reg],
    /// Kept out of allocation, for operands an instruction cannot take as they are.
    pub scratch: &'static [Reg],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_until_the_next_row() {
        let code = MachineCode {
            lines: alloc::vec![LineRow { offset: 4, line: 10 }, LineRow { offset: 9, line: 11 }],
            ..MachineCode::default()
        };
        assert_eq!(code.line_at(0), None);
        assert_eq!(code.line_at(4), Some(10));
        assert_eq!(code.line_at(8), Some(10));
        assert_eq!(code.line_at(100), Some(11));
    }
}
