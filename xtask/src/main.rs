//! Everything about the project that is not the product: `cargo xtask test | bench | tidy | bless | fuzz-types | upstream-tests | size`.

mod bench;
mod campaign;
mod command;
mod firmware;
mod freeze;
mod fuzz;
mod fuzz_mpy;
mod fuzz_native;
mod mpy;
mod qemu;
mod setup;
mod size;
mod test;
mod tidy;
mod upstream;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a task gives back: nothing, or the sentence to print before leaving with status 1.
pub type Done = Result<(), String>;

const USAGE: &str = "\
usage: cargo xtask <task> [options]

  test [--no-setup]        formatting, lints, unit tests, tidy, the file-driven tests, a smoke run of the benches
  tidy                     import arrows, file shapes, links, dependency list
  bless [FILTER] [--micropython PATH]
                           record expected output of tests/py anew, from CPython (and MicroPython where a case says so)
  bench --board NAME       instructions that our programs take on a board under QEMU, as bytecode, native and viper code
  bench [--peer NAME=PATH]... [--exe PATH] [--quick] [--wasm] [--filter S] [--rounds N] [--out DIR]
                           our programs in each mode against every peer found
  upstream-tests --suite DIR [--exe PATH] [--emit bytecode|native] [--via-mpy] [--mpy-cross PATH]
                 [--dirs a,b] [-j N] [--filter S] [--failures-dir DIR] [--stress] [--heapsize SIZE]
                 [--standard EXE --coverage EXE]
                           run a checkout of MicroPython's tests against our binary
  fuzz-types [--exe PATH] [--seconds N] [--seed S] [--kinds int,str] [--filter ROW] [--found DIR]
                           generated statements over the built-in types, ours against CPython
  fuzz-native [--exe PATH] [--seconds N] [--seed S] [--found DIR] [--only python|viper] [--stress]
                           generated programs as bytecode, as native or viper code, and in CPython
  mpy-roundtrip [--suite DIR] [--mpy-cross EXE] [--cross EXE] [--exe EXE] [--wasm] [--micropython EXE]
                [--only-ours] [--dirs a,b] [-j N] [--filter S] [--failures-dir DIR]
                           .mpy files of both compilers, theirs run here, ours there: a checkout of
                           MicroPython's tests, or our own programs
  mpy-size --suite DIR... [--mpy-cross EXE] [--cross EXE] [--show N]
                           bytes of .mpy files, ours and theirs, of all sources below a folder
  freeze --manifest FILE [--board mps2-an385] [--var NAME=PATH]...
                           build the host program, or a firmware, with frozen modules
  fuzz-mpy [--seconds N] [--seed S] [--found DIR] [--asan] [--mpy-cross PATH]
                           compiled files, mangled: read, and run if they are let in
  firmware [BOARD]...      build the firmware of these boards, or of all
  qemu [--board NAME] [FILTER]
                           build the firmware of mps2-an385, or of that board, and run the cases for boards on it
  unicode                  write vm/src/text/unicode_table.rs anew, from what python3 knows of characters
  size                     sizes of the host binary, if it was built, and of the firmware, which is built
";

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let task = args.next().unwrap_or_default();
    let parser = lexopt::Parser::from_args(args);
    let done = match task.to_str() {
        Some("test") => test::run(parser),
        Some("tidy") => tidy::run(parser),
        Some("bless") => test::bless(parser),
        Some("bench") => bench::run(parser),
        Some("upstream-tests") => upstream::run(parser),
        Some("fuzz-types") => fuzz::run(parser),
        Some("fuzz-native") => fuzz_native::run(parser),
        Some("mpy-roundtrip") => mpy::run(parser),
        Some("mpy-size") => mpy::size::run(parser),
        Some("freeze") => freeze::run(parser),
        Some("fuzz-mpy") => fuzz_mpy::run(parser),
        Some("firmware") => firmware::run(parser),
        Some("qemu") => qemu::run(parser),
        Some("unicode") => unicode(),
        Some("size") => size::run(parser),
        Some("-h" | "--help") => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("no such task\n{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn unicode() -> Done {
    let script = root().join("xtask/src/unicode.py");
    let mut python = std::process::Command::new("python3");
    let caught = command::catch(python.arg(script), std::time::Duration::from_secs(120))?;
    if !caught.succeeded() {
        return Err(caught.text());
    }
    write(&root().join("vm/src/text/unicode_table.rs"), caught.output)
}

/// The root of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The build folder, wherever the environment puts it.
pub fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// An option's value as text.
pub fn text(parser: &mut lexopt::Parser) -> Result<String, String> {
    let value = parser.value().map_err(|e| e.to_string())?;
    value.into_string().map_err(|v| format!("{v:?} is not text"))
}

/// An option's value as a number.
pub fn number(parser: &mut lexopt::Parser) -> Result<usize, String> {
    let value = text(parser)?;
    value.parse().map_err(|_| format!("{value} is not a number"))
}

/// Reads a file as text, naming it when that fails.
pub fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Writes a file and the folders above it, naming it when that fails.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Done {
    let above = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(above).map_err(|e| format!("{}: {e}", above.display()))?;
    std::fs::write(path, content).map_err(|e| format!("{}: {e}", path.display()))
}
