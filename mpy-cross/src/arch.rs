//! The machines that `.mpy` files can be for, as the format numbers them.

use asm_thumb::Isa;
use vm::compile::code::Kind;

/// A machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names are those of the option")]
pub enum Arch {
    X86,
    X64,
    Armv6,
    Armv6m,
    Armv7m,
    Armv7em,
    Armv7emsp,
    Armv7emdp,
    Xtensa,
    Xtensawin,
    Rv32imc,
    Rv64imc,
    /// Machine code is printed, upstream.
    Debug,
}

/// Machines by name, and their numbers in files.
const ALL: [(&str, Arch, u8); 13] = [
    ("x86", Arch::X86, 1),
    ("x64", Arch::X64, 2),
    ("armv6", Arch::Armv6, 3),
    ("armv6m", Arch::Armv6m, 4),
    ("armv7m", Arch::Armv7m, 5),
    ("armv7em", Arch::Armv7em, 6),
    ("armv7emsp", Arch::Armv7emsp, 7),
    ("armv7emdp", Arch::Armv7emdp, 8),
    ("xtensa", Arch::Xtensa, 9),
    ("xtensawin", Arch::Xtensawin, 10),
    ("rv32imc", Arch::Rv32imc, 11),
    ("rv64imc", Arch::Rv64imc, 12),
    ("debug", Arch::Debug, 13),
];

impl Arch {
    /// The machine with this name.
    pub fn named(name: &str) -> Option<Arch> {
        ALL.iter().find(|(known, ..)| *known == name).map(|(_, arch, _)| *arch)
    }

    /// The machine with this number in a file.
    pub fn numbered(number: u8) -> Option<Arch> {
        ALL.iter().find(|(.., known)| *known == number).map(|(_, arch, _)| *arch)
    }

    /// The machine that this program runs on.
    pub fn host() -> Option<Arch> {
        match std::env::consts::ARCH {
            "x86_64" => Some(Arch::X64),
            "x86" => Some(Arch::X86),
            "arm" => Some(Arch::Armv6),
            "riscv64" => Some(Arch::Rv64imc),
            _ => None,
        }
    }

    /// What the option calls it.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(_, arch, _)| *arch == self).map_or("", |(name, ..)| name)
    }

    /// Its number in files.
    pub fn number(self) -> u8 {
        ALL.iter().find(|(_, arch, _)| *arch == self).map_or(0, |(.., number)| *number)
    }

    /// What it can do, if its code is Thumb.
    pub fn thumb(self) -> Option<Isa> {
        match self {
            Arch::Armv6m => Some(Isa::V6M),
            Arch::Armv7m => Some(Isa::V7M),
            Arch::Armv7em => Some(Isa::V7EM),
            Arch::Armv7emsp | Arch::Armv7emdp => Some(Isa::V7EMF),
            Arch::X86
            | Arch::X64
            | Arch::Armv6
            | Arch::Xtensa
            | Arch::Xtensawin
            | Arch::Rv32imc
            | Arch::Rv64imc
            | Arch::Debug => None,
        }
    }

    /// Whether its code is Thumb.
    pub fn is_thumb(self) -> bool {
        self.thumb().is_some()
    }

    /// Bytes of a machine word.
    pub fn word(self) -> usize {
        if matches!(self, Arch::X64 | Arch::Rv64imc) { 8 } else { 4 }
    }
}

/// The machines whose back end makes functions of a kind, for messages.
pub fn built(kind: Kind) -> String {
    let names: Vec<&str> =
        ALL.iter().filter(|(_, arch, _)| kind == Kind::AsmThumb && arch.is_thumb()).map(|(name, ..)| *name).collect();
    if names.is_empty() { "none yet".into() } else { names.join(", ") }
}

/// Extensions of RISC-V by name, and their bits.
const RV32: [(&str, u8); 2] = [("zba", 1), ("zcmp", 2)];

/// The bits of `-march-flags=`: a number, or names with commas behind. None if this machine has no such flags.
pub fn flags(arch: Arch, text: &str) -> Option<u8> {
    if arch != Arch::Rv32imc {
        return None;
    }
    let bits = number(text).or_else(|| {
        let all: Option<Vec<u8>> = text
            .strip_suffix(',')
            .unwrap_or(text)
            .split(',')
            .map(|name| RV32.iter().find(|(known, _)| *known == name).map(|(_, bit)| *bit))
            .collect();
        all.map(|all| all.iter().fold(0, |sum, bit| sum | bit))
    })?;
    let known = RV32.iter().fold(0, |sum, (_, bit)| sum | bit);
    (bits & !known == 0).then_some(bits)
}

/// `12`, `0xc`, `0o14`, `0b1100`
fn number(text: &str) -> Option<u8> {
    let lower = text.to_ascii_lowercase();
    let (digits, radix) = match lower.get(..2) {
        Some("0x") => (lower.get(2..)?, 16),
        Some("0o") => (lower.get(2..)?, 8),
        Some("0b") => (lower.get(2..)?, 2),
        Some(_) | None => (lower.as_str(), 10),
    };
    if digits.starts_with('+') {
        return None;
    }
    u8::from_str_radix(digits, radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_numbers_or_names() {
        for (text, bits) in [("zba", 1), ("zcmp,zba", 3), ("zba,", 1), ("3", 3), ("0b10", 2), ("0x1", 1), ("0", 0)] {
            assert_eq!(flags(Arch::Rv32imc, text), Some(bits), "{text}");
        }
        for text in ["", "4", "zbb", ",", "zba,,", "+1", "0x"] {
            assert_eq!(flags(Arch::Rv32imc, text), None, "{text}");
        }
        assert_eq!(flags(Arch::X64, "1"), None);
    }
}
