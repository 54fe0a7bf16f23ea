//! Loads, stores and addresses.

use ir::regalloc::Home;
use ir::{Operand as B, Refused, Slot, V, Width};

use super::Lower;
use crate::choice::Choice;
use crate::emit::{IP, rows};
use crate::operand::Operand;
use crate::reg::{Reg, Shift};

/// A register and how far it is shifted to the left.
pub type Index = (V, u8);

fn load_rows(w: Width) -> &'static Choice {
    match w {
        Width::U8 => rows!("ldrb", "ldrb.w"),
        Width::S8 => rows!("ldrsb", "ldrsb.w"),
        Width::U16 => rows!("ldrh", "ldrh.w"),
        Width::S16 => rows!("ldrsh", "ldrsh.w"),
        Width::U32 | Width::S32 | Width::Word => rows!("ldr", "ldr.w"),
    }
}

fn store_rows(w: Width) -> &'static Choice {
    match w {
        Width::U8 | Width::S8 => rows!("strb", "strb.w"),
        Width::U16 | Width::S16 => rows!("strh", "strh.w"),
        Width::U32 | Width::S32 | Width::Word => rows!("str", "str.w"),
    }
}

impl Lower<'_> {
    /// d = memory at base + off
    pub fn load(&mut self, w: Width, d: V, base: V, off: i32) -> Result<(), Refused> {
        let (base, off) = self.place(base, off)?;
        let rd = self.emit.dest(d, IP);
        self.emit.put(load_rows(w), &[Operand::Reg(rd), Operand::Reg(base), Operand::Imm(off)])?;
        self.emit.wrote(d, rd)
    }

    /// d = memory at base + (index << shift) + off
    pub fn load_at(&mut self, w: Width, d: V, base: V, index: Index, off: i32) -> Result<(), Refused> {
        let rd = self.emit.dest(d, IP);
        if off == 0 {
            let (x, y) = (self.emit.read(base, IP)?, self.operand(B::Reg(index.0))?);
            if self.indexed(load_rows(w), rd, x, (y, index.1))? {
                return self.emit.wrote(d, rd);
            }
        }
        let off = self.sum(base, index, off)?;
        self.emit.put(load_rows(w), &[Operand::Reg(rd), Operand::Reg(IP), Operand::Imm(off)])?;
        self.emit.wrote(d, rd)
    }

    /// memory at base + off = a
    pub fn store(&mut self, w: Width, a: V, base: V, off: i32) -> Result<(), Refused> {
        let (base, off) = self.place(base, off)?;
        let value = self.operand(B::Reg(a))?;
        self.emit.put(store_rows(w), &[Operand::Reg(value), Operand::Reg(base), Operand::Imm(off)])
    }

    /// memory at base + (index << shift) + off = a
    pub fn store_at(&mut self, w: Width, a: V, base: V, index: Index, off: i32) -> Result<(), Refused> {
        if off == 0
            && let Home::Reg(value) = self.emit.homes.of(a)
        {
            let (x, y) = (self.emit.read(base, IP)?, self.operand(B::Reg(index.0))?);
            if self.indexed(store_rows(w), Reg::new(value.0), x, (y, index.1))? {
                return Ok(());
            }
        }
        let off = self.sum(base, index, off)?;
        let value = self.operand(B::Reg(a))?;
        self.emit.put(store_rows(w), &[Operand::Reg(value), Operand::Reg(IP), Operand::Imm(off)])
    }

    fn indexed(&mut self, choice: &Choice, value: Reg, base: Reg, (index, shift): (Reg, u8)) -> Result<bool, Refused> {
        let three = [Operand::Reg(value), Operand::Reg(base), Operand::Reg(index)];
        let [v, b, i] = three;
        Ok((shift == 0 && self.emit.try_put(choice, &three)?)
            || self.emit.try_put(choice, &[v, b, i, Operand::Imm(shift.into())])?)
    }

    /// A base and what an instruction can add to it. The base may be ip; lr is free again.
    pub fn place(&mut self, base: V, off: i32) -> Result<(Reg, i32), Refused> {
        let x = self.emit.read(base, IP)?;
        if (-255..=4095).contains(&off) {
            return Ok((x, off));
        }
        self.add_constant(IP, x, off)?;
        Ok((IP, 0))
    }

    /// ip = base + (index << shift), and off if no instruction can add it; what it can is given back. lr is free again.
    pub fn sum(&mut self, base: V, (index, shift): Index, off: i32) -> Result<i32, Refused> {
        let (x, y) = (self.emit.read(base, IP)?, self.operand(B::Reg(index))?);
        let (ip, x, y) = (Operand::Reg(IP), Operand::Reg(x), Operand::Reg(y));
        if shift == 0 {
            self.emit.put(rows!("add.w"), &[ip, x, y])?;
        } else {
            self.emit.put(rows!("add.w"), &[ip, x, y, Operand::Shift(Shift::Lsl, shift & 31)])?;
        }
        if (-255..=4095).contains(&off) {
            return Ok(off);
        }
        self.add_constant(IP, IP, off)?;
        Ok(0)
    }

    /// d = address of a slot
    pub fn slot_address(&mut self, d: V, slot: Slot) -> Result<(), Refused> {
        let before: usize = self.func.slots.iter().take(slot.index()).map(|&words| usize::from(words)).sum();
        let off = self.emit.frame.slots + before as i32 * 4;
        let rd = self.emit.dest(d, IP);
        if !self.emit.try_put(rows!("add" as "$, sp, $"), &[Operand::Reg(rd), Operand::Imm(off)])? {
            let operands = [Operand::Reg(rd), Operand::Reg(Reg::SP), Operand::Imm(off)];
            self.emit.put(rows!("add.w", "addw"), &operands)?;
        }
        self.emit.wrote(d, rd)
    }
}
