//! What passes and what does not.

use super::check;
use crate::compile::code::{Code, Flags};
use crate::compile::encode::{Kept, encode};
use crate::compile::op::{self, Local, Op};
use crate::compile::prelude::Prelude;
use crate::compile::tables::Tables;
use crate::compile::{Options, compile};
use crate::mem::Vec;
use crate::mpy::read::{Function, read};
use crate::mpy::write::write;
use crate::qstr::{Pool, Qstr};

const PROGRAM: &[u8] = b"
def flow(a, *b, c=1, **d):
    for x in a:
        while x:
            try:
                with a as m, b:
                    if x == 1: continue
                    if x == 2: break
                    for y in (1, 2):
                        try:
                            return lambda: (a, y)
                        except (KeyError, OSError) as e:
                            raise ValueError from e
                        else:
                            continue
                        finally:
                            if c: break
                            yield x
            except:
                del a[0], a.x, x
                raise
            finally:
                q, *r, s = yield from a
                u, v = {k: (v, w) for k, v in d.items() for w in v}, {z for z in a}
                f(*a, 1, k=2, **d)
                a.f(*a, **d).g(x, y=1)
    else:
        return a[1:2:3] or not a and 1 < b < 3
class C:
    def __init__(self):
        super().__init__(1 << 40)
    async def g(self):
        async with self as s:
            async for i in s:
                await i
                try:
                    return i
                finally:
                    break
        for i in s:
            async with self as s, i:
                if i: continue
                if s: break
                while s:
                    async with s: continue
from a import *
from a.b import c, d
assert a[:], 1 if c else 2
";

#[test]
fn what_the_compiler_makes_passes_and_broken_files_do_no_harm() {
    let mut pool = Pool::new();
    let module = compile(PROGRAM, "p.py", &mut pool, &Options::FILE).unwrap();
    let file = write(&module, &pool).unwrap();
    assert!(read(&file, 63, &mut pool).is_ok());
    for at in 4..file.len() {
        let mut bad = file.try_clone().unwrap();
        bad[at] ^= 1 << (at % 8);
        let _ = read(&bad, 63, &mut pool);
    }
}

fn passes(ops: &[Op], n_state: u16, n_exc_stack: u16) -> bool {
    fits(Code { n_state, n_exc_stack, ..Code::default() }, ops, &[])
}

/// Whether the function passes; `n_pos` is what those that it makes take.
fn fits(mut code: Code, ops: &[Op], n_pos: &[u16]) -> bool {
    let mut tables = Tables::default();
    code.name = Qstr(1);
    let n_args = usize::from(code.n_pos_args + code.n_kwonly_args);
    code.arg_names.resize(n_args, Qstr(1)).unwrap();
    code.bytes = encode(&code, ops, &mut tables, Kept::All).unwrap();
    let prelude = Prelude::read(&code.bytes).unwrap();
    check(&Function { bytes: &code.bytes, prelude, n_children: n_pos.len() }, &tables.qstrs, 0, n_pos).is_ok()
}

#[test]
fn what_confuses_the_loop_is_refused() {
    use Op::*;
    let (a, b) = (op::Label(0), op::Label(1));
    let end = [LoadNone, ReturnValue];
    assert!(passes(&end, 1, 0));
    // Too much on the stack, too little, a local beyond the frame, no end, no value, no handler.
    assert!(!passes(&[LoadNone, LoadNone, ReturnValue], 1, 0));
    assert!(!passes(&[ReturnValue], 4, 0));
    assert!(!passes(&[LoadFast(Local(3)), ReturnValue], 3, 0));
    assert!(!passes(&[LoadFast(Local(2)), ReturnValue], 3, 0));
    assert!(passes(&[LoadFast(Local(1)), ReturnValue], 3, 0));
    assert!(!passes(&[LoadNone], 4, 0));
    assert!(!passes(&[LoadNull, ReturnValue], 4, 0));
    assert!(!passes(&[LoadNull, Unary(op::Unary::Not), ReturnValue], 4, 0));
    assert!(!passes(&[SetupFinally(a), LoadNone, Label(a), EndFinally, LoadNone, ReturnValue], 4, 0));
    assert!(passes(&[SetupFinally(a), LoadNone, Label(a), EndFinally, LoadNone, ReturnValue], 4, 1));
    // END_FINALLY of what is not pending; a loop over what is no iterator; one that grows; a yield outside a generator.
    assert!(!passes(&[LoadInt(5), EndFinally, LoadNone, ReturnValue], 4, 1));
    assert!(!passes(&[SetupFinally(a), LoadInt(7), Label(a), EndFinally, LoadNone, ReturnValue], 4, 1));
    let over = [
        LoadNone,
        LoadNone,
        LoadNone,
        LoadNone,
        Label(a),
        ForIter(b),
        PopTop,
        Jump(a),
        Label(b),
        LoadNone,
        ReturnValue,
    ];
    assert!(!passes(&over, 9, 0));
    assert!(!passes(&[Label(a), LoadNone, Jump(a)], 9, 0));
    assert!(!passes(&[LoadNone, YieldValue, ReturnValue], 4, 0));
    assert!(!passes(&[Label(a), UnwindJump { to: a, depth: 1, from_for: false }], 4, 1));
}

