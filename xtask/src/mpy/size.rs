//! `cargo xtask mpy-size`: bytes of the `.mpy` files of both compilers, over all sources below a folder that both accept.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use lexopt::prelude::*;

use crate::{Done, command, number, root, setup, target_dir, text};

/// Compares sizes; it is an error when ours are larger in sum.
pub fn run(mut parser: lexopt::Parser) -> Done {
    let (mut suites, mut theirs, mut ours, mut shown) = (Vec::new(), None, None, 10);
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("suite") => suites.push(PathBuf::from(text(&mut parser)?)),
            Long("mpy-cross") => theirs = Some(PathBuf::from(text(&mut parser)?)),
            Long("cross") => ours = Some(PathBuf::from(text(&mut parser)?)),
            Long("show") => shown = number(&mut parser)?,
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    let theirs = theirs.map_or_else(setup::mpy_cross, Ok)?;
    let ours = match ours {
        Some(path) => path,
        None => {
            let mut build = Command::new("cargo");
            build.args(["build", "--quiet", "--release", "-p", "pyrite-cross"]).current_dir(root());
            command::show(&mut build)?;
            target_dir().join("release/pyrite-cross")
        }
    };
    let mut larger = false;
    for suite in &suites {
        larger |= suite_of(suite, &theirs, &ours, shown)?;
    }
    if larger { Err("our files are larger".to_string()) } else { Ok(()) }
}

/// Prints the sums of one folder and the files where ours are larger by most; says whether the sum is larger.
fn suite_of(suite: &Path, theirs: &Path, ours: &Path, shown: usize) -> Result<bool, String> {
    let mut files = Vec::new();
    sources(suite, &mut files);
    files.sort();
    let (mut count, mut same, mut sums, mut rows) = (0, 0, [0, 0], Vec::new());
    for file in &files {
        let (Some(their), Some(our)) = (compiled(theirs, file)?, compiled(ours, file)?) else { continue };
        count += 1;
        same += usize::from(their == our);
        sums[0] += their.len();
        sums[1] += our.len();
        rows.push((our.len() as i64 - their.len() as i64, file));
    }
    rows.sort();
    for (more, file) in rows.iter().rev().take(shown).filter(|(more, _)| *more > 0) {
        println!("{more:+6}  {}", file.strip_prefix(suite).unwrap_or(file).display());
    }
    let [their, our] = sums;
    let percent = 100.0 * (our as f64 - their as f64) / their.max(1) as f64;
    let smaller = rows.iter().filter(|(more, _)| *more < 0).count();
    let larger = rows.iter().filter(|(more, _)| *more > 0).count();
    println!(
        "{}: {count} files, theirs {their} bytes, ours {our} bytes ({percent:+.2} %); {same} are the same, {smaller} smaller, {larger} larger",
        suite.display()
    );
    Ok(our > their)
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            files.push(path);
        }
    }
}

/// The file that a compiler makes of a source, if it accepts it.
fn compiled(cross: &Path, source: &Path) -> Result<Option<Vec<u8>>, String> {
    let file = target_dir().join(format!("mpy-size-{}.mpy", std::process::id()));
    let mut command = Command::new(cross);
    command.args(["-s", "source.py", "-o"]).arg(&file).arg(source);
    if !command::catch(&mut command, Duration::from_secs(60))?.succeeded() {
        return Ok(None);
    }
    let bytes = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    std::fs::remove_file(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(Some(bytes))
}
