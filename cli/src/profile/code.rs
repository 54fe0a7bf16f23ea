//! Where which machine code is, for signals: a table that only the thread that holds the machine changes or reads.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, Ordering, compiler_fence};

use emitters::link::header;
use vm::compile::emitter::{CodeLine, MachineCode, Unit};
use vm::qstr::Qstr;
use vm::run::sample::Place;

use crate::emitter::Listener;

/// Machine code at an address.
#[derive(Clone, Copy)]
pub struct Found {
    /// Which function, and which line of it.
    pub place: Place,
    /// Where the runtime enters it.
    pub entry: usize,
    /// Here only the arguments are made what the function proper takes, which is called then.
    pub is_door: bool,
}

/// The machine code of a function.
struct Known {
    start: usize,
    end: usize,
    entry: usize,
    /// Where the function proper begins.
    core: usize,
    name: Qstr,
    file: Qstr,
    first_line: u32,
    lines: Vec<CodeLine>,
}

/// All machine code by address.
struct Table(UnsafeCell<Vec<Known>>);

// SAFETY: see `with` and `at`: one thread at a time holds the machine, and a signal on it sees `CHANGING`.
unsafe impl Sync for Table {}

static TABLE: Table = Table(UnsafeCell::new(Vec::new()));
/// The table is being changed, so a signal must not read it.
static CHANGING: AtomicBool = AtomicBool::new(false);

/// A listener that keeps the table.
pub fn listener() -> Box<dyn Listener> {
    Box::new(Keeper)
}

struct Keeper;

impl Listener for Keeper {
    fn made(&mut self, unit: &Unit<'_>, code: &MachineCode) {
        let known = Known {
            start: code.start,
            end: code.start + code.len,
            entry: code.entry,
            core: core(code),
            name: unit.code.qualname,
            file: unit.file,
            first_line: unit.code.first_line,
            lines: code.lines.to_vec(),
        };
        CHANGING.store(true, Ordering::Relaxed);
        compiler_fence(Ordering::SeqCst);
        // SAFETY: code is made by the thread that holds the machine, and its signals keep away.
        let table = unsafe { &mut *TABLE.0.get() };
        // What was there before has been freed.
        let first = table.partition_point(|other| other.end <= known.start);
        let behind = table.partition_point(|other| other.start < known.end);
        table.splice(first..behind.max(first), [known]);
        compiler_fence(Ordering::SeqCst);
        CHANGING.store(false, Ordering::Relaxed);
    }
}

/// Where the function proper begins, behind its doors.
fn core(code: &MachineCode) -> usize {
    if !code.takes_words {
        return code.entry;
    }
    // SAFETY: words in front of the entry tell where the parts are.
    code.entry + unsafe { (code.entry as *const usize).byte_offset(header::CORE as isize).read() }
}

/// The machine code at an address. Only for the thread that holds the machine.
pub fn at(address: usize) -> Option<Found> {
    if CHANGING.load(Ordering::Relaxed) {
        return None;
    }
    compiler_fence(Ordering::SeqCst);
    // SAFETY: nobody changes the table: the thread that could is this one, and it is not at it.
    let table = unsafe { &*TABLE.0.get() };
    let known = table.get(table.partition_point(|known| known.end <= address))?;
    let offset = u32::try_from(address.checked_sub(known.start)?).ok()?;
    let row = known.lines.partition_point(|row| row.offset <= offset).checked_sub(1).and_then(|at| known.lines.get(at));
    let line = row.map_or(known.first_line, |row| row.line);
    let place = Place { name: known.name, file: known.file, line, is_machine_code: true };
    Some(Found { place, entry: known.entry, is_door: address < known.core })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vm::compile::code::Code;
    use vm::compile::emitter::Keep;
    use vm::qstr::Pool;

    #[test]
    fn code_is_found_until_other_code_takes_its_place() {
        let names = Pool::new();
        let made = |start: usize, len: usize, first_line: u32| {
            let code = Code { first_line, ..Code::default() };
            let unit = Unit {
                code: &code,
                names: &names,
                consts: &[],
                siblings: &[],
                file: Qstr::NULL,
                caches: true,
                checks: false,
            };
            let mut lines = vm::mem::Vec::new();
            lines.push(CodeLine { offset: 4, line: first_line + 1 }).expect("memory");
            Keeper.made(
                &unit,
                &MachineCode {
                    entry: start,
                    start,
                    len,
                    lines,
                    takes_words: false,
                    needs_frame: false,
                    keep: Keep::forever(),
                },
            );
        };
        let line = |address| at(address).map(|found| found.place.line);
        made(64, 32, 10);
        made(128, 32, 20);
        assert_eq!(
            [63, 64, 68, 95, 96, 131, 132].map(line),
            [None, Some(10), Some(11), Some(11), None, Some(20), Some(21)]
        );
        made(64, 80, 30);
        assert_eq!([64, 140, 150].map(line), [Some(30), Some(31), None]);
    }
}
