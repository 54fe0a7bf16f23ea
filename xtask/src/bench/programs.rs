//! The programs: a Python file, perhaps with a Lua and a C twin that do the same work and print the same line.

use std::path::{Path, PathBuf};

use crate::{read, root};

/// One program.
pub struct Program {
    /// The file's name without its extension.
    pub name: String,
    /// The Python file.
    pub python: PathBuf,
    /// Whether it has a viper form: a function named `..._viper`.
    pub has_viper: bool,
    /// The same in Lua.
    pub lua: Option<PathBuf>,
    /// The same in C.
    pub c: Option<PathBuf>,
}

/// Every program whose name contains `filter`.
pub fn find(filter: &str) -> Result<Vec<Program>, String> {
    let benches = root().join("benches");
    let folder = benches.join("py");
    let mut programs = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?.flatten() {
        let python = entry.path();
        let name = python.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // bench.py is what the programs import.
        if python.extension().is_none_or(|extension| extension != "py") || name == "bench" || !name.contains(filter) {
            continue;
        }
        let has_viper = read(&python)?.contains("@micropython.viper");
        let lua = twin(&benches, "lua", &name);
        let c = twin(&benches, "c", &name);
        programs.push(Program { name, python, has_viper, lua, c });
    }
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    match programs.is_empty() {
        true => Err(format!("no program in {} has {filter:?} in its name", folder.display())),
        false => Ok(programs),
    }
}

fn twin(benches: &Path, language: &str, name: &str) -> Option<PathBuf> {
    let path = benches.join(language).join(name).with_extension(language);
    path.is_file().then_some(path)
}
