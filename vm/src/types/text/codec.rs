//! encode and decode, and what `str(...)` makes: utf-8, ascii and latin-1, with the usual ways to treat errors.

use crate::Vm;
use crate::q;
use crate::types::str::{self, Builder, arg};
use crate::types::{bytes, exception};
use crate::value::{Args, Obj, Raise, Res, TypeRef};

/// An encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Ascii,
    Latin1,
}

/// What is done with what cannot be encoded or decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Errors {
    Strict,
    Ignore,
    Replace,
    Backslash,
    /// `&#233;`, in encoding only.
    Reference,
    /// A name that means nothing: LookupError if it is needed.
    Unknown,
}

/// Encoding and errors when none are given.
pub const DEFAULTS: [Obj; 2] = [Obj::name(q!("utf-8")), Obj::name(q!("strict"))];

/// `str(obj='', encoding=None, errors=None)`
pub fn make_str(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    if let ([obj], []) = (args.pos, args.kw) {
        return str::str_of(vm, *obj);
    }
    vm.check_count(args.pos.len(), 0, 3)?;
    let names = &[q!("object"), q!("encoding"), q!("errors")];
    let mut values = [Obj::name(q!("")), DEFAULTS[0], DEFAULTS[1]];
    vm.bind_args(args, names, 3, &mut values)?;
    let [obj, encoding, errors] = values;
    let is_given = !args.pos.is_empty() || args.kw.iter().any(|(key, _)| *key == Obj::name(q!("object")));
    if is_given && args.pos.len() + args.kw.len() == 1 {
        return str::str_of(vm, obj);
    }
    let buffer = if is_given { arg::raw(vm, obj)? } else { vm.buffer(obj, false)? };
    decode_bytes(vm, buffer.bytes(), encoding, errors)
}

/// `decode(encoding='utf-8', errors='strict')`
pub(super) fn decode(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let mut values = DEFAULTS;
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("encoding"), q!("errors")], 2, &mut values)?;
    let buffer = vm.buffer(*this, false)?;
    decode_bytes(vm, buffer.bytes(), values[0], values[1])
}

/// `str.encode(encoding='utf-8', errors='strict')`
pub(super) fn encode_method(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let mut values = DEFAULTS;
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("encoding"), q!("errors")], 2, &mut values)?;
    let text = arg::text(vm, *this)?;
    encode(vm, text, values[0], values[1])
}

/// A bytes object with the encoded text.
pub fn encode(vm: &mut Vm, text: &[u8], encoding: Obj, errors: Obj) -> Res {
    let errors = errors_of(vm, errors)?;
    let encoding = name_of(vm, encoding)?;
    let encoding = encoding_of(vm, encoding)?;
    if encoding == Encoding::Utf8 || text.is_ascii() {
        return bytes::new(vm, text);
    }
    let limit = if encoding == Encoding::Ascii { 0x80 } else { 0x100 };
    let mut out = Builder::new();
    for c in core::str::from_utf8(text).unwrap_or("").chars() {
        let code = c as u32;
        if code < limit {
            out.push(vm, &[code as u8])?;
            continue;
        }
        match errors {
            Errors::Strict => return Err(unicode_error(vm)),
            Errors::Ignore => {}
            Errors::Replace => out.push(vm, b"?")?,
            Errors::Backslash => escape(vm, &mut out, code)?,
            Errors::Reference => crate::value::put(vm, &mut out, format_args!("&#{code};"))?,
            Errors::Unknown => return Err(unknown_handler(vm)),
        }
    }
    bytes::new(vm, out.bytes())
}

