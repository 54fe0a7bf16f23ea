//! strip, lstrip, rstrip.

use super::{Kind, Text};
use crate::Vm;
use crate::text::unicode;
use crate::types::str::find;
use crate::value::{Obj, Res};

/// `strip([chars])`
pub(super) fn strip(vm: &mut Vm, args: &[Obj]) -> Res {
    strip_sides(vm, args, Sides { left: true, right: true })
}

/// `lstrip([chars])`
pub(super) fn lstrip(vm: &mut Vm, args: &[Obj]) -> Res {
    strip_sides(vm, args, Sides { left: true, right: false })
}

/// `rstrip([chars])`
pub(super) fn rstrip(vm: &mut Vm, args: &[Obj]) -> Res {
    strip_sides(vm, args, Sides { left: false, right: true })
}

#[derive(Clone, Copy)]
struct Sides {
    left: bool,
    right: bool,
}

fn strip_sides(vm: &mut Vm, args: &[Obj], sides: Sides) -> Res {
    let [this, chars @ ..] = args else { return Ok(Obj::NULL) };
    let this = Text::this(vm, *this)?;
    let rest = match chars.first() {
        Some(chars) if !chars.is_none() => {
            let set = this.partner(vm, *chars)?;
            if this.is_flat() || set.is_ascii() {
                trim(this.bytes, sides, |byte| set.contains(&byte))
            } else {
                let set = core::str::from_utf8(set).unwrap_or("");
                let mut rest = this.as_str();
                if sides.left {
                    rest = rest.trim_start_matches(|c| set.contains(c));
                }
                if sides.right {
                    rest = rest.trim_end_matches(|c| set.contains(c));
                }
                rest.as_bytes()
            }
        }
        Some(_) | None if this.kind != Kind::Str => trim(this.bytes, sides, find::is_space),
        Some(_) | None => {
            let mut rest = this.as_str();
            if sides.left {
                rest = rest.trim_start_matches(unicode::is_space);
            }
            if sides.right {
                rest = rest.trim_end_matches(unicode::is_space);
            }
            rest.as_bytes()
        }
    };
    if rest.len() == this.bytes.len() { this.itself(vm) } else { this.like(vm, rest) }
}

fn trim(bytes: &[u8], sides: Sides, drop: impl Fn(u8) -> bool) -> &[u8] {
    let mut rest = bytes;
    while let (true, [first, more @ ..]) = (sides.left, rest)
        && drop(*first)
    {
        rest = more;
    }
    while let (true, [more @ .., last]) = (sides.right, rest)
        && drop(*last)
    {
        rest = more;
    }
    rest
}
