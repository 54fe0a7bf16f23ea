//! Hashing and equality of any two values, as dicts and sets need them.

use super::{BinaryOp, Constant, Gc, Obj, Res, SMALL_MAX, UnaryOp};
use crate::Vm;
use crate::types::{float, str};

impl Vm {
    /// `hash(obj)`. Equal values have equal hashes, across int, bool and float too.
    pub fn hash(&mut self, obj: Obj) -> Res<usize> {
        if let Some(value) = obj.as_small() {
            return Ok(value as usize);
        }
        if let Some(name) = obj.as_name() {
            return Ok(self.pool.hash_of(name) as usize);
        }
        if let Some(text) = Gc::<str::Str>::exact(obj) {
            // 0 means that it was not computed yet.
            let hash = text.hash.get();
            if hash != 0 {
                return Ok(hash as usize);
            }
        }
        if let Some(constant) = obj.as_constant() {
            return Ok(match constant {
                Constant::False | Constant::Zero | Constant::MinusZero => 0,
                Constant::True => 1,
                Constant::Null | Constant::None | Constant::Ellipsis | Constant::NotImplemented => obj.bits(),
            });
        }
        if let Some(value) = float::value(obj) {
            return Ok(hash_float(value));
        }
        let ty = obj.type_of();
        let Some(unary) = ty.unary else { return Ok(obj.bits() >> 3) };
        // Values may hold values without end, here as in what follows.
        self.check_stack()?;
        match unary(self, UnaryOp::Hash, obj)?.as_small() {
            Some(value) => Ok(value as usize),
            None => {
                let name = self.text_of_name(ty.name);
                Err(self.type_error(format_args!("unsupported type for __hash__: '{name}'")))
            }
        }
    }

    /// `a == b`, as a truth value.
    pub fn equal(&mut self, a: Obj, b: Obj) -> Res<bool> {
        if a == b {
            // Identity is equality, except for NaN and for user classes that say otherwise.
            if a.is_small() || a.is_name() || a.as_constant().is_some() {
                return Ok(true);
            }
            if let Some(value) = float::value(a) {
                return Ok(!value.is_nan());
            }
        }
        if (a.is_small() && b.is_small()) || (a.is_name() && b.is_name()) {
            return Ok(false);
        }
        if let (Some(x), Some(y)) = (str::bytes_of(self, a), str::bytes_of(self, b)) {
            return Ok(x == y);
        }
        let answer = self.compare_equal(a, b)?;
        self.truth(answer)
    }

    /// `a == b`, as the value the operator gives.
    pub fn compare_equal(&mut self, a: Obj, b: Obj) -> Res {
        self.check_stack()?;
        let mut order = [(a, b), (b, a)];
        let (first, second) = (a.type_of(), b.type_of());
        if second.class.is_some() && crate::types::instance::right_goes_first(self, BinaryOp::Equal, first, second) {
            order.swap(0, 1);
        }
        for (left, right) in order {
            if let Some(binary) = left.type_of().binary {
                let answer = binary(self, BinaryOp::Equal, left, right)?;
                if !answer.is_null() {
                    return Ok(answer);
                }
            }
        }
        Ok(Obj::bool(a == b))
    }
}

/// Hash of a float: that of the int it equals, if that is small (small ints are their own hashes).
fn hash_float(value: f64) -> usize {
    const LIMIT: f64 = SMALL_MAX as f64;
    if value.abs() < LIMIT && (value as isize) as f64 == value {
        return value as isize as usize;
    }
    // As the slot of big ints gives it, which loses the top bit.
    Obj::small_wrapping(crate::num::hash::hash_f64(value) as isize).small_value() as usize
}
