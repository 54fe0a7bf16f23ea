//! find, index, count, startswith, endswith, `in`, partition: where one text stands in another.

use super::{Kind, Text};
use crate::Vm;
use crate::types::str::{arg, find};
use crate::types::tuple;
use crate::value::{Obj, Res};

/// `find(sub[, start[, end]])`
pub(super) fn find(vm: &mut Vm, args: &[Obj]) -> Res {
    let found = search(vm, args, find::find)?;
    Ok(Obj::small_wrapping(found.map_or(-1, |at| at as isize)))
}

/// `rfind(sub[, start[, end]])`
pub(super) fn rfind(vm: &mut Vm, args: &[Obj]) -> Res {
    let found = search(vm, args, find::rfind)?;
    Ok(Obj::small_wrapping(found.map_or(-1, |at| at as isize)))
}

/// `index(sub[, start[, end]])`
pub(super) fn index(vm: &mut Vm, args: &[Obj]) -> Res {
    let found = search(vm, args, find::find)?;
    or_error(vm, found)
}

/// `rindex(sub[, start[, end]])`
pub(super) fn rindex(vm: &mut Vm, args: &[Obj]) -> Res {
    let found = search(vm, args, find::rfind)?;
    or_error(vm, found)
}

fn or_error(vm: &mut Vm, found: Option<usize>) -> Res {
    match found {
        Some(at) => Ok(Obj::small_wrapping(at as isize)),
        None => Err(vm.value_error(format_args!("substring not found"))),
    }
}

type Search = fn(&[u8], &[u8]) -> Option<usize>;

fn search(vm: &mut Vm, args: &[Obj], search: Search) -> Res<Option<usize>> {
    let [this, needle, range @ ..] = args else { return Ok(None) };
    let this = Text::this(vm, *this)?;
    let mut byte = [0];
    let needle = needle_of(vm, &this, *needle, &mut byte)?;
    let Some((start, end)) = window(vm, &this, range)? else { return Ok(None) };
    let found = search(this.bytes.get(start..end).unwrap_or(&[]), needle);
    Ok(found.map(|at| this.item_at(start + at)))
}

/// What is searched for: a text of the same kind, or in bytes also an int.
fn needle_of<'a>(vm: &mut Vm, this: &Text<'a>, needle: Obj, byte: &'a mut [u8; 1]) -> Res<&'a [u8]> {
    if this.kind != Kind::Str
        && let Some(value) = arg::plain_int(vm, needle)?
    {
        return match u8::try_from(value) {
            Ok(value) => {
                *byte = [value];
                Ok(byte)
            }
            Err(_) => Err(vm.value_error(format_args!("bytes value out of range"))),
        };
    }
    this.partner(vm, needle)
}

/// The byte offsets that optional `start` and `end` arguments name; `None` if nothing can be between them.
pub(super) fn window(vm: &mut Vm, this: &Text<'_>, range: &[Obj]) -> Res<Option<(usize, usize)>> {
    let start = match range.first() {
        Some(start) if !start.is_none() => bound(vm, this.len, *start)?,
        Some(_) | None => 0,
    };
    let end = match range.get(1) {
        Some(end) if !end.is_none() => bound(vm, this.len, *end)?.min(this.len),
        Some(_) | None => this.len,
    };
    if start > end {
        return Ok(None);
    }
    Ok(Some((this.offset_of(start), this.offset_of(end))))
}

/// A bound as slices take it, but not cut to the length.
fn bound(vm: &mut Vm, len: usize, obj: Obj) -> Res<usize> {
    let value = match arg::plain_int(vm, obj)? {
        Some(value) => value,
        None => {
            let name = vm.type_name(obj);
            return Err(vm.type_error(format_args!("string indices must be integers, not {name}")));
        }
    };
    let at = if value < 0 { value.saturating_add(len as isize).max(0) } else { value };
    Ok(at as usize)
}

