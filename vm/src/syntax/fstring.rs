//! Strings: adjacent literals, fields of f- and t-strings.

use super::ast::{Conversion, ExprId, ExprKind, List, Part, Text};
use super::parser::{Parsed, Parser};
use crate::text::error::{INVALID, SyntaxError, either};
use crate::text::source::Span;
use crate::text::string::{Makes, Opening, decode};
use crate::text::token::{Kind, Token};

const MALFORMED: &str = "malformed f-string";

impl Parser<'_, '_> {
    /// One or more adjacent literals.
    pub(super) fn strings(&mut self) -> Parsed<ExprId> {
        let start = self.tok.span;
        let mut makes = None;
        let parts = self.mark::<Part>();
        let mut text = self.ast.text_mark();
        while matches!(self.tok.kind, Kind::String | Kind::FStringStart) {
            let opening = self.opening(self.tok)?;
            let joined = match (makes, opening.makes) {
                (None, makes) => makes,
                (Some(Makes::Str), Makes::Formatted) | (Some(Makes::Formatted), Makes::Str) => Makes::Formatted,
                (Some(before), makes) if before == makes => makes,
                (Some(_), _) => return Err(self.unexpected()),
            };
            makes = Some(joined);
            let token = self.advance()?;
            match token.kind {
                Kind::FStringStart => {
                    text = self.parts(opening, Kind::FStringEnd, text)?;
                    self.advance()?;
                }
                _ => {
                    let end = token.span.end - opening.closing() as u32;
                    self.decode(opening, Span { start: token.span.start + opening.len as u32, end })?;
                }
            }
        }
        let kind = match makes {
            Some(Makes::Bytes) => ExprKind::Bytes(self.ast.text_since(text)?),
            Some(Makes::Formatted) => {
                self.flush(text)?;
                ExprKind::FString(self.list(parts)?)
            }
            Some(Makes::Template) => {
                self.flush(text)?;
                ExprKind::TString(self.list(parts)?)
            }
            Some(Makes::Str) | None => ExprKind::Str(self.ast.text_since(text)?),
        };
        self.expr(kind, start)
    }

    fn opening(&self, token: Token) -> Parsed<Opening> {
        Opening::read(self.source.slice(token.span).as_bytes()).ok_or(self.unexpected())
    }

    fn decode(&mut self, opening: Opening, span: Span) -> Parsed<()> {
        let body = self.source.slice(span).as_bytes();
        decode(opening, body, span.start, self.ast.text_mut())
    }

    /// Text since `mark` becomes a part; returns the mark of the next text.
    fn flush(&mut self, mark: usize) -> Parsed<usize> {
        let text = self.ast.text_since(mark)?;
        if !text.is_empty() {
            self.push(Part::Text(text))?;
        }
        Ok(self.ast.text_mark())
    }

    /// Text and fields up to the token `end`. Returns where text that no part holds yet starts.
    fn parts(&mut self, opening: Opening, end: Kind, mut text: usize) -> Parsed<usize> {
        while !self.at(end) {
            match self.tok.kind {
                Kind::FStringMiddle => {
                    self.decode(opening, self.tok.span)?;
                    self.advance()?;
                }
                Kind::LBrace => text = self.field(opening, text)?,
                _ => return Err(self.malformed(opening, "f-string: expecting '}'")),
            }
        }
        Ok(text)
    }

    #[cold]
    fn malformed(&self, opening: Opening, helpful: &'static str) -> SyntaxError {
        match opening.makes {
            // Upstream's tests hold t-strings to its own text.
            Makes::Template => {
                let rest =
                    self.source.slice(Span { start: self.tok.span.start, end: self.source.bytes().len() as u32 });
                let ends = rest.bytes().find(|byte| *byte == opening.quote || *byte == b'}') == Some(b'}');
                SyntaxError::new(self.last.to(self.tok.span), if ends { INVALID } else { MALFORMED })
            }
            Makes::Str | Makes::Bytes | Makes::Formatted => SyntaxError::new(self.tok.span, either(helpful, MALFORMED)),
        }
    }

    /// `{value=!conversion:spec}`
    fn field(&mut self, opening: Opening, text: usize) -> Parsed<usize> {
        self.enter()?;
        let brace = self.expect(Kind::LBrace)?.span;
        if matches!(self.tok.kind, Kind::RBrace | Kind::Exclamation | Kind::Colon | Kind::Equal) {
            let message = "f-string: valid expression required before '{w}'";
            return Err(match opening.makes {
                Makes::Template => SyntaxError::new(self.tok.span, MALFORMED),
                Makes::Str | Makes::Bytes | Makes::Formatted => {
                    self.malformed(opening, message).with([self.tok.span.start, 0, 0])
                }
            });
        }
        let text = self.flush(text)?;
        let value = self.yield_or_expressions()?;
        let expression = Span { start: brace.end, end: self.last.end };
        let mut text = text.max(self.ast.text_mark());
        let debug = self.eat(Kind::Equal)?;
        if debug {
            self.copy(Span { start: brace.end, end: self.tok.span.start })?;
            text = self.flush(text)?;
        }
        let mut conversion = self.conversion(opening)?;
        if debug && conversion == Conversion::None && !self.at(Kind::Colon) {
            conversion = Conversion::Repr;
        }
        let mut source = Text::EMPTY;
        if opening.makes == Makes::Template {
            self.copy(expression)?;
            source = self.ast.text_since(text)?;
        }
        let spec = if self.at(Kind::Colon) { Some(self.spec(opening)?) } else { None };
        if !self.at(Kind::RBrace) {
            #[cfg(feature = "diagnostics")]
            if opening.makes != Makes::Template
                && let Some(error) = self.forgotten_comma()
            {
                return Err(error);
            }
            return Err(self.malformed(opening, "f-string: expecting '}'"));
        }
        self.advance()?;
        self.push(Part::Field { value, source, conversion, spec })?;
        self.leave();
        Ok(self.ast.text_mark())
    }

    fn copy(&mut self, span: Span) -> Parsed<()> {
        Ok(self.ast.text_mut().extend_from_slice(self.source.slice(span).as_bytes())?)
    }

    fn conversion(&mut self, opening: Opening) -> Parsed<Conversion> {
        if !self.eat(Kind::Exclamation)? {
            return Ok(Conversion::None);
        }
        let conversion = match self.source.slice(self.tok.span) {
            "s" => Conversion::Str,
            "r" => Conversion::Repr,
            "a" => Conversion::Ascii,
            _ => {
                let message = "f-string: invalid conversion character '{w}': expected 's', 'r', or 'a'";
                return Err(self.malformed(opening, message).with([self.tok.span.start, 0, 0]));
            }
        };
        self.advance()?;
        Ok(conversion)
    }

    fn spec(&mut self, opening: Opening) -> Parsed<List<Part>> {
        self.expect(Kind::Colon)?;
        let mark = self.mark::<Part>();
        let text = self.ast.text_mark();
        let text = self.parts(opening, Kind::RBrace, text)?;
        self.flush(text)?;
        self.list(mark)
    }
}
