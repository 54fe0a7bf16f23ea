//! Lexer: bytes to tokens on demand; a stack of modes for f-strings.

mod wrong;

use super::error::{INVALID, SyntaxError, either};
use super::indent::{Indents, Step, column_after};
use super::source::{Source, Span};
use super::string::{Makes, Opening};
use super::token::{Kind, Token, operator, word};
use super::{error::ErrorKind, number};
use crate::mem::Vec;
use wrong::{MALFORMED, single, unended};

/// Where the lexer is inside f- and t-strings.
#[derive(Clone, Copy, Debug)]
enum Mode {
    /// In the text between fields of the string that starts there.
    Text(Opening, u32),
    /// In a field; brackets are this deep where it ends.
    Field(u32),
    /// In the format specification of a field.
    Spec,
}

/// A stream of tokens.
pub struct Lexer<'a> {
    src: &'a [u8],
    at: usize,
    /// Open brackets, those of fields included.
    brackets: u32,
    indents: Indents,
    /// DEDENTs still to come.
    dedents: u32,
    line_start: bool,
    /// The last token was a NEWLINE, or none came yet.
    line_ended: bool,
    modes: Vec<Mode>,
}

impl<'a> Lexer<'a> {
    /// Starts at the first token of a text.
    pub fn new(source: Source<'a>) -> Self {
        Lexer { line_start: true, ..Lexer::within(source, source.first()) }
    }

    /// Starts in the middle of a line, to look ahead without moving another lexer.
    pub fn within(source: Source<'a>, at: usize) -> Self {
        Lexer {
            src: source.bytes(),
            at,
            brackets: 0,
            indents: Indents::default(),
            dedents: 0,
            line_start: false,
            line_ended: true,
            modes: Vec::new(),
        }
    }

    /// The next token; `End` again and again at the end.
    pub fn read(&mut self) -> Result<Token, SyntaxError> {
        match self.modes.last().copied() {
            Some(Mode::Text(opening, from)) => return self.string_text(opening, from as usize),
            Some(Mode::Spec) => return self.spec_text(),
            Some(Mode::Field(_)) | None => {}
        }
        if self.line_start && self.brackets == 0 {
            let line = self.at;
            let step = self.indentation()?;
            match step {
                Step::Same => {}
                Step::In => return Ok(self.token(Kind::Indent, line)),
                Step::Out(levels) => self.dedents = levels,
                Step::Mismatch => {
                    let span = Span { start: line as u32, end: self.at as u32 };
                    let message = either(
                        "unindent does not match any outer indentation level",
                        "unindent doesn't match any outer indent level",
                    );
                    return Err(SyntaxError::of(ErrorKind::Indentation, span, message));
                }
            }
        }
        if self.dedents > 0 {
            self.dedents -= 1;
            return Ok(self.token(Kind::Dedent, self.at));
        }
        self.blanks()?;
        let start = self.at;
        let Some(byte) = self.peek(0) else { return self.end() };
        if matches!(byte, b'\n' | b'\r') {
            self.newline();
            self.line_start = true;
            self.line_ended = true;
            return Ok(self.token(Kind::Newline, start));
        }
        self.line_ended = false;
        if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 {
            return self.word(start);
        }
        if byte.is_ascii_digit() || (byte == b'.' && self.peek(1).is_some_and(|next| next.is_ascii_digit())) {
            self.at += number::scan(self.rest());
            return Ok(self.token(Kind::Number, start));
        }
        if matches!(byte, b'\'' | b'"') {
            return self.string(start);
        }
        self.operator(start)
    }

    /// Brackets that are open.
    #[cfg(feature = "diagnostics")]
    pub fn level(&self) -> u32 {
        self.brackets
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.src.get(self.at + ahead).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.src.get(self.at..).unwrap_or(&[])
    }

    fn token(&self, kind: Kind, start: usize) -> Token {
        Token { kind, span: Span { start: start as u32, end: self.at as u32 } }
    }

    #[cold]
    fn error(&self, start: usize, message: &'static str) -> SyntaxError {
        SyntaxError::new(Span { start: start as u32, end: self.at.max(start) as u32 }, message)
    }

    /// Skips blank lines and the indentation of the first that is not.
    fn indentation(&mut self) -> Result<Step, SyntaxError> {
        loop {
            let mut column = 0;
            while let Some(next) = self.peek(0).and_then(|byte| column_after(column, byte)) {
                column = next;
                self.at += 1;
            }
            match self.peek(0) {
                Some(b'#') => self.comment(),
                Some(b'\n' | b'\r') => self.newline(),
                Some(_) => {
                    self.line_start = false;
                    return Ok(self.indents.step(column)?);
                }
                None => {
                    self.line_start = false;
                    return Ok(self.indents.step(0)?);
                }
            }
        }
    }

    fn comment(&mut self) {
        self.at += self.rest().iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count();
    }

    /// Steps over one line ending.
    fn newline(&mut self) {
        self.at += if self.rest().starts_with(b"\r\n") { 2 } else { 1 };
    }

