//! Cases: Python files under tests/py, and the header that says what each needs.
//!
//! The first line of a file may be `# pyrite: word word ...` with these words, all of them optional:
//!
//! - `modes=bytecode,native` which modes to run; all three (`stress` collects at every allocation) when absent
//! - `exit=N` the status it ends with, 0 when absent
//! - `oracle=micropython` expected output comes from MicroPython, not from CPython
//! - `oracle=pyrite` expected output is our own, where we mean to differ (docs/differences.md)
//! - `opt=-O` or another option to start the interpreter with; may be repeated
//! - `board` small enough in time and memory to be run on a board too; `board=only` for what only boards do
//! - `oom` one of the programs that are run with each allocation failing in turn

use std::fs;
use std::path::{Path, PathBuf};

/// A way to run a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Interpreted.
    Bytecode,
    /// Every function compiled to machine code where the emitter can.
    Native,
    /// Interpreted, with a collection at every allocation.
    Stress,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 3] = [Mode::Bytecode, Mode::Native, Mode::Stress];

    /// The word for it in headers and in the names of tests.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Bytecode => "bytecode",
            Mode::Native => "native",
            Mode::Stress => "stress",
        }
    }

    /// The options that select it.
    pub fn options(self) -> &'static [&'static str] {
        match self {
            Mode::Bytecode => &["-X", "emit=bytecode"],
            Mode::Native => &["-X", "emit=native"],
            Mode::Stress => &["-X", "gc-stress"],
        }
    }
}

/// Who says what a case should print.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Recorder {
    /// CPython: the behaviour is Python's.
    CPython,
    /// MicroPython: the behaviour is its own.
    MicroPython,
    /// Ourselves, looked over by people: where we differ from both (docs/differences.md).
    Pyrite,
}

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// `area/name`.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// The modes to run it in.
    pub modes: Vec<Mode>,
    /// The status it should end with.
    pub exit: i32,
    /// Where its expected output comes from.
    pub recorder: Recorder,
    /// More options for the interpreter.
    pub options: Vec<String>,
    /// Whether boards run it.
    pub board: bool,
    /// Whether it is run with failing allocations.
    pub oom: bool,
}

impl Case {
    /// The file with the expected output.
    pub fn expected(&self) -> PathBuf {
        self.path.with_added_extension("exp")
    }
}

/// The folder of the cases.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("py")
}

/// Every case, in the order of their names.
pub fn all() -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for area in entries(&folder())? {
        if !area.is_dir() {
            continue;
        }
        for path in entries(&area)? {
            // Files whose names begin with an underscore are imported by cases and are none themselves.
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if path.extension().is_some_and(|extension| extension == "py") && !stem.starts_with('_') {
                let area = area.file_name().unwrap_or_default().to_string_lossy();
                cases.push(read(format!("{area}/{stem}"), path)?);
            }
        }
    }
    Ok(cases)
}

fn read(name: String, path: PathBuf) -> Result<Case, String> {
    let source = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let header = source.lines().next().and_then(|line| line.strip_prefix("# pyrite:")).unwrap_or_default();
    parse(name, path, header)
}

fn parse(name: String, path: PathBuf, header: &str) -> Result<Case, String> {
    let mut case = Case {
        name,
        path,
        modes: Mode::ALL.to_vec(),
        exit: 0,
        recorder: Recorder::CPython,
        options: Vec::new(),
        board: false,
        oom: false,
    };
    for word in header.split_whitespace() {
        let bad = || format!("{}: the header says {word}", case.path.display());
        match word.split_once('=') {
            None if word == "board" => case.board = true,
            None if word == "oom" => case.oom = true,
            Some(("modes", list)) => {
                let modes = list.split(',').map(|name| Mode::ALL.into_iter().find(|mode| mode.name() == name));
                case.modes = modes.collect::<Option<Vec<Mode>>>().ok_or_else(bad)?;
            }
            Some(("board", "only")) => {
                case.board = true;
                case.modes.clear();
            }
            Some(("exit", status)) => case.exit = status.parse().map_err(|_| bad())?,
            Some(("oracle", "micropython")) => case.recorder = Recorder::MicroPython,
            Some(("oracle", "pyrite")) => case.recorder = Recorder::Pyrite,
            Some(("opt", option)) => case.options.push(option.to_string()),
            _ => return Err(bad()),
        }
    }
    Ok(case)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read() {
        let case = parse("a/b".into(), "b.py".into(), " modes=native,stress exit=1 oracle=micropython board").unwrap();
        assert_eq!(case.modes, [Mode::Native, Mode::Stress]);
        assert_eq!((case.exit, case.recorder, case.board, case.oom), (1, Recorder::MicroPython, true, false));
        assert!(parse("a/b".into(), "b.py".into(), " boards").is_err());
        assert!(parse("a/b".into(), "b.py".into(), " modes=fast").is_err());
    }
}
