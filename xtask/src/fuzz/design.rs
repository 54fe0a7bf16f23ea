//! What differs from CPython by design, and is no finding.

/// An exception of another kind that we mean to raise.
struct Other {
    /// What the statement says; anything when empty.
    says: &'static str,
    theirs: &'static str,
    ours: &'static str,
}

/// Kinds of exceptions: MicroPython's where programs know them. Texts are never compared.
const OTHERS: &[Other] = &[
    // MicroPython has one error for both directions.
    Other { says: "", theirs: "UnicodeDecodeError", ours: "UnicodeError" },
    Other { says: "", theirs: "UnicodeEncodeError", ours: "UnicodeError" },
    // A value out of range is OverflowError in every store.
    Other { says: "bytearray", theirs: "ValueError", ours: "OverflowError" },
    Other { says: "memoryview", theirs: "ValueError", ours: "OverflowError" },
    // Which of the two says that something is too large depends on how objects are laid out.
    Other { says: "", theirs: "MemoryError", ours: "OverflowError" },
    Other { says: "", theirs: "OverflowError", ours: "MemoryError" },
];

/// What MicroPython takes and CPython refuses: what our value begins with, and what the statement says.
const TAKEN: &[(&str, &str)] = &[("b'", "+"), ("bytearray(", "+"), ("b'", "%"), ("bytearray(", "%")];

/// Whether two outcomes are the same, or differ by design. An outcome is a result and what `a` is afterwards, with a
/// bar between.
pub fn agree(source: &str, theirs: &str, ours: &str) -> bool {
    if theirs == ours {
        return true;
    }
    let (Some((theirs, their_a)), Some((ours, our_a))) = (theirs.split_once('|'), ours.split_once('|')) else {
        return false;
    };
    // MicroPython has no `struct.error`, and packs and unpacks what is there: too much is no error.
    if theirs == "!error" && source.contains("struct.") {
        return true;
    }
    let value = if ours == "done" { our_a } else { ours };
    if theirs == "!TypeError" && TAKEN.iter().any(|(begin, says)| value.starts_with(begin) && source.contains(says)) {
        return true;
    }
    their_a == our_a
        && OTHERS.iter().any(|other| {
            source.contains(other.says)
                && theirs.strip_prefix('!') == Some(other.theirs)
                && ours.strip_prefix('!') == Some(other.ours)
        })
}
