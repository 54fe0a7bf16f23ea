//! Every row at the edges of its operands: there and back, against recorded bytes, and against other people's tools.
//!
//! `lx106.txt` (`text | bytes`) was made by GNU as; `BLESS=1 cargo test -p asm-xtensa` makes it anew. GNU as as packaged
//! knows no core with windows, loops or division, so the bytes of `lx6.txt` are ours, and what vouches for them is that
//! the disassembler of QEMU's dc233c core reads each as its text; blessing refuses lines that it reads otherwise.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs};

use asm_xtensa::{Code, Decoded, Error, Isa, Misfit, Operand, Row, TABLE, decode, encode};

const LX106: &str = include_str!("../../tests/asm/xtensa/lx106.txt");
const LX6: &str = include_str!("../../tests/asm/xtensa/lx6.txt");

/// Where QEMU finds the code; a multiple of the largest distance's scale, with room on both sides.
const CODE_AT: u32 = 0x0040_0060;

#[test]
fn every_row_comes_back_from_its_bytes() {
    for row in TABLE {
        let mut found = 0;
        for operands in products(row) {
            let code = match encode(Isa::Lx6, row, &operands) {
                Ok(code) => code,
                Err(Error::Operand { misfit: Misfit::Range { .. }, .. }) => continue,
                Err(error) => panic!("{row:?} {operands:?}: {error}"),
            };
            found += 1;
            let back = decode(code.bytes()).unwrap_or_else(|| panic!("{row:?} {operands:?}: not found"));
            assert_eq!(encode(Isa::Lx6, back.row, &back.operands), Ok(code), "{row:?} {operands:?}");
            if back.row == row {
                assert_eq!(back.operands, operands, "{row:?}");
            } else {
                assert_eq!((row.name, back.row.name), ("or", "mov"), "{row:?} {operands:?}");
            }
        }
        assert!(found > 0, "{row:?}: no operands fit");
    }
}

#[test]
fn no_bytes_and_no_operands_panic() {
    for low in 0..=u16::MAX {
        let [a, b] = low.to_le_bytes();
        for c in (0..=u8::MAX).step_by(5) {
            let Some(found) = decode(&[a, b, c]) else { continue };
            let code = encode(Isa::Lx6, found.row, &found.operands).unwrap();
            assert_eq!(code.bytes(), &[a, b, c][..found.size()], "{found}");
            if found.size() == 2 {
                break;
            }
        }
    }
    let odd = [0, -1, 1, 3, 33, i32::MAX, i32::MIN, i32::MIN + 1, i32::MIN + 4];
    let odd: Vec<Operand> = odd.iter().flat_map(|&n| [Operand::Imm(n), Operand::To(n)]).collect();
    for row in TABLE {
        let good = steady(row);
        for &operand in &odd {
            // Only that these return matters.
            for n in 0..6 {
                let _ = encode(Isa::Lx6, row, &vec![operand; n]);
            }
            for at in 0..good.len() {
                let mut operands = good.clone();
                operands[at] = operand;
                let _ = encode(Isa::Lx6, row, &operands);
            }
        }
    }
}

#[test]
fn cores_refuse_what_they_lack() {
    for row in TABLE {
        for isa in [Isa::Lx106, Isa::Lx6, Isa::Lx7] {
            assert_eq!(encode(isa, row, &steady(row)).is_ok(), isa.has(row.needs), "{row:?}");
        }
    }
}

#[test]
fn bytes_are_the_recorded_ones() {
    if env::var_os("BLESS").is_some() {
        bless();
        return;
    }
    for (recorded, lines) in [(LX106, lines_of(is_old)), (LX6, lines_of(is_new))] {
        let recorded: HashMap<&str, &str> = split(recorded).into_iter().collect();
        assert_eq!(recorded.len(), lines.len(), "another number of lines; bless again");
        for (text, code) in lines {
            assert_eq!(recorded.get(text.as_str()), Some(&hex(code.bytes()).as_str()), "{text}");
            assert_eq!(decode(code.bytes()).map(|found| found.to_string()), Some(text));
        }
    }
}

