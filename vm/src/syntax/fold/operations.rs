//! Expressions.

use super::super::ast::{BoolOp, CompFor, ExprId, ExprKind, List, UnaryOp};
use super::super::fold_ops::{binary, literal, number, truth, unary};
use super::{Fold, Folded};
use crate::mem::{NoMemory, Vec};
use crate::text::error::SyntaxError;

impl Fold<'_> {
    /// A constant, as far as the budget lets us look.
    pub(super) fn is_const(&self, id: ExprId, budget: &mut u32) -> bool {
        if *budget == 0 {
            return true;
        }
        *budget -= 1;
        match self.ast.kind(id) {
            ExprKind::Tuple(items) => self.ast.list(items).iter().all(|&item| self.is_const(item, budget)),
            ExprKind::None
            | ExprKind::True
            | ExprKind::False
            | ExprKind::Ellipsis
            | ExprKind::Int(_)
            | ExprKind::BigInt { .. }
            | ExprKind::Float(_)
            | ExprKind::Imaginary(_)
            | ExprKind::Str(_)
            | ExprKind::Bytes(_) => true,
            _ => false,
        }
    }

    /// Folds an expression.
    pub(super) fn expr(&mut self, id: ExprId) -> Folded {
        let kind = self.ast.kind(id);
        match kind {
            ExprKind::Name(name) => {
                if let Some(kind) = self.value(name) {
                    self.ast.set_kind(id, kind);
                }
                return Ok(());
            }
            ExprKind::Comp(comp) => {
                let comp = self.ast.comp(comp);
                self.expr(comp.element)?;
                if comp.value != comp.element {
                    self.expr(comp.value)?;
                }
                return self.each(comp.clauses, |fold, clause: CompFor| {
                    fold.target(clause.target)?;
                    fold.expr(clause.iter)?;
                    fold.each(clause.ifs, Self::expr)
                });
            }
            ExprKind::Walrus { target, .. } if self.value(target).is_some() => {
                return Err(SyntaxError::new(self.ast.expr(id).span, "can't assign to expression"));
            }
            ExprKind::Binary { .. } => return self.chain(id),
            _ => {}
        }
        self.operands(kind)?;
        self.replace(id, kind)
    }

    /// Folds operators from the left, however many there are.
    fn chain(&mut self, id: ExprId) -> Folded {
        let mark = self.children.len();
        let mut first = id;
        while let ExprKind::Binary { left, .. } = self.ast.kind(first) {
            self.children.push(first)?;
            first = left;
        }
        self.expr(first)?;
        while self.children.len() > mark
            && let Some(id) = self.children.pop()
        {
            let kind = self.ast.kind(id);
            if let ExprKind::Binary { right, .. } = kind {
                self.expr(right)?;
            }
            self.replace(id, kind)?;
        }
        Ok(())
    }

    /// Puts what an expression with folded operands becomes in its place.
    fn replace(&mut self, id: ExprId, kind: ExprKind) -> Folded {
        if let Some(kind) = self.result(kind)? {
            self.ast.set_kind(id, kind);
        }
        Ok(())
    }

    /// Folds the children of an expression.
    fn operands(&mut self, kind: ExprKind) -> Folded {
        let mark = self.children.len();
        let children = &mut self.children;
        let mut pushed = Ok(());
        self.ast.each_child(kind, &mut |child| {
            if let Err(error) = children.push(child) {
                pushed = Err(error);
            }
        });
        pushed?;
        let end = self.children.len();
        for at in mark..end {
            if let Some(&child) = self.children.get(at) {
                self.expr(child)?;
            }
        }
        self.children.truncate(mark);
        Ok(())
    }

    /// What an expression with folded operands becomes.
    fn result(&mut self, kind: ExprKind) -> Result<Option<ExprKind>, NoMemory> {
        let value = match kind {
            ExprKind::Unary { op: UnaryOp::Not, operand } => {
                let truth = truth(self.ast.kind(operand));
                return Ok(truth.map(|truth| if truth { ExprKind::False } else { ExprKind::True }));
            }
            ExprKind::Unary { op, operand } => {
                number(self.ast, self.ast.kind(operand)).and_then(|value| unary(op, value))
            }
            ExprKind::Binary { op, left, right } => {
                let left = number(self.ast, self.ast.kind(left));
                let right = number(self.ast, self.ast.kind(right));
                left.zip(right).and_then(|(left, right)| binary(op, left, right))
            }
            ExprKind::Attribute { value, name } => self.known(value, name),
            ExprKind::Bool { op, values } => return self.short_circuit(op, values),
            _ => None,
        };
        value.map(|value| literal(self.ast, value)).transpose()
    }

    /// Drops constants that decide nothing, and what stands behind one that decides all, unless that matters.
    fn short_circuit(&mut self, op: BoolOp, values: List<ExprId>) -> Result<Option<ExprKind>, NoMemory> {
        let decides = op == BoolOp::Or;
        let mut kept = Vec::new();
        for (at, &id) in self.ast.list(values).iter().enumerate() {
            match truth(self.ast.kind(id)) {
                Some(truth) if truth == decides => {
                    let rest = self.ast.list(values).get(at..).unwrap_or_default();
                    let end = if self.ast.matter(rest)? { rest.len() } else { 1 };
                    kept.extend_from_slice(rest.get(..end).unwrap_or_default())?;
                    break;
                }
                Some(_) if at + 1 < values.len() => {}
                Some(_) | None => kept.push(id)?,
            }
        }
        if kept.len() == values.len() {
            return Ok(None);
        }
        match *kept {
            [only] => Ok(Some(self.ast.kind(only))),
            _ => Ok(Some(ExprKind::Bool { op, values: self.ast.add_list(&kept)? })),
        }
    }
}
