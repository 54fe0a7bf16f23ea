//! Start-up: the vector table, and the way from reset to `main`.

use core::arch::global_asm;

use crate::{clock, fault};

unsafe extern "C" {
    /// High end of the machine stack; the linker script says where.
    static stack_top: u8;
    fn reset() -> !;
}

/// An entry of the vector table.
#[repr(C)]
union Vector {
    stack: *const u8,
    reset: unsafe extern "C" fn() -> !,
    fault: extern "C" fn() -> !,
    handler: extern "C" fn(),
    reserved: usize,
}

// SAFETY: the table is read-only.
unsafe impl Sync for Vector {}

const FAULT: Vector = Vector { fault: fault::fault };
const NOTHING: Vector = Vector { reserved: 0 };

/// What the core reads at reset and on exceptions. We enable no interrupt beyond these.
// SAFETY: the linker script puts the section where the core looks for it, and nothing else is in it.
#[unsafe(link_section = ".vectors")]
#[used]
static VECTORS: [Vector; 16] = [
    Vector { stack: &raw const stack_top },
    Vector { reset },
    FAULT,
    FAULT,
    FAULT,
    FAULT,
    FAULT,
    NOTHING,
    NOTHING,
    NOTHING,
    NOTHING,
    FAULT,
    FAULT,
    NOTHING,
    FAULT,
    Vector { handler: clock::wrapped },
];

// No Rust may run before variables have their values, so this is assembly.
global_asm!(
    ".section .text.reset, \"ax\", %progbits",
    ".global reset",
    ".type reset, %function",
    ".thumb_func",
    "reset:",
    "ldr r0, =data_start",
    "ldr r1, =data_end",
    "ldr r2, =data_image",
    "1:",
    "cmp r0, r1",
    "itt lo",
    "ldrlo r3, [r2], #4",
    "strlo r3, [r0], #4",
    "blo 1b",
    "ldr r0, =bss_start",
    "ldr r1, =bss_end",
    "movs r3, #0",
    "2:",
    "cmp r0, r1",
    "it lo",
    "strlo r3, [r0], #4",
    "blo 2b",
    "bl started",
    "udf #0",
    ".ltorg",
);

/// Called by `reset`.
// SAFETY: the name is used by nothing else.
#[unsafe(no_mangle)]
extern "C" fn started() -> ! {
    crate::main(&raw const stack_top)
}
