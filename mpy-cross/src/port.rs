//! What a machine that runs manifests sees of the host: files to be read, directories, and standard output.

use std::fs;
use std::io::Write;
use std::time::Instant;

use vm::port::{Errno, FileId, OpenMode, PathKind, Port};

/// The host, for reading.
pub struct Host {
    start: Instant,
    /// What is left of each open file; those that are closed are empty.
    files: Vec<Vec<u8>>,
}

impl Host {
    /// Nothing is open.
    pub fn new() -> Host {
        Host { start: Instant::now(), files: Vec::new() }
    }
}

fn plain<T>(result: std::io::Result<T>) -> Result<T, Errno> {
    result.map_err(|error| Errno(error.raw_os_error().unwrap_or(5)))
}

impl Port for Host {
    fn platform(&self) -> &'static str {
        std::env::consts::OS
    }

    fn write_out(&mut self, bytes: &[u8]) {
        // A reader that has gone away needs no text.
        let _ = std::io::stdout().write_all(bytes);
    }

    fn ticks_us(&self) -> u64 {
        self.start.elapsed().as_micros() as u64
    }

    fn path_kind(&mut self, path: &str) -> PathKind {
        match fs::metadata(if path.is_empty() { "." } else { path }) {
            Ok(facts) if facts.is_dir() => PathKind::Directory,
            Ok(_) => PathKind::File,
            Err(_) => PathKind::Missing,
        }
    }

    fn open(&mut self, path: &str, mode: OpenMode) -> Result<FileId, Errno> {
        if mode.write {
            return Err(Errno(30));
        }
        let mut content = plain(fs::read(path))?;
        content.reverse();
        self.files.push(content);
        // Numbers below are the console's.
        Ok(FileId(self.files.len() as i32 + 2))
    }

    fn close(&mut self, file: FileId) -> Result<(), Errno> {
        self.content(file)?.clear();
        Ok(())
    }

    fn read(&mut self, file: FileId, into: &mut [u8]) -> Result<usize, Errno> {
        let content = self.content(file)?;
        let count = content.len().min(into.len());
        for (to, from) in into.iter_mut().zip(content.drain(content.len() - count..).rev()) {
            *to = from;
        }
        Ok(count)
    }

    fn list_dir(&mut self, path: &str, each: &mut dyn FnMut(&str, PathKind, u64)) -> Result<(), Errno> {
        for entry in plain(fs::read_dir(path))? {
            let entry = plain(entry)?;
            let kind = if entry.path().is_dir() { PathKind::Directory } else { PathKind::File };
            each(&entry.file_name().to_string_lossy(), kind, 0);
        }
        Ok(())
    }

    fn current_dir(&mut self, with: &mut dyn FnMut(&str)) -> Result<(), Errno> {
        with(&plain(std::env::current_dir())?.to_string_lossy());
        Ok(())
    }

    fn change_dir(&mut self, path: &str) -> Result<(), Errno> {
        plain(std::env::set_current_dir(path))
    }

    fn environment(&mut self, name: &str, with: &mut dyn FnMut(&str)) {
        if let Ok(value) = std::env::var(name) {
            with(&value);
        }
    }
}

impl Host {
    /// What is left of a file, the last byte first.
    fn content(&mut self, file: FileId) -> Result<&mut Vec<u8>, Errno> {
        let at = usize::try_from(file.0 - 3).map_err(|_| Errno(9))?;
        self.files.get_mut(at).ok_or(Errno(9))
    }
}
