//! The files of the host that runs QEMU, by semihosting: where a script is that it names.

use vm::port::{Errno, FileId, OpenMode, PathKind, Stat, Whence};

use crate::semihost::{self, How};

/// What a path leads to.
pub fn path_kind(path: &str) -> PathKind {
    let Ok(file) = semihost::open(path, How::Read) else { return PathKind::Missing };
    // A directory opens like a file, but cannot be read.
    let empty = semihost::length(file) == Ok(0);
    let kind = if empty || semihost::read(file, &mut [0]) == 1 { PathKind::File } else { PathKind::Directory };
    match semihost::close(file) {
        Ok(()) => kind,
        Err(_) => PathKind::Missing,
    }
}

/// Opens a file.
pub fn open(path: &str, mode: OpenMode) -> Result<FileId, Errno> {
    if mode.exclusive && path_kind(path) != PathKind::Missing {
        return Err(Errno(17));
    }
    let how = match (mode.append, mode.truncate || mode.exclusive, mode.write) {
        (true, _, _) if mode.read => How::AppendUpdate,
        (true, _, _) => How::Append,
        (false, true, _) if mode.read => How::WriteUpdate,
        (false, true, _) => How::Write,
        (false, false, true) => How::Update,
        (false, false, false) => How::Read,
    };
    semihost::open(path, how).map(FileId).map_err(Errno)
}

/// Closes a file.
pub fn close(file: FileId) -> Result<(), Errno> {
    semihost::close(file.0).map_err(Errno)
}

/// Reads; 0 is the end of the file.
pub fn read(file: FileId, into: &mut [u8]) -> Result<usize, Errno> {
    Ok(semihost::read(file.0, into))
}

/// Writes, and gives how many bytes were written.
pub fn write(file: FileId, from: &[u8]) -> Result<usize, Errno> {
    Ok(semihost::write(file.0, from))
}

/// Moves the position and gives the new one.
pub fn seek(file: FileId, offset: i64, whence: Whence) -> Result<u64, Errno> {
    let base = match whence {
        Whence::Start => 0,
        // Semihosting does not tell where a file stands.
        Whence::Here => return Err(Errno(29)),
        Whence::End => semihost::length(file.0).map_err(Errno)? as i64,
    };
    let to = usize::try_from(base.saturating_add(offset)).map_err(|_| Errno(22))?;
    semihost::seek(file.0, to).map_err(Errno)?;
    Ok(to as u64)
}

/// Facts about a path.
pub fn stat(path: &str) -> Result<Stat, Errno> {
    let file = semihost::open(path, How::Read).map_err(Errno)?;
    let size = semihost::length(file);
    semihost::close(file).map_err(Errno)?;
    let mode = if path_kind(path) == PathKind::Directory { 0o040_000 } else { 0o100_000 };
    Ok(Stat { mode, size: size.map_err(Errno)? as u64, ..Stat::default() })
}

/// Removes a file.
pub fn remove(path: &str) -> Result<(), Errno> {
    semihost::remove(path).map_err(Errno)
}

/// Renames a file.
pub fn rename(from: &str, to: &str) -> Result<(), Errno> {
    semihost::rename(from, to).map_err(Errno)
}
