//! What all streams can do: read, readline, write, seek and so on, whether they are files or in memory.

use crate::Vm;
use crate::port::{Errno, Whence};
use crate::q;
use crate::qstr::Qstr;
use crate::types::file::{self, File};
use crate::types::memoryio::{self, MemoryIo};
use crate::types::ringio::RingIo;
use crate::types::rom_file::{self, RomFile};
use crate::types::str::{self, arg, find};
use crate::types::{exception, instance, list, sequence};
use crate::value::{Gc, GcVec, Obj, Raise, Res};

/// A stream object.
#[derive(Clone, Copy)]
enum Stream {
    Memory(Gc<MemoryIo>),
    File(Gc<File>),
    Ring(Gc<RingIo>),
    Rom(Gc<RomFile>),
}

impl Stream {
    /// The open stream in `obj`.
    fn of(vm: &mut Vm, obj: Obj) -> Res<Stream> {
        let inner = instance::native(obj).unwrap_or(obj);
        if let Some(io) = Gc::<MemoryIo>::from_obj(inner) {
            return if io.open.get() { Ok(Stream::Memory(io)) } else { Err(closed(vm)) };
        }
        if let Some(file) = Gc::<File>::from_obj(inner) {
            return if file.open.get() { Ok(Stream::File(file)) } else { Err(closed(vm)) };
        }
        if let Some(ring) = Gc::<RingIo>::from_obj(inner) {
            return Ok(Stream::Ring(ring));
        }
        if let Some(file) = Gc::<RomFile>::from_obj(inner) {
            return if file.open.get() { Ok(Stream::Rom(file)) } else { Err(closed(vm)) };
        }
        Err(vm.raise_new(&exception::OS_ERROR, format_args!("stream operation not supported")))
    }

    fn is_text(self) -> bool {
        match self {
            Stream::Memory(io) => memoryio::is_text(io),
            Stream::File(file) => file::is_text(file),
            Stream::Ring(_) => false,
            Stream::Rom(file) => rom_file::is_text(file),
        }
    }

    fn read(self, vm: &mut Vm, to: &mut [u8]) -> Res<usize> {
        match self {
            Stream::Memory(io) => Ok(io.read(to)),
            Stream::File(file) => file::read(vm, file, to),
            Stream::Ring(ring) => ring.read(vm, to),
            Stream::Rom(file) => rom_file::read(vm, file, to),
        }
    }

    fn write(self, vm: &mut Vm, from: &[u8]) -> Res<usize> {
        match self {
            Stream::Memory(io) => io.write(vm, from).and(Ok(from.len())),
            Stream::File(file) => file::write(vm, file, from),
            Stream::Ring(ring) => ring.write(vm, from),
            Stream::Rom(_) => Err(vm.os_error(22)),
        }
    }

    fn seek(self, vm: &mut Vm, offset: i64, whence: Whence) -> Res<u64> {
        match self {
            Stream::Memory(io) => {
                let base = match whence {
                    Whence::Start => 0,
                    Whence::Here => io.at.get(),
                    Whence::End => io.content().len(),
                };
                match usize::try_from(offset.saturating_add(base as i64)) {
                    Ok(at) => {
                        io.at.set(at);
                        Ok(at as u64)
                    }
                    Err(_) => Err(vm.os_error(22)),
                }
            }
            Stream::File(file) => file::seek(vm, file, offset, whence),
            Stream::Rom(file) => rom_file::seek(vm, file, offset, whence),
            Stream::Ring(_) => Err(vm.os_error(22)),
        }
    }

    /// Reads until `count` more bytes are there or the stream ends.
    fn read_bytes(self, vm: &mut Vm, to: &GcVec<u8>, count: usize) -> Res<usize> {
        let mut piece = [0; 256];
        let mut total = 0;
        while total < count {
            let want = piece.len().min(count - total);
            let got = self.read(vm, piece.get_mut(..want).unwrap_or_default())?;
            if got == 0 {
                break;
            }
            to.extend(vm, piece.get(..got).unwrap_or(&[]))?;
            total += got;
        }
        Ok(total)
    }

