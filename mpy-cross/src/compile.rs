//! From a source text to the bytes of a `.mpy` file.

use vm::compile::code::{Code, Flags, Kind, Module};
use vm::compile::op::Op;
use vm::compile::{self, Target, decode};
use vm::modules::KNOWN;
use vm::mpy::write;
use vm::q;
use vm::qstr::Pool;
use vm::syntax::fold::Known;
use vm::text::error::SyntaxError;

use crate::arch::{self, Arch, BUILT};
use crate::args::Options;

/// What came of a text.
pub struct Compiled {
    /// The file.
    pub bytes: Vec<u8>,
    /// What people should know, a line each.
    pub notes: Vec<String>,
}

/// Why there is no file.
pub enum Error {
    /// The text is no program.
    Syntax(SyntaxError),
    /// A function should become machine code that nobody can make.
    Native {
        /// Where that is asked for.
        line: u32,
        /// Why not, and what to do.
        message: String,
    },
    /// Out of memory.
    NoMemory,
}

impl From<vm::mem::NoMemory> for Error {
    fn from(_: vm::mem::NoMemory) -> Error {
        Error::NoMemory
    }
}

/// Compiles a text that is called `name`.
pub fn compile(source: &[u8], name: &str, options: &Options) -> Result<Compiled, Error> {
    let mut pool = Pool::new();
    let how = compile::Options {
        emit: options.emit,
        optimise: options.optimise,
        lines: options.lines,
        target: options.target,
        small_int_bits: options.small_int_bits,
        known: known(),
        ..compile::Options::FILE
    };
    let module = compile::compile(source, name, &mut pool, &how).map_err(Error::Syntax)?;
    if let Some(code) = first_native(&module.root) {
        return Err(no_back_end(code, &pool, source, options.arch));
    }
    let notes = match options.target {
        Target::Here | Target::Pyrite => Vec::new(),
        Target::Stock => not_stock(&module.root, &module, &pool, name).into_iter().collect(),
    };
    let mut bytes = write::write_for(&module, &pool, options.small_int_bits)?.to_vec();
    if options.arch_flags != 0 {
        add_arch_flags(&mut bytes, options.arch_flags);
    }
    Ok(Compiled { bytes, notes })
}

/// Puts the flags of a machine behind the header, and into the header that they are there.
fn add_arch_flags(bytes: &mut Vec<u8>, flags: u8) {
    if let Some(features) = bytes.get_mut(2) {
        *features |= 0x40;
        bytes.insert(4, flags);
    }
}

/// Numbers of modules that are the same on all machines: those of `math`. The numbers of errors are each machine's own.
fn known() -> &'static [Known] {
    let first = KNOWN.iter().position(|known| known.module == q!("math")).unwrap_or(KNOWN.len());
    KNOWN.get(first..).unwrap_or(&[])
}

/// The first function that should become machine code.
fn first_native(code: &Code) -> Option<&Code> {
    if code.kind != Kind::Bytecode { Some(code) } else { code.children.iter().find_map(first_native) }
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
    let instead = match code.kind {
        Kind::AsmThumb | Kind::AsmXtensa | Kind::AsmRv32 => "",
        Kind::Bytecode | Kind::Native | Kind::Viper => "; as bytecode it runs on every machine",
    };
    debug_assert!(BUILT.is_empty(), "what has a back end is compiled");
    let message = format!("invalid arch: {what} {why} (back ends that are built: {}){instead}", arch::built());
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

/// What a function needs that only Pyrite has: the first such thing, and where it is.
fn not_stock(code: &Code, module: &Module, pool: &Pool, file: &str) -> Option<String> {
    let mut line = 1;
    let mut found = code.flags.has(Flags::ASYNC_GENERATOR).then_some((code.first_line, "an asynchronous generator"));
    let ops = decode::decode(&code.bytes, &module.qstrs).unwrap_or_default();
    for op in &ops {
        if let (None, Op::LoadGlobal(name)) = (found, *op)
            && let Some(what) = syntax_of(pool.get(name))
        {
            found = Some((line, what));
        }
        if let Op::Line(next) = *op {
            line = next;
        }
    }
    match found {
        Some((line, what)) => Some(format!(
            "{file}:{line}: note: {what} runs on Pyrite only (-X target=pyrite: the file is meant for Pyrite)"
        )),
        None => code.children.iter().find_map(|child| not_stock(child, module, pool, file)),
    }
}

/// The syntax behind a function that compiled code calls and programs cannot name.
fn syntax_of(intrinsic: &str) -> Option<&'static str> {
    Some(match intrinsic.strip_prefix('.')? {
        "match_class" | "match_keys" | "match_mapping" | "match_sequence" => "this pattern of `match`",
        "join_raised" | "take_share" => "`except*`",
        "generic" | "type_alias" | "type_param" => "`type` and type parameters",
        "yielded" => "an asynchronous generator expression",
        _ => "this",
    })
}
