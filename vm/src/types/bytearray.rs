//! bytearray: a growable row of bytes.

use crate::Vm;
use crate::q;
use crate::types::slice::{self, Slice};
use crate::types::str::{self, arg};
use crate::types::{bytes, memoryview, sequence, text};
use crate::value::{
    Args, BinaryOp, Buffer, Flags, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp,
};

/// Body of a bytearray.
#[repr(C)]
pub struct ByteArray {
    /// The bytes.
    pub items: GcVec<u8>,
}

impl Object for ByteArray {
    const TYPE: &'static Type = &TYPE;
}

/// `bytearray`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::EQUAL_ACROSS).with(Flags::SEQUENCE).with(Flags::MUTABLE),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    reflected: Some(reflected),
    get_item: Some(get_item),
    set_item: Some(set_item),
    iter: Some(bytes::iter),
    buffer: Some(buffer),
    table: text::BYTEARRAY_TABLE,
    ..Type::new(q!("bytearray"))
};

/// A bytearray with these bytes.
pub fn new(vm: &mut Vm, bytes: &[u8]) -> Res {
    let items = GcVec::from_slice(vm, bytes)?;
    from_vec(vm, items)
}

/// A bytearray that takes over this storage.
pub(super) fn from_vec(vm: &mut Vm, items: GcVec<u8>) -> Res {
    Ok(Gc::alloc(vm, ByteArray { items })?.obj())
}

/// The storage of a bytearray.
#[inline(always)]
pub fn items<'a>(obj: Obj) -> Option<&'a GcVec<u8>> {
    Gc::<ByteArray>::exact(obj).map(|array| &array.body().items)
}

/// Byte `index` of a bytearray as an int; `None` if it is none, or the index is no small int inside.
#[inline(always)]
pub fn get(obj: Obj, index: Obj) -> Option<Obj> {
    let items = items(obj)?;
    let index = index.as_small()?;
    let at = if index < 0 { index.wrapping_add(items.len() as isize) } else { index };
    Some(Obj::small_wrapping(isize::from(items.get(at as usize)?)))
}

/// Sets byte `index` of a bytearray; false, and nothing happens, unless both are small ints in range.
#[inline(always)]
pub fn set(obj: Obj, index: Obj, value: Obj) -> bool {
    let (Some(items), Some(index), Some(value)) = (items(obj), index.as_small(), value.as_small()) else {
        return false;
    };
    let at = if index < 0 { index.wrapping_add(items.len() as isize) } else { index };
    value as usize <= 255 && items.set(at as usize, value as u8)
}

/// An int argument that is to be stored in a bytearray. As in MicroPython 2, it must be in range.
pub(super) fn item(vm: &mut Vm, obj: Obj) -> Res<u8> {
    match u8::try_from(arg::int(vm, obj)?) {
        Ok(byte) => Ok(byte),
        Err(_) => Err(vm.overflow_error(format_args!("integer out of range"))),
    }
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let [encoding, errors] = text::codec::DEFAULTS;
    let mut values = [Obj::NONE, encoding, errors];
    vm.bind_args(args, &[q!("source"), q!("encoding"), q!("errors")], 3, &mut values)?;
    let [source, encoding, errors] = values;
    let n_args = args.pos.len() + args.kw.len();
    let items = GcVec::new();
    if n_args == 0 {
        return from_vec(vm, items);
    }
    let source = arg::plain(source);
    if let Some(text) = str::bytes_of(vm, source) {
        if n_args < 2 {
            return Err(vm.type_error(format_args!("string argument without an encoding")));
        }
        let encoded = text::codec::encode(vm, text, encoding, errors)?;
        items.extend(vm, bytes::bytes_of(encoded).unwrap_or(&[]))?;
    } else if n_args > 1 {
        return Err(vm.type_error(format_args!("encoding without a string argument")));
    } else if arg::plain_int(vm, source)?.is_some() {
        let count = arg::int(vm, source)?;
        let Ok(count) = usize::try_from(count) else { return Err(vm.raise_args(&super::exception::VALUE_ERROR, &[])) };
        items.resize(vm, count, 0)?;
    } else if let Some(buffer) = memoryview::contents(vm, source)? {
        items.extend(vm, buffer.bytes())?;
    } else {
        bytes::collect(vm, &items, source)?;
    }
    from_vec(vm, items)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(items) = items(obj) else { return Ok(()) };
    sink.write(vm, "bytearray(b")?;
    str::print_bytes(vm, sink, items.slice())?;
    sink.write(vm, ")")
}

