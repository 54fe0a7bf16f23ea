//! Errors of the front end: a kind, a place, a text.

use alloc::boxed::Box;
#[cfg(feature = "diagnostics")]
use core::fmt::{self, Write};
use core::ops::Deref;

#[cfg(feature = "diagnostics")]
use super::source::Lines;
use super::source::Span;
#[cfg(feature = "diagnostics")]
use crate::mem::Vec;
use crate::mem::{NoMemory, boxed};

/// Why a text is not a program. Only the first error is kept.
///
/// One word, because every step of parser and compiler hands it on: results then travel in registers. Without it there
/// was no memory, for the program or for the error itself.
#[derive(PartialEq, Eq, Debug)]
pub struct SyntaxError(Option<Box<Wrong>>);

/// What an error tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wrong {
    /// Which exception it becomes.
    pub kind: ErrorKind,
    /// Where it is.
    pub span: Span,
    /// What the exception says, with places for `values`: see `write_message`.
    pub message: &'static str,
    /// What goes into the places of the message, in order.
    #[cfg(feature = "diagnostics")]
    pub values: [u32; 3],
}

/// Which exception an error becomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// SyntaxError
    Syntax,
    /// IndentationError
    Indentation,
    /// RecursionError: nested deeper than the limit
    Recursion,
    /// RuntimeError: more than bytecode can express
    Overflow,
    /// NotImplementedError
    NotImplemented,
    /// UnicodeError
    Unicode,
    /// MemoryError
    NoMemory,
}

/// Kinds of expression as `{d}` in a message tells them.
macro_rules! expressions {
    ($($name:ident $text:literal)*) => {
        /// What a message calls an expression.
        #[derive(Clone, Copy)]
        pub enum Expression {
            $(#[doc = $text] $name,)*
        }

        #[cfg(feature = "diagnostics")]
        const EXPRESSIONS: &[&str] = &[$($text),*];
    };
}

expressions! {
    None "None" True "True" False "False" Ellipsis "ellipsis" Literal "literal" FString "f-string expression"
    TString "t-string expression" Name "name" Attribute "attribute" Subscript "subscript" Call "function call"
    Operation "expression" Comparison "comparison" Conditional "conditional expression" Named "named expression"
    Lambda "lambda" Tuple "tuple" List "list" Set "set display" Dict "dict literal" Starred "starred"
    ListComprehension "list comprehension" SetComprehension "set comprehension"
    DictComprehension "dict comprehension" Generator "generator expression" Await "await expression"
    Yield "yield expression"
}

/// What upstream says when it has nothing better to say.
pub const INVALID: &str = "invalid syntax";

/// The first text where there is room for helpful messages, else the second.
pub const fn either(helpful: &'static str, terse: &'static str) -> &'static str {
    if cfg!(feature = "diagnostics") { helpful } else { terse }
}

impl SyntaxError {
    /// A plain SyntaxError.
    #[cold]
    pub fn new(span: Span, message: &'static str) -> Self {
        SyntaxError::of(ErrorKind::Syntax, span, message)
    }

    /// An error of another kind.
    #[cold]
    pub fn of(kind: ErrorKind, span: Span, message: &'static str) -> Self {
        let wrong = Wrong {
            kind,
            span,
            message,
            #[cfg(feature = "diagnostics")]
            values: [0; 3],
        };
        SyntaxError(boxed(wrong).ok())
    }

    /// With values for the places in its message. Terse messages have no places.
    #[cold]
    #[cfg_attr(not(feature = "diagnostics"), expect(unused_mut, unused_variables))]
    pub fn with(mut self, values: [u32; 3]) -> Self {
        #[cfg(feature = "diagnostics")]
        if let Some(wrong) = &mut self.0 {
            wrong.values = values;
        }
        self
    }
}

impl Deref for SyntaxError {
    type Target = Wrong;

    fn deref(&self) -> &Wrong {
        self.0.as_deref().unwrap_or(&NO_MEMORY)
    }
}

