//! The core as a program sees it: memory at addresses, reset, interrupts.

use core::arch::asm;
use core::marker::PhantomData;

use vm::port::Chip;

use crate::{Board, fault};

/// The chip of a board.
pub struct Core<B>(PhantomData<B>);

// SAFETY: nothing is in it.
unsafe impl<B> Sync for Core<B> {}

impl<B: Board> Core<B> {
    /// The only one.
    pub const ONE: &'static Core<B> = &Core(PhantomData);
}

impl<B: Board> Chip for Core<B> {
    fn reset(&self) -> ! {
        fault::restart()
    }

    fn unique_id(&self) -> &'static [u8] {
        B::MACHINE.as_bytes()
    }

    fn frequency(&self) -> u32 {
        B::CORE_HZ
    }

    fn idle(&self) {
        // SAFETY: waits; interrupts are served as ever.
        unsafe { asm!("wfi", options(nomem, nostack, preserves_flags)) }
    }

    fn disable_interrupts(&self) -> bool {
        let held: u32;
        // SAFETY: nothing of ours has to be done in time: a byte of the console may be lost, as the program knows.
        unsafe { asm!("mrs {}, primask", "cpsid i", out(reg) held, options(nostack, preserves_flags)) };
        held & 1 == 0
    }

    fn enable_interrupts(&self) {
        // SAFETY: handlers are ready from the start.
        unsafe { asm!("cpsie i", options(nostack, preserves_flags)) }
    }

    fn read(&self, address: usize, bytes: usize) -> u32 {
        let place = core::ptr::with_exposed_provenance::<u32>(address);
        // SAFETY: the address is aligned; what there is to be read is the program's to know: a fault restarts the board.
        unsafe {
            match bytes {
                1 => u32::from(place.cast::<u8>().read_volatile()),
                2 => u32::from(place.cast::<u16>().read_volatile()),
                _ => place.read_volatile(),
            }
        }
    }

    fn write(&self, address: usize, bytes: usize, value: u32) {
        let place = core::ptr::with_exposed_provenance_mut::<u32>(address);
        // SAFETY: as in `read`; a program that writes over the machine's own memory has ended it.
        unsafe {
            match bytes {
                1 => place.cast::<u8>().write_volatile(value as u8),
                2 => place.cast::<u16>().write_volatile(value as u16),
                _ => place.write_volatile(value),
            }
        }
    }
}
