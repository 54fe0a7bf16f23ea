//! A report as text: each source line with what is known, what is checked and called; bytecode, IR and machine code in
//! columns.

use std::fmt::{Result, Write};

use emitters::explain::{Line, NoteKind, Report};
use emitters::trace::{Held, Version};
use vm::compile::code::Kind;

use super::{Group, Source, counts, disassembled, groups, kept, label, summary};

/// Widest column of bytecode and of IR; longer texts push what follows.
const WIDEST: [usize; 2] = [30, 44];

/// Writes one function.
pub fn function(report: &Report, source: &Source<'_>, out: &mut dyn Write) -> Result {
    writeln!(out, "== {} ({}, line {}) ==", report.name, report.file, report.first_line)?;
    summary(report, out)?;
    out.write_char('\n')?;
    let machine = report.refused.is_none() && report.kind != Kind::Bytecode;
    if machine {
        writeln!(out, "{}", counts(|kind| report.count(kind)))?;
    }
    let all = disassembled(report);
    for line in &report.lines {
        writeln!(out, "\n{:5} | {}", line.number, source.line(line.number))?;
        known(line, out)?;
        for note in &line.notes {
            let times = if note.count > 1 { format!(" ({}x)", note.count) } else { String::new() };
            let mark = if note.kind == NoteKind::Helper { '!' } else { '-' };
            writeln!(out, "      {mark} {}{times}: {}", label(note.kind), note.text)?;
        }
        columns(&groups(line, &all), machine, out)?;
    }
    out.write_char('\n')
}

fn known(line: &Line, out: &mut dyn Write) -> Result {
    for value in &line.values {
        write!(out, "      = {}: {}", value.from, kept(value.held))?;
        if let Held::Machine(name) = value.held {
            write!(out, " ({name})")?;
        }
        out.write_char('\n')?;
    }
    Ok(())
}

/// Bytecode, IR and machine code of the fast version side by side; the general version is only counted.
fn columns(groups: &[Group], machine: bool, out: &mut dyn Write) -> Result {
    if machine && !groups.is_empty() {
        let [first, second] = WIDEST;
        writeln!(out, "      {:first$}  {:second$}  machine code", "bytecode", "IR")?;
    }
    let (mut insts_left, mut bytes_left) = (0, 0);
    for group in groups {
        let fast = |version| version == Version::Fast;
        let offset = group.offset.map_or(String::new(), |offset| format!("{offset:3} "));
        let op = [format!("{offset}{}", group.op)];
        let insts: Vec<String> = group
            .insts
            .iter()
            .filter(|inst| fast(inst.version))
            .map(|inst| format!("{}{}", if inst.seldom { "~ " } else { "  " }, inst.text))
            .collect();
        let code: Vec<String> = group
            .code
            .iter()
            .filter(|code| fast(code.version))
            .map(|code| format!("{}{:4x}  {}", if code.seldom { "~" } else { " " }, code.offset, code.text))
            .collect();
        insts_left += group.insts.len() - insts.len();
        bytes_left += group.code.len() - code.len();
        let [first, second] = WIDEST;
        for row in 0..insts.len().max(code.len()).max(usize::from(!group.op.is_empty())) {
            let text = |column: &[String]| column.get(row).cloned().unwrap_or_default();
            let line = format!("      {:first$}  {:second$}  {}", text(&op), text(&insts), text(&code));
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    if insts_left > 0 {
        writeln!(out, "      general version: {insts_left} of IR, {bytes_left} machine instructions")?;
    }
    Ok(())
}
