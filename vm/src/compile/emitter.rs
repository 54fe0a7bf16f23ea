//! What the compiler asks of machine code emitters, which the binary injects.

use super::code::{Code, Const, Module};
use crate::mem::Vec;
use crate::qstr::{Pool, Qstr};
use core::fmt::Write;

/// Turns one function into machine code.
pub trait Emitter {
    /// Emits `unit`, whose `code.kind` is not `Bytecode`.
    fn emit(&mut self, unit: &Unit<'_>) -> Result<MachineCode, EmitError>;

    /// Says in words what `emit` makes of `unit`, and why; of bytecode, what it is. `NotImplemented` where nobody knows.
    fn explain(&mut self, unit: &Unit<'_>, out: &mut dyn Write) -> Result<(), Unexplained> {
        let _ = (unit, out);
        Err(Unexplained::NotImplemented)
    }

    /// What the machine code that was made takes, where that is counted.
    fn memory(&self) -> Option<CodeMemory> {
        None
    }
}

/// Why nothing is explained.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unexplained {
    /// There is nobody who could.
    NotImplemented,
    /// Out of memory.
    NoMemory,
}

/// What machine code takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CodeMemory {
    /// Functions that have machine code now.
    pub functions: usize,
    /// Bytes that it takes.
    pub used: usize,
    /// Bytes that were had from the system for it.
    pub reserved: usize,
    /// How writing and running are kept apart.
    pub apart: &'static str,
    /// Functions that were ever compiled.
    pub compiled: usize,
    /// Microseconds that took.
    pub spent_us: u64,
}

/// A function to emit and what its numbers refer to.
#[derive(Clone, Copy)]
pub struct Unit<'a> {
    /// Operations, arguments, locals, annotations. Its children are emitted apart.
    pub code: &'a Code,
    /// Texts of names.
    pub names: &'a Pool,
    /// What `ConstId` means.
    pub consts: &'a [Const],
    /// Whether viper's pointers know how far they reach.
    pub checks: bool,
    /// The functions that the module's body makes.
    pub siblings: &'a [Code],
    /// Name of the source file.
    pub file: Qstr,
    /// Whether the function's code object has inline caches.
    pub caches: bool,
}

impl<'a> Unit<'a> {
    /// A function of a module as it was compiled, with inline caches and without checks.
    pub fn of(module: &'a Module, code: &'a Code, names: &'a Pool) -> Unit<'a> {
        Unit {
            code,
            names,
            consts: &module.consts,
            checks: false,
            siblings: &module.root.children,
            file: module.source,
            caches: true,
        }
    }
}

/// Machine code in memory, ready to run.
pub struct MachineCode {
    /// Address to call, the Thumb bit included.
    pub entry: usize,
    /// Where the code starts: offsets in `lines` count from here.
    pub start: usize,
    /// Length in bytes.
    pub len: usize,
    /// Offset of the first instruction of each source line, ascending.
    pub lines: Vec<CodeLine>,
    /// Whether words in front of the entry tell how it is called with other than objects.
    pub takes_words: bool,
    /// Whether it keeps its locals in a frame, which everybody who calls it has to make.
    pub needs_frame: bool,
    /// Keeps the code in memory.
    pub keep: Keep,
}

/// One row of the line table of machine code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeLine {
    /// Offset of the first instruction.
    pub offset: u32,
    /// Source line.
    pub line: u32,
}

/// Gives memory back when dropped.
pub struct Keep {
    handle: usize,
    release: fn(usize),
}

impl Keep {
    /// Calls `release(handle)` when dropped.
    pub fn new(handle: usize, release: fn(usize)) -> Keep {
        Keep { handle, release }
    }

    /// For code that is never given back.
    pub fn forever() -> Keep {
        Keep { handle: 0, release: |_| () }
    }
}

impl Drop for Keep {
    fn drop(&mut self) {
        (self.release)(self.handle);
    }
}

/// Why there is no machine code.
#[derive(Debug)]
pub enum EmitError {
    /// Not possible here; the function runs as bytecode.
    Refused,
    /// The program is wrong.
    Wrong(Wrong),
    /// Out of memory.
    NoMemory,
}

impl From<crate::mem::NoMemory> for EmitError {
    fn from(_: crate::mem::NoMemory) -> Self {
        EmitError::NoMemory
    }
}

/// A mistake that only the emitter sees.
#[derive(Debug)]
pub struct Wrong {
    /// The exception to raise.
    pub class: WrongClass,
    /// Its text, UTF-8.
    pub message: Vec<u8>,
    /// What explains it, UTF-8; empty where there is nothing to say.
    pub note: Vec<u8>,
    /// Source line.
    pub line: u32,
}

/// The exception that reports a mistake.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WrongClass {
    /// `SyntaxError`
    Syntax,
    /// `ViperTypeError`
    ViperType,
    /// `NotImplementedError`
    NotImplemented,
}
