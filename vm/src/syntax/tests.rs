//! Tests of the grammar, and a search for panics.

extern crate std;
use std::borrow::ToOwned;
use std::string::String;
use std::vec::Vec;

use super::ast::{Ast, ExprKind, Root, StmtKind};
use super::{Limits, Mode, parse};
use crate::qstr::Pool;
use crate::text::error::{ErrorKind, SyntaxError};
use crate::text::source::Source;

fn file(text: &str) -> Result<Ast, SyntaxError> {
    parse(Source::new(text.as_bytes())?, Mode::File, Limits::HOST, &mut Pool::new())
}

const GOOD: &[&str] = &[
    "",
    "# only a comment",
    "a = b = c, *d = e",
    "x: int = 3; (y): int; a.b: str = 'c'",
    "a += 1; a **= 2; a //= 3; a @= b; a >>= yield",
    "print(*a, c=1, *d, **b, e=2)",
    "f(x for x in y)",
    "f(a, b=(c := 1), *d,)",
    "a if b else lambda *c, d=1, **e: f",
    "not a in b is not c not in d",
    "-a ** -b ** ~c",
    "a[1:2, ::3, ..., *b] = a[:] = a[b:=1]",
    "[*a, b] = {*c, d} | {**e, 'f': g}",
    "[(i, j) for i in a if b if c for j in d]",
    "{k: v async for k, v in w}",
    "lambda a, /, b, *, c: (yield)",
    "def f(a, /, b: int = 1, *args: *Ts, c, d=2, **kw) -> int: return a,",
    "async def f[T: int = str, *Ts, **P](x):\n  async with a as b, c: await d\n  async for e in f: pass\n  else: pass",
    "@a.b(c)\n@d\nclass E[T](F, metaclass=G): pass",
    "type X[T] = list[T]\ntype = 1; type(x)",
    "if a: b\nelif c: d\nelse: e",
    "while (a := b): break\nelse:\n  continue",
    "try: a\nexcept B: c\nexcept (D, E) as f: g\nexcept: h\nelse: i\nfinally: j",
    "try: a\nexcept* B: c",
    "try: a\nexcept B, C: d",
    "try: a\nfinally: b",
    "with (a as b, c as (d, e),): pass\nwith (a, b): pass\nwith (a) as b, c: pass\nwith (a, b) as c: pass",
    "import a.b.c as d, e\nfrom . import f\nfrom ...g.h import (i as j, k,)\nfrom l import *",
    "global a, b\nnonlocal c\ndel d, e[0], (f.g, [h])\nassert i, j\nraise\nraise k from l",
    "match a, *b:\n  case 1 | -2.5 | 3 - 4j | 'x' 'y' | None: pass\n  case [a, *_] | (b, c): pass\n  case {'k': v, e.f: _, **r} if r: pass\n  case A.B(1, x=C()) as d: pass\n  case *a, b: pass\n  case (x): pass\n  case _: pass",
    "match = 1; match.a; match[b]; match(c)\nmatch (d):\n  case case: pass\nprint(match, case)",
    "match -a:\n  case 1: pass",
    "f'{a}' 'b' rf'\\{c!r:>{d}.{e}}' f'{{}}' f'{f = }' f'{g:=3}'",
    "f'{a[\"b\"]}{lambda_}' f'''{\n1\n}\n'''",
    "t'{a!s:x}' t'b'",
    "f'{x:{y:{z}}}'",
    "b'\\x00' rb'\\d'",
    "0xff_ff, 0b1, 0o7, 1e3, 1_0.5j, 123456789012345678901234567890",
    "x = (\n 1, # c\n 2,\n)",
    "if 1:\n\tif 2:\n\t\tpass\n        pass\n",
    "def f():\r\n  return 1\r\n",
    "a; b; c;",
    "x = yield_ = await_",
    "await a ** b",
    "(yield)\nx = yield a, *b\nyield from c",
    "1if 2else 3",
];

