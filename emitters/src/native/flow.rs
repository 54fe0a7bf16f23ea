//! Jumps and conditions.

use super::*;
use vm::compile::op::Unary;

impl<'a> Native<'a> {
    /// Jumps to a label; looks for what waits to be done when that is backwards.
    pub(super) fn go_to(&mut self, label: Label) {
        if self.given.shape.at(label).is_some_and(|to| to < self.at) {
            self.poll();
        }
        self.arrive(label);
    }

    fn poll(&mut self) {
        let pending = self.b.load(Width::U32, self.vm, layout::vm::PENDING as i32);
        let (waits, on) = (self.b.cold_block(), self.b.block());
        self.b.exit(Cc::Ne, pending, 0, waits);
        self.b.start(on);
        let error = self.error();
        self.later(move |n: &mut Native<'a>| {
            n.b.start(waits);
            let args = [n.vm];
            n.b.run(helpers::number(Helper::Poll), &args);
            let waiting = n.b.load(Width::Word, n.vm, layout::vm::EXCEPTION as i32);
            n.b.exit(Cc::Ne, waiting, word::imm(Obj::NULL), error);
            n.b.jump(on);
        });
    }

    /// `PopJumpIfTrue`, `PopJumpIfFalse`
    pub(super) fn jump_if(&mut self, label: Label, sense: bool) {
        let operand = self.pop();
        let (taken, next) = (self.b.block(), self.b.block());
        if sense {
            self.test(operand, taken, next)
        } else {
            self.test(operand, next, taken)
        }
        self.after_test(label, taken, next);
    }

    /// The current block has branched to `taken`, which goes on to the label, and `next`.
    fn after_test(&mut self, label: Label, taken: Block, next: Block) {
        let state = self.snapshot();
        self.b.start(taken);
        self.go_to(label);
        self.now = state;
        self.b.start(next);
    }

    pub(super) fn jump_or_pop(&mut self, label: Label, sense: bool) {
        let Some(operand) = self.now.stack.peek(0) else { return };
        let (taken, next) = (self.b.block(), self.b.block());
        if sense {
            self.test(operand, taken, next)
        } else {
            self.test(operand, next, taken)
        }
        self.after_test(label, taken, next);
        self.now.stack.pop();
    }

    /// Branches on the truth of an operand.
    pub(super) fn test(&mut self, operand: Operand<Ty>, yes: Block, no: Block) {
        match (operand.value, operand.ty) {
            (Value::Int(value), _) => self.b.jump(if value != 0 { yes } else { no }),
            (Value::Float(value), _) => self.b.jump(if value != 0.0 { yes } else { no }),
            (Value::Reg(v), Ty::Float) => {
                let zero = self.b.float_const(0.0);
                self.b.fbr(ir::Fcc::Ne, v, zero, yes, no);
            }
            (_, Ty::Bool) => {
                let v = self.word_of(operand);
                self.b.br(Cc::Eq, v, word::imm(Obj::TRUE), yes, no);
            }
            (_, Ty::Int) => {
                let v = self.word_of(operand);
                let zero = word::int(0).unwrap_or(0) as i32;
                self.b.br(Cc::Ne, v, zero, yes, no);
            }
            (_, Ty::Any | Ty::Dead | Ty::Float) => {
                let v = self.word_of(operand);
                self.b.exit(Cc::Eq, v, word::imm(Obj::TRUE), yes);
                self.b.exit(Cc::Eq, v, word::imm(Obj::FALSE), no);
                self.b.exit(Cc::Eq, v, word::imm(Obj::NONE), no);
                let (int, other) = (self.b.block(), self.b.cold_block());
                self.b.br(Cc::Bits, v, word::INT_BIT, int, other);
                self.b.start(int);
                let zero = word::int(0).unwrap_or(0) as i32;
                self.b.br(Cc::Ne, v, zero, yes, no);
                let error = self.error();
                self.later(move |n: &mut Native<'a>| {
                    n.b.start(other);
                    let args = [n.vm, v];
                    let truth = n.b.call_or(helpers::number(Helper::Truth), &args, error);
                    n.b.br(Cc::Eq, truth, vm::run::helpers::YES as i32, yes, no);
                });
            }
        }
    }

    /// Whether a conditional jump follows that takes its operand.
    pub(super) fn jumps_next(&self) -> bool {
        matches!(self.given.ops.get(self.at + 1), Some(Op::PopJumpIfTrue(_) | Op::PopJumpIfFalse(_)))
    }

    /// When a conditional jump follows: its label, and whether it jumps on true. The jump is then done by the current op.
    pub(super) fn fused_jump(&mut self) -> Option<(Label, bool)> {
        let jump = match self.given.ops.get(self.at + 1) {
            Some(Op::PopJumpIfTrue(label)) => (*label, true),
            Some(Op::PopJumpIfFalse(label)) => (*label, false),
            Some(_) | None => return None,
        };
        self.skip = true;
        Some(jump)
    }

    /// Ends an op that has a truth value: `branch` branches to one of two blocks; the jump that follows is done, or the
    /// value is pushed.
    pub(super) fn decide(&mut self, branch: impl FnOnce(&mut Native<'a>, Block, Block)) {
        let (yes, no) = (self.b.block(), self.b.block());
        match self.fused_jump() {
            Some((label, sense)) => {
                branch(self, yes, no);
                if sense { self.after_test(label, yes, no) } else { self.after_test(label, no, yes) }
            }
            None => {
                let (d, join) = (self.b.word(), self.b.block());
                branch(self, yes, no);
                self.b.start(yes);
                self.b.set_int(d, word::bits(Obj::TRUE));
                self.b.jump(join);
                self.b.start(no);
                self.b.set_int(d, word::bits(Obj::FALSE));
                self.b.start(join);
                self.push(d, Ty::Bool);
            }
        }
    }

    pub(super) fn unary(&mut self, op: Unary) {
        let operand = self.pop();
        match (op, operand.ty) {
            (Unary::Not, _) => self.decide(|n, yes, no| n.test(operand, no, yes)),
            (Unary::Positive, Ty::Int | Ty::Float) => self.push_operand(operand),
            (Unary::Negative, Ty::Float) => {
                let v = self.float_of(operand);
                let v = self.b.fun(ir::Fun::Neg, v);
                self.push(v, Ty::Float);
            }
            (Unary::Negative, Ty::Int) if self.guesses() => {
                let v = self.word_of(operand);
                let exit = self.leave_fast();
                // 2 - (2x + 1) = 2(-x) + 1
                let two = self.b.int(2);
                let v = self.b.alu_ov(ir::Ov::Sub, two, v, exit);
                self.push(v, Ty::Int);
            }
            (Unary::Invert, Ty::Int) => {
                let v = self.word_of(operand);
                // All bits but the tag.
                let v = self.b.alu(Alu::Xor, v, !word::INT_BIT);
                self.push(v, Ty::Int);
            }
            (Unary::Positive | Unary::Negative | Unary::Invert, _) => {
                let v = self.word_of(operand);
                let op = self.b.int(op as i64);
                self.push_call(Helper::Unary, &[op, v]);
            }
        }
    }
}
