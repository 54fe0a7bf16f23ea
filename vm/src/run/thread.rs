//! Threads: one machine with many stacks. Who holds the machine's lock runs; what belongs to the others is put aside.
//!
//! The lock changes hands in `without_lock` only: when a thread waits for something, and on jumps backwards when others have
//! waited long enough. There all registers are on the stack, so the collector sees what every thread holds.

use alloc::boxed::Box;
use core::cell::Cell;
use core::sync::atomic::{AtomicU32, Ordering};

use super::Vm;
use super::frame::Frame;
use super::vm::ValueStack;
use crate::gc::{Root, Waiting, with_registers};
use crate::mem;
use crate::port::{FileId, Threads};
use crate::types::exception;
use crate::value::{Args, GcVec, Obj, Raise, Res, Stderr, TypeRef, put};

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

/// Threads in the order they came.
#[derive(Clone, Copy)]
pub struct Queue {
    first: *mut Thread,
}

/// Which of its two links a queue uses: a thread that waits for a lock may also wait for the machine.
#[derive(Clone, Copy)]
enum Link {
    Machine,
    Lock,
}

impl Queue {
    /// An empty queue.
    pub const EMPTY: Queue = Queue { first: core::ptr::null_mut() };

    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.first.is_null()
    }

    // SAFETY of all below: threads in a queue are alive, and whoever holds what guards the queue is alone with the links.
    fn push(&mut self, thread: *mut Thread, link: Link) {
        let mut at = &raw mut self.first;
        // SAFETY: see above.
        unsafe {
            while !(*at).is_null() {
                at = Thread::link(*at, link);
            }
            *Thread::link(thread, link) = core::ptr::null_mut();
            *at = thread;
        }
    }

    fn pop(&mut self, link: Link) -> Option<*mut Thread> {
        let first = self.first;
        if first.is_null() {
            return None;
        }
        // SAFETY: see `push`.
        self.first = unsafe { *Thread::link(first, link) };
        Some(first)
    }

    fn remove(&mut self, thread: *mut Thread, link: Link) {
        let mut at = &raw mut self.first;
        // SAFETY: see `push`.
        unsafe {
            while !(*at).is_null() {
                if *at == thread {
                    *at = *Thread::link(thread, link);
                    return;
                }
                at = Thread::link(*at, link);
            }
        }
    }
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

/// The words of a thread's record.
unsafe fn words_of(thread: *mut Thread) -> (*const usize, *const usize) {
    (thread.cast_const().cast(), thread.wrapping_add(1).cast_const().cast())
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
    super::print_exception(vm, &mut Stderr, exception)
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

/// Lets other threads run that wait for the machine.
pub fn give_way(vm: &mut Vm) {
    give_way_if(vm, |lock| !lock.queue.is_empty());
}

/// Lets other threads run that have waited long enough.
pub fn give_slice(vm: &mut Vm) {
    give_way_if(vm, |lock| lock.wanted);
}

fn give_way_if(vm: &mut Vm, asked: fn(&Lock) -> bool) {
    let Some(port) = vm.team.port.filter(|_| vm.team.others > 0) else { return };
    port.lock();
    let asked = vm.team.lock.as_deref().is_some_and(asked);
    port.unlock();
    if asked {
        without_lock(vm, port, &mut || ());
    }
}

/// Waits; other threads run meanwhile.
pub fn nap(vm: &mut Vm, us: u64) {
    match vm.team.port.filter(|_| vm.team.others > 0) {
        Some(port) => without_lock(vm, port, &mut || port.sleep_us(us)),
        None => vm.port.sleep_us(us),
    }
}

/// Before a read that may block: lets other threads run until it would not.
pub fn before_read(vm: &mut Vm, file: FileId) -> Res<()> {
    let Some(port) = vm.team.port.filter(|_| vm.team.others > 0) else { return Ok(()) };
    if let Some(number) = vm.port.blocks_on(file) {
        vm.port.flush();
        without_lock(vm, port, &mut || port.wait_readable(number));
        vm.run_pending()?;
    }
    Ok(())
}

/// Waits in `queue`, which `grant` empties, at most `us` microseconds. Whether it was granted.
pub fn wait(vm: &mut Vm, queue: &Cell<Queue>, us: Option<u64>) -> Res<bool> {
    let port = prepare(vm)?;
    vm.port.flush();
    let thread = vm.team.current;
    let main = is_main(vm);
    let start = vm.port.ticks_us();
    change(queue, |queue| queue.push(thread, Link::Lock));
    loop {
        let left = us.map(|us| us.saturating_sub(vm.port.ticks_us().wrapping_sub(start)));
        if left == Some(0) {
            change(queue, |queue| queue.remove(thread, Link::Lock));
            return Ok(false);
        }
        let most = if main { Some(left.unwrap_or(LOOK_US).min(LOOK_US)) } else { left };
        without_lock(vm, port, &mut || {
            port.lock();
            // SAFETY: this thread's own, changed by others under the port's lock.
            unsafe {
                while !(&raw const (*thread).granted).read_volatile() {
                    port.wait((*thread).gate, most);
                    if most.is_some() {
                        break;
                    }
                }
            }
            port.unlock();
        });
        // SAFETY: as above; whoever grants holds the machine.
        unsafe {
            if core::mem::replace(&mut (*thread).granted, false) {
                return Ok(true);
            }
        }
        if let Err(raise) = vm.run_pending() {
            return Err(give_up(queue, thread, raise));
        }
        // A scheduled function may have released it.
        // SAFETY: as above.
        unsafe {
            if core::mem::replace(&mut (*thread).granted, false) {
                return Ok(true);
            }
        }
    }
}

fn give_up(queue: &Cell<Queue>, thread: *mut Thread, raise: Raise) -> Raise {
    change(queue, |queue| queue.remove(thread, Link::Lock));
    raise
}

fn change(queue: &Cell<Queue>, with: impl FnOnce(&mut Queue)) {
    let mut changed = queue.get();
    with(&mut changed);
    queue.set(changed);
}

/// Ends the waiting of the first in `queue`; false when nobody waits.
pub fn grant(vm: &mut Vm, queue: &Cell<Queue>) -> bool {
    let Some(port) = vm.team.port else { return false };
    let mut changed = queue.get();
    let Some(next) = changed.pop(Link::Lock) else { return false };
    queue.set(changed);
    port.lock();
    // SAFETY: who waits in a queue is alive.
    unsafe {
        (*next).granted = true;
        port.wake((*next).gate);
    }
    port.unlock();
    true
}