#[test]
fn recorded_bytes_are_those_of_binutils() {
    let lines = split(LX106);
    let texts: Vec<&str> = lines.iter().map(|line| line.0).collect();
    let Some(theirs) = assemble_elsewhere(&texts) else {
        println!("skipped: no xtensa-lx106-elf-as here");
        return;
    };
    assert_eq!(theirs.len(), lines.len());
    for ((text, hex), theirs) in lines.iter().zip(theirs) {
        assert_eq!(*hex, theirs, "{text}");
    }
}

#[test]
fn recorded_bytes_read_the_same_in_qemu() {
    for (text, hex) in split(LX6) {
        let bytes: Vec<u8> =
            (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect();
        match read_elsewhere(&bytes) {
            Some(theirs) => assert_eq!(theirs, text, "{hex}"),
            None => {
                println!("skipped: no qemu-xtensa here");
                return;
            }
        }
    }
}

fn bless() {
    let lines = lines_of(is_old);
    let texts: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
    let theirs = assemble_elsewhere(&texts).expect("blessing needs xtensa-lx106-elf-as");
    let content: String = texts.iter().zip(theirs).map(|(text, hex)| format!("{text} | {hex}\n")).collect();
    fs::write(folder().join("lx106.txt"), content).unwrap();
    let mut content = String::new();
    for (text, code) in lines_of(is_new) {
        assert_eq!(read_elsewhere(code.bytes()).expect("blessing needs qemu-xtensa"), text);
        content.push_str(&format!("{text} | {}\n", hex(code.bytes())));
    }
    fs::write(folder().join("lx6.txt"), content).unwrap();
}

fn is_old(row: &Row) -> bool {
    Isa::Lx106.has(row.needs)
}

fn is_new(row: &Row) -> bool {
    !is_old(row)
}

/// The text and code of these rows, one operand at a time taken to its edges.
fn lines_of(choose: fn(&Row) -> bool) -> Vec<(String, Code)> {
    let mut lines: Vec<(String, Code)> = Vec::new();
    for row in TABLE.iter().filter(|row| choose(row)) {
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
            let Ok(code) = encode(Isa::Lx6, row, &operands) else { continue };
            let text = Decoded { row, operands }.to_string();
            let shadowed = decode(code.bytes()).is_none_or(|found| found.row != row);
            if !shadowed && lines.iter().all(|line| line.0 != text) {
                lines.push((text, code));
            }
        }
    }
    lines
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

fn products(row: &Row) -> Vec<Vec<Operand>> {
    row.form.fields.iter().fold(vec![Vec::new()], |before, field| {
        let extend = |start: &Vec<Operand>| {
            let start = start.clone();
            field.extremes().into_iter().map(move |last| [start.as_slice(), &[last]].concat())
        };
        before.iter().flat_map(extend).collect()
    })
}

fn split(recorded: &str) -> Vec<(&str, &str)> {
    recorded.lines().filter_map(|line| line.split_once(" | ")).collect()
}

/// What GNU as makes of each line, each at a whole word; nothing if it is not installed.
fn assemble_elsewhere(lines: &[&str]) -> Option<Vec<String>> {
    Command::new("xtensa-lx106-elf-as").arg("--version").output().ok()?;
    let base = scratch("xtensa");
    let (source, object, binary) = (base.with_extension("s"), base.with_extension("o"), base.with_extension("bin"));
    let text: String = lines.iter().map(|line| format!(".balign 4\n{line}\n")).collect();
    fs::write(&source, text).unwrap();
    let mut assembler = Command::new("xtensa-lx106-elf-as");
    let made =
        assembler.args(["--no-transform", "--no-target-align", "-o"]).arg(&object).arg(&source).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut copier = Command::new("xtensa-lx106-elf-objcopy");
    let copied = copier.args(["-O", "binary", "-j", ".text"]).arg(&object).arg(&binary).status().unwrap();
    assert!(copied.success());
    let bytes = fs::read(&binary).unwrap();
    for file in [source, object, binary] {
        let _ = fs::remove_file(file);
    }
    let mut at = 0;
    let mut found = Vec::new();
    for _ in lines {
        let size = if bytes[at] & 8 != 0 { 2 } else { 3 };
        found.push(hex(&bytes[at..at + size]));
        at = (at + size + 3) & !3;
    }
    assert!(at >= bytes.len());
    Some(found)
}

/// How QEMU reads one instruction, with its distance counted from it; nothing if it is not installed. QEMU prints what
/// it translates before it runs it, so it does not matter that the program then dies.
fn read_elsewhere(code: &[u8]) -> Option<String> {
    let file = scratch("xtensa-qemu");
    let log = file.with_extension("log");
    fs::write(&file, program(code)).unwrap();
    make_executable(&file);
    let mut qemu = Command::new("qemu-xtensa");
    qemu.args(["-cpu", "dc233c", "-d", "in_asm", "-D"]).arg(&log).arg(&file).current_dir(env::temp_dir());
    let mut child = qemu.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let start = format!("0x{CODE_AT:08x}:");
    // Some of these instructions call themselves for ever.
    let patience = Instant::now() + Duration::from_secs(10);
    let is_logged = || fs::read_to_string(&log).is_ok_and(|text| has_line(&text, &start));
    while child.try_wait().unwrap().is_none() && !is_logged() && Instant::now() < patience {
        sleep(Duration::from_millis(2));
    }
    let _ = (child.kill(), child.wait());
    let text = fs::read_to_string(&log).unwrap();
    let _ = (fs::remove_file(&file), fs::remove_file(&log));
    let line = text.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_else(|| panic!("{text}"));
    let mut words: Vec<String> = line.replace(',', " ").split_whitespace().map(String::from).collect();
    if let Some(target) = words.last_mut()
        && let Some(address) = target.strip_prefix("0x")
    {
        let address = u32::from_str_radix(address, 16).unwrap();
        *target = format!(".{:+}", address.wrapping_sub(CODE_AT) as i32);
    }
    let operands = words.split_off(1).join(", ");
    Some(format!("{} {operands}", words[0]).trim_end().to_string())
}

/// Is there a whole line that starts so?
fn has_line(text: &str, start: &str) -> bool {
    text.split_inclusive('\n').any(|line| line.starts_with(start) && line.ends_with('\n'))
}

#[cfg(unix)]
fn make_executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o700)).unwrap();
}

