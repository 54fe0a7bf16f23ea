//! VfsPosix: the files of the port as a file system that can be mounted, from their root or from a directory.

use core::cell::Cell;

use crate::Vm;
use crate::mem;
use crate::port::{Errno, PathKind};
use crate::q;
use crate::run::mounts::{self, path_of};
use crate::types::str::arg;
use crate::types::{bytes, file, int, list, sequence, str, tuple};
use crate::value::{Entry, Gc, GcVec, Obj, Object, Raise, Res, Type, fun1, fun2, fun3, row};

/// Body of such a file system.
pub struct VfsHost {
    /// The directory that it shows, without a slash behind it; `Obj::NULL` for all there is.
    root: Obj,
    /// Whether it was mounted for reading only.
    readonly: Cell<bool>,
}

impl Object for VfsHost {
    const TYPE: &'static Type = &TYPE;
}

/// `vfs.VfsPosix`
pub static TYPE: Type = Type {
    #[cfg(feature = "diagnostics")]
    make: Some(make),
    table: TABLE,
    ..Type::new(if cfg!(feature = "diagnostics") { q!("VfsPosix") } else { q!("VfsPort") })
};

static TABLE: &[Entry] = &[
    row(q!("mount"), fun3(mount)),
    row(q!("umount"), fun1(|_, _| Ok(Obj::NONE))),
    row(q!("open"), fun3(open)),
    row(q!("chdir"), fun2(chdir)),
    row(q!("getcwd"), fun1(getcwd)),
    row(q!("ilistdir"), fun2(ilistdir)),
    row(q!("mkdir"), fun2(mkdir)),
    row(q!("remove"), fun2(remove)),
    row(q!("rename"), fun3(rename)),
    row(q!("rmdir"), fun2(rmdir)),
    row(q!("stat"), fun2(stat)),
    row(q!("statvfs"), fun2(statvfs)),
];

/// The files below `root`, or all with `Obj::NULL`.
pub fn new(vm: &mut Vm, root: Obj) -> Res {
    Ok(Gc::alloc(vm, VfsHost { root, readonly: Cell::new(false) })?.obj())
}

/// `VfsPosix([root])`: a relative root counts from the directory of this moment.
#[cfg(feature = "diagnostics")]
fn make(vm: &mut Vm, _: crate::value::TypeRef, args: crate::value::Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 0, 1)?;
    let Some(root) = args.pos.first() else { return new(vm, Obj::NULL) };
    let root = path_of(vm, *root)?;
    let mut whole = str::Builder::new();
    if !root.starts_with('/') && !root.is_empty() {
        let here = port_dir(vm)?;
        let here = path_of(vm, here)?;
        whole.push(vm, here.as_bytes())?;
        whole.push(vm, b"/")?;
    }
    whole.push(vm, root.trim_end_matches('/').as_bytes())?;
    let root = whole.finish(vm)?;
    new(vm, root)
}

/// A path as the port knows it: one that begins with a slash is below the root.
fn inside<'a>(vm: &mut Vm, host: Gc<VfsHost>, path: Obj) -> Res<&'a str> {
    let path = path_of(vm, path)?;
    place(vm, host, path)
}

/// A path inside the file system as the port knows it.
pub fn place<'a>(vm: &mut Vm, host: Gc<VfsHost>, path: &'a str) -> Res<&'a str> {
    let Some(root) = host.root.non_null().filter(|_| path.starts_with('/')) else { return Ok(path) };
    let root = path_of(vm, root)?;
    let whole = str::from_format(vm, format_args!("{root}{path}"))?;
    path_of(vm, whole)
}

/// What a path leads to.
pub fn kind(vm: &mut Vm, host: Gc<VfsHost>, path: &str) -> Res<PathKind> {
    let path = place(vm, host, path)?;
    Ok(vm.port.path_kind(path))
}

/// `mount(readonly, mkfs)`
fn mount(vm: &mut Vm, this: Obj, readonly: Obj, mkfs: Obj) -> Res {
    let host = sequence::this::<VfsHost>(vm, this)?;
    if vm.truth(mkfs)? {
        return Err(vm.os_error(1));
    }
    if vm.truth(readonly)? {
        host.readonly.set(true);
    }
    Ok(Obj::NONE)
}

/// The file system of a method that changes something.
fn writable(vm: &mut Vm, this: Obj) -> Res<Gc<VfsHost>> {
    let host = sequence::this::<VfsHost>(vm, this)?;
    if host.readonly.get() { Err(vm.os_error(30)) } else { Ok(host) }
}

fn open(vm: &mut Vm, this: Obj, path: Obj, mode: Obj) -> Res {
    let host = sequence::this::<VfsHost>(vm, this)?;
    if arg::text(vm, mode)?.iter().any(|letter| b"wax+".contains(letter)) {
        writable(vm, this)?;
    }
    let place = inside(vm, host, path)?;
    file::open_port(vm, place, path, mode)
}

#[cold]
fn raise(vm: &mut Vm, error: Errno) -> Raise {
    vm.os_error(error.0)
}

fn done(vm: &mut Vm, result: Result<(), Errno>) -> Res {
    match result {
        Ok(()) => Ok(Obj::NONE),
        Err(error) => Err(raise(vm, error)),
    }
}

fn chdir(vm: &mut Vm, this: Obj, path: Obj) -> Res {
    let host = sequence::this::<VfsHost>(vm, this)?;
    let path = inside(vm, host, path)?;
    let result = vm.port.change_dir(path);
    done(vm, result)
}

