//! The back end: a function of the IR to Thumb code that follows the procedure call standard.
//!
//! Words are passed in r0 to r3 and then on the stack, floats in s0 to s13 (the standard's variant with float registers);
//! r4 to r11 and s16 to s31 are kept. The frame, from sp up: arguments for others, slots, spilled registers, kept float
//! registers, then what the prologue pushed.

use alloc::vec::Vec;
use ir::asm;
use ir::code::CodeBuf;
use ir::live::Lives;
use ir::regalloc::{Files, Homes, allocate};
use ir::{Backend, Caps, Class, FloatSize, Func, Inst, MachineCode, Refused, RegFile, Word};

use crate::emit::{Emit, Frame, rows};
use crate::inline;
use crate::isa::Isa;
use crate::lower::Lower;
use crate::operand::Operand;
use crate::reg::{List, Reg, Single};

/// Thumb code for one instruction set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Thumb {
    /// What the core can do.
    pub isa: Isa,
}

const fn numbered<const N: usize>(first: u8) -> [ir::Reg; N] {
    let mut regs = [ir::Reg(0); N];
    let mut at = 0;
    while at < N {
        regs[at] = ir::Reg(first + at as u8);
        at += 1;
    }
    regs
}

static LOW: [ir::Reg; 4] = numbered(0);
static KEPT: [ir::Reg; 8] = numbered(4);
static TEMPS: [ir::Reg; 2] = [ir::Reg(12), ir::Reg(14)];
static SINGLES: [ir::Reg; 14] = numbered(0);
static KEPT_SINGLES: [ir::Reg; 16] = numbered(16);
static SINGLE_TEMPS: [ir::Reg; 2] = numbered(14);

impl Thumb {
    /// The registers that values live in.
    pub fn files(&self) -> Files {
        let word = RegFile { args: &LOW, caller_saved: &LOW, callee_saved: &KEPT, scratch: &TEMPS };
        let float = if self.isa.has_singles() {
            RegFile { args: &SINGLES, caller_saved: &SINGLES, callee_saved: &KEPT_SINGLES, scratch: &SINGLE_TEMPS }
        } else {
            RegFile { args: &[], caller_saved: &[], callee_saved: &[], scratch: &[] }
        };
        Files { word, float }
    }
}

impl Backend for Thumb {
    fn caps(&self) -> Caps {
        let singles = self.isa.has_singles();
        Caps { word: Word::W32, divide: self.isa.has_divide(), f32: singles, f64: false, sqrt: singles }
    }

    fn compile(&mut self, func: &Func) -> Result<MachineCode, Refused> {
        let floats = func.classes.contains(&Class::Float);
        if !self.isa.has_wide() {
            return Err(Refused::Unsupported("v6-M"));
        }
        if func.word != Word::W32 {
            return Err(Refused::Unsupported("words of 64 bits"));
        }
        if floats && (func.float != FloatSize::F32 || !self.isa.has_singles()) {
            return Err(Refused::Unsupported("floats"));
        }
        let lives = Lives::of(func)?;
        let homes = allocate(func, &lives, &self.files())?;
        // A leaf that needs no second temporary leaves lr alone.
        let is_leaf = !func.insts.iter().any(|inst| matches!(inst, Inst::Call { .. } | Inst::CallTo { .. }));
        if is_leaf && let Some(code) = self.emit(func, &lives, &homes, false)? {
            return Ok(code);
        }
        self.emit(func, &lives, &homes, true)?.ok_or(Refused::Unsupported("lr"))
    }

    fn assemble<'a>(&self, machine: asm::Machine, body: &asm::Body<'a>) -> Option<Result<Vec<u8>, asm::Error<'a>>> {
        (machine == asm::Machine::Thumb).then(|| inline::function(self.isa, body))
    }
}