#[cfg(not(unix))]
fn make_executable(_: &Path) {}

/// The smallest ELF program that starts with this code.
fn program(code: &[u8]) -> Vec<u8> {
    let mut file = b"\x7fELF\x01\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
    let halves = |file: &mut Vec<u8>, values: &[u16]| values.iter().for_each(|n| file.extend(n.to_le_bytes()));
    let words = |file: &mut Vec<u8>, values: &[u32]| values.iter().for_each(|n| file.extend(n.to_le_bytes()));
    halves(&mut file, &[2, 94]);
    words(&mut file, &[1, CODE_AT, 52, 0, 0]);
    halves(&mut file, &[52, 32, 1, 0, 0, 0]);
    // Load all of the file, readable and executable, then zeros, which are illegal instructions.
    words(&mut file, &[1, 0, CODE_AT - 0x60, CODE_AT - 0x60, 0x1000, 0x1000, 5, 0x1000]);
    file.resize(0x60, 0);
    file.extend(code);
    file.resize(0x1000, 0);
    file
}

fn scratch(name: &str) -> PathBuf {
    let thread = format!("{:?}", std::thread::current().id()).replace(['(', ')'], "");
    env::temp_dir().join(format!("pyrite-{name}-{}-{thread}", std::process::id()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/asm/xtensa")
}
