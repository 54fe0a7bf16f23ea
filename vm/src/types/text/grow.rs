//! What changes a bytearray in place: append, extend, insert, pop, remove, clear, reverse.

use super::Text;
use crate::Vm;
use crate::types::str::{arg, find};
use crate::types::{bytearray, bytes, sequence};
use crate::value::{GcVec, Obj, Res};

fn items<'a>(vm: &mut Vm, this: Obj) -> Res<&'a GcVec<u8>> {
    match bytearray::items(arg::plain(this)) {
        Some(items) => Ok(items),
        None => {
            let name = vm.type_name(this);
            Err(vm.type_error(format_args!("argument should be a 'bytearray' not a '{name}'")))
        }
    }
}

/// `append(byte)`
pub(super) fn append(vm: &mut Vm, this: Obj, byte: Obj) -> Res {
    let byte = bytearray::item(vm, byte)?;
    items(vm, this)?.push(vm, byte)?;
    Ok(Obj::NONE)
}

/// `extend(bytes or iterable)`
pub(super) fn extend(vm: &mut Vm, this: Obj, more: Obj) -> Res {
    let items = items(vm, this)?;
    match vm.buffer_of(more, false)? {
        Some(buffer) => items.extend(vm, buffer.bytes())?,
        None => {
            // All of them, or none if one does not fit.
            let all = GcVec::new();
            bytes::collect(vm, &all, more)?;
            items.extend(vm, all.slice())?;
        }
    }
    Ok(Obj::NONE)
}

/// `insert(index, byte)`
pub(super) fn insert(vm: &mut Vm, this: Obj, index: Obj, byte: Obj) -> Res {
    let index = arg::int(vm, index)?;
    let byte = bytearray::item(vm, byte)?;
    let items = items(vm, this)?;
    let at = if index < 0 { index.saturating_add(items.len() as isize).max(0) } else { index };
    items.insert(vm, at as usize, byte)?;
    Ok(Obj::NONE)
}

/// `pop([index])`
pub(super) fn pop(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, rest @ ..] = args else { return Ok(Obj::NULL) };
    let items = items(vm, *this)?;
    let at = sequence::place_to_pop(vm, *this, rest, || items.len())?;
    Ok(items.remove(at).map_or(Obj::NULL, |byte| Obj::small_wrapping(isize::from(byte))))
}

/// `remove(byte)`
pub(super) fn remove(vm: &mut Vm, this: Obj, byte: Obj) -> Res {
    let byte = bytearray::item(vm, byte)?;
    let items = items(vm, this)?;
    match find::find_byte(items.slice(), byte) {
        Some(at) => {
            items.remove(at);
            Ok(Obj::NONE)
        }
        None => Err(vm.value_error(format_args!("value not found in bytearray"))),
    }
}

/// `clear()`
pub(super) fn clear(vm: &mut Vm, this: Obj) -> Res {
    items(vm, this)?.clear();
    Ok(Obj::NONE)
}

/// `reverse()`
pub(super) fn reverse(vm: &mut Vm, this: Obj) -> Res {
    items(vm, this)?.reverse();
    Ok(Obj::NONE)
}

/// `bytes.__bytes__()`
pub(super) fn itself(vm: &mut Vm, this: Obj) -> Res {
    Text::this(vm, this)?.itself(vm)
}

/// `copy()`
pub(super) fn copy(vm: &mut Vm, this: Obj) -> Res {
    let bytes = items(vm, this)?.slice();
    bytearray::new(vm, bytes)
}
