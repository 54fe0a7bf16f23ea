//! Programs of viper functions, and the same programs without decorators, in which casts wrap numbers.

use super::expressions::{fill, grow};
use super::tree::Node;
use super::viper_rows::{LOOPS, SIMPLE, VIPER};
use crate::fuzz::dice::Dice;

const DEPTH: usize = 3;
const NEST: usize = 2;
/// `i j n x s l`; the buffers `b` are made anew for each call.
const ARGUMENTS: &[&str] = &[
    "3, 5, 7, 1.5, b'abcdefgh', [1, 2, 3], b",
    "-7, 100000, 0, -0.25, b'', [], b, 200, -300",
    "0, -1, 2**64 - 1, 1e10, b'zz', [5], b, 255, 32767, 'more', 'rest', z=1",
    "2**63 - 1, -2**63, 2**63, 0.0, (4, 5), (), b",
    "b=b, l=[0], s=b'text', x=2.5, n=1, j=-2**62, i=2**62",
];
/// What stands behind the first seven parameters.
const MORE: &[&str] =
    &["a: uint8 = 7, g: int16 = -3, *rest, **more", "a: uint8 = 250, g: int16 = 5, *rest, z=0, key: int = 4"];
/// What locals begin with; it gives them their types.
const STARTS: &[&str] = &[
    "p = ptr8(b[0])",
    "q = ptr16(b[1])",
    "r = ptr32(b[2])",
    "o = ptr64(b[3])",
    "w = ptrf(b[4])",
    "k = 1",
    "y = 0.5",
    "v = None",
    "f = uint32(4000000000)",
    "h = int32(5)",
    "c = Q(i)",
    "z = i",
];

/// What viper's names mean in the text without decorators: one line, as the import in its place.
const PLAINLY: &str = "ptr8 = ptr16 = ptr32 = ptr64 = ptrf = lambda v: v; int, uint, int8, uint8, int16, uint16, int32, \
                       uint32, int64, uint64 = wrapping()\n";

/// What a function gives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gives {
    Int,
    Uint,
    Bool,
    Float,
    Any,
    /// It yields.
    Items,
}

struct Maker<'a> {
    dice: &'a mut Dice,
    /// All functions of the program: they may call each other.
    functions: &'a [Gives],
    own: Gives,
    loops: usize,
    handlers: usize,
}

impl Gives {
    /// The annotation of the result, and a row for the value.
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Gives::Int => (" -> int", "$int"),
            Gives::Uint => (" -> uint", "$uint"),
            Gives::Bool => (" -> bool", "$int > $int"),
            Gives::Float => (" -> float", "$float"),
            Gives::Any | Gives::Items => ("", "$thing"),
        }
    }
}

/// The text that runs as viper.
pub fn decorated(program: &str) -> String {
    format!("import micropython\n{program}")
}

