//! Building the firmware of a board, named by its file in a folder `ports/*/boards`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::{Done, command, read, root};

/// Debian's compiler, whose library's sources are installed too.
const RUSTC: &str = "/usr/bin/rustc";
/// The board that tests run on unless they name another.
const USUAL: &str = "mps2-an385";
/// Linkers that know the targets, by preference.
const LINKERS: &[&str] = &["rust-lld", "ld.lld", "arm-none-eabi-ld"];

/// A board.
pub struct Board {
    /// Its name, which is QEMU's name for it too.
    pub name: String,
    /// The port that it belongs to: a folder of `ports`, and the name of its package.
    port: String,
    /// What the compiler calls its core.
    triple: String,
    /// The very core, if that makes a difference.
    cpu: Option<String>,
}

/// `cargo xtask firmware [BOARD]...`: builds these, or all.
pub fn run(mut parser: lexopt::Parser) -> Done {
    use lexopt::Arg::Value;
    let mut names = Vec::new();
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Value(name) => names.push(name.to_string_lossy().into_owned()),
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    let boards = match names.is_empty() {
        true => all()?,
        false => names.iter().map(|name| Board::named(name)).collect::<Result<_, _>>()?,
    };
    for board in boards {
        println!("{}", board.build(None)?.display());
    }
    Ok(())
}

/// Every board that there is firmware for.
pub fn all() -> Result<Vec<Board>, String> {
    let mut names: Vec<String> = Vec::new();
    for file in files()? {
        // A file without a machine is there for others to inherit.
        if fact(&file, "machine")?.is_some() {
            names.extend(file.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    names.iter().map(|name| Board::named(name)).collect()
}

fn files() -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for port in folder(&root().join("ports"))? {
        let boards = folder(&port.join("boards")).unwrap_or_default();
        found.extend(boards.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "board")));
    }
    Ok(found)
}

fn folder(path: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

/// What a board's file says of `name`, as build.rs of the ports reads it.
fn fact(file: &Path, name: &str) -> Result<Option<String>, String> {
    let mut value = None;
    for line in read(file)?.lines() {
        match line.split_once('=').map(|(key, value)| (key.trim(), value.trim().trim_matches('"'))) {
            Some(("inherits", other)) => value = fact(&file.with_file_name(format!("{other}.board")), name)?,
            Some((key, found)) if key == name => value = Some(found.to_string()),
            Some(_) | None => {}
        }
    }
    Ok(value)
}

impl Board {
    /// The board that tests run on.
    pub fn usual() -> Result<Board, String> {
        Board::named(USUAL)
    }

    /// The board of this name.
    pub fn named(name: &str) -> Result<Board, String> {
        let file = files()?.into_iter().find(|file| file.file_stem().is_some_and(|stem| stem == name));
        let file = file.ok_or_else(|| format!("no folder ports/*/boards has {name}.board"))?;
        let port = file.ancestors().nth(2).and_then(Path::file_name).unwrap_or_default();
        let triple = fact(&file, "target")?.ok_or_else(|| format!("{}: no target", file.display()))?;
        Ok(Board {
            name: name.to_string(),
            port: port.to_string_lossy().into_owned(),
            triple,
            cpu: fact(&file, "cpu")?,
        })
    }

    /// Builds the firmware, perhaps with an image of frozen modules: with rustup's target where it is installed, else
    /// with Debian's compiler and library sources.
    pub fn build(&self, frozen: Option<&Path>) -> Result<PathBuf, String> {
        let target = root().join("ports/target");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // What this cargo was told about its own build must not reach the other one.
        cargo.current_dir(root().join("ports")).env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        cargo.args(["build", "--quiet", "--release", "-p", &self.port, "--target-dir"]).arg(&target);
        cargo.env("PYRITE_BOARD", &self.name);
        if let Some(image) = frozen {
            cargo.env("PYRITE_FROZEN", image);
        }
        let mut flags = self.cpu.iter().map(|cpu| format!("-Ctarget-cpu={cpu} ")).collect::<String>();
        let own = command::first_line("rustc", &["--print", "target-libdir", "--target", &self.triple]);
        if own.is_some_and(|folder| Path::new(&folder).is_dir()) {
            cargo.args(["--target", &self.triple]);
        } else {
            cargo.arg("--target").arg(without_frame_pointers(&target, &self.triple)?);
            // A panic is a bug: the fault handler tells where it trapped, so texts and places of panics need no flash.
            flags += "-Zunstable-options -Cpanic=immediate-abort";
            cargo.env("RUSTC", RUSTC).env("RUSTC_BOOTSTRAP", "1");
            cargo.args(["-Z", "json-target-spec", "-Z", "build-std=core,alloc"]);
            cargo.args(["-Z", "build-std-features=optimize_for_size,compiler-builtins-mem"]);
            let linker = LINKERS.iter().find(|linker| command::first_line(linker, &["--version"]).is_some());
            // rust-lld behaves as any linker, and asks to be told as which; rustc does so.
            let linker = linker.or_else(|| LINKERS.first().filter(|_| rust_lld_runs()));
            let linker = linker.ok_or_else(|| format!("none of these linkers is installed: {}", LINKERS.join(", ")))?;
            let variable = format!("CARGO_TARGET_{}_LINKER", self.triple.to_uppercase().replace(['-', '.'], "_"));
            cargo.env(variable, linker);
        }
        cargo.env("RUSTFLAGS", flags);
        command::show(&mut cargo)?;
        let built = target.join(&self.triple).join("release").join(&self.port);
        // The next board of the port has its firmware built in the same place.
        let image = target.join(format!("{}.elf", self.name));
        std::fs::copy(&built, &image).map_err(|error| format!("{}: {error}", built.display()))?;
        Ok(image)
    }
}

/// The target's description without frame pointers, as a file: no one walks frames on a board, and 20 KiB of flash go
/// into keeping them.
fn without_frame_pointers(folder: &Path, triple: &str) -> Result<PathBuf, String> {
    let mut rustc = Command::new(RUSTC);
    rustc.env("RUSTC_BOOTSTRAP", "1").args(["-Z", "unstable-options", "--print", "target-spec-json"]);
    let text = command::catch(rustc.args(["--target", triple]), Duration::from_secs(20))?.text();
    let (always, omitted) = (r#""frame-pointer": "always""#, r#""frame-pointer": "may-omit""#);
    if !text.contains(always) {
        return Err(format!("{RUSTC} describes {triple} without its frame pointers:\n{text}"));
    }
    let path = folder.join(format!("{triple}.json"));
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    // Written only when it changes, or all would be built anew each time.
    let text = text.replace(always, omitted);
    if read(&path).is_ok_and(|old| old == text) {
        return Ok(path);
    }
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

fn rust_lld_runs() -> bool {
    command::first_line("rust-lld", &["-flavor", "gnu", "--version"]).is_some()
}
