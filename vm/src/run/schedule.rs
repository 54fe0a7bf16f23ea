//! Scheduled calls: soft callbacks that wait for the next jump backwards.

use crate::Vm;
use crate::value::{GcVec, Obj, Raise, Res, Sink, Stderr};

/// Most calls that can wait.
const MAX: usize = 8;

/// Has `function(argument)` called soon. RuntimeError when too many wait already.
pub fn schedule(vm: &mut Vm, function: Obj, argument: Obj) -> Res<()> {
    if vm.scheduled.len() >= 2 * MAX {
        return Err(vm.runtime_error(format_args!("schedule queue full")));
    }
    let waiting = GcVec::with_capacity(vm, 2 * MAX)?;
    let old = vm.scheduled.slice();
    waiting.extend(vm, old)?;
    waiting.extend(vm, &[function, argument])?;
    vm.scheduled.take_from(&waiting);
    vm.pending |= 1;
    Ok(())
}

/// Calls what waits now; what is scheduled meanwhile waits for the next time. What a call raises is printed, as upstream
/// does: the program that happens to run now is not to be blamed.
pub fn run(vm: &mut Vm) {
    let waiting: GcVec<Obj> = GcVec::new();
    waiting.take_from(&vm.scheduled);
    for pair in waiting.slice().chunks_exact(2) {
        if let Err(raise) = vm.call_pos(pair[0], &pair[1..]) {
            tell(vm, "", raise);
        }
    }
}

/// Prints an exception that nobody can catch, after a line that says where it comes from.
pub fn tell(vm: &mut Vm, from: &str, raise: Raise) {
    let exception = vm.take_exception(raise);
    let told = Stderr.write(vm, from).and_then(|()| super::print_exception(vm, &mut Stderr, exception));
    if let Err(raise) = told {
        vm.take_exception(raise);
    }
}
