//! Assignment and del targets: expressions of which only some kinds will do.

use super::ast::{CompKind, ExprId, ExprKind, UnaryOp};
use super::parser::{Parsed, Parser};
use crate::text::error::{Expression, SyntaxError, either};
use crate::text::token::Kind;

pub(super) const COMPARED: &str = "cannot assign to {d} here. Maybe you meant '==' instead of '='?";

impl Parser<'_, '_> {
    /// Something that can be assigned to, unpacking included.
    pub(super) fn check_target(&self, id: ExprId) -> Parsed<()> {
        match self.ast.kind(id) {
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                let mut stars = 0;
                for &item in self.ast.list(items) {
                    if let ExprKind::Starred(inner) = self.ast.kind(item) {
                        stars += 1;
                        if stars > 1 {
                            return Err(self.error_at(
                                item,
                                either("multiple starred expressions in assignment", "multiple *x in assignment"),
                            ));
                        }
                        self.check_target(inner)?;
                    } else {
                        self.check_target(item)?;
                    }
                }
                Ok(())
            }
            _ => self.check_single(id),
        }
    }

    /// A name, an attribute or a subscript.
    pub(super) fn check_single(&self, id: ExprId) -> Parsed<()> {
        if self.is_single(id) {
            self.check_debug(id)
        } else {
            Err(self.about(id, "cannot assign to {d}", "can't assign to expression"))
        }
    }

    fn check_debug(&self, id: ExprId) -> Parsed<()> {
        match self.ast.kind(id) {
            ExprKind::Name(name) | ExprKind::Attribute { name, .. } => self.check_name(name, self.ast.expr(id).span),
            _ => Ok(()),
        }
    }

    /// Something that can be deleted.
    pub(super) fn check_deleted(&self, id: ExprId) -> Parsed<()> {
        match self.ast.kind(id) {
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                self.ast.list(items).iter().try_for_each(|&item| self.check_deleted(item))
            }
            _ if self.is_single(id) => self.check_debug(id),
            _ => Err(self.about(id, "cannot delete {d}", "can't delete expression")),
        }
    }

    /// An error at an expression, whose message may say what kind of expression it is.
    #[cold]
    pub(super) fn about(&self, id: ExprId, helpful: &'static str, terse: &'static str) -> SyntaxError {
        self.error_at(id, either(helpful, terse)).with([self.describe(self.ast.kind(id)), 0, 0])
    }

    /// What a call of `=` behind something that is no target may have meant.
    #[cold]
    pub(super) fn perhaps_compared(&mut self, id: ExprId, first: bool, error: SyntaxError) -> SyntaxError {
        let message = match self.ast.kind(id) {
            ExprKind::Yield(_) | ExprKind::YieldFrom(_) => "assignment to yield expression not possible",
            kind if first && cfg!(feature = "diagnostics") && is_plain(kind) && self.equals_operand() => COMPARED,
            _ => return error,
        };
        self.about(id, message, error.message)
    }

    /// The token is an `=` with one operand behind it, and no further `=`.
    pub(super) fn equals_operand(&mut self) -> bool {
        self.advance().is_ok()
            && self.binary(super::expr::BIT_OR).is_ok()
            && !matches!(self.here(), Kind::Equal | Kind::ColonEqual)
    }

    pub(super) fn is_single(&self, id: ExprId) -> bool {
        matches!(self.ast.kind(id), ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. })
    }
}

/// May be an operand of `==` that was written with `=`.
pub(super) fn is_plain(kind: ExprKind) -> bool {
    !matches!(
        kind,
        ExprKind::List(_)
            | ExprKind::Tuple(_)
            | ExprKind::True
            | ExprKind::False
            | ExprKind::None
            | ExprKind::Compare { .. }
            | ExprKind::Bool { .. }
            | ExprKind::Conditional { .. }
            | ExprKind::Lambda { .. }
            | ExprKind::Unary { op: UnaryOp::Not, .. }
    )
}

impl Parser<'_, '_> {
    /// What messages call an expression.
    fn describe(&self, kind: ExprKind) -> u32 {
        let name = match kind {
            ExprKind::None => Expression::None,
            ExprKind::True => Expression::True,
            ExprKind::False => Expression::False,
            ExprKind::Ellipsis => Expression::Ellipsis,
            ExprKind::Int(_)
            | ExprKind::BigInt { .. }
            | ExprKind::Float(_)
            | ExprKind::Imaginary(_)
            | ExprKind::Str(_)
            | ExprKind::Bytes(_) => Expression::Literal,
            ExprKind::FString(_) => Expression::FString,
            ExprKind::TString(_) => Expression::TString,
            ExprKind::Name(_) => Expression::Name,
            ExprKind::Attribute { .. } => Expression::Attribute,
            ExprKind::Subscript { .. } | ExprKind::Slice { .. } => Expression::Subscript,
            ExprKind::Call { .. } => Expression::Call,
            ExprKind::Bool { .. } | ExprKind::Unary { .. } | ExprKind::Binary { .. } => Expression::Operation,
            ExprKind::Compare { .. } => Expression::Comparison,
            ExprKind::Conditional { .. } => Expression::Conditional,
            ExprKind::Walrus { .. } => Expression::Named,
            ExprKind::Lambda { .. } => Expression::Lambda,
            ExprKind::Tuple(_) => Expression::Tuple,
            ExprKind::List(_) => Expression::List,
            ExprKind::Set(_) => Expression::Set,
            ExprKind::Dict(_) => Expression::Dict,
            ExprKind::Starred(_) => Expression::Starred,
            ExprKind::Comp(comp) => match self.ast.comp(comp).kind {
                CompKind::List => Expression::ListComprehension,
                CompKind::Set => Expression::SetComprehension,
                CompKind::Dict => Expression::DictComprehension,
                CompKind::Generator => Expression::Generator,
            },
            ExprKind::Await(_) => Expression::Await,
            ExprKind::Yield(_) | ExprKind::YieldFrom(_) => Expression::Yield,
        };
        name as u32
    }
}
