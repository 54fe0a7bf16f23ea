//! Arithmetic on constants. What does not fit is left to run time.

use super::ast::{Ast, BinOp, ExprKind, UnaryOp};
use crate::mem::NoMemory;
use crate::num::real;
use crate::qstr::Qstr;

/// A number in the tree.
#[derive(Clone, Copy, PartialEq, Debug)]
#[expect(missing_docs, reason = "the names are Python's types")]
pub enum Num {
    Int(i128),
    Float(f64),
}

/// A number of a built-in module, which `const(...)` may use: `const(2 * math.pi)`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Known {
    /// Its module.
    pub module: Qstr,
    /// Its name in there.
    pub name: Qstr,
    /// What it is.
    pub value: Num,
}

/// The number an expression is.
pub(super) fn number(ast: &Ast, kind: ExprKind) -> Option<Num> {
    match kind {
        ExprKind::Int(value) => Some(Num::Int(value.into())),
        ExprKind::Float(value) => Some(Num::Float(value)),
        ExprKind::BigInt { digits, base } => i128::from_str_radix(ast.str(digits), base.into()).ok().map(Num::Int),
        _ => None,
    }
}

/// The expression a number is.
pub(super) fn literal(ast: &mut Ast, value: Num) -> Result<ExprKind, NoMemory> {
    match value {
        Num::Float(value) => Ok(ExprKind::Float(value)),
        Num::Int(value) => match i64::try_from(value) {
            Ok(value) => Ok(ExprKind::Int(value)),
            Err(_) => {
                let mark = ast.text_mark();
                core::fmt::Write::write_fmt(ast.text_mut(), format_args!("{value}")).map_err(|_| NoMemory)?;
                Ok(ExprKind::BigInt { digits: ast.text_since(mark)?, base: 10 })
            }
        },
    }
}

/// `op value`
pub(super) fn unary(op: UnaryOp, value: Num) -> Option<Num> {
    match (op, value) {
        (UnaryOp::Plus, value) => Some(value),
        (UnaryOp::Minus, Num::Int(value)) => value.checked_neg().map(Num::Int),
        (UnaryOp::Minus, Num::Float(value)) => Some(Num::Float(-value)),
        (UnaryOp::Invert, Num::Int(value)) => Some(Num::Int(!value)),
        (UnaryOp::Invert, Num::Float(_)) | (UnaryOp::Not, _) => None,
    }
}

/// `left op right`
pub(super) fn binary(op: BinOp, left: Num, right: Num) -> Option<Num> {
    match (left, right) {
        (Num::Int(left), Num::Int(right)) => match op {
            BinOp::Div => floats(op, exact(left)?, exact(right)?).map(Num::Float),
            BinOp::Pow if right < 0 => floats(op, exact(left)?, exact(right)?).map(Num::Float),
            _ => ints(op, left, right).map(Num::Int),
        },
        (Num::Int(left), Num::Float(right)) => floats(op, exact(left)?, right).map(Num::Float),
        (Num::Float(left), Num::Int(right)) => floats(op, left, exact(right)?).map(Num::Float),
        (Num::Float(left), Num::Float(right)) => floats(op, left, right).map(Num::Float),
    }
}

/// An integer that a float holds without rounding.
fn exact(value: i128) -> Option<f64> {
    (value.unsigned_abs() <= 1 << 53).then_some(value as f64)
}

fn ints(op: BinOp, left: i128, right: i128) -> Option<i128> {
    match op {
        BinOp::Or => Some(left | right),
        BinOp::Xor => Some(left ^ right),
        BinOp::And => Some(left & right),
        BinOp::LeftShift if (0..126).contains(&right) => left.checked_mul(1 << right),
        BinOp::RightShift if right >= 0 => Some(left >> right.min(127)),
        BinOp::LeftShift | BinOp::RightShift => None,
        BinOp::Add => left.checked_add(right),
        BinOp::Sub => left.checked_sub(right),
        BinOp::Mul => left.checked_mul(right),
        // Python rounds to the floor, Rust to zero.
        BinOp::FloorDiv => {
            let quotient = left.checked_div(right)?;
            Some(if left % right != 0 && (left < 0) != (right < 0) { quotient - 1 } else { quotient })
        }
        BinOp::Mod => {
            let rest = left.checked_rem(right)?;
            Some(if rest != 0 && (rest < 0) != (right < 0) { rest + right } else { rest })
        }
        BinOp::Pow => left.checked_pow(right.try_into().ok()?),
        BinOp::MatMul | BinOp::Div => None,
    }
}

fn floats(op: BinOp, left: f64, right: f64) -> Option<f64> {
    match op {
        BinOp::Add => Some(left + right),
        BinOp::Sub => Some(left - right),
        BinOp::Mul => Some(left * right),
        BinOp::Div if right != 0.0 => Some(left / right),
        BinOp::Pow if left > 0.0 => Some(real::pow(left, right)).filter(|value| value.is_finite()),
        BinOp::Or
        | BinOp::Xor
        | BinOp::And
        | BinOp::LeftShift
        | BinOp::RightShift
        | BinOp::MatMul
        | BinOp::Div
        | BinOp::FloorDiv
        | BinOp::Mod
        | BinOp::Pow => None,
    }
}

/// Truth of a constant.
pub fn truth(kind: ExprKind) -> Option<bool> {
    match kind {
        ExprKind::True => Some(true),
        ExprKind::False => Some(false),
        ExprKind::Int(value) => Some(value != 0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::ast::BinOp;
    use super::{Num, binary};

    #[test]
    fn division_rounds_to_the_floor() {
        for (left, right, quotient, rest) in [(7, -2, -4, -1), (-7, 2, -4, 1), (-7, -2, 3, -1), (6, -2, -3, 0)] {
            let run = |op| binary(op, Num::Int(left), Num::Int(right));
            assert_eq!((run(BinOp::FloorDiv), run(BinOp::Mod)), (Some(Num::Int(quotient)), Some(Num::Int(rest))));
        }
    }

    #[test]
    fn what_cannot_be_computed_is_left() {
        for (op, left, right) in [
            (BinOp::FloorDiv, 1, 0),
            (BinOp::Mod, 1, 0),
            (BinOp::Div, 1, 0),
            (BinOp::Pow, 10, 100),
            (BinOp::LeftShift, 1, 500),
            (BinOp::LeftShift, 1, -1),
            (BinOp::FloorDiv, i128::MIN, -1),
            (BinOp::MatMul, 1, 1),
        ] {
            assert_eq!(binary(op, Num::Int(left), Num::Int(right)), None, "{op:?} {left} {right}");
        }
    }
}