    /// A str or bytes object of what was read.
    fn make(self, vm: &mut Vm, bytes: &[u8]) -> Res {
        if self.is_text() && core::str::from_utf8(bytes).is_err() {
            return Err(vm.raise_args(&exception::UNICODE_ERROR, &[]));
        }
        memoryio::text_kind(self.is_text()).make(vm, bytes)
    }

    /// Reads up to the end of the line, at most `max` bytes.
    fn line(self, vm: &mut Vm, max: usize) -> Res<GcVec<u8>> {
        let line = GcVec::new();
        if let Stream::Memory(io) = self {
            let rest = io.content().get(io.at.get()..).unwrap_or(&[]);
            let len = find::find_byte(rest, b'\n').map_or(rest.len(), |at| at + 1).min(max);
            line.extend(vm, rest.get(..len).unwrap_or(&[]))?;
            io.at.set(io.at.get() + len);
            return Ok(line);
        }
        let mut byte = [0];
        while line.len() < max && self.read(vm, &mut byte)? > 0 {
            line.push(vm, byte[0])?;
            if byte[0] == b'\n' {
                break;
            }
        }
        Ok(line)
    }
}

/// Whether `obj` is a stream of ours, or derives from one.
pub fn is_stream(obj: Obj) -> bool {
    let inner = instance::native(obj).unwrap_or(obj);
    let file = Gc::<File>::from_obj(inner).is_some() || Gc::<RomFile>::from_obj(inner).is_some();
    file || Gc::<MemoryIo>::from_obj(inner).is_some() || Gc::<RingIo>::from_obj(inner).is_some()
}

/// Whether something can be read from a stream of ours and written to it; nothing for one that cannot be waited for.
pub fn ready(vm: &mut Vm, obj: Obj) -> Res<Option<(bool, bool)>> {
    Ok(match Stream::of(vm, obj)? {
        Stream::File(file) => Some((file.mode.read && (!file.console || vm.port.readable(file.id)), file.mode.write)),
        Stream::Ring(ring) => Some(ring.ready(vm)?),
        Stream::Memory(_) | Stream::Rom(_) => None,
    })
}

/// Reads a stream to its end.
pub fn read_all(vm: &mut Vm, obj: Obj, to: &GcVec<u8>) -> Res<()> {
    let stream = Stream::of(vm, obj)?;
    stream.read_bytes(vm, to, usize::MAX).and(Ok(()))
}

/// ValueError of using a closed stream.
#[cold]
pub(super) fn closed(vm: &mut Vm) -> Raise {
    vm.value_error(format_args!("I/O operation on closed file"))
}

/// OSError of a port's failure.
#[cold]
pub(super) fn failed(vm: &mut Vm, errno: Errno) -> Raise {
    vm.os_error(errno.0)
}

/// A size argument: absent, None and negative mean all.
fn size(vm: &mut Vm, rest: &[Obj]) -> Res<Option<usize>> {
    match rest.first() {
        Some(size) if !size.is_none() => Ok(usize::try_from(arg::int(vm, *size)?).ok()),
        Some(_) | None => Ok(None),
    }
}

/// `read([size])`: in text, size counts characters.
pub(super) fn read(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, rest @ ..] = args else { return Ok(Obj::NULL) };
    let stream = Stream::of(vm, *this)?;
    let bytes = GcVec::new();
    match size(vm, rest)? {
        None => {
            stream.read_bytes(vm, &bytes, usize::MAX)?;
        }
        Some(count) if !stream.is_text() => {
            stream.read_bytes(vm, &bytes, count)?;
        }
        Some(count) => loop {
            let missing = count - find::count_chars(bytes.slice()).min(count) + missing_bytes(bytes.slice());
            if missing == 0 || stream.read_bytes(vm, &bytes, missing)? == 0 {
                break;
            }
        },
    }
    stream.make(vm, bytes.slice())
}

