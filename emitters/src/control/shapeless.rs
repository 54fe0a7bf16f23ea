//! Why the shape of a function is not known.

use ir::Refused;
use vm::compile::emitter::EmitError;
use vm::mem::NoMemory;

/// Why there is no shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shapeless {
    /// The op list does not hold together.
    Malformed,
    /// Out of memory.
    NoMemory,
}

impl From<NoMemory> for Shapeless {
    fn from(_: NoMemory) -> Shapeless {
        Shapeless::NoMemory
    }
}

impl From<Shapeless> for Refused {
    fn from(why: Shapeless) -> Refused {
        match why {
            Shapeless::Malformed => Refused::Unsupported("ops that do not hold together"),
            Shapeless::NoMemory => Refused::Memory,
        }
    }
}

impl From<Shapeless> for EmitError {
    fn from(why: Shapeless) -> EmitError {
        match why {
            Shapeless::Malformed => EmitError::Refused,
            Shapeless::NoMemory => EmitError::NoMemory,
        }
    }
}
