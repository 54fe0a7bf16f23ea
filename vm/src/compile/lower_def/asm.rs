//! Statements of inline assembler functions.

use crate::compile::code::{AsmArg, AsmLine};
use crate::compile::lower::{Lower, Lowered};
use crate::mem::Vec;
use crate::syntax::ast::{Arg, Def, ExprId, ExprKind, StmtKind, UnaryOp};
use crate::text::error::SyntaxError;

impl Lower<'_> {
    /// Notes the statements of an inline assembler function.
    pub fn asm_body(&mut self, def: Def) -> Lowered {
        self.params(def.params)?;
        for &id in self.ast.list(def.body) {
            let stmt = self.ast.stmt(id);
            let call = match stmt.kind {
                StmtKind::Pass => continue,
                StmtKind::Expr(value) if self.constant(value)?.is_some() => continue,
                StmtKind::Expr(value) => self.ast.kind(value),
                _ => ExprKind::None,
            };
            let ExprKind::Call { func, args } = call else {
                return Err(SyntaxError::new(stmt.span, "expecting an assembler instruction"));
            };
            let ExprKind::Name(name) = self.ast.kind(func) else {
                return Err(SyntaxError::new(stmt.span, "expecting an assembler instruction"));
            };
            let mut operands = Vec::new();
            for arg in self.ast.list(args) {
                let Arg::Positional(value) = *arg else {
                    return Err(SyntaxError::new(stmt.span, "expecting an assembler instruction"));
                };
                operands.push(self.asm_arg(value)?)?;
            }
            let line = self.lines.line(stmt.span.start);
            self.scope().asm.push(AsmLine { line, name, args: operands })?;
        }
        Ok(())
    }

    fn asm_arg(&self, id: ExprId) -> Result<AsmArg, SyntaxError> {
        let expr = self.ast.expr(id);
        let all = |items: &[ExprId]| {
            let mut args = Vec::new();
            for &item in items {
                args.push(self.asm_arg(item)?)?;
            }
            Ok::<_, SyntaxError>(args)
        };
        Ok(match expr.kind {
            ExprKind::Name(name) => AsmArg::Name(name),
            ExprKind::Int(value) => AsmArg::Int(value),
            ExprKind::Unary { op: UnaryOp::Minus, operand } => match self.ast.kind(operand) {
                ExprKind::Int(value) => AsmArg::Int(value.wrapping_neg()),
                _ => AsmArg::Other(expr.span),
            },
            ExprKind::Set(items) => AsmArg::Set(all(self.ast.list(items))?),
            ExprKind::List(items) => AsmArg::List(all(self.ast.list(items))?),
            ExprKind::Call { func, args } => match self.ast.kind(func) {
                ExprKind::Name(name) => {
                    let mut inner = Vec::new();
                    for arg in self.ast.list(args) {
                        match *arg {
                            Arg::Positional(value) => inner.push(self.asm_arg(value)?)?,
                            Arg::Star(_) | Arg::Keyword(..) | Arg::DoubleStar(_) => {
                                return Ok(AsmArg::Other(expr.span));
                            }
                        }
                    }
                    AsmArg::Call(name, inner)
                }
                _ => AsmArg::Other(expr.span),
            },
            _ => AsmArg::Other(expr.span),
        })
    }
}
