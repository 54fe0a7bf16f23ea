//! The names and constants of a module while it is being compiled.

use super::code::Const;
use super::op::ConstId;
use crate::mem::{NoMemory, Vec};
use crate::qstr::Qstr;

/// Tables that the bytecode refers to by index.
#[derive(Default)]
pub struct Tables {
    /// Names, in order of first use.
    pub qstrs: Vec<Qstr>,
    /// Constants, in order of first use.
    pub consts: Vec<Const>,
    /// Open-addressed: index of a name + 1, 0 for empty; its length is a power of two.
    index: Vec<u32>,
}

impl Tables {
    /// The index of `name`, put there if it is new.
    pub fn use_qstr(&mut self, name: Qstr) -> Result<usize, NoMemory> {
        if (self.qstrs.len() + 1) * 2 > self.index.len() {
            self.grow()?;
        }
        let slot = self.slot(name);
        let found = self.index.get(slot).copied().unwrap_or(0) as usize;
        if found != 0 {
            return Ok(found - 1);
        }
        self.qstrs.push(name)?;
        if let Some(entry) = self.index.get_mut(slot) {
            *entry = self.qstrs.len() as u32;
        }
        Ok(self.qstrs.len() - 1)
    }

    /// The index of `constant`, put there if it is new.
    pub fn use_const(&mut self, constant: Const) -> Result<ConstId, NoMemory> {
        if let Some(at) = self.consts.iter().position(|known| known.same(&constant)) {
            return Ok(ConstId(at as u32));
        }
        self.consts.push(constant)?;
        Ok(ConstId(self.consts.len() as u32 - 1))
    }

    /// Forgets all but the first names and constants.
    pub fn rewind(&mut self, qstrs: usize, consts: usize) {
        self.consts.truncate(consts);
        if qstrs < self.qstrs.len() {
            self.qstrs.truncate(qstrs);
            self.index.iter_mut().for_each(|entry| *entry = 0);
            self.enter_all();
        }
    }

    fn grow(&mut self) -> Result<(), NoMemory> {
        let size = (self.index.len() * 2).max(16);
        self.index.clear();
        self.index.resize(size, 0)?;
        self.enter_all();
        Ok(())
    }

    /// Enters all names into the empty index.
    fn enter_all(&mut self) {
        for at in 0..self.qstrs.len() {
            if let Some(&name) = self.qstrs.get(at) {
                let slot = self.slot(name);
                if let Some(entry) = self.index.get_mut(slot) {
                    *entry = at as u32 + 1;
                }
            }
        }
    }

    /// Where `name` is or would be.
    fn slot(&self, name: Qstr) -> usize {
        let mask = self.index.len() - 1;
        let mut slot = name.0.wrapping_mul(0x9E37_79B1) as usize >> 7 & mask;
        while let Some(&at) = self.index.get(slot) {
            if at == 0 || self.qstrs.get(at as usize - 1) == Some(&name) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::{Const, ConstId, Qstr, Tables};

    #[test]
    fn names_and_constants_are_kept_once() {
        let mut tables = Tables::default();
        for round in 0..2 {
            for n in 0..100 {
                assert_eq!(tables.use_qstr(Qstr(n * 7 + 1)), Ok(n as usize), "{round}");
            }
        }
        assert_eq!(tables.use_const(Const::Float(0.0)), Ok(ConstId(0)));
        assert_eq!(tables.use_const(Const::Float(-0.0)), Ok(ConstId(1)));
        assert_eq!(tables.use_const(Const::Float(0.0)), Ok(ConstId(0)));
        tables.rewind(50, 1);
        assert_eq!((tables.qstrs.len(), tables.consts.len()), (50, 1));
        assert_eq!(tables.use_qstr(Qstr(49 * 7 + 1)), Ok(49));
        assert_eq!(tables.use_qstr(Qstr(51 * 7 + 1)), Ok(50));
    }
}
