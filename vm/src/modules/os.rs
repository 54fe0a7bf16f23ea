//! os: files and directories by path, and the environment.

pub mod path;

use crate::Vm;
use crate::port::Errno;
use crate::q;
use crate::qstr::Qstr;
use crate::run::mounts::{self, Place, path_of};
use crate::types::vfs_host::Kept;
use crate::types::{attrtuple, bytes, int, list, sequence, str, tuple};
use crate::value::{Entry, GcVec, Obj, Raise, Res, Rom, Type, TypeRef, fun0, fun1, fun2, row, var};
#[cfg(not(feature = "v2"))]
use {super::vfs, crate::value::kw};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("os")))),
    row(q!("chdir"), fun1(chdir)),
    #[cfg(feature = "diagnostics")]
    row(q!("errno"), var(0, 1, errno)),
    row(q!("getcwd"), fun0(getcwd)),
    row(q!("getenv"), var(1, 2, getenv)),
    row(q!("ilistdir"), var(0, 1, ilistdir)),
    row(q!("listdir"), var(0, 1, listdir)),
    row(q!("mkdir"), fun1(mkdir)),
    row(q!("remove"), fun1(|vm, path| ask(vm, path, q!("remove")))),
    row(q!("rename"), fun2(rename)),
    row(q!("rmdir"), fun1(|vm, path| ask(vm, path, q!("rmdir")))),
    row(q!("path"), Rom::Make(path::module)),
    row(q!("putenv"), fun2(putenv)),
    row(q!("system"), fun1(system)),
    row(q!("unsetenv"), fun1(unsetenv)),
    row(q!("sep"), Rom::Word(Obj::name(q!("/")))),
    row(q!("stat"), fun1(stat)),
    row(q!("statvfs"), fun1(statvfs)),
    row(q!("uname"), fun0(uname)),
    row(q!("unlink"), fun1(|vm, path| ask(vm, path, q!("remove")))),
    row(q!("urandom"), fun1(urandom)),
    #[cfg(not(feature = "v2"))]
    row(q!("mount"), kw(0, vfs::mount)),
    #[cfg(not(feature = "v2"))]
    row(q!("umount"), fun1(vfs::umount)),
    #[cfg(all(feature = "diagnostics", not(feature = "v2")))]
    row(q!("VfsPosix"), Rom::Type(&crate::types::vfs_host::TYPE)),
];

/// Longest name that `statvfs` of an empty table promises.
const LONGEST_NAME: isize = 512;

/// The file system that a path is in, and the path there; OSError EPERM for the directory of mount points.
fn inside(vm: &mut Vm, path: Obj) -> Res<(Obj, Obj)> {
    match mounts::resolve(vm, path)? {
        Some(found) => Ok(found),
        None => Err(vm.os_error(1)),
    }
}

/// Calls a method of the file system that a path is in.
fn ask(vm: &mut Vm, path: Obj, method: Qstr) -> Res {
    let (fs, path) = inside(vm, path)?;
    vm.call_method(fs, method, &[path])
}

/// Calls a method of what is mounted at the root, if anything is.
fn ask_root(vm: &mut Vm, method: Qstr) -> Res<Option<Obj>> {
    match mounts::at_root(vm) {
        Some(mount) => vm.call_method(mounts::entry(mount).0, method, &[Obj::name(q!("/"))]).map(Some),
        None => Ok(None),
    }
}

fn chdir(vm: &mut Vm, path: Obj) -> Res {
    let text = path_of(vm, path)?;
    vm.mounted_here = match mounts::look_up(vm, text) {
        Place::Nowhere => return Err(vm.os_error(19)),
        Place::Root => {
            // Relative paths begin at the root of what is mounted there.
            ask_root(vm, q!("chdir"))?;
            Obj::NULL
        }
        Place::In(mount, _) => {
            ask(vm, path, q!("chdir"))?;
            mount
        }
    };
    Ok(Obj::NONE)
}

fn getcwd(vm: &mut Vm) -> Res {
    let Some(mount) = vm.mounted_here.non_null() else { return Ok(Obj::name(q!("/"))) };
    let (fs, point) = mounts::entry(mount);
    let here = vm.call_method(fs, q!("getcwd"), &[])?;
    let (above, text) = (path_of(vm, point)?, path_of(vm, here)?);
    match (above, text) {
        ("/", _) => Ok(here),
        (above, "/") => str::new(vm, above),
        (above, text) => str::from_format(vm, format_args!("{above}{text}")),
    }
}

fn mkdir(vm: &mut Vm, path: Obj) -> Res {
    match mounts::resolve(vm, path)? {
        Some((fs, path)) if path_of(vm, path)? != "/" => vm.call_method(fs, q!("mkdir"), &[path]),
        Some(_) | None => Err(vm.os_error(17)),
    }
}

fn rename(vm: &mut Vm, from: Obj, to: Obj) -> Res {
    let ((fs, from), (other, to)) = (inside(vm, from)?, inside(vm, to)?);
    if fs == other { vm.call_method(fs, q!("rename"), &[from, to]) } else { Err(vm.os_error(1)) }
}

