//! Tuples, lists, sets and dicts, with and without stars.

use super::*;

impl Lower<'_> {
    pub(super) fn first_star(&self, items: List<ExprId>) -> Option<usize> {
        self.ast.list(items).iter().position(|&item| matches!(self.ast.kind(item), ExprKind::Starred(_)))
    }

    pub(super) fn tuple(&mut self, id: ExprId, items: List<ExprId>) -> Lowered {
        if let Some(star) = self.first_star(items) {
            // The type of the empty tuple makes a tuple of a list, whatever `tuple` means here.
            self.op(Op::BuildTuple(0))?;
            self.op(Op::LoadAttr(q!("__class__")))?;
            self.starred(items, star, Collection::List)?;
            return self.op(Op::CallFunction(Args { n_pos: 1, n_kw: 0 }));
        }
        match self.constant(id)? {
            Some(constant) if !items.is_empty() => self.load_const(constant),
            _ => {
                self.exprs(items)?;
                self.op(Op::BuildTuple(items.len() as u32))
            }
        }
    }

    /// A list or set display with `*`: built up to the first star, then extended.
    pub(super) fn starred(&mut self, items: List<ExprId>, star: usize, collection: Collection) -> Lowered {
        let (plain, rest) = self.ast.list(items).split_at(star);
        let line = self.line;
        plain.iter().try_for_each(|&item| self.expr(item))?;
        let (build, extend) = match collection {
            Collection::Set => (Op::BuildSet(star as u32), q!("update")),
            Collection::List | Collection::Dict => (Op::BuildList(star as u32), q!("extend")),
        };
        self.op(build)?;
        for &item in rest {
            match self.ast.kind(item) {
                ExprKind::Starred(value) => self.extend(extend, value)?,
                _ => {
                    self.expr(item)?;
                    self.back_to(line)?;
                    self.op(Op::StoreComp(collection, 1))?;
                }
            }
        }
        Ok(())
    }

    /// Calls `top.method(value)`, keeping top.
    pub(super) fn extend(&mut self, method: Qstr, value: ExprId) -> Lowered {
        let line = self.line;
        self.op(Op::DupTop)?;
        self.op(Op::LoadMethod(method))?;
        self.expr(value)?;
        self.back_to(line)?;
        self.op(Op::CallMethod(Args { n_pos: 1, n_kw: 0 }))?;
        self.op(Op::PopTop)
    }

    pub(super) fn dict_items(&mut self, items: List<DictItem>) -> Lowered {
        let line = self.line;
        for item in self.ast.list(items) {
            match item.key {
                None if self.options.is_for_stock() => self.extend(q!("update"), item.value)?,
                None => {
                    self.op(Op::DupTop)?;
                    self.op(Op::LoadGlobal(q!(".merge")))?;
                    self.op(Op::RotTwo)?;
                    self.expr(item.value)?;
                    self.back_to(line)?;
                    self.op(Op::CallFunction(Args { n_pos: 2, n_kw: 0 }))?;
                    self.op(Op::PopTop)?;
                }
                Some(key) => {
                    self.entry(key, item.value)?;
                    self.back_to(line)?;
                    self.op(Op::StoreMap)?;
                }
            }
        }
        Ok(())
    }

    /// A value and its key, the key on top but evaluated first. Which of the two comes first cannot be seen when one of
    /// them is constant. Stock MicroPython evaluates the value first.
    pub(in crate::compile) fn entry(&mut self, key: ExprId, value: ExprId) -> Lowered {
        if self.options.is_for_stock()
            || self.is_constant(key)
            || self.is_constant(value)
            || self.is_name(key) && self.is_name(value)
        {
            self.expr(value)?;
            return self.expr(key);
        }
        self.expr(key)?;
        self.expr(value)?;
        self.op(Op::RotTwo)
    }

    fn is_name(&self, id: ExprId) -> bool {
        matches!(self.ast.kind(id), ExprKind::Name(_))
    }
}
