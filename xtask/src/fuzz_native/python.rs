//! Programs of plain Python: functions, generators and coroutines with every statement, made by chance.

mod blocks;

use super::expressions::{fill, grow};
use super::rows::PYTHON;
use super::statements::{CHANGES, SIMPLE};
use super::tree::{self, Node};
use crate::fuzz::dice::Dice;

/// How deep expressions are inside each other.
const DEPTH: usize = 3;
/// How deep statements are inside each other; mostly less: short functions compile quickly, and find as much.
const NEST: usize = 2;
/// What the functions are called with: `i x s l o d`.
const ARGUMENTS: &[&str] = &[
    "3, 1.5, 'abc', [1, 2, 3], O(4)",
    "-5, 0.25, '', [], O([7]), {1: 'b'}",
    "2**62 - 1, -1e10, 'aé𝕏z', [0.5, 'q', None, 2], O(0), {'a': 1, 0: [2]}",
    "0, 3, 'a', (1, 2), O(None)",
    "'x', None, 7, 'list', 5",
];

/// What they take.
const PARAMETERS: &[&str] = &[
    "i, x, s, l, o, d=None, *rest, key=9",
    "i, x, s, l, o, d=None, *rest, key=9",
    "i, /, x, s='df', l=(4, 5), o=O(1), d=None, *rest, key=N, **more",
    "i, x, s, l=[1], o=5, d=None, rest=3, *, key=9",
    "*rest, i=3, x=0.25, s='kw', l=(6,), o=O(2), d=None, key=8",
];
/// What the other locals begin with.
const STARTS: &[&str] = &[
    "j = 1",
    "k = i",
    "y = 0.5",
    "v = None",
    "w = 2",
    "d = {} if d is None else d",
    "b = bytearray(b'hello')",
    "c = Q(i)",
];

/// What kind of function a body belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Plain,
    Generator,
    Coroutine,
    AsyncGenerator,
}

struct Maker<'a> {
    dice: &'a mut Dice,
    sort: Sort,
    /// Functions made before, which may be called; the function itself is the next.
    functions: usize,
    /// Loops around the current place.
    loops: usize,
    /// Handlers around the current place.
    handlers: usize,
    /// Whether the function is inside another.
    inner: bool,
}

/// A program of a few functions, each called a few times.
pub fn program(dice: &mut Dice) -> Vec<Node> {
    let mut nodes = vec![Node::line("N = 5"), Node::line("S = 'glob'")];
    let count = 1 + dice.below(2);
    for number in 0..count {
        let sort = match dice.below(10) {
            0..=2 => Sort::Generator,
            3 => Sort::Coroutine,
            4 => Sort::AsyncGenerator,
            _ => Sort::Plain,
        };
        nodes.push(function(dice, number, sort));
        for (at, arguments) in ARGUMENTS.iter().enumerate() {
            nodes.push(Node::line(format!("call('{number}.{at}', f{number}, {arguments})")));
        }
    }
    let text = tree::text(&nodes);
    let used = CHANGES.iter().filter(|(name, _)| text.contains(name));
    let mut all: Vec<Node> = used.map(|(_, def)| Node::line(*def)).collect();
    all.extend(nodes);
    all
}

fn function(dice: &mut Dice, number: usize, sort: Sort) -> Node {
    let mut maker = Maker { dice, sort, functions: number, loops: 0, handlers: 0, inner: false };
    let mut body = Vec::new();
    if maker.dice.once_in(4) {
        body.push(Node::line("global N"));
    }
    for start in STARTS {
        if !maker.dice.once_in(60) {
            body.push(Node::line(*start));
        }
    }
    if maker.dice.once_in(6) {
        body.push(Node::line("u = s"));
    }
    if matches!(sort, Sort::Generator | Sort::AsyncGenerator) {
        body.push(Node::line("yield 0"));
    }
    let nest = if maker.dice.once_in(3) { NEST } else { NEST - 1 };
    body.extend(maker.block(nest, 3));
    if sort != Sort::AsyncGenerator {
        let value = maker.value("any");
        body.push(Node::line(format!("return {value}")));
    }
    let def = if matches!(sort, Sort::Coroutine | Sort::AsyncGenerator) { "async def" } else { "def" };
    let parameters = maker.dice.pick(PARAMETERS).copied().unwrap_or_default();
    Node::block(format!("{def} f{number}({parameters}):"), body)
}

