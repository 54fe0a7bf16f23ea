//! `cargo xtask test`: all that must be green before a change lands. `cargo xtask bless`: recorded outputs anew.

use std::process::Command;

use lexopt::prelude::*;

use crate::{Done, bench, command, qemu, root, setup, text, tidy};

/// Runs every check, cheapest first, and stops at the first that fails.
pub fn run(mut parser: lexopt::Parser) -> Done {
    let mut with_setup = true;
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("no-setup") => with_setup = false,
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    if with_setup {
        setup::install()?;
    }
    command::show(cargo().args(["fmt", "--all", "--check"]))?;
    tidy::check()?;
    command::show(cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    command::show(cargo().args(["test", "--quiet", "--workspace"]))?;
    qemu::cases("")?;
    bench::smoke()?;
    println!("all tests passed");
    Ok(())
}

/// Runs the harness in the mode that writes expected outputs instead of comparing them.
pub fn bless(mut parser: lexopt::Parser) -> Done {
    let mut harness = cargo();
    harness.args(["test", "--quiet", "-p", "tests", "--test", "py", "--"]).env("BLESS", "1");
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("micropython") => {
                let path = std::fs::canonicalize(text(&mut parser)?).map_err(|e| e.to_string())?;
                harness.env("MICROPYTHON", path);
            }
            Value(filter) => {
                harness.arg(filter);
            }
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    command::show(&mut harness)
}

fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}
