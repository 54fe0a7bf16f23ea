//! `cargo xtask upstream-tests`: an external checkout of MicroPython's test tree, run against our binary.
//!
//! The rules are those of that tree's own runner, so that the counts compare: a test prints what its `.exp` file
//! says, or else what CPython prints; `SKIP` alone is a skip; a unittest report speaks for itself. Tests that
//! docs/differences.md names fail on purpose and are counted apart.

mod differs;
mod features;
mod judge;
mod oracle;
mod target;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use lexopt::prelude::*;

use crate::{Done, number, target_dir, text, write};
use differs::Differs;
use features::Features;
use judge::Verdict;
use oracle::Oracle;
use target::Target;

/// What the command line says.
#[derive(Default)]
struct Options {
    suite: PathBuf,
    exe: Option<PathBuf>,
    emit: String,
    via_mpy: bool,
    mpy_cross: Option<PathBuf>,
    dirs: Vec<String>,
    jobs: usize,
    filter: String,
    failures: Option<PathBuf>,
    /// Options for the program under test, as they stand on its command line.
    with: Vec<String>,
}

/// Runs the tests in parallel; any failure makes the task fail after the last line of counts.
pub fn run(parser: lexopt::Parser) -> Done {
    let options = options(parser)?;
    let target = Target::new(&options)?;
    let features = Features::probe(&target)?;
    println!("target: {}", features.summary());
    let dirs = if options.dirs.is_empty() { features.default_dirs() } else { options.dirs.clone() };
    let tests = list(&options.suite, &dirs, &options.filter)?;
    let oracle = Oracle::new(target_dir().join("upstream-oracle"))?;

    let queue = Mutex::new(VecDeque::from(tests));
    let differs = Differs::read()?;
    let counts = Mutex::new([0usize; 4]);
    std::thread::scope(|scope| {
        for _ in 0..options.jobs {
            scope.spawn(|| {
                while let Some(test) = pop(&queue) {
                    let verdict = one(&target, &features, &oracle, &test);
                    record(&options, &counts, &test, &differs.apply(&test, verdict));
                }
            });
        }
    });
    let [passed, failed, skipped, differ] = *counts.lock().map_err(|_| "a worker died")?;
    println!("{passed} passed, {failed} failed, {skipped} skipped, {differ} differ on purpose");
    if failed == 0 { Ok(()) } else { Err(format!("{failed} tests failed")) }
}

fn options(mut parser: lexopt::Parser) -> Result<Options, String> {
    let mut options = Options { emit: "bytecode".to_string(), jobs: 2, ..Options::default() };
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("suite") => options.suite = text(&mut parser)?.into(),
            Long("exe") => options.exe = Some(text(&mut parser)?.into()),
            Long("emit") => options.emit = text(&mut parser)?,
            Long("via-mpy") => options.via_mpy = true,
            Long("mpy-cross") => options.mpy_cross = Some(text(&mut parser)?.into()),
            Long("dirs") => options.dirs = text(&mut parser)?.split(',').map(str::to_string).collect(),
            Short('j') => options.jobs = number(&mut parser)?.max(1),
            Long("filter") => options.filter = text(&mut parser)?,
            Long("stress") => options.with.extend(["-X", "gc-stress"].map(str::to_string)),
            Long("failures-dir") => options.failures = Some(text(&mut parser)?.into()),
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    if !options.suite.join("feature_check").is_dir() {
        return Err("--suite must name the `tests` folder of a MicroPython checkout".to_string());
    }
    options.suite = std::fs::canonicalize(&options.suite).map_err(|e| e.to_string())?;
    Ok(options)
}

/// `dir/name.py` for every test of the given folders that the filter keeps.
fn list(suite: &Path, dirs: &[String], filter: &str) -> Result<Vec<String>, String> {
    let mut tests = Vec::new();
    for dir in dirs {
        let entries = std::fs::read_dir(suite.join(dir)).map_err(|e| format!("{dir}: {e}"))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let test = format!("{dir}/{name}");
            if name.ends_with(".py") && !name.starts_with('.') && test.contains(filter) {
                tests.push(test);
            }
        }
    }
    tests.sort();
    Ok(tests)
}

fn pop(queue: &Mutex<VecDeque<String>>) -> Option<String> {
    queue.lock().ok()?.pop_front()
}

fn one(target: &Target, features: &Features, oracle: &Oracle, test: &str) -> Verdict {
    if features.lack(test) {
        return Verdict::Skip;
    }
    match target.run(test) {
        Ok(output) => judge::judge(target, oracle, test, &output),
        Err(reason) => Verdict::Fail { output: reason.into_bytes(), expected: Vec::new() },
    }
}

fn record(options: &Options, counts: &Mutex<[usize; 4]>, test: &str, verdict: &Verdict) {
    let Ok(mut counts) = counts.lock() else {
        return;
    };
    let (slot, word) = match verdict {
        Verdict::Pass => (0, "pass "),
        Verdict::Fail { .. } => (1, "FAIL "),
        Verdict::Skip => (2, "skip "),
        Verdict::Differ { .. } => (3, "diff "),
    };
    counts[slot] += 1;
    println!("{word} {test}");
    if let (Verdict::Fail { output, expected } | Verdict::Differ { output, expected }, Some(folder)) =
        (verdict, &options.failures)
    {
        let base = folder.join(test.replace('/', "_"));
        for (extension, bytes) in [("out", output), ("exp", expected)] {
            if let Err(reason) = write(&base.with_added_extension(extension), bytes) {
                eprintln!("{reason}");
            }
        }
    }
}
