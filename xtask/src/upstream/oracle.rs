//! What a test should print: its recorded output, or else CPython's, remembered between runs.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::{command, write};

/// CPython, and the folder that remembers what it said.
pub struct Oracle {
    python: String,
    version: String,
    memory: PathBuf,
}

impl Oracle {
    /// The interpreter is `MICROPY_CPYTHON3`, or `python3` from the path.
    pub fn new(memory: PathBuf) -> Result<Oracle, String> {
        let python = std::env::var("MICROPY_CPYTHON3").unwrap_or_else(|_| "python3".to_string());
        let version =
            command::first_line(&python, &["-V"]).ok_or(format!("{python} cannot be run; it is the oracle"))?;
        Ok(Oracle { python, version, memory })
    }

    /// The file that a test's output is compared with, if it has one. Those for machine code (`.native.exp`), which
    /// has no lines upstream, are not looked at: native means Python.
    pub fn recorded(test: &Path) -> Option<Vec<u8>> {
        std::fs::read(test.with_added_extension("exp")).ok()
    }

    /// CPython's output for a test.
    pub fn ask(&self, test: &Path) -> Result<Vec<u8>, String> {
        let source = std::fs::read(test).map_err(|e| format!("{}: {e}", test.display()))?;
        let mut hasher = DefaultHasher::new();
        (&self.version, test, &source).hash(&mut hasher);
        let remembered = self.memory.join(format!("{:016x}", hasher.finish()));
        if let Ok(output) = std::fs::read(&remembered) {
            return Ok(output);
        }
        let mut python = Command::new(&self.python);
        python.args(["-BS"]).arg(test).env("PYTHONIOENCODING", "utf-8");
        python.current_dir(test.parent().unwrap_or(Path::new("/")));
        let caught = command::catch(&mut python, Duration::from_secs(60))?;
        let output = match caught.succeeded() {
            true => caught.output,
            false => [b"CPYTHON3 CRASH:\n".as_slice(), &caught.output].concat(),
        };
        write(&remembered, &output)?;
        Ok(output)
    }
}
