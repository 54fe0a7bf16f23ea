//! From a source text to the bytes of a `.mpy` file.

use vm::compile::code::{Code, Flags, Module};
use vm::compile::op::Op;
use vm::compile::{self, Target, decode};
use vm::modules::KNOWN;
use vm::mpy::write;
use vm::q;
use vm::qstr::Pool;
use vm::syntax::fold::Known;
use vm::text::error::SyntaxError;

use crate::args::Options;
use crate::machine::Functions;

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
    let functions = Functions::of(&module, &pool, source, options.arch)?;
    let notes = match options.target {
        Target::Here | Target::Pyrite => Vec::new(),
        Target::Stock => not_stock(&module.root, &module, &pool, name).into_iter().collect(),
    };
    let written = functions.target(options.small_int_bits, options.arch, |target| {
        write::write_for(&module, &pool, target).map(|bytes| bytes.to_vec())
    });
    let mut bytes = written?;
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
