//! What is in a `.mpy` file, as text or as JSON.

mod code;
mod json;
mod machine;

use std::fmt::Write;

use crate::arch::Arch;
use crate::file::{File, Function, Kind, Object};
use code::Bytecode;

pub use json::json;

/// The file for people: header, names, constants, and each function with its code. `bytes` are those of the file.
pub fn text(file: &File, bytes: &[u8]) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_file(file, bytes, &mut out);
    out
}

fn write_file(file: &File, bytes: &[u8], out: &mut String) -> std::fmt::Result {
    let header = &file.header;
    writeln!(out, "header: .mpy {}.{}, {} bytes", header.version, header.sub_version, file.end)?;
    writeln!(out, "  machine code: {}", arch_name(header.arch))?;
    if let Some(flags) = header.arch_flags {
        writeln!(out, "  flags of the machine: {flags:#x}")?;
    }
    writeln!(out, "  small ints: {} bits", header.small_int_bits)?;
    writeln!(out, "qstrs: {}", file.qstrs.len())?;
    for (at, name) in file.qstrs.iter().enumerate() {
        let number = name.number.map_or(String::new(), |number| format!("  (static {number})"));
        writeln!(out, "  {at:4}  {}{number}", shown(&name.text))?;
    }
    writeln!(out, "objects: {}", file.objects.len())?;
    for (at, object) in file.objects.iter().enumerate() {
        writeln!(out, "  {at:4}  {} {}", type_name(object), value(object))?;
    }
    each(&file.root, &mut String::new(), &mut |function, path| write_function(file, function, path, bytes, out))
}

fn write_function(file: &File, function: &Function, path: &str, bytes: &[u8], out: &mut String) -> std::fmt::Result {
    let data = bytes.get(function.data.clone()).unwrap_or(&[]);
    let code = Bytecode::read(file, function, data);
    let name = code.as_ref().map_or("", |code| code.name.as_str());
    let kind = kind_name(function.kind);
    writeln!(out, "function {path} {name}: {kind}, {} bytes at {}", data.len(), function.data.start)?;
    if let Some(code) = &code {
        let head = &code.prelude;
        writeln!(
            out,
            "  state {}, handlers {}, flags {:#x}, {} bytes of head",
            head.n_state, head.n_exc_stack, head.flags.0, head.code
        )?;
        let args = code.args.join(" ");
        let counts = (head.n_pos_args, head.n_def_pos_args, head.n_kwonly_args);
        writeln!(
            out,
            "  arguments: {args} ({} by position, {} with default, {} by name)",
            counts.0, counts.1, counts.2
        )?;
        if !code.cells.is_empty() {
            writeln!(out, "  cells: {}", code.cells.iter().map(u8::to_string).collect::<Vec<_>>().join(" "))?;
        }
        let mut line = 0;
        for row in &code.rows {
            if row.line != line {
                line = row.line;
                writeln!(out, "  line {line}")?;
            }
            writeln!(out, "    {:4}  {:<16} {}", row.offset, hex(&row.bytes), row.text)?;
        }
    }
    if function.kind == Kind::Bytecode {
        if code.is_none() {
            writeln!(out, "  not bytecode that can be read")?;
        }
        return Ok(());
    }
    if let Some((n_args, types)) = function.signature {
        writeln!(out, "  {n_args} arguments, types {types:#x}")?;
    }
    let arch = Arch::numbered(file.header.arch);
    for row in machine::rows(arch, machine::code(arch, function, data)) {
        writeln!(out, "    {:4x}  {:<24} {}", row.offset, hex(row.bytes), row.text)?;
    }
    if !function.read_only.is_empty() || function.zeros > 0 {
        writeln!(out, "  rodata: {} bytes, bss: {} bytes", function.read_only.len(), function.zeros)?;
    }
    for relocation in &function.relocations {
        let part = if relocation.in_data { "rodata" } else { "text" };
        writeln!(out, "  relocation: word {} of {part} += {}", relocation.word, relocation.to)?;
    }
    Ok(())
}

/// Calls `visit` for a function and all inside it, with the numbers that lead there.
fn each(
    function: &Function,
    path: &mut String,
    visit: &mut dyn FnMut(&Function, &str) -> std::fmt::Result,
) -> std::fmt::Result {
    visit(function, if path.is_empty() { "." } else { path })?;
    for (at, child) in function.children.iter().enumerate() {
        let len = path.len();
        write!(path, ".{at}")?;
        each(child, path, visit)?;
        path.truncate(len);
    }
    Ok(())
}

fn arch_name(number: u8) -> String {
    match (number, Arch::numbered(number)) {
        (0, _) => "none".into(),
        (_, Some(arch)) => arch.name().into(),
        (_, None) => format!("machine number {number}"),
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Bytecode => "bytecode",
        Kind::Native => "native",
        Kind::Viper => "viper",
        Kind::Asm => "asm",
    }
}

fn type_name(object: &Object) -> &'static str {
    match object {
        Object::FunctionTable => "fun_table",
        Object::None => "NoneType",
        Object::False | Object::True => "bool",
        Object::Ellipsis => "ellipsis",
        Object::Str(_) => "str",
        Object::Bytes(_) => "bytes",
        Object::Int(_) => "int",
        Object::Float(_) => "float",
        Object::Complex(_) => "complex",
        Object::Tuple(_) => "tuple",
    }
}

/// A constant as Python writes it.
fn value(object: &Object) -> String {
    match object {
        Object::FunctionTable => "mp_fun_table".into(),
        Object::None => "None".into(),
        Object::False => "False".into(),
        Object::True => "True".into(),
        Object::Ellipsis => "Ellipsis".into(),
        Object::Str(text) => shown(text),
        Object::Bytes(bytes) => format!("b'{}'", bytes.escape_ascii()),
        Object::Int(text) | Object::Float(text) | Object::Complex(text) => text.clone(),
        Object::Tuple(items) => {
            let comma = if items.len() == 1 { "," } else { "" };
            format!("({}{comma})", items.iter().map(value).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text as Python writes it.
fn shown(text: &str) -> String {
    let mut out = String::new();
    let _ = vm::compile::listing::write_text(text, &mut out);
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
