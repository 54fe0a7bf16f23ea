//! Whether the bytecode of a function from a file may be run in place: the loop trusts its jumps, locals and stack.
//!
//! All paths are walked with the kinds of what lies on the operand stack and with the handlers that are set up, until
//! nothing new is found out. What upstream's compiler and ours make passes; what could confuse the loop does not. The work
//! is bounded by the length of the bytecode.

mod async_with;
mod state;
mod step;
#[cfg(test)]
mod tests;

use super::read::{Function, ReadError};
use crate::compile::code::Flags;
use crate::compile::decode::{self, Glance, glance};
use crate::compile::number;
use crate::compile::op::Op;
use crate::compile::prelude::{Malformed, uint};
use crate::mem::Vec;
use crate::qstr::Qstr;
use state::{State, join};

/// Steps that a byte of bytecode may take, and those that any function may: what compilers make takes a few. A step is an
/// operation that is looked at, or a word of a stack that is copied or compared.
const STEPS: (usize, usize) = (256, 4096);

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
    let mut flow = Flow {
        flags: prelude.flags,
        n_exc_stack: u16::try_from(prelude.n_exc_stack).map_err(|_| Malformed)?.into(),
        n_pos,
        names,
        n_consts,
        body,
        places: Vec::new(),
        waiting: Vec::new(),
        room: 0,
        steps: body.len().saturating_mul(STEPS.0).saturating_add(STEPS.1),
    };
    let mut n_locals = prelude.n_pos_args + prelude.n_kwonly_args;
    n_locals += [Flags::VAR_ARGS, Flags::VAR_KEYWORDS].iter().filter(|flag| flow.flags.has(**flag)).count();
    let cells = bytes.get(prelude.cells.clone()).ok_or(Malformed)?;
    n_locals = cells.iter().fold(n_locals, |most, &cell| most.max(usize::from(cell) + 1));
    n_locals = n_locals.max(flow.find_places()?);
    // Locals and operand stack grow towards each other.
    let n_state = u16::try_from(prelude.n_state).map_err(|_| Malformed)?;
    flow.room = usize::from(n_state).checked_sub(n_locals).ok_or(Malformed)?;
    if flow.places.is_empty() {
        return flow.walk(0, usize::MAX, State::default());
    }
    flow.reach(0, &State::default())?;
    while let Some(start) = flow.waiting.pop() {
        flow.walk_from(start)?;
    }
    Ok(())
}

/// A place where an operation starts, and what is known there once it has been reached.
struct Place {
    at: usize,
    known: Option<State>,
    /// It stands in `waiting`.
    waits: bool,
}

struct Flow<'a> {
    flags: Flags,
    n_exc_stack: usize,
    /// How many arguments the functions made by this one take.
    n_pos: &'a [u16],
    names: &'a [Qstr],
    n_consts: usize,
    body: &'a [u8],
    /// The start, and where jumps go, in order; none in code without jumps.
    places: Vec<Place>,
    /// Places still to be walked from.
    waiting: Vec<usize>,
    /// Words of the operand stack.
    room: usize,
    /// Steps that are left.
    steps: usize,
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

    fn spend(&mut self, steps: usize) -> Result<(), ReadError> {
        self.steps = self.steps.checked_sub(steps).ok_or(Malformed)?;
        Ok(())
    }

    /// Goes past all operations: finds where jumps go, and how many locals there are.
    fn find_places(&mut self) -> Result<usize, ReadError> {
        let (mut targets, mut n_locals) = (Vec::new(), 0);
        let mut at = 0;
        while at < self.body.len() {
            match glance(self.body, &mut at)? {
                Glance::Other => {}
                Glance::Local(n) => n_locals = n_locals.max(n.checked_add(1).ok_or(Malformed)?),
                Glance::Jump(target) => targets.push(target)?,
            }
        }
        if !targets.is_empty() {
            targets.push(0)?;
        }
        targets.sort_unstable();
        let mut start = 0;
        for &at in &targets {
            // A jump into the middle of an operation would find other operations.
            while start < at {
                glance(self.body, &mut start)?;
            }
            if start != at || at >= self.body.len() {
                return Err(ReadError::Incompatible);
            }
            if self.places.last().is_none_or(|last: &Place| last.at != at) {
                self.places.push(Place { at, known: None, waits: false })?;
            }
        }
        Ok(n_locals)
    }

    /// The number of the place at `at`.
    fn place(&self, at: usize) -> Option<usize> {
        self.places.binary_search_by_key(&at, |place| place.at).ok()
    }

    fn known(&self, at: usize) -> Option<&State> {
        self.places.get(self.place(at)?)?.known.as_ref()
    }

    /// Notes that the operation at `at` is reached in `state`.
    fn reach(&mut self, at: usize, state: &State) -> Result<(), ReadError> {
        if state.words() > self.room {
            return Err(ReadError::Incompatible);
        }
        self.spend(state.stack.len() + state.blocks.len())?;
        let number = self.place(at).ok_or(Malformed)?;
        let place = self.places.get_mut(number).ok_or(Malformed)?;
        let changed = match &mut place.known {
            Some(known) if known.stack.len() == state.stack.len() && known.blocks == state.blocks => {
                let mut changed = false;
                for (old, &new) in known.stack.iter_mut().zip(state.stack.iter()) {
                    let both = join(*old, new).ok_or(Malformed)?;
                    changed |= both != *old;
                    *old = both;
                }
                known.count();
                changed
            }
            Some(_) => return Err(ReadError::Incompatible),
            known @ None => {
                *known = Some(state.copy()?);
                true
            }
        };
        if changed && !core::mem::replace(&mut place.waits, true) {
            self.waiting.push(number)?;
        }
        Ok(())
    }

    /// Where the place of a number is.
    fn start_of(&self, number: usize) -> usize {
        self.places.get(number).map_or(usize::MAX, |place| place.at)
    }

    /// Walks from a place up to the next, or to where the flow ends.
    fn walk_from(&mut self, start: usize) -> Result<(), ReadError> {
        let place = self.places.get_mut(start).ok_or(Malformed)?;
        place.waits = false;
        let (at, known) = (place.at, place.known.as_ref().ok_or(Malformed)?);
        let state = known.copy()?;
        self.spend(state.stack.len() + state.blocks.len())?;
        self.walk(at, self.start_of(start + 1), state)
    }

    /// Walks from `at` up to the place `until`, or to where the flow ends.
    fn walk(&mut self, mut at: usize, mut until: usize, mut state: State) -> Result<(), ReadError> {
        loop {
            let here = at;
            self.spend(1 + state.blocks.len())?;
            state.settle(here);
            if let Some(end) = self.async_exit(here, &mut state)? {
                at = end;
                until = self.start_of(self.places.partition_point(|place| place.at < at));
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
            if at == until {
                return self.reach(at, &state);
            }
        }
    }
}