    /// Skips spaces, comments, joined lines, and line ends inside brackets.
    fn blanks(&mut self) -> Result<(), SyntaxError> {
        loop {
            match self.peek(0) {
                Some(b' ' | b'\t' | b'\x0c') => self.at += 1,
                Some(b'#') => self.comment(),
                Some(b'\n' | b'\r') if self.brackets > 0 => self.newline(),
                Some(b'\\') => {
                    let start = self.at;
                    self.at += 1;
                    match self.peek(0) {
                        Some(b'\n' | b'\r') => self.newline(),
                        Some(_) => {
                            let message = either(self.stray_backslash(), INVALID);
                            let from = if cfg!(feature = "diagnostics") { self.at } else { start };
                            return Err(self.error(from, message));
                        }
                        None => return Err(self.error(start, either("unexpected EOF while parsing", INVALID))),
                    }
                }
                Some(_) | None => return Ok(()),
            }
        }
    }

    /// At the end: the NEWLINE that may be missing, DEDENTs, END.
    fn end(&mut self) -> Result<Token, SyntaxError> {
        if !self.line_ended && self.brackets == 0 {
            self.line_ended = true;
            return Ok(self.token(Kind::Newline, self.at));
        }
        if let Step::Out(levels) = self.indents.step(0)? {
            self.dedents = levels - 1;
            return Ok(self.token(Kind::Dedent, self.at));
        }
        Ok(self.token(Kind::End, self.at))
    }

    fn word(&mut self, start: usize) -> Result<Token, SyntaxError> {
        let len = self.rest().iter().take_while(|byte| number::is_word(**byte)).count();
        if len <= 2 && matches!(self.peek(len), Some(b'\'' | b'"')) && Opening::read(self.rest()).is_some() {
            return self.string(start);
        }
        let kind = word(self.rest().get(..len).unwrap_or(&[]));
        #[cfg(all(feature = "diagnostics", feature = "unicode"))]
        self.check_word(start, len)?;
        self.at += len;
        Ok(self.token(kind, start))
    }

    fn string(&mut self, start: usize) -> Result<Token, SyntaxError> {
        let Some(opening) = Opening::read(self.rest()) else { return Err(self.error(start, INVALID)) };
        self.at += opening.len;
        if matches!(opening.makes, Makes::Formatted | Makes::Template) {
            self.modes.push(Mode::Text(opening, start as u32))?;
            return Ok(self.token(Kind::FStringStart, start));
        }
        while let Some(byte) = self.peek(0) {
            if opening.closes(self.rest()) {
                self.at += opening.closing();
                return Ok(self.token(Kind::String, start));
            }
            match byte {
                b'\\' => self.escaped(),
                b'\n' | b'\r' if !opening.triple => break,
                _ => self.at += 1,
            }
        }
        Err(self.unterminated(opening, start))
    }

    /// Steps over a backslash and what it protects, quotes of raw strings included.
    fn escaped(&mut self) {
        self.at += 1;
        if self.rest().starts_with(b"\r\n") {
            self.at += 2;
        } else if self.at < self.src.len() {
            self.at += 1;
        }
    }

    /// Between the fields of an f-string: text, the start of a field, or the end of the string.
    fn string_text(&mut self, opening: Opening, from: usize) -> Result<Token, SyntaxError> {
        let start = self.at;
        while let Some(byte) = self.peek(0) {
            if opening.closes(self.rest()) {
                if self.at > start {
                    break;
                }
                self.at += opening.closing();
                self.modes.pop();
                return Ok(self.token(Kind::FStringEnd, start));
            }
            match byte {
                b'{' if self.peek(1) == Some(b'{') => self.at += 2,
                b'}' if self.peek(1) == Some(b'}') => self.at += 2,
                b'{' if self.at > start => break,
                b'{' => return self.field(),
                b'}' => {
                    let message = either(single(opening), MALFORMED);
                    return Err(self.error(self.at, message));
                }
                b'\\' if matches!(self.peek(1), Some(b'{' | b'}')) => self.at += 1,
                b'\\' => self.escaped(),
                b'\n' | b'\r' if !opening.triple => return Err(self.unterminated(opening, from)),
                _ => self.at += 1,
            }
        }
        if self.at > start { Ok(self.token(Kind::FStringMiddle, start)) } else { Err(self.unterminated(opening, from)) }
    }

    /// Behind the `:` of a field: text, a nested field, or the end of the field.
    fn spec_text(&mut self) -> Result<Token, SyntaxError> {
        let Some(opening) = self.around() else { return Err(self.error(self.at, MALFORMED)) };
        let start = self.at;
        // Of a t-string a doubled brace is text here too, as upstream has it.
        let mut doubled = false;
        while let Some(byte) = self.peek(0) {
            if opening.closes(self.rest()) {
                return Err(self.error(self.at, unended(opening)));
            }
            match byte {
                b'{' if opening.makes == Makes::Template && self.peek(1) == Some(b'{') => {
                    doubled = true;
                    self.at += 2;
                }
                b'}' if doubled && self.peek(1) == Some(b'}') => {
                    doubled = false;
                    self.at += 2;
                }
                b'{' | b'}' if self.at > start => break,
                b'{' => return self.field(),
                b'}' => {
                    self.modes.pop();
                    return self.operator(start);
                }
                b'\\' if matches!(self.peek(1), Some(b'{' | b'}')) => self.at += 1,
                b'\\' => self.escaped(),
                b'\n' | b'\r' if !opening.triple => return Err(self.error(self.at, unended(opening))),
                _ => self.at += 1,
            }
        }
        if self.at > start {
            Ok(self.token(Kind::FStringMiddle, start))
        } else {
            Err(self.error(start, unended(opening)))
        }
    }

