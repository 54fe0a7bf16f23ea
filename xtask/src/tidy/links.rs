//! Relative links in Markdown files lead somewhere.

use std::path::{Path, PathBuf};

use super::has_extension;
use crate::{Done, read};

/// Checks every Markdown file.
pub fn check(root: &Path, files: &[PathBuf], breaches: &mut Vec<String>) -> Done {
    for file in files.iter().filter(|file| has_extension(file, "md")) {
        let content = read(&root.join(file))?;
        let folder = root.join(file.parent().unwrap_or(Path::new("")));
        for target in targets(&content) {
            let path = target.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains("://") && !path.starts_with("mailto:") && !folder.join(path).exists()
            {
                breaches.push(format!("{}: the link to {target} leads nowhere", file.display()));
            }
        }
    }
    Ok(())
}

/// The targets of `[text](target)` outside code fences and code spans.
fn targets(markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        for part in prose.split("](").skip(1) {
            if let Some((target, _)) = part.split_once(')') {
                found.push(target.to_string());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found() {
        let text = "See [a](one.md) and ![b](two.svg#x).\n```\n[no](three)\n```\n`[no](four)`\n";
        assert_eq!(targets(text), ["one.md", "two.svg#x"]);
    }
}
