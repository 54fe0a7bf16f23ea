//! The end when something is wrong with the firmware itself: a line on the UART, then the board starts anew.

use core::panic::PanicInfo;

use crate::{Board, console, kept, memory, semihost};

/// Exit status after a panic, where a host waits for one.
const PANICKED: u32 = 101;
/// Exit status after a fault.
const FAULTED: u32 = 102;

/// The register that resets the chip, and what it takes.
const RESET: *mut u32 = 0xE000_ED0C as *mut u32;
const RESET_NOW: u32 = 0x05FA_0004;

/// Handler of every fault. The core has pushed eight words on the main stack, unless there was no room left: so we
/// begin a new one.
#[unsafe(naked)]
pub extern "C" fn fault<B: Board>() -> ! {
    core::arch::naked_asm!(
        "mov r0, sp",
        "ldr r1, 1f",
        "mov sp, r1",
        "ldr r1, 2f",
        "bx r1",
        ".p2align 2",
        "1: .word {top}",
        "2: .word {tell}",
        top = sym memory::stack_top,
        tell = sym tell::<B>,
    )
}

/// Says where the core was, for `addr2line`. Panics of the usual build come here too: they are traps.
extern "C" fn tell<B: Board>(frame: *const [u32; 8]) -> ! {
    let stack = memory::stack();
    let offset = frame.addr().wrapping_sub(stack.start.addr());
    if offset > stack.bytes - size_of::<[u32; 8]>() {
        console::write::<B>(b"\r\nfault: stack overflow\r\n");
    } else {
        // SAFETY: eight words of the machine stack, which the core has written.
        let [.., link, pc, _] = unsafe { frame.read() };
        let at = core::ptr::with_exposed_provenance::<u16>(pc as usize);
        // SAFETY: the core has fetched an instruction from there, and it is at an even address.
        if pc % 2 == 0 && memory::is_code(at.addr()) && unsafe { at.read() } == semihost::ASK {
            kept::no_host();
            restart();
        }
        console::write::<B>(b"\r\nfault at ");
        write_hex::<B>(pc, 8);
        console::write::<B>(b", called from ");
        write_hex::<B>(link, 8);
        console::write::<B>(b"\r\n");
    }
    end::<B>(FAULTED)
}

/// Tells the host that waits for us, or starts anew.
fn end<B: Board>(status: u32) -> ! {
    if semihost::has_command::<B>() {
        semihost::exit(status)
    }
    kept::failed();
    restart()
}

/// Resets the chip.
pub fn restart() -> ! {
    loop {
        // SAFETY: this register of the core does nothing but what is wanted.
        unsafe { RESET.write_volatile(RESET_NOW) }
    }
}

fn write_hex<B: Board>(number: u32, digits: u32) {
    if digits > 1 {
        write_hex::<B>(number >> 4, digits - 1);
    }
    B::put(b"0123456789abcdef"[(number & 15) as usize]);
}

/// Says where, not why: formatting the message would double what panics cost in flash.
pub fn panicked<B: Board>(info: &PanicInfo<'_>) -> ! {
    console::write::<B>(b"\r\npanic");
    if let Some(place) = info.location() {
        console::write::<B>(b" at ");
        console::write::<B>(place.file().as_bytes());
        console::write::<B>(b":");
        write_number::<B>(place.line());
    }
    console::write::<B>(b"\r\n");
    end::<B>(PANICKED)
}

fn write_number<B: Board>(number: u32) {
    if number >= 10 {
        write_number::<B>(number / 10);
    }
    B::put(b'0' + (number % 10) as u8);
}
