//! Ints as text, and back.

use super::big::{self, Num, plain_small};
use super::convert::new;
use crate::Vm;
use crate::num::int::{Layout, Parsed, Text, group_size, grouped_len, insert_groups, parse};
use crate::num::mpn::{Radix, SignedLen, from_radix};
use crate::types::str;
use crate::value::{GcVec, Obj, PrintKind, Res, Sink, put};

/// Writes an int in decimal.
pub(super) fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    if let Some(value) = plain_small(obj) {
        return put(vm, sink, format_args!("{value}"));
    }
    let text = format_digits(vm, obj, Layout::DECIMAL)?;
    sink.write(vm, core::str::from_utf8(text.slice()).unwrap_or(""))
}

/// Sign, prefix and digits of an int (or bool) of any size, all ASCII.
pub fn format_digits(vm: &mut Vm, obj: Obj, layout: Layout) -> Res<GcVec<u8>> {
    if let Some(value) = plain_small(obj) {
        return GcVec::from_slice(vm, Text::new(value as i64, layout).as_bytes());
    }
    let Some(Num::Big(number)) = Num::from_obj(obj) else { return Ok(GcVec::new()) };
    let value = big::BigInt::signed(number);
    let radix = Radix::new(layout.base).unwrap_or(Radix::DECIMAL);
    let every = group_size(if (2..=36).contains(&layout.base) { layout.base } else { 10 });
    let mut limbs = big::Scratch::new(vm, value.limbs.len())?;
    limbs.fill(|limbs| limbs.copy_from_slice(value.limbs));
    let text = GcVec::new();
    if value.negative {
        text.push(vm, b'-')?;
    }
    text.extend(vm, layout.prefix.as_bytes())?;
    let head = text.len();
    text.resize(vm, head + grouped_len(radix.text_len(value.limbs), every), 0)?;
    let len = text.with_mut(|text| {
        let digits = &mut text[head..];
        let mut len = limbs.fill(|limbs| radix.to_text(digits, limbs));
        if layout.upper {
            digits[..len].make_ascii_uppercase();
        }
        if let Some(separator) = layout.group {
            len = insert_groups(digits, len, separator, every);
        }
        len
    });
    text.truncate(head + len);
    Ok(text)
}

/// The int that `text` spells in `base` (0: by its prefix), as `int(text, base)` reads it; ValueError if there is none.
pub fn from_text(vm: &mut Vm, text: &str, base: u32) -> Res {
    let text = text.as_bytes();
    if text.is_ascii() {
        return from_bytes(vm, text, base);
    }
    let digits = str::digits::to_ascii(vm, text)?;
    read(vm, digits.bytes(), base, text)
}

/// As `from_text`, of bytes, which have ASCII digits only.
pub(super) fn from_bytes(vm: &mut Vm, text: &[u8], base: u32) -> Res {
    read(vm, text, base, text)
}

/// Reads ASCII digits; `text` is what an error shows.
fn read(vm: &mut Vm, digits: &[u8], base: u32, text: &[u8]) -> Res {
    match parse(digits, base) {
        Some(Parsed::Small(value)) => new(vm, value),
        Some(Parsed::Big { negative, digits, base }) => {
            let radix = Radix::new(base).unwrap_or(Radix::DECIMAL);
            big::build(vm, radix.limbs_len(digits.len()), |out| {
                SignedLen::new(negative, from_radix(out, digits, radix))
            })
        }
        None => Err(invalid(vm, text, base)),
    }
}

#[cold]
fn invalid(vm: &mut Vm, text: &[u8], base: u32) -> crate::value::Raise {
    if base == 1 || base > 36 {
        return vm.value_error(format_args!("int() arg 2 must be >= 2 and <= 36"));
    }
    let base = if base == 0 { 10 } else { base };
    let shown = match core::str::from_utf8(text) {
        Ok(text) => str::new(vm, text).and_then(|text| repr(vm, text)),
        Err(_) => Ok(GcVec::new()),
    };
    match shown {
        Ok(shown) => {
            let shown = core::str::from_utf8(shown.slice()).unwrap_or("");
            vm.value_error(format_args!("invalid syntax for integer with base {base}: {shown}"))
        }
        Err(raise) => raise,
    }
}

fn repr(vm: &mut Vm, obj: Obj) -> Res<GcVec<u8>> {
    let mut text = str::Bytes(GcVec::new());
    vm.print(&mut text, obj, PrintKind::Repr)?;
    Ok(text.0)
}
