//! memoryview: a window on the bytes of another object.

mod facts;

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::item::{self, Order};
use crate::types::slice::{self, Slice};
use crate::types::str::{self, arg};
use crate::types::{array, bytearray, bytes, list, sequence, text};
use crate::value::{
    Args, BinaryOp, Buffer, Entry, Flags, Gc, GcVec, Obj, Object, Raise, Res, Rom, Type, TypeRef, UnaryOp, fun1, kw,
    named, row, var,
};

/// Body of a memoryview. The bytes are looked up in the owner each time, as it may grow.
#[repr(C)]
pub struct MemoryView {
    /// Whose bytes these are; `Obj::NULL` when the view was released.
    pub of: Cell<Obj>,
    /// Byte offset of the first item.
    pub start: usize,
    /// Number of items.
    pub len: usize,
    /// Distance of the items, in items.
    pub step: isize,
    /// What the items are.
    pub code: u8,
    /// Whether items can be set.
    pub writable: bool,
}

impl Object for MemoryView {
    const TYPE: &'static Type = &TYPE;
}

/// `memoryview`
pub static TYPE: Type = Type {
    flags: Flags::EQUAL_ACROSS.with(Flags::SIZED).with(Flags::INDEXED).with(Flags::MUTABLE),
    make: Some(make),
    unary: Some(unary),
    binary: Some(binary),
    get_item: Some(get_item),
    set_item: Some(set_item),
    iter: Some(array::iterate),
    buffer: Some(buffer),
    table: TABLE,
    ..Type::new(q!("memoryview"))
};

static TABLE: &[Entry] = &[
    row(q!("hex"), kw(1, text::hex::hex)),
    row(q!("tobytes"), named(1, &[(q!("order"), Obj::NONE)], tobytes)),
    row(q!("tolist"), fun1(tolist)),
    row(q!("cast"), named(1, &[(q!("format"), Obj::NULL), (q!("shape"), Obj::NONE)], cast)),
    row(q!("toreadonly"), fun1(toreadonly)),
    row(q!("release"), fun1(release)),
    row(q!("__enter__"), fun1(enter)),
    row(q!("__exit__"), var(4, 4, exit)),
    row(q!("itemsize"), Rom::Get(facts::itemsize)),
    row(q!("nbytes"), Rom::Get(facts::nbytes)),
    row(q!("format"), Rom::Get(facts::format)),
    row(q!("readonly"), Rom::Get(facts::readonly)),
    row(q!("obj"), Rom::Get(facts::owner)),
    row(q!("ndim"), Rom::Get(facts::ndim)),
    row(q!("shape"), Rom::Get(facts::shape)),
    row(q!("strides"), Rom::Get(facts::strides)),
    row(q!("suboffsets"), Rom::Get(facts::suboffsets)),
    row(q!("c_contiguous"), Rom::Get(facts::contiguous)),
    row(q!("f_contiguous"), Rom::Get(facts::contiguous)),
    row(q!("contiguous"), Rom::Get(facts::contiguous)),
];

impl MemoryView {
    fn size(&self) -> usize {
        item::size_of(self.code).unwrap_or(1)
    }

    /// Whether the items lie one behind the other.
    fn is_whole(&self) -> bool {
        self.step == 1 || self.len == 1
    }

    /// A view with other items of the same owner.
    fn again(&self, vm: &mut Vm, start: usize, len: usize, step: isize) -> Res {
        let body = MemoryView { of: self.of.clone(), start, len, step, code: self.code, writable: self.writable };
        Ok(Gc::alloc(vm, body)?.obj())
    }
}

/// The view that a method is called on, which must not be released.
fn open(vm: &mut Vm, obj: Obj) -> Res<Gc<MemoryView>> {
    let view = sequence::this::<MemoryView>(vm, obj)?;
    if view.of.get().is_null() {
        return Err(vm.value_error(format_args!("operation forbidden on released memoryview object")));
    }
    Ok(view)
}

