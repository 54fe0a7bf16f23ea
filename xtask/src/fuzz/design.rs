//! What differs from CPython by design, and is no finding.

use super::outcome::Outcome;

/// A difference that we mean. What CPython minds is told by the text of its exception, so that a rule says nothing of
/// other operations in the same statement.
struct Rule {
    why: &'static str,
    /// CPython's exception.
    theirs: &'static str,
    /// What its text has, one of them.
    texts: &'static [&'static str],
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
        ours: Ours::Raises(&["UnicodeError"]),
    },
    Rule {
        why: "MicroPython has one error for encoding and decoding",
        theirs: "UnicodeEncodeError",
        texts: &[""],
        ours: Ours::Raises(&["UnicodeError"]),
    },
    Rule {
        why: "a value out of range is OverflowError in every store",
        theirs: "ValueError",
        texts: &["byte must be in range(0, 256)", "memoryview: invalid value for format"],
        ours: Ours::Raises(&["OverflowError"]),
    },
    Rule {
        why: "which is told of first: an index that is too large, or that nothing can be stored there",
        theirs: "IndexError",
        texts: &["cannot fit 'int' into an index-sized integer"],
        ours: Ours::Raises(&["TypeError", "OverflowError"]),
    },
    Rule {
        why: "which of two exceptions says that something is too large depends on how objects are laid out",
        theirs: "MemoryError",
        texts: &[""],
        ours: Ours::Raises(&["OverflowError"]),
    },
    Rule {
        why: "which of two exceptions says that something is too large depends on how objects are laid out",
        theirs: "OverflowError",
        texts: &[""],
        ours: Ours::Raises(&["MemoryError"]),
    },
    Rule {
        why: "MicroPython has no struct.error, and packs and unpacks what is there",
        theirs: "error",
        texts: &[""],
        ours: Ours::Any,
    },
    Rule {
        why: "a view looks its bytes up each time, so they may grow under it",
        theirs: "BufferError",
        texts: &[""],
        ours: Ours::Any,
    },
    Rule {
        why: "slices can be hashed, as in Python 3.12",
        theirs: "TypeError",
        texts: &["unhashable type: 'slice'"],
        ours: Ours::Any,
    },
    Rule {
        why: "bytes have all methods of texts",
        theirs: "AttributeError",
        texts: &["object has no attribute 'format'"],
        ours: Ours::Any,
    },
    Rule {
        why: "MicroPython adds texts to bytes, and bytes to arrays",
        theirs: "TypeError",
        texts: &["can't concat ", "can only append array (not \"b"],
        ours: Ours::Any,
    },
    Rule { why: "CPython's own slip", theirs: "SystemError", texts: &[""], ours: Ours::Any },
];

/// Why two outcomes that are not the same are no finding.
pub fn rule(source: &str, theirs: &Outcome, ours: &Outcome) -> Option<&'static str> {
    if theirs.same(ours) {
        return None;
    }
    if let Some(name) = theirs.exception() {
        let fits = |rule: &&Rule| {
            rule.theirs == name
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
    let (theirs, ours) = (&theirs.result, &ours.result);
    if theirs.contains("OrderedDict([") && ours.contains("OrderedDict({") {
        return Some("the text of Python 3.12");
    }
    if theirs.replace("odict_", "dict_") == *ours || theirs.contains("<built-in ") && ours.contains("<function>") {
        return Some("types of MicroPython's that are one, and have no names of their own");
    }
    if theirs.contains(" at 0x") {
        return Some("an address");
    }
    if let (Ok(theirs), Ok(ours)) = (theirs.parse::<f64>(), ours.parse::<f64>()) {
        let is_power = source.contains(" ** ") || source.contains("pow(");
        let is_near = (theirs - ours).abs() <= theirs.abs() * 4.0 * f64::EPSILON;
        return (is_power && is_near).then_some("the last digit of a power is up to a system's mathematics");
    }
    None
}