/// Bytes that the last character lacks.
fn missing_bytes(bytes: &[u8]) -> usize {
    let Some(start) = bytes.iter().rposition(|byte| !find::is_continuation(*byte)) else { return 0 };
    let len = match bytes.get(start) {
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        Some(0xc0..) => 2,
        Some(_) | None => 1,
    };
    len - (bytes.len() - start).min(len)
}

/// `readinto(buffer[, size])`
pub(super) fn readinto(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, buffer, rest @ ..] = args else { return Ok(Obj::NULL) };
    let stream = Stream::of(vm, *this)?;
    let buffer = vm.buffer(*buffer, true)?;
    let count = size(vm, rest)?.unwrap_or(usize::MAX).min(buffer.len());
    let bytes = GcVec::new();
    stream.read_bytes(vm, &bytes, count)?;
    buffer.copy_in(0, bytes.slice());
    Ok(Obj::small_wrapping(bytes.len() as isize))
}

/// `readline([size])`
pub(super) fn readline(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, rest @ ..] = args else { return Ok(Obj::NULL) };
    let stream = Stream::of(vm, *this)?;
    let max = size(vm, rest)?.unwrap_or(usize::MAX);
    let line = stream.line(vm, max)?;
    stream.make(vm, line.slice())
}

/// `readlines([hint])`: no more lines when they have as many bytes as the hint.
pub(super) fn readlines(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, rest @ ..] = args else { return Ok(Obj::NULL) };
    let stream = Stream::of(vm, *this)?;
    let hint = size(vm, rest)?.filter(|hint| *hint > 0).unwrap_or(usize::MAX);
    let lines = GcVec::new();
    let mut total = 0;
    while total < hint {
        let line = stream.line(vm, usize::MAX)?;
        if line.is_empty() {
            break;
        }
        total += line.len();
        let line = stream.make(vm, line.slice())?;
        lines.push(vm, line)?;
    }
    list::from_vec(vm, lines)
}

/// `writelines(lines)`
pub(super) fn writelines(vm: &mut Vm, this: Obj, lines: Obj) -> Res {
    Stream::of(vm, this)?;
    sequence::iterate(vm, lines, |vm, line| write(vm, &[this, line]).map(|_| ()))?;
    Ok(Obj::NONE)
}

/// `readable()`
pub(super) fn readable(vm: &mut Vm, this: Obj) -> Res {
    Ok(Obj::bool(match Stream::of(vm, this)? {
        Stream::Memory(_) | Stream::Ring(_) | Stream::Rom(_) => true,
        Stream::File(file) => file.mode.read,
    }))
}

/// `writable()`
pub(super) fn writable(vm: &mut Vm, this: Obj) -> Res {
    Ok(Obj::bool(match Stream::of(vm, this)? {
        Stream::Memory(_) | Stream::Ring(_) => true,
        Stream::Rom(_) => false,
        Stream::File(file) => file.mode.write,
    }))
}

/// `seekable()`
pub(super) fn seekable(vm: &mut Vm, this: Obj) -> Res {
    Ok(Obj::bool(match Stream::of(vm, this)? {
        Stream::Memory(_) | Stream::Rom(_) => true,
        Stream::Ring(_) => false,
        Stream::File(file) => !file.console,
    }))
}

/// `truncate([size])`: cuts at the position unless a size is given.
pub(super) fn truncate(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, rest @ ..] = args else { return Ok(Obj::NULL) };
    let stream = Stream::of(vm, *this)?;
    let len = match rest {
        [len, ..] if !len.is_none() => match u64::try_from(arg::int(vm, *len)?) {
            Ok(len) => len,
            Err(_) => return Err(vm.value_error(format_args!("negative size value"))),
        },
        _ => stream.seek(vm, 0, Whence::Here)?,
    };
    match stream {
        Stream::Memory(io) => io.truncate(vm, len as usize)?,
        Stream::File(file) => file::truncate(vm, file, len)?,
        Stream::Ring(_) | Stream::Rom(_) => return Err(vm.os_error(22)),
    }
    Ok(Obj::small_wrapping(len as isize))
}

