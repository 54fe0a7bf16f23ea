//! From a function to its caller on the machine stack: machine code of ours has frame pointers, all other code tables.

use framehop::x86_64::{CacheX86_64, UnwindRegsX86_64, UnwinderX86_64};
use framehop::{ExplicitModuleSectionInfo, FrameAddress, Module, MustNotAllocateDuringUnwind, Unwinder as _};

/// Registers of a function, as far as they are known.
#[derive(Clone, Copy)]
pub struct Registers {
    ip: usize,
    sp: usize,
    bp: usize,
    /// All of the interrupted function's.
    others: [usize; REGISTERS],
    /// `ip` is where the function goes on after a call, not where it was interrupted.
    called: bool,
}

/// Registers of the machine.
pub const REGISTERS: usize = 16;
const WORD: usize = size_of::<usize>();

impl Registers {
    /// Those that a signal interrupted.
    ///
    /// # Safety
    /// `context` is what the system passed to a signal handler.
    pub unsafe fn of(context: *mut libc::c_void) -> Registers {
        // SAFETY: the caller's promise.
        let all = unsafe { &(*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs };
        let get = |register: i32| all[register as usize] as usize;
        // Those that calls keep come first: they hold what is needed for long.
        let order = [
            libc::REG_RBX,
            libc::REG_R12,
            libc::REG_R13,
            libc::REG_R14,
            libc::REG_R15,
            libc::REG_RBP,
            libc::REG_RAX,
            libc::REG_RCX,
            libc::REG_RDX,
            libc::REG_RSI,
            libc::REG_RDI,
            libc::REG_R8,
            libc::REG_R9,
            libc::REG_R10,
            libc::REG_R11,
            libc::REG_RSP,
        ];
        let (ip, sp, bp) = (get(libc::REG_RIP), get(libc::REG_RSP), get(libc::REG_RBP));
        Registers { ip, sp, bp, others: order.map(get), called: false }
    }

    /// All of the interrupted function's.
    pub fn all(&self) -> [usize; REGISTERS] {
        self.others
    }

    /// The stack pointer.
    pub fn sp(&self) -> usize {
        self.sp
    }

    /// An address in the instruction that runs.
    pub fn code_address(&self) -> usize {
        if self.called { self.ip.wrapping_sub(1) } else { self.ip }
    }

    /// From machine code of ours to its caller; false when that is not to be found.
    pub fn leave_machine_code(&mut self, top: usize) -> bool {
        // `push rbp; mov rbp, rsp` at the start and `pop rbp; ret` at the end: there the frame is not whole.
        let here = if self.called { Here::Inside } else { Here::at(self.ip) };
        let (bp, back, sp) = match here {
            Here::Entry => (Some(self.bp), read(self.sp, self.sp, top), self.sp + WORD),
            Here::Pushed => (read(self.sp, self.sp, top), read(self.sp + WORD, self.sp, top), self.sp + 2 * WORD),
            Here::Inside => (
                read(self.bp, self.sp, top),
                read(self.bp.wrapping_add(WORD), self.sp, top),
                self.bp.wrapping_add(2 * WORD),
            ),
        };
        let (Some(bp), Some(ip)) = (bp, back) else { return false };
        *self = Registers { ip, sp, bp, called: true, ..*self };
        true
    }
}

/// How much of a frame is there.
enum Here {
    /// Only the return address.
    Entry,
    /// The caller's frame pointer lies on top.
    Pushed,
    /// All.
    Inside,
}

impl Here {
    /// By the instruction at `ip`, which is in machine code of ours.
    fn at(ip: usize) -> Here {
        // SAFETY: code is readable, and what runs is there.
        let byte = |at: usize| unsafe { (at as *const u8).read() };
        match byte(ip) {
            // push rbp, ret
            0x55 | 0xc3 => Here::Entry,
            // mov rbp, rsp
            0x48 if byte(ip + 1) == 0x89 && byte(ip + 2) == 0xe5 => Here::Pushed,
            // pop rbp
            0x5d => Here::Pushed,
            _ => Here::Inside,
        }
    }
}

/// The word at an address, if it lies on the stack.
fn read(at: usize, sp: usize, top: usize) -> Option<usize> {
    let fits = at.is_multiple_of(WORD) && at >= sp && at + WORD <= top;
    // SAFETY: from the stack pointer up to the top all is stack.
    fits.then(|| unsafe { (at as *const usize).read_volatile() })
}

/// Finds the callers of compiled code, by the tables of this process and its libraries.
pub struct Unwinder {
    unwinder: UnwinderX86_64<&'static [u8], MustNotAllocateDuringUnwind>,
    cache: CacheX86_64<MustNotAllocateDuringUnwind>,
}

impl Unwinder {
    /// For what is loaded now.
    pub fn new() -> Unwinder {
        let mut unwinder = UnwinderX86_64::new();
        // SAFETY: `add` has this signature and uses the pointer it is given as what it is.
        unsafe { libc::dl_iterate_phdr(Some(add), (&raw mut unwinder).cast()) };
        Unwinder { unwinder, cache: CacheX86_64::new_in() }
    }

