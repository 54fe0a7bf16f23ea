//! What runs at this moment, told to a profiler in the middle of anything: from a signal, so nothing is allocated, and every
//! address is looked at before what lies there.

use core::ops::Range;

use super::Vm;
use super::code::RawCode;
use super::frame::Frame;
use crate::qstr::Qstr;
use crate::value::{Object, TypeRef};

/// A function that runs, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// Its qualified name.
    pub name: Qstr,
    /// Name of the source file.
    pub file: Qstr,
    /// Source line.
    pub line: u32,
    /// It runs as machine code.
    pub is_machine_code: bool,
}

/// Who is told.
pub trait Watcher {
    /// All frames of the machine stack lie below `top`.
    fn stack_top(&mut self, top: usize);

    /// An address inside `bytecode` that a register, or a word near the end of the machine stack, holds.
    fn address_in(&mut self, bytecode: Range<usize>) -> Option<usize>;

    /// Tells itself the places of the innermost machine code not yet told, if that was entered at `entry`: those called
    /// directly first, the one that was entered last.
    fn machine_code(&mut self, entry: usize) -> bool;

    /// A place; the innermost comes first. False when no more are wanted.
    fn place(&mut self, place: Place) -> bool;
}

/// Tells `watcher` what runs on the machine stack that `sp` lies on. False if that is not the running thread's.
///
/// # Safety
/// The machine lives, and only the thread that is interrupted here may be changing it.
pub unsafe fn places(vm: *const Vm, sp: usize, watcher: &mut dyn Watcher) -> bool {
    // SAFETY: the caller's promise; a thread's own stack holds its place.
    let bounds = unsafe {
        let (limit, top) = ((&raw const (*vm).machine_limit).read(), (&raw const (*vm).machine_top).read());
        // Rust code may be somewhat below what Python code is given.
        if sp > top || sp < limit.saturating_sub(MARGIN) {
            return false;
        }
        watcher.stack_top(top);
        Bounds::of(&*vm)
    };
    // SAFETY: as above. What an address leads to is read only where memory is.
    unsafe {
        let mut at = (&raw const (*vm).frame).read_volatile();
        let mut innermost = true;
        while bounds.has_frame(at) {
            let code = (&raw const (*at).code).cast::<*const usize>().read();
            if !bounds.has_code(code) {
                break;
            }
            let code = &(*at).code;
            let entry = code.native.get();
            if entry == 0 || !watcher.machine_code(entry) {
                let bytecode = code.start as usize..code.bytes.slice().as_ptr_range().end as usize;
                let inside = |ip: &usize| *ip > bytecode.start && *ip <= bytecode.end;
                let found = if innermost { watcher.address_in(bytecode.clone()) } else { None };
                let ip = found.or(Some((*at).ip as usize)).filter(inside);
                let line = ip.map_or(code.first_line.get(), |ip| code.line_at(ip - 1 - bytecode.start));
                let place =
                    Place { name: code.qualname(), file: code.context.file.get(), line, is_machine_code: false };
                if !watcher.place(place) {
                    break;
                }
            }
            innermost = false;
            at = (*at).prev;
        }
    }
    true
}

/// Most bytes by which Rust code goes below the limit of Python code.
const MARGIN: usize = 1 << 20;

/// Where memory is.
struct Bounds {
    values: Range<usize>,
    heap: Range<usize>,
}

impl Bounds {
    fn of(vm: &Vm) -> Bounds {
        let (start, end) = (vm.value_stack().addr(), super::trace::stack_limit(vm).addr());
        Bounds { values: start..end, heap: vm.heap.range() }
    }

    fn has_frame(&self, at: *const Frame) -> bool {
        let fits = |range: &Range<usize>| at.addr() >= range.start && at.addr() + size_of::<Frame>() <= range.end;
        at.is_aligned() && (fits(&self.values) || fits(&self.heap))
    }

    /// Whether a code object is where `code` points.
    fn has_code(&self, code: *const usize) -> bool {
        let fits = code.addr() >= self.heap.start && code.addr() + size_of::<RawCode>() < self.heap.end;
        // SAFETY: the heap's memory is there up to its end.
        fits && code.is_aligned() && unsafe { code.read() } == TypeRef::of(RawCode::TYPE).bits()
    }
}
