//! `--explain`: what of each function of a file is machine code, what is not, and why. Nothing is run.

mod page;
pub mod text;

use std::fmt::Write;

use emitters::explain::{NoteKind, Report, report};
use emitters::trace::{Held, Version};
use vm::Vm;
use vm::compile::code::{Code, Kind, Module};
use vm::compile::decode::{DecodeError, decode, decode_with};
use vm::compile::emitter::Unit;
use vm::qstr::{Pool, Qstr};
use vm::run::compile_source;
use vm::syntax::Mode;
use vm::value::Res;

use crate::args::Options;
use crate::dump::{self, asm};
use crate::run::{ended, intern, no_file};

/// Explains the program that the options name, and gives the exit status.
pub fn program(vm: &mut Vm, options: &Options) -> u8 {
    let (name, source) = match dump::read(&options.program) {
        Ok(found) => found,
        Err((name, error)) => return no_file(vm, &name, &error).status(),
    };
    let module = match compiled(vm, &source, &name) {
        Ok(module) => module,
        Err(raise) => return ended(vm, Err(raise)).status(),
    };
    let reports = all(&module, &vm.pool);
    let source = String::from_utf8_lossy(&source);
    let source = Source::new(&source);
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = match &options.html {
        Some(_) => page::write(&name, &reports, &source, &mut out),
        None => reports.iter().try_for_each(|report| text::function(report, &source, &mut out)),
    };
    match &options.html {
        Some(file) => match std::fs::write(file, &out) {
            Ok(()) => 0,
            Err(error) => {
                vm.port.write_err(format!("pyrite: can't write '{file}': {error}\n").as_bytes());
                crate::run::RAISED
            }
        },
        None => {
            vm.port.write_out(out.as_bytes());
            0
        }
    }
}

/// Compiles without making machine code: the reports do.
fn compiled(vm: &mut Vm, source: &[u8], name: &str) -> Res<Module> {
    let name = intern(vm, name)?;
    let mut module = compile_source(vm, source, name, Mode::File)?;
    match with_ops(&mut module.root, &module.qstrs) {
        Ok(()) => Ok(module),
        Err(DecodeError::NoMemory) => Err(vm.memory_error()),
        Err(DecodeError::Malformed) => Err(vm.value_error(format_args!("malformed bytecode"))),
    }
}

/// Gives functions that stay bytecode their operations again: the compiler keeps them only for emitters.
fn with_ops(code: &mut Code, names: &[Qstr]) -> Result<(), DecodeError> {
    if code.ops.is_empty() && !code.bytes.is_empty() {
        let rows = code.rows.iter().map(|(offset, line)| (*offset as usize, *line));
        code.ops = match code.rows.is_empty() {
            true => decode(&code.bytes, names)?,
            false => decode_with(&code.bytes, names, rows)?,
        };
    }
    code.children.iter_mut().try_for_each(|child| with_ops(child, names))
}

/// Reports of all functions of a module, nested ones behind those that they stand in.
fn all(module: &Module, names: &Pool) -> Vec<Report> {
    let mut backend = emitters::cranelift::Cranelift::new();
    let mut reports = Vec::new();
    let done: Result<(), std::fmt::Error> = dump::each(&module.root, &mut |code| {
        if code.kind == Kind::Bytecode && std::ptr::eq(code, &raw const module.root) {
            return Ok(());
        }
        reports.push(report(&Unit::of(module, code, names), &mut backend));
        Ok(())
    });
    debug_assert!(done.is_ok(), "nothing above fails");
    reports
}

/// A source text by lines.
pub struct Source<'a>(Vec<&'a str>);

impl<'a> Source<'a> {
    /// Cuts a text.
    pub fn new(text: &'a str) -> Source<'a> {
        Source(text.lines().collect())
    }

    /// A line; nothing where the text has none.
    pub fn line(&self, number: u32) -> &'a str {
        (number as usize).checked_sub(1).and_then(|at| self.0.get(at)).copied().unwrap_or("")
    }
}

/// One operation of a line beside what was made of it.
struct Group {
    op: String,
    offset: Option<usize>,
    insts: Vec<Inst>,
    code: Vec<CodeLine>,
}

/// A row of IR.
struct Inst {
    text: String,
    seldom: bool,
    version: Version,
}

/// A row of machine code.
struct CodeLine {
    offset: usize,
    text: String,
    seldom: bool,
    version: Version,
}

