//! What differs from CPython by design, and is no finding.

use super::alike::{near, plain};
use super::outcome::Outcome;
use super::raised::{Ours, RULES, Rule, STARS};

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
    if has(source, SETS) && pairs_fail(theirs) && pairs_fail(ours) && theirs.kind() != ours.kind() {
        return Some(
            "sets have the order in which they were filled, which says what is told first of items that are no pairs",
        );
    }
    if has(source, &["N12(", "**", "pow("]) && near(&theirs.result, &ours.result) && near(&theirs.after, &ours.after) {
        return Some("the last digits of functions are up to a system's mathematics");
    }
    if theirs.exception() == Some("error") && source.contains("struct.") && source.contains("\nexcept ") {
        return Some("MicroPython has no struct.error, so that another clause catches what it raises");
    }
    if ours.text == "invalid format specifier" && theirs.exception().is_none() && source.contains("\\x00") {
        return Some("CPython takes a NUL for no type at all when it formats floats");
    }
    if source.contains("bytearray(") && unescaped(theirs) == unescaped(ours) {
        return Some(
            "CPython 3.11 puts a backslash before single quotes in the text of a bytearray that has double ones",
        );
    }
    if has(source, &["\\u019b", "\\u0264"]) && theirs.exception().is_none() && ours.exception().is_none() {
        return Some("these letters are capitalised since Unicode 16, which CPython 3.11 is older than");
    }
    if let Some(name) = theirs.exception() {
        if has(source, &[".sort("]) && theirs.result == ours.result && sorted(&theirs.after) == sorted(&ours.after) {
            return Some("in which order a list is left that could not be sorted");
        }
        let fits = |rule: &&Rule| {
            rule.theirs == name
                && (rule.says.is_empty() || rule.says.iter().any(|text| source.contains(text)))
                && rule.texts.iter().any(|text| theirs.text.contains(text))
                && match rule.ours {
                    Ours::Any => !ours.died(),
                    Ours::Raises(names) => ours.exception().is_some_and(|name| names.contains(&name)),
                }
        };
        let stars = source.contains("(*") && source.contains(", *") && ours.exception().is_some();
        return RULES.iter().find(fits).map(|rule| rule.why).or(stars.then_some(STARS));
    }
    values(source, theirs, ours)
}

/// What came of it, without backslashes.
fn unescaped(outcome: &Outcome) -> (String, String) {
    (outcome.result.replace('\\', ""), outcome.after.replace('\\', ""))
}

fn values(source: &str, theirs: &Outcome, ours: &Outcome) -> Option<&'static str> {
    if ours.exception() == Some("MemoryError") && asked(&ours.text) > MUCH {
        return Some("our heap is bounded while this runs, and what grows is there twice for a moment");
    }
    if ours.exception() == Some("RuntimeError") && source.contains("OrderedDict") && source.contains("for x in a") {
        return Some("CPython's OrderedDict looks ahead: what is added while the last entry is in hand is not seen");
    }
    if has(source, &["for x in (range(", "for y in (range("]) {
        // An end that is only an index has no order; a start that is a truth value is the first number.
        let compared = ours.text.starts_with("unsupported types for __") && ours.text.contains("'I'");
        let truth = has(source, &["range(True,"]) && theirs.after == ours.after.replacen("True", "1", 1);
        if compared || truth {
            return Some(
                "counting by `for` over range() starts with and compares with what is given, as in MicroPython",
            );
        }
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
    if theirs.starts_with("class ")
        && (["class function", "class iterator"].contains(&ours.as_str())
            || (ours == "class reversed" && theirs.contains("reverse")))
    {
        return Some("types of MicroPython's that are one");
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

/// What makes sets.
const SETS: &[&str] = &["set(", "{", ".keys()", ".items()"];

/// Whether an item was no pair of key and value: no row at all, or one of another length.
fn pairs_fail(outcome: &Outcome) -> bool {
    const ROWLESS: &[&str] =
        &["cannot convert dictionary update sequence", "object is not iterable", "object isn't iterable"];
    const LONG: &[&str] = &["update sequence", "need more than ", "too many values to unpack"];
    match outcome.exception() {
        Some("TypeError") => has(&outcome.text, ROWLESS),
        Some("ValueError") => has(&outcome.text, LONG),
        Some(_) | None => false,
    }
}

/// Whether a statement makes a set whose order may show.
fn of_a_set(source: &str) -> bool {
    has(source, SETS) && has(source, &["list(", "tuple(", "[*", "(*", "iter", "for ", "map(", "zip(", "slice("])
}

/// The items of a text of a list, in order.
fn sorted(text: &str) -> Vec<&str> {
    let mut items: Vec<&str> =
        text.split(&['[', ']', '(', ')', '{', '}', ',', ' ']).filter(|item| !item.is_empty()).collect();
    items.sort_unstable();
    items
}
