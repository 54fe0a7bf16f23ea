//! float: double precision; most live in the word, the rest in boxes.

use crate::Vm;
use crate::gc::Kind;
use crate::q;
use crate::value::{Flags, Gc, Obj, Object, Res, Type};

/// Body of a float that does not fit the word.
pub struct Float {
    /// The value.
    pub value: f64,
}

impl Object for Float {
    const TYPE: &'static Type = &TYPE;
    const KIND: Kind = Kind::Leaf;
}

/// `float`
pub static TYPE: Type = Type { flags: Flags::BASE, ..Type::new(q!("float")) };

/// A float object.
#[inline(always)]
pub fn new(vm: &mut Vm, value: f64) -> Res {
    match Obj::float_word(value) {
        Some(obj) => Ok(obj),
        None => boxed(vm, value),
    }
}

#[cold]
#[inline(never)]
fn boxed(vm: &mut Vm, value: f64) -> Res {
    Ok(Gc::alloc(vm, Float { value })?.obj())
}

/// The value of a float object (not of an int).
#[inline(always)]
pub fn value(obj: Obj) -> Option<f64> {
    if obj.is_float_word() {
        return Some(obj.float_word_value());
    }
    match obj {
        Obj::ZERO => Some(0.0),
        Obj::MINUS_ZERO => Some(-0.0),
        _ => Gc::<Float>::exact(obj).map(|float| float.value),
    }
}