    fn field(&mut self) -> Result<Token, SyntaxError> {
        let start = self.at;
        self.at += 1;
        self.brackets += 1;
        self.modes.push(Mode::Field(self.brackets))?;
        Ok(self.token(Kind::LBrace, start))
    }

    fn operator(&mut self, start: usize) -> Result<Token, SyntaxError> {
        let in_field = match self.modes.last() {
            Some(Mode::Field(brackets)) => *brackets == self.brackets,
            Some(Mode::Text(..) | Mode::Spec) | None => false,
        };
        let (kind, len) = match operator(self.rest()) {
            // The first `:` that no bracket encloses ends the expression, even as `:=`.
            Some((Kind::Colon | Kind::ColonEqual, _)) if in_field => {
                self.modes.push(Mode::Spec)?;
                (Kind::Colon, 1)
            }
            Some(found) => found,
            None if in_field && self.peek(0) == Some(b'!') => (Kind::Exclamation, 1),
            None => {
                self.at += 1;
                return Err(self.error(start, INVALID));
            }
        };
        match kind {
            Kind::LParen | Kind::LBracket | Kind::LBrace => self.brackets += 1,
            Kind::RBrace if in_field => {
                self.modes.pop();
                self.brackets -= 1;
            }
            // A bracket too many does not end the field; the parser will not have it anyway.
            Kind::RParen | Kind::RBracket | Kind::RBrace if !in_field => {
                self.brackets = self.brackets.saturating_sub(1)
            }
            _ => {}
        }
        self.at += len;
        Ok(self.token(kind, start))
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::String;

    use super::{Kind, Lexer, Source};

    /// Kinds, with the text of those whose kind does not tell it.
    fn tokens(text: &str) -> String {
        let source = Source::new(text.as_bytes()).unwrap();
        let mut lexer = Lexer::new(source);
        let mut out = String::new();
        loop {
            match lexer.read() {
                Ok(token) if token.kind == Kind::End => return out,
                Ok(token) => {
                    let text = source.slice(token.span);
                    let known = token.kind.name();
                    let plain = matches!(token.kind, Kind::Newline | Kind::Indent | Kind::Dedent);
                    out.push_str(if plain || text == known { known } else { text });
                    out.push(' ');
                }
                Err(_) => {
                    out.push('!');
                    return out;
                }
            }
        }
    }

    #[test]
    fn indentation_makes_blocks() {
        assert_eq!(
            tokens("if a:\n  b\n\n  # c\n\td\ne"),
            "if a : NEWLINE INDENT b NEWLINE INDENT d NEWLINE DEDENT DEDENT e NEWLINE "
        );
        assert_eq!(tokens("a:\n  b"), "a : NEWLINE INDENT b NEWLINE DEDENT ");
        assert!(tokens("a\n  b\n c").ends_with('!'));
        assert_eq!(tokens("\n\n  # x\n"), "");
    }

    #[test]
    fn lines_join_in_brackets_and_after_backslashes() {
        assert_eq!(tokens("(a,\n  b)\n"), "( a , b ) NEWLINE ");
        assert_eq!(tokens("a + \\\n  b"), "a + b NEWLINE ");
        assert_eq!(tokens("a \\ b"), "a !");
    }

    #[test]
    fn strings_with_prefixes_are_one_token() {
        assert_eq!(tokens(r#"rb'a\'' "b" '''c'd''' bar"#), r#"rb'a\'' "b" '''c'd''' bar NEWLINE "#);
        assert_eq!(tokens("'a\nb'"), "!");
        assert_eq!(tokens("'''a"), "!");
    }

    #[test]
    fn fields_nest() {
        assert_eq!(tokens("f'a{b!r:>{w}}c'"), "f' a { b ! r : > { w } } c ' NEWLINE ");
        assert_eq!(tokens("f'{{x}}{f'{a}'}'"), "f' {{x}} { f' { a } ' } ' NEWLINE ");
        assert_eq!(tokens("f'{a!=b}{ {1:2}[1] }'"), "f' { a != b } { { 1 : 2 } [ 1 ] } ' NEWLINE ");
        assert_eq!(tokens("f'{a:=5}'"), "f' { a : =5 } ' NEWLINE ");
        assert_eq!(tokens("f'{x\n}'"), "f' { x } ' NEWLINE ");
        assert_eq!(tokens("f'}'"), "f' !");
        assert_eq!(tokens("f'{a:x'"), "f' { a : !");
    }

    #[test]
    fn strange_bytes_are_errors() {
        for text in ["$", "a ? b", "`", "!a", "\\"] {
            assert!(tokens(text).ends_with('!'), "{text}");
        }
    }
}
