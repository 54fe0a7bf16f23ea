//! Patterns of `case`.

use super::ast::{BinOp, ExprId, ExprKind, KeywordPattern, MappingItem, Pattern, PatternId, PatternKind, UnaryOp};
use super::expr::ARITH;
use super::parser::{Parsed, Parser};
use crate::text::error::SyntaxError;
use crate::text::source::Span;
use crate::text::token::Kind;

impl Parser<'_, '_> {
    /// What stands behind `case`: a sequence needs no brackets there.
    pub(super) fn top_pattern(&mut self) -> Parsed<PatternId> {
        let start = self.tok.span;
        let first = self.sequence_item()?;
        let starred = matches!(self.ast.pattern(first).kind, PatternKind::Star(_));
        if !self.at(Kind::Comma) {
            return if starred { Err(self.unexpected()) } else { Ok(first) };
        }
        let mark = self.mark::<PatternId>();
        self.push(first)?;
        while self.eat(Kind::Comma)? && !matches!(self.tok.kind, Kind::Colon | Kind::If) {
            let next = self.sequence_item()?;
            self.push(next)?;
        }
        self.sequence(mark, start)
    }

    fn add(&mut self, kind: PatternKind, start: Span) -> Parsed<PatternId> {
        Ok(self.ast.add_pattern(Pattern { kind, span: start.to(self.last) })?)
    }

    /// The patterns since `mark` as a sequence; at most one has a star.
    fn sequence(&mut self, mark: usize, start: Span) -> Parsed<PatternId> {
        let is_star = |&&id: &&PatternId| matches!(self.ast.pattern(id).kind, PatternKind::Star(_));
        if self.since::<PatternId>(mark).iter().filter(is_star).count() > 1 {
            let span = start.to(self.last);
            return Err(SyntaxError::new(span, "multiple starred expressions in sequence pattern"));
        }
        let items = self.list(mark)?;
        self.add(PatternKind::Sequence(items), start)
    }

    fn sequence_item(&mut self) -> Parsed<PatternId> {
        let start = self.tok.span;
        if !self.eat(Kind::Star)? {
            return self.pattern();
        }
        let wildcard = self.at_word("_");
        let name = self.bound_name()?;
        self.add(PatternKind::Star(if wildcard { None } else { Some(name) }), start)
    }

    /// `a | b as name`
    fn pattern(&mut self) -> Parsed<PatternId> {
        self.enter()?;
        let start = self.tok.span;
        let mut id = self.closed_pattern()?;
        if self.at(Kind::Pipe) {
            let mark = self.mark::<PatternId>();
            self.push(id)?;
            while self.eat(Kind::Pipe)? {
                let next = self.closed_pattern()?;
                self.push(next)?;
            }
            let choices = self.list(mark)?;
            id = self.add(PatternKind::Or(choices), start)?;
        }
        if self.eat(Kind::As)? {
            if self.at_word("_") {
                return Err(SyntaxError::new(self.tok.span, "cannot use '_' as a target"));
            }
            let name = self.bound_name()?;
            id = self.add(PatternKind::As { pattern: Some(id), name }, start)?;
        }
        self.leave();
        Ok(id)
    }

    fn closed_pattern(&mut self) -> Parsed<PatternId> {
        let start = self.tok.span;
        match self.tok.kind {
            Kind::LParen | Kind::LBracket => self.bracketed_pattern(),
            Kind::LBrace => self.mapping_pattern(),
            Kind::Name => {
                if !matches!(self.peek()?, Kind::Dot | Kind::LParen) {
                    let wildcard = self.at_word("_");
                    let name = self.bound_name()?;
                    let capture = PatternKind::As { pattern: None, name };
                    return self.add(if wildcard { PatternKind::Wildcard } else { capture }, start);
                }
                let value = self.dotted_value()?;
                if self.eat(Kind::LParen)? {
                    return self.class_pattern(value, start);
                }
                self.add(PatternKind::Value(value), start)
            }
            Kind::None | Kind::True | Kind::False => {
                let value = self.atom()?;
                self.add(PatternKind::Singleton(value), start)
            }
            _ => {
                let value = self.literal()?;
                self.add(PatternKind::Value(value), start)
            }
        }
    }

    /// `name.name`: a value, never a capture; or the class of a class pattern.
    fn dotted_value(&mut self) -> Parsed<ExprId> {
        let start = self.tok.span;
        let mut value = self.atom()?;
        while self.eat(Kind::Dot)? {
            let name = self.name()?;
            value = self.expr(ExprKind::Attribute { value, name }, start)?;
        }
        Ok(value)
    }

