//! Every row at the edges of its operands: there and back, against recorded bytes, and against GNU binutils.
//!
//! The recorded lines (`text | bytes`) were made by GNU as; `BLESS=1 cargo test -p asm-thumb` makes them anew.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use asm_thumb::{Code, Decoded, Error, Isa, Misfit, Operand, Row, TABLE, decode, encode};

const ALL: Isa = Isa::V7EMF;

/// Recorded files: name, content, set of instructions, what GNU as calls it.
const FILES: &[(&str, &str, Isa, &str)] = &[
    ("v6m", include_str!("../../tests/asm/thumb/v6m.txt"), Isa::V6M, ".cpu cortex-m0"),
    ("v7m", include_str!("../../tests/asm/thumb/v7m.txt"), Isa::V7M, ".cpu cortex-m3"),
    ("v7em", include_str!("../../tests/asm/thumb/v7em.txt"), Isa::V7EM, ".cpu cortex-m4"),
    (
        "v7em_float",
        include_str!("../../tests/asm/thumb/v7em_float.txt"),
        Isa::V7EMF,
        ".cpu cortex-m4\n.fpu fpv4-sp-d16",
    ),
];

#[test]
fn every_row_comes_back_from_its_bytes() {
    for row in TABLE {
        let mut found = 0;
        for operands in products(row) {
            let code = match encode(ALL, row, &operands) {
                Ok(code) => code,
                Err(Error::Operand { misfit: Misfit::Pair | Misfit::Range { .. }, .. }) => continue,
                Err(error) => panic!("{row:?} {operands:?}: {error}"),
            };
            found += 1;
            let back = decode(code.bytes()).unwrap_or_else(|| panic!("{row:?} {operands:?}: not found"));
            assert_eq!(encode(ALL, back.row, &back.operands), Ok(code), "{row:?} {operands:?}");
            if back.row != row {
                // Two rows may share bits; then the earlier one is how they print.
                assert!(place(back.row) < place(row), "{row:?} {operands:?} came back as {back}");
            } else {
                assert_eq!(back.operands, operands, "{row:?}");
            }
        }
        assert!(found > 0, "{row:?}: no operands fit");
    }
}

#[test]
fn no_bytes_and_no_operands_panic() {
    for word in 0..=u16::MAX {
        for second in [0, 0xffff, 0x8000, 0x0f00, 0xf0f0, 0xd000, word.rotate_left(5), !word] {
            let [[a, b], [c, d]] = [word.to_le_bytes(), second.to_le_bytes()];
            if let Some(found) = decode(&[a, b, c, d]) {
                let code = encode(ALL, found.row, &found.operands).unwrap();
                assert_eq!(code.bytes(), &[a, b, c, d][..found.size()], "{found}");
            }
        }
    }
    let odd = [0, -1, 1, 3, 33, i32::MAX, i32::MIN, i32::MIN + 1];
    let odd: Vec<Operand> = odd.iter().flat_map(|&n| [Operand::Imm(n), Operand::To(n)]).collect();
    for row in TABLE {
        for &operand in &odd {
            for n in 0..6 {
                // Only that it returns matters.
                let _ = encode(ALL, row, &vec![operand; n]);
            }
        }
        let good: Vec<_> = steady(row);
        for at in 0..good.len() {
            for &operand in &odd {
                let mut operands = good.clone();
                operands[at] = operand;
                let _ = encode(ALL, row, &operands);
            }
        }
    }
}

#[test]
fn small_sets_refuse_larger_ones() {
    for row in TABLE {
        let operands = steady(row);
        for isa in [Isa::V6M, Isa::V7M, Isa::V7EM, Isa::V7EMF] {
            assert_eq!(encode(isa, row, &operands).is_ok(), isa >= row.needs, "{row:?}");
        }
    }
}

#[test]
fn bytes_are_the_recorded_ones() {
    if env::var_os("BLESS").is_some() {
        bless();
        return;
    }
    for &(name, recorded, isa, _) in FILES {
        let recorded: HashMap<&str, &str> = recorded.lines().filter_map(|line| line.split_once(" | ")).collect();
        let lines = lines_of(isa);
        assert_eq!(recorded.len(), lines.len(), "{name}.txt: another number of lines; bless again");
        for (text, code) in lines {
            assert_eq!(recorded.get(text.as_str()), Some(&hex(code.bytes()).as_str()), "{name}.txt: {text}");
            assert_eq!(decode(code.bytes()).map(|found| found.to_string()), Some(text));
        }
    }
}

#[test]
fn recorded_bytes_are_those_of_binutils() {
    for &(name, recorded, _, cpu) in FILES {
        let lines: Vec<(&str, &str)> = recorded.lines().filter_map(|line| line.split_once(" | ")).collect();
        let texts: Vec<&str> = lines.iter().map(|line| line.0).collect();
        let Some(theirs) = assemble_elsewhere(name, cpu, &texts) else {
            println!("skipped: no arm-none-eabi-as here");
            return;
        };
        assert_eq!(theirs.len(), lines.len(), "{name}");
        for ((text, hex), theirs) in lines.iter().zip(theirs) {
            assert_eq!(*hex, theirs, "{name}: {text}");
        }
    }
}

