//! Expressions: a Pratt parser for operators, then what may stand behind an operand.

use super::ast::{BinOp, BoolOp, CompareOp, Comparison, ExprId, ExprKind, UnaryOp};
use super::params::Style;
use super::parser::{Parsed, Parser};
use crate::text::error::{INVALID, SyntaxError, either};
use crate::text::token::Kind;

// Binding powers. A right operand is parsed with the power above its operator's, of `**` with that of a sign.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARE: u8 = 4;
pub(super) const BIT_OR: u8 = 5;
pub(super) const ARITH: u8 = 9;
const SIGN: u8 = 11;
const POWER: u8 = 12;

/// What an operator between operands makes.
enum Infix {
    Bool(BoolOp),
    Compare,
    Binary(BinOp),
}

/// Operator and binding power of a token; `not` is one only before `in`.
fn infix(kind: Kind) -> Option<(u8, Infix)> {
    let binary = |power, op| Some((power, Infix::Binary(op)));
    match kind {
        Kind::Or => Some((OR, Infix::Bool(BoolOp::Or))),
        Kind::And => Some((AND, Infix::Bool(BoolOp::And))),
        Kind::Less | Kind::More | Kind::EqualEqual | Kind::LessEqual | Kind::MoreEqual | Kind::NotEqual => {
            Some((COMPARE, Infix::Compare))
        }
        Kind::In | Kind::Is | Kind::Not => Some((COMPARE, Infix::Compare)),
        Kind::Pipe => binary(BIT_OR, BinOp::Or),
        Kind::Caret => binary(6, BinOp::Xor),
        Kind::Amp => binary(7, BinOp::And),
        Kind::LeftShift => binary(8, BinOp::LeftShift),
        Kind::RightShift => binary(8, BinOp::RightShift),
        Kind::Plus => binary(ARITH, BinOp::Add),
        Kind::Minus => binary(ARITH, BinOp::Sub),
        Kind::Star => binary(10, BinOp::Mul),
        Kind::At => binary(10, BinOp::MatMul),
        Kind::Slash => binary(10, BinOp::Div),
        Kind::SlashSlash => binary(10, BinOp::FloorDiv),
        Kind::Percent => binary(10, BinOp::Mod),
        Kind::StarStar => binary(POWER, BinOp::Pow),
        _ => None,
    }
}

/// The token can start an expression.
pub(super) fn starts_expr(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Name
            | Kind::Number
            | Kind::String
            | Kind::FStringStart
            | Kind::LParen
            | Kind::LBracket
            | Kind::LBrace
            | Kind::Ellipsis
            | Kind::Plus
            | Kind::Minus
            | Kind::Tilde
            | Kind::Star
            | Kind::False
            | Kind::None
            | Kind::True
            | Kind::Await
            | Kind::Lambda
            | Kind::Not
            | Kind::Yield
    )
}

impl Parser<'_, '_> {
    /// `a if b else c`, `lambda: a`, or any operators.
    pub(super) fn expression(&mut self) -> Parsed<ExprId> {
        self.enter()?;
        let start = self.tok.span;
        let id = if self.eat(Kind::Lambda)? {
            let params = self.params(Style::Lambda)?;
            self.demand(Kind::Colon, "expected ':'")?;
            let body = self.expression()?;
            self.expr(ExprKind::Lambda { params, body }, start)?
        } else {
            let then = self.binary(OR)?;
            #[cfg(feature = "diagnostics")]
            {
                self.operand = Some((then, start.to(self.last)));
            }
            if self.eat(Kind::If)? {
                let test = self.binary(OR)?;
                if !self.at(Kind::Else) && !self.at(Kind::Colon) {
                    let span = start.to(self.last);
                    return Err(SyntaxError::new(span, either("expected 'else' after 'if' expression", INVALID)));
                }
                self.expect(Kind::Else)?;
                let orelse = self.expression()?;
                self.expr(ExprKind::Conditional { test, then, orelse }, start)?
            } else {
                then
            }
        };
        self.leave();
        Ok(id)
    }

    /// Without `if`-`else` and `lambda`: what a comprehension iterates and tests.
    pub(super) fn condition(&mut self) -> Parsed<ExprId> {
        self.binary(OR)
    }

