//! `cargo xtask fuzz-mpy`: compiled files, mangled, read and run in one process.
//!
//! The corpus is what our compiler and, if it is there, upstream's make of our own Python files. `fuzz` does the work.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::campaign::Campaign;
use crate::{Done, command, root, text};

/// Folders whose Python files are compiled.
const SOURCES: [&str; 3] = ["tests/py", "examples", "benches/py"];
/// The machine whose sanitizer is used.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// Runs until the time is over; fails when anything was found.
pub fn run(parser: lexopt::Parser) -> Done {
    let (mut asan, mut upstream) = (false, PathBuf::from("mpy-cross"));
    let campaign = Campaign::parse("fuzz-mpy", parser, |name, parser| {
        match name {
            "asan" => asan = true,
            "mpy-cross" => upstream = text(parser)?.into(),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let corpus = campaign.found.join("corpus");
    match compile(&upstream, &corpus) {
        Some(count) => println!("{}: {count} files", upstream.display()),
        None => println!("{}: not there, so only our own files", upstream.display()),
    }
    let mut fuzz = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    fuzz.args(["run", "--quiet", "--release", "--manifest-path"]).arg(root().join("fuzz/Cargo.toml"));
    if asan {
        // The sanitizer comes with the compiler, behind an option that is not stable. The collector reads whole stacks, so
        // theirs cannot be poisoned; images of files lie apart and can.
        // Cranelift takes long to build like that, and what it makes is not run.
        fuzz.args(["--no-default-features", "--target", TARGET]).env("RUSTC_BOOTSTRAP", "1");
        fuzz.env("RUSTFLAGS", "-Zsanitizer=address -Cllvm-args=-asan-stack=0");
        fuzz.env("ASAN_OPTIONS", "detect_leaks=0:allocator_may_return_null=1");
    }
    fuzz.args(["--", "mpy", "--seconds", &campaign.seconds.to_string(), "--seed", &campaign.seed.to_string()]);
    fuzz.arg("--found").arg(&campaign.found).arg("--corpus").arg(&corpus);
    for folder in SOURCES {
        fuzz.arg("--corpus").arg(root().join(folder));
    }
    command::show(&mut fuzz)
}

/// Has upstream's compiler make files of all it accepts, once; how many there are. `None` if it cannot be run.
fn compile(upstream: &Path, corpus: &Path) -> Option<usize> {
    let count = || std::fs::read_dir(corpus).map_or(0, Iterator::count);
    if count() > 0 {
        return Some(count());
    }
    std::fs::create_dir_all(corpus).ok()?;
    let mut sources = Vec::new();
    for folder in SOURCES {
        collect(&root().join(folder), &mut sources);
    }
    for (number, source) in sources.iter().enumerate() {
        let out = corpus.join(format!("{number}.mpy"));
        Command::new(upstream).arg("-o").arg(out).arg(source).output().ok()?;
    }
    Some(count())
}

fn collect(folder: &Path, sources: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            sources.push(path);
        }
    }
}
