//! Inline assembly, as every machine's assembler gets it: names and operands, not yet read.

use alloc::vec::Vec;
use core::fmt;

/// One statement.
#[derive(Clone, PartialEq, Debug)]
pub struct Line<'a> {
    /// Source line.
    pub line: u32,
    /// A directive (`label`, `align`, `data`) or an instruction, as the programmer wrote it.
    pub name: &'a str,
    /// Its operands.
    pub args: Vec<Arg<'a>>,
}

/// An operand.
#[derive(Clone, PartialEq, Debug)]
pub enum Arg<'a> {
    /// A register, a condition or a label.
    Name(&'a str),
    /// A number.
    Int(i64),
    /// `{r0, r1}`
    Set(Vec<Arg<'a>>),
    /// `[r0, 4]`
    List(Vec<Arg<'a>>),
    /// `lsl(2)`
    Call(&'a str, Vec<Arg<'a>>),
    /// Anything else.
    Other,
}

/// Whose assembler it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Machine {
    /// Cortex-M.
    Thumb,
    /// ESP8266 and ESP32.
    Xtensa,
    /// RISC-V of 32 bits.
    Rv32,
}

/// The body of an inline assembler function.
#[derive(Clone, PartialEq, Debug)]
pub struct Body<'a> {
    /// Names of its parameters; something else where one is no plain name.
    pub params: Vec<&'a str>,
    /// Its statements.
    pub lines: Vec<Line<'a>>,
}

/// What is wrong, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error<'a> {
    /// Source line; nothing for what is wrong with the parameters.
    pub line: Option<u32>,
    /// What.
    pub what: What<'a>,
}

/// What is wrong. Shown as MicroPython words it, because programs and its tests know the texts.
#[expect(missing_docs, reason = "each variant's line names its fields")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What<'a> {
    /// More parameters than this machine's functions can have.
    TooManyParams { most: usize, machine: &'static str },
    /// Parameters have the names of registers, in order.
    Params { sequence: &'static str },
    /// No instruction of this name has operands like these.
    Unsupported { machine: &'static str, name: &'a str, count: usize },
    /// An operand is no register.
    Register { name: &'a str },
    /// A register that the instruction cannot name.
    AtMost { name: &'a str, most: u8 },
    /// An operand is no special register.
    Special { name: &'a str },
    /// An operand is no float register.
    Fpu { name: &'a str },
    /// An operand is no set of registers.
    Set { name: &'a str },
    /// An operand is no number.
    Integer { name: &'a str },
    /// A number that has other bits than these.
    Mask { name: &'a str, value: u32, mask: u32 },
    /// An operand is no address.
    Address { name: &'a str },
    /// An operand is no label.
    Label { name: &'a str },
    /// A label that is nowhere.
    Undefined { label: &'a str },
    /// A label that is twice.
    Redefined,
    /// A branch too long for its form.
    Range,
    /// A directive with other operands than it takes.
    Directive(&'static str),
    /// There is no memory to assemble in.
    Memory,
}

impl fmt::Display for What<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            What::TooManyParams { most, machine } => {
                write!(f, "can only have up to {most} parameters to {machine} assembly")
            }
            What::Params { sequence } => write!(f, "parameters must be registers in sequence {sequence}"),
            What::Unsupported { machine, name, count } => {
                write!(f, "unsupported {machine} instruction '{name}' with {count} arguments")
            }
            What::Register { name } => write!(f, "'{name}' expects a register"),
            What::AtMost { name, most } => write!(f, "'{name}' expects at most r{most}"),
            What::Special { name } => write!(f, "'{name}' expects a special register"),
            What::Fpu { name } => write!(f, "'{name}' expects an FPU register"),
            What::Set { name } => write!(f, "'{name}' expects {{r0, r1, ...}}"),
            What::Integer { name } => write!(f, "'{name}' expects an integer"),
            What::Mask { name, value, mask } => {
                write!(f, "'{name}' integer 0x{value:x} doesn't fit in mask 0x{mask:x}")
            }
            What::Address { name } => write!(f, "'{name}' expects an address of the form [a, b]"),
            What::Label { name } => write!(f, "'{name}' expects a label"),
            What::Undefined { label } => write!(f, "label '{label}' not defined"),
            What::Redefined => f.write_str("label redefined"),
            What::Range => f.write_str("branch not in range"),
            What::Directive(text) => f.write_str(text),
            What::Memory => f.write_str("memory allocation failed"),
        }
    }
}
