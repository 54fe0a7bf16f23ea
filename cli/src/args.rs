//! The command line: upstream's options, and ours.

use std::ffi::OsString;

use crate::perf::Form;
use lexopt::{Arg, Parser, ValueExt};

/// What the command line asks for.
#[derive(Debug)]
pub enum Action {
    /// Print the help text.
    Help,
    /// Print name and version.
    Version,
    /// Run something.
    Run(Options),
}

/// How to run what.
#[derive(Debug, Default)]
pub struct Options {
    /// What to run.
    pub program: Program,
    /// `sys.argv`
    pub argv: Vec<String>,
    /// A prompt follows the program.
    pub inspect: bool,
    /// `-O`: from 1 on no `assert`, from 3 on no lines.
    pub optimise: u8,
    /// How often `-v` was given.
    pub verbose: u8,
    /// Parse and compile, do not run.
    pub compile_only: bool,
    /// How functions without a decorator run.
    pub emit: Emit,
    /// Functions that prove hot may be compiled while the program runs.
    pub jit: bool,
    /// Most bytes the heap may take.
    pub heap_limit: Option<usize>,
    /// Collect at every allocation.
    pub gc_stress: bool,
    /// Pointers of viper functions are checked.
    pub viper_checks: bool,
    /// Fail all allocations after so many.
    pub fail_alloc: Option<u64>,
    /// Print these stages of each function instead of running.
    pub dump: Vec<Stage>,
    /// Say of each function what is machine code, and why, instead of running it.
    pub explain: bool,
    /// Where to write that as a page.
    pub html: Option<String>,
    /// What `perf` is told of machine code.
    pub perf: Option<Form>,
    /// Where to write which functions ran how long.
    pub profile: Option<String>,
    /// The image that is mounted at `/rom`.
    pub romfs: Option<String>,
}

/// What to run.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Program {
    /// A prompt on a terminal, else what comes on standard input.
    #[default]
    Nothing,
    /// What comes on standard input.
    Stdin,
    /// `-c`: this text.
    Command(String),
    /// `-m`: this module.
    Module(String),
    /// This file.
    File(String),
}

/// How functions without a decorator run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emit {
    /// Interpreted.
    #[default]
    Bytecode,
    /// As if decorated with `@micropython.native`.
    Native,
    /// As if decorated with `@micropython.viper`.
    Viper,
}

/// A stage of the compiler that `--dump` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Stage {
    Tokens,
    Ast,
    Ops,
    Bytecode,
    Ir,
    Asm,
}

/// Stages by name.
const STAGES: [(&str, Stage); 6] = [
    ("tokens", Stage::Tokens),
    ("ast", Stage::Ast),
    ("ops", Stage::Ops),
    ("bytecode", Stage::Bytecode),
    ("ir", Stage::Ir),
    ("asm", Stage::Asm),
];

impl Stage {
    /// What the option calls it.
    pub fn name(self) -> &'static str {
        STAGES.iter().find(|(_, stage)| *stage == self).map_or("", |(name, _)| name)
    }
}

/// What `-h` prints.
pub const HELP: &str = "\
usage: pyrite [options] [-c command | -m module | file | -] [arguments]

  -c COMMAND    run this text
  -m MODULE     run a module or a package's __main__
  -             run what comes on standard input
  -i            prompt after the program has run
  -O[N]         optimise: from 1 on no assert, from 3 on no line numbers
  -v            say more; may be repeated
  -h            this text
  --version     name and version
  --dump=STAGE,...  print stages of each function instead of running it:
                tokens, ast, ops, bytecode, ir, asm
  --explain FILE    say of each function what is machine code, which checks and
                    calls of the runtime remain, and why; nothing is run
  --html OUT        with --explain: write that as a page

Implementation options:
  -X compile-only                  parse and compile, do not run
  -X emit={bytecode,native,viper}  how functions without a decorator run
  -X heapsize=N[w][K|M]            most bytes of heap (w: words of 4 bytes)
  -X jit={auto,off}                whether hot functions may be compiled
  -X perf={map,dump}               tell perf of machine code: /tmp/perf-PID.map,
                                   or /tmp/jit-PID.dump with lines
  -X profile=FILE                  sample what runs 1000 times a second; FILE.json
                                   for speedscope, else collapsed stacks
  -X romfs=IMAGE                   mount an image at /rom, in place, and look for
                                   modules in it and in its lib
  -X viper-checks                  pointers of viper functions know how far they
                                   reach: IndexError in place of a wild access
  -X gc-stress                     collect at every allocation
  -X fail-alloc=N                  fail every allocation after the first N

