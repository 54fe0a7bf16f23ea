//! Operators on machine words.

use super::{Flag, Viper};
use crate::operand::{Operand, Value};
use crate::vty::{self, Known, Ty};
use crate::word;
use ir::{Alu, Cc, Inst, Un, V};
use vm::compile::op::{Binary, Op, Unary};
use vm::run::helpers::{self, Helper};

impl Viper<'_> {
    pub fn unary(&mut self, op: Unary) {
        if op == Unary::Not
            && let Some(flag) = &mut self.flag
        {
            flag.cc = flag.cc.not();
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
            return self.stack.push(Value::Reg(made), Ty::Object);
        }
        let value = match (op, operand.value) {
            (Unary::Positive, value) => value,
            (Unary::Negative, Value::Int(value)) => Value::Int(value.wrapping_neg()),
            (Unary::Invert, Value::Int(value)) => Value::Int(!value),
            (Unary::Not, Value::Int(value)) => Value::Int(i64::from(value == 0)),
            (_, _) => {
                let a = self.reg(operand);
                Value::Reg(match op {
                    Unary::Negative => self.b.un(Un::Neg, a),
                    Unary::Invert => self.b.un(Un::Not, a),
                    Unary::Not => self.b.alu(Alu::Xor, a, 1),
                    Unary::Positive => a,
                })
            }
        };
        self.stack.push(value, ty);
    }

    pub fn binary(&mut self, op: Binary) {
        let (right, left) = (self.pop(), self.pop());
        let (ty, _) = vty::binary(op, known(left), known(right));
        if ty == Ty::Object {
            return self.binary_objects(op, left, right);
        }
        let unsigned = left.ty == Ty::Uint || (right.ty == Ty::Uint && ty == Ty::Bool);
        let op = vty::plain(op);
        if let Some(cc) = condition(op, unsigned) {
            return self.compare(cc, left, right);
        }
        if let (Value::Int(a), Value::Int(b)) = (left.value, right.value)
            && let Some(value) = folded(op, a, b)
        {
            return self.stack.push(Value::Int(value), ty);
        }
        let made = match op {
            Binary::FloorDiv | Binary::Mod => self.divide(op, left, right, unsigned),
            _ => {
                let (left, right) =
                    if commutes(op) && matches!(left.value, Value::Int(_)) { (right, left) } else { (left, right) };
                if op == Binary::And && self.branches_next() && self.pops_next() {
                    let (a, b) = (self.reg(left), self.right(right));
                    return self.push_flag(Flag { cc: Cc::Bits, a, b });
                }
                let alu = match op {
                    Binary::Or => Alu::Or,
                    Binary::Xor => Alu::Xor,
                    Binary::And => Alu::And,
                    Binary::LeftShift => Alu::Shl,
                    Binary::RightShift if unsigned => Alu::Shr,
                    Binary::RightShift => Alu::Sar,
                    Binary::Sub => Alu::Sub,
                    Binary::Mul => Alu::Mul,
                    _ => Alu::Add,
                };
                let (a, b) = (self.reg(left), self.right(right));
                let d = self.goal(ty);
                self.alu_into(alu, d, a, b);
                d
            }
        };
        self.stack.push(Value::Reg(made), ty);
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
                    let sign = self.b.alu(Alu::Sar, rest, 63);
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
            Some(by) if by > 0 => self.b.alu(Alu::Shr, rest, 63),
            _ => self.is_wrong_sign(rest, b),
        };
        self.b.alu(Alu::Sub, quotient, wrong)
    }

    /// 1 if `rest` is not zero and its sign is not that of `b`.
    fn is_wrong_sign(&mut self, rest: V, b: ir::Operand<V>) -> V {
        let signs = self.b.alu(Alu::Xor, rest, b);
        let differ = self.b.alu(Alu::Shr, signs, 63);
        let some = self.b.set(Cc::Ne, rest, 0);
        self.b.alu(Alu::And, differ, some)
    }

    fn compare(&mut self, cc: Cc, left: Operand<Ty>, right: Operand<Ty>) {
        let (cc, left, right) =
            if matches!(left.value, Value::Int(_)) { (cc.swap(), right, left) } else { (cc, left, right) };
        let (a, b) = (self.reg(left), self.right(right));
        self.push_condition(Flag { cc, a, b });
    }

    /// Pushes a truth value: as a flag if the next op branches on it.
    pub fn push_condition(&mut self, flag: Flag) {
        if self.branches_next() || self.next() == Some(Op::Unary(Unary::Not)) {
            return self.push_flag(flag);
        }
        let truth = self.b.set(flag.cc, flag.a, flag.b);
        self.stack.push(Value::Reg(truth), Ty::Bool);
    }

    fn push_flag(&mut self, flag: Flag) {
        self.flag = Some(flag);
        self.stack.push(Value::Int(0), Ty::Bool);
    }

    /// Makes the flag an operand, where something other than a branch wants it.
    pub fn settle_flag(&mut self) {
        if let Some(Flag { cc, a, b }) = self.flag.take() {
            self.stack.pop();
            let truth = self.b.set(cc, a, b);
            self.stack.push(Value::Reg(truth), Ty::Bool);
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
            return self.push_flag(Flag { cc: Cc::Eq, a: left, b: right.into() });
        }
        let number = self.b.int(op as i64);
        if condition(op, false).is_some() && self.pops_next() {
            let answer = self.call(Helper::Compare, &[number, left, right]);
            return self.push_flag(Flag { cc: Cc::Eq, a: answer, b: (helpers::YES as i32).into() });
        }
        let made = self.call(Helper::Binary, &[number, left, right]);
        self.stack.push(Value::Reg(made), Ty::Object);
    }

    /// The condition that holds when an operand is true.
    pub fn truth(&mut self, operand: Operand<Ty>) -> Flag {
        if operand.ty == Ty::Object {
            let object = self.reg(operand);
            let answer = self.call(Helper::Truth, &[object]);
            return Flag { cc: Cc::Eq, a: answer, b: (helpers::YES as i32).into() };
        }
        Flag { cc: Cc::Ne, a: self.reg(operand), b: 0.into() }
    }

    /// An operand as another type. What is no cast of the program's keeps its word.
    pub fn convert(&mut self, operand: Operand<Ty>, to: Ty) -> Operand<Ty> {
        let value = match (operand.ty, to) {
            (from, to) if from == to => operand.value,
            (Ty::Object, to) => {
                let object = self.reg(operand);
                Value::Reg(self.unbox(object, to))
            }
            (_, Ty::Object) => match (operand.ty, operand.value) {
                (Ty::Int, Value::Int(value)) if let Some(word) = word::int(value) => Value::Word(word),
                (_, _) => Value::Reg(self.object(operand)),
            },
            (Ty::Int | Ty::Uint | Ty::Ptr | Ty::Ptr8 | Ty::Ptr16 | Ty::Ptr32, Ty::Bool) => match operand.value {
                Value::Int(value) => Value::Int(i64::from(value != 0)),
                Value::Reg(v) => Value::Reg(self.b.set(Cc::Ne, v, 0)),
                other => other,
            },
            (_, _) => operand.value,
        };
        Operand { value, ty: to }
    }
}

/// What the rules want to know of an operand.
pub fn known(operand: Operand<Ty>) -> Known {
    let value = match operand.value {
        Value::Int(value) => Some(value),
        Value::Reg(_) | Value::Word(_) | Value::Float(_) => None,
    };
    Known { ty: operand.ty, value }
}

fn condition(op: Binary, unsigned: bool) -> Option<Cc> {
    Some(match (op, unsigned) {
        (Binary::Less, false) => Cc::Lt,
        (Binary::LessEqual, false) => Cc::Le,
        (Binary::More, false) => Cc::Gt,
        (Binary::MoreEqual, false) => Cc::Ge,
        (Binary::Less, true) => Cc::Ult,
        (Binary::LessEqual, true) => Cc::Ule,
        (Binary::More, true) => Cc::Ugt,
        (Binary::MoreEqual, true) => Cc::Uge,
        (Binary::Equal, _) => Cc::Eq,
        (Binary::NotEqual, _) => Cc::Ne,
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
