//! VfsRom: a file system in an image that lies in memory. Its files are views of the image.

use crate::Vm;
use crate::port::PathKind;
use crate::q;
use crate::rom::{Found, Image, Walk};
use crate::run::Image as Content;
use crate::run::mounts::{self, path_of};
use crate::types::memoryview::MemoryView;
use crate::types::rom_file::RomFile;
use crate::types::rom_memory::Memory;
use crate::types::{bytes, int, list, rom_file, sequence, str, tuple};
use crate::value::{Args, Buffer, Entry, Gc, GcVec, Obj, Object, Raise, Res, Type, TypeRef, fun1, fun2, fun3, row};

/// Body of such a file system.
pub struct VfsRom {
    /// Whose bytes the image is. They are looked up for each call, because the program may change what it gave.
    pub memory: Obj,
}

impl Object for VfsRom {
    const TYPE: &'static Type = &TYPE;
}

/// `vfs.VfsRom`
pub static TYPE: Type = Type { make: Some(make), table: TABLE, ..Type::new(q!("VfsRom")) };

static TABLE: &[Entry] = &[
    row(q!("mount"), fun3(mount)),
    row(q!("umount"), fun1(|_, _| Ok(Obj::NONE))),
    row(q!("open"), fun3(rom_file::open)),
    row(q!("chdir"), fun2(chdir)),
    row(q!("getcwd"), fun1(|_, _| Ok(Obj::name(q!(""))))),
    row(q!("ilistdir"), fun2(ilistdir)),
    row(q!("stat"), fun2(stat)),
    row(q!("statvfs"), fun2(statvfs)),
];

/// `VfsRom(memory)`: an object with the bytes of an image.
fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 1)?;
    let [memory] = *args.pos else { return Ok(Obj::NULL) };
    new(vm, memory)
}

/// The file system in `memory`; OSError ENODEV if there is none.
pub fn new(vm: &mut Vm, memory: Obj) -> Res {
    image(vm, memory)?;
    Ok(Gc::alloc(vm, VfsRom { memory })?.obj())
}

/// The bytes of `memory` and the image in them, for use before anything can run Python.
fn image<'a>(vm: &mut Vm, memory: Obj) -> Res<(Buffer, Image<'a>)> {
    let buffer = vm.buffer(memory, false)?;
    match Image::open(buffer.bytes()) {
        Some(image) => Ok((buffer, image)),
        None => Err(vm.os_error(19)),
    }
}

/// What a path leads to.
pub fn find(vm: &mut Vm, rom: Gc<VfsRom>, path: &str) -> Res<Found> {
    let (_, image) = image(vm, rom.memory)?;
    Ok(image.find(path.as_bytes()))
}

/// What a path leads to, for import: damage is nothing.
pub fn kind(vm: &mut Vm, rom: Gc<VfsRom>, path: &str) -> Res<PathKind> {
    Ok(match find(vm, rom, path)? {
        Found::Missing | Found::Corrupt => PathKind::Missing,
        Found::File(_) => PathKind::File,
        Found::Directory(_) => PathKind::Directory,
    })
}

/// The bytes of a file: where they lie, if nobody can change them.
pub fn content(vm: &mut Vm, rom: Gc<VfsRom>, path: &str) -> Res<Content> {
    let (buffer, image) = image(vm, rom.memory)?;
    match image.find(path.as_bytes()) {
        Found::File(range) => {
            let content: &'static [u8] = buffer.bytes().get(range).unwrap_or(&[]);
            Ok(match owner(rom.memory) {
                owner if Gc::<Memory>::exact(owner).is_some() => Content::Forever(content),
                owner if bytes::bytes_of(owner).is_some() => Content::Heap(GcVec::over(content)),
                _ => Content::Heap(GcVec::from_slice(vm, content)?),
            })
        }
        Found::Directory(_) => Err(vm.os_error(21)),
        found @ (Found::Missing | Found::Corrupt) => Err(absent(vm, &found)),
    }
}