Environment: MICROPYPATH (where modules are looked for), MICROPYINSPECT (as -i), HOME.
";

/// Reads the command line; an error is a text for people.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Action, String> {
    let mut parser = Parser::from_iter(args);
    let mut options = Options { jit: true, ..Options::default() };
    while let Some(arg) = parser.next().map_err(|error| error.to_string())? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Action::Help),
            Arg::Long("version") => return Ok(Action::Version),
            Arg::Short('i') => options.inspect = true,
            Arg::Short('v') => options.verbose = options.verbose.saturating_add(1),
            Arg::Short('O') => options.optimise = level(parser.optional_value())?,
            Arg::Short('X') => option(&mut options, &value(&mut parser)?)?,
            Arg::Long("dump") => stages(&mut options, &value(&mut parser)?)?,
            Arg::Long("explain") => {
                let file = value(&mut parser)?;
                options.explain = true;
                options.argv.push(file.clone());
                options.program = if file == "-" { Program::Stdin } else { Program::File(file) };
            }
            Arg::Long("html") => options.html = Some(value(&mut parser)?),
            Arg::Short('c' | 'm') | Arg::Value(_) if options.explain => {
                return Err("--explain takes one file".into());
            }
            Arg::Short('c') => {
                options.program = Program::Command(value(&mut parser)?);
                options.argv.push("-c".into());
                break;
            }
            Arg::Short('m') => {
                let module = value(&mut parser)?;
                options.argv.push(module.clone());
                options.program = Program::Module(module);
                break;
            }
            Arg::Value(file) => {
                let file = lossy(file);
                options.argv.push(file.clone());
                options.program = if file == "-" { Program::Stdin } else { Program::File(file) };
                break;
            }
            Arg::Short(_) | Arg::Long(_) => return Err(arg.unexpected().to_string()),
        }
    }
    if let Ok(rest) = parser.raw_args() {
        options.argv.extend(rest.map(lossy));
    }
    if !options.dump.is_empty() && matches!(options.program, Program::Module(_) | Program::Nothing) {
        return Err("--dump needs a file, - or -c".into());
    }
    if options.html.is_some() && !options.explain {
        return Err("--html needs --explain".into());
    }
    Ok(Action::Run(options))
}

fn value(parser: &mut Parser) -> Result<String, String> {
    parser.value().and_then(ValueExt::string).map_err(|error| error.to_string())
}

fn lossy(text: OsString) -> String {
    text.to_string_lossy().into_owned()
}

/// `-O` is 1, `-OO` is 2 and so on; `-O3` is 3.
fn level(rest: Option<OsString>) -> Result<u8, String> {
    let Some(rest) = rest else { return Ok(1) };
    let rest = lossy(rest);
    if let Some(digit) = rest.bytes().next().filter(u8::is_ascii_digit) {
        return Ok(digit - b'0');
    }
    if rest.bytes().all(|byte| byte == b'O') {
        return Ok(u8::try_from(rest.len() + 1).unwrap_or(u8::MAX));
    }
    Err(format!("invalid option '-O{rest}'"))
}

fn option(options: &mut Options, text: &str) -> Result<(), String> {
    match text.split_once('=').unwrap_or((text, "")) {
        ("compile-only", "") => options.compile_only = true,
        ("gc-stress", "") => options.gc_stress = true,
        ("viper-checks", "") => options.viper_checks = true,
        ("emit", "bytecode") => options.emit = Emit::Bytecode,
        ("emit", "native") => options.emit = Emit::Native,
        ("emit", "viper") => options.emit = Emit::Viper,
        ("jit", "auto") => options.jit = true,
        ("jit", "off") => options.jit = false,
        ("perf", "map") => options.perf = Some(Form::Map),
        ("perf", "dump") => options.perf = Some(Form::Dump),
        ("profile", file) if !file.is_empty() => options.profile = Some(file.into()),
        ("romfs", file) if !file.is_empty() => options.romfs = Some(file.into()),
        ("heapsize", size) => {
            options.heap_limit = Some(bytes(size).ok_or_else(|| format!("invalid heap size '{size}'"))?)
        }
        ("fail-alloc", count) => {
            options.fail_alloc = Some(count.parse().map_err(|_| format!("invalid count '{count}' for fail-alloc"))?);
        }
        _ => return Err(format!("unknown option '-X {text}'")),
    }
    Ok(())
}

