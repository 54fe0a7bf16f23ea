//! Who may import whom: between crates by their manifests, inside `vm` by `use` lines; and the dependency list.

use std::path::{Path, PathBuf};

use super::has_extension;
use crate::{Done, read};

/// Our crates and those of ours that each may import. A port may import any of `PORT`.
const ALLOWED: &[(&str, &[&str])] = &[
    ("ir", &[]),
    ("vm", &[]),
    ("asm-thumb", &["ir"]),
    ("asm-xtensa", &["ir"]),
    ("asm-rv32", &["ir"]),
    ("emitters", &["vm", "ir"]),
    ("extmod", &["vm"]),
    // The prompt runs what is typed, so it knows the machine; boards and the host program use it.
    ("repl", &["vm"]),
    // A file system speaks the language of ports: their numbers of errors, modes and kinds.
    ("ramfs", &["vm"]),
    ("cli", &["vm", "extmod", "repl", "emitters"]),
    ("mpy-cross", &["vm", "emitters", "asm-thumb", "asm-xtensa", "asm-rv32"]),
    ("tests", ALL),
    ("benches", ALL),
    ("fuzz", FUZZ),
    ("xtask", &[]),
];
const FUZZ: &[&str] = &["ir", "vm", "asm-thumb", "asm-xtensa", "emitters", "cli", "tests"];
const ALL: &[&str] = &[
    "ir",
    "vm",
    "asm-thumb",
    "asm-xtensa",
    "asm-rv32",
    "emitters",
    "extmod",
    "repl",
    "ramfs",
    "cli",
    "mpy-cross",
    "cortexm",
];
const PORT: &[&str] =
    &["vm", "extmod", "emitters", "ir", "asm-thumb", "asm-xtensa", "asm-rv32", "repl", "ramfs", "cortexm"];

/// Folders of `vm` that are plain data, and those of the running system that they never import.
const FRONT: &[&str] = &["qstr", "text", "syntax", "compile", "mpy", "rom", "mem", "port"];
const BACK: &[&str] = &["value", "gc", "run", "types", "modules"];

/// Checks every manifest and every file of `vm`'s front end.
pub fn check(root: &Path, files: &[PathBuf], breaches: &mut Vec<String>) -> Done {
    let list = read(&root.join("CONTRIBUTING.md")).unwrap_or_default();
    let mut manifests = String::new();
    for file in files.iter().filter(|file| file.ends_with("Cargo.toml") && !is_workspace(file)) {
        let content = read(&root.join(file))?;
        manifest(file, &content, &list, breaches);
        manifests.push_str(&content);
    }
    unused(&list, &manifests, breaches);
    for file in files.iter().filter(|file| has_extension(file, "rs")) {
        let inside_front = FRONT.iter().any(|part| in_part(file, part));
        if inside_front {
            front_end(file, &read(&root.join(file))?, breaches);
        }
    }
    Ok(())
}

/// Whether a manifest only names its members and what they share.
fn is_workspace(manifest: &Path) -> bool {
    [Path::new(""), Path::new("ports")].iter().any(|folder| manifest.parent() == Some(folder))
}

fn in_part(file: &Path, part: &str) -> bool {
    let source = Path::new("vm/src");
    file.starts_with(source.join(part)) || file == source.join(format!("{part}.rs"))
}

fn manifest(file: &Path, content: &str, list: &str, breaches: &mut Vec<String>) {
    let folder = file.parent().unwrap_or(Path::new("")).to_string_lossy().replace('\\', "/");
    let allowed = match ALLOWED.iter().find(|(name, _)| *name == folder) {
        Some((_, allowed)) => *allowed,
        None if folder.starts_with("ports/") => PORT,
        None => {
            breaches.push(format!("{}: no rule says what this crate may import", file.display()));
            return;
        }
    };
    for (section, name) in dependencies(content) {
        let ours = ALL.contains(&name) || name == "xtask" || name == "tests" || name == "benches";
        // Tests of a leaf may look at what it is tested with; the product may not.
        if ours && section == "dependencies" && !allowed.contains(&name) {
            breaches.push(format!("{}: {folder} may not import {name}", file.display()));
        }
        if !ours && !list.contains(&format!("`{name}`")) {
            breaches.push(format!("{}: {name} has no line in the dependency list of CONTRIBUTING.md", file.display()));
        }
    }
}

/// Lines of the dependency list that no manifest asks for any more.
fn unused(list: &str, manifests: &str, breaches: &mut Vec<String>) {
    let used = dependencies(manifests);
    let rows = list.split_once("\n## Dependencies").map_or("", |(_, rows)| rows).lines();
    for cell in rows.filter_map(|row| row.strip_prefix("| `")?.split(" |").next()) {
        for name in cell.split(['`', ',', ' ']).filter(|name| !name.is_empty()) {
            if !used.iter().any(|(_, known)| *known == name) {
                breaches.push(format!("CONTRIBUTING.md: nothing depends on {name}"));
            }
        }
    }
}

/// The kind (`dependencies`, `dev-dependencies`, `build-dependencies`) and name of each dependency in a manifest.
fn dependencies(manifest: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut section = "";
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            section = header.rsplit('.').next().unwrap_or_default();
            let above = header.rsplit('.').nth(1).unwrap_or_default();
            // [dependencies.name] spells one dependency as a section of its own.
            if above.ends_with("dependencies") {
                found.push((above, section));
            }
        } else if section.ends_with("dependencies")
            && !line.starts_with('#')
            && let Some((key, _)) = line.split_once('=')
        {
            found.push((section, key.trim().split('.').next().unwrap_or_default()));
        }
    }
    found
}

fn front_end(file: &Path, content: &str, breaches: &mut Vec<String>) {
    for (number, line) in content.lines().enumerate() {
        let Some(at) = line.find("crate::") else {
            continue;
        };
        if line.trim_start().starts_with("//") {
            continue;
        }
        let rest = line.get(at + "crate::".len()..).unwrap_or_default();
        let first = rest.trim_start_matches('{');
        if let Some(part) = BACK.iter().find(|part| names(first, part)) {
            breaches.push(format!("{}:{}: the front end may not import {part}", file.display(), number + 1));
        }
    }
}

/// Whether `path` begins with the word `part`.
fn names(path: &str, part: &str) -> bool {
    path.strip_prefix(part).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_are_read() {
        let manifest = "[dependencies]\nvm.workspace = true\nlibm = \"0.2\"\n# not = this\n\
                        [target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n[dev-dependencies.cli]\npath = \"x\"\n";
        assert_eq!(
            dependencies(manifest),
            [("dependencies", "vm"), ("dependencies", "libm"), ("dependencies", "libc"), ("dev-dependencies", "cli")]
        );
    }

    #[test]
    fn a_line_without_a_dependency_is_a_breach() {
        let mut breaches = Vec::new();
        let list = "\n## Dependencies\n\n| crate | where |\n|---|---|\n| `libm`, `old` | `vm` |\n";
        unused(list, "[dependencies]\nlibm = 1\n", &mut breaches);
        assert_eq!(breaches, ["CONTRIBUTING.md: nothing depends on old"]);
    }

    #[test]
    fn arrows_that_point_up_are_breaches() {
        let mut breaches = Vec::new();
        manifest(Path::new("vm/Cargo.toml"), "[dependencies]\nir.workspace = true\n", "", &mut breaches);
        front_end(Path::new("vm/src/text/lexer.rs"), "use crate::gc::Heap;\nuse crate::gcd;\n", &mut breaches);
        assert_eq!(breaches.len(), 2, "{breaches:?}");
    }
}
