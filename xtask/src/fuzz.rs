//! `cargo xtask fuzz-types`: generated statements over the built-in types, ours against CPython.
//!
//! Statements are made by chance from the rows in `grammar` and its neighbours, many to a program. Both interpreters
//! run the program; a statement that comes out differently, and not by design, is made as small as it gets and kept.

mod buffers;
mod containers;
mod design;
#[path = "../../fuzz/src/dice.rs"]
mod dice;
mod grammar;
mod literals;
mod numbers;
mod text;
mod tree;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use dice::Dice;
use lexopt::prelude::*;

use crate::command::catch;
use crate::{Done, number, target_dir, text as word, write};
use tree::Tree;

/// Statements in a program.
const BATCH: usize = 500;
/// How long a program may take.
const LIMIT: Duration = Duration::from_secs(30);
/// Mismatches of one row and one kind that are made smaller; the others are only counted.
const SHOWN: usize = 1;
/// CPython under a bound on its memory, in KiB: what asks for more is an error in both.
const THEIRS: &[&str] = &["sh", "-c", "ulimit -v 1000000; exec python3 -W ignore \"$0\""];

struct Options {
    exe: PathBuf,
    seconds: u64,
    seed: u64,
    found: PathBuf,
    filter: String,
}

/// Runs until the time is over; fails when anything was found.
pub fn run(parser: lexopt::Parser) -> Done {
    let options = options(parser)?;
    let end = Instant::now() + Duration::from_secs(options.seconds);
    let mut seen: HashMap<String, usize> = HashMap::new();
    let (mut seed, mut statements, mut findings) = (options.seed, 0, 0);
    while Instant::now() < end {
        let mut dice = Dice::new(seed);
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            let (row, tree) = tree::statement(&mut dice);
            if row.contains(&options.filter) {
                batch.push((row, tree));
            }
        }
        let trees: Vec<Tree> = batch.iter().map(|(_, tree)| tree.clone()).collect();
        for (at, theirs, ours) in mismatches(&options, &trees)? {
            let Some((row, tree)) = batch.get(at) else { continue };
            findings += 1;
            let count = seen.entry(format!("{row}: {} {}", sort(&theirs), sort(&ours))).or_default();
            *count += 1;
            if *count <= SHOWN {
                let (tree, theirs, ours) = shrink(&options, tree.clone(), theirs, ours)?;
                report(&options, seed, at, &tree, &theirs, &ours)?;
            }
        }
        statements += trees.len();
        seed += 1;
    }
    println!("{statements} statements, seeds {} to {}: {findings} mismatches", options.seed, seed - 1);
    if findings == 0 { Ok(()) } else { Err(format!("{findings} mismatches of {} kinds", seen.len())) }
}

fn options(mut parser: lexopt::Parser) -> Result<Options, String> {
    let target = target_dir();
    let mut options = Options {
        exe: target.join("release/pyrite"),
        seconds: 60,
        seed: 1,
        found: target.join("fuzz-types"),
        filter: String::new(),
    };
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("exe") => options.exe = word(&mut parser)?.into(),
            Long("seconds") => options.seconds = number(&mut parser)? as u64,
            Long("seed") => options.seed = number(&mut parser)? as u64,
            Long("found") => options.found = word(&mut parser)?.into(),
            Long("filter") => options.filter = word(&mut parser)?,
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    if tree::rows().all(|row| !row.contains(&options.filter)) {
        return Err(format!("no row has {}", options.filter));
    }
    std::fs::create_dir_all(&options.found).map_err(|e| format!("{}: {e}", options.found.display()))?;
    Ok(options)
}

/// An outcome's kind: the exception, or that there is a value.
fn sort(outcome: &str) -> &str {
    if outcome.starts_with('!') { outcome.split('|').next().unwrap_or_default() } else { "value" }
}

