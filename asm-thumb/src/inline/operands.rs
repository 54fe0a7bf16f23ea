//! Operands of a statement against the written forms of rows.

use ir::asm::{Arg, Line};

use crate::encode::{Code, encode};
use crate::isa::{Isa, Special};
use crate::operand::Operand;
use crate::reg::{Cond, List, Reg, Shift, Single};
use crate::table::{Row, TABLE};

/// Names that differ from rows: what comes first is what MicroPython's assembler makes of it.
const NAMES: &[(&str, &[&str])] = &[
    ("mov", &["mov", "movs", "mov.w"]),
    ("neg", &["rsbs", "rsb.w"]),
    ("vcmp", &["vcmpe.f32"]),
    ("push", &["push", "push.w"]),
    ("pop", &["pop", "pop.w"]),
];

/// The instruction of a statement, by the first row that takes its operands.
pub fn encode_line(isa: Isa, line: &Line<'_>) -> Option<Code> {
    let renamed = NAMES.iter().find(|(name, _)| *name == line.name);
    if let Some((_, rows)) = renamed {
        return rows.iter().find_map(|name| by_name(isa, line, |row| row.name == *name));
    }
    // The forms that set flags are the short ones, and come first.
    for suffix in ["s", "", ".w", ".f32"] {
        let code = by_name(isa, line, |row| row.name.strip_suffix(suffix).is_some_and(|stem| same(stem, line.name)));
        if code.is_some() {
            return code;
        }
    }
    None
}

/// Whether a row's name is written so: `_` stands for `.`, and one more behind a name that is Python's own.
fn same(row: &str, written: &str) -> bool {
    let written = written.strip_suffix('_').unwrap_or(written);
    row.len() == written.len() && row.bytes().zip(written.bytes()).all(|(a, b)| a == b || (a == b'.' && b == b'_'))
}

fn by_name(isa: Isa, line: &Line<'_>, fits: impl Fn(&Row) -> bool) -> Option<Code> {
    TABLE.iter().filter(|row| fits(row)).find_map(|row| {
        let mut operands = [Operand::Imm(0); 6];
        let count = matched(row.form.text, &line.args, &mut operands)?;
        encode(isa, row, operands.get(..count)?).ok()
    })
}

/// Operands as the written form has them: how many, if all fit.
fn matched(text: &str, args: &[Arg<'_>], out: &mut [Operand; 6]) -> Option<usize> {
    let mut args = args.iter();
    let mut count = 0;
    let mut rest = text;
    while !rest.is_empty() {
        // One operand of the text: a bracket with all in it, or up to the comma.
        let end = if rest.starts_with('[') { rest.find(']')? + 1 } else { rest.find(", ").unwrap_or(rest.len()) };
        let (token, behind) = rest.split_at_checked(end)?;
        let behind = behind.strip_prefix('!').unwrap_or(behind);
        rest = behind.strip_prefix(", ").unwrap_or(behind);
        match token.strip_prefix('[').and_then(|inside| inside.strip_suffix(']')) {
            Some(inside) => {
                let Arg::List(items) = args.next()? else { return None };
                let mut items = items.iter();
                for token in inside.split(", ") {
                    count = one(token, &mut items, out, count)?;
                }
                if items.next().is_some() {
                    return None;
                }
            }
            None => count = one(token, &mut args, out, count)?,
        }
    }
    args.next().is_none().then_some(count)
}

/// One token and, unless it may be left out, one argument.
fn one<'a>(
    token: &str,
    args: &mut core::slice::Iter<'_, Arg<'a>>,
    out: &mut [Operand; 6],
    count: usize,
) -> Option<usize> {
    let mut put = |operand: Operand| {
        *out.get_mut(count)? = operand;
        Some(count + 1)
    };
    match token {
        "lsl $" => match args.next() {
            None => put(Operand::Imm(0)),
            Some(Arg::Call("lsl", inner)) => match inner.as_slice() {
                [Arg::Int(amount)] => put(Operand::Imm(i32::try_from(*amount).ok()?)),
                _ => None,
            },
            Some(_) => None,
        },
        _ if token.contains('$') => put(operand(args.next()?)?),
        "#0" | "#0.0" | "sy" => match args.clone().next() {
            // What can only be one thing need not be said.
            None => Some(count),
            Some(Arg::Int(0)) | Some(Arg::Name("sy")) => {
                args.next();
                Some(count)
            }
            Some(_) => None,
        },
        _ => match args.next()? {
            Arg::Name(name) => is_called(token, name).then_some(count),
            _ => None,
        },
    }
}

/// Whether a name says what a form has in this place: another name of the same register, or other case.
fn is_called(token: &str, name: &str) -> bool {
    token.eq_ignore_ascii_case(name) || register(name).is_some_and(|reg| register(token) == Some(reg))
}

/// What an argument can be by itself.
fn operand(arg: &Arg<'_>) -> Option<Operand> {
    match arg {
        Arg::Name(name) => register(name)
            .map(Operand::Reg)
            .or_else(|| single(name).map(Operand::Single))
            .or_else(|| special(name).map(Operand::Special))
            .or_else(|| condition(name).map(Operand::Cond)),
        Arg::Int(value) => {
            i32::try_from(*value).ok().or_else(|| u32::try_from(*value).ok().map(|v| v as i32)).map(Operand::Imm)
        }
        Arg::Set(items) => list(items).map(Operand::List),
        Arg::Call(name, inner) => match inner.as_slice() {
            [Arg::Int(amount)] => {
                shift(name).and_then(|shift| Some(Operand::Shift(shift, u8::try_from(*amount).ok()?)))
            }
            _ => None,
        },
        Arg::List(_) | Arg::Other => None,
    }
}

/// A core register: r0 to r15, or by its other name.
pub fn register(name: &str) -> Option<Reg> {
    Some(match name {
        "sl" => Reg::R10,
        "fp" => Reg::R11,
        "sp" => Reg::SP,
        "lr" => Reg::LR,
        "pc" => Reg::PC,
        _ => Reg::new(numbered(name, 'r', 15)?),
    })
}

/// A float register: s0 to s31.
pub fn single(name: &str) -> Option<Single> {
    numbered(name, 's', 31).map(Single::new)
}

/// A letter and a number up to `most`, without zeros before it.
pub fn numbered(name: &str, letter: char, most: u8) -> Option<u8> {
    let digits = name.strip_prefix(letter)?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits.len() == 1 || !digits.starts_with('0'));
    digits.parse().ok().filter(|number| plain && *number <= most)
}

/// A special register, in any case.
pub fn special(name: &str) -> Option<Special> {
    let mut text = [0; 16];
    let lower = text.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    Special::named(core::str::from_utf8(lower).ok()?)
}

/// A condition by its two letters.
pub fn condition(name: &str) -> Option<Cond> {
    (0..14).filter_map(Cond::new).find(|cond| cond.name() == name)
}

/// A set of registers.
pub fn list(items: &[Arg<'_>]) -> Option<List> {
    items.iter().try_fold(List::default(), |list, item| match item {
        Arg::Name(name) => register(name).map(|reg| list.with(reg)),
        _ => None,
    })
}

fn shift(name: &str) -> Option<Shift> {
    [Shift::Lsl, Shift::Lsr, Shift::Asr, Shift::Ror].into_iter().find(|shift| shift.name() == name)
}
