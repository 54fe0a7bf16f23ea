//! `cargo xtask test`: all that must be green before a change lands. `cargo xtask bless`: recorded outputs anew.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use lexopt::prelude::*;

use crate::firmware::Board;
use crate::{Done, bench, command, mpy, qemu, root, setup, text, tidy};

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
    let (passed, failed, ignored) = counted(cargo().args(["test", "--workspace", "--no-fail-fast"]))?;
    match with_setup || setup::has_peers() {
        true => mpy::own()?,
        false => println!("left out: files of both cross compilers, whose packages only setup installs"),
    }
    let board = Board::usual()?;
    qemu::cases(&board, "")?;
    match with_setup || setup::has_peers() {
        true => qemu::tools(&board)?,
        false => println!("left out: mpremote, whose package only setup installs"),
    }
    bench::smoke()?;
    // Each routine of the micro-benches once; the profile is the one that the smoke run has built for.
    command::show(cargo().args(["bench", "--quiet", "-p", "benches", "--bench", "micro", "--", "--test"]))?;
    println!("{passed} passed, {failed} failed, {ignored} skipped");
    Ok(())
}

/// Runs `cargo test` with its output shown, and adds up what its parts say: passed, failed, ignored.
fn counted(test: &mut Command) -> Result<(u32, u32, u32), String> {
    println!("$ {}", command::line(test));
    let mut child = test.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(|e| e.to_string())?;
    let (mut passed, mut failed, mut ignored) = (0, 0, 0);
    let output = child.stdout.take().map(BufReader::new);
    for line in output.into_iter().flat_map(BufRead::lines).map_while(Result::ok) {
        if let Some(result) = line.strip_prefix("test result: ") {
            for (sum, word) in [(&mut passed, "passed"), (&mut failed, "failed"), (&mut ignored, "ignored")] {
                *sum += number_before(result, word);
            }
        }
        // A line for each test that went well would bury the others.
        if !(line.is_empty() || line.ends_with(" ok") || line.starts_with("running ")) {
            println!("{line}");
        }
    }
    let status = child.wait().map_err(|e| e.to_string())?;
    println!("cargo test: {passed} passed, {failed} failed, {ignored} skipped");
    if status.success() { Ok((passed, failed, ignored)) } else { Err("tests fail".to_string()) }
}

/// The number in front of a word of "ok. 3 passed; 0 failed; ...".
fn number_before(text: &str, word: &str) -> u32 {
    let before = text.split_once(word).map_or("", |(before, _)| before);
    before.split_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or(0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted() {
        let line = "FAILED. 218 passed; 19 failed; 1 ignored; 0 measured; 0 filtered out; finished in 88.13s";
        assert_eq!(["passed", "failed", "ignored"].map(|word| number_before(line, word)), [218, 19, 1]);
    }
}
