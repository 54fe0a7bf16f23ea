//! memoryview: a window on the bytes of another object.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::item::{self, Order};
use crate::types::slice::{self, Slice};
use crate::types::str::{self, arg};
use crate::types::{array, bytearray, bytes, list, sequence, text};
use crate::value::{
    Args, BinaryOp, Buffer, Entry, Flags, Gc, GcVec, Obj, Object, Raise, Res, Type, TypeRef, UnaryOp, fun1, kw, row,
    var,
};

/// Body of a memoryview. The bytes are looked up in the owner each time, as it may grow.
#[repr(C)]
pub struct MemoryView {
    /// Whose bytes these are.
    pub of: Obj,
    /// Byte offset of the first item.
    pub start: usize,
    /// Number of items.
    pub len: usize,
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
    get_attr: Some(get_attr),
    get_item: Some(get_item),
    set_item: Some(set_item),
    iter: Some(array::iterate),
    buffer: Some(buffer),
    table: TABLE,
    ..Type::new(q!("memoryview"))
};

static TABLE: &[Entry] = &[
    row(q!("hex"), kw(1, text::hex::hex)),
    row(q!("tobytes"), fun1(tobytes)),
    row(q!("tolist"), fun1(tolist)),
    row(q!("cast"), var(2, 3, cast)),
    row(q!("toreadonly"), fun1(toreadonly)),
    row(q!("release"), fun1(release)),
    row(q!("__enter__"), fun1(enter)),
    row(q!("__exit__"), var(4, 4, exit)),
];

impl MemoryView {
    fn size(&self) -> usize {
        item::size_of(self.code).unwrap_or(1)
    }
}

/// The bytes of the view; `None` if the owner has no longer so many.
fn bytes_of(vm: &mut Vm, view: Gc<MemoryView>, write: bool) -> Res<Option<Buffer>> {
    let Some(whole) = vm.buffer_of(view.of, write)? else { return Ok(None) };
    Ok(whole.part(view.start, view.len * view.size(), view.code))
}

/// Item `at`; `Obj::NULL` past the end.
pub fn item(vm: &mut Vm, view: Gc<MemoryView>, at: usize) -> Res {
    if at >= view.len {
        return Ok(Obj::NULL);
    }
    let size = view.size();
    match bytes_of(vm, view, false)?.and_then(|bytes| bytes.part(at * size, size, view.code)) {
        Some(bytes) => item::load(vm, view.code, bytes.bytes(), Order::NATIVE),
        None => Ok(Obj::NULL),
    }
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL];
    vm.bind_args(args, &[q!("object")], 1, &mut values)?;
    let of = arg::plain(values[0]);
    if let Some(other) = Gc::<MemoryView>::exact(of) {
        return copy(vm, other, other.start, other.len);
    }
    if str::is_str(of) {
        return Err(vm.type_error(format_args!("object with buffer protocol required")));
    }
    let buffer = vm.buffer(of, false)?;
    let writable = vm.buffer_of(of, true)?.is_some();
    let len = buffer.len() / item::size_of(buffer.typecode).unwrap_or(1);
    Ok(Gc::alloc(vm, MemoryView { of, start: 0, len, code: buffer.typecode, writable })?.obj())
}

fn copy(vm: &mut Vm, view: Gc<MemoryView>, start: usize, len: usize) -> Res {
    let body = MemoryView { of: view.of, start, len, code: view.code, writable: view.writable };
    Ok(Gc::alloc(vm, body)?.obj())
}

