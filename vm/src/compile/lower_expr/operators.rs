//! Operators of two operands, and comparisons.

use super::*;

impl Lower<'_> {
    /// An operator that stands at `line`, and those to the left of it, however many there are.
    pub(super) fn operators(&mut self, id: ExprId, left: ExprId, line: u32) -> Lowered {
        let (mut first, mut behind) = (left, Vec::new());
        while let ExprKind::Binary { left, .. } = self.ast.kind(first) {
            self.mark_expr(first)?;
            behind.push((first, self.line))?;
            first = left;
        }
        self.expr(first)?;
        while let Some((id, line)) = behind.pop() {
            self.operator(id, line)?;
            #[cfg(feature = "diagnostics")]
            self.tell_column(id)?;
        }
        self.operator(id, line)
    }

    /// The right operand of an operator that stands at `line`, and the operator.
    fn operator(&mut self, id: ExprId, line: u32) -> Lowered {
        let ExprKind::Binary { op, right, .. } = self.ast.kind(id) else { return Ok(()) };
        self.expr(right)?;
        self.back_to(line)?;
        self.op(Op::Binary(binary(op)))
    }

    pub(super) fn compare(&mut self, left: ExprId, rest: List<Comparison>) -> Lowered {
        let line = self.line;
        self.expr(left)?;
        let Some((last, links)) = self.ast.list(rest).split_last() else { return Ok(()) };
        if links.is_empty() {
            self.expr(last.right)?;
            self.back_to(line)?;
            return self.compare_op(last.op);
        }
        let fail = self.label()?;
        for link in links {
            self.expr(link.right)?;
            self.back_to(line)?;
            self.op(Op::DupTop)?;
            self.op(Op::RotThree)?;
            self.compare_op(link.op)?;
            self.op(Op::JumpIfFalseOrPop(fail))?;
        }
        self.expr(last.right)?;
        self.back_to(line)?;
        self.compare_op(last.op)?;
        let end = self.label()?;
        self.op(Op::Jump(end))?;
        self.place(fail)?;
        self.adjust(1)?;
        self.op(Op::RotTwo)?;
        self.op(Op::PopTop)?;
        self.place(end)
    }

    fn compare_op(&mut self, op: CompareOp) -> Lowered {
        let (op, not) = match op {
            CompareOp::Less => (Binary::Less, false),
            CompareOp::More => (Binary::More, false),
            CompareOp::Equal => (Binary::Equal, false),
            CompareOp::LessEqual => (Binary::LessEqual, false),
            CompareOp::MoreEqual => (Binary::MoreEqual, false),
            CompareOp::NotEqual => (Binary::NotEqual, false),
            CompareOp::In => (Binary::In, false),
            CompareOp::NotIn => (Binary::In, true),
            CompareOp::Is => (Binary::Is, false),
            CompareOp::IsNot => (Binary::Is, true),
        };
        self.op(Op::Binary(op))?;
        if not { self.op(Op::Unary(Unary::Not)) } else { Ok(()) }
    }
}

fn binary(op: BinOp) -> Binary {
    match op {
        BinOp::Or => Binary::Or,
        BinOp::Xor => Binary::Xor,
        BinOp::And => Binary::And,
        BinOp::LeftShift => Binary::LeftShift,
        BinOp::RightShift => Binary::RightShift,
        BinOp::Add => Binary::Add,
        BinOp::Sub => Binary::Sub,
        BinOp::Mul => Binary::Mul,
        BinOp::MatMul => Binary::MatMul,
        BinOp::Div => Binary::Div,
        BinOp::FloorDiv => Binary::FloorDiv,
        BinOp::Mod => Binary::Mod,
        BinOp::Pow => Binary::Pow,
    }
}
