//! array: a growable row of numbers of one type, or of any objects (typecode 'O').

mod iter;
mod methods;

pub use iter::make as iterate;
pub use methods::code_text;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::item::{self, Order};
use crate::types::slice::{self, Slice};
use crate::types::str::{self, arg};
use crate::types::{bytearray, bytes, sequence};
use crate::value::{
    Args, BinaryOp, Buffer, Flags, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp, put,
};

/// Body of an array.
#[repr(C)]
pub struct Array {
    /// What the items are.
    pub code: u8,
    /// Bytes of an item.
    pub size: u8,
    /// The items as bytes; empty for typecode 'O'.
    pub items: GcVec<u8>,
    /// The items of typecode 'O'.
    pub objs: GcVec<Obj>,
}

impl Object for Array {
    const TYPE: &'static Type = &TYPE;
}

/// `array`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::EQUAL_ACROSS).with(Flags::SEQUENCE).with(Flags::MUTABLE),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    reflected: Some(reflected),
    get_attr: Some(get_attr),
    get_item: Some(get_item),
    set_item: Some(set_item),
    iter: Some(iter::make),
    buffer: Some(buffer),
    table: methods::TABLE,
    ..Type::new(q!("array"))
};

/// Typecode of arrays of objects.
const OBJECTS: u8 = b'O';

/// An empty array; ValueError if there is no such typecode.
pub fn new(vm: &mut Vm, code: u8) -> Res<Gc<Array>> {
    let size = match item::size_of(code) {
        Some(size) if code != b'?' && code != b'e' => size,
        _ if code == OBJECTS => size_of::<Obj>(),
        _ => return Err(item::bad_code(vm)),
    };
    Gc::alloc(vm, Array { code, size: size as u8, items: GcVec::new(), objs: GcVec::new() })
}