impl Thumb {
    /// Nothing if lr is not saved and was needed.
    fn emit(&self, func: &Func, lives: &Lives, homes: &Homes, saves_lr: bool) -> Result<Option<MachineCode>, Refused> {
        let [words, floats] = homes.saved;
        let mut pushed = List(words as u16);
        if saves_lr {
            pushed = pushed.with(Reg::LR);
        }
        // Lists of one register have no wide form.
        if pushed.iter().count() == 1 && !saves_lr && pushed.iter().all(|reg| !reg.is_low()) {
            return Ok(None);
        }
        let frame = layout(func, homes, pushed.iter().count(), floats.count_ones() as usize)?;
        let emit = Emit { isa: self.isa, homes, frame, code: CodeBuf::new(func.blocks.len())?, used_lr: false };
        let mut lower = Lower { func, lives, emit, at: 0, next: None, pushed, saved: floats };
        lower.function()?;
        if lower.emit.used_lr && !saves_lr {
            return Ok(None);
        }
        let (bytes, lines) = lower.emit.code.finish(&self.isa)?;
        Ok(Some(MachineCode { bytes, entry: 0, align: 4, lines }))
    }
}

/// Where the parts of the frame lie. The stack pointer stays a multiple of eight.
fn layout(func: &Func, homes: &Homes, pushed: usize, floats: usize) -> Result<Frame, Refused> {
    let mut out = 0;
    for inst in &func.insts {
        if let Inst::Call { args, .. } | Inst::CallTo { args, .. } = inst {
            let words = args.of(&func.args).iter().filter(|&&v| func.class(v) == Class::Word).count();
            out = out.max(words.saturating_sub(LOW.len()));
        }
    }
    let slots: usize = func.slots.iter().map(|&words| usize::from(words)).sum();
    let words = out + slots + usize::from(homes.words) + floats;
    let words = words + (words + pushed) % 2;
    // What is far from sp has no instruction; so large a frame is none for a board.
    if words > 1000 {
        return Err(Refused::TooLarge);
    }
    let bytes = |words: usize| words as i32 * 4;
    Ok(Frame {
        slots: bytes(out),
        words: bytes(out + slots),
        floats: bytes(out + slots + usize::from(homes.words)),
        size: bytes(words),
        incoming: bytes(words + pushed),
    })
}

/// The registers of a set: bit n is s(n).
fn singles(set: u32) -> impl Iterator<Item = Single> {
    (0..32).filter(move |bit| set >> bit & 1 == 1).map(Single::new)
}

impl Lower<'_> {
    /// Makes the frame and brings the arguments home.
    pub fn prologue(&mut self) -> Result<(), Refused> {
        if self.pushed != List::default() {
            self.emit.put(rows!("push", "push.w"), &[Operand::List(self.pushed)])?;
        }
        if self.emit.frame.size > 0 {
            self.emit.put(
                rows!("sub" as "sp, $", "sub.w" as "sp, sp, $", "subw" as "sp, sp, $"),
                &[Operand::Imm(self.emit.frame.size)],
            )?;
        }
        for (at, single) in singles(self.saved).enumerate() {
            self.emit.store_single(single, self.emit.frame.floats + at as i32 * 4)?;
        }
        self.parameters()
    }

    /// Undoes the frame and returns.
    pub fn epilogue(&mut self) -> Result<(), Refused> {
        for (at, single) in singles(self.saved).enumerate() {
            self.emit.load_single(single, self.emit.frame.floats + at as i32 * 4)?;
        }
        if self.emit.frame.size > 0 {
            self.emit.put(
                rows!("add" as "sp, $", "add.w" as "sp, sp, $", "addw" as "sp, sp, $"),
                &[Operand::Imm(self.emit.frame.size)],
            )?;
        }
        let returns = self.pushed.contains(Reg::LR);
        let list = if returns { List(self.pushed.0 & !(1 << 14)).with(Reg::PC) } else { self.pushed };
        if list != List::default() {
            self.emit.put(rows!("pop", "pop.w"), &[Operand::List(list)])?;
        }
        if returns { Ok(()) } else { self.emit.put(rows!("bx"), &[Operand::Reg(Reg::LR)]) }
    }
}