fn unary(_: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(items) = items(obj) else { return Ok(Obj::NULL) };
    Ok(match op {
        UnaryOp::Bool => Obj::bool(!items.is_empty()),
        UnaryOp::Len => Obj::small_wrapping(items.len() as isize),
        UnaryOp::SizeOf => {
            Obj::small_wrapping((size_of::<ByteArray>() + size_of::<usize>() + items.capacity()) as isize)
        }
        UnaryOp::Positive
        | UnaryOp::Negative
        | UnaryOp::Invert
        | UnaryOp::Not
        | UnaryOp::Hash
        | UnaryOp::Abs
        | UnaryOp::Int
        | UnaryOp::Float
        | UnaryOp::Complex => Obj::NULL,
    })
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some(a) = items(left) else { return Ok(Obj::NULL) };
    match op {
        BinaryOp::Multiply => return multiply(vm, left, right),
        BinaryOp::InplaceMultiply => {
            let Some(count) = sequence::times(vm, right)? else { return Ok(Obj::NULL) };
            repeat(vm, a, usize::try_from(count).unwrap_or(0))?;
            return Ok(left);
        }
        BinaryOp::Contains => return bytes::contains(vm, a.slice(), right),
        BinaryOp::Modulo | BinaryOp::InplaceModulo => return str::percent::modulo(vm, left, right),
        BinaryOp::Add => {
            let b = vm.buffer(right, false)?;
            let sum = GcVec::with_capacity(vm, a.len() + b.len())?;
            sum.extend(vm, a.slice())?;
            sum.extend(vm, b.bytes())?;
            return from_vec(vm, sum);
        }
        BinaryOp::InplaceAdd => {
            let b = vm.buffer(right, false)?;
            a.extend(vm, b.bytes())?;
            return Ok(left);
        }
        _ => {}
    }
    if str::is_str(right) {
        return Ok(if op == BinaryOp::Equal { Obj::FALSE } else { Obj::NULL });
    }
    match vm.buffer_of(right, false)? {
        Some(b) => Ok(bytes::compare(op, a.slice(), b.bytes())),
        None => Ok(Obj::NULL),
    }
}

fn reflected(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    if op == BinaryOp::Multiply { multiply(vm, right, left) } else { Ok(Obj::NULL) }
}

fn multiply(vm: &mut Vm, obj: Obj, count: Obj) -> Res {
    let (Some(items), Some(count)) = (items(obj), sequence::times(vm, count)?) else { return Ok(Obj::NULL) };
    let copy = GcVec::from_slice(vm, items.slice())?;
    repeat(vm, &copy, usize::try_from(count).unwrap_or(0))?;
    from_vec(vm, copy)
}

/// Makes `items` be itself `count` times over.
pub(super) fn repeat(vm: &mut Vm, items: &GcVec<u8>, count: usize) -> Res<()> {
    let len = items.len();
    if count == 0 || len == 0 {
        items.truncate(0);
        return Ok(());
    }
    let Some(more) = len.checked_mul(count - 1) else { return Err(vm.memory_error()) };
    items.reserve(vm, more)?;
    for _ in 1..count {
        items.extend(vm, items.slice().get(..len).unwrap_or(&[]))?;
    }
    Ok(())
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    if let Some(item) = get(obj, index) {
        return Ok(item);
    }
    if let Some(piece) = text::slice::get(vm, obj, index)? {
        return Ok(piece);
    }
    let Some(items) = items(obj) else { return Ok(Obj::NULL) };
    let at = sequence::index_of(vm, obj, index)?;
    match sequence::wrap(at, items.len()).and_then(|at| items.get(at)) {
        Some(byte) => Ok(Obj::small_wrapping(isize::from(byte))),
        None => Err(sequence::out_of_range(vm, obj)),
    }
}

