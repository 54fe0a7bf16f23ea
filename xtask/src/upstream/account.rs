//! The reckoning: of the tests that upstream's own builds pass, how many pass here, and what becomes of the others.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::Verdict;
use crate::Done;

/// What passes where.
pub struct Account<'a> {
    /// Tests that upstream's standard build passes.
    pub standard: BTreeSet<String>,
    /// Tests that its coverage build passes, which has everything switched on.
    pub coverage: BTreeSet<String>,
    /// What becomes of each test here.
    pub here: &'a BTreeMap<String, Verdict>,
}

/// Some of the tests, by what becomes of them here.
#[derive(Default)]
struct Share<'a> {
    pass: usize,
    differ: usize,
    wait: usize,
    /// What nothing explains.
    left: Vec<&'a str>,
}

/// Percent of the tests that only the coverage build passes, without those that wait, that must pass or be explained.
const ENOUGH: f64 = 95.0;

impl<'a> Account<'a> {
    /// Prints a line of counts and one of ratios for each build.
    pub fn show(&self) {
        self.standard().show("upstream's standard build passes");
        self.coverage_only().show("only its coverage build passes");
    }

    /// Everything that the standard build passes must pass, differ on purpose or wait.
    pub fn check(&self) -> Done {
        let (left, only) = (self.standard().left.len(), self.coverage_only());
        if left > 0 {
            return Err(format!("{left} tests that the standard build passes fail, and nothing explains it"));
        }
        match percent(only.pass + only.differ, only.total() - only.wait) {
            share if share < ENOUGH => {
                Err(format!("{share:.1} % of what only the coverage build passes is too little"))
            }
            _ => Ok(()),
        }
    }

    fn standard(&'a self) -> Share<'a> {
        self.share(self.standard.iter())
    }

    fn coverage_only(&'a self) -> Share<'a> {
        self.share(self.coverage.difference(&self.standard))
    }

    fn share(&'a self, tests: impl Iterator<Item = &'a String>) -> Share<'a> {
        let mut share = Share::default();
        for test in tests {
            match self.here.get(test) {
                Some(Verdict::Pass) => share.pass += 1,
                Some(Verdict::Differ { .. }) => share.differ += 1,
                Some(Verdict::Wait) => share.wait += 1,
                Some(Verdict::Fail { .. } | Verdict::Skip) | None => share.left.push(test),
            }
        }
        share
    }
}

impl Share<'_> {
    fn total(&self) -> usize {
        self.pass + self.differ + self.wait + self.left.len()
    }

    fn show(&self, what: &str) {
        let Share { pass, differ, wait, left } = self;
        let (all, now) = (self.total(), self.total() - wait);
        println!("{what} {all}: {pass} pass here, {differ} differ on purpose, {wait} wait, {} are left", left.len());
        println!(
            "  {:.1} % pass; of what does not wait {:.1} % pass, {:.1} % pass or differ on purpose",
            percent(*pass, all),
            percent(*pass, now),
            percent(pass + differ, now)
        );
        for test in left {
            println!("  left: {test}");
        }
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        let set = |names: &[&str]| names.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
        let here = [("a", Verdict::Pass), ("b", Verdict::Wait), ("c", Verdict::Skip), ("d", Verdict::Pass)];
        let here = here.into_iter().map(|(name, verdict)| (name.to_string(), verdict)).collect();
        let account = Account { standard: set(&["a", "b"]), coverage: set(&["a", "c", "d"]), here: &here };
        assert_eq!((account.standard().pass, account.standard().wait), (1, 1));
        assert_eq!((account.coverage_only().pass, account.coverage_only().left), (1, vec!["c"]));
        assert!(account.check().is_err());
    }
}
