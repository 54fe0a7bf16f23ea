//! Calls, and the function's own arguments.

use alloc::vec::Vec;

use ir::moves::in_order;
use ir::regalloc::Home;
use ir::{Block, Class, Helper, List, Refused, V};

use super::Lower;
use crate::emit::{FLOAT_TEMPS, Go, IP, LR, rows};
use crate::operand::Operand;
use crate::reg::{Cond, Reg, Single};

/// How many words and floats travel in registers.
const WORDS: usize = 4;
const SINGLES: usize = 14;

/// Where an argument is or goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Reg(Reg),
    Single(Single),
    /// In the frame, from sp.
    Stack(i32),
}

impl Lower<'_> {
    /// d = helper(args)
    pub fn call(&mut self, helper: Helper, d: Option<V>, args: List, err: Option<Block>) -> Result<(), Refused> {
        let Some(table) = self.func.table else { return Err(Refused::Unsupported("a call without a table")) };
        let (base, off) = self.place(table.base, table.off + helper.index() as i32 * 4)?;
        self.emit.put(rows!("ldr.w"), &[Operand::Reg(IP), Operand::Reg(base), Operand::Imm(off)])?;
        self.call_ip(d, args, err)
    }

    /// d = (*target)(args)
    pub fn call_to(&mut self, target: V, d: Option<V>, args: List, err: Option<Block>) -> Result<(), Refused> {
        let from = self.emit.read(target, IP)?;
        self.emit.mov(IP, from)?;
        self.call_ip(d, args, err)
    }

    /// Calls what ip points to.
    fn call_ip(&mut self, d: Option<V>, args: List, err: Option<Block>) -> Result<(), Refused> {
        let (mut words, mut floats) = (0, 0);
        let mut moves = Vec::new();
        for &v in args.of(&self.func.args) {
            let to = self.argument(v, &mut words, &mut floats, 0)?;
            let from = self.home(v)?;
            match to {
                // Nothing else is read from there, so it may be filled first.
                Place::Stack(_) => self.copy(to, from)?,
                Place::Reg(_) | Place::Single(_) => note(&mut moves, (to, from))?,
            }
        }
        self.arrange(moves)?;
        self.emit.lr();
        self.emit.put(rows!("blx"), &[Operand::Reg(IP)])?;
        if let Some(err) = err {
            self.emit.go(Go::Zero(Reg::R0, Cond::Eq), err)?;
        }
        match d.map(|d| (d, self.func.class(d))) {
            Some((d, Class::Word)) => self.emit.wrote(d, Reg::R0),
            Some((d, Class::Float)) => self.emit.wrote_float(d, Single::new(0)),
            None => Ok(()),
        }
    }

    /// Brings the function's own arguments home.
    pub fn parameters(&mut self) -> Result<(), Refused> {
        let (mut words, mut floats) = (0, 0);
        let mut moves = Vec::new();
        let mut late = Vec::new();
        for &v in &self.func.params {
            let from = self.argument(v, &mut words, &mut floats, self.emit.frame.incoming)?;
            let to = self.home(v)?;
            match (to, from) {
                (_, Place::Stack(_)) => note(&mut late, (to, from))?,
                (Place::Stack(_), _) => self.copy(to, from)?,
                (Place::Reg(_) | Place::Single(_), _) => note(&mut moves, (to, from))?,
            }
        }
        self.arrange(moves)?;
        for (to, from) in late {
            self.copy(to, from)?;
        }
        Ok(())
    }

    /// Where the next argument travels; those on the stack begin at `stack`.
    fn argument(&self, v: V, words: &mut usize, floats: &mut usize, stack: i32) -> Result<Place, Refused> {
        match self.func.class(v) {
            Class::Word => {
                let at = *words;
                *words += 1;
                Ok(match at {
                    0..WORDS => Place::Reg(Reg::new(at as u8)),
                    _ => Place::Stack(stack + (at - WORDS) as i32 * 4),
                })
            }
            Class::Float => {
                let at = *floats;
                *floats += 1;
                if at < SINGLES { Ok(Place::Single(Single::new(at as u8))) } else { Err(Refused::TooLarge) }
            }
        }
    }

    fn home(&self, v: V) -> Result<Place, Refused> {
        match (self.emit.homes.of(v), self.func.class(v)) {
            (Home::Reg(reg), Class::Word) => Ok(Place::Reg(Reg::new(reg.0))),
            (Home::Reg(reg), Class::Float) => Ok(Place::Single(Single::new(reg.0))),
            (Home::Word(word), _) => Ok(Place::Stack(self.emit.frame.words + i32::from(word) * 4)),
            (Home::None, _) => Err(Refused::Unsupported("a register that was never written")),
        }
    }

    /// Moves to registers of both classes, each as if all happened at once.
    fn arrange(&mut self, moves: Vec<(Place, Place)>) -> Result<(), Refused> {
        let (mut words, mut floats) = (Vec::new(), Vec::new());
        for (to, from) in moves {
            let class = if matches!(to, Place::Single(_)) { &mut floats } else { &mut words };
            note(class, (to, from))?;
        }
        in_order(&mut words, Place::Reg(LR), |to, from| self.copy(to, from))?;
        in_order(&mut floats, Place::Single(FLOAT_TEMPS[0]), |to, from| self.copy(to, from))
    }

    fn copy(&mut self, to: Place, from: Place) -> Result<(), Refused> {
        match (to, from) {
            (Place::Reg(to), Place::Reg(from)) => {
                self.emit.used_lr |= to == LR;
                self.emit.mov(to, from)
            }
            (Place::Single(to), Place::Single(from)) => self.emit.mov_float(to, from),
            (Place::Reg(to), Place::Stack(off)) => self.emit.load_sp(to, off),
            (Place::Single(to), Place::Stack(off)) => self.emit.load_single(to, off),
            (Place::Stack(off), Place::Reg(from)) => self.emit.store_sp(from, off),
            (Place::Stack(off), Place::Single(from)) => self.emit.store_single(from, off),
            (Place::Stack(to), Place::Stack(from)) => {
                let lr = self.emit.lr();
                self.emit.load_sp(lr, from)?;
                self.emit.store_sp(lr, to)
            }
            (Place::Reg(to), Place::Single(from)) => {
                self.emit.put(rows!("vmov" as "$, $"), &[Operand::Reg(to), Operand::Single(from)])
            }
            (Place::Single(to), Place::Reg(from)) => {
                self.emit.put(rows!("vmov" as "$, $"), &[Operand::Single(to), Operand::Reg(from)])
            }
        }
    }
}

fn note(moves: &mut Vec<(Place, Place)>, item: (Place, Place)) -> Result<(), Refused> {
    moves.try_reserve(1).map_err(|_| Refused::Memory)?;
    moves.push(item);
    Ok(())
}
