//! Machine code for `.mpy` files: what functions ask for it, and what the machine's back ends make of them.

use vm::compile::code::{Code, Kind, Module};
use vm::mpy::write::{For, Machine};
use vm::qstr::Pool;

use crate::arch::{self, Arch};
use crate::compile::Error;

/// Machine code of the functions that have some.
#[derive(Default)]
pub struct Functions {
    all: Vec<(*const Code, Vec<u8>, [usize; 3])>,
}

/// The number of assembler among kinds of machine code.
const ASSEMBLER: u8 = 3;

impl Functions {
    /// Assembles all functions that ask for machine code; an error names the first that cannot have it.
    pub fn of(module: &Module, pool: &Pool, source: &[u8], arch: Option<Arch>) -> Result<Functions, Error> {
        let mut functions = Functions::default();
        functions.add(&module.root, pool, source, arch)?;
        Ok(functions)
    }

    fn add(&mut self, code: &Code, pool: &Pool, source: &[u8], arch: Option<Arch>) -> Result<(), Error> {
        match (code.kind, arch.and_then(Arch::thumb)) {
            (Kind::Bytecode, _) => {}
            (Kind::AsmThumb, Some(isa)) => {
                let wrong = |line, message| Error::Native { line, message };
                let head = decorator_line(source, code.first_line, "asm_thumb").unwrap_or(code.first_line);
                let result =
                    emitters::asm::result_type(code, pool).map_err(|text| wrong(code.first_line, text.into()))?;
                let bytes = asm_thumb::inline::function(isa, &emitters::asm::body(code, pool)?)
                    .map_err(|error| wrong(error.line.unwrap_or(head), error.what.to_string()))?;
                // No flags, the parameters, the type of the result.
                self.all.push((&raw const *code, bytes, [0, code.n_pos_args.into(), result]));
            }
            _ => return Err(no_back_end(code, pool, source, arch)),
        }
        code.children.iter().try_for_each(|child| self.add(child, pool, source, arch))
    }

    /// Calls `with` with whom the file is for.
    pub fn target<T>(&self, small_int_bits: u8, arch: Option<Arch>, with: impl FnOnce(&For<'_>) -> T) -> T {
        let arch = arch.filter(|_| !self.all.is_empty()).map_or(0, Arch::number);
        let machine = |code: &Code| {
            let (_, bytes, numbers) = self.all.iter().find(|(of, ..)| std::ptr::eq(*of, code))?;
            Some(Machine { kind: ASSEMBLER, bytes, numbers })
        };
        with(&For { small_int_bits, arch, machine: &machine })
    }
}

fn no_back_end(code: &Code, pool: &Pool, source: &[u8], arch: Option<Arch>) -> Error {
    let decorator = match code.kind {
        Kind::Bytecode => "bytecode",
        Kind::Native => "native",
        Kind::Viper => "viper",
        Kind::AsmThumb => "asm_thumb",
        Kind::AsmXtensa => "asm_xtensa",
        Kind::AsmRv32 => "asm_rv32",
    };
    let found = decorator_line(source, code.first_line, decorator);
    let what = match found {
        Some(_) => format!("@micropython.{decorator} of {}", pool.get(code.name)),
        None => format!("-X emit={decorator}"),
    };
    let why = match arch {
        None => "needs -march".into(),
        Some(arch) => format!("cannot be compiled for {}", arch.name()),
    };
    let built = arch::built(code.kind);
    let instead = match code.kind {
        Kind::AsmThumb | Kind::AsmXtensa | Kind::AsmRv32 => "",
        Kind::Bytecode | Kind::Native | Kind::Viper => "; as bytecode it runs on every machine",
    };
    let message = format!("invalid arch: {what} {why} (back ends that are built: {built}){instead}");
    Error::Native { line: found.unwrap_or(code.first_line), message }
}

/// The line of the decorator above the line of a `def`.
fn decorator_line(source: &[u8], def: u32, name: &str) -> Option<u32> {
    let text = String::from_utf8_lossy(source);
    let lines: Vec<&str> = text.lines().collect();
    (1..def).rev().find(|&line| {
        let text = lines.get(line as usize - 1).map_or("", |line| line.trim_start());
        text.strip_prefix('@').is_some_and(|text| text.trim_start().starts_with("micropython") && text.contains(name))
    })
}