impl Array {
    /// Bytes of an item.
    pub fn item_size(&self) -> usize {
        usize::from(self.size).max(1)
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        if self.code == OBJECTS { self.objs.len() } else { self.items.len() / self.item_size() }
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Item `at`; `Obj::NULL` past the end.
    #[inline]
    pub fn get(&self, vm: &mut Vm, at: usize) -> Res {
        if at >= self.len() {
            return Ok(Obj::NULL);
        }
        if self.code == OBJECTS {
            return Ok(self.objs.get(at).unwrap_or(Obj::NULL));
        }
        let size = self.item_size();
        match self.items.slice().get(at * size..at * size + size) {
            Some(bytes) => item::load(vm, self.code, bytes, Order::NATIVE),
            None => Ok(Obj::NULL),
        }
    }

    /// Sets item `at`; nothing happens past the end.
    pub fn set(&self, vm: &mut Vm, at: usize, value: Obj) -> Res<()> {
        if self.code == OBJECTS {
            self.objs.set(at, value);
            return Ok(());
        }
        let mut bytes = [0; 8];
        let bytes = bytes.get_mut(..self.item_size()).unwrap_or_default();
        item::store(vm, self.code, value, bytes, Order::NATIVE)?;
        self.items.buffer(b'B').copy_in(at * self.item_size(), bytes);
        Ok(())
    }

    /// Adds an item at the end.
    pub fn push(&self, vm: &mut Vm, value: Obj) -> Res<()> {
        if self.code == OBJECTS {
            return self.objs.push(vm, value);
        }
        let mut bytes = [0; 8];
        let bytes = bytes.get_mut(..self.item_size()).unwrap_or_default();
        item::store(vm, self.code, value, bytes, Order::NATIVE)?;
        self.items.extend(vm, bytes)
    }

    /// Adds what an iterable gives, or the whole items in the bytes of anything that has bytes.
    pub fn extend(&self, vm: &mut Vm, more: Obj) -> Res<()> {
        if let Some(other) = Gc::<Array>::exact(more) {
            if other.code != self.code {
                return Err(vm.type_error(format_args!("can only extend with array of same kind")));
            }
            if self.code == OBJECTS {
                return self.objs.extend(vm, other.objs.slice());
            }
        }
        let buffer = if self.code == OBJECTS || str::is_str(more) { None } else { vm.buffer_of(more, false)? };
        match buffer {
            Some(buffer) => {
                let whole = buffer.len() - buffer.len() % self.item_size();
                self.items.extend(vm, buffer.bytes().get(..whole).unwrap_or(&[]))
            }
            None => {
                let iter = vm.iter(more)?;
                self.extend_from(vm, iter)
            }
        }
    }

    fn extend_from(&self, vm: &mut Vm, iter: Obj) -> Res<()> {
        while let Some(item) = vm.next(iter)?.non_null() {
            self.push(vm, item)?;
        }
        Ok(())
    }

    /// A new array of the same type with items `start..start + count`, each `step` further.
    fn piece(&self, vm: &mut Vm, indices: slice::Indices) -> Res {
        let piece = new(vm, self.code)?;
        let size = self.item_size();
        if indices.step == 1 && self.code != OBJECTS {
            let from = indices.nth(0) * size;
            piece.items.extend(vm, self.items.slice().get(from..from + indices.count * size).unwrap_or(&[]))?;
            return Ok(piece.obj());
        }
        for n in 0..indices.count {
            let item = self.get(vm, indices.nth(n))?;
            if !item.is_null() {
                piece.push(vm, item)?;
            }
        }
        Ok(piece.obj())
    }
}

/// Item `index` of an array, if it needs no memory and the index is a small int inside: for the interpreter.
#[inline(always)]
pub fn get(obj: Obj, index: Obj) -> Option<Obj> {
    let array = Gc::<Array>::exact(obj)?;
    let index = index.as_small()?;
    let at = if index < 0 { index.wrapping_add(array.len() as isize) } else { index } as usize;
    let bytes = array.items.slice();
    macro_rules! int {
        ($ty:ty) => {{
            let (items, _) = bytes.as_chunks::<{ size_of::<$ty>() }>();
            isize::try_from(<$ty>::from_ne_bytes(*items.get(at)?)).ok().and_then(Obj::small)
        }};
    }
    match array.code {
        b'B' => int!(u8),
        b'b' => int!(i8),
        b'H' => int!(u16),
        b'h' => int!(i16),
        b'I' => int!(u32),
        b'i' => int!(i32),
        b'd' => {
            let (items, _) = bytes.as_chunks::<8>();
            Obj::float_word(f64::from_ne_bytes(*items.get(at)?))
        }
        _ => None,
    }
}

/// `array(typecode[, initializer])`
fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 2)?;
    let [code, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let code = match arg::text(vm, *code)? {
        &[code] => code,
        // One character, but no typecode.
        text if text.iter().filter(|byte| **byte & 0xC0 != 0x80).count() == 1 => 0,
        _ => return Err(vm.type_error(format_args!("typecode must be a character"))),
    };
    let [from, ..] = rest else { return new(vm, code).map(Gc::obj) };
    if code != OBJECTS && str::is_str(arg::plain(*from)) {
        return Err(arg::wrong_kind(vm, *from));
    }
    if code != OBJECTS && (bytes::bytes_of(*from).is_some() || bytearray::items(*from).is_some()) {
        let array = new(vm, code)?.obj();
        methods::frombytes(vm, array, *from)?;
        return Ok(array);
    }
    // What cannot be iterated is told of before what is no typecode.
    let iter = vm.iter(*from)?;
    let array = new(vm, code)?;
    array.extend_from(vm, iter)?;
    Ok(array.obj())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(array) = Gc::<Array>::from_obj(obj) else { return Ok(()) };
    let code = char::from(array.code);
    put(vm, sink, format_args!("array('{code}'"))?;
    let mut at = 0;
    while at < array.len() {
        sink.write(vm, if at == 0 { ", [" } else { ", " })?;
        let item = array.get(vm, at)?;
        vm.print(sink, item, PrintKind::Repr)?;
        at += 1;
    }
    sink.write(vm, if at > 0 { "])" } else { ")" })
}

