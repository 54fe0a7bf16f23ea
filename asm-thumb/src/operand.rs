//! Operands, how they are written, and why one may not fit.

use core::fmt;

use crate::field::Field;
use crate::isa::Special;
use crate::reg::{Cond, List, Reg, Shift, Single};

/// An operand of an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// A core register.
    Reg(Reg),
    /// A single-precision register.
    Single(Single),
    /// A set of core registers.
    List(List),
    /// A constant; one of 32 bits is given by its bit pattern.
    Imm(i32),
    /// Where to go, in bytes from the start of this instruction.
    To(i32),
    /// A shift of the register before it.
    Shift(Shift, u8),
    /// A condition.
    Cond(Cond),
    /// A special register.
    Special(Special),
}

/// Why an operand does not fit its field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Misfit {
    /// An operand of another kind is wanted.
    Kind,
    /// This register, or this set, cannot stand here.
    Register,
    /// It goes with the others in no way, or clashes with an earlier one.
    Pair,
    /// Not within these bounds, or not a multiple of the step.
    Range {
        /// The least value.
        low: i32,
        /// The greatest value.
        high: i32,
        /// What it must be a multiple of.
        step: i32,
    },
    /// A constant that twelve bits cannot stand for.
    Constant,
}

impl Field {
    /// Writes the operand as an assembler reads it.
    pub fn show(self, operand: Operand, f: &mut fmt::Formatter) -> fmt::Result {
        match operand {
            Operand::Reg(reg) => write!(f, "{reg}"),
            Operand::Single(single) => write!(f, "{single}"),
            Operand::List(list) => write!(f, "{list}"),
            Operand::Imm(value) if self == Field::Packed => write!(f, "#{}", value as u32),
            Operand::Imm(value) => write!(f, "#{value}"),
            Operand::To(delta) => write!(f, ".{delta:+}"),
            Operand::Shift(shift, amount) => write!(f, "{} #{amount}", shift.name()),
            Operand::Cond(cond) => f.write_str(cond.name()),
            Operand::Special(special) => write!(f, "{special}"),
        }
    }
}
