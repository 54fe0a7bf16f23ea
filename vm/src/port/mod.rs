//! What a Vm asks of the machine it runs on. A port implements these traits; nothing here imports the rest of the crate.

mod chip;
mod threads;

pub use chip::Chip;
pub use threads::Threads;

/// What went wrong with a file: an errno number, as OSError carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Errno(pub i32);

/// What a path leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PathKind {
    /// Nothing.
    Missing,
    /// A regular file or something like it.
    File,
    /// A directory.
    Directory,
}

/// What `os.stat` tells, in the order of its tuple.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)]
pub struct Stat {
    pub mode: u32,
    pub inode: u64,
    pub device: u64,
    pub links: u64,
    pub uid: u32,
    pub gid: u32,
    pub size: u64,
    pub atime: i64,
    pub mtime: i64,
    pub ctime: i64,
}

/// How a file is to be opened (as the letters of `open`'s mode say).
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)]
pub struct OpenMode {
    pub read: bool,
    pub write: bool,
    pub append: bool,
    pub truncate: bool,
    pub create: bool,
    pub exclusive: bool,
}

/// An open file of a port.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileId(pub i32);

/// Where a seek counts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whence {
    /// The start of the file.
    Start,
    /// The present position.
    Here,
    /// The end of the file.
    End,
}

/// A port's services. The default bodies say "there is no such thing here".
#[allow(unused_variables)]
pub trait Port {
    /// `sys.platform`
    fn platform(&self) -> &'static str;
    /// What board this is and with which core, for `sys.implementation._machine` and the banner.
    fn machine(&self) -> Option<&'static str> {
        None
    }
    /// Writes to standard output.
    fn write_out(&mut self, bytes: &[u8]);
    /// Writes to standard output, bytes as they are: where line ends are translated on the way to a terminal, not these.
    fn write_raw(&mut self, bytes: &[u8]) {
        self.write_out(bytes);
    }
    /// Writes to standard error.
    fn write_err(&mut self, bytes: &[u8]) {
        self.write_out(bytes);
    }
    /// Makes everything written so far visible.
    fn flush(&mut self) {}
    /// Reads from standard input; 0 is the end.
    fn read_in(&mut self, into: &mut [u8]) -> Result<usize, Errno> {
        Ok(0)
    }
    /// Whether a read of a stream of the console would give something at once.
    fn readable(&mut self, file: FileId) -> bool {
        true
    }
    /// Microseconds since some moment; never goes back.
    fn ticks_us(&self) -> u64;
    /// Nanoseconds since 1970, as far as the machine knows.
    fn time_ns(&self) -> u64 {
        self.ticks_us() * 1000
    }
    /// Seconds that local time is ahead of UTC at `seconds` since 1970.
    fn utc_offset(&self, seconds: i64) -> i64 {
        0
    }
    /// Waits.
    fn sleep_us(&mut self, us: u64) {
        let end = self.ticks_us() + us;
        while self.ticks_us() < end {}
    }
    /// What `path` leads to.
    fn path_kind(&mut self, path: &str) -> PathKind {
        PathKind::Missing
    }
    /// Opens a file.
    fn open(&mut self, path: &str, mode: OpenMode) -> Result<FileId, Errno> {
        Err(Errno(2))
    }
    /// Closes a file.
    fn close(&mut self, file: FileId) -> Result<(), Errno> {
        Err(Errno(9))
    }
    /// Reads from a file; 0 is the end.
    fn read(&mut self, file: FileId, into: &mut [u8]) -> Result<usize, Errno> {
        Err(Errno(9))
    }
    /// Writes to a file.
    fn write(&mut self, file: FileId, from: &[u8]) -> Result<usize, Errno> {
        Err(Errno(9))
    }
    /// Moves the position in a file and gives the new one.
    fn seek(&mut self, file: FileId, offset: i64, whence: Whence) -> Result<u64, Errno> {
        Err(Errno(9))
    }
    /// Whether a stream of the console leads to a terminal.
    fn is_terminal(&mut self, file: FileId) -> bool {
        true
    }
    /// Gives a file another length.
    fn truncate(&mut self, file: FileId, len: u64) -> Result<(), Errno> {
        Err(Errno(9))
    }
    /// Facts about a path.
    fn stat(&mut self, path: &str) -> Result<Stat, Errno> {
        Err(Errno(2))
    }
    /// What `os.statvfs` tells of the volume that a path is on, in the order of its tuple.
    fn stat_volume(&mut self, path: &str) -> Result<[u64; 10], Errno> {
        Err(Errno(38))
    }
    /// Calls `each` with the name, kind and inode of every entry of a directory, without `.` and `..`.
    fn list_dir(&mut self, path: &str, each: &mut dyn FnMut(&str, PathKind, u64)) -> Result<(), Errno> {
        Err(Errno(2))
    }
    /// Whether the number that `list_dir` tells of an entry is its size, because there are no inodes.
    fn lists_sizes(&self) -> bool {
        false
    }
    /// Makes a directory.
    fn make_dir(&mut self, path: &str) -> Result<(), Errno> {
        Err(Errno(30))
    }
    /// Removes an empty directory.
    fn remove_dir(&mut self, path: &str) -> Result<(), Errno> {
        Err(Errno(30))
    }
    /// Removes a file.
    fn remove(&mut self, path: &str) -> Result<(), Errno> {
        Err(Errno(30))
    }
    /// Renames a file or directory.
    fn rename(&mut self, from: &str, to: &str) -> Result<(), Errno> {
        Err(Errno(30))
    }
    /// Calls `with` with the working directory.
    fn current_dir(&mut self, with: &mut dyn FnMut(&str)) -> Result<(), Errno> {
        Err(Errno(2))
    }
    /// Changes the working directory.
    fn change_dir(&mut self, path: &str) -> Result<(), Errno> {
        Err(Errno(2))
    }
    /// Calls `with` with the value of an environment variable, if it is set.
    fn environment(&mut self, name: &str, with: &mut dyn FnMut(&str)) {}
    /// Sets an environment variable, or takes it away.
    fn set_environment(&mut self, name: &str, value: Option<&str>) -> Result<(), Errno> {
        Err(Errno(30))
    }
    /// The number of the system's last error, for `os.errno`; with `new` it becomes that.
    fn last_error(&mut self, new: Option<i32>) -> i32 {
        0
    }
    /// Runs a command of the system and says how it ended.
    fn system(&mut self, command: &str) -> Result<i32, Errno> {
        Err(Errno(38))
    }
    /// Fills `into` with random bytes.
    fn random(&mut self, into: &mut [u8]) -> bool {
        false
    }
    /// Whether Ctrl-C or the like came since the last call.
    fn interrupted(&mut self) -> bool {
        false
    }
    /// The chip, where a program may deal with it.
    fn chip(&self) -> Option<&'static dyn Chip> {
        None
    }
    /// Threads, where the machine has some.
    fn threads(&self) -> Option<&'static dyn Threads> {
        None
    }
    /// What a read of `file` may have to wait for, as `Threads::wait_readable` takes it; `None` when it would not block.
    fn blocks_on(&self, file: FileId) -> Option<i32> {
        None
    }
}
