//! Children of an expression.

use super::ast::List;
use super::ast::{Arg, Ast, ExprId, ExprKind, Param, Part};
use crate::mem::{NoMemory, Vec};

impl Ast {
    /// Calls `visit` for every direct child expression, in source order except that a comprehension's element comes first.
    pub fn each_child(&self, kind: ExprKind, visit: &mut dyn FnMut(ExprId)) {
        match kind {
            ExprKind::None
            | ExprKind::True
            | ExprKind::False
            | ExprKind::Ellipsis
            | ExprKind::Int(_)
            | ExprKind::BigInt { .. }
            | ExprKind::Float(_)
            | ExprKind::Imaginary(_)
            | ExprKind::Str(_)
            | ExprKind::Bytes(_)
            | ExprKind::Name(_) => {}
            ExprKind::FString(parts) | ExprKind::TString(parts) => self.each_in_parts(parts, visit),
            ExprKind::Attribute { value, .. } | ExprKind::Walrus { value, .. } => visit(value),
            ExprKind::Subscript { value, index } => {
                visit(value);
                visit(index);
            }
            ExprKind::Slice { lower, upper, step } => [lower, upper, step].into_iter().flatten().for_each(visit),
            ExprKind::Call { func, args } => {
                visit(func);
                for arg in self.list(args) {
                    visit(arg.value());
                }
            }
            ExprKind::Bool { values, .. } => self.list(values).iter().copied().for_each(visit),
            ExprKind::Unary { operand, .. } => visit(operand),
            ExprKind::Binary { left, right, .. } => {
                visit(left);
                visit(right);
            }
            ExprKind::Compare { left, rest } => {
                visit(left);
                self.list(rest).iter().for_each(|link| visit(link.right));
            }
            ExprKind::Conditional { test, then, orelse } => [then, test, orelse].into_iter().for_each(visit),
            ExprKind::Lambda { params, body } => {
                self.each_in_params(params, visit);
                visit(body);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Set(items) => {
                self.list(items).iter().copied().for_each(visit);
            }
            ExprKind::Dict(items) => {
                for item in self.list(items) {
                    item.key.into_iter().for_each(&mut *visit);
                    visit(item.value);
                }
            }
            ExprKind::Starred(value) | ExprKind::Await(value) | ExprKind::YieldFrom(value) => visit(value),
            ExprKind::Yield(value) => value.into_iter().for_each(visit),
            ExprKind::Comp(id) => {
                let comp = self.comp(id);
                visit(comp.element);
                if comp.value != comp.element {
                    visit(comp.value);
                }
                for clause in self.list(comp.clauses) {
                    visit(clause.target);
                    visit(clause.iter);
                    self.list(clause.ifs).iter().copied().for_each(&mut *visit);
                }
            }
        }
    }

    /// Annotations and defaults.
    pub fn each_in_params(&self, params: List<Param>, visit: &mut dyn FnMut(ExprId)) {
        for param in self.list(params) {
            param.annotation.into_iter().chain(param.default).for_each(&mut *visit);
        }
    }

    /// Whether expressions bind names or suspend the function, which they do to it even if they never run.
    pub fn matter(&self, values: &[ExprId]) -> Result<bool, NoMemory> {
        let mut open = Vec::from_slice(values)?;
        while let Some(id) = open.pop() {
            let kind = self.kind(id);
            if let ExprKind::Walrus { .. } | ExprKind::Yield(_) | ExprKind::YieldFrom(_) | ExprKind::Await(_) = kind {
                return Ok(true);
            }
            let mut pushed = Ok(());
            self.each_child(kind, &mut |child| pushed = pushed.and_then(|()| open.push(child)));
            pushed?;
        }
        Ok(false)
    }

    fn each_in_parts(&self, parts: List<Part>, visit: &mut dyn FnMut(ExprId)) {
        for part in self.list(parts) {
            match *part {
                Part::Text(_) => {}
                Part::Field { value, spec, .. } => {
                    visit(value);
                    spec.into_iter().for_each(|spec| self.each_in_parts(spec, visit));
                }
            }
        }
    }
}

impl Arg {
    /// The expression of an argument.
    pub fn value(self) -> ExprId {
        match self {
            Arg::Positional(value) | Arg::Star(value) | Arg::Keyword(_, value) | Arg::DoubleStar(value) => value,
        }
    }
}
