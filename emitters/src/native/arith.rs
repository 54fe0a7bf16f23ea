//! Arithmetic: small ints and floats inline, all else by a helper.

use super::*;
use ir::{Fop, Ov};
use vm::compile::op::Binary;

/// What an operator does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// `+ - *`
    Ring(Ov),
    /// `& | ^`
    Bits(Alu),
    ShiftLeft,
    ShiftRight,
    FloorDiv,
    Mod,
    TrueDiv,
    Pow,
    Compare(Cc),
    Is,
    /// `in`, matching of exceptions.
    Truth,
    /// Only by a helper.
    Other,
}

fn kind(op: Binary) -> Kind {
    match op {
        Binary::Less => Kind::Compare(Cc::Lt),
        Binary::More => Kind::Compare(Cc::Gt),
        Binary::Equal => Kind::Compare(Cc::Eq),
        Binary::LessEqual => Kind::Compare(Cc::Le),
        Binary::MoreEqual => Kind::Compare(Cc::Ge),
        Binary::NotEqual => Kind::Compare(Cc::Ne),
        Binary::Is => Kind::Is,
        Binary::In | Binary::ExceptionMatch => Kind::Truth,
        Binary::Or | Binary::InplaceOr => Kind::Bits(Alu::Or),
        Binary::Xor | Binary::InplaceXor => Kind::Bits(Alu::Xor),
        Binary::And | Binary::InplaceAnd => Kind::Bits(Alu::And),
        Binary::LeftShift | Binary::InplaceLeftShift => Kind::ShiftLeft,
        Binary::RightShift | Binary::InplaceRightShift => Kind::ShiftRight,
        Binary::Add | Binary::InplaceAdd => Kind::Ring(Ov::Add),
        Binary::Sub | Binary::InplaceSub => Kind::Ring(Ov::Sub),
        Binary::Mul | Binary::InplaceMul => Kind::Ring(Ov::Mul),
        Binary::FloorDiv | Binary::InplaceFloorDiv => Kind::FloorDiv,
        Binary::Mod | Binary::InplaceMod => Kind::Mod,
        Binary::Div | Binary::InplaceDiv => Kind::TrueDiv,
        Binary::Pow | Binary::InplacePow => Kind::Pow,
        Binary::MatMul | Binary::InplaceMatMul => Kind::Other,
    }
}

impl<'a> Native<'a> {
    pub(super) fn binary(&mut self, op: Binary) {
        let (b, a) = (self.pop(), self.pop());
        if self.given.is_plain {
            return self.by_helper(op, a, b);
        }
        let fast = self.guesses();
        let int = |ty| ty == Ty::Int || (fast && ty == Ty::Any);
        // A guess needs one operand that is known, but for operators that only ints have.
        let ints = int(a.ty) && int(b.ty);
        let known = a.ty == Ty::Int || b.ty == Ty::Int;
        match kind(op) {
            Kind::Ring(ring) => self.ring(op, ring, a, b),
            Kind::Bits(alu) if ints => self.bits(alu, a, b),
            Kind::Bits(alu) if self.is_general() => self.ints_any(op, [a, b], |n, [a, b], d, _| {
                let (x, y) = (n.word_of(a), n.right(b));
                n.b.push(ir::Inst::Alu { op: alu, d, a: x, b: y });
                if alu == Alu::Xor {
                    n.b.push(ir::Inst::Alu { op: Alu::Or, d, a: d, b: word::INT_BIT.into() });
                }
            }),
            Kind::ShiftRight if self.is_general() => self.ints_any(op, [a, b], |n, [a, b], d, slow| {
                let x = n.word_of(a);
                let by = n.amount(b, slow);
                let shifted = n.b.alu(Alu::Sar, x, by);
                n.b.push(ir::Inst::Alu { op: Alu::Or, d, a: shifted, b: word::INT_BIT.into() });
            }),
            Kind::ShiftLeft if self.is_general() => self.ints_any(op, [a, b], |n, [a, b], d, slow| {
                let x = n.word_of(a);
                let by = n.amount(b, slow);
                n.shift_bare(x, by, d, slow);
            }),
            Kind::ShiftLeft if ints && fast => self.shift_left(a, b),
            Kind::ShiftRight if ints => self.shift_right(op, a, b),
            Kind::FloorDiv if ints && known && fast => self.divide(true, a, b),
            Kind::Mod if ints && known && fast => self.divide(false, a, b),
            Kind::TrueDiv if fast && a.ty != Ty::Bool && b.ty != Ty::Bool => self.true_divide(a, b),
            Kind::Pow if fast && (a.ty == Ty::Float || b.ty == Ty::Float) && a.ty != Ty::Bool && b.ty != Ty::Bool => {
                self.power(a, b);
            }
            Kind::Compare(cc) => self.compare(op, cc, a, b),
            Kind::Is => self.is(a, b),
            Kind::Truth => self.compare_other(op, a, b),
            Kind::Bits(_) | Kind::ShiftLeft | Kind::ShiftRight => self.by_helper(op, a, b),
            Kind::FloorDiv | Kind::Mod | Kind::TrueDiv | Kind::Pow | Kind::Other => self.by_helper(op, a, b),
        }
    }

