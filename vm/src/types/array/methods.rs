//! Methods of arrays.

use super::{Array, OBJECTS};
use crate::Vm;
use crate::q;
use crate::types::list::{self, List};
use crate::types::slice::{self, Slice};
use crate::types::str::arg;
use crate::types::{bytearray, bytes, int, item, sequence, tuple};
use crate::value::{Entry, Gc, GcVec, Obj, Res, fun1, fun2, fun3, row, var};

/// The methods.
pub(super) static TABLE: &[Entry] = &[
    row(q!("append"), fun2(append)),
    row(q!("extend"), fun2(extend)),
    row(q!("insert"), fun3(insert)),
    row(q!("pop"), var(1, 2, pop)),
    row(q!("remove"), fun2(remove)),
    row(q!("index"), var(2, 4, index)),
    row(q!("buffer_info"), fun1(buffer_info)),
    row(q!("count"), fun2(count)),
    row(q!("reverse"), fun1(reverse)),
    row(q!("tolist"), fun1(tolist)),
    row(q!("fromlist"), fun2(fromlist)),
    row(q!("tobytes"), fun1(tobytes)),
    row(q!("frombytes"), fun2(frombytes)),
    row(q!("byteswap"), fun1(byteswap)),
];

/// A typecode as a str.
pub fn code_text(code: u8) -> Obj {
    let names = [
        (b'b', q!("b")),
        (b'B', q!("B")),
        (b'h', q!("h")),
        (b'H', q!("H")),
        (b'i', q!("i")),
        (b'I', q!("I")),
        (b'l', q!("l")),
        (b'L', q!("L")),
        (b'q', q!("q")),
        (b'Q', q!("Q")),
        (b'f', q!("f")),
        (b'd', q!("d")),
        (b'P', q!("P")),
        (b'c', q!("c")),
        (b'?', q!("?")),
        (b'e', q!("e")),
    ];
    Obj::name(names.iter().find(|(other, _)| *other == code).map_or(q!("O"), |(_, name)| *name))
}

/// The first index of an item equal to `wanted`.
pub(super) fn find(vm: &mut Vm, array: Gc<Array>, wanted: Obj) -> Res<Option<usize>> {
    let mut at = 0;
    while at < array.len() {
        let item = array.get(vm, at)?;
        if vm.equal(item, wanted)? {
            return Ok(Some(at));
        }
        at += 1;
    }
    Ok(None)
}

/// Removes `count` items from `at` on.
pub(super) fn remove_items(array: Gc<Array>, at: usize, count: usize) {
    if array.code == OBJECTS {
        array.objs.remove_range(at, count);
    } else {
        array.items.remove_range(at * array.item_size(), count * array.item_size());
    }
}

/// `array[slice] = value`, or `del array[slice]` when `value` is `Obj::NULL`.
pub(super) fn set_slice(vm: &mut Vm, array: Gc<Array>, slice: Gc<Slice>, value: Obj) -> Res<()> {
    let parts = slice::parts(vm, slice)?;
    if value.is_null() {
        let indices = parts.of_length(array.len());
        for n in 0..indices.count {
            let n = if indices.step > 0 { indices.count - 1 - n } else { n };
            remove_items(array, indices.nth(n), 1);
        }
        return Ok(());
    }
    if array.code == OBJECTS {
        let Some(other) = Gc::<Array>::exact(value) else {
            return Err(vm.type_error(format_args!("array/bytes required on right side")));
        };
        let indices = parts.of_length(array.len());
        if other.code != OBJECTS || indices.step != 1 {
            return Err(vm.value_error(format_args!("lhs and rhs should be compatible")));
        }
        let items = GcVec::from_slice(vm, other.objs.slice())?;
        array.objs.remove_range(indices.nth(0), indices.count);
        return array.objs.insert_slice(vm, indices.nth(0), items.slice());
    }
    let from = bytearray::right_side(vm, value)?;
    let size = array.item_size();
    let same_size = crate::types::item::size_of(from.typecode) == Some(size);
    let indices = parts.of_length(array.len());
    if !same_size || (indices.step != 1 && from.len() != indices.count * size) {
        return Err(vm.value_error(format_args!("lhs and rhs should be compatible")));
    }
    if indices.step == 1 {
        return bytearray::splice(vm, &array.items, indices.nth(0) * size, indices.count * size, from);
    }
    for (n, item) in from.bytes().chunks(size).enumerate() {
        array.items.buffer(b'B').copy_in(indices.nth(n) * size, item);
    }
    Ok(())
}

fn append(vm: &mut Vm, this: Obj, value: Obj) -> Res {
    sequence::this::<Array>(vm, this)?.push(vm, value)?;
    Ok(Obj::NONE)
}

fn extend(vm: &mut Vm, this: Obj, more: Obj) -> Res {
    sequence::this::<Array>(vm, this)?.extend(vm, more)?;
    Ok(Obj::NONE)
}

