//! Disassembler for tests and dumps: the same table read backwards.

use alloc::vec::Vec;
use core::fmt;

use crate::field::Operand;
use crate::table::{Row, TABLE};

/// An instruction found in memory; prints as an assembler reads it.
#[derive(Clone, PartialEq, Debug)]
pub struct Decoded {
    /// What it is.
    pub row: &'static Row,
    /// Its operands, in the order they are written.
    pub operands: Vec<Operand>,
}

impl Decoded {
    /// How many bytes it takes.
    pub fn size(&self) -> usize {
        usize::from(self.row.size())
    }
}

/// The instruction that these bytes start with, if the table has it.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (&[a, b], rest) = bytes.split_first_chunk()?;
    let word = u32::from_le_bytes(if is_narrow(a) { [a, b, 0, 0] } else { [a, b, *rest.first()?, 0] });
    TABLE.iter().filter(|row| (row.size() == 2) == is_narrow(a)).find_map(|row| read(row, word))
}

/// Does an instruction that starts with this byte take two bytes?
pub const fn is_narrow(first: u8) -> bool {
    first & 8 != 0
}

fn read(row: &'static Row, word: u32) -> Option<Decoded> {
    let free = row.form.fields.iter().fold(0, |mask, field| mask | field.mask());
    if word & !free != row.bits & !free {
        return None;
    }
    let mut operands = Vec::with_capacity(row.form.fields.len());
    for field in row.form.fields {
        operands.push(field.get(word, &operands)?);
    }
    Some(Decoded { row, operands })
}

impl fmt::Display for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.row.name)?;
        for (i, operand) in self.operands.iter().enumerate() {
            write!(f, "{}{operand}", if i == 0 { " " } else { ", " })?;
        }
        Ok(())
    }
}
