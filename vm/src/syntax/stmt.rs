//! Simple statements.

use super::ast::{Alias, BinOp, ExprId, ExprKind, List, StmtId, StmtKind};
use super::parser::{Parsed, Parser};
use crate::mem::Vec;
use crate::qstr::Qstr;
use crate::text::token::Kind;

/// Operator of an augmented assignment.
fn augmented(kind: Kind) -> Option<BinOp> {
    Some(match kind {
        Kind::PlusEqual => BinOp::Add,
        Kind::MinusEqual => BinOp::Sub,
        Kind::StarEqual => BinOp::Mul,
        Kind::StarStarEqual => BinOp::Pow,
        Kind::SlashEqual => BinOp::Div,
        Kind::SlashSlashEqual => BinOp::FloorDiv,
        Kind::PercentEqual => BinOp::Mod,
        Kind::AtEqual => BinOp::MatMul,
        Kind::AmpEqual => BinOp::And,
        Kind::PipeEqual => BinOp::Or,
        Kind::CaretEqual => BinOp::Xor,
        Kind::LeftShiftEqual => BinOp::LeftShift,
        Kind::RightShiftEqual => BinOp::RightShift,
        _ => return None,
    })
}

impl Parser<'_, '_> {
    /// One compound statement or one line of simple ones, pushed to the list of statements.
    pub(super) fn statement(&mut self) -> Parsed<()> {
        match self.compound()? {
            Some(id) => self.push(id),
            None => self.line(),
        }
    }

    /// Simple statements up to the end of the line.
    pub(super) fn line(&mut self) -> Parsed<()> {
        loop {
            let id = self.simple()?;
            self.push(id)?;
            if !self.eat(Kind::Semicolon)? || self.at(Kind::Newline) {
                break;
            }
        }
        self.expect(Kind::Newline)?;
        Ok(())
    }

    fn simple(&mut self) -> Parsed<StmtId> {
        let start = self.tok.span;
        let kind = match self.here() {
            Kind::Pass => self.bare(StmtKind::Pass)?,
            Kind::Break => self.bare(StmtKind::Break)?,
            Kind::Continue => self.bare(StmtKind::Continue)?,
            Kind::Return => {
                self.advance()?;
                StmtKind::Return(if self.at_end_of_simple() { None } else { Some(self.expressions()?) })
            }
            Kind::Raise => self.raise()?,
            Kind::Del => self.delete()?,
            Kind::Assert => {
                self.advance()?;
                let test = self.expression()?;
                let message = if self.eat(Kind::Comma)? { Some(self.expression()?) } else { None };
                StmtKind::Assert { test, message }
            }
            Kind::Global => StmtKind::Global(self.names()?),
            Kind::Nonlocal => StmtKind::Nonlocal(self.names()?),
            Kind::Import => self.import()?,
            Kind::From => self.import_from()?,
            Kind::Name if self.at_word("type") && self.peek()? == Kind::Name => {
                self.advance()?;
                let name = self.bound_name()?;
                let params = self.type_params()?;
                self.expect(Kind::Equal)?;
                StmtKind::TypeAlias { name, params, value: self.expression()? }
            }
            _ => self.expression_statement()?,
        };
        self.stmt(kind, start)
    }

    fn bare(&mut self, kind: StmtKind) -> Parsed<StmtKind> {
        self.advance()?;
        Ok(kind)
    }

    fn at_end_of_simple(&self) -> bool {
        matches!(self.tok.kind, Kind::Newline | Kind::Semicolon)
    }

    /// An expression, or an assignment of any form.
    fn expression_statement(&mut self) -> Parsed<StmtKind> {
        let start = self.tok.kind;
        let mark = self.mark::<ExprId>();
        let first = self.yield_or_expressions()?;
        if let Some(op) = augmented(self.tok.kind) {
            if !self.is_single(first) {
                let message = "'{d}' is an illegal expression for augmented assignment";
                return Err(self.about(first, message, "can't assign to expression"));
            }
            self.check_single(first)?;
            self.advance()?;
            return Ok(StmtKind::AugAssign { op, target: first, value: self.yield_or_expressions()? });
        }
        match self.here() {
            Kind::Colon => {
                if !self.is_single(first) {
                    let message = match self.ast.kind(first) {
                        ExprKind::Tuple(_) | ExprKind::List(_) => "only single target (not {d}) can be annotated",
                        _ => "illegal target for annotation",
                    };
                    return Err(self.about(first, message, "can't assign to expression"));
                }
                self.check_single(first)?;
                self.advance()?;
                let annotation = self.expression()?;
                let value = if self.eat(Kind::Equal)? { Some(self.yield_or_expressions()?) } else { None };
                let simple = start == Kind::Name && matches!(self.ast.kind(first), ExprKind::Name(_));
                Ok(StmtKind::AnnAssign { target: first, annotation, value, simple })
            }
            Kind::Equal => {
                let mut value = first;
                while self.at(Kind::Equal) {
                    if let Err(error) = self.check_target(value) {
                        return Err(self.perhaps_compared(value, self.since::<ExprId>(mark).is_empty(), error));
                    }
                    self.advance()?;
                    self.push(value)?;
                    value = self.yield_or_expressions()?;
                }
                Ok(StmtKind::Assign { targets: self.list(mark)?, value })
            }
            _ => Ok(StmtKind::Expr(first)),
        }
    }

