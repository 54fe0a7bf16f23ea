//! `cargo xtask fuzz-types`: generated statements over the built-in types, ours against CPython.
//!
//! Statements are made by chance from the rows in `grammar` and its neighbours, many to a program. Both interpreters
//! run the program; a statement that comes out differently, and not by design, is made as small as it gets and kept.

mod alike;
mod buffers;
mod containers;
mod design;
#[path = "../../fuzz/src/dice.rs"]
pub mod dice;
mod grammar;
mod hostile;
mod iterators;
mod literals;
mod numbers;
mod outcome;
mod raised;
mod text;
mod tree;

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use dice::Dice;

use crate::campaign::Campaign;
use crate::command::{Caught, catch};
use crate::{Done, text as word, write};
use outcome::Outcome;
use tree::Tree;

/// Statements in a program.
const BATCH: usize = 5000;
/// How long a program may take.
const LIMIT: Duration = Duration::from_secs(30);
/// How long one statement may take that stopped a program: in CPython, and here. What CPython ends must end here too, on a
/// busy machine as well.
const THEIR_LIMIT: Duration = Duration::from_secs(5);
const OUR_LIMIT: Duration = Duration::from_secs(20);
/// Smaller statements that are tried at once.
const SMALLER: usize = 150;
/// Mismatches of one row and one kind that are made smaller; the others are only counted.
const SHOWN: usize = 1;
/// CPython under a bound on its memory, in KiB: what asks for more is an error in both.
const THEIRS: &[&str] = &["sh", "-c", "ulimit -v 1000000; exec python3 -u -W ignore \"$0\""];

struct Options {
    campaign: Campaign,
    rows: Vec<&'static str>,
}

/// What is counted while statements run.
#[derive(Default)]
struct Counts {
    statements: usize,
    mismatches: usize,
    /// Mismatches that CPython alone did not repeat.
    unsteady: usize,
    /// How often each rule was used, and the shortest statement that needed it.
    designed: HashMap<&'static str, (usize, String)>,
}

/// Runs until the time is over; fails when anything was found.
pub fn run(parser: lexopt::Parser) -> Done {
    let options = options(parser)?;
    let end = options.campaign.end();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut counts = Counts::default();
    let mut seed = options.campaign.seed;
    while Instant::now() < end {
        let mut dice = Dice::new(seed);
        let batch: Vec<_> = (0..BATCH).map(|_| tree::statement(&mut dice, &options.rows)).collect();
        let trees: Vec<Tree> = batch.iter().map(|(_, tree)| tree.clone()).collect();
        for Mismatch { at, theirs, ours } in mismatches(&options, &trees, &mut counts)? {
            let Some((row, tree)) = batch.get(at) else { continue };
            // What CPython itself does not say again when it is asked alone says nothing of ours.
            if !steady(&options, tree, &theirs)? {
                counts.unsteady += 1;
                println!("CPython does not repeat it: {}", tree.source());
                continue;
            }
            counts.mismatches += 1;
            let count = seen.entry(format!("{row}: {} {}", theirs.kind(), ours.kind())).or_default();
            *count += 1;
            if *count <= SHOWN {
                let (tree, theirs, ours) = shrink(&options, tree.clone(), theirs, ours)?;
                report(&options, seed, at, &tree, &theirs, &ours)?;
            }
        }
        counts.statements += trees.len();
        seed += 1;
    }
    let Counts { statements, mismatches, unsteady, designed } = counts;
    let mut designed: Vec<_> = designed.into_iter().collect();
    designed.sort();
    designed.iter().for_each(|(rule, (count, example))| println!("{count:7} by design, {rule}: {example:?}"));
    println!(
        "{statements} statements, {unsteady} that CPython did not repeat, seeds {} to {}: {mismatches} mismatches",
        options.campaign.seed,
        seed - 1
    );
    if mismatches == 0 { Ok(()) } else { Err(format!("{mismatches} mismatches of {} kinds", seen.len())) }
}

