//! micropython.RingIO: a stream of bytes in a ring, for passing data between an interrupt and a program.
//!
//! Neither reading nor writing waits or allocates: they take and give what there is.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::{bytearray, int, sequence, stream};
use crate::value::{Args, Buffer, Entry, Gc, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, fun1, row, var};

/// One byte of the ring stays free, and offsets have 16 bits, as upstream's have.
const MOST: usize = 0xffff;

/// Body of a ring.
pub struct RingIo {
    /// What holds the bytes; the program may have given it.
    buffer: Obj,
    /// Where the next byte is read.
    get: Cell<usize>,
    /// Where the next byte is written.
    put: Cell<usize>,
}

impl Object for RingIo {
    const TYPE: &'static Type = &TYPE;
}

/// `RingIO`
pub static TYPE: Type = Type { make: Some(make), print: Some(print), table: TABLE, ..Type::new(q!("RingIO")) };

static TABLE: &[Entry] = &[
    row(q!("any"), fun1(any)),
    row(q!("read"), var(1, 2, stream::read)),
    row(q!("readline"), var(1, 2, stream::readline)),
    row(q!("readinto"), var(2, 3, stream::readinto)),
    row(q!("write"), var(2, 4, stream::write)),
    row(q!("close"), fun1(close)),
];

/// `RingIO(size)` holds so many bytes; `RingIO(buffer)` one less than the buffer does.
fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 1)?;
    let [of] = *args.pos else { return Ok(Obj::NULL) };
    let buffer = match vm.buffer_of(of, true)? {
        Some(_) => of,
        None => {
            let room = usize::try_from(int::index(vm, of)?).unwrap_or(0);
            if room == 0 || room >= MOST {
                return Err(bad_size(vm));
            }
            vm.call_pos(TypeRef::of(&bytearray::TYPE).obj(), &[Obj::small_wrapping(room as isize + 1)])?
        }
    };
    let size = vm.buffer(buffer, true)?.len();
    if !(2..=MOST).contains(&size) {
        return Err(bad_size(vm));
    }
    Ok(Gc::alloc(vm, RingIo { buffer, get: Cell::new(0), put: Cell::new(0) })?.obj())
}

#[cold]
fn bad_size(vm: &mut Vm) -> crate::value::Raise {
    vm.value_error(format_args!("bad ring size"))
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, _: Obj, _: PrintKind) -> Res<()> {
    sink.write(vm, "<RingIO>")
}

fn any(vm: &mut Vm, this: Obj) -> Res {
    let ring = sequence::this::<RingIo>(vm, this)?;
    let bytes = ring.bytes(vm)?;
    Ok(Obj::small_wrapping(ring.filled(bytes.len()) as isize))
}

/// A ring has nothing to give back.
fn close(_: &mut Vm, _: Obj) -> Res {
    Ok(Obj::NONE)
}

impl RingIo {
    /// The bytes of the ring. A buffer that shrank since ends where it does now.
    fn bytes(&self, vm: &mut Vm) -> Res<Buffer> {
        let bytes = vm.buffer(self.buffer, true)?;
        for end in [&self.get, &self.put] {
            end.set(if end.get() < bytes.len() { end.get() } else { 0 });
        }
        Ok(bytes)
    }

    fn filled(&self, size: usize) -> usize {
        let (get, put) = (self.get.get(), self.put.get());
        if put >= get { put - get } else { size - get + put }
    }

    /// Whether something can be read, and written.
    pub fn ready(&self, vm: &mut Vm) -> Res<(bool, bool)> {
        let size = self.bytes(vm)?.len();
        let filled = self.filled(size);
        Ok((filled > 0, filled + 1 < size))
    }

    /// Takes bytes out, as many as there are and fit; says how many.
    pub fn read(&self, vm: &mut Vm, to: &mut [u8]) -> Res<usize> {
        let bytes = self.bytes(vm)?;
        let count = self.filled(bytes.len()).min(to.len());
        for to in to.iter_mut().take(count) {
            let at = self.get.get();
            *to = bytes.bytes().get(at).copied().unwrap_or(0);
            self.get.set(if at + 1 >= bytes.len() { 0 } else { at + 1 });
        }
        Ok(count)
    }

    /// Puts bytes in, as many as there is room for; says how many.
    pub fn write(&self, vm: &mut Vm, from: &[u8]) -> Res<usize> {
        let bytes = self.bytes(vm)?;
        let room = bytes.len().saturating_sub(self.filled(bytes.len()) + 1);
        let count = room.min(from.len());
        for &byte in from.iter().take(count) {
            let at = self.put.get();
            bytes.copy_in(at, &[byte]);
            self.put.set(if at + 1 >= bytes.len() { 0 } else { at + 1 });
        }
        Ok(count)
    }
}
