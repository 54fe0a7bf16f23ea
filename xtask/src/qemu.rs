//! The firmware of ports/qemu-arm under QEMU: the cases that are marked for boards.

mod talk;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use lexopt::prelude::*;

use crate::command::{self, End};
use crate::firmware::Board;
use crate::{Done, read, root, text};

/// How long a case may take: the machine is emulated, and others may share ours.
const LIMIT: Duration = Duration::from_secs(120);

/// `cargo xtask qemu [--board NAME] [FILTER]`
pub fn run(mut parser: lexopt::Parser) -> Done {
    let (mut board, mut filter) = (None, String::new());
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("board") => board = Some(text(&mut parser)?),
            Value(value) => filter = value.to_string_lossy().into_owned(),
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    let board = board.map_or_else(Board::usual, |name| Board::named(&name))?;
    cases(&board, &filter)?;
    if filter.is_empty() { tools(&board) } else { Ok(()) }
}

/// Has the tool that people talk to boards with do what it can do with a board.
pub fn tools(board: &Board) -> Done {
    talk::tool(board, &board.build(None)?)
}

/// Builds the firmware of a board and runs every case whose header says `board` and whose name holds `filter`.
pub fn cases(board: &Board, filter: &str) -> Done {
    let image = board.build(None)?;
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for case in find()? {
        if !case.name.contains(filter) {
            continue;
        }
        if !case.board {
            skipped += 1;
            continue;
        }
        for mode in MODES.into_iter().filter(|mode| case.modes.as_ref().is_none_or(|modes| modes.contains(mode.name())))
        {
            match case.check(board, &image, mode) {
                Ok(()) => {
                    passed += 1;
                    println!("pass  {}::{}", case.name, mode.name());
                }
                Err(reason) => {
                    failed += 1;
                    println!("FAIL  {}::{}\n{reason}", case.name, mode.name());
                }
            }
        }
    }
    if filter.is_empty() {
        talk::person(board, &image)?;
    }
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed == 0 { Ok(()) } else { Err(format!("{failed} cases fail on the board")) }
}

/// A case as far as boards care; tests/src/case.rs says what headers mean.
struct Case {
    name: String,
    path: PathBuf,
    board: bool,
    exit: i32,
    /// The modes it runs in; all when absent.
    modes: Option<String>,
}

/// How functions run that no decorator says more of.
#[derive(Clone, Copy)]
pub enum Mode {
    /// As bytecode.
    Bytecode,
    /// As machine code that is made on the board.
    Native,
}

/// What an instruction takes while cases run: eight nanoseconds.
const SHIFT: u8 = 3;

const MODES: [Mode; 2] = [Mode::Bytecode, Mode::Native];

impl Mode {
    /// As cases and the command line call it.
    fn name(self) -> &'static str {
        match self {
            Mode::Bytecode => "bytecode",
            Mode::Native => "native",
        }
    }
}

fn find() -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for area in entries(&root().join("tests/py"))? {
        for path in entries(&area).unwrap_or_default() {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if path.extension().is_none_or(|extension| extension != "py") || stem.starts_with('_') {
                continue;
            }
            let source = read(&path)?;
            let header = source.lines().next().and_then(|line| line.strip_prefix("# pyrite:")).unwrap_or_default();
            let words = || header.split_whitespace();
            let area = area.file_name().unwrap_or_default().to_string_lossy();
            cases.push(Case {
                name: format!("{area}/{stem}"),
                board: words().any(|word| word == "board" || word == "board=only"),
                modes: words().find_map(|word| word.strip_prefix("modes=")).map(str::to_string),
                exit: words().find_map(|word| word.strip_prefix("exit=")?.parse().ok()).unwrap_or(0),
                path,
            });
        }
    }
    Ok(cases)
}

impl Case {
    fn check(&self, board: &Board, image: &Path, mode: Mode) -> Result<(), String> {
        let caught = command::catch(&mut machine(board, image, Some((&self.path, mode)), SHIFT), LIMIT)?;
        // Expected outputs name files without their folder.
        let folder = self.path.parent().map(|folder| format!("{}/", folder.display())).unwrap_or_default();
        let found = caught.text().replace(&folder, "");
        let expected = read(&self.path.with_added_extension("exp"))?;
        if found != expected {
            return Err(first_difference(&expected, &found, caught.end));
        }
        if caught.end != End::Status(self.exit) {
            return Err(format!("right output, but it ended with {:?}", caught.end));
        }
        Ok(())
    }
}

fn first_difference(expected: &str, found: &str, end: End) -> String {
    let same = expected.lines().zip(found.lines()).take_while(|(a, b)| a == b).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_string();
    let rest = found.lines().skip(same + 1).take(6).map(|more| format!("\n        {more}")).collect::<String>();
    format!(
        "      line {}\n      - {}\n      + {}{rest}\n      it ended with {end:?}",
        same + 1,
        line(expected),
        line(found)
    )
}

/// The machine with the UART on our standard streams, and a file named on the semihosting command line. Of its clock an
/// instruction takes `1 << shift` nanoseconds.
pub fn machine(board: &Board, image: &Path, script: Option<(&Path, Mode)>, shift: u8) -> Command {
    let mut qemu = Command::new("qemu-system-arm");
    qemu.args(["-M", &board.name, "-display", "none", "-monitor", "none", "-serial", "stdio"]);
    qemu.arg("-icount").arg(format!("shift={shift}"));
    let mut semihosting = "enable=on,target=native".to_string();
    if let Some((script, mode)) = script {
        semihosting += ",arg=pyrite";
        match mode {
            Mode::Bytecode => {}
            Mode::Native => semihosting += ",arg=-X,arg=emit=native",
        }
        // A comma in an option's value is written twice.
        semihosting += &format!(",arg={}", script.display().to_string().replace(',', ",,"));
    }
    qemu.arg("-semihosting-config").arg(semihosting).arg("-kernel").arg(image);
    qemu
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}
