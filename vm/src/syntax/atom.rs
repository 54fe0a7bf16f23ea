//! Atoms: names, literals, displays, comprehensions.

use super::ast::{Comp, CompFor, CompKind, DictItem, ExprId, ExprKind};
use super::expr::{BIT_OR, starts_expr};
use super::parser::{Parsed, Parser};
use crate::text::error::{INVALID, SyntaxError, either};
use crate::text::number::{self, Number, NumberError};
use crate::text::source::Span;
use crate::text::token::Kind;

impl Parser<'_, '_> {
    pub(super) fn atom(&mut self) -> Parsed<ExprId> {
        let start = self.tok.span;
        let kind = match self.tok.kind {
            Kind::Name => {
                let name = self.name()?;
                return self.expr(ExprKind::Name(name), start);
            }
            Kind::Number => return self.number(),
            Kind::String | Kind::FStringStart => return self.strings(),
            Kind::LParen => return self.parens(),
            Kind::LBracket => return self.brackets(),
            Kind::LBrace => return self.braces(),
            Kind::None => ExprKind::None,
            Kind::True => ExprKind::True,
            Kind::False => ExprKind::False,
            Kind::Ellipsis => ExprKind::Ellipsis,
            _ => return Err(self.unexpected()),
        };
        self.advance()?;
        self.expr(kind, start)
    }

    fn number(&mut self) -> Parsed<ExprId> {
        let span = self.advance()?.span;
        let mark = self.ast.text_mark();
        let text = self.source.slice(span).as_bytes();
        let kind = match number::parse(text, self.ast.text_mut()) {
            Ok(Number::Int(value)) => ExprKind::Int(value),
            Ok(Number::Big(base)) => ExprKind::BigInt { digits: self.ast.text_since(mark)?, base },
            Ok(Number::Float(value)) => ExprKind::Float(value),
            Ok(Number::Imaginary(value)) => ExprKind::Imaginary(value),
            Err(NumberError::Invalid(message)) => return Err(SyntaxError::new(span, message)),
            Err(NumberError::NoMemory) => return Err(crate::mem::NoMemory.into()),
        };
        self.expr(kind, span)
    }

    /// `()`, `(a)`, `(a, b)`, `(yield a)`, `(a for a in b)`
    fn parens(&mut self) -> Parsed<ExprId> {
        let start = self.expect(Kind::LParen)?.span;
        if self.eat(Kind::RParen)? {
            let none = self.mark::<ExprId>();
            let items = self.list(none)?;
            return self.expr(ExprKind::Tuple(items), start);
        }
        if self.at(Kind::Yield) {
            let id = self.yielded()?;
            self.expect(Kind::RParen)?;
            return Ok(id);
        }
        let first = self.starred_or_named()?;
        if self.at_clause() {
            let id = self.comprehension(CompKind::Generator, first, first, start)?;
            self.expect(Kind::RParen)?;
            self.ast.set_span(id, start.to(self.last));
            return Ok(id);
        }
        if !self.at(Kind::Comma) {
            self.expect(Kind::RParen)?;
            return match self.ast.kind(first) {
                ExprKind::Starred(_) => {
                    let message = either("cannot use starred expression here", "*x must be assignment target");
                    Err(self.error_at(first, message))
                }
                _ => Ok(first),
            };
        }
        let mark = self.mark::<ExprId>();
        self.push(first)?;
        self.rest_of_display()?;
        let items = self.list(mark)?;
        self.expect(Kind::RParen)?;
        self.expr(ExprKind::Tuple(items), start)
    }

    /// `[]`, `[a, b]`, `[a for a in b]`
    fn brackets(&mut self) -> Parsed<ExprId> {
        let start = self.expect(Kind::LBracket)?.span;
        let mark = self.mark::<ExprId>();
        if !self.at(Kind::RBracket) {
            let first = self.starred_or_named()?;
            if self.at_clause() {
                let id = self.comprehension(CompKind::List, first, first, start)?;
                self.expect(Kind::RBracket)?;
                self.ast.set_span(id, start.to(self.last));
                return Ok(id);
            }
            self.push(first)?;
            self.rest_of_display()?;
        }
        self.expect(Kind::RBracket)?;
        let items = self.list(mark)?;
        self.expr(ExprKind::List(items), start)
    }

