//! struct: numbers packed into bytes by a format.

mod object;

use crate::Vm;
use crate::q;
use crate::types::item::{self, Order};
use crate::types::str::arg;
use crate::types::{bytes, float, list, tuple};
use crate::value::{Buffer, Entry, GcVec, Obj, Raise, Res, Rom, fun1, fun2, named, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("struct")))),
    row(q!("error"), Rom::Type(&crate::types::exception::VALUE_ERROR)),
    row(q!("calcsize"), fun1(calcsize)),
    row(q!("pack"), var(1, usize::MAX, pack)),
    row(q!("pack_into"), var(3, usize::MAX, pack_into)),
    row(q!("unpack"), var(2, 3, unpack)),
    row(q!("unpack_from"), named(1, &[(q!("buffer"), Obj::NULL), (q!("offset"), Obj::small_wrapping(0))], unpack_from)),
    row(q!("iter_unpack"), fun2(iter_unpack)),
    row(q!("Struct"), Rom::Type(&object::TYPE)),
];

/// A format that is read from the front.
struct Format<'a> {
    rest: &'a [u8],
    order: Order,
    /// Native sizes and alignment.
    native: bool,
}

/// One code of a format with its count.
#[derive(Clone, Copy)]
struct Part {
    count: usize,
    code: u8,
    size: usize,
    align: usize,
}

impl Part {
    /// Values that the part stands for.
    fn values(self) -> usize {
        match self.code {
            b'x' => 0,
            b's' | b'p' => 1,
            _ => self.count,
        }
    }

    /// Bytes of one value.
    fn value_size(self) -> usize {
        if matches!(self.code, b's' | b'p') { self.count } else { self.size }
    }
}

impl<'a> Format<'a> {
    fn new(vm: &mut Vm, format: Obj) -> Res<Format<'a>> {
        let text = match bytes::bytes_of(format) {
            Some(bytes) => bytes,
            None => arg::text(vm, format)?,
        };
        let (order, native, skip) = match text.first() {
            Some(b'<') => (Order::Little, false, 1),
            Some(b'>' | b'!') => (Order::Big, false, 1),
            Some(b'=') => (Order::NATIVE, false, 1),
            Some(b'@') => (Order::NATIVE, true, 1),
            Some(_) | None => (Order::NATIVE, true, 0),
        };
        Ok(Format { rest: text.get(skip..).unwrap_or(&[]), order, native })
    }

    fn next(&mut self, vm: &mut Vm) -> Res<Option<Part>> {
        let mut count = None;
        while let Some((&byte, more)) = self.rest.split_first() {
            self.rest = more;
            match byte {
                b' ' | b'\t'..=b'\r' if count.is_none() => {}
                b'0'..=b'9' => {
                    let digit = usize::from(byte - b'0');
                    count = Some(count.unwrap_or(0usize).saturating_mul(10).saturating_add(digit));
                }
                code => {
                    let Some(size) = self.size_of(code) else { return Err(item::bad_code(vm)) };
                    let align = if self.native && !matches!(code, b'x' | b's' | b'p') { size } else { 1 };
                    return Ok(Some(Part { count: count.unwrap_or(1), code, size, align }));
                }
            }
        }
        if count.is_some() { Err(item::bad_code(vm)) } else { Ok(None) }
    }

    fn size_of(&self, code: u8) -> Option<usize> {
        match code {
            b'x' | b's' | b'p' | b'c' => Some(1),
            b'l' | b'L' if !self.native => Some(4),
            b'n' | b'N' if self.native => Some(size_of::<usize>()),
            b'P' if !self.native => None,
            _ => item::size_of(code),
        }
    }
}

fn aligned(at: usize, align: usize) -> usize {
    at.saturating_add(align - 1) / align * align
}

/// Bytes and values of a format.
fn measure(vm: &mut Vm, format: Obj) -> Res<(usize, usize)> {
    let mut format = Format::new(vm, format)?;
    let (mut size, mut values) = (0usize, 0usize);
    while let Some(part) = format.next(vm)? {
        size = aligned(size, part.align);
        size = size.saturating_add(part.count.saturating_mul(part.size));
        values = values.saturating_add(part.values());
    }
    Ok((size, values))
}

fn calcsize(vm: &mut Vm, format: Obj) -> Res {
    let (size, _) = measure(vm, format)?;
    if size > isize::MAX as usize {
        return Err(vm.value_error(format_args!("total struct size too long")));
    }
    crate::types::int::from_usize(vm, size)
}