/// Whose bytes the bytes of `memory` are, past views that only read.
fn owner(mut memory: Obj) -> Obj {
    loop {
        memory = match (Gc::<MemoryView>::exact(memory), Gc::<RomFile>::from_obj(memory)) {
            (Some(view), _) => view.of.get(),
            (None, Some(file)) => file.memory,
            (None, None) => return memory,
        };
    }
}

/// OSError of a path that is not there, or that damage is in the way of.
#[cold]
pub fn absent(vm: &mut Vm, found: &Found) -> Raise {
    vm.os_error(if *found == Found::Corrupt { 5 } else { 2 })
}

fn mount(vm: &mut Vm, _: Obj, _: Obj, mkfs: Obj) -> Res {
    if vm.truth(mkfs)? { Err(vm.os_error(1)) } else { Ok(Obj::NONE) }
}

/// `chdir(path)`: only the root will do.
fn chdir(vm: &mut Vm, _: Obj, path: Obj) -> Res {
    if path_of(vm, path)? == "/" { Ok(Obj::NONE) } else { Err(vm.os_error(95)) }
}

/// `ilistdir(path)`: name, mode, zero and size of each entry. Names are bytes if the path is.
fn ilistdir(vm: &mut Vm, this: Obj, path: Obj) -> Res {
    let rom = sequence::this::<VfsRom>(vm, this)?;
    let text = path_of(vm, path)?;
    let inside = match find(vm, rom, text)? {
        Found::Directory(inside) => inside,
        found @ (Found::Missing | Found::Corrupt | Found::File(_)) => return Err(absent(vm, &found)),
    };
    let name_of = if str::is_str(path) { str::from_utf8 } else { bytes::new };
    let all = GcVec::new();
    let (mut at, end) = (inside.start, inside.end);
    loop {
        let (buffer, image) = image(vm, rom.memory)?;
        let mut walk: Walk<'_> = image.walk(at..end);
        let Some(entry) = walk.next() else { break };
        at = walk.at();
        let (mode, size) = match entry.found {
            Found::Directory(inside) => (mounts::DIRECTORY, inside.len()),
            Found::File(content) => (mounts::FILE, content.len()),
            Found::Missing | Found::Corrupt => continue,
        };
        let name = name_of(vm, buffer.bytes().get(entry.name).unwrap_or(&[]))?;
        let size = int::from_usize(vm, size)?;
        let zero = Obj::small_wrapping(0);
        let entry = tuple::new(vm, &[name, Obj::small_wrapping(mode), zero, size])?;
        all.push(vm, entry)?;
    }
    let all = list::from_vec(vm, all)?;
    vm.iter(all)
}

fn stat(vm: &mut Vm, this: Obj, path: Obj) -> Res {
    let rom = sequence::this::<VfsRom>(vm, this)?;
    let path = path_of(vm, path)?;
    let (mode, size) = match find(vm, rom, path)? {
        Found::File(content) => (mounts::FILE, content.len()),
        Found::Directory(inside) => (mounts::DIRECTORY, inside.len()),
        found @ (Found::Missing | Found::Corrupt) => return Err(absent(vm, &found)),
    };
    let mut facts = [Obj::small_wrapping(0); 10];
    facts[0] = Obj::small_wrapping(mode);
    facts[6] = int::from_usize(vm, size)?;
    tuple::new(vm, &facts)
}

/// `statvfs(path)`: blocks of one byte.
fn statvfs(vm: &mut Vm, this: Obj, _: Obj) -> Res {
    let rom = sequence::this::<VfsRom>(vm, this)?;
    let (_, image) = image(vm, rom.memory)?;
    let mut facts = [Obj::small_wrapping(0); 10];
    facts[0] = Obj::small_wrapping(1);
    facts[2] = int::from_usize(vm, image.len())?;
    facts[9] = Obj::small_wrapping(0x7fff);
    tuple::new(vm, &facts)
}
