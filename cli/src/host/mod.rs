//! The host as a port: streams, files, clocks and the rest through the standard library.

pub mod console;
pub mod files;
pub mod heap;
pub mod interrupt;
mod threads;

use std::ffi::CString;
use std::fs;
use std::io::Read;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use console::Console;
use vm::port::{Errno, FileId, OpenMode, PathKind, Port, Stat, Threads, Whence};

/// This process and its machine.
pub struct Host {
    console: Console,
    started: Instant,
}

impl Host {
    /// A port on the streams of this process.
    pub fn new() -> Host {
        Host { console: Console::new(), started: Instant::now() }
    }
}

impl Default for Host {
    fn default() -> Self {
        Host::new()
    }
}

impl Port for Host {
    fn platform(&self) -> &'static str {
        if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS }
    }

    fn write_out(&mut self, bytes: &[u8]) {
        self.console.write_out(bytes);
    }

    fn write_err(&mut self, bytes: &[u8]) {
        self.console.write_err(bytes);
    }

    fn flush(&mut self) {
        self.console.flush();
    }

    fn read_in(&mut self, into: &mut [u8]) -> Result<usize, Errno> {
        self.console.read(into)
    }

    fn readable(&mut self, file: FileId) -> bool {
        let mut what = libc::pollfd { fd: file.0, events: libc::POLLIN, revents: 0 };
        // SAFETY: one record of ours, and no waiting.
        self.console.has_read_ahead() || unsafe { libc::poll(&mut what, 1, 0) } > 0
    }

    fn ticks_us(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    fn time_ns(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
    }

    fn utc_offset(&self, seconds: i64) -> i64 {
        // SAFETY: all fields of a tm may be zero, and localtime_r fills it.
        unsafe {
            let mut local: libc::tm = std::mem::zeroed();
            if libc::localtime_r(&seconds, &mut local).is_null() { 0 } else { local.tm_gmtoff }
        }
    }

    fn sleep_us(&mut self, us: u64) {
        self.console.flush();
        threads::sleep(us);
    }

    fn path_kind(&mut self, path: &str) -> PathKind {
        files::kind(path)
    }

    fn open(&mut self, path: &str, mode: OpenMode) -> Result<FileId, Errno> {
        files::open(path, mode)
    }

    fn close(&mut self, file: FileId) -> Result<(), Errno> {
        match file.0 {
            // The console keeps its streams.
            0..=2 => Ok(()),
            _ => files::close(file),
        }
    }

    fn read(&mut self, file: FileId, into: &mut [u8]) -> Result<usize, Errno> {
        match file.0 {
            0 => self.console.read(into),
            _ => files::read(file, into),
        }
    }

    fn write(&mut self, file: FileId, from: &[u8]) -> Result<usize, Errno> {
        match file.0 {
            1 => self.console.write_out(from),
            2 => self.console.write_err(from),
            _ => return files::write(file, from),
        }
        Ok(from.len())
    }

    fn seek(&mut self, file: FileId, offset: i64, whence: Whence) -> Result<u64, Errno> {
        files::seek(file, offset, whence)
    }

    fn is_terminal(&mut self, file: FileId) -> bool {
        // SAFETY: asks only about a number.
        unsafe { libc::isatty(file.0) == 1 }
    }

    fn truncate(&mut self, file: FileId, len: u64) -> Result<(), Errno> {
        files::truncate(file, len)
    }

    fn stat(&mut self, path: &str) -> Result<Stat, Errno> {
        files::stat(path)
    }

    fn stat_volume(&mut self, path: &str) -> Result<[u64; 10], Errno> {
        files::stat_volume(path)
    }

    fn list_dir(&mut self, path: &str, each: &mut dyn FnMut(&str, PathKind, u64)) -> Result<(), Errno> {
        files::list(path, each)
    }

    fn make_dir(&mut self, path: &str) -> Result<(), Errno> {
        files::plain(fs::create_dir(path))
    }

    fn remove_dir(&mut self, path: &str) -> Result<(), Errno> {
        files::plain(fs::remove_dir(path))
    }

    fn remove(&mut self, path: &str) -> Result<(), Errno> {
        files::plain(fs::remove_file(path))
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Errno> {
        files::plain(fs::rename(from, to))
    }

    fn current_dir(&mut self, with: &mut dyn FnMut(&str)) -> Result<(), Errno> {
        let dir = files::plain(std::env::current_dir())?;
        with(&dir.to_string_lossy());
        Ok(())
    }

    fn change_dir(&mut self, path: &str) -> Result<(), Errno> {
        files::plain(std::env::set_current_dir(path))
    }

    fn environment(&mut self, name: &str, with: &mut dyn FnMut(&str)) {
        // std's function panics on names that no variable can have.
        if name.is_empty() || name.contains(['=', '\0']) {
            return;
        }
        if let Some(value) = std::env::var_os(name) {
            with(&value.to_string_lossy());
        }
    }

    fn set_environment(&mut self, name: &str, value: Option<&str>) -> Result<(), Errno> {
        let wrong = |_| Errno(libc::EINVAL);
        let name = CString::new(name).map_err(wrong)?;
        let value = value.map(CString::new).transpose().map_err(wrong)?;
        // SAFETY: texts that end with a zero; one thread at a time runs Python, and so asks for the environment.
        let failed = unsafe {
            match &value {
                Some(value) => libc::setenv(name.as_ptr(), value.as_ptr(), 1),
                None => libc::unsetenv(name.as_ptr()),
            }
        };
        if failed == 0 { Ok(()) } else { Err(Errno(libc::EINVAL)) }
    }

    fn last_error(&mut self, new: Option<i32>) -> i32 {
        // SAFETY: the place of this thread's number.
        unsafe {
            let place = libc::__errno_location();
            if let Some(new) = new {
                *place = new;
            }
            *place
        }
    }

    fn system(&mut self, command: &str) -> Result<i32, Errno> {
        let command = CString::new(command).map_err(|_| Errno(libc::EINVAL))?;
        // SAFETY: a text that ends with a zero.
        Ok(unsafe { libc::system(command.as_ptr()) })
    }

    fn random(&mut self, into: &mut [u8]) -> bool {
        fs::File::open("/dev/urandom").and_then(|mut source| source.read_exact(into)).is_ok()
    }

    fn interrupted(&mut self) -> bool {
        interrupt::take()
    }

    fn threads(&self) -> Option<&'static dyn Threads> {
        Some(&threads::HostThreads)
    }

    fn blocks_on(&self, file: FileId) -> Option<i32> {
        match file.0 {
            0 if self.console.has_read_ahead() => None,
            number => Some(number),
        }
    }
}
