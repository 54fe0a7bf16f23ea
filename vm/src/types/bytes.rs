//! bytes: an immutable row of bytes, which lie behind the body, or where they stay for as long as the machine lives.

use core::cell::Cell;
use core::ptr::NonNull;

use crate::Vm;
use crate::gc::Kind;
use crate::q;
use crate::types::str::{self, arg, find};
use crate::types::{memoryview, sequence, text};
use crate::value::{
    Args, BinaryOp, Buffer, Flags, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp,
};

/// Body of a bytes object.
#[repr(C)]
pub struct Bytes {
    /// Hash of the bytes; 0 until it is first needed.
    pub hash: Cell<u32>,
    /// Number of bytes that follow. If there are none, a `Far` follows: machine code finds nothing then, and asks us.
    pub len: usize,
}

/// Bytes that lie elsewhere; all zero is no bytes.
#[repr(C)]
struct Far {
    start: Option<NonNull<u8>>,
    len: usize,
}

impl Object for Bytes {
    const TYPE: &'static Type = &TYPE;
    const KIND: Kind = Kind::Leaf;
}

/// `bytes`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::EQUAL_ACROSS).with(Flags::SEQUENCE),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    reflected: Some(reflected),
    get_item: Some(get_item),
    iter: Some(iter),
    buffer: Some(buffer),
    table: text::BYTES_TABLE,
    ..Type::new(q!("bytes"))
};

/// A bytes object with these bytes.
pub fn new(vm: &mut Vm, bytes: &[u8]) -> Res {
    Ok(alloc(vm, bytes.len(), &[bytes])?.obj())
}

/// As `new`, of bytes that stay where they are: they are not copied, unless that takes no more room.
pub fn new_static(vm: &mut Vm, bytes: &'static [u8]) -> Res {
    if bytes.len() <= size_of::<Far>() {
        return new(vm, bytes);
    }
    let object = alloc(vm, 0, &[])?;
    // SAFETY: `alloc` made room for it, behind a body that ends aligned to words.
    unsafe { object.tail().cast().write(Far { start: Some(NonNull::from_ref(bytes).cast()), len: bytes.len() }) };
    Ok(object.obj())
}

/// A bytes object of `len` bytes that begins with `pieces`. The caller fills in the rest at once.
pub(super) fn alloc(vm: &mut Vm, len: usize, pieces: &[&[u8]]) -> Res<Gc<Bytes>> {
    let room = if len == 0 { size_of::<Far>() } else { len };
    let object = Gc::alloc_with_tail(vm, TypeRef::of(&TYPE), Bytes { hash: Cell::new(0), len }, room)?;
    let mut at = 0;
    for piece in pieces {
        object.tail_copy_at(at, piece);
        at += piece.len();
    }
    Ok(object)
}

/// The bytes of a bytes object. Stays valid while the object lives.
#[inline]
pub fn bytes_of<'a>(obj: Obj) -> Option<&'a [u8]> {
    Gc::<Bytes>::exact(obj).map(all)
}

#[inline]
fn all<'a>(object: Gc<Bytes>) -> &'a [u8] {
    if object.len == 0 { far(object) } else { object.tail_bytes(object.len) }
}

#[inline(never)]
fn far<'a>(object: Gc<Bytes>) -> &'a [u8] {
    // SAFETY: without bytes behind the body there is a `Far`, which is zero or was made of bytes that stay.
    unsafe {
        match object.tail().cast::<Far>().read() {
            Far { start: Some(start), len } => core::slice::from_raw_parts(start.as_ptr(), len),
            Far { start: None, .. } => &[],
        }
    }
}