    fn by_helper(&mut self, op: Binary, a: Operand<Ty>, b: Operand<Ty>) {
        let (a, b) = (self.word_of(a), self.word_of(b));
        let op = self.b.int(op as i64);
        self.push_call(Helper::Binary, &[op, a, b]);
    }

    /// `**` with a float; a power that is no float leaves the fast version.
    fn power(&mut self, a: Operand<Ty>, b: Operand<Ty>) {
        let (x, y) = (self.guard_number(a), self.guard_number(b));
        let (x, y, out) = (self.b.bits(x), self.b.bits(y), self.area(1));
        let answer = self.run(Helper::PowFloat, &[x, y, out]);
        let exit = self.leave_fast();
        self.b.exit(Cc::Ne, answer, vm::run::helpers::YES as i32, exit);
        let v = self.b.fload(target::FWIDTH, out, 0);
        self.push(v, Ty::Float);
    }

    fn ring(&mut self, op: Binary, ring: Ov, a: Operand<Ty>, b: Operand<Ty>) {
        let number = |ty| matches!(ty, Ty::Int | Ty::Float);
        let fast = self.guesses();
        let float = a.ty == Ty::Float || b.ty == Ty::Float;
        let guess = |ty| number(ty) || (fast && ty == Ty::Any);
        if float && guess(a.ty) && guess(b.ty) {
            let (x, y) = (self.guard_number(a), self.guard_number(b));
            let v = self.b.fop(float_op(ring), x, y);
            return self.push(v, Ty::Float);
        }
        let one = a.ty == Ty::Int || b.ty == Ty::Int;
        if fast && !float && one && guess(a.ty) && guess(b.ty) {
            let operands = [self.guarded_int(a), self.guarded_int(b)];
            let (d, exit) = (self.b.word(), self.leave_fast());
            self.ring_ints(ring, operands, d, exit);
            return self.push(d, Ty::Int);
        }
        self.ring_any(op, ring, [a, b]);
    }

    /// Sum, difference or product of two small ints' words.
    fn ring_ints(&mut self, ring: Ov, [x, y]: [Operand<Ty>; 2], d: V, over: Block) {
        let (a, b) = (x.value, y.value);
        let doubled = |value: i64| i32::try_from(value).ok().and_then(|value| value.checked_mul(2));
        match (ring, a, b) {
            (Ov::Add | Ov::Sub, _, Value::Int(value)) if doubled(value).is_some() => {
                let (x, value) = (self.word_of(x), doubled(value).unwrap_or(0));
                self.b.push(ir::Inst::AluOv { op: ring, d, a: x, b: value.into(), to: over });
            }
            (Ov::Add, Value::Int(value), _) if doubled(value).is_some() => {
                let (y, value) = (self.word_of(y), doubled(value).unwrap_or(0));
                self.b.push(ir::Inst::AluOv { op: ring, d, a: y, b: value.into(), to: over });
            }
            (Ov::Add | Ov::Sub, _, _) => {
                // (2x + 1) ± (2y + 1 - 1) = 2(x ± y) + 1
                let (x, y) = (self.word_of(x), self.word_of(y));
                let y = self.b.alu(Alu::Sub, y, word::INT_BIT);
                self.b.push(ir::Inst::AluOv { op: ring, d, a: x, b: y.into(), to: over });
            }
            (Ov::Mul, _, _) => {
                let (x, y) = (self.word_of(x), self.word_of(y));
                let x = self.b.alu(Alu::Sub, x, word::INT_BIT);
                let y = word::untag(&mut self.b, y);
                let product = self.b.alu_ov(Ov::Mul, x, y, over);
                self.b.push(ir::Inst::Alu { op: Alu::Or, d, a: product, b: word::INT_BIT.into() });
            }
        }
    }

