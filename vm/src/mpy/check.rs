//! Whether the bytecode of a function from a file may be run in place: the loop trusts its jumps, locals and stack.
//!
//! All paths are walked with the kinds of what lies on the operand stack and with the handlers that are set up, until
//! nothing new is found out. What upstream's compiler and ours make passes; what could confuse the loop does not.

use super::read::{Function, ReadError};
use crate::compile::code::Flags;
use crate::compile::decode;
use crate::compile::number;
use crate::compile::op::{Args, Binary, ChildId, Collection, ITER_SLOTS, Label, Local, Op};
use crate::compile::prelude::{Malformed, uint};
use crate::mem::{NoMemory, Vec};
use crate::q;
use crate::qstr::Qstr;

/// Checks a function. `names` are those of its module, which has `n_consts` constants; `n_pos` are how many arguments by
/// position the functions made by it take, which are checked already.
pub fn check(function: &Function<'_>, names: &[Qstr], n_consts: usize, n_pos: &[u16]) -> Result<(), ReadError> {
    let (bytes, prelude) = (function.bytes, &function.prelude);
    let body = bytes.get(prelude.code..).ok_or(Malformed)?;
    let mut at = prelude.arg_names.start;
    let mut named = prelude.name < names.len();
    while at < prelude.arg_names.end {
        named &= uint(bytes, &mut at)? < names.len();
    }
    if !named || prelude.n_def_pos_args > prelude.n_pos_args {
        return Err(ReadError::Incompatible);
    }
    let (flags, n_exc_stack) = (prelude.flags, u16::try_from(prelude.n_exc_stack).map_err(|_| Malformed)?);
    let mut flow =
        Flow { flags, n_exc_stack, n_pos, names, n_consts, body, places: Vec::new(), waiting: Vec::new(), room: 0 };
    let mut n_locals = prelude.n_pos_args + prelude.n_kwonly_args;
    n_locals += [Flags::VAR_ARGS, Flags::VAR_KEYWORDS].iter().filter(|flag| flags.has(**flag)).count();
    let cells = bytes.get(prelude.cells.clone()).ok_or(Malformed)?;
    n_locals = cells.iter().fold(n_locals, |most, &cell| most.max(usize::from(cell) + 1));
    n_locals = n_locals.max(flow.find_places()?);
    // Locals and operand stack grow towards each other.
    let n_state = u16::try_from(prelude.n_state).map_err(|_| Malformed)?;
    flow.room = usize::from(n_state).checked_sub(n_locals).ok_or(Malformed)?;
    flow.reach(0, &State::default())?;
    while let Some(start) = flow.waiting.pop() {
        flow.walk(start)?;
    }
    Ok(())
}

/// Operations of `ASYNC_EXIT`.
const EXIT_LEN: usize = 34;

/// How the handler of an `async with` goes, as upstream writes it; labels and the names of attributes do not matter. Ours
/// names the class as no program can, and awaits by a call.
const ASYNC_EXIT: [Op; EXIT_LEN] = {
    const CALL: Op = Op::CallMethod(Args { n_pos: 3, n_kw: 0 });
    const ANY: Label = Label(0);
    [
        Op::DupTop,
        Op::LoadGlobal(q!("BaseException")),
        Op::Binary(Binary::ExceptionMatch),
        Op::PopJumpIfFalse(ANY),
        Op::DupTop,
        Op::RotThree,
        Op::RotTwo,
        Op::LoadMethod(q!("__aexit__")),
        Op::RotThree,
        Op::RotThree,
        Op::DupTop,
        Op::LoadAttr(q!("__class__")),
        Op::RotTwo,
        Op::LoadNone,
        CALL,
        Op::GetIter,
        Op::LoadNone,
        Op::YieldFrom,
        Op::PopJumpIfFalse(ANY),
        Op::PopTop,
        Op::LoadNone,
        Op::Jump(ANY),
        // What is pending is a return or a jump.
        Op::RotThree,
        Op::RotThree,
        Op::LoadMethod(q!("__aexit__")),
        Op::LoadNone,
        Op::DupTop,
        Op::DupTop,
        CALL,
        Op::GetIter,
        Op::LoadNone,
        Op::YieldFrom,
        Op::PopTop,
        Op::EndFinally,
    ]
};

