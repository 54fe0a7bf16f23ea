//! str: text, as an interned name or as a heap object with the bytes behind it.

pub mod arg;
mod build;
mod complex;
pub mod digits;
pub mod find;
pub mod format;
mod iter;
mod number;
pub(super) mod percent;
mod quote;
mod single;
mod spec;

use core::cell::Cell;
use core::fmt;

pub use build::{Builder, Bytes};
pub use quote::{print_bytes, print_text};

use crate::Vm;
use crate::gc::Kind;
use crate::q;
use crate::qstr::Qstr;
use crate::types::sequence;
use crate::types::text::slice;
use crate::value::{BinaryOp, Buffer, Flags, Gc, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp, put};

/// Body of a text that is not interned: the UTF-8 bytes follow it.
#[repr(C)]
pub struct Str {
    /// Hash of the bytes; 0 until it is first needed.
    pub hash: Cell<u32>,
    /// Length in characters.
    pub chars: u32,
    /// Length in bytes.
    pub len: usize,
}

impl Object for Str {
    const TYPE: &'static Type = &TYPE;
    const KIND: Kind = Kind::Leaf;
}

/// `str`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SEQUENCE),
    make: Some(crate::types::text::codec::make_str),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    reflected: Some(reflected),
    get_item: Some(get_item),
    iter: Some(iter::make),
    buffer: Some(buffer),
    table: crate::types::text::STR_TABLE,
    ..Type::new(q!("str"))
};

/// Longer texts are not looked up among the static names when they are made.
const LONGEST_STATIC: usize = 24;

/// A str object with this text.
pub fn new(vm: &mut Vm, text: &str) -> Res {
    if text.len() <= LONGEST_STATIC
        && let Some(name) = crate::qstr::find_static(text)
    {
        return Ok(Obj::name(name));
    }
    from_utf8(vm, text.as_bytes())
}

/// A str object with these bytes, which the caller knows to be UTF-8: whole characters of other texts.
#[inline]
pub fn from_utf8(vm: &mut Vm, bytes: &[u8]) -> Res {
    if let [] | [_] = bytes {
        return single::new(vm, bytes);
    }
    Ok(alloc(vm, bytes.len(), find::count_chars(bytes), &[bytes])?.obj())
}

/// A str of `len` bytes and `chars` characters that begins with `pieces`. The caller fills in the rest at once.
pub(in crate::types) fn alloc(vm: &mut Vm, len: usize, chars: usize, pieces: &[&[u8]]) -> Res<Gc<Str>> {
    let body = Str { hash: Cell::new(0), chars: chars as u32, len };
    let str = Gc::alloc_with_tail(vm, TypeRef::of(&TYPE), body, len)?;
    let mut at = 0;
    for piece in pieces {
        str.tail_copy_at(at, piece);
        at += piece.len();
    }
    Ok(str)
}

/// Makes `str`, which was made with room for `text`, a str of it. Only for what the machine keeps ready: a str never changes.
pub(in crate::types) fn renew(str: Gc<Str>, text: &str) {
    let body = Str { hash: Cell::new(0), chars: find::count_chars(text.as_bytes()) as u32, len: text.len() };
    str.renew(TypeRef::of(&TYPE), body);
    str.tail_copy(text.as_bytes());
}

/// A str of one character.
pub fn from_char(vm: &mut Vm, c: char) -> Res {
    from_utf8(vm, c.encode_utf8(&mut [0; 4]).as_bytes())
}

/// The UTF-8 bytes of a str object (not of a subclass's instance: see `arg::text`). Stays valid while the object lives.
#[inline]
pub fn bytes_of<'a>(vm: &Vm, obj: Obj) -> Option<&'a [u8]> {
    if let Some(name) = obj.as_name() {
        return Some(vm.text_of_name(name).as_bytes());
    }
    let str = Gc::<Str>::exact(obj)?;
    Some(str.tail_bytes(str.len))
}

/// The text of a str object.
#[inline]
pub fn text_of<'a>(vm: &Vm, obj: Obj) -> Option<&'a str> {
    core::str::from_utf8(bytes_of(vm, obj)?).ok()
}

/// The bytes of a str object and its length in characters.
#[inline]
pub fn bytes_and_chars<'a>(vm: &Vm, obj: Obj) -> Option<(&'a [u8], usize)> {
    if let Some(name) = obj.as_name() {
        return Some((vm.text_of_name(name).as_bytes(), vm.pool.chars_of(name)));
    }
    let str = Gc::<Str>::exact(obj)?;
    Some((str.tail_bytes(str.len), str.chars as usize))
}

/// Whether `obj` is exactly a str.
#[inline]
pub fn is_str(obj: Obj) -> bool {
    obj.is_name() || Gc::<Str>::exact(obj).is_some()
}

/// The name of a str object, interned now if it was not; `None` if `obj` is no str.
pub fn intern(vm: &mut Vm, obj: Obj) -> Res<Option<Qstr>> {
    if let Some(name) = obj.as_name() {
        return Ok(Some(name));
    }
    let Some(text) = text_of(vm, obj) else { return Ok(None) };
    match vm.pool.intern(text) {
        Ok(name) => Ok(Some(name)),
        Err(crate::mem::NoMemory) => Err(vm.memory_error()),
    }
}

