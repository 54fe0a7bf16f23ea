//! Instructions into a buffer: rows by name, constants, branches, and registers that live in the frame.

use alloc::vec::Vec;

use ir::code::{Branches, CodeBuf};
use ir::regalloc::{Home, Homes};
use ir::{Block, Refused, V};

use crate::branch::{Branch, conditional_row};
use crate::choice::Choice;
use crate::encode::encode;
use crate::imm::{self, Build};
use crate::isa::Isa;
use crate::operand::Operand;
use crate::reg::{Cond, Reg, Single};
use crate::table::Row;

/// Rows by name, found while Rust compiles: `rows!("adds", "add.w")`, or `rows!("ldr" as "$, [sp, $]")`.
macro_rules! rows {
    (@text) => { None };
    (@text $text:literal) => { Some($text) };
    ($($name:literal $(as $text:literal)?),+) => {
        const { &$crate::choice::Choice::of(&[$(($name, $crate::emit::rows!(@text $($text)?))),+]) }
    };
}
pub(crate) use rows;

/// First register that no value lives in: addresses, spilled operands, the function to be called.
pub const IP: Reg = Reg::R12;
/// Second one.
pub const LR: Reg = Reg::LR;
/// Float registers that no value lives in.
pub const FLOAT_TEMPS: [Single; 2] = [Single::new(14), Single::new(15)];

/// A branch that is not yet placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Go {
    /// Always.
    Always,
    /// Always, in four bytes wherever it goes.
    Wide,
    /// If the flags say so.
    If(Cond),
    /// If a register is zero, or is not.
    Zero(Reg, Cond),
}

impl Branches for Isa {
    type Branch = Go;

    fn size(&self, go: Go, delta: i32) -> Option<u8> {
        let reaches = |branch: Branch, delta: i32| branch.reach().contains(&delta);
        match go {
            Go::Always if reaches(Branch::Always, delta) => Some(2),
            Go::Always | Go::Wide => reaches(Branch::AlwaysWide, delta).then_some(4),
            Go::If(_) if reaches(Branch::Cond, delta) => Some(2),
            Go::If(_) => reaches(Branch::CondWide, delta).then_some(4),
            Go::Zero(reg, _) if reg.is_low() && reaches(Branch::Zero, delta) => Some(2),
            // A comparison stands before the branch, of two bytes with low registers.
            Go::Zero(reg, _) => {
                let compare = if reg.is_low() { 2 } else { 4 };
                let rest = delta - compare;
                let branch = if reaches(Branch::Cond, rest) { 2 } else { 4 };
                (reaches(Branch::Cond, rest) || reaches(Branch::CondWide, rest)).then_some(compare as u8 + branch)
            }
        }
    }

    fn write(&self, go: Go, delta: i32, size: u8, out: &mut Vec<u8>) -> Result<(), Refused> {
        let mut put = |row: Option<&'static Row>, operands: &[Operand]| {
            let code = encode(*self, row.ok_or(Refused::TooLarge)?, operands).map_err(|_| Refused::TooLarge)?;
            out.extend_from_slice(code.bytes());
            Ok(())
        };
        let to = |delta: i32| [Operand::To(delta)];
        match (go, size) {
            (Go::Always, 2) => put(rows!("b").rows().next(), &to(delta)),
            (Go::Always | Go::Wide, _) => put(rows!("b.w").rows().next(), &to(delta)),
            (Go::If(cond), 2) => put(conditional_row(Branch::Cond, cond), &to(delta)),
            (Go::If(cond), _) => put(conditional_row(Branch::CondWide, cond), &to(delta)),
            (Go::Zero(reg, cond), 2) => {
                let row = if cond == Cond::Eq { rows!("cbz") } else { rows!("cbnz") };
                put(row.rows().next(), &[Operand::Reg(reg), Operand::To(delta)])
            }
            (Go::Zero(reg, cond), _) => {
                let (row, compare) = if reg.is_low() { (rows!("cmp" as "$, $"), 2) } else { (rows!("cmp.w"), 4) };
                let operands = [Operand::Reg(reg), Operand::Imm(0)];
                let row = row.rows().find(|row| encode(*self, row, &operands).is_ok());
                put(row, &operands)?;
                let branch = if size == compare + 2 { Branch::Cond } else { Branch::CondWide };
                put(conditional_row(branch, cond), &to(delta - i32::from(compare)))
            }
        }
    }
}

