//! Register names and numbers, register sets, conditions and shifts.

use core::fmt;

/// A core register, r0 to r15.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reg(u8);

impl Reg {
    /// The register numbered by the low four bits.
    pub const fn new(number: u8) -> Reg {
        Reg(number & 15)
    }

    /// Its number, 0 to 15.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Is it one of r0 to r7, which every 16-bit instruction can name?
    pub const fn is_low(self) -> bool {
        self.0 < 8
    }
}

macro_rules! name_registers {
    ($($name:ident $number:literal)*) => {
        impl Reg {
            $(#[doc = concat!("Register ", $number, ".")] pub const $name: Reg = Reg($number);)*
        }
    };
}
name_registers! { R0 0 R1 1 R2 2 R3 3 R4 4 R5 5 R6 6 R7 7 R8 8 R9 9 R10 10 R11 11 R12 12 SP 13 LR 14 PC 15 }

impl fmt::Display for Reg {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.0 {
            13 => f.write_str("sp"),
            14 => f.write_str("lr"),
            15 => f.write_str("pc"),
            number => write!(f, "r{number}"),
        }
    }
}

/// A single-precision register, s0 to s31.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Single(u8);

impl Single {
    /// The register numbered by the low five bits.
    pub const fn new(number: u8) -> Single {
        Single(number & 31)
    }

    /// Its number, 0 to 31.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Single {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "s{}", self.0)
    }
}

/// A set of core registers: bit n is register n.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct List(pub u16);

impl List {
    /// Registers that carry arguments and results, and that a call destroys.
    pub const ARGUMENTS: List = List(0x000f);
    /// Registers that a function must give back as it found them.
    pub const CALLEE_SAVED: List = List(0x0ff0);

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

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("{")?;
        for (i, reg) in self.iter().enumerate() {
            write!(f, "{}{reg}", if i == 0 { "" } else { ", " })?;
        }
        f.write_str("}")
    }
}

/// A condition on the flags. "Always" is not one: an unconditional branch is another instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Cond {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Carry set: unsigned higher or same.
    Cs,
    /// Carry clear: unsigned lower.
    Cc,
    /// Negative.
    Mi,
    /// Positive or zero.
    Pl,
    /// Overflow.
    Vs,
    /// No overflow.
    Vc,
    /// Unsigned higher.
    Hi,
    /// Unsigned lower or same.
    Ls,
    /// Signed greater or equal.
    Ge,
    /// Signed less.
    Lt,
    /// Signed greater.
    Gt,
    /// Signed less or equal.
    Le,
}

const NAMES: [(Cond, &str); 14] = [
    (Cond::Eq, "eq"),
    (Cond::Ne, "ne"),
    (Cond::Cs, "cs"),
    (Cond::Cc, "cc"),
    (Cond::Mi, "mi"),
    (Cond::Pl, "pl"),
    (Cond::Vs, "vs"),
    (Cond::Vc, "vc"),
    (Cond::Hi, "hi"),
    (Cond::Ls, "ls"),
    (Cond::Ge, "ge"),
    (Cond::Lt, "lt"),
    (Cond::Gt, "gt"),
    (Cond::Le, "le"),
];

impl Cond {
    /// The condition with this code, if there is one.
    pub fn new(code: u8) -> Option<Cond> {
        NAMES.get(usize::from(code)).map(|row| row.0)
    }

    /// Its code in instructions, 0 to 13.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// What holds exactly when this does not.
    pub fn inverted(self) -> Cond {
        Cond::new(self.code() ^ 1).unwrap_or(self)
    }

    /// Its name in mnemonics.
    pub fn name(self) -> &'static str {
        NAMES.get(usize::from(self.code())).map_or("", |row| row.1)
    }
}

/// How a register operand is shifted on its way in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Shift {
    /// Left.
    Lsl,
    /// Right, zeros in.
    Lsr,
    /// Right, sign in.
    Asr,
    /// Rotated right.
    Ror,
}

impl Shift {
    /// Its name in mnemonics.
    pub const fn name(self) -> &'static str {
        match self {
            Shift::Lsl => "lsl",
            Shift::Lsr => "lsr",
            Shift::Asr => "asr",
            Shift::Ror => "ror",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_order_of_their_codes() {
        for (code, (cond, _)) in NAMES.iter().enumerate() {
            assert_eq!(usize::from(cond.code()), code);
            assert_eq!(cond.inverted().inverted(), *cond);
            assert_ne!(cond.inverted(), *cond);
        }
        assert_eq!(Cond::new(14), None);
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let list = List::default().with(Reg::R4).with(Reg::LR);
        assert!(list.contains(Reg::LR) && !list.contains(Reg::R5));
        assert!(list.iter().eq([Reg::R4, Reg::LR]));
    }
}
