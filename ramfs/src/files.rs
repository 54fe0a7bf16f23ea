//! The disk as a port shows it: paths and open files.

use vm::port::{Errno, FileId, OpenMode, PathKind, Stat, Whence};

use crate::blocks::{BLOCK, Block, Blocks, NAME_MOST, ROOT};
use crate::path;

/// Files that may be open at a time.
const OPEN: usize = 16;
/// The first number of a file; lower ones are the console's.
const FIRST: i32 = 3;
/// Longest path that `current_dir` tells.
const PATH: usize = 256;

const BAD_FILE: Errno = Errno(9);
const EXISTS: Errno = Errno(17);
const IS_DIRECTORY: Errno = Errno(21);
const NO_DIRECTORY: Errno = Errno(20);
const INVALID: Errno = Errno(22);
const TOO_MANY: Errno = Errno(24);
const NOT_EMPTY: Errno = Errno(39);

/// An open file.
#[derive(Clone, Copy)]
struct Open {
    node: Block,
    at: u32,
    mode: OpenMode,
}

/// A disk in RAM.
pub struct Disk<'a> {
    blocks: Blocks<'a>,
    open: [Option<Open>; OPEN],
    here: Block,
}

impl<'a> Disk<'a> {
    /// The disk in this memory, or an empty one if there is none.
    pub fn new(bytes: &'a mut [u8]) -> Disk<'a> {
        Disk { blocks: Blocks::new(bytes), open: [None; OPEN], here: ROOT }
    }

    fn find(&self, path: &str) -> Result<Block, Errno> {
        path::find(&self.blocks, self.here, path)
    }

    /// What a path leads to.
    pub fn path_kind(&self, path: &str) -> PathKind {
        self.find(path).map_or(PathKind::Missing, |node| path::kind(&self.blocks, node))
    }

    /// Opens a file.
    pub fn open(&mut self, path: &str, mode: OpenMode) -> Result<FileId, Errno> {
        let free = self.open.iter().position(Option::is_none).ok_or(TOO_MANY)?;
        let (directory, name) = path::split(&self.blocks, self.here, path)?;
        let node = match path::child(&self.blocks, directory, name) {
            _ if name.is_empty() => return Err(IS_DIRECTORY),
            Some(_) if mode.exclusive => return Err(EXISTS),
            Some(node) if path::kind(&self.blocks, node) == PathKind::Directory => return Err(IS_DIRECTORY),
            Some(node) => node,
            None if mode.create => path::add(&mut self.blocks, directory, name, PathKind::File)?,
            None => return Err(path::MISSING),
        };
        if mode.truncate {
            self.resize(node, 0)?;
        }
        if let Some(place) = self.open.get_mut(free) {
            *place = Some(Open { node, at: 0, mode });
        }
        Ok(FileId(FIRST + free as i32))
    }

    fn place(&mut self, file: FileId) -> Option<&mut Option<Open>> {
        self.open.get_mut(usize::try_from(file.0.checked_sub(FIRST)?).ok()?)
    }

    fn opened(&mut self, file: FileId) -> Result<Open, Errno> {
        self.place(file).and_then(|place| *place).ok_or(BAD_FILE)
    }

    fn move_to(&mut self, file: FileId, at: u32) {
        if let Some(Some(open)) = self.place(file) {
            open.at = at;
        }
    }

    /// Closes a file.
    pub fn close(&mut self, file: FileId) -> Result<(), Errno> {
        self.opened(file)?;
        if let Some(place) = self.place(file) {
            *place = None;
        }
        Ok(())
    }

    /// Closes all files and goes back to the root: for a new machine on the same disk.
    pub fn forget(&mut self) {
        self.open = [None; OPEN];
        self.here = ROOT;
    }

    /// Reads; 0 is the end of the file.
    pub fn read(&mut self, file: FileId, into: &mut [u8]) -> Result<usize, Errno> {
        let open = self.opened(file)?;
        if !open.mode.read {
            return Err(BAD_FILE);
        }
        let left = self.blocks.size(open.node).saturating_sub(open.at);
        let want = into.len().min(left as usize);
        let mut done = 0;
        while done < want {
            let at = open.at as usize + done;
            let count = (BLOCK - at % BLOCK).min(want - done);
            let block = self.blocks.nth(open.node, at / BLOCK)?;
            let from = block.and_then(|block| self.blocks.block(block).get(at % BLOCK..at % BLOCK + count));
            if let (Some(to), Some(from)) = (into.get_mut(done..done + count), from) {
                to.copy_from_slice(from);
            }
            done += count;
        }
        self.move_to(file, open.at + done as u32);
        Ok(done)
    }

    /// Writes; less than all only when the disk is full.
    pub fn write(&mut self, file: FileId, from: &[u8]) -> Result<usize, Errno> {
        let open = self.opened(file)?;
        if !open.mode.write {
            return Err(BAD_FILE);
        }
        let size = self.blocks.size(open.node);
        let start = if open.mode.append { size } else { open.at } as usize;
        let mut done = 0;
        while done < from.len() {
            let at = start + done;
            let count = (BLOCK - at % BLOCK).min(from.len() - done);
            let block = match self.blocks.nth_grown(open.node, at / BLOCK) {
                Ok(block) => block,
                Err(error) if done == 0 => return Err(error),
                Err(_) => break,
            };
            let to = self.blocks.block_mut(block).get_mut(at % BLOCK..at % BLOCK + count);
            if let (Some(to), Some(from)) = (to, from.get(done..done + count)) {
                to.copy_from_slice(from);
            }
            done += count;
            self.blocks.set_size(open.node, size.max((start + done) as u32));
        }
        self.move_to(file, (start + done) as u32);
        Ok(done)
    }

    /// Moves the position and gives the new one.
    pub fn seek(&mut self, file: FileId, offset: i64, whence: Whence) -> Result<u64, Errno> {
        let open = self.opened(file)?;
        let base = match whence {
            Whence::Start => 0,
            Whence::Here => open.at,
            Whence::End => self.blocks.size(open.node),
        };
        let at = u32::try_from(i64::from(base).saturating_add(offset)).map_err(|_| INVALID)?;
        self.move_to(file, at);
        Ok(u64::from(at))
    }

    /// Gives a file another length.
    pub fn truncate(&mut self, file: FileId, len: u64) -> Result<(), Errno> {
        let open = self.opened(file)?;
        if !open.mode.write {
            return Err(INVALID);
        }
        self.resize(open.node, u32::try_from(len).map_err(|_| INVALID)?)
    }

    fn resize(&mut self, node: Block, size: u32) -> Result<(), Errno> {
        let blocks = (size as usize).div_ceil(BLOCK);
        match blocks.checked_sub(1) {
            Some(last) if size > self.blocks.size(node) => {
                self.blocks.nth_grown(node, last)?;
            }
            Some(_) | None => self.blocks.cut(node, blocks),
        }
        // What is behind the end is zero, should the file grow again.
        let rest = size as usize % BLOCK;
        if rest > 0
            && let Some(last) = self.blocks.nth(node, blocks - 1)?
            && let Some(behind) = self.blocks.block_mut(last).get_mut(rest..)
        {
            behind.fill(0);
        }
        self.blocks.set_size(node, size);
        Ok(())
    }

    /// Facts about a path.
    pub fn stat(&self, path: &str) -> Result<Stat, Errno> {
        let node = self.find(path)?;
        Ok(match path::kind(&self.blocks, node) {
            PathKind::Directory => Stat { mode: 0x4000, ..Stat::default() },
            PathKind::File | PathKind::Missing => {
                Stat { mode: 0x8000, size: u64::from(self.blocks.size(node)), ..Stat::default() }
            }
        })
    }

    /// What `os.statvfs` tells.
    pub fn stat_volume(&self) -> [u64; 10] {
        let (all, free) = self.blocks.room();
        let (block, all, free) = (BLOCK as u64, u64::from(all), u64::from(free));
        [block, block, all, free, free, all, free, free, 0, NAME_MOST as u64]
    }

    /// Calls `each` with name, kind and size of every entry of a directory.
    pub fn list(&self, path: &str, each: &mut dyn FnMut(&str, PathKind, u64)) -> Result<(), Errno> {
        let directory = self.find(path)?;
        if path::kind(&self.blocks, directory) != PathKind::Directory {
            return Err(NO_DIRECTORY);
        }
        for node in path::children(&self.blocks, directory) {
            each(path::name(&self.blocks, node), path::kind(&self.blocks, node), u64::from(self.blocks.size(node)));
        }
        Ok(())
    }

    /// Makes a directory.
    pub fn make_dir(&mut self, path: &str) -> Result<(), Errno> {
        let (directory, name) = path::split(&self.blocks, self.here, path)?;
        if name.is_empty() || path::child(&self.blocks, directory, name).is_some() {
            return Err(EXISTS);
        }
        path::add(&mut self.blocks, directory, name, PathKind::Directory).map(|_| ())
    }

    /// Removes an empty directory.
    pub fn remove_dir(&mut self, path: &str) -> Result<(), Errno> {
        let node = self.find(path)?;
        match path::kind(&self.blocks, node) {
            PathKind::Directory if node == ROOT || self.has_children(node) => Err(NOT_EMPTY),
            PathKind::Directory => {
                if self.here == node {
                    self.here = path::parent(&self.blocks, node);
                }
                self.blocks.remove_node(node);
                Ok(())
            }
            PathKind::File | PathKind::Missing => Err(NO_DIRECTORY),
        }
    }

    fn has_children(&self, node: Block) -> bool {
        path::children(&self.blocks, node).next().is_some()
    }

    /// Removes a file. Who has it open finds it closed.
    pub fn remove(&mut self, path: &str) -> Result<(), Errno> {
        let node = self.find(path)?;
        match path::kind(&self.blocks, node) {
            PathKind::Directory => Err(IS_DIRECTORY),
            PathKind::File | PathKind::Missing => {
                self.take_away(node);
                Ok(())
            }
        }
    }

    fn take_away(&mut self, node: Block) {
        for open in &mut self.open {
            if open.is_some_and(|open| open.node == node) {
                *open = None;
            }
        }
        self.blocks.remove_node(node);
    }

    /// Renames a file or directory; a file that has the new name goes away.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), Errno> {
        let node = self.find(from)?;
        let (directory, name) = path::split(&self.blocks, self.here, to)?;
        path::check(name)?;
        if node == ROOT || path::is_below(&self.blocks, directory, node) {
            return Err(INVALID);
        }
        match path::child(&self.blocks, directory, name) {
            Some(other) if other == node => {}
            Some(other) => match (path::kind(&self.blocks, node), path::kind(&self.blocks, other)) {
                (PathKind::File, PathKind::File) => self.take_away(other),
                (PathKind::Directory, PathKind::Directory) if !self.has_children(other) => self.take_away(other),
                (_, PathKind::Directory) => return Err(IS_DIRECTORY),
                (_, PathKind::File | PathKind::Missing) => return Err(NO_DIRECTORY),
            },
            None => {}
        }
        path::place(&mut self.blocks, node, directory, name);
        Ok(())
    }

    /// Calls `with` with the working directory.
    pub fn current_dir(&self, with: &mut dyn FnMut(&str)) {
        let mut text = [0; PATH];
        let mut start = PATH;
        let mut node = self.here;
        // Written from its end, because the way leads up.
        while node != ROOT {
            let name = path::name(&self.blocks, node).as_bytes();
            let Some(begin) = start.checked_sub(name.len() + 1) else { break };
            if let Some((slash, rest)) = text.get_mut(begin..start).and_then(<[u8]>::split_first_mut) {
                *slash = b'/';
                rest.copy_from_slice(name);
            }
            start = begin;
            node = path::parent(&self.blocks, node);
        }
        let path = text.get(start..).and_then(|path| core::str::from_utf8(path).ok()).unwrap_or("");
        with(if path.is_empty() { "/" } else { path });
    }

    /// Changes the working directory.
    pub fn change_dir(&mut self, path: &str) -> Result<(), Errno> {
        let node = self.find(path)?;
        match path::kind(&self.blocks, node) {
            PathKind::Directory => {
                self.here = node;
                Ok(())
            }
            PathKind::File | PathKind::Missing => Err(NO_DIRECTORY),
        }
    }
}
