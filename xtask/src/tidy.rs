//! `cargo xtask tidy`: rules of the house that no compiler checks.

mod arrows;
mod links;
mod shape;

use std::path::{Path, PathBuf};

use crate::{Done, root};

/// The task: no options, then [`check`].
pub fn run(mut parser: lexopt::Parser) -> Done {
    match parser.next().map_err(|e| e.to_string())? {
        Some(arg) => Err(arg.unexpected().to_string()),
        None => check(),
    }
}

/// Runs all rules and prints every breach; any breach is an error.
pub fn check() -> Done {
    let files = files(root())?;
    let mut breaches = Vec::new();
    arrows::check(root(), &files, &mut breaches)?;
    shape::check(root(), &files, &mut breaches)?;
    links::check(root(), &files, &mut breaches)?;
    for breach in &breaches {
        eprintln!("tidy: {breach}");
    }
    match breaches.len() {
        0 => {
            println!("tidy: {} files in order", files.len());
            Ok(())
        }
        n => Err(format!("tidy: {n} breaches")),
    }
}

/// Every file of the tree that is ours, relative to the root, sorted. Build folders and hidden ones are left out.
fn files(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') || name == "target" || name == "corpus" || name == "artifacts" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(short) = path.strip_prefix(root) {
                found.push(short.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}
