//! What a machine with threads asks of its port: starting them, letting them wait, and one lock.

/// Threads of the machine below. One lock guards what the `Vm` keeps of its waiting threads; it is held for a few
/// instructions only. A gate is a place where one thread waits until another wakes it.
pub trait Threads: Sync {
    /// Starts a thread that calls `run(argument)` and ends with it; false when there can be no more.
    fn start(&self, stack_bytes: usize, run: fn(usize), argument: usize) -> bool;
    /// Takes the lock.
    fn lock(&self);
    /// Gives the lock back.
    fn unlock(&self);
    /// A new gate; `None` without memory.
    fn gate(&self) -> Option<usize>;
    /// Gives a gate back at which nobody waits any more.
    fn close_gate(&self, gate: usize);
    /// With the lock held, which others may take meanwhile: waits until somebody wakes the gate, or some microseconds. May
    /// return sooner.
    fn wait(&self, gate: usize, us: Option<u64>);
    /// With the lock held: wakes who waits at the gate.
    fn wake(&self, gate: usize);
    /// Waits; may return sooner when Ctrl-C comes.
    fn sleep_us(&self, us: u64);
    /// Waits until a read would not block, as `Port::blocks_on` named it; may return sooner when Ctrl-C comes.
    fn wait_readable(&self, file: i32);
}
