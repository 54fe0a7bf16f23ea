//! The lines that were typed last.

use vm::mem::Vec;

/// How many are kept.
const MOST: usize = 8;

/// The lines, the latest last, and the one that is shown.
#[derive(Default)]
pub struct History {
    lines: Vec<Vec<u8>>,
    /// How many steps back; 0 is the line that is being typed.
    back: usize,
}

impl History {
    /// Keeps a line, unless it is empty or the same as the last. No memory, no history.
    pub fn push(&mut self, line: &[u8]) {
        self.back = 0;
        if line.is_empty() || self.lines.last().is_some_and(|last| **last == *line) {
            return;
        }
        if self.lines.len() >= MOST {
            self.lines.remove(0);
        }
        let mut copy = Vec::new();
        if copy.extend_from_slice(line).is_ok() {
            // As above.
            let _ = self.lines.push(copy);
        }
    }

    /// The next line back, if there is one.
    pub fn older(&mut self) -> Option<&[u8]> {
        let at = self.lines.len().checked_sub(self.back + 1)?;
        self.back += 1;
        self.lines.get(at).map(|line| &**line)
    }

    /// The next line forward, at last an empty one; nothing when that is shown.
    pub fn newer(&mut self) -> Option<&[u8]> {
        self.back = self.back.checked_sub(1)?;
        let at = self.lines.len() - self.back;
        Some(self.lines.get(at).map_or(&[][..], |line| line))
    }

    /// A new line begins.
    pub fn rewind(&mut self) {
        self.back = 0;
    }
}