impl Maker<'_> {
    fn block(&mut self, nest: usize, most: usize) -> Vec<Node> {
        let count = 1 + self.dice.below(most);
        let mut nodes = Vec::new();
        for _ in 0..count {
            self.statement(&mut nodes, nest);
        }
        nodes
    }

    fn value(&mut self, kind: &str) -> String {
        let text = grow(self.dice, PYTHON, kind, DEPTH);
        let call = match self.functions {
            0 => "t(j)".to_string(),
            _ => {
                let number = self.dice.below(self.functions);
                match self.dice.below(3) {
                    0 => format!("f{number}(i - 1, x, s, l, o)"),
                    1 => format!("f{number}(j, o=o, l=l, s=s, x=y, key=k)"),
                    _ => format!("f{number}(1, *[x, s], l, o, {{}})"),
                }
            }
        };
        let again = format!("(f{}(i, x, s, l, o) if deep() else {{}})", self.functions);
        text.replace("FUNCTION", &call).replace("SELF", &again)
    }

    fn one(&mut self, rows: &[&str]) -> String {
        let row = self.dice.pick(rows).copied().unwrap_or("pass");
        fill(row, &mut |name| self.value(name))
    }

    fn statement(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let choice = if nest == 0 { self.dice.below(10) } else { self.dice.below(25) };
        match choice {
            0..=6 => self.simple(nodes),
            7 | 8 => self.jump(nodes),
            9 => self.suspend(nodes),
            10..=12 => self.branch(nodes, nest - 1),
            13..=15 => self.range_loop(nodes, nest - 1),
            16 => self.while_loop(nodes, nest - 1),
            17 => self.for_loop(nodes, nest - 1),
            18..=20 => self.try_statement(nodes, nest - 1),
            21 => self.with(nodes, nest - 1),
            22 => self.select(nodes, nest - 1),
            23 => self.class(nodes),
            _ => self.inner(nodes, nest - 1),
        }
    }

    fn simple(&mut self, nodes: &mut Vec<Node>) {
        nodes.push(Node::line(self.one(SIMPLE)));
    }

    fn jump(&mut self, nodes: &mut Vec<Node>) {
        let text = match self.dice.below(8) {
            0 | 1 if self.loops > 0 => self.one(&["break", "continue"]),
            2 | 5 if self.sort == Sort::AsyncGenerator => self.one(&["return", "if $bool: return"]),
            2 => self.one(&["return", "return $any", "return $int"]),
            3 => self.one(&["raise $raised", "raise $raised from $raised", "raise $error from None", "raise $any"]),
            4 if self.handlers > 0 => self.one(&["raise", "raise $raised from e", "raise e"]),
            5 => self.one(&["if $bool: return $any", "if $bool: raise $raised"]),
            _ if self.loops > 0 => self.one(&["if $bool: break", "if $bool: continue"]),
            _ => self.one(&["t($any)", "pass"]),
        };
        nodes.push(Node::line(text));
    }

    fn suspend(&mut self, nodes: &mut Vec<Node>) {
        let text = match self.sort {
            Sort::Plain => self.one(&["for e in g0($small): t(e)", "l = list(g0($small))", "v = next(g0($small))"]),
            Sort::Generator => self.one(&[
                "yield $any",
                "yield",
                "v = yield $int",
                "j = yield",
                "yield from g0($small)",
                "yield from $iter",
                "v = yield from g0(3)",
                "t((yield $any))",
                "l.append((yield j))",
            ]),
            Sort::Coroutine => self.one(&[
                "v = await Wait($any)",
                "await Wait($int)",
                "t(await Wait(j))",
                "l = [e async for e in a0($small)]",
                "v = [await Wait(e) for e in range($small)]",
                "v = await SELF",
                "v = {e: await Wait(e) async for e in a0($small) if e}",
            ]),
            Sort::AsyncGenerator => self.one(&[
                "yield $any",
                "v = yield $any",
                "t((yield j))",
                "yield await Wait($any)",
                "l = [e async for e in a0($small)]",
                "async for e in a0($small): yield e",
                "async for e in SELF: t(e)",
                "v = (e async for e in a0(3))",
            ]),
        };
        nodes.push(Node::line(text));
    }
}
