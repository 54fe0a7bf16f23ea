//! Operands at the edges of each field, for tests and fuzzers.

use alloc::vec::Vec;

use crate::field::Field::{self, *};
use crate::field::Operand;
use crate::imm;

impl Field {
    /// Operands at the edges of what fits; the first one fits whatever came before it.
    pub fn extremes(self) -> Vec<Operand> {
        let imms = |values: &[i32]| values.iter().map(|&n| Operand::Imm(n)).collect::<Vec<_>>();
        let tos = |values: &[i32]| values.iter().map(|&n| Operand::To(n)).collect::<Vec<_>>();
        match self {
            Reg(_) | Twice => [3, 0, 15, 8, 5].map(|n| Operand::Reg(crate::reg::Reg::new(n))).to_vec(),
            Imm { bits, scale, .. } => imms(&[0, 1 << scale, ((1 << bits) - 1) << scale, 1 << (bits - 1 + scale)]),
            Signed8(scale) => imms(&[1 << scale, 0, -(1 << scale), 127 << scale, -(128 << scale)]),
            Signed12 => imms(&[1, 0, -1, 2047, -2048, 255, 256]),
            MoviN => imms(&[1, 0, -1, 95, -32, 31, 32]),
            AddiN => imms(&[1, -1, 15, 8]),
            SignBit => imms(&[7, 22, 8, 15]),
            ShiftLeft => imms(&[1, 31, 16, 17, 15]),
            ShiftRight | ShiftAmount | Lsb | Bit => imms(&[0, 31, 1, 15, 16]),
            Width => imms(&[1, 16, 2, 15, 8]),
            SignedFew => imms(&imm::SIGNED),
            UnsignedFew => imms(&imm::UNSIGNED),
            Branch8 => tos(&[4, 0, 131, -124, 3, -1]),
            Branch12 => tos(&[4, 0, 2051, -2044, 3, -1]),
            Jump => tos(&[4, 0, 131_075, -131_068, 3, -1]),
            Call => tos(&[4, 0, 524_288, -524_284, 8, -4]),
            BranchN => tos(&[4, 67, 5, 20, 19]),
            LoopEnd => tos(&[5, 4, 259, 131]),
            Literal => tos(&[-4, -262_144, -8, -131_072]),
        }
    }
}
