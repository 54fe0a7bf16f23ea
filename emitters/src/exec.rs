//! Executable memory. No address is ever both writable and executable.
//!
//! A chunk is one anonymous file mapped twice: code is written through one view and runs in the other. So many small
//! functions share a page, and placing or freeing one needs no system call. Where such a file cannot be had or be
//! run from, each function gets pages of its own, which change from writable to executable once.

use ir::{LineRow, MachineCode, Refused, line_at};
use std::ptr::NonNull;
use std::sync::{Arc, Mutex, MutexGuard};

/// Where machine code lives. Cheap to make and to clone; memory is mapped at the first function.
#[derive(Clone, Default)]
pub struct CodeArena {
    chunks: Arc<Mutex<Vec<Chunk>>>,
    pages: Pages,
}

/// Which pages code goes to.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Pages {
    /// Those of a file with two views, where that can be had.
    #[default]
    Shared,
    /// A function's own, of no file: for tools that take a file for where the names are.
    Own,
}

/// Code that can be run, until this is dropped.
pub struct Placed {
    chunks: Arc<Mutex<Vec<Chunk>>>,
    start: NonNull<u8>,
    len: usize,
    entry: usize,
    lines: Vec<LineRow>,
}

// SAFETY: the code is never written again, and the arena is behind a lock.
unsafe impl Send for Placed {}
// SAFETY: as above.
unsafe impl Sync for Placed {}

impl CodeArena {
    /// An arena without memory yet.
    pub fn new() -> CodeArena {
        CodeArena::default()
    }

    /// An arena without memory yet, whose code goes to such pages.
    pub fn with(pages: Pages) -> CodeArena {
        CodeArena { pages, ..CodeArena::default() }
    }

    /// Copies code to where it can run.
    pub fn place(&self, code: MachineCode) -> Result<Placed, Refused> {
        if code.align as usize > ALIGN || code.bytes.is_empty() {
            return Err(Refused::Unsupported("alignment of the code"));
        }
        let mut chunks = lock(&self.chunks);
        let room =
            chunks.iter_mut().find_map(|chunk| chunk.take(code.bytes.len()).map(|at| chunk.put(at, &code.bytes)));
        let start = match room {
            Some(start) => start,
            None => {
                let (chunk, start) = Chunk::holding(&code.bytes, self.pages)?;
                chunks.push(chunk);
                start
            }
        };
        let len = code.bytes.len();
        Ok(Placed { chunks: self.chunks.clone(), start, len, entry: code.entry as usize, lines: code.lines })
    }
}

/// What an arena's code takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Usage {
    /// Functions in it.
    pub functions: usize,
    /// Bytes of code, the gaps up to the next function counted.
    pub used: usize,
    /// Bytes had from the system.
    pub reserved: usize,
    /// How writing and running are kept apart.
    pub apart: &'static str,
}

impl CodeArena {
    /// What its code takes now.
    pub fn usage(&self) -> Usage {
        let chunks = lock(&self.chunks);
        let twice = chunks.iter().all(|chunk| chunk.write.is_some());
        Usage {
            functions: chunks.iter().map(|chunk| chunk.functions).sum(),
            used: chunks.iter().map(Chunk::used).sum(),
            reserved: chunks.iter().map(|chunk| chunk.len).sum(),
            apart: if twice { "written and run in separate views" } else { "written before it is run" },
        }
    }
}

impl Placed {
    /// Where to call it.
    pub fn entry(&self) -> *const u8 {
        self.start.as_ptr().wrapping_add(self.entry)
    }

    /// The code, for disassembly.
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `start` and `len` are a stretch of a chunk that stays mapped readable, and unwritten, while we live.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }

    /// Whether an address lies in it.
    pub fn contains(&self, address: usize) -> bool {
        address.wrapping_sub(self.start.as_ptr() as usize) < self.len
    }

    /// The source line of an address in it; for a return address ask one byte lower.
    pub fn line_at(&self, address: usize) -> Option<u32> {
        let offset = address.wrapping_sub(self.start.as_ptr() as usize);
        if offset < self.len { line_at(&self.lines, offset as u32) } else { None }
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        let mut chunks = lock(&self.chunks);
        let at = self.start.as_ptr() as usize;
        let Some(i) = chunks.iter().position(|chunk| at.wrapping_sub(chunk.exec.as_ptr() as usize) < chunk.len) else {
            return;
        };
        let start = chunks[i].exec.as_ptr() as usize;
        chunks[i].functions -= 1;
        chunks[i].give(at - start, self.len);
        // One empty chunk is kept, so that a function compiled and dropped in a loop maps nothing.
        if chunks[i].is_empty() && (chunks.len() > 1 || chunks[i].write.is_none()) {
            chunks.swap_remove(i);
        }
    }
}

