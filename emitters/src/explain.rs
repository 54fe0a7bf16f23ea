//! Why a function is the machine code that it is: data for who shows it.
//!
//! The front ends tell what they knew at each operation (`trace`); the rest is read off the IR: which of its checks leave
//! for the general version, which for a helper, which calls are made whatever happens.

mod bytecode;
mod notes;
mod sources;
mod ways;

use crate::entry::{build, build_traced};
use crate::trace::{Trace, Version};
use ir::{Backend, Func, Inst, Refused};
use std::ops::Range;
use std::time::{Duration, Instant};
use vm::compile::code::Kind;
use vm::compile::emitter::{EmitError, Unit};
use vm::compile::op::Op;

pub use notes::{Note, NoteKind, Value, word};

/// What one function became.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Its name.
    pub name: String,
    /// Name of the source file.
    pub file: String,
    /// How the program wants it to run.
    pub kind: Kind,
    /// The line it starts on.
    pub first_line: u32,
    /// Why there is no machine code; nothing when there is some.
    pub refused: Option<String>,
    /// Its lines, by number.
    pub lines: Vec<Line>,
    /// The machine code.
    pub code: Vec<u8>,
    /// How long the front end took.
    pub front: Duration,
    /// How long the back end took.
    pub back: Duration,
}

/// One source line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its number.
    pub number: u32,
    /// What is known of the locals that it names.
    pub values: Vec<Value>,
    /// What is checked and called, and why.
    pub notes: Vec<Note>,
    /// Bytecode.
    pub ops: Vec<OpRow>,
    /// IR.
    pub insts: Vec<InstRow>,
    /// Stretches of the machine code.
    pub code: Vec<CodeRow>,
}

/// One operation of the bytecode.
#[derive(Clone, Debug)]
pub struct OpRow {
    /// Its number in the list of operations.
    pub at: usize,
    /// Its offset in the bytecode; nothing for labels.
    pub offset: Option<usize>,
    /// Its text.
    pub text: String,
}

/// One instruction of the IR.
#[derive(Clone, Debug)]
pub struct InstRow {
    /// Its number.
    pub number: usize,
    /// The operation it was made for.
    pub op: usize,
    /// Which version it is of.
    pub version: Version,
    /// Whether it stands where control seldom comes.
    pub cold: bool,
    /// The block that begins here, if one does.
    pub block: Option<String>,
    /// Its text.
    pub text: String,
}

/// A stretch of machine code and the instruction it was made of.
#[derive(Clone, Debug)]
pub struct CodeRow {
    /// Bytes from the start of the code.
    pub range: Range<usize>,
    /// Number of the instruction; nothing for what belongs to none: the entry, and constants behind all code.
    pub inst: Option<usize>,
    /// Which version it is of.
    pub version: Version,
    /// Whether it stands where control seldom comes.
    pub cold: bool,
}

impl Report {
    /// How many notes of all lines are of a kind, each as often as it counts.
    pub fn count(&self, kind: NoteKind) -> usize {
        self.lines.iter().map(|line| line.count(kind)).sum()
    }

    /// Bytes of a version's machine code.
    pub fn bytes_of(&self, version: Version) -> usize {
        let rows = self.lines.iter().flat_map(|line| &line.code).filter(|row| row.version == version);
        rows.map(|row| row.range.len()).sum()
    }

    fn line(&mut self, number: u32) -> &mut Line {
        let at = self.lines.partition_point(|line| line.number < number);
        if self.lines.get(at).is_none_or(|line| line.number != number) {
            self.lines.insert(at, Line { number, ..Line::default() });
        }
        &mut self.lines[at]
    }
}

impl Line {
    /// How many of its notes are of a kind, each as often as it counts.
    pub fn count(&self, kind: NoteKind) -> usize {
        self.notes.iter().filter(|note| note.kind == kind).map(|note| note.count).sum()
    }
}

