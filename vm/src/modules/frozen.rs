//! Frozen modules: files in images that are part of the program. `.frozen` stands for them on `sys.path`.

use crate::port::PathKind;
use crate::rom::{Found, Image};

// `IMAGES`: what PYRITE_FROZEN named while this was built, and what hosts carry along (the folder `frozen` beside this file).
include!(concat!(env!("OUT_DIR"), "/frozen.rs"));

/// The name of a frozen file, if the path leads to where they are.
pub fn own_name(path: &str) -> Option<&str> {
    path.strip_prefix(".frozen/")
}

/// What a name leads to.
pub fn kind(name: &str) -> PathKind {
    let mut kinds = IMAGES.iter().filter_map(|bytes| match Image::open(bytes)?.find(name.as_bytes()) {
        Found::File(_) => Some(PathKind::File),
        Found::Directory(_) => Some(PathKind::Directory),
        Found::Missing | Found::Corrupt => None,
    });
    kinds.next().unwrap_or(PathKind::Missing)
}

/// The content of a file.
pub fn file(name: &str) -> Option<&'static [u8]> {
    IMAGES.iter().find_map(|bytes| match Image::open(bytes)?.find(name.as_bytes()) {
        Found::File(content) => bytes.get(content),
        Found::Missing | Found::Corrupt | Found::Directory(_) => None,
    })
}