/// Functions start at multiples of this, which is what Cranelift wants on all its machines.
const ALIGN: usize = 64;
const CHUNK: usize = 1 << 20;
/// What freed code is overwritten with: a trap on x86-64, undefined on AArch64.
const TRAP: u8 = if cfg!(target_arch = "x86_64") { 0xcc } else { 0 };

fn lock(chunks: &Mutex<Vec<Chunk>>) -> MutexGuard<'_, Vec<Chunk>> {
    // A thread that panicked while it held the lock left the list whole: nothing below can panic half-way.
    chunks.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Mapped memory and the holes in it.
struct Chunk {
    exec: NonNull<u8>,
    /// The other view; `None` where the pages were made executable in place.
    write: Option<NonNull<u8>>,
    len: usize,
    /// Start and length of each hole, sorted, none touching the next.
    holes: Vec<(usize, usize)>,
    functions: usize,
    /// After a fork the views are shared between two processes, so a chunk is changed only by the one that made it.
    owner: u32,
}

// SAFETY: a chunk owns its mappings; the pointers are used under the arena's lock.
unsafe impl Send for Chunk {}

impl Chunk {
    /// A new chunk with `code` placed in it.
    fn holding(code: &[u8], pages: Pages) -> Result<(Chunk, NonNull<u8>), Refused> {
        let len = code.len().checked_next_multiple_of(CHUNK).ok_or(Refused::TooLarge)?;
        if pages == Pages::Shared
            && let Some((write, exec)) = map_twice(len)
        {
            let mut chunk = Chunk::new(exec, Some(write), len);
            chunk.holes.push((0, len));
            let at = chunk.take(code.len()).ok_or(Refused::Memory)?;
            let start = chunk.put(at, code);
            return Ok((chunk, start));
        }
        let len = code.len().checked_next_multiple_of(page()).ok_or(Refused::TooLarge)?;
        let pages = map(len, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANON, -1);
        let mut chunk = Chunk::new(pages.ok_or(Refused::Memory)?, None, len);
        chunk.functions = 1;
        // SAFETY: the pages are ours, writable, and at least as long as the code; protecting them again is what for.
        let runs = unsafe {
            chunk.exec.as_ptr().copy_from_nonoverlapping(code.as_ptr(), code.len());
            libc::mprotect(chunk.exec.as_ptr().cast(), len, libc::PROT_READ | libc::PROT_EXEC) == 0
        };
        synchronize(chunk.exec.as_ptr(), chunk.exec.as_ptr(), code.len());
        let start = chunk.exec;
        if runs { Ok((chunk, start)) } else { Err(Refused::Unsupported("executable memory")) }
    }

    fn new(exec: NonNull<u8>, write: Option<NonNull<u8>>, len: usize) -> Chunk {
        Chunk { exec, write, len, holes: Vec::new(), functions: 0, owner: std::process::id() }
    }

    /// Takes room for `len` bytes out of the first hole that has it.
    fn take(&mut self, len: usize) -> Option<usize> {
        let len = len.next_multiple_of(ALIGN);
        if self.write.is_none() || self.owner != std::process::id() {
            return None;
        }
        let i = self.holes.iter().position(|hole| hole.1 >= len)?;
        let hole = &mut self.holes[i];
        let at = hole.0;
        *hole = (hole.0 + len, hole.1 - len);
        if hole.1 == 0 {
            self.holes.remove(i);
        }
        Some(at)
    }

    /// Writes code to room that was taken, and returns where it runs.
    fn put(&mut self, at: usize, code: &[u8]) -> NonNull<u8> {
        // SAFETY: `take` gave out `at` with room for the code, and both views are `len` bytes long.
        let start = unsafe { self.exec.add(at) };
        self.functions += 1;
        if let Some(write) = self.write {
            // SAFETY: as above; nothing runs in room that was a hole.
            unsafe { write.add(at).copy_from_nonoverlapping(NonNull::from(code).cast(), code.len()) };
            synchronize(write.as_ptr().wrapping_add(at), start.as_ptr(), code.len());
        }
        start
    }