/// The text that means the same without viper, on the same lines.
pub fn plain(program: &str) -> String {
    let mut out = PLAINLY.to_string();
    for line in program.lines() {
        match line.split_once(" #w").and_then(|(assignment, cast)| wrapped(assignment, cast)) {
            Some(line) => out.push_str(&line),
            None if line.trim_start() == "@micropython.viper" => out.push('#'),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// `name = cast(name op (value))` for `name op= value`.
fn wrapped(assignment: &str, cast: &str) -> Option<String> {
    let (target, value) = assignment.split_once("= ")?;
    let (name, op) = target.rsplit_once(' ')?;
    Some(format!("{name} = {cast}({} {op} ({value}))", name.trim_start()))
}

/// A program of a few functions, each called a few times.
pub fn program(dice: &mut Dice) -> Vec<Node> {
    let mut nodes: Vec<Node> = [
        "N = 9",
        "buffers = lambda: (bytearray(range(64)), array('H', range(900, 964)), array('I', range(64)), array('q', \
         range(-32, 32)), array('d', [e * 0.5 for e in range(64)]))",
    ]
    .map(Node::line)
    .into();
    let all = [Gives::Int, Gives::Int, Gives::Int, Gives::Uint, Gives::Bool, Gives::Float, Gives::Any, Gives::Items];
    let functions: Vec<Gives> =
        (0..1 + dice.below(2)).map(|_| dice.pick(&all).copied().unwrap_or(Gives::Int)).collect();
    for (number, &own) in functions.iter().enumerate() {
        let mut maker = Maker { dice, functions: &functions, own, loops: 0, handlers: 0 };
        nodes.push(Node::line("@micropython.viper"));
        nodes.push(maker.function(number));
    }
    for number in 0..functions.len() {
        for (at, arguments) in ARGUMENTS.iter().enumerate() {
            nodes.push(Node::line("b = buffers()"));
            nodes.push(Node::line(format!("call('{number}.{at}', f{number}, {arguments})")));
            nodes.push(Node::line("print([list(e) for e in b])"));
        }
    }
    nodes
}

impl Maker<'_> {
    fn function(&mut self, number: usize) -> Node {
        let mut body = vec![Node::line("global N")];
        body.extend(STARTS.iter().map(|start| Node::line(*start)));
        let hidden = self.one(&["def hidden(q=1): return (q, z)", "def hidden(q=1): nonlocal z; z = q + 1; return z"]);
        body.push(Node::line(hidden));
        body.extend(self.block(NEST, 5));
        let (told, value) = self.own.told();
        body.push(Node::line(self.one(&[&format!("return {value}")])));
        let more = self.dice.pick(MORE).copied().unwrap_or_default();
        Node::block(format!("def f{number}(i: int, j: int, n: uint, x: float, s, l: object, b, {more}){told}:"), body)
    }

    /// A call of a function that gives one of these, as often as the prelude lets it.
    fn call(&mut self, wanted: &[Gives], cast: &str, other: &str) -> String {
        let fitting: Vec<usize> = (0..self.functions.len())
            .filter(|at| self.functions.get(*at).is_some_and(|gives| wanted.contains(gives)))
            .collect();
        let Some(number) = self.dice.pick(&fitting).copied() else { return other.to_string() };
        let rows: &[&str] =
            &["i, j, n, x, s, l, b", "int(i - 1), k, n, y, s, l, b, a", "$int, $int, $uint, $float, s, l, b, 3, g"];
        let row = self.dice.pick(rows).copied().unwrap_or_default();
        let arguments =
            fill(row, &mut |name| grow(self.dice, VIPER, name, 0)).replace("FUNCTION", "1").replace("FLOATING", "0.5");
        format!("({cast}(f{number}({arguments})) if deep() else {other})")
    }

    fn one(&mut self, rows: &[&str]) -> String {
        let row = self.dice.pick(rows).copied().unwrap_or("pass");
        let mut text = fill(row, &mut |name| grow(self.dice, VIPER, name, DEPTH));
        while text.contains("FUNCTION") {
            let call = self.call(&[Gives::Int, Gives::Uint, Gives::Bool], "int", "k");
            text = text.replacen("FUNCTION", &call, 1);
        }
        while text.contains("FLOATING") {
            let call = self.call(&[Gives::Int, Gives::Uint, Gives::Float], "float", "y");
            text = text.replacen("FLOATING", &call, 1);
        }
        if text == "CALL" {
            text = self.call(&[Gives::Any, Gives::Items, Gives::Float], "t", "None");
        }
        text
    }

    fn block(&mut self, nest: usize, most: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        for _ in 0..1 + self.dice.below(most) {
            self.statement(&mut nodes, nest);
        }
        nodes
    }

    fn statement(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let choice = if nest == 0 { self.dice.below(9) } else { self.dice.below(18) };
        match choice {
            0..=6 => nodes.push(Node::line(self.one(SIMPLE))),
            7 => self.jump(nodes),
            8 if self.own == Gives::Items => {
                let text = self.one(&[
                    "yield $int",
                    "yield $float",
                    "v = yield $thing",
                    "k = int((yield k) or 5)",
                    "yield n",
                    "y = float((yield y) or 2)",
                    "yield from l",
                    "v = yield from g0($small)",
                    "yield a",
                ]);
                nodes.push(Node::line(text));
            }
            8 => nodes.push(Node::line(self.one(SIMPLE))),
            9..=11 => {
                let head = self.one(&["if $bool:", "if $int:", "if $bool:"]);
                nodes.push(Node::block(head, self.block(nest - 1, 2)));
                if self.dice.once_in(2) {
                    nodes.push(Node::block("else:", self.block(nest - 1, 2)));
                }
            }
            12..=14 => self.looping(nodes, nest - 1),
            15 => {
                nodes.push(Node::block("try:", self.block(nest - 1, 3)));
                let head = self.one(&[
                    "except ValueError as e:",
                    "except Exception as e:",
                    "except Exception:",
                    "except (IndexError, TypeError):",
                    "except ZeroDivisionError:",
                ]);
                self.handlers += 1;
                nodes.push(Node::block(head, self.block(nest - 1, 2)));
                self.handlers -= 1;
            }
            16 => {
                nodes.push(Node::block("try:", self.block(nest - 1, 2)));
                nodes.push(Node::block("finally:", self.block(nest - 1, 1)));
            }
            _ => {
                let head = self.one(&["with C($small) as v:", "with C($small):"]);
                nodes.push(Node::block(head, self.block(nest - 1, 2)));
            }
        }
    }

    fn jump(&mut self, nodes: &mut Vec<Node>) {
        let (_, value) = self.own.told();
        let text = match self.dice.below(6) {
            0 | 1 if self.loops > 0 => self.one(&["break", "continue", "if $bool: break", "if $bool: continue"]),
            2 => self.one(&[&format!("return {value}"), &format!("if $bool: return {value}")]),
            3 => self.one(&["raise Mine($int)", "if $bool: raise ValueError(s)", "raise KeyError(k) from None"]),
            4 if self.handlers > 0 => self.one(&["raise", "raise Mine(k) from ValueError()"]),
            _ => self.one(&["t($int)"]),
        };
        nodes.push(Node::line(text));
    }

    fn looping(&mut self, nodes: &mut Vec<Node>, nest: usize) {
        let head = self.one(LOOPS);
        let mut body = vec![Node::line("tick()")];
        if head.starts_with("while") {
            body.push(Node::line("k = (k & 65535) + 1"));
        }
        self.loops += 1;
        body.extend(self.block(nest, 3));
        self.loops -= 1;
        nodes.push(Node::block(head, body));
        if self.dice.once_in(6) {
            nodes.push(Node::block("else:", self.block(nest, 1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_wraps_is_cast_in_the_plain_text() {
        let text = plain("@micropython.viper\n    a <<= (i + 1) #wuint8\n  b = 3\n");
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(lines, ["#", "    a = uint8(a << ((i + 1)))", "  b = 3"]);
    }
}
