//! `except*`: each clause takes its share of a group, what nobody took is raised again.

use super::*;
use crate::compile::op::Collection;

impl Lower<'_> {
    /// What leaves a suite of `except*` would lose the rest of the group.
    pub(in crate::compile) fn not_in_groups(&self, span: Span) -> Lowered {
        if self.in_groups {
            let message = "'break', 'continue' and 'return' cannot appear in an except* block";
            return Err(SyntaxError::new(span, message));
        }
        Ok(())
    }

    pub(super) fn try_groups(&mut self, stmt: Try) -> Lowered {
        let (handler, success, end, raise) = (self.label()?, self.label()?, self.label()?, self.label()?);
        self.enter(Op::SetupExcept(handler))?;
        self.block(stmt.body)?;
        self.op(Op::PopExceptJump(success))?;
        self.place(handler)?;
        self.adjust(1 + PENDING)?;
        // The exception, a list of what the clauses raise, what is left of the exception.
        self.op(Op::DupTop)?;
        self.op(Op::BuildList(0))?;
        self.op(Op::RotTwo)?;
        for clause in self.ast.list(stmt.handlers) {
            self.group_handler(clause)?;
        }
        self.op(Op::StoreComp(Collection::List, 1))?;
        self.op(Op::LoadGlobal(q!(".join_raised")))?;
        self.op(Op::RotThree)?;
        self.op(Op::CallFunction(Args { n_pos: 2, n_kw: 0 }))?;
        self.op(Op::DupTop)?;
        self.op(Op::LoadNone)?;
        self.op(Op::Binary(Binary::Is))?;
        self.op(Op::PopJumpIfFalse(raise))?;
        self.op(Op::PopTop)?;
        self.op(Op::PopExceptJump(end))?;
        self.place(raise)?;
        self.adjust(1)?;
        if self.options.is_for_file() {
            self.raise_outside()?;
        } else {
            self.end_finally()?;
        }
        self.adjust(-PENDING)?;
        self.place(success)?;
        self.block(stmt.orelse)?;
        self.place(end)
    }

    /// Leaves the handler and raises top: of what lies in a file nobody can know that it is an exception, as the end of a
    /// handler must.
    fn raise_outside(&mut self) -> Lowered {
        let outside = self.label()?;
        self.op(Op::PopExceptJump(outside))?;
        self.place(outside)?;
        self.op(Op::RaiseObj)?;
        self.level -= 1;
        Ok(())
    }

    fn group_handler(&mut self, clause: &Handler) -> Lowered {
        let Some(exc) = clause.exc else { return Ok(()) };
        let (next, failed, done) = (self.label()?, self.label()?, self.label()?);
        self.mark(clause.span)?;
        self.op(Op::LoadGlobal(q!(".take_share")))?;
        self.op(Op::RotTwo)?;
        self.expr(exc)?;
        self.op(Op::CallFunction(Args { n_pos: 2, n_kw: 0 }))?;
        self.op(Op::UnpackSequence(2))?;
        self.op(Op::DupTop)?;
        self.op(Op::LoadNone)?;
        self.op(Op::Binary(Binary::Is))?;
        self.op(Op::PopJumpIfTrue(next))?;
        self.take_exception(clause)?;
        self.enter(Op::SetupExcept(failed))?;
        let outer = (self.around.take(), core::mem::replace(&mut self.in_groups, true));
        self.handler_suite(clause)?;
        (self.around, self.in_groups) = outer;
        self.op(Op::PopExceptJump(done))?;
        self.place(failed)?;
        self.adjust(1 + PENDING)?;
        self.op(Op::StoreComp(Collection::List, 2))?;
        self.op(Op::PopExceptJump(done))?;
        self.level -= 1;
        self.adjust(-PENDING)?;
        self.place(next)?;
        self.adjust(1)?;
        self.op(Op::PopTop)?;
        self.place(done)
    }
}
