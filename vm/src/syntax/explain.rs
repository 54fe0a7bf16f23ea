//! Why a text is not a program: what the parser's "invalid syntax" may be about, and what is wrong further on.
//!
//! It runs once, when parsing has failed, so it may read the text again and parse ahead as it likes. Which error is
//! told when there are several, and with which words, follows CPython.

use super::ast::ExprKind;
use super::parser::{Parser, lexer, parser};
use super::target::{COMPARED, is_plain};
use crate::mem::{NoMemory, Vec};
use crate::text::error::{ErrorKind, INVALID, SyntaxError};
use crate::text::lexer::Lexer;
use crate::text::nearest::{STEP, distance};
use crate::text::number::complaint;
use crate::text::source::{Lines, Source, Span};
use crate::text::token::{KEYWORDS, Kind, Token};

impl Parser<'_, '_> {
    /// The error to report in place of the one that ended parsing.
    #[cold]
    pub(super) fn explain(&mut self, error: SyntaxError) -> SyntaxError {
        if !matches!(error.kind, ErrorKind::Syntax | ErrorKind::Indentation) {
            return error;
        }
        let plain = error.message == INVALID && error.span == self.tok.span;
        let guess = if plain { self.guess() } else { None };
        match self.read_all() {
            Ok(Some(better)) => better,
            Ok(None) if plain && guess.is_none() => self.mistyped(error.span).ok().flatten().unwrap_or(error),
            Ok(None) => guess.unwrap_or(error),
            Err(NoMemory) => NoMemory.into(),
        }
    }

    /// What the token that cannot stand here may mean. It moves on: parsing is over.
    fn guess(&mut self) -> Option<SyntaxError> {
        let (here, last) = (self.tok, self.last);
        if let Some(error) = self.keyword_as_name(here, last) {
            return Some(error);
        }
        let (id, span) = self.operand.filter(|(_, span)| span.end == last.end)?;
        let name = match self.ast.kind(id) {
            ExprKind::Name(_) if span == self.ast.expr(id).span => self.source.slice(span),
            _ => "",
        };
        if here.kind == Kind::Equal {
            if !is_plain(self.ast.kind(id)) || !self.equals_operand() {
                return None;
            }
            if name.is_empty() {
                return Some(self.about(id, COMPARED, INVALID));
            }
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return Some(SyntaxError::new(span.to(self.last), message));
        }
        let level = self.level();
        if !super::expr::starts_expr(here.kind) {
            return None;
        }
        if matches!(name, "print" | "exec") {
            self.expressions().ok()?;
            let message = "Missing parentheses in call to '{w}'. Did you mean {w}(...)?";
            return Some(SyntaxError::new(span.to(self.last), message).with([span.start, span.start, 0]));
        }
        if name == "match" && self.starts_line(last) {
            return self.match_without_colon();
        }
        let odd = matches!(name, "match" | "case" | "type" | "_");
        if level == 0 || odd || (!name.is_empty() && here.kind == Kind::String) {
            return None;
        }
        self.forgotten_comma()
    }

    /// One expression behind another.
    pub(super) fn forgotten_comma(&mut self) -> Option<SyntaxError> {
        let (_, span) = self.operand.filter(|(_, span)| span.end == self.last.end)?;
        if !super::expr::starts_expr(self.here()) {
            return None;
        }
        self.expression().ok()?;
        // An open bracket at the end of the text is what is wrong then.
        let message = "invalid syntax. Perhaps you forgot a comma?";
        (!self.at(Kind::End)).then(|| SyntaxError::new(span.to(self.last), message))
    }

    /// `match` and its subject, with a `case` in the next line.
    fn match_without_colon(&mut self) -> Option<SyntaxError> {
        self.expressions().ok()?;
        let end = self.tok;
        let block = self.eat(Kind::Newline).ok()? && self.eat(Kind::Indent).ok()? && self.at_word("case");
        block.then(|| SyntaxError::new(end.span, "expected ':'"))
    }

    /// Brackets around the token.
    fn level(&self) -> u32 {
        let behind = [Some(self.tok), self.ahead];
        let mut level = self.lexer.level();
        for token in behind.into_iter().flatten() {
            match token.kind {
                Kind::LParen | Kind::LBracket | Kind::LBrace => level = level.saturating_sub(1),
                Kind::RParen | Kind::RBracket | Kind::RBrace => level += 1,
                _ => {}
            }
        }
        level
    }

    /// `class = 1`, `def in():`, `a.from`
    fn keyword_as_name(&mut self, here: Token, last: Span) -> Option<SyntaxError> {
        let is_keyword = |text: &str| KEYWORDS.contains(&text);
        let (word, before) = (self.source.slice(here.span), self.source.slice(last));
        let assigned = |next: Kind| next == Kind::Equal;
        let span =
            if is_keyword(word) && matches!(before, "def" | "class" | "." | "import" | "as" | "global" | "nonlocal") {
                here.span
            } else if here.kind == Kind::Equal && is_keyword(before) && self.starts_line(last) {
                last
            } else if is_keyword(word) && self.starts_line(here.span) && self.peek().is_ok_and(assigned) {
                here.span
            } else {
                return None;
            };
        let message = "invalid syntax. '{w}' is a keyword and cannot be used as a name";
        Some(SyntaxError::new(span, message).with([span.start, 0, 0]))
    }

