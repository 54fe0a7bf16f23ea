//! Operators on floats.

use super::{Flag, Viper};
use crate::operand::{Operand, Value};
use crate::target;
use crate::vty::{Ty, Whole};
use crate::word;
use ir::{Cc, Class, Fcc, FloatSize, Fop, Fun, Inst, V};
use vm::compile::op::{Binary, Op, Unary};
use vm::run::helpers::Helper;

/// Bits that a float holds.
const MANTISSA: u32 = match target::FLOAT {
    FloatSize::F32 => f32::MANTISSA_DIGITS,
    FloatSize::F64 => f64::MANTISSA_DIGITS,
};

/// Whole numbers below this are exact as floats.
const EXACT: u64 = 1 << MANTISSA;

/// Whether numbers of a type have more bits than a float holds.
fn is_wide(whole: Whole) -> bool {
    whole.bits().unwrap_or(target::WORD.bits()) > MANTISSA
}

impl Viper<'_> {
    pub fn unary_float(&mut self, op: Unary, operand: Operand<Ty>) {
        let a = self.reg(operand);
        match op {
            Unary::Positive | Unary::Invert => self.push_operand(operand),
            Unary::Negative => {
                let negative = match operand.value {
                    Value::Float(value) => Value::Float(-value),
                    Value::Reg(_) | Value::Int(_) | Value::Word(_) => Value::Reg(self.b.fun(Fun::Neg, a)),
                };
                self.push(negative, Ty::Float);
            }
            Unary::Not => {
                let zero = self.b.float_const(0.0);
                self.push_condition(Flag::Float { cc: Fcc::Eq, a, b: zero, holds: true });
            }
        }
    }

    pub fn compare_floats(&mut self, cc: Cc, left: Operand<Ty>, right: Operand<Ty>) {
        let (a, b) = (self.float(left), self.float(right));
        self.push_condition(Flag::Float { cc: word::float_condition(cc), a, b, holds: true });
    }

    pub fn binary_floats(&mut self, op: Binary, left: Operand<Ty>, right: Operand<Ty>) {
        let squares = op == Binary::Pow && matches!(right.value, Value::Int(2));
        let (a, b) = (self.float(left), self.float(right));
        let fop = match op {
            Binary::Add => Fop::Add,
            Binary::Sub => Fop::Sub,
            Binary::Mul => Fop::Mul,
            Binary::Div => {
                self.check_divisor(right, b);
                if left.ty.whole().is_some() && right.ty.whole().is_some() {
                    let made = self.divide_words((left, a), (right, b));
                    return self.push(Value::Reg(made), Ty::Float);
                }
                Fop::Div
            }
            _ => {
                let made = if squares { self.square(a, b) } else { self.float_op(op, a, b) };
                return self.push(Value::Reg(made), Ty::Float);
            }
        };
        let d = self.float_goal();
        self.b.push(Inst::Fop { op: fop, d, a, b });
        self.push(Value::Reg(d), Ty::Float);
    }

    /// Raises if a divisor is zero.
    fn check_divisor(&mut self, divisor: Operand<Ty>, float: V) {
        let known = match divisor.value {
            Value::Float(value) => value != 0.0,
            Value::Int(value) => value != 0,
            Value::Reg(_) | Value::Word(_) => false,
        };
        if !known {
            let (zero, divided) = (self.b.float_const(0.0), self.raising(Some(Helper::DivideByZero)));
            self.b.fexit(Fcc::Eq, float, zero, divided);
        }
    }

    /// A quotient of whole numbers, also given as floats. Those that floats cannot hold are divided as objects, because
    /// the result is rounded once.
    fn divide_words(&mut self, left: (Operand<Ty>, V), right: (Operand<Ty>, V)) -> V {
        let ((left, a), (right, b)) = (left, right);
        let made = self.b.float();
        let wide = |operand: Operand<Ty>| match operand.value {
            Value::Int(value) => value.unsigned_abs() >= EXACT,
            Value::Reg(_) | Value::Word(_) | Value::Float(_) => operand.ty.whole().is_some_and(is_wide),
        };
        let checked = [(wide(left), a), (wide(right), b)].into_iter().filter_map(|(wide, v)| wide.then_some(v));
        let mut big = None;
        for v in checked {
            let big = *big.get_or_insert_with(|| self.b.cold_block());
            let (size, limit) = (self.b.fun(Fun::Abs, v), self.b.float_const(EXACT as f64));
            self.b.fexit(Fcc::Ge, size, limit, big);
        }
        self.b.push(Inst::Fop { op: Fop::Div, d: made, a, b });
        let Some(big) = big else { return made };
        let on = self.b.block();
        self.b.jump(on);
        self.b.start(big);
        let (number, left, right) = (self.b.int(Binary::Div as i64), self.object(left), self.object(right));
        let quotient = self.call(Helper::Binary, &[number, left, right]);
        let quotient = self.unbox(quotient, Ty::Float);
        self.b.copy(made, quotient);
        self.b.jump(on);
        self.b.start(on);
        made
    }

    /// `a ** 2`, where `two` is that number; what is too big is the helper's.
    fn square(&mut self, a: V, two: V) -> V {
        let (big, on) = (self.b.cold_block(), self.b.block());
        let made = self.b.float();
        self.b.push(Inst::Fop { op: Fop::Mul, d: made, a, b: a });
        let (size, infinity) = (self.b.fun(Fun::Abs, made), self.b.float_const(f64::INFINITY));
        self.b.fexit(Fcc::Eq, size, infinity, big);
        self.b.jump(on);
        self.b.start(big);
        let judged = self.float_op(Binary::Pow, a, two);
        self.b.copy(made, judged);
        self.b.jump(on);
        self.b.start(on);
        made
    }

    /// An operator that the machine has no instruction for.
    fn float_op(&mut self, op: Binary, a: V, b: V) -> V {
        let (number, left, right) = (self.b.int(op as i64), self.b.bits(a), self.b.bits(b));
        let out = self.area(1);
        self.call(Helper::FloatOp, &[number, left, right, out]);
        self.b.fload(target::FWIDTH, out, 0)
    }

    /// As `goal`, for floats.
    pub fn float_goal(&mut self) -> V {
        if let Some(Op::StoreFast(local)) = self.next() {
            let (v, _) = self.local(local);
            if self.b.class(v) == Class::Float {
                self.stack.part_from(&mut self.b, v);
                return v;
            }
        }
        self.b.float()
    }
}