    fn raise(&mut self) -> Parsed<StmtKind> {
        self.advance()?;
        if self.at_end_of_simple() {
            return Ok(StmtKind::Raise { exc: None, cause: None });
        }
        let exc = Some(self.expression()?);
        let cause = if self.eat(Kind::From)? { Some(self.expression()?) } else { None };
        Ok(StmtKind::Raise { exc, cause })
    }

    fn delete(&mut self) -> Parsed<StmtKind> {
        self.advance()?;
        let mark = self.mark::<ExprId>();
        loop {
            let id = self.expression()?;
            self.check_deleted(id)?;
            self.push(id)?;
            if !self.eat(Kind::Comma)? || self.at_end_of_simple() {
                break;
            }
        }
        Ok(StmtKind::Delete(self.list(mark)?))
    }

    /// Names behind `global` or `nonlocal`.
    fn names(&mut self) -> Parsed<List<Qstr>> {
        self.advance()?;
        let mark = self.mark::<Qstr>();
        loop {
            let name = self.name()?;
            self.push(name)?;
            if !self.eat(Kind::Comma)? {
                break;
            }
        }
        self.list(mark)
    }

    fn import(&mut self) -> Parsed<StmtKind> {
        self.advance()?;
        let mark = self.mark::<Alias>();
        loop {
            let start = self.tok.span;
            let (name, parts) = self.dotted()?;
            let span = start.to(self.last);
            let alias = self.alias()?;
            self.check_name(alias.unwrap_or(name), span)?;
            self.push(Alias { name, parts, alias, span })?;
            if !self.eat(Kind::Comma)? {
                break;
            }
        }
        Ok(StmtKind::Import(self.list(mark)?))
    }

    fn alias(&mut self) -> Parsed<Option<Qstr>> {
        if self.eat(Kind::As)? { Ok(Some(self.bound_name()?)) } else { Ok(None) }
    }

    /// `a.b.c` as one name and as its parts.
    fn dotted(&mut self) -> Parsed<(Qstr, List<Qstr>)> {
        let mark = self.mark::<Qstr>();
        let mut text = Vec::<u8>::new();
        let mut whole = self.name()?;
        self.push(whole)?;
        while self.eat(Kind::Dot)? {
            if text.is_empty() {
                text.extend_from_slice(self.pool.get(whole).as_bytes())?;
            }
            let part = self.name()?;
            text.push(b'.')?;
            text.extend_from_slice(self.pool.get(part).as_bytes())?;
            self.push(part)?;
        }
        if !text.is_empty() {
            whole = self.pool.intern(core::str::from_utf8(&text).unwrap_or(""))?;
        }
        Ok((whole, self.list(mark)?))
    }

    fn import_from(&mut self) -> Parsed<StmtKind> {
        self.advance()?;
        let mut level = 0u32;
        loop {
            level = match self.here() {
                Kind::Dot => level.saturating_add(1),
                Kind::Ellipsis => level.saturating_add(3),
                _ => break,
            };
            self.advance()?;
        }
        let module = if level > 0 && self.at(Kind::Import) { self.pool.intern("")? } else { self.dotted()?.0 };
        self.expect(Kind::Import)?;
        if self.eat(Kind::Star)? {
            return Ok(StmtKind::ImportStar { module, level });
        }
        let parens = self.eat(Kind::LParen)?;
        let mark = self.mark::<Alias>();
        loop {
            let span = self.tok.span;
            let part = self.mark::<Qstr>();
            let name = self.name()?;
            self.push(name)?;
            let parts = self.list(part)?;
            let alias = self.alias()?;
            self.check_name(alias.unwrap_or(name), span)?;
            self.push(Alias { name, parts, alias, span })?;
            if !self.eat(Kind::Comma)? || (parens && self.at(Kind::RParen)) {
                break;
            }
            if self.at(Kind::Newline) && !parens {
                return Err(self.refused("trailing comma not allowed without surrounding parentheses"));
            }
        }
        if parens {
            self.expect(Kind::RParen)?;
        }
        Ok(StmtKind::ImportFrom { module, level, names: self.list(mark)? })
    }
}
