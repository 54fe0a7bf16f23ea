//! Machine code on the board: functions become Thumb code in the heap, where it runs and where the collector frees it.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::arch::asm;

use asm_thumb::{Isa, Thumb};
use emitters::entry::{NativeEmitter, Place};
use emitters::target::ENTRY_BIT;
use ir::Refused;
use vm::compile::emitter::{Emitter, Keep, MachineCode};
use vm::mem;

/// What the core can do that the firmware is compiled for.
const ISA: Isa = if cfg!(target_abi = "eabihf") {
    Isa::V7EMF
} else if cfg!(target_feature = "dsp") {
    Isa::V7EM
} else {
    Isa::V7M
};

/// What makes machine code of functions; nothing without memory for it.
pub fn emitter() -> Option<Box<dyn Emitter>> {
    let emitter = mem::boxed(NativeEmitter::new(Thumb { isa: ISA }, Ram)).ok()?;
    Some(emitter)
}

/// Code stays in the memory that it was made in.
struct Ram;

impl Place for Ram {
    fn place(&mut self, code: ir::MachineCode) -> Result<MachineCode, Refused> {
        let len = code.bytes.len();
        let start = code.bytes.as_ptr().expose_provenance();
        if !start.is_multiple_of(code.align as usize) {
            return Err(Refused::Unsupported("code in this place"));
        }
        let handle = Box::into_raw(mem::boxed(code.bytes).map_err(|_| Refused::Memory)?).expose_provenance();
        // What was written must be there before it is read as instructions.
        // SAFETY: barriers change nothing that Rust knows of.
        unsafe { asm!("dsb", "isb") };
        Ok(MachineCode {
            entry: start + code.entry as usize + ENTRY_BIT as usize,
            start,
            len,
            lines: mem::Vec::new(),
            takes_words: false,
            needs_frame: false,
            keep: Keep::new(handle, release),
        })
    }
}

fn release(handle: usize) {
    // SAFETY: `place` gave the box away for this handle, and nobody else has it; a `Keep` is dropped once.
    drop(unsafe { Box::from_raw(core::ptr::with_exposed_provenance_mut::<Vec<u8>>(handle)) });
}
