//! Fuzzing on a stable compiler: mutates inputs with a seed, and keeps those that crash or hang.
//!
//!     fuzz TARGET [--seconds N] [--seed S] [--corpus DIR]... [--found DIR] [FILE]...
//!
//! The targets are in [`targets`]. A child process does the work, so that a crash of any kind is noticed: it writes each
//! input to a file before it runs it, and the parent keeps that file when the child dies or stands still. With files, each
//! is run once, to see a finding again.

mod dice;
#[cfg(feature = "cranelift")]
mod ir_diff;
mod mpy;
mod mpy_ops;
mod mutate;
mod targets;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use dice::Dice;
use targets::{Kind, State, TARGETS, Target};

/// A child that works longer on one input hangs.
const HANG: Duration = Duration::from_secs(20);
/// Mutations that are kept to mutate further, beside the corpus.
const KEPT: usize = 512;

struct Args {
    target: &'static Target,
    seconds: u64,
    seed: u64,
    corpus: Vec<PathBuf>,
    found: PathBuf,
    files: Vec<PathBuf>,
    child: bool,
}

fn main() -> ExitCode {
    let args = match arguments() {
        Ok(args) => args,
        Err(wrong) => {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            eprintln!(
                "fuzz: {wrong}\nusage: fuzz TARGET [--seconds N] [--seed S] [--corpus DIR]... [--found DIR] [FILE]..."
            );
            eprintln!("targets: {}", names.join(" "));
            return ExitCode::from(2);
        }
    };
    let done = if args.child || !args.files.is_empty() {
        tests::machine::with_stack(move || work(&args)).map(|()| true)
    } else {
        watch(&args)
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("fuzz: {error}");
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Args, String> {
    let mut words = std::env::args().skip(1);
    let name = words.next().ok_or("no target")?;
    let target = TARGETS.iter().find(|target| target.name == name).ok_or(format!("no target {name}"))?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut args = Args {
        target,
        seconds: 60,
        seed: 1,
        corpus: Vec::new(),
        found: root.join("found"),
        files: Vec::new(),
        child: false,
    };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} wants a value"));
        let number = |text: String| text.parse().map_err(|_| format!("{text} is no number"));
        match word.as_str() {
            "--seconds" => args.seconds = number(value()?)?,
            "--seed" => args.seed = number(value()?)?,
            "--corpus" => args.corpus.push(value()?.into()),
            "--found" => args.found = value()?.into(),
            "--child" => args.child = true,
            _ if word.starts_with('-') => return Err(format!("no option {word}")),
            _ => args.files.push(word.into()),
        }
    }
    if args.corpus.is_empty() {
        args.corpus = vec![root.join("../tests/py"), root.join("../examples"), root.join("../benches/py")];
    }
    Ok(args)
}

/// Runs children until the time is over; false when something was found.
fn watch(args: &Args) -> Result<bool, String> {
    let end = Instant::now() + Duration::from_secs(args.seconds);
    fs::create_dir_all(&args.found).map_err(|e| format!("{}: {e}", args.found.display()))?;
    let this = std::env::current_exe().map_err(|e| e.to_string())?;
    let (mut seed, mut findings) = (args.seed, 0);
    loop {
        let left = end.saturating_duration_since(Instant::now()).as_secs();
        if left == 0 {
            break;
        }
        let mut command = Command::new(&this);
        command.arg(args.target.name).arg("--child").arg("--found").arg(&args.found);
        command.args(["--seconds", &left.to_string(), "--seed", &seed.to_string()]).stdin(Stdio::null());
        for folder in &args.corpus {
            command.arg("--corpus").arg(folder);
        }
        let mut child = command.spawn().map_err(|e| e.to_string())?;
        let current = current(&args.found, args.target, child.id());
        let (mut seen, start, mut since) = (Vec::new(), Instant::now(), Duration::ZERO);
        let how = loop {
            if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
                break if status.success() { None } else { Some(status.to_string()) };
            }
            std::thread::sleep(Duration::from_millis(200));
            let (now, time) = (fs::read(&current).unwrap_or_default(), spent(child.id()).unwrap_or(start.elapsed()));
            if now != seen {
                (seen, since) = (now, time);
            } else if time.saturating_sub(since) > HANG {
                let _ = child.kill();
                let _ = child.wait();
                break Some("a hang".to_string());
            }
        };
        if let Some(how) = how {
            findings += 1;
            let kept = args.found.join(format!("{}-{seed}", args.target.name));
            fs::rename(&current, &kept).map_err(|e| format!("{}: {e}", current.display()))?;
            println!("{}: {how}: {}", args.target.name, kept.display());
        } else {
            let _ = fs::remove_file(&current);
        }
        seed += 1;
    }
    println!("{}: {findings} findings", args.target.name);
    Ok(findings == 0)
}

