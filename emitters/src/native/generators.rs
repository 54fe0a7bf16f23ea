//! Generators: machine code that returns at each `yield` and is entered again there.
//!
//! While it waits, a generator's locals and operands lie in its frame on the heap: local n is n words below local 0, the
//! operands grow up from the frame's second word, and what is sent comes in the first. The frame's `ip` has the number of
//! the `yield`, and of the operand that a `yield from` waits for. Going on means
//! the fast version, where that comes by at all, with nothing known about types.

use super::*;
use vm::types::generator::YIELD_BITS;

/// Whether the frame's `ip` can say where each `yield` waits.
pub(super) fn can_wait(code: &Code) -> bool {
    let yields = code.ops.iter().filter(|op| is_yield(op)).count();
    let fits = |number: usize| number < 1 << YIELD_BITS;
    yields == 0 || fits(yields + 1) && fits(usize::from(code.n_state))
}

fn is_yield(op: &Op) -> bool {
    matches!(op, Op::YieldValue | Op::YieldFrom)
}

impl<'a> Native<'a> {
    /// Goes on at the `yield` that the frame says, or at the start.
    pub(super) fn enter_generator(&mut self, locals: V, n_params: usize) {
        self.frame = Some(locals);
        let yields = self.given.ops.iter().filter(|op| is_yield(op)).count();
        for _ in 0..=yields {
            let block = self.b.block();
            self.b.held(self.resumes.push(block));
        }
        let place = self.b.load(Width::Word, locals, self.frame_offset() + layout::frame::IP as i32);
        let number = self.b.alu(Alu::And, place, (1 << YIELD_BITS) - 1);
        let start = self.resumes.first().copied().unwrap_or(Block::FIRST);
        self.b.switch(number, &self.resumes, start);
        self.b.start(start);
        for local in 0..self.words.len() {
            if let Some(v) = self.words.get(local).copied() {
                self.load_param(locals, n_params, local, v);
            }
        }
    }

    /// Bytes from local 0 to the frame.
    fn frame_offset(&self) -> i32 {
        let n_state = i32::from(self.given.unit.code.n_state);
        -(n_state - 1) * word::BYTES - layout::frame::SIZE as i32
    }

    /// Bytes from local 0 to word `at` of the frame.
    fn word_offset(&self, at: usize) -> i32 {
        self.frame_offset() + layout::frame::SIZE as i32 + at as i32 * word::BYTES
    }

    /// Places to go on at that nothing leads to still need an end.
    pub(super) fn fill_resumes(&mut self) {
        for block in core::mem::take(&mut self.resumes) {
            if !self.b.is_filled(block) {
                self.b.start(block);
                let zero = self.b.int(0);
                self.b.ret(Some(zero));
            }
        }
    }

    /// The number of the current op among the `yield`s, from 1.
    fn yield_number(&self) -> usize {
        let before = self.given.ops.iter().take(self.at + 1);
        before.filter(|op| is_yield(op)).count()
    }

    /// Everything to where it is as a word; nothing is known about types from here on.
    fn forget_types(&mut self) {
        let block = self.b.block();
        let depth = self.now.stack.len();
        self.resume_at(block, depth);
        self.renew();
    }

    /// Error edges from here on are those of the state as it is now.
    fn renew(&mut self) {
        self.exit = None;
        self.error = None;
        self.b.held(self.before.copy_from(&self.now));
    }

