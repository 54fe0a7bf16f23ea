//! The signal: what it finds of the stacks goes to a ring. All here is done without allocation and without locks.

use std::cell::Cell;
use std::ops::Range;
use std::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering};

use vm::Vm;
use vm::run::sample::{self, Place, Watcher};

use super::code::{self, Found};
use super::unwind::{REGISTERS, Registers, Unwinder};

/// Words of the ring.
const RING: usize = 1 << 16;
/// Most places of a sample; what lies further out is left out.
const DEEPEST: usize = 250;
/// Most words of a sample: how many places, nanoseconds, two for each place.
const LONGEST: usize = 2 + 2 * DEEPEST;
/// Words of the machine stack that are searched for an address.
const NEAR: usize = 1024;

static WORDS: [AtomicU64; RING] = [const { AtomicU64::new(0) }; RING];
/// Words ever written and ever read.
static WRITTEN: AtomicUsize = AtomicUsize::new(0);
static READ: AtomicUsize = AtomicUsize::new(0);
static STATE: AtomicPtr<State> = AtomicPtr::new(std::ptr::null_mut());

/// What the signal works with. Only the thread that holds the machine uses it.
struct State {
    vm: *const Vm,
    unwinder: Unwinder,
    /// How often each register has led into the bytecode that runs. The interpreter keeps its place in one of them, the
    /// same in all of a build; others hold such addresses now and then.
    hits: [u64; REGISTERS],
}

thread_local! {
    /// What the thread's clock said at its last sample.
    static LAST: Cell<u64> = const { Cell::new(0) };
}

/// The clock in nanoseconds.
pub fn read_clock(clock: libc::clockid_t) -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: fills the struct.
    unsafe { libc::clock_gettime(clock, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// Samples of this thread count from now on.
pub fn begin_thread() {
    LAST.set(read_clock(libc::CLOCK_THREAD_CPUTIME_ID));
}

/// Has SIGPROF take samples of the machine.
///
/// # Safety
/// The machine stays for the rest of the process.
pub unsafe fn install(vm: *const Vm) -> Result<(), String> {
    let state = Box::new(State { vm, unwinder: Unwinder::new(), hits: [0; REGISTERS] });
    // Signals may come until the process ends.
    STATE.store(Box::into_raw(state), Ordering::Release);
    // SAFETY: all fields of a sigaction may be zero; the handler does what signals may do.
    let installed = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_signal as extern "C" fn(_, _, _) as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_RESTART;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(libc::SIGPROF, &action, std::ptr::null_mut())
    };
    if installed == 0 { Ok(()) } else { Err(std::io::Error::last_os_error().to_string()) }
}

extern "C" fn on_signal(_: libc::c_int, _: *mut libc::siginfo_t, context: *mut libc::c_void) {
    let state = STATE.load(Ordering::Acquire);
    // SAFETY: the system passes the registers of what was interrupted; errno is the thread's own, and is put back.
    unsafe {
        let errno = *libc::__errno_location();
        if !state.is_null() {
            take(state, &Registers::of(context));
        }
        *libc::__errno_location() = errno;
    }
}

/// Takes a sample.
///
/// # Safety
/// `state` was installed, and `registers` are those of the interrupted thread, which is this one.
unsafe fn take(state: *mut State, registers: &Registers) {
    let now = read_clock(libc::CLOCK_THREAD_CPUTIME_ID);
    let start = WRITTEN.load(Ordering::Relaxed);
    if RING - start.wrapping_sub(READ.load(Ordering::Acquire)) < LONGEST {
        return;
    }
    // SAFETY: the caller's promise; `places` tells only the thread that holds the machine.
    unsafe {
        let mut sample =
            Sample { state, registers, top: 0, start, count: 0, run: [EMPTY; RUN], in_run: 0, unwinding: None };
        if !sample::places((*state).vm, registers.sp(), &mut sample) {
            return;
        }
        let count = sample.count;
        put(start, count as u64);
        put(start + 1, now.saturating_sub(LAST.replace(now)));
        WRITTEN.store(start + 2 + 2 * count, Ordering::Release);
    }
}

fn put(at: usize, word: u64) {
    WORDS[at % RING].store(word, Ordering::Relaxed);
}

/// Takes all samples out of the ring: nanoseconds, and two words for each place, the innermost first.
pub fn drain(mut each: impl FnMut(u64, &[u64])) {
    let end = WRITTEN.load(Ordering::Acquire);
    let mut at = READ.load(Ordering::Relaxed);
    let word = |at: usize| WORDS[at % RING].load(Ordering::Relaxed);
    let mut words = Vec::with_capacity(LONGEST);
    while at != end {
        let count = word(at) as usize;
        words.clear();
        words.extend((0..2 * count).map(|offset| word(at + 2 + offset)));
        each(word(at + 1), &words);
        at += 2 + 2 * count;
        READ.store(at, Ordering::Release);
    }
}

/// Machine code called directly, one from the other: so many are told apart.
const RUN: usize = 64;
const EMPTY: Found = Found {
    place: Place { name: vm::qstr::Qstr::NULL, file: vm::qstr::Qstr::NULL, line: 0, is_machine_code: true },
    entry: 0,
    is_door: false,
};

/// A sample while it is taken.
struct Sample<'a> {
    state: *mut State,
    registers: &'a Registers,
    top: usize,
    start: usize,
    count: usize,
    /// The innermost machine code not told yet, up to the one that was entered by the runtime.
    run: [Found; RUN],
    in_run: usize,
    unwinding: Option<Registers>,
}