fn pack(vm: &mut Vm, args: &[Obj]) -> Res {
    let [format, values @ ..] = args else { return Ok(Obj::NULL) };
    let (size, _) = measure(vm, *format)?;
    let out = GcVec::new();
    out.resize(vm, size, 0)?;
    put(vm, *format, values, out.buffer(b'B'))?;
    bytes::new(vm, out.slice())
}

fn pack_into(vm: &mut Vm, args: &[Obj]) -> Res {
    let [format, buffer, offset, values @ ..] = args else { return Ok(Obj::NULL) };
    let (size, _) = measure(vm, *format)?;
    let buffer = vm.buffer(*buffer, true)?;
    let place = window(vm, buffer, *offset, size)?;
    put(vm, *format, values, place)?;
    Ok(Obj::NONE)
}

/// The `size` bytes from `offset` on; negative offsets count from the end.
fn window(vm: &mut Vm, buffer: Buffer, offset: Obj, size: usize) -> Res<Buffer> {
    let offset = arg::int(vm, offset)?;
    let start = if offset < 0 { offset.wrapping_add(buffer.len() as isize) } else { offset };
    let part = usize::try_from(start).ok().and_then(|start| buffer.part(start, size, b'B'));
    part.ok_or_else(|| too_small(vm))
}

#[cold]
fn too_small(vm: &mut Vm) -> Raise {
    vm.value_error(format_args!("buffer too small"))
}

/// Packs values; as upstream, missing ones leave zeros and further ones are ignored.
fn put(vm: &mut Vm, format: Obj, values: &[Obj], out: Buffer) -> Res<()> {
    let mut format = Format::new(vm, format)?;
    let mut values = values.iter();
    let mut at = 0;
    while let Some(part) = format.next(vm)? {
        if values.len() == 0 {
            break;
        }
        at = aligned(at, part.align);
        match part.code {
            b'x' => {
                for skipped in 0..part.count {
                    out.set(at + skipped, 0);
                }
                at += part.count;
            }
            b's' => {
                let Some(value) = values.next() else { break };
                let bytes = vm.buffer(*value, false)?.bytes();
                let len = bytes.len().min(part.count);
                out.copy_in(at, bytes.get(..len).unwrap_or(&[]));
                for rest in len..part.count {
                    out.set(at + rest, 0);
                }
                at += part.count;
            }
            b'p' => {
                let Some(value) = values.next() else { break };
                let bytes = vm.buffer(*value, false)?.bytes();
                let len = bytes.len().min(part.count.saturating_sub(1)).min(255);
                if part.count > 0 {
                    out.set(at, len as u8);
                }
                out.copy_in(at + 1, bytes.get(..len).unwrap_or(&[]));
                at += part.count;
            }
            _ => {
                for _ in 0..part.count {
                    let Some(value) = values.next() else { return Ok(()) };
                    let mut item = [0; 8];
                    let item = item.get_mut(..part.size).unwrap_or_default();
                    put_item(vm, part.code, *value, item, &format)?;
                    out.copy_in(at, item);
                    at += part.size;
                }
            }
        }
    }
    Ok(())
}

/// A number that is to be packed as a float of few bits: OverflowError for one that is too large.
fn small_float(vm: &mut Vm, code: u8, value: Obj) -> Res {
    let number = arg::float(vm, value)?;
    let too_large = if code == b'e' { number.abs() >= 65520.0 } else { (number as f32).is_infinite() };
    if too_large && number.is_finite() {
        let code = char::from(code);
        return Err(vm.overflow_error(format_args!("float too large to pack with {code} format")));
    }
    float::new(vm, number)
}

fn put_item(vm: &mut Vm, code: u8, value: Obj, item: &mut [u8], format: &Format<'_>) -> Res<()> {
    if code != b'c' {
        // Native packing makes infinity of what is too large, as C does; C knows no halves.
        let value = if code == b'e' || code == b'f' && !format.native { small_float(vm, code, value)? } else { value };
        return item::store(vm, code, value, item, format.order);
    }
    match bytes::bytes_of(arg::plain(value)) {
        Some([byte]) => {
            item.fill(*byte);
            Ok(())
        }
        _ => Err(vm.value_error(format_args!("char format requires a bytes object of length 1"))),
    }
}

/// `unpack(format, buffer)`; as upstream, bytes behind the values are ignored, and an offset is taken too.
fn unpack(vm: &mut Vm, args: &[Obj]) -> Res {
    unpack_from(vm, args)
}

