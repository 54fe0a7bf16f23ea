//! Running other programs: with their output shown, or caught under a time limit.

use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::Done;

/// How a caught program ended.
pub struct Caught {
    /// Standard output and standard error as they came.
    pub output: Vec<u8>,
    /// How it ended.
    pub end: End,
}

/// The ways a program can end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// By itself, with this status.
    Status(i32),
    /// By this signal.
    Signal(i32),
    /// It was still running at the limit and has been killed.
    TimedOut,
}

impl Caught {
    /// The output as text, whatever bytes are in it.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.output).into_owned()
    }

    /// Whether it ended with status 0.
    pub fn succeeded(&self) -> bool {
        self.end == End::Status(0)
    }
}

/// Runs a command with its output shown; its failure is an error.
pub fn show(command: &mut Command) -> Done {
    println!("$ {}", line(command));
    let status = command.status().map_err(|e| format!("{}: {e}", line(command)))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {}", line(command))) }
}

/// Runs a command with both its outputs caught in one stream.
pub fn catch(command: &mut Command, limit: Duration) -> Result<Caught, String> {
    let (reader, writer) = std::io::pipe().map_err(|e| e.to_string())?;
    let second = writer.try_clone().map_err(|e| e.to_string())?;
    command.stdin(Stdio::null()).stdout(writer).stderr(second);
    wait(command, reader, limit)
}

/// The first line a command prints, or nothing when it cannot be run.
pub fn first_line(program: &str, args: &[&str]) -> Option<String> {
    let caught = catch(Command::new(program).args(args), Duration::from_secs(20)).ok()?;
    let text = caught.text();
    caught.succeeded().then(|| text.lines().next().unwrap_or_default().to_string())
}

/// A command as one would type it.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

fn wait(command: &mut Command, mut reader: std::io::PipeReader, limit: Duration) -> Result<Caught, String> {
    let mut child = command.spawn().map_err(|e| format!("{}: {e}", line(command)))?;
    // The command still holds the writing ends; the pipe would never end while it does.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let catcher = std::thread::spawn(move || {
        let mut output = Vec::new();
        let _ = reader.read_to_end(&mut output);
        output
    });
    let deadline = Instant::now() + limit;
    let mut pause = Duration::from_micros(200);
    let end = loop {
        match child.try_wait().map_err(|e| e.to_string())? {
            Some(status) => break ended(status),
            None if Instant::now() > deadline => {
                let _ = child.kill();
                let _ = child.wait();
                break End::TimedOut;
            }
            None => std::thread::sleep(pause),
        }
        pause = (pause * 2).min(Duration::from_millis(20));
    };
    // A grandchild may hold the pipe open after a kill; then what came so far is lost rather than waited for.
    if end == End::TimedOut && !finishes(&catcher) {
        return Ok(Caught { output: Vec::new(), end });
    }
    let output = catcher.join().map_err(|_| "the thread that reads output died".to_string())?;
    Ok(Caught { output, end })
}

#[cfg(unix)]
fn ended(status: ExitStatus) -> End {
    use std::os::unix::process::ExitStatusExt;
    status.code().map_or(End::Signal(status.signal().unwrap_or_default()), End::Status)
}

#[cfg(not(unix))]
fn ended(status: ExitStatus) -> End {
    End::Status(status.code().unwrap_or_default())
}

fn finishes<T>(thread: &std::thread::JoinHandle<T>) -> bool {
    for _ in 0..100 {
        if thread.is_finished() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_and_status_come_back() {
        let caught =
            catch(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]), Duration::from_secs(5)).unwrap();
        assert_eq!(caught.text(), "out\nerr\n");
        assert_eq!(caught.end, End::Status(3));
    }

    #[test]
    fn a_program_past_its_limit_is_killed() {
        let caught = catch(Command::new("sleep").arg("20"), Duration::from_millis(50)).unwrap();
        assert_eq!(caught.end, End::TimedOut);
    }
}
