//! New inputs from old ones: bytes for files, tokens for Python.

use crate::dice::Dice;

/// Inputs grow no longer than this.
const MOST: usize = 1 << 14;

/// Tokens that a mutation may put anywhere.
const TOKENS: &[&str] = &[
    "if",
    "else",
    "elif",
    "for",
    "while",
    "def",
    "class",
    "return",
    "yield",
    "from",
    "import",
    "as",
    "with",
    "try",
    "except",
    "finally",
    "raise",
    "lambda",
    "not",
    "and",
    "or",
    "is",
    "in",
    "del",
    "global",
    "nonlocal",
    "assert",
    "pass",
    "break",
    "continue",
    "async",
    "await",
    "None",
    "True",
    "False",
    "print",
    "range",
    "len",
    "self",
    "x",
    "_",
    "__init__",
    "__class__",
    "super",
    "match",
    "case",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ".",
    ";",
    "@",
    "=",
    "->",
    "+=",
    ":=",
    "**",
    "*",
    "+",
    "-",
    "/",
    "//",
    "%",
    "<<",
    ">>",
    "<",
    "<=",
    "==",
    "!=",
    "...",
    "~",
    "|",
    "&",
    "^",
    "0",
    "1",
    "-1",
    "0xffffffff",
    "1e308",
    "1j",
    "123456789012345678901234567890",
    "4611686018427387903",
    "4611686018427387904",
    "''",
    "'a'",
    "b'\\xff'",
    "\"\"\"",
    "'\\N{",
    "f'",
    "f'{",
    "}'",
    "{x!r:>{y}}",
    "rb'",
    "\\",
    "\n",
    "\n    ",
    "\n\t",
    "\n        ",
    "#",
    "\u{e9}",
    "\u{1f600}",
    "@micropython.native\n",
    "@micropython.viper\n",
    "ptr8(",
    "const(",
    "0b",
    "1_000",
    "1__0",
    "0o8",
    "\r",
    "\0",
];

/// Bytes that are edges of something.
const BYTES: &[u8] = &[0, 1, 0x3f, 0x40, 0x7f, 0x80, 0x81, 0xff, b'\n', b'\'', b'"', b'\\', b'(', b'{', b'M', 6];

/// A mutation of one input, with pieces of another.
pub fn bytes(dice: &mut Dice, one: &[u8], other: &[u8]) -> Vec<u8> {
    let mut input = one.to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(input.len() + 1);
        let end = (at + dice.small(8)).min(input.len());
        match dice.below(7) {
            0 => drop(input.drain(at..end)),
            1 => input.insert(at, dice.word() as u8),
            2 => input.insert(at, dice.pick(BYTES).copied().unwrap_or(0)),
            3 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            4 => {
                let piece = input.get(at..end).unwrap_or(&[]).to_vec();
                let to = dice.below(input.len() + 1);
                drop(input.splice(to..to, piece));
            }
            5 => {
                let from = dice.below(other.len() + 1);
                let piece = other.get(from..(from + end - at).min(other.len())).unwrap_or(&[]);
                drop(input.splice(at..end, piece.iter().copied()));
            }
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte = dice.pick(BYTES).copied().unwrap_or(0);
                }
            }
        }
    }
    input.truncate(MOST);
    input
}

/// A mutation of one program by whole tokens and lines, with pieces of another.
pub fn program(dice: &mut Dice, one: &[u8], other: &[u8]) -> Vec<u8> {
    if dice.once_in(8) {
        return bytes(dice, one, other);
    }
    let mut pieces = split(one);
    let donors = split(other);
    for _ in 0..=dice.below(5) {
        let at = dice.below(pieces.len() + 1);
        let end = (at + dice.small(6)).min(pieces.len());
        match dice.below(8) {
            0 => drop(pieces.drain(at..end)),
            1 | 2 => pieces.insert(at, dice.pick(TOKENS).map_or(b"".as_slice(), |token| token.as_bytes())),
            3 => {
                let piece = pieces.get(at..end).unwrap_or(&[]).to_vec();
                let to = dice.below(pieces.len() + 1);
                drop(pieces.splice(to..to, piece));
            }
            4 | 5 => {
                let from = dice.below(donors.len() + 1);
                let until = (from + 1 + dice.small(7)).min(donors.len());
                drop(pieces.splice(at..end, donors.get(from..until).unwrap_or(&[]).iter().copied()));
            }
            6 => {
                let to = dice.below(pieces.len());
                if at < pieces.len() {
                    pieces.swap(at, to);
                }
            }
            _ => {
                // The same again and again: nesting and long chains.
                let piece = pieces.get(at..end.min(at + 6)).unwrap_or(&[]).to_vec();
                for _ in 0..dice.below(200) {
                    drop(pieces.splice(at..at, piece.iter().copied()));
                }
            }
        }
    }
    let mut input = pieces.concat();
    input.truncate(MOST);
    input
}

/// Cuts a text in words, runs of spaces, line ends, and single other characters.
fn split(text: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(&first) = rest.first() {
        let len = match first {
            b if is_word(b) => rest.iter().take_while(|&&b| is_word(b)).count(),
            b'\n' => 1 + rest.iter().skip(1).take_while(|&&b| b == b' ').count(),
            b' ' => rest.iter().take_while(|&&b| b == b' ').count(),
            _ => 1,
        };
        let (piece, more) = rest.split_at(len);
        pieces.push(piece);
        rest = more;
    }
    pieces
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
