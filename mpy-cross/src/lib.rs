//! The cross compiler: Python to `.mpy` files for any MicroPython, and what is in such a file.
//!
//! Its command line is that of MicroPython's `mpy-cross`, so that tools can call it in its place; see docs/mpy.md.

pub mod arch;
pub mod args;
pub mod compile;
pub mod dump;
pub mod file;
mod machine;
pub mod manifest;
mod port;
mod report;
pub mod romfs;

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use args::{Action, Dump, Options};

/// The exit status of everything that went wrong.
const FAILED: u8 = 1;

/// The whole program. Gives the exit status.
pub fn main() -> u8 {
    let args: Vec<OsString> = std::env::args_os().collect();
    if romfs::is_meant(&args) {
        return match romfs::run(&args) {
            Ok(text) => {
                say(text.as_bytes());
                0
            }
            Err(message) => {
                // A reader that has gone away needs no message.
                let _ = std::io::stderr().write_all(message.as_bytes());
                FAILED
            }
        };
    }
    let done = match args::parse(&args) {
        Action::Usage => {
            say(args::usage(args.first()).as_bytes());
            return FAILED;
        }
        Action::Version => {
            say(format!("{}; mpy-cross emitting mpy v6.3\n", vm::modules::sys::BANNER).as_bytes());
            return 0;
        }
        Action::Refuse(message) => Err(format!("{message}\n")),
        Action::Compile(options) => run(&options),
    };
    match done {
        Ok(()) => 0,
        Err(message) => {
            // A reader that has gone away needs no message.
            let _ = std::io::stderr().write_all(message.as_bytes());
            FAILED
        }
    }
}

/// Does what the options say; an error is the text for people.
fn run(options: &Options) -> Result<(), String> {
    let is_stdin = options.input == "-";
    let source = read(&options.input)?;
    if let Some(form) = options.dump {
        // No program starts like that.
        let bytes = match source.starts_with(b"M\x06") || Path::new(&options.input).extension() == Some("mpy".as_ref())
        {
            true => source,
            false => compiled(options, &source)?,
        };
        let file = file::read(&bytes).map_err(|error| format!("{}: {error}\n", options.input.display()))?;
        let text = match form {
            Dump::Text => dump::text(&file, &bytes),
            Dump::Json => dump::json(&file, &bytes),
        };
        return write_out(text.as_bytes());
    }
    let bytes = compiled(options, &source)?;
    match &options.output {
        Some(name) if name == "-" => write_out(&bytes),
        None if is_stdin => write_out(&bytes),
        Some(name) => write(Path::new(name), &bytes),
        None => write(&output_name(&options.input), &bytes),
    }
}

/// Compiles a text; what the compiler has to say beside goes to standard error.
fn compiled(options: &Options, source: &[u8]) -> Result<Vec<u8>, String> {
    let name = match &options.source {
        Some(name) => name.to_string_lossy(),
        None if options.input == "-" => "<stdin>".into(),
        None => options.input.to_string_lossy(),
    };
    let compiled = compile::compile(source, &name, options).map_err(|error| report::error(&error, source, &name))?;
    for note in &compiled.notes {
        let _ = writeln!(std::io::stderr(), "{note}");
    }
    Ok(compiled.bytes)
}

fn read(name: &OsStr) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = match name == "-" {
        true => std::io::stdin().lock().read_to_end(&mut bytes),
        false => {
            std::fs::File::open(name).map_err(|error| cannot_open(Path::new(name), &error))?.read_to_end(&mut bytes)
        }
    };
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => Err(format!("OSError: {}\n", error.raw_os_error().unwrap_or(0))),
    }
}

fn write(name: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(name, bytes).map_err(|error| cannot_open(name, &error))
}

/// The words are upstream's.
fn cannot_open(name: &Path, error: &std::io::Error) -> String {
    format!("OSError: ({}, \"can't open {}\")\n", error.raw_os_error().unwrap_or(0), name.display())
}

fn write_out(bytes: &[u8]) -> Result<(), String> {
    let mut out = std::io::stdout();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(format!("{error}\n")),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The input's name with its last two letters replaced by `mpy`, whatever they are.
fn output_name(input: &OsStr) -> PathBuf {
    let mut name = input.to_string_lossy().into_owned();
    name.pop();
    name.pop();
    name.push_str("mpy");
    name.into()
}

fn say(text: &[u8]) {
    // A reader that has gone away needs no text.
    let _ = std::io::stdout().write_all(text);
}
