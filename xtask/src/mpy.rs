//! `cargo xtask mpy-roundtrip`: `.mpy` files of two compilers, each run by the other's machine.
//!
//! Theirs: what MicroPython's mpy-cross makes runs here. Ours: what pyrite-cross makes runs in MicroPython. A program
//! counts when both compilers accept it; it must print what the suite says. One that prints something else also when
//! the machine loads its own compiler's file, or the text itself, tells nothing about files and is counted apart.

mod peer;
pub mod size;

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use lexopt::prelude::*;

use crate::upstream::features::Features;
use crate::upstream::judge::{Verdict, judge};
use crate::upstream::oracle::Oracle;
use crate::upstream::target::{Target, is_special};
use crate::{Done, command, number, root, setup, target_dir, text, upstream, write};
use peer::Peer;

/// Our own programs, for `cargo xtask test`.
const OWN: &str = "mpy-cross/tests/py";

/// Tests that print the name of their file, which is another one in a `.mpy` file; upstream's runner leaves them out.
const NAMES_FILE: &[&str] = &[
    "import/import_file.py",
    "io/argv.py",
    "misc/sys_settrace_features.py",
    "misc/sys_settrace_generator.py",
    "misc/sys_settrace_loop.py",
];

/// What the command line says.
#[derive(Default)]
struct Options {
    suite: PathBuf,
    theirs: Option<PathBuf>,
    ours: Option<PathBuf>,
    exe: Option<PathBuf>,
    micropython: Option<PathBuf>,
    wasm: bool,
    /// Leave out the direction from their compiler to our machine.
    only_ours: bool,
    dirs: Vec<String>,
    jobs: usize,
    filter: String,
    failures: Option<PathBuf>,
}

/// What became of a program in one direction.
#[derive(PartialEq, Eq)]
enum Outcome {
    /// It printed what it should.
    Pass,
    /// It said that it does not apply.
    Skip,
    /// MicroPython's compiler refuses it.
    Refused,
    /// It prints the same wrong thing without the other's file.
    Alike,
    /// Without the other's file it prints something else that is wrong.
    Both,
    /// It printed something else.
    Fail(Vec<u8>),
}

/// The two compilers and whoever runs their files.
struct Trip {
    suite: PathBuf,
    theirs: PathBuf,
    ours: PathBuf,
    oracle: Oracle,
    work: PathBuf,
    failures: Option<PathBuf>,
}

/// Runs all programs in both directions, or in those that the options name a machine for. Without a suite, our own.
pub fn run(parser: lexopt::Parser) -> Done {
    let options = options(parser)?;
    if options.suite.as_os_str().is_empty() {
        return own();
    }
    let theirs = match &options.theirs {
        Some(path) => std::fs::canonicalize(path).map_err(|e| format!("{}: {e}", path.display()))?,
        None => setup::mpy_cross()?,
    };
    let (exe, ours) = built(&options, "release")?;
    let machine = Target::peer(&options.suite, &exe)?;
    let features = Features::probe(&machine)?;
    let dirs = if options.dirs.is_empty() { features.default_dirs() } else { options.dirs.clone() };
    let tests = upstream::list(&options.suite, &dirs, &options.filter)?;
    let tests: Vec<String> = tests
        .into_iter()
        .filter(|test| !is_special(test) && !features.lack(test) && !NAMES_FILE.contains(&test.as_str()))
        .collect();
    let trip = Trip::new(&options, theirs, ours)?;
    let mut all_good = options.only_ours || trip.here(&tests, options.jobs, &machine);
    if let Some(exe) = &options.micropython {
        let peer = Target::peer(&options.suite, exe)?;
        let lacking = Features::probe(&peer)?;
        let tests: Vec<String> = tests.iter().filter(|test| !lacking.lack(test)).cloned().collect();
        all_good &= trip
            .show("ours, run by MicroPython", &tests, options.jobs, |test| trip.ours_runs(test, &Peer::Program(&peer)));
    }
    if options.wasm {
        let peer = Peer::Wasm { script: setup::wasm()? };
        all_good &= trip
            .show("ours, run by MicroPython for WebAssembly", &tests, options.jobs, |test| trip.ours_runs(test, &peer));
    }
    let _ = std::fs::remove_dir_all(&trip.work);
    if all_good { Ok(()) } else { Err("some files do not travel".to_string()) }
}

