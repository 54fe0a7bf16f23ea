//! `cargo xtask bench --board NAME`: the programs on a board under QEMU, counted in instructions: one for each nanosecond of
//! the emulated clock, so that counts repeat.

use std::path::{Path, PathBuf};

use super::contest;
use super::programs::{self, Program};
use crate::firmware::Board;
use crate::qemu::{Mode, machine};
use crate::{Done, root, target_dir, write};

/// The ways to run a program: its form, and how functions run that no decorator says more of.
const WAYS: [(&str, &str, Mode); 3] =
    [("plain", "plain", Mode::Bytecode), ("native", "plain", Mode::Native), ("viper", "viper", Mode::Bytecode)];

/// Sizes meant for boards.
const SCALE: &str = "100";

/// Prints thousands of instructions for every program whose name contains `filter`; `-` where it cannot run.
pub fn run(board: &Board, filter: &str) -> Done {
    let image = board.build(None)?;
    println!(
        "{:<14} {:>10} {:>10} {:>10}   thousands of instructions on {}",
        "", "plain", "native", "viper", board.name
    );
    let (mut wrong, mut notes, mut gains) = (Vec::new(), Vec::new(), [(); 3].map(|()| Vec::new()));
    for program in programs::find(filter)? {
        let runs = WAYS.map(|way| {
            let can = way.1 == "plain" || program.has_viper;
            can.then(|| count(board, &image, &program, way).ok()).flatten()
        });
        let [plain, native, viper] = runs.each_ref().map(|run| run.as_ref().map(|(_, result)| result));
        if let (Some(plain), Some(native)) = (plain, native)
            && plain != native
        {
            wrong.push(format!("{}: {plain}, {native}", program.name));
        }
        if let (Some(plain), Some(viper)) = (plain, viper)
            && plain != viper
        {
            notes.push(format!("{}: viper's result is one of shorter words", program.name));
        }
        let counts = runs.map(|run| run.map(|(count, _)| count));
        let shown = counts.map(|count| count.map_or("-".to_string(), |count| format!("{count:.0}")));
        println!("{:<14} {:>10} {:>10} {:>10}", program.name, shown[0], shown[1], shown[2]);
        for (gains, count) in gains.iter_mut().zip(counts) {
            gains.extend(counts[0].zip(count).map(|(plain, count)| (count / plain).ln()));
        }
    }
    let means = gains.map(|gains| (gains.iter().sum::<f64>() / gains.len().max(1) as f64).exp());
    println!(
        "{:<14} {:>10.2} {:>10.2} {:>10.2}   geometric mean of the parts of plain",
        "", means[0], means[1], means[2]
    );
    notes.iter().for_each(|note| println!("{note}"));
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(format!("forms that do not agree:\n  {}", wrong.join("\n  "))),
    }
}

/// Thousands of instructions, and the result.
fn count(board: &Board, image: &Path, program: &Program, way: (&str, &str, Mode)) -> Result<(f64, String), String> {
    let (name, form, mode) = way;
    let script = script(program, name, form)?;
    let mut qemu = machine(board, image, Some((&script, mode)), 0);
    contest::measure(&mut qemu)
}

/// A file that runs a program with arguments, which boards do not get.
fn script(program: &Program, name: &str, form: &str) -> Result<PathBuf, String> {
    let path = target_dir().join("bench-board").join(format!("{}_{name}.py", program.name));
    let folder = root().join("benches/py");
    let text = format!(
        "import sys\nsys.path.insert(0, {folder:?})\nsys.argv[:] = ['', '{form}', '{SCALE}', '{SCALE}']\nimport {}\n",
        program.name
    );
    write(&path, text)?;
    Ok(path)
}
