//! Comparisons and where they lead.

use ir::{Block, Cc, List, Operand as B, Refused, V};

use super::Lower;
use crate::emit::{Go, IP, rows};
use crate::operand::Operand;
use crate::reg::{Cond, Reg, Shift};

impl Lower<'_> {
    /// Sets the flags; the condition holds if `a cc b` does.
    pub fn compare(&mut self, cc: Cc, a: V, b: B<V>) -> Result<Cond, Refused> {
        let x = Operand::Reg(self.emit.read(a, IP)?);
        let cond = match cc {
            Cc::Eq | Cc::NoBits => Cond::Eq,
            Cc::Ne | Cc::Bits => Cond::Ne,
            Cc::Lt => Cond::Lt,
            Cc::Le => Cond::Le,
            Cc::Gt => Cond::Gt,
            Cc::Ge => Cond::Ge,
            Cc::Ult => Cond::Cc,
            Cc::Ule => Cond::Ls,
            Cc::Ugt => Cond::Hi,
            Cc::Uge => Cond::Cs,
        };
        let tests = matches!(cc, Cc::Bits | Cc::NoBits);
        let choice = if tests { rows!("tst", "tst.w") } else { rows!("cmp", "cmp.w") };
        if let B::Imm(value) = b {
            if self.emit.try_put(choice, &[x, Operand::Imm(value)])? {
                return Ok(cond);
            }
            // Zero is its own opposite and leaves another carry; it never comes here.
            if !tests
                && let Some(value) = value.checked_neg()
                && self.emit.try_put(rows!("cmn.w"), &[x, Operand::Imm(value)])?
            {
                return Ok(cond);
            }
        }
        let y = self.operand(b)?;
        self.emit.put(choice, &[x, Operand::Reg(y)])?;
        Ok(cond)
    }

    /// A branch that is taken if `a cc b` holds.
    pub fn condition(&mut self, cc: Cc, a: V, b: B<V>) -> Result<Go, Refused> {
        let zero = match (cc, b) {
            (Cc::Eq, B::Imm(0)) => Some(Cond::Eq),
            (Cc::Ne, B::Imm(0)) => Some(Cond::Ne),
            _ => None,
        };
        match zero {
            Some(cond) => Ok(Go::Zero(self.emit.read(a, IP)?, cond)),
            None => self.compare(cc, a, b).map(Go::If),
        }
    }

    /// To `to` if the branch is taken, else to `or`.
    pub fn either(&mut self, go: Go, to: Block, or: Block) -> Result<(), Refused> {
        if self.next == Some(to) {
            let opposite = match go {
                Go::If(cond) => Go::If(cond.inverted()),
                Go::Zero(reg, cond) => Go::Zero(reg, cond.inverted()),
                Go::Always | Go::Wide => go,
            };
            return self.emit.go(opposite, or);
        }
        self.emit.go(go, to)?;
        self.jump(or)
    }

    /// To `to`.
    pub fn jump(&mut self, to: Block) -> Result<(), Refused> {
        if self.next == Some(to) { Ok(()) } else { self.emit.go(Go::Always, to) }
    }

    /// d = 1 if the condition holds, else 0.
    pub fn set(&mut self, d: V, cond: Cond) -> Result<(), Refused> {
        let rd = self.emit.dest(d, IP);
        self.emit.put(rows!("ite"), &[Operand::Cond(cond)])?;
        for value in [1, 0] {
            self.emit.put(rows!("movs", "mov.w"), &[Operand::Reg(rd), Operand::Imm(value)])?;
        }
        self.emit.wrote(d, rd)
    }

    /// To the block that `a` counts to: over a row of branches of four bytes each.
    pub fn switch(&mut self, a: V, blocks: List, or: Block) -> Result<(), Refused> {
        let targets = blocks.of(&self.func.targets);
        let cond = self.compare(Cc::Uge, a, B::Imm(targets.len() as i32))?;
        self.emit.go(Go::If(cond), or)?;
        let x = self.emit.read(a, IP)?;
        let (ip, lr) = (Operand::Reg(IP), Operand::Reg(self.emit.lr()));
        // Read two instructions before the branches, pc points one of them behind itself.
        self.emit.put(rows!("add.w"), &[ip, Operand::Reg(x), Operand::Imm(1)])?;
        self.emit.put(rows!("mov"), &[lr, Operand::Reg(Reg::PC)])?;
        self.emit.put(rows!("add.w"), &[lr, lr, ip, Operand::Shift(Shift::Lsl, 2)])?;
        self.emit.put(rows!("mov"), &[Operand::Reg(Reg::PC), lr])?;
        for &to in targets {
            self.emit.go(Go::Wide, to)?;
        }
        Ok(())
    }
}
