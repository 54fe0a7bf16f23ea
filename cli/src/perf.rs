//! What `perf` reads to name machine code that no file holds: a map of addresses, or a dump with the code and its lines.
//!
//! `/tmp/perf-PID.map` has a line for each function. `/tmp/jit-PID.dump` is written as the kernel's
//! tools/perf/Documentation/jitdump-specification.txt says, for `perf record -k 1` and `perf inject --jit`.

use std::fs::File;
use std::io::{Error, Write};
use std::os::fd::AsRawFd;

use vm::compile::code::Kind;
use vm::compile::emitter::{MachineCode, Unit};

use crate::emitter::Listener;

/// What `perf` is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Addresses and names.
    Map,
    /// Code, names and lines.
    Dump,
}

/// A listener that writes for `perf`; an error is a text for people.
pub fn listener(form: Form) -> Result<Box<dyn Listener>, String> {
    let pid = std::process::id();
    let (path, made) = match form {
        Form::Map => {
            let path = format!("/tmp/perf-{pid}.map");
            let made = File::create(&path).map(|file| Box::new(Map(Some(file))) as Box<dyn Listener>);
            (path, made)
        }
        Form::Dump => {
            let path = format!("/tmp/jit-{pid}.dump");
            let made = Dump::create(&path).map(|dump| Box::new(dump) as Box<dyn Listener>);
            (path, made)
        }
    };
    made.map_err(|error| format!("can't write '{path}': {error}"))
}

/// How a function is called in profiles.
pub fn name(unit: &Unit<'_>) -> String {
    let code = unit.code;
    let kind = match code.kind {
        Kind::Bytecode => "bytecode",
        Kind::Native => "native",
        Kind::Viper => "viper",
        Kind::AsmThumb | Kind::AsmXtensa | Kind::AsmRv32 => "asm",
    };
    format!("py:{} [{kind}] {}:{}", unit.names.get(code.qualname), unit.names.get(unit.file), code.first_line)
}

/// Addresses and names, until a write fails.
struct Map(Option<File>);

impl Listener for Map {
    fn made(&mut self, unit: &Unit<'_>, code: &MachineCode) {
        if let Some(file) = &mut self.0
            && writeln!(file, "{:x} {:x} {}", code.start, code.len, name(unit).replace('\n', " ")).is_err()
        {
            self.0 = None;
        }
    }
}

/// Code, names and lines, until a write fails.
struct Dump {
    file: Option<File>,
    count: u64,
}

/// "JiTD" as the machine has it.
const MAGIC: u32 = 0x4a69_5444;
const VERSION: u32 = 1;
const HEADER: u32 = 40;
/// What each record begins with.
const PREFIX: usize = 16;
const CODE_LOAD: u32 = 0;
const DEBUG_INFO: u32 = 2;
/// The machine as ELF numbers it.
const MACHINE: u32 = if cfg!(target_arch = "aarch64") { 183 } else { 62 };

impl Dump {
    fn create(path: &str) -> Result<Dump, Error> {
        let mut file = File::options().read(true).write(true).create(true).truncate(true).open(path)?;
        let mut header = Vec::new();
        for word in [MAGIC, VERSION, HEADER, MACHINE, 0, std::process::id()] {
            header.extend(word.to_ne_bytes());
        }
        header.extend(now().to_ne_bytes());
        header.extend(0u64.to_ne_bytes());
        file.write_all(&header)?;
        // `perf` learns of the file by this mapping, which nobody uses.
        // SAFETY: a new mapping of a file of ours, at an address of the kernel's choice.
        let marker = unsafe {
            let protection = libc::PROT_READ | libc::PROT_EXEC;
            libc::mmap(std::ptr::null_mut(), header.len(), protection, libc::MAP_PRIVATE, file.as_raw_fd(), 0)
        };
        if marker == libc::MAP_FAILED { Err(Error::last_os_error()) } else { Ok(Dump { file: Some(file), count: 0 }) }
    }

    fn record(&mut self, kind: u32, body: &[u8]) -> Result<(), Error> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let mut record = Vec::with_capacity(PREFIX + body.len());
        record.extend(kind.to_ne_bytes());
        record.extend(((PREFIX + body.len()) as u32).to_ne_bytes());
        record.extend(now().to_ne_bytes());
        record.extend(body);
        file.write_all(&record)
    }

    fn write(&mut self, unit: &Unit<'_>, code: &MachineCode) -> Result<(), Error> {
        let file = unit.names.get(unit.file);
        let start = code.start as u64;
        let mut lines = Vec::new();
        lines.extend(start.to_ne_bytes());
        lines.extend((code.lines.len() as u64).to_ne_bytes());
        for row in &code.lines {
            lines.extend((start + u64::from(row.offset)).to_ne_bytes());
            lines.extend(row.line.to_ne_bytes());
            lines.extend(0u32.to_ne_bytes());
            lines.extend(file.as_bytes());
            lines.push(0);
        }
        self.record(DEBUG_INFO, &lines)?;
        let mut load = Vec::new();
        load.extend(std::process::id().to_ne_bytes());
        load.extend(thread().to_ne_bytes());
        for word in [start, start, code.len as u64, self.count] {
            load.extend(word.to_ne_bytes());
        }
        load.extend(name(unit).as_bytes());
        load.push(0);
        // SAFETY: the emitter says that its code is there, and nothing writes to it while `code` lives.
        load.extend(unsafe { std::slice::from_raw_parts(code.start as *const u8, code.len) });
        self.count += 1;
        self.record(CODE_LOAD, &load)
    }
}

impl Listener for Dump {
    fn made(&mut self, unit: &Unit<'_>, code: &MachineCode) {
        if self.write(unit, code).is_err() {
            self.file = None;
        }
    }
}

/// The clock of `perf record -k 1`, in nanoseconds.
fn now() -> u64 {
    // SAFETY: the clock fills in the time.
    let time = unsafe {
        let mut time: libc::timespec = std::mem::zeroed();
        libc::clock_gettime(libc::CLOCK_MONOTONIC, &mut time);
        time
    };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

#[cfg(target_os = "linux")]
fn thread() -> u32 {
    // SAFETY: asks for a number.
    unsafe { libc::gettid() as u32 }
}

#[cfg(not(target_os = "linux"))]
fn thread() -> u32 {
    std::process::id()
}