/// The machine code of a function as text: offset and instruction.
fn disassembled(report: &Report) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    let done: Result<(), std::fmt::Error> = asm::instructions(&report.code, |offset, text| {
        all.push((offset, text.to_string()));
        Ok(())
    });
    debug_assert!(done.is_ok(), "nothing above fails");
    all
}

/// The operations of a line, each beside its IR and machine code. What belongs to none of them comes first.
fn groups(line: &emitters::explain::Line, all: &[(usize, String)]) -> Vec<Group> {
    let mut groups: Vec<(Option<usize>, Group)> = Vec::new();
    let empty = |op: String, offset| Group { op, offset, insts: Vec::new(), code: Vec::new() };
    groups.push((None, empty(String::new(), None)));
    for row in &line.ops {
        groups.push((Some(row.at), empty(row.text.clone(), row.offset)));
    }
    let find = |groups: &Vec<(Option<usize>, Group)>, op: usize| {
        groups.iter().position(|(at, _)| *at == Some(op)).unwrap_or_default()
    };
    for inst in &line.insts {
        let at = find(&groups, inst.op);
        let head = inst.block.as_ref().map_or(String::new(), |block| format!("{block}: "));
        let text = format!("{head}{}", inst.text);
        groups[at].1.insts.push(Inst { text, seldom: inst.cold, version: inst.version });
    }
    // Behind all instructions lie constants.
    for row in line.code.iter().filter(|row| row.inst.is_some() || row.range.start == 0) {
        let op = row.inst.and_then(|inst| line.insts.iter().find(|known| known.number == inst)).map(|inst| inst.op);
        let at = op.map_or(0, |op| find(&groups, op));
        let first = all.partition_point(|(offset, _)| *offset < row.range.start);
        for (offset, text) in all.iter().skip(first).take_while(|(offset, _)| *offset < row.range.end) {
            let (text, offset) = (text.clone(), *offset);
            groups[at].1.code.push(CodeLine { offset, text, seldom: row.cold, version: row.version });
        }
    }
    let full = |group: &Group| !(group.op.is_empty() && group.insts.is_empty() && group.code.is_empty());
    groups.into_iter().map(|(_, group)| group).filter(full).collect()
}

/// What stands before a note.
fn label(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Guard => "guard",
        NoteKind::Fallback => "cache or test",
        NoteKind::Check => "check",
        NoteKind::Poll => "poll",
        NoteKind::Helper => "helper call",
        NoteKind::Direct => "direct call",
        NoteKind::Inline => "inline",
    }
}

/// How a value is kept, in words.
fn kept(held: Held) -> &'static str {
    match held {
        Held::Float => "float in a register, unboxed",
        Held::SmallInt => "known small int, not checked again",
        Held::Truth => "known bool",
        Held::Any => "any object",
        Held::Machine(_) => "machine word",
        Held::Constant => "constant",
        Held::Dead => "not used",
    }
}

/// What a function is, in a line or two.
fn summary(report: &Report, out: &mut dyn Write) -> std::fmt::Result {
    let kind = match report.kind {
        Kind::Bytecode => return write!(out, "bytecode: the interpreter runs it; there is no machine code"),
        Kind::Native => "native",
        Kind::Viper => "viper",
        Kind::AsmThumb | Kind::AsmXtensa | Kind::AsmRv32 => "assembler",
    };
    if let Some(why) = &report.refused {
        return write!(out, "{kind}, but stays bytecode: {why}");
    }
    let general = report.bytes_of(Version::General);
    write!(out, "{kind}: {} bytes of machine code", report.code.len())?;
    if general > 0 {
        write!(out, ", {general} of them the general version")?;
    }
    let ms = |time: std::time::Duration| time.as_secs_f64() * 1e3;
    write!(
        out,
        "; compiled in {:.2} ms (IR {:.2}, machine code {:.2})",
        ms(report.front + report.back),
        ms(report.front),
        ms(report.back)
    )
}

/// How many notes there are of each kind that costs something.
fn counts(count: impl Fn(NoteKind) -> usize) -> String {
    let kinds = [
        (NoteKind::Guard, "guards"),
        (NoteKind::Check, "checks"),
        (NoteKind::Poll, "polls"),
        (NoteKind::Fallback, "tests with a helper behind"),
        (NoteKind::Helper, "helper calls"),
        (NoteKind::Direct, "direct calls"),
    ];
    let all: Vec<String> = kinds
        .into_iter()
        .map(|(kind, name)| (count(kind), name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| {
            format!("{count} {}", if count == 1 { name.strip_suffix('s').unwrap_or(name) } else { name })
        })
        .collect();
    if all.is_empty() { "no guards, no helper calls".into() } else { all.join(", ") }
}
