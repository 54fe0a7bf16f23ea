//! Where an error of the front end is, and its line with marks under the place.

use core::fmt::{Display, Formatter, Result as Written, Write};

use super::error::SyntaxError;
use super::source::Lines;
use crate::mem::{NoMemory, Vec};

/// The place of an error as people count: lines and columns from 1, columns in characters.
pub struct Where<'a> {
    /// Line of its start.
    pub line: u32,
    /// Column of its start.
    pub column: u32,
    /// Line of its end.
    pub end_line: u32,
    /// Column of its end.
    pub end_column: u32,
    /// The line it starts in, with its end.
    pub text: Option<&'a str>,
}

/// The message of an error, and its place.
pub fn locate<'a>(error: &SyntaxError, source: &'a [u8]) -> Result<(Vec<u8>, Where<'a>), NoMemory> {
    let mut message = Vec::new();
    error.write_message(source, &mut message)?;
    let lines = Lines::new(source)?;
    let start = lines.place(source, error.span.start);
    // A line end is nothing to underline.
    let at_end = matches!(source.get(error.span.start as usize), Some(b'\n' | b'\r') | None);
    let end = if at_end { start } else { lines.place(source, error.span.end) };
    let before = source.get(..error.span.start as usize).unwrap_or(source);
    let from = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
    let rest = source.get(from..).unwrap_or(&[]);
    let len = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
    let text = rest.get(..len).and_then(|text| core::str::from_utf8(text).ok());
    let place = Where { line: start.line, column: start.column, end_line: end.line, end_column: end.column, text };
    Ok((message, place))
}

/// Where marks end.
pub enum End {
    /// Before this column of the same line.
    Column(isize),
    /// In a later line.
    Later,
    /// Behind one character.
    Unknown,
}

/// A line without its indentation, and under it marks from a column on. Without a column there are none.
pub struct Marked<'a> {
    /// The line.
    pub text: &'a str,
    /// Where the marks begin, from 1; 0 for none.
    pub column: isize,
    /// Where they end.
    pub end: End,
}

impl Display for Marked<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        let stripped = self.text.trim_end();
        let shown = stripped.trim_start_matches([' ', '\t', '\x0c']);
        writeln!(f, "    {shown}")?;
        if self.column <= 0 {
            return Ok(());
        }
        let length = stripped.chars().count() as isize;
        let end = match self.end {
            End::Column(end) if end > self.column => end.min(length + 1).max(self.column + 1),
            End::Later => length + 1,
            End::Column(_) | End::Unknown => self.column + 1,
        };
        let indent = length - shown.chars().count() as isize;
        f.write_str("    ")?;
        let before = shown.chars().chain(core::iter::repeat(' '));
        for char in before.take((self.column - 1 - indent).max(0) as usize) {
            f.write_char(if char == '\t' { '\t' } else { ' ' })?;
        }
        let first = self.column.max(indent + 1);
        for _ in first..end.max(first + 1) {
            f.write_char('^')?;
        }
        f.write_char('\n')
    }
}
