//! Threads in the order they came.

use super::Thread;

/// A queue of threads.
#[derive(Clone, Copy)]
pub struct Queue {
    pub(super) first: *mut Thread,
}

/// Which of its two links a queue uses: a thread that waits for a lock may also wait for the machine.
#[derive(Clone, Copy)]
pub(super) enum Link {
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
    pub(super) fn push(&mut self, thread: *mut Thread, link: Link) {
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

    pub(super) fn pop(&mut self, link: Link) -> Option<*mut Thread> {
        let first = self.first;
        if first.is_null() {
            return None;
        }
        // SAFETY: see `push`.
        self.first = unsafe { *Thread::link(first, link) };
        Some(first)
    }

    pub(super) fn remove(&mut self, thread: *mut Thread, link: Link) {
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
