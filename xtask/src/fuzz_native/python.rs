//! Programs of plain Python: functions, generators and coroutines with every statement, made by chance.

use super::expressions::{fill, grow};
use super::rows::{PYTHON, SIMPLE};
use super::tree::Node;
use crate::fuzz::dice::Dice;

/// How deep expressions are inside each other.
const DEPTH: usize = 3;
/// How deep statements are inside each other.
const NEST: usize = 3;
/// What the functions are called with: `i x s l o d`.
const ARGUMENTS: &[&str] = &[
    "3, 1.5, 'abc', [1, 2, 3], O(4)",
    "-5, 0.25, '', [], O([7]), {1: 'b'}",
    "2**62 - 1, -1e10, 'aé𝕏z', [0.5, 'q', None, 2], O(0), {'a': 1, 0: [2]}",
    "0, 3, 'a', (1, 2), O(None)",
    "'x', None, 7, 'list', 5",
];

/// What kind of function a body belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Plain,
    Generator,
    Coroutine,
}

struct Maker<'a> {
    dice: &'a mut Dice,
    sort: Sort,
    /// Functions made before, which may be called.
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
        let sort = match dice.below(6) {
            0 | 1 => Sort::Generator,
            2 => Sort::Coroutine,
            _ => Sort::Plain,
        };
        nodes.push(function(dice, number, sort));
        for (at, arguments) in ARGUMENTS.iter().enumerate() {
            nodes.push(Node::line(format!("call('{number}.{at}', f{number}, {arguments})")));
        }
    }
    nodes
}