#[test]
fn what_a_head_promises_has_room() {
    use Op::*;
    let end = [LoadNone, ReturnValue];
    let with = |code: Code| fits(code, &end, &[]);
    assert!(with(Code { n_state: 3, n_pos_args: 2, ..Code::default() }));
    assert!(!with(Code { n_state: 2, n_pos_args: 2, ..Code::default() }));
    assert!(!with(Code { n_state: 2, n_pos_args: 1, n_kwonly_args: 1, ..Code::default() }));
    assert!(!with(Code { n_state: 2, n_pos_args: 1, flags: Flags::VAR_ARGS, ..Code::default() }));
    assert!(with(Code { n_state: 3, n_pos_args: 1, flags: Flags::VAR_KEYWORDS, ..Code::default() }));
    assert!(!with(Code { n_state: 9, n_def_pos_args: 1, ..Code::default() }));
    let cells = |cell: u8| Code { n_state: 3, cells: Vec::from_slice(&[cell]).unwrap(), ..Code::default() };
    assert!(with(cells(1)) && !with(cells(2)) && !with(cells(200)));
    // A name and an argument that the module's table does not have.
    for bytes in [b"\x00\x02\x05\x51\x63".as_slice(), b"\x09\x04\x00\x05\x51\x63"] {
        let prelude = Prelude::read(bytes).unwrap();
        assert!(check(&Function { bytes, prelude, n_children: 0 }, &[Qstr(1)], 0, &[]).is_err());
    }
}

#[test]
fn what_is_made_of_operands_has_them() {
    use Op::*;
    let with = |ops: &[Op]| fits(Code { n_state: 9, ..Code::default() }, ops, &[0, 2]);
    let id = |n| op::ChildId(n);
    assert!(with(&[MakeFunction(id(1)), ReturnValue]));
    assert!(!with(&[MakeFunction(id(2)), ReturnValue]));
    assert!(with(&[LoadNone, LoadNone, MakeClosure(id(1), 2), ReturnValue]));
    assert!(!with(&[LoadNone, LoadNone, LoadNone, MakeClosure(id(1), 3), ReturnValue]));
    assert!(!with(&[LoadNone, MakeClosure(id(0), 1), ReturnValue]));
    assert!(!with(&[LoadConst(op::ConstId(0)), ReturnValue]));
    // What is cut lies below a slice.
    assert!(!with(&[LoadNone, LoadNone, BuildSlice(2), ReturnValue]));
    assert!(!with(&[LoadNull, LoadNone, LoadNone, BuildSlice(2), ReturnValue]));
    assert!(with(&[LoadNone, LoadNone, LoadNone, BuildSlice(2), LoadSubscr, ReturnValue]));
    // A collection lies where one can be.
    assert!(with(&[BuildList(0), LoadNone, StoreComp(op::Collection::List, 1), ReturnValue]));
    assert!(!with(&[BuildList(0), LoadNone, StoreComp(op::Collection::List, 2), ReturnValue]));
    assert!(!with(&[LoadNull, LoadNone, StoreComp(op::Collection::List, 1), ReturnValue]));
    assert!(!with(&[LoadNone, UnpackSequence(10), ReturnValue]));
    assert!(!with(&[LoadNone, UnpackEx { left: 200, right: 200 }, ReturnValue]));
    assert!(!with(&[LoadNone, CallFunction(op::Args { n_pos: 1, n_kw: 0 }), ReturnValue]));
    assert!(!with(&[
        LoadNull,
        LoadNone,
        LoadNull,
        LoadNone,
        CallFunction(op::Args { n_pos: 0, n_kw: 1 }),
        ReturnValue
    ]));
}