    /// An expression or `name := expression`.
    pub(super) fn named(&mut self) -> Parsed<ExprId> {
        let start = self.tok;
        let id = self.expression()?;
        if !self.at(Kind::ColonEqual) {
            return Ok(id);
        }
        match self.ast.kind(id) {
            ExprKind::Name(target) if start.kind == Kind::Name => {
                self.check_name(target, start.span)?;
                self.advance()?;
                let value = self.expression()?;
                self.walruses += 1;
                self.expr(ExprKind::Walrus { target, value }, start.span)
            }
            _ => {
                let message = "cannot use assignment expressions with {d}";
                Err(self.about(id, message, "can't assign to expression"))
            }
        }
    }

    /// An expression, `name := expression` or `*expression`.
    pub(super) fn starred_or_named(&mut self) -> Parsed<ExprId> {
        if self.at(Kind::Star) { self.starred() } else { self.named() }
    }

    pub(super) fn starred(&mut self) -> Parsed<ExprId> {
        let start = self.expect(Kind::Star)?.span;
        let value = self.binary(BIT_OR)?;
        self.expr(ExprKind::Starred(value), start)
    }

    /// One expression, or several with commas as a tuple.
    pub(super) fn expressions(&mut self) -> Parsed<ExprId> {
        self.comma_list(|parser| if parser.at(Kind::Star) { parser.starred() } else { parser.expression() })
    }

    /// As `expressions`, or a single `name := expression`: what `match` looks at.
    pub(super) fn expressions_or_named(&mut self) -> Parsed<ExprId> {
        self.comma_list(Self::starred_or_named)
    }

    /// What a loop assigns to: no comparison, so that `in` ends it.
    pub(super) fn loop_target(&mut self) -> Parsed<ExprId> {
        let id =
            self.comma_list(|parser| if parser.at(Kind::Star) { parser.starred() } else { parser.binary(BIT_OR) })?;
        self.check_target(id)?;
        Ok(id)
    }

    /// `yield` or expressions: what stands right of `=`, in parentheses, in a field.
    pub(super) fn yield_or_expressions(&mut self) -> Parsed<ExprId> {
        if self.at(Kind::Yield) { self.yielded() } else { self.expressions() }
    }

    pub(super) fn yielded(&mut self) -> Parsed<ExprId> {
        let start = self.expect(Kind::Yield)?.span;
        if self.eat(Kind::From)? {
            let value = self.expression()?;
            return self.expr(ExprKind::YieldFrom(value), start);
        }
        let value = if starts_expr(self.tok.kind) { Some(self.expressions()?) } else { None };
        self.expr(ExprKind::Yield(value), start)
    }

    fn comma_list(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<ExprId>) -> Parsed<ExprId> {
        let start = self.tok.span;
        let first = item(self)?;
        if !self.at(Kind::Comma) {
            return match self.ast.kind(first) {
                ExprKind::Starred(_) => Err(self.lone_star(first)),
                _ => Ok(first),
            };
        }
        let mark = self.mark::<ExprId>();
        self.push(first)?;
        while self.eat(Kind::Comma)? && starts_expr(self.tok.kind) {
            let next = item(self)?;
            self.push(next)?;
        }
        let items = self.list(mark)?;
        self.expr(ExprKind::Tuple(items), start)
    }

    #[cold]
    pub(super) fn lone_star(&self, id: ExprId) -> SyntaxError {
        self.error_at(id, either("can't use starred expression here", "*x must be assignment target"))
    }

    /// Operands and operators that bind at least as strong as `min`.
    pub(super) fn binary(&mut self, min: u8) -> Parsed<ExprId> {
        self.enter()?;
        let start = self.tok.span;
        let mut left = self.operand(min)?;
        while let Some((power, what)) = infix(self.tok.kind) {
            if power < min || (self.at(Kind::Not) && self.peek()? != Kind::In) {
                break;
            }
            let kind = match what {
                Infix::Bool(op) => {
                    let mark = self.mark::<ExprId>();
                    self.push(left)?;
                    let operator = self.tok.kind;
                    while self.eat(operator)? {
                        let value = self.binary(power + 1)?;
                        self.push(value)?;
                    }
                    ExprKind::Bool { op, values: self.list(mark)? }
                }
                Infix::Compare => {
                    let mark = self.mark::<Comparison>();
                    while let Some(op) = self.comparison()? {
                        let right = self.binary(BIT_OR)?;
                        self.push(Comparison { op, right })?;
                    }
                    ExprKind::Compare { left, rest: self.list(mark)? }
                }
                Infix::Binary(op) => {
                    self.advance()?;
                    let right = self.binary(if power == POWER { SIGN } else { power + 1 })?;
                    ExprKind::Binary { op, left, right }
                }
            };
            left = self.expr(kind, start)?;
        }
        self.leave();
        Ok(left)
    }