const BAD: &[(&str, &str)] = &[
    ("a b", "invalid syntax"),
    ("  a", "unexpected indent"),
    ("a\n  b", "unexpected indent"),
    ("if a:\n    b\n  c", "unindent doesn't match any outer indent level"),
    ("if a:\nb", "invalid syntax"),
    ("1 = a", "can't assign to expression"),
    ("f() = a", "can't assign to expression"),
    ("a + b += c", "can't assign to expression"),
    ("(a, b) += c", "can't assign to expression"),
    ("None = 1", "can't assign to expression"),
    ("[a, *b, *c] = d", "multiple *x in assignment"),
    ("*a", "*x must be assignment target"),
    ("x = (*a)", "*x must be assignment target"),
    ("del f()", "can't delete expression"),
    ("del *a", "invalid syntax"),
    ("f(a=1, b)", "positional arg after keyword arg"),
    ("f(**a, b)", "positional arg after **"),
    ("f(**a, *b)", "* arg after **"),
    ("f(a.b=1)", "LHS of keyword arg must be an id"),
    ("f(a, b for b in c)", "invalid syntax"),
    ("def f(a=1, b): pass", "non-default argument follows default argument"),
    ("def f(*, **a): pass", "invalid syntax"),
    ("lambda *: a", "invalid syntax"),
    ("def f(/): pass", "invalid syntax"),
    ("def f(*a, *b): pass", "invalid syntax"),
    ("def f(**a, b): pass", "invalid syntax"),
    ("lambda (a): b", "invalid syntax"),
    ("try: a\nexcept: b\nexcept C: d", "default 'except' must be last"),
    ("try: a", "invalid syntax"),
    ("try: a\nexcept* B: c\nexcept D: e", "invalid syntax"),
    ("{a: b, c}", "expecting key:value for dict"),
    ("{a, b: c}", "expecting just a value for set"),
    ("[*a for a in b]", "invalid syntax"),
    ("(a", "invalid syntax"),
    ("a)", "invalid syntax"),
    ("'a", "invalid syntax"),
    ("f'{'", "invalid syntax"),
    ("f'{}'", "malformed f-string"),
    ("f'{a!x}'", "malformed f-string"),
    ("f'{a b}'", "malformed f-string"),
    ("'a' b'b'", "invalid syntax"),
    ("01", "invalid syntax for integer with base 10"),
    ("0xg", "invalid syntax for integer with base 16"),
    ("1.5x", "invalid syntax for number"),
    ("a + not b", "invalid syntax"),
    ("x = = 1", "invalid syntax"),
    ("for 1 in a: pass", "can't assign to expression"),
    ("import a.b as c.d", "invalid syntax"),
    ("from a import (b", "invalid syntax"),
    ("match a:\n  case b + c: pass", "invalid syntax"),
    ("async x", "invalid syntax"),
    ("@a\nb = 1", "invalid syntax"),
    ("a := 1", "invalid syntax"),
    ("(a.b := 1)", "can't assign to expression"),
    ("else: a", "invalid syntax"),
    ("'\\N{DASH}'", "unicode name escapes"),
];

#[test]
fn good_programs() {
    for text in GOOD {
        if let Err(error) = file(text) {
            panic!("{text:?}: {error:?}");
        }
    }
}

#[test]
fn bad_programs() {
    for (text, message) in BAD {
        // The helpful texts are held by tests/py/errors.
        let said = file(text).err().map(|error| if cfg!(feature = "diagnostics") { *message } else { error.message });
        assert_eq!(said, Some(*message), "{text:?}");
    }
}

#[test]
fn indentation_errors_are_told_apart() {
    assert_eq!(file(" a").err().map(|error| error.kind), Some(ErrorKind::Indentation));
    assert_eq!(file("a b").err().map(|error| error.kind), Some(ErrorKind::Syntax));
}

