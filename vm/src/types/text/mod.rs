//! What str, bytes and bytearray have in common: their methods, and how each is read and made.

mod case;
pub mod codec;
mod grow;
pub mod hex;
mod pad;
mod predicates;
mod replace;
mod search;
pub mod slice;
mod split;
mod strip;
mod table;

pub use predicates::is_identifier;
pub use table::{BYTEARRAY_TABLE, BYTES_TABLE, STR_TABLE};

use crate::Vm;
use crate::types::bytes::Bytes;
use crate::types::str::{Str, arg, find};
use crate::types::{bytearray, bytes, str};
use crate::value::{Gc, GcVec, Obj, Res};

/// Which of the three types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// str
    Str,
    /// bytes
    Bytes,
    /// bytearray
    ByteArray,
}

/// A str, bytes or bytearray object with what is in it now.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    /// The object.
    pub obj: Obj,
    /// Its type.
    pub kind: Kind,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its length in items: characters or bytes.
    pub len: usize,
}

impl<'a> Text<'a> {
    /// What is in `obj`, if it is one of the three.
    pub fn of(vm: &Vm, obj: Obj) -> Option<Text<'a>> {
        if let Some((bytes, len)) = str::bytes_and_chars(vm, obj) {
            return Some(Text { obj, kind: Kind::Str, bytes, len });
        }
        if let Some(bytes) = bytes::bytes_of(obj) {
            return Some(Text { obj, kind: Kind::Bytes, bytes, len: bytes.len() });
        }
        let bytes = bytearray::items(obj)?.slice();
        Some(Text { obj, kind: Kind::ByteArray, bytes, len: bytes.len() })
    }

    /// The object that a method was called on.
    pub fn this(vm: &mut Vm, obj: Obj) -> Res<Text<'a>> {
        match Text::of(vm, arg::plain(obj)) {
            Some(text) => Ok(text),
            None => {
                let name = vm.type_name(obj);
                Err(vm.type_error(format_args!("argument should be a 'str' not a '{name}'")))
            }
        }
    }

    /// The bytes of an argument that must go together with this text: str with str, bytes with what has bytes.
    pub fn partner(&self, vm: &mut Vm, obj: Obj) -> Res<&'a [u8]> {
        match Text::of(vm, arg::plain(obj)) {
            Some(other) if (other.kind == Kind::Str) == (self.kind == Kind::Str) => Ok(other.bytes),
            None if self.kind != Kind::Str => match vm.buffer_of(obj, false)? {
                Some(buffer) => Ok(buffer.bytes()),
                None => Err(arg::wrong_kind(vm, obj)),
            },
            Some(_) | None => Err(arg::wrong_kind(vm, obj)),
        }
    }

    /// Whether each byte is an item: bytes, or a str of ASCII.
    pub fn is_flat(&self) -> bool {
        self.len == self.bytes.len()
    }

    /// The text of a str; empty for bytes.
    pub fn as_str(&self) -> &'a str {
        if self.kind == Kind::Str { core::str::from_utf8(self.bytes).unwrap_or("") } else { "" }
    }

    /// The number of the item at a byte offset.
    pub fn item_at(&self, offset: usize) -> usize {
        if self.is_flat() { offset } else { find::count_chars(self.bytes.get(..offset).unwrap_or(&[])) }
    }

    /// The byte offset of item number `item`.
    pub fn offset_of(&self, item: usize) -> usize {
        if self.is_flat() { item.min(self.len) } else { find::char_offset(self.bytes, item) }
    }

    /// A new object of this type with these bytes, which for a str are whole characters.
    pub fn like(&self, vm: &mut Vm, bytes: &[u8]) -> Res {
        self.kind.make(vm, bytes)
    }

    /// This object if it cannot change, else a copy.
    pub fn itself(&self, vm: &mut Vm) -> Res {
        if self.kind == Kind::ByteArray { self.like(vm, self.bytes) } else { Ok(self.obj) }
    }
}

impl Kind {
    /// A new object of this type with these bytes, which for a str are UTF-8.
    pub fn make(self, vm: &mut Vm, bytes: &[u8]) -> Res {
        match self {
            Kind::Str => str::from_utf8(vm, bytes),
            Kind::Bytes => bytes::new(vm, bytes),
            Kind::ByteArray => bytearray::new(vm, bytes),
        }
    }
}

/// A new object of known length, which is filled from the front.
pub struct Fill {
    target: Target,
    at: usize,
}

enum Target {
    Str(Gc<Str>),
    Bytes(Gc<Bytes>),
    ByteArray(GcVec<u8>),
}

impl Fill {
    /// Memory for `len` bytes, which will make `items` items.
    pub fn new(vm: &mut Vm, kind: Kind, len: usize, items: usize) -> Res<Fill> {
        let target = match kind {
            Kind::Str => Target::Str(str::alloc(vm, len, items, &[])?),
            Kind::Bytes => Target::Bytes(bytes::alloc(vm, len, &[])?),
            Kind::ByteArray => Target::ByteArray(GcVec::with_capacity(vm, len)?),
        };
        Ok(Fill { target, at: 0 })
    }

    /// Adds bytes; together they must not be more than the length.
    pub fn push(&mut self, vm: &mut Vm, bytes: &[u8]) -> Res<()> {
        match &self.target {
            Target::Str(str) if self.at + bytes.len() <= str.len => str.tail_copy_at(self.at, bytes),
            Target::Bytes(object) if self.at + bytes.len() <= object.len => object.tail_copy_at(self.at, bytes),
            Target::ByteArray(items) => items.extend(vm, bytes)?,
            Target::Str(_) | Target::Bytes(_) => {}
        }
        self.at += bytes.len();
        Ok(())
    }

    /// The object.
    pub fn finish(self, vm: &mut Vm) -> Res {
        match self.target {
            Target::Str(str) => Ok(str.obj()),
            Target::Bytes(object) => Ok(object.obj()),
            Target::ByteArray(items) => bytearray::from_vec(vm, items),
        }
    }
}

#[cfg(test)]
mod tests;
