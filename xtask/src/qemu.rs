//! The firmware of ports/qemu-arm: building it, and running the cases that are marked for boards under QEMU.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use lexopt::prelude::*;

use crate::command::{self, End};
use crate::{Done, read, root};

const TRIPLE: &str = "thumbv7m-none-eabi";
/// Debian's compiler, whose library's sources are installed too.
const RUSTC: &str = "/usr/bin/rustc";
/// How long a case may take: the machine is emulated, and others may share ours.
const LIMIT: Duration = Duration::from_secs(120);
/// Linkers that know the target, by preference.
const LINKERS: &[&str] = &["rust-lld", "ld.lld", "arm-none-eabi-ld"];

/// `cargo xtask qemu [FILTER]`
pub fn run(mut parser: lexopt::Parser) -> Done {
    let mut filter = String::new();
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Value(value) => filter = value.to_string_lossy().into_owned(),
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    cases(&filter)
}

/// Builds the firmware and runs every case whose header says `board` and whose name holds `filter`.
pub fn cases(filter: &str) -> Done {
    let image = build()?;
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for case in find()? {
        if !case.name.contains(filter) {
            continue;
        }
        if !case.board {
            skipped += 1;
            continue;
        }
        match case.check(&image) {
            Ok(()) => {
                passed += 1;
                println!("pass  {}", case.name);
            }
            Err(reason) => {
                failed += 1;
                println!("FAIL  {}\n{reason}", case.name);
            }
        }
    }
    uart(&image)?;
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed == 0 { Ok(()) } else { Err(format!("{failed} cases fail on the board")) }
}

/// Builds the firmware, with rustup's target where it is installed, else with Debian's compiler and library sources.
pub fn build() -> Result<PathBuf, String> {
    build_with(None)
}

/// As `build`, with an image of frozen modules.
pub fn build_with(frozen: Option<&Path>) -> Result<PathBuf, String> {
    let port = root().join("ports/qemu-arm");
    let target = port.join("target");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What this cargo was told about its own build must not reach the other one.
    cargo.current_dir(&port).env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    cargo.args(["build", "--quiet", "--release", "--target-dir"]).arg(&target);
    if let Some(image) = frozen {
        cargo.env("PYRITE_FROZEN", image);
    }
    let own = command::first_line("rustc", &["--print", "target-libdir", "--target", TRIPLE]);
    if own.is_some_and(|folder| Path::new(&folder).is_dir()) {
        cargo.args(["--target", TRIPLE]);
    } else {
        cargo.arg("--target").arg(without_frame_pointers(&target)?);
        // A panic is a bug: the fault handler tells where it trapped, so texts and places of panics need no flash.
        cargo.env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort");
        cargo.env("RUSTC", RUSTC).env("RUSTC_BOOTSTRAP", "1");
        cargo.args(["-Z", "json-target-spec", "-Z", "build-std=core,alloc"]);
        cargo.args(["-Z", "build-std-features=optimize_for_size,compiler-builtins-mem"]);
        let linker = LINKERS.iter().find(|linker| command::first_line(linker, &["--version"]).is_some());
        // rust-lld behaves as any linker, and asks to be told as which; rustc does so.
        let linker = linker.or_else(|| LINKERS.first().filter(|_| rust_lld_runs()));
        let linker = linker.ok_or_else(|| format!("none of these linkers is installed: {}", LINKERS.join(", ")))?;
        cargo.env("CARGO_TARGET_THUMBV7M_NONE_EABI_LINKER", linker);
    }
    command::show(&mut cargo)?;
    Ok(target.join(TRIPLE).join("release/qemu-arm"))
}

/// The target's description without frame pointers, as a file: no one walks frames on a board, and 20 KiB of flash go
/// into keeping them.
fn without_frame_pointers(folder: &Path) -> Result<PathBuf, String> {
    let mut rustc = Command::new(RUSTC);
    rustc.env("RUSTC_BOOTSTRAP", "1").args([
        "-Z",
        "unstable-options",
        "--print",
        "target-spec-json",
        "--target",
        TRIPLE,
    ]);
    let text = command::catch(&mut rustc, LIMIT)?.text();
    let (always, omitted) = (r#""frame-pointer": "always""#, r#""frame-pointer": "may-omit""#);
    if !text.contains(always) {
        return Err(format!("{RUSTC} describes {TRIPLE} without its frame pointers:\n{text}"));
    }
    let path = folder.join(format!("{TRIPLE}.json"));
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    std::fs::write(&path, text.replace(always, omitted)).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

fn rust_lld_runs() -> bool {
    command::first_line("rust-lld", &["-flavor", "gnu", "--version"]).is_some()
}

/// A case as far as boards care; tests/src/case.rs says what headers mean.
struct Case {
    name: String,
    path: PathBuf,
    board: bool,
    exit: i32,
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
                board: words().any(|word| word == "board"),
                exit: words().find_map(|word| word.strip_prefix("exit=")?.parse().ok()).unwrap_or(0),
                path,
            });
        }
    }
    Ok(cases)
}

impl Case {
    fn check(&self, image: &Path) -> Result<(), String> {
        let caught = command::catch(&mut machine(image, Some(&self.path)), LIMIT)?;
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

/// The machine with the UART on our standard streams, and a file named on the semihosting command line.
fn machine(image: &Path, script: Option<&Path>) -> Command {
    let mut qemu = Command::new("qemu-system-arm");
    qemu.args(["-M", "mps2-an385", "-display", "none", "-monitor", "none", "-serial", "stdio", "-icount", "shift=3"]);
    let mut semihosting = "enable=on,target=native".to_string();
    if let Some(script) = script {
        // A comma in an option's value is written twice.
        semihosting += &format!(",arg=pyrite,arg={}", script.display().to_string().replace(',', ",,"));
    }
    qemu.arg("-semihosting-config").arg(semihosting).arg("-kernel").arg(image);
    qemu
}

/// A script over the UART, ended by Ctrl-D.
fn uart(image: &Path) -> Done {
    let script = std::env::temp_dir().join(format!("pyrite-uart-{}", std::process::id()));
    crate::write(&script, "import sys\nprint('over the UART', 6 * 7)\nsys.exit(3)\n\x04")?;
    let input = std::fs::File::open(&script).map_err(|e| format!("{}: {e}", script.display()))?;
    let mut qemu = machine(image, None);
    let output = qemu.stdin(input).stderr(Stdio::inherit()).output().map_err(|e| format!("qemu-system-arm: {e}"));
    let _ = std::fs::remove_file(&script);
    let output = output?;
    match (&*output.stdout, output.status.code()) {
        (b"over the UART 42\n", Some(3)) => Ok(()),
        (text, code) => {
            Err(format!("a script over the UART gave {:?}, status {code:?}", String::from_utf8_lossy(text)))
        }
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}
