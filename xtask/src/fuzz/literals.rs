//! Literals made by chance.

use super::Dice;

/// Characters that texts are made of, each of which some method must think about.
const CHARS: &[u32] = &[
    0x20, 0x09, 0x0a, 0x0d, 0x0b, 0x0c, 0x1c, 0x1e, 0x1f, 0x85, 0xa0, 0x2028, 0x3000, 0x200b, 0xad, 0x30, 0x39, 0xb2,
    0xbd, 0x663, 0x2160, 0x2460, 0x41, 0x5a, 0x61, 0x7a, 0x5f, 0x2e, 0x27, 0x22, 0x5c, 0x7b, 0x25, 0x00, 0x7f, 0x80,
    0xff, 0xdf, 0xe9, 0xc9, 0xaa, 0xb5, 0x130, 0x131, 0x149, 0x1c4, 0x1c5, 0x1c6, 0x1f0, 0x3a3, 0x3c2, 0x3c3, 0x345,
    0x301, 0x390, 0x587, 0x5d0, 0x1e9e, 0x1f80, 0x1f88, 0x1fbc, 0xfb01, 0xfb00, 0xff21, 0x4e2d, 0xfffd, 0xfeff,
    0x10400, 0x10428, 0x1d7d8, 0x1f600, 0xe0001, 0x10ffff, 0x2d, 0x2c, 0x6a, 0x78, 0x65,
];

/// Where other characters come from: blocks that no later Unicode has added letters to.
const BLOCKS: &[(u32, u32)] = &[
    (0, 0x860),
    (0x1e00, 0x2000),
    (0x2000, 0x2060),
    (0x2100, 0x218a),
    (0x2460, 0x2500),
    (0x2c00, 0x2c2f),
    (0x3041, 0x30ff),
    (0xac00, 0xac80),
    (0xfb00, 0xfb07),
    (0xff01, 0xff5f),
    (0x10400, 0x10450),
    (0x1d400, 0x1d455),
    (0x1f600, 0x1f640),
];

/// One of the words.
pub fn pick<'a>(dice: &mut Dice, words: &[&'a str]) -> &'a str {
    dice.pick(words).copied().unwrap_or_default()
}

fn between(dice: &mut Dice, low: usize, high: usize) -> usize {
    low + dice.below(high - low)
}

fn digits(dice: &mut Dice, most: usize) -> String {
    (0..between(dice, 1, most + 1)).map(|_| char::from(b'0' + dice.below(10) as u8)).collect()
}

/// An int of any size.
pub fn int(dice: &mut Dice) -> String {
    let size = *dice.pick(&[1, 2, 3, 9, 18, 19, 20, 30, 60]).unwrap_or(&1);
    let text = digits(dice, size);
    let text = text.trim_start_matches('0');
    let text = if text.is_empty() { "0" } else { text };
    if dice.once_in(3) { format!("(-{text})") } else { text.to_string() }
}

/// A float: any bits, or few digits.
pub fn float(dice: &mut Dice) -> String {
    let value = match dice.below(4) {
        0 => f64::from_bits(dice.word()),
        1 => (dice.below(2_000_001) as f64 - 1e6) / 1000.0,
        2 => (dice.below(4001) as f64 - 2000.0) / 8.0,
        _ => (dice.word() >> 11) as f64 / (1u64 << between(dice, 1, 62)) as f64,
    };
    match value {
        _ if value.is_nan() => "float('nan')".to_string(),
        _ if value.is_infinite() => "float('inf')".to_string(),
        _ if value.is_sign_negative() => format!("({value:?})"),
        _ => format!("{value:?}"),
    }
}

/// A complex number.
pub fn complex(dice: &mut Dice) -> String {
    let part = |dice: &mut Dice| (dice.below(161) as f64 - 80.0) / 8.0;
    format!("complex({:?}, {:?})", part(dice), part(dice))
}

/// A complex number of parts that functions must think about.
pub fn special(dice: &mut Dice) -> String {
    const PARTS: &[&str] = &[
        "0.0",
        "-0.0",
        "1.0",
        "-2.5",
        "float('inf')",
        "float('-inf')",
        "float('nan')",
        "1e308",
        "-1e-308",
        "5e-324",
        "710.0",
        "-710.5",
        "0.75",
        "1e-200",
        "1e16",
    ];
    format!("complex({}, {})", pick(dice, PARTS), pick(dice, PARTS))
}

fn character(dice: &mut Dice) -> char {
    let code = match dice.below(3) {
        0 => between(dice, 0x61, 0x65) as u32,
        1 => dice.pick(CHARS).copied().unwrap_or(0x61),
        _ => {
            let (low, high) = dice.pick(BLOCKS).copied().unwrap_or((0, 128));
            between(dice, low as usize, high as usize) as u32
        }
    };
    char::from_u32(code).unwrap_or('?')
}