impl Sample<'_> {
    /// Fills `run` from the machine stack.
    fn find_run(&mut self) {
        // SAFETY: `places` tells only the thread that holds the machine, and only that one uses the unwinder.
        let unwinder = unsafe { &mut (*self.state).unwinder };
        let mut now = match self.unwinding {
            Some(now) => now,
            None => *self.registers,
        };
        loop {
            match code::at(now.code_address()) {
                Some(found) => {
                    let inner = self.in_run.checked_sub(1).and_then(|at| self.run.get(at));
                    if found.is_door && inner.is_some_and(|inner| inner.entry == found.entry) {
                        // The function proper has been told already.
                    } else if self.in_run < RUN {
                        self.run[self.in_run] = found;
                        self.in_run += 1;
                    } else {
                        self.run[RUN - 1] = found;
                    }
                    if !now.leave_machine_code(self.top) {
                        break;
                    }
                }
                None if self.in_run > 0 => break,
                None if !unwinder.leave(&mut now, self.top) => break,
                None => {}
            }
        }
        self.unwinding = Some(now);
    }
}

impl Watcher for Sample<'_> {
    fn stack_top(&mut self, top: usize) {
        self.top = top;
    }

    fn address_in(&mut self, bytecode: Range<usize>) -> Option<usize> {
        let inside = |word: &usize| *word > bytecode.start && *word <= bytecode.end;
        // SAFETY: `places` tells only the thread that holds the machine, and only that one counts.
        let hits = unsafe { &mut (*self.state).hits };
        let mut best = None;
        for (word, hits) in self.registers.all().into_iter().zip(hits).filter(|(word, _)| inside(word)) {
            *hits += 1;
            best = best.max(Some((*hits, word)));
        }
        if let Some((_, word)) = best {
            return Some(word);
        }
        let sp = self.registers.sp().next_multiple_of(size_of::<usize>());
        let end = self.top.min(sp + NEAR * size_of::<usize>());
        // SAFETY: from the stack pointer up to the top all is stack. Volatile, since the frames are not ours.
        let words = (sp..end).step_by(size_of::<usize>()).map(|at| unsafe { (at as *const usize).read_volatile() });
        words.into_iter().find(inside)
    }

    fn machine_code(&mut self, entry: usize) -> bool {
        if self.in_run == 0 {
            self.find_run();
        }
        if self.in_run == 0 || self.run[self.in_run - 1].entry != entry {
            return false;
        }
        for at in 0..self.in_run {
            self.place(self.run[at].place);
        }
        self.in_run = 0;
        true
    }

    fn place(&mut self, place: Place) -> bool {
        if self.count < DEEPEST {
            let at = self.start + 2 + 2 * self.count;
            put(at, u64::from(place.name.0) << 32 | u64::from(place.file.0));
            put(at + 1, u64::from(place.line) << 1 | u64::from(place.is_machine_code));
            self.count += 1;
        }
        self.count < DEEPEST
    }
}
