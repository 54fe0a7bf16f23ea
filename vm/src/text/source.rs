//! Source text: checked once, then bytes; offsets to lines and columns.

use super::error::SyntaxError;
use crate::mem::{NoMemory, Vec};

/// A stretch of source text in bytes: `start..end`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// From the start of this one to the end of `last`.
    pub fn to(self, last: Span) -> Span {
        Span { start: self.start, end: last.end.max(self.start) }
    }
}

/// A text that is valid UTF-8, has no NUL and is short enough for 32-bit offsets.
#[derive(Clone, Copy)]
pub struct Source<'a>(&'a str);

impl<'a> Source<'a> {
    /// Checks a text.
    pub fn new(bytes: &'a [u8]) -> Result<Self, SyntaxError> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(NoMemory.into());
        }
        let text = core::str::from_utf8(bytes).map_err(|error| {
            let at = error.valid_up_to() as u32;
            SyntaxError::new(Span { start: at, end: at + 1 }, "source is not valid UTF-8")
        })?;
        match bytes.iter().position(|&byte| byte == 0) {
            Some(at) => {
                let at = at as u32;
                Err(SyntaxError::new(Span { start: at, end: at + 1 }, "source code cannot contain null bytes"))
            }
            None => Ok(Source(text)),
        }
    }

    /// The whole text.
    pub fn text(self) -> &'a str {
        self.0
    }

    /// The whole text as bytes.
    #[inline]
    pub fn bytes(self) -> &'a [u8] {
        self.0.as_bytes()
    }

    /// The text of a span that lies on character borders.
    pub fn slice(self, span: Span) -> &'a str {
        self.0.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Where the program starts: behind a byte order mark.
    pub fn first(self) -> usize {
        if self.0.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }
}

/// A place as people count: both from 1, columns in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// Starts of the lines of a text. Lines end with `\n`, `\r\n` or `\r`.
#[derive(Debug)]
pub struct Lines(Vec<u32>);

impl Lines {
    /// Finds the lines of a text.
    pub fn new(bytes: &[u8]) -> Result<Self, NoMemory> {
        let mut starts = Vec::new();
        starts.push(0)?;
        for (at, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at as u32 + 1)?;
            }
        }
        Ok(Lines(starts))
    }

    /// Line of an offset, from 1.
    pub fn line(&self, offset: u32) -> u32 {
        self.0.partition_point(|&start| start <= offset) as u32
    }

    /// Column of an offset in its line, from 1, counted in bytes.
    pub fn column(&self, offset: u32) -> u32 {
        let start = (self.line(offset) as usize).checked_sub(1).and_then(|line| self.0.get(line)).copied().unwrap_or(0);
        offset.saturating_sub(start) + 1
    }

    /// Line and column of an offset in the text the table was made from.
    pub fn place(&self, bytes: &[u8], offset: u32) -> Place {
        let line = self.line(offset);
        let start = (line as usize).checked_sub(1).and_then(|index| self.0.get(index)).copied().unwrap_or(0);
        let before = bytes.get(start as usize..offset as usize).unwrap_or(&[]);
        let continued = before.iter().filter(|&&byte| byte & 0xc0 == 0x80).count();
        Place { line, column: (before.len() - continued) as u32 + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Place, Source};
    use crate::text::error::ErrorKind;

    #[test]
    fn every_line_ending_counts_once() {
        let text = "a\r\nb\rc\nd".as_bytes();
        let lines = Lines::new(text).unwrap();
        assert_eq!([0, 1, 3, 5, 7, 8].map(|at| lines.line(at)), [1, 1, 2, 3, 4, 4]);
    }

    #[test]
    fn columns_count_characters() {
        let text = "x\néa".as_bytes();
        assert_eq!(Lines::new(text).unwrap().place(text, 4), Place { line: 2, column: 2 });
    }

    #[test]
    fn bad_bytes_are_refused() {
        assert_eq!(Source::new(b"a\xff").err().map(|e| e.kind), Some(ErrorKind::Syntax));
        assert_eq!(Source::new(b"a\0").err().map(|e| (e.kind, e.span.start)), Some((ErrorKind::Syntax, 1)));
        assert_eq!(Source::new(b"\xef\xbb\xbfa").map(Source::first), Ok(3));
    }
}
