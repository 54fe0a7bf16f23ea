//! Where modules are: files and directories below the places of a search path.

use crate::Vm;
use crate::modules::frozen;
use crate::port::PathKind;
use crate::qstr::Qstr;
use crate::run::mounts;
use crate::types::list::List;
use crate::types::{str, tuple};
use crate::value::{Gc, Obj, Res};

/// Longest path that is looked for, in bytes.
const MAX_PATH: usize = 512;

/// A path that leads to a module.
pub struct Path {
    bytes: [u8; MAX_PATH],
    len: usize,
    /// The file is the `__init__` of the package in the directory of this length.
    pub package: Option<usize>,
}

impl Path {
    fn new(parts: &[&str]) -> Option<Path> {
        let mut path = Path { bytes: [0; MAX_PATH], len: 0, package: None };
        for part in parts {
            path.bytes.get_mut(path.len..path.len + part.len())?.copy_from_slice(part.as_bytes());
            path.len += part.len();
        }
        Some(path)
    }

    /// The path.
    pub fn text(&self) -> &str {
        core::str::from_utf8(&self.bytes[..self.len]).unwrap_or("")
    }
}

/// Looks for module `name` in the directories of a list or in one directory.
pub fn find_in(vm: &mut Vm, places: Obj, name: Qstr) -> Res<Option<Path>> {
    let name = vm.text_of_name(name);
    if let Some(directory) = str::text_of(vm, places) {
        return look(vm, directory, name);
    }
    let list = Gc::<List>::from_obj(places);
    let fixed = tuple::items(places).unwrap_or(&[]);
    let mut at = 0;
    while let Some(place) = list.map_or(fixed.get(at).copied(), |list| list.items.get(at)) {
        at += 1;
        let Some(directory) = str::text_of(vm, place) else { continue };
        if let Some(found) = look(vm, directory, name)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// As `find_in`, but a directory must have an `__init__.py` to count.
pub(super) fn find_file(vm: &mut Vm, places: Obj, name: Qstr) -> Res<Option<Path>> {
    match find_in(vm, places, name)? {
        Some(path) if is_file(vm, &path)? => Ok(Some(path)),
        Some(_) | None => Ok(None),
    }
}

fn look(vm: &mut Vm, directory: &str, name: &str) -> Res<Option<Path>> {
    let slash = if directory.is_empty() || directory.ends_with('/') { "" } else { "/" };
    let Some(path) = Path::new(&[directory, slash, name]) else { return Ok(None) };
    if kind(vm, path.text())? == PathKind::Directory {
        // A directory without __init__.py is a namespace package.
        let init = match text_or_code(vm, path.text(), "/__init__")? {
            None => Path::new(&[path.text(), "/__init__.py"]),
            found => found,
        };
        return Ok(init.map(|init| Path { package: Some(path.len), ..init }));
    }
    text_or_code(vm, path.text(), "")
}

/// A file with text, else one with code.
fn text_or_code(vm: &mut Vm, place: &str, name: &str) -> Res<Option<Path>> {
    for ending in [".py", ".mpy"] {
        if let Some(path) = Path::new(&[place, name, ending])
            && is_file(vm, &path)?
        {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// What a path leads to, among frozen files too.
pub(super) fn kind(vm: &mut Vm, path: &str) -> Res<PathKind> {
    match frozen::own_name(path) {
        Some(name) => Ok(frozen::kind(name)),
        None => mounts::kind(vm, path),
    }
}

fn is_file(vm: &mut Vm, path: &Path) -> Res<bool> {
    Ok(kind(vm, path.text())? == PathKind::File)
}
