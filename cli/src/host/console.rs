//! Standard input, output and error: buffers that keep what people see in order.

use std::fs::File;
use std::io::{ErrorKind, IsTerminal, Read, Write};
use std::mem::ManuallyDrop;
use std::os::fd::FromRawFd;

use super::interrupt;
use vm::port::Errno;

const CAPACITY: usize = 8192;
/// What the shell shows for a program that SIGPIPE ended.
const BROKEN_PIPE_STATUS: i32 = 141;

/// The three standard streams.
pub struct Console {
    input: ManuallyDrop<File>,
    output: ManuallyDrop<File>,
    error: ManuallyDrop<File>,
    /// Read and not yet asked for.
    ahead: Vec<u8>,
    ahead_at: usize,
    /// Written and not yet sent.
    waiting: Vec<u8>,
    output_is_terminal: bool,
}

impl Console {
    /// The streams of this process.
    pub fn new() -> Console {
        // SAFETY: the standard descriptors are open all the time, and ManuallyDrop never closes them.
        let stream = |fd| ManuallyDrop::new(unsafe { File::from_raw_fd(fd) });
        let output = stream(1);
        let output_is_terminal = output.is_terminal();
        Console {
            input: stream(0),
            output,
            error: stream(2),
            ahead: Vec::new(),
            ahead_at: 0,
            waiting: Vec::new(),
            output_is_terminal,
        }
    }

    /// Writes to standard output: whole lines at once on a terminal, else whole buffers.
    pub fn write_out(&mut self, bytes: &[u8]) {
        if self.waiting.len() + bytes.len() > CAPACITY {
            self.flush();
        }
        if bytes.len() > CAPACITY {
            return self.send(bytes);
        }
        self.waiting.extend_from_slice(bytes);
        if self.output_is_terminal && bytes.contains(&b'\n') {
            self.flush();
        }
    }

    /// Writes to standard error, after what was written to standard output before.
    pub fn write_err(&mut self, bytes: &[u8]) {
        self.flush();
        // Nowhere is left to report a failure to.
        let _ = write_all(&mut self.error, bytes);
    }

    /// Sends what waits.
    pub fn flush(&mut self) {
        if !self.waiting.is_empty() {
            let mut waiting = std::mem::take(&mut self.waiting);
            self.send(&waiting);
            waiting.clear();
            self.waiting = waiting;
        }
    }

    /// Whether a read would give at once what was read before.
    pub fn has_read_ahead(&self) -> bool {
        self.ahead_at < self.ahead.len()
    }

    /// Reads what is there, at least a byte; 0 is the end.
    pub fn read(&mut self, into: &mut [u8]) -> Result<usize, Errno> {
        if self.ahead_at == self.ahead.len() {
            self.flush();
            self.ahead.resize(CAPACITY, 0);
            let got = retry(|| self.input.read(&mut self.ahead));
            self.ahead.truncate(*got.as_ref().unwrap_or(&0));
            self.ahead_at = 0;
            got?;
        }
        let rest = self.ahead.get(self.ahead_at..).unwrap_or(&[]);
        let len = rest.len().min(into.len());
        into[..len].copy_from_slice(&rest[..len]);
        self.ahead_at += len;
        Ok(len)
    }

    fn send(&mut self, bytes: &[u8]) {
        if let Err(error) = write_all(&mut self.output, bytes)
            && error.kind() == ErrorKind::BrokenPipe
        {
            // Nobody reads any more. A print cannot fail, so it would go on for ever.
            std::process::exit(BROKEN_PIPE_STATUS);
        }
    }
}

impl Default for Console {
    fn default() -> Self {
        Console::new()
    }
}

/// Repeats what a signal broke off, unless the signal was Ctrl-C.
pub fn retry(mut call: impl FnMut() -> std::io::Result<usize>) -> Result<usize, Errno> {
    loop {
        match call() {
            Ok(count) => return Ok(count),
            Err(error) if error.kind() == ErrorKind::Interrupted && !interrupt::came() => {}
            Err(error) => return Err(errno(&error)),
        }
    }
}

/// The number behind an error of the standard library.
pub fn errno(error: &std::io::Error) -> Errno {
    // EINVAL for the few errors that std makes itself, such as a zero byte in a path.
    Errno(error.raw_os_error().unwrap_or(libc::EINVAL))
}

fn write_all(file: &mut File, bytes: &[u8]) -> std::io::Result<()> {
    file.write_all(bytes)
}
