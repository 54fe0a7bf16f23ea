//! os.path: names of files taken apart and put together, and what they lead to.

use super::getcwd;
use crate::Vm;
use crate::port::PathKind;
use crate::q;
use crate::run::mounts::{self, path_of};
use crate::types::str::{self, Builder};
use crate::types::{module, tuple};
use crate::value::{Entry, Obj, Res, Rom, fun1, row, var};

/// The names.
pub static TABLE: &[Entry] = &[
    row(q!("abspath"), fun1(abspath)),
    row(q!("basename"), fun1(|vm, path| part(vm, path, false))),
    row(q!("dirname"), fun1(|vm, path| part(vm, path, true))),
    row(q!("exists"), fun1(|vm, path| is_kind(vm, path, &[PathKind::File, PathKind::Directory]))),
    row(q!("isabs"), fun1(isabs)),
    row(q!("isdir"), fun1(|vm, path| is_kind(vm, path, &[PathKind::Directory]))),
    row(q!("isfile"), fun1(|vm, path| is_kind(vm, path, &[PathKind::File]))),
    row(q!("join"), var(1, usize::MAX, join)),
    row(q!("normpath"), fun1(normpath)),
    row(q!("sep"), Rom::Word(Obj::name(q!("/")))),
    row(q!("split"), fun1(split)),
    row(q!("splitext"), fun1(splitext)),
];

/// The module, made when it is first asked for.
pub fn module(vm: &mut Vm) -> Res {
    module::inner(vm, q!("os.path"), TABLE)
}

fn is_kind(vm: &mut Vm, path: Obj, kinds: &[PathKind]) -> Res {
    let path = path_of(vm, path)?;
    let found = mounts::kind(vm, path)?;
    Ok(Obj::bool(kinds.contains(&found)))
}

fn isabs(vm: &mut Vm, path: Obj) -> Res {
    Ok(Obj::bool(path_of(vm, path)?.starts_with('/')))
}

fn join(vm: &mut Vm, args: &[Obj]) -> Res {
    let mut out = Builder::new();
    for (at, arg) in args.iter().enumerate() {
        let piece = path_of(vm, *arg)?;
        if piece.starts_with('/') {
            out = Builder::new();
        } else if at > 0 && !out.bytes().is_empty() && !out.bytes().ends_with(b"/") {
            out.push(vm, b"/")?;
        }
        out.push(vm, piece.as_bytes())?;
    }
    out.finish(vm)
}

/// Directory and name. The directory loses its last slashes, unless it is made of them.
fn halves(path: &str) -> (&str, &str) {
    let (head, name) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
    let bare = head.trim_end_matches('/');
    (if bare.is_empty() { head } else { bare }, name)
}

fn split(vm: &mut Vm, path: Obj) -> Res {
    let (head, name) = halves(path_of(vm, path)?);
    let parts = [str::new(vm, head)?, str::new(vm, name)?];
    tuple::new(vm, &parts)
}

fn part(vm: &mut Vm, path: Obj, is_head: bool) -> Res {
    let (head, name) = halves(path_of(vm, path)?);
    str::new(vm, if is_head { head } else { name })
}

fn splitext(vm: &mut Vm, path: Obj) -> Res {
    let path = path_of(vm, path)?;
    let (_, name) = halves(path);
    // Dots at the beginning of a name begin no extension.
    let bare = name.trim_start_matches('.');
    let len = bare.rfind('.').map_or(0, |at| bare.len() - at);
    let (root, extension) = path.split_at(path.len() - len);
    let parts = [str::new(vm, root)?, str::new(vm, extension)?];
    tuple::new(vm, &parts)
}

fn normpath(vm: &mut Vm, path: Obj) -> Res {
    let path = path_of(vm, path)?;
    let mut out = Builder::new();
    let root: &[u8] = if path.starts_with('/') { b"/" } else { b"" };
    out.push(vm, root)?;
    for piece in path.split('/').filter(|piece| !piece.is_empty() && *piece != ".") {
        let done = out.bytes().get(root.len()..).unwrap_or(&[]);
        let last = done.rsplit(|byte| *byte == b'/').next().unwrap_or(&[]);
        if piece == ".." && !last.is_empty() && last != b".." {
            let kept = crate::value::GcVec::from_slice(vm, out.bytes())?;
            let len = (kept.len() - last.len()).saturating_sub(1).max(root.len());
            out = Builder::new();
            out.push(vm, kept.slice().get(..len).unwrap_or(&[]))?;
        } else if piece != ".." || root.is_empty() {
            if !done.is_empty() {
                out.push(vm, b"/")?;
            }
            out.push(vm, piece.as_bytes())?;
        }
    }
    if out.bytes().is_empty() {
        out.push(vm, b".")?;
    }
    out.finish(vm)
}

fn abspath(vm: &mut Vm, path: Obj) -> Res {
    let here = getcwd(vm)?;
    let whole = join(vm, &[here, path])?;
    normpath(vm, whole)
}