    /// To the caller; false when that is not to be found.
    pub fn leave(&mut self, now: &mut Registers, top: usize) -> bool {
        let sp = now.sp;
        let mut words = |at: u64| read(at as usize, sp, top).map(|word| word as u64).ok_or(());
        let address = match now.called {
            true => FrameAddress::from_return_address(now.ip as u64),
            false => Some(FrameAddress::from_instruction_pointer(now.ip as u64)),
        };
        let Some(address) = address else { return false };
        let mut registers = UnwindRegsX86_64::new(now.ip as u64, now.sp as u64, now.bp as u64);
        match self.unwinder.unwind_frame(address, &mut registers, &mut self.cache, &mut words) {
            Ok(Some(ip)) => {
                let (sp, bp) = (registers.sp() as usize, registers.bp() as usize);
                let moved = sp > now.sp;
                *now = Registers { ip: ip as usize, sp, bp, called: true, ..*now };
                moved
            }
            Ok(None) | Err(_) => false,
        }
    }
}

/// Adds a loaded object.
unsafe extern "C" fn add(info: *mut libc::dl_phdr_info, _: usize, to: *mut libc::c_void) -> libc::c_int {
    // SAFETY: the loader passes a description that is true while this runs; `to` is what `new` passed; segments of loaded
    // objects stay, because nothing here unloads any.
    unsafe {
        let unwinder = &mut *to.cast::<UnwinderX86_64<&'static [u8], MustNotAllocateDuringUnwind>>();
        let headers = std::slice::from_raw_parts((*info).dlpi_phdr, usize::from((*info).dlpi_phnum));
        let base = (*info).dlpi_addr;
        let table = headers.iter().find(|header| header.p_type == libc::PT_GNU_EH_FRAME);
        let loaded = headers.iter().filter(|header| header.p_type == libc::PT_LOAD);
        let (first, last) = loaded.clone().fold((u64::MAX, 0), |(first, last), header| {
            (first.min(header.p_vaddr), last.max(header.p_vaddr + header.p_memsz))
        });
        let Some(table) = table else { return 0 };
        // Version 1, then how the address of the table proper is written: here relative to itself, in 32 bits.
        let head = (base + table.p_vaddr) as *const u8;
        if head.read() != 1 || head.add(1).read() != RELATIVE {
            return 0;
        }
        let frames = (table.p_vaddr + 4).wrapping_add_signed(i64::from(head.add(4).cast::<i32>().read_unaligned()));
        let Some(holder) = loaded.clone().find(|header| frames.wrapping_sub(header.p_vaddr) < header.p_memsz) else {
            return 0;
        };
        let end = holder.p_vaddr + holder.p_memsz;
        let bytes =
            |start: u64, end: u64| std::slice::from_raw_parts((base + start) as *const u8, (end - start) as usize);
        let table_end = table.p_vaddr + table.p_memsz;
        let sections = ExplicitModuleSectionInfo {
            eh_frame_hdr_svma: Some(table.p_vaddr..table_end),
            eh_frame_hdr: Some(bytes(table.p_vaddr, table_end)),
            eh_frame_svma: Some(frames..end),
            eh_frame: Some(bytes(frames, end)),
            ..ExplicitModuleSectionInfo::default()
        };
        unwinder.add_module(Module::new(String::new(), base + first..base + last, base, sections));
    }
    0
}

/// DW_EH_PE_pcrel | DW_EH_PE_sdata4
const RELATIVE: u8 = 0x1b;