/// Our own programs in both directions, with the peers that setup has installed.
pub fn own() -> Done {
    let suite = root().join(OWN);
    let entries = std::fs::read_dir(&suite).map_err(|e| format!("{}: {e}", suite.display()))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut tests: Vec<String> = names.filter(|name| name.ends_with(".py") && !name.starts_with('_')).collect();
    tests.sort();
    let options = Options { suite, jobs: 2, wasm: true, ..Options::default() };
    // The tests before have built these.
    let (exe, ours) = built(&options, "dev")?;
    let machine = Target::peer(&options.suite, &exe)?;
    let trip = Trip::new(&options, setup::mpy_cross()?, ours)?;
    let peer = Peer::Wasm { script: setup::wasm()? };
    let mut all_good = trip.here(&tests, options.jobs, &machine);
    all_good &=
        trip.show("ours, run by MicroPython for WebAssembly", &tests, options.jobs, |test| trip.ours_runs(test, &peer));
    let _ = std::fs::remove_dir_all(&trip.work);
    if all_good { Ok(()) } else { Err("some files do not travel".to_string()) }
}

fn options(mut parser: lexopt::Parser) -> Result<Options, String> {
    let mut options = Options { jobs: 2, ..Options::default() };
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("suite") => options.suite = text(&mut parser)?.into(),
            Long("mpy-cross") => options.theirs = Some(text(&mut parser)?.into()),
            Long("cross") => options.ours = Some(text(&mut parser)?.into()),
            Long("exe") => options.exe = Some(text(&mut parser)?.into()),
            Long("micropython") => options.micropython = Some(text(&mut parser)?.into()),
            Long("wasm") => options.wasm = true,
            Long("only-ours") => options.only_ours = true,
            Long("dirs") => options.dirs = text(&mut parser)?.split(',').map(str::to_string).collect(),
            Short('j') => options.jobs = number(&mut parser)?.max(1),
            Long("filter") => options.filter = text(&mut parser)?,
            Long("failures-dir") => options.failures = Some(text(&mut parser)?.into()),
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    if !options.suite.as_os_str().is_empty() {
        if !options.suite.join("feature_check").is_dir() {
            return Err("--suite must name the `tests` folder of a MicroPython checkout".to_string());
        }
        options.suite = std::fs::canonicalize(&options.suite).map_err(|e| e.to_string())?;
    }
    Ok(options)
}

