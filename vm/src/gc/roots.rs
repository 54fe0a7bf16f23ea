//! Roots: the machine's registers and stack, and a few ranges that the Vm names.

use super::heap::HeapOf;

/// Most ranges that can be named.
const RANGES: usize = 8;

/// A range of words that are looked at in every collection.
#[derive(Clone, Copy, Debug)]
pub enum Root {
    /// From the first address up to the second.
    Fixed(*const usize, *const usize),
    /// From the address up to the one that stands in the cell then, as for a stack of values.
    UpTo(*const usize, *const *const usize),
}

/// What a heap knows of roots.
pub(super) struct Roots {
    stack_top: *const usize,
    ranges: [Option<Root>; RANGES],
    #[cfg(feature = "threads")]
    waiting: *mut Waiting,
}

impl Roots {
    pub(super) const fn new() -> Roots {
        Roots {
            stack_top: core::ptr::null(),
            ranges: [None; RANGES],
            #[cfg(feature = "threads")]
            waiting: core::ptr::null_mut(),
        }
    }
}

/// Roots of a thread that does not run now: its machine stack with the registers on it, its value stack, and what else it
/// keeps. A link of a list.
#[cfg(feature = "threads")]
pub struct Waiting {
    /// The next of the list.
    pub next: *mut Waiting,
    /// From each first address up to the second.
    pub ranges: [(*const usize, *const usize); 3],
}

#[cfg(feature = "threads")]
impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    /// Adds the roots of a thread that will not run until `resume`.
    ///
    /// # Safety
    /// `waiting` and its ranges stay readable, and the ranges aligned to words, until then.
    pub unsafe fn suspend(&mut self, waiting: *mut Waiting) {
        // SAFETY: the caller's promise.
        unsafe { (*waiting).next = self.roots.waiting };
        self.roots.waiting = waiting;
    }

    /// Takes back `suspend`.
    ///
    /// # Safety
    /// `waiting` was given to `suspend`, once.
    pub unsafe fn resume(&mut self, waiting: *mut Waiting) {
        let mut at = &raw mut self.roots.waiting;
        // SAFETY: links of the list stay readable, by the promise of `suspend`.
        unsafe {
            while !(*at).is_null() {
                if *at == waiting {
                    *at = (*waiting).next;
                    return;
                }
                at = &raw mut (**at).next;
            }
        }
    }

    /// Calls `each` with the ranges of all threads that wait.
    pub fn each_waiting(&self, each: &mut dyn FnMut((*const usize, *const usize))) {
        let mut at = self.roots.waiting;
        while !at.is_null() {
            // SAFETY: as in `resume`.
            let (ranges, next) = unsafe { ((*at).ranges, (*at).next) };
            ranges.into_iter().for_each(&mut *each);
            at = next;
        }
    }

    fn mark_waiting(&mut self) {
        let mut at = self.roots.waiting;
        while !at.is_null() {
            // SAFETY: as in `resume`; `suspend` was promised that the ranges are readable.
            unsafe {
                for (start, end) in (*at).ranges {
                    self.mark_range(start, end);
                }
                at = (*at).next;
            }
        }
    }
}

impl<const PAGE: usize, const GRANULE: usize> HeapOf<PAGE, GRANULE> {
    /// Names the high end of the machine stack: from there down to the stack pointer all words are roots.
    /// Null, as at the start, leaves the stack and the registers out.
    ///
    /// # Safety
    /// Every allocation and collection runs on this stack, below `top`, and up to `top` it is readable.
    pub unsafe fn set_stack_top(&mut self, top: *const u8) {
        self.roots.stack_top = top.wrapping_sub(top.addr() % size_of::<usize>()).cast();
    }

    /// Adds a range of roots; false when there are too many.
    ///
    /// # Safety
    /// The range, and the cell with its end, are readable until `remove_root`, and aligned to words.
    pub unsafe fn add_root(&mut self, root: Root) -> bool {
        let Some(place) = self.roots.ranges.iter_mut().find(|place| place.is_none()) else { return false };
        *place = Some(root);
        true
    }

    /// Removes the range that starts at an address.
    pub fn remove_root(&mut self, start: *const usize) {
        for place in &mut self.roots.ranges {
            if let Some(Root::Fixed(first, _) | Root::UpTo(first, _)) = *place
                && first == start
            {
                *place = None;
            }
        }
    }

    /// Marks from everything that is live by itself.
    pub(super) fn mark_roots(&mut self, sp: *const usize) {
        // First, because it counts what it marks without looking who marked it before.
        self.mark_plain();
        let top = self.roots.stack_top;
        if !top.is_null() {
            // SAFETY: `set_stack_top` was promised that we run below `top`, so all between is stack.
            unsafe { self.mark_range(sp, top) };
        }
        for place in 0..RANGES {
            let range = self.roots.ranges.get(place).copied().flatten();
            let (start, end) = match range {
                None => continue,
                Some(Root::Fixed(start, end)) => (start, end),
                // SAFETY: `add_root` was promised that the cell is readable.
                Some(Root::UpTo(start, end)) => (start, unsafe { end.read_volatile() }),
            };
            // SAFETY: `add_root` was promised that the range is readable.
            unsafe { self.mark_range(start, end) };
        }
        #[cfg(feature = "threads")]
        self.mark_waiting();
        self.mark_word(self.pinned);
        self.mark_weak_table();
        self.mark_finalisers();
    }
}

