//! Several functions as one piece of machine code, behind a header that says where they are.

use ir::{LineRow, MachineCode, Refused};

/// What stands in front of the entry of a viper function: byte offsets from it.
pub mod header {
    /// What the function takes and returns as words.
    pub const SIGNATURE: i32 = -24;
    /// How far from the entry words are taken.
    pub const WORDS: i32 = -16;
    /// How far from the entry the last part is.
    pub const CORE: i32 = -8;
    /// Bytes of it.
    pub const SIZE: usize = 24;
}

/// One piece of code that is entered at the first part. Words are taken by the second.
pub fn linked(signature: u64, parts: &[MachineCode]) -> Result<MachineCode, Refused> {
    let align = parts.iter().map(|part| part.align).max().unwrap_or(1).max(8);
    let (mut bytes, mut lines, mut starts) = (vec![0; header::SIZE], Vec::new(), Vec::new());
    for part in parts {
        bytes.resize(bytes.len().next_multiple_of(align as usize), 0);
        let start = u32::try_from(bytes.len()).map_err(|_| Refused::TooLarge)?;
        bytes.extend_from_slice(&part.bytes);
        lines.extend(part.lines.iter().map(|row| LineRow { offset: row.offset + start, ..*row }));
        starts.push(start + part.entry);
    }
    let (Some(&entry), Some(&last)) = (starts.first(), starts.last()) else {
        return Err(Refused::Unsupported("a function without parts"));
    };
    let words = starts.get(1).copied().unwrap_or(entry);
    let fields = [signature, u64::from(words - entry), u64::from(last - entry)];
    let at = entry as usize - header::SIZE;
    for (place, field) in bytes.iter_mut().skip(at).zip(fields.iter().flat_map(|field| field.to_le_bytes())) {
        *place = field;
    }
    Ok(MachineCode { bytes, entry, align, lines })
}

#[cfg(test)]
mod tests {
    use super::*;

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
