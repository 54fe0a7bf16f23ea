//! replace, translate, expandtabs: a text with pieces exchanged.

use super::search::count_in;
use super::{Fill, Kind, Text};
use crate::Vm;
use crate::q;
use crate::types::str::{self, Builder, arg, find};
use crate::types::{bytes, class, dict, exception, int};
use crate::value::{Args, Obj, Res, TypeRef};

/// `replace(old, new[, count])`
pub(super) fn replace(vm: &mut Vm, args: Args<'_>) -> Res {
    vm.check_count(args.pos.len(), 3, 4)?;
    let [this, old, new, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let mut values = [Obj::small_wrapping(-1)];
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("count")], 1, &mut values)?;
    let this = Text::this(vm, *this)?;
    let max = usize::try_from(arg::int(vm, values[0])?).unwrap_or(usize::MAX);
    let (old, new) = (this.partner(vm, *old)?, this.partner(vm, *new)?);
    if old.is_empty() {
        return interleave(vm, &this, new, max);
    }
    let count = count_in(this.bytes, old, max);
    if count == 0 {
        return this.itself(vm);
    }
    let Some(added) = count.checked_mul(new.len()) else { return Err(vm.memory_error()) };
    let len = this.bytes.len() - count * old.len() + added;
    let items = |bytes: &[u8]| if this.kind == Kind::Str { find::count_chars(bytes) } else { bytes.len() };
    let chars = this.len - count * items(old) + count * items(new);
    if len == 0 {
        return this.like(vm, b"");
    }
    let mut fill = Fill::new(vm, this.kind, len, chars)?;
    let mut rest = this.bytes;
    for _ in 0..count {
        let Some(at) = find::find(rest, old) else { break };
        fill.push(vm, rest.get(..at).unwrap_or(&[]))?;
        fill.push(vm, new)?;
        rest = rest.get(at + old.len()..).unwrap_or(&[]);
    }
    fill.push(vm, rest)?;
    fill.finish(vm)
}

/// Puts `new` before each item and at the end, at most `max` times.
fn interleave(vm: &mut Vm, this: &Text<'_>, new: &[u8], max: usize) -> Res {
    let mut out = Builder::new();
    let (mut from, mut left) = (0, max);
    while from < this.bytes.len() && left > 0 {
        out.push(vm, new)?;
        let rest = this.bytes.get(from..).unwrap_or(&[]);
        let step = if this.is_flat() { 1 } else { find::char_offset(rest, 1) };
        out.push(vm, rest.get(..step).unwrap_or(&[]))?;
        from += step;
        left -= 1;
    }
    out.push(vm, this.bytes.get(from..).unwrap_or(&[]))?;
    if left > 0 {
        out.push(vm, new)?;
    }
    this.like(vm, out.bytes())
}

/// `expandtabs(tabsize=8)`
pub(super) fn expandtabs(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let mut values = [Obj::small_wrapping(8)];
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("tabsize")], 1, &mut values)?;
    let this = Text::this(vm, *this)?;
    let size = usize::try_from(arg::int(vm, values[0])?).unwrap_or(0);
    let mut out = Builder::new();
    let mut column = 0;
    for &byte in this.bytes {
        match byte {
            b'\t' => {
                let step = if size == 0 { 0 } else { size - column % size };
                out.fill(vm, b' ', step)?;
                column += step;
            }
            _ => {
                out.push(vm, &[byte])?;
                column = match byte {
                    b'\n' | b'\r' => 0,
                    _ if this.kind == Kind::Str && find::is_continuation(byte) => column,
                    _ => column + 1,
                };
            }
        }
    }
    this.like(vm, out.bytes())
}

/// `bytes.translate(table, /, delete=b"")`: the table has 256 bytes, or is None.
pub(super) fn translate_bytes(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, table, rest @ ..] = args else { return Ok(Obj::NULL) };
    let this = Text::this(vm, *this)?;
    let table = if table.is_none() { None } else { Some(this.partner(vm, *table)?) };
    if table.is_some_and(|table| table.len() != 256) {
        return Err(vm.value_error(format_args!("translation table must be 256 characters long")));
    }
    let delete = match rest {
        [delete, ..] => this.partner(vm, *delete)?,
        [] => &[],
    };
    let mut out = Builder::new();
    for &byte in this.bytes {
        if !delete.contains(&byte) {
            let new = table.and_then(|table| table.get(usize::from(byte)).copied()).unwrap_or(byte);
            out.push(vm, &[new])?;
        }
    }
    this.like(vm, out.bytes())
}

