//! StringIO and BytesIO: files in memory.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::str::{self, arg};
use crate::types::stream;
use crate::types::{bytes, exception, text};
use crate::value::{
    Args, Entry, Flags, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, fun1, fun2, put, row, var,
};

/// Body of both types.
#[repr(C)]
pub struct MemoryIo {
    /// The bytes object that the file holds, until something is written; else `Obj::NULL`.
    shared: Cell<Obj>,
    /// What the file holds.
    data: GcVec<u8>,
    /// Where the next byte is read or written.
    pub at: Cell<usize>,
    /// Whether it is still open.
    pub open: Cell<bool>,
}

impl Object for MemoryIo {
    const TYPE: &'static Type = &BYTES_IO;
}

/// `io.BytesIO`
pub static BYTES_IO: Type = Type { table: TABLE, ..kind(q!("BytesIO")) };

/// `io.StringIO`
pub static STRING_IO: Type = Type { layout: Some(TypeRef::of(&BYTES_IO)), table: TABLE, ..kind(q!("StringIO")) };

const fn kind(name: crate::qstr::Qstr) -> Type {
    Type {
        flags: Flags::BASE.with(Flags::SELF_ITER),
        make: Some(make),
        print: Some(print),
        get_attr: Some(stream::get_attr),
        next: Some(stream::next),
        ..Type::new(name)
    }
}

static TABLE: &[Entry] = &[
    row(q!("read"), var(1, 2, stream::read)),
    row(q!("readinto"), var(2, 3, stream::readinto)),
    row(q!("readline"), var(1, 2, stream::readline)),
    row(q!("readlines"), var(1, 2, stream::readlines)),
    row(q!("write"), var(2, 4, stream::write)),
    row(q!("seek"), var(2, 3, stream::seek)),
    row(q!("tell"), fun1(stream::tell)),
    row(q!("flush"), fun1(stream::flush)),
    row(q!("close"), fun1(stream::close)),
    row(q!("__enter__"), fun1(stream::enter)),
    row(q!("__exit__"), var(1, 4, stream::exit)),
    row(q!("getvalue"), fun1(getvalue)),
    row(q!("truncate"), var(1, 2, stream::truncate)),
    row(q!("writelines"), fun2(stream::writelines)),
    row(q!("readable"), fun1(stream::readable)),
    row(q!("writable"), fun1(stream::writable)),
    row(q!("seekable"), fun1(stream::seekable)),
];

fn make(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    let mut values = [Obj::NONE, Obj::NONE];
    let initial = if TypeRef::of(&BYTES_IO) == ty { q!("initial_bytes") } else { q!("initial_value") };
    vm.bind_args(args, &[initial, q!("newline")], 2, &mut values)?;
    let data = GcVec::new();
    // Upstream takes an int as the room to set aside.
    if let Some(room) = arg::plain_int(vm, values[0])? {
        data.reserve(vm, usize::try_from(room).unwrap_or(0))?;
    } else if bytes::bytes_of(values[0]).is_some() {
        let shared = Cell::new(values[0]);
        return Ok(Gc::alloc_as(vm, ty, MemoryIo { shared, data, at: Cell::new(0), open: Cell::new(true) })?.obj());
    } else if !values[0].is_none() {
        let buffer = vm.buffer(values[0], false)?;
        data.extend(vm, buffer.bytes())?;
    }
    let body = MemoryIo { shared: Cell::new(Obj::NULL), data, at: Cell::new(0), open: Cell::new(true) };
    Ok(Gc::alloc_as(vm, ty, body)?.obj())
}

/// Whether it holds text.
pub fn is_text(io: Gc<MemoryIo>) -> bool {
    io.type_ref() == TypeRef::of(&STRING_IO)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let name = vm.type_name(obj);
    put(vm, sink, format_args!("<io.{name} 0x{:x}>", obj.bits()))
}

impl MemoryIo {
    /// What the file holds.
    pub fn content<'a>(&self) -> &'a [u8] {
        bytes::bytes_of(self.shared.get()).unwrap_or(self.data.slice())
    }

    /// Forgets what the file holds, as it is closed.
    pub fn drop_content(&self) {
        self.shared.set(Obj::NULL);
        self.data.clear();
    }

    /// Cuts off what lies past `len`.
    pub fn truncate(&self, vm: &mut Vm, len: usize) -> Res<()> {
        self.own(vm)?;
        self.data.truncate(len);
        Ok(())
    }

    /// Copies what the file holds, if it is not its own.
    fn own(&self, vm: &mut Vm) -> Res<()> {
        if let Some(content) = bytes::bytes_of(self.shared.get()) {
            self.data.extend(vm, content)?;
            self.shared.set(Obj::NULL);
        }
        Ok(())
    }

    /// Copies bytes from the position on to `to`; says how many.
    pub fn read(&self, to: &mut [u8]) -> usize {
        let rest = self.content().get(self.at.get()..).unwrap_or(&[]);
        let count = rest.len().min(to.len());
        for (to, from) in to.iter_mut().zip(rest) {
            *to = *from;
        }
        self.at.set(self.at.get() + count);
        count
    }

    /// Writes bytes at the position, over what is there and past the end.
    pub fn write(&self, vm: &mut Vm, from: &[u8]) -> Res<()> {
        self.own(vm)?;
        let at = self.at.get();
        if at > self.data.len() {
            self.data.resize(vm, at, 0)?;
        }
        let over = from.len().min(self.data.len() - at);
        let (first, rest) = from.split_at(over);
        self.data.buffer(b'B').copy_in(at, first);
        self.data.extend(vm, rest)?;
        self.at.set(at + from.len());
        Ok(())
    }
}

fn getvalue(vm: &mut Vm, this: Obj) -> Res {
    let io = crate::types::sequence::this::<MemoryIo>(vm, this)?;
    if !io.open.get() {
        return Err(stream::closed(vm));
    }
    if !is_text(io) {
        return bytes::new(vm, io.content());
    }
    match core::str::from_utf8(io.content()) {
        Ok(_) => str::from_utf8(vm, io.content()),
        Err(_) => Err(vm.raise_args(&exception::UNICODE_ERROR, &[])),
    }
}

/// The type of what a stream of this kind reads.
pub fn text_kind(is_text: bool) -> text::Kind {
    if is_text { text::Kind::Str } else { text::Kind::Bytes }
}
