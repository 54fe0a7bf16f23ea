//! `cargo xtask fuzz-mpy`: compiled files, mangled, read and run in one process.
//!
//! The corpus is what our compiler and, if it is there, upstream's make of our own Python files and of a suite's. `fuzz` does
//! the work.

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
    let mut sources: Vec<PathBuf> = SOURCES.iter().map(|folder| root().join(folder)).collect();
    let campaign = Campaign::parse("fuzz-mpy", parser, |name, parser| {
        match name {
            "asan" => asan = true,
            "mpy-cross" => upstream = text(parser)?.into(),
            "suite" => sources.push(text(parser)?.into()),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let corpus = campaign.found.join("corpus");
    match compile(&upstream, &sources, &corpus) {
        Some(count) => println!("{}: {count} files", upstream.display()),
        None => println!("{}: not there, so only our own files", upstream.display()),
    }
    let mut fuzz = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    fuzz.args(["run", "--quiet", "--release", "--manifest-path"]).arg(root().join("fuzz/Cargo.toml"));
    if asan {
        // The sanitizer comes with the compiler, behind an option that is not stable. The collector reads whole stacks, so
        // theirs cannot be poisoned; images of files lie apart and can, and the heap does it itself.
        // Cranelift takes long to build like that, and what it makes is not run.
        fuzz.args(["--no-default-features", "--target", TARGET]).env("RUSTC_BOOTSTRAP", "1");
        fuzz.env("RUSTFLAGS", "-Zsanitizer=address -Cllvm-args=-asan-stack=0 --cfg asan");
        fuzz.env("ASAN_OPTIONS", "detect_leaks=0:allocator_may_return_null=1:hard_rss_limit_mb=2048");
    }
    fuzz.args(["--", "mpy", "--seconds", &campaign.seconds.to_string(), "--seed", &campaign.seed.to_string()]);
    fuzz.arg("--found").arg(&campaign.found).arg("--corpus").arg(&corpus);
    for folder in &sources {
        fuzz.arg("--corpus").arg(folder);
    }
    command::show(&mut fuzz)
}

/// Has upstream's compiler make files of all it accepts, once for each folder; how many there are. `None` if it cannot be run.
fn compile(upstream: &Path, folders: &[PathBuf], corpus: &Path) -> Option<usize> {
    let mut count = 0;
    for folder in folders {
        let made = corpus.join(folder.to_string_lossy().replace(['/', '\\'], "-"));
        if !made.exists() {
            std::fs::create_dir_all(&made).ok()?;
            let mut sources = Vec::new();
            collect(folder, &mut sources);
            for (number, source) in sources.iter().enumerate() {
                let out = made.join(format!("{number}.mpy"));
                Command::new(upstream).arg("-o").arg(out).arg(source).output().ok()?;
            }
        }
        count += std::fs::read_dir(&made).map_or(0, Iterator::count);
    }
    Some(count)
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