fn unary(_: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(array) = Gc::<Array>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(match op {
        UnaryOp::Bool => Obj::bool(!array.is_empty()),
        UnaryOp::Len => Obj::small_wrapping(array.len() as isize),
        UnaryOp::SizeOf => {
            let storage = array.items.capacity() + array.objs.capacity() * size_of::<Obj>();
            Obj::small_wrapping((size_of::<Array>() + size_of::<usize>() + storage) as isize)
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
    let Some(a) = Gc::<Array>::from_obj(left) else { return Ok(Obj::NULL) };
    match op {
        // Texts have bytes, but numbers they are not.
        BinaryOp::Add | BinaryOp::InplaceAdd if str::is_str(arg::plain(right)) => Ok(Obj::NULL),
        BinaryOp::Add => {
            let buffer = vm.buffer(right, false)?;
            let sum = new(vm, a.code)?;
            sum.objs.extend(vm, a.objs.slice())?;
            sum.items.reserve(vm, a.items.len() + buffer.len())?;
            sum.items.extend(vm, a.items.slice())?;
            sum.extend(vm, right)?;
            Ok(sum.obj())
        }
        BinaryOp::InplaceAdd => {
            vm.buffer(right, false)?;
            a.extend(vm, right)?;
            Ok(left)
        }
        BinaryOp::Multiply => {
            let Some(count) = sequence::times(vm, right)? else { return Ok(Obj::NULL) };
            let product = new(vm, a.code)?;
            repeat(vm, &product, a, count)?;
            Ok(product.obj())
        }
        BinaryOp::InplaceMultiply => {
            let Some(count) = sequence::times(vm, right)? else { return Ok(Obj::NULL) };
            let product = new(vm, a.code)?;
            repeat(vm, &product, a, count)?;
            a.items.take_from(&product.items);
            a.objs.take_from(&product.objs);
            Ok(left)
        }
        BinaryOp::Contains => Ok(Obj::bool(methods::find(vm, a, right)?.is_some())),
        // An array equals arrays only, whatever bytes others have.
        BinaryOp::Equal if Gc::<Array>::from_obj(arg::plain(right)).is_none() => Ok(Obj::NULL),
        BinaryOp::Equal | BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::More | BinaryOp::MoreEqual => {
            crate::types::memoryview::compare(vm, op, left, right)
        }
        _ => Ok(Obj::NULL),
    }
}

/// Fills an empty array with the items of another, `count` times over.
fn repeat(vm: &mut Vm, to: &Array, from: Gc<Array>, count: isize) -> Res<()> {
    let count = usize::try_from(count).unwrap_or(0);
    if from.is_empty() {
        return Ok(());
    }
    let (Some(bytes), Some(objs)) = (from.items.len().checked_mul(count), from.objs.len().checked_mul(count)) else {
        return Err(vm.memory_error());
    };
    to.items.reserve(vm, bytes)?;
    to.objs.reserve(vm, objs)?;
    for _ in 0..count {
        to.items.extend(vm, from.items.slice())?;
        to.objs.extend(vm, from.objs.slice())?;
    }
    Ok(())
}

fn reflected(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    if op == BinaryOp::Multiply { binary(vm, op, right, left) } else { Ok(Obj::NULL) }
}

fn get_attr(_: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(array) = Gc::<Array>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(if name == q!("itemsize") {
        Obj::small_wrapping(array.item_size() as isize)
    } else if name == q!("typecode") {
        methods::code_text(array.code)
    } else {
        Obj::NULL
    })
}

/// Where item `index` is. The length is asked for when `__index__` has been called.
fn place(vm: &mut Vm, obj: Obj, array: Gc<Array>, index: Obj) -> Res<usize> {
    let at = sequence::index_of(vm, obj, index)?;
    match sequence::wrap(at, array.len()) {
        Some(at) => Ok(at),
        None => Err(sequence::out_of_range(vm, obj)),
    }
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    if let Some(item) = get(obj, index) {
        return Ok(item);
    }
    let Some(array) = Gc::<Array>::from_obj(obj) else { return Ok(Obj::NULL) };
    if let Some(slice) = Gc::<Slice>::exact(index) {
        let parts = slice::parts(vm, slice)?;
        return array.piece(vm, parts.of_length(array.len()));
    }
    let at = place(vm, obj, array, index)?;
    array.get(vm, at)
}

fn set_item(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res<()> {
    let Some(array) = Gc::<Array>::from_obj(obj) else { return Ok(()) };
    if let Some(slice) = Gc::<Slice>::exact(index) {
        return methods::set_slice(vm, array, slice, value);
    }
    let at = place(vm, obj, array, index)?;
    if value.is_null() {
        methods::remove_items(array, at, 1);
        return Ok(());
    }
    array.set(vm, at, value)
}

fn buffer(_: &mut Vm, obj: Obj, write: bool) -> Res<Option<Buffer>> {
    let Some(array) = Gc::<Array>::from_obj(obj) else { return Ok(None) };
    if array.code == OBJECTS {
        // The words of objects are nobody's business.
        return Ok(if write { None } else { Some(Buffer::of_bytes(&[], b'B')) });
    }
    Ok(Some(array.items.buffer(array.code)))
}

#[cfg(test)]
mod tests;
