//! The stack of indentation levels.

use crate::mem::{NoMemory, Vec};

/// A tab leads to the next multiple of this.
const TAB: u32 = 8;

/// What the indentation of a line means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Same level.
    Same,
    /// One level in.
    In,
    /// So many levels out.
    Out(u32),
    /// Out, but to no level that was open.
    Mismatch,
}

/// Open indentation levels; the outermost, column 0, is implied.
#[derive(Default, Debug)]
pub struct Indents(Vec<u32>);

impl Indents {
    /// Enters the level of a line that starts at `column`.
    pub fn step(&mut self, column: u32) -> Result<Step, NoMemory> {
        let top = self.0.last().copied().unwrap_or(0);
        if column == top {
            return Ok(Step::Same);
        }
        if column > top {
            self.0.push(column)?;
            return Ok(Step::In);
        }
        let mut out = 0;
        while self.0.last().is_some_and(|&level| level > column) {
            self.0.pop();
            out += 1;
        }
        let top = self.0.last().copied().unwrap_or(0);
        Ok(if top == column { Step::Out(out) } else { Step::Mismatch })
    }
}

/// Column after one more character of indentation; none when the character is not indentation.
pub fn column_after(column: u32, byte: u8) -> Option<u32> {
    match byte {
        b' ' => Some(column + 1),
        b'\t' => Some((column / TAB + 1) * TAB),
        b'\x0c' => Some(0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Indents, Step, column_after};

    #[test]
    fn levels_open_and_close() {
        let mut indents = Indents::default();
        let steps = [0, 4, 8, 8, 0, 2, 1].map(|column| indents.step(column).unwrap());
        assert_eq!(steps, [Step::Same, Step::In, Step::In, Step::Same, Step::Out(2), Step::In, Step::Mismatch]);
    }

    #[test]
    fn tabs_lead_to_multiples_of_eight() {
        assert_eq!(column_after(3, b'\t'), Some(8));
        assert_eq!(column_after(8, b'\t'), Some(16));
        assert_eq!(column_after(8, b'x'), None);
    }
}
