//! Where modules are: files and directories below the places of a search path.

use crate::Vm;
use crate::port::PathKind;
use crate::qstr::Qstr;
use crate::types::list::List;
use crate::types::{str, tuple};
use crate::value::{Gc, Obj, Res};

/// Longest path that is looked for, in bytes.
const MAX_PATH: usize = 512;

/// A path that leads to a module.
pub(super) struct Path {
    bytes: [u8; MAX_PATH],
    len: usize,
    /// The file is the `__init__` of the package in the directory of this length.
    pub(super) package: Option<usize>,
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
    pub(super) fn text(&self) -> &str {
        core::str::from_utf8(&self.bytes[..self.len]).unwrap_or("")
    }
}

/// Looks for module `name` in the directories of a list or in one directory.
pub(super) fn find_in(vm: &mut Vm, places: Obj, name: Qstr) -> Res<Option<Path>> {
    let name = vm.text_of_name(name);
    if let Some(directory) = str::text_of(vm, places) {
        return Ok(look(vm, directory, name));
    }
    let list = Gc::<List>::from_obj(places);
    let fixed = tuple::items(places).unwrap_or(&[]);
    let mut at = 0;
    while let Some(place) = list.map_or(fixed.get(at).copied(), |list| list.items.get(at)) {
        at += 1;
        let Some(directory) = str::text_of(vm, place) else { continue };
        if let Some(found) = look(vm, directory, name) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// As `find_in`, but a directory must have an `__init__.py` to count.
pub(super) fn find_file(vm: &mut Vm, places: Obj, name: Qstr) -> Res<Option<Path>> {
    let found = find_in(vm, places, name)?;
    Ok(found.filter(|path| vm.port.path_kind(path.text()) == PathKind::File))
}

fn look(vm: &mut Vm, directory: &str, name: &str) -> Option<Path> {
    let slash = if directory.is_empty() || directory.ends_with('/') { "" } else { "/" };
    let package = Path::new(&[directory, slash, name])?;
    if vm.port.path_kind(package.text()) == PathKind::Directory {
        let compiled = Path::new(&[package.text(), "/__init__.mpy"]);
        let init = Path::new(&[package.text(), "/__init__.py"])?;
        let mut init = match compiled {
            Some(compiled) if !is_file(vm, &init) && is_file(vm, &compiled) => compiled,
            Some(_) | None => init,
        };
        init.package = Some(package.len);
        // A directory without __init__.py is a namespace package.
        return Some(init);
    }
    let file = Path::new(&[directory, slash, name, ".py"])?;
    if is_file(vm, &file) {
        return Some(file);
    }
    let compiled = Path::new(&[directory, slash, name, ".mpy"])?;
    is_file(vm, &compiled).then_some(compiled)
}

fn is_file(vm: &mut Vm, path: &Path) -> bool {
    vm.port.path_kind(path.text()) == PathKind::File
}