    fn starts_line(&self, span: Span) -> bool {
        let before = self.source.bytes().get(..span.start as usize).unwrap_or(&[]);
        matches!(before.trim_ascii_end().last(), None | Some(b':' | b';')) || {
            let blanks = before.len() - before.trim_ascii_end().len();
            before.get(before.len() - blanks..).unwrap_or(&[]).contains(&b'\n')
        }
    }

    /// An error of the tokens, wherever it is, comes before one of the grammar; so does a bracket that stays open, if
    /// the parser only stumbled on a later line or at the end.
    fn read_all(&self) -> Result<Option<SyntaxError>, NoMemory> {
        let mut lexer = lexer(self.source, self.mode);
        let mut open: Vec<Token> = Vec::new();
        let end = loop {
            let token = match lexer.read() {
                Ok(token) => token,
                Err(error) if error.kind == ErrorKind::NoMemory => return Err(NoMemory),
                Err(error) if error.message == INVALID => break error.span.end,
                Err(error) => return Ok(Some(error)),
            };
            match token.kind {
                Kind::LParen | Kind::LBracket | Kind::LBrace => open.push(token)?,
                Kind::RParen | Kind::RBracket | Kind::RBrace => {
                    if let Some(error) = self.closes(open.pop(), token)? {
                        return Ok(Some(error));
                    }
                }
                Kind::Number => {
                    if let Some(wrong) = complaint(self.source.slice(token.span).as_bytes()) {
                        let start = token.span.start;
                        let span = Span { start: start + wrong.start, end: start + wrong.end };
                        return Ok(Some(SyntaxError::new(span, wrong.message).with([start + wrong.at, 0, 0])));
                    }
                }
                Kind::End => break token.span.end,
                _ => {}
            }
        };
        let Some(opener) = open.last() else { return Ok(None) };
        let lines = Lines::new(self.source.bytes())?;
        if self.tok.span.start >= end || lines.line(self.tok.span.start) > lines.line(opener.span.start) {
            let error = SyntaxError::new(opener.span, "'{c}' was never closed");
            return Ok(Some(error.with([opener.span.start, 0, 0])));
        }
        Ok(None)
    }

    /// What is wrong with a closing bracket.
    fn closes(&self, opener: Option<Token>, closer: Token) -> Result<Option<SyntaxError>, NoMemory> {
        let Some(opener) = opener else {
            return Ok(Some(SyntaxError::new(closer.span, "unmatched '{c}'").with([closer.span.start, 0, 0])));
        };
        let pairs = [(Kind::LParen, Kind::RParen), (Kind::LBracket, Kind::RBracket), (Kind::LBrace, Kind::RBrace)];
        if pairs.contains(&(opener.kind, closer.kind)) {
            return Ok(None);
        }
        let lines = Lines::new(self.source.bytes())?;
        let message = if lines.line(opener.span.start) == lines.line(closer.span.start) {
            "closing parenthesis '{c}' does not match opening parenthesis '{c}'"
        } else {
            "closing parenthesis '{c}' does not match opening parenthesis '{c}' on line {l}"
        };
        let values = [closer.span.start, opener.span.start, opener.span.start];
        Ok(Some(SyntaxError::new(closer.span, message).with(values)))
    }

    /// A word of the line up to `wrong` that becomes right when it is read as a keyword.
    fn mistyped(&mut self, wrong: Span) -> Result<Option<SyntaxError>, SyntaxError> {
        let bytes = self.source.bytes();
        let at = wrong.start as usize;
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let from = bytes.get(..at).and_then(|before| before.iter().rposition(is_end)).map_or(0, |end| end + 1);
        let until = bytes.get(at..).and_then(|rest| rest.iter().position(is_end)).map_or(bytes.len(), |end| at + end);
        let mut lexer = Lexer::within(self.source, from);
        let mut words: Vec<Span> = Vec::new();
        while words.len() < 8 {
            match lexer.read() {
                Ok(token) if token.kind == Kind::End || token.span.start as usize > at => break,
                Ok(token) if token.kind == Kind::Name => words.push(token.span)?,
                Ok(_) => {}
                Err(_) => break,
            }
        }
        for word in words {
            let text = self.source.slice(word);
            for (index, keyword) in KEYWORDS.iter().enumerate() {
                if !is_near(text, keyword) {
                    continue;
                }
                let mut changed: Vec<u8> = Vec::new();
                changed.extend_from_slice(bytes.get(..word.start as usize).unwrap_or(&[]))?;
                changed.extend_from_slice(keyword.as_bytes())?;
                changed.extend_from_slice(bytes.get(word.end as usize..).unwrap_or(&[]))?;
                let (mode, limits) = (self.mode, self.limits);
                let right = match parser(Source::new(&changed)?, mode, limits, self.pool).whole(mode) {
                    Ok(_) => true,
                    Err(wrong) => wrong.span.start as usize + text.len() > until + keyword.len(),
                };
                if right {
                    let error = SyntaxError::new(word, "invalid syntax. Did you mean '{k}'?");
                    return Ok(Some(error.with([index as u32, 0, 0])));
                }
            }
        }
        Ok(None)
    }
}

/// One slip of the finger away: a letter more, less, other, or two in the wrong order.
fn is_near(word: &str, keyword: &str) -> bool {
    let swapped = word.len() == keyword.len() && {
        let mut differ = word.bytes().zip(keyword.bytes()).filter(|(one, other)| one != other);
        match (differ.next(), differ.next(), differ.next()) {
            (Some((a, b)), Some((c, d)), None) => (a, b) == (d, c),
            _ => false,
        }
    };
    word.len() > 1 && (swapped || distance(word.as_bytes(), keyword.as_bytes(), STEP).is_some())
}
