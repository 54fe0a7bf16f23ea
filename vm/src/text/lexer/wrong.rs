//! What is wrong with tokens that are none.

use super::{Lexer, Mode};
use crate::text::error::{INVALID, SyntaxError, either};
use crate::text::source::Span;
use crate::text::string::{Makes, Opening};

pub(super) const MALFORMED: &str = "malformed f-string";

/// Upstream's tests hold t-strings to its own text.
pub(super) fn single(opening: Opening) -> &'static str {
    match opening.makes {
        Makes::Template => MALFORMED,
        Makes::Formatted | Makes::Str | Makes::Bytes => "f-string: single '}' is not allowed",
    }
}

/// A field without its `}`.
pub(super) fn unended(opening: Opening) -> &'static str {
    match opening.makes {
        Makes::Template => MALFORMED,
        Makes::Formatted | Makes::Str | Makes::Bytes => either("f-string: expecting '}'", INVALID),
    }
}

impl Lexer<'_> {
    /// The f- or t-string around.
    pub(super) fn around(&self) -> Option<Opening> {
        self.modes.iter().rev().find_map(|mode| match mode {
            Mode::Text(opening, _) => Some(*opening),
            Mode::Field(_) | Mode::Spec => None,
        })
    }

    /// A backslash that joins no lines.
    #[cold]
    pub(super) fn stray_backslash(&self) -> &'static str {
        match self.around().map(|around| around.makes) {
            Some(Makes::Template) => INVALID,
            Some(Makes::Formatted | Makes::Str | Makes::Bytes) | None => {
                "unexpected character after line continuation character"
            }
        }
    }

    /// A string without its closing quotes, noticed here.
    #[cold]
    pub(super) fn unterminated(&self, opening: Opening, start: usize) -> SyntaxError {
        let around = self.modes.iter().rev().find_map(|mode| match mode {
            Mode::Text(around, _) if opening.makes == Makes::Str => Some(*around),
            Mode::Text(..) | Mode::Field(_) | Mode::Spec => None,
        });
        // The quotes were to end the f-string around.
        if let Some(around) = around.filter(|around| around.quote == opening.quote) {
            return self.error(start, unended(around));
        }
        let message = match (opening.makes, opening.triple) {
            (Makes::Template, _) => INVALID,
            (Makes::Formatted, true) => "unterminated triple-quoted f-string literal (detected at line {l})",
            (Makes::Formatted, false) => "unterminated f-string literal (detected at line {l})",
            (Makes::Str | Makes::Bytes, true) => "unterminated triple-quoted string literal (detected at line {l})",
            (Makes::Str | Makes::Bytes, false) => "unterminated string literal (detected at line {l})",
        };
        let span = Span { start: start as u32, end: start as u32 + 1 };
        // The line end behind the last line starts none.
        let seen = if self.rest().is_empty() { self.src.trim_ascii_end().len() } else { self.at };
        SyntaxError::new(span, either(message, INVALID)).with([seen as u32, 0, 0])
    }

    /// Characters beyond ASCII are part of a name where Unicode says so.
    #[cfg(all(feature = "diagnostics", feature = "unicode"))]
    pub(super) fn check_word(&self, start: usize, len: usize) -> Result<(), SyntaxError> {
        use crate::text::unicode::{Is, is};
        let text = core::str::from_utf8(self.src.get(start..start + len).unwrap_or(&[])).unwrap_or("");
        let is_wrong = |at: usize, c: char| !c.is_ascii() && !is(c, if at == 0 { Is::Start } else { Is::Continue });
        match text.char_indices().find(|(at, c)| is_wrong(*at, *c)) {
            None => Ok(()),
            Some((at, c)) => {
                let at = (start + at) as u32;
                let (message, values) = match is(c, Is::Printable) {
                    true => ("invalid character '{c}' (U+{x})", [at, at, 0]),
                    false => ("invalid non-printable character U+{x}", [at, 0, 0]),
                };
                let span = Span { start: at, end: at + c.len_utf8() as u32 };
                Err(SyntaxError::new(span, message).with(values))
            }
        }
    }
}