    /// Makes a hole of code no longer needed.
    fn give(&mut self, at: usize, len: usize) {
        if self.owner != std::process::id() {
            return;
        }
        let Some(write) = self.write else { return };
        let len = len.next_multiple_of(ALIGN);
        // SAFETY: `at` and `len` were given out by `take`, so they lie in the view; their owner is being dropped.
        unsafe { write.add(at).write_bytes(TRAP, len) };
        let i = self.holes.partition_point(|hole| hole.0 < at);
        self.holes.insert(i, (at, len));
        for i in [i + 1, i] {
            if let (Some(&before), Some(&hole)) = (i.checked_sub(1).and_then(|i| self.holes.get(i)), self.holes.get(i))
                && before.0 + before.1 == hole.0
            {
                self.holes[i - 1].1 += hole.1;
                self.holes.remove(i);
            }
        }
    }

    /// Bytes that are no hole.
    fn used(&self) -> usize {
        self.len - self.holes.iter().map(|hole| hole.1).sum::<usize>()
    }

    fn is_empty(&self) -> bool {
        self.write.is_none() || self.holes.first() == Some(&(0, self.len))
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        for view in [Some(self.exec), self.write].into_iter().flatten() {
            // SAFETY: both views were mapped with this length by us, and nobody is left who uses them.
            unsafe { libc::munmap(view.as_ptr().cast(), self.len) };
        }
    }
}