/// A str from encoded bytes.
pub fn decode_bytes(vm: &mut Vm, from: &[u8], encoding: Obj, errors: Obj) -> Res {
    let errors = errors_of(vm, errors)?;
    let encoding = name_of(vm, encoding)?;
    if from.is_empty() {
        // CPython asks what encoding it is when there is something to decode.
        return Ok(Obj::name(q!("")));
    }
    let encoding = encoding_of(vm, encoding)?;
    match encoding {
        Encoding::Utf8 => {
            if core::str::from_utf8(from).is_ok() {
                return str::from_utf8(vm, from);
            }
        }
        Encoding::Ascii | Encoding::Latin1 => {
            if from.is_ascii() {
                return str::from_utf8(vm, from);
            }
        }
    }
    let mut out = Builder::new();
    match encoding {
        Encoding::Latin1 => {
            for &byte in from {
                out.push(vm, char::from(byte).encode_utf8(&mut [0; 4]).as_bytes())?;
            }
        }
        Encoding::Ascii => {
            for byte in from {
                if byte.is_ascii() { out.push(vm, &[*byte])? } else { substitute(vm, &mut out, &[*byte], errors)? }
            }
        }
        Encoding::Utf8 => {
            for chunk in from.utf8_chunks() {
                out.push(vm, chunk.valid().as_bytes())?;
                if !chunk.invalid().is_empty() {
                    substitute(vm, &mut out, chunk.invalid(), errors)?;
                }
            }
        }
    }
    out.finish(vm)
}

fn substitute(vm: &mut Vm, out: &mut Builder, bad: &[u8], errors: Errors) -> Res<()> {
    match errors {
        Errors::Strict => Err(unicode_error(vm)),
        Errors::Ignore => Ok(()),
        Errors::Replace => out.push(vm, "\u{fffd}".as_bytes()),
        Errors::Backslash => {
            for &byte in bad {
                escape(vm, out, u32::from(byte))?;
            }
            Ok(())
        }
        Errors::Reference => {
            Err(vm.type_error(format_args!("don't know how to handle UnicodeDecodeError in error callback")))
        }
        Errors::Unknown => Err(unknown_handler(vm)),
    }
}

#[cold]
fn unknown_handler(vm: &mut Vm) -> Raise {
    vm.raise_new(&exception::LOOKUP_ERROR, format_args!("unknown error handler name"))
}

fn escape(vm: &mut Vm, out: &mut Builder, code: u32) -> Res<()> {
    match code {
        0..0x100 => crate::value::put(vm, out, format_args!("\\x{code:02x}")),
        0x100..0x10000 => crate::value::put(vm, out, format_args!("\\u{code:04x}")),
        _ => crate::value::put(vm, out, format_args!("\\U{code:08x}")),
    }
}

#[cold]
fn unicode_error(vm: &mut Vm) -> Raise {
    vm.raise_args(&exception::UNICODE_ERROR, &[])
}

/// The name of an encoding, or of what is done with errors.
fn name_of<'a>(vm: &mut Vm, obj: Obj) -> Res<&'a str> {
    let name = arg::utf8(vm, obj)?;
    if name.contains('\0') { Err(vm.value_error(format_args!("embedded null character"))) } else { Ok(name) }
}

fn encoding_of(vm: &mut Vm, name: &str) -> Res<Encoding> {
    // CPython takes names in either case and with underscores.
    let same = |wanted: &str| {
        name.len() == wanted.len()
            && name.bytes().zip(wanted.bytes()).all(|(a, b)| a.to_ascii_lowercase() == b || (a == b'_' && b == b'-'))
    };
    let known = [
        (Encoding::Utf8, ["utf-8", "utf8"].as_slice()),
        (Encoding::Ascii, ["ascii", "us-ascii"].as_slice()),
        (Encoding::Latin1, ["latin-1", "latin1", "iso-8859-1", "iso8859-1"].as_slice()),
    ];
    match known.iter().find(|(_, names)| names.iter().any(|name| same(name))) {
        Some((encoding, _)) => Ok(*encoding),
        None => Err(vm.raise_new(&exception::LOOKUP_ERROR, format_args!("unknown encoding: {name}"))),
    }
}

fn errors_of(vm: &mut Vm, obj: Obj) -> Res<Errors> {
    Ok(match name_of(vm, obj)? {
        "ignore" => Errors::Ignore,
        "replace" => Errors::Replace,
        "backslashreplace" => Errors::Backslash,
        "xmlcharrefreplace" => Errors::Reference,
        "strict" => Errors::Strict,
        _ => Errors::Unknown,
    })
}