/// `bytes.maketrans(from, to)`
pub(super) fn maketrans_bytes(vm: &mut Vm, from: Obj, to: Obj) -> Res {
    let (from, to) = (arg::raw(vm, from)?, arg::raw(vm, to)?);
    if from.len() != to.len() {
        return Err(vm.value_error(format_args!("maketrans arguments must have same length")));
    }
    let mut table: [u8; 256] = core::array::from_fn(|byte| byte as u8);
    for (from, to) in from.bytes().iter().zip(to.bytes()) {
        table[usize::from(*from)] = *to;
    }
    bytes::new(vm, &table)
}

/// `str.translate(table)`: the table maps code points to code points, texts or None.
pub(super) fn translate(vm: &mut Vm, this: Obj, table: Obj) -> Res {
    let this = Text::this(vm, this)?;
    let mut out = Builder::new();
    for c in this.as_str().chars() {
        let key = Obj::small_wrapping(c as isize);
        let value = match dict::map(table).filter(|_| table.is_exact(&dict::TYPE)) {
            Some(map) => map.get(vm, key)?,
            None => match vm.get_item(table, key) {
                Ok(value) => value,
                // A table that has no such item leaves the character as it is.
                Err(raise) if class::is_subclass(vm.exception.type_of(), TypeRef::of(&exception::LOOKUP_ERROR)) => {
                    vm.take_exception(raise);
                    Obj::NULL
                }
                Err(raise) => return Err(raise),
            },
        };
        if value.is_null() {
            out.push(vm, c.encode_utf8(&mut [0; 4]).as_bytes())?;
        } else if let Some(code) = Some(value).filter(|value| int::is_int(*value)) {
            let Some(c) = int::to_u64(vm, code).and_then(|code| u32::try_from(code).ok()).and_then(char::from_u32)
            else {
                return Err(vm.value_error(format_args!("character mapping must be in range(0x110000)")));
            };
            out.push(vm, c.encode_utf8(&mut [0; 4]).as_bytes())?;
        } else if !value.is_none() {
            let text = arg::text(vm, value)?;
            out.push(vm, text)?;
        }
    }
    out.finish(vm)
}

/// `str.maketrans(x[, y[, z]])`
pub(super) fn maketrans(vm: &mut Vm, args: &[Obj]) -> Res {
    let table = dict::new(vm)?;
    let Some(map) = dict::map(table) else { return Ok(table) };
    match args {
        [from] => {
            let Some(source) = dict::map(*from).filter(|_| from.is_exact(&dict::TYPE)) else {
                return Err(vm.type_error(format_args!("if you give only one argument to maketrans it must be a dict")));
            };
            let mut next = 0;
            while let Some((at, key, value)) = source.next(next) {
                let key = match str::text_of(vm, key).map(|text| (text.chars().next(), text.chars().nth(1))) {
                    Some((Some(c), None)) => Obj::small_wrapping(c as isize),
                    Some(_) => {
                        return Err(vm.value_error(format_args!("string keys in translate table must be of length 1")));
                    }
                    None if int::is_int(key) => key,
                    None => {
                        return Err(vm.type_error(format_args!("keys in translate table must be strings or integers")));
                    }
                };
                map.set(vm, key, value)?;
                next = at + 1;
            }
        }
        [from, to, rest @ ..] => {
            let (from, to) = (arg::utf8(vm, *from)?, arg::utf8(vm, *to)?);
            let dropped = match rest {
                [dropped, ..] => arg::utf8(vm, *dropped)?,
                [] => "",
            };
            if from.chars().count() != to.chars().count() {
                return Err(vm.value_error(format_args!("the first two maketrans arguments must have equal length")));
            }
            for (key, value) in from.chars().zip(to.chars()) {
                map.set(vm, Obj::small_wrapping(key as isize), Obj::small_wrapping(value as isize))?;
            }
            for c in dropped.chars() {
                map.set(vm, Obj::small_wrapping(c as isize), Obj::NONE)?;
            }
        }
        [] => {}
    }
    Ok(table)
}
