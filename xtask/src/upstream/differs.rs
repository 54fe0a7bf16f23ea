//! Tests that fail on purpose: the first column of a table in docs/differences.md, the last one says why.

use std::collections::BTreeSet;

use super::judge::Verdict;
use crate::{read, root};

/// The names of the tests.
pub struct Differs(BTreeSet<String>);

impl Differs {
    /// Reads the page.
    pub fn read() -> Result<Differs, String> {
        Ok(Differs(names(&read(&root().join("docs/differences.md"))?)))
    }

    /// A failure that the page explains is none.
    pub fn apply(&self, test: &str, verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::Fail { output, expected } if self.0.contains(test) => Verdict::Differ { output, expected },
            Verdict::Pass | Verdict::Fail { .. } | Verdict::Differ { .. } | Verdict::Skip => verdict,
        }
    }
}

/// Rows look like ``| `basics/a.py` `basics/b.py` | reason |``.
fn names(page: &str) -> BTreeSet<String> {
    let cells = page.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let words = cells.flat_map(|(first, _)| first.split_whitespace());
    let tests = words.filter_map(|word| word.strip_prefix('`')?.strip_suffix('`'));
    tests.filter(|test| test.contains('/') && test.ends_with(".py")).map(str::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_stand_in_the_first_column() {
        let page = "a `x/y.py`\n| what | why |\n| `a/b.py` `c/d.py` | as `e/f.py` |\n| `repr(x)` | Python |\n";
        assert_eq!(names(page).into_iter().collect::<Vec<_>>(), ["a/b.py", "c/d.py"]);
    }
}