    /// Steps over a comparison operator, if there is one.
    fn comparison(&mut self) -> Parsed<Option<CompareOp>> {
        let op = match self.here() {
            Kind::Less => CompareOp::Less,
            Kind::More => CompareOp::More,
            Kind::EqualEqual => CompareOp::Equal,
            Kind::LessEqual => CompareOp::LessEqual,
            Kind::MoreEqual => CompareOp::MoreEqual,
            Kind::NotEqual => CompareOp::NotEqual,
            Kind::In => CompareOp::In,
            Kind::Not if self.peek()? == Kind::In => {
                self.advance()?;
                CompareOp::NotIn
            }
            Kind::Is if self.peek()? == Kind::Not => {
                self.advance()?;
                CompareOp::IsNot
            }
            Kind::Is => CompareOp::Is,
            _ => return Ok(None),
        };
        self.advance()?;
        Ok(Some(op))
    }

    /// Signs and an atom with what stands behind it.
    fn operand(&mut self, min: u8) -> Parsed<ExprId> {
        let start = self.tok.span;
        let sign = match self.here() {
            Kind::Plus => Some((UnaryOp::Plus, SIGN)),
            Kind::Minus => Some((UnaryOp::Minus, SIGN)),
            Kind::Tilde => Some((UnaryOp::Invert, SIGN)),
            Kind::Not if min <= NOT => Some((UnaryOp::Not, NOT)),
            _ => None,
        };
        let id = match sign {
            Some((op, power)) => {
                self.advance()?;
                let operand = self.binary(power)?;
                self.expr(ExprKind::Unary { op, operand }, start)?
            }
            None if self.eat(Kind::Await)? => {
                let value = self.primary()?;
                self.expr(ExprKind::Await(value), start)?
            }
            None => self.primary()?,
        };
        Ok(id)
    }

    /// An atom with calls, subscripts and attributes.
    fn primary(&mut self) -> Parsed<ExprId> {
        let start = self.tok.span;
        let mut id = self.atom()?;
        loop {
            let kind = match self.here() {
                Kind::LParen => {
                    self.advance()?;
                    ExprKind::Call { func: id, args: self.args()? }
                }
                Kind::LBracket => {
                    self.advance()?;
                    let index = self.index()?;
                    self.expect(Kind::RBracket)?;
                    ExprKind::Subscript { value: id, index }
                }
                Kind::Dot => {
                    self.advance()?;
                    ExprKind::Attribute { value: id, name: self.name()? }
                }
                _ => return Ok(id),
            };
            id = self.expr(kind, start)?;
        }
    }

    /// What stands in the brackets of a subscript.
    fn index(&mut self) -> Parsed<ExprId> {
        let start = self.tok.span;
        let first = self.index_item()?;
        let starred = matches!(self.ast.kind(first), ExprKind::Starred(_));
        if !self.at(Kind::Comma) && !starred {
            return Ok(first);
        }
        let mark = self.mark::<ExprId>();
        self.push(first)?;
        while self.eat(Kind::Comma)? && !self.at(Kind::RBracket) {
            let next = self.index_item()?;
            self.push(next)?;
        }
        let items = self.list(mark)?;
        self.expr(ExprKind::Tuple(items), start)
    }

    fn index_item(&mut self) -> Parsed<ExprId> {
        let start = self.tok.span;
        let lower = if self.at(Kind::Colon) { None } else { Some(self.starred_or_named()?) };
        match lower {
            Some(lower) if !self.at(Kind::Colon) => return Ok(lower),
            Some(_) | None => {}
        }
        self.expect(Kind::Colon)?;
        let upper = self.bound()?;
        let step = if self.eat(Kind::Colon)? { self.bound()? } else { None };
        self.expr(ExprKind::Slice { lower, upper, step }, start)
    }

    fn bound(&mut self) -> Parsed<Option<ExprId>> {
        match self.here() {
            Kind::Colon | Kind::Comma | Kind::RBracket => Ok(None),
            _ => Ok(Some(self.expression()?)),
        }
    }
}
