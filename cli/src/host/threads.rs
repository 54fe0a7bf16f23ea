//! Threads of this process, for the machine.

use std::cell::Cell;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::interrupt;
use crate::profile;
use vm::port::Threads;

/// The threads of this process.
pub struct HostThreads;

static LOCK: Mutex<()> = Mutex::new(());

thread_local! {
    /// The lock, while this thread has it.
    static HELD: Cell<Option<MutexGuard<'static, ()>>> = const { Cell::new(None) };
}

/// A gate's number is its address.
fn gate<'a>(number: usize) -> &'a Condvar {
    // SAFETY: the machine uses a gate from `gate` to `close_gate` only.
    unsafe { &*std::ptr::with_exposed_provenance::<Condvar>(number) }
}

impl Threads for HostThreads {
    fn start(&self, stack_bytes: usize, run: fn(usize), argument: usize) -> bool {
        // Ctrl-C is for the main thread; new threads have the mask of the one that starts them.
        let before = mask_interrupt();
        // Some is for the system and what lies above the machine's first frame.
        let thread = std::thread::Builder::new().stack_size(stack_bytes + (64 << 10)).spawn(move || {
            let _watched = profile::thread();
            run(argument);
        });
        // SAFETY: sets back what `mask_interrupt` gave.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &before, std::ptr::null_mut()) };
        thread.is_ok()
    }

    fn lock(&self) {
        let guard = LOCK.lock().unwrap_or_else(PoisonError::into_inner);
        HELD.set(Some(guard));
    }

    fn unlock(&self) {
        drop(HELD.take());
    }

    fn gate(&self) -> Option<usize> {
        Some(Box::into_raw(Box::new(Condvar::new())).expose_provenance())
    }

    fn close_gate(&self, gate: usize) {
        // SAFETY: made by `gate`, and given back once.
        drop(unsafe { Box::from_raw(std::ptr::with_exposed_provenance_mut::<Condvar>(gate)) });
    }

    fn wait(&self, at: usize, us: Option<u64>) {
        let Some(guard) = HELD.take() else { return };
        let guard = match us {
            Some(us) => match gate(at).wait_timeout(guard, Duration::from_micros(us)) {
                Ok((guard, _)) => guard,
                Err(poisoned) => poisoned.into_inner().0,
            },
            None => gate(at).wait(guard).unwrap_or_else(PoisonError::into_inner),
        };
        HELD.set(Some(guard));
    }

    fn wake(&self, at: usize) {
        gate(at).notify_one();
    }

    fn sleep_us(&self, us: u64) {
        sleep(us);
    }

    fn wait_readable(&self, file: i32) {
        let mut wanted = libc::pollfd { fd: file, events: libc::POLLIN, revents: 0 };
        // SAFETY: reads and writes the one struct.
        unsafe { libc::poll(&mut wanted, 1, -1) };
    }
}

fn mask_interrupt() -> libc::sigset_t {
    // SAFETY: fills the sets it is given.
    unsafe {
        let mut interrupt: libc::sigset_t = std::mem::zeroed();
        let mut before: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut interrupt);
        libc::sigaddset(&mut interrupt, libc::SIGINT);
        libc::pthread_sigmask(libc::SIG_BLOCK, &interrupt, &mut before);
        before
    }
}

/// Waits; ends sooner when Ctrl-C comes.
pub fn sleep(us: u64) {
    let end = Instant::now() + Duration::from_micros(us);
    // Not std's sleep, which goes on after Ctrl-C.
    while !interrupt::came() {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        let wait = libc::timespec {
            tv_sec: libc::time_t::try_from(left.as_secs()).unwrap_or(libc::time_t::MAX),
            tv_nsec: left.subsec_nanos().into(),
        };
        // SAFETY: reads the struct; the second may be null.
        unsafe { libc::nanosleep(&wait, std::ptr::null_mut()) };
    }
}
