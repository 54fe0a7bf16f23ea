//! What differs from CPython by design, and is no finding.

use super::alike::{near, plain};
use super::outcome::Outcome;

/// A difference that we mean. What CPython minds is told by the text of its exception, so that a rule says nothing of
/// other operations in the same statement.
struct Rule {
    why: &'static str,
    /// CPython's exception.
    theirs: &'static str,
    /// What its text has, one of them.
    texts: &'static [&'static str],
    /// What the statement has, one of them; anything when there are none.
    says: &'static [&'static str],
    ours: Ours,
}

/// What is ours where CPython raises.
enum Ours {
    /// A value, or an exception of what is done with the value afterwards.
    Any,
    /// One of these exceptions.
    Raises(&'static [&'static str]),
}

const RULES: &[Rule] = &[
    Rule {
        why: "MicroPython has one error for encoding and decoding",
        theirs: "UnicodeDecodeError",
        texts: &[""],
        says: &[],
        ours: Ours::Raises(&["UnicodeError"]),
    },
    Rule {
        why: "MicroPython has one error for encoding and decoding",
        theirs: "UnicodeEncodeError",
        texts: &[""],
        says: &[],
        ours: Ours::Raises(&["UnicodeError"]),
    },
    Rule {
        why: "a value out of range is OverflowError in every store",
        theirs: "ValueError",
        texts: &["byte must be in range(0, 256)", "memoryview: invalid value for format"],
        says: &[],
        ours: Ours::Raises(&["OverflowError"]),
    },
    Rule {
        why: "which is told of first: an index that is too large, or that nothing can be stored there",
        theirs: "IndexError",
        texts: &["cannot fit 'int' into an index-sized integer"],
        says: &[],
        ours: Ours::Raises(&["TypeError", "OverflowError"]),
    },
    Rule { why: "CPython has less memory", theirs: "MemoryError", texts: &[""], says: &[], ours: Ours::Any },
    Rule {
        why: "which of two exceptions says that something is too large depends on how objects are laid out",
        theirs: "OverflowError",
        texts: &[""],
        says: &[],
        ours: Ours::Raises(&["MemoryError"]),
    },
    Rule {
        why: "MicroPython packs and unpacks what is there",
        theirs: "error",
        texts: &["pack expected ", "pack_into expected ", "unpack requires a buffer of "],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython has no struct.error",
        theirs: "error",
        texts: &[
            "bad char in struct format",
            "repeat count given without format specifier",
            "total struct size too long",
            "embedded null character",
            "unpack_from requires a buffer of at least",
            "iteratively unpack",
            "iterative unpacking requires a buffer of a multiple",
            "offset ",
        ],
        says: &[],
        ours: Ours::Raises(&["ValueError"]),
    },
    Rule {
        why: "MicroPython has no struct.error",
        theirs: "error",
        texts: &["argument out of range", "int too large to convert", " format requires "],
        says: &[],
        ours: Ours::Raises(&["OverflowError"]),
    },
    Rule {
        why: "MicroPython has no struct.error",
        theirs: "error",
        texts: &["required argument is not ", "char format requires "],
        says: &[],
        ours: Ours::Raises(&["TypeError", "ValueError", "OverflowError"]),
    },
    Rule {
        why: "MicroPython packs texts as well as bytes",
        theirs: "error",
        texts: &["argument for 's' must be a bytes object", "argument for 'p' must be a bytes object"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "CPython keeps formats of struct by their hash",
        theirs: "ValueError",
        texts: &["cannot hash writable memoryview object", "hashing is restricted to formats"],
        says: &[],
        ours: Ours::Raises(&["TypeError"]),
    },
    Rule {
        why: "int.is_integer is of Python 3.12",
        theirs: "AttributeError",
        texts: &["'int' object has no attribute 'is_integer'", "'bool' object has no attribute 'is_integer'"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "a view looks its bytes up each time, so they may grow under it; when it is no longer in use is not known",
        theirs: "BufferError",
        texts: &["Existing exports of data: object cannot be re-sized"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "what is removed from a dict or set while it is walked over is no error, as in MicroPython",
        theirs: "RuntimeError",
        texts: &[
            "changed size during iteration",
            "OrderedDict mutated during iteration",
            "keys changed during iteration",
        ],
        says: &["del ", "pop(", "popitem(", "discard(", "remove(", "clear("],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython adds up texts",
        theirs: "TypeError",
        texts: &["sum() can't sum strings", "sum() can't sum bytes", "sum() can't sum bytearray"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "arrays, bytes and views of them are in order with each other, as in MicroPython",
        theirs: "TypeError",
        texts: &[
            "not supported between instances of 'memoryview' and",
            "not supported between instances of 'array.array' and 'byte",
            "not supported between instances of 'array.array' and 'memoryview'",
            "not supported between instances of 'bytes' and 'array.array'",
            "not supported between instances of 'bytearray' and 'array.array'",
            "not supported between instances of 'bytes' and 'memoryview'",
            "not supported between instances of 'bytearray' and 'memoryview'",
        ],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython has one error for typecodes",
        theirs: "UnicodeEncodeError",
        texts: &["'ascii' codec can't encode"],
        says: &[".cast(", "struct."],
        ours: Ours::Raises(&["ValueError"]),
    },
    Rule {
        why: "arrays are extended by bytes as they lie, as in MicroPython",
        theirs: "OverflowError",
        texts: &["is less than minimum", "is greater than maximum"],
        says: &[".extend("],
        ours: Ours::Any,
    },
    Rule {
        why: "views have one dimension: no tuple is an index",
        theirs: "NotImplementedError",
        texts: &["sub-views are not implemented", "multi-dimensional"],
        says: &[],
        ours: Ours::Raises(&["TypeError"]),
    },
    Rule {
        why: "what stands behind a star in a call is walked over when all arguments are there, as in MicroPython",
        theirs: "LookupError",
        texts: &["G"],
        says: &["(*"],
        ours: Ours::Any,
    },
    Rule {
        why: "what stands behind a star in a call is walked over when all arguments are there, as in MicroPython",
        theirs: "TypeError",
        texts: &["Value after * must be an iterable"],
        says: &["(*", ", *"],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython takes a text's bytes",
        theirs: "TypeError",
        texts: &["'str' object cannot be interpreted as an integer"],
        says: &[".extend("],
        ours: Ours::Any,
    },
    Rule {
        why: "slices can be hashed, as in Python 3.12",
        theirs: "TypeError",
        texts: &["unhashable type: 'slice'"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "bytes have all methods of texts",
        theirs: "AttributeError",
        texts: &["object has no attribute 'format'"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython adds texts to bytes, and bytes to arrays",
        theirs: "TypeError",
        texts: &[
            "can't concat ",
            "can only append array (not \"b",
            "can only append array (not \"m",
            "can only extend array with array (not \"b",
            "can only extend array with array (not \"m",
            "unsupported operand type(s) for +: 'memoryview' and",
            "unsupported operand type(s) for +=: 'memoryview' and",
        ],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython's sum takes texts",
        theirs: "TypeError",
        texts: &["sum() can't sum "],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython writes any value for %s in bytes, and a text for %c",
        theirs: "TypeError",
        texts: &["%b requires a bytes-like object", "%c requires an integer in range(256) or a single byte"],
        says: &[],
        ours: Ours::Any,
    },
    Rule {
        why: "SyntaxError, as in Python 3.12",
        theirs: "ValueError",
        texts: &["source code string cannot contain null bytes"],
        says: &[],
        ours: Ours::Raises(&["SyntaxError"]),
    },
    Rule {
        why: "the letters of a format in struct are not encoded",
        theirs: "UnicodeEncodeError",
        texts: &["'ascii' codec can't encode character"],
        says: &[],
        ours: Ours::Raises(&["ValueError"]),
    },
    Rule {
        why: "CPython looks at what is behind ** before it looks into the one *",
        theirs: "TypeError",
        texts: &["argument after ** must be a mapping"],
        says: &[],
        ours: Ours::Raises(&["LookupError", "KeyError", "RuntimeError"]),
    },
    Rule {
        why: "CPython's own slip: the error of an int too large for a float is lost",
        theirs: "TypeError",
        texts: &["float argument required, not int"],
        says: &[],
        ours: Ours::Raises(&["OverflowError"]),
    },
    Rule {
        why: "CPython's own slip: the error itself cannot be made",
        theirs: "OverflowError",
        texts: &["character argument not in range(0x110000)"],
        says: &[],
        ours: Ours::Raises(&["ValueError"]),
    },
    Rule {
        why: "a flag may be any int",
        theirs: "OverflowError",
        texts: &["Python int too large to convert to C int"],
        says: &[".splitlines("],
        ours: Ours::Any,
    },
    Rule { why: "CPython's own slip", theirs: "SystemError", texts: &[""], says: &[], ours: Ours::Any },
];

/// Why two outcomes that are not the same are no finding.
pub fn rule(source: &str, theirs: &Outcome, ours: &Outcome) -> Option<&'static str> {
    if theirs.same(ours) {
        return None;
    }
    if theirs.died() {
        return Some("CPython does not end it");
    }
    if (plain(&theirs.result), plain(&theirs.after)) == (plain(&ours.result), plain(&ours.after)) {
        return Some("objects without a text of their own, and types of MicroPython's that are one");
    }
    if ours.text.starts_with("unsupported type for __hash__") && theirs.exception().is_some() && source.contains('{') {
        return Some(
            "a display of a dict stores each entry as it comes, so that a key without a hash is told of first",
        );
    }
    if ours.text == "keywords must be strings" && source.contains("**") {
        return Some("built-in functions look at the keywords first");
    }
    if let Some(name) = theirs.exception() {
        let fits = |rule: &&Rule| {
            rule.theirs == name
                && (rule.says.is_empty() || rule.says.iter().any(|text| source.contains(text)))
                && rule.texts.iter().any(|text| theirs.text.contains(text))
                && match rule.ours {
                    Ours::Any => !ours.died(),
                    Ours::Raises(names) => ours.exception().is_some_and(|name| names.contains(&name)),
                }
        };
        return RULES.iter().find(fits).map(|rule| rule.why);
    }
    values(source, theirs, ours)
}

fn values(source: &str, theirs: &Outcome, ours: &Outcome) -> Option<&'static str> {
    if ours.exception() == Some("MemoryError") && asked(&ours.text) > MUCH {
        return Some("our heap is bounded while this runs, and what grows is there twice for a moment");
    }
    if ours.exception() == Some("RuntimeError") && source.contains("OrderedDict") && source.contains("for x in a") {
        return Some("CPython's OrderedDict looks ahead: what is added while the last entry is in hand is not seen");
    }
    if theirs.after.starts_with("array(") && has(source, &[".extend("]) && has(source, BYTES) {
        return Some("arrays are extended by bytes as they lie, as in MicroPython");
    }
    if ours.text.starts_with("memoryview indices must be integers, not tuple") {
        return Some("views have one dimension: no tuple is an index");
    }
    if of_a_set(source)
        && sorted(&theirs.result) == sorted(&ours.result)
        && sorted(&theirs.after) == sorted(&ours.after)
    {
        return Some("sets have the order in which they were filled");
    }
    let (theirs, ours) = (&theirs.result, &ours.result);
    if has(source, &["reversed("])
        && has(source, &["repr(", "str(", "'%", "ascii(", "format("])
        && is_text(theirs)
        && is_text(ours)
    {
        return Some("part of the text of an object without one");
    }
    if theirs.starts_with("class ") && ["class function", "class iterator"].contains(&ours.as_str()) {
        return Some("types of MicroPython's that are one");
    }
    if source.contains("N12(") && near(theirs, ours) {
        return Some("the last digits of functions are up to a system's mathematics");
    }
    None
}

/// More bytes than this need not be there twice.
const MUCH: u64 = 200_000_000;

/// How many bytes a MemoryError says were asked for.
fn asked(text: &str) -> u64 {
    text.split(' ').find_map(|word| word.parse().ok()).unwrap_or(0)
}

/// What gives bytes.
const BYTES: &[&str] = &["b'", "b\"", "bytes", "bytearray(", "memoryview(", ".encode(", "struct.pack"];

fn has(source: &str, words: &[&str]) -> bool {
    words.iter().any(|word| source.contains(word))
}

/// Whether a result is a text.
fn is_text(result: &str) -> bool {
    result.starts_with(['\'', '"'])
}

/// Whether a statement makes a set whose order may show.
fn of_a_set(source: &str) -> bool {
    has(source, &["set(", "{", ".keys()", ".items()"])
        && has(source, &["list(", "tuple(", "[*", "(*", "iter", "for ", "map(", "zip("])
}

/// The items of a text of a list, in order.
fn sorted(text: &str) -> Vec<&str> {
    let mut items: Vec<&str> =
        text.split(&['[', ']', '(', ')', '{', '}', ',', ' ']).filter(|item| !item.is_empty()).collect();
    items.sort_unstable();
    items
}
