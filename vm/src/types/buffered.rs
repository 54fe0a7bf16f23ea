//! io.BufferedWriter: gathers what is written, and passes it on when its buffer is full.

use crate::Vm;
use crate::q;
use crate::types::{bytearray, int, sequence};
use crate::value::{Args, Entry, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, fun1, fun2, row};

/// Body of a writer.
pub struct BufferedWriter {
    /// Where the bytes go.
    stream: Obj,
    /// Bytes that are gathered before they go there.
    room: usize,
    /// What has been gathered.
    data: GcVec<u8>,
}

impl Object for BufferedWriter {
    const TYPE: &'static Type = &TYPE;
}

/// `io.BufferedWriter`
pub static TYPE: Type = Type { make: Some(make), print: Some(print), table: TABLE, ..Type::new(q!("BufferedWriter")) };

static TABLE: &[Entry] = &[row(q!("write"), fun2(write)), row(q!("flush"), fun1(flush))];

/// `BufferedWriter(stream[, size])`
fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut values = [Obj::NONE, Obj::small_wrapping(8192)];
    vm.bind_args(args, &[q!("raw"), q!("buffer_size")], 2, &mut values)?;
    vm.check_count(args.pos.len() + args.kw.len(), 1, 2)?;
    let room = match usize::try_from(int::index(vm, values[1])?) {
        Ok(room @ 1..) => room,
        Ok(_) | Err(_) => return Err(vm.value_error(format_args!("invalid buffer size"))),
    };
    let data = GcVec::with_capacity(vm, room)?;
    Ok(Gc::alloc(vm, BufferedWriter { stream: values[0], room, data })?.obj())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, _: Obj, _: PrintKind) -> Res<()> {
    sink.write(vm, "<BufferedWriter>")
}

fn write(vm: &mut Vm, this: Obj, data: Obj) -> Res {
    let writer = sequence::this::<BufferedWriter>(vm, this)?;
    let data = vm.buffer(data, false)?;
    let mut done = 0;
    while done < data.len() {
        // What was given may be changed by the stream's own `write`.
        let free = writer.room.saturating_sub(writer.data.len());
        let piece = data.bytes().get(done..data.len().min(done + free)).unwrap_or(&[]);
        writer.data.extend(vm, piece)?;
        done += piece.len();
        if writer.data.len() >= writer.room {
            pass_on(vm, writer)?;
        }
    }
    Ok(Obj::small_wrapping(done as isize))
}

fn flush(vm: &mut Vm, this: Obj) -> Res {
    let writer = sequence::this::<BufferedWriter>(vm, this)?;
    pass_on(vm, writer)?;
    Ok(Obj::NONE)
}

/// Writes what was gathered. What the stream cannot take now stays, and OSError says so.
fn pass_on(vm: &mut Vm, writer: Gc<BufferedWriter>) -> Res<()> {
    while !writer.data.is_empty() {
        let piece = bytearray::new(vm, writer.data.slice())?;
        let taken = vm.call_method(writer.stream, q!("write"), &[piece])?;
        let taken = if taken.is_none() { 0 } else { int::index(vm, taken)? };
        match usize::try_from(taken) {
            Ok(count @ 1..) => writer.data.remove_range(0, count.min(writer.data.len())),
            Ok(_) | Err(_) => return Err(vm.os_error(11)),
        }
    }
    Ok(())
}
