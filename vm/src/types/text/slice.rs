//! Slices of str, bytes and bytearray.

use super::{Fill, Text};
use crate::Vm;
use crate::types::slice::{self, Slice};
use crate::types::str::find;
use crate::value::{Gc, Obj, Res};

/// `obj[slice]`; `None` if `index` is no slice.
#[inline]
pub fn get(vm: &mut Vm, obj: Obj, index: Obj) -> Res<Option<Obj>> {
    match Gc::<Slice>::exact(index) {
        Some(slice) => get_slice(vm, obj, slice).map(Some),
        None => Ok(None),
    }
}

fn get_slice(vm: &mut Vm, obj: Obj, slice: Gc<Slice>) -> Res {
    let parts = slice::parts(vm, slice)?;
    let Some(this) = Text::of(vm, obj) else { return Ok(Obj::NULL) };
    let indices = parts.of_length(this.len);
    if indices.count == 0 {
        return this.like(vm, b"");
    }
    if indices.step == 1 {
        let start = this.offset_of(indices.nth(0));
        let rest = this.bytes.get(start..).unwrap_or(&[]);
        let len = if this.is_flat() { indices.count } else { find::char_offset(rest, indices.count) };
        let piece = rest.get(..len).unwrap_or(&[]);
        return if piece.len() == this.bytes.len() { this.itself(vm) } else { this.like(vm, piece) };
    }
    if this.is_flat() {
        if indices.count == 1 {
            let at = indices.nth(0);
            return this.like(vm, this.bytes.get(at..at + 1).unwrap_or(&[]));
        }
        let mut fill = Fill::new(vm, this.kind, indices.count, indices.count)?;
        for n in 0..indices.count {
            let at = indices.nth(n);
            fill.push(vm, this.bytes.get(at..at + 1).unwrap_or(&[]))?;
        }
        return fill.finish(vm);
    }
    let mut out = crate::types::str::Builder::new();
    for n in 0..indices.count {
        let start = this.offset_of(indices.nth(n));
        let rest = this.bytes.get(start..).unwrap_or(&[]);
        out.push(vm, rest.get(..find::char_offset(rest, 1)).unwrap_or(&[]))?;
    }
    out.finish(vm)
}
