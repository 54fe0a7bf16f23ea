//! Pyrite on STM32F4 boards. So far these are emulated ones: clock and pins are as QEMU has them at reset.
#![no_std]
#![no_main]

mod uart;

/// Numbers of the board, from its file.
mod board {
    #![allow(dead_code)] // What names the board.
    include!(concat!(env!("OUT_DIR"), "/board.rs"));
}

/// The board.
struct Stm32;

impl cortexm::Board for Stm32 {
    const PLATFORM: &'static str = "stm32";
    const MACHINE: &'static str = board::MACHINE;
    const SEMIHOSTING: bool = true;
    const CORE_HZ: u32 = board::CORE_HZ;
    const STACK_WORDS: usize = board::STACK_WORDS as usize;
    const CONSOLE_INTERRUPT: u8 = board::UART_INTERRUPT as u8;

    fn start() {
        uart::start();
    }

    fn put(byte: u8) {
        uart::put(byte);
    }

    fn take() -> Option<u8> {
        uart::take()
    }
}

cortexm::firmware!(Stm32);