/// The bytes of item `at`; `None` past the end, or if the owner has no longer so many.
fn place(vm: &mut Vm, view: Gc<MemoryView>, at: usize, write: bool) -> Res<Option<Buffer>> {
    if at >= view.len {
        return Ok(None);
    }
    let size = view.size();
    let offset = (at as isize).wrapping_mul(view.step).wrapping_mul(size as isize);
    let Some(start) = view.start.checked_add_signed(offset) else { return Ok(None) };
    Ok(vm.buffer_of(view.of.get(), write)?.and_then(|whole| whole.part(start, size, view.code)))
}

/// Item `at`; `Obj::NULL` past the end.
pub fn item(vm: &mut Vm, view: Gc<MemoryView>, at: usize) -> Res {
    match place(vm, view, at, false)? {
        Some(bytes) => load(vm, view.code, bytes.bytes()),
        None => Ok(Obj::NULL),
    }
}

fn load(vm: &mut Vm, code: u8, from: &[u8]) -> Res {
    if code == b'c' { bytes::new(vm, from) } else { item::load(vm, code, from, Order::NATIVE) }
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL];
    vm.bind_args(args, &[q!("object")], 1, &mut values)?;
    let of = arg::plain(values[0]);
    if let Some(other) = Gc::<MemoryView>::exact(of) {
        let view = open(vm, of)?;
        return view.again(vm, other.start, other.len, other.step);
    }
    if str::is_str(of) {
        return Err(vm.type_error(format_args!("object with buffer protocol required")));
    }
    let buffer = vm.buffer(of, false)?;
    let writable = vm.buffer_of(of, true)?.is_some();
    let len = buffer.len() / item::size_of(buffer.typecode).unwrap_or(1);
    let body = MemoryView { of: Cell::new(of), start: 0, len, step: 1, code: buffer.typecode, writable };
    Ok(Gc::alloc(vm, body)?.obj())
}

fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let view = open(vm, obj)?;
    Ok(match op {
        UnaryOp::Hash if view.writable => {
            return Err(vm.value_error(format_args!("can't hash writable memoryview object")));
        }
        UnaryOp::Hash if !matches!(view.code, b'B' | b'b' | b'c') => {
            return Err(vm.value_error(format_args!("can hash memoryviews of bytes only")));
        }
        UnaryOp::Hash => {
            vm.hash(view.of.get())?;
            let same = tobytes(vm, &[obj])?;
            Obj::small_wrapping(vm.hash(same)? as isize)
        }
        UnaryOp::Bool => Obj::bool(view.len != 0),
        UnaryOp::Len => Obj::small_wrapping(view.len as isize),
        UnaryOp::Positive
        | UnaryOp::Negative
        | UnaryOp::Invert
        | UnaryOp::Not
        | UnaryOp::Abs
        | UnaryOp::Int
        | UnaryOp::Float
        | UnaryOp::Complex
        | UnaryOp::SizeOf => Obj::NULL,
    })
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    match op {
        BinaryOp::Equal | BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::More | BinaryOp::MoreEqual => {
            compare(vm, op, left, right)
        }
        BinaryOp::Contains => {
            let view = open(vm, left)?;
            let mut at = 0;
            while let Some(item) = item(vm, view, at)?.non_null() {
                if vm.equal(item, right)? {
                    return Ok(Obj::TRUE);
                }
                at += 1;
            }
            Ok(Obj::FALSE)
        }
        _ => Ok(Obj::NULL),
    }
}

/// Compares the items of two objects that have bytes: all at once where that says the same.
pub(super) fn compare(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let right = arg::plain(right);
    // A bytearray says itself how its bytes stand to others.
    if str::is_str(right) || (op != BinaryOp::Equal && bytearray::items(right).is_some()) {
        return Ok(Obj::NULL);
    }
    if let (Some(a), Some(b)) = (Gc::<array::Array>::exact(left), Gc::<array::Array>::exact(right))
        && a.code == b'O'
        && b.code == b'O'
    {
        return sequence::compare(vm, op, |at| a.objs.get(at), |at| b.objs.get(at));
    }
    let (Some(a), Some(b)) = (contents(vm, left)?, contents(vm, right)?) else {
        return Ok(Obj::NULL);
    };
    let float = matches!(a.typecode, b'f' | b'd');
    if a.typecode == b.typecode && !float && (op == BinaryOp::Equal || a.typecode == b'B') {
        return Ok(bytes::compare(op, a.bytes(), b.bytes()));
    }
    let (a, b) = (items_of(vm, a)?, items_of(vm, b)?);
    sequence::compare(vm, op, |at| a.get(at), |at| b.get(at))
}