/// Our machine and our compiler: those that the options name, else built now as the profile says.
fn built(options: &Options, profile: &str) -> Result<(PathBuf, PathBuf), String> {
    if options.exe.is_none() || options.ours.is_none() {
        let mut build = Command::new("cargo");
        build.args(["build", "--quiet", "--profile", profile, "-p", "cli", "-p", "pyrite-cross"]).current_dir(root());
        command::show(&mut build)?;
    }
    let folder = if profile == "dev" { "debug" } else { profile };
    let or = |path: &Option<PathBuf>, name: &str| {
        let path = path.clone().unwrap_or_else(|| target_dir().join(folder).join(name));
        std::fs::canonicalize(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    Ok((or(&options.exe, "pyrite")?, or(&options.ours, "pyrite-cross")?))
}

impl Trip {
    fn new(options: &Options, theirs: PathBuf, ours: PathBuf) -> Result<Trip, String> {
        let work = target_dir().join(format!("mpy-roundtrip-{}", std::process::id()));
        std::fs::create_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))?;
        let work = std::fs::canonicalize(&work).map_err(|e| e.to_string())?;
        let oracle = Oracle::new(target_dir().join("upstream-oracle"))?;
        Ok(Trip { suite: options.suite.clone(), theirs, ours, oracle, work, failures: options.failures.clone() })
    }

    /// Runs the files of both compilers on our machine.
    fn here(&self, tests: &[String], jobs: usize, machine: &Target) -> bool {
        let peer = Peer::Program(machine);
        let theirs = self.show("theirs, run by pyrite", tests, jobs, |test| self.theirs_runs(test, &peer));
        let ours = self.show("ours, run by pyrite", tests, jobs, |test| self.ours_runs(test, &peer));
        theirs && ours
    }

    /// Runs all programs in one direction, prints what failed and the counts; says whether nothing failed.
    fn show(&self, title: &str, tests: &[String], jobs: usize, one: impl Fn(&str) -> Outcome + Sync) -> bool {
        let queue = Mutex::new(VecDeque::from_iter(tests));
        let outcomes = Mutex::new(BTreeMap::new());
        std::thread::scope(|scope| {
            for _ in 0..jobs {
                scope.spawn(|| {
                    while let Some(test) = queue.lock().ok().and_then(|mut queue| queue.pop_front()) {
                        let outcome = one(test);
                        if let Ok(mut outcomes) = outcomes.lock() {
                            outcomes.insert(test.clone(), outcome);
                        }
                    }
                });
            }
        });
        let outcomes = outcomes.into_inner().unwrap_or_default();
        for (test, outcome) in &outcomes {
            match outcome {
                Outcome::Pass | Outcome::Skip | Outcome::Refused => {}
                Outcome::Alike => println!("alike {test}"),
                Outcome::Both => println!("both  {test}"),
                Outcome::Fail(output) => {
                    println!("FAIL  {test}");
                    self.keep(title, test, output);
                }
            }
        }
        let count = |wanted: fn(&Outcome) -> bool| outcomes.values().filter(|outcome| wanted(outcome)).count();
        let failed = count(|outcome| matches!(outcome, Outcome::Fail(_)));
        println!(
            "{title}: {} of {} passed, {failed} failed; {} are skipped, {} refused by mpy-cross; \
             {} print the same otherwise, {} fail otherwise too",
            count(|outcome| *outcome == Outcome::Pass),
            count(|outcome| matches!(outcome, Outcome::Pass | Outcome::Fail(_))),
            count(|outcome| *outcome == Outcome::Skip),
            count(|outcome| *outcome == Outcome::Refused),
            count(|outcome| *outcome == Outcome::Alike),
            count(|outcome| *outcome == Outcome::Both),
        );
        failed == 0
    }

    fn keep(&self, title: &str, test: &str, output: &[u8]) {
        let Some(folder) = &self.failures else { return };
        let who = title.rsplit(' ').next().unwrap_or_default();
        if let Err(reason) = write(&folder.join(format!("{who}_{}.out", test.replace('/', "_"))), output) {
            eprintln!("{reason}");
        }
    }

    /// What MicroPython's compiler makes, run by our machine.
    fn theirs_runs(&self, test: &str, machine: &Peer) -> Outcome {
        let Ok(file) = self.compile(&self.theirs, test, "theirs") else { return Outcome::Refused };
        let outcome = self.run(test, machine, &file);
        let _ = std::fs::remove_file(&file);
        match outcome {
            Outcome::Fail(output) => self.beside(test, output, machine.run_text(&self.suite, test)),
            Outcome::Pass | Outcome::Skip | Outcome::Refused | Outcome::Alike | Outcome::Both => outcome,
        }
    }

    /// What our compiler makes, run by MicroPython.
    fn ours_runs(&self, test: &str, machine: &Peer) -> Outcome {
        let Ok(theirs) = self.compile(&self.theirs, test, "theirs") else { return Outcome::Refused };
        let outcome = match self.compile(&self.ours, test, "ours") {
            Err(said) => Outcome::Fail(said),
            Ok(file) => {
                let outcome = self.run(test, machine, &file);
                let _ = std::fs::remove_file(&file);
                outcome
            }
        };
        let outcome = match outcome {
            Outcome::Fail(output) => self.beside(test, output, machine.run(&self.suite, test, &theirs)),
            Outcome::Pass | Outcome::Skip | Outcome::Refused | Outcome::Alike | Outcome::Both => outcome,
        };
        let _ = std::fs::remove_file(&theirs);
        outcome
    }

    /// Runs a file, once more when that fails: tests of time fail where much else runs.
    fn run(&self, test: &str, machine: &Peer, file: &Path) -> Outcome {
        match self.outcome(test, machine.run(&self.suite, test, file)) {
            Outcome::Fail(_) => self.outcome(test, machine.run(&self.suite, test, file)),
            outcome @ (Outcome::Pass | Outcome::Skip | Outcome::Refused | Outcome::Alike | Outcome::Both) => outcome,
        }
    }

    /// What to think of a wrong output, given what the machine prints without the other's file.
    fn beside(&self, test: &str, output: Vec<u8>, other: Result<Vec<u8>, String>) -> Outcome {
        match other {
            Ok(other) if other == output => Outcome::Alike,
            other if self.outcome(test, other.clone()) == Outcome::Pass => Outcome::Fail(output),
            Ok(_) | Err(_) => Outcome::Both,
        }
    }

    fn outcome(&self, test: &str, output: Result<Vec<u8>, String>) -> Outcome {
        let output = match output {
            Ok(output) => output,
            Err(reason) => return Outcome::Fail(reason.into_bytes()),
        };
        match judge(&self.suite, &self.oracle, test, &output) {
            Verdict::Pass => Outcome::Pass,
            Verdict::Skip => Outcome::Skip,
            Verdict::Fail { .. } | Verdict::Differ { .. } | Verdict::Wait => Outcome::Fail(output),
        }
    }

    /// The file that a compiler makes of a test, or what it says.
    fn compile(&self, cross: &Path, test: &str, who: &str) -> Result<PathBuf, Vec<u8>> {
        let name = test.strip_suffix(".py").unwrap_or(test).replace(['/', '.', '-'], "_");
        let file = self.work.join(format!("{who}_{name}.mpy"));
        let mut command = Command::new(cross);
        command.args(["-s", test, "-o"]).arg(&file).arg(self.suite.join(test));
        match command::catch(&mut command, Duration::from_secs(60)) {
            Ok(caught) if caught.succeeded() => Ok(file),
            Ok(caught) => Err(caught.output),
            Err(reason) => Err(reason.into_bytes()),
        }
    }
}
