//! `cargo xtask size`: text, data and zeroed bytes of what has been built, as the `size` tool counts them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::{Done, command, root, target_dir};

/// Prints one line for the host binary and one for each firmware image under ports/*/target.
pub fn run(mut parser: lexopt::Parser) -> Done {
    if let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        return Err(arg.unexpected().to_string());
    }
    let mut images = vec![target_dir().join("release/pyrite")];
    images.extend(firmware());
    images.retain(|image| image.is_file());
    if images.is_empty() {
        return Err("nothing is built yet: cargo build --release, or build a port".to_string());
    }
    println!("{:>10} {:>10} {:>10}  image", "text", "data", "bss");
    for image in images {
        let [text, data, bss] = sections(&image)?;
        println!("{text:>10} {data:>10} {bss:>10}  {}", image.strip_prefix(root()).unwrap_or(&image).display());
    }
    Ok(())
}

/// The sizes of the three kinds of section in an ELF file.
pub fn sections(image: &Path) -> Result<[u64; 3], String> {
    let caught = command::catch(Command::new("size").arg(image), Duration::from_secs(20))?;
    let text = caught.text();
    let mut fields = text.lines().nth(1).unwrap_or_default().split_whitespace();
    let mut next = || fields.next()?.parse().ok();
    match (next(), next(), next()) {
        (Some(text), Some(data), Some(bss)) => Ok([text, data, bss]),
        _ => Err(format!("size {}: {text}", image.display())),
    }
}

/// Release images of the ports: target/<triple>/release/<port>, in the port's folder.
fn firmware() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for port in folders(&root().join("ports")) {
        let Some(name) = port.file_name().map(|name| name.to_os_string()) else {
            continue;
        };
        for triple in folders(&port.join("target")) {
            found.push(triple.join("release").join(&name));
        }
    }
    found
}

fn folders(above: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(above) else {
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}
