//! Operators on machine words.

use super::{Flag, Viper};
use crate::operand::{Operand, Value};
use crate::target;
use crate::viper::convert::extension;
use crate::vty::{self, Known, Ty, Whole};
use ir::{Alu, Block, Cc, Fcc, Inst, Un, V, Width};
use vm::compile::op::{Binary, Op, Unary};
use vm::run::helpers::{self, Helper};

impl Viper<'_> {
    pub fn unary(&mut self, op: Unary) {
        if op == Unary::Not
            && let Some(flag) = &mut self.flag
        {
            *flag = flag.not();
            if !self.branches_next() {
                self.settle_flag();
            }
            return;
        }
        let operand = self.pop();
        let ty = operand.ty;
        if ty == Ty::Object {
            let value = self.reg(operand);
            let number = self.b.int(op as i64);
            let made = self.call(Helper::Unary, &[number, value]);
            return self.push(Value::Reg(made), Ty::Object);
        }
        if ty == Ty::Float {
            return self.unary_float(op, operand);
        }
        let (ty, _) = vty::unary(op, ty);
        let made = match (op, operand.value) {
            (Unary::Positive, value) => value,
            (Unary::Negative, Value::Int(value)) => Value::Int(value.wrapping_neg()),
            (Unary::Invert, Value::Int(value)) => Value::Int(!value),
            (Unary::Not, Value::Int(value)) => Value::Int(i64::from(value == 0)),
            (_, _) => {
                let a = self.reg(operand);
                match op {
                    Unary::Negative => Value::Reg(self.b.un(Un::Neg, a)),
                    Unary::Invert => Value::Reg(self.b.un(Un::Not, a)),
                    Unary::Not => return self.push_condition(Flag::Word { cc: Cc::Eq, a, b: 0.into() }),
                    Unary::Positive => Value::Reg(a),
                }
            }
        };
        let made = match (ty, made) {
            (Ty::Whole(whole), Value::Int(value)) => Value::Int(whole.wrapped(value)),
            (Ty::Whole(whole), Value::Reg(v)) => Value::Reg(self.wrapped(v, whole)),
            (_, made) => made,
        };
        self.push(made, ty);
    }

    pub fn binary(&mut self, op: Binary) {
        let (right, left) = (self.pop(), self.pop());
        let (ty, _) = vty::binary(op, known(left), known(right));
        if ty == Ty::Object {
            return self.binary_objects(op, left, right);
        }
        let op = vty::plain(op);
        let floats = ty == Ty::Float || left.ty == Ty::Float || right.ty == Ty::Float;
        if let Some(cc) = condition(op) {
            return if floats { self.compare_floats(cc, left, right) } else { self.compare(cc, left, right) };
        }
        if floats {
            return self.binary_floats(op, left, right);
        }
        // Of two bools a bit is a bool again.
        let whole = ty.whole().unwrap_or(Whole::Int);
        if let (Value::Int(a), Value::Int(b)) = (left.value, right.value)
            && let Some(value) = folded(op, a, b)
        {
            return self.push(Value::Int(whole.wrapped(value)), ty);
        }
        let made = match op {
            Binary::FloorDiv | Binary::Mod => {
                let positive = self.types.positive.get(self.at).copied().unwrap_or(false);
                let quotient = self.divide(op, left, right, positive || !whole.is_signed());
                // The least of a narrow type by -1 is no value of it.
                self.wrapped(quotient, whole)
            }
            Binary::Pow => {
                let power = self.power(left, right);
                self.wrapped(power, whole)
            }
            _ => {
                let (left, right) =
                    if commutes(op) && matches!(left.value, Value::Int(_)) { (right, left) } else { (left, right) };
                if op == Binary::And && self.branches_next() && self.pops_next() {
                    let (a, b) = (self.reg(left), self.right(right));
                    return self.push_flag(Flag::Word { cc: Cc::Bits, a, b });
                }
                let alu = match op {
                    Binary::Or => Alu::Or,
                    Binary::Xor => Alu::Xor,
                    Binary::And => Alu::And,
                    Binary::LeftShift => Alu::Shl,
                    Binary::RightShift if whole.is_signed() => Alu::Sar,
                    Binary::RightShift => Alu::Shr,
                    Binary::Sub => Alu::Sub,
                    Binary::Mul => Alu::Mul,
                    _ => Alu::Add,
                };
                let (a, b) = (self.reg(left), self.right(right));
                let d = self.goal(ty);
                self.alu_into(alu, d, a, b);
                let grows = matches!(alu, Alu::Shl | Alu::Sub | Alu::Mul | Alu::Add);
                let mixed = left.ty != right.ty && matches!(alu, Alu::Or | Alu::Xor | Alu::And);
                if let Some(extend) = extension(whole).filter(|_| grows || mixed) {
                    self.b.push(Inst::Un { op: extend, d, a: d });
                }
                d
            }
        };
        self.push(Value::Reg(made), ty);
    }

    /// Where a result of type `ty` goes: to the local that the next op stores it to, or to a new register.
    pub fn goal(&mut self, ty: Ty) -> V {
        if let Some(Op::StoreFast(local)) = self.next() {
            let (v, local_ty) = self.local(local);
            if local_ty == ty {
                self.stack.part_from(&mut self.b, v);
                return v;
            }
        }
        self.b.word()
    }

    fn alu_into(&mut self, op: Alu, d: V, a: V, b: ir::Operand<V>) {
        match (op, b) {
            (Alu::Mul, ir::Operand::Imm(by)) if by > 0 && by.count_ones() == 1 => {
                let by = by.trailing_zeros() as i32;
                self.b.push(Inst::Alu { op: Alu::Shl, d, a, b: by.into() });
            }
            _ => self.b.push(Inst::Alu { op, d, a, b }),
        }
    }

    /// A power of whole numbers: small constant ones by multiplying.
    fn power(&mut self, left: Operand<Ty>, right: Operand<Ty>) -> V {
        let a = self.reg(left);
        match right.value {
            Value::Int(0) => self.b.int(1),
            Value::Int(1) => a,
            Value::Int(2) => self.b.alu(Alu::Mul, a, a),
            Value::Int(3) => {
                let square = self.b.alu(Alu::Mul, a, a);
                self.b.alu(Alu::Mul, square, a)
            }
            Value::Int(_) | Value::Reg(_) | Value::Word(_) | Value::Float(_) => {
                let (exponent, out) = (self.reg(right), self.area(1));
                self.call(Helper::PowWord, &[a, exponent, out]);
                self.b.load(Width::Word, out, 0)
            }
        }
    }

    /// Python's floor division and modulo; the divisor's sign decides.
    fn divide(&mut self, op: Binary, left: Operand<Ty>, right: Operand<Ty>, unsigned: bool) -> V {
        let a = self.reg(left);
        let constant = match right.value {
            Value::Int(value) => Some(value),
            Value::Reg(_) | Value::Word(_) | Value::Float(_) => None,
        };
        if let Some(by) = constant.filter(|by| *by > 0 && by.count_ones() == 1 && *by <= 1 << 30) {
            let (by, places) = (by as i32, by.trailing_zeros() as i32);
            return match (op, unsigned) {
                (Binary::Mod, _) => self.b.alu(Alu::And, a, by - 1),
                (_, true) => self.b.alu(Alu::Shr, a, places),
                (_, false) => self.b.alu(Alu::Sar, a, places),
            };
        }
        let b = self.right(right);
        if constant.is_none_or(|by| by == 0) {
            let zero = self.raising(Some(Helper::DivideByZero));
            let divisor = self.reg(right);
            self.b.exit(Cc::Eq, divisor, 0, zero);
        }
        let modulo = op == Binary::Mod;
        if unsigned {
            return self.b.alu(if modulo { Alu::Urem } else { Alu::Udiv }, a, b);
        }
        if modulo {
            // A remainder whose sign is not the divisor's is off by one divisor.
            let rest = self.b.alu(Alu::Srem, a, b);
            let correction = match constant {
                Some(by) if by > 0 => {
                    let sign = self.b.alu(Alu::Sar, rest, target::SIGN_SHIFT);
                    self.b.alu(Alu::And, sign, b)
                }
                _ => {
                    let wrong = self.is_wrong_sign(rest, b);
                    let mask = self.b.un(Un::Neg, wrong);
                    self.b.alu(Alu::And, mask, b)
                }
            };
            return self.b.alu(Alu::Add, rest, correction);
        }
        let quotient = self.b.alu(Alu::Sdiv, a, b);
        let product = self.b.alu(Alu::Mul, quotient, b);
        let rest = self.b.alu(Alu::Sub, a, product);
        let wrong = match constant {
            Some(by) if by > 0 => self.b.alu(Alu::Shr, rest, target::SIGN_SHIFT),
            _ => self.is_wrong_sign(rest, b),
        };
        self.b.alu(Alu::Sub, quotient, wrong)
    }

    /// 1 if `rest` is not zero and its sign is not that of `b`.
    fn is_wrong_sign(&mut self, rest: V, b: ir::Operand<V>) -> V {
        let signs = self.b.alu(Alu::Xor, rest, b);
        let differ = self.b.alu(Alu::Shr, signs, target::SIGN_SHIFT);
        let some = self.b.set(Cc::Ne, rest, 0);
        self.b.alu(Alu::And, differ, some)
    }

    fn compare(&mut self, cc: Cc, left: Operand<Ty>, right: Operand<Ty>) {
        let (cc, left, right) =
            if matches!(left.value, Value::Int(_)) { (cc.swap(), right, left) } else { (cc, left, right) };
        let (l, r) = (sign(left), sign(right));
        if (l, r) == (Sign::Any, Sign::WideUnsigned) || (l, r) == (Sign::WideUnsigned, Sign::Any) {
            return self.compare_mixed(cc, left, right);
        }
        let unsigned = l == Sign::WideUnsigned || r == Sign::WideUnsigned;
        let (a, b) = (self.reg(left), self.right(right));
        self.push_condition(Flag::Word { cc: if unsigned { cc.unsigned() } else { cc }, a, b });
    }

    /// Compares an unsigned word with one that may be negative, which then is the lesser.
    fn compare_mixed(&mut self, cc: Cc, left: Operand<Ty>, right: Operand<Ty>) {
        let swapped = sign(left) == Sign::WideUnsigned;
        let (cc, signed, other) = if swapped { (cc.swap(), right, left) } else { (cc, left, right) };
        let (a, b) = (self.reg(signed), self.reg(other));
        let (as_words, negative) = (self.b.set(cc.unsigned(), a, b), self.b.alu(Alu::Shr, a, target::SIGN_SHIFT));
        let truth = if matches!(cc, Cc::Lt | Cc::Le | Cc::Ne) {
            self.b.alu(Alu::Or, as_words, negative)
        } else {
            let not = self.b.alu(Alu::Xor, negative, 1);
            self.b.alu(Alu::And, as_words, not)
        };
        self.push(Value::Reg(truth), Ty::Bool);
    }

    /// Pushes a truth value: as a flag if the next op branches on it.
    pub fn push_condition(&mut self, flag: Flag) {
        if self.branches_next() || self.next() == Some(Op::Unary(Unary::Not)) {
            return self.push_flag(flag);
        }
        let truth = self.truth_of(flag);
        self.push(Value::Reg(truth), Ty::Bool);
    }

    /// 1 if a condition holds, else 0.
    fn truth_of(&mut self, flag: Flag) -> V {
        match flag {
            Flag::Word { cc, a, b } => self.b.set(cc, a, b),
            Flag::Float { cc, a, b, holds: true } => self.b.fset(cc, a, b),
            Flag::Float { cc, a, b, holds: false } => {
                let truth = self.b.fset(cc, a, b);
                self.b.alu(Alu::Xor, truth, 1)
            }
        }
    }

    /// Ends the block: to `to` if a condition holds, else to `or`.
    pub fn br(&mut self, flag: Flag, to: Block, or: Block) {
        match flag {
            Flag::Word { cc, a, b } => self.b.br(cc, a, b, to, or),
            Flag::Float { cc, a, b, holds: true } => self.b.fbr(cc, a, b, to, or),
            Flag::Float { cc, a, b, holds: false } => self.b.fbr(cc, a, b, or, to),
        }
    }

    fn push_flag(&mut self, flag: Flag) {
        self.flag = Some(flag);
        self.push(Value::Int(0), Ty::Bool);
    }

    /// Makes the flag an operand, where something other than a branch wants it.
    pub fn settle_flag(&mut self) {
        if let Some(flag) = self.flag.take() {
            self.stack.pop();
            let truth = self.truth_of(flag);
            self.push(Value::Reg(truth), Ty::Bool);
        }
    }

    fn branches_next(&self) -> bool {
        self.pops_next() || matches!(self.next(), Some(Op::JumpIfTrueOrPop(_) | Op::JumpIfFalseOrPop(_)))
    }

    fn pops_next(&self) -> bool {
        matches!(self.next(), Some(Op::PopJumpIfTrue(_) | Op::PopJumpIfFalse(_)))
    }

    fn binary_objects(&mut self, op: Binary, left: Operand<Ty>, right: Operand<Ty>) {
        let (left, right) = (self.object(left), self.object(right));
        if op == Binary::Is && self.pops_next() {
            return self.push_flag(Flag::Word { cc: Cc::Eq, a: left, b: right.into() });
        }
        let number = self.b.int(op as i64);
        if vty::is_comparison(op) && self.pops_next() {
            let answer = self.call(Helper::Compare, &[number, left, right]);
            return self.push_flag(Flag::Word { cc: Cc::Eq, a: answer, b: (helpers::YES as i32).into() });
        }
        let made = self.call(Helper::Binary, &[number, left, right]);
        self.push(Value::Reg(made), Ty::Object);
    }

    /// The condition that holds when an operand is true.
    pub fn truth(&mut self, operand: Operand<Ty>) -> Flag {
        if operand.ty == Ty::Object {
            let object = self.reg(operand);
            let answer = self.call(Helper::Truth, &[object]);
            return Flag::Word { cc: Cc::Eq, a: answer, b: (helpers::YES as i32).into() };
        }
        let a = self.reg(operand);
        if operand.ty == Ty::Float {
            let zero = self.b.float_const(0.0);
            return Flag::Float { cc: Fcc::Ne, a, b: zero, holds: true };
        }
        Flag::Word { cc: Cc::Ne, a, b: 0.into() }
    }
}

