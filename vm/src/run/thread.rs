//! Threads: one machine with many stacks. Who holds the machine's lock runs; what belongs to the others is put aside.
//!
//! The lock changes hands in `without_lock` only: when a thread waits for something, and on jumps backwards when others have
//! waited long enough. There all registers are on the stack, so the collector sees what every thread holds.

mod life;
mod queue;
mod waiting;

use alloc::boxed::Box;
use core::sync::atomic::{AtomicU32, Ordering};

use super::Vm;
use super::frame::Frame;
use super::vm::ValueStack;
use crate::gc::{Root, Waiting, with_registers};
use crate::mem;
use crate::port::Threads;
use crate::value::{GcVec, Obj, Res};

pub use life::start;
use queue::Link;
pub use queue::Queue;
pub use waiting::{before_read, give_slice, give_way, grant, nap, wait};

/// How long others wait before they ask for the lock.
const SLICE_US: u64 = 2_000;
/// How long the main thread waits between looks for Ctrl-C.
const LOOK_US: u64 = 10_000;
/// Bytes of machine stack of a thread, unless the program says.
const STACK: usize = 4 << 20;
/// The least it can have.
const LEAST_STACK: usize = 512 << 10;
/// What of it is left for Rust code and the system.
const MARGIN: usize = 192 << 10;
/// errno of too many threads.
const EAGAIN: i32 = 11;
/// errno of waiting for what cannot happen.
const EDEADLK: i32 = 35;

/// What a machine knows of its threads.
pub(crate) struct Team {
    /// The port's threads, once a thread or a lock has been asked for.
    port: Option<&'static dyn Threads>,
    /// The running thread.
    current: *mut Thread,
    /// The first thread.
    main: Option<Box<Thread>>,
    /// Who holds the machine's lock and who waits for it; used under the port's lock.
    lock: Option<Box<Lock>>,
    /// Threads alive besides the first.
    others: usize,
    /// Number of the last thread made.
    last: usize,
    /// What `_thread.stack_size` was given.
    stack_size: usize,
    /// The first thread is to raise KeyboardInterrupt.
    interrupted: bool,
}

impl Team {
    pub const fn new() -> Team {
        Team {
            port: None,
            current: core::ptr::null_mut(),
            main: None,
            lock: None,
            others: 0,
            last: MAIN,
            stack_size: 0,
            interrupted: false,
        }
    }
}

/// Number of the first thread.
const MAIN: usize = 1;

/// The lock of the machine.
struct Lock {
    held: bool,
    /// The first of the queue has waited long enough.
    wanted: bool,
    queue: Queue,
}

/// One thread: what the machine holds of it while another runs, its roots, and where it waits.
#[repr(C)]
pub(crate) struct Thread {
    roots: Waiting,
    function: Obj,
    args: GcVec<Obj>,
    n_pos: usize,
    state: State,
    queues: [*mut Thread; 2],
    /// It holds the machine's lock. Under the port's lock.
    runs: bool,
    /// The lock it waited for is its own now. Under the port's lock.
    granted: bool,
    gate: usize,
    number: usize,
    vm: *mut Vm,
    stack_start: *mut Obj,
    machine_bytes: usize,
    stack: Option<ValueStack>,
}

impl Thread {
    unsafe fn link(thread: *mut Thread, link: Link) -> *mut *mut Thread {
        let at = match link {
            Link::Machine => 0,
            Link::Lock => 1,
        };
        // SAFETY: the caller's promise.
        unsafe { (&raw mut (*thread).queues).cast::<*mut Thread>().add(at) }
    }
}

/// The part of the machine that belongs to one thread.
struct State {
    stack_top: *mut Obj,
    stack_limit: *mut Obj,
    machine_limit: usize,
    machine_top: usize,
    exception: Obj,
    stop_value: Obj,
    thrown: Obj,
    frame: *mut Frame,
    printing: GcVec<Obj>,
    heap_locks: u32,
    #[cfg(feature = "trace")]
    tracing: super::trace::Tracing,
}

