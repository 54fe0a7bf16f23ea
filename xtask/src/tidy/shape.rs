//! The shape of source files: a tagline, a bounded length, no markers of unfinished work.

use std::path::{Path, PathBuf};

use super::has_extension;
use crate::{Done, read};

/// Lines a file may have above its tests.
const LIMIT: usize = 400;

/// The files that may be longer, each with its reason. This is the only place that grants it.
const LONGER: &[(&str, &str)] = &[
    ("vm/src/run/dispatch.rs", "one function is the interpreter's loop"),
    ("vm/src/syntax/ast.rs", "every node of the grammar"),
    ("vm/src/compile/op.rs", "one enum and the facts about its variants"),
    ("vm/src/value/ty.rs", "one record, and the operators it has slots for"),
    ("vm/src/value/ty.rs", "one record, and the operators it has slots for"),
    ("ir/src/inst.rs", "one enum and the facts about its variants"),
    ("ir/src/builder.rs", "a method for each instruction"),
    ("ir/src/interp.rs", "one match over every instruction"),
    ("ir/src/random.rs", "a maker for each instruction"),
    ("vm/src/run/helpers.rs", "one list: what machine code calls"),
    ("emitters/src/viper/types.rs", "one match over every operation"),
    ("emitters/src/native.rs", "one match over every operation, and the state it works on"),
    ("emitters/src/cranelift/lower.rs", "one match over every instruction"),
    ("emitters/src/viper/types.rs", "one match over every operation"),
];

/// What finished code does not say. Spelled in pieces, so that this file keeps its own rule.
const MARKERS: &[&str] = &[
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
];

/// Checks every Rust file.
pub fn check(root: &Path, files: &[PathBuf], breaches: &mut Vec<String>) -> Done {
    for file in files.iter().filter(|file| has_extension(file, "rs")) {
        one(file, &read(&root.join(file))?, breaches);
    }
    for (name, _) in LONGER {
        let needless = files.iter().any(|file| file == Path::new(name)) && length(&read(&root.join(name))?) <= LIMIT;
        if needless {
            breaches.push(format!("{name}: is short enough now; take it off the list of longer files"));
        }
    }
    Ok(())
}

/// Lines above `#[cfg(test)] mod tests`, which stands last.
fn length(content: &str) -> usize {
    let code = content.rsplit_once("\n#[cfg(test)]\nmod tests {").map_or(content, |(code, _)| code);
    code.lines().count()
}

fn one(file: &Path, content: &str, breaches: &mut Vec<String>) {
    let name = file.display();
    if !content.starts_with("//! ") {
        breaches.push(format!("{name}: does not begin with a `//! tagline`"));
    }
    let lines = length(content);
    let may_be_longer = LONGER.iter().any(|(longer, _)| file == Path::new(longer));
    if lines > LIMIT && !may_be_longer {
        breaches.push(format!("{name}: {lines} lines above its tests, the limit is {LIMIT}"));
    }
    for (number, line) in content.lines().enumerate() {
        if let Some(marker) = MARKERS.iter().find(|marker| line.contains(**marker)) {
            breaches.push(format!("{name}:{}: says {marker}", number + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaches_are_found() {
        let mut breaches = Vec::new();
        one(Path::new("a.rs"), &format!("fn main() {{ {} }}\n", concat!("dbg", "!(1)")), &mut breaches);
        one(Path::new("b.rs"), &("//! Long.\n".to_string() + &"\n".repeat(LIMIT)), &mut breaches);
        one(Path::new("c.rs"), "//! Good.\n", &mut breaches);
        assert_eq!(breaches.len(), 3, "{breaches:?}");
    }
}
