//! A call that costs its surroundings no registers: what loops of machine code do when something waits.
//!
//! An ordinary call in a loop, however seldom taken, makes the loop keep its values in memory. This one keeps all
//! registers, those of its caller too, so the loop need not know of it.

use crate::Vm;

/// Runs what waits to be done. Whether it raised is to be seen at the machine.
#[cfg(not(any(all(target_arch = "x86_64", not(windows)), target_arch = "aarch64")))]
pub extern "C" fn poll(vm: *mut Vm) {
    run(vm);
}

/// Whether `poll` keeps all registers on this machine.
pub const KEEPS: bool = cfg!(any(all(target_arch = "x86_64", not(windows)), target_arch = "aarch64"));

extern "C" fn run(vm: *mut Vm) {
    // SAFETY: machine code passes on the pointer it was entered with, and holds no other reference to the machine.
    let vm = unsafe { &mut *vm };
    // The exception waits in the machine.
    let _ = vm.run_pending();
}

/// Runs what waits to be done, all registers kept. Whether it raised is to be seen at the machine.
// SAFETY: saves what C may change, calls, restores it. Nine words and the return address keep the stack aligned.
#[cfg(all(target_arch = "x86_64", not(windows)))]
#[unsafe(naked)]
pub extern "C" fn poll(vm: *mut Vm) {
    core::arch::naked_asm!(
        "push rax", "push rcx", "push rdx", "push rsi", "push rdi", "push r8", "push r9", "push r10", "push r11",
        "sub rsp, 256",
        "movups [rsp], xmm0", "movups [rsp + 16], xmm1", "movups [rsp + 32], xmm2", "movups [rsp + 48], xmm3",
        "movups [rsp + 64], xmm4", "movups [rsp + 80], xmm5", "movups [rsp + 96], xmm6", "movups [rsp + 112], xmm7",
        "movups [rsp + 128], xmm8", "movups [rsp + 144], xmm9", "movups [rsp + 160], xmm10", "movups [rsp + 176], xmm11",
        "movups [rsp + 192], xmm12", "movups [rsp + 208], xmm13", "movups [rsp + 224], xmm14", "movups [rsp + 240], xmm15",
        "call {run}",
        "movups xmm0, [rsp]", "movups xmm1, [rsp + 16]", "movups xmm2, [rsp + 32]", "movups xmm3, [rsp + 48]",
        "movups xmm4, [rsp + 64]", "movups xmm5, [rsp + 80]", "movups xmm6, [rsp + 96]", "movups xmm7, [rsp + 112]",
        "movups xmm8, [rsp + 128]", "movups xmm9, [rsp + 144]", "movups xmm10, [rsp + 160]", "movups xmm11, [rsp + 176]",
        "movups xmm12, [rsp + 192]", "movups xmm13, [rsp + 208]", "movups xmm14, [rsp + 224]", "movups xmm15, [rsp + 240]",
        "add rsp, 256",
        "pop r11", "pop r10", "pop r9", "pop r8", "pop rdi", "pop rsi", "pop rdx", "pop rcx", "pop rax",
        "ret",
        run = sym run,
    )
}

/// Runs what waits to be done, all registers kept. Whether it raised is to be seen at the machine.
// SAFETY: saves what C may change, calls, restores it.
#[cfg(target_arch = "aarch64")]
#[unsafe(naked)]
pub extern "C" fn poll(vm: *mut Vm) {
    core::arch::naked_asm!(
        "stp x29, x30, [sp, #-16]!", "mov x29, sp",
        "stp x0, x1, [sp, #-16]!", "stp x2, x3, [sp, #-16]!", "stp x4, x5, [sp, #-16]!", "stp x6, x7, [sp, #-16]!",
        "stp x8, x9, [sp, #-16]!", "stp x10, x11, [sp, #-16]!", "stp x12, x13, [sp, #-16]!", "stp x14, x15, [sp, #-16]!",
        "stp x16, x17, [sp, #-16]!",
        "stp q0, q1, [sp, #-32]!", "stp q2, q3, [sp, #-32]!", "stp q4, q5, [sp, #-32]!", "stp q6, q7, [sp, #-32]!",
        "stp q8, q9, [sp, #-32]!", "stp q10, q11, [sp, #-32]!", "stp q12, q13, [sp, #-32]!", "stp q14, q15, [sp, #-32]!",
        "stp q16, q17, [sp, #-32]!", "stp q18, q19, [sp, #-32]!", "stp q20, q21, [sp, #-32]!", "stp q22, q23, [sp, #-32]!",
        "stp q24, q25, [sp, #-32]!", "stp q26, q27, [sp, #-32]!", "stp q28, q29, [sp, #-32]!", "stp q30, q31, [sp, #-32]!",
        "bl {run}",
        "ldp q30, q31, [sp], #32", "ldp q28, q29, [sp], #32", "ldp q26, q27, [sp], #32", "ldp q24, q25, [sp], #32",
        "ldp q22, q23, [sp], #32", "ldp q20, q21, [sp], #32", "ldp q18, q19, [sp], #32", "ldp q16, q17, [sp], #32",
        "ldp q14, q15, [sp], #32", "ldp q12, q13, [sp], #32", "ldp q10, q11, [sp], #32", "ldp q8, q9, [sp], #32",
        "ldp q6, q7, [sp], #32", "ldp q4, q5, [sp], #32", "ldp q2, q3, [sp], #32", "ldp q0, q1, [sp], #32",
        "ldp x16, x17, [sp], #16",
        "ldp x14, x15, [sp], #16", "ldp x12, x13, [sp], #16", "ldp x10, x11, [sp], #16", "ldp x8, x9, [sp], #16",
        "ldp x6, x7, [sp], #16", "ldp x4, x5, [sp], #16", "ldp x2, x3, [sp], #16", "ldp x0, x1, [sp], #16",
        "ldp x29, x30, [sp], #16",
        "ret",
        run = sym run,
    )
}
