//! Machines that run `.mpy` files: programs with a command line, and MicroPython for WebAssembly inside node.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::upstream::target::{Target, marked};
use crate::{command, root};

/// Whoever runs a file.
pub enum Peer<'a> {
    /// A program that takes `-m`.
    Program(&'a Target),
    /// The npm package.
    Wasm {
        /// Its script.
        script: PathBuf,
    },
}

impl Peer<'_> {
    /// The output of a test that was compiled to a file.
    pub fn run(&self, suite: &Path, test: &str, file: &Path) -> Result<Vec<u8>, String> {
        match self {
            Peer::Program(target) => {
                let folder = file.parent().unwrap_or(suite);
                let module = file.file_stem().unwrap_or_default().to_string_lossy();
                target.run_module(test, folder, &module)
            }
            Peer::Wasm { script } => {
                let mut node = Command::new("node");
                node.arg(root().join("xtask/src/mpy/run.mjs")).arg(script).arg(file).arg(suite.join(test));
                Ok(marked(&command::catch(&mut node, Duration::from_secs(60))?))
            }
        }
    }

    /// The output of a test as it stands.
    pub fn run_text(&self, suite: &Path, test: &str) -> Result<Vec<u8>, String> {
        match self {
            Peer::Program(target) => target.run(test),
            Peer::Wasm { .. } => self.run(suite, test, &suite.join(test)),
        }
    }
}
