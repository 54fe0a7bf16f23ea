//! lower, upper, title, capitalize, swapcase, casefold. Bytes know the case of ASCII only.

use super::{Fill, Kind, Text};
use crate::Vm;
use crate::text::unicode::{self, Few, is_cased};
use crate::types::str::Builder;
use crate::value::{Obj, Res};

/// `lower()`
pub(super) fn lower(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    each(vm, &this, |byte| byte.to_ascii_lowercase(), unicode::to_lower)
}

/// `upper()`
pub(super) fn upper(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    each(vm, &this, |byte| byte.to_ascii_uppercase(), |_, _, c| Few::new(c.to_uppercase()))
}

/// `swapcase()`
pub(super) fn swapcase(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    let swap = |byte: u8| if byte.is_ascii_lowercase() { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() };
    each(vm, &this, swap, |text, at, c| {
        if c.is_uppercase() {
            unicode::to_lower(text, at, c)
        } else if c.is_lowercase() {
            Few::new(c.to_uppercase())
        } else {
            Few::new([c])
        }
    })
}

/// `casefold()`
pub(super) fn casefold(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    each(vm, &this, |byte| byte.to_ascii_lowercase(), |_, _, c| unicode::fold(c))
}

/// `capitalize()`
pub(super) fn capitalize(vm: &mut Vm, this: Obj) -> Res {
    cased_by_place(vm, this, |first, _| first)
}

/// `title()`
pub(super) fn title(vm: &mut Vm, this: Obj) -> Res {
    cased_by_place(vm, this, |_, after_letter| !after_letter)
}

fn push(vm: &mut Vm, out: &mut Builder, few: &Few) -> Res<()> {
    for c in few.iter() {
        out.push(vm, c.encode_utf8(&mut [0; 4]).as_bytes())?;
    }
    Ok(())
}

/// Changes each byte of ASCII, or each character: `wide(text, place, character)`.
fn each(vm: &mut Vm, this: &Text<'_>, flat: fn(u8) -> u8, wide: fn(&str, usize, char) -> Few) -> Res {
    if this.kind != Kind::Str || this.is_flat() {
        if this.bytes.iter().all(|&byte| flat(byte) == byte) {
            return this.itself(vm);
        }
        let mut fill = Fill::new(vm, this.kind, this.bytes.len(), this.len)?;
        let mut piece = [0; 64];
        for chunk in this.bytes.chunks(piece.len()) {
            for (to, &from) in piece.iter_mut().zip(chunk) {
                *to = flat(from);
            }
            fill.push(vm, piece.get(..chunk.len()).unwrap_or(&[]))?;
        }
        return fill.finish(vm);
    }
    let mut out = Builder::new();
    for (at, c) in this.as_str().char_indices() {
        push(vm, &mut out, &wide(this.as_str(), at, c))?;
    }
    out.finish(vm)
}

/// Writes letters as capitals where `upper(is the first, follows a letter)` holds, else small.
fn cased_by_place(vm: &mut Vm, this: Obj, upper: fn(bool, bool) -> bool) -> Res {
    let this = Text::this(vm, this)?;
    let mut out = Builder::new();
    let mut after_letter = false;
    if this.kind != Kind::Str || this.is_flat() {
        for (at, byte) in this.bytes.iter().enumerate() {
            let cased =
                if upper(at == 0, after_letter) { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() };
            out.push(vm, &[cased])?;
            after_letter = byte.is_ascii_alphabetic();
        }
        return this.like(vm, out.bytes());
    }
    for (at, c) in this.as_str().char_indices() {
        let few =
            if upper(at == 0, after_letter) { unicode::to_title(c) } else { unicode::to_lower(this.as_str(), at, c) };
        push(vm, &mut out, &few)?;
        after_letter = is_cased(c);
    }
    out.finish(vm)
}
