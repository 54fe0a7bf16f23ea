//! What firmware of all Cortex-M boards shares. A port adds a `Board`: its UART, and numbers from the board's file.
#![no_std]

extern crate alloc;

mod chip;
mod clock;
pub mod console;
pub mod fault;
mod heap;
mod host_files;
mod kept;
mod memory;
#[cfg(feature = "native")]
mod native;
mod port;
mod run;
mod semihost;
pub mod start;

/// A board, as its port describes it. Everything is known while the firmware is compiled, so nothing is passed around.
pub trait Board: 'static {
    /// `sys.platform`
    const PLATFORM: &'static str;
    /// Board and core, as the banner shows them.
    const MACHINE: &'static str;
    /// Whether a host may be there that answers semihosting calls.
    const SEMIHOSTING: bool;
    /// Ticks of the core's clock in a second.
    const CORE_HZ: u32;
    /// Words of the value stack, which holds the frames of running functions.
    const STACK_WORDS: usize;
    /// The interrupt of the console's UART when something came in.
    const CONSOLE_INTERRUPT: u8;

    /// Turns the UART on, with an interrupt when something comes in.
    fn start();
    /// Sends a byte.
    fn put(byte: u8);
    /// The byte that came in, if there is one; the next may come then.
    fn take() -> Option<u8>;
}

/// The vector table, the way into the program and the panic handler of a firmware for a board.
#[macro_export]
macro_rules! firmware {
    ($board:ty) => {
        /// What the core reads at reset and on exceptions.
        // SAFETY: the linker script puts the section where the core looks for it, and nothing else is in it.
        #[unsafe(link_section = ".vectors")]
        #[used]
        static VECTORS: [$crate::start::Vector; $crate::start::ENTRIES] = $crate::start::vectors::<$board>();

        // SAFETY: the name is used by nothing else.
        #[unsafe(no_mangle)]
        extern "C" fn started() -> ! {
            $crate::start::started::<$board>()
        }

        #[panic_handler]
        fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
            $crate::fault::panicked::<$board>(info)
        }
    };
}
