//! What is known of the operand stack and of the handlers before an operation.

use super::super::read::ReadError;
use crate::compile::prelude::Malformed;
use crate::mem::{NoMemory, Vec};

/// What is known of a word on the operand stack.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
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

impl Word {
    /// Something with a type.
    pub(super) fn is_object(self) -> bool {
        matches!(self, Word::Object | Word::None | Word::Raised)
    }
}

/// What is known when one or the other lies there; `None` if both at once would confuse the loop.
pub(super) fn join(a: Word, b: Word) -> Option<Word> {
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
pub(super) struct Block {
    pub(super) handler: usize,
    /// Words of the stack below it.
    pub(super) depth: usize,
    pub(super) kind: BlockKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Except,
    Finally,
    With,
    /// A `finally` that ends an `async with`: the manager lies below it.
    AsyncWith,
}

/// What is known before an operation.
#[derive(Default)]
pub(super) struct State {
    pub(super) stack: Vec<Word>,
    pub(super) blocks: Vec<Block>,
    /// How many words of the stack may be two.
    n_pending: usize,
    /// Words that stay as they are: an exception must find them as its handler was promised.
    floor: usize,
}

impl State {
    pub(super) fn copy(&self) -> Result<State, NoMemory> {
        let (stack, blocks) = (self.stack.try_clone()?, self.blocks.try_clone()?);
        Ok(State { stack, blocks, n_pending: self.n_pending, floor: self.floor })
    }

    /// Finds the words that an operation `here` may not touch: those below the innermost handler that is still ahead.
    pub(super) fn settle(&mut self, here: usize) {
        let ahead = self.blocks.iter().rev().find(|block| block.handler > here);
        self.floor = ahead.map_or(0, |block| block.depth);
    }

    /// Words that the stack takes at most.
    pub(super) fn words(&self) -> usize {
        self.stack.len() + self.n_pending
    }

    /// Counts anew, after words were changed in place.
    pub(super) fn count(&mut self) {
        self.n_pending = self.stack.iter().filter(|&&word| word == Word::Pending).count();
    }

    pub(super) fn push(&mut self, word: Word) -> Result<(), ReadError> {
        self.n_pending += usize::from(word == Word::Pending);
        Ok(self.stack.push(word)?)
    }

    /// Pops whatever is there.
    pub(super) fn take(&mut self) -> Result<Word, ReadError> {
        if self.stack.len() <= self.floor {
            return Err(ReadError::Incompatible);
        }
        let word = self.stack.pop().ok_or(Malformed)?;
        self.n_pending -= usize::from(word == Word::Pending);
        Ok(word)
    }

    /// The word `depth` below the top: an object or nothing.
    pub(super) fn peek(&self, depth: usize) -> Result<Word, ReadError> {
        let word = self.stack.iter().rev().nth(depth).copied();
        word.filter(|word| word.is_object() || matches!(word, Word::Null | Word::Maybe)).ok_or(ReadError::Incompatible)
    }

    /// Turns the last `count` words around by one: the top comes below the others.
    pub(super) fn turn(&mut self, count: usize) -> Result<(), ReadError> {
        let start = self.stack.len().checked_sub(count).ok_or(Malformed)?;
        (0..count).try_for_each(|depth| self.peek(depth).map(|_| ()))?;
        self.stack.get_mut(start..).ok_or(Malformed)?.rotate_right(1);
        Ok(())
    }

    /// Pops anything but what is pending.
    pub(super) fn pop_any(&mut self) -> Result<Word, ReadError> {
        match self.take()? {
            Word::Pending => Err(ReadError::Incompatible),
            word => Ok(word),
        }
    }

    /// Pops an object or nothing.
    pub(super) fn pop_maybe(&mut self) -> Result<Word, ReadError> {
        match self.pop_any()? {
            Word::Iter(_) => Err(ReadError::Incompatible),
            word => Ok(word),
        }
    }

    pub(super) fn pop(&mut self) -> Result<(), ReadError> {
        if self.pop_any()?.is_object() { Ok(()) } else { Err(ReadError::Incompatible) }
    }

    pub(super) fn pop_many(&mut self, count: usize) -> Result<(), ReadError> {
        (0..count).try_for_each(|_| self.pop())
    }

    /// Pops the four words of a loop: those of GET_ITER_STACK, or an iterator object as comprehensions put it there.
    pub(super) fn pop_iter(&mut self) -> Result<[Word; 4], ReadError> {
        use Word::{Iter, Maybe, Null, Object};
        let (d, c, b, a) = (self.pop_any()?, self.pop_any()?, self.pop_any()?, self.pop_any()?);
        match [a, b, c, d] {
            words @ ([Iter(0), Iter(1), Iter(2), Iter(3)] | [Null, Object, Null | Maybe, Null | Maybe]) => Ok(words),
            _ => Err(ReadError::Incompatible),
        }
    }

    /// Whether the handlers of all managers are ahead: a jump that goes on from here has to find them so, as it was thought.
    pub(super) fn managers_ahead(&self, here: usize) -> bool {
        self.blocks.iter().all(|block| match block.kind {
            BlockKind::Except | BlockKind::Finally => true,
            BlockKind::With | BlockKind::AsyncWith => block.handler > here,
        })
    }

    /// Drops what lies above the first `depth` words.
    pub(super) fn cut(&mut self, depth: usize) -> Result<(), ReadError> {
        if depth > self.stack.len() {
            return Err(ReadError::Incompatible);
        }
        self.stack.truncate(depth);
        self.count();
        Ok(())
    }
}
