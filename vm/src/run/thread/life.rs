//! A thread from its start to its end.

use alloc::boxed::Box;

use super::{EAGAIN, LEAST_STACK, MARGIN, STACK, Thread, enter, give_lock, new_thread, prepare, take_lock, words_of};
use crate::Vm;
use crate::port::Threads;
use crate::run::vm::ValueStack;
use crate::types::exception;
use crate::value::{Args, GcVec, Obj, Res, Stderr, TypeRef, put};

/// Starts a thread that calls `function`, and gives its number.
pub fn start(vm: &mut Vm, function: Obj, pos: &[Obj], kw: &[Obj]) -> Res<usize> {
    let port = prepare(vm)?;
    let bytes = if vm.team.stack_size == 0 { STACK } else { vm.team.stack_size.max(LEAST_STACK) };
    let args = GcVec::from_slice(vm, pos)?;
    args.extend(vm, kw)?;
    let number = vm.team.last + 1;
    // Frames are smaller than what machine code and Rust need for a call.
    let words = bytes / 32;
    let Some(stack) = ValueStack::new(words) else { return Err(vm.memory_error()) };
    let mut thread = new_thread(vm, port, number)?;
    thread.function = function;
    thread.n_pos = pos.len();
    thread.args.take_from(&args);
    thread.stack_start = stack.start();
    thread.state.stack_top = stack.start();
    thread.state.stack_limit = stack.start().wrapping_add(words);
    thread.machine_bytes = bytes - MARGIN;
    thread.stack = Some(stack);
    let thread = Box::into_raw(thread);
    // SAFETY: the thread is new; it frees itself when it has run, and if it cannot start it is freed here.
    unsafe {
        (*thread).roots.ranges[0] = words_of(thread);
        vm.heap.suspend(&raw mut (*thread).roots);
        vm.team.others += 1;
        if !port.start(bytes, run, thread.expose_provenance()) {
            vm.team.others -= 1;
            vm.heap.resume(&raw mut (*thread).roots);
            free(port, thread);
            return Err(vm.os_error(EAGAIN));
        }
    }
    vm.team.last = number;
    Ok(number)
}

unsafe fn free(port: &dyn Threads, thread: *mut Thread) {
    // SAFETY: the caller's promise that it was made by `start` and nobody uses it.
    let thread = unsafe { Box::from_raw(thread) };
    port.close_gate(thread.gate);
}

/// The life of a thread.
fn run(thread: usize) {
    // All frames of the thread lie below this local, so the collector sees them.
    let top = [0u64; 8];
    live(core::hint::black_box(top.as_ptr_range().end).addr(), core::ptr::with_exposed_provenance_mut(thread));
}

#[inline(never)]
fn live(top: usize, thread: *mut Thread) {
    // SAFETY: `start` made the thread and gave it to nobody else; the machine outlives its threads, and only who holds its
    // lock uses it.
    unsafe {
        let vm = (*thread).vm;
        let Some(port) = (*vm).team.port else { return };
        (*thread).state.machine_top = top;
        (*thread).state.machine_limit = top.saturating_sub((*thread).machine_bytes);
        take_lock(port, thread);
        enter(&mut *vm, thread);
        call(&mut *vm, thread);
        finish(&mut *vm, thread);
        give_lock(port, vm);
        free(port, thread);
    }
}

/// Ends the running thread, which still has the lock.
unsafe fn finish(vm: &mut Vm, thread: *mut Thread) {
    // SAFETY: the caller's promise.
    unsafe {
        vm.team.others -= 1;
        vm.team.current = core::ptr::null_mut();
        vm.heap.remove_root((*thread).stack_start.cast_const().cast());
        (*thread).state.swap(vm);
    }
}

/// Calls the thread's function, and tells what it raised.
#[inline(never)]
unsafe fn call(vm: &mut Vm, thread: *mut Thread) {
    // SAFETY: the caller's promise.
    let (function, args, n_pos) = unsafe {
        let args = GcVec::new();
        args.take_from(&(*thread).args);
        ((*thread).function, args, (*thread).n_pos)
    };
    let (pos, kw) = args.slice().split_at(n_pos);
    // SAFETY: a pair of values is laid out as two values.
    let kw = unsafe { core::slice::from_raw_parts(kw.as_ptr().cast::<(Obj, Obj)>(), kw.len() / 2) };
    let Err(raise) = vm.call(function, Args { pos, kw }) else { return };
    let exception = vm.take_exception(raise);
    if crate::types::class::is_subclass(exception.type_of(), TypeRef::of(&exception::SYSTEM_EXIT)) {
        return;
    }
    if let Err(raise) = tell(vm, function, exception) {
        vm.take_exception(raise);
    }
}

fn tell(vm: &mut Vm, function: Obj, exception: Obj) -> Res<()> {
    put(vm, &mut Stderr, format_args!("Unhandled exception in thread started by "))?;
    vm.print(&mut Stderr, function, crate::value::PrintKind::Repr)?;
    put(vm, &mut Stderr, format_args!("\n"))?;
    crate::run::print_exception(vm, &mut Stderr, exception)
}
