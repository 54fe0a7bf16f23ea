//! Operand forms: how operands are written, and the field each goes to.

use crate::field::Field::{self, *};

/// The operands of an instruction, as an assembler writes them.
#[derive(PartialEq, Eq, Debug)]
pub struct Form {
    /// The written form; each `$` is the next operand.
    pub text: &'static str,
    /// Where each operand goes, in the order they are written.
    pub fields: &'static [Field],
}

const fn imm(at: u8, bits: u8, scale: u8, low: u8) -> Field {
    Imm { at, bits, scale, low }
}

// D, N, M, A and T are the manual's names for destination, operands, addend and transferred register.
// NSP is an N that may be sp. AT is a place in memory.
pub static NONE: Form = Form { text: "", fields: &[] };
pub static LO_LO: Form = Form { text: "$, $", fields: &[Lo(0), Lo(3)] };
pub static LO_LO_LO: Form = Form { text: "$, $, $", fields: &[Lo(0), Lo(3), Lo(6)] };
pub static LO_LO_IMM3: Form = Form { text: "$, $, $", fields: &[Lo(0), Lo(3), imm(6, 3, 0, 0)] };
pub static LO_LO_LEFT: Form = Form { text: "$, $, $", fields: &[Lo(0), Lo(3), imm(6, 5, 0, 1)] };
pub static LO_LO_RIGHT: Form = Form { text: "$, $, $", fields: &[Lo(0), Lo(3), ShiftRight(6)] };
pub static LO_IMM8: Form = Form { text: "$, $", fields: &[Lo(8), imm(0, 8, 0, 0)] };
pub static LO_LO_ZERO: Form = Form { text: "$, $, #0", fields: &[Lo(0), Lo(3)] };
pub static SPLIT_ANY: Form = Form { text: "$, $", fields: &[Split, Any(3)] };
pub static SPLIT_NOT_PC: Form = Form { text: "$, $", fields: &[SplitNotPc, NotPc(3)] };
pub static HI_NOT_PC: Form = Form { text: "$, $", fields: &[Hi(0), NotPc(3)] };
pub static LO_HI: Form = Form { text: "$, $", fields: &[Lo(0), Hi(3)] };
pub static TO_REG: Form = Form { text: "$", fields: &[NotPc(3)] };
pub static LO_POOL: Form = Form { text: "$, [pc, $]", fields: &[Lo(8), imm(0, 8, 2, 0)] };
pub static LO_PC: Form = Form { text: "$, pc, $", fields: &[Lo(8), imm(0, 8, 2, 0)] };
pub static LO_SP: Form = Form { text: "$, sp, $", fields: &[Lo(8), imm(0, 8, 2, 0)] };
pub static SP_IMM7: Form = Form { text: "sp, $", fields: &[imm(0, 7, 2, 0)] };
pub static LO_AT_SP: Form = Form { text: "$, [sp, $]", fields: &[Lo(8), imm(0, 8, 2, 0)] };
pub static LO_AT_LO_LO: Form = Form { text: "$, [$, $]", fields: &[Lo(0), Lo(3), Lo(6)] };
pub static LO_AT_LO_WORDS: Form = Form { text: "$, [$, $]", fields: &[Lo(0), Lo(3), imm(6, 5, 2, 0)] };
pub static LO_AT_LO_HALVES: Form = Form { text: "$, [$, $]", fields: &[Lo(0), Lo(3), imm(6, 5, 1, 0)] };
pub static LO_AT_LO_BYTES: Form = Form { text: "$, [$, $]", fields: &[Lo(0), Lo(3), imm(6, 5, 0, 0)] };
pub static LO_BRANCH: Form = Form { text: "$, $", fields: &[Lo(0), BranchZero] };
pub static FLAG_I: Form = Form { text: "i", fields: &[] };
pub static FLAG_F: Form = Form { text: "f", fields: &[] };
pub static PUSH: Form = Form { text: "$", fields: &[PushList] };
pub static POP: Form = Form { text: "$", fields: &[PopList] };
pub static IMM8: Form = Form { text: "$", fields: &[imm(0, 8, 0, 0)] };
pub static LO_LIST_BACK: Form = Form { text: "$!, $", fields: &[Lo(8), ListWithoutFirst] };
pub static LO_LIST: Form = Form { text: "$, $", fields: &[Lo(8), ListWithFirst] };
pub static BRANCH8: Form = Form { text: "$", fields: &[Branch8] };
pub static BRANCH11: Form = Form { text: "$", fields: &[Branch11] };
pub static IT: Form = Form { text: "$", fields: &[It(8)] };
pub static IT_T: Form = Form { text: "$", fields: &[It(4)] };
pub static IT_E: Form = Form { text: "$", fields: &[It(12)] };
pub static IT_TT: Form = Form { text: "$", fields: &[It(2)] };
pub static IT_ET: Form = Form { text: "$", fields: &[It(10)] };
pub static IT_TE: Form = Form { text: "$", fields: &[It(6)] };
pub static IT_EE: Form = Form { text: "$", fields: &[It(14)] };
pub static IT_TTT: Form = Form { text: "$", fields: &[It(1)] };
pub static IT_ETT: Form = Form { text: "$", fields: &[It(9)] };
pub static IT_TET: Form = Form { text: "$", fields: &[It(5)] };
pub static IT_EET: Form = Form { text: "$", fields: &[It(13)] };
pub static IT_TTE: Form = Form { text: "$", fields: &[It(3)] };
pub static IT_ETE: Form = Form { text: "$", fields: &[It(11)] };
pub static IT_TEE: Form = Form { text: "$", fields: &[It(7)] };
pub static IT_EEE: Form = Form { text: "$", fields: &[It(15)] };
pub static BRANCH20: Form = Form { text: "$", fields: &[Branch20] };
pub static BRANCH24: Form = Form { text: "$", fields: &[Branch24] };
pub static D_N_M: Form = Form { text: "$, $, $", fields: &[Plain(8), Plain(16), Plain(0)] };
pub static D_N_M_SHIFT: Form = Form { text: "$, $, $, $", fields: &[Plain(8), Plain(16), Plain(0), Shifted] };
pub static D_NSP_M: Form = Form { text: "$, $, $", fields: &[Plain(8), NotPc(16), Plain(0)] };
pub static D_NSP_M_SHIFT: Form = Form { text: "$, $, $, $", fields: &[Plain(8), NotPc(16), Plain(0), Shifted] };
pub static D_M: Form = Form { text: "$, $", fields: &[Plain(8), Plain(0)] };
pub static DSP_MSP: Form = Form { text: "$, $", fields: &[NotPc(8), NotPc(0)] };
pub static D_M_SHIFT: Form = Form { text: "$, $, $", fields: &[Plain(8), Plain(0), Shifted] };
pub static N_M: Form = Form { text: "$, $", fields: &[Plain(16), Plain(0)] };
pub static N_M_SHIFT: Form = Form { text: "$, $, $", fields: &[Plain(16), Plain(0), Shifted] };
pub static NSP_M: Form = Form { text: "$, $", fields: &[NotPc(16), Plain(0)] };
pub static NSP_M_SHIFT: Form = Form { text: "$, $, $", fields: &[NotPc(16), Plain(0), Shifted] };
pub static D_N_PACKED: Form = Form { text: "$, $, $", fields: &[Plain(8), Plain(16), Packed] };
pub static D_NSP_PACKED: Form = Form { text: "$, $, $", fields: &[Plain(8), NotPc(16), Packed] };
pub static SP_SP_PACKED: Form = Form { text: "sp, sp, $", fields: &[Packed] };
pub static D_PACKED: Form = Form { text: "$, $", fields: &[Plain(8), Packed] };
pub static N_PACKED: Form = Form { text: "$, $", fields: &[Plain(16), Packed] };
pub static NSP_PACKED: Form = Form { text: "$, $", fields: &[NotPc(16), Packed] };
pub static D_NSP_IMM12: Form = Form { text: "$, $, $", fields: &[Plain(8), NotPc(16), Imm12] };
pub static SP_SP_IMM12: Form = Form { text: "sp, sp, $", fields: &[Imm12] };
pub static D_IMM16: Form = Form { text: "$, $", fields: &[Plain(8), Imm16] };
pub static D_M_LEFT: Form = Form { text: "$, $, $", fields: &[Plain(8), Plain(0), WideLeft] };
pub static D_M_RIGHT: Form = Form { text: "$, $, $", fields: &[Plain(8), Plain(0), WideRight] };
pub static ANY_AT_IMM12: Form = Form { text: "$, [$, $]", fields: &[Any(12), NotPc(16), imm(0, 12, 0, 0)] };
pub static ANY_AT_BACK: Form = Form { text: "$, [$, $]", fields: &[Any(12), NotPc(16), Negative8] };
pub static ANY_AT_REG: Form =
    Form { text: "$, [$, $, lsl $]", fields: &[Any(12), NotPc(16), Plain(0), imm(4, 2, 0, 0)] };
