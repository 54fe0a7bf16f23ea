//! Conditions, loops, `try`, `with` and `async` to ops. The stack discipline is upstream's.

mod asynch;
mod groups;

use super::lower::{Loop, Lower, Lowered};
use super::op::{Args, Binary, ITER_SLOTS, Label, Op};
use super::scope::Node;
use crate::q;
use crate::qstr::Qstr;
use crate::syntax::ast::{Arg, Block, ExprId, ExprKind, Handler, IfArm, List, Try, WithItem};
use crate::text::error::SyntaxError;
use crate::text::source::Span;

const NO_ARGS: Args = Args { n_pos: 0, n_kw: 0 };

/// One positional argument.
const ONE_ARG: Args = Args { n_pos: 1, n_kw: 0 };

/// Slots that a pending jump or exception needs beside what is counted.
const PENDING: i8 = 3;

impl Lower<'_> {
    pub fn if_stmt(&mut self, arms: List<IfArm>, orelse: Block) -> Lowered {
        let end = self.label()?;
        let arms = self.ast.list(arms);
        for (at, arm) in arms.iter().enumerate() {
            let truth = self.truth(arm.test);
            if truth == Some(false) {
                self.dead(|lower| lower.block(arm.body))?;
                continue;
            }
            let fail = self.label()?;
            self.condition(arm.test, false, fail)?;
            self.block(arm.body)?;
            if truth == Some(true) {
                let rest = arms.get(at + 1..).unwrap_or_default();
                self.dead(|lower| {
                    for arm in rest {
                        lower.expr(arm.test)?;
                        lower.block(arm.body)?;
                    }
                    lower.block(orelse)
                })?;
                return self.place(end);
            }
            // Nothing to jump over behind a lone `if`.
            if at > 0 || arms.len() > 1 || !orelse.is_empty() {
                self.op(Op::Jump(end))?;
            }
            self.place(fail)?;
        }
        self.block(orelse)?;
        self.place(end)
    }

    pub fn while_stmt(&mut self, test: ExprId, body: Block, orelse: Block) -> Lowered {
        let (brk, cont) = (self.label()?, self.label()?);
        let (outer, line) = (self.enter_loop(brk, cont, false), self.line);
        let truth = self.truth(test);
        if truth == Some(false) {
            self.dead(|lower| lower.block(body))?;
        } else {
            let top = self.label()?;
            if truth != Some(true) {
                self.op(Op::Jump(cont))?;
            }
            self.place(top)?;
            self.block(body)?;
            self.place(cont)?;
            self.back_to(line)?;
            self.condition(test, true, top)?;
        }
        self.around = outer;
        self.block(orelse)?;
        self.place(brk)
    }

    pub fn for_stmt(&mut self, target: ExprId, iter: ExprId, body: Block, orelse: Block) -> Lowered {
        if let Some(range) = self.counting(target, iter) {
            return self.for_range(target, range, body, orelse);
        }
        let (brk, cont) = (self.label()?, self.label()?);
        let outer = self.enter_loop(brk, cont, true);
        let end = self.label()?;
        let line = self.line;
        self.expr(iter)?;
        self.back_to(line)?;
        self.op(Op::GetIterStack)?;
        self.place(cont)?;
        self.op(Op::ForIter(end))?;
        self.store(target)?;
        self.block(body)?;
        self.op(Op::Jump(cont))?;
        self.place(end)?;
        self.adjust(-(ITER_SLOTS as i8))?;
        self.around = outer;
        self.block(orelse)?;
        self.place(brk)
    }

    /// `for name in range(...)` whose step is a constant: counts without an iterator.
    fn counting(&self, target: ExprId, iter: ExprId) -> Option<Range> {
        let (ExprKind::Name(_), ExprKind::Call { func, args }) = (self.ast.kind(target), self.ast.kind(iter)) else {
            return None;
        };
        if self.ast.kind(func) != ExprKind::Name(q!("range")) {
            return None;
        }
        let args = self.ast.list(args);
        // Upstream's grammar takes these for special arguments.
        let special = |id: ExprId| matches!(self.ast.kind(id), ExprKind::Comp(_) | ExprKind::Walrus { .. });
        if args.iter().any(|arg| matches!(*arg, Arg::Positional(id) if special(id))) {
            return None;
        }
        match *args {
            [Arg::Positional(end)] => Some(Range { start: None, end, step: 1 }),
            [Arg::Positional(start), Arg::Positional(end)] => Some(Range { start: Some(start), end, step: 1 }),
            [Arg::Positional(start), Arg::Positional(end), Arg::Positional(step)] => match self.ast.kind(step) {
                ExprKind::Int(step) if step != 0 && step.unsigned_abs() < 1 << 30 => {
                    Some(Range { start: Some(start), end, step: step as i32 })
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn for_range(&mut self, target: ExprId, range: Range, body: Block, orelse: Block) -> Lowered {
        let line = self.line;
        let (brk, cont) = (self.label()?, self.label()?);
        let outer = self.enter_loop(brk, cont, false);
        let (top, entry) = (self.label()?, self.label()?);
        let fixed_end = matches!(self.ast.kind(range.end), ExprKind::Int(end) if (-(1 << 30)..1 << 30).contains(&end));
        // The start lies above the end, but is told first; the order cannot be seen where it is plain.
        let plain = |id: ExprId| matches!(self.ast.kind(id), ExprKind::Int(_) | ExprKind::Name(_));
        match range.start {
            Some(start) if !fixed_end && !plain(start) => {
                self.expr(start)?;
                self.expr(range.end)?;
                self.op(Op::RotTwo)?;
            }
            start => {
                if !fixed_end {
                    self.expr(range.end)?;
                }
                match start {
                    Some(start) => self.expr(start)?,
                    None => self.op(Op::LoadInt(0))?,
                }
            }
        }
        self.op(Op::Jump(entry))?;
        self.place(top)?;
        self.op(Op::DupTop)?;
        self.store(target)?;
        self.block(body)?;
        self.place(cont)?;
        self.back_to(line)?;
        self.op(Op::LoadInt(range.step))?;
        self.op(Op::Binary(Binary::InplaceAdd))?;
        self.place(entry)?;
        if fixed_end {
            self.op(Op::DupTop)?;
            self.expr(range.end)?;
            self.back_to(line)?;
        } else {
            self.op(Op::DupTopTwo)?;
            self.op(Op::RotTwo)?;
        }
        self.op(Op::Binary(if range.step > 0 { Binary::Less } else { Binary::More }))?;
        self.op(Op::PopJumpIfTrue(top))?;
        self.around = outer;
        let drop = if fixed_end { 1 } else { 2 };
        let mut end = None;
        if !orelse.is_empty() {
            for _ in 0..drop {
                self.op(Op::PopTop)?;
            }
            self.block(orelse)?;
            let label = self.label()?;
            self.op(Op::Jump(label))?;
            self.adjust(drop)?;
            end = Some(label);
        }
        self.place(brk)?;
        for _ in 0..drop {
            self.op(Op::PopTop)?;
        }
        end.map_or(Ok(()), |end| self.place(end))
    }

    fn enter_loop(&mut self, brk: Label, cont: Label, has_iter: bool) -> Option<Loop> {
        self.around.replace(Loop { brk, cont, has_iter, level: self.level })
    }

    /// `break` or `continue`.
    pub fn leave(&mut self, around: Loop, breaks: bool) -> Lowered {
        let to = if breaks { around.brk } else { around.cont };
        let from_for = breaks && around.has_iter;
        let depth = self.level - around.level;
        if depth > 0 {
            let depth = u8::try_from(depth).ok().filter(|&depth| depth < 128).ok_or_else(super::too_long)?;
            return self.op(Op::UnwindJump { to, depth, from_for });
        }
        if from_for {
            for _ in 0..ITER_SLOTS {
                self.op(Op::PopTop)?;
            }
            // The loop goes on with its iterator.
            self.adjust(ITER_SLOTS as i8)?;
        }
        self.op(Op::Jump(to))
    }

    /// Sets up a handler.
    fn enter(&mut self, setup: Op) -> Lowered {
        self.level += 1;
        self.max_level = self.max_level.max(self.level);
        self.op(setup)
    }

    fn end_finally(&mut self) -> Lowered {
        self.level -= 1;
        self.op(Op::EndFinally)
    }

    pub fn try_stmt(&mut self, stmt: Try) -> Lowered {
        if stmt.finally.is_empty() {
            return self.guarded(stmt);
        }
        let finally = self.label()?;
        self.enter(Op::SetupFinally(finally))?;
        if stmt.handlers.is_empty() {
            self.adjust(PENDING)?;
            self.block(stmt.body)?;
            self.adjust(-PENDING)?;
        } else {
            self.guarded(stmt)?;
        }
        self.op(Op::LoadNone)?;
        self.place(finally)?;
        // There may be a value being returned below.
        self.adjust(1)?;
        self.block(stmt.finally)?;
        self.adjust(-1)?;
        self.end_finally()
    }

    fn guarded(&mut self, stmt: Try) -> Lowered {
        if stmt.star { self.try_groups(stmt) } else { self.try_except(stmt) }
    }

    fn try_except(&mut self, stmt: Try) -> Lowered {
        let (handler, success) = (self.label()?, self.label()?);
        self.enter(Op::SetupExcept(handler))?;
        self.block(stmt.body)?;
        self.op(Op::PopExceptJump(success))?;
        self.place(handler)?;
        self.adjust(1 + PENDING)?;
        let end = self.label()?;
        let handlers = self.ast.list(stmt.handlers);
        for (at, clause) in handlers.iter().enumerate() {
            if clause.exc.is_none() && at + 1 < handlers.len() {
                return Err(SyntaxError::new(clause.span, "default 'except' must be last"));
            }
            self.handler(clause, end)?;
        }
        self.end_finally()?;
        self.adjust(-PENDING)?;
        self.place(success)?;
        self.block(stmt.orelse)?;
        self.place(end)
    }

    fn handler(&mut self, clause: &Handler, end: Label) -> Lowered {
        let next = self.label()?;
        if let Some(exc) = clause.exc {
            self.mark_first(exc)?;
            self.op(Op::DupTop)?;
            self.expr(exc)?;
            self.mark_first(exc)?;
            self.op(Op::Binary(Binary::ExceptionMatch))?;
            self.op(Op::PopJumpIfFalse(next))?;
        }
        self.take_exception(clause)?;
        self.handler_suite(clause)?;
        self.op(Op::PopExceptJump(end))?;
        self.place(next)?;
        self.adjust(1)
    }

    /// Pops the exception into the handler's name, if it has one.
    fn take_exception(&mut self, clause: &Handler) -> Lowered {
        match clause.name {
            None => self.op(Op::PopTop),
            Some(name) => self.store_name(name),
        }
    }

    /// The suite of a handler. Its name is unbound however the suite ends.
    fn handler_suite(&mut self, clause: &Handler) -> Lowered {
        let Some(name) = clause.name else { return self.block(clause.body) };
        let finally = self.label()?;
        self.enter(Op::SetupFinally(finally))?;
        self.block(clause.body)?;
        self.op(Op::LoadNone)?;
        self.place(finally)?;
        self.adjust(1)?;
        self.op(Op::LoadNone)?;
        self.store_name(name)?;
        self.delete_name(name)?;
        self.adjust(-1)?;
        self.end_finally()
    }

    pub fn with(&mut self, items: &[WithItem], body: Block) -> Lowered {
        let Some((item, rest)) = items.split_first() else { return self.block(body) };
        let (end, line) = (self.label()?, self.line);
        self.expr(item.context)?;
        self.back_to(line)?;
        self.enter(Op::SetupWith(end))?;
        match item.target {
            Some(target) => self.store(target)?,
            None => self.op(Op::PopTop)?,
        }
        self.back_to(line)?;
        self.with(rest, body)?;
        self.back_to(line)?;
        self.op(Op::LoadNone)?;
        self.place(end)?;
        // Room to call `__exit__`.
        self.adjust(2)?;
        self.op(Op::WithCleanup)?;
        self.adjust(-2)?;
        self.end_finally()
    }
}

#[derive(Clone, Copy)]
struct Range {
    start: Option<ExprId>,
    end: ExprId,
    step: i32,
}
