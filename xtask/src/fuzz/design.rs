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
    // Which is told of first: an index that is too large, or that nothing can be stored there.
    Other { says: "2**", theirs: "IndexError", ours: "TypeError" },
    Other { says: "2**", theirs: "IndexError", ours: "OverflowError" },
    // Which of the two says that something is too large depends on how objects are laid out.
    Other { says: "", theirs: "MemoryError", ours: "OverflowError" },
    Other { says: "", theirs: "OverflowError", ours: "MemoryError" },
];

/// What MicroPython takes and CPython refuses: what our value begins with, and what the statement says.
const TAKEN: &[(&str, &str)] = &[
    ("b'", "+"),
    ("b\"", "+"),
    ("bytearray(", "+"),
    ("array(", "+"),
    ("b'", "%"),
    ("b\"", "%"),
    ("bytearray(", "%"),
    ("True", "memoryview"),
    ("False", "memoryview"),
];

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
    // A view looks its bytes up each time, so they may grow under it.
    if theirs == "!BufferError" {
        return true;
    }
    // Slices can be hashed, as in Python 3.12.
    if theirs == "!TypeError" && source.contains("slice(") {
        return true;
    }
    // What is made of a sum or a format that MicroPython takes and CPython does not.
    let is_taken = source.contains('+') || source.contains("b'%");
    if theirs == "!TypeError" && is_taken && ["b'", "bytearray", "array("].iter().any(|b| source.contains(b)) {
        return true;
    }
    // The text of Python 3.12.
    if theirs.contains("OrderedDict([") && ours.contains("OrderedDict({") {
        return true;
    }
    // Types of MicroPython's that are one, and have no names of their own.
    let plainer = theirs.replace("odict_", "dict_");
    if plainer == ours || theirs.contains(" at 0x") || theirs.contains("<built-in ") && ours.contains("<function>") {
        return true;
    }
    // CPython asks whether there is such an encoding only when there is something to decode.
    if ours == "!LookupError" && (source.contains(".decode(") || source.contains("str(")) {
        return true;
    }
    // Bytes have all methods of texts.
    if theirs == "!AttributeError" && source.contains(".format") {
        return true;
    }
    // CPython's own slip.
    if theirs == "!SystemError" {
        return true;
    }
    // The last digit of a power is up to a system's mathematics.
    if let (Ok(theirs), Ok(ours)) = (theirs.parse::<f64>(), ours.parse::<f64>()) {
        let is_power = source.contains("**") || source.contains("pow(");
        return is_power && (theirs - ours).abs() <= theirs.abs() * 4.0 * f64::EPSILON;
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