fn function(dice: &mut Dice, number: usize, sort: Sort) -> Node {
    let mut maker = Maker { dice, sort, functions: number, loops: 0, handlers: 0, inner: false };
    let mut body = Vec::new();
    if maker.dice.once_in(4) {
        body.push(Node::line("global N"));
    }
    for start in ["j = 1", "k = i", "y = 0.5", "v = None", "w = 2", "d = {} if d is None else d"] {
        if !maker.dice.once_in(12) {
            body.push(Node::line(start));
        }
    }
    if maker.dice.once_in(6) {
        body.push(Node::line("u = s"));
    }
    if sort == Sort::Generator {
        body.push(Node::line("yield 0"));
    }
    body.extend(maker.block(NEST, 3));
    let value = maker.value("any");
    body.push(Node::line(format!("return {value}")));
    let def = if sort == Sort::Coroutine { "async def" } else { "def" };
    Node::block(format!("{def} f{number}(i, x, s, l, o, d=None, *rest, key=9):"), body)
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
        text.replace("FUNCTION", &call)
    }

    fn one(&mut self, rows: &[&str]) -> String {
        let row = self.dice.pick(rows).copied().unwrap_or("pass");
        fill(row, &mut |name| self.value(name))
    }

    fn statement(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let choice = if nest == 0 { self.dice.below(10) } else { self.dice.below(24) };
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
            _ => self.inner(nodes, nest - 1),
        }
    }

    fn simple(&mut self, nodes: &mut Vec<Node>) {
        nodes.push(Node::line(self.one(SIMPLE)));
    }

    fn jump(&mut self, nodes: &mut Vec<Node>) {
        let text = match self.dice.below(8) {
            0 | 1 if self.loops > 0 => self.one(&["break", "continue"]),
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
            ]),
        };
        nodes.push(Node::line(text));
    }

    fn branch(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let test = self.one(&["if $bool:", "if $bool:", "if (w := $any):"]);
        nodes.push(Node::block(test, self.block(nest, 2)));
        if self.dice.once_in(4) {
            let test = self.one(&["elif $bool:"]);
            nodes.push(Node::block(test, self.block(nest, 2)));
        }
        if self.dice.once_in(2) {
            nodes.push(Node::block("else:", self.block(nest, 2)));
        }
    }

    fn looping(&mut self, nodes: &mut Vec<Node>, head: String, nest: usize, ticks: bool) {
        self.loops += 1;
        let mut body = self.block(nest, 3);
        self.loops -= 1;
        if ticks {
            body.insert(0, Node::line("tick()"));
        }
        nodes.push(Node::block(head, body));
        if self.dice.once_in(6) {
            nodes.push(Node::block("else:", self.block(nest, 1)));
        }
    }

    fn range_loop(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let head = self.one(&[
            "for e in range($small):",
            "for j in range($small):",
            "for k in range($small, 10):",
            "for j in range(10, $small, -3):",
            "for v in range(3):",
            "for k in range($small, $small, $step):",
            "for i in range(4):",
        ]);
        let ticks = self.dice.once_in(3);
        self.looping(nodes, head, nest, ticks);
    }

    fn while_loop(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let head = self.one(&[
            "while $bool:",
            "while j < 5:",
            "while (j := j + 1) < $int:",
            "while True:",
            "while i and $bool:",
        ]);
        if self.dice.once_in(2) {
            nodes.push(Node::line("j = 0"));
        }
        self.looping(nodes, head, nest, true);
    }

    fn for_loop(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let head = match self.sort {
            Sort::Coroutine if self.dice.once_in(2) => {
                self.one(&["async for e in a0($small):", "async for j in a0(4):"])
            }
            Sort::Plain | Sort::Generator | Sort::Coroutine => self.one(&[
                "for e in $iter:",
                "for j in $iter:",
                "for v, w in enumerate($list):",
                "for e in l:",
                "for l[0] in $iter:",
                "for v, w in zip($iter, $iter):",
                "for e in $list:",
                "for s in $str:",
            ]),
        };
        self.looping(nodes, head, nest, true);
    }

    fn try_statement(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        nodes.push(Node::block("try:", self.block(nest, 3)));
        let form = self.dice.below(5);
        if form != 0 {
            if self.dice.once_in(2) {
                let head = self.one(&["except $error as e:", "except ($error, $error):", "except $error:"]);
                self.handlers += 1;
                nodes.push(Node::block(head, self.block(nest, 2)));
                self.handlers -= 1;
            }
            let head = self.one(&[
                "except Exception as e:",
                "except $error as e:",
                "except $error:",
                "except ($error, IndexError) as e:",
            ]);
            self.handlers += 1;
            nodes.push(Node::block(head, self.block(nest, 2)));
            self.handlers -= 1;
            if self.dice.once_in(4) {
                nodes.push(Node::block("else:", self.block(nest, 1)));
            }
        }
        if form < 2 {
            nodes.push(Node::block("finally:", self.block(nest, 2)));
        }
    }

    fn with(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let head = match self.sort {
            Sort::Coroutine if self.dice.once_in(2) => {
                self.one(&["async with C($small) as v:", "async with C($small):"])
            }
            Sort::Plain | Sort::Generator | Sort::Coroutine => {
                self.one(&["with C($small) as v:", "with C($small):", "with C($small) as v, C($small) as w:"])
            }
        };
        nodes.push(Node::block(head, self.block(nest, 3)));
    }

    fn select(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let mut cases = Vec::new();
        for _ in 0..1 + self.dice.below(3) {
            let head = self.one(&[
                "case 0:",
                "case int(j):",
                "case str():",
                "case [v, *w]:",
                "case [1, j]:",
                "case {'a': v, **w}:",
                "case O(x=v):",
                "case (1 | 2) as j:",
                "case None:",
                "case float() if $bool:",
                "case [_, _]:",
                "case -1 | True:",
                "case v if $bool:",
                "case O(x=int(j), z=5):",
                "case [[v]]:",
                "case 'abc':",
            ]);
            cases.push(Node::block(head, self.block(nest, 2)));
        }
        if self.dice.once_in(2) {
            cases.push(Node::block("case _:", self.block(nest, 1)));
        }
        let head = self.one(&["match $any:", "match $list:", "match o:", "match $int:", "match $dict:"]);
        nodes.push(Node::block(head, cases));
    }

    fn inner(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        if self.inner {
            return self.simple(nodes);
        }
        let sort = if self.dice.once_in(3) { Sort::Generator } else { Sort::Plain };
        let mut maker = Maker { dice: self.dice, sort, functions: self.functions, loops: 0, handlers: 0, inner: true };
        let mut body = Vec::new();
        // What the inner function binds is its own, unless it says otherwise.
        match maker.dice.below(3) {
            0 => body.push(Node::line("nonlocal i, j, k, x, y, s, l, d, v, w, u")),
            1 => body.push(Node::line("i = j = k = 2; x = y = 0.5; s = 'in'; l = [3]; d = {}; v = w = u = q")),
            _ => {}
        }
        if sort == Sort::Generator {
            body.push(Node::line("yield q"));
        }
        body.extend(maker.block(nest.min(2), 3));
        if sort == Sort::Plain {
            let value = maker.value("any");
            body.push(Node::line(format!("return {value}")));
        }
        // `nonlocal` wants them bound somewhere around.
        nodes.push(Node::line("if 0: j = k = y = v = w = u = d"));
        nodes.push(Node::block("def h(q=1, *p):", body));
        nodes.push(Node::line(match sort {
            Sort::Plain => {
                self.one(&["v = h($any)", "t(h(*$list))", "t([h(e) for e in range(3)])", "l = sorted([3, 1], key=h)"])
            }
            Sort::Generator | Sort::Coroutine => {
                self.one(&["l = m(list(h($any)))", "for e in h(): t(e)", "v, *w = h($int)"])
            }
        }));
    }
}