    /// Puts locals and all operands away and returns `value`. `iterator` is the frame's word with what it delegates to.
    fn wait(&mut self, value: V, iterator: usize) {
        let Some(frame) = self.frame else { return };
        for at in 0..self.now.stack.len() {
            let Some(operand) = self.now.stack.items().get(at).copied() else { continue };
            let v = self.word_of(operand);
            let off = self.word_offset(at + 1);
            self.b.store(Width::Word, v, frame, off);
        }
        for local in 0..self.given.n_locals {
            if self.given.live.is_live(self.at, local)
                && let Some(v) = self.words.get(local).copied()
            {
                self.b.store(Width::Word, v, frame, -(local as i32) * word::BYTES);
            }
        }
        for (v, off) in self.handlers() {
            self.b.store(Width::Word, v, frame, off);
        }
        let place = self.b.int((self.yield_number() | iterator << YIELD_BITS) as i64);
        self.b.store(Width::Word, place, frame, self.frame_offset() + layout::frame::IP as i32);
        self.b.ret(Some(value));
    }

    /// Starts where the current `yield` goes on (unless the fast version has done that), with `depth` operands back in place; gives what was sent.
    fn go_on(&mut self, depth: usize) -> Option<V> {
        let (frame, block) = (self.frame?, self.resumes.get(self.yield_number()).copied()?);
        if self.b.is_filled(block) {
            return None;
        }
        self.b.start(block);
        for at in 0..depth {
            let home = self.homes.of(&mut self.b, at, Class::Word);
            let off = self.word_offset(at + 1);
            self.b.push(ir::Inst::Load { w: Width::Word, d: home, base: frame, off });
        }
        for local in 0..self.given.n_locals {
            if self.given.live.is_live(self.at, local)
                && let Some(v) = self.words.get(local).copied()
            {
                self.b.push(ir::Inst::Load { w: Width::Word, d: v, base: frame, off: -(local as i32) * word::BYTES });
            }
        }
        for (v, off) in self.handlers() {
            self.b.push(ir::Inst::Load { w: Width::Word, d: v, base: frame, off });
        }
        Some(self.b.load(Width::Word, frame, self.word_offset(0)))
    }

    /// What only registers know of the handlers that are at work here, and where in the frame it waits: bytecode would have
    /// its exception blocks there, one for each of them.
    fn handlers(&mut self) -> Vec<(V, i32)> {
        let mut all = Vec::new();
        let mut scope = self.scope_now();
        while let Some(this) = scope.and_then(|id| self.given.shape.scope(id)) {
            if this.active {
                let state = [self.before_caught.get(this.level), self.returned.get(this.level)];
                for v in state.into_iter().flatten() {
                    let off = (all.len() as i32 + 1) * word::BYTES;
                    self.b.held(all.push((*v, off)));
                }
            }
            scope = this.outer;
        }
        all
    }

    pub(super) fn yield_value(&mut self) {
        self.forget_types();
        let value = self.pop_word();
        self.wait(value, 0);
        let depth = self.now.stack.len();
        let Some(sent) = self.go_on(depth) else { return };
        self.renew();
        let error = self.error();
        self.b.exit(Cc::Eq, sent, word::imm(Obj::NULL), error);
        self.push(sent, Ty::Any);
    }

    pub(super) fn yield_from(&mut self) {
        self.forget_types();
        let (sent, iter) = (self.pop_word(), self.pop_word());
        self.push(iter, Ty::Any);
        let (again, waits, done) = (self.b.block(), self.b.block(), self.b.block());
        let value = self.b.word();
        self.b.start(again);
        let given = self.call(Helper::SendInto, &[iter, sent]);
        self.b.copy(value, given);
        self.b.start(waits);
        self.b.exit(Cc::Eq, value, word::imm(Obj::NULL), done);
        let depth = self.now.stack.len();
        self.wait(value, depth);
        if let Some(new) = self.go_on(depth) {
            self.b.copy(sent, new);
            let thrown = self.b.block();
            self.b.br(Cc::Eq, sent, word::imm(Obj::NULL), thrown, again);
            self.b.start(thrown);
            let given = self.call(Helper::ThrowInto, &[iter]);
            self.b.copy(value, given);
            self.b.jump(waits);
        }
        self.b.start(done);
        self.pop();
        let result = self.run(Helper::StopValue, &[]);
        self.push(result, Ty::Any);
    }
}
