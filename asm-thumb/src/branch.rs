//! Branch forms, shortest first, and how far each reaches.

use core::ops::RangeInclusive;

use crate::isa::Isa;
use crate::reg::Cond;
use crate::table::{Row, TABLE};

/// A form of branch. Distances are in bytes from the start of the branch itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Branch {
    /// `cbz` or `cbnz`: two bytes, forward only.
    Zero,
    /// `b<cond>`: two bytes.
    Cond,
    /// `b<cond>.w`: four bytes.
    CondWide,
    /// `b`: two bytes.
    Always,
    /// `b.w`: four bytes.
    AlwaysWide,
    /// `bl`: four bytes; overwrites lr.
    Call,
}

impl Branch {
    /// How many bytes it takes.
    pub const fn size(self) -> i32 {
        match self {
            Branch::Zero | Branch::Cond | Branch::Always => 2,
            Branch::CondWide | Branch::AlwaysWide | Branch::Call => 4,
        }
    }

    /// The distances it can go.
    pub const fn reach(self) -> RangeInclusive<i32> {
        match self {
            Branch::Zero => 4..=130,
            Branch::Cond => -252..=258,
            Branch::CondWide => -1_048_572..=1_048_578,
            Branch::Always => -2_044..=2_050,
            Branch::AlwaysWide | Branch::Call => -16_777_212..=16_777_218,
        }
    }
}

/// A choice of branch instructions for one conditional jump.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Jump {
    /// This branch goes there.
    Direct(Branch),
    /// A narrow branch on the inverse condition steps over this one, which goes there.
    Over(Branch),
}

impl Jump {
    /// How many bytes it takes.
    pub const fn size(self) -> i32 {
        match self {
            Jump::Direct(branch) => branch.size(),
            Jump::Over(branch) => 2 + branch.size(),
        }
    }
}

/// The shortest way to go `delta` bytes if a condition holds. Nothing if no way reaches.
pub fn conditional(isa: Isa, delta: i32) -> Option<Jump> {
    let far = if isa.has_wide() { Branch::AlwaysWide } else { Branch::Call };
    let ways = [
        Jump::Direct(Branch::Cond),
        if isa.has_wide() { Jump::Direct(Branch::CondWide) } else { Jump::Over(Branch::Always) },
        Jump::Over(far),
    ];
    ways.into_iter().find(|way| match way {
        Jump::Direct(branch) => branch.reach().contains(&delta),
        Jump::Over(branch) => branch.reach().contains(&(delta - 2)),
    })
}

/// The shortest way to go `delta` bytes always. Without wide instructions the far way is `bl`, which costs lr.
pub fn always(isa: Isa, delta: i32) -> Option<Branch> {
    let far = if isa.has_wide() { Branch::AlwaysWide } else { Branch::Call };
    [Branch::Always, far].into_iter().find(|branch| branch.reach().contains(&delta))
}

/// The row of a conditional branch. Nothing if the form has no condition.
pub fn conditional_row(branch: Branch, cond: Cond) -> Option<&'static Row> {
    let code = u32::from(cond.code());
    let bits = match branch {
        Branch::Cond => 0xd000 | code << 8,
        Branch::CondWide => 0xf000_8000 | code << 22,
        Branch::Zero | Branch::Always | Branch::AlwaysWide | Branch::Call => return None,
    };
    TABLE.iter().find(|row| row.bits == bits)
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::{Operand, Reg, assemble, encode};

    #[test]
    fn reach_is_what_the_encoder_takes() {
        let reg = Operand::Reg(Reg::R0);
        for (branch, name) in [
            (Branch::Zero, "cbz"),
            (Branch::Cond, "bne"),
            (Branch::CondWide, "bne.w"),
            (Branch::Always, "b"),
            (Branch::AlwaysWide, "b.w"),
            (Branch::Call, "bl"),
        ] {
            let goes = |delta| match branch {
                Branch::Zero => assemble(Isa::V7M, name, &[reg, Operand::To(delta)]),
                _ => assemble(Isa::V7M, name, &[Operand::To(delta)]),
            };
            let (low, high) = branch.reach().into_inner();
            assert!(goes(low).is_ok() && goes(high).is_ok(), "{name}");
            assert!(goes(low - 2).is_err() && goes(high + 2).is_err() && goes(high - 1).is_err(), "{name}");
            assert!(goes(i32::MIN).is_err() && goes(i32::MAX).is_err());
            assert_eq!(goes(high).map(|code| code.bytes().len() as i32), Ok(branch.size()));
        }
    }

    #[test]
    fn every_condition_has_its_row() {
        for cond in (0..14).filter_map(Cond::new) {
            for (branch, tail) in [(Branch::Cond, ""), (Branch::CondWide, ".w")] {
                let row = conditional_row(branch, cond).unwrap();
                assert_eq!(row.name, format!("b{}{tail}", cond.name()));
                assert!(encode(Isa::V7M, row, &[Operand::To(8)]).is_ok());
            }
        }
        assert_eq!(conditional_row(Branch::Call, Cond::Eq), None);
    }

    #[test]
    fn far_jumps_take_longer_forms() {
        assert_eq!(conditional(Isa::V6M, 258), Some(Jump::Direct(Branch::Cond)));
        assert_eq!(conditional(Isa::V6M, 260), Some(Jump::Over(Branch::Always)));
        assert_eq!(conditional(Isa::V6M, 4000), Some(Jump::Over(Branch::Call)));
        assert_eq!(conditional(Isa::V7M, 260), Some(Jump::Direct(Branch::CondWide)));
        assert_eq!(conditional(Isa::V7M, 2 << 20), Some(Jump::Over(Branch::AlwaysWide)));
        assert_eq!(conditional(Isa::V7M, 1 << 30), None);
        assert_eq!(always(Isa::V6M, -2044), Some(Branch::Always));
        assert_eq!(always(Isa::V6M, 4000), Some(Branch::Call));
        assert_eq!(Jump::Over(Branch::AlwaysWide).size(), 6);
    }
}
