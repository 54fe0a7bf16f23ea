//! lower, upper, title, capitalize, swapcase, casefold. Bytes know the case of ASCII only.

use super::{Fill, Kind, Text};
use crate::Vm;
use crate::types::str::Builder;
use crate::value::{Obj, Res};

/// `lower()`
pub(super) fn lower(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    each(vm, &this, |byte| byte.to_ascii_lowercase(), |c, _, out| out.extend(c.to_lowercase()))
}

/// `upper()`
pub(super) fn upper(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    each(vm, &this, |byte| byte.to_ascii_uppercase(), |c, _, out| out.extend(c.to_uppercase()))
}

/// `swapcase()`
pub(super) fn swapcase(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    let swap = |byte: u8| if byte.is_ascii_lowercase() { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() };
    each(
        vm,
        &this,
        swap,
        |c, _, out| {
            if c.is_lowercase() { out.extend(c.to_uppercase()) } else { out.extend(c.to_lowercase()) }
        },
    )
}

/// `casefold()`
pub(super) fn casefold(vm: &mut Vm, this: Obj) -> Res {
    let this = Text::this(vm, this)?;
    each(
        vm,
        &this,
        |byte| byte.to_ascii_lowercase(),
        |c, _, out| match c {
            'ß' | 'ẞ' => out.extend("ss".chars()),
            'ς' => out.extend(['σ']),
            _ => out.extend(c.to_lowercase()),
        },
    )
}

/// `capitalize()`
pub(super) fn capitalize(vm: &mut Vm, this: Obj) -> Res {
    cased_by_place(vm, this, |first, _| first)
}

/// `title()`
pub(super) fn title(vm: &mut Vm, this: Obj) -> Res {
    cased_by_place(vm, this, |_, after_letter| !after_letter)
}

/// Up to a few characters: what one character becomes.
#[derive(Default)]
struct Few {
    chars: [char; 4],
    len: usize,
}

impl Few {
    fn extend(&mut self, chars: impl IntoIterator<Item = char>) {
        for c in chars {
            if let Some(place) = self.chars.get_mut(self.len) {
                *place = c;
                self.len += 1;
            }
        }
    }

    fn push_to(&self, vm: &mut Vm, out: &mut Builder) -> Res<()> {
        for c in self.chars.iter().take(self.len) {
            out.push(vm, c.encode_utf8(&mut [0; 4]).as_bytes())?;
        }
        Ok(())
    }
}

fn each(vm: &mut Vm, this: &Text<'_>, flat: fn(u8) -> u8, wide: fn(char, usize, &mut Few)) -> Res {
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
    for (at, c) in this.as_str().chars().enumerate() {
        let mut few = Few::default();
        wide(c, at, &mut few);
        few.push_to(vm, &mut out)?;
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
    for (at, c) in this.as_str().chars().enumerate() {
        let mut few = Few::default();
        if upper(at == 0, after_letter) {
            few.extend(c.to_uppercase());
        } else {
            few.extend(c.to_lowercase());
        }
        few.push_to(vm, &mut out)?;
        after_letter = c.is_alphabetic();
    }
    out.finish(vm)
}
