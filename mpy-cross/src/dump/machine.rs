//! Machine code as text, where the machine has a disassembler here, else as numbers.

use crate::arch::Arch;
use crate::file::{Function, Kind};

/// An instruction, or data between instructions.
pub struct Row<'a> {
    /// Where it stands in the function's bytes.
    pub offset: usize,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// It.
    pub text: String,
}

/// The machine code of a function, and how many bytes of data stand before the first instruction.
pub struct Code<'a> {
    bytes: &'a [u8],
    data: usize,
}

/// Where in a function's bytes its machine code is: native functions begin with a word for generators and end with their prelude.
pub fn code<'a>(arch: Option<Arch>, function: &Function, bytes: &'a [u8]) -> Code<'a> {
    let end = function.prelude.unwrap_or(bytes.len()).min(bytes.len());
    let data = match function.kind {
        Kind::Native => arch.map_or(4, Arch::word).min(end),
        Kind::Bytecode | Kind::Viper | Kind::Asm => 0,
    };
    Code { bytes: bytes.get(..end).unwrap_or(&[]), data }
}

/// Takes machine code apart.
pub fn rows(arch: Option<Arch>, code: Code<'_>) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let (data, rest) = code.bytes.split_at(code.data);
    words(0, data, &mut rows);
    match arch {
        Some(Arch::X64) => intel(64, data.len(), rest, &mut rows),
        Some(Arch::X86) => intel(32, data.len(), rest, &mut rows),
        Some(arch) if arch.is_thumb() => thumb(data.len(), rest, &mut rows),
        Some(_) | None => words(data.len(), rest, &mut rows),
    }
    rows
}

fn words<'a>(start: usize, bytes: &'a [u8], rows: &mut Vec<Row<'a>>) {
    for (at, bytes) in bytes.chunks(4).enumerate() {
        let number: String = bytes.iter().rev().map(|byte| format!("{byte:02x}")).collect();
        rows.push(Row { offset: start + at * 4, bytes, text: format!(".word 0x{number}") });
    }
}

fn intel<'a>(bits: u32, start: usize, bytes: &'a [u8], rows: &mut Vec<Row<'a>>) {
    use iced_x86::{Decoder, DecoderOptions, Formatter, IntelFormatter};
    let mut formatter = IntelFormatter::new();
    let options = formatter.options_mut();
    options.set_space_after_operand_separator(true);
    options.set_branch_leading_zeros(false);
    options.set_hex_prefix("0x");
    options.set_hex_suffix("");
    options.set_uppercase_hex(false);
    for instruction in Decoder::with_ip(bits, bytes, start as u64, DecoderOptions::NONE) {
        let mut text = String::new();
        formatter.format(&instruction, &mut text);
        let at = instruction.ip() as usize - start;
        let bytes = bytes.get(at..at + instruction.len()).unwrap_or(&[]);
        rows.push(Row { offset: start + at, bytes, text });
    }
}

fn thumb<'a>(start: usize, bytes: &'a [u8], rows: &mut Vec<Row<'a>>) {
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let (size, text) = match asm_thumb::decode(rest) {
            Some(decoded) => (decoded.size(), decoded.to_string()),
            None => {
                let half = rest.get(..2).unwrap_or(rest);
                let number: String = half.iter().rev().map(|byte| format!("{byte:02x}")).collect();
                (half.len(), format!(".hword 0x{number}"))
            }
        };
        rows.push(Row { offset: start + at, bytes: rest.get(..size).unwrap_or(rest), text });
        at += size;
    }
}