    /// Any operands: looks at run time what they are.
    fn ring_any(&mut self, op: Binary, ring: Ov, operands: [Operand<Ty>; 2]) {
        let operands = operands.map(|operand| self.at_hand(operand));
        let d = self.b.word();
        let (slow, join) = (self.b.cold_block(), self.b.block());
        let floats = self.guesses() && word::HOLDS_FLOATS;
        let other = if floats { self.b.block() } else { slow };
        self.unless_ints(operands, other);
        self.ring_ints(ring, operands, d, slow);
        self.b.jump(join);
        if floats {
            self.b.start(other);
            let [x, y] = operands.map(|operand| self.word_of(operand));
            word::unless_floats(&mut self.b, [x, y], slow);
            let (fx, fy) = (word::decode(&mut self.b, x), word::decode(&mut self.b, y));
            let float = self.b.fop(float_op(ring), fx, fy);
            let bits = self.b.word();
            word::encode(&mut self.b, float, d, bits, slow);
            self.b.jump(join);
        }
        self.b.start(join);
        self.put_off_binary(op, operands, d, slow, join);
        self.push(d, Ty::Any);
    }

    /// The operand as a word, in a register unless its word is known now.
    pub(super) fn at_hand(&mut self, operand: Operand<Ty>) -> Operand<Ty> {
        match operand.value {
            Value::Int(_) | Value::Word(_) => operand,
            Value::Reg(_) | Value::Float(_) => {
                let ty = if operand.ty == Ty::Float { Ty::Any } else { operand.ty };
                Operand { value: Value::Reg(self.word_of(operand)), ty }
            }
        }
    }

    /// To `to` unless both operands are small ints.
    pub(super) fn unless_ints(&mut self, [a, b]: [Operand<Ty>; 2], to: Block) {
        let word = match (a.ty == Ty::Int, b.ty == Ty::Int) {
            (true, true) => return,
            (true, false) => self.word_of(b),
            (false, true) => self.word_of(a),
            (false, false) => {
                let (x, y) = (self.word_of(a), self.word_of(b));
                self.b.alu(Alu::And, x, y)
            }
        };
        self.b.exit(Cc::NoBits, word, word::INT_BIT, to);
    }

    /// Of any operands, an operation that small ints have: looks at run time what they are. `make` computes it into its
    /// third argument, or goes to the last.
    fn ints_any(
        &mut self,
        op: Binary,
        operands: [Operand<Ty>; 2],
        make: impl FnOnce(&mut Native<'a>, [Operand<Ty>; 2], V, Block),
    ) {
        let operands = operands.map(|operand| self.at_hand(operand));
        let (d, slow, join) = (self.b.word(), self.b.cold_block(), self.b.block());
        self.unless_ints(operands, slow);
        make(self, operands, d, slow);
        self.b.start(join);
        self.put_off_binary(op, operands, d, slow, join);
        self.push(d, Ty::Any);
    }

    /// The operand's word for the right side of an instruction.
    pub(super) fn right(&mut self, operand: Operand<Ty>) -> ir::Operand<V> {
        let known = match operand.value {
            Value::Int(value) => word::int(value),
            Value::Word(value) => Some(value),
            Value::Reg(_) | Value::Float(_) => None,
        };
        match known.map(i32::try_from) {
            Some(Ok(value)) => ir::Operand::Imm(value),
            Some(Err(_)) | None => ir::Operand::Reg(self.word_of(operand)),
        }
    }

    /// Block `slow` has the helper compute `d`, then goes to `join`.
    pub(super) fn put_off_binary(&mut self, op: Binary, operands: [Operand<Ty>; 2], d: V, slow: Block, join: Block) {
        let error = self.error();
        self.later(move |n: &mut Native<'a>| {
            n.b.start(slow);
            let [x, y] = operands.map(|operand| n.word_of(operand));
            let op = n.b.int(op as i64);
            let args = [n.vm, op, x, y];
            let value = n.b.call_or(helpers::number(Helper::Binary), &args, error);
            n.b.copy(d, value);
            n.b.jump(join);
        });
    }

    fn bits(&mut self, alu: Alu, a: Operand<Ty>, b: Operand<Ty>) {
        let (x, y) = (self.guard_int(a), self.guard_int(b));
        let v = self.b.alu(alu, x, y);
        // x ^ y loses the tag.
        let v = if alu == Alu::Xor { self.b.alu(Alu::Or, v, word::INT_BIT) } else { v };
        self.push(v, Ty::Int);
    }

    fn shift_left(&mut self, a: Operand<Ty>, b: Operand<Ty>) {
        let (x, b) = (self.guard_int(a), self.guarded_int(b));
        let (d, exit) = (self.b.word(), self.leave_fast());
        let by = self.amount(b, exit);
        self.shift_bare(x, by, d, exit);
        self.push(d, Ty::Int);
    }