impl State {
    const fn new() -> State {
        State {
            stack_top: core::ptr::null_mut(),
            stack_limit: core::ptr::null_mut(),
            machine_limit: 0,
            machine_top: 0,
            exception: Obj::NULL,
            stop_value: Obj::NULL,
            thrown: Obj::NULL,
            frame: core::ptr::null_mut(),
            printing: GcVec::new(),
            heap_locks: 0,
            #[cfg(feature = "trace")]
            tracing: super::trace::Tracing::new(),
        }
    }

    /// Exchanges this with what the machine holds.
    fn swap(&mut self, vm: &mut Vm) {
        use core::mem::swap;
        swap(&mut self.stack_top, &mut vm.stack_top);
        swap(&mut self.stack_limit, &mut vm.stack_limit);
        swap(&mut self.machine_limit, &mut vm.machine_limit);
        swap(&mut self.machine_top, &mut vm.machine_top);
        swap(&mut self.exception, &mut vm.exception);
        swap(&mut self.stop_value, &mut vm.stop_value);
        swap(&mut self.thrown, &mut vm.thrown);
        swap(&mut self.frame, &mut vm.frame);
        swap(&mut self.printing, &mut vm.printing);
        #[cfg(feature = "trace")]
        swap(&mut self.tracing, &mut vm.tracing);
        self.heap_locks = vm.heap.set_lock_depth(self.heap_locks);
    }
}

fn new_thread(vm: &mut Vm, port: &'static dyn Threads, number: usize) -> Res<Box<Thread>> {
    let Some(gate) = port.gate() else { return Err(vm.memory_error()) };
    let none = (core::ptr::null(), core::ptr::null());
    let thread = Thread {
        roots: Waiting { next: core::ptr::null_mut(), ranges: [none; 3] },
        function: Obj::NULL,
        args: GcVec::new(),
        n_pos: 0,
        state: State::new(),
        queues: [core::ptr::null_mut(); 2],
        runs: false,
        granted: false,
        gate,
        number,
        vm,
        stack_start: core::ptr::null_mut(),
        machine_bytes: 0,
        stack: None,
    };
    match mem::boxed(thread) {
        Ok(thread) => Ok(thread),
        Err(mem::NoMemory) => {
            port.close_gate(gate);
            Err(vm.memory_error())
        }
    }
}

/// The port's threads; makes what the machine itself needs for them.
fn prepare(vm: &mut Vm) -> Res<&'static dyn Threads> {
    if let Some(port) = vm.team.port {
        return Ok(port);
    }
    let Some(port) = vm.port.threads() else { return Err(vm.os_error(EDEADLK)) };
    let Ok(lock) = mem::boxed(Lock { held: true, wanted: false, queue: Queue::EMPTY }) else {
        return Err(vm.memory_error());
    };
    let mut main = new_thread(vm, port, MAIN)?;
    main.runs = true;
    main.stack_start = vm.stack_start();
    vm.team.current = &raw mut *main;
    vm.team.main = Some(main);
    vm.team.lock = Some(lock);
    vm.team.port = Some(port);
    Ok(port)
}

/// Whether there are threads besides the first.
pub fn many(vm: &Vm) -> bool {
    vm.team.others > 0
}

/// Number of the running thread; not zero.
pub fn number(vm: &Vm) -> usize {
    // SAFETY: `current` is null or the running thread.
    unsafe { vm.team.current.as_ref() }.map_or(MAIN, |thread| thread.number)
}

/// Where the value stack of the running thread begins, once there are threads.
#[cfg(feature = "trace")]
pub(super) fn value_stack(vm: &Vm) -> Option<*mut Obj> {
    // SAFETY: as `number`.
    unsafe { vm.team.current.as_ref() }.map(|thread| thread.stack_start)
}

/// Whether the first thread runs.
pub fn is_main(vm: &Vm) -> bool {
    number(vm) == MAIN
}

/// Has the first thread raise KeyboardInterrupt.
pub fn interrupt_main(vm: &mut Vm) {
    vm.team.interrupted = true;
    vm.pending = 1;
}

/// Whether `interrupt_main` was called since this was last asked.
pub fn take_interrupt(vm: &mut Vm) -> bool {
    core::mem::take(&mut vm.team.interrupted)
}

/// Bytes of stack that new threads get, 0 for the usual; what it was before.
pub fn set_stack_size(vm: &mut Vm, bytes: usize) -> usize {
    core::mem::replace(&mut vm.team.stack_size, bytes)
}

