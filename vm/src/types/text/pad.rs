//! center, ljust, rjust, zfill: texts of a least width.

use super::{Fill, Kind, Text};
use crate::Vm;
use crate::types::str::arg;
use crate::value::{Obj, Res};

/// `center(width[, fillchar])`
pub(super) fn center(vm: &mut Vm, args: &[Obj]) -> Res {
    // Of an odd number of places, the one more goes to the left where the width is odd too.
    pad(vm, args, |missing, width| missing / 2 + (missing & width & 1))
}

/// `ljust(width[, fillchar])`
pub(super) fn ljust(vm: &mut Vm, args: &[Obj]) -> Res {
    pad(vm, args, |_, _| 0)
}

/// `rjust(width[, fillchar])`
pub(super) fn rjust(vm: &mut Vm, args: &[Obj]) -> Res {
    pad(vm, args, |missing, _| missing)
}

/// `zfill(width)`
pub(super) fn zfill(vm: &mut Vm, this: Obj, width: Obj) -> Res {
    let this = Text::this(vm, this)?;
    let Some(missing) = missing(vm, &this, width)? else { return this.itself(vm) };
    let signed = matches!(this.bytes.first(), Some(b'+' | b'-'));
    let (sign, digits) = this.bytes.split_at(usize::from(signed));
    let Some(len) = this.bytes.len().checked_add(missing) else { return Err(vm.memory_error()) };
    let mut fill = Fill::new(vm, this.kind, len, this.len + missing)?;
    fill.push(vm, sign)?;
    repeat(vm, &mut fill, b"0", missing)?;
    fill.push(vm, digits)?;
    fill.finish(vm)
}

/// How many items `this` is short of `width`; `None` if of none.
fn missing(vm: &mut Vm, this: &Text<'_>, width: Obj) -> Res<Option<usize>> {
    let width = usize::try_from(arg::int(vm, width)?).unwrap_or(0);
    Ok(width.checked_sub(this.len).filter(|missing| *missing > 0))
}

fn pad(vm: &mut Vm, args: &[Obj], left_of: fn(usize, usize) -> usize) -> Res {
    let [this, width, rest @ ..] = args else { return Ok(Obj::NULL) };
    let this = Text::this(vm, *this)?;
    let missing = missing(vm, &this, *width)?;
    let (filler, items) = match rest {
        [filler, ..] => match Text::of(vm, arg::plain(*filler)) {
            Some(text) if (text.kind == Kind::Str) == (this.kind == Kind::Str) => (text.bytes, text.len),
            Some(_) | None => return Err(arg::wrong_kind(vm, *filler)),
        },
        [] => (b" ".as_slice(), 1),
    };
    if items != 1 {
        return Err(vm.type_error(format_args!("The fill character must be exactly one character long")));
    }
    let Some(missing) = missing else { return this.itself(vm) };
    let added = missing.checked_mul(filler.len()).and_then(|added| added.checked_add(this.bytes.len()));
    let Some(len) = added else { return Err(vm.memory_error()) };
    let left = left_of(missing, this.len + missing);
    let mut fill = Fill::new(vm, this.kind, len, this.len + missing)?;
    repeat(vm, &mut fill, filler, left)?;
    fill.push(vm, this.bytes)?;
    repeat(vm, &mut fill, filler, missing - left)?;
    fill.finish(vm)
}

fn repeat(vm: &mut Vm, fill: &mut Fill, piece: &[u8], count: usize) -> Res<()> {
    for _ in 0..count {
        fill.push(vm, piece)?;
    }
    Ok(())
}
