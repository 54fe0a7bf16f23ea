//! Disassembler for tests and dumps: the same table read backwards.

use alloc::vec::Vec;
use core::fmt;

use crate::operand::Operand;
use crate::table::{Row, TABLE};

/// An instruction found in memory; prints as an assembler reads it.
#[derive(Clone, PartialEq, Debug)]
pub struct Decoded {
    /// What it is.
    pub row: &'static Row,
    /// Its operands, in the order of the row's form.
    pub operands: Vec<Operand>,
}

impl Decoded {
    /// How many bytes it takes.
    pub fn size(&self) -> usize {
        if self.row.is_wide() { 4 } else { 2 }
    }
}

/// The instruction that these bytes start with, if the table has it.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (&[a, b], rest) = bytes.split_first_chunk()?;
    let narrow = u32::from(u16::from_le_bytes([a, b]));
    let is_wide = narrow >> 11 > 0x1c;
    let word = if is_wide {
        let &[c, d] = rest.first_chunk()?;
        narrow << 16 | u32::from(u16::from_le_bytes([c, d]))
    } else {
        narrow
    };
    TABLE.iter().filter(|row| row.is_wide() == is_wide).find_map(|row| read(row, word))
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
        if self.row.form.text.is_empty() {
            return Ok(());
        }
        f.write_str(" ")?;
        let mut slots = self.row.form.fields.iter().zip(&self.operands);
        for piece in self.row.form.text.split_inclusive('$') {
            let plain = piece.trim_end_matches('$');
            f.write_str(plain)?;
            if plain.len() < piece.len()
                && let Some((field, &operand)) = slots.next()
            {
                field.show(operand, f)?;
            }
        }
        Ok(())
    }
}
