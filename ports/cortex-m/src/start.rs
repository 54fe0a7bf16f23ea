//! Start-up: the vector table, and the way from reset to the program.

use core::arch::global_asm;

use crate::{Board, clock, console, fault, memory, run};

/// Exceptions, and interrupts of the largest chip.
pub const ENTRIES: usize = 16 + 96;

unsafe extern "C" {
    fn reset() -> !;
}

/// An entry of the vector table.
#[repr(C)]
#[derive(Clone, Copy)]
pub union Vector {
    stack: *const u8,
    reset: unsafe extern "C" fn() -> !,
    fault: extern "C" fn() -> !,
    handler: extern "C" fn(),
    reserved: usize,
}

// SAFETY: the table is read-only.
unsafe impl Sync for Vector {}

/// The table of a board. No interrupt is enabled but the console's.
pub const fn vectors<B: Board>() -> [Vector; ENTRIES] {
    let mut table = [Vector { handler: console::received::<B> }; ENTRIES];
    let mut at = 2;
    while at < 16 {
        table[at] = match at {
            2..7 | 11 | 12 | 14 => Vector { fault: fault::fault::<B> },
            15 => Vector { handler: clock::wrapped },
            _ => Vector { reserved: 0 },
        };
        at += 1;
    }
    table[0] = Vector { stack: &raw const memory::stack_top };
    table[1] = Vector { reset };
    table
}

// No Rust may run before variables have their values, so this is assembly; of the smallest core, so it serves all.
global_asm!(
    ".section .text.reset, \"ax\", %progbits",
    ".global reset",
    ".type reset, %function",
    ".thumb_func",
    "reset:",
    "ldr r0, =data_start",
    "ldr r1, =data_end",
    "ldr r2, =data_image",
    "b 2f",
    "1:",
    "ldr r3, [r2]",
    "str r3, [r0]",
    "adds r2, r2, #4",
    "adds r0, r0, #4",
    "2:",
    "cmp r0, r1",
    "bcc 1b",
    "ldr r0, =bss_start",
    "ldr r1, =bss_end",
    "movs r3, #0",
    "b 4f",
    "3:",
    "str r3, [r0]",
    "adds r0, r0, #4",
    "4:",
    "cmp r0, r1",
    "bcc 3b",
    "bl float_unit",
    "bl started",
    "udf #0",
    ".ltorg",
    ".size reset, . - reset",
);

// Code for a core with a float unit may use it anywhere, so it is on before the first such code.
#[cfg(target_abi = "eabihf")]
global_asm!(
    ".section .text.float_unit, \"ax\", %progbits",
    ".type float_unit, %function",
    ".thumb_func",
    "float_unit:",
    "ldr r0, =0xE000ED88",
    "ldr r1, [r0]",
    "ldr r2, =0x00F00000",
    "orrs r1, r1, r2",
    "str r1, [r0]",
    "dsb",
    "isb",
    "bx lr",
    ".ltorg",
    ".size float_unit, . - float_unit",
);

#[cfg(not(target_abi = "eabihf"))]
global_asm!(
    ".section .text.float_unit, \"ax\", %progbits",
    ".type float_unit, %function",
    ".thumb_func",
    "float_unit:",
    "bx lr",
    ".size float_unit, . - float_unit",
);

/// What `reset` calls, by a name that the firmware gives it.
pub fn started<B: Board>() -> ! {
    console::start::<B>();
    clock::start();
    run::run::<B>()
}
