//! The host program: command line, port to the operating system, prompt, dumps.

pub mod args;
pub mod dump;
pub mod host;
pub mod machine;
mod module;
pub mod repl;
pub mod run;

use std::io::Write;

use args::Action;
use vm::compile::emitter::Emitter;

/// The whole program; `stack_top` is above everything this function has on the stack. Gives the exit status.
pub fn main(stack_top: *const u8) -> u8 {
    match args::parse(std::env::args_os()) {
        Ok(Action::Help) => say(args::HELP),
        Ok(Action::Version) => say(&format!("{}; {}\n", version(), machine_name())),
        Ok(Action::Run(options)) => run::run(&options, stack_top),
        Err(message) => {
            eprintln!("pyrite: {message}\nUse -h for help.");
            run::RAISED
        }
    }
}

/// The name and version that the prompt and `--version` show, in upstream's form.
pub fn version() -> String {
    format!("MicroPython v1.29.0 (Pyrite {}) on {}", env!("CARGO_PKG_VERSION"), env!("PYRITE_DATE"))
}

/// What the prompt says about the machine.
pub fn machine_name() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// What makes machine code in this process.
pub fn emitter() -> Option<Box<dyn Emitter>> {
    None
}

fn say(text: &str) -> u8 {
    // A reader that has gone away needs no help text.
    let _ = std::io::stdout().write_all(text.as_bytes());
    0
}