fn unary(_: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(view) = Gc::<MemoryView>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(match op {
        UnaryOp::Bool => Obj::bool(view.len != 0),
        UnaryOp::Len => Obj::small_wrapping(view.len as isize),
        UnaryOp::Positive
        | UnaryOp::Negative
        | UnaryOp::Invert
        | UnaryOp::Not
        | UnaryOp::Hash
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
            let Some(view) = Gc::<MemoryView>::from_obj(left) else { return Ok(Obj::NULL) };
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
    if str::is_str(right) {
        return Ok(if op == BinaryOp::Equal { Obj::FALSE } else { Obj::NULL });
    }
    if let (Some(a), Some(b)) = (Gc::<array::Array>::exact(left), Gc::<array::Array>::exact(right))
        && a.code == b'O'
        && b.code == b'O'
    {
        return sequence::compare(vm, op, |at| a.objs.get(at), |at| b.objs.get(at));
    }
    let (Some(a), Some(b)) = (vm.buffer_of(left, false)?, vm.buffer_of(right, false)?) else {
        return Ok(if op == BinaryOp::Equal { Obj::FALSE } else { Obj::NULL });
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
        let item = item::load(vm, buffer.typecode, bytes, Order::NATIVE)?;
        items.push(vm, item)?;
    }
    Ok(items)
}

fn get_attr(_: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(view) = Gc::<MemoryView>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(if name == q!("itemsize") {
        Obj::small_wrapping(view.size() as isize)
    } else if name == q!("nbytes") {
        Obj::small_wrapping((view.size() * view.len) as isize)
    } else if name == q!("format") {
        array::code_text(view.code)
    } else if name == q!("readonly") {
        Obj::bool(!view.writable)
    } else if name == q!("obj") {
        view.of
    } else {
        Obj::NULL
    })
}

fn range(vm: &mut Vm, view: Gc<MemoryView>, slice: Gc<Slice>) -> Res<slice::Indices> {
    let indices = slice::indices(vm, slice, view.len)?;
    if indices.step == 1 {
        return Ok(indices);
    }
    Err(vm.not_implemented(format_args!("only slices with step=1 (aka None) are supported")))
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    let Some(view) = Gc::<MemoryView>::from_obj(obj) else { return Ok(Obj::NULL) };
    if let Some(slice) = Gc::<Slice>::exact(index) {
        let indices = range(vm, view, slice)?;
        return copy(vm, view, view.start + indices.nth(0) * view.size(), indices.count);
    }
    let at = arg::index_in(vm, index, view.len, "memoryview")?;
    match item(vm, view, at)?.non_null() {
        Some(item) => Ok(item),
        None => Err(vm.index_error(format_args!("memoryview index out of range"))),
    }
}

fn set_item(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res<()> {
    let Some(view) = Gc::<MemoryView>::from_obj(obj) else { return Ok(()) };
    if value.is_null() || !view.writable {
        let what = if value.is_null() { "deletion" } else { "assignment" };
        return Err(vm.type_error(format_args!("'memoryview' object doesn't support item {what}")));
    }
    let size = view.size();
    if let Some(slice) = Gc::<Slice>::exact(index) {
        let indices = range(vm, view, slice)?;
        let from = bytearray::right_side(vm, value)?;
        let Some(to) = bytes_of(vm, view, true)? else { return Err(gone(vm)) };
        if item::size_of(from.typecode) != Some(size) || from.len() != indices.count * size {
            return Err(vm.value_error(format_args!("lhs and rhs should be compatible")));
        }
        to.copy_in(indices.nth(0) * size, from.bytes());
        return Ok(());
    }
    let at = arg::index_in(vm, index, view.len, "memoryview")?;
    let mut bytes = [0; 8];
    let bytes = bytes.get_mut(..size).unwrap_or_default();
    item::store(vm, view.code, value, bytes, Order::NATIVE)?;
    let Some(to) = bytes_of(vm, view, true)? else { return Err(gone(vm)) };
    to.copy_in(at * size, bytes);
    Ok(())
}

#[cold]
fn gone(vm: &mut Vm) -> Raise {
    vm.index_error(format_args!("memoryview index out of range"))
}

fn buffer(vm: &mut Vm, obj: Obj, write: bool) -> Res<Option<Buffer>> {
    match Gc::<MemoryView>::from_obj(obj) {
        Some(view) if view.writable || !write => bytes_of(vm, view, write),
        Some(_) | None => Ok(None),
    }
}

fn tobytes(vm: &mut Vm, this: Obj) -> Res {
    let buffer = vm.buffer(this, false)?;
    bytes::new(vm, buffer.bytes())
}

fn tolist(vm: &mut Vm, this: Obj) -> Res {
    let buffer = vm.buffer(this, false)?;
    let items = items_of(vm, buffer)?;
    list::from_vec(vm, items)
}

/// `cast(format[, shape])`: the same bytes as other items; shapes are not known here.
fn cast(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, format, ..] = args else { return Ok(Obj::NULL) };
    let view = sequence::this::<MemoryView>(vm, *this)?;
    let code = match arg::text(vm, *format)? {
        [b'@', code] | [code] => *code,
        _ => 0,
    };
    let Some(size) = item::size_of(code) else { return Err(item::bad_code(vm)) };
    let total = view.len * view.size();
    if total % size != 0 {
        return Err(vm.type_error(format_args!("memoryview: length is not a multiple of itemsize")));
    }
    let body = MemoryView { of: view.of, start: view.start, len: total / size, code, writable: view.writable };
    Ok(Gc::alloc(vm, body)?.obj())
}

fn toreadonly(vm: &mut Vm, this: Obj) -> Res {
    let view = sequence::this::<MemoryView>(vm, this)?;
    let body = MemoryView { of: view.of, start: view.start, len: view.len, code: view.code, writable: false };
    Ok(Gc::alloc(vm, body)?.obj())
}

fn release(_: &mut Vm, _: Obj) -> Res {
    Ok(Obj::NONE)
}

fn enter(_: &mut Vm, this: Obj) -> Res {
    Ok(this)
}

fn exit(_: &mut Vm, _: &[Obj]) -> Res {
    Ok(Obj::NONE)
}
