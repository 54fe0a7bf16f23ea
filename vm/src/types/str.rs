//! str: text, as an interned name or as a heap object with the bytes behind it.

use core::cell::Cell;

use crate::Vm;
use crate::gc::Kind;
use crate::q;
use crate::qstr::Qstr;
use crate::value::{Flags, Gc, Obj, Object, Res, Type, TypeRef};

/// Body of a text that is not interned: the UTF-8 bytes follow it.
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
pub static TYPE: Type = Type { flags: Flags::BASE, ..Type::new(q!("str")) };

/// A str object with this text.
pub fn new(vm: &mut Vm, text: &str) -> Res {
    if let Some(name) = crate::qstr::find_static(text) {
        return Ok(Obj::name(name));
    }
    let body = Str { hash: Cell::new(0), chars: text.chars().count() as u32, len: text.len() };
    let str = Gc::alloc_with_tail(vm, TypeRef::of(&TYPE), body, text.len())?;
    str.tail_copy(text.as_bytes());
    Ok(str.obj())
}

/// The UTF-8 bytes of a str object (also of a subclass's value). Stays valid while the object lives.
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
pub fn from_format(vm: &mut Vm, text: core::fmt::Arguments<'_>) -> Res {
    let mut bytes = Bytes(crate::value::GcVec::new());
    crate::value::put(vm, &mut bytes, text)?;
    match core::str::from_utf8(bytes.0.slice()) {
        Ok(text) => new(vm, text),
        Err(_) => Ok(Obj::name(q!(""))),
    }
}

/// A sink that collects text.
pub struct Bytes(pub crate::value::GcVec<u8>);

impl crate::value::Sink for Bytes {
    fn write(&mut self, vm: &mut Vm, text: &str) -> Res<()> {
        self.0.extend(vm, text.as_bytes())
    }
}