/// `fromlist(list)`: all of its items, or none if one does not fit.
fn fromlist(vm: &mut Vm, this: Obj, from: Obj) -> Res {
    let array = sequence::this::<Array>(vm, this)?;
    let from = sequence::this::<List>(vm, from)?;
    let more = super::new(vm, array.code)?;
    more.extend(vm, from.obj())?;
    array.objs.extend(vm, more.objs.slice())?;
    array.items.extend(vm, more.items.slice())?;
    Ok(Obj::NONE)
}

/// `frombytes(bytes)`
pub(super) fn frombytes(vm: &mut Vm, this: Obj, from: Obj) -> Res {
    let array = sequence::this::<Array>(vm, this)?;
    let given = arg::raw(vm, from)?;
    if item::size_of(given.typecode) != Some(1) {
        return Err(arg::wrong_kind(vm, from));
    }
    if array.code == OBJECTS || given.len() % array.item_size() != 0 {
        return Err(vm.value_error(format_args!("bytes length not a multiple of item size")));
    }
    array.items.extend(vm, given.bytes())?;
    Ok(Obj::NONE)
}

fn insert(vm: &mut Vm, this: Obj, index: Obj, value: Obj) -> Res {
    let array = sequence::this::<Array>(vm, this)?;
    let index = arg::int(vm, index)?;
    array.push(vm, value)?;
    let last = array.len() - 1;
    let at = if index < 0 { index.saturating_add(last as isize).max(0) as usize } else { (index as usize).min(last) };
    if array.code == OBJECTS {
        if let Some(value) = array.objs.pop() {
            array.objs.insert(vm, at, value)?;
        }
        return Ok(Obj::NONE);
    }
    let size = array.item_size();
    let item = GcVec::from_slice(vm, array.items.slice().get(last * size..).unwrap_or(&[]))?;
    array.items.truncate(last * size);
    array.items.insert_slice(vm, at * size, item.slice())?;
    Ok(Obj::NONE)
}

fn pop(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, rest @ ..] = args else { return Ok(Obj::NULL) };
    let array = sequence::this::<Array>(vm, *this)?;
    let at = sequence::place_to_pop(vm, *this, rest, || array.len())?;
    let item = array.get(vm, at)?;
    remove_items(array, at, 1);
    Ok(item)
}

fn remove(vm: &mut Vm, this: Obj, value: Obj) -> Res {
    let array = sequence::this::<Array>(vm, this)?;
    match find(vm, array, value)? {
        Some(at) => {
            remove_items(array, at, 1);
            Ok(Obj::NONE)
        }
        None => Err(sequence::not_found(vm)),
    }
}

fn index(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, value, rest @ ..] = args else { return Ok(Obj::NULL) };
    let array = sequence::this::<Array>(vm, *this)?;
    let (mut at, to) = sequence::bounds(vm, rest, || array.len())?;
    while at < to.min(array.len()) {
        let item = array.get(vm, at)?;
        if vm.equal(item, *value)? {
            return Ok(Obj::small_wrapping(at as isize));
        }
        at += 1;
    }
    Err(sequence::not_found(vm))
}

/// `buffer_info()`: where the items lie, and how many there are.
fn buffer_info(vm: &mut Vm, this: Obj) -> Res {
    let array = sequence::this::<Array>(vm, this)?;
    let address = int::from_usize(vm, array.items.buffer(b'B').address())?;
    tuple::new(vm, &[address, Obj::small_wrapping(array.len() as isize)])
}

fn count(vm: &mut Vm, this: Obj, value: Obj) -> Res {
    let array = sequence::this::<Array>(vm, this)?;
    let (mut at, mut count) = (0, 0);
    while at < array.len() {
        let item = array.get(vm, at)?;
        count += isize::from(vm.equal(item, value)?);
        at += 1;
    }
    Ok(Obj::small_wrapping(count))
}

fn reverse(vm: &mut Vm, this: Obj) -> Res {
    let array = sequence::this::<Array>(vm, this)?;
    array.objs.reverse();
    // All bytes backwards, and then those of each item forwards again.
    array.items.reverse();
    swap_each(array);
    Ok(Obj::NONE)
}

fn byteswap(vm: &mut Vm, this: Obj) -> Res {
    let array = sequence::this::<Array>(vm, this)?;
    swap_each(array);
    Ok(Obj::NONE)
}

/// Reverses the bytes of each item.
fn swap_each(array: Gc<Array>) {
    let size = array.item_size();
    for start in (0..array.items.len()).step_by(size) {
        for at in 0..size / 2 {
            array.items.swap(start + at, start + size - 1 - at);
        }
    }
}

fn tolist(vm: &mut Vm, this: Obj) -> Res {
    let array = sequence::this::<Array>(vm, this)?;
    let items = GcVec::with_capacity(vm, array.len())?;
    let mut at = 0;
    while let Some(item) = array.get(vm, at)?.non_null() {
        items.push(vm, item)?;
        at += 1;
    }
    list::from_vec(vm, items)
}

fn tobytes(vm: &mut Vm, this: Obj) -> Res {
    let array = sequence::this::<Array>(vm, this)?;
    bytes::new(vm, array.items.slice())
}
