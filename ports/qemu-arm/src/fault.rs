//! The end when something is wrong with the firmware itself: a line on the UART, and a status of its own.

use core::panic::PanicInfo;

use crate::{semihost, uart};

/// Exit status after a panic.
const PANICKED: u32 = 101;
/// Exit status after a fault.
const FAULTED: u32 = 102;

/// Handler of every fault.
pub extern "C" fn fault() -> ! {
    uart::write(b"\nfault\n");
    semihost::exit(FAULTED)
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
