//! Operands at the edges of each field, for tests and fuzzers.

use alloc::vec::Vec;

use crate::field::Field::{self, *};
use crate::operand::Operand;
use crate::reg::{Cond, List, Reg, Shift, Single};

impl Field {
    /// Operands at the edges of what fits, for tests and fuzzers. The first fits whatever came earlier fits its own.
    pub fn extremes(self) -> Vec<Operand> {
        let regs = |numbers: &[u8]| numbers.iter().map(|&n| Operand::Reg(Reg::new(n))).collect::<Vec<_>>();
        let imms = |values: &[i32]| values.iter().map(|&n| Operand::Imm(n)).collect::<Vec<_>>();
        let lists = |sets: &[u16]| sets.iter().map(|&n| Operand::List(List(n))).collect::<Vec<_>>();
        match self {
            Lo(_) => regs(&[1, 0, 7, 4, 2]),
            Hi(_) => regs(&[8, 11, 14]),
            Split | Any(_) => regs(&[9, 0, 7, 8, 14, 15]),
            SplitNotPc | NotPc(_) => regs(&[9, 0, 7, 8, 14]),
            Plain(_) | PlainNotFirst(_) | Twice => regs(&[3, 0, 8, 14, 12, 5]),
            ListWithoutFirst => lists(&[0x08, 0xf8, 0x80, 0xfe]),
            ListWithFirst => lists(&[0xff, 0x02, 0x03]),
            PushList => lists(&[0x10, 0x4000, 0x40ff, 0x01, 0x80]),
            PopList => lists(&[0x10, 0x8000, 0x80ff, 0x01, 0x80]),
            WideList(mask) | WideListWithoutFirst(mask) => {
                let sets = [0x0180, 0x1c80, 0x1001, 0x4080, 0x8010, 0x5cf0, 0x9fff].iter();
                sets.filter(|&&set| set & !mask == 0).map(|&set| Operand::List(List(set))).collect()
            }
            Imm { bits, scale, low, .. } => {
                let step = 1 << scale;
                imms(&[i32::from(low), i32::from(low) + step, ((1 << bits) - 1) << scale, 1 << (bits - 1 + scale)])
            }
            ShiftRight(_) | WideRight => imms(&[1, 31, 32, 8]),
            WideLeft => imms(&[1, 31, 4, 3]),
            Lsb => imms(&[0, 31, 4, 3]),
            Shifted => {
                let (left, right) = ([1, 3, 4, 31], [1, 3, 4, 32]);
                let pick = |shift: Shift, amounts: [u8; 4]| amounts.map(|amount| Operand::Shift(shift, amount));
                let all =
                    [pick(Shift::Lsl, left), pick(Shift::Lsr, right), pick(Shift::Asr, right), pick(Shift::Ror, left)];
                all.concat()
            }
            Packed => imms(&[0, 255, 0x00ff_00ff, 0xff00_ff00_u32 as i32, -1, 0x1fe, i32::MIN, 0x3fc00, 0x7f80_0000]),
            Imm12 => imms(&[0, 1, 4095, 0x800, 0x700, 0xff]),
            Imm16 => imms(&[0, 1, 0xffff, 0xf000, 0x800, 0x700, 0xff]),
            Negative8 => imms(&[-1, -255, -128]),
            Negative12 => imms(&[-1, -4095, -2048]),
            Signed8 => imms(&[4, 0, 255, -255, -1]),
            SignedWords => imms(&[4, 0, 1020, -1020, -4]),
            Width | Msb => imms(&[1, 32, 28, 8]),
            Branch8 => [4, 2, 258, -252].map(Operand::To).to_vec(),
            Branch11 => [4, 2, 2050, -2044].map(Operand::To).to_vec(),
            Branch20 => [4, 2, 1_048_578, -1_048_572, 0x1_0000, 0x8_0000, 0x4_0000].map(Operand::To).to_vec(),
            Branch24 => [4, 2, 16_777_218, -16_777_212, 0x40_0000, 0x80_0000, -0x40_0000].map(Operand::To).to_vec(),
            BranchZero => [4, 130, 6, 68].map(Operand::To).to_vec(),
            It(_) => (0..14).filter_map(Cond::new).map(Operand::Cond).collect(),
            Special => crate::isa::Special::all().map(Operand::Special).collect(),
            SingleD | SingleN | SingleM => [0, 1, 31, 16, 15].map(|n| Operand::Single(Single::new(n))).to_vec(),
        }
    }
}
