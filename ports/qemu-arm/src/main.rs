//! Pyrite on a Cortex-M3 with 64 KiB of heap: runs one script and leaves with its status.
//!
//! The script is the file that the semihosting command line names, or what comes over the UART up to Ctrl-D.
#![no_std]
#![no_main]

extern crate alloc;

mod clock;
mod fault;
mod heap;
mod port;
mod run;
mod semihost;
mod start;
mod uart;

/// What the start-up code calls once there are variables. Everything on the stack lies below `stack_top`.
fn main(stack_top: *const u8) -> ! {
    uart::start();
    clock::start();
    let status = run::run(stack_top);
    semihost::exit(status)
}
