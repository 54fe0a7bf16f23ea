//! The line table: how many bytes of code and how many lines each row skips.

use crate::mem::{NoMemory, Vec};

/// Writes one step of `bytes` of code and `lines` of source, in as many rows as it takes.
pub fn write_step(mut bytes: usize, mut lines: usize, out: &mut Vec<u8>) -> Result<(), NoMemory> {
    while bytes > 0 || lines > 0 {
        let (b, l);
        if lines <= 6 || bytes > 15 {
            b = bytes.min(0x1f);
            // No line may be skipped before all bytes are.
            l = if b < bytes { 0 } else { lines.min(3) };
            out.push((b | l << 5) as u8)?;
        } else {
            b = bytes.min(15);
            l = lines.min(0x7ff);
            out.push((0x80 | b | l >> 4 & 0x70) as u8)?;
            out.push(l as u8)?;
        }
        bytes -= b;
        lines -= l;
    }
    Ok(())
}

/// Reads a table: yields the offset where a line starts, and the line. The first line is 1.
pub struct Steps<'a> {
    table: &'a [u8],
    offset: usize,
    line: u32,
}

impl<'a> Steps<'a> {
    /// Reads `table` from its start.
    pub fn new(table: &'a [u8]) -> Self {
        Steps { table, offset: 0, line: 1 }
    }
}

impl Iterator for Steps<'_> {
    type Item = (usize, u32);

    fn next(&mut self) -> Option<(usize, u32)> {
        let (bytes, lines);
        match *self.table {
            [first, second, ..] if first & 0x80 != 0 => {
                bytes = first & 15;
                lines = u32::from(first & 0x70) << 4 | u32::from(second);
                self.table = self.table.get(2..)?;
            }
            [first, ..] => {
                bytes = first & 0x1f;
                lines = u32::from(first >> 5 & 3);
                self.table = self.table.get(1..)?;
            }
            [] => return None,
        }
        self.offset += usize::from(bytes);
        self.line = self.line.saturating_add(lines);
        Some((self.offset, self.line))
    }
}

/// The source line of the code at `offset`.
pub fn line_at(table: &[u8], offset: usize) -> u32 {
    Steps::new(table).take_while(|&(start, _)| start <= offset).last().map_or(1, |(_, line)| line)
}

#[cfg(test)]
mod tests {
    use super::{Steps, Vec, line_at, write_step};

    #[test]
    fn steps_come_back() {
        for (bytes, lines) in [(0, 1), (3, 7), (31, 6), (100, 5), (15, 3000), (40, 4000)] {
            let mut table = Vec::new();
            write_step(bytes, lines, &mut table).unwrap();
            assert_eq!(Steps::new(&table).last(), Some((bytes, lines as u32 + 1)));
            assert_eq!(line_at(&table, bytes), lines as u32 + 1);
            assert!(bytes == 0 || line_at(&table, bytes - 1) == 1);
        }
    }
}
