//! Runs the program and keeps what it says.
#![allow(dead_code, reason = "each test program uses its part")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// How a run ended.
pub struct End {
    pub out: String,
    pub err: String,
    pub status: i32,
}

/// A run to come.
pub struct Run {
    command: Command,
    input: String,
}

/// The program with these arguments, and without the variables it listens to.
pub fn pyrite(words: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyrite"));
    command.args(words).env_remove("MICROPYPATH").env_remove("MICROPYINSPECT");
    Run { command, input: String::new() }
}

/// Runs the program with these arguments and nothing on standard input.
pub fn run(words: &[&str]) -> End {
    pyrite(words).end()
}

impl Run {
    /// What comes on standard input.
    pub fn input(mut self, text: &str) -> Run {
        self.input = text.into();
        self
    }

    /// An environment variable.
    pub fn variable(mut self, name: &str, value: &str) -> Run {
        self.command.env(name, value);
        self
    }

    /// The working directory.
    pub fn inside(mut self, folder: &Folder) -> Run {
        self.command.current_dir(&folder.0);
        self
    }

    /// Runs it.
    pub fn end(mut self) -> End {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A program that ends before it has read everything breaks the pipe.
        let _ = stdin.write_all(self.input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("output");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        End { out: text(&output.stdout), err: text(&output.stderr), status: output.status.code().unwrap_or(-1) }
    }
}

/// A folder that goes away with its value.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty folder.
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("pyrite-cli-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path.canonicalize().expect("its path"))
    }

    /// Where it is.
    pub fn path(&self) -> String {
        self.0.to_string_lossy().into_owned()
    }

    /// Writes a file and gives its path.
    pub fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What the system does not let us remove stays in the folder for such things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
