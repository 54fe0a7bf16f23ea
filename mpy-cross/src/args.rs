//! The command line: upstream's options with upstream's meaning, and ours.

use std::ffi::{OsStr, OsString};

use vm::compile::Target;
use vm::compile::code::Kind;

use crate::arch::{self, Arch};

/// What the command line asks for.
#[derive(Debug)]
pub enum Action {
    /// Something is not understood: print the usage.
    Usage,
    /// Print name and version.
    Version,
    /// Something is missing or does not fit: print this.
    Refuse(String),
    /// Compile.
    Compile(Options),
}

/// How to compile what.
#[derive(Clone, Debug)]
pub struct Options {
    /// The file to compile, `-` for standard input.
    pub input: OsString,
    /// Where to write, `-` for standard output.
    pub output: Option<OsString>,
    /// The name of the source that the file will carry.
    pub source: Option<OsString>,
    /// `-O`: from 1 on no `assert`, from 3 on no lines.
    pub optimise: u8,
    /// Bits of a small int.
    pub small_int_bits: u8,
    /// Whom native code is for.
    pub arch: Option<Arch>,
    /// Bits for what this machine has beyond the rest of its kind.
    pub arch_flags: u8,
    /// How functions without a decorator run.
    pub emit: Kind,
    /// The file tells lines.
    pub lines: bool,
    /// Who will load the file.
    pub target: Target,
    /// Print what is in the file instead of writing it.
    pub dump: Option<Dump>,
}

/// How to print what is in a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dump {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// What is printed when something is not understood.
pub fn usage(program: Option<&OsString>) -> String {
    let program = program.map_or("pyrite-cross".into(), |name| name.to_string_lossy());
    format!(
        "\
usage: {program} [<opts>] [-X <implopt>] [--] <input filename>
Options:
--version : show version information
-o : output file for compiled bytecode (defaults to input filename with .mpy extension, or stdout if input is stdin)
-s : source filename to embed in the compiled bytecode (defaults to input file)
-v : verbose (no effect); can be multiple
-O[N] : apply bytecode optimizations of level N: from 1 on no assert, from 3 on no line numbers
--dump[=json] : print what is in a .mpy file, or in what a source file compiles to

Target specific options:
-msmall-int-bits=number : set the maximum bits used to encode a small-int
-march=<arch> : set architecture for native emitter;
                x86, x64, armv6, armv6m, armv7m, armv7em, armv7emsp,
                armv7emdp, xtensa, xtensawin, rv32imc, rv64imc, host, debug
                (back ends that are built: asm_thumb: {};
                native, viper: {})
-march-flags=<flags> : set architecture-specific flags (can be either a dec/hex/bin value or a comma-separated flags string)
                       supported flags for rv32imc: zba, zcmp

Implementation specific options:
  emit={{bytecode,native,viper}} -- set the default code emitter
  heapsize=<n> -- accepted; memory grows as needed
  source-lines    -- include source line numbers (default)
  no-source-lines -- exclude source line numbers
  target={{micropython,pyrite}} -- who will load the file (default micropython, which Pyrite loads as well)
",
        arch::built(Kind::AsmThumb),
        arch::built(Kind::Native)
    )
}

/// Reads the command line; the first word is the program's own name.
pub fn parse(args: &[OsString]) -> Action {
    match read(args) {
        Ok(options) => Action::Compile(options),
        Err(action) => action,
    }
}

