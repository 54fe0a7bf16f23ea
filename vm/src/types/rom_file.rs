//! Files of a VfsRom: streams over a piece of its image. Binary ones have the buffer protocol, so that a memoryview of a
//! file is a view of the image.

use core::cell::Cell;

use crate::Vm;
use crate::port::Whence;
use crate::q;
use crate::qstr::Qstr;
use crate::rom::Found;
use crate::run::mounts::path_of;
use crate::types::sequence;
use crate::types::str::arg;
use crate::types::stream;
use crate::types::vfs_rom::{self, VfsRom};
use crate::value::{Buffer, Entry, Flags, Gc, Obj, Object, Res, Type, TypeRef, fun1, row, var};

/// Body of both types.
#[repr(C)]
pub struct RomFile {
    /// Whose bytes the image is.
    pub memory: Obj,
    /// Where the content is in them.
    start: usize,
    len: usize,
    /// The position.
    at: Cell<usize>,
    /// Whether it is still open, as a stream; views of it live on.
    pub open: Cell<bool>,
}

impl Object for RomFile {
    const TYPE: &'static Type = &FILE_IO;
}

static FILE_IO: Type = Type { buffer: Some(buffer), ..kind(q!("FileIO")) };

static TEXT_IO: Type = Type { layout: Some(TypeRef::of(&FILE_IO)), ..kind(q!("TextIOWrapper")) };

const fn kind(name: Qstr) -> Type {
    Type {
        flags: Flags::SELF_ITER,
        get_attr: Some(stream::get_attr),
        next: Some(stream::next),
        table: TABLE,
        ..Type::new(name)
    }
}

static TABLE: &[Entry] = &[
    row(q!("read"), var(1, 2, stream::read)),
    row(q!("readinto"), var(2, 3, stream::readinto)),
    row(q!("readline"), var(1, 2, stream::readline)),
    row(q!("readlines"), var(1, 2, stream::readlines)),
    row(q!("seek"), var(2, 3, stream::seek)),
    row(q!("tell"), fun1(stream::tell)),
    row(q!("close"), fun1(stream::close)),
    row(q!("__enter__"), fun1(stream::enter)),
    row(q!("__exit__"), var(1, 4, stream::exit)),
];

/// `VfsRom.open(path, mode)`
pub(super) fn open(vm: &mut Vm, this: Obj, path: Obj, mode: Obj) -> Res {
    let rom = sequence::this::<VfsRom>(vm, this)?;
    let mut ty = &TEXT_IO;
    for letter in arg::text(vm, mode)? {
        match letter {
            b'r' => {}
            b'b' => ty = &FILE_IO,
            b't' => ty = &TEXT_IO,
            b'w' | b'a' | b'x' | b'+' => return Err(vm.os_error(30)),
            _ => return Err(vm.value_error(format_args!("invalid mode"))),
        }
    }
    let path = path_of(vm, path)?;
    let content = match vfs_rom::find(vm, rom, path)? {
        Found::File(content) => content,
        Found::Directory(_) => return Err(vm.os_error(21)),
        found @ (Found::Missing | Found::Corrupt) => return Err(vfs_rom::absent(vm, &found)),
    };
    let body = RomFile {
        memory: rom.memory,
        start: content.start,
        len: content.len(),
        at: Cell::new(0),
        open: Cell::new(true),
    };
    Ok(Gc::alloc_as(vm, TypeRef::of(ty), body)?.obj())
}

/// Whether it holds text.
pub(super) fn is_text(file: Gc<RomFile>) -> bool {
    file.type_ref() == TypeRef::of(&TEXT_IO)
}

/// The content; `None` if the program made what the image is in smaller.
fn buffer(vm: &mut Vm, obj: Obj, write: bool) -> Res<Option<Buffer>> {
    let Some(file) = Gc::<RomFile>::from_obj(obj).filter(|_| !write) else { return Ok(None) };
    content(vm, file)
}

fn content(vm: &mut Vm, file: Gc<RomFile>) -> Res<Option<Buffer>> {
    Ok(vm.buffer_of(file.memory, false)?.and_then(|whole| whole.part(file.start, file.len, b'B')))
}

/// Reads at most as many bytes as `to` has; 0 is the end.
pub(super) fn read(vm: &mut Vm, file: Gc<RomFile>, to: &mut [u8]) -> Res<usize> {
    let Some(content) = content(vm, file)? else { return Err(vm.os_error(5)) };
    let rest = content.bytes().get(file.at.get()..).unwrap_or(&[]);
    let count = rest.len().min(to.len());
    for (to, from) in to.iter_mut().zip(rest) {
        *to = *from;
    }
    file.at.set(file.at.get() + count);
    Ok(count)
}

/// Moves the position; past the end is the end.
pub(super) fn seek(vm: &mut Vm, file: Gc<RomFile>, offset: i64, whence: Whence) -> Res<u64> {
    let base = match whence {
        Whence::Start => 0,
        Whence::Here => file.at.get(),
        Whence::End => file.len,
    };
    match usize::try_from(offset.saturating_add(base as i64)) {
        Ok(at) => {
            file.at.set(at.min(file.len));
            Ok(file.at.get() as u64)
        }
        Err(_) => Err(vm.os_error(22)),
    }
}
