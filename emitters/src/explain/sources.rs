//! Where operands come from, in words.

use std::collections::BTreeSet;
use vm::compile::code::{Code, Place};
use vm::compile::dump::write_op;
use vm::compile::emitter::Unit;
use vm::compile::op::{ITER_SLOTS, Local, Op};

/// Where a value comes from.
#[derive(Clone, Copy, Debug)]
enum Source {
    Unknown,
    Local(Local),
    /// What the operation of this number pushed.
    Of(usize),
}

/// Follows the operands of a function from operation to operation.
pub struct Sources<'a> {
    unit: &'a Unit<'a>,
    stack: Vec<Source>,
    /// For each local the lines that set it.
    set: Vec<BTreeSet<u32>>,
}

impl<'a> Sources<'a> {
    /// For a function, before its first operation.
    pub fn new(unit: &'a Unit<'a>, lines: &[u32]) -> Sources<'a> {
        let mut set: Vec<BTreeSet<u32>> = Vec::new();
        for (op, &line) in unit.code.ops.iter().zip(lines) {
            if let Op::StoreFast(local) | Op::StoreDeref(local) = *op {
                let at = usize::from(local.0);
                if set.len() <= at {
                    set.resize(at + 1, BTreeSet::new());
                }
                set[at].insert(line);
            }
        }
        Sources { unit, stack: Vec::new(), set }
    }

    /// Control is at an operation with so many operands. What other ways bring is not known.
    pub fn arrive(&mut self, depth: usize, op: Op) {
        if let Op::Label(_) = op {
            self.stack.clear();
        }
        self.stack.resize(depth, Source::Unknown);
    }

    /// An operation has run that leaves so many operands.
    pub fn ran(&mut self, at: usize, op: Op) {
        let len = (self.stack.len() as i64 + i64::from(op.effect())).max(0) as usize;
        let top = self.stack.last().copied().unwrap_or(Source::Unknown);
        let pushed = match op {
            Op::LoadFast(local) => {
                self.stack.push(Source::Local(local));
                return;
            }
            Op::DupTop => {
                self.stack.push(top);
                return;
            }
            Op::DupTopTwo => {
                let two = self.stack.len().saturating_sub(2);
                return self.stack.extend_from_within(two..);
            }
            Op::RotTwo => return self.rotate(2),
            Op::RotThree => return self.rotate(3),
            Op::Label(_) | Op::Line(_) => return,
            Op::GetIterStack => ITER_SLOTS as usize,
            Op::LoadMethod(_) | Op::LoadSuperMethod(_) => 2,
            Op::UnpackSequence(n) => n as usize,
            Op::UnpackEx { left, right } => usize::from(left) + usize::from(right) + 1,
            Op::SetupWith(_) => 3,
            Op::StoreFast(_) | Op::StoreDeref(_) | Op::StoreName(_) | Op::StoreGlobal(_) | Op::StoreAttr(_) => 0,
            Op::StoreSubscr | Op::StoreMap | Op::StoreComp(..) | Op::PopTop | Op::ImportStar => 0,
            Op::DeleteFast(_) | Op::DeleteDeref(_) | Op::DeleteName(_) | Op::DeleteGlobal(_) => 0,
            other if other.target().is_some() && !matches!(other, Op::ForIter(_)) => 0,
            _ => 1,
        };
        self.stack.resize(len, Source::Unknown);
        for slot in self.stack.iter_mut().rev().take(pushed) {
            *slot = Source::Of(at);
        }
    }

    /// The operand `depth` below the top, in words.
    pub fn describe(&self, depth: usize) -> String {
        let source = self.stack.len().checked_sub(depth + 1).and_then(|at| self.stack.get(at));
        match source.copied().unwrap_or(Source::Unknown) {
            Source::Unknown => "a value from more than one way".into(),
            Source::Local(local) => self.local(local),
            Source::Of(at) => self.result(at),
        }
    }

    /// A local and where it comes from.
    pub fn local(&self, local: Local) -> String {
        let name = name(self.unit, local);
        let info = self.unit.code.locals.get(usize::from(local.0));
        let set: Vec<String> =
            self.set.get(usize::from(local.0)).into_iter().flatten().map(|line| line.to_string()).collect();
        let many = if set.len() == 1 { "line" } else { "lines" };
        let lines = format!("{many} {}", set.join(", "));
        match (info.is_some_and(|info| info.is_param), info.map(|info| info.place), set.is_empty()) {
            (_, Some(Place::Free), _) => format!("`{name}` (of an outer function)"),
            (true, _, true) => format!("`{name}` (argument)"),
            (true, _, false) => format!("`{name}` (argument, set on {lines})"),
            (false, _, true) => format!("`{name}`"),
            (false, _, false) => format!("`{name}` (set on {lines})"),
        }
    }

    fn result(&self, at: usize) -> String {
        let Some(&op) = self.unit.code.ops.get(at) else { return "a value".into() };
        let text = |name| self.unit.names.get(name);
        match op {
            Op::LoadGlobal(name) | Op::LoadName(name) => format!("global `{}`", text(name)),
            Op::LoadAttr(name) => format!("attribute `{}`", text(name)),
            Op::LoadMethod(name) | Op::LoadSuperMethod(name) => format!("method `{}`", text(name)),
            Op::LoadDeref(local) => self.local(local),
            Op::LoadSubscr => "an item".into(),
            Op::ForIter(_) => "the next item of the loop".into(),
            Op::UnpackSequence(_) | Op::UnpackEx { .. } => "an unpacked item".into(),
            Op::CallFunction(_) | Op::CallMethod(_) | Op::CallFunctionVarKw(_) | Op::CallMethodVarKw(_) => {
                "the result of a call".into()
            }
            Op::Binary(op) => format!("the result of `{}`", op.text()),
            Op::Unary(_) => "the result of an operator".into(),
            other => constant(self.unit, other),
        }
    }

    fn rotate(&mut self, count: usize) {
        let start = self.stack.len().saturating_sub(count);
        if let Some(top) = self.stack.get_mut(start..)
            && !top.is_empty()
        {
            top.rotate_right(1);
        }
    }
}

/// The name of a local.
pub fn name(unit: &Unit<'_>, local: Local) -> String {
    let code: &Code = unit.code;
    match code.locals.get(usize::from(local.0)) {
        Some(info) => unit.names.get(info.name).into(),
        None => format!("local {}", local.0),
    }
}

fn constant(unit: &Unit<'_>, op: Op) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write_op(op, unit.code, unit.consts, unit.names, &mut text);
    match text.trim().split_once(' ') {
        Some((_, operand)) => format!("`{operand}`"),
        None => text.trim().into(),
    }
}
