//! What a front end tells of itself while it makes IR, for `explain`. Nothing of it is kept unless it was asked for.

use crate::operand::{Operand, Value};
use vm::mem::Vec;

/// Which version of a function code belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Version {
    /// The one that guesses types, or the only one.
    #[default]
    Fast,
    /// The one that guesses nothing, where the fast one is left for it.
    General,
}

/// What is known of a value when code is made for an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Held {
    /// Any object.
    Any,
    /// A small int, still an object's word.
    SmallInt,
    /// `True` or `False`, still an object's word.
    Truth,
    /// A float in a float register.
    Float,
    /// A value known while compiling.
    Constant,
    /// A machine's own value of the type that viper calls so.
    Machine(&'static str),
    /// Nobody reads it any more.
    Dead,
}

/// The state before an operation.
#[derive(Default, Debug)]
pub struct Step {
    /// Which operation.
    pub at: usize,
    /// Number of the first instruction made for it.
    pub inst: usize,
    /// Which version this is of.
    pub version: Version,
    /// The operands on the stack, the top last.
    pub operands: Vec<Held>,
    /// The locals by number.
    pub locals: Vec<Held>,
}

/// All steps in the order in which code was made for them. Instructions carry the number of their operation as mark.
#[derive(Default, Debug)]
pub struct Trace {
    /// The steps.
    pub steps: Vec<Step>,
    /// Number of the first instruction of the general version, if there is one.
    pub general: Option<usize>,
}

/// What is known of an operand whose type is told by `held`.
pub fn operand<T>(operand: &Operand<T>, held: impl Fn(&T) -> Held) -> Held {
    match operand.value {
        Value::Int(_) | Value::Word(_) | Value::Float(_) => Held::Constant,
        Value::Reg(_) => held(&operand.ty),
    }
}
