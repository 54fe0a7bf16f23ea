//! Where the checks of a function lead, read off its IR.

use crate::trace::{Trace, Version};
use ir::{Block, Func, Inst};

/// What becomes of control that leaves the straight way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// The general version goes on.
    General,
    /// A helper does the work, then the straight way goes on.
    Helper(&'static str),
    /// An exception is raised: by this helper, or it waits already.
    Raises(&'static str),
    /// It is a way like any other.
    Ordinary,
}

/// Facts about the instructions of a function.
pub struct Map<'a> {
    func: &'a Func,
    blocks: Vec<Option<Block>>,
    general: usize,
}

impl<'a> Map<'a> {
    /// Reads a function. The general version is made last.
    pub fn new(func: &'a Func, trace: &Trace) -> Map<'a> {
        let mut blocks = vec![None; func.insts.len()];
        for &block in &func.order {
            if let Some(data) = func.blocks.get(block.index())
                && let Some(all) = blocks.get_mut(data.start as usize..data.end as usize)
            {
                all.fill(Some(block));
            }
        }
        Map { func, blocks, general: trace.general.unwrap_or(usize::MAX) }
    }

    /// Which version an instruction is of.
    pub fn version(&self, inst: usize) -> Version {
        if inst >= self.general { Version::General } else { Version::Fast }
    }

    /// Whether control seldom comes to an instruction.
    pub fn is_cold(&self, inst: usize) -> bool {
        self.block_of(inst).is_some_and(|block| self.cold(block))
    }

    /// The block that begins with an instruction, marks of lines left out.
    pub fn begins(&self, inst: usize) -> Option<Block> {
        let block = self.block_of(inst)?;
        let first = start(self.func, block);
        let before = self.func.insts.get(first..inst)?;
        before.iter().all(|inst| matches!(inst, Inst::Line { .. })).then_some(block)
    }

    /// Where a check leads when it fails; `Ordinary` for what is no check.
    pub fn way(&self, inst: &Inst<ir::V>) -> Way {
        match *inst {
            Inst::AluOv { to, .. } | Inst::Exit { to, .. } | Inst::FExit { to, .. } | Inst::ToInt { to, .. } => {
                if self.cold(to) { self.follow(to) } else { Way::Ordinary }
            }
            _ => Way::Ordinary,
        }
    }

    fn follow(&self, from: Block) -> Way {
        let (mut block, mut helper) = (from, None);
        for _ in 0..LONGEST {
            for inst in self.func.block(block) {
                if let Inst::Call { helper: row, .. } = *inst
                    && let Some(sig) = self.func.helper(row)
                    && sig.name != BOX
                {
                    helper.get_or_insert(sig.name);
                }
            }
            let next = match self.func.block(block).last() {
                Some(&(Inst::Jump { to } | Inst::Br { or: to, .. } | Inst::FBr { or: to, .. })) => to,
                Some(Inst::Ret { .. }) => return Way::Raises(helper.unwrap_or("")),
                Some(_) | None => return Way::Ordinary,
            };
            match helper {
                Some("trace") => return Way::Raises(""),
                Some("unbound_local") => return Way::Raises("unbound_local"),
                _ if start(self.func, next) >= self.general && start(self.func, block) < self.general => {
                    return Way::General;
                }
                Some(helper) if !self.cold(next) => return Way::Helper(helper),
                Some(_) | None => block = next,
            }
        }
        Way::Ordinary
    }

    fn cold(&self, block: Block) -> bool {
        self.func.blocks.get(block.index()).is_some_and(|data| data.cold)
    }

    fn block_of(&self, inst: usize) -> Option<Block> {
        self.blocks.get(inst).copied().flatten()
    }
}

/// Most blocks of a way.
const LONGEST: usize = 12;
/// What moves values home may box floats; that is not what the way is for.
const BOX: &str = "box_float";

fn start(func: &Func, block: Block) -> usize {
    func.blocks.get(block.index()).map_or(0, |data| data.start as usize)
}
