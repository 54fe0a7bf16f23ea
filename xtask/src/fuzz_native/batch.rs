//! Many programs in one process: what each prints, also when one of them ends the process.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::command::{End, catch};
use crate::{Done, write};

/// Seconds of the processor's time that one program may take, and those of a batch.
const ALONE: u32 = 5;
const TOGETHER: u32 = 20;
/// However busy the machine is.
const LIMIT: Duration = Duration::from_secs(600);
/// How a process ends whose time is over.
pub const TOO_LONG: &str = "too long";
const SIGXCPU: i32 = 24;

/// Writes what every batch needs into a folder.
pub fn prepare(folder: &Path) -> Done {
    write(&folder.join(".runner.py"), include_str!("runner.py"))?;
    write(&folder.join(".prelude.py"), include_str!("prelude.py"))
}

/// What each program prints, and how it ends if it does not end by itself. When the process dies, the program that was
/// running is run alone, and another process runs those behind it.
pub fn outputs(interpreter: &[&str], folder: &Path, name: &str, programs: &[String]) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    while found.len() < programs.len() {
        let (texts, end) =
            process(interpreter, folder, name, programs.get(found.len()..).unwrap_or_default(), TOGETHER)?;
        let count = texts.len();
        found.extend(texts);
        if end == End::Status(0) && found.len() == programs.len() {
            break;
        }
        // What the last one printed may be lost with the process.
        let last = found.len().saturating_sub(1);
        found.truncate(last);
        let (texts, end) = process(interpreter, folder, name, programs.get(last..=last).unwrap_or_default(), ALONE)?;
        let text = texts.into_iter().next().unwrap_or_default();
        found.push(match end {
            End::Status(0) => text,
            End::Signal(SIGXCPU) => TOO_LONG.to_string(),
            End::Status(_) | End::Signal(_) | End::TimedOut => format!("{text}{end:?}"),
        });
        if count == 0 && end != End::Status(0) {
            return Err(format!("{interpreter:?} does not run: {:?}", found.last()));
        }
    }
    Ok(found)
}

/// What each program prints that was begun, and how the process ends.
fn process(
    interpreter: &[&str],
    folder: &Path,
    name: &str,
    programs: &[String],
    seconds: u32,
) -> Result<(Vec<String>, End), String> {
    let file = folder.join(name);
    let mut text = String::new();
    for (number, program) in programs.iter().enumerate() {
        text.push_str(&format!("{number} {}\n{program}", program.len()));
    }
    write(&file, text)?;
    let mut command = Command::new("sh");
    // What interpreters say on standard error, and when, is their own business.
    command.arg("-c").arg("ulimit -S -t $0; exec 2>\"$1\"; shift; exec \"$@\"").arg(seconds.to_string());
    command.arg(file.with_extension("err")).args(interpreter);
    command.arg(folder.join(".runner.py")).arg(folder.join(".prelude.py")).arg(file);
    command.env("PYTHONHASHSEED", "0").env("PYTHONIOENCODING", "utf-8");
    let caught = catch(&mut command, LIMIT)?;
    let text = caught.text();
    let mut pieces = text.split("\x01 ");
    let before = pieces.next().unwrap_or_default();
    if !before.is_empty() {
        return Err(format!("{interpreter:?} says {before}"));
    }
    let texts = pieces.map(|piece| piece.split_once('\n').map_or(piece, |(_, text)| text).to_string());
    Ok((texts.collect(), caught.end))
}
