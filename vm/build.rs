//! Collects every `q!("name")` of the crate into the table of static names.
//!
//! The first names are those that `.mpy` files refer to by number (`src/qstr/mpy_static.txt`, one escaped name a line, in
//! the order the file format fixes); all others follow, sorted. The output is a name list and an open-addressed index.

#[path = "src/qstr/hash.rs"]
mod hash;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use hash::hash;

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo:rerun-if-changed=src");
    let fixed = std::fs::read_to_string(root.join("src/qstr/mpy_static.txt")).expect("src/qstr/mpy_static.txt");
    let mut names: Vec<String> = fixed.lines().map(|line| line.replace("\\n", "\n")).collect();
    let mut rest = BTreeSet::new();
    scan(&root.join("src"), &mut rest);
    for name in &names {
        rest.remove(name);
    }
    names.extend(rest);
    write_tables(&names, &out.join("names.rs"));
}

/// Adds the argument of every `q!("...")` below `dir`.
fn scan(dir: &Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(dir).expect("a readable source folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            scan(&path, names);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let text = std::fs::read_to_string(&path).expect("a readable source file");
            for piece in text.split("q!(").skip(1) {
                if let Some((name, _)) = piece.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                    names.insert(name.replace("\\n", "\n"));
                }
            }
        }
    }
}

fn write_tables(names: &[String], path: &Path) {
    let slots = (names.len() * 2).next_power_of_two();
    let mut index = vec![0u16; slots];
    for (at, name) in names.iter().enumerate() {
        let mut slot = hash(name.as_bytes()) as usize & (slots - 1);
        while index[slot] != 0 {
            slot = (slot + 1) & (slots - 1);
        }
        index[slot] = at as u16 + 1;
    }
    let mut text = String::new();
    let _ = writeln!(
        text,
        "/// Static names; the name of number n is at n - 1.\npub static NAMES: [&str; {}] = {names:?};",
        names.len()
    );
    let _ = writeln!(
        text,
        "/// Open-addressed index of `NAMES` by hash; 0 is an empty slot.\npub static INDEX: [u16; {slots}] = {index:?};"
    );
    let hashes: Vec<u32> = names.iter().map(|name| hash(name.as_bytes())).collect();
    let _ = writeln!(
        text,
        "/// Hashes of `NAMES`, in the same order.\npub static HASHES: [u32; {}] = {hashes:?};",
        names.len()
    );
    std::fs::write(path, text).expect("OUT_DIR is writable");
}