/// The next line.
pub(super) fn next(vm: &mut Vm, this: Obj) -> Res {
    let stream = Stream::of(vm, this)?;
    let line = stream.line(vm, usize::MAX)?;
    if line.is_empty() { Ok(Obj::NULL) } else { stream.make(vm, line.slice()) }
}

/// `write(data[, size])` or `write(data, offset, size)`
pub(super) fn write(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, data, rest @ ..] = args else { return Ok(Obj::NULL) };
    let stream = Stream::of(vm, *this)?;
    let data = arg::plain(*data);
    let bytes = vm.buffer(data, false)?.bytes();
    let (offset, len) = match rest {
        [offset, len, ..] => (arg::int(vm, *offset)?, arg::int(vm, *len)?),
        [len] => (0, arg::int(vm, *len)?),
        [] => (0, isize::MAX),
    };
    let from = usize::try_from(offset).unwrap_or(0).min(bytes.len());
    let to = from.saturating_add(usize::try_from(len).unwrap_or(usize::MAX)).min(bytes.len());
    let piece = bytes.get(from..to).unwrap_or(&[]);
    let written = stream.write(vm, piece)?;
    let is_str = str::is_str(data) && stream.is_text();
    let done = piece.get(..written).unwrap_or(piece);
    Ok(Obj::small_wrapping(if is_str { find::count_chars(done) } else { written } as isize))
}

/// `seek(offset[, whence])`
pub(super) fn seek(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, offset, rest @ ..] = args else { return Ok(Obj::NULL) };
    let stream = Stream::of(vm, *this)?;
    let whence = match rest {
        [whence, ..] => match arg::int(vm, *whence)? {
            0 => Whence::Start,
            1 => Whence::Here,
            2 => Whence::End,
            _ => return Err(vm.os_error(22)),
        },
        [] => Whence::Start,
    };
    let offset = arg::int(vm, *offset)? as i64;
    let at = stream.seek(vm, offset, whence)?;
    Ok(Obj::small_wrapping(at as isize))
}

/// `tell()`
pub(super) fn tell(vm: &mut Vm, this: Obj) -> Res {
    let stream = Stream::of(vm, this)?;
    let at = stream.seek(vm, 0, Whence::Here)?;
    Ok(Obj::small_wrapping(at as isize))
}

/// `flush()`
pub(super) fn flush(vm: &mut Vm, this: Obj) -> Res {
    if let Stream::File(_) = Stream::of(vm, this)? {
        vm.port.flush();
    }
    Ok(Obj::NONE)
}

/// `close()`: closing twice is no error.
pub fn close(vm: &mut Vm, this: Obj) -> Res {
    let inner = instance::native(this).unwrap_or(this);
    if let Some(io) = Gc::<MemoryIo>::from_obj(inner) {
        io.open.set(false);
        io.drop_content();
    } else if let Some(file) = Gc::<File>::from_obj(inner) {
        file::close(vm, file)?;
    } else if let Some(file) = Gc::<RomFile>::from_obj(inner) {
        file.open.set(false);
    }
    Ok(Obj::NONE)
}

/// `__enter__()`
pub(super) fn enter(_: &mut Vm, this: Obj) -> Res {
    Ok(this)
}

/// `__exit__(...)`
pub(super) fn exit(vm: &mut Vm, args: &[Obj]) -> Res {
    args.first().map_or(Ok(Obj::NONE), |this| close(vm, *this))
}

/// `closed`
pub(super) fn get_attr(_: &mut Vm, obj: Obj, name: Qstr) -> Res {
    if name != q!("closed") {
        return Ok(Obj::NULL);
    }
    let memory = Gc::<MemoryIo>::from_obj(obj).map(|io| io.open.get());
    let file = Gc::<File>::from_obj(obj).map(|file| file.open.get());
    let rom = Gc::<RomFile>::from_obj(obj).map(|file| file.open.get());
    Ok(Obj::bool(!memory.or(file).or(rom).unwrap_or(false)))
}
