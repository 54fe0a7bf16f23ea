//! Operand forms: the field each operand goes to.

use crate::field::Field::{self, *};

/// The operands of an instruction.
#[derive(PartialEq, Eq, Debug)]
pub struct Form {
    /// Where each operand goes, in the order they are written.
    pub fields: &'static [Field],
}

const fn imm(at: u8, bits: u8, scale: u8) -> Field {
    Imm { at, bits, scale }
}

const fn form(fields: &'static [Field]) -> Form {
    Form { fields }
}

// R, S and T are the manual's names for the register places at 12, 8 and 4.
pub static NONE: Form = form(&[]);
pub static R_S_T: Form = form(&[Reg(12), Reg(8), Reg(4)]);
pub static R_T: Form = form(&[Reg(12), Reg(4)]);
pub static R_S: Form = form(&[Reg(12), Reg(8)]);
pub static T_S: Form = form(&[Reg(4), Reg(8)]);
pub static R_TWICE: Form = form(&[Reg(12), Twice]);
pub static S: Form = form(&[Reg(8)]);
pub static T: Form = form(&[Reg(4)]);
pub static R_S_LEFT: Form = form(&[Reg(12), Reg(8), ShiftLeft]);
pub static R_T_RIGHT: Form = form(&[Reg(12), Reg(4), ShiftRight]);
pub static R_T_IMM4: Form = form(&[Reg(12), Reg(4), imm(8, 4, 0)]);
pub static AMOUNT: Form = form(&[ShiftAmount]);
pub static R_T_LSB_WIDTH: Form = form(&[Reg(12), Reg(4), Lsb, Width]);
pub static R_S_BIT: Form = form(&[Reg(12), Reg(8), SignBit]);
pub static IMM4_S: Form = form(&[imm(8, 4, 0)]);
pub static IMM4_IMM4: Form = form(&[imm(8, 4, 0), imm(4, 4, 0)]);
pub static T_IMM4: Form = form(&[Reg(4), imm(8, 4, 0)]);
pub static T_S_BYTES: Form = form(&[Reg(4), Reg(8), imm(16, 8, 0)]);
pub static T_S_HALVES: Form = form(&[Reg(4), Reg(8), imm(16, 8, 1)]);
pub static T_S_WORDS: Form = form(&[Reg(4), Reg(8), imm(16, 8, 2)]);
pub static T_MOVI: Form = form(&[Reg(4), Signed12]);
pub static T_S_ADDI: Form = form(&[Reg(4), Reg(8), Signed8(0)]);
pub static T_S_ADDMI: Form = form(&[Reg(4), Reg(8), Signed8(8)]);
pub static T_LITERAL: Form = form(&[Reg(4), Literal]);
pub static CALL: Form = form(&[Call]);
pub static JUMP: Form = form(&[Jump]);
pub static S_BRANCH12: Form = form(&[Reg(8), Branch12]);
pub static S_FEW_BRANCH: Form = form(&[Reg(8), SignedFew, Branch8]);
pub static S_FEW_UNSIGNED_BRANCH: Form = form(&[Reg(8), UnsignedFew, Branch8]);
pub static S_T_BRANCH: Form = form(&[Reg(8), Reg(4), Branch8]);
pub static S_BIT_BRANCH: Form = form(&[Reg(8), Bit, Branch8]);
pub static S_LOOP: Form = form(&[Reg(8), LoopEnd]);
pub static S_ENTRY: Form = form(&[Reg(8), imm(12, 12, 3)]);
pub static T_S_WORDS_N: Form = form(&[Reg(4), Reg(8), imm(12, 4, 2)]);
pub static R_S_ADDI_N: Form = form(&[Reg(12), Reg(8), AddiN]);
pub static S_MOVI_N: Form = form(&[Reg(8), MoviN]);
pub static S_BRANCH_N: Form = form(&[Reg(8), BranchN]);