/// Where the parts of a frame lie, in bytes from sp.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Frame {
    /// Slots; arguments for others lie before them.
    pub slots: i32,
    /// Spilled registers.
    pub words: i32,
    /// Float registers that calls keep.
    pub floats: i32,
    /// Its end: pushed registers follow.
    pub size: i32,
    /// Arguments that came on the stack.
    pub incoming: i32,
}

/// Code of one function.
pub struct Emit<'a> {
    pub isa: Isa,
    pub homes: &'a Homes,
    pub frame: Frame,
    pub code: CodeBuf<Go>,
    /// Whether lr was written.
    pub used_lr: bool,
}

impl Emit<'_> {
    /// Appends the first of the rows that takes these operands.
    pub fn put(&mut self, choice: &Choice, operands: &[Operand]) -> Result<(), Refused> {
        if self.try_put(choice, operands)? { Ok(()) } else { Err(Refused::Unsupported("operands of an instruction")) }
    }

    /// The same; false if none takes them.
    pub fn try_put(&mut self, choice: &Choice, operands: &[Operand]) -> Result<bool, Refused> {
        match choice.rows().find_map(|row| encode(self.isa, row, operands).ok()) {
            Some(code) => self.code.put(code.bytes()).map(|()| true),
            None => Ok(false),
        }
    }

    /// The second register that no value lives in.
    pub fn lr(&mut self) -> Reg {
        self.used_lr = true;
        LR
    }

    /// A branch.
    pub fn go(&mut self, go: Go, to: Block) -> Result<(), Refused> {
        self.code.branch(go, to)
    }

    /// to = from
    pub fn mov(&mut self, to: Reg, from: Reg) -> Result<(), Refused> {
        if to == from { Ok(()) } else { self.put(rows!("mov"), &[Operand::Reg(to), Operand::Reg(from)]) }
    }

    /// reg = value; changes the flags.
    pub fn constant(&mut self, reg: Reg, value: u32) -> Result<(), Refused> {
        let to = Operand::Reg(reg);
        match imm::build(self.isa, value) {
            Build::Movs(byte) => self.put(rows!("movs", "mov.w"), &[to, Operand::Imm(byte.into())]),
            Build::Mov(word) => self.put(rows!("mov.w"), &[to, Operand::Imm(word as i32)]),
            Build::Mvn(word) => self.put(rows!("mvn.w"), &[to, Operand::Imm(word as i32)]),
            Build::Movw(low) => self.put(rows!("movw"), &[to, Operand::Imm(low.into())]),
            Build::MovwMovt(low, high) => {
                self.put(rows!("movw"), &[to, Operand::Imm(low.into())])?;
                self.put(rows!("movt"), &[to, Operand::Imm(high.into())])
            }
            Build::MovsLsls(..) | Build::MovsMvns(_) | Build::Literal(_) => Err(Refused::Unsupported("v6-M")),
        }
    }

    /// Where a word is: its register, or `temp` with what its place in the frame holds.
    pub fn read(&mut self, v: V, temp: Reg) -> Result<Reg, Refused> {
        match self.homes.of(v) {
            Home::Reg(reg) => Ok(Reg::new(reg.0)),
            Home::Word(word) => {
                self.load_sp(temp, self.frame.words + i32::from(word) * 4)?;
                Ok(temp)
            }
            Home::None => Err(Refused::Unsupported("a register that was never written")),
        }
    }

    /// Where a word should be computed: its register, or `temp`. `wrote` follows.
    pub fn dest(&self, v: V, temp: Reg) -> Reg {
        match self.homes.of(v) {
            Home::Reg(reg) => Reg::new(reg.0),
            Home::Word(_) | Home::None => temp,
        }
    }

    /// Brings a word that is in `reg` home.
    pub fn wrote(&mut self, v: V, reg: Reg) -> Result<(), Refused> {
        match self.homes.of(v) {
            Home::Reg(home) => self.mov(Reg::new(home.0), reg),
            Home::Word(word) => self.store_sp(reg, self.frame.words + i32::from(word) * 4),
            Home::None => Ok(()),
        }
    }

    /// Where a float is: its register, or `temp`.
    pub fn read_float(&mut self, v: V, temp: Single) -> Result<Single, Refused> {
        match self.homes.of(v) {
            Home::Reg(reg) => Ok(Single::new(reg.0)),
            Home::Word(word) => {
                self.load_single(temp, self.frame.words + i32::from(word) * 4)?;
                Ok(temp)
            }
            Home::None => Err(Refused::Unsupported("a register that was never written")),
        }
    }

    /// Where a float should be computed. `wrote_float` follows.
    pub fn dest_float(&self, v: V, temp: Single) -> Single {
        match self.homes.of(v) {
            Home::Reg(reg) => Single::new(reg.0),
            Home::Word(_) | Home::None => temp,
        }
    }

    /// Brings a float that is in `single` home.
    pub fn wrote_float(&mut self, v: V, single: Single) -> Result<(), Refused> {
        match self.homes.of(v) {
            Home::Reg(home) => self.mov_float(Single::new(home.0), single),
            Home::Word(word) => self.store_single(single, self.frame.words + i32::from(word) * 4),
            Home::None => Ok(()),
        }
    }

    /// to = from, floats.
    pub fn mov_float(&mut self, to: Single, from: Single) -> Result<(), Refused> {
        if to == from { Ok(()) } else { self.put(rows!("vmov.f32"), &[Operand::Single(to), Operand::Single(from)]) }
    }

    /// reg = the word at sp + off
    pub fn load_sp(&mut self, reg: Reg, off: i32) -> Result<(), Refused> {
        if self.try_put(rows!("ldr" as "$, [sp, $]"), &[Operand::Reg(reg), Operand::Imm(off)])? {
            return Ok(());
        }
        let wide = [Operand::Reg(reg), Operand::Reg(Reg::SP), Operand::Imm(off)];
        if self.try_put(rows!("ldr.w"), &wide)? { Ok(()) } else { Err(Refused::TooLarge) }
    }

    /// The word at sp + off = reg
    pub fn store_sp(&mut self, reg: Reg, off: i32) -> Result<(), Refused> {
        if self.try_put(rows!("str" as "$, [sp, $]"), &[Operand::Reg(reg), Operand::Imm(off)])? {
            return Ok(());
        }
        let wide = [Operand::Reg(reg), Operand::Reg(Reg::SP), Operand::Imm(off)];
        if self.try_put(rows!("str.w"), &wide)? { Ok(()) } else { Err(Refused::TooLarge) }
    }

    /// single = the float at sp + off
    pub fn load_single(&mut self, single: Single, off: i32) -> Result<(), Refused> {
        let operands = [Operand::Single(single), Operand::Reg(Reg::SP), Operand::Imm(off)];
        if self.try_put(rows!("vldr"), &operands)? { Ok(()) } else { Err(Refused::TooLarge) }
    }

    /// The float at sp + off = single
    pub fn store_single(&mut self, single: Single, off: i32) -> Result<(), Refused> {
        let operands = [Operand::Single(single), Operand::Reg(Reg::SP), Operand::Imm(off)];
        if self.try_put(rows!("vstr"), &operands)? { Ok(()) } else { Err(Refused::TooLarge) }
    }
}
