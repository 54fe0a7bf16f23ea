//! What is checked and called for each operation, and why.

use super::sources::{Sources, name};
use super::ways::{Map, Way};
use super::{Report, bytecode};
use crate::trace::{Held, Step, Trace, Version};
use ir::{Cc, Func, Inst, Operand, V};
use std::collections::BTreeMap;
use vm::compile::emitter::Unit;
use vm::compile::op::Op;

/// What a note is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoteKind {
    /// A guess that is checked: where it fails, the general version goes on.
    Guard,
    /// A check with a helper behind it for all else.
    Fallback,
    /// A check that raises.
    Check,
    /// A look whether something waits: Ctrl-C, scheduled calls, threads.
    Poll,
    /// A helper that is called every time.
    Helper,
    /// Machine code or a function that is called without a helper.
    Direct,
    /// An operation done by machine instructions alone.
    Inline,
}

/// One thing to know about a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// What it is of.
    pub kind: NoteKind,
    /// The operation it belongs to.
    pub op: usize,
    /// How many checks or calls.
    pub count: usize,
    /// What and why.
    pub text: String,
}

/// What is known of a local on a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// What is known.
    pub held: Held,
    /// Where it comes from.
    pub from: String,
}

/// Notes for all operations of the version that runs first.
pub fn all(unit: &Unit<'_>, lines: &[u32], trace: &Trace, func: &Func, map: &Map<'_>, report: &mut Report) {
    let mut sources = Sources::new(unit, lines);
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, mark) in func.marks.iter().enumerate() {
        if map.version(number) == Version::Fast && !map.is_cold(number) {
            found.entry(*mark as usize).or_default().push(number);
        }
    }
    for step in trace.steps.iter().filter(|step| step.version == Version::Fast) {
        let (Some(&op), Some(&line)) = (unit.code.ops.get(step.at), lines.get(step.at)) else { continue };
        sources.arrive(step.operands.len(), op);
        let row = report.line(line);
        if let Some(value) = value(unit, op, step, &sources)
            && !row.values.contains(&value)
        {
            row.values.push(value);
        }
        let insts = found.remove(&step.at).unwrap_or_default();
        let told = Teller { unit, step, op, sources: &sources, func, map };
        row.notes.extend(told.notes(insts.iter().filter_map(|inst| func.insts.get(*inst))));
        sources.ran(step.at, op);
    }
}

fn value(unit: &Unit<'_>, op: Op, step: &Step, sources: &Sources<'_>) -> Option<Value> {
    let (local, held) = match op {
        Op::LoadFast(local) => (local, step.locals.get(usize::from(local.0)).copied()?),
        Op::StoreFast(local) => {
            let known = step.locals.get(usize::from(local.0)).copied()?;
            let top = step.operands.last().copied()?;
            // Viper's locals have one type for ever.
            (local, if matches!(known, Held::Machine(_)) { known } else { top })
        }
        _ => return None,
    };
    match held {
        Held::Dead | Held::Constant => None,
        Held::Any | Held::SmallInt | Held::Truth | Held::Float | Held::Machine(_) => {
            Some(Value { name: name(unit, local), held, from: sources.local(local) })
        }
    }
}

/// What is said of one operation.
struct Teller<'a> {
    unit: &'a Unit<'a>,
    step: &'a Step,
    op: Op,
    sources: &'a Sources<'a>,
    func: &'a Func,
    map: &'a Map<'a>,
}

