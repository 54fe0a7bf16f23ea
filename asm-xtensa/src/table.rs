//! One row per instruction: name, operand form, bits, and the option that brings it.

use crate::form::{self, Form};
use crate::isa::Feature::{self, *};
use crate::print::is_narrow;

/// An instruction.
#[derive(PartialEq, Eq, Debug)]
pub struct Row {
    /// Its mnemonic; `.n` marks the narrow form of one that also has a wide form.
    pub name: &'static str,
    /// Its operands.
    pub form: &'static Form,
    /// Its fixed bits, the first byte lowest.
    pub bits: u32,
    /// The option a core must have.
    pub needs: Feature,
}

impl Row {
    /// How many bytes it takes: two or three.
    pub const fn size(&self) -> u8 {
        if is_narrow(self.bits as u8) { 2 } else { 3 }
    }
}

/// The rows with this name.
pub fn rows(name: &str) -> impl Iterator<Item = &'static Row> {
    TABLE.iter().filter(move |row| row.name == name)
}

const fn row(name: &'static str, form: &'static Form, bits: u32, needs: Feature) -> Row {
    Row { name, form, bits, needs }
}

/// Every instruction. Where two rows can mean the same bits, the first is how they print.
pub static TABLE: &[Row] = &[
    // Sums and bits.
    row("mov", &form::R_TWICE, 0x20_0000, Core),
    row("and", &form::R_S_T, 0x10_0000, Core),
    row("or", &form::R_S_T, 0x20_0000, Core),
    row("xor", &form::R_S_T, 0x30_0000, Core),
    row("add", &form::R_S_T, 0x80_0000, Core),
    row("addx2", &form::R_S_T, 0x90_0000, Core),
    row("addx4", &form::R_S_T, 0xa0_0000, Core),
    row("addx8", &form::R_S_T, 0xb0_0000, Core),
    row("sub", &form::R_S_T, 0xc0_0000, Core),
    row("subx2", &form::R_S_T, 0xd0_0000, Core),
    row("subx4", &form::R_S_T, 0xe0_0000, Core),
    row("subx8", &form::R_S_T, 0xf0_0000, Core),
    row("neg", &form::R_T, 0x60_0000, Core),
    row("abs", &form::R_T, 0x60_0100, Core),
    row("addi", &form::T_S_ADDI, 0xc002, Core),
    row("addmi", &form::T_S_ADDMI, 0xd002, Core),
    row("movi", &form::T_MOVI, 0xa002, Core),
    row("extui", &form::R_T_LSB_WIDTH, 0x04_0000, Core),
    row("moveqz", &form::R_S_T, 0x83_0000, Core),
    row("movnez", &form::R_S_T, 0x93_0000, Core),
    row("movltz", &form::R_S_T, 0xa3_0000, Core),
    row("movgez", &form::R_S_T, 0xb3_0000, Core),
    // Shifts.
    row("slli", &form::R_S_LEFT, 0x01_0000, Core),
    row("srai", &form::R_T_RIGHT, 0x21_0000, Core),
    row("srli", &form::R_T_IMM4, 0x41_0000, Core),
    row("src", &form::R_S_T, 0x81_0000, Core),
    row("srl", &form::R_T, 0x91_0000, Core),
    row("sll", &form::R_S, 0xa1_0000, Core),
    row("sra", &form::R_T, 0xb1_0000, Core),
    row("ssr", &form::S, 0x40_0000, Core),
    row("ssl", &form::S, 0x40_1000, Core),
    row("ssa8l", &form::S, 0x40_2000, Core),
    row("ssa8b", &form::S, 0x40_3000, Core),
    row("ssai", &form::AMOUNT, 0x40_4000, Core),
    // Loads and stores.
    row("l8ui", &form::T_S_BYTES, 0x0002, Core),
    row("l16ui", &form::T_S_HALVES, 0x1002, Core),
    row("l16si", &form::T_S_HALVES, 0x9002, Core),
    row("l32i", &form::T_S_WORDS, 0x2002, Core),
    row("s8i", &form::T_S_BYTES, 0x4002, Core),
    row("s16i", &form::T_S_HALVES, 0x5002, Core),
    row("s32i", &form::T_S_WORDS, 0x6002, Core),
    row("l32r", &form::T_LITERAL, 0x0001, Core),
    // Jumps and calls.
    row("j", &form::JUMP, 0x0006, Core),
    row("jx", &form::S, 0x00a0, Core),
    row("call0", &form::CALL, 0x0005, Core),
    row("callx0", &form::S, 0x00c0, Core),
    row("ret", &form::NONE, 0x0080, Core),
    // Branches.
    row("beqz", &form::S_BRANCH12, 0x0016, Core),
    row("bnez", &form::S_BRANCH12, 0x0056, Core),
    row("bltz", &form::S_BRANCH12, 0x0096, Core),
    row("bgez", &form::S_BRANCH12, 0x00d6, Core),
    row("beqi", &form::S_FEW_BRANCH, 0x0026, Core),
    row("bnei", &form::S_FEW_BRANCH, 0x0066, Core),
    row("blti", &form::S_FEW_BRANCH, 0x00a6, Core),
    row("bgei", &form::S_FEW_BRANCH, 0x00e6, Core),
    row("bltui", &form::S_FEW_UNSIGNED_BRANCH, 0x00b6, Core),
    row("bgeui", &form::S_FEW_UNSIGNED_BRANCH, 0x00f6, Core),
    row("bnone", &form::S_T_BRANCH, 0x0007, Core),
    row("beq", &form::S_T_BRANCH, 0x1007, Core),
    row("blt", &form::S_T_BRANCH, 0x2007, Core),
    row("bltu", &form::S_T_BRANCH, 0x3007, Core),
    row("ball", &form::S_T_BRANCH, 0x4007, Core),
    row("bbc", &form::S_T_BRANCH, 0x5007, Core),
    row("bbci", &form::S_BIT_BRANCH, 0x6007, Core),
    row("bany", &form::S_T_BRANCH, 0x8007, Core),
    row("bne", &form::S_T_BRANCH, 0x9007, Core),
    row("bge", &form::S_T_BRANCH, 0xa007, Core),
    row("bgeu", &form::S_T_BRANCH, 0xb007, Core),
    row("bnall", &form::S_T_BRANCH, 0xc007, Core),
    row("bbs", &form::S_T_BRANCH, 0xd007, Core),
    row("bbsi", &form::S_BIT_BRANCH, 0xe007, Core),
    // The processor.
    row("isync", &form::NONE, 0x2000, Core),
    row("rsync", &form::NONE, 0x2010, Core),
    row("esync", &form::NONE, 0x2020, Core),
    row("dsync", &form::NONE, 0x2030, Core),
    row("excw", &form::NONE, 0x2080, Core),
    row("memw", &form::NONE, 0x20c0, Core),
    row("extw", &form::NONE, 0x20d0, Core),
    row("nop", &form::NONE, 0x20f0, Core),
    row("ill", &form::NONE, 0x0000, Core),
    row("syscall", &form::NONE, 0x5000, Core),
    row("break", &form::IMM4_IMM4, 0x4000, Core),
    row("waiti", &form::IMM4_S, 0x7000, Core),
    row("rsil", &form::T_IMM4, 0x6000, Core),
    row("rsr.sar", &form::T, 0x03_0300, Core),
    row("wsr.sar", &form::T, 0x13_0300, Core),
    row("xsr.sar", &form::T, 0x61_0300, Core),
    row("rsr.ps", &form::T, 0x03_e600, Core),
    row("wsr.ps", &form::T, 0x13_e600, Core),
    row("rsr.ccount", &form::T, 0x03_ea00, Core),
    // Density option.
    row("l32i.n", &form::T_S_WORDS_N, 0x0008, Density),
    row("s32i.n", &form::T_S_WORDS_N, 0x0009, Density),
    row("add.n", &form::R_S_T, 0x000a, Density),
    row("addi.n", &form::R_S_ADDI_N, 0x000b, Density),
    row("movi.n", &form::S_MOVI_N, 0x000c, Density),
    row("beqz.n", &form::S_BRANCH_N, 0x008c, Density),
    row("bnez.n", &form::S_BRANCH_N, 0x00cc, Density),
    row("mov.n", &form::T_S, 0x000d, Density),
    row("ret.n", &form::NONE, 0xf00d, Density),
    row("nop.n", &form::NONE, 0xf03d, Density),
    row("ill.n", &form::NONE, 0xf06d, Density),
    row("break.n", &form::IMM4_S, 0xf02d, Density),
    // Options of arithmetic.
    row("mul16u", &form::R_S_T, 0xc1_0000, Mul16),
    row("mul16s", &form::R_S_T, 0xd1_0000, Mul16),
    row("mull", &form::R_S_T, 0x82_0000, Mul32),
    row("quou", &form::R_S_T, 0xc2_0000, Divide),
    row("quos", &form::R_S_T, 0xd2_0000, Divide),
    row("remu", &form::R_S_T, 0xe2_0000, Divide),
    row("rems", &form::R_S_T, 0xf2_0000, Divide),
    row("min", &form::R_S_T, 0x43_0000, MinMax),
    row("max", &form::R_S_T, 0x53_0000, MinMax),
    row("minu", &form::R_S_T, 0x63_0000, MinMax),
    row("maxu", &form::R_S_T, 0x73_0000, MinMax),
    row("sext", &form::R_S_BIT, 0x23_0000, SignExtend),
    row("clamps", &form::R_S_BIT, 0x33_0000, SignExtend),
    row("nsa", &form::T_S, 0x40_e000, Normalise),
    row("nsau", &form::T_S, 0x40_f000, Normalise),
    // Loop option.
    row("loop", &form::S_LOOP, 0x8076, Loop),
    row("loopnez", &form::S_LOOP, 0x9076, Loop),
    row("loopgtz", &form::S_LOOP, 0xa076, Loop),
    // Windowed register option.
    row("entry", &form::S_ENTRY, 0x0036, Windowed),
    row("call4", &form::CALL, 0x0015, Windowed),
    row("call8", &form::CALL, 0x0025, Windowed),
    row("call12", &form::CALL, 0x0035, Windowed),
    row("callx4", &form::S, 0x00d0, Windowed),
    row("callx8", &form::S, 0x00e0, Windowed),
    row("callx12", &form::S, 0x00f0, Windowed),
    row("retw", &form::NONE, 0x0090, Windowed),
    row("retw.n", &form::NONE, 0xf01d, WindowedDensity),
    row("movsp", &form::T_S, 0x1000, Windowed),
];