/// The processor's time that a process has had, where the system tells: on a busy machine other time says little.
fn spent(process: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, which may be anything, ends with a bracket; the times are the 12th and 13th behind it, in hundredths.
    let mut times = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (times.next()?.parse().ok()?, times.next()?.parse().ok()?);
    Some(Duration::from_millis((user + system) * 10))
}

/// Where a child writes what it is about to run.
fn current(found: &Path, target: &Target, child: u32) -> PathBuf {
    found.join(format!(".{}-{child}", target.name))
}

/// The child: files once, or mutations until the time is over.
fn work(args: &Args) -> Result<(), String> {
    let mut state = State::default();
    let read = |path: &PathBuf| fs::read(path).map_err(|e| format!("{}: {e}", path.display()));
    if !args.files.is_empty() {
        for path in &args.files {
            (args.target.run)(&mut state, &read(path)?);
        }
        return Ok(());
    }
    let mut texts = Vec::new();
    for folder in &args.corpus {
        collect(folder, args.target.kind == Kind::Module, &mut texts);
    }
    texts.sort();
    let mut inputs = args.target.seeds(texts);
    if inputs.is_empty() {
        return Err("the corpus is empty".to_string());
    }
    let end = Instant::now() + Duration::from_secs(args.seconds);
    let mut dice = Dice::new(args.seed);
    let current = current(&args.found, args.target, std::process::id());
    let (mut count, corpus) = (0u64, inputs.len());
    while Instant::now() < end {
        let (one, other) = (dice.below(inputs.len()), dice.below(inputs.len()));
        let (Some(one), Some(other)) = (inputs.get(one), inputs.get(other)) else { break };
        let input = args.target.mutate(&mut dice, one, other);
        fs::write(&current, &input).map_err(|e| format!("{}: {e}", current.display()))?;
        let accepted = state.accepted;
        (args.target.run)(&mut state, &input);
        count += 1;
        // Some mutations are mutated again: of targets that refuse inputs those that were let in, else all would soon be
        // refused. The corpus itself stays.
        if dice.once_in(16) && (state.accepted > accepted || args.target.kind != Kind::Module) {
            if inputs.len() < corpus + KEPT {
                inputs.push(input);
            } else {
                let at = corpus + dice.below(KEPT);
                if let Some(place) = inputs.get_mut(at) {
                    *place = input;
                }
            }
        }
    }
    let accepted = if state.accepted > 0 { format!(", {} let in", state.accepted) } else { String::new() };
    println!("{}: {count} inputs with seed {}{accepted}", args.target.name, args.seed);
    Ok(())
}

/// All Python files of a folder and what lies in it, and compiled ones where they are of use.
fn collect(folder: &Path, compiled: bool, texts: &mut Vec<Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, compiled, texts);
        } else if path.extension().is_some_and(|extension| extension == "py" || extension == "mpy" && compiled)
            && let Ok(text) = fs::read(&path)
        {
            texts.push(text);
        }
    }
}