    /// `{}`, `{a: b}`, `{a, b}` and their comprehensions
    fn braces(&mut self) -> Parsed<ExprId> {
        let start = self.expect(Kind::LBrace)?.span;
        if self.at(Kind::RBrace) || self.at(Kind::StarStar) {
            let (mark, stars) = (self.mark::<DictItem>(), self.tok.span);
            self.dict_items()?;
            if self.at_clause() {
                let message = either("dict unpacking cannot be used in dict comprehension", INVALID);
                return Err(SyntaxError::new(stars, message));
            }
            return self.dict(mark, start);
        }
        let first = self.starred_or_named()?;
        let starred = matches!(self.ast.kind(first), ExprKind::Starred(_));
        if self.at(Kind::Colon) && !starred {
            self.advance()?;
            let value = self.dict_value()?;
            if self.at_clause() {
                let id = self.comprehension(CompKind::Dict, first, value, start)?;
                self.expect(Kind::RBrace)?;
                self.ast.set_span(id, start.to(self.last));
                return Ok(id);
            }
            let mark = self.mark::<DictItem>();
            self.push(DictItem { key: Some(first), value })?;
            if self.eat(Kind::Comma)? {
                self.dict_items()?;
            }
            return self.dict(mark, start);
        }
        if self.at_clause() {
            let id = self.comprehension(CompKind::Set, first, first, start)?;
            self.expect(Kind::RBrace)?;
            self.ast.set_span(id, start.to(self.last));
            return Ok(id);
        }
        let mark = self.mark::<ExprId>();
        self.push(first)?;
        self.rest_of_display()?;
        if self.at(Kind::Colon) {
            return Err(SyntaxError::new(self.tok.span, either(INVALID, "expecting just a value for set")));
        }
        self.expect(Kind::RBrace)?;
        let items = self.list(mark)?;
        self.expr(ExprKind::Set(items), start)
    }

    /// Items of a dict up to its `}`, from the start of an item.
    fn dict_items(&mut self) -> Parsed<()> {
        while !self.at(Kind::RBrace) {
            let item = if self.eat(Kind::StarStar)? {
                DictItem { key: None, value: self.binary(BIT_OR)? }
            } else {
                let key = self.expression()?;
                let lacks_value = matches!(self.tok.kind, Kind::Comma | Kind::RBrace);
                if lacks_value || (cfg!(feature = "diagnostics") && !self.at(Kind::Colon)) {
                    let span = if cfg!(feature = "diagnostics") {
                        Span { start: self.last.end.saturating_sub(1), end: self.last.end }
                    } else {
                        self.ast.expr(key).span
                    };
                    let message = either("':' expected after dictionary key", "expecting key:value for dict");
                    return Err(SyntaxError::new(span, message));
                }
                self.expect(Kind::Colon)?;
                DictItem { key: Some(key), value: self.dict_value()? }
            };
            self.push(item)?;
            if !self.eat(Kind::Comma)? {
                break;
            }
        }
        Ok(())
    }

    /// What stands behind the `:`.
    fn dict_value(&mut self) -> Parsed<ExprId> {
        match self.here() {
            Kind::Comma | Kind::RBrace => {
                let message = either("expression expected after dictionary key and ':'", INVALID);
                let span = if cfg!(feature = "diagnostics") { self.last } else { self.tok.span };
                Err(SyntaxError::new(span, message))
            }
            Kind::Star => Err(self.refused("cannot use a starred expression in a dictionary value")),
            _ => self.expression(),
        }
    }

    fn dict(&mut self, mark: usize, start: Span) -> Parsed<ExprId> {
        self.expect(Kind::RBrace)?;
        let items = self.list(mark)?;
        self.expr(ExprKind::Dict(items), start)
    }

    /// `, a, b` and a last comma that changes nothing.
    fn rest_of_display(&mut self) -> Parsed<()> {
        let first = self.last;
        while self.eat(Kind::Comma)? && starts_expr(self.tok.kind) {
            let next = self.starred_or_named()?;
            self.push(next)?;
        }
        if self.at_clause() {
            let message = either("did you forget parentheses around the comprehension target?", INVALID);
            return Err(SyntaxError::new(first.to(self.last), message));
        }
        Ok(())
    }

    /// A `for` clause starts here.
    pub(super) fn at_clause(&self) -> bool {
        matches!(self.tok.kind, Kind::For | Kind::Async)
    }

    /// The clauses behind an element.
    pub(super) fn comprehension(
        &mut self,
        kind: CompKind,
        element: ExprId,
        value: ExprId,
        start: Span,
    ) -> Parsed<ExprId> {
        for part in [element, value] {
            if let ExprKind::Starred(_) = self.ast.kind(part) {
                let message = either("iterable unpacking cannot be used in comprehension", INVALID);
                return Err(SyntaxError::new(self.ast.expr(part).span, message));
            }
        }
        let mark = self.mark::<CompFor>();
        while self.at_clause() {
            let is_async = self.eat(Kind::Async)?;
            self.expect(Kind::For)?;
            let target = self.loop_target()?;
            self.demand(Kind::In, "expected 'in'")?;
            let walruses = self.walruses;
            let iter = self.condition()?;
            if self.walruses != walruses {
                let message = "assignment expression cannot be used in a comprehension iterable expression";
                return Err(self.error_at(iter, message));
            }
            let ifs = self.mark::<ExprId>();
            while self.eat(Kind::If)? {
                let test = self.condition()?;
                self.push(test)?;
            }
            let ifs = self.list(ifs)?;
            self.push(CompFor { is_async, target, iter, ifs })?;
        }
        let clauses = self.list(mark)?;
        let comp = self.ast.add_comp(Comp { kind, element, value, clauses })?;
        self.expr(ExprKind::Comp(comp), start)
    }
}