/// `count(sub[, start[, end]])`
pub(super) fn count(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, needle, range @ ..] = args else { return Ok(Obj::NULL) };
    let this = Text::this(vm, *this)?;
    let mut byte = [0];
    let needle = needle_of(vm, &this, *needle, &mut byte)?;
    let Some((start, end)) = window(vm, &this, range)? else { return Ok(Obj::small_wrapping(0)) };
    let hay = this.bytes.get(start..end).unwrap_or(&[]);
    if needle.is_empty() {
        let items = if this.is_flat() { hay.len() } else { find::count_chars(hay) };
        return Ok(Obj::small_wrapping(items as isize + 1));
    }
    Ok(Obj::small_wrapping(count_in(hay, needle, usize::MAX) as isize))
}

/// How often `needle`, which is not empty, stands in `hay` without overlap; at most `max`.
pub(super) fn count_in(hay: &[u8], needle: &[u8], max: usize) -> usize {
    let (mut from, mut count) = (0, 0);
    while count < max
        && let Some(at) = find::find(hay.get(from..).unwrap_or(&[]), needle)
    {
        from += at + needle.len();
        count += 1;
    }
    count
}

/// `startswith(prefix[, start[, end]])`
pub(super) fn startswith(vm: &mut Vm, args: &[Obj]) -> Res {
    affix(vm, args, |text, prefix| text.starts_with(prefix))
}

/// `endswith(suffix[, start[, end]])`
pub(super) fn endswith(vm: &mut Vm, args: &[Obj]) -> Res {
    affix(vm, args, |text, suffix| text.ends_with(suffix))
}

fn affix(vm: &mut Vm, args: &[Obj], holds: fn(&[u8], &[u8]) -> bool) -> Res {
    let [this, wanted, range @ ..] = args else { return Ok(Obj::NULL) };
    let this = Text::this(vm, *this)?;
    let part = window(vm, &this, range)?.and_then(|(start, end)| this.bytes.get(start..end));
    let one = [*wanted];
    for wanted in tuple::items(*wanted).unwrap_or(&one) {
        let wanted = this.partner(vm, *wanted)?;
        if part.is_some_and(|part| holds(part, wanted)) {
            return Ok(Obj::TRUE);
        }
    }
    Ok(Obj::FALSE)
}

/// `partition(sep)`
pub(super) fn partition(vm: &mut Vm, this: Obj, separator: Obj) -> Res {
    parts(vm, this, separator, find::find, true)
}

/// `rpartition(sep)`
pub(super) fn rpartition(vm: &mut Vm, this: Obj, separator: Obj) -> Res {
    parts(vm, this, separator, find::rfind, false)
}

fn parts(vm: &mut Vm, this: Obj, separator: Obj, search: Search, whole_first: bool) -> Res {
    let this = Text::this(vm, this)?;
    let between = this.partner(vm, separator)?;
    if between.is_empty() {
        return Err(vm.value_error(format_args!("empty separator")));
    }
    let Some(at) = search(this.bytes, between) else {
        let whole = this.itself(vm)?;
        let (empty, other) = (this.like(vm, b"")?, this.like(vm, b"")?);
        return tuple::new(vm, &if whole_first { [whole, empty, other] } else { [empty, other, whole] });
    };
    let before = this.like(vm, this.bytes.get(..at).unwrap_or(&[]))?;
    let middle = if this.kind == Kind::ByteArray { this.like(vm, between)? } else { separator };
    let after = this.like(vm, this.bytes.get(at + between.len()..).unwrap_or(&[]))?;
    tuple::new(vm, &[before, middle, after])
}

/// `removeprefix(prefix)`
pub(super) fn removeprefix(vm: &mut Vm, this: Obj, prefix: Obj) -> Res {
    let this = Text::this(vm, this)?;
    let prefix = this.partner(vm, prefix)?;
    match this.bytes.strip_prefix(prefix) {
        Some(rest) if !prefix.is_empty() => this.like(vm, rest),
        Some(_) | None => this.itself(vm),
    }
}

/// `removesuffix(suffix)`
pub(super) fn removesuffix(vm: &mut Vm, this: Obj, suffix: Obj) -> Res {
    let this = Text::this(vm, this)?;
    let suffix = this.partner(vm, suffix)?;
    match this.bytes.strip_suffix(suffix) {
        Some(rest) if !suffix.is_empty() => this.like(vm, rest),
        Some(_) | None => this.itself(vm),
    }
}
