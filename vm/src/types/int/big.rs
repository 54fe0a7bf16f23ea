//! Ints beyond the word: sign and length in the body, limbs behind it. A value that fits the word is never kept here.

use core::cell::Cell;

use super::TYPE;
use crate::Vm;
use crate::gc::Kind;
use crate::num::hash::hash_limbs;
use crate::num::mpn::{self, I64_LIMBS, Limb, Signed, SignedLen};
use crate::types::float;
use crate::value::{Gc, Obj, Object, Res, Type, TypeRef, UnaryOp};

/// Body of a big int: the limbs follow it.
pub struct BigInt {
    /// Number of limbs, negative if the value is.
    len: Cell<isize>,
}

impl Object for BigInt {
    const TYPE: &'static Type = &TYPE;
    const KIND: Kind = Kind::Leaf;
}

impl BigInt {
    /// Sign and limbs. They stay valid while the object lives.
    pub fn signed<'a>(this: Gc<BigInt>) -> Signed<'a> {
        let len = this.len.get();
        Signed { negative: len < 0, limbs: this.tail_limbs(len.unsigned_abs()) }
    }
}

/// The value of a small int or bool.
#[inline(always)]
pub(super) fn plain_small(obj: Obj) -> Option<isize> {
    match obj {
        Obj::TRUE => Some(1),
        Obj::FALSE => Some(0),
        _ => obj.as_small(),
    }
}

/// An int of any size as an operand of the limb functions.
pub(super) enum Num {
    Small(bool, [Limb; I64_LIMBS]),
    Big(Gc<BigInt>),
}

impl Num {
    pub(super) fn from_obj(obj: Obj) -> Option<Num> {
        match plain_small(obj) {
            Some(value) => {
                let (negative, limbs) = mpn::from_i64(value as i64);
                Some(Num::Small(negative, limbs))
            }
            None => Gc::<BigInt>::exact(obj).map(Num::Big),
        }
    }

    pub(super) fn signed(&self) -> Signed<'_> {
        match self {
            Num::Small(negative, limbs) => Signed { negative: *negative, limbs: mpn::trim(limbs) },
            Num::Big(big) => BigInt::signed(*big),
        }
    }
}

/// Both operands; `None` if one is no int.
pub(super) fn pair(a: Obj, b: Obj) -> Option<(Num, Num)> {
    Some((Num::from_obj(a)?, Num::from_obj(b)?))
}

const FEW: usize = 16;

/// Limbs to compute in: a few on the stack, else in the heap, where they can become the result.
pub(super) struct Scratch {
    few: [Limb; FEW],
    many: Option<Gc<BigInt>>,
    len: usize,
}

impl Scratch {
    /// `len` zero limbs.
    pub(super) fn new(vm: &mut Vm, len: usize) -> Res<Scratch> {
        let many = if len > FEW { Some(alloc(vm, len)?) } else { None };
        Ok(Scratch { few: [0; FEW], many, len })
    }

    /// Lends the limbs for writing.
    pub(super) fn fill<R>(&mut self, fill: impl FnOnce(&mut [Limb]) -> R) -> R {
        match self.many {
            Some(many) => many.tail_fill(self.len, fill),
            None => fill(&mut self.few[..self.len]),
        }
    }

    /// The limbs.
    pub(super) fn limbs(&self) -> &[Limb] {
        match self.many {
            Some(many) => many.tail_limbs(self.len),
            None => &self.few[..self.len],
        }
    }

    /// The int in the first `size.len` limbs.
    pub(super) fn finish(self, vm: &mut Vm, size: SignedLen) -> Res {
        let value = Signed { negative: size.negative, limbs: self.limbs().get(..size.len).unwrap_or(&[]) };
        match self.many {
            Some(many) if size.len > FEW && size.len >= self.len / 2 => {
                many.len.set(signed_len(value));
                Ok(many.obj())
            }
            Some(_) | None => from_limbs(vm, value),
        }
    }
}

/// Computes `room` limbs and makes an int of them.
pub(super) fn build(vm: &mut Vm, room: usize, fill: impl FnOnce(&mut [Limb]) -> SignedLen) -> Res {
    let mut scratch = Scratch::new(vm, room)?;
    let size = scratch.fill(fill);
    scratch.finish(vm, size)
}

/// An int with this sign and magnitude.
pub(super) fn from_limbs(vm: &mut Vm, value: Signed<'_>) -> Res {
    let limbs = mpn::trim(value.limbs);
    let value = Signed { limbs, ..value };
    if let Some(small) = mpn::to_i64(value).and_then(|value| isize::try_from(value).ok()).and_then(Obj::small) {
        return Ok(small);
    }
    let big = alloc(vm, limbs.len())?;
    big.tail_fill(limbs.len(), |tail| tail.copy_from_slice(limbs));
    big.len.set(signed_len(value));
    Ok(big.obj())
}

fn signed_len(value: Signed<'_>) -> isize {
    let len = value.limbs.len() as isize;
    if value.negative { -len } else { len }
}

/// Room for `len` limbs; length and sign are still to be set.
fn alloc(vm: &mut Vm, len: usize) -> Res<Gc<BigInt>> {
    let Some(bytes) = len.checked_mul(size_of::<Limb>()) else { return Err(vm.memory_error()) };
    Gc::alloc_with_tail(vm, TypeRef::of(&TYPE), BigInt { len: Cell::new(0) }, bytes)
}

/// Unary operators of big ints.
pub(super) fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(big) = Gc::<BigInt>::exact(obj) else { return Ok(Obj::NULL) };
    let value = BigInt::signed(big);
    match op {
        UnaryOp::Positive | UnaryOp::Int => Ok(obj),
        UnaryOp::Negative => from_limbs(vm, Signed { negative: !value.negative, ..value }),
        UnaryOp::Abs if value.negative => from_limbs(vm, Signed { negative: false, ..value }),
        UnaryOp::Abs => Ok(obj),
        UnaryOp::Invert => build(vm, value.limbs.len() + 1, |out| mpn::not(out, value)),
        UnaryOp::Bool => Ok(Obj::TRUE),
        UnaryOp::Hash => Ok(Obj::small_wrapping(hash_limbs(value.negative, value.limbs) as isize)),
        UnaryOp::SizeOf => Ok(Obj::small_wrapping((2 * size_of::<usize>() + size_of_val(value.limbs)) as isize)),
        UnaryOp::Float => match super::to_float(vm, obj)? {
            Some(value) => float::new(vm, value),
            None => Ok(Obj::NULL),
        },
        UnaryOp::Not | UnaryOp::Len | UnaryOp::Complex => Ok(Obj::NULL),
    }
}
