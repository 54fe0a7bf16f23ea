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
    Kind {
        name: "error",
        words: &["ValueError", "KeyError", "StopIteration", "IndexError", "Exception", "LookupError", "UnicodeError"],
        make: None,
        rows: &[],
    },
    Kind { name: "raised", words: &[], make: None, rows: RAISED },
];

/// Exceptions as values, and what statements make of them.
const RAISED: &[&str] = &[
    "repr($error($any))",
    "str($error($any))",
    "$error($any, $any).args",
    "repr($error())",
    "repr(ValueError($any, $any))",
    "a=$error($any)\na.args=$iter\nr=repr(a)",
    "a=$any\ntry: raise $error(a)\nexcept (KeyError, IndexError) as e: a=[1, e.args]\nexcept Exception as e: a=[2, e.args]",
    "a=[]\ntry: a=[$any, $any]\nexcept TypeError: a=1\nelse: a.append(2)\nfinally: r=3",
    "a=[]\ntry:\n try: raise $error(1)\n except $error as e: raise $error(2) from e\nexcept Exception as e: r=e.args, repr(e.__cause__)",
    "issubclass($error, $error)",
    "a=[]\ntry: raise ExceptionGroup('g', [$error(1), $error(2)])\nexcept* $error as e: a.append(repr(e.exceptions))\nexcept* Exception as e: a.append(2)",
    "a=[]\nwith $memoryview as m: a.append(m.nbytes)",
    "a=gen(1, 2, 3)\nr=next(a), a.close(), list(a)",
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
