//! Form and operands to bytes, with every operand checked.

use core::fmt;

use crate::field::{Field, Misfit, Operand};
use crate::isa::{Feature, Isa};
use crate::table::{Row, rows};

/// One instruction as it lies in memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Code {
    word: [u8; 4],
    size: u8,
}

impl Code {
    /// Its two or three bytes.
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
    /// The core lacks this option.
    Needs(Feature),
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
    if !isa.has(row.needs) {
        return Err(Error::Needs(row.needs));
    }
    if fields.len() != operands.len() {
        return Err(Error::Count { wanted: fields.len(), found: operands.len() });
    }
    let mut word = row.bits;
    for (index, (&field, &operand)) in fields.iter().zip(operands).enumerate() {
        let earlier = operands.get(..index).unwrap_or(&[]);
        word |= field.put(operand, earlier).map_err(|misfit| Error::Operand { index, field, misfit })?;
    }
    Ok(Code { word: word.to_le_bytes(), size: row.size() })
}

/// Encodes by name.
pub fn assemble(isa: Isa, name: &str, operands: &[Operand]) -> Result<Code, Error> {
    let mut first = Error::Unknown;
    for row in rows(name) {
        match encode(isa, row, operands) {
            Ok(code) => return Ok(code),
            Err(error) if first == Error::Unknown => first = error,
            Err(_) => {}
        }
    }
    Err(first)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match *self {
            Error::Unknown => f.write_str("unknown instruction"),
            Error::Count { wanted, found } => write!(f, "{wanted} operands wanted, {found} given"),
            Error::Needs(feature) => write!(f, "this core lacks the {feature} option"),
            Error::Operand { index, misfit, .. } => {
                let which = index + 1;
                match misfit {
                    Misfit::Kind => write!(f, "operand {which} is of the wrong kind"),
                    Misfit::Constant => write!(f, "operand {which}: the instruction cannot hold this constant"),
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
        let a2 = Operand::Reg(Reg::A2);
        let say = |name, operands: &[Operand]| assemble(Isa::Lx106, name, operands).unwrap_err().to_string();
        assert_eq!(say("l32i", &[a2, a2, Operand::Imm(6)]), "operand 3 must be 0 to 1020 and a multiple of 4");
        assert_eq!(say("movi", &[a2, Operand::Imm(2048)]), "operand 2 must be -2048 to 2047");
        assert_eq!(say("add", &[a2, a2, Operand::Imm(1)]), "operand 3 is of the wrong kind");
        assert_eq!(say("add", &[a2]), "3 operands wanted, 1 given");
        assert_eq!(say("quos", &[a2, a2, a2]), "this core lacks the divide option");
        let nine = [a2, Operand::Imm(9), Operand::To(4)];
        assert_eq!(say("beqi", &nine), "operand 2: the instruction cannot hold this constant");
        assert_eq!(say("frob", &[]), "unknown instruction");
    }
}
