//! Machine code as text, with the source lines it comes from.

use std::fmt::{Error, Write};

use vm::compile::code::{Kind, Module};
use vm::compile::emitter::{Emitter, MachineCode, Unit};
use vm::qstr::Pool;

/// Prints the machine code of all functions that have some.
pub fn functions(
    module: &Module,
    names: &Pool,
    emitter: &mut dyn Emitter,
    source: &str,
    out: &mut String,
) -> Result<(), Error> {
    let lines: Vec<&str> = source.lines().collect();
    super::each(&module.root, &mut |code| {
        if code.kind == Kind::Bytecode {
            return Ok(());
        }
        match emitter.emit(&Unit::of(module, code, names)) {
            Ok(machine) => {
                writeln!(out, "{}: {} bytes", names.get(code.name), machine.len)?;
                function(&machine, &lines, out)
            }
            Err(error) => super::not_emitted(code, names, &error, out),
        }
    })
}

fn function(machine: &MachineCode, lines: &[&str], out: &mut String) -> Result<(), Error> {
    // SAFETY: the emitter says that its code is there, and `machine` keeps it there; nothing writes to it.
    let bytes = unsafe { std::slice::from_raw_parts(machine.start as *const u8, machine.len) };
    let mut next_line = machine.lines.iter().peekable();
    // What stands in front of the entry is no code.
    let before = machine.entry - machine.start;
    instructions(bytes.get(before..).unwrap_or(&[]), |offset, text| {
        while let Some(row) = next_line.next_if(|row| row.offset as usize <= offset + before) {
            let text = (row.line as usize).checked_sub(1).and_then(|at| lines.get(at)).unwrap_or(&"");
            writeln!(out, "# {:4} {text}", row.line)?;
        }
        writeln!(out, "{offset:6x}  {text}")
    })
}

/// Calls `each` with the offset and text of every instruction.
#[cfg(target_arch = "x86_64")]
pub(crate) fn instructions(bytes: &[u8], mut each: impl FnMut(usize, &str) -> Result<(), Error>) -> Result<(), Error> {
    use iced_x86::{Decoder, DecoderOptions, Formatter, IntelFormatter};
    let mut formatter = IntelFormatter::new();
    let options = formatter.options_mut();
    options.set_space_after_operand_separator(true);
    options.set_branch_leading_zeros(false);
    options.set_hex_prefix("0x");
    options.set_hex_suffix("");
    options.set_uppercase_hex(false);
    let mut text = String::new();
    for instruction in Decoder::with_ip(64, bytes, 0, DecoderOptions::NONE) {
        text.clear();
        formatter.format(&instruction, &mut text);
        each(instruction.ip() as usize, &text)?;
    }
    Ok(())
}

/// Calls `each` with the offset and number of every instruction word: there is no disassembler for this machine.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn instructions(bytes: &[u8], mut each: impl FnMut(usize, &str) -> Result<(), Error>) -> Result<(), Error> {
    for (at, word) in bytes.chunks(4).enumerate() {
        let text: String = word.iter().rev().map(|byte| format!("{byte:02x}")).collect();
        each(at * 4, &text)?;
    }
    Ok(())
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::instructions;

    #[test]
    fn instructions_have_text() {
        let mut lines = Vec::new();
        let bytes = [0x48, 0x01, 0xf8, 0x74, 0x01, 0x90, 0xc3];
        instructions(&bytes, |offset, text| {
            lines.push(format!("{offset}: {text}"));
            Ok(())
        })
        .expect("text");
        assert_eq!(lines, ["0: add rax, rdi", "3: je short 6", "5: nop", "6: ret"]);
    }
}
