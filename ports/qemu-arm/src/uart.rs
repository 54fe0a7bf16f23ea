//! UART 0 of the mps2 boards (CMSDK APB UART), polled.

const DATA: *mut u32 = 0x4000_4000 as *mut u32;
const STATE: *mut u32 = 0x4000_4004 as *mut u32;
const CONTROL: *mut u32 = 0x4000_4008 as *mut u32;
const DIVIDER: *mut u32 = 0x4000_4010 as *mut u32;

/// Bits of the state: what was sent is not out yet; something came in.
const SENDING: u32 = 1;
const RECEIVED: u32 = 2;
/// Bits of the control register.
const ENABLE_BOTH: u32 = 3;
/// 25 MHz / 217 = 115200 bit/s.
const DIVIDE: u32 = 217;

/// Turns sending and receiving on.
pub fn start() {
    // SAFETY: registers of this board's UART, used by this file only.
    unsafe {
        DIVIDER.write_volatile(DIVIDE);
        CONTROL.write_volatile(ENABLE_BOTH);
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

/// Sends bytes as they are.
pub fn write(bytes: &[u8]) {
    for &byte in bytes {
        put(byte);
    }
}

/// Waits for a byte.
pub fn get() -> u8 {
    // SAFETY: as in `start`.
    unsafe {
        while STATE.read_volatile() & RECEIVED == 0 {}
        DATA.read_volatile() as u8
    }
}
