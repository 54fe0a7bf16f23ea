//! Literal pools, which `l32r` can only find below itself.

use alloc::collections::TryReserveError;
use alloc::vec::Vec;

/// Words that the code after them loads.
#[derive(Debug, Default)]
pub struct Pool {
    words: Vec<u32>,
}

/// Index of a word in a pool.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slot(u16);

/// Why a pool takes no more words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Full {
    /// No `l32r` could reach the first word any more.
    Reach,
    /// There is no memory.
    Memory(TryReserveError),
}

impl Pool {
    /// The slot of this word, which is added if it is not there yet.
    pub fn intern(&mut self, word: u32) -> Result<Slot, Full> {
        let place = self.words.iter().position(|&known| known == word).unwrap_or(self.words.len());
        let slot = u16::try_from(place).map(Slot).map_err(|_| Full::Reach)?;
        if place == self.words.len() {
            self.words.try_reserve(1).map_err(Full::Memory)?;
            self.words.push(word);
        }
        Ok(slot)
    }

    /// Its words, to be laid down at an address that is a multiple of four, before the code.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// The operand of an `l32r` for this slot, `offset` bytes after the end of the pool. Nothing if out of reach.
    pub fn distance(&self, slot: Slot, offset: u32) -> Option<i32> {
        let below = (self.words.len() as u32).checked_sub(u32::from(slot.0))?.checked_mul(4)?;
        let total = offset.checked_add(3)? & !3;
        let total = total.checked_add(below)?;
        (4..=262_144).contains(&total).then_some(-(total as i32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Isa, Operand, Reg, assemble};

    #[test]
    fn words_are_shared_and_reached() {
        let mut pool = Pool::default();
        let first = pool.intern(7).unwrap();
        let second = pool.intern(9).unwrap();
        assert_eq!(pool.intern(7), Ok(first));
        assert_eq!(pool.words(), [7, 9]);
        assert_eq!([pool.distance(first, 0), pool.distance(second, 0)], [Some(-8), Some(-4)]);
        assert_eq!(pool.distance(second, 1), Some(-8));
        let farthest = pool.distance(second, 262_140).unwrap();
        assert!(assemble(Isa::Lx106, "l32r", &[Operand::Reg(Reg::A2), Operand::To(farthest)]).is_ok());
        assert_eq!([pool.distance(second, 262_141), pool.distance(second, u32::MAX)], [None, None]);
    }
}