pub static ANY_PRE: Form = Form { text: "$, [$, $]!", fields: &[Any(12), NotPc(16), Signed8] };
pub static ANY_POST: Form = Form { text: "$, [$], $", fields: &[Any(12), NotPc(16), Signed8] };
pub static SP_POOL: Form = Form { text: "$, [pc, $]", fields: &[NotPc(12), imm(0, 12, 0, 0)] };
pub static SP_POOL_BACK: Form = Form { text: "$, [pc, $]", fields: &[NotPc(12), Negative12] };
pub static SP_AT_IMM12: Form = Form { text: "$, [$, $]", fields: &[NotPc(12), NotPc(16), imm(0, 12, 0, 0)] };
pub static SP_AT_BACK: Form = Form { text: "$, [$, $]", fields: &[NotPc(12), NotPc(16), Negative8] };
pub static SP_AT_REG: Form =
    Form { text: "$, [$, $, lsl $]", fields: &[NotPc(12), NotPc(16), Plain(0), imm(4, 2, 0, 0)] };
pub static SP_PRE: Form = Form { text: "$, [$, $]!", fields: &[NotPc(12), NotPc(16), Signed8] };
pub static SP_POST: Form = Form { text: "$, [$], $", fields: &[NotPc(12), NotPc(16), Signed8] };
pub static PLAIN_POOL: Form = Form { text: "$, [pc, $]", fields: &[Plain(12), imm(0, 12, 0, 0)] };
pub static PLAIN_POOL_BACK: Form = Form { text: "$, [pc, $]", fields: &[Plain(12), Negative12] };
pub static PLAIN_AT_IMM12: Form = Form { text: "$, [$, $]", fields: &[Plain(12), NotPc(16), imm(0, 12, 0, 0)] };
pub static PLAIN_AT_BACK: Form = Form { text: "$, [$, $]", fields: &[Plain(12), NotPc(16), Negative8] };
pub static PLAIN_AT_REG: Form =
    Form { text: "$, [$, $, lsl $]", fields: &[Plain(12), NotPc(16), Plain(0), imm(4, 2, 0, 0)] };