#[test]
fn what_lies_below_a_handler_stays() {
    use Op::*;
    let a = op::Label(0);
    let end = [Label(a), EndFinally, PopTop, LoadNone, ReturnValue];
    let with = |ops: &[Op]| {
        let mut all = Vec::from_slice(&[LoadInt(1), SetupFinally(a)]).unwrap();
        all.extend_from_slice(ops).unwrap();
        all.push(LoadNone).unwrap();
        all.extend_from_slice(&end).unwrap();
        passes(&all, 9, 1)
    };
    assert!(with(&[]) && with(&[DupTop, PopTop]));
    assert!(!with(&[PopTop, LoadInt(1)]));
    assert!(!with(&[Unary(op::Unary::Not)]));
    assert!(!with(&[GetIterStack, PopTop, PopTop, PopTop]));
    assert!(!with(&[LoadNull, RotTwo, PopTop]));
}

#[test]
fn nobody_comes_back_before_a_handler() {
    use Op::*;
    let (suite, handler, behind) = (op::Label(0), op::Label(1), op::Label(2));
    let with = |behind_it: &[Op]| {
        let mut ops = Vec::new();
        ops.extend_from_slice(&[LoadInt(1), LoadInt(2), SetupFinally(handler), Label(suite), LoadTrue]).unwrap();
        ops.extend_from_slice(&[PopJumpIfTrue(behind), LoadNone, Label(handler), EndFinally, ReturnValue]).unwrap();
        ops.extend_from_slice(&[Label(behind)]).unwrap();
        ops.extend_from_slice(behind_it).unwrap();
        passes(&ops, 9, 1)
    };
    assert!(with(&[ReturnValue]));
    assert!(with(&[PopTop, LoadInt(3), ReturnValue]));
    assert!(!with(&[Jump(suite)]));
    assert!(!with(&[PopTop, LoadNull, Jump(suite)]));
    // What a manager's handler calls.
    let ops = |word: Op| {
        [
            LoadNone,
            SetupWith(handler),
            PopTop,
            Jump(behind),
            Label(handler),
            WithCleanup,
            EndFinally,
            LoadNone,
            ReturnValue,
            Label(behind),
            PopTop,
            PopTop,
            word,
            LoadNull,
            LoadNone,
            Jump(handler),
        ]
    };
    assert!(passes(&ops(LoadNone), 9, 1));
    assert!(!passes(&ops(LoadNull), 9, 1));
}

#[test]
fn the_work_is_bounded() {
    use Op::*;
    // A deep stack where thousands of jumps go to.
    let mut ops = Vec::new();
    ops.extend_from_slice(&[LoadNone, UnpackSequence(60_000)]).unwrap();
    for n in 0..5_000 {
        ops.extend_from_slice(&[LoadTrue, PopJumpIfTrue(op::Label(n)), Label(op::Label(n))]).unwrap();
    }
    ops.push(ReturnValue).unwrap();
    assert!(!passes(&ops, 60_001, 0));
    // What compilers make of a long list whose items are conditional expressions.
    ops.clear();
    for n in 0..500 {
        let (other, end) = (op::Label(2 * n), op::Label(2 * n + 1));
        ops.extend_from_slice(&[LoadTrue, PopJumpIfFalse(other), LoadInt(1), Jump(end)]).unwrap();
        ops.extend_from_slice(&[Label(other), LoadNone, Label(end)]).unwrap();
    }
    ops.extend_from_slice(&[BuildList(500), ReturnValue]).unwrap();
    assert!(passes(&ops, 501, 0));
}