/// Explains a function. It is compiled once more for that, each instruction followed into the machine code.
pub fn report(unit: &Unit<'_>, backend: &mut impl Backend) -> Report {
    let code = unit.code;
    let mut report = Report {
        name: unit.names.get(code.name).into(),
        file: unit.names.get(unit.file).into(),
        kind: code.kind,
        first_line: code.first_line,
        ..Report::default()
    };
    let ops: &[Op] = &code.ops;
    let lines = bytecode::lines(code.first_line, ops);
    for (row, &line) in bytecode::rows(unit).into_iter().zip(&lines) {
        if let Some(row) = row {
            report.line(line).ops.push(row);
        }
    }
    if code.kind == Kind::Bytecode {
        return report;
    }
    if let Err(why) = machine_code(unit, backend, &lines, &mut report) {
        report.refused = Some(why);
    }
    report
}

fn machine_code(unit: &Unit<'_>, backend: &mut impl Backend, lines: &[u32], report: &mut Report) -> Result<(), String> {
    let start = Instant::now();
    let plain = build(unit).map_err(|error| told(&error))?;
    report.front = start.elapsed();
    let start = Instant::now();
    backend.compile(&plain).map_err(unable)?;
    report.back = start.elapsed();
    let mut trace = Trace::default();
    let func = build_traced(unit, &mut trace).map_err(|error| told(&error))?;
    let made = backend.compile(&numbered(&func)).map_err(unable)?;
    let map = ways::Map::new(&func, &trace);
    notes::all(unit, lines, &trace, &func, &map, report);
    let mut own = Vec::with_capacity(func.insts.len());
    let mut line = unit.code.first_line;
    for (number, inst) in func.insts.iter().enumerate() {
        if let Inst::Line { line: next } = *inst {
            line = next;
        }
        own.push(line);
        if !matches!(inst, Inst::Line { .. }) {
            report.line(line).insts.push(InstRow {
                number,
                op: func.marks.get(number).map_or(0, |mark| *mark as usize),
                version: map.version(number),
                cold: map.is_cold(number),
                block: map.begins(number).map(|block| block.to_string()),
                text: func.inst_text(inst).to_string(),
            });
        }
    }
    let mut rows = made.lines.iter().peekable();
    let first = rows.peek().map_or(made.bytes.len(), |row| row.offset as usize);
    let mut add = |range: Range<usize>, inst: Option<usize>| {
        let line = inst.and_then(|inst| own.get(inst)).copied().unwrap_or(unit.code.first_line);
        let version = inst.map_or(Version::Fast, |inst| map.version(inst));
        let cold = inst.is_some_and(|inst| map.is_cold(inst));
        if !range.is_empty() {
            report.line(line).code.push(CodeRow { range, inst, version, cold });
        }
    };
    add(0..first, None);
    while let Some(row) = rows.next() {
        let end = rows.peek().map_or(made.bytes.len(), |next| next.offset as usize);
        add(row.offset as usize..end, (row.line as usize).checked_sub(1));
    }
    report.code = made.bytes;
    Ok(())
}

/// The function with its instructions' numbers (from 1) in place of source lines.
fn numbered(func: &Func) -> Func {
    let mut all = Func { insts: Vec::with_capacity(func.insts.len() * 2), marks: Vec::new(), ..func.clone() };
    for &block in &func.order {
        let start = all.insts.len() as u32;
        let Some(data) = func.blocks.get(block.index()) else { continue };
        for (offset, inst) in func.block(block).iter().enumerate() {
            if !matches!(inst, Inst::Line { .. }) {
                all.insts.push(Inst::Line { line: data.start + offset as u32 + 1 });
                all.insts.push(*inst);
            }
        }
        let end = all.insts.len() as u32;
        if let Some(data) = all.blocks.get_mut(block.index()) {
            (data.start, data.end) = (start, end);
        }
    }
    all
}

fn told(error: &EmitError) -> String {
    match error {
        EmitError::Refused => "this front end has no machine code for it".into(),
        EmitError::NoMemory => "out of memory".into(),
        EmitError::Wrong(wrong) => {
            let (text, note) = (String::from_utf8_lossy(&wrong.message), String::from_utf8_lossy(&wrong.note));
            let sep = if note.is_empty() { "" } else { ": " };
            format!("line {}: {text}{sep}{note}", wrong.line)
        }
    }
}

fn unable(refused: Refused) -> String {
    match refused {
        Refused::Memory => "out of memory".into(),
        Refused::TooLarge => "too large".into(),
        Refused::Unsupported(what) => format!("the back end has no {what}"),
    }
}

#[cfg(all(test, feature = "cranelift"))]
mod tests;
