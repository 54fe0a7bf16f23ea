//! Findings made as small as they get: without lines, with simpler expressions, many tries at a time.

use std::time::{Duration, Instant};

use super::tree::{self, Node};
use super::{Counts, Finding, Options, Outcome, Sort, Split, compare, first_difference};

/// How long a program is made smaller.
const PATIENCE: Duration = Duration::from_secs(40);
/// Smaller programs that are tried at once.
const TRIES: usize = 24;

/// What a finding is about, so that making it smaller does not find something else: the result's first word on each side.
type About = (Split, String, String);

fn about(finding: &Finding) -> About {
    let (expected, found) = first_difference(&finding.expected, &finding.found);
    let word =
        |line: &str| line.split(' ').nth(1).unwrap_or_default().trim_matches(|c: char| !c.is_alphabetic()).to_string();
    (finding.split, word(expected), word(found))
}

/// The last program of a batch, made smaller for as long as the same is found. Where it shows nothing alone, the
/// programs that must run before it stay, as they are.
pub fn shrink(
    options: &Options,
    sort: Sort,
    batch: &[Vec<Node>],
    finding: Finding,
) -> Result<(Vec<Vec<Node>>, Finding), String> {
    let about = about(&finding);
    let last = batch.split_last().map(|(last, _)| last.clone()).unwrap_or_default();
    match same(options, sort, std::slice::from_ref(&last), &about)?.pop().flatten() {
        Some(finding) => {
            let (program, finding) = alone(options, sort, last, finding, &about)?;
            Ok((vec![program], finding))
        }
        None => in_company(options, sort, batch, finding, &about),
    }
}

/// Of each program, the finding if it is the one.
fn same(options: &Options, sort: Sort, programs: &[Vec<Node>], wanted: &About) -> Result<Vec<Option<Finding>>, String> {
    let outcomes = compare(options, sort, programs, &[wanted.0], &mut Counts::default())?;
    let one = |outcome| match outcome {
        Outcome::Differs(finding) if about(&finding) == *wanted => Some(finding),
        Outcome::Differs(_) | Outcome::Same | Outcome::Refused(_) => None,
    };
    Ok(outcomes.into_iter().map(one).collect())
}

/// Leaves out lines, then makes expressions simpler.
fn alone(
    options: &Options,
    sort: Sort,
    mut program: Vec<Node>,
    mut finding: Finding,
    about: &About,
) -> Result<(Vec<Node>, Finding), String> {
    let end = Instant::now() + PATIENCE;
    for step in [tree::without, tree::simplified, tree::without] {
        let mut place = 0;
        // From the top once more after each sweep that helped.
        let mut helped = false;
        while Instant::now() < end {
            let (mut tries, mut behind) = (Vec::new(), place);
            while tries.len() < TRIES && behind < tree::count(&program) {
                tries.extend(step(&program, behind).into_iter().map(|smaller| (behind, smaller)));
                behind += 1;
            }
            if tries.is_empty() {
                if !core::mem::take(&mut helped) {
                    break;
                }
                place = 0;
                continue;
            }
            let programs: Vec<_> = tries.iter().map(|(_, smaller)| smaller.clone()).collect();
            let found = same(options, sort, &programs, about)?;
            let next = tries.into_iter().zip(found).find_map(|(smaller, found)| Some((smaller, found?)));
            match next {
                Some(((at, smaller), other)) => {
                    (program, finding, place) = (smaller, other, at);
                    helped = true;
                }
                None => place = behind,
            }
        }
    }
    Ok((program, finding))
}

/// Leaves out programs before the last, half of them at a time, then fewer.
fn in_company(
    options: &Options,
    sort: Sort,
    batch: &[Vec<Node>],
    mut finding: Finding,
    about: &About,
) -> Result<(Vec<Vec<Node>>, Finding), String> {
    let end = Instant::now() + PATIENCE;
    let mut needed = batch.to_vec();
    let mut share = needed.len() / 2;
    while share > 0 && Instant::now() < end {
        let mut at = 0;
        while at + 1 < needed.len() {
            let behind = (at + share).min(needed.len() - 1);
            let mut fewer = needed.clone();
            fewer.drain(at..behind);
            match same(options, sort, &fewer, about)?.pop().flatten() {
                Some(other) => (needed, finding) = (fewer, other),
                None => at = behind,
            }
        }
        share /= 2;
    }
    Ok((needed, finding))
}