/// The port's working directory.
fn port_dir(vm: &mut Vm) -> Res {
    let mut kept = Kept::default();
    match vm.port.current_dir(&mut |path| kept.add(path)) {
        Ok(()) => {
            let path = kept.finish(vm)?;
            str::new(vm, path)
        }
        Err(error) => Err(raise(vm, error)),
    }
}

fn getcwd(vm: &mut Vm, this: Obj) -> Res {
    let host = sequence::this::<VfsHost>(vm, this)?;
    let here = port_dir(vm)?;
    let Some(root) = host.root.non_null() else { return Ok(here) };
    let (here_text, root) = (path_of(vm, here)?, path_of(vm, root)?);
    match here_text.strip_prefix(root) {
        Some(rest) => str::new(vm, rest),
        None => Ok(here),
    }
}

fn mkdir(vm: &mut Vm, this: Obj, path: Obj) -> Res {
    let host = writable(vm, this)?;
    let path = inside(vm, host, path)?;
    let result = vm.port.make_dir(path);
    done(vm, result)
}

fn rmdir(vm: &mut Vm, this: Obj, path: Obj) -> Res {
    let host = writable(vm, this)?;
    let path = inside(vm, host, path)?;
    let result = vm.port.remove_dir(path);
    done(vm, result)
}

fn remove(vm: &mut Vm, this: Obj, path: Obj) -> Res {
    let host = writable(vm, this)?;
    let path = inside(vm, host, path)?;
    let result = vm.port.remove(path);
    done(vm, result)
}

fn rename(vm: &mut Vm, this: Obj, from: Obj, to: Obj) -> Res {
    let host = writable(vm, this)?;
    let (from, to) = (inside(vm, host, from)?, inside(vm, host, to)?);
    let result = vm.port.rename(from, to);
    done(vm, result)
}

/// `ilistdir(path)`: name, mode, inode and on disks of boards the size of each entry. Names are bytes if the path is.
fn ilistdir(vm: &mut Vm, this: Obj, path: Obj) -> Res {
    let host = sequence::this::<VfsHost>(vm, this)?;
    let place = match inside(vm, host, path)? {
        "" => ".",
        place => place,
    };
    let name_of = if str::is_str(arg::plain(path)) { str::from_utf8 } else { bytes::new };
    let mut names = Kept::default();
    let mut facts: mem::Vec<(usize, PathKind, u64)> = mem::Vec::new();
    let mut failed = false;
    let result = vm.port.list_dir(place, &mut |name, kind, inode| {
        names.add(name);
        failed |= facts.push((names.bytes.len(), kind, inode)).is_err();
    });
    if let Err(error) = result {
        return Err(raise(vm, error));
    }
    if failed {
        return Err(vm.memory_error());
    }
    let names = names.finish(vm)?;
    let all = GcVec::with_capacity(vm, facts.len())?;
    let mut start = 0;
    for (end, kind, inode) in facts.iter() {
        let name = name_of(vm, names.get(start..*end).unwrap_or("").as_bytes())?;
        let mode = match kind {
            PathKind::Directory => mounts::DIRECTORY,
            PathKind::File => mounts::FILE,
            PathKind::Missing => 0,
        };
        let number = int::from_u64(vm, *inode)?;
        let mode = Obj::small_wrapping(mode);
        let entry = match vm.port.lists_sizes() {
            true => tuple::new(vm, &[name, mode, Obj::small_wrapping(0), number])?,
            false => tuple::new(vm, &[name, mode, number])?,
        };
        all.push(vm, entry)?;
        start = *end;
    }
    let all = list::from_vec(vm, all)?;
    vm.iter(all)
}

fn stat(vm: &mut Vm, this: Obj, path: Obj) -> Res {
    let host = sequence::this::<VfsHost>(vm, this)?;
    let path = inside(vm, host, path)?;
    let stat = match vm.port.stat(path) {
        Ok(stat) => stat,
        Err(error) => return Err(raise(vm, error)),
    };
    let unsigned = [
        u64::from(stat.mode),
        stat.inode,
        stat.device,
        stat.links,
        u64::from(stat.uid),
        u64::from(stat.gid),
        stat.size,
    ];
    let fields = numbers(vm, &unsigned)?;
    for value in [stat.atime, stat.mtime, stat.ctime] {
        let value = int::new(vm, value)?;
        fields.push(vm, value)?;
    }
    tuple::new(vm, fields.slice())
}

fn numbers(vm: &mut Vm, values: &[u64]) -> Res<GcVec<Obj>> {
    let fields = GcVec::with_capacity(vm, 10)?;
    for value in values {
        let value = int::from_u64(vm, *value)?;
        fields.push(vm, value)?;
    }
    Ok(fields)
}

fn statvfs(vm: &mut Vm, this: Obj, path: Obj) -> Res {
    let host = sequence::this::<VfsHost>(vm, this)?;
    let path = inside(vm, host, path)?;
    match vm.port.stat_volume(path) {
        Ok(facts) => {
            let fields = numbers(vm, &facts)?;
            tuple::new(vm, fields.slice())
        }
        Err(error) => Err(raise(vm, error)),
    }
}

/// Text that a port handed out, kept until it can become an object.
#[derive(Default)]
pub struct Kept {
    bytes: mem::Vec<u8>,
    failed: bool,
}

impl Kept {
    /// Adds text; `finish` tells if there was no memory.
    pub fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.failed |= self.bytes.push(byte).is_err();
        }
    }

    /// The text.
    pub fn finish(&self, vm: &mut Vm) -> Res<&str> {
        if self.failed {
            return Err(vm.memory_error());
        }
        Ok(core::str::from_utf8(&self.bytes).unwrap_or(""))
    }
}
