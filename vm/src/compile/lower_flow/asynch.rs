//! `async for`, `async with` and `await`.

use super::*;

impl Lower<'_> {
    /// `async for` and `async with` need a coroutine.
    pub fn need_async(&mut self, span: Span) -> Lowered {
        let in_async = match self.scope().node {
            Node::Function(_) => self.scope().flags.has(crate::compile::code::Flags::GENERATOR),
            Node::Module => self.options.top_level_await,
            Node::Class(_) | Node::Lambda(_) | Node::Comp(..) => false,
        };
        if in_async { Ok(()) } else { Err(SyntaxError::new(span, "async for/with outside async function")) }
    }

    pub(super) fn await_method(&mut self, method: Qstr) -> Lowered {
        self.op(Op::LoadMethod(method))?;
        self.op(Op::CallMethod(NO_ARGS))?;
        self.yield_from()
    }

    pub fn async_for(&mut self, target: ExprId, iter: ExprId, body: Block, orelse: Block) -> Lowered {
        let (exhausted, handler, step, other) = (self.label()?, self.label()?, self.label()?, self.label()?);
        self.expr(iter)?;
        self.op(Op::LoadMethod(q!("__aiter__")))?;
        self.op(Op::CallMethod(NO_ARGS))?;
        let (brk, cont) = (self.label()?, self.label()?);
        let outer = self.enter_loop(brk, cont, false);
        self.place(cont)?;
        self.enter(Op::SetupExcept(handler))?;
        self.op(Op::DupTop)?;
        self.await_method(q!("__anext__"))?;
        self.store(target)?;
        self.op(Op::PopExceptJump(step))?;
        self.place(handler)?;
        self.adjust(1 + PENDING)?;
        self.op(Op::DupTop)?;
        self.op(Op::LoadGlobal(q!("StopAsyncIteration")))?;
        self.op(Op::Binary(Binary::ExceptionMatch))?;
        self.op(Op::PopJumpIfFalse(other))?;
        self.op(Op::PopTop)?;
        self.op(Op::PopExceptJump(exhausted))?;
        self.place(other)?;
        self.adjust(1)?;
        self.end_finally()?;
        self.adjust(-PENDING)?;
        self.place(step)?;
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
        self.await_method(q!("__aenter__"))?;
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
        self.op(Op::LoadGlobal(q!("BaseException")))?;
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
        self.yield_from()?;
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
        self.yield_from()?;
        self.op(Op::PopTop)?;
        self.adjust(-1)?;
        self.place(end)?;
        self.end_finally()
    }
}
