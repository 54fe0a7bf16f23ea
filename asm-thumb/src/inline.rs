//! `@micropython.asm_thumb`: statements to machine code.
//!
//! Any instruction of the table can be written, with `_` for `.` (`add_w`, `vcvt_f32_s32`), and whatever MicroPython's
//! assembler takes becomes what MicroPython makes of it. A branch without `_n` or `_w` takes the shortest form that
//! reaches. The function is entered and left as MicroPython's are: r4 to r7 and lr are saved, r0 is the result.

mod operands;
mod specs;

use alloc::vec::Vec;

use ir::asm::{Arg, Body, Error, Line, What};

use crate::branch::{Branch, conditional_row};
use crate::encode::{Code, assemble, encode};
use crate::isa::Isa;
use crate::operand::Operand;
use crate::reg::{Cond, List, Reg};

/// How messages call this machine.
const MACHINE: &str = "Thumb";
/// What the entry pushes: a register more than is needed keeps the stack aligned.
const SAVED: List = List(0x40f2);

/// A branch to a label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Always,
    Call,
    If(Cond),
    Zero(&'static str, Reg),
}

/// A piece of the function.
enum Item<'a> {
    Code(Code),
    Branch { kind: Kind, to: &'a str, size: u8, fixed: bool, line: u32 },
    Label(&'a str),
    Align(usize),
    Data(u64, u8),
}

/// Machine code of an inline assembler function.
pub fn function<'a>(isa: Isa, body: &Body<'a>) -> Result<Vec<u8>, Error<'a>> {
    params(&body.params)?;
    let mut items = Vec::new();
    let ends = |what| Error { line: None, what };
    let frame = |name| assemble(isa, name, &[Operand::List(frame_list(name))]).map_err(|_| ends(What::Memory));
    add(&mut items, Item::Code(frame("push")?))?;
    for line in &body.lines {
        statement(isa, line, &mut items)?;
    }
    add(&mut items, Item::Code(frame("pop")?))?;
    for line in &body.lines {
        defined(line, &items)?;
    }
    while grow(&mut items)? {}
    write(isa, &items)
}

fn frame_list(name: &str) -> List {
    if name == "pop" { List(SAVED.0 & 0xff).with(Reg::PC) } else { SAVED }
}

fn add<'a, T>(items: &mut Vec<T>, item: T) -> Result<(), Error<'a>> {
    items.try_reserve(1).map_err(|_| Error { line: None, what: What::Memory })?;
    items.push(item);
    Ok(())
}

fn params<'a>(names: &[&'a str]) -> Result<(), Error<'a>> {
    let wrong = |what| Err(Error { line: None, what });
    if names.len() > 4 {
        return wrong(What::TooManyParams { most: 4, machine: MACHINE });
    }
    let in_sequence = names.iter().zip(["r0", "r1", "r2", "r3"]).all(|(name, wanted)| *name == wanted);
    if in_sequence { Ok(()) } else { wrong(What::Params { sequence: "r0 to r3" }) }
}

fn statement<'a>(isa: Isa, line: &Line<'a>, items: &mut Vec<Item<'a>>) -> Result<(), Error<'a>> {
    let wrong = |what| Error { line: Some(line.line), what };
    match (line.name, line.args.as_slice()) {
        ("label", [Arg::Name(name)]) => {
            if items.iter().any(|item| matches!(item, Item::Label(other) if other == name)) {
                return Err(wrong(What::Redefined));
            }
            add(items, Item::Label(name))
        }
        ("label", _) => Err(wrong(What::Directive("'label' requires 1 argument"))),
        ("align", [Arg::Int(size @ 1..=4096)]) if size.count_ones() == 1 => add(items, Item::Align(*size as usize)),
        ("align", _) => Err(wrong(What::Directive("'align' requires 1 argument"))),
        ("data", [Arg::Int(size @ (1 | 2 | 4)), values @ ..]) if !values.is_empty() => {
            for value in values {
                let Arg::Int(value) = value else {
                    return Err(wrong(What::Directive("'data' requires integer arguments")));
                };
                add(items, Item::Data(*value as u64, *size as u8))?;
            }
            Ok(())
        }
        ("data", _) => Err(wrong(What::Directive("'data' requires at least 2 arguments"))),
        ("movwt", [Arg::Name(_), Arg::Int(value)]) => {
            // Both halves at once, which the machine cannot.
            for (name, half) in [("movw", value & 0xffff), ("movt", value >> 16 & 0xffff)] {
                let reg = line.args.first().cloned().unwrap_or(Arg::Other);
                let mut args = Vec::new();
                add(&mut args, reg)?;
                add(&mut args, Arg::Int(half))?;
                let code = operands::encode_line(isa, &Line { line: line.line, name, args });
                add(items, Item::Code(code.ok_or_else(|| wrong(specs::complaint(isa, line)))?))?;
            }
            Ok(())
        }
        _ => match branch(isa, line)? {
            Some(item) => add(items, item),
            None => {
                let code = operands::encode_line(isa, line).ok_or_else(|| wrong(specs::complaint(isa, line)))?;
                add(items, Item::Code(code))
            }
        },
    }
}

