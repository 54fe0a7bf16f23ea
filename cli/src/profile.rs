//! `-X profile=FILE`: which functions ran how long, found by looking a thousand times a second.
//!
//! A thread of its own looks at the clocks of those that run Python, and sends a signal to one that has used another
//! millisecond of its processor's time. What the signal finds on the stacks goes to a ring (`signal`), and from there to a
//! table of stacks. A thread that waits is left alone.

mod code;
mod signal;
mod unwind;
mod write;

use std::collections::HashMap;
use std::fs::File;
use std::io::BufWriter;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use vm::Vm;

pub use code::listener;

/// How long a thread may run between samples.
const STEP: Duration = Duration::from_millis(1);
/// A thread that ran this long since its last sample is looked at again: the clocks do not tick together.
const ENOUGH_NS: u64 = 900_000;

/// A profile while it is taken.
pub struct Profile {
    path: String,
    file: File,
    sampler: JoinHandle<Collected>,
}

/// What was found, stacks by number.
#[derive(Default)]
struct Collected {
    stacks: HashMap<Vec<u64>, usize>,
    /// Stack and nanoseconds of each sample.
    samples: Vec<(usize, u64)>,
}

/// A thread that runs Python.
struct Target {
    thread: libc::pthread_t,
    clock: libc::clockid_t,
    seen: u64,
}

static RUNNING: AtomicBool = AtomicBool::new(false);
static TARGETS: Mutex<Vec<Target>> = Mutex::new(Vec::new());

fn targets() -> MutexGuard<'static, Vec<Target>> {
    // A thread that panicked while it held the list left it whole.
    TARGETS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Begins to profile the machine, which runs on this thread; an error is a text for people.
///
/// # Safety
/// The machine stays for the rest of the process.
pub unsafe fn start(vm: *mut Vm, path: &str) -> Result<Profile, String> {
    let wrong = |error: std::io::Error| format!("can't write '{path}': {error}");
    let file = File::create(path).map_err(wrong)?;
    // SAFETY: the caller's promise.
    unsafe { signal::install(vm)? };
    RUNNING.store(true, Ordering::Release);
    watch_this_thread();
    let sampler =
        std::thread::Builder::new().name("sampler".into()).spawn(sample).map_err(|error| error.to_string())?;
    Ok(Profile { path: path.into(), file, sampler })
}

impl Profile {
    /// Ends it and writes what was found; an error is a text for people.
    pub fn finish(self, vm: &Vm) -> Result<(), String> {
        RUNNING.store(false, Ordering::Release);
        let mut collected = self.sampler.join().map_err(|_| "the sampler panicked".to_string())?;
        collected.drain();
        let mut out = BufWriter::new(self.file);
        let written = if self.path.ends_with(".json") {
            write::speedscope(vm, &collected, &mut out)
        } else {
            write::collapsed(vm, &collected, &mut out)
        };
        written.map_err(|error| format!("can't write '{}': {error}", self.path))
    }
}

impl Collected {
    /// Takes what signals have left.
    fn drain(&mut self) {
        signal::drain(|ns, words| {
            let next = self.stacks.len();
            let number = match self.stacks.get(words) {
                Some(&number) => number,
                None => *self.stacks.entry(words.to_vec()).or_insert(next),
            };
            self.samples.push((number, ns));
        });
    }
}

/// The sampler's thread.
fn sample() -> Collected {
    let mut collected = Collected::default();
    while RUNNING.load(Ordering::Acquire) {
        std::thread::sleep(STEP);
        for target in targets().iter_mut() {
            let now = signal::read_clock(target.clock);
            if now.saturating_sub(target.seen) >= ENOUGH_NS {
                target.seen = now;
                // SAFETY: a thread leaves the list, which is ours now, before it ends.
                unsafe { libc::pthread_kill(target.thread, libc::SIGPROF) };
            }
        }
        collected.drain();
    }
    collected
}

fn watch_this_thread() {
    let mut clock = 0;
    // SAFETY: asks for numbers.
    let (thread, known) = unsafe {
        let thread = libc::pthread_self();
        (thread, libc::pthread_getcpuclockid(thread, &mut clock) == 0)
    };
    signal::begin_thread();
    if known {
        targets().push(Target { thread, clock, seen: signal::read_clock(clock) });
    }
}

/// A thread that is profiled until this goes.
pub struct Watched(());

/// Profiles this thread, too, if there is a profile.
pub fn thread() -> Option<Watched> {
    if !RUNNING.load(Ordering::Acquire) {
        return None;
    }
    watch_this_thread();
    Some(Watched(()))
}

impl Drop for Watched {
    fn drop(&mut self) {
        // SAFETY: asks for a number.
        let this = unsafe { libc::pthread_self() };
        targets().retain(|target| target.thread != this);
    }
}