/// Byte `index` of a bytes object as an int; `None` if it is none, or the index is no small int inside.
#[inline(always)]
pub fn get(obj: Obj, index: Obj) -> Option<Obj> {
    let bytes = bytes_of(obj)?;
    let index = index.as_small()?;
    let at = if index < 0 { index.wrapping_add(bytes.len() as isize) } else { index };
    Some(Obj::small_wrapping(isize::from(*bytes.get(at as usize)?)))
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let [encoding, errors] = text::codec::DEFAULTS;
    let mut values = [Obj::NONE, encoding, errors];
    vm.bind_args(args, &[q!("source"), q!("encoding"), q!("errors")], 3, &mut values)?;
    let [source, encoding, errors] = values;
    let n_args = args.pos.len() + args.kw.len();
    if n_args == 0 {
        return new(vm, b"");
    }
    if let Some(method) = own_method(vm, source)? {
        let made = vm.call_bound(method, &[])?;
        return if bytes_of(made).is_some() { Ok(made) } else { Err(arg::wrong_kind(vm, made)) };
    }
    let source = arg::plain(source);
    if bytes_of(source).is_some() && n_args == 1 {
        return Ok(source);
    }
    if let Some(text) = str::bytes_of(vm, source) {
        if n_args < 2 {
            return Err(vm.type_error(format_args!("string argument without an encoding")));
        }
        return text::codec::encode(vm, text, encoding, errors);
    }
    if n_args > 1 {
        return Err(vm.type_error(format_args!("wrong number of arguments")));
    }
    if arg::plain_int(vm, source)?.is_some() {
        let count = arg::int(vm, source)?;
        let Ok(count) = usize::try_from(count) else { return Err(vm.raise_args(&super::exception::VALUE_ERROR, &[])) };
        return Ok(alloc(vm, count, &[])?.obj());
    }
    if let Some(buffer) = memoryview::contents(vm, source)? {
        return new(vm, buffer.bytes());
    }
    let bytes = GcVec::new();
    collect(vm, &bytes, source)?;
    new(vm, bytes.slice())
}

/// `__bytes__` of an instance whose class defines it.
fn own_method(vm: &mut Vm, obj: Obj) -> Res<Option<crate::value::Method>> {
    if !obj.type_of().flags.has(Flags::INSTANCE) {
        Ok(None)
    } else {
        super::instance::special(vm, obj, q!("__bytes__"))
    }
}

/// The bytes of what formatting of bytes writes as it is: objects that have bytes, or `__bytes__`; `None` for others, and for
/// texts.
pub fn raw_of<'a>(vm: &mut Vm, obj: Obj) -> Res<Option<&'a [u8]>> {
    if let Some(method) = own_method(vm, obj)? {
        let made = vm.call_bound(method, &[])?;
        return Ok(bytes_of(made));
    }
    if str::is_str(arg::plain(obj)) {
        return Ok(None);
    }
    Ok(memoryview::contents(vm, obj)?.map(Buffer::bytes))
}

/// Appends the ints that `iterable` gives.
pub(super) fn collect(vm: &mut Vm, bytes: &GcVec<u8>, iterable: Obj) -> Res<()> {
    let iter = vm.iter(iterable)?;
    while let Some(item) = vm.next(iter)?.non_null() {
        let byte = byte(vm, item)?;
        bytes.push(vm, byte)?;
    }
    Ok(())
}

