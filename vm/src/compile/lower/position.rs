//! Which line an operation stands for.

use super::{Lower, Lowered};
use crate::compile::op::Op;
use crate::syntax::ast::ExprId;
use crate::text::source::Span;

impl Lower<'_> {
    /// What follows stands at `span`.
    pub fn mark(&mut self, span: Span) -> Lowered {
        let line = self.lines.line(span.start);
        if line > self.line { self.stand_at(line) } else { self.back_to(line) }
    }

    fn stand_at(&mut self, line: u32) -> Lowered {
        self.line = line;
        self.op(Op::Line(line))
    }

    /// What follows stands at a line that may lie before the last: the table of bytecode cannot tell that, so it is only
    /// noted where a table beside it can.
    pub fn back_to(&mut self, line: u32) -> Lowered {
        if self.options.keeps_all() && line != self.line { self.stand_at(line) } else { Ok(()) }
    }

    /// What follows stands where an expression starts, which upstream's table does not tell.
    pub fn mark_first(&mut self, id: ExprId) -> Lowered {
        if self.options.keeps_all() { self.mark_expr(id) } else { Ok(()) }
    }

    /// What follows is told by the last line of an expression: the name behind a dot.
    pub fn mark_name(&mut self, id: ExprId) -> Lowered {
        if self.options.keeps_all() {
            let end = self.ast.expr(id).span.end.saturating_sub(1);
            return self.mark(Span { start: end, end });
        }
        Ok(())
    }

    /// What follows stands where an expression does.
    pub fn mark_expr(&mut self, id: ExprId) -> Lowered {
        self.mark(self.ast.expr(id).span)
    }
}
