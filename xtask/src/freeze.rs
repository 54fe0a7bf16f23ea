//! `cargo xtask freeze`: builds the host program or a firmware with the modules that a manifest.py names.

use std::process::Command;

use crate::firmware::Board;
use crate::{Done, command, root, size, target_dir, text};

/// `cargo xtask freeze --manifest FILE [--board mps2-an385] [--var NAME=PATH]...`
pub fn run(mut parser: lexopt::Parser) -> Done {
    use lexopt::Arg::Long;
    let (mut manifest, mut board, mut rest) = (None, None, Vec::new());
    while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
        match arg {
            Long("manifest") => manifest = Some(text(&mut parser)?),
            Long("board") => board = Some(text(&mut parser)?),
            Long("var") => rest.extend(["--var".to_string(), text(&mut parser)?]),
            _ => return Err(arg.unexpected().to_string()),
        }
    }
    let manifest = manifest.ok_or("freeze takes --manifest FILE")?;
    let board = board.map(|name| Board::named(&name)).transpose()?;
    let image = target_dir().join("frozen.romfs");
    let mut tool = cargo();
    tool.args(["run", "--quiet", "-p", "pyrite-cross", "--bin", "pyrite-cross", "--", "--manifest", &manifest, "-o"]);
    command::show(tool.arg(&image).args(&rest))?;
    let built = match board {
        Some(board) => board.build(Some(&image))?,
        None => {
            let mut build = cargo();
            build.args(["build", "--release", "-p", "cli"]).env("PYRITE_FROZEN", &image).current_dir(root());
            command::show(&mut build)?;
            target_dir().join("release/pyrite")
        }
    };
    let [text, data, _] = size::sections(&built)?;
    println!("{}: text {text}, data {data}", built.display());
    Ok(())
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
