//! Modes: locked, collecting by itself or not, and two that look for mistakes.

use super::heap::HeapOf;

impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    /// Refuses all allocation until as many `unlock` calls, for code in interrupts.
    pub fn lock(&mut self) {
        self.locks += 1;
        self.recheck();
    }

    /// Takes back one `lock`; returns whether the heap is still locked.
    pub fn unlock(&mut self) -> bool {
        self.locks = self.locks.saturating_sub(1);
        self.recheck();
        self.is_locked()
    }

    /// Whether allocation is refused.
    pub fn is_locked(&self) -> bool {
        self.locks > 0
    }

    /// How many `lock` calls are not yet taken back.
    pub fn lock_depth(&self) -> u32 {
        self.locks
    }

    /// Has as many `lock` calls to take back from now on; how many there were.
    #[cfg(feature = "threads")]
    pub fn set_lock_depth(&mut self, depth: u32) -> u32 {
        let before = core::mem::replace(&mut self.locks, depth);
        self.recheck();
        before
    }

    /// Lets allocation collect by itself, which is so from the start.
    pub fn enable(&mut self) {
        self.disabled = false;
    }

    /// Only `collect` collects from now on.
    pub fn disable(&mut self) {
        self.disabled = true;
    }

    /// Whether allocation may collect by itself.
    pub fn is_enabled(&self) -> bool {
        !self.disabled
    }

    /// Collect once so many bytes were handed out since the last time; `None` lets the heap choose.
    pub fn set_threshold(&mut self, bytes: Option<usize>) {
        self.threshold = bytes;
    }

    /// What `set_threshold` set.
    pub fn threshold(&self) -> Option<usize> {
        self.threshold
    }

    /// Collects at every allocation, to find roots that are missing.
    pub fn set_stress(&mut self, on: bool) {
        self.stress = on;
        self.recheck();
    }

    /// Lets so many allocations pass and fails the ones after, to try every shortage of memory; `None` ends that.
    /// Starts `allocations` at zero.
    pub fn fail_after(&mut self, allocations: Option<u64>) {
        self.fail_after = allocations;
        self.failing_once = false;
        self.counts.allocations = 0;
        self.recheck();
    }

    /// Lets so many allocations pass, fails the one after, and lets all later ones pass: does a program that lost one
    /// object go on in a sound machine?
    pub fn fail_once(&mut self, allocations: u64) {
        self.fail_after(Some(allocations));
        self.failing_once = true;
    }

    /// Allocations since `fail_after` was set.
    pub fn allocations(&self) -> u64 {
        self.counts.allocations
    }

    pub(super) fn may_collect(&self) -> bool {
        !self.disabled && !self.collecting
    }

    /// Moves the free lists to where the inlined path finds them or does not, as the modes ask.
    fn recheck(&mut self) {
        let checked = self.stress || self.fail_after.is_some() || self.is_locked();
        if checked != self.checked {
            self.checked = checked;
            core::mem::swap(&mut self.lists, &mut self.held);
        }
    }
}