/// Calls `then` with an address on the stack above which all registers that callers may count on are stored.
#[inline(never)]
pub(crate) fn with_registers(then: &mut dyn FnMut(*const usize)) {
    let mut saved = [0usize; 16];
    save(&mut saved);
    then(core::hint::black_box(&saved).as_ptr());
    // Keeps this call from being the last thing, which would take the frame away.
    core::hint::black_box(&mut saved);
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
#[inline(always)]
fn save(to: &mut [usize; 16]) {
    // SAFETY: stores eight registers to an array of sixteen words.
    unsafe {
        core::arch::asm!(
            "mov [{to}], rbx",
            "mov [{to} + 8], rbp",
            "mov [{to} + 16], r12",
            "mov [{to} + 24], r13",
            "mov [{to} + 32], r14",
            "mov [{to} + 40], r15",
            "mov [{to} + 48], rsi",
            "mov [{to} + 56], rdi",
            to = in(reg) to.as_mut_ptr(),
            options(nostack, preserves_flags),
        );
    }
}

#[cfg(all(target_arch = "aarch64", not(miri)))]
#[inline(always)]
fn save(to: &mut [usize; 16]) {
    // SAFETY: stores twelve registers to an array of sixteen words.
    unsafe {
        core::arch::asm!(
            "stp x19, x20, [{to}]",
            "stp x21, x22, [{to}, #16]",
            "stp x23, x24, [{to}, #32]",
            "stp x25, x26, [{to}, #48]",
            "stp x27, x28, [{to}, #64]",
            "stp x29, x30, [{to}, #80]",
            to = in(reg) to.as_mut_ptr(),
            options(nostack, preserves_flags),
        );
    }
}

#[cfg(all(target_arch = "arm", not(miri)))]
#[inline(always)]
fn save(to: &mut [usize; 16]) {
    // Only instructions that the smallest Thumb has: high registers go through a low one.
    // SAFETY: stores eight registers to an array of sixteen words.
    unsafe {
        core::arch::asm!(
            "stmia r0!, {{r4, r5, r6, r7}}",
            "mov r1, r8",
            "mov r2, r9",
            "mov r3, r10",
            "stmia r0!, {{r1, r2, r3}}",
            "mov r1, r11",
            "str r1, [r0]",
            inout("r0") to.as_mut_ptr() => _,
            out("r1") _,
            out("r2") _,
            out("r3") _,
            options(nostack, preserves_flags),
        );
    }
}

#[cfg(all(target_arch = "riscv32", not(miri)))]
#[inline(always)]
fn save(to: &mut [usize; 16]) {
    // SAFETY: stores twelve registers to an array of sixteen words.
    unsafe {
        core::arch::asm!(
            "sw s0, 0({to})", "sw s1, 4({to})", "sw s2, 8({to})", "sw s3, 12({to})",
            "sw s4, 16({to})", "sw s5, 20({to})", "sw s6, 24({to})", "sw s7, 28({to})",
            "sw s8, 32({to})", "sw s9, 36({to})", "sw s10, 40({to})", "sw s11, 44({to})",
            to = in(reg) to.as_mut_ptr(),
            options(nostack, preserves_flags),
        );
    }
}

#[cfg(all(target_arch = "riscv64", not(miri)))]
#[inline(always)]
fn save(to: &mut [usize; 16]) {
    // SAFETY: stores twelve registers to an array of sixteen words.
    unsafe {
        core::arch::asm!(
            "sd s0, 0({to})", "sd s1, 8({to})", "sd s2, 16({to})", "sd s3, 24({to})",
            "sd s4, 32({to})", "sd s5, 40({to})", "sd s6, 48({to})", "sd s7, 56({to})",
            "sd s8, 64({to})", "sd s9, 72({to})", "sd s10, 80({to})", "sd s11, 88({to})",
            to = in(reg) to.as_mut_ptr(),
            options(nostack, preserves_flags),
        );
    }
}

/// Machines without a form of their own: calls deep enough to push every register window out (Xtensa has at most
/// sixteen), with enough live values in each to make the others store what they keep.
#[cfg(any(
    miri,
    not(any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "arm",
        target_arch = "riscv32",
        target_arch = "riscv64"
    ))
))]
#[inline(always)]
fn save(to: &mut [usize; 16]) {
    #[inline(never)]
    fn deeper(left: usize, seed: [usize; 16]) -> usize {
        let here = core::hint::black_box(seed);
        let below = if left == 0 { 0 } else { deeper(left - 1, here) };
        here.iter().fold(below, |sum, &word| core::hint::black_box(sum ^ word))
    }
    let sum = deeper(16, *to);
    to[0] = core::hint::black_box(sum);
}
