//! Expressions: kinds of values, each with its leaves and the rows that make it from others.
//!
//! In a row `$name` stands for an expression of the kind `name`.

use crate::fuzz::dice::Dice;

/// A kind of expressions.
pub struct Kind {
    name: &'static str,
    leaves: &'static [&'static str],
    rows: &'static [&'static str],
}

const fn kind(name: &'static str, leaves: &'static [&'static str], rows: &'static [&'static str]) -> Kind {
    Kind { name, leaves, rows }
}

/// Expressions of a native function, whose arguments are called `i x s l o` and whose other locals `j k y d v w`.
pub static PYTHON: &[Kind] = &[
    kind(
        "int",
        &[
            "i", "i", "j", "j", "k", "0", "1", "2", "3", "-1", "7", "100", "True", "o.x", "o.z", "2**62", "-2**62",
            "2**63-1", "N",
        ],
        &[
            "$int + $int",
            "$int - $int",
            "m($int * $int)",
            "$int * 3",
            "$int // $div",
            "$int % $div",
            "$int & $int",
            "$int | $int",
            "$int ^ $int",
            "~$int",
            "-$int",
            "$int >> $shift",
            "m($int << $shift)",
            "len($list)",
            "len($str)",
            "$int if $bool else $int",
            "abs($int)",
            "min($int, $int)",
            "$list[$index]",
            "o.get()",
            "int($float)",
            "(w := $int)",
            "sum($list)",
            "divmod($int, $div)[$bool]",
            "o.prop",
            "ord($str[$index])",
            "bytearray(b'abcd')[$index]",
            "+$int",
            "$int + 1",
            "$int - 1",
            "$int * 2",
            "$tuple[$index]",
            "o.dyn",
        ],
    ),
    kind("div", &["2", "3", "-3", "7", "10", "1", "0", "i", "-1"], &["$int", "$int | 1"]),
    kind("shift", &["0", "1", "2", "5", "31", "62", "63", "70"], &["$int & 15", "$int & 63"]),
    kind("small", &["0", "1", "2", "3", "4", "5", "6"], &["$int & 7", "len($list) & 7"]),
    kind("step", &["1", "2", "-1", "-2", "3"], &["$small | 1", "-1", "$small"]),
    kind("index", &["0", "1", "-1", "2", "j", "k", "-2"], &["$small", "$int & 3", "-1"]),
    kind(
        "float",
        &["x", "x", "y", "0.5", "-2.0", "1e300", "0.0", "1.5", "3.25"],
        &[
            "$float + $float",
            "$float - $float",
            "$float * $float",
            "$float / $float",
            "$float + $int",
            "$int * $float",
            "$int / $div",
            "-$float",
            "float($int)",
            "abs($float)",
            "$float // $float",
            "$float % $float",
            "$float if $bool else $float",
            "max($float, $float)",
            "round($float, 2)",
        ],
    ),
    kind(
        "str",
        &["s", "s", "'a'", "''", "'xyz'", "'é'", "S"],
        &[
            "m($str + $str)",
            "$str[$index]",
            "$str[$part:$part]",
            "str($int)",
            "f\"{i}{s!r:>5}{j:03}\"",
            "$str.upper()",
            "'%d-%s' % ($int, $str)",
            "m($str * $small)",
            "'-'.join([$str, $str])",
            "$str.replace('a', $str)",
            "$str if $bool else $str",
            "repr($any)[:9]",
            "'{}:{}'.format($int, $str)",
        ],
    ),
    kind("part", &["", "0", "1", "2", "-1", "-2"], &["$small", "-$small"]),
    kind(
        "list",
        &["l", "l", "[]", "[1, 2, 3]", "[0.5, 1]"],
        &[
            "[$int, $any]",
            "m($list + $list)",
            "$list[$part:$part]",
            "[e for e in $iter if $bool]",
            "list($iter)",
            "[*$list, $int]",
            "[$int for e in range($small)]",
            "sorted([$int, $int, $int])",
            "$list[::$step]",
            "[(e, j) for e in $iter for j in range($small)]",
            "m($list * $small)",
            "$list or [4]",
        ],
    ),
    kind(
        "dict",
        &["d", "d", "{}", "{1: 2}"],
        &["{$key: $any}", "{**d, 'a': $any}", "{e: $int for e in range($small)}", "dict(a=$int, b=$any)"],
    ),
    kind("key", &["0", "1", "'a'", "s", "i", "None", "(1, 2)"], &["$int", "$str", "$tuple"]),
    kind("tuple", &["()", "(1, 2)"], &["($int, $any)", "tuple($list)", "($int, $float, $str)", "(*$list, $any)"]),
    kind(
        "bool",
        &["True", "False", "i", "x", "l", "s", "o"],
        &[
            "$int < $int",
            "$int <= $int",
            "$int > $int",
            "$int == $int",
            "$int != $int",
            "$int == $any",
            "not $any",
            "$bool and $bool",
            "$bool or $bool",
            "$int in $list",
            "$any is None",
            "$any is not None",
            "$int < $int <= $int",
            "isinstance($any, int)",
            "$float < $int",
            "$float == $float",
            "$str == $str",
            "$key in d",
            "$str in $str",
            "$int not in $tuple",
            "$any",
            "$list == $list",
            "$any != $any",
            "hasattr(o, 'x')",
        ],
    ),
    kind(
        "any",
        &["None", "i", "x", "s", "l", "d", "o", "j", "v", "w", "u"],
        &[
            "$int",
            "$int",
            "$float",
            "$str",
            "$list",
            "$dict",
            "$tuple",
            "$bool",
            "$call",
            "$call",
            "d[$key]",
            "d.get($key, $any)",
            "o[$index]",
            "$any if $bool else $any",
            "lambda q, r=$int: (q, r, i)",
            "t($any)",
            "o($any, k=$any)",
            "$any + $int",
            "$int + $any",
            "$bool and $any",
            "$any or $any",
            "O($any)",
            "o + $any",
            "next(g0($small), $any)",
            "(lambda q: q + $int)($int)",
            "...",
            "b'ab'[$index]",
            "v",
            "getattr(o, $str, $int)",
        ],
    ),
    kind(
        "call",
        &["o.get()", "t(i)"],
        &["o.put($any)", "o.put($any, $any, k=$int)", "o.put(*$list)", "o.put(**{'k': $int})", "FUNCTION"],
    ),
    kind(
        "iter",
        &["range(3)", "l", "s", "d", "(1, 2, 3)"],
        &[
            "range($small)",
            "range($small, $small)",
            "range($small, -3, $step)",
            "$list",
            "$str",
            "$tuple",
            "enumerate($list)",
            "g0($small)",
            "zip($list, $str)",
            "reversed($list)",
            "map(lambda q: $int, $list)",
            "d.items()",
            "$dict",
            "(e for e in $list if $bool)",
            "iter($list)",
            "range($small, $small)",
            "bytearray(b'hello')",
        ],
    ),
    kind("error", &["ValueError", "KeyError", "Mine", "LookupError", "TypeError", "Exception"], &[]),
    kind(
        "raised",
        &["ValueError", "Mine", "KeyError(i)", "IndexError", "StopIteration(3)"],
        &["Mine($int)", "ValueError($any)"],
    ),
];

/// Expressions of a viper function, whose values stay far from the bounds of a word: `int` arguments `i j`, a `uint`
/// `n`, objects `s l`, pointers `p q r` to 64 items, other locals `k`, a float `x`.
pub static VIPER: &[Kind] = &[
    kind(
        "int",
        &["i", "i", "j", "j", "k", "0", "1", "2", "3", "-1", "7", "100", "12345", "int(N)"],
        &[
            "$int + $int",
            "$int - $int",
            "($half * $half)",
            "$int * 3 & 65535",
            "$int & $int",
            "$int | $int",
            "$int ^ $int",
            "~$int",
            "-$int",
            "$int >> $shift",
            "($half << $shift)",
            "$int // $div",
            "$int % $div",
            "p[$index]",
            "q[$index]",
            "r[$index]",
            "$int if $bool else $int",
            "int(len(l))",
            "$int + 1",
            "$int - 1",
            "FUNCTION",
            "int(min($int, $int))",
            "int(s[$small])",
        ],
    ),
    kind("half", &["(i & 65535)", "(j & 65535)", "3", "1000"], &["($int & 65535)", "($int & 255)", "-($int & 65535)"]),
    kind("div", &["2", "3", "-3", "7", "1", "-1"], &["(($int & 255) | 1)", "-(($int & 15) | 1)"]),
    kind("shift", &["0", "1", "2", "5", "13"], &["($int & 15)"]),
    kind("index", &["0", "1", "63", "(i & 63)", "(j & 63)"], &["($int & 63)"]),
    kind(
        "bool",
        &["True", "False", "i < j", "i"],
        &[
            "$int < $int",
            "$int <= $int",
            "$int > $int",
            "$int >= $int",
            "$int == $int",
            "$int != $int",
            "not $bool",
            "$bool and $bool",
            "$bool or $bool",
            "$float < $float",
            "$float >= $float",
            "n < 5",
            "p[$index] == 0",
        ],
    ),
    kind(
        "float",
        &["x", "x", "y", "0.5", "-2.0", "1.5"],
        &[
            "$float + $float",
            "$float - $float",
            "$float * $float",
            "-$float",
            "$float / 4.0",
            "$float * 0.5",
            "$float if $bool else $float",
        ],
    ),
    kind("small", &["0", "1", "2", "3", "5", "8"], &["($int & 7)"]),
];

/// An expression of the kind `name`. `FUNCTION` in it is left for the caller.
pub fn grow(dice: &mut Dice, kinds: &'static [Kind], name: &str, depth: usize) -> String {
    // Now and then something is of the wrong type.
    let has_any = kinds.iter().any(|kind| kind.name == "any");
    let bounded = matches!(name, "small" | "shift" | "step" | "part" | "error" | "raised" | "call");
    let name = if has_any && !bounded && depth > 0 && dice.once_in(40) { "any" } else { name };
    let Some(kind) = kinds.iter().find(|kind| kind.name == name) else { return name.to_string() };
    if kind.rows.is_empty() || depth == 0 || dice.once_in(3) {
        return dice.pick(kind.leaves).map_or("0", |leaf| *leaf).to_string();
    }
    let row = dice.pick(kind.rows).copied().unwrap_or("0");
    let text = fill(dice, kinds, row, depth - 1);
    if is_plain(row) || name == "part" { text } else { format!("({text})") }
}

/// Puts expressions for the names in a row.
pub fn fill(dice: &mut Dice, kinds: &'static [Kind], row: &str, depth: usize) -> String {
    let mut pieces = row.split('$');
    let mut out = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(piece.len());
        let (name, rest) = piece.split_at(end);
        out.push_str(&grow(dice, kinds, name, depth));
        out.push_str(rest);
    }
    out
}

/// Whether a row only names a kind, or stands for itself.
fn is_plain(row: &str) -> bool {
    row == "FUNCTION" || row.strip_prefix('$').is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_in_a_row_is_a_kind() {
        for kinds in [PYTHON, VIPER] {
            for row in kinds.iter().flat_map(|kind| kind.rows) {
                for piece in row.split('$').skip(1) {
                    let end = piece.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(piece.len());
                    let name = piece.split_at(end).0;
                    assert!(kinds.iter().any(|kind| kind.name == name), "{name} in {row}");
                }
            }
        }
    }
}
