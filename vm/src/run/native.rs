//! The door to machine code: how a compiled function is entered.

use super::code::RawCode;
use super::frame::Frame;
use crate::Vm;
use crate::compile::emitter::MachineCode;
use crate::types::function::Function;
use crate::value::{Args, Gc, Obj, Res};

/// What machine code of one function looks like from outside: the machine, the function, its bound parameters (and the room
/// for its locals behind them); the result, or zero when it raised.
pub type Entry = extern "C" fn(vm: *mut Vm, function: usize, locals: *mut Obj) -> usize;

/// Runs a function's machine code as the innermost frame, so that `globals()` and relative imports are those of its module.
///
/// # Safety
/// `frame` is the function's, the parameters bound.
#[inline(always)]
pub unsafe fn enter_frame(vm: &mut Vm, function: Gc<Function>, frame: *mut Frame) -> Res {
    let outer = vm.frame;
    // SAFETY: the caller's promise.
    let answer = unsafe {
        (*frame).prev = outer;
        vm.frame = frame;
        enter(vm, function, Frame::locals(frame))
    };
    vm.frame = outer;
    #[cfg(feature = "trace")]
    if super::trace::watches(vm) {
        // SAFETY: the caller's promise; it has run.
        unsafe { super::trace::left(vm, frame) };
    }
    answer
}

/// Whether a call of the code runs machine code now: while frames are traced, bytecode stands in for native functions.
#[inline(always)]
pub fn runs(_vm: &Vm, code: &RawCode) -> bool {
    #[cfg(feature = "trace")]
    if _vm.tracing.on && code.is_python.get() {
        return false;
    }
    code.native.get() != 0
}

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

/// For machine code: calls a function that is machine code too and of the same module, and takes just these arguments. It
/// has no frame of its own, that of the innermost caller with one does; nothing if this is another function.
#[inline(always)]
pub fn call_directly(vm: &mut Vm, function: Gc<Function>, args: Args<'_>) -> Option<Res> {
    let code = function.code;
    let own = !function.closed.is_null() || !code.simple.get() || code.n_pos != args.pos.len() || !args.kw.is_empty();
    if own || !runs(vm, &code) {
        return None;
    }
    // SAFETY: frames in use are on the value stack.
    let caller = unsafe { vm.frame.as_ref() }.and_then(|frame| frame.function)?;
    let end = vm.stack_top.wrapping_add(args.pos.len());
    if caller.code.context.obj() != code.context.obj() || end > vm.stack_limit {
        return None;
    }
    // It reads its parameters before it does anything else, so nothing is reserved for them.
    let mut local = end;
    for &arg in args.pos {
        local = local.wrapping_sub(1);
        // SAFETY: between the top of the value stack and its limit.
        unsafe { local.write(arg) };
    }
    // SAFETY: they are bound, and all its locals are these or in registers.
    Some(unsafe { enter(vm, function, end.wrapping_sub(1)) })
}

/// Goes on with a generator that is machine code and waits at a plain `yield`; what was sent is in the first of its words.
/// What it yields, or `Obj::NULL` when it returns.
///
/// # Safety
/// As `resume`, and the machine stack has been checked.
#[inline(always)]
pub unsafe fn go_on(vm: &mut Vm, frame: *mut Frame) -> Res {
    // SAFETY: the caller's promise; see `enter`.
    unsafe {
        let Some(function) = (*frame).function else { return Ok(Obj::NULL) };
        let entry = function.code.native.get();
        if entry == 0 {
            return resume(vm, frame, Obj::NULL);
        }
        let entry = core::mem::transmute::<usize, Entry>(entry);
        let outer = vm.frame;
        (*frame).prev = outer;
        vm.frame = frame;
        let answer = entry(vm, function.obj().bits(), Frame::locals(frame));
        vm.frame = outer;
        #[cfg(feature = "trace")]
        if super::trace::watches(vm) {
            super::trace::left(vm, frame);
        }
        match Obj::from_bits(answer) {
            Some(obj) => Ok(obj),
            None => Err(vm.still_raised()),
        }
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
            // What the generator is at work on when it is thrown is its context.
            let outer = core::mem::replace(&mut vm.frame, frame);
            (*frame).prev = outer;
            let raise = vm.raise(thrown);
            vm.frame = outer;
            if (*frame).ip.is_null() {
                return Err(raise);
            }
            Frame::words(frame).write(Obj::NULL);
        }
        if function.code.native.get() == 0 {
            // See `release`.
            vm.stop_value = Obj::NULL;
            return Ok(Obj::NULL);
        }
        enter_frame(vm, function, frame)
    }
}