/// The statements that come out differently: place, what CPython says, what we say.
fn mismatches(options: &Options, trees: &[Tree]) -> Result<Vec<(usize, String, String)>, String> {
    let sources: Vec<String> = trees.iter().map(Tree::source).collect();
    let numbers: Vec<usize> = (0..sources.len()).collect();
    let both = std::thread::scope(|scope| {
        let theirs = scope.spawn(|| outcomes(THEIRS, &options.found.join(".theirs.py"), &sources, &numbers));
        let exe = options.exe.to_string_lossy();
        let ours = outcomes(&[&exe, "-X", "heapsize=512M"], &options.found.join(".ours.py"), &sources, &numbers);
        (theirs.join(), ours)
    });
    let (Ok(theirs), ours) = both else { return Err("a thread died".to_string()) };
    let (theirs, ours) = (theirs?, ours?);
    let mut found = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let (Some(theirs), Some(ours)) = (theirs.get(&at), ours.get(&at)) else { continue };
        // What CPython does not end says nothing.
        if !theirs.starts_with("!died") && !design::agree(source, theirs, ours) {
            found.push((at, theirs.clone(), ours.clone()));
        }
    }
    Ok(found)
}

/// Runs some of the statements as one program. When it dies, halves of it are run, until what kills it stands alone.
fn outcomes(
    interpreter: &[&str],
    file: &Path,
    sources: &[String],
    which: &[usize],
) -> Result<HashMap<usize, String>, String> {
    let Some((program, options)) = interpreter.split_first() else { return Ok(HashMap::new()) };
    if which.is_empty() {
        return Ok(HashMap::new());
    }
    let mut text = include_str!("fuzz/prelude.py").to_string();
    for number in which {
        let source = sources.get(*number).map(String::as_str).unwrap_or_default();
        text.push_str(&format!("T({number}, {})\n", literals::quote(source)));
    }
    write(file, text)?;
    let mut command = Command::new(program);
    command.args(options).arg(file).env("PYTHONHASHSEED", "0").env("PYTHONIOENCODING", "utf-8");
    let caught = catch(&mut command, LIMIT)?;
    let mut found = HashMap::new();
    for line in caught.text().lines() {
        if let Some((number, outcome)) = line.split_once('|')
            && let Ok(number) = number.parse()
        {
            found.insert(number, outcome.to_string());
        }
    }
    if !caught.succeeded() || found.len() < which.len() {
        if let [number] = which {
            let last = caught.text().lines().last().unwrap_or_default().to_string();
            return Ok(HashMap::from([(*number, format!("!died: {:?} {last}|", caught.end))]));
        }
        let (left, right) = which.split_at(which.len() / 2);
        found = outcomes(interpreter, file, sources, left)?;
        found.extend(outcomes(interpreter, file, sources, right)?);
    }
    Ok(found)
}

/// Makes a statement smaller for as long as the outcomes stay of the same kinds.
fn shrink(
    options: &Options,
    mut tree: Tree,
    mut theirs: String,
    mut ours: String,
) -> Result<(Tree, String, String), String> {
    loop {
        let mut smaller = tree.smaller();
        smaller.truncate(BATCH / 4);
        let found = mismatches(options, &smaller)?;
        let next = found.into_iter().find(|(_, t, o)| sort(t) == sort(&theirs) && sort(o) == sort(&ours));
        let Some((at, t, o)) = next else { return Ok((tree, theirs, ours)) };
        let Some(small) = smaller.into_iter().nth(at) else { return Ok((tree, theirs, ours)) };
        (tree, theirs, ours) = (small, t, o);
    }
}

fn report(options: &Options, seed: u64, at: usize, tree: &Tree, theirs: &str, ours: &str) -> Done {
    let source = tree.source();
    println!("{source}\n    CPython: {theirs}\n    ours:    {ours}\n");
    let text = format!("{source}\n\n# CPython: {theirs}\n# ours:    {ours}\n");
    write(&options.found.join(format!("{seed}-{at}.py")), text)
}
