//! Programs and the ops they become.

use super::code::{Kind, Module};
use super::dump::{dump_bytecode, dump_ops};
use super::{Options, compile};
use crate::qstr::Pool;
use std::string::String;

fn module(source: &str) -> (Module, Pool) {
    let mut pool = Pool::new();
    let module = compile(source.as_bytes(), "t.py", &mut pool, &Options::FILE).unwrap();
    (module, pool)
}

/// Ops of the last function, lines left out, joined by `;`.
fn ops(source: &str) -> String {
    let (module, pool) = module(source);
    let mut text = String::new();
    dump_ops(&module, &pool, &mut text).unwrap();
    dump_bytecode(&module, &pool, &mut String::new()).unwrap();
    let start = text.rfind(") state ").unwrap();
    let lines = text[start..].lines().skip(1).map(str::trim).filter(|line| !line.starts_with('#'));
    lines.collect::<std::vec::Vec<_>>().join("; ")
}

fn error(source: &str) -> &'static str {
    compile(source.as_bytes(), "t.py", &mut Pool::new(), &Options::FILE)
        .map(|_| "")
        .unwrap_or_else(|error| error.message)
}

#[test]
fn names_find_their_places() {
    assert_eq!(
        ops("def f(a):\n x = a\n return x + g"),
        "LoadFast 0 a; StoreFast 1 x; LoadFast 1 x; LoadGlobal g; Binary +; ReturnValue"
    );
    assert_eq!(ops("def f(a):\n def g():\n  return a"), "LoadDeref 0 a free; ReturnValue");
    assert_eq!(
        ops("def f(a):\n def g():\n  nonlocal a\n  a = 1"),
        "LoadInt 1; StoreDeref 0 a free; LoadNone; ReturnValue"
    );
    assert_eq!(ops("x = 1"), "LoadInt 1; StoreName x; LoadNone; ReturnValue");
}

#[test]
fn counting_loops_have_no_iterator() {
    assert_eq!(
        ops("def f(n):\n for i in range(n): pass"),
        "LoadFast 0 n; LoadInt 0; Jump L1; L0:; DupTop; StoreFast 1 i; LoadInt 1; Binary +=; L1:; DupTopTwo; RotTwo; \
         Binary <; PopJumpIfTrue L0; PopTop; PopTop; LoadNone; ReturnValue"
    );
}

#[test]
fn a_jump_out_of_try_unwinds() {
    assert_eq!(
        ops("def f(x):\n for i in x:\n  try:\n   break\n  finally:\n   g()"),
        "LoadFast 0 x; GetIterStack; L0:; ForIter L2; StoreFast 1 i; SetupFinally L1; UnwindJump L2 depth 1 from for; \
         L1:; LoadGlobal g; CallFunction 0 0; PopTop; EndFinally; Jump L0; L2:; LoadNone; ReturnValue"
    );
}

#[test]
fn stars_in_displays_and_calls() {
    assert_eq!(
        ops("def f(a):\n return [1, *a, 2]"),
        "LoadInt 1; BuildList 1; DupTop; LoadMethod extend; LoadFast 0 a; CallMethod 1 0; PopTop; LoadInt 2; \
         StoreComp List 1; ReturnValue"
    );
    assert_eq!(
        ops("def f(a):\n return g(1, *a, k=2, **a)"),
        "LoadGlobal g; LoadInt 1; LoadFast 0 a; LoadStr k; LoadInt 2; LoadNull; LoadFast 0 a; LoadInt 2; \
         CallFunctionVarKw 2 2; ReturnValue"
    );
}

#[test]
fn fields_become_a_call_of_format() {
    assert_eq!(
        ops("def f(a):\n return f'{{{a!r:>{a}}'"),
        "LoadStr {{{!r:>{}}; LoadMethod format; LoadFast 0 a; LoadFast 0 a; CallMethod 2 0; ReturnValue"
    );
}

#[test]
fn children_stand_in_the_order_they_are_made() {
    let (module, pool) = module("def f(a=lambda: 1): pass\n");
    let names = module.root.children.iter().map(|code| pool.get(code.name));
    assert!(names.eq(["<lambda>", "f"]));
}

#[test]
fn decorators_choose_the_kind() {
    let (module, pool) = module("@micropython.viper\ndef f(a: int, b) -> uint: return a");
    let code = &module.root.children[0];
    assert_eq!(code.kind, Kind::Viper);
    assert!(!code.ops.is_empty());
    assert_eq!(code.annotations.len(), 2);
    assert_eq!(code.annotations[1].of.map(|name| pool.get(name)), None);
}

#[test]
fn wrong_programs_are_told_so() {
    assert_eq!(error("return 1"), "'return' outside function");
    assert_eq!(error("break"), "'break'/'continue' outside loop");
    assert_eq!(error("nonlocal x"), "can't declare nonlocal in outer code");
    assert_eq!(error("def f():\n nonlocal x"), "no binding for nonlocal found");
    assert_eq!(error("def f():\n x = 1\n global x"), "identifier redefined as global");
    assert_eq!(error("async def f(): pass\nasync with f(): pass"), "'async with' outside async function");
    assert_eq!(error("class C:\n yield"), "'yield' outside function");
    assert_eq!(error("@micropython.what\ndef f(): pass"), "invalid micropython decorator");
}
