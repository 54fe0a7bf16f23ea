//! The interpreter under test: where it is, and running it under a time limit.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// With this status.
    Status(i32),
    /// By a signal: a crash.
    Signal,
    /// By us, at the time limit.
    TimedOut,
}

/// A program to run Python files with.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
}

impl Program {
    /// Our own binary: the one `PYRITE` names, or the workspace's, built with the profile of this harness.
    pub fn ours() -> Result<Program, String> {
        if let Some(path) = std::env::var_os("PYRITE") {
            return Ok(Program::at(path.as_ref()));
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
        let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        build.args(["build", "--quiet", "-p", "cli"]).current_dir(root);
        let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        let status = build.status().map_err(|e| format!("cargo: {e}"))?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        match status.success() {
            true => Ok(Program::at(&target.join(profile).join("pyrite"))),
            false => Err("the pyrite binary does not build".to_string()),
        }
    }

    /// The program at a path.
    pub fn at(path: &Path) -> Program {
        Program { path: path.to_path_buf() }
    }

    /// Runs a file in a new, empty folder; both outputs come back in one string, with one kind of newline.
    pub fn run<S: AsRef<OsStr>>(&self, options: &[S], file: &Path, limit: Duration) -> Result<(String, End), String> {
        let fail = |e: std::io::Error| format!("{}: {e}", self.path.display());
        let (mut reader, writer) = std::io::pipe().map_err(fail)?;
        let mut command = Command::new(&self.path);
        let folder = Folder::new()?;
        command.args(options).arg(file).current_dir(&folder.0);
        command.stdin(Stdio::null()).stdout(writer.try_clone().map_err(fail)?).stderr(writer);
        // Python's own buffering must not reorder the two outputs.
        command.env("PYTHONUNBUFFERED", "1").env("PYTHONIOENCODING", "utf-8").env("PYTHONDONTWRITEBYTECODE", "1");
        let mut child = command.spawn().map_err(fail)?;
        drop(command);
        let catcher = std::thread::spawn(move || {
            let mut output = Vec::new();
            let _ = reader.read_to_end(&mut output);
            output
        });
        let deadline = Instant::now() + limit;
        let end = loop {
            match child.try_wait().map_err(fail)? {
                Some(status) => break status.code().map_or(End::Signal, End::Status),
                None if Instant::now() > deadline => {
                    let _ = child.kill();
                    let _ = child.wait();
                    break End::TimedOut;
                }
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        };
        let output = catcher.join().map_err(|_| "the thread that reads output died".to_string())?;
        Ok((String::from_utf8_lossy(&output).replace("\r\n", "\n"), end))
    }
}

/// A folder for one run, gone afterwards: modes of one case run at the same time and write the same files.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Folder, String> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("pyrite-tests-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