/// A heap below this cannot hold a page of each kind, upstream's limit.
const LEAST_HEAP: usize = 700;

/// `<n>[w][K|M]`: with `w` bytes are those of a machine with words of 4 bytes.
fn bytes(text: &str) -> Option<usize> {
    let text = text.to_ascii_lowercase();
    let (text, unit) = match text.strip_suffix('k') {
        Some(rest) => (rest, 1 << 10),
        None => text.strip_suffix('m').map_or((text.as_str(), 1), |rest| (rest, 1 << 20)),
    };
    let (text, words) = match text.strip_suffix('w') {
        Some(rest) => (rest, size_of::<usize>() / 4),
        None => (text, 1),
    };
    let number = match text.strip_prefix("0x") {
        Some(hex) => usize::from_str_radix(hex, 16).ok()?,
        None => text.parse().ok()?,
    };
    number.checked_mul(unit)?.checked_mul(words).filter(|size| *size >= LEAST_HEAP)
}

fn stages(options: &mut Options, text: &str) -> Result<(), String> {
    for name in text.split(',') {
        let stage = STAGES.iter().find(|(known, _)| *known == name);
        let (_, stage) = stage.ok_or_else(|| format!("unknown stage '{name}'"))?;
        options.dump.push(*stage);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(words: &[&str]) -> Result<Options, String> {
        match parse(std::iter::once("pyrite").chain(words.iter().copied()).map(OsString::from))? {
            Action::Run(options) => Ok(options),
            Action::Help | Action::Version => Err("nothing to run".into()),
        }
    }

    #[test]
    fn programs_end_the_options() {
        let options = run(&["-i", "-c", "pass", "-i", "--x"]).expect("options");
        assert_eq!(options.program, Program::Command("pass".into()));
        assert_eq!(options.argv, ["-c", "-i", "--x"]);
        assert!(options.inspect);
        let options = run(&["a.py", "-c", "1"]).expect("options");
        assert_eq!(options.program, Program::File("a.py".into()));
        assert_eq!(options.argv, ["a.py", "-c", "1"]);
        assert_eq!(run(&["-m", "p.q", "r"]).expect("options").argv, ["p.q", "r"]);
        assert_eq!(run(&["-", "r"]).expect("options").program, Program::Stdin);
        assert_eq!(run(&[]).expect("options").program, Program::Nothing);
    }

    #[test]
    fn levels() {
        for (word, level) in [("-O", 1), ("-OO", 2), ("-O0", 0), ("-O3", 3), ("-OOOO", 4)] {
            assert_eq!(run(&[word]).expect("options").optimise, level, "{word}");
        }
        assert_eq!(run(&["-v", "-v"]).expect("options").verbose, 2);
        assert_eq!(run(&["-vvv"]).expect("options").verbose, 3);
    }

    #[test]
    fn sizes() {
        let word = size_of::<usize>() / 4;
        for (text, size) in [("1000", 1000), ("2K", 2048), ("1m", 1 << 20), ("2wK", 2048 * word), ("0x1000", 4096)] {
            assert_eq!(bytes(text), Some(size), "{text}");
        }
        for text in ["", "K", "1kk", "1Kw", "699", "-1", "99999999999999M"] {
            assert_eq!(bytes(text), None, "{text}");
        }
    }

    #[test]
    fn mistakes() {
        for words in [
            &["--html", "o", "f"][..],
            &["--explain"],
            &["--explain", "f", "g"],
            &["-X"],
            &["-X", "emit=x"],
            &["-q"],
            &["-c"],
            &["-m"],
            &["--dump=x", "f"],
            &["--dump=ast"],
            &["-Ox"],
        ] {
            assert!(run(words).is_err(), "{words:?}");
        }
    }
}