/// A text of up to eight characters.
pub fn text(dice: &mut Dice) -> String {
    let inside: String = (0..dice.below(9)).map(|_| character(dice)).collect();
    quote(&inside)
}

/// A text as a Python literal.
pub fn quote(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        match c {
            '\\' | '\'' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            _ if (c as u32) < 0x100 => out.push_str(&format!("\\x{:02x}", c as u32)),
            _ if (c as u32) < 0x10000 => out.push_str(&format!("\\u{:04x}", c as u32)),
            _ => out.push_str(&format!("\\U{:08x}", c as u32)),
        }
    }
    out.push('\'');
    out
}

/// Bytes: any, or a text's.
pub fn bytes(dice: &mut Dice) -> String {
    let inside: Vec<u8> = if dice.once_in(2) {
        (0..dice.below(10))
            .map(|_| if dice.once_in(2) { dice.word() as u8 } else { b'a' + dice.below(4) as u8 })
            .collect()
    } else {
        (0..dice.below(5)).map(|_| character(dice)).collect::<String>().into_bytes()
    };
    let escaped: String = inside.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    format!("b'{escaped}'")
}

/// A format specification, mostly a good one.
pub fn spec(dice: &mut Dice) -> String {
    let mut spec = String::new();
    let mut maybe = |dice: &mut Dice, once: usize, words: &[&str]| {
        if dice.once_in(once) {
            spec.push_str(pick(dice, words));
        }
    };
    maybe(dice, 3, &["<", ">", "^", "=", "*<", "x>", " ^", "0=", "\u{3b4}^", "<<", "}", "0<"]);
    maybe(dice, 4, &["+", "-", " "]);
    maybe(dice, 12, &["z"]);
    maybe(dice, 5, &["#"]);
    maybe(dice, 5, &["0"]);
    maybe(dice, 2, &["1", "5", "10", "12", "20", "30"]);
    maybe(dice, 5, &[",", "_"]);
    maybe(dice, 2, &[".0", ".1", ".2", ".3", ".5", ".10", ".17", ".25", ".", ".60"]);
    maybe(dice, 1, &["", "", "d", "b", "o", "x", "X", "c", "e", "E", "f", "F", "g", "G", "n", "%", "s", "q", "dd"]);
    quote(&spec)
}

/// A text for the operator `%`.
pub fn percent(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..between(dice, 1, 4) {
        text.push_str(pick(dice, &["", "", "a", "%%", "\u{e9}"]));
        text.push('%');
        text.push_str(pick(dice, &["", "", "", "", "", "", "(k)", "(a)", "(", "()"]));
        for _ in 0..dice.small(3) {
            text.push_str(pick(dice, &["-", "+", " ", "#", "0"]));
        }
        text.push_str(pick(dice, &["", "", "", "1", "5", "10", "20", "*"]));
        text.push_str(pick(dice, &["", "", "", ".0", ".1", ".3", ".10", ".", ".*", ".30"]));
        text.push_str(pick(dice, &["", "", "", "", "", "l", "h"]));
        text.push_str(pick(
            dice,
            &["d", "i", "u", "x", "X", "o", "e", "E", "f", "F", "g", "G", "s", "r", "a", "c", "%", "z", ""],
        ));
        if dice.once_in(2) {
            break;
        }
    }
    quote(&text)
}

/// A text with fields for `str.format`.
pub fn fields(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..between(dice, 1, 4) {
        text.push_str(pick(dice, &["", "", "a", "{{", "}}", "\u{e9}", "}", "{"]));
        text.push('{');
        text.push_str(pick(
            dice,
            &[
                "", "", "", "0", "1", "x", "2", "5", "y", "0[0]", "x[k]", "x.x", "0.real", "1.imag", "x[0]", "0[a]",
                "-1", "a.b", "0[", "0.", "k",
            ],
        ));
        text.push_str(pick(dice, &["", "", "", "", "!r", "!s", "!a", "!x", "!"]));
        if dice.once_in(2) {
            let inside = spec(dice);
            text.push(':');
            text.push_str(inside.trim_matches('\'').trim_start_matches('\\'));
        }
        text.push_str(pick(dice, &["}", "}", "}", "}", "}", "}", "}", "}", "}", ""]));
    }
    quote(&text)
}

