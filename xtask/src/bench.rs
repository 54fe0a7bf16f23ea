//! `cargo xtask bench`: the programs of benches/py in each form of ours, against every peer that can be found.
//!
//! A round runs every contestant once, one after the other, so that a change in the machine's speed hits all alike.
//! The time is the one the program itself prints; of the rounds the median counts.

mod board;
mod contest;
mod peers;
mod programs;
mod report;

use std::path::PathBuf;

use lexopt::prelude::*;

use crate::firmware::Board;
use crate::{Done, number, target_dir, text};

/// What the command line says.
pub struct Options {
    /// Our binary, when it is not to be built.
    pub exe: Option<PathBuf>,
    /// More interpreters, by name and path.
    pub peers: Vec<(String, PathBuf)>,
    /// Small sizes and few rounds.
    pub quick: bool,
    /// Fetch and run MicroPython for WebAssembly.
    pub wasm: bool,
    /// The `tests` folder of a MicroPython checkout, whose `perf_bench` takes part.
    pub suite: Option<PathBuf>,
    /// Only programs whose name contains this.
    pub filter: String,
    /// How often each contestant runs each program.
    pub rounds: usize,
    /// The board whose instructions are counted, in place of all else.
    pub board: Option<String>,
    /// Where the reports go.
    pub out: PathBuf,
}

/// Builds, measures, and writes the reports.
pub fn run(parser: lexopt::Parser) -> Done {
    let options = options(parser)?;
    if let Some(board) = &options.board {
        return board::run(&Board::named(board)?, &options.filter);
    }
    let contestants = peers::find(&options)?;
    let mut programs = programs::find(&options.filter)?;
    if let Some(suite) = &options.suite {
        programs.extend(programs::of_suite(suite, &options.filter)?);
    }
    if programs.is_empty() {
        return Err(format!("no program has {:?} in its name", options.filter));
    }
    let table = contest::hold(&options, &contestants, &programs)?;
    report::write(&table, &options.out)
}

/// One quick round of our own forms, to see that every program still runs and that its forms agree.
pub fn smoke() -> Done {
    let options = Options { quick: true, rounds: 1, ..defaults() };
    let contestants = peers::ours(&options)?;
    let programs = programs::find("")?;
    contest::hold(&options, &contestants, &programs).map(|_| println!("benches: {} programs run", programs.len()))
}

fn options(mut parser: lexopt::Parser) -> Result<Options, String> {
    let mut options = defaults();
    let mut rounds = None;
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("peer") => {
                let value = text(&mut parser)?;
                let (name, path) = value.split_once('=').ok_or("--peer takes NAME=PATH")?;
                options.peers.push((name.to_string(), path.into()));
            }
            Long("exe") => options.exe = Some(text(&mut parser)?.into()),
            Long("quick") => options.quick = true,
            Long("wasm") => options.wasm = true,
            Long("suite") => options.suite = Some(text(&mut parser)?.into()),
            Long("board") => options.board = Some(text(&mut parser)?),
            Long("filter") => options.filter = text(&mut parser)?,
            Long("rounds") => rounds = Some(number(&mut parser)?.max(1)),
            Long("out") => options.out = text(&mut parser)?.into(),
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    options.rounds = rounds.unwrap_or(if options.quick { 3 } else { 5 });
    Ok(options)
}

fn defaults() -> Options {
    Options {
        exe: None,
        peers: Vec::new(),
        quick: false,
        wasm: false,
        suite: None,
        filter: String::new(),
        rounds: 5,
        board: None,
        out: target_dir().join("bench"),
    }
}
