//! Assignments: targets, augmented assignment, `del`.

use super::*;

impl Lower<'_> {
    pub(super) fn assign(&mut self, targets: List<ExprId>, value: ExprId) -> Lowered {
        let targets = self.ast.list(targets);
        if let [target] = *targets
            && self.swap(target, value)?
        {
            return Ok(());
        }
        self.expr(value)?;
        for (at, &target) in targets.iter().enumerate() {
            if at + 1 < targets.len() {
                self.op(Op::DupTop)?;
            }
            self.store(target)?;
        }
        Ok(())
    }

    /// `a, b = c, d` and three of each without making a tuple.
    pub(super) fn swap(&mut self, target: ExprId, value: ExprId) -> Result<bool, SyntaxError> {
        let (ExprKind::Tuple(left), ExprKind::Tuple(right)) = (self.ast.kind(target), self.ast.kind(value)) else {
            return Ok(false);
        };
        let (left, right) = (self.ast.list(left), self.ast.list(right));
        let starred = |list: &[ExprId]| list.iter().any(|&id| matches!(self.ast.kind(id), ExprKind::Starred(_)));
        if left.len() != right.len() || !(2..=3).contains(&left.len()) || starred(left) || starred(right) {
            return Ok(false);
        }
        if self.in_parentheses(target) || self.in_parentheses(value) || self.constant(value)?.is_some() {
            return Ok(false);
        }
        right.iter().try_for_each(|&item| self.expr(item))?;
        if right.len() == 3 {
            self.op(Op::RotThree)?;
        }
        self.op(Op::RotTwo)?;
        left.iter().try_for_each(|&item| self.store(item))?;
        Ok(true)
    }

    /// A tuple with its own parentheses.
    pub(super) fn in_parentheses(&self, tuple: ExprId) -> bool {
        self.source.get(self.ast.expr(tuple).span.start as usize) == Some(&b'(')
    }

    pub(super) fn aug_assign(&mut self, op: BinOp, target: ExprId, value: ExprId) -> Lowered {
        let (op, line) = (Op::Binary(inplace(op)), self.line);
        match self.ast.kind(target) {
            ExprKind::Name(name) => {
                self.load_name(name)?;
                self.expr(value)?;
                self.back_to(line)?;
                self.op(op)?;
                self.store_name(name)
            }
            ExprKind::Attribute { value: object, name } => {
                self.expr(object)?;
                self.mark_name(target)?;
                let at_name = self.line;
                let name = self.mangle(name)?;
                self.op(Op::DupTop)?;
                self.op(Op::LoadAttr(name))?;
                self.expr(value)?;
                self.back_to(line)?;
                self.op(op)?;
                self.back_to(at_name)?;
                self.op(Op::RotTwo)?;
                self.op(Op::StoreAttr(name))
            }
            ExprKind::Subscript { value: object, index } => {
                self.expr(object)?;
                self.expr(index)?;
                self.back_to(line)?;
                self.op(Op::DupTopTwo)?;
                self.op(Op::LoadSubscr)?;
                self.expr(value)?;
                self.back_to(line)?;
                self.op(op)?;
                self.op(Op::RotThree)?;
                self.op(Op::StoreSubscr)
            }
            _ => Err(self.wrong(target, "can't assign to expression")),
        }
    }

    /// Pops into a target.
    pub fn store(&mut self, target: ExprId) -> Lowered {
        match self.ast.kind(target) {
            ExprKind::Name(name) => self.store_name(name),
            ExprKind::Attribute { value, name } => {
                self.mark_expr(target)?;
                self.expr(value)?;
                self.mark_name(target)?;
                let name = self.mangle(name)?;
                self.op(Op::StoreAttr(name))
            }
            ExprKind::Subscript { value, index } => {
                self.expr(value)?;
                self.expr(index)?;
                self.mark_first(target)?;
                self.op(Op::StoreSubscr)
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => self.store_all(target, items),
            ExprKind::Starred(_) => Err(self.wrong(target, "*x must be assignment target")),
            _ => Err(self.wrong(target, "can't assign to expression")),
        }
    }

    pub(super) fn store_all(&mut self, target: ExprId, items: List<ExprId>) -> Lowered {
        let items = self.ast.list(items);
        let mut star = None;
        for (at, &item) in items.iter().enumerate() {
            if let ExprKind::Starred(_) = self.ast.kind(item) {
                if star.is_some() {
                    return Err(self.wrong(item, "multiple *x in assignment"));
                }
                star = Some(at);
            }
        }
        self.mark_first(target)?;
        match star {
            None => self.op(Op::UnpackSequence(items.len() as u32))?,
            Some(at) => {
                let (left, right) = (at, items.len() - at - 1);
                if left > 255 || right > 255 {
                    return Err(self.wrong(target, "too many targets"));
                }
                self.op(Op::UnpackEx { left: left as u16, right: right as u16 })?;
            }
        }
        for &item in items {
            match self.ast.kind(item) {
                ExprKind::Starred(inner) => self.store(inner)?,
                _ => self.store(item)?,
            }
        }
        Ok(())
    }

    pub(super) fn delete(&mut self, target: ExprId) -> Lowered {
        match self.ast.kind(target) {
            ExprKind::Name(name) => {
                self.mark_first(target)?;
                self.delete_name(name)
            }
            ExprKind::Attribute { value, name } => {
                self.expr(value)?;
                self.mark_name(target)?;
                self.op(Op::LoadNull)?;
                self.op(Op::RotTwo)?;
                let name = self.mangle(name)?;
                self.op(Op::StoreAttr(name))
            }
            ExprKind::Subscript { value, index } => {
                self.expr(value)?;
                self.expr(index)?;
                self.mark_first(target)?;
                self.op(Op::LoadNull)?;
                self.op(Op::RotThree)?;
                self.op(Op::StoreSubscr)
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                self.ast.list(items).iter().try_for_each(|&item| self.delete(item))
            }
            _ => Err(self.wrong(target, "can't delete expression")),
        }
    }
}
