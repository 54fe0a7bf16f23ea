//! Where our programs differ from CPython's because we mean them to: told by what CPython raises on the way.

use std::path::Path;

use super::tree::{self, Node};
use super::{Sort, batch, viper};

/// Texts of exceptions that we do not raise, as MicroPython does not.
const MEANT: [&str; 10] = [
    // Containers may change while they are walked through.
    "changed size during iteration",
    "keys changed during iteration",
    "mutated during iteration",
    // Bytes go into arrays, if their items are as wide.
    "can only assign array",
    // A text is added to bytes.
    "can't concat str to",
    // Coroutines are generators.
    "'coroutine' object is not iterable",
    "non-iterable coroutine object",
    "'coroutine' object is not an iterator",
    // Slices can be hashed, as in Python 3.12, and whatever is derived from may have slots.
    "unhashable type: 'slice'",
    "nonempty __slots__ not supported for subtype of",
];

/// CPython, under a bound on its memory in KiB, so that it tells what is raised.
const WATCHED: [&str; 4] = ["sh", "-c", "ulimit -v 1000000; exec python3 -W ignore \"$@\" raised", "sh"];

/// Whether CPython raises such an exception while it runs the last of `programs`, also one that the program handles.
pub fn is_meant(folder: &Path, sort: Sort, programs: &[Vec<Node>]) -> Result<bool, String> {
    let texts: Vec<_> = programs
        .iter()
        .map(|program| match sort {
            Sort::Python => tree::text(program),
            Sort::Viper => viper::plain(&tree::text(program)),
        })
        .collect();
    let outputs = batch::outputs(&WATCHED, folder, ".watched.txt", &texts)?;
    let mut raised =
        outputs.last().into_iter().flat_map(|text| text.lines()).filter(|line| line.starts_with("raised:"));
    Ok(raised.any(|line| MEANT.iter().any(|meant| line.contains(meant))))
}
