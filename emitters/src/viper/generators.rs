//! Generators: machine code that returns at each `yield` and is entered again there.
//!
//! A generator is one part, entered as a door is. While it waits, its locals and operands lie in its frame on the heap as
//! the words that they are, floats as their bits: local n is n words below local 0, the operands grow up from the frame's
//! second word, and what is sent comes in the first. The frame's `ip` has the number of the `yield`, and of the operand
//! that a `yield from` waits for. Arguments become words when it first runs.

use super::parts::is_given;
use super::{Viper, class};
use crate::live::Live;
use crate::target;
use crate::vty::Ty;
use crate::word;
use ir::{Alu, Block, Cc, Class, Func, Inst, V, Width};
use vm::compile::emitter::EmitError;
use vm::compile::op::{Local, Op};
use vm::mem::Vec;
use vm::run::helpers::Helper;
use vm::run::layout;
use vm::types::generator::YIELD_BITS;
use vm::value::Obj;

/// Where a generator keeps what it needs again.
pub struct Waiting {
    /// The address of local 0, in its frame.
    frame: V,
    /// Where it goes on, by the number of the `yield`; the first is its start.
    resumes: Vec<Block>,
    live: Live,
}

impl Viper<'_> {
    /// The whole generator.
    pub fn generator(mut self) -> Result<Func, EmitError> {
        let frame = self.b.param(Class::Word);
        let ops = &self.unit.code.ops;
        let live = Live::new(ops, self.shape, self.locals.len())?;
        self.entry();
        for at in 0..self.locals.len() {
            let (local, ty) = self.local(Local(at as u16));
            self.clear(local, ty);
        }
        self.begin();
        let yields = ops.iter().filter(|op| is_yield(**op)).count();
        if yields + 1 >= 1 << YIELD_BITS {
            return Err(EmitError::Refused);
        }
        let mut resumes = Vec::with_capacity(yields + 1)?;
        for _ in 0..=yields {
            resumes.push(self.b.block())?;
        }
        self.waiting = Some(Waiting { frame, resumes: resumes.try_clone()?, live });
        let place = self.b.load(Width::Word, frame, self.frame_offset() + layout::frame::IP as i32);
        let number = self.b.alu(Alu::And, place, (1 << YIELD_BITS) - 1);
        let start = resumes.first().copied().unwrap_or(Block::FIRST);
        self.b.switch(number, &resumes, start);
        self.b.start(start);
        for at in (0..self.locals.len()).filter(|at| self.unit.code.locals.get(*at).is_some_and(is_given)) {
            let (local, ty) = self.local(Local(at as u16));
            let object = self.b.load(Width::Word, frame, -(at as i32) * word::BYTES);
            let value = if ty == Ty::Object { object } else { self.unbox(object, ty) };
            self.b.copy(local, value);
        }
        self.body();
        // Places to go on at that nothing leads to still need an end.
        for block in resumes {
            if !self.b.is_filled(block) {
                self.b.start(block);
                self.leave_raised();
            }
        }
        self.finish()
    }

    /// Bytes from local 0 to the frame.
    fn frame_offset(&self) -> i32 {
        let n_state = i32::from(self.unit.code.n_state);
        -(n_state - 1) * word::BYTES - layout::frame::SIZE as i32
    }

    /// Bytes from local 0 to word `at` of the frame.
    fn word_offset(&self, at: usize) -> i32 {
        self.frame_offset() + layout::frame::SIZE as i32 + at as i32 * word::BYTES
    }

    /// The number of the current op among the `yield`s, from 1.
    fn yield_number(&self) -> usize {
        self.unit.code.ops.iter().take(self.at + 1).filter(|op| is_yield(**op)).count()
    }

    /// What has to be there again behind a `yield`: registers, and where they lie meanwhile.
    fn kept(&mut self) -> Vec<(V, i32)> {
        let mut kept = Vec::new();
        for (depth, operand) in self.stack.items().iter().enumerate() {
            let home = self.homes.of(&mut self.b, depth, class(operand.ty));
            let off = self.word_offset(depth + 1);
            self.b.held(kept.push((home, off)));
        }
        // Where bytecode would have an exception block for each handler at work: two words.
        let (mut scope, mut off) = (self.scope(), 0);
        while let Some(this) = scope.and_then(|id| self.shape.scope(id)) {
            if let Some(&before) = self.before_caught.get(this.block).filter(|_| this.active) {
                let both = [(before, off + word::BYTES), (self.answer, off + 2 * word::BYTES)];
                self.b.held(kept.extend(both));
                off += 2 * word::BYTES;
            }
            scope = this.outer;
        }
        let Some(waiting) = &self.waiting else { return kept };
        for (at, &local) in self.locals.iter().enumerate() {
            if waiting.live.is_live(self.at, at) {
                self.b.held(kept.push((local, -(at as i32) * word::BYTES)));
            }
        }
        kept
    }

    /// Puts locals and operands away, gives `value` to who resumed it, and goes on there when it is resumed again: with
    /// what was sent. `iterator` is the word of the frame with what it delegates to.
    fn wait(&mut self, value: V, iterator: usize) -> Option<V> {
        self.all_home();
        let number = self.yield_number();
        let waiting = self.waiting.as_ref()?;
        let (frame, block) = (waiting.frame, waiting.resumes.get(number).copied()?);
        let kept = self.kept();
        for &(v, off) in kept.iter() {
            match self.b.class(v) {
                Class::Word => self.b.store(Width::Word, v, frame, off),
                Class::Float => self.b.fstore(target::FWIDTH, v, frame, off),
            }
        }
        let place = self.b.int((number | iterator << YIELD_BITS) as i64);
        self.b.store(Width::Word, place, frame, self.frame_offset() + layout::frame::IP as i32);
        self.b.ret(Some(value));
        self.b.start(block);
        for (v, off) in kept {
            self.b.push(match self.b.class(v) {
                Class::Word => Inst::Load { w: Width::Word, d: v, base: frame, off },
                Class::Float => Inst::FLoad { w: target::FWIDTH, d: v, base: frame, off },
            });
        }
        Some(self.b.load(Width::Word, frame, self.word_offset(0)))
    }

    /// All operands to their homes, as what they are.
    fn all_home(&mut self) {
        let mut types = Vec::new();
        self.b.held(types.extend(self.stack.items().iter().map(|operand| operand.ty)));
        self.go_home(&types);
        self.at_home(types);
    }

    pub fn yield_value(&mut self) {
        let value = self.pop();
        let value = self.object(value);
        let Some(sent) = self.wait(value, 0) else { return };
        let thrown = self.raising(None);
        self.b.exit(Cc::Eq, sent, word::imm(Obj::NULL), thrown);
        self.push_object(sent);
    }

    pub fn yield_from(&mut self) {
        let (first, iter) = (self.pop(), self.pop());
        let (sent, value) = (self.b.word(), self.b.word());
        let first = self.object(first);
        self.b.copy(sent, first);
        self.push_operand(iter);
        self.all_home();
        let (again, waits, done, thrown) = (self.b.block(), self.b.block(), self.b.block(), self.b.block());
        self.b.start(again);
        let Some(iter) = self.stack.peek(0) else { return };
        let iter = self.reg(iter);
        let given = self.call(Helper::SendInto, &[iter, sent]);
        self.b.copy(value, given);
        self.b.start(waits);
        self.b.exit(Cc::Eq, value, word::imm(Obj::NULL), done);
        let depth = self.stack.len();
        let Some(new) = self.wait(value, depth) else { return };
        self.b.copy(sent, new);
        self.b.br(Cc::Eq, sent, word::imm(Obj::NULL), thrown, again);
        self.b.start(thrown);
        let given = self.call(Helper::ThrowInto, &[iter]);
        self.b.copy(value, given);
        self.b.jump(waits);
        self.b.start(done);
        self.pop();
        let result = self.call_or(Helper::StopValue, &[], None);
        self.push_object(result);
    }

    /// Ends the generator with its result.
    pub fn end_generator(&mut self, result: V) {
        let ended = self.call_or(Helper::GeneratorEnd, &[result], None);
        self.b.ret(Some(ended));
    }
}

fn is_yield(op: Op) -> bool {
    matches!(op, Op::YieldValue | Op::YieldFrom)
}
