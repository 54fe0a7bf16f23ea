//! Several functions as one piece of machine code, behind a header that says where they are.

use crate::target::BYTES;
use alloc::vec::Vec;
use ir::{LineRow, MachineCode, Refused};

/// What stands in front of the entry of a viper function: words, by byte offsets from its address as it is called.
pub mod header {
    use crate::target::{BYTES, ENTRY_BIT};

    /// What the function takes and returns as words.
    pub const SIGNATURE: i32 = -3 * BYTES - ENTRY_BIT;
    /// How far from the entry words are taken.
    pub const WORDS: i32 = -2 * BYTES - ENTRY_BIT;
    /// How far from the entry the last part is.
    pub const CORE: i32 = -BYTES - ENTRY_BIT;
    /// Bytes of it.
    pub const SIZE: usize = 3 * BYTES as usize;
}

/// One piece of code that is entered at the first part. Words are taken by the second.
pub fn linked(signature: usize, parts: &[MachineCode]) -> Result<MachineCode, Refused> {
    let align = parts.iter().map(|part| part.align).max().unwrap_or(1).max(BYTES as u32);
    let padded = |len: usize| len.next_multiple_of(align as usize);
    let total = parts.iter().fold(header::SIZE, |len, part| padded(len) + part.bytes.len());
    let (mut bytes, mut lines) = (Vec::new(), Vec::new());
    bytes.try_reserve_exact(total).map_err(|_| Refused::Memory)?;
    bytes.resize(header::SIZE, 0);
    lines.try_reserve_exact(parts.iter().map(|part| part.lines.len()).sum()).map_err(|_| Refused::Memory)?;
    // Where the first, the second and the last part are entered.
    let (mut entry, mut words, mut last) = (None, None, 0);
    for (at, part) in parts.iter().enumerate() {
        bytes.resize(padded(bytes.len()), 0);
        let start = u32::try_from(bytes.len()).map_err(|_| Refused::TooLarge)?;
        bytes.extend_from_slice(&part.bytes);
        lines.extend(part.lines.iter().map(|row| LineRow { offset: row.offset + start, ..*row }));
        last = (start + part.entry) as usize;
        match at {
            0 => entry = Some(last),
            1 => words = Some(last),
            _ => {}
        }
    }
    let entry = entry.ok_or(Refused::Unsupported("a function without parts"))?;
    let fields = [signature, words.unwrap_or(entry) - entry, last - entry];
    let at = entry - header::SIZE;
    for (place, field) in bytes.iter_mut().skip(at).zip(fields.iter().flat_map(|field| field.to_le_bytes())) {
        *place = field;
    }
    Ok(MachineCode { bytes, entry: entry as u32, align, lines })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn parts_are_found_by_the_header() {
        let part = |byte: u8| MachineCode {
            bytes: vec![byte; 20],
            entry: 0,
            align: 16,
            lines: vec![LineRow { offset: 4, line: u32::from(byte) }],
        };
        let all = linked(77, &[part(1), part(2), part(3)]).unwrap();
        let entry = all.entry as usize;
        let field = |at: i32| {
            let at = entry - at.unsigned_abs() as usize;
            u64::from_le_bytes(all.bytes[at..at + 8].try_into().unwrap()) as usize
        };
        assert_eq!(field(header::SIGNATURE), 77);
        assert_eq!((all.bytes[entry], all.bytes[entry + field(header::WORDS)], entry % 16), (1, 2, 0));
        assert_eq!(all.bytes[entry + field(header::CORE)], 3);
        assert_eq!(all.line_at(all.entry + field(header::CORE) as u32 + 5), Some(3));
    }
}
