//! `cargo xtask fuzz-native`: generated programs, as bytecode, as machine code, and in CPython.
//!
//! Every seed is one program: functions of plain Python, which run as bytecode, natively and in CPython; or viper
//! functions, which run as such, and without decorators as bytecode and in CPython. All must print the same. A program
//! for which they do not is made as small as it gets and kept.

mod batch;
mod containers;
mod design;
mod expressions;
mod python;
mod rows;
mod shrink;
mod statements;
mod tree;
mod viper;
mod viper_rows;

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use crate::campaign::Campaign;
use crate::fuzz::dice::Dice;
use crate::{Done, text as word, write};
use tree::Node;

/// Programs that one process runs; with a collection at every allocation, few, because all live things are looked at.
const BATCH: usize = 100;
const BATCH_OF_STRESS: usize = 25;
/// Findings that are made smaller; more are only counted.
const SHOWN: usize = 12;

struct Options {
    campaign: Campaign,
    stress: bool,
    only: Option<Sort>,
}

/// What a program is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Python,
    Viper,
}

/// Which interpreters disagree.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Split {
    /// Machine code differs from bytecode.
    Native,
    /// Bytecode differs from CPython.
    Bytecode,
}

/// What comes of running a program.
#[derive(Clone)]
enum Outcome {
    Same,
    /// Viper says that its rules are broken, and which.
    Refused(String),
    Differs(Finding),
}

/// What two interpreters print.
#[derive(Clone)]
struct Finding {
    split: Split,
    expected: String,
    found: String,
}

/// What is counted while programs run.
#[derive(Default)]
struct Counts {
    /// What viper says to programs that it refuses.
    refused: HashMap<String, usize>,
    /// Programs that every compiler refuses.
    invalid: usize,
    /// Programs that took so long, or so much memory, that CPython did not end them.
    unjudged: usize,
    /// Programs for which CPython raises what we do not on purpose.
    meant: usize,
    seen: HashMap<Split, usize>,
}

/// Runs until the time is over; fails when anything was found.
pub fn run(parser: lexopt::Parser) -> Done {
    let options = options(parser)?;
    let end = options.campaign.end();
    let size = if options.stress { BATCH_OF_STRESS } else { BATCH };
    let mut counts = Counts::default();
    let (mut seed, mut turn) = (options.campaign.seed, 0);
    while Instant::now() < end {
        let sort = options.only.unwrap_or(if turn % 3 == 0 { Sort::Viper } else { Sort::Python });
        one_batch(&options, sort, seed, size, &mut counts)?;
        seed += size as u64;
        turn += 1;
    }
    counts.refused.iter().for_each(|(why, count)| println!("{count:7} times viper says {}", why.trim_end()));
    let findings: usize = counts.seen.values().sum();
    println!(
        "{} programs, {} refused by viper, {} by every compiler, {} too long for CPython, {} differ on purpose, seeds {} to {}: \
         {findings} mismatches",
        seed - options.campaign.seed,
        counts.refused.values().sum::<usize>(),
        counts.invalid,
        counts.unjudged,
        counts.meant,
        options.campaign.seed,
        seed - 1
    );
    if findings == 0 { Ok(()) } else { Err(format!("{findings} mismatches")) }
}