/// `ilistdir([path])`: tuples of name, mode, inode, and maybe size. The mount points are in the root.
fn ilistdir(vm: &mut Vm, args: &[Obj]) -> Res {
    let path = args.first().copied().unwrap_or(Obj::name(q!("")));
    let Some((fs, path_there)) = mounts::resolve(vm, path)? else {
        let all = GcVec::new();
        let mut at = 0;
        while let Some(mount) = vm.mounts.get(at) {
            at += 1;
            let point = path_of(vm, mounts::entry(mount).1)?.strip_prefix('/').unwrap_or("").as_bytes();
            if !point.is_empty() {
                let name =
                    if bytes::bytes_of(path).is_some() { bytes::new(vm, point) } else { str::from_utf8(vm, point) }?;
                let [mode, inode] = [mounts::DIRECTORY, 0].map(Obj::small_wrapping);
                let entry = tuple::new(vm, &[name, mode, inode])?;
                all.push(vm, entry)?;
            }
        }
        if let Some(entries) = ask_root(vm, q!("ilistdir"))? {
            sequence::iterate(vm, entries, |vm, entry| all.push(vm, entry))?;
        }
        let all = list::from_vec(vm, all)?;
        return vm.iter(all);
    };
    vm.call_method(fs, q!("ilistdir"), &[path_there])
}

/// `listdir([path])`: the names only.
fn listdir(vm: &mut Vm, args: &[Obj]) -> Res {
    let entries = ilistdir(vm, args)?;
    let names = GcVec::new();
    sequence::iterate(vm, entries, |vm, entry| {
        let name = vm.get_item(entry, Obj::small_wrapping(0))?;
        names.push(vm, name)
    })?;
    list::from_vec(vm, names)
}

fn stat(vm: &mut Vm, path: Obj) -> Res {
    match mounts::resolve(vm, path)? {
        Some((fs, path)) => vm.call_method(fs, q!("stat"), &[path]),
        None => facts(vm, 0, mounts::DIRECTORY),
    }
}

fn statvfs(vm: &mut Vm, path: Obj) -> Res {
    match mounts::resolve(vm, path)? {
        Some((fs, path)) => vm.call_method(fs, q!("statvfs"), &[path]),
        None => match ask_root(vm, q!("statvfs"))? {
            Some(facts) => Ok(facts),
            None => facts(vm, 9, LONGEST_NAME),
        },
    }
}

/// Ten numbers, all zero but one.
fn facts(vm: &mut Vm, at: usize, value: isize) -> Res {
    let mut facts = [Obj::small_wrapping(0); 10];
    if let Some(place) = facts.get_mut(at) {
        *place = Obj::small_wrapping(value);
    }
    tuple::new(vm, &facts)
}

fn getenv(vm: &mut Vm, args: &[Obj]) -> Res {
    let name = path_of(vm, args[0])?;
    let mut kept = Kept::default();
    let mut found = false;
    vm.port.environment(name, &mut |value| {
        found = true;
        kept.add(value);
    });
    if !found {
        return Ok(args.get(1).copied().unwrap_or(Obj::NONE));
    }
    let value = kept.finish(vm)?;
    str::new(vm, value)
}

fn raise(vm: &mut Vm, error: Errno) -> Raise {
    vm.os_error(error.0)
}

fn done(vm: &mut Vm, result: Result<(), Errno>) -> Res {
    match result {
        Ok(()) => Ok(Obj::NONE),
        Err(error) => Err(raise(vm, error)),
    }
}

fn putenv(vm: &mut Vm, name: Obj, value: Obj) -> Res {
    let (name, value) = (path_of(vm, name)?, path_of(vm, value)?);
    let result = vm.port.set_environment(name, Some(value));
    done(vm, result)
}

fn unsetenv(vm: &mut Vm, name: Obj) -> Res {
    let name = path_of(vm, name)?;
    let result = vm.port.set_environment(name, None);
    done(vm, result)
}

/// `errno([new])`: the number of the system's last error.
#[cfg(feature = "diagnostics")]
fn errno(vm: &mut Vm, new: &[Obj]) -> Res {
    let Some(new) = new.first() else { return Ok(Obj::small_wrapping(vm.port.last_error(None) as isize)) };
    let new = int::index(vm, *new)?;
    vm.port.last_error(Some(new as i32));
    Ok(Obj::NONE)
}

/// `system(command)`: what the system says of how the command ended.
fn system(vm: &mut Vm, command: Obj) -> Res {
    let command = path_of(vm, command)?;
    vm.port.flush();
    match vm.port.system(command) {
        Ok(status) => Ok(Obj::small_wrapping(status as isize)),
        Err(error) => Err(raise(vm, error)),
    }
}

const UNAME: &[Qstr] = &[q!("sysname"), q!("nodename"), q!("release"), q!("version"), q!("machine")];

/// Type of what `uname` gives.
static UNAME_RESULT: Type = attrtuple::of(
    |vm, obj, name| attrtuple::get(vm, UNAME, obj, name),
    |vm, sink, obj, _| attrtuple::print(vm, sink, UNAME, obj),
);

/// `uname()`, as on boards: which interpreter this is, on which kind of machine.
fn uname(vm: &mut Vm) -> Res {
    let platform = vm.port.platform();
    let sysname = str::new(vm, platform)?;
    let release = str::new(vm, "1.29.0")?;
    let version = str::new(vm, super::sys::BANNER)?;
    let machine = super::sys::machine(vm)?;
    tuple::new_as(vm, TypeRef::of(&UNAME_RESULT), &[sysname, sysname, release, version, machine])
}

fn urandom(vm: &mut Vm, count: Obj) -> Res {
    let Ok(count) = usize::try_from(int::index(vm, count)?) else {
        return Err(vm.value_error(format_args!("negative count")));
    };
    let data = GcVec::new();
    data.resize(vm, count, 0u8)?;
    let port = &mut vm.port;
    if !data.with_mut(|data| port.random(data)) {
        return Err(vm.os_error(38));
    }
    bytes::new(vm, data.slice())
}
