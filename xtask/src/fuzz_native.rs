//! `cargo xtask fuzz-native`: generated programs, as bytecode, as machine code, and in CPython.
//!
//! Every seed is one program: functions of plain Python, which run as bytecode, natively and in CPython; or viper
//! functions, which run as such, and without decorators as bytecode and in CPython. All must print the same. A program
//! for which they do not is made as small as it gets and kept.

mod expressions;
mod python;
mod rows;
mod tree;
mod viper;

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use lexopt::prelude::*;

use crate::command::{End, catch};
use crate::fuzz::dice::Dice;
use crate::{Done, number, target_dir, text as word, write};
use tree::Node;

/// How long a program may take.
const LIMIT: Duration = Duration::from_secs(20);
/// What a compiler says of a program.
const REFUSALS: &[&str] = &["SyntaxError", "ViperTypeError"];
/// How long a program is made smaller.
const PATIENCE: Duration = Duration::from_secs(30);
/// Findings that are made smaller; more are only counted.
const SHOWN: usize = 12;

struct Options {
    exe: PathBuf,
    seconds: u64,
    seed: u64,
    found: PathBuf,
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
enum Outcome {
    Same,
    /// Viper says that its rules are broken.
    Refused,
    Differs(Finding),
}

/// What two interpreters print.
struct Finding {
    split: Split,
    expected: String,
    found: String,
}

/// Runs until the time is over; fails when anything was found.
pub fn run(parser: lexopt::Parser) -> Done {
    let options = options(parser)?;
    let end = Instant::now() + Duration::from_secs(options.seconds);
    let mut seen: HashMap<Split, usize> = HashMap::new();
    let (mut seed, mut refused) = (options.seed, 0);
    while Instant::now() < end {
        let sort = options.only.unwrap_or(if seed.is_multiple_of(3) { Sort::Viper } else { Sort::Python });
        let mut dice = Dice::new(seed);
        let program = match sort {
            Sort::Python => python::program(&mut dice),
            Sort::Viper => viper::program(&mut dice),
        };
        let outcome = compare(&options, sort, &program, &[Split::Native, Split::Bytecode])?;
        if let Outcome::Refused = outcome {
            refused += 1;
        }
        if let Outcome::Differs(finding) = outcome {
            let count = seen.entry(finding.split).or_default();
            *count += 1;
            if *count <= SHOWN {
                let (program, finding) = shrink(&options, sort, program, finding)?;
                report(&options, seed, &program, &finding)?;
            } else {
                println!("{seed}: {:?} again", finding.split);
            }
        }
        seed += 1;
    }
    let findings: usize = seen.values().sum();
    let programs = seed - options.seed;
    println!(
        "{programs} programs, {refused} refused by viper, seeds {} to {}: {findings} mismatches",
        options.seed,
        seed - 1
    );
    if findings == 0 { Ok(()) } else { Err(format!("{findings} mismatches")) }
}

fn options(mut parser: lexopt::Parser) -> Result<Options, String> {
    let target = target_dir();
    let mut options = Options {
        exe: target.join("release/pyrite"),
        seconds: 60,
        seed: 1,
        found: target.join("fuzz-native"),
        stress: false,
        only: None,
    };
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("exe") => options.exe = word(&mut parser)?.into(),
            Long("seconds") => options.seconds = number(&mut parser)? as u64,
            Long("seed") => options.seed = number(&mut parser)? as u64,
            Long("found") => options.found = word(&mut parser)?.into(),
            Long("stress") => options.stress = true,
            Long("only") => {
                options.only = Some(match word(&mut parser)?.as_str() {
                    "python" => Sort::Python,
                    "viper" => Sort::Viper,
                    other => return Err(format!("--only wants python or viper, not {other}")),
                });
            }
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    std::fs::create_dir_all(&options.found).map_err(|e| format!("{}: {e}", options.found.display()))?;
    Ok(options)
}

/// Runs a program as bytecode, and where it is to be compared with.
fn compare(options: &Options, sort: Sort, program: &[Node], sides: &[Split]) -> Result<Outcome, String> {
    let decorated = tree::text(program);
    let prelude = include_str!("fuzz_native/prelude.py");
    // Both texts have the same lines, because places in tracebacks are compared.
    let (native, plain) = match sort {
        Sort::Python => (format!("{prelude}\n\n{decorated}"), format!("{prelude}\n\n{decorated}")),
        Sort::Viper => (
            format!("{prelude}import micropython\n\n{decorated}"),
            format!("{prelude}{}{}", viper::PLAINLY, decorated.replace("@micropython.viper\n", "#\n")),
        ),
    };
    let exe = options.exe.to_string_lossy().into_owned();
    let ours = |name: &str, text: &str, emit: &str| -> Result<String, String> {
        let file = options.found.join(name);
        write(&file, text)?;
        let mut command = Command::new(&exe);
        command.arg("-X").arg(format!("emit={emit}"));
        if options.stress {
            command.args(["-X", "gc-stress"]);
        }
        output(command.arg(file))
    };
    let emit = if sort == Sort::Python { "native" } else { "bytecode" };
    let bytecode = ours(".plain.py", &plain, "bytecode")?;
    if sides.contains(&Split::Bytecode) {
        let mut python = Command::new("python3");
        let theirs = output(python.args(["-W", "ignore"]).arg(options.found.join(".plain.py")))?;
        if theirs != bytecode {
            return Ok(Outcome::Differs(Finding { split: Split::Bytecode, expected: theirs, found: bytecode }));
        }
    }
    if !sides.contains(&Split::Native) {
        return Ok(Outcome::Same);
    }
    let machine = ours(".native.py", &native, emit)?;
    if machine.starts_with("uncaught: Viper") {
        return Ok(Outcome::Refused);
    }
    if machine != bytecode {
        return Ok(Outcome::Differs(Finding { split: Split::Native, expected: bytecode, found: machine }));
    }
    Ok(Outcome::Same)
}

/// What a program prints, and how it ends.
fn output(command: &mut Command) -> Result<String, String> {
    command.env("PYTHONHASHSEED", "0").env("PYTHONIOENCODING", "utf-8");
    let caught = catch(command, LIMIT)?;
    let mut text = caught.text();
    // Two interpreters need not tell an uncaught error alike.
    if let Some(at) = text.find("Traceback (most recent").or_else(|| text.find("  File \""))
        && caught.end != End::Status(0)
    {
        // Its line follows those of places, which are indented; notes may follow it.
        let report = text.split_off(at);
        let last = report.lines().skip(1).find(|line| !line.starts_with(' ')).unwrap_or_default();
        let class = last.split(':').next().unwrap_or_default();
        if REFUSALS.contains(&class) {
            text.clear();
        }
        text.push_str(&format!("uncaught: {class}\n"));
    }
    text.push_str(&format!("{:?}", caught.end));
    Ok(text)
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

/// What a finding is about, so that making it smaller does not find something else: the result's first word on each side.
fn sort_of(finding: &Finding) -> (Split, String, String) {
    let (expected, found) = first_difference(&finding.expected, &finding.found);
    let word =
        |line: &str| line.split(' ').nth(1).unwrap_or_default().trim_matches(|c: char| !c.is_alphabetic()).to_string();
    (finding.split, word(expected), word(found))
}

/// Leaves out lines, then makes expressions simpler, for as long as the same is found.
fn shrink(
    options: &Options,
    sort: Sort,
    mut program: Vec<Node>,
    mut finding: Finding,
) -> Result<(Vec<Node>, Finding), String> {
    let about = sort_of(&finding);
    let end = Instant::now() + PATIENCE;
    for step in [tree::without, tree::simplified, tree::without] {
        let mut place = 0;
        // From the top once more after each sweep that helped.
        let mut helped = false;
        while Instant::now() < end {
            if place >= tree::count(&program) {
                if !core::mem::take(&mut helped) {
                    break;
                }
                place = 0;
            }
            let mut next = None;
            for smaller in step(&program, place) {
                if let Outcome::Differs(other) = compare(options, sort, &smaller, &[about.0])?
                    && sort_of(&other) == about
                {
                    next = Some((smaller, other));
                    break;
                }
            }
            match next {
                Some(found) => {
                    (program, finding) = found;
                    helped = true;
                }
                None => place += 1,
            }
        }
    }
    Ok((program, finding))
}

fn report(options: &Options, seed: u64, program: &[Node], finding: &Finding) -> Done {
    let text = tree::text(program);
    let (expected, found) = first_difference(&finding.expected, &finding.found);
    let (one, other) = match finding.split {
        Split::Native => ("bytecode", "machine code"),
        Split::Bytecode => ("CPython", "bytecode"),
    };
    println!("--- seed {seed}\n{text}{one}: {expected}\n{other}: {found}\n");
    let both = format!("{text}\n# {one}: {expected}\n# {other}: {found}\n");
    write(&options.found.join(format!("{seed}.py")), both)
}
