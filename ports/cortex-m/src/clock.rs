//! Time since start: SysTick at the core's rate, its wraps counted by its exception.

use core::sync::atomic::{AtomicU32, Ordering};

const CONTROL: *mut u32 = 0xE000_E010 as *mut u32;
const RELOAD: *mut u32 = 0xE000_E014 as *mut u32;
const COUNT: *mut u32 = 0xE000_E018 as *mut u32;
const INTERRUPTS: *mut u32 = 0xE000_ED04 as *mut u32;

/// The counter has 24 bits and counts down.
const TOP: u32 = 0x00FF_FFFF;
/// On, with an exception at zero, from the core's clock.
const ON: u32 = 7;
/// SysTick waits to be served.
const WAITING: u32 = 1 << 26;

static WRAPS: AtomicU32 = AtomicU32::new(0);

/// Starts counting.
pub fn start() {
    // SAFETY: registers of the core's SysTick, used by this file only.
    unsafe {
        RELOAD.write_volatile(TOP);
        COUNT.write_volatile(0);
        CONTROL.write_volatile(ON);
        // The reload comes one tick after the write.
        while COUNT.read_volatile() == 0 {}
    }
}

/// Handler of SysTick.
pub extern "C" fn wrapped() {
    WRAPS.store(WRAPS.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
}

/// Microseconds since start, for a core of so many ticks in a second.
pub fn micros(hz: u32) -> u64 {
    loop {
        let wraps = WRAPS.load(Ordering::Relaxed);
        // SAFETY: as in `start`.
        let (count, waiting) = unsafe { (COUNT.read_volatile(), INTERRUPTS.read_volatile() & WAITING) };
        // A wrap between the reads would pair the new count with the old number of wraps.
        if waiting == 0 && wraps == WRAPS.load(Ordering::Relaxed) {
            let ticks = (u64::from(wraps) << 24) + u64::from(TOP - (count & TOP));
            return ticks / u64::from(hz / 1_000_000);
        }
    }
}