fn options(parser: lexopt::Parser) -> Result<Options, String> {
    let (mut stress, mut only) = (false, None);
    let campaign = Campaign::parse("fuzz-native", parser, |name, parser| {
        match name {
            "stress" => stress = true,
            "only" => {
                only = Some(match word(parser)?.as_str() {
                    "python" => Sort::Python,
                    "viper" => Sort::Viper,
                    other => return Err(format!("--only wants python or viper, not {other}")),
                });
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    batch::prepare(&campaign.found)?;
    Ok(Options { campaign, stress, only })
}

fn one_batch(options: &Options, sort: Sort, first: u64, size: usize, counts: &mut Counts) -> Done {
    let programs: Vec<_> = (first..first + size as u64)
        .map(|seed| match sort {
            Sort::Python => python::program(&mut Dice::new(seed)),
            Sort::Viper => viper::program(&mut Dice::new(seed)),
        })
        .collect();
    let outcomes = compare(options, sort, &programs, &[Split::Native, Split::Bytecode], counts)?;
    for (at, outcome) in outcomes.into_iter().enumerate() {
        let finding = match outcome {
            Outcome::Same => continue,
            Outcome::Refused(why) => {
                *counts.refused.entry(why).or_default() += 1;
                continue;
            }
            Outcome::Differs(finding) => finding,
        };
        let seed = first + at as u64;
        let split = finding.split;
        if counts.seen.get(&split).is_some_and(|count| *count >= SHOWN) {
            *counts.seen.entry(split).or_default() += 1;
            println!("{seed}: {split:?} again");
            continue;
        }
        let (needed, finding) = shrink::shrink(options, sort, programs.get(..=at).unwrap_or_default(), finding)?;
        if split == Split::Bytecode && design::is_meant(&options.campaign.found, sort, &needed)? {
            counts.meant += 1;
            continue;
        }
        *counts.seen.entry(split).or_default() += 1;
        report(options, seed, &needed, &finding)?;
    }
    Ok(())
}

/// Runs programs as bytecode, and where they are to be compared with. Counts those that say nothing.
fn compare(
    options: &Options,
    sort: Sort,
    programs: &[Vec<Node>],
    sides: &[Split],
    counts: &mut Counts,
) -> Result<Vec<Outcome>, String> {
    // Both texts have the same lines, because places in tracebacks are compared.
    let (native, plain): (Vec<String>, Vec<String>) = programs
        .iter()
        .map(|program| {
            let text = tree::text(program);
            match sort {
                Sort::Python => (text.clone(), text),
                Sort::Viper => (viper::decorated(&text), viper::plain(&text)),
            }
        })
        .unzip();
    let emit = if sort == Sort::Python { "emit=native" } else { "emit=bytecode" };
    let exe = options.campaign.exe.to_string_lossy().into_owned();
    let folder = options.campaign.found.as_path();
    let ours = |emit: &str, name: &str, texts: &[String]| {
        let mut command = vec![exe.as_str(), "-X", "heapsize=1000M", "-X", emit];
        if options.stress {
            command.extend(["-X", "gc-stress"]);
        }
        batch::outputs(&command, folder, name, texts)
    };
    let (machine, bytecode, theirs) = std::thread::scope(|scope| {
        let machine = scope.spawn(|| match sides.contains(&Split::Native) {
            true => ours(emit, ".native.txt", &native).map(Some),
            false => Ok(None),
        });
        let bytecode = ours("emit=bytecode", ".plain.txt", &plain);
        let theirs = match sides.contains(&Split::Bytecode) {
            true => cpython(folder, &plain).map(Some),
            false => Ok(None),
        };
        (machine.join(), bytecode, theirs)
    });
    let (machine, bytecode, theirs) = (machine.map_err(|_| "a thread died")??, bytecode?, theirs?);
    Ok(bytecode
        .into_iter()
        .enumerate()
        .map(|(at, bytecode)| {
            let theirs = theirs.as_ref().and_then(|theirs| theirs.get(at));
            let machine = machine.as_ref().and_then(|machine| machine.get(at));
            let theirs = theirs.filter(|theirs| {
                let judged = *theirs != batch::TOO_LONG && !theirs.contains("MemoryError");
                counts.unjudged += usize::from(!judged);
                judged
            });
            if bytecode.starts_with("uncaught: SyntaxError") {
                counts.invalid += 1;
            }
            outcome(theirs, bytecode, machine)
        })
        .collect())
}

fn cpython(folder: &Path, programs: &[String]) -> Result<Vec<String>, String> {
    // Under a bound on its memory, in KiB.
    let bounded = ["sh", "-c", "ulimit -v 1000000; exec \"$0\" \"$@\"", "python3", "-W", "ignore"];
    batch::outputs(&bounded, folder, ".theirs.txt", programs)
}

fn outcome(theirs: Option<&String>, bytecode: String, machine: Option<&String>) -> Outcome {
    if let Some(theirs) = theirs
        && *theirs != bytecode
    {
        return Outcome::Differs(Finding { split: Split::Bytecode, expected: theirs.clone(), found: bytecode });
    }
    match machine {
        Some(machine) if machine.starts_with("uncaught: Viper") => Outcome::Refused(machine.clone()),
        Some(machine) if *machine != bytecode => {
            Outcome::Differs(Finding { split: Split::Native, expected: bytecode, found: machine.clone() })
        }
        Some(_) | None => Outcome::Same,
    }
}

/// The first line in which two outputs differ.
fn first_difference<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let (mut ones, mut others) = (one.lines(), other.lines());
    loop {
        match (ones.next(), others.next()) {
            (Some(a), Some(b)) if a == b => {}
            (None, None) => return ("", ""),
            (a, b) => return (a.unwrap_or_default(), b.unwrap_or_default()),
        }
    }
}

/// Prints and keeps a finding: the program, behind those that must run before it, if any.
fn report(options: &Options, seed: u64, needed: &[Vec<Node>], finding: &Finding) -> Done {
    let texts: Vec<String> = needed.iter().map(|program| tree::text(program)).collect();
    let text = texts.join("# in the same process, with globals of its own:\n");
    let (expected, found) = first_difference(&finding.expected, &finding.found);
    let (one, other) = match finding.split {
        Split::Native => ("bytecode", "machine code"),
        Split::Bytecode => ("CPython", "bytecode"),
    };
    println!("--- seed {seed}\n{text}{one}: {expected}\n{other}: {found}\n");
    let both = format!("{text}\n# {one}: {expected}\n# {other}: {found}\n");
    write(&options.campaign.found.join(format!("{seed}.py")), both)
}
