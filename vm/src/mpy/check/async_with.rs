//! The end of an `async with`, which looks at what is pending with ordinary operations.

use super::super::read::ReadError;
use super::Flow;
use super::state::{Block, BlockKind, State};
use crate::compile::number;
use crate::compile::op::{Args, Binary, Label, Op};
use crate::q;

/// Operations of `ASYNC_EXIT`.
const EXIT_LEN: usize = 34;

/// How the handler of an `async with` goes, as upstream writes it; labels and the names of attributes do not matter. Ours
/// names the class as no program can, and awaits by a call.
const ASYNC_EXIT: [Op; EXIT_LEN] = {
    const CALL: Op = Op::CallMethod(Args { n_pos: 3, n_kw: 0 });
    const ANY: Label = Label(0);
    [
        Op::DupTop,
        Op::LoadGlobal(q!("BaseException")),
        Op::Binary(Binary::ExceptionMatch),
        Op::PopJumpIfFalse(ANY),
        Op::DupTop,
        Op::RotThree,
        Op::RotTwo,
        Op::LoadMethod(q!("__aexit__")),
        Op::RotThree,
        Op::RotThree,
        Op::DupTop,
        Op::LoadAttr(q!("__class__")),
        Op::RotTwo,
        Op::LoadNone,
        CALL,
        Op::GetIter,
        Op::LoadNone,
        Op::YieldFrom,
        Op::PopJumpIfFalse(ANY),
        Op::PopTop,
        Op::LoadNone,
        Op::Jump(ANY),
        // What is pending is a return or a jump.
        Op::RotThree,
        Op::RotThree,
        Op::LoadMethod(q!("__aexit__")),
        Op::LoadNone,
        Op::DupTop,
        Op::DupTop,
        CALL,
        Op::GetIter,
        Op::LoadNone,
        Op::YieldFrom,
        Op::PopTop,
        Op::EndFinally,
    ]
};

impl Flow<'_> {
    /// Where the end of an `async with` ends that stands at `here`, if one does.
    pub(super) fn async_end(&self, here: usize) -> Result<Option<usize>, ReadError> {
        if self.body.get(here) != Some(&number::DUP_TOP) {
            return Ok(None);
        }
        let (mut at, mut starts, mut targets) = (here, [0; EXIT_LEN], [None; EXIT_LEN]);
        for (number, expected) in ASYNC_EXIT.iter().enumerate() {
            starts[number] = at;
            if at >= self.body.len() {
                return Ok(None);
            }
            let (op, target) = self.read(&mut at)?;
            targets[number] = target;
            let same = match (op, *expected) {
                (Op::LoadGlobal(name), Op::LoadGlobal(other)) => name == other || name == q!(".BaseException"),
                (Op::LoadGlobal(name), Op::GetIter) if name == q!(".await") => {
                    let rest = [Op::RotTwo, Op::CallFunction(Args { n_pos: 1, n_kw: 0 })];
                    rest.iter().try_fold(true, |same, op| Ok::<_, ReadError>(self.read(&mut at)?.0 == *op && same))?
                }
                (Op::LoadMethod(_), Op::LoadMethod(_)) | (Op::LoadAttr(_), Op::LoadAttr(_)) => true,
                (Op::PopJumpIfFalse(_), Op::PopJumpIfFalse(_)) | (Op::Jump(_), Op::Jump(_)) => true,
                (op, expected) => op == expected,
            };
            if !same {
                return Ok(None);
            }
        }
        let end = Some(starts[EXIT_LEN - 1]);
        let whole = targets[3] == Some(starts[22]) && targets[18] == end && targets[21] == end;
        Ok(whole.then_some(at))
    }

    /// Takes the whole of it in a step when a handler begins `here` that is one. Gives where it ends.
    pub(super) fn async_exit(&self, here: usize, state: &mut State) -> Result<Option<usize>, ReadError> {
        let Some(&Block { handler, depth, kind: BlockKind::AsyncWith }) = state.blocks.last() else { return Ok(None) };
        if handler != here || state.stack.len() != depth + 1 {
            return Ok(None);
        }
        let end = self.async_end(here)?;
        self.may_yield(Op::YieldFrom)?;
        state.blocks.pop();
        state.cut(depth)?;
        state.pop()?;
        // `value how method manager None None None`
        if state.words() + 7 > self.room || !state.managers_ahead(here) {
            return Err(ReadError::Incompatible);
        }
        Ok(end)
    }
}
