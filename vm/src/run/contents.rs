//! The content of a file, wherever it is: with the port, in an image in memory, or in a program's own file system.

use super::image::Image;
use super::mounts::{self, Place};
use crate::Vm;
use crate::modules::frozen;
use crate::port::{FileId, OpenMode, Whence};
use crate::q;
use crate::types::{bytearray, int, str, stream, vfs_host, vfs_rom};
use crate::value::{Gc, GcVec, Obj, Res};

/// All bytes of a file, where they lie if they stay there; OSError if it cannot be read.
pub fn read_file(vm: &mut Vm, path: &str) -> Res<Image> {
    if let Some(name) = frozen::own_name(path) {
        return match frozen::file(name) {
            Some(content) => Ok(Image::Forever(content)),
            None => Err(vm.os_error(2)),
        };
    }
    let (mount, rest) = match mounts::look_up(vm, path) {
        Place::Root | Place::Nowhere => return Err(vm.os_error(2)),
        Place::In(mount, rest) => (mount, rest),
    };
    let (fs, _) = mounts::entry(mount);
    if let Some(host) = Gc::exact(fs) {
        let path = vfs_host::place(vm, host, rest)?;
        return of_port(vm, path).map(Image::Heap);
    }
    if let Some(rom) = Gc::exact(fs) {
        return vfs_rom::content(vm, rom, rest);
    }
    let path = str::new(vm, rest)?;
    let file = vm.call_method(fs, q!("open"), &[path, Obj::name(q!("rb"))])?;
    of_stream(vm, file).map(Image::Heap)
}

/// As `read_file`, without running anything of the program: for who tells of an error. `None` if that cannot be.
#[cfg(feature = "diagnostics")]
pub(super) fn read_quietly(vm: &mut Vm, path: &str) -> Option<Image> {
    let found = match mounts::look_up(vm, path) {
        Place::Root | Place::Nowhere => None,
        Place::In(mount, rest) => {
            let (fs, _) = mounts::entry(mount);
            match (Gc::exact(fs), Gc::exact(fs)) {
                (Some(host), _) => {
                    Some(vfs_host::place(vm, host, rest).and_then(|path| of_port(vm, path)).map(Image::Heap))
                }
                (None, Some(rom)) => Some(vfs_rom::content(vm, rom, rest)),
                (None, None) => None,
            }
        }
    };
    match found {
        Some(Ok(content)) => return Some(content),
        Some(Err(raise)) => {
            vm.take_exception(raise);
        }
        None => {}
    }
    frozen::file(path).map(Image::Forever)
}

fn of_port(vm: &mut Vm, path: &str) -> Res<GcVec<u8>> {
    let all: GcVec<u8> = GcVec::new();
    let file = match vm.port.open(path, OpenMode { read: true, ..OpenMode::default() }) {
        Ok(file) => file,
        Err(error) => return Err(vm.os_error(error.0)),
    };
    if let Err(raise) = read_port(vm, file, &all) {
        // The error that is already waiting counts, not that of closing.
        let _ = vm.port.close(file);
        return Err(raise);
    }
    match vm.port.close(file) {
        Ok(()) => Ok(all),
        Err(error) => Err(vm.os_error(error.0)),
    }
}

/// Reads a file from its start, into one piece of memory if its size is known.
fn read_port(vm: &mut Vm, file: FileId, all: &GcVec<u8>) -> Res<()> {
    if let (Ok(size), Ok(_)) = (vm.port.seek(file, 0, Whence::End), vm.port.seek(file, 0, Whence::Start)) {
        all.reserve(vm, usize::try_from(size).unwrap_or(0))?;
    }
    let mut piece = [0; 512];
    loop {
        let read = vm.port.read(file, &mut piece);
        match read {
            Ok(0) => return Ok(()),
            Ok(count) => all.extend(vm, &piece[..count.min(piece.len())])?,
            Err(error) => return Err(vm.os_error(error.0)),
        }
    }
}

/// What `ioctl` is asked to close a stream, and for the size of buffer that suits it.
const CLOSE: isize = 4;
const BUFFER_SIZE: isize = 11;
/// Bytes that a stream which a program wrote is asked for at most.
const MOST: usize = 512;

/// Reads a stream to its end and closes it. One that a program wrote has `readinto` and `ioctl`.
fn of_stream(vm: &mut Vm, file: Obj) -> Res<GcVec<u8>> {
    let all = GcVec::new();
    if stream::is_stream(file) {
        let done = stream::read_all(vm, file, &all);
        let closed = stream::close(vm, file);
        return done.and(closed).and(Ok(all));
    }
    let done = read_into(vm, file, &all);
    match done {
        Ok(()) => {
            ioctl(vm, file, CLOSE)?;
            Ok(all)
        }
        Err(raise) => {
            let exception = vm.take_exception(raise);
            if let Err(raise) = ioctl(vm, file, CLOSE) {
                vm.take_exception(raise);
            }
            Err(vm.reraise(exception))
        }
    }
}

fn read_into(vm: &mut Vm, file: Obj, all: &GcVec<u8>) -> Res<()> {
    let size = ioctl(vm, file, BUFFER_SIZE)?;
    let size = match int::index(vm, size)? {
        // It has no wish.
        ..=0 => MOST,
        size => (size as usize).clamp(16, MOST),
    };
    let piece = bytearray::new(vm, &[0; MOST][..size])?;
    loop {
        let count = vm.call_method(file, q!("readinto"), &[piece])?;
        let count = usize::try_from(int::index(vm, count)?).unwrap_or(0);
        if count == 0 {
            return Ok(());
        }
        if cfg!(target_pointer_width = "64") && all.len() == MOST {
            // There is more than a piece, and memory for it: it need not move with every piece.
            all.reserve(vm, 7 * MOST)?;
        }
        let bytes = vm.buffer(piece, false)?.bytes();
        all.extend(vm, bytes.get(..count.min(bytes.len())).unwrap_or(&[]))?;
    }
}

fn ioctl(vm: &mut Vm, file: Obj, request: isize) -> Res {
    vm.call_method(file, q!("ioctl"), &[Obj::small_wrapping(request), Obj::small_wrapping(0)])
}
