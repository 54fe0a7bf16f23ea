//! A session: prompts of one mode after another, and running what was typed.

use vm::Vm;
use vm::run::{report, run_source};
use vm::syntax::Mode as Syntax;
use vm::types::{class, exception};
use vm::value::{Obj, Res, TypeRef};

use crate::console::{INTERRUPT, Reports, write};
use crate::{friendly, raw};

/// Who is at the other end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// A person.
    Friendly,
    /// A tool.
    Raw,
}

/// How a session ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// Ctrl-D, or the input ended: a board starts its machine anew, a program leaves.
    Reset,
    /// SystemExit, with its argument.
    Exit(Obj),
}

/// What outlives the machine: after a reset a tool is still a tool.
#[derive(Clone, Copy)]
pub struct Session {
    /// Who is at the other end.
    pub mode: Mode,
    /// What stands below the first line of the banner.
    pub hint: &'static str,
}

impl Session {
    /// A session with a person.
    pub const fn new(hint: &'static str) -> Session {
        Session { mode: Mode::Friendly, hint }
    }

    /// Prompts until it ends.
    pub fn run(&mut self, vm: &mut Vm) -> End {
        loop {
            let end = match self.mode {
                Mode::Friendly => friendly::run(vm, self),
                Mode::Raw => raw::run(vm, self),
            };
            if let Some(end) = end {
                return end;
            }
        }
    }
}

/// How what was typed ended.
pub enum Ran {
    /// By itself.
    Done,
    /// It raised this.
    Raised(Obj),
    /// With SystemExit.
    Exit(Obj),
}

/// From now on Ctrl-C interrupts. To be called before the other end can know that a program runs.
pub fn listen(vm: &mut Vm) {
    // What was pressed while nothing ran is of no concern.
    vm.port.interrupted();
    vm.interrupt_char = i32::from(INTERRUPT);
}

/// Runs source text in `__main__`, with Ctrl-C interrupting it: somebody has called `listen`.
pub fn run(vm: &mut Vm, source: &[u8], syntax: Syntax) -> Ran {
    let result = in_main(vm, source, syntax);
    vm.interrupt_char = -1;
    // A lock is for the statement that takes it.
    while vm.heap.lock_depth() > 0 {
        vm.heap.unlock();
    }
    vm.port.flush();
    let Err(raise) = result else { return Ran::Done };
    let raised = vm.take_exception(raise);
    if class::is_subclass(raised.type_of(), TypeRef::of(&exception::SYSTEM_EXIT)) {
        return Ran::Exit(exception::first_arg(raised));
    }
    Ran::Raised(raised)
}

fn in_main(vm: &mut Vm, source: &[u8], syntax: Syntax) -> Res {
    let Ok(name) = vm.pool.intern("<stdin>") else { return Err(vm.memory_error()) };
    let globals = vm.main_globals;
    run_source(vm, source, name, syntax, globals)
}

/// Reports what was raised.
pub fn tell(vm: &mut Vm, raised: Obj) {
    if let Err(raise) = report(vm, &mut Reports, raised) {
        // A `__str__` of the program's own raised; what came before it is shown.
        vm.take_exception(raise);
        write(vm, b"\r\n");
    }
    vm.port.flush();
}
