//! The host program: command line, port to the operating system, prompt, dumps.

pub mod args;
pub mod dump;
mod emitter;
pub mod explain;
pub mod host;
pub mod machine;
mod module;
pub mod perf;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod profile;
#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
#[path = "profile/none.rs"]
mod profile;
pub mod repl;
pub mod run;

use std::io::Write;

use args::Action;
use emitters::exec::Pages;
use vm::compile::emitter::Emitter;
use vm::modules::sys;

/// The whole program; `stack_top` is above everything this function has on the stack. Gives the exit status.
pub fn main(stack_top: *const u8) -> u8 {
    match args::parse(std::env::args_os()) {
        Ok(Action::Help) => say(args::HELP),
        Ok(Action::Version) => say(&banner()),
        Ok(Action::Run(options)) => run::run(&options, stack_top),
        Err(message) => {
            eprintln!("pyrite: {message}\nUse -h for help.");
            run::RAISED
        }
    }
}

/// The line that the prompt and `--version` show.
pub fn banner() -> String {
    format!("{}; {} {}\n", sys::BANNER, std::env::consts::OS, std::env::consts::ARCH)
}

/// What makes machine code in this process.
pub fn emitter() -> Option<Box<dyn Emitter>> {
    Some(Box::new(emitter::Told::new(Pages::Shared, Vec::new())))
}

fn say(text: &str) -> u8 {
    // A reader that has gone away needs no help text.
    let _ = std::io::stdout().write_all(text.as_bytes());
    0
}