fn bless() {
    for &(name, _, isa, cpu) in FILES {
        let lines = lines_of(isa);
        let texts: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
        let theirs = assemble_elsewhere(name, cpu, &texts).expect("blessing needs arm-none-eabi-as");
        let content: String = texts.iter().zip(theirs).map(|(text, hex)| format!("{text} | {hex}\n")).collect();
        fs::write(folder().join(name).with_extension("txt"), content).unwrap();
    }
}

/// The text and code of each row first found in this set, one operand at a time taken to its edges.
fn lines_of(isa: Isa) -> Vec<(String, Code)> {
    let mut lines: Vec<(String, Code)> = Vec::new();
    for row in TABLE.iter().filter(|row| home(row) == isa) {
        let good = steady(row);
        let mut tried = vec![good.clone()];
        for (at, field) in row.form.fields.iter().enumerate() {
            for operand in field.extremes() {
                let mut operands = good.clone();
                operands[at] = operand;
                tried.push(operands);
            }
        }
        for operands in tried {
            let Ok(code) = encode(isa, row, &operands) else { continue };
            let text = Decoded { row, operands: operands.clone() }.to_string();
            // With a register twice there may be a shorter form, which an assembler prefers.
            let seen = lines.iter().any(|line| line.0 == text);
            let shadowed = decode(code.bytes()).is_none_or(|found| found.row != row);
            if !seen && !shadowed && is_distinct(&operands) {
                lines.push((text, code));
            }
        }
    }
    lines
}

/// The file a row is recorded in. For v6-M GNU as keeps `bl` within the 4 MiB of older cores and writes `nop` as a
/// move, though v6-M has the whole reach and the hint.
fn home(row: &Row) -> Isa {
    if row.name == "bl" || row.name == "nop" { Isa::V7M } else { row.needs }
}

/// Operands that fit and name different registers.
fn steady(row: &Row) -> Vec<Operand> {
    let mut chosen = Vec::new();
    for field in row.form.fields {
        let fits = |operand: &Operand| field.put(*operand, &chosen).is_ok() && !chosen.contains(operand);
        let operand = field.extremes().into_iter().find(fits);
        chosen.push(operand.unwrap_or_else(|| panic!("{row:?}: nothing fits {field:?}")));
    }
    chosen
}

fn is_distinct(operands: &[Operand]) -> bool {
    let is_register = |operand: &Operand| matches!(operand, Operand::Reg(_));
    (1..operands.len()).all(|i| !is_register(&operands[i]) || !operands[..i].contains(&operands[i]))
}

fn products(row: &Row) -> Vec<Vec<Operand>> {
    row.form.fields.iter().fold(vec![Vec::new()], |before, field| {
        let extend = |start: &Vec<Operand>| {
            let start = start.clone();
            field.extremes().into_iter().map(move |last| [start.as_slice(), &[last]].concat())
        };
        before.iter().flat_map(extend).collect()
    })
}

fn place(row: &Row) -> usize {
    TABLE.iter().position(|other| other == row).unwrap()
}

/// What GNU as makes of each line, in the order of memory; nothing if it is not installed.
fn assemble_elsewhere(name: &str, cpu: &str, lines: &[&str]) -> Option<Vec<String>> {
    Command::new("arm-none-eabi-as").arg("--version").output().ok()?;
    let base = env::temp_dir().join(format!("pyrite-thumb-{name}-{}", std::process::id()));
    let (source, object) = (base.with_extension("s"), base.with_extension("o"));
    let mut text = format!(".syntax unified\n{cpu}\n.thumb\n");
    let mut fillers = Vec::new();
    for line in lines {
        text.push_str(line);
        text.push('\n');
        let filler = if line.starts_with("it") { block(line) } else { Vec::new() };
        fillers.push(filler.len());
        text.extend(filler);
        text.push_str(".p2align 2, 0\n");
    }
    fs::write(&source, text).unwrap();
    let made = Command::new("arm-none-eabi-as").arg("-o").arg(&object).arg(&source).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let binary = base.with_extension("bin");
    let copied =
        Command::new("arm-none-eabi-objcopy").args(["-O", "binary"]).arg(&object).arg(&binary).status().unwrap();
    assert!(copied.success());
    let bytes = fs::read(&binary).unwrap();
    for file in [source, object, binary] {
        let _ = fs::remove_file(file);
    }
    let mut at = 0;
    let mut found = Vec::new();
    for filler in fillers {
        let size = if bytes[at + 1] >> 3 > 0x1c { 4 } else { 2 };
        found.push(hex(&bytes[at..at + size]));
        at = (at + size + 2 * filler + 3) & !3;
    }
    assert!(at == bytes.len());
    Some(found)
}

/// The instructions that must follow an `it`.
fn block(line: &str) -> Vec<String> {
    let (name, cond) = line.split_once(' ').unwrap();
    let pairs = ["eq ne", "cs cc", "mi pl", "vs vc", "hi ls", "ge lt", "gt le"];
    let (first, second) =
        pairs.iter().filter_map(|pair| pair.split_once(' ')).find(|p| p.0 == cond || p.1 == cond).unwrap();
    let other = if first == cond { second } else { first };
    name[1..].chars().map(|letter| format!("nop{}\n", if letter == 't' { cond } else { other })).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/asm/thumb")
}
