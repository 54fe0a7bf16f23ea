//! The door to machine code: how a compiled function is entered.

use super::code::RawCode;
use crate::Vm;
use crate::compile::emitter::MachineCode;
use crate::types::function::Function;
use crate::value::{Gc, Obj, Res};

/// What machine code of one function looks like from outside: the machine, the function, its bound parameters (and the room
/// for its locals behind them); the result, or zero when it raised.
pub type Entry = extern "C" fn(vm: *mut Vm, function: usize, locals: *mut Obj) -> usize;

/// Runs a function's machine code.
///
/// # Safety
/// `locals` points to the function's `n_state` words, the parameters bound.
#[inline(always)]
pub unsafe fn enter(vm: &mut Vm, function: Gc<Function>, locals: *mut Obj) -> Res {
    vm.check_stack()?;
    let entry = function.code.native.get();
    // SAFETY: `native` is zero or the address of code with this signature (set by `load`), and callers have seen that it is
    // not zero.
    let entry = unsafe { core::mem::transmute::<usize, Entry>(entry) };
    match Obj::from_bits(entry(vm, function.obj().bits(), locals)) {
        Some(obj) => Ok(obj),
        None => Err(vm.still_raised()),
    }
}

/// Keeps machine code in memory as long as the code object it belongs to.
pub fn keep(vm: &mut Vm, code: Gc<RawCode>, machine: MachineCode) -> Res<()> {
    match vm.machine.push(Owned { code: code.obj(), machine }) {
        Ok(()) => Ok(()),
        Err(crate::mem::NoMemory) => {
            code.native.set(0);
            Err(vm.memory_error())
        }
    }
}

/// Machine code and the code object it belongs to.
pub struct Owned {
    /// The code object.
    pub code: Obj,
    /// What runs.
    pub machine: MachineCode,
}
