//! What a number may be: least and greatest. Whoever knows that neither operand is negative divides faster.

use super::{Item, Ty, plain};
use vm::compile::op::{Binary, Unary};

/// The least and the greatest that a word may be, taken as signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The least.
    pub low: i64,
    /// The greatest.
    pub high: i64,
}

impl Span {
    /// Anything.
    pub const ALL: Span = Span { low: i64::MIN, high: i64::MAX };

    /// All values of a type.
    pub fn of(ty: Ty) -> Span {
        let Some(whole) = ty.whole().filter(|_| ty != Ty::Bool) else {
            return if ty == Ty::Bool { Span { low: 0, high: 1 } } else { Span::ALL };
        };
        match (whole.bits(), whole.is_signed()) {
            (Some(bits @ ..=32), true) => Span { low: -(1 << (bits - 1)), high: (1 << (bits - 1)) - 1 },
            (Some(bits @ ..=32), false) => Span { low: 0, high: (1 << bits) - 1 },
            (Some(_) | None, _) => Span::ALL,
        }
    }

    /// All that can be read behind a pointer.
    pub fn behind(item: Item) -> Span {
        let high = match item {
            Item::Bits8 => 0xff,
            Item::Bits16 => 0xffff,
            Item::Bits32 => 0xffff_ffff,
            Item::Any | Item::Bits64 | Item::Float | Item::Float32 | Item::Float64 => return Span::ALL,
        };
        Span { low: 0, high }
    }

    /// One number.
    pub fn one(value: i64) -> Span {
        Span { low: value, high: value }
    }

    /// What is in either.
    pub fn join(self, other: Span) -> Span {
        Span { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// What a word of this span is as another type.
    pub fn as_type(self, ty: Ty) -> Span {
        let all = Span::of(ty);
        if self.low >= all.low && self.high <= all.high { self } else { all }
    }

    /// Whether nothing in it is negative.
    pub fn is_positive(self) -> bool {
        self.low >= 0
    }

    /// The result, of type `ty`, of an operator with one operand.
    pub fn unary(op: Unary, operand: Span, ty: Ty) -> Span {
        let made = match op {
            Unary::Positive => Some(operand),
            Unary::Negative => exact(-i128::from(operand.high), -i128::from(operand.low)),
            Unary::Invert | Unary::Not => None,
        };
        made.unwrap_or(Span::ALL).as_type(ty)
    }

    /// The result, of type `ty`, of an operator with two.
    pub fn binary(op: Binary, left: Span, right: Span, ty: Ty) -> Span {
        let wide = |span: Span| (i128::from(span.low), i128::from(span.high));
        let ((a, b), (c, d)) = (wide(left), wide(right));
        let both = left.is_positive() && right.is_positive();
        let made = match plain(op) {
            Binary::Add => exact(a + c, b + d),
            Binary::Sub => exact(a - d, b - c),
            Binary::Mul => {
                let all = [a * c, a * d, b * c, b * d];
                exact(all.into_iter().fold(i128::MAX, i128::min), all.into_iter().fold(i128::MIN, i128::max))
            }
            Binary::And if left.is_positive() || right.is_positive() => {
                let high = [left, right].into_iter().filter(|span| span.is_positive()).map(|span| span.high).min();
                high.map(|high| Span { low: 0, high })
            }
            Binary::Or | Binary::Xor if both => {
                let bits = 64 - left.high.max(right.high).leading_zeros();
                exact(0, (1i128 << bits) - 1)
            }
            Binary::Mod if right.low > 0 => Some(Span { low: 0, high: right.high - 1 }),
            Binary::FloorDiv if both && right.low > 0 => exact(a / d, b / c),
            Binary::RightShift if both && c == d && d < 64 => exact(a >> d, b >> d),
            Binary::LeftShift if both && c == d && d < 63 => exact(a << d, b << d),
            _ => None,
        };
        made.unwrap_or(Span::ALL).as_type(ty)
    }
}

/// A span that a word holds.
fn exact(low: i128, high: i128) -> Option<Span> {
    Some(Span { low: i64::try_from(low).ok()?, high: i64::try_from(high).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_lie_in_their_spans() {
        let values = [i64::MIN, -300, -7, -1, 0, 1, 2, 5, 63, 255, 65521, i64::MAX];
        let spans: Vec<Span> = values
            .iter()
            .flat_map(|&low| values.iter().map(move |&high| Span { low, high }))
            .filter(|s| s.low <= s.high)
            .collect();
        let inside = |span: Span| values.into_iter().filter(move |value| (span.low..=span.high).contains(value));
        for op in
            [Binary::Add, Binary::Sub, Binary::Mul, Binary::And, Binary::Or, Binary::Xor, Binary::Mod, Binary::FloorDiv]
        {
            for (&left, &right) in spans.iter().flat_map(|left| spans.iter().map(move |right| (left, right))) {
                let span = Span::binary(op, left, right, Ty::INT);
                for (a, b) in inside(left).flat_map(|a| inside(right).map(move |b| (a, b))) {
                    let made = match op {
                        Binary::Add => a.wrapping_add(b),
                        Binary::Sub => a.wrapping_sub(b),
                        Binary::Mul => a.wrapping_mul(b),
                        Binary::And => a & b,
                        Binary::Or => a | b,
                        Binary::Xor => a ^ b,
                        _ if b <= 0 => continue,
                        Binary::Mod => a.rem_euclid(b),
                        _ => a.div_euclid(b),
                    };
                    assert!((span.low..=span.high).contains(&made), "{op:?} {left:?} {right:?} {span:?} {made}");
                }
            }
        }
    }
}