fn options(parser: lexopt::Parser) -> Result<Options, String> {
    let (mut filter, mut kinds) = (String::new(), String::new());
    let campaign = Campaign::parse("fuzz-types", parser, |name, parser| {
        match name {
            "filter" => filter = word(parser)?,
            "kinds" => kinds = word(parser)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let wanted = |kind: &str| kinds.is_empty() || kinds.split(',').any(|name| name == kind);
    let rows = grammar::kinds().filter(|kind| wanted(kind.name)).flat_map(|kind| kind.rows).copied();
    let rows: Vec<_> = rows.filter(|row| row.contains(&filter)).collect();
    if rows.is_empty() {
        return Err(format!("no row of {kinds} has {filter}"));
    }
    Ok(Options { campaign, rows })
}

/// A statement that comes out differently.
struct Mismatch {
    at: usize,
    theirs: Outcome,
    ours: Outcome,
}

fn mismatches(options: &Options, trees: &[Tree], counts: &mut Counts) -> Result<Vec<Mismatch>, String> {
    let sources: Vec<String> = trees.iter().map(Tree::source).collect();
    let both = std::thread::scope(|scope| {
        let theirs =
            scope.spawn(|| outcomes(THEIRS, THEIR_LIMIT, &options.campaign.found.join(".theirs.py"), &sources));
        let exe = options.campaign.exe.to_string_lossy();
        let ours =
            outcomes(&[&exe, "-X", "heapsize=1000M"], OUR_LIMIT, &options.campaign.found.join(".ours.py"), &sources);
        (theirs.join(), ours)
    });
    let (Ok(theirs), ours) = both else { return Err("a thread died".to_string()) };
    let (theirs, ours) = (theirs?, ours?);
    let mut found = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let (Some(theirs), Some(ours)) = (theirs.get(&at), ours.get(&at)) else { continue };
        if let Some(rule) = design::rule(source, theirs, ours) {
            let (count, example) = counts.designed.entry(rule).or_default();
            *count += 1;
            if example.is_empty() || source.len() < example.len() {
                example.clone_from(source);
            }
        } else if !theirs.same(ours) {
            found.push(Mismatch { at, theirs: theirs.clone(), ours: ours.clone() });
        }
    }
    Ok(found)
}

/// Runs the statements as one program. When it dies, the statement that was running is run alone, and a program of
/// those behind it.
fn outcomes(
    interpreter: &[&str],
    limit: Duration,
    file: &Path,
    sources: &[String],
) -> Result<HashMap<usize, Outcome>, String> {
    let mut found = HashMap::new();
    let mut next = 0;
    while next < sources.len() {
        let caught = program(interpreter, file, sources, next..sources.len(), LIMIT)?;
        next = read(&caught, &mut found).map_or(next, |last| last + 1);
        if next < sources.len() {
            let alone = program(interpreter, file, sources, next..next + 1, limit)?;
            if read(&alone, &mut found) != Some(next) || !alone.succeeded() {
                found.insert(next, Outcome::dead(&format!("{:?}", alone.end)));
            }
            next += 1;
        }
    }
    Ok(found)
}

fn program(
    interpreter: &[&str],
    file: &Path,
    sources: &[String],
    which: Range<usize>,
    limit: Duration,
) -> Result<Caught, String> {
    let mut text = include_str!("fuzz/prelude.py").to_string();
    for (number, source) in sources.iter().enumerate().take(which.end).skip(which.start) {
        text.push_str(&format!("T({number}, {})\n", literals::quote(source)));
    }
    write(file, text)?;
    let (program, options) = interpreter.split_first().ok_or("no interpreter")?;
    let mut command = Command::new(program);
    command.args(options).arg(file).env("PYTHONHASHSEED", "0").env("PYTHONIOENCODING", "utf-8");
    catch(&mut command, limit)
}

/// Takes the outcomes that a program printed; the number of the last.
fn read(caught: &Caught, found: &mut HashMap<usize, Outcome>) -> Option<usize> {
    let mut last = None;
    for line in caught.text().lines() {
        if let Some((number, outcome)) = Outcome::parse(line) {
            found.insert(number, outcome);
            last = Some(number);
        }
    }
    last
}

/// Whether CPython says the same again when it is asked alone, and with the items of sets in other orders.
fn steady(options: &Options, tree: &Tree, theirs: &Outcome) -> Result<bool, String> {
    let file = options.campaign.found.join(".theirs.py");
    for seed in 0..16 {
        let command = format!("ulimit -v 1000000; PYTHONHASHSEED={seed} exec python3 -u -W ignore \"$0\"");
        let alone = outcomes(&["sh", "-c", &command], THEIR_LIMIT, &file, &[tree.source()])?;
        if alone.get(&0).is_some_and(|alone| !alone.same(theirs)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Makes a statement smaller for as long as the outcomes stay of the same kinds.
fn shrink(
    options: &Options,
    mut tree: Tree,
    mut theirs: Outcome,
    mut ours: Outcome,
) -> Result<(Tree, Outcome, Outcome), String> {
    loop {
        let mut smaller = tree.smaller();
        smaller.truncate(SMALLER);
        let mut found = mismatches(options, &smaller, &mut Counts::default())?.into_iter();
        let next = found.find(|found| found.theirs.kind() == theirs.kind() && found.ours.kind() == ours.kind());
        let Some(Mismatch { at, theirs: t, ours: o }) = next else { return Ok((tree, theirs, ours)) };
        let Some(small) = smaller.into_iter().nth(at) else { return Ok((tree, theirs, ours)) };
        (tree, theirs, ours) = (small, t, o);
    }
}

fn report(options: &Options, seed: u64, at: usize, tree: &Tree, theirs: &Outcome, ours: &Outcome) -> Done {
    let source = tree.source();
    println!("{source}\n    CPython: {theirs}\n    ours:    {ours}\n");
    let text = format!("{source}\n\n# CPython: {theirs}\n# ours:    {ours}\n");
    write(&options.campaign.found.join(format!("{seed}-{at}.py")), text)
}
