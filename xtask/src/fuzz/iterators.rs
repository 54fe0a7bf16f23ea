//! Iterators, and functions of what can be iterated.

use super::grammar::Kind;

/// Kinds of iterators.
pub static KINDS: &[Kind] = &[
    Kind {
        name: "gen",
        words: &["gen()", "gen(1, 2, 3)", "(x*2 for x in [1, 2])", "iter([1, 2])", "iter('ab')"],
        make: None,
        rows: &["gen($any, $any)", "iter($iter)", "(x for x in $iter)", "reversed($seq)", "iter(lambda: 1, 1)"],
    },
    Kind { name: "map", words: &["zip()", "map(str, [1, 2])"], make: None, rows: MAP },
];

const MAP: &[&str] = &[
    "zip($iter, $iter)",
    "zip($iter, $iter, strict=$flag)",
    "zip($any)",
    "map($fun, $iter)",
    "map($fun, $iter, $iter)",
    "map(lambda x, y: x + y, $iter, $iter)",
    "filter($pred, $iter)",
    "filter($fun, $any)",
    "enumerate($iter)",
    "enumerate($iter, $int)",
    "enumerate($iter, start=$any)",
    "enumerate(iterable=$iter)",
    "reversed($any)",
    "reversed($list)",
    "next(iter($iter))",
    "next(iter($iter), $any)",
    "next($any)",
    "a=iter($fun, $any)",
    "min($iter)",
    "max($iter, default=$any)",
    "min($iter, key=$key, default=$any)",
    "max($any, $any, key=$key)",
    "min([$real, $real, $real])",
    "max($real, $real, $real)",
    "sum($iter)",
    "sum([$num, $num, $num])",
    "sum([$list, $list], [])",
    "sum([$tuple, $tuple], ())",
    "sum($iter, $any)",
    "sum($iter, start=$any)",
    "sorted([$real, $real, $real, $real])",
    "list(zip(*[$list, $tuple]))",
    "[x for x in $iter for y in $iter]",
    "{x: y for x, y in zip($iter, $iter)}",
    "a=gen(1, 2, 3)\nr=[next(a), a.send(None), a.close(), next(a, $any)]",
    "a=gen($any, 2)\nnext(a)\na.throw(KeyError)",
    "a=iter($list)\nr=[x for x in a if next(a, None)]",
];
