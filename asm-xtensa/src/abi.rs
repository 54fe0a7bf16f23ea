//! Calling by call0 and calling by register windows.

use crate::isa::{Feature, Isa};
use crate::reg::{List, Reg};

/// A calling convention.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Abi {
    /// `call0` and `ret`: one set of registers for caller and callee.
    Call0,
    /// `call8`, `entry` and `retw`: the callee sees the caller's a8 as its a0.
    Windowed,
}

impl Abi {
    /// The convention that programs for this core are built with.
    pub const fn of(isa: Isa) -> Abi {
        if isa.has(Feature::Windowed) { Abi::Windowed } else { Abi::Call0 }
    }

    /// Where a function finds its first six arguments; the first is also its result.
    pub const fn arguments(self) -> List {
        List(0x00fc)
    }

    /// Where a caller puts them.
    pub const fn outgoing(self) -> List {
        match self {
            Abi::Call0 => List(0x00fc),
            Abi::Windowed => List(0xfc00),
        }
    }

    /// Registers that are unchanged after a call.
    pub const fn kept(self) -> List {
        match self {
            Abi::Call0 => List(0xf002),
            // The window turns by eight, so what lies below is out of the callee's sight.
            Abi::Windowed => List(0x00ff),
        }
    }

    /// Registers that a function must save by itself before it uses them.
    pub const fn to_save(self) -> List {
        match self {
            Abi::Call0 => List(0xf000).with(Reg::RETURN),
            Abi::Windowed => List(0),
        }
    }

    /// The whole frame for `locals` bytes, in 16-byte steps. Under windows its highest 32 bytes are not ours: overflow
    /// handlers save 16 bytes of the callers' registers there, and 16 of this function's own once it makes a `call8`.
    /// Nothing if `entry` or `addmi` cannot make it.
    pub const fn frame(self, locals: u32) -> Option<u32> {
        let (reserved, most) = match self {
            Abi::Call0 => (0, 32_768),
            Abi::Windowed => (32, 32_752),
        };
        if locals > most - reserved { None } else { Some((locals + reserved + 15) & !15) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Operand, assemble};

    #[test]
    fn frames_can_be_made() {
        assert_eq!([Abi::Call0.frame(0), Abi::Call0.frame(20), Abi::Windowed.frame(20)], [Some(0), Some(32), Some(64)]);
        let most = Abi::Windowed.frame(32_720).unwrap();
        assert!(assemble(Isa::Lx6, "entry", &[Operand::Reg(Reg::STACK), Operand::Imm(most as i32)]).is_ok());
        assert_eq!(Abi::Windowed.frame(32_721), None);
        let stack = Operand::Reg(Reg::STACK);
        let most = Abi::Call0.frame(32_768).unwrap();
        assert!(assemble(Isa::Lx106, "addmi", &[stack, stack, Operand::Imm(-(most as i32))]).is_ok());
        assert_eq!(Abi::Call0.frame(u32::MAX), None);
    }

    #[test]
    fn conventions_follow_the_core() {
        assert_eq!([Isa::Lx106, Isa::Lx6, Isa::Lx7].map(Abi::of), [Abi::Call0, Abi::Windowed, Abi::Windowed]);
        assert!(Abi::Call0.to_save().contains(Reg::A0) && !Abi::Call0.kept().contains(Reg::A0));
        assert!(Abi::Windowed.outgoing().iter().next() == Some(Reg::A10));
    }
}
