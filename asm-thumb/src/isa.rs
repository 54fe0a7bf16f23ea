//! The instruction sets v6-M, v7-M and v7E-M: what each can do.

use core::fmt;

/// An instruction set. Each has all that the ones before it have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Isa {
    /// Cortex-M0 and M0+: 16-bit instructions and a handful of wide ones.
    V6M,
    /// Cortex-M3: all of Thumb-2 without saturating and packed arithmetic.
    V7M,
    /// Cortex-M4 and M7 without a floating-point unit.
    V7EM,
    /// Cortex-M4F and M7 with single-precision floats.
    V7EMF,
}

impl Isa {
    /// Are there `sdiv` and `udiv`?
    pub fn has_divide(self) -> bool {
        self >= Isa::V7M
    }

    /// Are there wide data instructions: three operands, twelve-bit constants, `movw` and `movt`?
    pub fn has_wide(self) -> bool {
        self >= Isa::V7M
    }

    /// Are there `it`, `cbz` and `cbnz`?
    pub fn has_if_then(self) -> bool {
        self >= Isa::V7M
    }

    /// May a word or halfword be read at an address that is not a multiple of its size?
    pub fn has_unaligned_access(self) -> bool {
        self >= Isa::V7M
    }

    /// Are there single-precision registers?
    pub fn has_singles(self) -> bool {
        self >= Isa::V7EMF
    }
}

impl fmt::Display for Isa {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Isa::V6M => "v6-M",
            Isa::V7M => "v7-M",
            Isa::V7EM => "v7E-M",
            Isa::V7EMF => "v7E-M with floats",
        })
    }
}

/// A register that only `mrs` and `msr` reach.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Special(u8);

/// Every special register: number, name, who has it.
const SPECIALS: &[(u8, &str, Isa)] = &[
    (0, "apsr", Isa::V6M),
    (1, "iapsr", Isa::V6M),
    (2, "eapsr", Isa::V6M),
    (3, "xpsr", Isa::V6M),
    (5, "ipsr", Isa::V6M),
    (6, "epsr", Isa::V6M),
    (7, "iepsr", Isa::V6M),
    (8, "msp", Isa::V6M),
    (9, "psp", Isa::V6M),
    (16, "primask", Isa::V6M),
    (17, "basepri", Isa::V7M),
    (18, "basepri_max", Isa::V7M),
    (19, "faultmask", Isa::V7M),
    (20, "control", Isa::V6M),
];

impl Special {
    /// The register with this number, if there is one.
    pub fn new(number: u8) -> Option<Special> {
        SPECIALS.iter().find(|row| row.0 == number).map(|row| Special(row.0))
    }

    /// The register with this name in lower case, if there is one.
    pub fn named(name: &str) -> Option<Special> {
        SPECIALS.iter().find(|row| row.1 == name).map(|row| Special(row.0))
    }

    /// Its number in instructions.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The least instruction set that has it.
    pub fn needs(self) -> Isa {
        SPECIALS.iter().find(|row| row.0 == self.0).map_or(Isa::V7M, |row| row.2)
    }

    /// Every special register.
    pub fn all() -> impl Iterator<Item = Special> {
        SPECIALS.iter().map(|row| Special(row.0))
    }
}

impl fmt::Display for Special {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(SPECIALS.iter().find(|row| row.0 == self.0).map_or("", |row| row.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specials_are_found_both_ways() {
        assert!(Special::all().all(|one| Special::new(one.number()) == Some(one)));
        assert_eq!(Special::named("primask").map(Special::number), Some(16));
        assert_eq!(Special::new(4), None);
    }

    #[test]
    fn only_the_smallest_lacks_wide_instructions() {
        assert!(!Isa::V6M.has_wide() && Isa::V7M.has_wide() && Isa::V7M.has_divide());
        assert!(!Isa::V7EM.has_singles() && Isa::V7EMF.has_singles());
    }
}
