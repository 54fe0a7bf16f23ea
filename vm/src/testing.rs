//! A machine for unit tests: a few MiB of heap, and a port that keeps what is printed.

use alloc::boxed::Box;
use alloc::rc::Rc;
use core::cell::RefCell;
use std::string::{String, ToString};
use std::vec::Vec;

use crate::gc::Region;
use crate::port::Port;
use crate::types::str;
use crate::value::{Args, Obj, PrintKind, Raise, Res};
use crate::{Setup, Vm};

const HEAP: usize = 4 << 20;
const STACK_WORDS: usize = 1 << 16;
/// What test threads have by default, less what the test harness needs.
const STACK_BYTES: usize = 1 << 20;

/// Runs `test` with a new machine and returns what was written to standard output and error.
pub fn run(test: impl FnOnce(&mut Vm)) -> String {
    // All frames of the test lie below this local, so the collector sees them.
    let top = [0u8; 64];
    run_below(core::hint::black_box(top.as_ptr_range().end), test)
}

#[inline(never)]
fn run_below(top: *const u8, test: impl FnOnce(&mut Vm)) -> String {
    let mut memory: Vec<u64> = std::vec![0; HEAP / 8];
    // SAFETY: the memory outlives the machine, which is dropped before it, and nobody else uses it.
    let region = unsafe { Region::fixed(memory.as_mut_ptr().cast(), HEAP) };
    let output = Rc::new(RefCell::new(Vec::new()));
    let setup = Setup {
        port: Box::new(Capture { output: output.clone() }),
        region,
        stack_words: STACK_WORDS,
        machine_stack_top: top,
        machine_stack_bytes: STACK_BYTES,
        emitter: None,
        caches: true,
    };
    let mut vm = Vm::new(setup).expect("memory for a machine");
    test(&mut vm);
    drop(vm);
    String::from_utf8_lossy(&output.borrow()).into_owned()
}

/// `str(obj)` as Rust text.
pub fn text(vm: &mut Vm, obj: Obj) -> String {
    printed(vm, obj, PrintKind::Str)
}

/// `repr(obj)` as Rust text.
pub fn repr(vm: &mut Vm, obj: Obj) -> String {
    printed(vm, obj, PrintKind::Repr)
}

/// `repr` of a result, or `Class: message` of what was raised.
pub fn shown(vm: &mut Vm, result: Res) -> String {
    match result {
        Ok(obj) => repr(vm, obj),
        Err(raise) => raised(vm, raise),
    }
}

/// `Class: message` of what was raised.
pub fn raised(vm: &mut Vm, raise: Raise) -> String {
    let exception = vm.take_exception(raise);
    let class = vm.type_name(exception).to_string();
    let message = printed(vm, exception, PrintKind::Str);
    if message.is_empty() { class } else { std::format!("{class}: {message}") }
}

/// `obj.name(*args)`, shown.
pub fn method(vm: &mut Vm, obj: Obj, name: &str, args: &[Obj]) -> String {
    let result = call(vm, obj, name, Args::pos(args));
    shown(vm, result)
}

/// `obj.name(...)`
pub fn call(vm: &mut Vm, obj: Obj, name: &str, args: Args<'_>) -> Res {
    let Ok(name) = vm.pool.intern(name) else { return Err(vm.memory_error()) };
    let method = vm.get_attr(obj, name)?;
    vm.call(method, args)
}

fn printed(vm: &mut Vm, obj: Obj, kind: PrintKind) -> String {
    let mut bytes = str::Bytes(crate::value::GcVec::new());
    match vm.print(&mut bytes, obj, kind) {
        Ok(()) => String::from_utf8_lossy(bytes.0.slice()).into_owned(),
        Err(raise) => std::format!("<printing raised {}>", raised(vm, raise)),
    }
}

struct Capture {
    output: Rc<RefCell<Vec<u8>>>,
}

impl Port for Capture {
    fn platform(&self) -> &'static str {
        "test"
    }

    fn write_out(&mut self, bytes: &[u8]) {
        self.output.borrow_mut().extend_from_slice(bytes);
    }

    fn ticks_us(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Stdout;

    #[test]
    fn a_machine_prints() {
        let output = run(|vm| {
            vm.print(&mut Stdout, Obj::small_wrapping(42), PrintKind::Str).expect("printed");
        });
        assert_eq!(output, "42");
    }
}