pub static PAIR_AT: Form =
    Form { text: "$, $, [$, $]", fields: &[Plain(12), PlainNotFirst(8), NotPc(16), SignedWords] };
pub static PAIR_AT_STORE: Form = Form { text: "$, $, [$, $]", fields: &[Plain(12), Plain(8), NotPc(16), SignedWords] };
pub static WIDE_STORE_BACK: Form = Form { text: "$!, $", fields: &[NotPc(16), WideListWithoutFirst(0x5fff)] };
pub static WIDE_STORE: Form = Form { text: "$, $", fields: &[NotPc(16), WideList(0x5fff)] };
pub static WIDE_LOAD_BACK: Form = Form { text: "$!, $", fields: &[NotPc(16), WideListWithoutFirst(0xdfff)] };
pub static WIDE_LOAD: Form = Form { text: "$, $", fields: &[NotPc(16), WideList(0xdfff)] };
pub static WIDE_PUSH: Form = Form { text: "$", fields: &[WideList(0x5fff)] };
pub static WIDE_POP: Form = Form { text: "$", fields: &[WideList(0xdfff)] };
pub static D_N_M_A: Form = Form { text: "$, $, $, $", fields: &[Plain(8), Plain(16), Plain(0), Plain(12)] };
pub static LO_HI_N_M: Form = Form { text: "$, $, $, $", fields: &[Plain(12), PlainNotFirst(8), Plain(16), Plain(0)] };
pub static D_TWICE: Form = Form { text: "$, $", fields: &[Plain(8), Twice] };
pub static D_N_LSB_WIDTH: Form = Form { text: "$, $, $, $", fields: &[Plain(8), Plain(16), Lsb, Width] };
pub static D_N_LSB_MSB: Form = Form { text: "$, $, $, $", fields: &[Plain(8), Plain(16), Lsb, Msb] };
pub static D_LSB_MSB: Form = Form { text: "$, $, $", fields: &[Plain(8), Lsb, Msb] };
pub static BARRIER: Form = Form { text: "sy", fields: &[] };
pub static D_SPECIAL: Form = Form { text: "$, $", fields: &[Plain(8), Special] };
pub static SPECIAL_N: Form = Form { text: "$, $", fields: &[Special, Plain(16)] };
pub static T_AT_WORDS: Form = Form { text: "$, [$, $]", fields: &[Plain(12), NotPc(16), imm(0, 8, 2, 0)] };
pub static T_AT: Form = Form { text: "$, [$]", fields: &[Plain(12), NotPc(16)] };
pub static D_T_AT_WORDS: Form =
    Form { text: "$, $, [$, $]", fields: &[Plain(8), PlainNotFirst(12), PlainNotFirst(16), imm(0, 8, 2, 0)] };
pub static D_T_AT: Form = Form { text: "$, $, [$]", fields: &[Plain(0), PlainNotFirst(12), PlainNotFirst(16)] };
pub static TABLE_BYTES: Form = Form { text: "[$, $]", fields: &[NotPc(16), Plain(0)] };
pub static TABLE_HALVES: Form = Form { text: "[$, $, lsl #1]", fields: &[NotPc(16), Plain(0)] };
pub static S_S_S: Form = Form { text: "$, $, $", fields: &[SingleD, SingleN, SingleM] };
pub static S_S: Form = Form { text: "$, $", fields: &[SingleD, SingleM] };
pub static S_ZERO: Form = Form { text: "$, #0.0", fields: &[SingleD] };
pub static S_R: Form = Form { text: "$, $", fields: &[SingleN, Plain(12)] };
pub static R_S: Form = Form { text: "$, $", fields: &[Plain(12), SingleN] };
pub static S_AT: Form = Form { text: "$, [$, $]", fields: &[SingleD, NotPc(16), SignedWords] };
pub static FLAGS_STATUS: Form = Form { text: "APSR_nzcv, fpscr", fields: &[] };
pub static R_STATUS: Form = Form { text: "$, fpscr", fields: &[Plain(12)] };
pub static STATUS_R: Form = Form { text: "fpscr, $", fields: &[Plain(12)] };
pub static D_M_N: Form = Form { text: "$, $, $", fields: &[Plain(8), Plain(0), Plain(16)] };
