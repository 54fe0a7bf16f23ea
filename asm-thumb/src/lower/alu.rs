//! Word arithmetic.

use ir::{Alu, Block, Operand as B, Ov, Refused, Un, V};

use super::Lower;
use crate::choice::Choice;
use crate::emit::{Go, IP, rows};
use crate::operand::Operand;
use crate::reg::{Cond, Reg, Shift};

fn reg(reg: Reg) -> Operand {
    Operand::Reg(reg)
}

impl Lower<'_> {
    /// d = a op b
    pub fn alu(&mut self, op: Alu, d: V, a: V, b: B<V>) -> Result<(), Refused> {
        let x = self.emit.read(a, IP)?;
        let rd = self.emit.dest(d, IP);
        match (op, b) {
            (Alu::Sdiv | Alu::Udiv, _) => {
                let y = self.operand(b)?;
                let choice = if op == Alu::Sdiv { rows!("sdiv") } else { rows!("udiv") };
                self.emit.put(choice, &[reg(rd), reg(x), reg(y)])?;
            }
            (Alu::Srem | Alu::Urem, _) => self.remainder(op, rd, (x, a), b)?,
            (Alu::Shl | Alu::Shr | Alu::Sar | Alu::Rotl | Alu::Rotr, B::Imm(amount)) => {
                self.shift(op, rd, x, (amount & 31) as u8)?;
            }
            (Alu::Shl | Alu::Shr | Alu::Sar | Alu::Rotl | Alu::Rotr, B::Reg(b)) => self.shift_by(op, rd, x, b)?,
            (Alu::Add, B::Imm(value)) => self.add_constant(rd, x, value)?,
            (Alu::Sub, B::Imm(value)) => self.add_constant(rd, x, value.wrapping_neg())?,
            (Alu::And | Alu::Or | Alu::Xor, B::Imm(value)) => {
                let operands = [reg(rd), reg(x), Operand::Imm(value)];
                let inverse = [reg(rd), reg(x), Operand::Imm(!value)];
                let (plain, other) = match op {
                    Alu::And => (rows!("and.w"), Some(rows!("bic.w"))),
                    Alu::Or => (rows!("orr.w"), Some(rows!("orn"))),
                    _ => (rows!("eor.w"), None),
                };
                let done = self.emit.try_put(plain, &operands)?
                    || match other {
                        Some(other) => self.emit.try_put(other, &inverse)?,
                        None => false,
                    };
                if !done {
                    let y = self.operand(b)?;
                    self.two(op, rd, x, y)?;
                }
            }
            (Alu::Add | Alu::Sub | Alu::Mul | Alu::And | Alu::Or | Alu::Xor, _) => {
                let y = self.operand(b)?;
                self.two(op, rd, x, y)?;
            }
        }
        self.emit.wrote(d, rd)
    }

    /// The second operand, in lr if it has no register.
    pub fn operand(&mut self, b: B<V>) -> Result<Reg, Refused> {
        match b {
            B::Reg(b) => match self.emit.homes.of(b) {
                ir::regalloc::Home::Reg(home) => Ok(Reg::new(home.0)),
                _ => {
                    let lr = self.emit.lr();
                    self.emit.read(b, lr)
                }
            },
            B::Imm(value) => {
                let lr = self.emit.lr();
                self.emit.constant(lr, value as u32)?;
                Ok(lr)
            }
        }
    }

    /// rd = x op y, in the shortest form.
    fn two(&mut self, op: Alu, rd: Reg, x: Reg, y: Reg) -> Result<(), Refused> {
        // All but subtraction take their operands in either order, and have a short form with one of them in place.
        let (narrow, wide) = match op {
            Alu::Add => (rows!("add" as "$, $"), rows!("adds", "add.w")),
            Alu::Sub => return self.emit.put(rows!("subs", "sub.w"), &[reg(rd), reg(x), reg(y)]),
            Alu::Mul => (rows!("muls"), rows!("mul")),
            Alu::And => (rows!("ands"), rows!("and.w")),
            Alu::Or => (rows!("orrs"), rows!("orr.w")),
            _ => (rows!("eors"), rows!("eor.w")),
        };
        let other = match rd {
            _ if rd == x => Some(y),
            _ if rd == y => Some(x),
            _ => None,
        };
        if let Some(other) = other
            && self.emit.try_put(narrow, &[reg(rd), reg(other)])?
        {
            return Ok(());
        }
        self.emit.put(wide, &[reg(rd), reg(x), reg(y)])
    }

    /// rd = x + value
    pub fn add_constant(&mut self, rd: Reg, x: Reg, value: i32) -> Result<(), Refused> {
        if value == 0 {
            return self.emit.mov(rd, x);
        }
        let less = value.wrapping_neg();
        for (narrow, wide, value) in
            [(rows!("adds"), rows!("add.w", "addw"), value), (rows!("subs"), rows!("sub.w", "subw"), less)]
        {
            let three = [reg(rd), reg(x), Operand::Imm(value)];
            if (rd == x && self.emit.try_put(narrow, &[reg(rd), Operand::Imm(value)])?)
                || self.emit.try_put(narrow, &three)?
                || self.emit.try_put(wide, &three)?
            {
                return Ok(());
            }
        }
        let y = self.operand(B::Imm(value))?;
        self.two(Alu::Add, rd, x, y)
    }

    fn shift(&mut self, op: Alu, rd: Reg, x: Reg, amount: u8) -> Result<(), Refused> {
        if amount == 0 {
            return self.emit.mov(rd, x);
        }
        let (choice, amount) = match op {
            Alu::Shl => (rows!("lsls" as "$, $, $", "lsl.w"), amount),
            Alu::Shr => (rows!("lsrs" as "$, $, $", "lsr.w"), amount),
            Alu::Sar => (rows!("asrs" as "$, $, $", "asr.w"), amount),
            Alu::Rotl => (rows!("ror.w"), 32 - amount),
            _ => (rows!("ror.w"), amount),
        };
        self.emit.put(choice, &[reg(rd), reg(x), Operand::Imm(amount.into())])
    }

    /// The machine looks at eight bits of an amount, the IR at five.
    fn shift_by(&mut self, op: Alu, rd: Reg, x: Reg, b: V) -> Result<(), Refused> {
        let lr = self.emit.lr();
        let y = self.emit.read(b, lr)?;
        let choice = match op {
            Alu::Shl => rows!("lsl.w" as "$, $, $"),
            Alu::Shr => rows!("lsr.w" as "$, $, $"),
            Alu::Sar => rows!("asr.w" as "$, $, $"),
            _ => rows!("ror.w" as "$, $, $"),
        };
        let y = match op {
            Alu::Rotr => y,
            Alu::Rotl => {
                self.emit.put(rows!("rsb.w"), &[reg(lr), reg(y), Operand::Imm(0)])?;
                lr
            }
            _ => {
                self.emit.put(rows!("and.w"), &[reg(lr), reg(y), Operand::Imm(31)])?;
                lr
            }
        };
        self.emit.put(choice, &[reg(rd), reg(x), reg(y)])
    }

    /// rd = a - a / b * b. `x` is where a is.
    fn remainder(&mut self, op: Alu, rd: Reg, (x, a): (Reg, V), b: B<V>) -> Result<(), Refused> {
        let y = self.operand(b)?;
        let divide = if op == Alu::Srem { rows!("sdiv") } else { rows!("udiv") };
        let lr = self.emit.lr();
        let quotient = [rd, IP, lr].into_iter().find(|&temp| temp != x && temp != y);
        if let Some(quotient) = quotient {
            self.emit.put(divide, &[reg(quotient), reg(x), reg(y)])?;
            return self.emit.put(rows!("mls"), &[reg(rd), reg(quotient), reg(y), reg(x)]);
        }
        // Neither operand has a register: they are read again.
        self.emit.put(divide, &[reg(lr), reg(x), reg(y)])?;
        match b {
            B::Reg(b) => self.emit.read(b, IP)?,
            B::Imm(value) => {
                self.emit.constant(IP, value as u32)?;
                IP
            }
        };
        self.emit.put(rows!("mul"), &[reg(lr), reg(lr), reg(IP)])?;
        let x = self.emit.read(a, IP)?;
        self.emit.put(rows!("sub.w"), &[reg(rd), reg(x), reg(lr)])
    }

    /// d = a op b; to `to` on signed overflow, with d as it was.
    pub fn alu_ov(&mut self, op: Ov, d: V, a: V, b: B<V>, to: Block) -> Result<(), Refused> {
        let x = self.emit.read(a, IP)?;
        let rd = if self.lives.keeps_old(self.at) { IP } else { self.emit.dest(d, IP) };
        if op == Ov::Mul {
            let y = self.operand(b)?;
            let lr = self.emit.lr();
            self.emit.put(rows!("smull"), &[reg(IP), reg(lr), reg(x), reg(y)])?;
            self.emit.put(rows!("cmp.w"), &[reg(lr), reg(IP), Operand::Shift(Shift::Asr, 31)])?;
            self.emit.go(Go::If(Cond::Ne), to)?;
            return self.emit.wrote(d, IP);
        }
        let (plain, other) = match op {
            Ov::Add => (rows!("adds", "adds.w"), rows!("subs", "subs.w")),
            _ => (rows!("subs", "subs.w"), rows!("adds", "adds.w")),
        };
        let done = match b {
            B::Reg(_) => false,
            B::Imm(value) => self.set_flags(plain, rd, x, value)? || self.opposite(other, rd, x, value)?,
        };
        if !done {
            let y = self.operand(b)?;
            self.emit.put(plain, &[reg(rd), reg(x), reg(y)])?;
        }
        self.emit.go(Go::If(Cond::Vs), to)?;
        self.emit.wrote(d, rd)
    }

    fn set_flags(&mut self, choice: &Choice, rd: Reg, x: Reg, value: i32) -> Result<bool, Refused> {
        Ok((rd == x && self.emit.try_put(choice, &[reg(rd), Operand::Imm(value)])?)
            || self.emit.try_put(choice, &[reg(rd), reg(x), Operand::Imm(value)])?)
    }

    /// Adding a constant overflows when taking its opposite away does, but for the least number, which has none.
    fn opposite(&mut self, choice: &Choice, rd: Reg, x: Reg, value: i32) -> Result<bool, Refused> {
        match value.checked_neg() {
            Some(value) => self.set_flags(choice, rd, x, value),
            None => Ok(false),
        }
    }

    /// d = op a
    pub fn un(&mut self, op: Un, d: V, a: V) -> Result<(), Refused> {
        let x = self.emit.read(a, IP)?;
        let rd = self.emit.dest(d, IP);
        let two = [reg(rd), reg(x)];
        match op {
            Un::Neg => {
                if !self.emit.try_put(rows!("rsbs"), &two)? {
                    self.emit.put(rows!("rsb.w"), &[reg(rd), reg(x), Operand::Imm(0)])?;
                }
            }
            Un::Not => self.emit.put(rows!("mvns", "mvn.w"), &two)?,
            Un::S8 => self.emit.put(rows!("sxtb", "sxtb.w"), &two)?,
            Un::S16 => self.emit.put(rows!("sxth", "sxth.w"), &two)?,
            Un::U8 => self.emit.put(rows!("uxtb", "uxtb.w"), &two)?,
            Un::U16 => self.emit.put(rows!("uxth", "uxth.w"), &two)?,
            Un::S32 | Un::U32 => self.emit.mov(rd, x)?,
        }
        self.emit.wrote(d, rd)
    }
}