/// A str object with formatted text.
pub fn from_format(vm: &mut Vm, text: fmt::Arguments<'_>) -> Res {
    let mut builder = Builder::new();
    put(vm, &mut builder, text)?;
    builder.finish(vm)
}

/// `str(obj)`: the object itself if it is a str.
pub fn str_of(vm: &mut Vm, obj: Obj) -> Res {
    if is_str(obj) { Ok(obj) } else { printed(vm, obj, PrintKind::Str) }
}

/// `repr(obj)`
pub fn repr_of(vm: &mut Vm, obj: Obj) -> Res {
    printed(vm, obj, PrintKind::Repr)
}

fn printed(vm: &mut Vm, obj: Obj, kind: PrintKind) -> Res {
    let mut builder = Builder::new();
    vm.print(&mut builder, obj, kind)?;
    builder.finish(vm)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, kind: PrintKind) -> Res<()> {
    let Some(text) = text_of(vm, obj) else { return Ok(()) };
    match kind {
        PrintKind::Str | PrintKind::Exception => sink.write(vm, text),
        PrintKind::Repr => print_text(vm, sink, text),
    }
}

fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    Ok(match op {
        UnaryOp::Bool => Obj::bool(bytes_of(vm, obj).is_some_and(|bytes| !bytes.is_empty())),
        UnaryOp::Len => Obj::small_wrapping(bytes_and_chars(vm, obj).map_or(0, |(_, chars)| chars) as isize),
        UnaryOp::Hash => Obj::small_wrapping(hash(vm, obj) as isize),
        UnaryOp::SizeOf => {
            let size = Gc::<Str>::exact(obj).map_or(0, |str| size_of::<Str>() + size_of::<usize>() + str.len);
            Obj::small_wrapping(size as isize)
        }
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

/// The hash of a str: that of its bytes, so that interned and other texts agree.
fn hash(vm: &Vm, obj: Obj) -> u32 {
    if let Some(name) = obj.as_name() {
        return vm.pool.hash_of(name);
    }
    let Some(str) = Gc::<Str>::exact(obj) else { return 1 };
    if str.hash.get() == 0 {
        str.hash.set(crate::qstr::hash(str.tail_bytes(str.len)));
    }
    str.hash.get()
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some((a, a_chars)) = bytes_and_chars(vm, left) else { return Ok(Obj::NULL) };
    match op {
        BinaryOp::Multiply | BinaryOp::InplaceMultiply => return multiply(vm, left, right),
        BinaryOp::Modulo | BinaryOp::InplaceModulo => return percent::modulo(vm, left, right),
        BinaryOp::Contains => {
            let b = arg::text(vm, right)?;
            return Ok(Obj::bool(find::find(a, b).is_some()));
        }
        _ => {}
    }
    let Some((b, b_chars)) = bytes_and_chars(vm, right) else { return Ok(Obj::NULL) };
    Ok(match op {
        BinaryOp::Add | BinaryOp::InplaceAdd => {
            if a.is_empty() {
                return Ok(right);
            }
            if b.is_empty() {
                return Ok(left);
            }
            return Ok(alloc(vm, a.len() + b.len(), a_chars + b_chars, &[a, b])?.obj());
        }
        BinaryOp::Equal => Obj::bool(a == b),
        BinaryOp::NotEqual => Obj::bool(a != b),
        BinaryOp::Less => Obj::bool(a < b),
        BinaryOp::LessEqual => Obj::bool(a <= b),
        BinaryOp::More => Obj::bool(a > b),
        BinaryOp::MoreEqual => Obj::bool(a >= b),
        _ => Obj::NULL,
    })
}

fn reflected(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    if op == BinaryOp::Multiply { multiply(vm, right, left) } else { Ok(Obj::NULL) }
}

fn multiply(vm: &mut Vm, text: Obj, count: Obj) -> Res {
    let (Some((bytes, chars)), Some(count)) = (bytes_and_chars(vm, text), sequence::times(vm, count)?) else {
        return Ok(Obj::NULL);
    };
    let count = usize::try_from(count).unwrap_or(0);
    if count == 0 || bytes.is_empty() {
        return Ok(Obj::name(q!("")));
    }
    if count == 1 {
        return Ok(text);
    }
    let Some(len) = bytes.len().checked_mul(count) else { return Err(vm.memory_error()) };
    let str = alloc(vm, len, chars.wrapping_mul(count), &[])?;
    for at in 0..count {
        str.tail_copy_at(at * bytes.len(), bytes);
    }
    Ok(str.obj())
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    let Some((bytes, chars)) = bytes_and_chars(vm, obj) else { return Ok(Obj::NULL) };
    if let Some(piece) = slice::get(vm, obj, index)? {
        return Ok(piece);
    }
    let at = arg::index_in(vm, index, chars, "string")?;
    if chars == bytes.len() {
        return single::new(vm, bytes.get(at..at + 1).unwrap_or(&[]));
    }
    let start = find::char_offset(bytes, at);
    let end = start + find::char_offset(bytes.get(start..).unwrap_or(&[]), 1);
    from_utf8(vm, bytes.get(start..end).unwrap_or(&[]))
}

fn buffer(vm: &mut Vm, obj: Obj, write: bool) -> Res<Option<Buffer>> {
    if write {
        return Ok(None);
    }
    Ok(bytes_of(vm, obj).map(|bytes| Buffer::of_bytes(bytes, b'B')))
}

#[cfg(test)]
mod format_tests;
#[cfg(test)]
mod tests;
