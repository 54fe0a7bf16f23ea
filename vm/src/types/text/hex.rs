//! hex and fromhex: bytes as hexadecimal digits.

use super::{Kind, Text};
use crate::Vm;
use crate::q;
use crate::types::str::{Builder, arg, find};
use crate::types::{bytearray, memoryview};
use crate::value::{Args, Obj, Res, TypeRef};

/// `hex([sep[, bytes_per_sep]])`
pub fn hex(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let mut values = [Obj::NONE, Obj::small_wrapping(1)];
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("sep"), q!("bytes_per_sep")], 2, &mut values)?;
    let every = arg::int(vm, values[1])?;
    let separator =
        if !rest.is_empty() || args.keyword(q!("sep")).is_some() { Some(separator_of(vm, values[0])?) } else { None };
    let Some(buffer) = memoryview::contents(vm, *this)? else { return Err(arg::wrong_kind(vm, *this)) };
    let mut out = Builder::new();
    let len = buffer.len();
    for (at, byte) in buffer.bytes().iter().enumerate() {
        let group = every.unsigned_abs();
        if let Some(separator) = separator
            && at > 0
            && group > 0
            && (if every > 0 { len - at } else { at }) % group == 0
        {
            out.push(vm, &[separator])?;
        }
        out.push(vm, &[digit(byte >> 4), digit(byte & 15)])?;
    }
    out.finish(vm)
}

/// The byte that stands between groups of digits: one ASCII character, as str or bytes.
fn separator_of(vm: &mut Vm, separator: Obj) -> Res<u8> {
    if vm.len(separator)? != Obj::small_wrapping(1) {
        return Err(vm.value_error(format_args!("sep must be length 1")));
    }
    match Text::of(vm, arg::plain(separator)) {
        Some(Text { kind: Kind::Str | Kind::Bytes, bytes: &[byte], .. }) if byte.is_ascii() => Ok(byte),
        Some(Text { kind: Kind::Str | Kind::Bytes, .. }) => Err(vm.value_error(format_args!("sep must be ASCII"))),
        Some(Text { kind: Kind::ByteArray, .. }) | None => Err(arg::wrong_kind(vm, separator)),
    }
}

fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + (value - 10) }
}

/// `bytes.fromhex(text)`
pub fn fromhex(vm: &mut Vm, ty: Obj, text: Obj) -> Res {
    let kind = if ty == TypeRef::of(&bytearray::TYPE).obj() { Kind::ByteArray } else { Kind::Bytes };
    let text = arg::text(vm, text)?;
    let mut out = Builder::new();
    let mut bytes = text.iter();
    while let Some(&first) = bytes.next() {
        if find::is_space(first) {
            continue;
        }
        let value = |byte: u8| char::from(byte).to_digit(16);
        match (value(first), bytes.next().and_then(|&byte| value(byte))) {
            (Some(high), Some(low)) => out.push(vm, &[(high << 4 | low) as u8])?,
            _ => return Err(vm.value_error(format_args!("non-hex digit"))),
        }
    }
    kind.make(vm, out.bytes())
}
