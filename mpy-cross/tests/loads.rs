//! What is written can be read: every program of tests/py, for both kinds of machine, passes the loader's checks.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use pyrite_cross::args::{self, Action, Options};
use pyrite_cross::compile::{Error, compile};
use pyrite_cross::{dump, file};
use vm::mpy::read;
use vm::qstr::Pool;

fn options(target: &str) -> Options {
    let words = ["pyrite-cross", "-X", target, "a.py"];
    match args::parse(&words.map(OsString::from)) {
        Action::Compile(options) => options,
        other => panic!("{other:?}"),
    }
}

fn programs(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            programs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(path);
        }
    }
}

#[test]
fn every_program_passes() {
    let mut found = Vec::new();
    programs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/py"), &mut found);
    let mut count = 0;
    for path in &found {
        let source = std::fs::read(path).expect("a program");
        for target in ["target=micropython", "target=pyrite"] {
            let compiled = match compile(&source, "a.py", &options(target)) {
                Ok(compiled) => compiled,
                Err(Error::Syntax(_) | Error::Native { .. }) => continue,
                Err(Error::NoMemory) => panic!("out of memory"),
            };
            let mut pool = Pool::new();
            assert!(read::read(&compiled.bytes, 31, &mut pool).is_ok(), "{} for {target}", path.display());
            let parts = file::read(&compiled.bytes).expect("its parts");
            assert_eq!(parts.end, compiled.bytes.len());
            let text = dump::text(&parts, &compiled.bytes);
            assert!(!text.contains("not bytecode"), "{}", path.display());
            count += 1;
        }
    }
    assert!(count > 300, "{count} were compiled");
}

/// Files with a byte or two changed: nothing panics, and what can be taken apart can be shown.
#[test]
fn broken_files_do_no_harm() {
    let source = b"def f(a, *b, c=1):\n    return [x for x in a] if b else {1: 'text', 2: (1.5, 2j)}\nclass C:\n    x = 1 << 70\n";
    let good = compile(source, "a.py", &options("target=pyrite")).ok().expect("a file").bytes;
    for at in 0..good.len() {
        for change in [1, 2, 4, 0x10, 0x40, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[at] ^= change;
            if let Ok(parts) = file::read(&bad) {
                assert!(!dump::text(&parts, &bad).is_empty() && !dump::json(&parts, &bad).is_empty());
            }
        }
    }
}
