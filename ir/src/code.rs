//! Machine code on its way: bytes, with branches left out until it is known how far they go.

use crate::builder::push;
use crate::inst::Block;
use crate::target::{LineRow, Refused};
use alloc::vec::Vec;

/// A machine's branches. Distances are in bytes from the start of the branch.
pub trait Branches {
    /// A branch: its kind, its condition, what it compares.
    type Branch: Copy;

    /// Bytes of the shortest form that goes `delta` bytes; nothing if none reaches.
    fn size(&self, branch: Self::Branch, delta: i32) -> Option<u8>;

    /// Writes the form of `size` bytes, which reaches.
    fn write(&self, branch: Self::Branch, delta: i32, size: u8, out: &mut Vec<u8>) -> Result<(), Refused>;
}

/// A branch to be put in.
struct Site<B> {
    /// Behind so many of the other bytes.
    at: u32,
    branch: B,
    to: Block,
    size: u8,
}

/// A place among bytes and branches: behind so many of each.
#[derive(Clone, Copy)]
struct Place {
    at: u32,
    sites: u32,
}

/// Code that is being written.
pub struct CodeBuf<B> {
    bytes: Vec<u8>,
    sites: Vec<Site<B>>,
    labels: Vec<Option<Place>>,
    lines: Vec<(Place, u32)>,
}

impl<B: Copy> CodeBuf<B> {
    /// For a function with so many blocks.
    pub fn new(blocks: usize) -> Result<CodeBuf<B>, Refused> {
        let mut labels = Vec::new();
        labels.try_reserve_exact(blocks).map_err(|_| Refused::Memory)?;
        labels.resize(blocks, None);
        Ok(CodeBuf { bytes: Vec::new(), sites: Vec::new(), labels, lines: Vec::new() })
    }

    /// Appends bytes that hold no branch.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        if crate::builder::extend(&mut self.bytes, bytes) { Ok(()) } else { Err(Refused::Memory) }
    }

    /// Appends a branch.
    pub fn branch(&mut self, branch: B, to: Block) -> Result<(), Refused> {
        let at = self.bytes.len() as u32;
        if push(&mut self.sites, Site { at, branch, to, size: 0 }) { Ok(()) } else { Err(Refused::Memory) }
    }

    /// The block starts here.
    pub fn label(&mut self, block: Block) {
        let here = self.here();
        if let Some(label) = self.labels.get_mut(block.index()) {
            *label = Some(here);
        }
    }

    /// What follows belongs to this source line.
    pub fn line(&mut self, line: u32) -> Result<(), Refused> {
        let here = self.here();
        if push(&mut self.lines, (here, line)) { Ok(()) } else { Err(Refused::Memory) }
    }

    fn here(&self) -> Place {
        Place { at: self.bytes.len() as u32, sites: self.sites.len() as u32 }
    }

    /// Puts the branches in, each in the shortest form that reaches.
    pub fn finish(mut self, machine: &impl Branches<Branch = B>) -> Result<(Vec<u8>, Vec<LineRow>), Refused> {
        // Bytes that the branches before each one take; the last entry is their sum.
        let mut before: Vec<u32> = Vec::new();
        before.try_reserve_exact(self.sites.len() + 1).map_err(|_| Refused::Memory)?;
        before.resize(self.sites.len() + 1, 0);
        // Forms only grow, so this ends.
        loop {
            let mut sum = 0;
            for (site, place) in self.sites.iter().zip(before.iter_mut()) {
                *place = sum;
                sum += u32::from(site.size);
            }
            if let Some(last) = before.last_mut() {
                *last = sum;
            }
            let mut grown = false;
            for at in 0..self.sites.len() {
                let Some(delta) = self.delta(at, &before) else { return Err(Refused::TooLarge) };
                let Some(site) = self.sites.get_mut(at) else { continue };
                let size = machine.size(site.branch, delta).ok_or(Refused::TooLarge)?;
                if size > site.size {
                    site.size = size;
                    grown = true;
                }
            }
            if !grown {
                break;
            }
        }
        self.join(machine, &before)
    }

    /// How far a branch goes.
    fn delta(&self, at: usize, before: &[u32]) -> Option<i32> {
        let site = self.sites.get(at)?;
        let from = site.at + before.get(at)?;
        let to = offset((*self.labels.get(site.to.index())?)?, before);
        Some(to as i32 - from as i32)
    }

    fn join(&self, machine: &impl Branches<Branch = B>, before: &[u32]) -> Result<(Vec<u8>, Vec<LineRow>), Refused> {
        let mut out = Vec::new();
        let total = self.bytes.len() + before.last().copied().unwrap_or(0) as usize;
        out.try_reserve_exact(total).map_err(|_| Refused::Memory)?;
        let mut done = 0;
        for (at, site) in self.sites.iter().enumerate() {
            out.extend_from_slice(self.bytes.get(done..site.at as usize).unwrap_or(&[]));
            done = site.at as usize;
            let delta = self.delta(at, before).ok_or(Refused::TooLarge)?;
            machine.write(site.branch, delta, site.size, &mut out)?;
        }
        out.extend_from_slice(self.bytes.get(done..).unwrap_or(&[]));
        let mut lines: Vec<LineRow> = Vec::new();
        lines.try_reserve_exact(self.lines.len()).map_err(|_| Refused::Memory)?;
        for &(place, line) in &self.lines {
            let offset = offset(place, before);
            match lines.last_mut() {
                Some(last) if last.offset == offset => last.line = line,
                Some(last) if last.line == line => {}
                Some(_) | None => lines.push(LineRow { offset, line }),
            }
        }
        Ok((out, lines))
    }
}

fn offset(place: Place, before: &[u32]) -> u32 {
    place.at + before.get(place.sites as usize).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    /// Branches of one byte that reach 3 bytes forward, and of four that go anywhere.
    struct Toy;

    impl Branches for Toy {
        type Branch = ();

        fn size(&self, (): (), delta: i32) -> Option<u8> {
            Some(if (0..=3).contains(&delta) { 1 } else { 4 })
        }

        fn write(&self, (): (), delta: i32, size: u8, out: &mut Vec<u8>) -> Result<(), Refused> {
            out.extend(core::iter::repeat_n(delta as u8, usize::from(size)));
            Ok(())
        }
    }

    #[test]
    fn branches_grow_until_all_reach() {
        let blocks: Vec<Block> = (0..3).filter_map(Block::new).collect();
        let mut code = CodeBuf::new(3).unwrap();
        code.label(blocks[0]);
        code.line(7).unwrap();
        code.branch((), blocks[1]).unwrap();
        code.put(&[100]).unwrap();
        // Backwards, so long; which puts the first one's goal out of its reach.
        code.branch((), blocks[0]).unwrap();
        code.line(8).unwrap();
        code.label(blocks[1]);
        code.branch((), blocks[2]).unwrap();
        code.label(blocks[2]);
        let (bytes, lines) = code.finish(&Toy).unwrap();
        assert_eq!(bytes, [9, 9, 9, 9, 100, 251, 251, 251, 251, 1]);
        assert_eq!(lines, vec![LineRow { offset: 0, line: 7 }, LineRow { offset: 9, line: 8 }]);
    }

    #[test]
    fn a_branch_to_nowhere_is_refused() {
        let mut code = CodeBuf::new(1).unwrap();
        code.branch((), Block::FIRST).unwrap();
        assert_eq!(code.finish(&Toy).err(), Some(Refused::TooLarge));
    }
}
