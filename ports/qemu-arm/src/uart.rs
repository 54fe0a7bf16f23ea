//! CMSDK APB UART, as the MPS2 boards have it.

use crate::board;

const DATA: *mut u32 = board::UART as *mut u32;
const STATE: *mut u32 = (board::UART + 4) as *mut u32;
const CONTROL: *mut u32 = (board::UART + 8) as *mut u32;
const CLEAR: *mut u32 = (board::UART + 12) as *mut u32;
const DIVIDER: *mut u32 = (board::UART + 16) as *mut u32;

/// Bits of the state: what was sent is not out yet; something came in.
const SENDING: u32 = 1;
const RECEIVED: u32 = 2;
/// Bits of the control register: sending, receiving, an interrupt when something came in.
const ENABLE: u32 = 1 | 2 | 8;
/// What clears the interrupt.
const SEEN: u32 = 2;
const BITS_PER_SECOND: u32 = 115_200;

/// Turns sending and receiving on.
pub fn start() {
    // SAFETY: registers of this board's UART, used by this file only.
    unsafe {
        DIVIDER.write_volatile(board::CORE_HZ / BITS_PER_SECOND);
        CONTROL.write_volatile(ENABLE);
    }
}

/// Sends a byte.
pub fn put(byte: u8) {
    // SAFETY: as in `start`.
    unsafe {
        while STATE.read_volatile() & SENDING != 0 {}
        DATA.write_volatile(u32::from(byte));
    }
}

/// The byte that came in, if there is one.
pub fn take() -> Option<u8> {
    // SAFETY: as in `start`.
    unsafe {
        CLEAR.write_volatile(SEEN);
        if STATE.read_volatile() & RECEIVED == 0 {
            return None;
        }
        Some(DATA.read_volatile() as u8)
    }
}
