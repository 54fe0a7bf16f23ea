//! Comprehensions: functions of their own with the outermost iterator as argument.

use super::*;

impl Lower<'_> {
    /// Pushes what a comprehension makes.
    pub fn comp(&mut self, id: CompId, place: ExprId) -> Lowered {
        let (comp, line) = (self.ast.comp(id), self.line);
        let name = match comp.kind {
            CompKind::List => q!("<listcomp>"),
            CompKind::Set => q!("<setcomp>"),
            CompKind::Dict => q!("<dictcomp>"),
            CompKind::Generator => q!("<genexpr>"),
        };
        let is_async = self.comp_is_async(comp);
        let awaited = is_async && comp.kind != CompKind::Generator;
        if awaited && !self.is_async() && !matches!(self.scope().node, Node::Comp(..)) {
            return Err(self.wrong(place, "asynchronous comprehension outside of an asynchronous function"));
        }
        if !matches!(self.scope().node, Node::Comp(..)) {
            // Those of comprehensions inside this one are lowered later than others that may read the names.
            let mut names = Vec::new();
            self.deep_walruses(place, 0, &mut names)?;
            for &name in names.iter() {
                self.scope().assigned(name)?;
            }
        }
        let scope = self.new_scope(Node::Comp(id, place), name, None)?;
        if is_async && let Some(scope) = self.scopes.get_mut(scope) {
            scope.flags.add(Flags::GENERATOR);
            scope.flags.add(Flags::COROUTINE);
            if !awaited {
                scope.flags.add(Flags::ASYNC_GENERATOR);
            }
        }
        self.make(scope, List::EMPTY)?;
        match self.ast.list(comp.clauses).first() {
            Some(first) if first.is_async => self.async_iter(first.iter)?,
            Some(first) => {
                self.expr(first.iter)?;
                self.back_to(line)?;
                if comp.kind == CompKind::Generator {
                    self.op(Op::GetIter)?;
                }
            }
            None => {}
        }
        self.op(Op::CallFunction(Args { n_pos: 1, n_kw: 0 }))?;
        if awaited { self.delegate() } else { Ok(()) }
    }

    /// The targets of assignment expressions in comprehensions inside a comprehension.
    fn deep_walruses(&self, mut id: ExprId, depth: usize, out: &mut Vec<Qstr>) -> Lowered {
        while let ExprKind::Binary { left, right, .. } = self.ast.kind(id) {
            self.deep_walruses(right, depth, out)?;
            id = left;
        }
        let kind = self.ast.kind(id);
        match kind {
            ExprKind::Walrus { target, .. } if depth > 1 => out.push(target)?,
            ExprKind::Lambda { .. } => return Ok(()),
            _ => {}
        }
        let depth = depth + usize::from(matches!(kind, ExprKind::Comp(_)));
        let mut result = Ok(());
        self.ast.each_child(kind, &mut |child| {
            if result.is_ok() {
                result = self.deep_walruses(child, depth, out);
            }
        });
        result
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
        let clauses = self.ast.list(comp.clauses);
        if clauses.first().is_some_and(|clause| clause.is_async) {
            self.load_name(arg)?;
        } else if comp.kind == CompKind::Generator {
            // A null says that the slot above holds a ready iterator.
            self.op(Op::LoadNull)?;
            self.load_name(arg)?;
            self.op(Op::LoadNull)?;
            self.op(Op::LoadNull)?;
        } else {
            self.load_name(arg)?;
            self.op(Op::GetIterStack)?;
        }
        self.comp_loop(comp, clauses, 0)?;
        if comp.kind == CompKind::Generator { self.op(Op::LoadNone) } else { Ok(()) }
    }

    /// Loops over what is on top; `below` slots of outer loops are between that and the collection.
    fn comp_loop(&mut self, comp: Comp, clauses: &[CompFor], below: u32) -> Lowered {
        let Some((clause, inner)) = clauses.split_first() else { return Ok(()) };
        let (top, end) = (self.label()?, self.label()?);
        self.place(top)?;
        let slots = if clause.is_async {
            self.async_next(clause.target, end)?;
            1
        } else {
            self.op(Op::ForIter(end))?;
            self.store(clause.target)?;
            ITER_SLOTS
        };
        for &test in self.ast.list(clause.ifs) {
            self.condition(test, false, top)?;
        }
        match inner.first() {
            Some(next) => {
                if next.is_async {
                    self.async_iter(next.iter)?;
                } else {
                    self.expr(next.iter)?;
                    self.op(Op::GetIterStack)?;
                }
                self.comp_loop(comp, inner, below + slots)?;
            }
            None => self.comp_element(comp, below + slots + 1)?,
        }
        self.op(Op::Jump(top))?;
        self.place(end)?;
        // The end of an iterator drops its slots, that of an asynchronous one leaves it.
        if clause.is_async { self.op(Op::PopTop) } else { self.adjust(-(ITER_SLOTS as i8)) }
    }

    /// Yields an element, or adds it to the collection, which is `into` slots below it.
    fn comp_element(&mut self, comp: Comp, into: u32) -> Lowered {
        match comp.kind {
            CompKind::Generator => {
                let is_async = self.is_async();
                if is_async {
                    self.op(Op::LoadGlobal(q!(".yielded")))?;
                }
                self.expr(comp.element)?;
                if is_async {
                    self.op(Op::CallFunction(Args { n_pos: 1, n_kw: 0 }))?;
                }
                self.yield_top()?;
                self.op(Op::PopTop)
            }
            CompKind::List => {
                self.expr(comp.element)?;
                self.op(Op::StoreComp(Collection::List, into))
            }
            CompKind::Set => {
                self.expr(comp.element)?;
                self.op(Op::StoreComp(Collection::Set, into))
            }
            CompKind::Dict => {
                self.entry(comp.element, comp.value)?;
                self.op(Op::StoreComp(Collection::Dict, into + 1))
            }
        }
    }
}
