//! What the machine asks of a board: console, clock and files. Files are those of the disk in RAM, or of the host.

use core::marker::PhantomData;

use ramfs::Disk;
use vm::port::{Chip, Errno, FileId, OpenMode, PathKind, Port, Stat, Whence};

use crate::chip::Core;
use crate::{Board, clock, console, host_files};

/// A call was interrupted.
const INTERRUPTED: Errno = Errno(4);
/// There is no such operation.
const UNKNOWN: Errno = Errno(38);

/// A board as a port.
pub struct OnBoard<B> {
    /// The disk; nothing where the host's files are wanted.
    pub disk: Option<Disk<'static>>,
    /// The board, of which nothing is kept.
    pub board: PhantomData<B>,
}

impl<B: Board> Port for OnBoard<B> {
    fn platform(&self) -> &'static str {
        B::PLATFORM
    }

    fn machine(&self) -> Option<&'static str> {
        Some(B::MACHINE)
    }

    /// A host wants what a program prints; a terminal wants a return before each new line.
    fn write_out(&mut self, bytes: &[u8]) {
        if self.disk.is_none() {
            return console::write::<B>(bytes);
        }
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            match line.strip_suffix(b"\n") {
                Some(line) => {
                    console::write::<B>(line);
                    console::write::<B>(b"\r\n");
                }
                None => console::write::<B>(line),
            }
        }
    }

    fn write_raw(&mut self, bytes: &[u8]) {
        console::write::<B>(bytes);
    }

    fn read_in(&mut self, into: &mut [u8]) -> Result<usize, Errno> {
        let Some((place, rest)) = into.split_first_mut() else { return Ok(0) };
        *place = loop {
            match console::get::<B>() {
                Some(byte) => break byte,
                None if console::interrupted() => return Err(INTERRUPTED),
                None => {}
            }
        };
        let more = rest.iter_mut().map_while(|place| console::get::<B>().map(|byte| *place = byte)).count();
        Ok(1 + more)
    }

    fn readable(&mut self, _: FileId) -> bool {
        console::any()
    }

    fn ticks_us(&self) -> u64 {
        clock::micros(B::CORE_HZ)
    }

    fn sleep_us(&mut self, us: u64) {
        let end = self.ticks_us() + us;
        while self.ticks_us() < end && !console::interrupted() {}
    }

    fn interrupted(&mut self) -> bool {
        console::take_interrupt()
    }

    fn chip(&self) -> Option<&'static dyn Chip> {
        Some(Core::<B>::ONE)
    }

    fn path_kind(&mut self, path: &str) -> PathKind {
        match &self.disk {
            Some(disk) => disk.path_kind(path),
            None => host_files::path_kind(path),
        }
    }

    fn open(&mut self, path: &str, mode: OpenMode) -> Result<FileId, Errno> {
        match &mut self.disk {
            Some(disk) => disk.open(path, mode),
            None => host_files::open(path, mode),
        }
    }

    fn close(&mut self, file: FileId) -> Result<(), Errno> {
        match &mut self.disk {
            Some(disk) => disk.close(file),
            None => host_files::close(file),
        }
    }

    fn read(&mut self, file: FileId, into: &mut [u8]) -> Result<usize, Errno> {
        match &mut self.disk {
            Some(disk) => disk.read(file, into),
            None => host_files::read(file, into),
        }
    }

    fn write(&mut self, file: FileId, from: &[u8]) -> Result<usize, Errno> {
        match &mut self.disk {
            Some(disk) => disk.write(file, from),
            None => host_files::write(file, from),
        }
    }

    fn seek(&mut self, file: FileId, offset: i64, whence: Whence) -> Result<u64, Errno> {
        match &mut self.disk {
            Some(disk) => disk.seek(file, offset, whence),
            None => host_files::seek(file, offset, whence),
        }
    }

    fn truncate(&mut self, file: FileId, len: u64) -> Result<(), Errno> {
        self.disk.as_mut().ok_or(UNKNOWN)?.truncate(file, len)
    }

    fn stat(&mut self, path: &str) -> Result<Stat, Errno> {
        match &self.disk {
            Some(disk) => disk.stat(path),
            None => host_files::stat(path),
        }
    }

    fn stat_volume(&mut self, _: &str) -> Result<[u64; 10], Errno> {
        self.disk.as_ref().map(Disk::stat_volume).ok_or(UNKNOWN)
    }

    fn list_dir(&mut self, path: &str, each: &mut dyn FnMut(&str, PathKind, u64)) -> Result<(), Errno> {
        self.disk.as_ref().ok_or(UNKNOWN)?.list(path, each)
    }

    fn lists_sizes(&self) -> bool {
        true
    }

    fn make_dir(&mut self, path: &str) -> Result<(), Errno> {
        self.disk.as_mut().ok_or(UNKNOWN)?.make_dir(path)
    }

    fn remove_dir(&mut self, path: &str) -> Result<(), Errno> {
        self.disk.as_mut().ok_or(UNKNOWN)?.remove_dir(path)
    }

    fn remove(&mut self, path: &str) -> Result<(), Errno> {
        match &mut self.disk {
            Some(disk) => disk.remove(path),
            None => host_files::remove(path),
        }
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Errno> {
        match &mut self.disk {
            Some(disk) => disk.rename(from, to),
            None => host_files::rename(from, to),
        }
    }

    fn current_dir(&mut self, with: &mut dyn FnMut(&str)) -> Result<(), Errno> {
        self.disk.as_ref().ok_or(UNKNOWN)?.current_dir(with);
        Ok(())
    }

    fn change_dir(&mut self, path: &str) -> Result<(), Errno> {
        self.disk.as_mut().ok_or(UNKNOWN)?.change_dir(path)
    }
}
