//! `async for`, `async with`, `await` and `yield`.

use super::*;
use crate::compile::code::Flags;
use crate::syntax::ast::{Comp, CompKind};

impl Lower<'_> {
    /// The scope is that of a coroutine or asynchronous generator.
    pub fn is_async(&mut self) -> bool {
        match self.scope().node {
            Node::Function(_) | Node::Comp(..) => self.scope().flags.has(Flags::COROUTINE),
            Node::Module => self.options.top_level_await,
            Node::Class(_) | Node::Lambda(_) | Node::Annotations(_) | Node::Generic(_) | Node::Lazy(_) => false,
        }
    }

    /// `async for` and `async with` need a coroutine.
    pub fn need_async(&mut self, span: Span, message: &'static str) -> Lowered {
        if self.is_async() { Ok(()) } else { Err(SyntaxError::new(span, message)) }
    }

    /// `await value`. As upstream has it, a plain function may await; it is a generator then.
    pub fn await_expr(&mut self, value: ExprId, span: Span) -> Lowered {
        if !self.is_async() && !matches!(self.scope().node, Node::Function(_) | Node::Lambda(_)) {
            return Err(SyntaxError::new(span, "'await' outside function"));
        }
        if self.options.is_for_stock() {
            self.expr(value)?;
            return self.await_top();
        }
        let line = self.line;
        self.op(Op::LoadGlobal(q!(".await")))?;
        self.expr(value)?;
        self.back_to(line)?;
        self.op(Op::CallFunction(ONE_ARG))?;
        self.delegate()
    }

    /// `yield value`. In a coroutine it makes an asynchronous generator; stock MicroPython knows none, and yields to whoever
    /// runs the coroutine.
    pub fn yield_expr(&mut self, value: Option<ExprId>, span: Span) -> Lowered {
        self.may_yield(span)?;
        let (is_async, line) = (self.is_async() && !self.options.is_for_stock(), self.line);
        if is_async {
            self.scope().flags.add(Flags::ASYNC_GENERATOR);
            self.op(Op::LoadGlobal(q!(".yielded")))?;
        }
        match value {
            None => self.op(Op::LoadNone)?,
            Some(value) => self.expr(value)?,
        }
        self.back_to(line)?;
        if is_async {
            self.op(Op::CallFunction(ONE_ARG))?;
        }
        self.yield_top()
    }

    /// Yields top; what is sent replaces it.
    pub fn yield_top(&mut self) -> Lowered {
        self.scope().flags.add(Flags::GENERATOR);
        self.op(Op::YieldValue)
    }

    /// Delegates to the iterator on top.
    pub fn delegate(&mut self) -> Lowered {
        self.op(Op::LoadNone)?;
        self.scope().flags.add(Flags::GENERATOR);
        self.op(Op::YieldFrom)
    }

    /// An error unless `yield` may stand here.
    pub fn may_yield(&mut self, span: Span) -> Lowered {
        let message = match self.scope().node {
            Node::Function(_) | Node::Lambda(_) => return Ok(()),
            Node::Module | Node::Class(_) | Node::Annotations(_) | Node::Generic(_) | Node::Lazy(_) => {
                "'yield' outside function"
            }
            Node::Comp(id, _) => match self.ast.comp(id).kind {
                CompKind::List => "'yield' inside list comprehension",
                CompKind::Set => "'yield' inside set comprehension",
                CompKind::Dict => "'yield' inside dict comprehension",
                CompKind::Generator => "'yield' inside generator expression",
            },
        };
        Err(SyntaxError::new(span, message))
    }

    /// A comprehension that awaits, so that it runs as a coroutine.
    pub fn comp_is_async(&self, comp: Comp) -> bool {
        let clauses = self.ast.list(comp.clauses);
        let iters = clauses.iter().skip(1).map(|clause| clause.iter);
        let tests = clauses.iter().flat_map(|clause| self.ast.list(clause.ifs).iter().copied());
        clauses.iter().any(|clause| clause.is_async)
            || [comp.element, comp.value].into_iter().chain(iters).chain(tests).any(|part| self.awaits(part))
    }

    /// Whether evaluating an expression awaits.
    fn awaits(&self, mut id: ExprId) -> bool {
        let mut found = false;
        while let ExprKind::Binary { left, right, .. } = self.ast.kind(id) {
            found |= self.awaits(right);
            id = left;
        }
        match self.ast.kind(id) {
            ExprKind::Await(_) => return true,
            ExprKind::Lambda { params, .. } => {
                self.ast.each_in_params(params, &mut |child| found |= self.awaits(child));
            }
            ExprKind::Comp(id) => {
                let comp = self.ast.comp(id);
                let first = self.ast.list(comp.clauses).first();
                found = first.is_some_and(|clause| self.awaits(clause.iter))
                    || comp.kind != CompKind::Generator && self.comp_is_async(comp);
            }
            kind => self.ast.each_child(kind, &mut |child| found |= self.awaits(child)),
        }
        found
    }

    fn await_method(&mut self, method: Qstr, args: Args) -> Lowered {
        self.op(Op::LoadMethod(method))?;
        self.op(Op::CallMethod(args))?;
        self.await_top()
    }

    fn await_top(&mut self) -> Lowered {
        if self.options.is_for_stock() {
            self.op(Op::GetIter)?;
            return self.delegate();
        }
        self.op(Op::LoadGlobal(q!(".await")))?;
        self.op(Op::RotTwo)?;
        self.op(Op::CallFunction(ONE_ARG))?;
        self.delegate()
    }

    /// Pushes a built-in class, which a program cannot hide from Pyrite.
    fn load_class(&mut self, intrinsic: Qstr, name: Qstr) -> Lowered {
        self.op(Op::LoadGlobal(if self.options.is_for_stock() { name } else { intrinsic }))
    }

    /// Replaces top by its asynchronous iterator.
    pub fn async_iter(&mut self, iter: ExprId) -> Lowered {
        if self.options.is_for_stock() {
            self.expr(iter)?;
            self.op(Op::LoadMethod(q!("__aiter__")))?;
            return self.op(Op::CallMethod(NO_ARGS));
        }
        self.op(Op::LoadGlobal(q!(".aiter")))?;
        self.expr(iter)?;
        self.op(Op::CallFunction(ONE_ARG))
    }

    /// Stores the next item of the asynchronous iterator on top, which stays; at its end goes on at `exhausted`.
    pub fn async_next(&mut self, target: ExprId, exhausted: Label) -> Lowered {
        let (handler, step, other) = (self.label()?, self.label()?, self.label()?);
        self.enter(Op::SetupExcept(handler))?;
        self.op(Op::DupTop)?;
        if self.options.is_for_stock() {
            self.await_method(q!("__anext__"), NO_ARGS)?;
        } else {
            self.op(Op::LoadGlobal(q!(".anext")))?;
            self.op(Op::RotTwo)?;
            self.op(Op::CallFunction(ONE_ARG))?;
            self.delegate()?;
        }
        self.store(target)?;
        self.op(Op::PopExceptJump(step))?;
        self.place(handler)?;
        self.adjust(1 + PENDING)?;
        self.op(Op::DupTop)?;
        self.load_class(q!(".StopAsyncIteration"), q!("StopAsyncIteration"))?;
        self.op(Op::Binary(Binary::ExceptionMatch))?;
        self.op(Op::PopJumpIfFalse(other))?;
        self.op(Op::PopTop)?;
        self.op(Op::PopExceptJump(exhausted))?;
        self.place(other)?;
        self.adjust(1)?;
        self.end_finally()?;
        self.adjust(-PENDING)?;
        self.place(step)
    }

    pub fn async_for(&mut self, target: ExprId, iter: ExprId, body: Block, orelse: Block) -> Lowered {
        let exhausted = self.label()?;
        self.async_iter(iter)?;
        let (brk, cont) = (self.label()?, self.label()?);
        let outer = self.enter_loop(brk, cont, false);
        self.place(cont)?;
        self.async_next(target, exhausted)?;
        self.block(body)?;
        self.op(Op::Jump(cont))?;
        self.around = outer;
        self.place(exhausted)?;
        self.block(orelse)?;
        self.place(brk)?;
        self.op(Op::PopTop)
    }

    pub fn async_with(&mut self, items: &[WithItem], body: Block) -> Lowered {
        let Some((item, rest)) = items.split_first() else { return self.block(body) };
        let (finally, exit, pending, end) = (self.label()?, self.label()?, self.label()?, self.label()?);
        self.expr(item.context)?;
        self.op(Op::DupTop)?;
        self.await_method(q!("__aenter__"), NO_ARGS)?;
        match item.target {
            Some(target) => self.store(target)?,
            None => self.op(Op::PopTop)?,
        }
        self.enter(Op::SetupFinally(finally))?;
        self.adjust(PENDING)?;
        self.async_with(rest, body)?;
        self.adjust(-PENDING)?;
        // The suite ended by itself: `manager` becomes `None manager`.
        self.op(Op::LoadNone)?;
        self.op(Op::RotTwo)?;
        self.op(Op::Jump(exit))?;
        self.place(finally)?;
        self.op(Op::DupTop)?;
        self.load_class(q!(".BaseException"), q!("BaseException"))?;
        self.op(Op::Binary(Binary::ExceptionMatch))?;
        self.op(Op::PopJumpIfFalse(pending))?;
        // `manager exception`
        self.op(Op::DupTop)?;
        self.op(Op::RotThree)?;
        self.op(Op::RotTwo)?;
        self.op(Op::LoadMethod(q!("__aexit__")))?;
        self.op(Op::RotThree)?;
        self.op(Op::RotThree)?;
        self.op(Op::DupTop)?;
        self.op(Op::LoadAttr(q!("__class__")))?;
        self.op(Op::RotTwo)?;
        self.op(Op::LoadNone)?;
        self.op(Op::CallMethod(Args { n_pos: 3, n_kw: 0 }))?;
        self.await_top()?;
        self.op(Op::PopJumpIfFalse(end))?;
        self.op(Op::PopTop)?;
        self.op(Op::LoadNone)?;
        self.op(Op::Jump(end))?;
        self.adjust(2)?;
        // `manager value how`: a return or a jump is pending.
        self.place(pending)?;
        self.op(Op::RotThree)?;
        self.op(Op::RotThree)?;
        self.place(exit)?;
        self.op(Op::LoadMethod(q!("__aexit__")))?;
        self.op(Op::LoadNone)?;
        self.op(Op::DupTop)?;
        self.op(Op::DupTop)?;
        self.op(Op::CallMethod(Args { n_pos: 3, n_kw: 0 }))?;
        self.await_top()?;
        self.op(Op::PopTop)?;
        self.adjust(-1)?;
        self.place(end)?;
        self.end_finally()
    }
}
