//! What is generated: kinds of values, each with its literals and the rows of Python that make it from other values.
//!
//! In a row `$name` stands for a value of the kind `name`. A row that begins with `a=` is a whole statement: it says
//! itself what `a` is, and may set `r`.

use super::Dice;
use super::literals;

/// A kind of values.
pub struct Kind {
    /// What rows call it.
    pub name: &'static str,
    /// Literals worth having.
    pub words: &'static [&'static str],
    /// Makes other literals.
    pub make: Option<fn(&mut Dice) -> String>,
    /// Rows that make it of other values.
    pub rows: &'static [&'static str],
}

/// Finds a kind by name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.name == name)
}

/// All of them.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    [
        KINDS,
        super::numbers::KINDS,
        super::text::KINDS,
        super::containers::KINDS,
        super::hostile::KINDS,
        super::iterators::KINDS,
        super::buffers::KINDS,
    ]
    .into_iter()
    .flatten()
}

const fn words(name: &'static str, words: &'static [&'static str]) -> Kind {
    Kind { name, words, make: None, rows: &[] }
}

const fn made(name: &'static str, make: fn(&mut Dice) -> String) -> Kind {
    Kind { name, words: &[], make: Some(make), rows: &[] }
}

/// The kinds that have no type of their own: arguments, and unions.
static KINDS: &[Kind] = &[
    words("small", &["0", "1", "2", "3", "5", "7", "-1", "-2", "-3", "True", "I(2)", "11", "20", "None"]),
    words("index", &["0", "1", "2", "-1", "-2", "3", "-4", "10", "-10", "2**70", "-2**70", "I(1)", "True", "None"]),
    words(
        "part",
        &["", "", "0", "1", "2", "3", "-1", "-2", "-3", "10", "-10", "None", "2**65", "-2**65", "I(1)", "True", "5"],
    ),
    Kind {
        name: "slice",
        words: &["::2", "::-1", ":", "1:", ":1", "::0"],
        make: None,
        rows: &["$part:$part", "$part:$part:$part"],
    },
    words("huge", &["2**63", "2**64", "2**70", "-2**63", "2**61", "2**62", "10**18", "-2**70"]),
    words("mod", &["1", "2", "7", "-7", "2**61-1", "10**9+7", "0", "-1", "2**64", "3**50", "1.5", "'a'"]),
    words("enc", &["'utf-8'", "'utf8'", "'ascii'", "'latin-1'", "'UTF-8'", "'utf_8'", "'iso-8859-1'", "'nope'"]),
    words("err", &["'strict'", "'ignore'", "'replace'", "'backslashreplace'"]),
    words("encerr", &["'strict'", "'ignore'", "'replace'", "'backslashreplace'", "'xmlcharrefreplace'"]),
    words("order", &["'little'", "'big'", "'little'", "'big'", "'middle'", "b'big'"]),
    words("flag", &["True", "False", "0", "1", "[]", "None"]),
    words("key", &["None", "lambda x: -x", "abs", "str", "lambda x: 1/0", "repr", "len", "bool", "5"]),
    words(
        "fun",
        &["str", "abs", "lambda *p: p", "lambda x: x", "bool", "lambda: 0", "None", "int", "repr", "lambda x: x*2"],
    ),
    words("pred", &["None", "bool", "lambda x: x", "callable", "lambda x: not x", "lambda x: 1/0"]),
    words("code", &["'b'", "'B'", "'h'", "'H'", "'i'", "'I'", "'l'", "'L'", "'q'", "'Q'", "'f'", "'d'", "'x'", "''"]),
    words("icode", &["'b'", "'B'", "'h'", "'H'", "'i'", "'I'", "'q'", "'Q'"]),
    words(
        "point",
        &[
            "0", "65", "127", "128", "255", "256", "0x3a3", "0xffff", "0x10000", "0x10ffff", "0x110000", "-1", "2**40",
            "1.5", "I(66)",
        ],
    ),
    words("cast", &["'b'", "'B'", "'h'", "'H'", "'i'", "'I'", "'q'", "'Q'", "'f'", "'d'", "'c'", "'z'"]),
    words("op", &["+", "-", "*", "/", "//", "%", "&", "|", "^", "@"]),
    words("cmp", &["==", "!=", "<", "<=", ">", ">="]),
    made("spec", literals::spec),
    made("percent", literals::percent),
    made("numtext", literals::number_text),
    made("inttext", literals::int_text),
    made("fields", literals::fields),
    made("pack", literals::pack),
    made("packed", literals::packed),
    words(
        "object",
        &["I(3)", "F(2.5)", "N(1)", "N(0)", "L([1, 2])", "G(1, 2)", "object", "int", "len", "...", "NotImplemented"],
    ),
    Kind {
        name: "num",
        words: &[],
        make: None,
        rows: &["$int", "$int", "$float", "$float", "$bool", "$complex", "N(2)"],
    },
    Kind { name: "real", words: &["I(3)", "F(2.5)"], make: None, rows: &["$int", "$float", "$bool"] },
    Kind {
        name: "hashable",
        words: &["None", "N(3)", "N(3)", "()", "..."],
        make: None,
        rows: &["$int", "$float", "$str", "$bytes", "$bool", "$tuple", "$range", "$complex", "frozenset()"],
    },
    Kind {
        name: "seq",
        words: &["L([1, 2, 3])"],
        make: None,
        rows: &["$str", "$bytes", "$list", "$tuple", "$bytearray", "$range", "$array", "$deque", "$memoryview"],
    },
    Kind {
        name: "iter",
        words: &["G(1, 2, 3)", "G(1, '!')", "{7}", "set()"],
        make: None,
        rows: &["$seq", "$seq", "$dict", "$list", "$view", "$gen", "$map"],
    },
    Kind {
        name: "ints",
        words: &["[1, 2]", "[97, 98, 300]", "[-1]"],
        make: None,
        rows: &["[$int, $int, $int]", "($int, $bool)", "$range", "[$int]", "$bytes"],
    },
    Kind {
        name: "any",
        words: &["None", "set()", "{1}", "frozenset('a')"],
        make: None,
        rows: &["$num", "$num", "$seq", "$seq", "$dict", "$slices", "$view", "$object", "$hashable", "$str", "$list"],
    },
    Kind {
        name: "result",
        words: &[],
        make: None,
        rows: &[
            "$any $op $any",
            "$num $op $num",
            "$any $cmp $any",
            "$num $cmp $num",
            "$seq $cmp $seq",
            "$any in $any",
            "$any not in $iter",
            "-$any",
            "+$any",
            "~$any",
            "not $any",
            "$any and $any",
            "$any or $any",
            "$any if $any else $any",
            "$any[$any]",
            "$seq[$index]",
            "$seq[$slice]",
            "$any($any)",
            "$seq + $seq",
            "$seq * $small",
            "$small * $seq",
            "$any << $any",
            "$real $cmp $real $cmp $real",
            "bool($any)",
            "len($any)",
            "repr($any)",
            "ascii($any)",
            "str($any)",
            "callable($any)",
            "type($any)",
            "isinstance($any, (int, str, list))",
            "isinstance($any, $any)",
            "issubclass($any, $any)",
            "(lambda v, w: hash(v) == hash(w) if v == w else 0)($any, $any)",
            "(lambda v, w: v != w or hash(v) == hash(w))($num, $num)",
            "hash($hashable) and 0",
            "id($any) and 0",
            "iter($any)",
            "list($any)",
            "tuple($any)",
            "dict($any)",
            "bytes($any)",
            "bytearray($any)",
            "abs($any)",
            "int($any)",
            "float($any)",
            "complex($any)",
            "complex($any, $any)",
            "round($any)",
            "round($any, $small)",
            "divmod($any, $any)",
            "pow($any, $any, $mod)",
            "hex($any)",
            "chr($any)",
            "ord($any)",
            "range($any, $any)",
            "sorted($any)",
            "min($any)",
            "max($any, $any)",
            "sum($any, $any)",
            "getattr($any, $str, 0) and 0",
            "hasattr($any, 'foo')",
            "format($any, $str)",
            "(lambda *p, **k: (p, k))(*$iter, **$dict)",
            "(lambda x, y=2, *p: (x, y, p))(*$iter)",
            "[*$iter, *$any]",
            "(*$iter, 1)",
            "{**$dict, 'z': 1, **$dict}",
        ],
    },
    Kind {
        name: "statement",
        words: &[],
        make: None,
        rows: &[
            "a=$any\na+=$any",
            "a=$any\na*=$small",
            "a=$num\na-=$num",
            "a=$any\na|=$any",
            "a=$any\na%=$any",
            "a=$num\na//=$num",
            "a=$any\na[$any]=$any",
            "a=$any\ndel a[$any]",
            "a=0\nx, y=$any\nr=(x, y)",
            "a=0\nx, *y=$iter\nr=(x, y)",
            "a=0\nx, *y, z=$iter\nr=(x, y, z)",
            "a=0\n(x, y), z=$any, $any\nr=(x, y, z)",
            "a=[]\nfor x in $iter:\n a.append(x)",
            "a=[]\nfor x, y in $iter:\n a.append(y)",
            "a=[x for x in $iter if x]",
            "a={x: 1 for x in $iter}",
            "a=$any\nr=[x for x in a]",
            "a=$any\nx=a\nx+=$any\nr=type(a) in MUTABLE and x is a",
            "a=$any\nr=a==a, a!=a",
        ],
    },
];
