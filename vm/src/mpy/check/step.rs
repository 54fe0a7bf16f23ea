//! What each operation does to the stack and to the handlers.

use super::super::read::ReadError;
use super::Flow;
use super::state::{Block, BlockKind, State, Word, join};
use crate::compile::code::Flags;
use crate::compile::number;
use crate::compile::op::{Args, ChildId, Collection, ITER_SLOTS, Op};
use crate::compile::prelude::Malformed;

impl Flow<'_> {
    /// What an operation does to the state; whether the next operation follows it.
    pub(super) fn step(
        &mut self,
        op: Op,
        here: usize,
        target: Option<usize>,
        state: &mut State,
    ) -> Result<bool, ReadError> {
        use Word::{Maybe, Object};
        let target = target.unwrap_or(usize::MAX);
        match op {
            Op::Label(_) | Op::Line(_) => {}
            Op::LoadNone => state.push(Word::None)?,
            Op::LoadNull => state.push(Word::Null)?,
            Op::LoadConst(id) if id.0 as usize >= self.n_consts => return Err(ReadError::Incompatible),
            Op::LoadFalse | Op::LoadTrue | Op::LoadInt(_) | Op::LoadStr(_) | Op::LoadConst(_) => state.push(Object)?,
            Op::LoadFast(_) | Op::LoadDeref(_) | Op::LoadName(_) | Op::LoadGlobal(_) => state.push(Object)?,
            Op::LoadBuildClass | Op::BuildMap(_) => state.push(Object)?,
            Op::LoadAttr(_) | Op::GetIter | Op::YieldValue | Op::Unary(_) => {
                self.may_yield(op)?;
                state.pop()?;
                state.push(Object)?;
            }
            Op::LoadMethod(_) => {
                state.pop()?;
                state.push(Object)?;
                state.push(Maybe)?;
            }
            Op::LoadSuperMethod(_) => {
                state.pop_many(3)?;
                state.push(Object)?;
                state.push(Maybe)?;
            }
            Op::LoadSubscr | Op::Binary(_) | Op::YieldFrom | Op::ImportName(_) => {
                self.may_yield(op)?;
                state.pop_many(2)?;
                state.push(Object)?;
            }
            Op::StoreFast(_) | Op::StoreDeref(_) | Op::StoreName(_) | Op::StoreGlobal(_) | Op::ImportStar => {
                state.pop()?
            }
            Op::StoreAttr(_) => {
                state.pop()?;
                state.pop_maybe()?;
            }
            Op::StoreSubscr => {
                state.pop_many(2)?;
                state.pop_maybe()?;
            }
            Op::DeleteFast(_) | Op::DeleteDeref(_) | Op::DeleteName(_) | Op::DeleteGlobal(_) => {}
            Op::DupTop => state.push(state.peek(0)?)?,
            Op::DupTopTwo => {
                state.push(state.peek(1)?)?;
                state.push(state.peek(1)?)?;
            }
            Op::PopTop => {
                state.pop_any()?;
            }
            Op::RotTwo => self.turn(2, here, state)?,
            Op::RotThree => self.turn(3, here, state)?,
            Op::Jump(_) => return self.jump(here, target, state).map(|()| false),
            Op::PopJumpIfTrue(_) | Op::PopJumpIfFalse(_) => {
                state.pop()?;
                self.jump(here, target, state)?;
            }
            Op::JumpIfTrueOrPop(_) | Op::JumpIfFalseOrPop(_) => {
                state.pop()?;
                state.push(Object)?;
                self.reach(target, state)?;
                state.pop()?;
            }
            Op::UnwindJump { depth, from_for, .. } => {
                return self.unwind(here, target, depth, from_for, state).map(|()| false);
            }
            Op::SetupWith(_) => {
                state.pop()?;
                state.push(Object)?;
                state.push(Maybe)?;
                self.set_up(target, BlockKind::With, state)?;
                state.push(Object)?;
            }
            Op::SetupExcept(_) => self.set_up(target, BlockKind::Except, state)?,
            Op::SetupFinally(_) => {
                let is_async = self.async_end(target)?.is_some();
                self.set_up(target, if is_async { BlockKind::AsyncWith } else { BlockKind::Finally }, state)?;
            }
            Op::PopExceptJump(_) => {
                if state.blocks.pop().is_none_or(|block| block.kind != BlockKind::Except) {
                    return Err(ReadError::Incompatible);
                }
                return self.reach(target, state).map(|()| false);
            }
            Op::WithCleanup => {
                let block = *state.blocks.last().ok_or(Malformed)?;
                let ended = state.take()?;
                let placed = block.handler <= here && self.body.get(here + 1) == Some(&number::END_FINALLY);
                if block.kind != BlockKind::With
                    || ended != Word::Pending
                    || state.stack.len() != block.depth
                    || !placed
                {
                    return Err(ReadError::Incompatible);
                }
                let exit = state.stack.get(block.depth - 2..).unwrap_or(&[]);
                if !matches!(exit, [function, Word::Object | Word::None | Word::Raised | Word::Null | Word::Maybe]
                    if function.is_object())
                {
                    return Err(ReadError::Incompatible);
                }
                // The manager is gone; nothing can raise before END_FINALLY removes the block.
                state.cut(block.depth - 2)?;
                state.push(Word::Pending)?;
                if let Some(block) = state.blocks.last_mut() {
                    *block = Block { depth: block.depth - 2, kind: BlockKind::Finally, ..*block };
                }
            }
            Op::EndFinally => {
                let ended = state.take()?;
                let block = state.blocks.pop().ok_or(Malformed)?;
                if matches!(block.kind, BlockKind::Finally | BlockKind::AsyncWith) && ended == Word::None {
                    // Nothing is pending here.
                    return Ok(true);
                }
                if block.kind == BlockKind::Except && ended.is_object() {
                    // No clause took it, so it is raised again; `except*` goes on with what is left, if there is any.
                    return Ok(ended != Word::Raised);
                }
                if block.kind != BlockKind::Finally
                    || ended != Word::Pending
                    || state.stack.len() != block.depth
                    || !state.managers_ahead(here)
                {
                    return Err(ReadError::Incompatible);
                }
            }
            Op::GetIterStack => {
                state.pop()?;
                for slot in 0..ITER_SLOTS as u8 {
                    state.push(Word::Iter(slot))?;
                }
            }
            Op::ForIter(_) => {
                let words = state.pop_iter()?;
                self.reach(target, state)?;
                for word in words {
                    state.push(word)?;
                }
                state.push(Object)?;
            }
            Op::BuildTuple(n) | Op::BuildList(n) | Op::BuildSet(n) => {
                state.pop_many(n as usize)?;
                state.push(Object)?;
            }
            Op::BuildSlice(n) => {
                state.pop_many(if n == 3 { 3 } else { 2 })?;
                // What is to be cut lies below: while the heap is locked the loop looks at its type.
                if !state.stack.last().is_some_and(|word| word.is_object()) {
                    return Err(ReadError::Incompatible);
                }
                state.push(Object)?;
            }
            Op::StoreMap => {
                state.pop_many(3)?;
                state.push(Object)?;
            }
            Op::StoreComp(kind, depth) => {
                let into = state.stack.len().checked_sub(depth as usize + 1).ok_or(Malformed)?;
                let above = state.stack.get(into..).ok_or(Malformed)?;
                if above.first() != Some(&Object) || above.contains(&Word::Pending) {
                    return Err(ReadError::Incompatible);
                }
                state.pop_many(if kind == Collection::Dict { 2 } else { 1 })?;
            }
            Op::UnpackSequence(n) => {
                state.pop()?;
                self.push_many(n as usize, state)?;
            }
            Op::UnpackEx { left, right } => {
                state.pop()?;
                self.push_many(usize::from(left) + usize::from(right) + 1, state)?;
            }
            Op::ReturnValue => {
                return state.pop().map(|()| false);
            }
            Op::RaiseLast => return Ok(false),
            Op::RaiseObj => return state.pop().map(|()| false),
            Op::RaiseFrom => return state.pop_many(2).map(|()| false),
            Op::MakeFunction(id) => self.make(id, 0, false, state)?,
            Op::MakeFunctionDefargs(id) => self.make(id, 0, true, state)?,
            Op::MakeClosure(id, n) => self.make(id, n, false, state)?,
            Op::MakeClosureDefargs(id, n) => self.make(id, n, true, state)?,
            Op::CallFunction(args) => call(state, args, false, false)?,
            Op::CallFunctionVarKw(args) => call(state, args, false, true)?,
            Op::CallMethod(args) => call(state, args, true, false)?,
            Op::CallMethodVarKw(args) => call(state, args, true, true)?,
            Op::ImportFrom(_) => {
                state.pop()?;
                state.push(Object)?;
                state.push(Object)?;
            }
        }
        Ok(true)
    }

    /// Turns the last words around. An `async with` does so across its handler, which takes any object.
    fn turn(&mut self, count: usize, here: usize, state: &mut State) -> Result<(), ReadError> {
        state.turn(count)?;
        let start = state.stack.len() - count;
        for block in state.blocks.iter().rev().filter(|block| block.handler > here) {
            let below = state.stack.get(start..block.depth).unwrap_or(&[]);
            if below.is_empty() {
                break;
            }
            let promised = self.known(block.handler).and_then(|known| known.stack.get(start..)).ok_or(Malformed)?;
            if below.iter().zip(promised.iter()).any(|(&now, &then)| join(now, then) != Some(then)) {
                return Err(ReadError::Incompatible);
            }
        }
        Ok(())
    }

    pub(super) fn may_yield(&self, op: Op) -> Result<(), ReadError> {
        let yields = matches!(op, Op::YieldValue | Op::YieldFrom);
        if yields && !self.flags.has(Flags::GENERATOR) { Err(ReadError::Incompatible) } else { Ok(()) }
    }

    fn push_many(&mut self, count: usize, state: &mut State) -> Result<(), ReadError> {
        if count > self.room {
            return Err(ReadError::Incompatible);
        }
        self.spend(count)?;
        (0..count).try_for_each(|_| state.push(Word::Object))
    }

    fn set_up(&mut self, handler: usize, kind: BlockKind, state: &mut State) -> Result<(), ReadError> {
        state.blocks.push(Block { handler, depth: state.stack.len(), kind })?;
        if state.blocks.len() > self.n_exc_stack {
            return Err(ReadError::Incompatible);
        }
        state.push(if kind == BlockKind::Except { Word::Raised } else { Word::Pending })?;
        self.reach(handler, state)?;
        state.take()?;
        Ok(())
    }

    /// A jump that leaves `depth` handlers, running those of `finally` that are not at work yet.
    fn unwind(
        &mut self,
        here: usize,
        to: usize,
        depth: u8,
        from_for: bool,
        state: &mut State,
    ) -> Result<(), ReadError> {
        if state.words() + 1 > self.room {
            return Err(ReadError::Incompatible);
        }
        for _ in 0..depth {
            let block = state.blocks.pop().ok_or(Malformed)?;
            match block.kind {
                BlockKind::Except => {}
                BlockKind::Finally => state.cut(block.depth)?,
                // Where their handlers are at work the loop would not clear away the managers.
                BlockKind::With if block.handler > here => state.cut(block.depth - 2)?,
                BlockKind::AsyncWith if block.handler > here => state.cut(block.depth.saturating_sub(1))?,
                BlockKind::With | BlockKind::AsyncWith => return Err(ReadError::Incompatible),
            }
        }
        state.settle(here);
        if from_for {
            state.pop_iter()?;
        }
        if state.blocks.last().is_some_and(|block| state.stack.len() < block.depth) {
            return Err(ReadError::Incompatible);
        }
        self.jump(here, to, state)
    }

    /// A jump that may go back. Behind a handler what lies below it may change, so the way back must not lead before it.
    fn jump(&mut self, here: usize, to: usize, state: &State) -> Result<(), ReadError> {
        if state.blocks.iter().any(|block| block.handler <= here && block.handler > to) {
            return Err(ReadError::Incompatible);
        }
        self.reach(to, state)
    }

    fn make(&self, child: ChildId, n_closed: u8, with_defaults: bool, state: &mut State) -> Result<(), ReadError> {
        let n_pos = *self.n_pos.get(child.0 as usize).ok_or(Malformed)?;
        if n_pos < u16::from(n_closed) {
            return Err(ReadError::Incompatible);
        }
        state.pop_many(usize::from(n_closed))?;
        if with_defaults {
            state.pop_maybe()?;
            state.pop_maybe()?;
        }
        state.push(Word::Object)
    }
}

fn call(state: &mut State, args: Args, is_method: bool, is_spread: bool) -> Result<(), ReadError> {
    if is_spread {
        state.pop()?;
    }
    for _ in 0..args.n_kw {
        state.pop()?;
        if is_spread {
            state.pop_maybe()?;
        } else {
            state.pop()?;
        }
    }
    state.pop_many(usize::from(args.n_pos))?;
    if is_method {
        state.pop_maybe()?;
    }
    state.pop()?;
    state.push(Word::Object)
}