/// An int argument that must be a byte.
pub(super) fn byte(vm: &mut Vm, obj: Obj) -> Res<u8> {
    match u8::try_from(sequence::int_of(vm, obj)?) {
        Ok(byte) => Ok(byte),
        Err(_) => Err(vm.value_error(format_args!("bytes value out of range"))),
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(bytes) = bytes_of(obj) else { return Ok(()) };
    sink.write(vm, "b")?;
    str::print_bytes(vm, sink, bytes)
}

fn unary(_: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(object) = Gc::<Bytes>::from_obj(obj) else { return Ok(Obj::NULL) };
    let bytes = all(object);
    Ok(match op {
        UnaryOp::Bool => Obj::bool(!bytes.is_empty()),
        UnaryOp::Len => Obj::small_wrapping(bytes.len() as isize),
        UnaryOp::Hash => {
            if object.hash.get() == 0 {
                object.hash.set(crate::qstr::hash(bytes));
            }
            Obj::small_wrapping(object.hash.get() as isize)
        }
        UnaryOp::SizeOf => Obj::small_wrapping((size_of::<Bytes>() + size_of::<usize>() + bytes.len()) as isize),
        UnaryOp::Positive
        | UnaryOp::Negative
        | UnaryOp::Invert
        | UnaryOp::Not
        | UnaryOp::Abs
        | UnaryOp::Int
        | UnaryOp::Float
        | UnaryOp::Complex => Obj::NULL,
    })
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some(a) = bytes_of(left) else { return Ok(Obj::NULL) };
    match op {
        BinaryOp::Multiply | BinaryOp::InplaceMultiply => return multiply(vm, left, right),
        BinaryOp::Contains => return contains(vm, a, right),
        BinaryOp::Modulo | BinaryOp::InplaceModulo => return str::percent::modulo(vm, left, right),
        _ => {}
    }
    // As upstream, a bytes object goes together with anything that has bytes; with str too, except for comparisons.
    let Some(buffer) = vm.buffer_of(right, false)? else { return Ok(Obj::NULL) };
    let b = buffer.bytes();
    if matches!(op, BinaryOp::Add | BinaryOp::InplaceAdd) {
        if b.is_empty() {
            return Ok(left);
        }
        if a.is_empty() && bytes_of(right).is_some() {
            return Ok(right);
        }
        return Ok(alloc(vm, a.len() + b.len(), &[a, b])?.obj());
    }
    if str::is_str(right) || (op == BinaryOp::Equal && arg::plain(right).is_exact(&super::array::TYPE)) {
        return Ok(if op == BinaryOp::Equal { Obj::FALSE } else { Obj::NULL });
    }
    if buffer.typecode != b'B' && sequence::is_comparison(op) {
        return memoryview::compare(vm, op, left, right);
    }
    Ok(compare(op, a, b))
}

/// A comparison of bytes; `Obj::NULL` for other operators.
pub(super) fn compare(op: BinaryOp, a: &[u8], b: &[u8]) -> Obj {
    match op {
        BinaryOp::Equal => Obj::bool(a == b),
        BinaryOp::NotEqual => Obj::bool(a != b),
        BinaryOp::Less => Obj::bool(a < b),
        BinaryOp::LessEqual => Obj::bool(a <= b),
        BinaryOp::More => Obj::bool(a > b),
        BinaryOp::MoreEqual => Obj::bool(a >= b),
        _ => Obj::NULL,
    }
}

/// `item in bytes`, where item is an int or bytes.
pub(super) fn contains(vm: &mut Vm, bytes: &[u8], item: Obj) -> Res {
    if let Some(value) = arg::plain_int(vm, item)? {
        return match u8::try_from(value) {
            Ok(byte) => Ok(Obj::bool(find::find_byte(bytes, byte).is_some())),
            Err(_) => Err(vm.value_error(format_args!("bytes value out of range"))),
        };
    }
    if str::is_str(arg::plain(item)) {
        return Err(arg::wrong_kind(vm, item));
    }
    match vm.buffer_of(item, false)? {
        Some(buffer) => Ok(Obj::bool(find::find(bytes, buffer.bytes()).is_some())),
        None => Err(arg::wrong_kind(vm, item)),
    }
}

fn reflected(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    if op == BinaryOp::Multiply { multiply(vm, right, left) } else { Ok(Obj::NULL) }
}

fn multiply(vm: &mut Vm, obj: Obj, count: Obj) -> Res {
    let (Some(bytes), Some(count)) = (bytes_of(obj), sequence::times(vm, count)?) else { return Ok(Obj::NULL) };
    let count = usize::try_from(count).unwrap_or(0);
    let Some(len) = bytes.len().checked_mul(count) else { return Err(vm.memory_error()) };
    let object = alloc(vm, len, &[])?;
    if !bytes.is_empty() {
        for at in 0..count {
            object.tail_copy_at(at * bytes.len(), bytes);
        }
    }
    Ok(object.obj())
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    if let Some(item) = get(obj, index) {
        return Ok(item);
    }
    if let Some(piece) = text::slice::get(vm, obj, index)? {
        return Ok(piece);
    }
    let Some(bytes) = bytes_of(obj) else { return Ok(Obj::NULL) };
    let at = arg::index_in(vm, index, bytes.len(), "bytes")?;
    Ok(Obj::small_wrapping(bytes.get(at).map_or(0, |&byte| isize::from(byte))))
}

fn buffer(_: &mut Vm, obj: Obj, write: bool) -> Res<Option<Buffer>> {
    Ok(if write { None } else { bytes_of(obj).map(|bytes| Buffer::of_bytes(bytes, b'B')) })
}

/// Body of an iterator over what has bytes and is indexed by them.
struct Iter {
    of: Obj,
    at: Cell<usize>,
}

impl Object for Iter {
    const TYPE: &'static Type = &ITER;
}

static ITER: Type =
    Type { flags: Flags::SELF_ITER, next: Some(next), table: super::iter::TABLE, ..Type::new(q!("iterator")) };

/// `iter(obj)` for bytes and bytearray.
pub(super) fn iter(vm: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::alloc_iter(vm, Iter { of: obj, at: Cell::new(0) })?.obj())
}

fn next(_: &mut Vm, obj: Obj) -> Res {
    let Some(iter) = Gc::<Iter>::from_obj(obj) else { return Ok(Obj::NULL) };
    let at = iter.at.get();
    let byte = match bytes_of(iter.of) {
        Some(bytes) => bytes.get(at).copied(),
        None => super::bytearray::items(iter.of).and_then(|items| items.get(at)),
    };
    let Some(byte) = byte else {
        // An exhausted iterator stays so when a bytearray grows.
        iter.at.set(usize::MAX);
        return Ok(Obj::NULL);
    };
    iter.at.set(at + 1);
    Ok(Obj::small_wrapping(isize::from(byte)))
}
