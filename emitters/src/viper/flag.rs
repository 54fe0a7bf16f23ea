//! Conditions that the next op branches on, and which outcome jumps.

use ir::{Cc, Fcc, V};

/// A condition not yet made a value: the next op branches on it.
#[derive(Clone, Copy)]
pub enum Flag {
    /// Words.
    Word { cc: Cc, a: V, b: ir::Operand<V> },
    /// Floats; `holds` is false for the opposite, which for NaNs is no condition of its own.
    Float { cc: Fcc, a: V, b: V, holds: bool },
}

impl Flag {
    /// The opposite.
    pub fn not(self) -> Flag {
        match self {
            Flag::Word { cc, a, b } => Flag::Word { cc: cc.not(), a, b },
            Flag::Float { cc, a, b, holds } => Flag::Float { cc, a, b, holds: !holds },
        }
    }
}

/// Which outcome jumps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Jumps {
    /// A true operand.
    IfTrue,
    /// A false one.
    IfFalse,
}

impl Jumps {
    /// The condition that jumps.
    pub fn condition(self, flag: Flag) -> Flag {
        match self {
            Jumps::IfTrue => flag,
            Jumps::IfFalse => flag.not(),
        }
    }
}
