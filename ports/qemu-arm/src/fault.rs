//! The end when something is wrong with the firmware itself: a line on the UART, and a status of its own.

use core::panic::PanicInfo;

use crate::{semihost, uart};

/// Exit status after a panic.
const PANICKED: u32 = 101;
/// Exit status after a fault.
const FAULTED: u32 = 102;

/// Handler of every fault. The core has pushed eight words on the main stack.
#[unsafe(naked)]
pub extern "C" fn fault() -> ! {
    core::arch::naked_asm!("mov r0, sp", "b {tell}", tell = sym tell)
}

/// Says where the core was, for `addr2line`. Panics of the usual build come here too: they are traps.
extern "C" fn tell(frame: &[u32; 8]) -> ! {
    let [.., link, pc, _] = *frame;
    uart::write(b"\nfault at ");
    write_hex(pc, 8);
    uart::write(b", called from ");
    write_hex(link, 8);
    uart::write(b"\n");
    semihost::exit(FAULTED)
}

fn write_hex(number: u32, digits: u32) {
    if digits > 1 {
        write_hex(number >> 4, digits - 1);
    }
    uart::put(b"0123456789abcdef"[(number & 15) as usize]);
}

/// Says where, not why: formatting the message would double what panics cost in flash.
#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    uart::write(b"\npanic");
    if let Some(place) = info.location() {
        uart::write(b" at ");
        uart::write(place.file().as_bytes());
        uart::write(b":");
        write_number(place.line());
    }
    uart::write(b"\n");
    semihost::exit(PANICKED)
}

fn write_number(number: u32) {
    if number >= 10 {
        write_number(number / 10);
    }
    uart::put(b'0' + (number % 10) as u8);
}
