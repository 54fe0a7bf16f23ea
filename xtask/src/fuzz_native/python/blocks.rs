//! Statements with others inside: branches, loops, handlers, classes, inner functions.

use super::{Maker, Sort};
use crate::fuzz_native::statements::{MEMBERS, SIMPLE, USES};
use crate::fuzz_native::tree::Node;

impl Maker<'_> {
    pub(super) fn branch(&mut self, nodes: &mut Vec<Node>, nest: usize) {
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
        let mut body = self.block(nest, 2);
        self.loops -= 1;
        if ticks {
            body.insert(0, Node::line("tick()"));
        }
        nodes.push(Node::block(head, body));
        if self.dice.once_in(6) {
            nodes.push(Node::block("else:", self.block(nest, 1)));
        }
    }

    pub(super) fn range_loop(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let head = self.one(&[
            "for e in range($small):",
            "for j in range($small):",
            "for k in range($small, 10):",
            "for j in range(10, $small, -3):",
            "for v in range(3):",
            "for k in range($small, $small, $step):",
            "for i in range(4):",
            "for j in range(2**62 - 2, 2**62 + 2):",
            "for k in range(-2**62 + 1, -2**62 - 3, -1):",
            "for e in range($int & 15, $int & 31, $step):",
            "for j in range(j | 0, j + $small):",
            "for i in range(i | 0, i + 3):",
            "for k in range(len(l)):",
            "for j in range(3, 0, -1):",
            "for e in range($index, $small, $step):",
            "for e in range(2**63 - 2, 2**63 + 1):",
        ]);
        let ticks = self.dice.once_in(3);
        self.looping(nodes, head, nest, ticks);
    }

    pub(super) fn while_loop(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let head = self.one(&[
            "while $bool:",
            "while j < 5:",
            "while (j := j + 1) < $int:",
            "while True:",
            "while i and $bool:",
            "while j * j < 50:",
            "while x < 9:",
            "while l:",
            "while not j > $small:",
        ]);
        if self.dice.once_in(2) {
            nodes.push(Node::line("j = 0"));
        }
        self.looping(nodes, head, nest, true);
    }

    pub(super) fn for_loop(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let head = match self.sort {
            Sort::Coroutine | Sort::AsyncGenerator if self.dice.once_in(2) => {
                self.one(&["async for e in a0($small):", "async for j in a0(4):"])
            }
            Sort::Plain | Sort::Generator | Sort::Coroutine | Sort::AsyncGenerator => self.one(&[
                "for e in $iter:",
                "for j in $iter:",
                "for v, w in enumerate($list):",
                "for e in l:",
                "for l[0] in $iter:",
                "for v, w in zip($iter, $iter):",
                "for e in $list:",
                "for s in $str:",
                "for v in $bytes:",
                "for e, *w in $list:",
                "for v, w in d.items():",
                "for c in (o, Q(2), R(3)):",
                "for o.x in $iter:",
                "for d[$key] in $iter:",
                "for e in (o, c, R(4)):",
                "for x in (0.5, 1, 2.5):",
            ]),
        };
        self.looping(nodes, head, nest, true);
    }

    pub(super) fn try_statement(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        nodes.push(Node::block("try:", self.block(nest, 2)));
        let form = self.dice.below(6);
        if form == 5 {
            let head =
                self.one(&["except* $error as e:", "except* (ValueError, KeyError):", "except* Exception as e:"]);
            let kids = (0..1 + self.dice.below(2)).map(|_| Node::line(self.one(SIMPLE))).collect();
            nodes.push(Node::block(head, kids));
        } else if form != 0 {
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

    pub(super) fn with(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let head = match self.sort {
            Sort::Coroutine | Sort::AsyncGenerator if self.dice.once_in(2) => {
                self.one(&["async with C($small) as v:", "async with C($small):"])
            }
            Sort::Plain | Sort::Generator | Sort::Coroutine | Sort::AsyncGenerator => {
                self.one(&["with C($small) as v:", "with C($small):", "with C($small) as v, C($small) as w:"])
            }
        };
        nodes.push(Node::block(head, self.block(nest, 2)));
    }

    pub(super) fn select(&mut self, nodes: &mut Vec<Node>, nest: usize) {
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
                "case Q(v):",
                "case Q(x=0) | R():",
                "case {'a': int() | None, 0: [*w]}:",
                "case (j, k):",
                "case [int(), *v, w]:",
                "case O(x=O(x=v)):",
                "case float(x) | int(x):",
                "case {}:",
            ]);
            cases.push(Node::block(head, self.block(nest, 2)));
        }
        if self.dice.once_in(2) {
            cases.push(Node::block("case _:", self.block(nest, 1)));
        }
        let head = self.one(&[
            "match $any:",
            "match $list:",
            "match o:",
            "match $int:",
            "match $dict:",
            "match $obj:",
            "match $tuple:",
            "match (i, l):",
        ]);
        nodes.push(Node::block(head, cases));
    }

    pub(super) fn class(&mut self, nodes: &mut Vec<Node>) {
        let mut members = Vec::new();
        for _ in 0..1 + self.dice.below(4) {
            let text = self.one(MEMBERS);
            members.extend(text.split(";def ").enumerate().map(|(at, line)| match at {
                0 => Node::line(line),
                _ => Node::line(format!("def {line}")),
            }));
        }
        let head =
            self.one(&["class K:", "class K(O):", "class K(O):", "class K(Q):", "class K(R):", "class K(type($obj)):"]);
        nodes.push(Node::block(head, members));
        for _ in 0..1 + self.dice.below(3) {
            nodes.push(Node::line(self.one(USES)));
        }
    }

    pub(super) fn inner(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        if self.inner {
            return self.simple(nodes);
        }
        let sort = if self.dice.once_in(3) { Sort::Generator } else { Sort::Plain };
        let mut maker = Maker { dice: self.dice, sort, functions: self.functions, loops: 0, handlers: 0, inner: true };
        let mut body = Vec::new();
        // What the inner function binds is its own, unless it says otherwise.
        match maker.dice.below(3) {
            0 => body.push(Node::line("nonlocal i, j, k, x, y, s, l, d, v, w, u, b, c")),
            1 => body
                .push(Node::line("i = j = k = 2; x = y = 0.5; s = 'in'; l = [3]; d = {}; v = w = u = c = q; b = b''")),
            _ => {}
        }
        if sort == Sort::Generator {
            body.push(Node::line("yield q"));
        }
        body.extend(maker.block(nest.min(1), 3));
        if sort == Sort::Plain {
            let value = maker.value("any");
            body.push(Node::line(format!("return {value}")));
        }
        // `nonlocal` wants them bound somewhere around.
        nodes.push(Node::line("if 0: j = k = y = v = w = u = b = c = d"));
        nodes.push(Node::block("def h(q=1, *p):", body));
        nodes.push(Node::line(match sort {
            Sort::Plain => {
                self.one(&["v = h($any)", "t(h(*$list))", "t([h(e) for e in range(3)])", "l = sorted([3, 1], key=h)"])
            }
            Sort::Generator | Sort::Coroutine | Sort::AsyncGenerator => {
                self.one(&["l = m(list(h($any)))", "for e in h(): t(e)", "v, *w = h($int)"])
            }
        }));
    }
}
