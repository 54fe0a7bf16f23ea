//! The mount table: which file system a path leads to, and what import asks of it.

use crate::Vm;
use crate::port::PathKind;
use crate::q;
use crate::types::list::List;
use crate::types::str::{self, arg};
use crate::types::{bytes, class, exception, int, rom_memory, tuple, vfs_host, vfs_rom};
use crate::value::{Gc, Obj, Res, TypeRef};

/// File types, as the modes of `stat` have them.
pub const DIRECTORY: isize = 0x4000;
/// A regular file.
pub const FILE: isize = 0x8000;

/// What a path leads to.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// The directory of all mount points.
    Root,
    /// Nothing is mounted there.
    Nowhere,
    /// A path inside the file system of this entry of the table.
    In(Obj, &'a str),
}

/// File system and mount point of an entry of the table.
pub fn entry(mount: Obj) -> (Obj, Obj) {
    match tuple::items(mount) {
        Some([fs, point]) => (*fs, *point),
        Some(_) | None => (Obj::NONE, Obj::NONE),
    }
}

/// The entry that is mounted at `/`.
pub fn at_root(vm: &Vm) -> Option<Obj> {
    vm.mounts.slice().iter().copied().find(|mount| str::text_of(vm, entry(*mount).1) == Some("/"))
}

/// Finds the file system of a path.
pub fn look_up<'a>(vm: &Vm, path: &'a str) -> Place<'a> {
    let inside = path.strip_prefix('/');
    if inside.is_none() && !vm.mounted_here.is_null() {
        return Place::In(vm.mounted_here, path);
    }
    let rest = inside.unwrap_or(path);
    if rest.is_empty() {
        return Place::Root;
    }
    for mount in vm.mounts.slice() {
        let point = str::text_of(vm, entry(*mount).1).and_then(|point| point.strip_prefix('/')).unwrap_or("");
        if point.is_empty() {
            return Place::In(*mount, path);
        }
        match rest.strip_prefix(point) {
            Some("") => return Place::In(*mount, "/"),
            Some(behind) if behind.starts_with('/') => return Place::In(*mount, behind),
            Some(_) | None => {}
        }
    }
    Place::Nowhere
}

/// The text of a path, which may be bytes.
pub fn path_of<'a>(vm: &mut Vm, path: Obj) -> Res<&'a str> {
    let path = arg::plain(path);
    match bytes::bytes_of(path).and_then(|bytes| core::str::from_utf8(bytes).ok()) {
        Some(path) => Ok(path),
        None => arg::utf8(vm, path),
    }
}

/// File system of a path, and the path inside it, of the same type. There is none for the directory of mount points.
pub fn resolve(vm: &mut Vm, path: Obj) -> Res<Option<(Obj, Obj)>> {
    let text = path_of(vm, path)?;
    match look_up(vm, text) {
        Place::Root => Ok(None),
        Place::Nowhere => Err(vm.os_error(19)),
        Place::In(mount, rest) => {
            let rest = if core::ptr::eq(rest, text) {
                path
            } else if bytes::bytes_of(arg::plain(path)).is_some() {
                bytes::new(vm, rest.as_bytes())?
            } else {
                str::new(vm, rest)?
            };
            Ok(Some((entry(mount).0, rest)))
        }
    }
}

/// What a path leads to, for import and `os.path`. A program's own file system is asked by its `stat`.
pub fn kind(vm: &mut Vm, path: &str) -> Res<PathKind> {
    let (mount, rest) = match look_up(vm, path) {
        Place::Root => return Ok(PathKind::Directory),
        Place::Nowhere => return Ok(PathKind::Missing),
        Place::In(mount, rest) => (mount, rest),
    };
    let (fs, _) = entry(mount);
    if let Some(host) = Gc::exact(fs) {
        return vfs_host::kind(vm, host, rest);
    }
    if let Some(rom) = Gc::exact(fs) {
        return vfs_rom::kind(vm, rom, rest);
    }
    let rest = str::new(vm, rest)?;
    let mode = vm.call_method(fs, q!("stat"), &[rest]).and_then(|facts| {
        let mode = vm.get_item(facts, Obj::small_wrapping(0))?;
        int::index(vm, mode)
    });
    match mode {
        Ok(mode) if mode & DIRECTORY != 0 => Ok(PathKind::Directory),
        Ok(_) => Ok(PathKind::File),
        Err(raise) => {
            let exception = vm.take_exception(raise);
            if class::is_subclass(exception.type_of(), TypeRef::of(&exception::EXCEPTION)) {
                return Ok(PathKind::Missing);
            }
            Err(vm.raise(exception))
        }
    }
}

/// Enters a file system in the table; what is mounted at `/` stays last.
pub fn insert(vm: &mut Vm, fs: Obj, point: Obj) -> Res {
    let mount = tuple::new(vm, &[fs, point])?;
    let at = match at_root(vm) {
        Some(_) => vm.mounts.len() - 1,
        None => vm.mounts.len(),
    };
    let mounts = core::mem::take(&mut vm.mounts);
    let result = mounts.insert(vm, at, mount);
    vm.mounts = mounts;
    result?;
    Ok(mount)
}

/// Mounts an image in memory that stays at `/rom`, and looks for modules there. OSError ENODEV if there is no image.
pub fn mount_rom(vm: &mut Vm, image: &'static [u8]) -> Res<()> {
    let memory = rom_memory::new(vm, image)?;
    let rom = vfs_rom::new(vm, memory)?;
    insert(vm, rom, Obj::name(q!("/rom")))?;
    if let Some(path) = Gc::<List>::from_obj(vm.path) {
        path.items.push(vm, Obj::name(q!("/rom")))?;
        path.items.push(vm, Obj::name(q!("/rom/lib")))?;
    }
    Ok(())
}

/// Mounts the files of the port at `/` and goes there.
pub fn mount_port(vm: &mut Vm) -> Res<()> {
    let fs = vfs_host::new(vm, Obj::NULL)?;
    let mount = insert(vm, fs, Obj::name(q!("/")))?;
    vm.mounted_here = mount;
    Ok(())
}
