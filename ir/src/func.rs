//! One function: instructions in blocks, register classes, pools, frame slots.

use crate::inst::{Block, Class, Helper, Inst, Slot, V};
use alloc::string::String;
use alloc::vec::Vec;

/// Size of a machine word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// 32 bits: the boards.
    W32,
    /// 64 bits: the hosts.
    W64,
}

impl Word {
    /// The word of the machine this runs on.
    pub const HOST: Word = if size_of::<usize>() == 8 { Word::W64 } else { Word::W32 };

    /// Its size in bytes.
    pub const fn bytes(self) -> usize {
        match self {
            Word::W32 => 4,
            Word::W64 => 8,
        }
    }

    /// Its size in bits.
    pub const fn bits(self) -> u32 {
        self.bytes() as u32 * 8
    }
}

/// Size of the float class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FloatSize {
    /// Single precision: boards with a single-precision unit.
    F32,
    /// Double precision.
    F64,
}

/// How a helper is called. The front end supplies the table; the IR knows helpers by number only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HelperSig {
    /// Name in the text form.
    pub name: &'static str,
    /// Classes of its parameters.
    pub params: &'static [Class],
    /// Class of its result.
    pub ret: Option<Class>,
    /// It keeps all registers, those that calls usually destroy too. Only without a result.
    pub keeps: bool,
}

/// Where the pointers to the helpers lie: the word at `[base + off + word size * helper]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Table {
    /// Register with the address; usually a parameter.
    pub base: V,
    /// Bytes from there to the first pointer.
    pub off: i32,
}

/// Where a block's instructions lie, and how often it is expected to run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BlockData {
    /// Index of its first instruction.
    pub start: u32,
    /// Index after its last.
    pub end: u32,
    /// Seldom run: goes behind all others.
    pub cold: bool,
}

/// A function. Build it with `Builder`, or with `text::parse`.
#[derive(Clone, PartialEq, Debug)]
pub struct Func {
    /// For dumps and profilers.
    pub name: String,
    /// Word size.
    pub word: Word,
    /// Float size.
    pub float: FloatSize,
    /// Signatures of the helpers that calls name.
    pub helpers: &'static [HelperSig],
    /// The helpers' pointers; needed if a helper is called.
    pub table: Option<Table>,
    /// Registers that receive the arguments, in order, each once.
    pub params: Vec<V>,
    /// Class of the result.
    pub ret: Option<Class>,
    /// Class of each register.
    pub classes: Vec<Class>,
    /// All instructions, block after block.
    pub insts: Vec<Inst<V>>,
    /// Blocks by number. The first of `order` is where the function starts.
    pub blocks: Vec<BlockData>,
    /// Blocks in the order in which they were filled.
    pub order: Vec<Block>,
    /// Pool of call arguments.
    pub args: Vec<V>,
    /// Pool of switch targets.
    pub targets: Vec<Block>,
    /// Frame slots, each so many words long.
    pub slots: Vec<u16>,
    /// Word registers that a back end for a machine with a searched stack keeps in memory at all times: what one held is gone
    /// when it is written.
    pub in_memory: Vec<V>,
    /// For each instruction what the front end was at when it made it; empty unless the builder was asked to keep that.
    pub marks: Vec<u32>,
}

impl Func {
    /// The class of a register.
    pub fn class(&self, v: V) -> Class {
        self.classes.get(v.index()).copied().unwrap_or(Class::Word)
    }

    /// The instructions of a block.
    pub fn block(&self, block: Block) -> &[Inst<V>] {
        let Some(data) = self.blocks.get(block.index()) else {
            return &[];
        };
        self.insts.get(data.start as usize..data.end as usize).unwrap_or(&[])
    }

    /// The blocks in the order in which code is laid out: as filled, cold ones last.
    pub fn layout(&self) -> impl Iterator<Item = Block> {
        let cold = |b: &Block| self.blocks.get(b.index()).is_some_and(|data| data.cold);
        self.order.iter().copied().filter(move |b| !cold(b)).chain(self.order.iter().copied().filter(cold))
    }

    /// The signature of a helper.
    pub fn helper(&self, helper: Helper) -> Option<&'static HelperSig> {
        self.helpers.get(helper.index())
    }

    /// Length of a slot in words.
    pub fn slot_words(&self, slot: Slot) -> usize {
        self.slots.get(slot.index()).copied().unwrap_or(0) as usize
    }
}
