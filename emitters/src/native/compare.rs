//! Comparisons.

use super::*;
use vm::compile::op::Binary;

impl<'a> Native<'a> {
    /// An ordering or equality; the conditional jump that may follow is done at once.
    pub(super) fn compare(&mut self, op: Binary, cc: Cc, a: Operand<Ty>, b: Operand<Ty>) {
        let number = |ty| matches!(ty, Ty::Int | Ty::Float);
        let ordering = cc != Cc::Eq && cc != Cc::Ne;
        let guess = self.guesses() && ordering;
        match (a.ty, b.ty) {
            (Ty::Int, Ty::Int) => {
                let (a, b) = (self.word_of(a), self.right(b));
                self.decide(|n, yes, no| n.b.br(cc, a, b, yes, no));
            }
            (x, y) if number(x) && number(y) && (x == y || self.guesses()) => {
                // An int that no float is would be rounded.
                let (a, b) = (self.guard_exact(a), self.guard_exact(b));
                self.decide(|n, yes, no| n.b.fbr(word::float_condition(cc), a, b, yes, no));
            }
            (Ty::Int, Ty::Any) | (Ty::Any, Ty::Int) if guess => {
                let (a, b) = (self.guard_int(a), self.guarded_int(b));
                let b = self.right(b);
                self.decide(|n, yes, no| n.b.br(cc, a, b, yes, no));
            }
            (Ty::Float, Ty::Any) | (Ty::Any, Ty::Float) if guess => {
                let (a, b) = (self.guard_number(a), self.guard_number(b));
                self.decide(|n, yes, no| n.b.fbr(word::float_condition(cc), a, b, yes, no));
            }
            _ => {
                let operands = [self.at_hand(a), self.at_hand(b)];
                self.compare_words(op, cc, operands);
            }
        }
    }

    /// Compares any objects. Where a jump follows only the answer's truth counts; else it is any object.
    fn compare_words(&mut self, op: Binary, cc: Cc, operands: [Operand<Ty>; 2]) {
        let slow = self.b.cold_block();
        let error = self.error();
        if self.jumps_next() {
            return self.decide(|n, yes, no| {
                n.branch_words(cc, operands, yes, no, slow);
                n.later(move |n: &mut Native<'a>| {
                    n.b.start(slow);
                    n.compare_slow(op, operands, [yes, no], error);
                });
            });
        }
        let (d, join) = (self.b.word(), self.b.block());
        let (yes, no) = (self.b.block(), self.b.block());
        self.branch_words(cc, operands, yes, no, slow);
        self.b.start(yes);
        self.b.set_int(d, word::bits(Obj::TRUE));
        self.b.jump(join);
        self.b.start(no);
        self.b.set_int(d, word::bits(Obj::FALSE));
        self.b.start(join);
        self.put_off_binary(op, operands, d, slow, join);
        self.push(d, Ty::Any);
    }

    fn branch_words(&mut self, cc: Cc, operands: [Operand<Ty>; 2], yes: Block, no: Block, slow: Block) {
        let [a, b] = operands;
        let others = if self.is_general() { slow } else { self.b.block() };
        self.unless_ints(operands, others);
        let (x, y) = (self.word_of(a), self.right(b));
        self.b.br(cc, x, y, yes, no);
        if self.is_general() {
            return;
        }
        self.b.start(others);
        let (a, b) = (self.word_of(a), self.word_of(b));
        if cc == Cc::Eq || cc == Cc::Ne {
            // Equal words of names mean equal names; of other objects (a NaN in a box) they need not.
            for word in [a, b] {
                let tag = self.b.alu(Alu::And, word, word::NAME_MASK);
                self.b.exit(Cc::Ne, tag, word::NAME_TAG, slow);
            }
            self.b.br(cc, a, b, yes, no);
        } else {
            word::unless_floats(&mut self.b, [a, b], slow);
            let (x, y) = (word::decode(&mut self.b, a), word::decode(&mut self.b, b));
            self.b.fbr(word::float_condition(cc), x, y, yes, no);
        }
    }

    fn compare_slow(&mut self, op: Binary, operands: [Operand<Ty>; 2], [yes, no]: [Block; 2], error: Block) {
        let [a, b] = operands.map(|operand| self.word_of(operand));
        let op = self.b.int(op as i64);
        let args = [self.vm, op, a, b];
        let answer = self.b.call_or(helpers::number(Helper::Compare), &args, error);
        self.b.br(Cc::Eq, answer, vm::run::helpers::YES as i32, yes, no);
    }

    /// `in`, and matching of exceptions: always a truth value.
    pub(super) fn compare_other(&mut self, op: Binary, a: Operand<Ty>, b: Operand<Ty>) {
        let operands = [self.at_hand(a), self.at_hand(b)];
        let error = self.error();
        self.decide(|n, yes, no| n.compare_slow(op, operands, [yes, no], error));
    }

    pub(super) fn is(&mut self, a: Operand<Ty>, b: Operand<Ty>) {
        let (a, b) = (self.word_of(a), self.right(b));
        self.decide(|n, yes, no| n.b.br(Cc::Eq, a, b, yes, no));
    }
}