fn read(args: &[OsString]) -> Result<Options, Action> {
    let mut options = Options {
        input: OsString::new(),
        output: None,
        source: None,
        optimise: 0,
        small_int_bits: 31,
        arch: None,
        arch_flags: 0,
        emit: Kind::Bytecode,
        lines: true,
        target: Target::Stock,
        dump: None,
    };
    let (mut input, mut flags, mut are_options) = (None, None, true);
    let mut rest = args.iter().skip(1);
    while let Some(arg) = rest.next() {
        if !are_options || arg == "-" || !arg.as_encoded_bytes().starts_with(b"-") {
            if input.replace(slashed(arg)).is_some() {
                return Err(Action::Refuse("multiple input files".into()));
            }
            continue;
        }
        let text = arg.to_str().ok_or(Action::Usage)?;
        match text.split_once('=').unwrap_or((text, "")) {
            ("--", "") => are_options = false,
            ("--version", "") => return Err(Action::Version),
            ("-v", "") => {}
            ("-o", "") => options.output = Some(rest.next().ok_or(Action::Usage)?.clone()),
            ("-s", "") => options.source = Some(slashed(rest.next().ok_or(Action::Usage)?)),
            ("-X", "") => implementation(&mut options, rest.next().ok_or(Action::Usage)?)?,
            ("-msmall-int-bits", bits) => options.small_int_bits = small_int_bits(bits)?,
            ("-march", "host") => options.arch = Some(Arch::host().ok_or_else(no_host)?),
            ("-march", name) => options.arch = Some(Arch::named(name).ok_or(Action::Usage)?),
            ("-march-flags", bits) => flags = Some(bits),
            ("--dump", "" | "text") => options.dump = Some(Dump::Text),
            ("--dump", "json") => options.dump = Some(Dump::Json),
            _ if text.starts_with("-O") => options.optimise = level(text),
            _ => return Err(Action::Usage),
        }
    }
    // Without a machine the flags are not looked at.
    if let (Some(arch), Some(flags)) = (options.arch, flags) {
        let refused = || Action::Refuse("unrecognised arch flags".into());
        options.arch_flags = arch::flags(arch, flags).ok_or_else(refused)?;
    }
    if options.emit != Kind::Bytecode && options.arch.is_none() {
        return Err(Action::Refuse("arch not specified".into()));
    }
    options.input = input.ok_or_else(|| Action::Refuse("no input file".into()))?;
    Ok(options)
}

fn implementation(options: &mut Options, text: &OsStr) -> Result<(), Action> {
    let text = text.to_str().ok_or(Action::Usage)?;
    match text.split_once('=').unwrap_or((text, "")) {
        ("emit", "bytecode") => options.emit = Kind::Bytecode,
        ("emit", "native") => options.emit = Kind::Native,
        ("emit", "viper") => options.emit = Kind::Viper,
        ("heapsize", _) => {}
        ("source-lines", "") => options.lines = true,
        ("no-source-lines", "") => options.lines = false,
        ("target", "micropython") => options.target = Target::Stock,
        ("target", "pyrite") => options.target = Target::Pyrite,
        _ => return Err(Action::Usage),
    }
    Ok(())
}

/// `-O` is 1, `-OO` is 2 and so on; `-O3` is 3, and what stands behind the digit is not looked at.
fn level(text: &str) -> u8 {
    match text.as_bytes().get(2) {
        Some(digit @ b'0'..=b'9') => digit - b'0',
        Some(_) | None => text.bytes().skip(1).take_while(|byte| *byte == b'O').count().min(255) as u8,
    }
}

/// Decimal, or hexadecimal with `0x`; widths that no machine has are refused.
fn small_int_bits(text: &str) -> Result<u8, Action> {
    let number = match text.strip_prefix("0x") {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => text.parse(),
    };
    match number.map_err(|_| Action::Usage)? {
        bits @ 1..=63 => Ok(bits as u8),
        bits => Err(Action::Refuse(format!("no machine has small ints of {bits} bits: 1 to 63 are possible"))),
    }
}

fn no_host() -> Action {
    Action::Refuse("unable to determine host architecture for -march=host".into())
}

/// A path with slashes that lean forward.
fn slashed(path: &OsStr) -> OsString {
    match path.to_str() {
        Some(text) => text.replace('\\', "/").into(),
        None => path.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        for (text, want) in [("-O", 1), ("-OO", 2), ("-O3", 3), ("-OO3", 2), ("-Ofoo", 1), ("-O12", 1)] {
            assert_eq!(level(text), want, "{text}");
        }
    }

    #[test]
    fn what_is_an_option() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        let Action::Compile(options) = parse(&words("x -s a\\b.py -- -O")) else { panic!("options") };
        assert_eq!((options.input, options.source), ("-O".into(), Some("a/b.py".into())));
        assert!(matches!(parse(&words("x -vv a")), Action::Usage));
        assert!(matches!(parse(&words("x a b")), Action::Refuse(_)));
        assert!(matches!(parse(&words("x -X emit=native a")), Action::Refuse(_)));
        assert!(matches!(parse(&words("x -X emit=native -march=x64 -")), Action::Compile(_)));
    }
}
