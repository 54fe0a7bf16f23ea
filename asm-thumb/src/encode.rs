//! Form and operands to halfwords, with every operand checked.

use core::fmt;

use crate::field::Field;
use crate::isa::Isa;
use crate::operand::{Misfit, Operand};
use crate::table::{Row, rows};

/// One instruction as it lies in memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Code {
    word: [u8; 4],
    size: u8,
}

impl Code {
    /// Its two or four bytes.
    pub fn bytes(&self) -> &[u8] {
        self.word.get(..usize::from(self.size)).unwrap_or(&[])
    }
}

/// Why an instruction could not be encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
    /// No row has this name.
    Unknown,
    /// Another number of operands is wanted.
    Count {
        /// How many the row has.
        wanted: usize,
        /// How many were given.
        found: usize,
    },
    /// The instruction, or a register it names, is not in this instruction set.
    Needs(Isa),
    /// This operand, counted from 0, does not fit its field.
    Operand {
        /// Which one.
        index: usize,
        /// Where it should go.
        field: Field,
        /// Why it does not.
        misfit: Misfit,
    },
}

/// Encodes one instruction by its row.
pub fn encode(isa: Isa, row: &Row, operands: &[Operand]) -> Result<Code, Error> {
    let fields = row.form.fields;
    if isa < row.needs {
        return Err(Error::Needs(row.needs));
    }
    if fields.len() != operands.len() {
        return Err(Error::Count { wanted: fields.len(), found: operands.len() });
    }
    let mut word = row.bits;
    for (index, (&field, &operand)) in fields.iter().zip(operands).enumerate() {
        let earlier = operands.get(..index).unwrap_or(&[]);
        word |= field.put(operand, earlier).map_err(|misfit| Error::Operand { index, field, misfit })?;
        if let Operand::Special(special) = operand
            && isa < special.needs()
        {
            return Err(Error::Needs(special.needs()));
        }
    }
    let ([a, b, c, d], size) = if row.is_wide() { (word.to_be_bytes(), 4) } else { ((word << 16).to_be_bytes(), 2) };
    Ok(Code { word: [b, a, d, c], size })
}

/// Encodes by name: the first row of that name that takes these operands. The error is the one of the row that came
/// furthest.
pub fn assemble(isa: Isa, name: &str, operands: &[Operand]) -> Result<Code, Error> {
    let mut best = Error::Unknown;
    for row in rows(name) {
        match encode(isa, row, operands) {
            Ok(code) => return Ok(code),
            Err(error) if error.rank() > best.rank() => best = error,
            Err(_) => {}
        }
    }
    Err(best)
}

impl Error {
    fn rank(self) -> usize {
        match self {
            Error::Unknown => 0,
            Error::Needs(_) => 1,
            Error::Count { .. } => 2,
            Error::Operand { index, misfit: Misfit::Kind, .. } => 3 + 2 * index,
            Error::Operand { index, .. } => 4 + 2 * index,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match *self {
            Error::Unknown => f.write_str("unknown instruction"),
            Error::Count { wanted, found } => write!(f, "{wanted} operands wanted, {found} given"),
            Error::Needs(isa) => write!(f, "only {isa} and above have this"),
            Error::Operand { index, misfit, .. } => {
                let which = index + 1;
                match misfit {
                    Misfit::Kind => write!(f, "operand {which} is of the wrong kind"),
                    Misfit::Register => write!(f, "operand {which}: this register cannot stand here"),
                    Misfit::Pair => write!(f, "operand {which} clashes with an earlier one"),
                    Misfit::Constant => write!(f, "operand {which}: no instruction holds this constant"),
                    Misfit::Range { low, high, step: 1 } => write!(f, "operand {which} must be {low} to {high}"),
                    Misfit::Range { low, high, step } => {
                        write!(f, "operand {which} must be {low} to {high} and a multiple of {step}")
                    }
                }
            }
        }
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::reg::Reg;

    #[test]
    fn errors_name_the_operand() {
        let (r1, r8) = (Operand::Reg(Reg::R1), Operand::Reg(Reg::R8));
        let say = |name, operands: &[Operand]| assemble(Isa::V6M, name, operands).unwrap_err().to_string();
        assert_eq!(say("ldr", &[r1, r1, Operand::Imm(126)]), "operand 3 must be 0 to 124 and a multiple of 4");
        assert_eq!(say("ldrb", &[r1, r8, Operand::Imm(1)]), "operand 2: this register cannot stand here");
        assert_eq!(say("movs", &[r1, Operand::Imm(256)]), "operand 2 must be 0 to 255");
        assert_eq!(say("ands", &[r1]), "2 operands wanted, 1 given");
        assert_eq!(say("sdiv", &[r1, r1, r1]), "only v7-M and above have this");
        assert_eq!(say("frob", &[]), "unknown instruction");
    }
}
