//! For every firmware: its board's file, as constants for Rust and as memory for the linker.
//!
//! PYRITE_BOARD names a file of the folder `boards`. A line is `name = value`, a number, a text in quotes, or a size as
//! 16K; `inherits` names another file, whose lines come first. Sizes of FLASH, RAM and its parts go to the linker.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What only the linker wants to know.
const MEMORY: &[&str] = &["flash", "flash_bytes", "ram", "ram_bytes", "stack", "disk"];

fn main() {
    let folder = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let boards = folder.join("boards");
    println!("cargo:rerun-if-env-changed=PYRITE_BOARD");
    let board = std::env::var("PYRITE_BOARD").unwrap_or_else(|_| "mps2-an385".into());
    let mut facts = BTreeMap::new();
    read(&boards, &board, &mut facts);

    let fact = |name: &str| facts.get(name).unwrap_or_else(|| panic!("{board}: no {name}"));
    let memory = format!(
        "MEMORY\n{{\n  FLASH (rx) : ORIGIN = {}, LENGTH = {}\n  RAM (rwx) : ORIGIN = {}, LENGTH = {}\n}}\nSTACK = {};\nDISK = {};\n",
        fact("flash"),
        fact("flash_bytes"),
        fact("ram"),
        fact("ram_bytes"),
        fact("stack"),
        fact("disk"),
    );
    let mut rust = format!("/// The board's name.\npub const NAME: &str = \"{board}\";\n");
    for (name, value) in facts.iter().filter(|(name, _)| !MEMORY.contains(&name.as_str())) {
        let ty = if value.starts_with('"') { "&str" } else { "u32" };
        rust += &format!("#[allow(missing_docs)]\npub const {}: {ty} = {value};\n", name.to_uppercase());
    }
    let out = PathBuf::from(variable("OUT_DIR"));
    write(&out.join("memory.x"), &memory);
    write(&out.join("board.rs"), &rust);
    let script = folder.join("../cortex-m/link.ld");
    println!("cargo:rerun-if-changed={}", script.display());
    println!("cargo:rustc-link-arg-bins=-L{}", out.display());
    println!("cargo:rustc-link-arg-bins=-T{}", script.display());
}

/// Adds the lines of a board's file, after those that it inherits.
fn read(boards: &Path, name: &str, facts: &mut BTreeMap<String, String>) {
    let path = boards.join(format!("{name}.board"));
    println!("cargo:rerun-if-changed={}", path.display());
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("{}: {line}", path.display()));
        match key.trim() {
            "inherits" => read(boards, value.trim().trim_matches('"'), facts),
            key => {
                facts.insert(key.to_string(), value.trim().to_string());
            }
        }
    }
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"))
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
