//! Paths: names to nodes, and back.

use vm::port::{Errno, PathKind};

use crate::blocks::{Block, Blocks, HEAD, NAME_MOST, ROOT};

/// No such file or directory.
pub const MISSING: Errno = Errno(2);
/// Not a directory.
const NO_DIRECTORY: Errno = Errno(20);
/// The name is too long, or none.
const BAD_NAME: Errno = Errno(22);

/// Where things are in a node's head.
const KIND: usize = 0;
const PARENT: usize = 2;
const NAME_LEN: usize = 6;

const FILE: u16 = 1;
const DIRECTORY: u16 = 2;

/// What a node is.
pub fn kind(blocks: &Blocks<'_>, node: Block) -> PathKind {
    match node == ROOT || blocks.word(node, KIND) == DIRECTORY {
        true => PathKind::Directory,
        false => PathKind::File,
    }
}

/// The directory that a node is in.
pub fn parent(blocks: &Blocks<'_>, node: Block) -> Block {
    if node == ROOT { ROOT } else { Block(blocks.word(node, PARENT)) }
}

/// The name of a node.
pub fn name<'a>(blocks: &'a Blocks<'_>, node: Block) -> &'a str {
    let len = usize::from(blocks.word(node, NAME_LEN)).min(NAME_MOST);
    blocks.block(node).get(HEAD..HEAD + len).and_then(|name| core::str::from_utf8(name).ok()).unwrap_or("?")
}

/// The node with this name in a directory.
pub fn child(blocks: &Blocks<'_>, directory: Block, wanted: &str) -> Option<Block> {
    children(blocks, directory).find(|node| name(blocks, *node) == wanted)
}

/// All nodes in a directory.
pub fn children<'a>(blocks: &'a Blocks<'_>, directory: Block) -> impl Iterator<Item = Block> + 'a {
    blocks.nodes().filter(move |node| parent(blocks, *node) == directory)
}

/// The node that a path leads to.
pub fn find(blocks: &Blocks<'_>, here: Block, path: &str) -> Result<Block, Errno> {
    match split(blocks, here, path)? {
        (directory, "") => Ok(directory),
        (directory, last) => child(blocks, directory, last).ok_or(MISSING),
    }
}

/// The directory of a path, and the name in it; no name when the path is that of the directory.
pub fn split<'p>(blocks: &Blocks<'_>, here: Block, path: &'p str) -> Result<(Block, &'p str), Errno> {
    let mut at = if path.starts_with('/') { ROOT } else { here };
    let mut parts = path.split('/').filter(|part| !matches!(*part, "" | ".")).peekable();
    while let Some(part) = parts.next() {
        match part {
            ".." => at = parent(blocks, at),
            last if parts.peek().is_none() => return Ok((at, last)),
            part => {
                at = child(blocks, at, part).ok_or(MISSING)?;
                if kind(blocks, at) != PathKind::Directory {
                    return Err(NO_DIRECTORY);
                }
            }
        }
    }
    Ok((at, ""))
}

/// Makes a node.
pub fn add(blocks: &mut Blocks<'_>, directory: Block, name: &str, kind: PathKind) -> Result<Block, Errno> {
    check(name)?;
    let node = blocks.add_node()?;
    let kind = if kind == PathKind::Directory { DIRECTORY } else { FILE };
    blocks.set_word(node, KIND, kind);
    place(blocks, node, directory, name);
    Ok(node)
}

/// Whether a name may be given.
pub fn check(name: &str) -> Result<(), Errno> {
    if name.is_empty() || name.len() > NAME_MOST { Err(BAD_NAME) } else { Ok(()) }
}

/// Puts a node into a directory under a name that was checked.
pub fn place(blocks: &mut Blocks<'_>, node: Block, directory: Block, name: &str) {
    blocks.set_word(node, PARENT, directory.0);
    blocks.set_word(node, NAME_LEN, name.len() as u16);
    if let Some(place) = blocks.block_mut(node).get_mut(HEAD..HEAD + name.len()) {
        place.copy_from_slice(name.as_bytes());
    }
}

/// Whether a directory is a node or below it.
pub fn is_below(blocks: &Blocks<'_>, mut directory: Block, node: Block) -> bool {
    // Deeper than this a disk would be nothing but directories.
    for _ in 0..u16::MAX {
        if directory == node {
            return true;
        }
        if directory == ROOT {
            return false;
        }
        directory = parent(blocks, directory);
    }
    false
}