fn items_of(vm: &mut Vm, buffer: Buffer) -> Res<GcVec<Obj>> {
    let items = GcVec::new();
    for bytes in buffer.bytes().chunks_exact(item::size_of(buffer.typecode).unwrap_or(1)) {
        let item = load(vm, buffer.typecode, bytes)?;
        items.push(vm, item)?;
    }
    Ok(items)
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    let view = open(vm, obj)?;
    if let Some(slice) = Gc::<Slice>::exact(index) {
        let indices = slice::indices(vm, slice, view.len)?;
        let offset = indices.start.wrapping_mul(view.step).wrapping_mul(view.size() as isize);
        let start = if indices.count == 0 { view.start } else { view.start.wrapping_add_signed(offset) };
        return view.again(vm, start, indices.count, view.step.wrapping_mul(indices.step));
    }
    let at = arg::index_in(vm, index, view.len, "memoryview")?;
    match item(vm, view, at)?.non_null() {
        Some(item) => Ok(item),
        None => Err(gone(vm)),
    }
}

fn set_item(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res<()> {
    let view = open(vm, obj)?;
    if value.is_null() || !view.writable {
        let what = if value.is_null() { "deletion" } else { "assignment" };
        return Err(vm.type_error(format_args!("'memoryview' object doesn't support item {what}")));
    }
    let size = view.size();
    if let Some(slice) = Gc::<Slice>::exact(index) {
        let from = bytearray::right_side(vm, value)?;
        let indices = slice::indices(vm, slice, view.len)?;
        if view.is_whole() && indices.step == 1 && item::size_of(from.typecode) == Some(size) {
            // Bytes that lie together need no view of their own, so this works while the heap is locked.
            if from.len() != indices.count * size {
                return Err(vm.value_error(format_args!("lhs and rhs should be compatible")));
            }
            let Some(place) = bytes_of(vm, view, true)? else { return Err(gone(vm)) };
            place.copy_from(indices.nth(0) * size, from);
            return Ok(());
        }
        let to = get_item(vm, obj, slice.obj())?;
        let Some(to) = Gc::<MemoryView>::exact(to) else { return Ok(()) };
        if item::size_of(from.typecode) != Some(size) || from.len() != to.len * size {
            return Err(vm.value_error(format_args!("lhs and rhs should be compatible")));
        }
        if to.is_whole() {
            let Some(place) = bytes_of(vm, to, true)? else { return Err(gone(vm)) };
            place.copy_from(0, from);
            return Ok(());
        }
        // The two may overlap.
        let from = GcVec::from_slice(vm, from.bytes())?;
        for (at, bytes) in from.slice().chunks_exact(size).enumerate() {
            let Some(place) = place(vm, to, at, true)? else { return Err(gone(vm)) };
            place.copy_in(0, bytes);
        }
        return Ok(());
    }
    let at = arg::index_in(vm, index, view.len, "memoryview")?;
    let mut bytes = [0; 8];
    let bytes = bytes.get_mut(..size).unwrap_or_default();
    if view.code == b'c' {
        let Some(given) = bytes::bytes_of(arg::plain(value)) else {
            return Err(vm.type_error(format_args!("memoryview: invalid type for format 'c'")));
        };
        let &[byte] = given else {
            return Err(vm.value_error(format_args!("memoryview: invalid value for format 'c'")));
        };
        bytes.fill(byte);
    } else {
        item::store(vm, view.code, value, bytes, Order::NATIVE)?;
    }
    let Some(to) = place(vm, view, at, true)? else { return Err(gone(vm)) };
    to.copy_in(0, bytes);
    Ok(())
}

#[cold]
fn gone(vm: &mut Vm) -> Raise {
    vm.index_error(format_args!("memoryview index out of range"))
}

/// The bytes of a view whose items lie one behind the other; `None` if the owner has no longer so many.
fn bytes_of(vm: &mut Vm, view: Gc<MemoryView>, write: bool) -> Res<Option<Buffer>> {
    let Some(whole) = vm.buffer_of(view.of.get(), write)? else { return Ok(None) };
    Ok(whole.part(view.start, view.len * view.size(), view.code))
}

fn buffer(vm: &mut Vm, obj: Obj, write: bool) -> Res<Option<Buffer>> {
    let view = open(vm, obj)?;
    if write && !view.writable {
        return Ok(None);
    }
    // Items apart are no bytes in a row.
    if view.is_whole() { bytes_of(vm, view, write) } else { Ok(None) }
}

/// The bytes behind an object to be read one by one: those of a view whose items lie apart are copied together.
pub fn contents(vm: &mut Vm, obj: Obj) -> Res<Option<Buffer>> {
    let Some(view) = Gc::<MemoryView>::exact(obj).filter(|view| !view.is_whole()) else {
        return vm.buffer_of(obj, false);
    };
    open(vm, obj)?;
    let copy: GcVec<u8> = GcVec::with_capacity(vm, view.len * view.size())?;
    for at in 0..view.len {
        let Some(place) = place(vm, view, at, false)? else { return Ok(None) };
        copy.extend(vm, place.bytes())?;
    }
    Ok(Some(copy.buffer(view.code)))
}

fn tobytes(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, ..] = args else { return Ok(Obj::NULL) };
    let Some(buffer) = contents(vm, *this)? else { return Err(gone(vm)) };
    bytes::new(vm, buffer.bytes())
}

