//! Register names and numbers, and register sets.

use core::fmt;

/// An address register, a0 to a15.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reg(u8);

impl Reg {
    /// Where a call leaves the return address.
    pub const RETURN: Reg = Reg::A0;
    /// The stack pointer.
    pub const STACK: Reg = Reg::A1;

    /// The register numbered by the low four bits.
    pub const fn new(number: u8) -> Reg {
        Reg(number & 15)
    }

    /// Its number, 0 to 15.
    pub const fn number(self) -> u8 {
        self.0
    }
}

macro_rules! name_registers {
    ($($name:ident $number:literal)*) => {
        impl Reg {
            $(#[doc = concat!("Register ", $number, ".")] pub const $name: Reg = Reg($number);)*
        }
    };
}
name_registers! { A0 0 A1 1 A2 2 A3 3 A4 4 A5 5 A6 6 A7 7 A8 8 A9 9 A10 10 A11 11 A12 12 A13 13 A14 14 A15 15 }

impl fmt::Display for Reg {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "a{}", self.0)
    }
}

/// A set of address registers: bit n is register n.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct List(pub u16);

impl List {
    /// This set and one register more.
    pub const fn with(self, reg: Reg) -> List {
        List(self.0 | 1 << reg.0)
    }

    /// Is the register in the set?
    pub const fn contains(self, reg: Reg) -> bool {
        self.0 >> reg.0 & 1 == 1
    }

    /// Its registers, lowest first.
    pub fn iter(self) -> impl Iterator<Item = Reg> {
        (0..16).map(Reg).filter(move |&reg| self.contains(reg))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in() {
        let list = List::default().with(Reg::A2).with(Reg::A15);
        assert!(list.contains(Reg::A15) && !list.contains(Reg::A3));
        assert!(list.iter().eq([Reg::A2, Reg::A15]));
    }
}
