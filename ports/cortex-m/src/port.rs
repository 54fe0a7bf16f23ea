//! What the machine asks of a board: console, clock, and the host's files.

use core::marker::PhantomData;

use vm::port::{Errno, FileId, OpenMode, PathKind, Port, Stat, Whence};

use crate::semihost::How;
use crate::{Board, clock, console, semihost};

/// Ends input, as at a terminal.
pub const END_OF_INPUT: u8 = 4;

/// A board as a port. It has no size: making a box of it takes no memory.
pub struct OnBoard<B>(pub PhantomData<B>);

impl<B: Board> Port for OnBoard<B> {
    fn platform(&self) -> &'static str {
        B::PLATFORM
    }

    fn write_out(&mut self, bytes: &[u8]) {
        console::write::<B>(bytes);
    }

    fn read_in(&mut self, into: &mut [u8]) -> Result<usize, Errno> {
        let Some(place) = into.first_mut() else { return Ok(0) };
        match console::wait::<B>() {
            END_OF_INPUT => Ok(0),
            byte => {
                *place = byte;
                Ok(1)
            }
        }
    }

    fn ticks_us(&self) -> u64 {
        clock::micros(B::CORE_HZ)
    }

    fn path_kind(&mut self, path: &str) -> PathKind {
        let Ok(file) = semihost::open(path, How::Read) else { return PathKind::Missing };
        // A directory opens like a file, but cannot be read.
        let empty = semihost::length(file) == Ok(0);
        let kind = if empty || semihost::read(file, &mut [0]) == 1 { PathKind::File } else { PathKind::Directory };
        match semihost::close(file) {
            Ok(()) => kind,
            Err(_) => PathKind::Missing,
        }
    }

    fn open(&mut self, path: &str, mode: OpenMode) -> Result<FileId, Errno> {
        if mode.exclusive && self.path_kind(path) != PathKind::Missing {
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

    fn close(&mut self, file: FileId) -> Result<(), Errno> {
        semihost::close(file.0).map_err(Errno)
    }

    fn read(&mut self, file: FileId, into: &mut [u8]) -> Result<usize, Errno> {
        Ok(semihost::read(file.0, into))
    }

    fn write(&mut self, file: FileId, from: &[u8]) -> Result<usize, Errno> {
        Ok(semihost::write(file.0, from))
    }

    fn seek(&mut self, file: FileId, offset: i64, whence: Whence) -> Result<u64, Errno> {
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

    fn stat(&mut self, path: &str) -> Result<Stat, Errno> {
        let file = semihost::open(path, How::Read).map_err(Errno)?;
        let size = semihost::length(file);
        semihost::close(file).map_err(Errno)?;
        let mode = if self.path_kind(path) == PathKind::Directory { 0o040_000 } else { 0o100_000 };
        Ok(Stat { mode, size: size.map_err(Errno)? as u64, ..Stat::default() })
    }

    fn remove(&mut self, path: &str) -> Result<(), Errno> {
        semihost::remove(path).map_err(Errno)
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Errno> {
        semihost::rename(from, to).map_err(Errno)
    }
}
