//! The parts of RAM, as the linker script has laid them out.

unsafe extern "C" {
    /// High end of the machine stack, which begins where RAM does.
    pub static stack_top: u8;
    static stack_start: u8;
    static heap_start: u8;
    static code_start: u8;
    static code_end: u8;
    static heap_end: u8;
    static disk_start: u8;
    static disk_end: u8;
    static mut kept_start: [u32; 4];
}

/// Bytes that are kept free on the machine stack for what runs below the last check: interrupts, the collector.
const RESERVE: usize = 8 * 1024;

/// A part of RAM.
#[derive(Clone, Copy)]
pub struct Part {
    /// Where it begins.
    pub start: *mut u8,
    /// How many bytes it has.
    pub bytes: usize,
}

impl Part {
    /// Its bytes.
    ///
    /// # Safety
    /// Nobody else uses this part as long as the answer is used.
    pub unsafe fn bytes(self) -> &'static mut [u8] {
        // SAFETY: the linker script keeps the parts apart, and the caller promises the rest.
        unsafe { core::slice::from_raw_parts_mut(self.start, self.bytes) }
    }
}

/// What is left for the heap.
pub fn heap() -> Part {
    part(&raw const heap_start, &raw const heap_end)
}

/// The machine stack.
pub fn stack() -> Part {
    part(&raw const stack_start, &raw const stack_top)
}

/// Bytes of the machine stack that Python code may use.
pub fn stack_for_python() -> usize {
    let all = stack().bytes;
    all - RESERVE.min(all / 3)
}

/// Whether code is at an address.
pub fn is_code(address: usize) -> bool {
    (&raw const code_start).addr() <= address && address < (&raw const code_end).addr()
}

/// What files are kept in.
pub fn disk() -> Part {
    part(&raw const disk_start, &raw const disk_end)
}

/// Four words that a reset leaves as they are.
pub fn kept() -> *mut [u32; 4] {
    &raw mut kept_start
}

fn part(start: *const u8, end: *const u8) -> Part {
    Part { start: start.cast_mut(), bytes: end.addr() - start.addr() }
}
