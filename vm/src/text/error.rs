//! Errors of the front end: a kind, a place, a text.

use super::source::Span;
use crate::mem::NoMemory;

/// Why a text is not a program. Only the first error is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// Which exception it becomes.
    pub kind: ErrorKind,
    /// Where it is.
    pub span: Span,
    /// What the exception says.
    pub message: &'static str,
}

/// Which exception an error becomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// SyntaxError
    Syntax,
    /// IndentationError
    Indentation,
    /// RuntimeError: nested deeper than the limit
    Recursion,
    /// NotImplementedError
    NotImplemented,
    /// UnicodeError
    Unicode,
    /// MemoryError
    NoMemory,
}

/// What upstream says when it has nothing better to say.
pub const INVALID: &str = "invalid syntax";

impl SyntaxError {
    /// A plain SyntaxError.
    #[cold]
    pub fn new(span: Span, message: &'static str) -> Self {
        SyntaxError { kind: ErrorKind::Syntax, span, message }
    }

    /// An error of another kind.
    #[cold]
    pub fn of(kind: ErrorKind, span: Span, message: &'static str) -> Self {
        SyntaxError { kind, span, message }
    }
}

impl From<NoMemory> for SyntaxError {
    #[cold]
    fn from(NoMemory: NoMemory) -> Self {
        SyntaxError { kind: ErrorKind::NoMemory, span: Span::default(), message: "memory allocation failed" }
    }
}