/// Keeps machine code in memory until the collector finds the code object dead that it belongs to.
pub fn keep(vm: &mut Vm, code: Gc<RawCode>, machine: MachineCode) -> Res<()> {
    code.machine.set(vm.machine.len());
    if vm.machine.push(Owned { code: code.obj(), machine }).is_err() {
        code.native.set(0);
        return Err(vm.memory_error());
    }
    let kept = vm.finalise(code.obj());
    if kept.is_err() {
        // It has not run yet, so it can go at once.
        code.native.set(0);
        vm.machine.pop();
    }
    kept
}

/// Gives back the machine code of a code object that the collector found dead. Should a finaliser bring the function back, it
/// goes on in bytecode; a generator that waits has ended. Code that is running now (only its return address told) stays until
/// the next collection.
#[cold]
pub fn release(vm: &mut Vm, code: Gc<RawCode>) {
    let at = code.machine.get();
    let Some(owned) = vm.machine.get(at).filter(|owned| owned.code == code.obj()) else { return };
    if is_running(vm, &owned.machine) {
        // Without memory for another try it stays for ever.
        let _ = vm.finalise(code.obj()).map_err(|raise| vm.take_exception(raise));
        return;
    }
    code.native.set(0);
    code.takes_words.set(false);
    let last = vm.machine.len() - 1;
    vm.machine.swap(at, last);
    vm.machine.pop();
    // The owner of what moved is alive, or waits as this one did to hear that it is dead.
    if let Some(moved) = vm.machine.get(at).and_then(|owned| Gc::<RawCode>::from_obj(owned.code)) {
        moved.machine.set(at);
    }
    if vm.machine.capacity() > 64 && vm.machine.len() < vm.machine.capacity() / 4 {
        vm.machine.shrink();
    }
}

/// Whether a word on the machine stack leads into the code.
#[inline(never)]
fn is_running(vm: &Vm, machine: &MachineCode) -> bool {
    let here = 0usize;
    let at: *const usize = core::hint::black_box(&raw const here);
    // SAFETY: from a local of this function up to the top all is stack.
    let found = unsafe { leads_into(at, vm.machine_top, machine) };
    #[cfg(feature = "threads")]
    let found = {
        let mut found = found;
        // SAFETY: ranges of threads that wait are readable.
        vm.heap.each_waiting(&mut |(start, end)| found |= unsafe { leads_into(start, end.addr(), machine) });
        found
    };
    found
}

/// Whether a word from `at` up to `end` leads into the code.
///
/// # Safety
/// All words between are readable.
unsafe fn leads_into(mut at: *const usize, end: usize, machine: &MachineCode) -> bool {
    while at.addr() < end {
        // SAFETY: the caller's promise. Volatile, since the frames are not ours.
        let word = unsafe { at.read_volatile() };
        if word >= machine.start && word <= machine.start + machine.len {
            return true;
        }
        at = at.wrapping_add(1);
    }
    false
}

/// Machine code and the code object it belongs to.
pub struct Owned {
    /// The code object, or `Obj::NULL` for what is never given back. It keeps nothing alive.
    pub code: Obj,
    /// What runs.
    pub machine: MachineCode,
}
