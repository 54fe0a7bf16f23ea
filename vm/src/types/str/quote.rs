//! `repr` of texts and bytes: which quotes, and what is escaped.

use crate::Vm;
use crate::text::unicode::{Is, is};
use crate::value::{Res, Sink, put};

/// Writes a text in quotes, escaping what is not printable.
pub fn print_text(vm: &mut Vm, sink: &mut dyn Sink, text: &str) -> Res<()> {
    let quote = quote_for(text.as_bytes());
    sink.write(vm, quote_text(quote))?;
    let mut plain_from = 0;
    for (at, c) in text.char_indices() {
        let hidden = !matches!(c, ' '..='~') && !is(c, Is::Printable);
        if !hidden && c != '\\' && c as u32 != u32::from(quote) {
            continue;
        }
        sink.write(vm, text.get(plain_from..at).unwrap_or(""))?;
        escape(vm, sink, c as u32)?;
        plain_from = at + c.len_utf8();
    }
    sink.write(vm, text.get(plain_from..).unwrap_or(""))?;
    sink.write(vm, quote_text(quote))
}

/// Writes bytes in quotes (without the `b`), escaping what is not ASCII and printable.
pub fn print_bytes(vm: &mut Vm, sink: &mut dyn Sink, bytes: &[u8]) -> Res<()> {
    let quote = quote_for(bytes);
    sink.write(vm, quote_text(quote))?;
    let mut plain_from = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if matches!(byte, b' '..=b'~') && byte != b'\\' && byte != quote {
            continue;
        }
        sink.write(vm, ascii(bytes.get(plain_from..at)))?;
        escape(vm, sink, u32::from(byte))?;
        plain_from = at + 1;
    }
    sink.write(vm, ascii(bytes.get(plain_from..)))?;
    sink.write(vm, quote_text(quote))
}

fn ascii(bytes: Option<&[u8]>) -> &str {
    bytes.and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or("")
}

fn quote_for(bytes: &[u8]) -> u8 {
    if bytes.contains(&b'\'') && !bytes.contains(&b'"') { b'"' } else { b'\'' }
}

fn quote_text(quote: u8) -> &'static str {
    if quote == b'"' { "\"" } else { "'" }
}

fn escape(vm: &mut Vm, sink: &mut dyn Sink, code: u32) -> Res<()> {
    match code {
        0x0a => sink.write(vm, "\\n"),
        0x0d => sink.write(vm, "\\r"),
        0x09 => sink.write(vm, "\\t"),
        0x22 => sink.write(vm, "\\\""),
        0x27 => sink.write(vm, "\\'"),
        0x5c => sink.write(vm, "\\\\"),
        0..0x100 => put(vm, sink, format_args!("\\x{code:02x}")),
        0x100..0x10000 => put(vm, sink, format_args!("\\u{code:04x}")),
        _ => put(vm, sink, format_args!("\\U{code:08x}")),
    }
}
