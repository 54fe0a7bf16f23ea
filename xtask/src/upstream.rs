//! `cargo xtask upstream-tests`: an external checkout of MicroPython's test tree, run against our binary.
//!
//! The rules are those of that tree's own runner, so that the counts compare: a test prints what its `.exp` file
//! says, or else what CPython prints; `SKIP` alone is a skip; a unittest report speaks for itself. Tests that
//! docs/differences.md names fail on purpose, or wait for later work, and are counted apart. Given upstream's own
//! builds, it also reckons up how much of what they pass passes here.

mod account;
pub mod features;
pub mod judge;
mod named;
pub mod oracle;
pub mod target;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use lexopt::prelude::*;

use crate::{Done, number, target_dir, text, write};
use account::Account;
use features::Features;
use judge::Verdict;
use named::Named;
use oracle::Oracle;
use target::Target;

/// What the command line says.
#[derive(Default)]
struct Options {
    suite: PathBuf,
    exe: Option<PathBuf>,
    /// Upstream's builds, to compare with.
    standard: Option<PathBuf>,
    coverage: Option<PathBuf>,
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

/// The program under test and what it has.
struct Machine {
    target: Target,
    features: Features,
}

/// The folders about the language and its built-in types; those that are reckoned up unless others are named.
const LANGUAGE: &[&str] =
    &["basics", "float", "unicode", "misc", "stress", "io", "import", "micropython", "cmdline", "thread"];

/// Runs the tests in parallel; any failure makes the task fail after the last lines of counts.
pub fn run(parser: lexopt::Parser) -> Done {
    let options = options(parser)?;
    let ours = Machine::new(Target::new(&options)?)?;
    println!("target: {}", ours.features.summary());
    let dirs = match (options.dirs.as_slice(), &options.standard) {
        ([], None) => ours.features.default_dirs(),
        ([], Some(_)) => LANGUAGE.iter().map(ToString::to_string).collect(),
        (named, _) => named.to_vec(),
    };
    let tests = list(&options.suite, &dirs, &options.filter)?;
    let oracle = Oracle::new(target_dir().join("upstream-oracle"))?;
    let named = Named::read()?;
    let verdicts = ours.all(&tests, options.jobs, &oracle, |test, verdict| {
        let verdict = named.apply(test, verdict);
        show(&options, test, &verdict);
        verdict
    })?;
    let count = |word: &str| verdicts.values().filter(|verdict| verdict.word() == word).count();
    let failed = count("FAIL");
    println!(
        "{} passed, {failed} failed, {} skipped, {} differ on purpose, {} wait for later work",
        count("pass"),
        count("skip"),
        count("diff"),
        count("wait")
    );
    if let (Some(standard), Some(coverage)) = (&options.standard, &options.coverage) {
        let peer = |exe: &Path| Machine::new(Target::peer(&options.suite, exe)?)?.passed(&tests, options.jobs, &oracle);
        let account = Account { standard: peer(standard)?, coverage: peer(coverage)?, here: &verdicts };
        account.show();
        account.check()?;
    }
    for test in named.tests().filter(|test| matches!(verdicts.get(*test), Some(Verdict::Pass))) {
        println!("{test} passes, though docs/differences.md names it");
    }
    if failed == 0 { Ok(()) } else { Err(format!("{failed} tests failed")) }
}

fn options(mut parser: lexopt::Parser) -> Result<Options, String> {
    let mut options = Options { emit: "bytecode".to_string(), jobs: 2, ..Options::default() };
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("suite") => options.suite = text(&mut parser)?.into(),
            Long("exe") => options.exe = Some(text(&mut parser)?.into()),
            Long("standard") => options.standard = Some(text(&mut parser)?.into()),
            Long("coverage") => options.coverage = Some(text(&mut parser)?.into()),
            Long("emit") => options.emit = text(&mut parser)?,
            Long("via-mpy") => options.via_mpy = true,
            Long("mpy-cross") => options.mpy_cross = Some(text(&mut parser)?.into()),
            Long("dirs") => options.dirs = text(&mut parser)?.split(',').map(str::to_string).collect(),
            Short('j') => options.jobs = number(&mut parser)?.max(1),
            Long("filter") => options.filter = text(&mut parser)?,
            Long("stress") => options.with.extend(["-X", "gc-stress"].map(str::to_string)),
            Long("heapsize") => {
                options.with.extend(["-X".to_string(), format!("heapsize={}", text(&mut parser)?)]);
            }
            Long("failures-dir") => options.failures = Some(text(&mut parser)?.into()),
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    if options.standard.is_some() != options.coverage.is_some() {
        return Err("--standard and --coverage name upstream's builds, both of them".to_string());
    }
    if !options.suite.join("feature_check").is_dir() {
        return Err("--suite must name the `tests` folder of a MicroPython checkout".to_string());
    }
    options.suite = std::fs::canonicalize(&options.suite).map_err(|e| e.to_string())?;
    Ok(options)
}

/// `dir/name.py` for every test of the given folders that the filter keeps.
pub fn list(suite: &Path, dirs: &[String], filter: &str) -> Result<Vec<String>, String> {
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

impl Machine {
    fn new(target: Target) -> Result<Machine, String> {
        let features = Features::probe(&target)?;
        Ok(Machine { target, features })
    }

    /// The verdict on every test, each as `look` leaves it.
    fn all(
        &self,
        tests: &[String],
        jobs: usize,
        oracle: &Oracle,
        look: impl Fn(&str, Verdict) -> Verdict + Sync,
    ) -> Result<BTreeMap<String, Verdict>, String> {
        let queue = Mutex::new(VecDeque::from_iter(tests));
        let verdicts = Mutex::new(BTreeMap::new());
        std::thread::scope(|scope| {
            for _ in 0..jobs {
                scope.spawn(|| {
                    while let Some(test) = queue.lock().ok().and_then(|mut queue| queue.pop_front()) {
                        let verdict = look(test, self.one(oracle, test));
                        if let Ok(mut verdicts) = verdicts.lock() {
                            verdicts.insert(test.clone(), verdict);
                        }
                    }
                });
            }
        });
        verdicts.into_inner().map_err(|_| "a worker died".to_string())
    }

    /// The tests that pass.
    fn passed(&self, tests: &[String], jobs: usize, oracle: &Oracle) -> Result<BTreeSet<String>, String> {
        let verdicts = self.all(tests, jobs, oracle, |_, verdict| verdict)?;
        let passed = verdicts.into_iter().filter(|(_, verdict)| matches!(verdict, Verdict::Pass));
        Ok(passed.map(|(test, _)| test).collect())
    }

    fn one(&self, oracle: &Oracle, test: &str) -> Verdict {
        if self.features.lack(test) {
            return Verdict::Skip;
        }
        match self.target.run(test) {
            Ok(output) => judge::judge(&self.target.suite, oracle, test, &output),
            Err(reason) => Verdict::Fail { output: reason.into_bytes(), expected: Vec::new() },
        }
    }
}

fn show(options: &Options, test: &str, verdict: &Verdict) {
    println!("{}  {test}", verdict.word());
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