/// What is known of a word on the operand stack.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// An object.
    Object,
    /// `None`, which here also says that nothing is pending.
    None,
    /// The exception that a handler got.
    Raised,
    /// Nothing.
    Null,
    /// An object or nothing.
    Maybe,
    /// One of the four words of a `for` loop.
    Iter(u8),
    /// What a `finally` part goes on with: one word, or two.
    Pending,
}

/// What is known when one or the other lies there; `None` if both at once would confuse the loop.
fn join(a: Word, b: Word) -> Option<Word> {
    use Word::{Iter, Maybe, None as Nothing, Null, Object, Pending, Raised};
    match (a, b) {
        (a, b) if a == b => Some(a),
        (Pending, Nothing) | (Nothing, Pending) => Some(Pending),
        (Object | Nothing | Raised, Object | Nothing | Raised) => Some(Object),
        (Pending | Iter(_), _) | (_, Pending | Iter(_)) => None,
        (Object | Nothing | Raised | Null | Maybe, Object | Nothing | Raised | Null | Maybe) => Some(Maybe),
    }
}

/// A handler that is set up.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Block {
    handler: usize,
    /// Words of the stack below it.
    depth: usize,
    kind: BlockKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    Except,
    Finally,
    With,
}

/// What is known before an operation.
#[derive(Default)]
struct State {
    stack: Vec<Word>,
    blocks: Vec<Block>,
}

impl State {
    fn copy(&self) -> Result<State, NoMemory> {
        Ok(State { stack: self.stack.try_clone()?, blocks: self.blocks.try_clone()? })
    }

    /// Words that the stack takes at most.
    fn words(&self) -> usize {
        self.stack.len() + self.stack.iter().filter(|&&word| word == Word::Pending).count()
    }

    fn push(&mut self, word: Word) -> Result<(), ReadError> {
        Ok(self.stack.push(word)?)
    }

    /// Pops anything but what is pending.
    fn pop_any(&mut self) -> Result<Word, ReadError> {
        match self.stack.pop() {
            Some(Word::Pending) | None => Err(ReadError::Incompatible),
            Some(word) => Ok(word),
        }
    }

    /// Pops an object or nothing.
    fn pop_maybe(&mut self) -> Result<Word, ReadError> {
        match self.pop_any()? {
            Word::Iter(_) => Err(ReadError::Incompatible),
            word => Ok(word),
        }
    }

    fn pop(&mut self) -> Result<(), ReadError> {
        match self.pop_any()? {
            Word::Object | Word::None | Word::Raised => Ok(()),
            Word::Null | Word::Maybe | Word::Iter(_) | Word::Pending => Err(ReadError::Incompatible),
        }
    }

    fn pop_many(&mut self, count: usize) -> Result<(), ReadError> {
        (0..count).try_for_each(|_| self.pop())
    }

    /// Pops the four words of a loop: those of GET_ITER_STACK, or an iterator object as comprehensions put it there.
    fn pop_iter(&mut self) -> Result<[Word; 4], ReadError> {
        use Word::{Iter, Maybe, Null, Object};
        let (d, c, b, a) = (self.pop_any()?, self.pop_any()?, self.pop_any()?, self.pop_any()?);
        match [a, b, c, d] {
            words @ ([Iter(0), Iter(1), Iter(2), Iter(3)] | [Null, Object, Null | Maybe, Null | Maybe]) => Ok(words),
            _ => Err(ReadError::Incompatible),
        }
    }

    fn cut(&mut self, depth: usize) -> Result<(), ReadError> {
        if depth > self.stack.len() {
            return Err(ReadError::Incompatible);
        }
        self.stack.truncate(depth);
        Ok(())
    }
}

/// A place where an operation starts; what is known there, once it has been reached and if jumps go there.
struct Place {
    at: usize,
    known: Option<State>,
}

struct Flow<'a> {
    flags: Flags,
    n_exc_stack: u16,
    /// How many arguments the functions made by this one take.
    n_pos: &'a [u16],
    names: &'a [Qstr],
    n_consts: usize,
    body: &'a [u8],
    /// The start, and where jumps go; in order.
    places: Vec<Place>,
    /// Places still to be walked from.
    waiting: Vec<usize>,
    /// Words of the operand stack.
    room: usize,
}

