//! Branch forms, shortest first, how far each reaches, and which one is the opposite.

use core::ops::RangeInclusive;

use crate::field::Field;
use crate::table::Row;

/// A form of branch. Distances are in bytes from the start of the branch itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Branch {
    /// `beqz.n` and `bnez.n`: two bytes, forward only.
    ZeroNarrow,
    /// `beqz bnez bltz bgez`: three bytes.
    Zero,
    /// Comparing two registers, or one with a constant or a bit: three bytes.
    Compare,
    /// `j`: three bytes.
    Always,
    /// `call0` and its windowed kin: three bytes, to whole words.
    Call,
}

impl Branch {
    /// How many bytes it takes.
    pub const fn size(self) -> i32 {
        match self {
            Branch::ZeroNarrow => 2,
            Branch::Zero | Branch::Compare | Branch::Always | Branch::Call => 3,
        }
    }

    /// The distances it can go.
    pub const fn reach(self) -> RangeInclusive<i32> {
        match self {
            Branch::ZeroNarrow => 4..=67,
            Branch::Zero => -2_044..=2_051,
            Branch::Compare => -124..=131,
            Branch::Always => -131_068..=131_075,
            Branch::Call => -524_284..=524_288,
        }
    }
}

/// A choice of instructions for one conditional jump.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Jump {
    /// This branch goes there.
    Direct(Branch),
    /// This branch, inverted, steps over a `j` that goes there.
    Over(Branch),
}

impl Jump {
    /// How many bytes it takes.
    pub const fn size(self) -> i32 {
        match self {
            Jump::Direct(branch) => branch.size(),
            Jump::Over(branch) => branch.size() + Branch::Always.size(),
        }
    }
}

/// The way to go `delta` bytes by this branch. Nothing if even a `j` does not reach: then the address must be loaded.
pub fn conditional(branch: Branch, delta: i32) -> Option<Jump> {
    if branch.reach().contains(&delta) {
        return Some(Jump::Direct(branch));
    }
    Branch::Always.reach().contains(&delta.saturating_sub(branch.size())).then_some(Jump::Over(branch))
}

/// The branch that is taken exactly when this one is not.
pub fn inverted(name: &str) -> Option<&'static str> {
    let mut both_ways = PAIRS.iter().flat_map(|&(one, other)| [(one, other), (other, one)]);
    both_ways.find(|pair| pair.0 == name).map(|pair| pair.1)
}

/// From where the distance of this instruction at `address` counts.
pub fn base(row: &Row, address: u32) -> u32 {
    match row.form.fields.last() {
        Some(Field::Call) => address & !3,
        Some(Field::Literal) => address.wrapping_add(3) & !3,
        Some(_) | None => address,
    }
}

const PAIRS: [(&str, &str); 13] = [
    ("beqz.n", "bnez.n"),
    ("beqz", "bnez"),
    ("bltz", "bgez"),
    ("beqi", "bnei"),
    ("blti", "bgei"),
    ("bltui", "bgeui"),
    ("beq", "bne"),
    ("blt", "bge"),
    ("bltu", "bgeu"),
    ("bany", "bnone"),
    ("ball", "bnall"),
    ("bbc", "bbs"),
    ("bbci", "bbsi"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Isa, Operand, Reg, TABLE, assemble, rows};

    #[test]
    fn reach_is_what_the_encoder_takes() {
        let reg = Operand::Reg(Reg::A2);
        for (branch, name, step) in [
            (Branch::ZeroNarrow, "bnez.n", 1),
            (Branch::Zero, "bltz", 1),
            (Branch::Compare, "bgeu", 1),
            (Branch::Always, "j", 1),
            (Branch::Call, "call0", 4),
        ] {
            let goes = |delta| match branch {
                Branch::Compare => assemble(Isa::Lx106, name, &[reg, reg, Operand::To(delta)]),
                Branch::ZeroNarrow | Branch::Zero => assemble(Isa::Lx106, name, &[reg, Operand::To(delta)]),
                Branch::Always | Branch::Call => assemble(Isa::Lx106, name, &[Operand::To(delta)]),
            };
            let (low, high) = branch.reach().into_inner();
            assert!(goes(low).is_ok() && goes(high).is_ok(), "{name}");
            assert!(goes(low - step).is_err() && goes(high + step).is_err(), "{name}");
            assert!(goes(i32::MIN).is_err() && goes(i32::MAX).is_err());
            assert_eq!(goes(high).map(|code| code.bytes().len() as i32), Ok(branch.size()));
        }
    }

    #[test]
    fn every_conditional_branch_has_an_opposite_of_the_same_form() {
        let branches = TABLE.iter().filter(|row| row.name.starts_with('b') && !row.name.starts_with("break"));
        assert_eq!(branches.clone().count(), 26);
        for row in branches {
            let opposite = inverted(row.name).and_then(|name| rows(name).next()).unwrap();
            assert_eq!(inverted(opposite.name), Some(row.name));
            assert_eq!(opposite.form, row.form);
        }
        assert_eq!(inverted("j"), None);
    }

    #[test]
    fn far_jumps_step_over() {
        assert_eq!(conditional(Branch::Compare, 131), Some(Jump::Direct(Branch::Compare)));
        assert_eq!(conditional(Branch::Compare, 132), Some(Jump::Over(Branch::Compare)));
        assert_eq!(conditional(Branch::Zero, -131_065), Some(Jump::Over(Branch::Zero)));
        assert_eq!(conditional(Branch::Zero, -131_066), None);
        assert_eq!(conditional(Branch::Zero, i32::MIN), None);
        assert_eq!(Jump::Over(Branch::ZeroNarrow).size(), 5);
    }

    #[test]
    fn distances_count_from_whole_words() {
        let at = |name, address| rows(name).next().map(|row| base(row, address));
        assert_eq!([at("j", 7), at("call0", 7), at("l32r", 5)], [Some(7), Some(4), Some(8)]);
    }
}
