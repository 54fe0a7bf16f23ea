//! The compiler: a tree to `Code`.
//!
//! tree → `lower*` (names noted in `scope`) → `Op` list → `encode` → bytes of a `.mpy` function. `decode` goes back.

pub mod code;
pub mod decode;
pub mod dump;
pub mod emitter;
pub mod encode;
pub mod facts;
mod finish;
pub mod lines;
pub mod listing;
mod lower;
mod lower_def;
mod lower_expr;
mod lower_flow;
mod lower_match;
pub mod number;
pub mod op;
pub mod prelude;
mod scope;
pub mod tables;
#[cfg(test)]
mod tests;

pub use lower::FEATURES;

use crate::mem::Vec;
use crate::qstr::Pool;
use crate::syntax::ast::Ast;
use crate::syntax::fold::{Known, fold};
use crate::syntax::parser::{Limits, Mode, parse};
use crate::text::error::{ErrorKind, SyntaxError};
use crate::text::source::{Lines, Source, Span};
use code::{Kind, Module};
use lower::Lower;
use tables::Tables;

/// How to compile.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Options {
    /// What the text is.
    pub mode: Mode,
    /// How deep it may nest.
    pub limits: Limits,
    /// How functions without a decorator run.
    pub emit: Kind,
    /// `-O`: from 1 on no `assert`, from 3 on no lines.
    pub optimise: u8,
    /// Lines are told, unless optimised away.
    pub lines: bool,
    /// Print the values of expression statements, as at a prompt.
    pub repl: bool,
    /// Viper's pointers know how far they reach.
    pub viper_checks: bool,
    /// `await` may stand outside functions.
    pub top_level_await: bool,
    /// Numbers of built-in modules that `const(...)` may use.
    pub known: &'static [Known],
    /// Who will run it.
    pub target: Target,
    /// Bits of a small int there.
    pub small_int_bits: u8,
}

/// Who runs what is compiled. Others than this machine are known where the feature `cross` is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// This machine, at once.
    Here,
    /// Whoever loads it from a `.mpy` file and is Pyrite: it has what the file has a place for.
    Pyrite,
    /// Any MicroPython that loads it from a `.mpy` file: also nothing that only Pyrite has, where there is another way.
    Stock,
}

impl Options {
    /// A file on a host, as bytecode.
    pub const FILE: Options = Options {
        mode: Mode::File,
        limits: Limits::HOST,
        emit: Kind::Bytecode,
        optimise: 0,
        lines: true,
        repl: false,
        viper_checks: false,
        top_level_await: false,
        known: &[],
        target: Target::Here,
        small_int_bits: 31,
    };

    /// Whether the result goes into a file.
    fn is_for_file(&self) -> bool {
        cfg!(feature = "cross") && self.target != Target::Here
    }

    /// Whether the result must do without what only Pyrite has.
    fn is_for_stock(&self) -> bool {
        cfg!(feature = "cross") && self.target == Target::Stock
    }

    /// Whether what a program can ask about itself is kept: annotations, docstrings, the lines of parts of statements.
    fn keeps_all(&self) -> bool {
        cfg!(feature = "diagnostics") && !self.is_for_file()
    }
}

/// Compiles a source text; `name` is that of its file.
pub fn compile(source: &[u8], name: &str, pool: &mut Pool, options: &Options) -> Result<Module, SyntaxError> {
    let text = Source::new(source)?;
    let mut ast = parse(text, options.mode, options.limits, pool)?;
    fold(&mut ast, pool, options.known)?;
    compile_tree(&ast, source, name, pool, options)
}

/// Compiles a tree; `source` is the text it was parsed from.
pub fn compile_tree(
    ast: &Ast,
    source: &[u8],
    name: &str,
    pool: &mut Pool,
    options: &Options,
) -> Result<Module, SyntaxError> {
    let lines = Lines::new(source)?;
    let name = pool.intern(name)?;
    let mut tables = Tables::default();
    tables.use_qstr(name)?;
    let mut lower = Lower {
        ast,
        source,
        lines: &lines,
        pool,
        options,
        tables,
        scopes: Vec::new(),
        cur: 0,
        items: Vec::new(),
        n_labels: 0,
        line: 1,
        around: None,
        level: 0,
        max_level: 0,
        in_groups: false,
    };
    lower.all()?;
    let root = finish::finish(&mut lower)?;
    Ok(Module { source: name, qstrs: lower.tables.qstrs, consts: lower.tables.consts, root })
}

/// More than the bytecode can express.
#[cold]
fn too_long() -> SyntaxError {
    SyntaxError::of(ErrorKind::Overflow, Span::default(), "bytecode overflow")
}
