//! The head of a function and its bytecode, operation by operation.

use std::fmt::Write;

use vm::compile::decode;
use vm::compile::lines::line_at;
use vm::compile::listing::{Refers, Row};
use vm::compile::prelude::{Malformed, Prelude, uint};
use vm::qstr::{Pool, Qstr};

use super::value;
use crate::file::{File, Function, Kind};

/// A function with a prelude.
pub struct Bytecode {
    /// Its head.
    pub prelude: Prelude,
    /// Its name.
    pub name: String,
    /// Names of its arguments.
    pub args: Vec<String>,
    /// Locals that become cells.
    pub cells: Vec<u8>,
    /// Its operations; none where it has machine code.
    pub rows: Vec<Operation>,
}

/// An operation.
pub struct Operation {
    /// Where it stands, from the first operation.
    pub offset: usize,
    /// Its source line, as the file tells it.
    pub line: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Upstream's name of it, and the operands.
    pub text: String,
    /// Where it jumps to.
    pub target: Option<usize>,
}

/// Constants and functions by their numbers in the file.
struct ByNumber<'a> {
    file: &'a File,
    function: &'a Function,
}

impl Refers for ByNumber<'_> {
    fn constant(&self, number: u32, out: &mut dyn Write) -> std::fmt::Result {
        let object = self.file.objects.get(number as usize).ok_or(std::fmt::Error)?;
        write!(out, "{number}={}", value(object))
    }

    fn child(&self, number: u32, out: &mut dyn Write) -> std::fmt::Result {
        match self.function.children.get(number as usize) {
            Some(_) => write!(out, "{number}"),
            None => Err(std::fmt::Error),
        }
    }
}

impl Bytecode {
    /// Reads the bytes of a function; nothing if it has no prelude, or none that can be read.
    pub fn read(file: &File, function: &Function, data: &[u8]) -> Option<Bytecode> {
        let bytes = data.get(function.prelude?..)?;
        let prelude = Prelude::read(bytes).ok()?;
        let name_of = |index: usize| file.qstrs.get(index).map(|name| name.text.clone());
        let mut args = Vec::new();
        let mut at = prelude.arg_names.start;
        while at < prelude.arg_names.end {
            args.push(name_of(uint(bytes, &mut at).ok()?)?);
        }
        let name = name_of(prelude.name)?;
        let cells = bytes.get(prelude.cells.clone())?.to_vec();
        let rows = match function.kind {
            Kind::Bytecode => operations(file, function, bytes, &prelude).ok()?,
            Kind::Native | Kind::Viper | Kind::Asm => Vec::new(),
        };
        Some(Bytecode { prelude, name, args, cells, rows })
    }
}

fn operations(file: &File, function: &Function, bytes: &[u8], prelude: &Prelude) -> Result<Vec<Operation>, Malformed> {
    let mut pool = Pool::new();
    let names: Result<Vec<Qstr>, _> = file.qstrs.iter().map(|name| pool.intern(&name.text)).collect();
    let names = names.map_err(|_| Malformed)?;
    let lines = bytes.get(prelude.lines.clone()).unwrap_or(&[]);
    let body = bytes.get(prelude.code..).unwrap_or(&[]);
    let mut rows = Vec::new();
    let mut at = 0;
    while at < body.len() {
        let start = at;
        let (op, target) = decode::read(body, &mut at, &names)?;
        let mut text = String::new();
        let refers = &ByNumber { file, function };
        let row = Row { op, target: target.unwrap_or(0), long: at - start > 1, pool: &pool, refers };
        row.write(&mut text).map_err(|_| Malformed)?;
        let bytes = body.get(start..at).unwrap_or(&[]).to_vec();
        rows.push(Operation { offset: start, line: line_at(lines, start), bytes, text, target });
    }
    Ok(rows)
}
