//! Ctrl-C: the signal sets a flag, and the word that the Vm looks at when it jumps back.

use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering};

static CAME: AtomicBool = AtomicBool::new(false);
static PENDING: AtomicPtr<u32> = AtomicPtr::new(std::ptr::null_mut());

/// Has Ctrl-C set `pending` from now on.
///
/// # Safety
/// `pending` stays valid for the rest of the process.
pub unsafe fn watch(pending: *mut u32) {
    PENDING.store(pending, Ordering::Release);
    // SAFETY: all fields of a sigaction may be zero; the handler only stores to atomics.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_signal as extern "C" fn(libc::c_int) as usize;
        // Without SA_RESTART: a read that waits must end.
        action.sa_flags = 0;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(libc::SIGINT, &action, std::ptr::null_mut());
    }
}

/// Whether Ctrl-C came since `take` was last called.
pub fn came() -> bool {
    CAME.load(Ordering::Acquire)
}

/// Whether Ctrl-C came since the last call.
pub fn take() -> bool {
    CAME.swap(false, Ordering::AcqRel)
}

extern "C" fn on_signal(_: libc::c_int) {
    CAME.store(true, Ordering::Release);
    let pending = PENDING.load(Ordering::Acquire);
    if !pending.is_null() {
        // SAFETY: `watch` was promised that the word stays.
        unsafe { AtomicU32::from_ptr(pending) }.store(1, Ordering::Release);
    }
}
