//! vfs: file systems, and where they are mounted.

use crate::Vm;
use crate::q;
use crate::run::mounts::{self, Place};
use crate::types::str::{self, arg};
use crate::types::{list, vfs_rom};
use crate::value::{Args, Entry, Obj, Res, Rom, fun1, kw, row};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("vfs")))),
    row(q!("mount"), kw(0, mount)),
    row(q!("umount"), fun1(umount)),
    row(q!("VfsRom"), Rom::Type(&vfs_rom::TYPE)),
    #[cfg(feature = "diagnostics")]
    row(q!("VfsPosix"), Rom::Type(&crate::types::vfs_host::TYPE)),
];

/// `mount(fs, point, *, readonly=False, mkfs=False)`; `mount()` tells what is mounted.
pub fn mount(vm: &mut Vm, args: Args<'_>) -> Res {
    if args.pos.is_empty() && args.kw.is_empty() {
        let mounts = crate::value::GcVec::from_slice(vm, vm.mounts.slice())?;
        return list::from_vec(vm, mounts);
    }
    let mut values = [Obj::NULL, Obj::NULL, Obj::FALSE, Obj::FALSE];
    let names = [q!(""), q!(""), q!("readonly"), q!("mkfs")];
    vm.bind_args(args, &names, 2, &mut values)?;
    let [fs, point, readonly, mkfs] = values;
    let text = arg::utf8(vm, point)?;
    if !text.starts_with('/') {
        return Err(vm.os_error(22));
    }
    if vm.find_method(fs, q!("mount"))?.function.is_null() {
        // A block device: no file system of ours is on it.
        return Err(vm.os_error(19));
    }
    vm.call_method(fs, q!("mount"), &[readonly, mkfs])?;
    let taken = match mounts::look_up(vm, text) {
        Place::Root => mounts::at_root(vm).is_some(),
        Place::Nowhere => false,
        Place::In(there, _) => str::text_of(vm, mounts::entry(there).1) != Some("/"),
    };
    if taken {
        return Err(vm.os_error(1));
    }
    mounts::insert(vm, fs, arg::plain(point))?;
    Ok(Obj::NONE)
}

/// `umount(point)` or `umount(fs)`
pub fn umount(vm: &mut Vm, what: Obj) -> Res {
    let text = str::text_of(vm, arg::plain(what));
    let at = vm.mounts.slice().iter().position(|mount| {
        let (fs, point) = mounts::entry(*mount);
        fs == what || text.is_some() && str::text_of(vm, point) == text
    });
    let Some(mount) = at.and_then(|at| vm.mounts.remove(at)) else { return Err(vm.os_error(22)) };
    if vm.mounted_here == mount {
        vm.mounted_here = Obj::NULL;
    }
    vm.call_method(mounts::entry(mount).0, q!("umount"), &[])?;
    Ok(Obj::NONE)
}
