//! Runs the program and keeps what it says.
#![allow(dead_code, reason = "each test program uses its part")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// How a run ended.
pub struct End {
    pub out: Vec<u8>,
    pub err: String,
    pub status: i32,
}

impl End {
    /// The status of a run that said nothing.
    pub fn quiet(&self) -> i32 {
        assert_eq!((self.out.as_slice(), self.err.as_str()), (&b""[..], ""));
        self.status
    }
}

/// A run to come.
pub struct Run {
    command: Command,
    input: String,
}

/// The program with the arguments that stand between the spaces.
pub fn cross(words: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mpy-cross"));
    command.args(words.split_whitespace());
    Run { command, input: String::new() }
}

impl Run {
    /// What comes on standard input.
    pub fn input(mut self, text: &str) -> Run {
        self.input = text.into();
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
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        End { out: output.stdout, err, status: output.status.code().unwrap_or(-1) }
    }
}

/// A folder that goes away with its value.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty folder.
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("pyrite-cross-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) {
        self.write_bytes(name, text.as_bytes());
    }

    /// Writes a file that is no text.
    pub fn write_bytes(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.join(name), bytes).expect("a file");
    }

    /// Whether a file is there.
    pub fn has(&self, name: &str) -> bool {
        self.0.join(name).is_file()
    }

    /// What is in a file.
    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).expect("a file")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What the system does not let us remove stays in the folder for such things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