/// The words of a thread's record.
unsafe fn words_of(thread: *mut Thread) -> (*const usize, *const usize) {
    (thread.cast_const().cast(), thread.wrapping_add(1).cast_const().cast())
}

/// Waits until the machine is this thread's.
unsafe fn take_lock(port: &dyn Threads, thread: *mut Thread) {
    port.lock();
    // SAFETY: the thread is the caller's; the machine lives; the lock of the machine is used under that of the port.
    unsafe {
        let vm = (*thread).vm;
        let Some(lock) = lock_of(vm) else { return port.unlock() };
        if (*lock).held {
            (*lock).queue.push(thread, Link::Machine);
            loop {
                port.wait((*thread).gate, Some(SLICE_US));
                if (&raw const (*thread).runs).read_volatile() {
                    break;
                }
                if (*lock).queue.first == thread {
                    (*lock).wanted = true;
                    AtomicU32::from_ptr(&raw mut (*vm).pending).store(1, Ordering::Release);
                }
            }
        } else {
            (*lock).held = true;
            (*thread).runs = true;
        }
    }
    port.unlock();
}

/// Lets the next thread have the machine.
unsafe fn give_lock(port: &dyn Threads, vm: *mut Vm) {
    port.lock();
    // SAFETY: as `take_lock`.
    unsafe {
        if let Some(lock) = lock_of(vm) {
            (*lock).wanted = false;
            match (*lock).queue.pop(Link::Machine) {
                Some(next) => {
                    (*next).runs = true;
                    port.wake((*next).gate);
                }
                None => (*lock).held = false,
            }
        }
    }
    port.unlock();
}

unsafe fn lock_of(vm: *mut Vm) -> Option<*mut Lock> {
    // SAFETY: the caller's promise; made before there are threads, it stays.
    unsafe { (*vm).team.lock.as_deref_mut().map(|lock| &raw mut *lock) }
}

/// Puts the running thread's state aside. What lies from `sp` up on its machine stack are its registers and frames.
unsafe fn leave(vm: &mut Vm, thread: *mut Thread, sp: *const usize) {
    // SAFETY: the thread runs, and all these words stay until it runs again.
    unsafe {
        let top = vm.machine_top - vm.machine_top % size_of::<usize>();
        let machine = (sp, core::ptr::with_exposed_provenance(top));
        let values = ((*thread).stack_start.cast_const().cast(), vm.stack_top.cast_const().cast());
        (*thread).roots.ranges = [machine, values, words_of(thread)];
        (*thread).state.swap(vm);
        (*thread).runs = false;
        vm.heap.suspend(&raw mut (*thread).roots);
    }
}

/// Makes the thread that has just taken the lock the running one.
unsafe fn enter(vm: &mut Vm, thread: *mut Thread) {
    // SAFETY: the thread was put aside, or is new.
    unsafe {
        if let Some(before) = vm.team.current.as_ref() {
            vm.heap.remove_root(before.stack_start.cast_const().cast());
        }
        vm.team.current = thread;
        (*thread).state.swap(vm);
        vm.heap.resume(&raw mut (*thread).roots);
        vm.heap.set_stack_top(core::ptr::with_exposed_provenance(vm.machine_top));
        vm.heap.add_root(Root::UpTo((*thread).stack_start.cast_const().cast(), (&raw const vm.stack_top).cast()));
        if (*thread).number == MAIN {
            // What others saw and left alone may be for this one.
            vm.pending = 1;
        }
    }
}

/// Does `work` while other threads may run. It must not use the machine.
fn without_lock(vm: &mut Vm, port: &'static dyn Threads, work: &mut dyn FnMut()) {
    let thread = vm.team.current;
    with_registers(&mut |sp| {
        // SAFETY: `thread` runs now. Nothing of the machine is used between `leave` and `enter`; what callers hold of it they
        // look at again, as after every call that can run Python.
        unsafe {
            // The threads that run meanwhile change it through pointers of their own.
            let vm: *mut Vm = core::hint::black_box(&raw mut *vm);
            leave(&mut *vm, thread, sp);
            give_lock(port, vm);
            work();
            take_lock(port, thread);
            enter(&mut *vm, thread);
        }
    });
}