impl Teller<'_> {
    fn notes<'f>(&self, insts: impl Iterator<Item = &'f Inst<V>>) -> Vec<Note> {
        let mut notes: Vec<Note> = Vec::new();
        let mut worked = false;
        for inst in insts {
            let (kind, text) = match (self.map.way(inst), inst) {
                (Way::General, _) => (NoteKind::Guard, self.guard(inst)),
                (Way::Helper("poll"), _) => {
                    (NoteKind::Poll, "Ctrl-C, scheduled calls and other threads get their turn".into())
                }
                (Way::Helper(helper), _) => (NoteKind::Fallback, self.fallback(helper)),
                (Way::Raises(helper), _) => (NoteKind::Check, self.check(helper, inst)),
                (Way::Ordinary, Inst::Call { helper, .. }) => {
                    let helper = self.func.helper(*helper).map_or("?", |sig| sig.name);
                    (NoteKind::Helper, self.call(helper))
                }
                (Way::Ordinary, Inst::CallTo { .. }) => {
                    (NoteKind::Direct, "calls machine code directly, no arguments packed".into())
                }
                (Way::Ordinary, Inst::Line { .. } | Inst::Int { .. } | Inst::Copy { .. } | Inst::Jump { .. }) => {
                    continue;
                }
                (Way::Ordinary, _) => {
                    worked = true;
                    continue;
                }
            };
            match notes.iter_mut().find(|note| note.kind == kind && note.text == text) {
                Some(note) => note.count += 1,
                None => notes.push(Note { kind, op: self.step.at, count: 1, text }),
            }
        }
        if worked
            && notes.is_empty()
            && matches!(self.op, Op::Binary(_) | Op::Unary(_) | Op::LoadSubscr | Op::StoreSubscr)
        {
            let text = format!("{} by machine instructions alone{}", self.what(), self.known());
            notes.push(Note { kind: NoteKind::Inline, op: self.step.at, count: 1, text });
        }
        notes
    }

    /// How many operands the operation looks at.
    fn operands(&self) -> usize {
        match self.op {
            Op::Binary(_) | Op::LoadSubscr | Op::StoreAttr(_) => 2,
            Op::StoreSubscr => 3,
            Op::Unary(_) | Op::LoadAttr(_) | Op::LoadMethod(_) | Op::GetIter | Op::GetIterStack => 1,
            Op::PopJumpIfTrue(_) | Op::PopJumpIfFalse(_) => 1,
            Op::JumpIfTrueOrPop(_) | Op::JumpIfFalseOrPop(_) => 1,
            Op::UnpackSequence(_) | Op::UnpackEx { .. } => 1,
            _ => 0,
        }
    }

    fn held(&self, depth: usize) -> Held {
        let at = self.step.operands.len().checked_sub(depth + 1);
        at.and_then(|at| self.step.operands.get(at)).copied().unwrap_or(Held::Any)
    }

    /// The operands that may be any object, in words; nothing if there are none.
    fn unknown(&self) -> String {
        let all: Vec<String> = (0..self.operands())
            .rev()
            .filter(|depth| self.held(*depth) == Held::Any)
            .map(|depth| self.sources.describe(depth))
            .collect();
        match &all[..] {
            [] => String::new(),
            [one] => format!("{one} may be any object"),
            [many @ .., last] => format!("{} and {last} may be any object", many.join(", ")),
        }
    }

    /// What is known of the operands, where all is.
    fn known(&self) -> String {
        let all: Vec<&str> = (0..self.operands()).rev().map(|depth| word(self.held(depth))).collect();
        if all.is_empty() { String::new() } else { format!(" ({})", all.join(", ")) }
    }

    /// The operation in words.
    fn what(&self) -> String {
        let text = |name| self.unit.names.get(name);
        match self.op {
            Op::Binary(op) => format!("`{}`", op.text()),
            Op::LoadAttr(name) => format!("attribute `{}`", text(name)),
            Op::StoreAttr(name) => format!("setting attribute `{}`", text(name)),
            Op::LoadMethod(name) | Op::LoadSuperMethod(name) => format!("method `{}`", text(name)),
            Op::LoadGlobal(name) | Op::LoadName(name) => format!("global `{}`", text(name)),
            Op::LoadSubscr => "reading an item".into(),
            Op::StoreSubscr => "setting an item".into(),
            Op::CallFunction(_) | Op::CallMethod(_) => "the call".into(),
            Op::GetIterStack | Op::GetIter => "what is iterated over".into(),
            Op::ForIter(_) => "the next item".into(),
            Op::PopJumpIfTrue(_) | Op::PopJumpIfFalse(_) => "the condition".into(),
            Op::JumpIfTrueOrPop(_) | Op::JumpIfFalseOrPop(_) => "the condition".into(),
            Op::LoadFast(local) | Op::LoadDeref(local) => self.sources.local(local),
            Op::ReturnValue => "the result".into(),
            Op::Line(_) => "entry".into(),
            Op::StoreFast(local) => format!("setting {}", self.sources.local(local)),
            other => bytecode::mnemonic(other),
        }
    }

    fn guard(&self, inst: &Inst<V>) -> String {
        let unknown = self.unknown();
        match inst {
            Inst::AluOv { .. } => format!("{}: the result must stay a small int", self.what()),
            Inst::Exit { cc: Cc::NoBits, .. } if !unknown.is_empty() => {
                format!("{}: {unknown}; must be a small int", self.what())
            }
            Inst::Exit { cc: Cc::Ne, b: Operand::Imm(tag), .. }
                if crate::word::FLOAT_TAG == Some(*tag) && !unknown.is_empty() =>
            {
                format!("{}: {unknown}; must be a float or small int", self.what())
            }
            _ if self.step.at == 0 => "entry: the port must keep inline caches".into(),
            _ if unknown.is_empty() => format!("{}: must be as the inline code wants it", self.what()),
            _ => format!("{}: {unknown}; must be of the type that the inline code is for", self.what()),
        }
    }

    fn fallback(&self, helper: &str) -> String {
        let (what, unknown) = (self.what(), self.unknown());
        match self.op {
            Op::LoadGlobal(_) | Op::LoadName(_) => {
                format!("{what} by inline cache; helper `{helper}` when the module's names have changed")
            }
            Op::LoadAttr(_) | Op::StoreAttr(_) | Op::LoadMethod(_) if !unknown.is_empty() => {
                format!("{what} by inline cache; helper `{helper}` for other types: {unknown}")
            }
            Op::CallFunction(_) | Op::CallMethod(_) => {
                format!("{what} is direct where the callee is known machine code; else helper `{helper}`")
            }
            Op::Line(_) => format!("entry: arguments that are plain are taken inline; helper `{helper}` for others"),
            Op::ReturnValue => format!("the result is made an object inline where it fits; else helper `{helper}`"),
            _ if unknown.is_empty() => format!("{what} inline; helper `{helper}` for what is left"),
            Op::Binary(_) | Op::Unary(_) => {
                format!("{what} inline for small ints and floats; else helper `{helper}`: {unknown}")
            }
            Op::LoadSubscr | Op::StoreSubscr => {
                format!("{what} inline for lists, tuples, bytes and arrays; else helper `{helper}`: {unknown}")
            }
            _ => format!("{what} inline for the usual types; else helper `{helper}`: {unknown}"),
        }
    }

    fn check(&self, helper: &str, inst: &Inst<V>) -> String {
        match (helper, inst) {
            ("unbound_local", _) => format!("{} may be unbound here", self.what()),
            ("too_deep", _) => "entry: room on the machine stack".into(),
            ("divide_by_zero", _) => format!("{}: not by zero", self.what()),
            ("zero_step", _) => "the step of the range is not zero".into(),
            ("", Inst::Exit { .. }) if self.op.target().is_some() => {
                "what the poll for Ctrl-C, scheduled calls and threads may have raised".into()
            }
            ("", _) => format!("{}: what may have been raised", self.what()),
            (helper, _) => format!("{}: `{helper}` raises", self.what()),
        }
    }

    fn call(&self, helper: &str) -> String {
        let (what, unknown) = (self.what(), self.unknown());
        let why = match self.op {
            Op::CallFunction(_) | Op::CallMethod(_) => "the callee is known only at run time".into(),
            Op::CallFunctionVarKw(_) | Op::CallMethodVarKw(_) => "star arguments are laid out at run time".into(),
            Op::StoreGlobal(_) | Op::DeleteGlobal(_) | Op::StoreName(_) => "the names of a module are a dict".into(),
            Op::BuildTuple(_) | Op::BuildList(_) | Op::BuildMap(_) | Op::BuildSet(_) | Op::BuildSlice(_) => {
                "it makes an object".into()
            }
            Op::MakeFunction(_) | Op::MakeFunctionDefargs(_) | Op::MakeClosure(..) | Op::MakeClosureDefargs(..) => {
                "it makes an object".into()
            }
            Op::RaiseObj | Op::RaiseFrom | Op::RaiseLast => "raising is the runtime's".into(),
            Op::ImportName(_) | Op::ImportFrom(_) | Op::ImportStar => "importing is the runtime's".into(),
            Op::ForIter(_) => "unless it goes over a range, list or tuple".into(),
            _ if helper == "poll" => "something waits: Ctrl-C, a scheduled call, a thread".into(),
            _ if unknown.is_empty() => format!("there is no inline code for it{}", self.known()),
            _ => unknown,
        };
        format!("{what} calls helper `{helper}`: {why}")
    }
}

/// What is known, in words.
pub fn word(held: Held) -> &'static str {
    match held {
        Held::Any => "any object",
        Held::SmallInt => "small int",
        Held::Truth => "bool",
        Held::Float => "unboxed float",
        Held::Constant => "constant",
        Held::Machine(name) => name,
        Held::Dead => "not used",
    }
}