/// A writable and an executable view of the same new memory.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn map_twice(len: usize) -> Option<(NonNull<u8>, NonNull<u8>)> {
    // SAFETY: the name is a C string; what it returns is checked and closed below.
    let file = unsafe { libc::memfd_create(c"pyrite-code".as_ptr(), libc::MFD_CLOEXEC) };
    if file < 0 {
        return None;
    }
    // SAFETY: `file` is ours.
    let sized = unsafe { libc::ftruncate(file, len as libc::off_t) } == 0;
    let write = if sized { map(len, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED, file) } else { None };
    let exec = write.and_then(|_| map(len, libc::PROT_READ | libc::PROT_EXEC, libc::MAP_SHARED, file));
    // SAFETY: `file` is ours; mappings outlive it.
    unsafe { libc::close(file) };
    match (write, exec) {
        (Some(write), Some(exec)) => Some((write, exec)),
        (Some(write), None) => {
            // SAFETY: mapped above with this length, and not used yet.
            unsafe { libc::munmap(write.as_ptr().cast(), len) };
            None
        }
        (None, _) => None,
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn map_twice(_: usize) -> Option<(NonNull<u8>, NonNull<u8>)> {
    None
}

fn map(len: usize, protection: i32, flags: i32, file: i32) -> Option<NonNull<u8>> {
    // SAFETY: a new mapping at an address of the kernel's choice touches nothing that exists.
    let at = unsafe { libc::mmap(std::ptr::null_mut(), len, protection, flags, file, 0) };
    if at == libc::MAP_FAILED { None } else { NonNull::new(at.cast()) }
}

fn page() -> usize {
    // SAFETY: asks for a number.
    usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap_or(4096).max(4096)
}

/// Makes what was written through one view what is fetched from the other.
#[cfg(target_arch = "x86_64")]
fn synchronize(_: *const u8, _: *const u8, _: usize) {
    // The caches agree by themselves; a processor that already fetched from this room must start afresh.
    std::arch::x86_64::__cpuid(0);
}

/// Makes what was written through one view what is fetched from the other.
#[cfg(target_arch = "aarch64")]
fn synchronize(written: *const u8, run: *const u8, len: usize) {
    use std::arch::asm;
    // The shortest line any core has; shorter steps than needed only repeat themselves.
    const LINE: usize = 16;
    for offset in (0..len + LINE).step_by(LINE) {
        // SAFETY: cleans a data cache line; may be done for any readable address, and rounding stays in its page.
        unsafe { asm!("dc cvau, {}", in(reg) written.wrapping_add(offset.min(len - 1)), options(nostack)) };
    }
    // SAFETY: a barrier.
    unsafe { asm!("dsb ish", options(nostack)) };
    for offset in (0..len + LINE).step_by(LINE) {
        // SAFETY: as above, for the instruction cache.
        unsafe { asm!("ic ivau, {}", in(reg) run.wrapping_add(offset.min(len - 1)), options(nostack)) };
    }
    // SAFETY: barriers.
    unsafe { asm!("dsb ish", "isb", options(nostack)) };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8]) -> MachineCode {
        MachineCode { bytes: bytes.to_vec(), align: 16, ..MachineCode::default() }
    }

    #[test]
    fn small_functions_share_a_chunk_and_room_is_used_again() {
        let arena = CodeArena::new();
        let (a, b, c) = (
            arena.place(code(&[1; 10])).unwrap(),
            arena.place(code(&[2; 65])).unwrap(),
            arena.place(code(&[3; 64])).unwrap(),
        );
        assert_eq!(b.entry() as usize - a.entry() as usize, 64);
        assert_eq!(c.entry() as usize - b.entry() as usize, 128);
        assert_eq!((a.bytes(), c.bytes()), (&[1; 10][..], &[3; 64][..]));
        let at = a.entry();
        drop(b);
        drop(a);
        let again = arena.place(code(&[4; 150])).unwrap();
        assert_eq!(again.entry(), at, "two holes became one");
        let used = arena.usage();
        assert_eq!((used.functions, used.used, used.reserved), (2, 256, CHUNK));
        drop((again, c));
        assert_eq!((arena.usage().functions, arena.usage().used), (0, 0));
        assert_eq!(lock(&arena.chunks)[0].holes, [(0, CHUNK)]);
    }

    #[test]
    fn what_does_not_fit_gets_a_chunk_of_its_own() {
        let arena = CodeArena::new();
        let small = arena.place(code(&[1])).unwrap();
        let large = arena.place(code(&vec![2; CHUNK + 1])).unwrap();
        assert_eq!(lock(&arena.chunks).len(), 2);
        assert_eq!(large.bytes().last(), Some(&2));
        drop(large);
        assert_eq!(lock(&arena.chunks).len(), 1);
        assert_eq!(small.bytes(), [1]);
    }

    #[test]
    fn code_in_pages_of_its_own_is_not_written_again() {
        let arena = CodeArena::with(Pages::Own);
        let (a, b) = (arena.place(code(&[1; 10])).unwrap(), arena.place(code(&[2; 10])).unwrap());
        assert_eq!((a.bytes(), b.bytes()), (&[1; 10][..], &[2; 10][..]));
        assert!(lock(&arena.chunks).iter().all(|chunk| chunk.write.is_none()));
        assert_eq!((arena.usage().functions, arena.usage().reserved), (2, 2 * page()));
        drop(a);
        assert_eq!((arena.usage().functions, b.bytes()), (1, &[2; 10][..]));
    }

    #[test]
    fn lines_are_found_by_address() {
        let lines = vec![LineRow { offset: 1, line: 7 }];
        let placed = CodeArena::new().place(MachineCode { lines, ..code(&[0; 4]) }).unwrap();
        let start = placed.entry() as usize;
        assert_eq!(placed.line_at(start), None);
        assert_eq!(placed.line_at(start + 3), Some(7));
        assert_eq!(placed.line_at(start + 4), None);
        assert!(placed.contains(start) && !placed.contains(start + 4));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn no_mapping_is_writable_and_executable() {
        let _placed = CodeArena::new().place(code(&[0xc3])).unwrap();
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        let modes: Vec<&str> = maps.lines().filter_map(|line| line.split(' ').nth(1)).collect();
        assert!(modes.iter().any(|mode| mode.contains('x')), "{maps}");
        assert!(!modes.iter().any(|mode| mode.contains('w') && mode.contains('x')), "{maps}");
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn placed_code_runs() {
        // mov eax, 42; ret
        let placed = CodeArena::new().place(code(&[0xb8, 42, 0, 0, 0, 0xc3])).unwrap();
        // SAFETY: the bytes above are such a function.
        let f = unsafe { std::mem::transmute::<*const u8, extern "C" fn() -> i32>(placed.entry()) };
        assert_eq!(f(), 42);
    }
}
