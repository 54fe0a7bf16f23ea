//! Tests that docs/differences.md names: those that fail on purpose, and those that wait for later work.

use std::collections::BTreeMap;

use super::judge::Verdict;
use super::target::{SIGNAL, TIMEOUT};
use crate::{read, root};

/// Why a test is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Why {
    Differs,
    Waits,
}

/// The names of the tests.
pub struct Named(BTreeMap<String, Why>);

impl Named {
    /// Reads the page.
    pub fn read() -> Result<Named, String> {
        Ok(Named(names(&read(&root().join("docs/differences.md"))?)))
    }

    /// A failure that the page explains is none, unless the program crashed or did not end.
    pub fn apply(&self, test: &str, verdict: Verdict) -> Verdict {
        match (verdict, self.0.get(test)) {
            (Verdict::Fail { output, expected }, _) if output.ends_with(SIGNAL) || output.ends_with(TIMEOUT) => {
                Verdict::Fail { output, expected }
            }
            (Verdict::Fail { output, expected }, Some(Why::Differs)) => Verdict::Differ { output, expected },
            (Verdict::Skip, Some(Why::Differs)) => Verdict::Differ { output: Vec::new(), expected: Vec::new() },
            (Verdict::Fail { .. } | Verdict::Skip, Some(Why::Waits)) => Verdict::Wait,
            (verdict, _) => verdict,
        }
    }

    /// All of them.
    pub fn tests(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Rows look like ``| `basics/a.py` `basics/b.py` | reason |``, under a heading that says whether they wait.
fn names(page: &str) -> BTreeMap<String, Why> {
    let mut why = Why::Differs;
    let mut names = BTreeMap::new();
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            why = if heading.contains(" wait ") { Why::Waits } else { Why::Differs };
        }
        let Some((first, _)) = line.strip_prefix("| ").and_then(|row| row.split_once(" | ")) else {
            continue;
        };
        let tests = first.split_whitespace().filter_map(|word| word.strip_prefix('`')?.strip_suffix('`'));
        let tests = tests.filter(|test| test.contains('/') && test.ends_with(".py"));
        names.extend(tests.map(|test| (test.to_string(), why)));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{Why, names};

    #[test]
    fn names_stand_in_the_first_column() {
        let page = "a `x/y.py`\n| what | why |\n| `a/b.py` `c/d.py` | as `e/f.py` |\n| `repr(x)` | Python |\n\
                    ## Tests that wait for modules\n| `g/h.py` | `re` |\n";
        let named = names(page);
        let named: Vec<_> = named.iter().map(|(test, why)| (test.as_str(), *why)).collect();
        assert_eq!(named, [("a/b.py", Why::Differs), ("c/d.py", Why::Differs), ("g/h.py", Why::Waits)]);
    }
}
