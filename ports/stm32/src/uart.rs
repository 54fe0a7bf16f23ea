//! A USART of the STM32F4 family.

use crate::board;

const STATE: *mut u32 = board::UART as *mut u32;
const DATA: *mut u32 = (board::UART + 4) as *mut u32;
const DIVIDER: *mut u32 = (board::UART + 8) as *mut u32;
const CONTROL: *mut u32 = (board::UART + 12) as *mut u32;

/// Bits of the state: something came in; there is room to send.
const RECEIVED: u32 = 1 << 5;
const ROOM: u32 = 1 << 7;
/// Bits of the control register: on, an interrupt when something came in, sending, receiving.
const ENABLE: u32 = 1 << 13 | 1 << 5 | 1 << 3 | 1 << 2;
const BITS_PER_SECOND: u32 = 115_200;

/// Turns sending and receiving on.
pub fn start() {
    // SAFETY: registers of this chip's USART, used by this file only.
    unsafe {
        DIVIDER.write_volatile(board::UART_HZ / BITS_PER_SECOND);
        CONTROL.write_volatile(ENABLE);
    }
}

/// Sends a byte.
pub fn put(byte: u8) {
    // SAFETY: as in `start`.
    unsafe {
        while STATE.read_volatile() & ROOM == 0 {}
        DATA.write_volatile(u32::from(byte));
    }
}

/// The byte that came in, if there is one.
pub fn take() -> Option<u8> {
    // SAFETY: as in `start`.
    unsafe {
        if STATE.read_volatile() & RECEIVED == 0 {
            return None;
        }
        Some(DATA.read_volatile() as u8)
    }
}