#[test]
fn modes() {
    let run = |text: &str, mode| parse(Source::new(text.as_bytes())?, mode, Limits::HOST, &mut Pool::new());
    assert!(run("  1, 2\n\n", Mode::Eval).is_ok());
    assert!(run("a = 1", Mode::Eval).is_err());
    assert!(run("", Mode::Eval).is_err());
    assert!(run("if a:\n  b\n", Mode::Single).is_ok());
    assert!(run("a; b\n", Mode::Single).is_ok());
    assert!(run("a\nb\n", Mode::Single).is_err());
    assert!(run("", Mode::Single).is_ok());
}

#[test]
fn spans_and_shapes() {
    let text = "x = (a + b) * c\n";
    let ast = file(text).unwrap();
    let Root::Body(body) = ast.root() else { panic!("not a file") };
    let StmtKind::Assign { value, .. } = ast.stmt(ast.list(body)[0]).kind else { panic!("not an assignment") };
    let span = |id| {
        let span = ast.expr(id).span;
        &text[span.start as usize..span.end as usize]
    };
    let ExprKind::Binary { left, right, .. } = ast.kind(value) else { panic!("not a product") };
    assert_eq!((span(value), span(left), span(right)), ("(a + b) * c", "a + b", "c"));
}

#[test]
fn deep_nesting_is_an_error() {
    let deep = [
        "(".repeat(100_000),
        "-".repeat(100_000),
        "not ".repeat(100_000),
        "[".repeat(100_000),
        "a**".repeat(100_000),
        "lambda: ".repeat(100_000),
        "a if b else ".repeat(100_000),
        "a.".repeat(100_000) + "b",
        "f'{".repeat(100_000),
        "f'{a:".to_owned() + &"{a:".repeat(100_000),
        "x[".repeat(100_000),
        "{a:".repeat(100_000),
        "await ".repeat(100_000),
        "match a:\n case ".to_owned() + &"[".repeat(100_000),
        "match a:\n case ".to_owned() + &"A(".repeat(100_000),
        "with ".to_owned() + &"(".repeat(100_000),
        "@".repeat(100_000),
        (0..600).map(|level| " ".repeat(level) + "if a:\n").collect(),
    ];
    let mut n_recursion = 0;
    for text in deep {
        let error = file(&text).err().expect("an error");
        n_recursion += u32::from(error.kind == ErrorKind::Recursion);
    }
    assert!(n_recursion >= 15, "{n_recursion}");
    // Sums are walked along, not down.
    assert!(file(&("a+".repeat(100_000) + "b")).is_ok());
    assert!(file(&("if a: b\n".to_owned() + &"elif a: b\n".repeat(10_000))).is_ok());
}

/// Cuts, doubles and swaps pieces of good programs; whatever comes out must parse or be refused.
#[test]
fn mutated_programs_never_panic() {
    let mut seed = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below.max(1) as u64) as usize
    };
    let pieces: Vec<&str> = GOOD.iter().chain(BAD.iter().map(|(text, _)| text)).copied().collect();
    for _ in 0..20_000 {
        let mut bytes = String::from(pieces[random(pieces.len())]).into_bytes();
        for _ in 0..1 + random(4) {
            let at = random(bytes.len() + 1);
            match random(4) {
                0 => bytes.truncate(at),
                1 => bytes.splice(at..at, pieces[random(pieces.len())].bytes()).for_each(drop),
                2 => bytes.insert(at, b"()[]{}'\"\\\n \t:;,.=!fb#*@0x_\xc3"[random(27)]),
                _ => drop(bytes.drain(at..bytes.len().min(at + random(5)))),
            }
        }
        if let Ok(source) = Source::new(&bytes) {
            for mode in [Mode::File, Mode::Eval] {
                let _ = parse(source, mode, Limits::BOARD, &mut Pool::new());
            }
            super::is_incomplete(source.text());
        }
    }
}
