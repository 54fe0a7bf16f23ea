//! `cargo xtask size`: text, data and zeroed bytes of what has been built, as the `size` tool counts them.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::firmware::Board;
use crate::{Done, command, root, target_dir};

/// Bytes of flash that a firmware may take: the whole language with `.mpy` files verified, and what makes machine code on
/// the board (130 KiB of it), the prompt and files (18 KiB): two thirds of what an STM32F405 has.
const FLASH: u64 = 664 * 1024;

/// Prints one line for the host binary, if it was built, and one for the firmware, which is built here.
pub fn run(mut parser: lexopt::Parser) -> Done {
    if let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        return Err(arg.unexpected().to_string());
    }
    let firmware = Board::usual()?.build(None)?;
    let host = target_dir().join("release/pyrite");
    println!("{:>10} {:>10} {:>10}  image", "text", "data", "bss");
    if host.is_file() {
        line(&host)?;
    }
    let [text, ..] = line(&firmware)?;
    match text {
        0..FLASH => Ok(()),
        _ => Err(format!("the firmware's text is {text} bytes, more than {FLASH}")),
    }
}

fn line(image: &Path) -> Result<[u64; 3], String> {
    let sizes = sections(image)?;
    let [text, data, bss] = sizes;
    println!("{text:>10} {data:>10} {bss:>10}  {}", image.strip_prefix(root()).unwrap_or(image).display());
    Ok(sizes)
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