const NO_MEMORY: Wrong = Wrong {
    kind: ErrorKind::NoMemory,
    span: Span { start: 0, end: 0 },
    message: "memory allocation failed",
    #[cfg(feature = "diagnostics")]
    values: [0; 3],
};

#[cfg(feature = "diagnostics")]
impl Wrong {
    /// The message, its places filled in: `{n}` a number, `{l}` the line of an offset, `{c}` the character at an offset,
    /// `{x}` its number in hexadecimal, `{w}` the word or operator there, `{s}` what a suite belongs to whose keyword is
    /// there, `{d}` a kind of expression, `{k}` a keyword by its index.
    pub fn write_message(&self, source: &[u8], out: &mut Vec<u8>) -> Result<(), NoMemory> {
        let mut values = self.values.into_iter();
        let mut rest = self.message;
        let mut out = Out(out);
        while let Some(at) = rest.find('{') {
            let (before, place) = rest.split_at(at);
            out.0.extend_from_slice(before.as_bytes())?;
            let (kind, behind) = match place.as_bytes() {
                [b'{', kind @ (b'n' | b'l' | b'c' | b'x' | b'w' | b's' | b'd' | b'k'), b'}', ..] => {
                    (*kind, place.get(3..).unwrap_or(""))
                }
                _ => {
                    out.0.push(b'{')?;
                    rest = place.get(1..).unwrap_or("");
                    continue;
                }
            };
            rest = behind;
            let value = values.next().unwrap_or(0);
            let text = source.get(value as usize..).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or("");
            let char = text.chars().next().unwrap_or(' ');
            let written = match kind {
                b'n' => write!(out, "{value}"),
                b'l' => write!(out, "{}", Lines::new(source)?.line(value)),
                b'c' => write!(out, "{char}"),
                b'x' => write!(out, "{:04X}", u32::from(char)),
                b'd' => out.write_str(EXPRESSIONS.get(value as usize).copied().unwrap_or("expression")),
                b'k' => out.write_str(super::token::KEYWORDS.get(value as usize).copied().unwrap_or("")),
                b's' => out.write_str(suite_of(word_of(text), text)),
                _ => out.write_str(word_of(text)),
            };
            written.map_err(|fmt::Error| NoMemory)?;
        }
        out.0.extend_from_slice(rest.as_bytes())
    }
}

/// The word or operator at the start of a text.
#[cfg(feature = "diagnostics")]
fn word_of(text: &str) -> &str {
    let word = text.bytes().take_while(|&byte| super::number::is_word(byte)).count();
    let len = match super::token::operator(text.as_bytes()) {
        Some((_, len)) if word == 0 => len,
        Some(_) | None => word,
    };
    text.get(..len).unwrap_or("")
}

/// What a message calls the owner of a suite.
#[cfg(feature = "diagnostics")]
fn suite_of(keyword: &str, text: &str) -> &'static str {
    let starred = text.trim_start_matches(keyword).trim_start().starts_with('*');
    match keyword {
        "if" => "'if' statement",
        "elif" => "'elif' statement",
        "else" => "'else' statement",
        "while" => "'while' statement",
        "for" => "'for' statement",
        "try" => "'try' statement",
        "except" if starred => "'except*' statement",
        "except" => "'except' statement",
        "finally" => "'finally' statement",
        "with" => "'with' statement",
        "match" => "'match' statement",
        "case" => "'case' statement",
        "class" => "class definition",
        _ => "function definition",
    }
}

#[cfg(feature = "diagnostics")]
struct Out<'a>(&'a mut Vec<u8>);

#[cfg(feature = "diagnostics")]
impl Write for Out<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes()).map_err(|NoMemory| fmt::Error)
    }
}

impl From<NoMemory> for SyntaxError {
    #[cold]
    fn from(NoMemory: NoMemory) -> Self {
        SyntaxError(None)
    }
}
