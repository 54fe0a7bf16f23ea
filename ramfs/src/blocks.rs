//! Blocks: the table, and chains of blocks that hold what is in a file.

use vm::port::Errno;

/// Bytes of a block.
pub const BLOCK: usize = 256;
/// What the first bytes of a disk say.
const NAME: [u8; 4] = *b"PyR1";
/// No room left on device.
pub const NO_SPACE: Errno = Errno(28);
/// An input or output error: the disk is damaged.
const DAMAGED: Errno = Errno(5);

/// What the table says of a block, by its number.
const FREE: u16 = 0;
const NODE: u16 = 1;
const LAST: u16 = 2;
/// Above this it is the block that follows, plus this.
const FOLLOWS: u16 = 2;

/// Bytes in front of the name in a node.
pub const HEAD: usize = 16;
/// Longest name.
pub const NAME_MOST: usize = BLOCK - HEAD;

/// The number of a block; 0 is the disk's own and stands for the root directory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block(pub u16);

/// The directory that all others are in.
pub const ROOT: Block = Block(0);

/// A disk as blocks.
pub struct Blocks<'a> {
    bytes: &'a mut [u8],
    count: u16,
}

impl<'a> Blocks<'a> {
    /// A disk in this memory: the one that is there, else an empty one.
    pub fn new(bytes: &'a mut [u8]) -> Blocks<'a> {
        let count = u16::try_from(bytes.len() / BLOCK).unwrap_or(u16::MAX - FOLLOWS);
        let mut blocks = Blocks { bytes, count };
        let mut head = [0; 6];
        head[..4].copy_from_slice(&NAME);
        head[4..].copy_from_slice(&count.to_le_bytes());
        if blocks.bytes.get(..6) != Some(&head) {
            blocks.format(&head);
        }
        blocks
    }

    fn format(&mut self, head: &[u8]) {
        self.bytes.fill(0);
        if let Some(place) = self.bytes.get_mut(..head.len()) {
            place.copy_from_slice(head);
        }
        for block in 0..self.first() {
            self.mark(Block(block), NODE);
        }
    }

    /// The first block behind the table.
    fn first(&self) -> u16 {
        let table = 6 + 2 * usize::from(self.count);
        (table.div_ceil(BLOCK) as u16).min(self.count)
    }

    /// Blocks that files may take, and those that are free.
    pub fn room(&self) -> (u16, u16) {
        let all = self.first()..self.count;
        let free = all.clone().filter(|block| self.state(Block(*block)) == FREE).count();
        (all.len() as u16, free as u16)
    }

    fn state(&self, block: Block) -> u16 {
        let at = 6 + 2 * usize::from(block.0);
        match (block.0 < self.count, self.bytes.get(at..at + 2)) {
            (true, Some(&[low, high])) => u16::from_le_bytes([low, high]),
            _ => NODE,
        }
    }

    fn mark(&mut self, block: Block, state: u16) {
        let at = 6 + 2 * usize::from(block.0);
        if let Some(place) = self.bytes.get_mut(at..at + 2) {
            place.copy_from_slice(&state.to_le_bytes());
        }
    }

    /// The bytes of a block.
    pub fn block(&self, block: Block) -> &[u8] {
        let at = usize::from(block.0) * BLOCK;
        self.bytes.get(at..at + BLOCK).unwrap_or(&[])
    }

    /// The bytes of a block, to be changed.
    pub fn block_mut(&mut self, block: Block) -> &mut [u8] {
        let at = usize::from(block.0) * BLOCK;
        self.bytes.get_mut(at..at + BLOCK).unwrap_or(&mut [])
    }

    /// Every node but the root.
    pub fn nodes(&self) -> impl Iterator<Item = Block> + '_ {
        (self.first()..self.count).map(Block).filter(|block| self.state(*block) == NODE)
    }

    fn free_block(&self) -> Option<Block> {
        (self.first()..self.count).map(Block).find(|block| self.state(*block) == FREE)
    }

