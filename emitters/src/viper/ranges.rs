//! Loops over `range(...)` whose step is not known: they count rounds, so neither end nor sign is looked at in the loop.
//!
//! In the loop the iterator's place holds the next number, and the places behind it the rounds that are left and the step.

use super::Viper;
use crate::operand::{Operand, Value};
use crate::vty::Ty;
use ir::{Alu, Cc, Inst, V};
use vm::compile::op::{ITER_SLOTS, Label};
use vm::mem::Vec;
use vm::run::helpers::Helper;

/// What a loop goes over.
pub struct Counting {
    next: V,
    rounds: V,
    step: V,
}

impl Viper<'_> {
    /// `range(...)` of `count` numbers on the stack for the loop that follows. False if some are no numbers.
    pub fn count_range(&mut self, count: usize) -> bool {
        let is_range = matches!(self.stack.peek(count), Some(Operand { ty: Ty::Range, .. }));
        let whole = |depth| self.stack.peek(depth).is_some_and(|operand| operand.ty.whole().is_some());
        if !is_range || !(0..count).all(whole) {
            return false;
        }
        self.settle_flag();
        let operands = self.pop_many(count + 1);
        let mut words = Vec::new();
        for &operand in operands.iter().skip(1) {
            let word = self.reg(operand);
            self.b.held(words.push(word));
        }
        let (start, stop, step) = match words[..] {
            [stop] => (self.b.int(0), stop, self.b.int(1)),
            [start, stop] => (start, stop, self.b.int(1)),
            [start, stop, step] => (start, stop, step),
            _ => return false,
        };
        let next = self.b.word();
        self.b.copy(next, start);
        let rounds = self.b.word();
        self.b.set_int(rounds, 0);
        let (up, down, done) = (self.b.block(), self.b.block(), self.b.block());
        let zero = self.raising(Some(Helper::ZeroStep));
        self.b.exit(Cc::Eq, step, 0, zero);
        self.b.br(Cc::Gt, step, 0, up, down);
        self.b.start(up);
        self.b.exit(Cc::Ge, start, stop, done);
        let span = self.b.alu(Alu::Sub, stop, start);
        self.rounds(span, step, rounds);
        self.b.jump(done);
        self.b.start(down);
        self.b.exit(Cc::Le, start, stop, done);
        let (span, back) = (self.b.alu(Alu::Sub, start, stop), self.b.un(ir::Un::Neg, step));
        self.rounds(span, back, rounds);
        self.b.jump(done);
        self.b.start(done);
        self.counting = Some(Counting { next, rounds, step });
        self.push(Value::Int(0), Ty::Range);
        true
    }

    /// `rounds = (span - 1) / step + 1`, unsigned; `span` is not zero.
    fn rounds(&mut self, span: V, step: V, rounds: V) {
        let whole = self.b.alu(Alu::Sub, span, 1);
        let steps = self.b.alu(Alu::Udiv, whole, step);
        self.b.push(Inst::Alu { op: Alu::Add, d: rounds, a: steps, b: 1.into() });
    }

    /// The range just made takes the places of an iterator. False if it is another iterator that the loop takes.
    pub fn start_counting(&mut self) -> bool {
        if !matches!(self.stack.peek(0), Some(Operand { ty: Ty::Range, .. })) {
            return false;
        }
        let Some(Counting { next, rounds, step }) = self.counting.take() else { return false };
        self.stack.pop();
        self.push(Value::Reg(next), Ty::Range);
        self.push(Value::Reg(rounds), Ty::INT);
        self.push(Value::Reg(step), Ty::INT);
        self.push(Value::Int(0), Ty::INT);
        true
    }

    /// The next number, or on behind the loop. False if the loop goes over something else.
    pub fn count_on(&mut self, to: Label) -> bool {
        let places = self.stack.len().saturating_sub(ITER_SLOTS as usize);
        let Some([next, rounds, step, _]) = self.stack.items().get(places..).and_then(|items| items.first_chunk())
        else {
            return false;
        };
        if next.ty != Ty::Range {
            return false;
        }
        let (next, rounds, step) = (*next, *rounds, *step);
        let (next, rounds, step) = (self.reg(next), self.reg(rounds), self.reg(step));
        let (none, on) = (self.b.block(), self.b.block());
        self.b.br(Cc::Eq, rounds, 0, none, on);
        self.b.start(none);
        let stack = self.stack_copied();
        self.stack.truncate(places);
        self.jump(to);
        self.stack = stack;
        self.b.start(on);
        let item = self.b.word();
        self.b.copy(item, next);
        self.b.push(Inst::Alu { op: Alu::Add, d: next, a: next, b: step.into() });
        self.b.push(Inst::Alu { op: Alu::Sub, d: rounds, a: rounds, b: 1.into() });
        self.push(Value::Reg(item), Ty::INT);
        true
    }
}
