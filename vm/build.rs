//! Collects every `q!("name")` of the crate into the table of static names, and frozen modules into images.
//!
//! The first names are those that `.mpy` files refer to by number (`src/qstr/mpy_static.txt`, one escaped name a line, in
//! the order the file format fixes); all others follow, sorted. The output is a name list and an open-addressed index.

#[path = "src/qstr/hash.rs"]
mod hash;
#[path = "src/rom/write.rs"]
mod romfs;

use std::collections::BTreeSet;
use std::convert::Infallible;
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
    write_frozen(&root.join("src/modules/frozen"), &out);
}

/// Writes the list of images of frozen modules: the one that PYRITE_FROZEN names, and what hosts carry along.
fn write_frozen(own: &Path, out: &Path) {
    println!("cargo:rerun-if-env-changed=PYRITE_FROZEN");
    let mut images = Vec::new();
    if let Some(given) = std::env::var_os("PYRITE_FROZEN").filter(|path| !path.is_empty()) {
        let given = PathBuf::from(given);
        println!("cargo:rerun-if-changed={}", given.display());
        let image = std::fs::read(&given).unwrap_or_else(|error| panic!("PYRITE_FROZEN={}: {error}", given.display()));
        assert!(image.starts_with(&[0xd2, 0xcd, 0x31]), "PYRITE_FROZEN={}: not a ROMFS image", given.display());
        images.push(("given.romfs", image));
    }
    if std::env::var_os("CARGO_FEATURE_DIAGNOSTICS").is_some() {
        images.push(("own.romfs", image_of(own)));
    }
    let mut text = String::from("static IMAGES: &[&[u8]] = &[\n");
    for (name, image) in images {
        std::fs::write(out.join(name), image).expect("OUT_DIR is writable");
        let _ = writeln!(text, "    include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\")),");
    }
    text.push_str("];\n");
    std::fs::write(out.join("frozen.rs"), text).expect("OUT_DIR is writable");
}

/// The image of a folder.
fn image_of(folder: &Path) -> Vec<u8> {
    let mut image = Vec::new();
    let Ok(()) = romfs::image(&records_of(folder), &mut appended(&mut image));
    image
}

/// The records of what is in a folder, in the order of the names.
fn records_of(folder: &Path) -> Vec<u8> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a readable source folder").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut records = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Ok(()) = match path.is_dir() {
            true => romfs::directory(&name, &records_of(&path), &mut appended(&mut records)),
            false => {
                let content = std::fs::read(&path).expect("a readable source file");
                romfs::file(&name, &content, &mut appended(&mut records))
            }
        };
    }
    records
}

fn appended(to: &mut Vec<u8>) -> impl FnMut(&[u8]) -> Result<(), Infallible> + '_ {
    |piece| {
        to.extend_from_slice(piece);
        Ok(())
    }
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
