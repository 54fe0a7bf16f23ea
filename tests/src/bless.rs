//! Recording expected output.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::case::{Case, Recorder};
use crate::program::{End, Program};

/// Writes the `.exp` file of a case from what its recorder prints. MicroPython is the program that the environment
/// variable `MICROPYTHON` names; without it, its cases are left as they are.
pub fn bless(case: &Case) -> Result<(), String> {
    let limit = Duration::from_secs(60);
    let (output, end) = match case.recorder {
        Recorder::CPython => Program::at(Path::new("python3")).run(&["-BS"], &case.path, limit)?,
        Recorder::Pyrite => Program::ours()?.run(&case.options, &case.path, limit)?,
        Recorder::MicroPython => {
            let Some(path) = std::env::var_os("MICROPYTHON") else { return Ok(()) };
            Program::at(path.as_ref()).run(&case.options, &case.path, limit)?
        }
    };
    if end != End::Status(case.exit) {
        return Err(format!("the recorder ended with {end:?} after printing\n{output}"));
    }
    // Tracebacks name the file as it was given; the tree may lie anywhere.
    let output = without_folder(&output, &case.path);
    fs::write(case.expected(), output).map_err(|e| format!("{}: {e}", case.expected().display()))
}

/// The output with the case's folder taken out of it.
pub fn without_folder(output: &str, path: &Path) -> String {
    let folder = path.parent().unwrap_or(Path::new("")).display().to_string();
    output.replace(&format!("{folder}/"), "")
}