impl Flow<'_> {
    fn read(&self, at: &mut usize) -> Result<(Op, Option<usize>), ReadError> {
        if self.body.get(*at) == Some(&number::LOAD_INT) {
            // Wider ones than an `Op` holds are fine for the loop.
            *at += 1;
            while *self.body.get(*at).ok_or(Malformed)? & 0x80 != 0 {
                *at += 1;
            }
            *at += 1;
            return Ok((Op::LoadInt(0), None));
        }
        Ok(decode::read(self.body, at, self.names)?)
    }

    /// Reads all operations once: finds where jumps go, and how many locals there are.
    fn find_places(&mut self) -> Result<usize, ReadError> {
        let (mut starts, mut targets, mut n_locals) = (Vec::new(), Vec::new(), 0);
        targets.push(0)?;
        let mut at = 0;
        while at < self.body.len() {
            starts.push(at)?;
            let (op, target) = self.read(&mut at)?;
            if let Some(target) = target {
                targets.push(target)?;
            }
            if let Op::LoadFast(Local(n))
            | Op::StoreFast(Local(n))
            | Op::DeleteFast(Local(n))
            | Op::LoadDeref(Local(n))
            | Op::StoreDeref(Local(n))
            | Op::DeleteDeref(Local(n)) = op
            {
                n_locals = n_locals.max(usize::from(n) + 1);
            }
        }
        targets.sort_unstable();
        for &at in &targets {
            // A jump into the middle of an operation would find other operations.
            starts.binary_search(&at).map_err(|_| Malformed)?;
            if self.places.last().is_none_or(|last: &Place| last.at != at) {
                self.places.push(Place { at, known: None })?;
            }
        }
        Ok(n_locals)
    }

    /// Notes that the operation at `at` is reached in `state`.
    fn reach(&mut self, at: usize, state: &State) -> Result<(), ReadError> {
        if state.words() > self.room {
            return Err(ReadError::Incompatible);
        }
        let number = self.places.binary_search_by_key(&at, |place| place.at).map_err(|_| Malformed)?;
        let place = self.places.get_mut(number).ok_or(Malformed)?;
        let Some(known) = &mut place.known else {
            place.known = Some(state.copy()?);
            return Ok(self.waiting.push(at)?);
        };
        if known.stack.len() != state.stack.len() || known.blocks != state.blocks {
            return Err(ReadError::Incompatible);
        }
        let mut changed = false;
        for (old, &new) in known.stack.iter_mut().zip(state.stack.iter()) {
            let both = join(*old, new).ok_or(Malformed)?;
            changed |= both != *old;
            *old = both;
        }
        if changed && !self.waiting.contains(&at) {
            self.waiting.push(at)?;
        }
        Ok(())
    }

    fn known(&self, at: usize) -> Option<&State> {
        let number = self.places.binary_search_by_key(&at, |place| place.at).ok()?;
        self.places.get(number)?.known.as_ref()
    }

    /// Walks from a place up to the next, or to where the flow ends.
    fn walk(&mut self, start: usize) -> Result<(), ReadError> {
        let mut state = self.known(start).ok_or(Malformed)?.copy()?;
        let mut at = start;
        loop {
            let here = at;
            if let Some(end) = self.async_exit(here, &mut state)? {
                at = end;
            } else {
                // Behind the last operation nothing can be read.
                let (op, target) = self.read(&mut at)?;
                let goes_on = self.step(op, here, target, &mut state)?;
                if state.words() > self.room {
                    return Err(ReadError::Incompatible);
                }
                if !goes_on {
                    return Ok(());
                }
            }
            self.keeps_handlers(here, &state)?;
            if self.places.binary_search_by_key(&at, |place| place.at).is_ok() {
                return self.reach(at, &state);
            }
        }
    }

    /// An exception must find the stack below a handler as it was when that was set up.
    fn keeps_handlers(&self, here: usize, state: &State) -> Result<(), ReadError> {
        for block in state.blocks.iter() {
            let below = state.stack.get(..block.depth).ok_or(Malformed)?;
            if block.handler <= here {
                continue;
            }
            let known = self.known(block.handler).ok_or(Malformed)?;
            if below.iter().zip(known.stack.iter()).any(|(&now, &then)| join(now, then) != Some(then)) {
                return Err(ReadError::Incompatible);
            }
        }
        Ok(())
    }

    /// The end of an `async with`, which looks at what is pending with ordinary operations: known as a whole. Gives where it
    /// ends, when it stands `here`.
    fn async_exit(&self, here: usize, state: &mut State) -> Result<Option<usize>, ReadError> {
        let Some(&Block { handler, depth, kind: BlockKind::Finally }) = state.blocks.last() else { return Ok(None) };
        if handler != here || state.stack.len() != depth + 1 {
            return Ok(None);
        }
        let Some(end) = self.exit_code(here)? else { return Ok(None) };
        let manager = depth.checked_sub(1).ok_or(Malformed)?;
        self.may_yield(Op::YieldFrom)?;
        state.blocks.pop();
        state.cut(manager + 1)?;
        state.pop()?;
        // `value how method manager None None None`
        if state.words() + 7 > self.room
            || state.blocks.iter().any(|block| block.kind == BlockKind::With && block.handler <= here)
        {
            return Err(ReadError::Incompatible);
        }
        Ok(Some(end))
    }

    /// Where the code of `ASYNC_EXIT` ends, if it stands `here`.
    fn exit_code(&self, here: usize) -> Result<Option<usize>, ReadError> {
        if self.body.get(here) != Some(&number::DUP_TOP) {
            return Ok(None);
        }
        let (mut at, mut starts, mut targets) = (here, [0; EXIT_LEN], [None; EXIT_LEN]);
        for (number, expected) in ASYNC_EXIT.iter().enumerate() {
            starts[number] = at;
            let (op, target) = self.read(&mut at)?;
            targets[number] = target;
            let same = match (op, *expected) {
                (Op::LoadGlobal(name), Op::LoadGlobal(other)) => name == other || name == q!(".BaseException"),
                (Op::LoadGlobal(name), Op::GetIter) if name == q!(".await") => {
                    let rest = [Op::RotTwo, Op::CallFunction(Args { n_pos: 1, n_kw: 0 })];
                    rest.iter().try_fold(true, |same, op| Ok::<_, ReadError>(self.read(&mut at)?.0 == *op && same))?
                }
                (Op::LoadMethod(_), Op::LoadMethod(_)) | (Op::LoadAttr(_), Op::LoadAttr(_)) => true,
                (Op::PopJumpIfFalse(_), Op::PopJumpIfFalse(_)) | (Op::Jump(_), Op::Jump(_)) => true,
                (op, expected) => op == expected,
            };
            if !same {
                return Ok(None);
            }
        }
        let end = Some(starts[EXIT_LEN - 1]);
        if targets[3] != Some(starts[22]) || targets[18] != end || targets[21] != end {
            return Ok(None);
        }
        Ok(Some(at))
    }

    /// What an operation does to the state; whether the next operation follows it.
    fn step(&mut self, op: Op, here: usize, target: Option<usize>, state: &mut State) -> Result<bool, ReadError> {
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
            Op::DupTop => {
                let word = state.pop_maybe()?;
                state.push(word)?;
                state.push(word)?;
            }
            Op::DupTopTwo => {
                let (b, a) = (state.pop_maybe()?, state.pop_maybe()?);
                for word in [a, b, a, b] {
                    state.push(word)?;
                }
            }
            Op::PopTop => {
                state.pop_any()?;
            }
            Op::RotTwo => {
                let (b, a) = (state.pop_maybe()?, state.pop_maybe()?);
                state.push(b)?;
                state.push(a)?;
            }
            Op::RotThree => {
                let (c, b, a) = (state.pop_maybe()?, state.pop_maybe()?, state.pop_maybe()?);
                for word in [c, a, b] {
                    state.push(word)?;
                }
            }
            Op::Jump(_) => return self.reach(target, state).map(|()| false),
            Op::PopJumpIfTrue(_) | Op::PopJumpIfFalse(_) => {
                state.pop()?;
                self.reach(target, state)?;
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
            Op::SetupFinally(_) => self.set_up(target, BlockKind::Finally, state)?,
            Op::PopExceptJump(_) => {
                if state.blocks.pop().is_none_or(|block| block.kind != BlockKind::Except) {
                    return Err(ReadError::Incompatible);
                }
                return self.reach(target, state).map(|()| false);
            }
            Op::WithCleanup => {
                let block = *state.blocks.last().ok_or(Malformed)?;
                let ended = state.stack.pop();
                let placed = block.handler <= here && self.body.get(here + 1) == Some(&number::END_FINALLY);
                if block.kind != BlockKind::With
                    || ended != Some(Word::Pending)
                    || state.stack.len() != block.depth
                    || !placed
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
                let block = state.blocks.pop().ok_or(Malformed)?;
                let ended = state.stack.pop();
                if block.kind == BlockKind::Finally && ended == Some(Word::None) {
                    // Nothing is pending here.
                    return Ok(true);
                }
                if block.kind == BlockKind::Except && ended == Some(Word::Raised) {
                    // No clause took it, so it is raised again.
                    return Ok(false);
                }
                // A jump that goes on from here has to find every manager's handler ahead, as `unwind` thinks.
                let ahead = state.blocks.iter().all(|block| block.kind != BlockKind::With || block.handler > here);
                if block.kind != BlockKind::Finally
                    || ended != Some(Word::Pending)
                    || state.stack.len() != block.depth
                    || !ahead
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
                self.leaves_stack(here, state)?;
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

    fn may_yield(&self, op: Op) -> Result<(), ReadError> {
        let yields = matches!(op, Op::YieldValue | Op::YieldFrom);
        if yields && !self.flags.has(Flags::GENERATOR) { Err(ReadError::Incompatible) } else { Ok(()) }
    }

    fn push_many(&self, count: usize, state: &mut State) -> Result<(), ReadError> {
        if count > self.room {
            return Err(ReadError::Incompatible);
        }
        (0..count).try_for_each(|_| state.push(Word::Object))
    }

    fn set_up(&mut self, handler: usize, kind: BlockKind, state: &mut State) -> Result<(), ReadError> {
        state.blocks.push(Block { handler, depth: state.stack.len(), kind })?;
        if state.blocks.len() > usize::from(self.n_exc_stack) {
            return Err(ReadError::Incompatible);
        }
        state.push(if kind == BlockKind::Except { Word::Raised } else { Word::Pending })?;
        self.reach(handler, state)?;
        state.stack.pop();
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
                // That of an `async with` takes its manager with it.
                BlockKind::Finally if block.handler > here && self.exit_code(block.handler)?.is_some() => {
                    state.cut(block.depth.checked_sub(1).ok_or(Malformed)?)?;
                }
                BlockKind::Finally => state.cut(block.depth)?,
                BlockKind::With if block.handler > here => state.cut(block.depth - 2)?,
                // The loop would not clear away the manager.
                BlockKind::With => return Err(ReadError::Incompatible),
            }
        }
        if from_for {
            state.pop_iter()?;
        }
        if state.blocks.last().is_some_and(|block| state.stack.len() < block.depth) {
            return Err(ReadError::Incompatible);
        }
        self.reach(to, state)
    }

    /// A return needs its value on top of the stack of every `finally` on the way.
    fn leaves_stack(&self, here: usize, state: &State) -> Result<(), ReadError> {
        let enough = state.blocks.iter().all(|block| block.handler <= here || block.depth < state.stack.len());
        if enough { Ok(()) } else { Err(ReadError::Incompatible) }
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

#[cfg(test)]
mod tests {
    use super::super::read::{Function, read};
    use super::super::write::write;
    use super::check;
    use crate::compile::code::Code;
    use crate::compile::encode::{Kept, encode};
    use crate::compile::op::{self, Local, Op};
    use crate::compile::prelude::Prelude;
    use crate::compile::tables::Tables;
    use crate::compile::{Options, compile};
    use crate::qstr::{Pool, Qstr};

    const PROGRAM: &[u8] = b"
def flow(a, *b, c=1, **d):
    for x in a:
        while x:
            try:
                with a as m, b:
                    if x == 1: continue
                    if x == 2: break
                    for y in (1, 2):
                        try:
                            return lambda: (a, y)
                        except (KeyError, OSError) as e:
                            raise ValueError from e
                        else:
                            continue
                        finally:
                            if c: break
                            yield x
            except:
                del a[0], a.x, x
                raise
            finally:
                q, *r, s = yield from a
                u, v = {k: (v, w) for k, v in d.items() for w in v}, {z for z in a}
                f(*a, 1, k=2, **d)
                a.f(*a, **d).g(x, y=1)
    else:
        return a[1:2:3] or not a and 1 < b < 3
class C:
    def __init__(self):
        super().__init__(1 << 40)
    async def g(self):
        async with self as s:
            async for i in s:
                await i
                try:
                    return i
                finally:
                    break
        for i in s:
            async with self as s, i:
                if i: continue
                if s: break
                while s:
                    async with s: continue
from a import *
from a.b import c, d
assert a[:], 1 if c else 2
";

    #[test]
    fn what_the_compiler_makes_passes_and_broken_files_do_no_harm() {
        let mut pool = Pool::new();
        let module = compile(PROGRAM, "p.py", &mut pool, &Options::FILE).unwrap();
        let file = write(&module, &pool).unwrap();
        assert!(read(&file, 63, &mut pool).is_ok());
        for at in 4..file.len() {
            let mut bad = file.try_clone().unwrap();
            bad[at] ^= 1 << (at % 8);
            let _ = read(&bad, 63, &mut pool);
        }
    }

    fn passes(ops: &[Op], n_state: u16, n_exc_stack: u16) -> bool {
        let mut tables = Tables::default();
        let mut code = Code { n_state, n_exc_stack, name: Qstr(1), ..Code::default() };
        code.bytes = encode(&code, ops, &mut tables, Kept::All).unwrap();
        let prelude = Prelude::read(&code.bytes).unwrap();
        check(&Function { bytes: &code.bytes, prelude, n_children: 0 }, &tables.qstrs, 0, &[]).is_ok()
    }

    #[test]
    fn what_confuses_the_loop_is_refused() {
        use Op::*;
        let (a, b) = (op::Label(0), op::Label(1));
        let end = [LoadNone, ReturnValue];
        assert!(passes(&end, 1, 0));
        // Too much on the stack, too little, a local beyond the frame, no end, no value, no handler.
        assert!(!passes(&[LoadNone, LoadNone, ReturnValue], 1, 0));
        assert!(!passes(&[ReturnValue], 4, 0));
        assert!(!passes(&[LoadFast(Local(3)), ReturnValue], 3, 0));
        assert!(!passes(&[LoadFast(Local(2)), ReturnValue], 3, 0));
        assert!(passes(&[LoadFast(Local(1)), ReturnValue], 3, 0));
        assert!(!passes(&[LoadNone], 4, 0));
        assert!(!passes(&[LoadNull, ReturnValue], 4, 0));
        assert!(!passes(&[LoadNull, Unary(op::Unary::Not), ReturnValue], 4, 0));
        assert!(!passes(&[SetupFinally(a), LoadNone, Label(a), EndFinally, LoadNone, ReturnValue], 4, 0));
        assert!(passes(&[SetupFinally(a), LoadNone, Label(a), EndFinally, LoadNone, ReturnValue], 4, 1));
        // END_FINALLY of what is not pending; a loop over what is no iterator; one that grows; a yield outside a generator.
        assert!(!passes(&[LoadInt(5), EndFinally, LoadNone, ReturnValue], 4, 1));
        assert!(!passes(&[SetupFinally(a), LoadInt(7), Label(a), EndFinally, LoadNone, ReturnValue], 4, 1));
        let over = [
            LoadNone,
            LoadNone,
            LoadNone,
            LoadNone,
            Label(a),
            ForIter(b),
            PopTop,
            Jump(a),
            Label(b),
            LoadNone,
            ReturnValue,
        ];
        assert!(!passes(&over, 9, 0));
        assert!(!passes(&[Label(a), LoadNone, Jump(a)], 9, 0));
        assert!(!passes(&[LoadNone, YieldValue, ReturnValue], 4, 0));
        assert!(!passes(&[Label(a), UnwindJump { to: a, depth: 1, from_for: false }], 4, 1));
    }
}