/// What the bits of a number in a word say about its sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// All bits count, and none is a sign.
    WideUnsigned,
    /// Not negative, and less than half of what a word holds.
    Small,
    /// It may be negative.
    Any,
}

fn sign(operand: Operand<Ty>) -> Sign {
    match (operand.ty, operand.value) {
        (Ty::Whole(Whole::Uint | Whole::Uint64), _) => Sign::WideUnsigned,
        (_, Value::Int(0..)) => Sign::Small,
        (Ty::Whole(whole), _) if whole.is_signed() => Sign::Any,
        (_, _) => Sign::Small,
    }
}

/// What the rules want to know of an operand.
pub fn known(operand: Operand<Ty>) -> Known {
    let value = match operand.value {
        Value::Int(value) => Some(value),
        Value::Reg(_) | Value::Word(_) | Value::Float(_) => None,
    };
    Known { value, ..Known::of(operand.ty) }
}

fn condition(op: Binary) -> Option<Cc> {
    Some(match op {
        Binary::Less => Cc::Lt,
        Binary::LessEqual => Cc::Le,
        Binary::More => Cc::Gt,
        Binary::MoreEqual => Cc::Ge,
        Binary::Equal | Binary::Is => Cc::Eq,
        Binary::NotEqual => Cc::Ne,
        _ => return None,
    })
}

fn commutes(op: Binary) -> bool {
    matches!(op, Binary::Or | Binary::Xor | Binary::And | Binary::Add | Binary::Mul)
}

/// Operators on constants, on 64-bit words; shifts and divisions are left to run.
fn folded(op: Binary, a: i64, b: i64) -> Option<i64> {
    Some(match op {
        Binary::Or => a | b,
        Binary::Xor => a ^ b,
        Binary::And => a & b,
        Binary::Add => a.wrapping_add(b),
        Binary::Sub => a.wrapping_sub(b),
        Binary::Mul => a.wrapping_mul(b),
        _ => return None,
    })
}