fn set_item(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res<()> {
    let Some(items) = items(obj) else { return Ok(()) };
    if let Some(slice) = Gc::<Slice>::exact(index) {
        return set_slice(vm, items, slice, value);
    }
    let index = sequence::index_of(vm, obj, index)?;
    // Before the length is looked at: an `__index__` may change it.
    let byte = if value.is_null() { None } else { Some(item(vm, value)?) };
    match (sequence::wrap(index, items.len()), byte) {
        (Some(at), Some(byte)) => {
            items.set(at, byte);
        }
        (Some(at), None) => {
            items.remove(at);
        }
        (None, _) => return Err(sequence::out_of_range(vm, obj)),
    }
    Ok(())
}

/// `obj[slice] = value`, or `del obj[slice]`.
fn set_slice(vm: &mut Vm, items: &GcVec<u8>, slice: Gc<Slice>, value: Obj) -> Res<()> {
    let parts = slice::parts(vm, slice)?;
    let given = GcVec::new();
    let from = if value.is_null() {
        Buffer::of_bytes(&[], b'B')
    } else if str::is_str(arg::plain(value)) {
        right_side(vm, value)?
    } else if let Some(bytes) = memoryview::contents(vm, arg::plain(value))? {
        bytes
    } else {
        bytes::collect(vm, &given, value)?;
        given.buffer(b'B')
    };
    let indices = parts.of_length(items.len());
    if indices.step == 1 {
        let start = indices.nth(0).min(items.len());
        return splice(vm, items, start, indices.count, from);
    }
    if value.is_null() || from.is_empty() {
        // From the highest index down, so that the others stay where they are.
        for n in 0..indices.count {
            let n = if indices.step > 0 { indices.count - 1 - n } else { n };
            items.remove(indices.nth(n));
        }
        return Ok(());
    }
    if from.len() != indices.count {
        let (count, len) = (indices.count, from.len());
        return Err(
            vm.value_error(format_args!("attempt to assign bytes of size {len} to extended slice of size {count}"))
        );
    }
    for (n, byte) in from.bytes().iter().enumerate() {
        items.set(indices.nth(n), *byte);
    }
    Ok(())
}

/// Bytes on the right side of an assignment to a slice.
pub(super) fn right_side(vm: &mut Vm, value: Obj) -> Res<Buffer> {
    let plain = arg::plain(value);
    match if str::is_str(plain) { None } else { memoryview::contents(vm, plain)? } {
        Some(buffer) => Ok(buffer),
        None => Err(vm.type_error(format_args!("array/bytes required on right side"))),
    }
}

/// Puts `from`, which may be a piece of `items`, in the place of `count` bytes at `start`.
pub(super) fn splice(vm: &mut Vm, items: &GcVec<u8>, start: usize, count: usize, from: Buffer) -> Res<()> {
    let same = from.len().min(count);
    let more = match from.bytes().get(same..) {
        None | Some([]) => GcVec::new(),
        Some(more) => GcVec::from_slice(vm, more)?,
    };
    if let Some(from) = from.part(0, same, b'B') {
        items.buffer(b'B').copy_from(start, from);
    }
    if from.len() < count {
        items.remove_range(start + same, count - same);
        return Ok(());
    }
    items.insert_slice(vm, start + same, more.slice())
}

fn buffer(_: &mut Vm, obj: Obj, _: bool) -> Res<Option<Buffer>> {
    Ok(items(obj).map(|items| items.buffer(b'B')))
}