    /// A new node, all zero.
    pub fn add_node(&mut self) -> Result<Block, Errno> {
        let node = self.free_block().ok_or(NO_SPACE)?;
        self.mark(node, NODE);
        self.block_mut(node).fill(0);
        Ok(node)
    }

    /// Takes a node away, and with it what it holds.
    pub fn remove_node(&mut self, node: Block) {
        self.cut(node, 0);
        self.mark(node, FREE);
    }

    /// The block behind one of a chain; a node's is the first of its chain.
    fn next(&self, block: Block, of_node: bool) -> Option<Block> {
        if of_node {
            let first = self.word(block, 4);
            return (first != 0).then_some(Block(first));
        }
        self.state(block).checked_sub(FOLLOWS + 1).map(Block)
    }

    fn link(&mut self, block: Block, of_node: bool, next: Option<Block>) {
        match (of_node, next) {
            (true, next) => self.set_word(block, 4, next.map_or(0, |next| next.0)),
            (false, None) => self.mark(block, LAST),
            (false, Some(next)) => self.mark(block, FOLLOWS + 1 + next.0),
        }
    }

    /// The block of a node's chain with this number; with `grow`, the chain gets what is missing, zeroed.
    pub fn nth(&mut self, node: Block, number: usize) -> Result<Option<Block>, Errno> {
        // A chain that is longer than the disk has a loop.
        if number > usize::from(self.count) {
            return Ok(None);
        }
        let (mut block, mut of_node) = (node, true);
        for _ in 0..=number {
            match self.next(block, of_node) {
                Some(next) if next.0 >= self.first() && next.0 < self.count => block = next,
                Some(_) => return Err(DAMAGED),
                None => return Ok(None),
            }
            of_node = false;
        }
        Ok(Some(block))
    }

    /// As `nth`, and makes the chain long enough with blocks of zeros.
    pub fn nth_grown(&mut self, node: Block, number: usize) -> Result<Block, Errno> {
        if let Some(block) = self.nth(node, number)? {
            return Ok(block);
        }
        let missing = (0..=number).find(|at| !matches!(self.nth(node, *at), Ok(Some(_)))).unwrap_or(number);
        let mut last = match missing.checked_sub(1) {
            Some(before) => (self.nth(node, before)?.ok_or(DAMAGED)?, false),
            None => (node, true),
        };
        for _ in missing..=number {
            let new = self.free_block().ok_or(NO_SPACE)?;
            self.mark(new, LAST);
            self.block_mut(new).fill(0);
            self.link(last.0, last.1, Some(new));
            last = (new, false);
        }
        Ok(last.0)
    }

    /// Leaves so many blocks in a node's chain.
    pub fn cut(&mut self, node: Block, keep: usize) {
        let (mut block, of_node) = match keep.checked_sub(1) {
            None => (node, true),
            Some(last) => match self.nth(node, last) {
                Ok(Some(block)) => (block, false),
                Ok(None) | Err(_) => return,
            },
        };
        let mut next = self.next(block, of_node);
        self.link(block, of_node, None);
        while let Some(gone) = next.filter(|block| block.0 >= self.first() && block.0 < self.count) {
            block = gone;
            next = self.next(block, false);
            self.mark(block, FREE);
        }
    }

    /// A number of 16 bits in a node's head.
    pub fn word(&self, node: Block, at: usize) -> u16 {
        match self.block(node).get(at..at + 2) {
            Some(&[low, high]) => u16::from_le_bytes([low, high]),
            _ => 0,
        }
    }

    /// Sets it.
    pub fn set_word(&mut self, node: Block, at: usize, value: u16) {
        if let Some(place) = self.block_mut(node).get_mut(at..at + 2) {
            place.copy_from_slice(&value.to_le_bytes());
        }
    }

    /// Bytes of a file.
    pub fn size(&self, node: Block) -> u32 {
        u32::from(self.word(node, 8)) | u32::from(self.word(node, 10)) << 16
    }

    /// Sets it.
    pub fn set_size(&mut self, node: Block, size: u32) {
        self.set_word(node, 8, size as u16);
        self.set_word(node, 10, (size >> 16) as u16);
    }
}
