//! Comprehensions: functions of their own with the outermost iterator as argument.

use super::*;

impl Lower<'_> {
    /// Pushes what a comprehension makes.
    pub fn comp(&mut self, id: CompId, place: ExprId) -> Lowered {
        let comp = self.ast.comp(id);
        let name = match comp.kind {
            CompKind::List => q!("<listcomp>"),
            CompKind::Set => q!("<setcomp>"),
            CompKind::Dict => q!("<dictcomp>"),
            CompKind::Generator => q!("<genexpr>"),
        };
        let scope = self.new_scope(Node::Comp(id, place), name, None)?;
        self.make(scope, List::EMPTY)?;
        if let Some(first) = self.ast.list(comp.clauses).first() {
            self.expr(first.iter)?;
        }
        if comp.kind == CompKind::Generator {
            self.op(Op::GetIter)?;
        }
        self.op(Op::CallFunction(Args { n_pos: 1, n_kw: 0 }))
    }

    pub fn comp_body(&mut self, comp: Comp, place: ExprId) -> Lowered {
        // The iterator is an argument that no program can name.
        let arg = q!("");
        let scope = self.scope();
        scope.add(arg, Refers::Local)?;
        scope.n_pos_args = 1;
        self.mark_expr(place)?;
        match comp.kind {
            CompKind::List => self.op(Op::BuildList(0))?,
            CompKind::Dict => self.op(Op::BuildMap(0))?,
            CompKind::Set => self.op(Op::BuildSet(0))?,
            CompKind::Generator => {}
        }
        if comp.kind == CompKind::Generator {
            // A null says that the slot above holds a ready iterator.
            self.op(Op::LoadNull)?;
            self.load_name(arg)?;
            self.op(Op::LoadNull)?;
            self.op(Op::LoadNull)?;
        } else {
            self.load_name(arg)?;
            self.op(Op::GetIterStack)?;
        }
        self.comp_loop(comp, self.ast.list(comp.clauses), 0, place)?;
        if comp.kind == CompKind::Generator { self.op(Op::LoadNone) } else { Ok(()) }
    }

    pub(super) fn comp_loop(&mut self, comp: Comp, clauses: &[CompFor], depth: u32, place: ExprId) -> Lowered {
        let Some((clause, inner)) = clauses.split_first() else { return Ok(()) };
        if clause.is_async {
            return Err(self.wrong(place, "async comprehension not supported"));
        }
        let (top, end) = (self.label()?, self.label()?);
        self.place(top)?;
        self.op(Op::ForIter(end))?;
        self.store(clause.target)?;
        for &test in self.ast.list(clause.ifs) {
            self.condition(test, false, top)?;
        }
        if let Some(next) = inner.first() {
            self.expr(next.iter)?;
            self.op(Op::GetIterStack)?;
            self.comp_loop(comp, inner, depth + 1, place)?;
        } else {
            let into = collection_depth(depth);
            match comp.kind {
                CompKind::Generator => {
                    self.expr(comp.element)?;
                    self.yield_value()?;
                    self.op(Op::PopTop)?;
                }
                CompKind::List => {
                    self.expr(comp.element)?;
                    self.op(Op::StoreComp(Collection::List, into))?;
                }
                CompKind::Set => {
                    self.expr(comp.element)?;
                    self.op(Op::StoreComp(Collection::Set, into))?;
                }
                CompKind::Dict => {
                    self.expr(comp.value)?;
                    self.expr(comp.element)?;
                    self.op(Op::StoreComp(Collection::Dict, into + 1))?;
                }
            }
        }
        self.op(Op::Jump(top))?;
        self.place(end)?;
        self.adjust(-(crate::compile::op::ITER_SLOTS as i8))
    }
}
