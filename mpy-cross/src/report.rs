//! Errors as MicroPython's tools expect them, and for people the line with a mark.

use vm::text::error::{ErrorKind, SyntaxError};
use vm::text::shown::{End, Marked, locate};

use crate::compile::Error;

/// What is printed on standard error.
pub fn error(error: &Error, source: &[u8], file: &str) -> String {
    match error {
        Error::Syntax(error) => syntax(error, source, file),
        Error::Native { line, message } => {
            let text = String::from_utf8_lossy(source);
            let shown = text.lines().nth(*line as usize - 1).unwrap_or("");
            let column = (shown.len() - shown.trim_start().len()) as isize + 1;
            let marked = Marked { text: shown, column, end: End::Later };
            format!("{HEAD}  File \"{file}\", line {line}\n{marked}SyntaxError: {message}\n")
        }
        Error::NoMemory => NO_MEMORY.into(),
    }
}

const HEAD: &str = "Traceback (most recent call last):\n";
const NO_MEMORY: &str = "MemoryError: memory allocation failed\n";

fn syntax(error: &SyntaxError, source: &[u8], file: &str) -> String {
    let class = match error.kind {
        ErrorKind::Syntax => "SyntaxError",
        ErrorKind::Indentation => "IndentationError",
        ErrorKind::Recursion => "RecursionError",
        ErrorKind::Overflow => "RuntimeError",
        ErrorKind::NotImplemented => "NotImplementedError",
        ErrorKind::Unicode => "UnicodeError",
        ErrorKind::NoMemory => return NO_MEMORY.into(),
    };
    let Ok((message, place)) = locate(error, source) else { return NO_MEMORY.into() };
    let message = String::from_utf8_lossy(&message);
    let end = match place.end_line == place.line {
        true => End::Column(place.end_column as isize),
        false => End::Later,
    };
    let marked = match place.text {
        Some(text) => Marked { text, column: place.column as isize, end }.to_string(),
        None => String::new(),
    };
    format!("{HEAD}  File \"{file}\", line {}\n{marked}{class}: {message}\n", place.line)
}
