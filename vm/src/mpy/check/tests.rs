//! What passes and what does not.

use super::check;
use crate::compile::code::Code;
use crate::compile::encode::{Kept, encode};
use crate::compile::op::{self, Local, Op};
use crate::compile::prelude::Prelude;
use crate::compile::tables::Tables;
use crate::compile::{Options, compile};
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
    let mut tables = Tables::default();
    let mut code = Code { n_state, n_exc_stack, name: Qstr(1), ..Code::default() };
    code.bytes = encode(&code, ops, &mut tables, Kept::All).unwrap();
    let prelude = Prelude::read(&code.bytes).unwrap();
    check(&Function { bytes: &code.bytes, prelude, n_children: 0 }, &tables.qstrs, 0, &[]).is_ok()
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