/// A text that may be a number.
pub fn number_text(dice: &mut Dice) -> String {
    let mut text = String::new();
    text.push_str(pick(dice, &["", "", "", "", " ", "\n", "\u{3000}"]));
    text.push_str(pick(dice, &["", "", "", "+", "-", "--"]));
    match dice.below(8) {
        0 => text.push_str(pick(
            dice,
            &[
                "inf",
                "nan",
                "Infinity",
                "-inf",
                "INF",
                "nAn",
                "infin",
                "1_000",
                "1__0",
                "_1",
                "1_",
                ".",
                "e5",
                "1e",
                "0x10",
                "1.e5",
                ".5",
                "5.",
                "\u{661}.\u{662}",
                "1e+5",
                "1_0.0_1",
                "1._0",
                "1e1_0",
            ],
        )),
        1 => text.push_str(&digits(dice, 400)),
        _ => {
            text.push_str(&digits(dice, 20));
            if dice.once_in(2) {
                text.push('.');
                let most = if dice.once_in(6) { 60 } else { 18 };
                text.push_str(&digits(dice, most));
            }
            if dice.once_in(2) {
                text.push_str(pick(dice, &["e", "E", "e+", "e-", "e-"]));
                text.push_str(&digits(dice, 3));
            }
        }
    }
    text.push_str(pick(dice, &["", "", "", "", "", "", " ", "\t", "x", "L", "j"]));
    quote(&text)
}

/// A text that may be an int in some base.
pub fn int_text(dice: &mut Dice) -> String {
    let mut text = String::new();
    text.push_str(pick(dice, &["", "", "", "", "", " ", "\u{a0}"]));
    text.push_str(pick(dice, &["", "", "", "+", "-", "+-", "- "]));
    text.push_str(pick(dice, &["", "", "", "", "0x", "0b", "0o", "0X", "0", "00", "0x_"]));
    match dice.below(5) {
        0 => (0..dice.below(9))
            .for_each(|_| text.push_str(pick(dice, &["0", "1", "7", "8", "9", "a", "f", "g", "Z", "_", "b"]))),
        1 => (0..dice.below(70)).for_each(|_| text.push_str(pick(dice, &["0", "1"]))),
        _ => text.push_str(&digits(dice, 40)),
    }
    text.push_str(pick(dice, &["", "", "", "", "", "", "", " ", "_", "\u{663}", "\\"]));
    quote(&text)
}

/// Values for a code of `struct`, most of which it takes.
fn packable(dice: &mut Dice, code: &str) -> String {
    const SMALL: &[&str] = &["0", "1", "-1", "127", "128", "-128", "-129", "255", "256", "True", "I(5)"];
    const LARGE: &[&str] = &[
        "0", "1", "-1", "2**15", "2**15-1", "-2**15-1", "2**16", "2**16-1", "2**31", "2**31-1", "-2**31", "2**32-1",
        "2**32", "2**63", "2**63-1", "-2**63", "2**64", "2**64-1", "-2**63-1", "300", "I(77)", "1.5",
    ];
    const BYTES: &[&str] = &["b'a'", "b'abc'", "b''", "b'\\xff'", "bytearray(b'xyz')", "b'0123456789' * 30"];
    const FLOATS: &[&str] = &[
        "0.0",
        "-0.0",
        "1.5",
        "65504.0",
        "65520.0",
        "1e-7",
        "6e-8",
        "2.9e-8",
        "float('inf')",
        "float('nan')",
        "3.4028235e38",
        "3.4028236e38",
        "1e39",
        "1e-45",
        "F(2.5)",
        "7",
        "0.1",
        "2049.0",
        "1.00048828125",
    ];
    match code {
        "b" | "B" | "?" => pick(dice, SMALL).to_string(),
        "c" | "s" | "p" => pick(dice, BYTES).to_string(),
        "e" | "f" | "d" if dice.once_in(2) => float(dice),
        "e" | "f" | "d" => pick(dice, FLOATS).to_string(),
        _ => pick(dice, LARGE).to_string(),
    }
}

/// A call of `struct.pack` with as many values as its format wants.
pub fn packed(dice: &mut Dice) -> String {
    let mut format = String::from(pick(dice, &["", "<", ">", "=", "!", "@"]));
    let mut values = String::new();
    for _ in 0..between(dice, 1, 5) {
        let code = pick(
            dice,
            &["b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "n", "N", "f", "d", "s", "x", "?", "c", "e", "p"],
        );
        let count = *dice.pick(&[1, 1, 1, 1, 2, 3, 12]).unwrap_or(&1);
        let values_of_it = match code {
            "x" => 0,
            "s" | "p" => 1,
            _ => count,
        };
        if count > 1 {
            format.push_str(&count.to_string());
        }
        format.push_str(code);
        (0..values_of_it).for_each(|_| values.push_str(&format!(", {}", packable(dice, code))));
    }
    format!("struct.pack('{format}'{values})")
}

/// A format of `struct`.
pub fn pack(dice: &mut Dice) -> String {
    let mut text = String::from(pick(dice, &["", "<", ">", "=", "!", "@"]));
    for _ in 0..between(dice, 1, 4) {
        let code = pick(
            dice,
            &["b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d", "s", "x", "?", "c", "e", "p", "y"],
        );
        // CPython writes and reads beyond `0p`.
        let counts = if code == "p" { ["", "", "", "2", "3"] } else { ["", "", "2", "0", " "] };
        text.push_str(pick(dice, &counts));
        text.push_str(code);
    }
    quote(&text)
}
