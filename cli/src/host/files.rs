//! Files and directories.

use std::ffi::CString;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::mem::ManuallyDrop;
use std::os::fd::{AsRawFd, FromRawFd, IntoRawFd};
use std::os::unix::fs::{DirEntryExt, MetadataExt};

use super::console::{errno, retry};
use vm::port::{Errno, FileId, OpenMode, PathKind, Stat, Whence};

/// What `path` leads to.
pub fn kind(path: &str) -> PathKind {
    match fs::metadata(here(path)) {
        Ok(facts) if facts.is_dir() => PathKind::Directory,
        Ok(_) => PathKind::File,
        Err(_) => PathKind::Missing,
    }
}

/// Opens a file.
pub fn open(path: &str, mode: OpenMode) -> Result<FileId, Errno> {
    let file = OpenOptions::new()
        .read(mode.read)
        .write(mode.write)
        .append(mode.append)
        .truncate(mode.truncate)
        .create(mode.create)
        .create_new(mode.exclusive)
        .open(path)
        .map_err(|error| errno(&error))?;
    Ok(FileId(file.into_raw_fd()))
}

/// Closes a file.
pub fn close(file: FileId) -> Result<(), Errno> {
    // SAFETY: closing a number that is not open only fails.
    if unsafe { libc::close(file.0) } == 0 { Ok(()) } else { Err(errno(&std::io::Error::last_os_error())) }
}

/// Reads what is there; 0 is the end.
pub fn read(file: FileId, into: &mut [u8]) -> Result<usize, Errno> {
    let mut file = borrow(file)?;
    retry(|| file.read(into))
}

/// Writes what fits.
pub fn write(file: FileId, from: &[u8]) -> Result<usize, Errno> {
    let mut file = borrow(file)?;
    retry(|| file.write(from))
}

/// Moves the position and gives the new one.
pub fn seek(file: FileId, offset: i64, whence: Whence) -> Result<u64, Errno> {
    let to = match whence {
        Whence::Start => SeekFrom::Start(u64::try_from(offset).map_err(|_| Errno(libc::EINVAL))?),
        Whence::Here => SeekFrom::Current(offset),
        Whence::End => SeekFrom::End(offset),
    };
    borrow(file)?.seek(to).map_err(|error| errno(&error))
}

/// Gives a file another length.
pub fn truncate(file: FileId, len: u64) -> Result<(), Errno> {
    borrow(file)?.set_len(len).map_err(|error| errno(&error))
}

/// Facts about a path.
pub fn stat(path: &str) -> Result<Stat, Errno> {
    let facts = fs::metadata(here(path)).map_err(|error| errno(&error))?;
    Ok(Stat {
        mode: facts.mode(),
        inode: facts.ino(),
        device: facts.dev(),
        links: facts.nlink(),
        uid: facts.uid(),
        gid: facts.gid(),
        size: facts.size(),
        atime: facts.atime(),
        mtime: facts.mtime(),
        ctime: facts.ctime(),
    })
}

/// Facts about the volume that a path is on.
pub fn stat_volume(path: &str) -> Result<[u64; 10], Errno> {
    let path = CString::new(here(path)).map_err(|_| Errno(libc::EINVAL))?;
    // SAFETY: all fields may be zero; a text that ends with a zero, and a place for the answer.
    let facts = unsafe {
        let mut facts: libc::statvfs = std::mem::zeroed();
        if libc::statvfs(path.as_ptr(), &mut facts) != 0 {
            return Err(errno(&std::io::Error::last_os_error()));
        }
        facts
    };
    Ok([
        facts.f_bsize,
        facts.f_frsize,
        facts.f_blocks,
        facts.f_bfree,
        facts.f_bavail,
        facts.f_files,
        facts.f_ffree,
        facts.f_favail,
        facts.f_flag,
        facts.f_namemax,
    ])
}

/// Calls `each` with name, kind and inode of every entry.
pub fn list(path: &str, each: &mut dyn FnMut(&str, PathKind, u64)) -> Result<(), Errno> {
    for entry in fs::read_dir(here(path)).map_err(|error| errno(&error))? {
        let entry = entry.map_err(|error| errno(&error))?;
        let kind = match entry.file_type() {
            Ok(kind) if kind.is_dir() => PathKind::Directory,
            Ok(_) | Err(_) => PathKind::File,
        };
        each(&entry.file_name().to_string_lossy(), kind, entry.ino());
    }
    Ok(())
}

/// The content of a file as memory that stays for the rest of the process, and that the system reads when it is used.
pub fn map_forever(path: &str) -> std::io::Result<&'static [u8]> {
    let file = File::open(path)?;
    let len = usize::try_from(file.metadata()?.len()).unwrap_or(0);
    if len == 0 {
        return Ok(&[]);
    }
    let fd = file.as_raw_fd();
    // SAFETY: a new place for the bytes of an open file, which is never given back.
    let start = unsafe { libc::mmap(std::ptr::null_mut(), len, libc::PROT_READ, libc::MAP_PRIVATE, fd, 0) };
    if start == libc::MAP_FAILED {
        return Err(std::io::Error::last_os_error());
    }
    // SAFETY: that many bytes are there for good; who changes the file while it is used breaks his own program.
    Ok(unsafe { std::slice::from_raw_parts(start.cast(), len) })
}

/// An error as a number.
pub fn plain<T>(result: std::io::Result<T>) -> Result<T, Errno> {
    result.map_err(|error| errno(&error))
}

/// An empty path is the working directory, as in `sys.path`.
fn here(path: &str) -> &str {
    if path.is_empty() { "." } else { path }
}

fn borrow(file: FileId) -> Result<ManuallyDrop<File>, Errno> {
    if file.0 < 0 {
        return Err(Errno(libc::EBADF));
    }
    // SAFETY: not -1, and never closed by this handle; a number that is not open only makes calls fail.
    Ok(ManuallyDrop::new(unsafe { File::from_raw_fd(file.0) }))
}
