//! Semihosting: files, the command line and the exit status of the machine that runs QEMU.

use core::arch::asm;

use crate::{Board, kept};

/// The instruction that asks the host.
pub const ASK: u16 = 0xBEAB;

/// Operations, by their numbers.
#[derive(Clone, Copy)]
#[repr(usize)]
enum Op {
    Open = 0x01,
    Close = 0x02,
    Write = 0x05,
    Read = 0x06,
    Seek = 0x0A,
    Length = 0x0C,
    Remove = 0x0E,
    Rename = 0x0F,
    ErrorNumber = 0x13,
    CommandLine = 0x15,
    Exit = 0x20,
}

/// The reason of an exit whose status counts.
const APPLICATION_EXIT: usize = 0x2_0026;
/// Longest path, with its final zero.
const PATH: usize = 256;

/// How `open` opens, by the operation's own numbers: the place of the mode in the list r, rb, r+, r+b, w, wb, ...
#[derive(Clone, Copy)]
#[allow(missing_docs)]
#[repr(usize)]
pub enum How {
    Read = 1,
    Update = 3,
    Write = 5,
    WriteUpdate = 7,
    Append = 9,
    AppendUpdate = 11,
}

/// Ends the machine with a status.
pub fn exit(status: u32) -> ! {
    loop {
        call(Op::Exit, &[APPLICATION_EXIT, status as usize]);
    }
}

/// Puts the command line in `into` and gives its length; 0 when there is none or it is too long.
pub fn command_line(into: &mut [u8]) -> usize {
    let mut block = [into.as_mut_ptr() as usize, into.len()];
    if call_mut(Op::CommandLine, &mut block) != 0 {
        return 0;
    }
    block[1].min(into.len())
}

/// Whether the host named a program to run.
pub fn has_command<B: Board>() -> bool {
    if !B::SEMIHOSTING || !kept::may_have_host() {
        return false;
    }
    let mut line = [0; PATH];
    let len = command_line(&mut line);
    line.get(..len).is_some_and(|line| line.contains(&b' '))
}

/// Opens a file.
pub fn open(path: &str, how: How) -> Result<i32, i32> {
    let mut name = [0; PATH];
    let len = terminated(path, &mut name)?;
    handle(call(Op::Open, &[name.as_ptr() as usize, how as usize, len]))
}

/// Closes a file.
pub fn close(file: i32) -> Result<(), i32> {
    done(call(Op::Close, &[file as usize]))
}

/// Reads; 0 is the end of the file.
pub fn read(file: i32, into: &mut [u8]) -> usize {
    let left = call(Op::Read, &[file as usize, into.as_mut_ptr() as usize, into.len()]);
    into.len().saturating_sub(left)
}

/// Writes, and gives how many bytes were written.
pub fn write(file: i32, from: &[u8]) -> usize {
    let left = call(Op::Write, &[file as usize, from.as_ptr() as usize, from.len()]);
    from.len().saturating_sub(left)
}

/// Goes to a position from the start.
pub fn seek(file: i32, to: usize) -> Result<(), i32> {
    done(call(Op::Seek, &[file as usize, to]))
}

/// Bytes of a file.
pub fn length(file: i32) -> Result<usize, i32> {
    handle(call(Op::Length, &[file as usize])).map(|length| length as usize)
}

/// Removes a file.
pub fn remove(path: &str) -> Result<(), i32> {
    let mut name = [0; PATH];
    let len = terminated(path, &mut name)?;
    done(call(Op::Remove, &[name.as_ptr() as usize, len]))
}

/// Renames a file.
pub fn rename(from: &str, to: &str) -> Result<(), i32> {
    let (mut old, mut new) = ([0; PATH], [0; PATH]);
    let (old_len, new_len) = (terminated(from, &mut old)?, terminated(to, &mut new)?);
    done(call(Op::Rename, &[old.as_ptr() as usize, old_len, new.as_ptr() as usize, new_len]))
}

fn terminated(path: &str, into: &mut [u8; PATH]) -> Result<usize, i32> {
    const NAME_TOO_LONG: i32 = 36;
    let bytes = path.as_bytes();
    // The last byte stays zero.
    match into.get_mut(..bytes.len()) {
        Some(place) if bytes.len() < PATH => place.copy_from_slice(bytes),
        Some(_) | None => return Err(NAME_TOO_LONG),
    }
    Ok(bytes.len())
}

fn handle(answer: usize) -> Result<i32, i32> {
    if answer as i32 == -1 { Err(error()) } else { Ok(answer as i32) }
}

fn done(answer: usize) -> Result<(), i32> {
    if answer == 0 { Ok(()) } else { Err(error()) }
}

fn error() -> i32 {
    call(Op::ErrorNumber, &[]) as i32
}

fn call(op: Op, block: &[usize]) -> usize {
    door(op, block.as_ptr() as usize)
}

fn call_mut(op: Op, block: &mut [usize]) -> usize {
    door(op, block.as_mut_ptr() as usize)
}

fn door(op: Op, block: usize) -> usize {
    let answer;
    // SAFETY: the debugger reads the block and what it names, and writes only where the operation says so; the callers
    // pass memory of their own. Without the `nomem` option the compiler takes all memory for touched.
    unsafe {
        asm!("bkpt #0xAB", inlateout("r0") op as usize => answer, in("r1") block, options(nostack, preserves_flags));
    }
    answer
}