/// A branch to a label, if the statement is one.
fn branch<'a>(isa: Isa, line: &Line<'a>) -> Result<Option<Item<'a>>, Error<'a>> {
    let (name, form) = match line.name.split_once('_') {
        Some((name, form @ ("n" | "w"))) => (name, Some(form)),
        Some(_) => return Ok(None),
        None => (line.name, None),
    };
    let kind = match name {
        "b" => Kind::Always,
        "bl" => Kind::Call,
        "cbz" | "cbnz" if isa.has_if_then() => match line.args.first() {
            Some(Arg::Name(reg)) => match operands::register(reg).filter(|reg| reg.is_low()) {
                Some(reg) => Kind::Zero(if name == "cbz" { "cbz" } else { "cbnz" }, reg),
                None => return Ok(None),
            },
            _ => return Ok(None),
        },
        _ => match name.strip_prefix('b').and_then(operands::condition) {
            Some(cond) => Kind::If(cond),
            None => return Ok(None),
        },
    };
    let is_wide = form == Some("w");
    let count = if matches!(kind, Kind::Zero(..)) { 2 } else { 1 };
    if line.args.len() != count || (is_wide && (!isa.has_wide() || count == 2)) {
        return Ok(None);
    }
    let Some(Arg::Name(to)) = line.args.last() else {
        return Err(Error { line: Some(line.line), what: What::Label { name: line.name } });
    };
    let size = if is_wide || kind == Kind::Call { 4 } else { 2 };
    let fixed = form.is_some() || count == 2 || !isa.has_wide();
    Ok(Some(Item::Branch { kind, to, size, fixed, line: line.line }))
}

/// Whether every label that a statement names is there.
fn defined<'a>(line: &Line<'a>, items: &[Item<'a>]) -> Result<(), Error<'a>> {
    let lost = items.iter().find_map(|item| match item {
        Item::Branch { to, line: at, .. } if *at == line.line => {
            let found = items.iter().any(|item| matches!(item, Item::Label(label) if label == to));
            (!found).then_some(*to)
        }
        _ => None,
    });
    match lost {
        Some(label) => Err(Error { line: Some(line.line), what: What::Undefined { label } }),
        None => Ok(()),
    }
}

fn size(item: &Item<'_>, at: usize) -> usize {
    match item {
        Item::Code(code) => code.bytes().len(),
        Item::Branch { size, .. } => usize::from(*size),
        Item::Label(_) => 0,
        Item::Align(size) => at.next_multiple_of(*size) - at,
        Item::Data(_, size) => usize::from(*size),
    }
}

/// Where a label is.
fn place(items: &[Item<'_>], label: &str) -> usize {
    let mut at = 0;
    for item in items {
        if matches!(item, Item::Label(other) if *other == label) {
            break;
        }
        at += size(item, at);
    }
    at
}

fn form(kind: Kind, size: u8) -> Branch {
    match (kind, size) {
        (Kind::Always, 2) => Branch::Always,
        (Kind::Always, _) => Branch::AlwaysWide,
        (Kind::Call, _) => Branch::Call,
        (Kind::If(_), 2) => Branch::Cond,
        (Kind::If(_), _) => Branch::CondWide,
        (Kind::Zero(..), _) => Branch::Zero,
    }
}

/// Makes the first branch that does not reach wide; false if all reach.
fn grow<'a>(items: &mut [Item<'a>]) -> Result<bool, Error<'a>> {
    let mut at = 0;
    for index in 0..items.len() {
        let Some(item) = items.get(index) else { break };
        if let Item::Branch { kind, to, size, fixed, line } = *item {
            let delta = place(items, to) as i64 - at as i64;
            let reaches = i32::try_from(delta).is_ok_and(|delta| form(kind, size).reach().contains(&delta));
            if !reaches && (fixed || size == 4) {
                return Err(Error { line: Some(line), what: What::Range });
            }
            if !reaches {
                if let Some(Item::Branch { size, .. }) = items.get_mut(index) {
                    *size = 4;
                }
                return Ok(true);
            }
        }
        at += items.get(index).map_or(0, |item| size(item, at));
    }
    Ok(false)
}

fn write<'a>(isa: Isa, items: &[Item<'a>]) -> Result<Vec<u8>, Error<'a>> {
    let total = items.iter().fold(0, |at, item| at + size(item, at));
    let mut out = Vec::new();
    out.try_reserve_exact(total).map_err(|_| Error { line: None, what: What::Memory })?;
    for item in items {
        match item {
            Item::Code(code) => out.extend_from_slice(code.bytes()),
            Item::Label(_) => {}
            Item::Align(size) => out.resize(out.len().next_multiple_of(*size), 0),
            Item::Data(value, size) => {
                out.extend_from_slice(value.to_le_bytes().get(..usize::from(*size)).unwrap_or(&[]));
            }
            Item::Branch { kind, to, size, line, .. } => {
                let delta = Operand::To((place(items, to) as i64 - out.len() as i64) as i32);
                let code = match kind {
                    Kind::Always => assemble(isa, if *size == 2 { "b" } else { "b.w" }, &[delta]).ok(),
                    Kind::Call => assemble(isa, "bl", &[delta]).ok(),
                    Kind::If(cond) => {
                        conditional_row(form(*kind, *size), *cond).and_then(|row| encode(isa, row, &[delta]).ok())
                    }
                    Kind::Zero(name, reg) => assemble(isa, name, &[Operand::Reg(*reg), delta]).ok(),
                };
                let code = code.ok_or(Error { line: Some(*line), what: What::Range })?;
                out.extend_from_slice(code.bytes());
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
