//! The same as JSON. docs/mpy.md describes it; members are added, never changed.

use std::fmt::{Display, Write};

use super::code::Bytecode;
use super::{arch_name, hex, kind_name, machine, type_name, value};
use crate::arch::Arch;
use crate::file::{File, Function, Kind, Object};

/// The file for programs. `bytes` are those of the file.
pub fn json(file: &File, bytes: &[u8]) -> String {
    let header = &file.header;
    let head = object([
        ("version", header.version.to_string()),
        ("sub_version", header.sub_version.to_string()),
        ("arch", if header.arch == 0 { "null".into() } else { text(arch_name(header.arch)) }),
        ("arch_flags", header.arch_flags.map_or("null".into(), |flags| flags.to_string())),
        ("small_int_bits", header.small_int_bits.to_string()),
    ]);
    let qstrs = file.qstrs.iter().map(|name| {
        let number = name.number.map_or("null".into(), |number| number.to_string());
        object([("text", text(&name.text)), ("static", number)])
    });
    let objects = file.objects.iter().map(constant);
    let mut out = object([
        ("dump", "1".into()),
        ("size", file.end.to_string()),
        ("header", head),
        ("qstrs", list(qstrs)),
        ("objects", list(objects)),
        ("root", function(file, &file.root, bytes)),
    ]);
    out.push('\n');
    out
}

fn constant(of: &Object) -> String {
    let value = match of {
        Object::Str(string) => text(string),
        Object::Bytes(bytes) => text(hex(bytes)),
        Object::Tuple(items) => list(items.iter().map(constant)),
        Object::FunctionTable
        | Object::None
        | Object::False
        | Object::True
        | Object::Ellipsis
        | Object::Int(_)
        | Object::Float(_)
        | Object::Complex(_) => text(value(of)),
    };
    object([("type", text(type_name(of))), ("value", value)])
}

fn function(file: &File, function: &Function, bytes: &[u8]) -> String {
    let data = bytes.get(function.data.clone()).unwrap_or(&[]);
    let code = Bytecode::read(file, function, data);
    let mut members = vec![
        ("kind", text(kind_name(function.kind))),
        ("offset", function.data.start.to_string()),
        ("size", data.len().to_string()),
    ];
    if let Some(code) = &code {
        let head = &code.prelude;
        members.extend([
            ("name", text(&code.name)),
            ("args", list(code.args.iter().map(text))),
            ("n_state", head.n_state.to_string()),
            ("n_exc_stack", head.n_exc_stack.to_string()),
            ("flags", head.flags.0.to_string()),
            ("n_pos_args", head.n_pos_args.to_string()),
            ("n_kwonly_args", head.n_kwonly_args.to_string()),
            ("n_def_pos_args", head.n_def_pos_args.to_string()),
            ("cells", list(code.cells.iter().map(u8::to_string))),
        ]);
    }
    match function.kind {
        Kind::Bytecode => {
            let rows = code.iter().flat_map(|code| &code.rows).map(|row| {
                let (op, args) = row.text.split_once(' ').unwrap_or((&row.text, ""));
                object([
                    ("offset", row.offset.to_string()),
                    ("line", row.line.to_string()),
                    ("bytes", text(hex(&row.bytes))),
                    ("op", text(op)),
                    ("args", text(args)),
                    ("target", row.target.map_or("null".into(), |target| target.to_string())),
                ])
            });
            members.push(("bytecode", list(rows)));
        }
        Kind::Native | Kind::Viper | Kind::Asm => {
            let arch = Arch::numbered(file.header.arch);
            let rows = machine::rows(arch, machine::code(arch, function, data)).into_iter().map(|row| {
                object([("offset", row.offset.to_string()), ("bytes", text(hex(row.bytes))), ("text", text(&row.text))])
            });
            let relocations = function.relocations.iter().map(|relocation| {
                object([
                    ("in", text(if relocation.in_data { "rodata" } else { "text" })),
                    ("word", relocation.word.to_string()),
                    ("add", text(relocation.to)),
                ])
            });
            members.extend([
                ("machine_code", list(rows)),
                ("rodata", text(hex(bytes.get(function.read_only.clone()).unwrap_or(&[])))),
                ("bss", function.zeros.to_string()),
                ("relocations", list(relocations)),
            ]);
        }
    }
    members.push(("children", list(function.children.iter().map(|child| self::function(file, child, bytes)))));
    object(members)
}

fn object(members: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let members: Vec<String> = members.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn text(value: impl Display) -> String {
    let mut out = String::from("\"");
    for char in value.to_string().chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\0'..' ' | '\u{7f}' => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(char));
            }
            _ => out.push(char),
        }
    }
    out.push('"');
    out
}