fn tolist(vm: &mut Vm, this: Obj) -> Res {
    let Some(buffer) = contents(vm, this)? else { return Err(gone(vm)) };
    let items = items_of(vm, buffer)?;
    list::from_vec(vm, items)
}

/// `cast(format[, shape])`: the same bytes as other items. A shape may only say how many they are.
fn cast(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, format, rest @ ..] = args else { return Ok(Obj::NULL) };
    let view = open(vm, *this)?;
    if !view.is_whole() {
        return Err(vm.type_error(format_args!("memoryview: casts are restricted to C-contiguous views")));
    }
    let code = match arg::text(vm, *format)? {
        [b'@', code] | [code] => *code,
        _ => 0,
    };
    let size = match item::size_of(code) {
        Some(size) => size,
        None if code == b'c' => 1,
        None => return Err(item::bad_code(vm)),
    };
    let is_byte = |code| matches!(code, b'B' | b'b' | b'c');
    if !is_byte(code) && !is_byte(view.code) {
        return Err(vm.type_error(format_args!("memoryview: cannot cast between two non-byte formats")));
    }
    let total = view.len * view.size();
    if total % size != 0 {
        return Err(vm.type_error(format_args!("memoryview: length is not a multiple of itemsize")));
    }
    if let Some(shape) = rest.first().filter(|shape| !shape.is_none()) {
        let shape = sequence::collect(vm, *shape)?;
        if shape.slice() != [Obj::small_wrapping((total / size) as isize)] {
            return Err(vm.not_implemented(format_args!("memoryview: only one dimension is supported")));
        }
    }
    let body = MemoryView {
        of: view.of.clone(),
        start: view.start,
        len: total / size,
        step: 1,
        code,
        writable: view.writable,
    };
    Ok(Gc::alloc(vm, body)?.obj())
}

fn toreadonly(vm: &mut Vm, this: Obj) -> Res {
    let view = open(vm, this)?;
    let (of, start, len, step, code) = (view.of.clone(), view.start, view.len, view.step, view.code);
    Ok(Gc::alloc(vm, MemoryView { of, start, len, step, code, writable: false })?.obj())
}

fn release(vm: &mut Vm, this: Obj) -> Res {
    sequence::this::<MemoryView>(vm, this)?.of.set(Obj::NULL);
    Ok(Obj::NONE)
}

fn enter(vm: &mut Vm, this: Obj) -> Res {
    open(vm, this).map(Gc::obj)
}

fn exit(vm: &mut Vm, args: &[Obj]) -> Res {
    args.first().map_or(Ok(Obj::NONE), |this| release(vm, *this))
}
