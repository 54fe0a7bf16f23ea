//! What a board runs before its prompt: `boot.py`, then `main.py`, when they are there.

use vm::Vm;
use vm::port::PathKind;
use vm::run::{mounts, run_file};
use vm::types::{class, exception};
use vm::value::{Obj, Res, TypeRef};

use crate::console::{INTERRUPT, write};
use crate::run::{Mode, Session, tell};

/// Runs them. A tool gets its prompt without `main.py`. The answer is whether the prompt comes next: SystemExit starts the
/// board anew.
pub fn run(vm: &mut Vm, session: &Session) -> bool {
    let files: &[&str] = match session.mode {
        Mode::Friendly => &["boot.py", "main.py"],
        Mode::Raw => &["boot.py"],
    };
    files.iter().all(|file| one(vm, file))
}

/// Runs a file and reports what it raised.
fn one(vm: &mut Vm, file: &str) -> bool {
    // Ctrl-C may have come while the machine was made.
    vm.interrupt_char = i32::from(INTERRUPT);
    vm.pending |= 1;
    let result = if_there(vm, file);
    vm.interrupt_char = -1;
    vm.port.flush();
    let Err(raise) = result else { return true };
    let raised = vm.take_exception(raise);
    if class::is_subclass(raised.type_of(), TypeRef::of(&exception::SYSTEM_EXIT)) {
        return false;
    }
    tell(vm, raised);
    true
}

fn if_there(vm: &mut Vm, file: &str) -> Res<()> {
    if mounts::kind(vm, file)? == PathKind::File {
        let globals = vm.main_globals;
        run_file(vm, file, globals)?;
    }
    Ok(())
}

/// Says goodbye on a board: what `sys.atexit` was given is called, then a line says that the machine is made anew.
pub fn end(vm: &mut Vm) {
    let last = core::mem::replace(&mut vm.at_exit, Obj::NULL);
    if let Some(function) = last.non_null()
        && let Err(raise) = vm.call_pos(function, &[])
    {
        let raised = vm.take_exception(raise);
        tell(vm, raised);
    }
    vm.port.flush();
    // Ctrl-C is now for what the next machine runs first.
    vm.interrupt_char = i32::from(INTERRUPT);
    write(vm, b"MPY: soft reboot\r\n");
}
