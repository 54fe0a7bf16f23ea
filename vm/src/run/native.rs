//! The door to machine code: how a compiled function is entered.

use super::code::RawCode;
use super::frame::Frame;
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

/// Goes on with a generator that is machine code: what it yields, or `Obj::NULL` when it returns. What was sent is in the
/// first of its words; there `Obj::NULL` means that `thrown` is raised where it waits.
///
/// # Safety
/// `frame` was made by `generator::frame` for machine code, and is not running.
pub unsafe fn resume(vm: &mut Vm, frame: *mut Frame, thrown: Obj) -> Res {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(function) = (*frame).function else { return Ok(Obj::NULL) };
        if !thrown.is_null() {
            let raise = vm.raise(thrown);
            if (*frame).ip.is_null() {
                return Err(raise);
            }
            Frame::words(frame).write(Obj::NULL);
        }
        enter(vm, function, Frame::locals(frame))
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