fn unpack_from(vm: &mut Vm, args: &[Obj]) -> Res {
    let [format, buffer, rest @ ..] = args else { return Ok(Obj::NULL) };
    let (size, values) = measure(vm, *format)?;
    let buffer = arg::raw(vm, *buffer)?;
    let offset = rest.first().copied().unwrap_or(Obj::small_wrapping(0));
    let place = window(vm, buffer, offset, size)?;
    take(vm, *format, values, place)
}

/// A tuple of the values in `from`, which is long enough.
fn take(vm: &mut Vm, format: Obj, n_values: usize, from: Buffer) -> Res {
    let mut format = Format::new(vm, format)?;
    // Most formats are short; a few values need no memory but the tuple's.
    let mut few = [Obj::NULL; 8];
    let many = GcVec::new();
    if n_values > few.len() {
        many.reserve(vm, n_values)?;
    }
    let (mut at, mut count) = (0, 0);
    while let Some(part) = format.next(vm)? {
        at = aligned(at, part.align);
        for _ in 0..part.values() {
            let size = part.value_size();
            let Some(piece) = from.part(at, size, b'B') else { return Err(too_small(vm)) };
            let value = match part.code {
                b's' | b'c' => bytes::new(vm, piece.bytes())?,
                b'p' => {
                    let (len, text) = piece.bytes().split_first().unwrap_or((&0, &[]));
                    bytes::new(vm, text.get(..usize::from(*len)).unwrap_or(text))?
                }
                code => item::load(vm, code, piece.bytes(), format.order)?,
            };
            match few.get_mut(count) {
                Some(place) if n_values <= 8 => *place = value,
                Some(_) | None => many.push(vm, value)?,
            }
            count += 1;
            at += size;
        }
        if part.code == b'x' {
            at += part.count;
        }
    }
    tuple::new(vm, if many.is_empty() { few.get(..count).unwrap_or(&[]) } else { many.slice() })
}

fn iter_unpack(vm: &mut Vm, format: Obj, buffer: Obj) -> Res {
    let (size, values) = measure(vm, format)?;
    let buffer = arg::raw(vm, buffer)?;
    if size == 0 || buffer.len() % size != 0 {
        return Err(vm.value_error(format_args!("iterative unpacking requires a buffer of a multiple of {size} bytes")));
    }
    let rows = GcVec::with_capacity(vm, buffer.len() / size)?;
    for start in (0..buffer.len()).step_by(size) {
        let Some(part) = buffer.part(start, size, b'B') else { break };
        let row = take(vm, format, values, part)?;
        rows.push(vm, row)?;
    }
    let rows = list::from_vec(vm, rows)?;
    vm.iter(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{run, shown};
    use crate::types::{float, str};
    use std::vec::Vec;

    #[test]
    fn packs_and_unpacks() {
        run(|vm| {
            let half = float::new(vm, 1.5).expect("memory");
            let text = bytes::new(vm, b"abcdef").expect("memory");
            let int = Obj::small_wrapping;
            let cases: &[(&str, &[Obj], &str, &str)] = &[
                ("<hhl", &[int(1), int(2), int(-3)], r"b'\x01\x00\x02\x00\xfd\xff\xff\xff'", "(1, 2, -3)"),
                (">HxQ", &[int(258), int(1)], r"b'\x01\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01'", "(258, 1)"),
                ("<ef", &[half, half], r"b'\x00>\x00\x00\xc0?'", "(1.5, 1.5)"),
                ("<3s2s", &[text, text], "b'abcab'", "(b'abc', b'ab')"),
                ("@bi", &[int(1), int(2)], r"b'\x01\x00\x00\x00\x02\x00\x00\x00'", "(1, 2)"),
                ("bb", &[int(1)], r"b'\x01\x00'", "(1, 0)"),
                ("?", &[int(7)], r"b'\x01'", "(True,)"),
                ("z", &[int(7)], "ValueError: bad typecode", ""),
                ("B", &[int(300)], "OverflowError: integer out of range", ""),
                ("b", &[text], "TypeError: can't convert bytes to int", ""),
            ];
            for (format, values, packed, back) in cases {
                let format = str::new(vm, format).expect("memory");
                let args: Vec<Obj> = core::iter::once(format).chain(values.iter().copied()).collect();
                let result = pack(vm, &args);
                assert_eq!(shown(vm, result), *packed);
                if let Ok(result) = result {
                    let values = unpack_from(vm, &[format, result]);
                    assert_eq!(shown(vm, values), *back);
                }
            }
            let format = str::new(vm, "<hh").expect("memory");
            let short = unpack_from(vm, &[format, text, int(-2)]);
            assert_eq!(shown(vm, short), "ValueError: buffer too small");
        });
    }
}