    /// A small int's word shifted left, to `over` if it is no small int any more.
    fn shift_bare(&mut self, x: V, by: ir::Operand<V>, d: V, over: Block) {
        let bare = self.b.alu(Alu::Sub, x, word::INT_BIT);
        let shifted = self.b.alu(Alu::Shl, bare, by);
        let back = self.b.alu(Alu::Sar, shifted, by);
        self.b.exit(Cc::Ne, back, bare, over);
        self.b.push(ir::Inst::Alu { op: Alu::Or, d, a: shifted, b: word::INT_BIT.into() });
    }

    fn shift_right(&mut self, op: Binary, a: Operand<Ty>, b: Operand<Ty>) {
        let known = matches!(b.value, Value::Int(0..word::INT_BITS));
        if !self.guesses() && !known {
            return self.by_helper(op, a, b);
        }
        let (x, b) = (self.guard_int(a), self.guarded_int(b));
        let by = match b.value {
            Value::Int(value) if known => ir::Operand::Imm(value as i32),
            Value::Int(_) | Value::Reg(_) | Value::Word(_) | Value::Float(_) => {
                let exit = self.leave_fast();
                self.amount(b, exit)
            }
        };
        let shifted = self.b.alu(Alu::Sar, x, by);
        let v = self.b.alu(Alu::Or, shifted, word::INT_BIT);
        self.push(v, Ty::Int);
    }

    /// By how much to shift, less than a small int has bits, or out.
    fn amount(&mut self, operand: Operand<Ty>, exit: Block) -> ir::Operand<V> {
        if let Value::Int(value @ 0..word::INT_BITS) = operand.value {
            return ir::Operand::Imm(value as i32);
        }
        let tagged = self.word_of(operand);
        let by = word::untag(&mut self.b, tagged);
        self.b.exit(Cc::Uge, by, word::INT_BITS as i32, exit);
        ir::Operand::Reg(by)
    }

    /// `//` or `%` of small ints; a divisor that is not positive leaves the fast version.
    fn divide(&mut self, quotient: bool, a: Operand<Ty>, b: Operand<Ty>) {
        let (x, y) = (self.guard_int(a), self.guard_int(b));
        if let Value::Int(value @ 1..=0x1000_0000) = b.value
            && value & (value - 1) == 0
        {
            let v = if quotient {
                let shifted = self.b.alu(Alu::Sar, x, value.trailing_zeros() as i32);
                self.b.alu(Alu::Or, shifted, word::INT_BIT)
            } else {
                self.b.alu(Alu::And, x, (value as i32 - 1) << 1 | word::INT_BIT)
            };
            return self.push(v, Ty::Int);
        }
        let dividend = word::untag(&mut self.b, x);
        let divisor = match b.value {
            Value::Int(value) if value > 0 => self.b.int(value),
            Value::Int(_) | Value::Reg(_) | Value::Word(_) | Value::Float(_) => {
                let exit = self.leave_fast();
                let divisor = word::untag(&mut self.b, y);
                self.b.exit(Cc::Le, divisor, 0, exit);
                divisor
            }
        };
        // Towards zero first; a negative remainder is one step too high.
        let v = if quotient {
            let q = self.b.alu(Alu::Sdiv, dividend, divisor);
            let back = self.b.alu(Alu::Mul, q, divisor);
            let rest = self.b.alu(Alu::Sub, dividend, back);
            let step = self.b.alu(Alu::Sar, rest, target::SIGN_SHIFT);
            self.b.alu(Alu::Add, q, step)
        } else {
            let rest = self.b.alu(Alu::Srem, dividend, divisor);
            let sign = self.b.alu(Alu::Sar, rest, target::SIGN_SHIFT);
            let more = self.b.alu(Alu::And, sign, divisor);
            self.b.alu(Alu::Add, rest, more)
        };
        let v = word::tag(&mut self.b, v);
        self.push(v, Ty::Int);
    }

    /// `/` of numbers gives a float; a divisor of zero leaves the fast version.
    fn true_divide(&mut self, a: Operand<Ty>, b: Operand<Ty>) {
        let (x, y) = if a.ty == Ty::Float || b.ty == Ty::Float {
            (self.guard_number(a), self.guard_number(b))
        } else {
            (self.guard_exact(a), self.guard_exact(b))
        };
        let known = match b.value {
            Value::Float(value) => value != 0.0,
            Value::Int(value) => value != 0,
            Value::Reg(_) | Value::Word(_) => false,
        };
        if !known {
            let exit = self.leave_fast();
            let zero = self.b.float_const(0.0);
            self.b.fexit(ir::Fcc::Eq, y, zero, exit);
        }
        let v = self.b.fop(Fop::Div, x, y);
        self.push(v, Ty::Float);
    }
}

fn float_op(ring: Ov) -> Fop {
    match ring {
        Ov::Add => Fop::Add,
        Ov::Sub => Fop::Sub,
        Ov::Mul => Fop::Mul,
    }
}