    /// A number with a sign, a complex number, a string.
    fn literal(&mut self) -> Parsed<ExprId> {
        if !matches!(self.tok.kind, Kind::Number | Kind::Minus | Kind::String) {
            return Err(self.unexpected());
        }
        let value = self.binary(ARITH)?;
        if self.is_literal(value) { Ok(value) } else { Err(self.error_at(value, crate::text::error::INVALID)) }
    }

    fn is_literal(&self, id: ExprId) -> bool {
        match self.ast.kind(id) {
            ExprKind::Str(_) | ExprKind::Bytes(_) => true,
            ExprKind::Binary { op: BinOp::Add | BinOp::Sub, left, right } => {
                self.is_signed(left) && matches!(self.ast.kind(right), ExprKind::Imaginary(_))
            }
            _ => self.is_signed(id),
        }
    }

    fn is_signed(&self, id: ExprId) -> bool {
        let kind = match self.ast.kind(id) {
            ExprKind::Unary { op: UnaryOp::Minus, operand } => self.ast.kind(operand),
            kind => kind,
        };
        matches!(kind, ExprKind::Int(_) | ExprKind::BigInt { .. } | ExprKind::Float(_) | ExprKind::Imaginary(_))
    }

    /// `[a, b]`, `(a, b)`, or a pattern in parentheses.
    fn bracketed_pattern(&mut self) -> Parsed<PatternId> {
        let open = self.advance()?;
        let end = if open.kind == Kind::LParen { Kind::RParen } else { Kind::RBracket };
        let mark = self.mark::<PatternId>();
        let mut comma = false;
        while !self.at(end) {
            let item = self.sequence_item()?;
            self.push(item)?;
            if !self.at(Kind::Comma) {
                break;
            }
            comma = true;
            self.advance()?;
        }
        self.expect(end)?;
        if let (Kind::LParen, false, [only]) = (open.kind, comma, self.since::<PatternId>(mark)) {
            let only = *only;
            if let PatternKind::Star(_) = self.ast.pattern(only).kind {
                return Err(self.unexpected());
            }
            self.pop::<PatternId>();
            return Ok(only);
        }
        self.sequence(mark, open.span)
    }

    fn mapping_pattern(&mut self) -> Parsed<PatternId> {
        let start = self.expect(Kind::LBrace)?.span;
        let mark = self.mark::<MappingItem>();
        let mut rest = None;
        while !self.at(Kind::RBrace) {
            if self.eat(Kind::StarStar)? {
                if self.at_word("_") {
                    return Err(self.unexpected());
                }
                rest = Some(self.bound_name()?);
                self.eat(Kind::Comma)?;
                break;
            }
            let key = match self.tok.kind {
                Kind::Name => {
                    let key = self.dotted_value()?;
                    if let ExprKind::Name(_) = self.ast.kind(key) {
                        return Err(self.unexpected());
                    }
                    key
                }
                Kind::None | Kind::True | Kind::False => self.atom()?,
                _ => self.literal()?,
            };
            self.expect(Kind::Colon)?;
            let pattern = self.pattern()?;
            self.push(MappingItem { key, pattern })?;
            if !self.eat(Kind::Comma)? {
                break;
            }
        }
        self.expect(Kind::RBrace)?;
        let items = self.list(mark)?;
        self.add(PatternKind::Mapping { items, rest }, start)
    }

    /// From behind the `(`.
    fn class_pattern(&mut self, class: ExprId, start: Span) -> Parsed<PatternId> {
        let positional = self.mark::<PatternId>();
        let keyword = self.mark::<KeywordPattern>();
        while !self.at(Kind::RParen) {
            if self.at(Kind::Name) && self.peek()? == Kind::Equal {
                let name = self.name()?;
                self.advance()?;
                let pattern = self.pattern()?;
                self.push(KeywordPattern { name, pattern })?;
            } else {
                let pattern = self.pattern()?;
                if !self.since::<KeywordPattern>(keyword).is_empty() {
                    let span = self.ast.pattern(pattern).span;
                    return Err(SyntaxError::new(span, "positional patterns follow keyword patterns"));
                }
                self.push(pattern)?;
            }
            if !self.eat(Kind::Comma)? {
                break;
            }
        }
        self.expect(Kind::RParen)?;
        let positional = self.list(positional)?;
        let keyword = self.list(keyword)?;
        self.add(PatternKind::Class { class, positional, keyword }, start)
    }
}
