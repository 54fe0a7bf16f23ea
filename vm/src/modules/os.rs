//! os: files and directories by path, and the environment.

pub mod path;

use crate::Vm;
use crate::mem;
use crate::port::{Errno, PathKind};
use crate::q;
use crate::qstr::Qstr;
use crate::types::{attrtuple, bytes, int, list, str, tuple};
use crate::value::{Entry, GcVec, Obj, Raise, Res, Rom, Type, TypeRef, fun0, fun1, fun2, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("os")))),
    row(q!("chdir"), fun1(chdir)),
    row(q!("getcwd"), fun0(getcwd)),
    row(q!("getenv"), var(1, 2, getenv)),
    row(q!("ilistdir"), var(0, 1, ilistdir)),
    row(q!("listdir"), var(0, 1, listdir)),
    row(q!("mkdir"), fun1(mkdir)),
    row(q!("remove"), fun1(remove)),
    row(q!("rename"), fun2(rename)),
    row(q!("rmdir"), fun1(rmdir)),
    row(q!("path"), Rom::Make(path::module)),
    row(q!("putenv"), fun2(putenv)),
    row(q!("system"), fun1(system)),
    row(q!("unsetenv"), fun1(unsetenv)),
    row(q!("sep"), Rom::Word(Obj::name(q!("/")))),
    row(q!("stat"), fun1(stat)),
    row(q!("uname"), fun0(uname)),
    row(q!("unlink"), fun1(remove)),
    row(q!("urandom"), fun1(urandom)),
];

/// A path argument.
fn path_of<'a>(vm: &mut Vm, obj: Obj) -> Res<&'a str> {
    match str::text_of(vm, crate::types::instance::native(obj).unwrap_or(obj)) {
        Some(path) => Ok(path),
        None => {
            let ty = vm.type_name(obj);
            Err(vm.type_error(format_args!("can't convert '{ty}' object to str implicitly")))
        }
    }
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

fn chdir(vm: &mut Vm, path: Obj) -> Res {
    let path = path_of(vm, path)?;
    let result = vm.port.change_dir(path);
    done(vm, result)
}

fn mkdir(vm: &mut Vm, path: Obj) -> Res {
    let path = path_of(vm, path)?;
    let result = vm.port.make_dir(path);
    done(vm, result)
}

fn rmdir(vm: &mut Vm, path: Obj) -> Res {
    let path = path_of(vm, path)?;
    let result = vm.port.remove_dir(path);
    done(vm, result)
}

fn remove(vm: &mut Vm, path: Obj) -> Res {
    let path = path_of(vm, path)?;
    let result = vm.port.remove(path);
    done(vm, result)
}

fn rename(vm: &mut Vm, from: Obj, to: Obj) -> Res {
    let (from, to) = (path_of(vm, from)?, path_of(vm, to)?);
    let result = vm.port.rename(from, to);
    done(vm, result)
}

/// Text that a port handed out, kept until it can become an object.
struct Kept {
    bytes: mem::Vec<u8>,
    failed: bool,
}

impl Kept {
    const fn new() -> Kept {
        Kept { bytes: mem::Vec::new(), failed: false }
    }

    fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            self.failed |= self.bytes.push(byte).is_err();
        }
    }

    fn finish(&self, vm: &mut Vm) -> Res<&str> {
        if self.failed {
            return Err(vm.memory_error());
        }
        Ok(core::str::from_utf8(&self.bytes).unwrap_or(""))
    }
}

fn getcwd(vm: &mut Vm) -> Res {
    let mut kept = Kept::new();
    match vm.port.current_dir(&mut |path| kept.add(path)) {
        Ok(()) => {
            let path = kept.finish(vm)?;
            str::new(vm, path)
        }
        Err(error) => Err(raise(vm, error)),
    }
}

fn getenv(vm: &mut Vm, args: &[Obj]) -> Res {
    let name = path_of(vm, args[0])?;
    let mut kept = Kept::new();
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

/// `system(command)`: what the system says of how the command ended.
fn system(vm: &mut Vm, command: Obj) -> Res {
    let command = path_of(vm, command)?;
    vm.port.flush();
    match vm.port.system(command) {
        Ok(status) => Ok(Obj::small_wrapping(status as isize)),
        Err(error) => Err(raise(vm, error)),
    }
}

/// What `ilistdir` says of an entry that is a directory or a file, as `stat` modes have it.
const MODES: [isize; 2] = [0x4000, 0x8000];

/// A list of what `make` makes of each entry.
fn entries(vm: &mut Vm, args: &[Obj], make: fn(&mut Vm, Obj, PathKind, u64) -> Res) -> Res {
    let path = match args.first() {
        Some(path) => path_of(vm, *path)?,
        None => ".",
    };
    let mut names = Kept::new();
    let mut facts: mem::Vec<(usize, PathKind, u64)> = mem::Vec::new();
    let mut failed = false;
    let result = vm.port.list_dir(path, &mut |name, kind, inode| {
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
        let name = str::new(vm, names.get(start..*end).unwrap_or(""))?;
        let entry = make(vm, name, *kind, *inode)?;
        all.push(vm, entry)?;
        start = *end;
    }
    list::new(vm, all.slice())
}

fn listdir(vm: &mut Vm, args: &[Obj]) -> Res {
    entries(vm, args, |_, name, _, _| Ok(name))
}

fn ilistdir(vm: &mut Vm, args: &[Obj]) -> Res {
    let all = entries(vm, args, |vm, name, kind, inode| {
        let mode = match kind {
            PathKind::Directory => MODES[0],
            PathKind::File => MODES[1],
            PathKind::Missing => 0,
        };
        let inode = int::from_u64(vm, inode)?;
        tuple::new(vm, &[name, Obj::small_wrapping(mode), inode])
    })?;
    vm.iter(all)
}

fn stat(vm: &mut Vm, path: Obj) -> Res {
    let path = path_of(vm, path)?;
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
    let fields = GcVec::with_capacity(vm, 10)?;
    for value in unsigned {
        let value = int::from_u64(vm, value)?;
        fields.push(vm, value)?;
    }
    for value in [stat.atime, stat.mtime, stat.ctime] {
        let value = int::new(vm, value)?;
        fields.push(vm, value)?;
    }
    tuple::new(vm, fields.slice())
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
