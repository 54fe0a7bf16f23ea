//! The console: what comes in over the UART waits in a ring, and Ctrl-C is seen when it comes.

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU32, AtomicUsize, Ordering};

use crate::Board;

/// Bytes that may wait; one place stays free.
const ROOM: usize = 512;
/// Registers that let interrupts through, and that hold them back, a bit for each.
const LET: *mut u32 = 0xE000_E100 as *mut u32;
const HOLD: *mut u32 = 0xE000_E180 as *mut u32;

/// The bytes, written by the interrupt only.
struct Ring(UnsafeCell<[u8; ROOM]>);

// SAFETY: the interrupt writes places from `PUT` on, and the program reads those before it.
unsafe impl Sync for Ring {}

static RING: Ring = Ring(UnsafeCell::new([0; ROOM]));
static PUT: AtomicUsize = AtomicUsize::new(0);
static GET: AtomicUsize = AtomicUsize::new(0);
/// The interrupt is held back until there is room.
static HELD: AtomicBool = AtomicBool::new(false);
static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// The character that interrupts, and the word that is not zero when something waits: both in the machine.
static CHARACTER: AtomicPtr<i32> = AtomicPtr::new(core::ptr::null_mut());
static PENDING: AtomicPtr<u32> = AtomicPtr::new(core::ptr::null_mut());

/// Turns the UART on.
pub fn start<B: Board>() {
    B::start();
    turn::<B>(LET);
}

fn turn<B: Board>(register: *mut u32) {
    let number = usize::from(B::CONSOLE_INTERRUPT);
    // SAFETY: registers of the core's interrupt controller, used by this file only.
    unsafe { register.add(number / 32).write_volatile(1 << (number % 32)) }
}

/// Has the interrupt look at a machine's words.
///
/// # Safety
/// They stay until `forget`.
pub unsafe fn watch(character: *mut i32, pending: *mut u32) {
    PENDING.store(pending, Ordering::Relaxed);
    CHARACTER.store(character, Ordering::Relaxed);
}

/// Takes back `watch`.
pub fn forget() {
    CHARACTER.store(core::ptr::null_mut(), Ordering::Relaxed);
    PENDING.store(core::ptr::null_mut(), Ordering::Relaxed);
}

/// Handler of the UART's interrupt.
pub extern "C" fn received<B: Board>() {
    let character = CHARACTER.load(Ordering::Relaxed);
    // SAFETY: `watch` was promised that the word stays.
    // While a machine is made, Ctrl-C is for what it runs first.
    let interrupts =
        if character.is_null() { 3 } else { unsafe { AtomicI32::from_ptr(character) }.load(Ordering::Relaxed) };
    loop {
        let put = PUT.load(Ordering::Relaxed);
        let next = (put + 1) % ROOM;
        let full = next == GET.load(Ordering::Acquire);
        if full && interrupts < 0 {
            // Nobody may lose a byte: what is on the line waits there until there is room.
            HELD.store(true, Ordering::Relaxed);
            turn::<B>(HOLD);
            return;
        }
        let Some(byte) = B::take() else { return };
        if i32::from(byte) == interrupts {
            interrupt();
        } else if !full {
            // SAFETY: the place is not between `GET` and `PUT`, so nobody reads it.
            unsafe { RING.0.get().cast::<u8>().add(put).write(byte) };
            PUT.store(next, Ordering::Release);
        }
    }
}

fn interrupt() {
    INTERRUPTED.store(true, Ordering::Relaxed);
    let pending = PENDING.load(Ordering::Relaxed);
    if !pending.is_null() {
        // SAFETY: `watch` was promised that the word stays.
        unsafe { AtomicU32::from_ptr(pending) }.store(1, Ordering::Relaxed);
    }
}

/// Whether Ctrl-C came and `take_interrupt` was not called since.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// Whether Ctrl-C came since the last call.
pub fn take_interrupt() -> bool {
    let came = interrupted();
    INTERRUPTED.store(false, Ordering::Relaxed);
    came
}

/// Whether a byte waits.
pub fn any() -> bool {
    GET.load(Ordering::Relaxed) != PUT.load(Ordering::Acquire)
}

/// The byte that waits longest.
pub fn get<B: Board>() -> Option<u8> {
    let get = GET.load(Ordering::Relaxed);
    if get == PUT.load(Ordering::Acquire) {
        return None;
    }
    // SAFETY: the interrupt has written the place and leaves it alone until `GET` is past it.
    let byte = unsafe { RING.0.get().cast::<u8>().add(get).read() };
    GET.store((get + 1) % ROOM, Ordering::Release);
    if HELD.load(Ordering::Relaxed) {
        HELD.store(false, Ordering::Relaxed);
        turn::<B>(LET);
    }
    Some(byte)
}

/// Sends bytes as they are.
pub fn write<B: Board>(bytes: &[u8]) {
    bytes.iter().for_each(|byte| B::put(*byte));
}
