//! Programs of viper functions whose numbers stay within bounds, so that the same text without decorators means the same.

use super::expressions::{fill, grow};
use super::rows::VIPER;
use super::tree::Node;
use crate::fuzz::dice::Dice;

const DEPTH: usize = 4;
const NEST: usize = 3;
/// `i j n x s l`; the buffers are made anew for each call.
const ARGUMENTS: &[&str] =
    &["3, 5, 7, 1.5, b'abcdefgh', [1, 2, 3]", "-7, 100000, 0, -0.25, b'', []", "0, -1, 4294967296, 1e10, b'zz', [5]"];
/// What keeps a number that is put away within bounds.
const BOUNDS: &[&str] = &["& 65535", "% 100003", "& 0xffffffff", "| -65536", "% -1009"];

struct Maker<'a> {
    dice: &'a mut Dice,
    functions: usize,
    loops: usize,
    handlers: usize,
}

/// What both texts begin with.
pub fn begin() -> Vec<Node> {
    let lines = [
        "from array import array",
        "N = 9",
        "buffers = lambda: (bytearray(range(64)), array('H', range(900, 964)), array('I', range(64)))",
    ];
    lines.into_iter().map(Node::line).collect()
}

/// What viper's names mean in the text without decorators.
pub const PLAINLY: &str = "ptr8 = ptr16 = ptr32 = lambda v: v; uint = int";

/// A program of a few functions, each called a few times.
pub fn program(dice: &mut Dice) -> Vec<Node> {
    let mut nodes = begin();
    for number in 0..1 + dice.below(3) {
        let mut maker = Maker { dice, functions: number, loops: 0, handlers: 0 };
        let mut body: Vec<Node> =
            ["p = ptr8(b[0])", "q = ptr16(b[1])", "r = ptr32(b[2])", "k = 1", "y = 0.5", "v = None"]
                .map(Node::line)
                .into();
        body.extend(maker.block(NEST, 4));
        body.push(Node::line(format!("return {}", maker.int())));
        nodes.push(Node::line("@micropython.viper"));
        nodes.push(Node::block(
            format!("def f{number}(i: int, j: int, n: uint, x: float, s: object, l: object, b) -> int:"),
            body,
        ));
        for (at, arguments) in ARGUMENTS.iter().enumerate() {
            nodes.push(Node::line("b = buffers()"));
            nodes.push(Node::line(format!("call('{number}.{at}', f{number}, {arguments}, b)")));
            nodes.push(Node::line("print([list(e) for e in b])"));
        }
    }
    nodes
}

impl Maker<'_> {
    fn calls(&mut self, text: String) -> String {
        let call = match self.functions {
            0 => "int(l[0])".to_string(),
            _ => format!("int(f{}(i, j & 65535, n, x, s, l, b))", self.dice.below(self.functions)),
        };
        text.replace("FUNCTION", &call)
    }

    fn int(&mut self) -> String {
        let text = grow(self.dice, VIPER, "int", DEPTH);
        self.calls(text)
    }

    fn one(&mut self, rows: &[&str]) -> String {
        let row = self.dice.pick(rows).copied().unwrap_or("pass");
        let bound = self.dice.pick(BOUNDS).copied().unwrap_or("& 65535");
        let text = fill(row, &mut |name| grow(self.dice, VIPER, name, DEPTH)).replace("BOUND", bound);
        self.calls(text)
    }

    fn block(&mut self, nest: usize, most: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        for _ in 0..1 + self.dice.below(most) {
            self.statement(&mut nodes, nest);
        }
        nodes
    }

    fn statement(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let choice = if nest == 0 { self.dice.below(8) } else { self.dice.below(16) };
        match choice {
            0..=6 => nodes.push(Node::line(self.one(&[
                "i = $int BOUND",
                "j = $int BOUND",
                "k = $int BOUND",
                "k = $int BOUND",
                "x = $float",
                "y = $float",
                "i += 1",
                "j = (j + $int) BOUND",
                "k = (k - $int) BOUND",
                "k ^= $int & 65535",
                "k |= $int & 65535",
                "k &= $int",
                "k >>= $shift",
                "p[$index] = $int & 255",
                "q[$index] = $int & 65535",
                "r[$index] = $int & 65535",
                "p[$index] = (p[$index] + 1) & 255",
                "t($int)",
                "t($float)",
                "t(k)",
                "t(i)",
                "l.append($int)",
                "v = l",
                "v = s",
                "t(v)",
                "k, j = j, k",
                "n = uint(3)",
                "x = x * 0.5",
                "t(1 if $bool else 0)",
                "k //= $div",
                "k %= $div",
                "y = -x",
                "t(n)",
                "v = ($int, $float, s)",
                "t(s[$small])",
                "q[$index] ^= 5",
            ]))),
            7 => {
                let text = match self.dice.below(6) {
                    0 | 1 if self.loops > 0 => {
                        self.one(&["break", "continue", "if $bool: break", "if $bool: continue"])
                    }
                    2 => self.one(&["return $int", "if $bool: return $int"]),
                    3 => self.one(&["raise Mine($int)", "if $bool: raise ValueError(s)"]),
                    4 if self.handlers > 0 => "raise".to_string(),
                    _ => self.one(&["t($int)"]),
                };
                nodes.push(Node::line(text));
            }
            8..=10 => {
                let head = self.one(&["if $bool:", "if $int:"]);
                nodes.push(Node::block(head, self.block(nest - 1, 2)));
                if self.dice.once_in(2) {
                    nodes.push(Node::block("else:", self.block(nest - 1, 2)));
                }
            }
            11..=13 => {
                let head = self.one(&[
                    "for i in range($small):",
                    "for j in range($small, 10):",
                    "for k in range(10, $small, -3):",
                    "for k in range($small):",
                    "while k < 5:",
                    "while $bool:",
                    "for j in range(1, 9, 2):",
                    "for v in l:",
                ]);
                let mut body = Vec::new();
                if head.starts_with("while") {
                    body.extend(["tick()", "k = (k & 65535) + 1"].map(Node::line));
                } else if head.ends_with(" l:") {
                    body.push(Node::line("tick()"));
                }
                self.loops += 1;
                body.extend(self.block(nest - 1, 3));
                self.loops -= 1;
                nodes.push(Node::block(head, body));
            }
            14 => {
                nodes.push(Node::block("try:", self.block(nest - 1, 3)));
                let head = self.one(&["except ValueError:", "except Exception:", "except (IndexError, TypeError):"]);
                self.handlers += 1;
                nodes.push(Node::block(head, self.block(nest - 1, 2)));
                self.handlers -= 1;
            }
            _ => {
                nodes.push(Node::block("try:", self.block(nest - 1, 2)));
                nodes.push(Node::block("finally:", self.block(nest - 1, 1)));
            }
        }
    }
}
