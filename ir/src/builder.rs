//! Builds a function: new registers and blocks, instructions appended to the current block.
//!
//! A builder that ran out of memory or numbers takes every further call and does nothing; `finish` reports it. So
//! front ends write straight-line code.

use crate::func::{BlockData, FloatSize, Func, HelperSig, Table, Word};
use crate::inst::*;
use crate::target::Refused;
use alloc::string::String;
use alloc::vec::Vec;

/// A function under construction.
pub struct Builder {
    func: Func,
    current: Option<Block>,
    line: u32,
    failed: Option<Refused>,
    /// What the front end is at, where marks are kept.
    mark: Option<u32>,
    drops_lines: bool,
}

impl Builder {
    /// An empty function whose calls name rows of `helpers`.
    pub fn new(name: &str, word: Word, float: FloatSize, helpers: &'static [HelperSig]) -> Builder {
        let mut builder = Builder {
            func: Func {
                name: String::new(),
                word,
                float,
                helpers,
                table: None,
                params: Vec::new(),
                ret: None,
                classes: Vec::new(),
                insts: Vec::new(),
                blocks: Vec::new(),
                order: Vec::new(),
                args: Vec::new(),
                targets: Vec::new(),
                slots: Vec::new(),
                in_memory: Vec::new(),
                marks: Vec::new(),
            },
            current: None,
            line: 0,
            failed: None,
            mark: None,
            drops_lines: false,
        };
        match builder.func.name.try_reserve_exact(name.len()) {
            Ok(()) => builder.func.name.push_str(name),
            Err(_) => builder.fail(Refused::Memory),
        }
        builder
    }

    /// The function, or why there is none. It is not verified yet.
    pub fn finish(mut self) -> Result<Func, Refused> {
        self.end_block();
        match self.failed {
            Some(refused) => Err(refused),
            None => Ok(self.func),
        }
    }

    /// Keeps for each instruction what the front end was at: `mark` says what.
    pub fn keep_marks(&mut self) {
        self.mark = Some(0);
    }

    /// Forgets source lines, where nobody asks which code belongs to which.
    pub fn drop_lines(&mut self) {
        self.drops_lines = true;
    }

    /// What follows belongs to this mark, where marks are kept.
    pub fn mark(&mut self, mark: u32) {
        if let Some(now) = &mut self.mark {
            *now = mark;
        }
    }

    /// How many instructions there are.
    pub fn count(&self) -> usize {
        self.func.insts.len()
    }

    /// Whether an earlier call failed; lets a front end stop early.
    pub fn failed(&self) -> bool {
        self.failed.is_some()
    }

    /// Notes for `finish` that something a front end keeps of its own was refused memory.
    pub fn held<T, E>(&mut self, made: Result<T, E>) -> Option<T> {
        if made.is_err() {
            self.fail(Refused::Memory);
        }
        made.ok()
    }

    /// The next parameter.
    pub fn param(&mut self, class: Class) -> V {
        let v = self.vreg(class);
        if !push(&mut self.func.params, v) {
            self.fail(Refused::Memory);
        }
        v
    }

    /// Sets the class of the result.
    pub fn returns(&mut self, class: Class) {
        self.func.ret = Some(class);
    }

    /// Says where the pointers to the helpers lie.
    pub fn table(&mut self, base: V, off: i32) {
        self.func.table = Some(Table { base, off });
    }

    /// A new register. Needed for variables; instructions make their own for results.
    pub fn vreg(&mut self, class: Class) -> V {
        let v = V::new(self.func.classes.len());
        match v {
            Some(v) if push(&mut self.func.classes, class) => v,
            Some(_) => self.fail_with(Refused::Memory, V::FIRST),
            None => self.fail_with(Refused::TooLarge, V::FIRST),
        }
    }

    /// A new word register.
    pub fn word(&mut self) -> V {
        self.vreg(Class::Word)
    }

    /// A new word register that lies in memory at all times.
    pub fn in_memory(&mut self) -> V {
        let v = self.word();
        if !push(&mut self.func.in_memory, v) {
            self.fail(Refused::Memory);
        }
        v
    }

    /// A new float register.
    pub fn float(&mut self) -> V {
        self.vreg(Class::Float)
    }

    /// The class of a register.
    pub fn class(&self, v: V) -> Class {
        self.func.class(v)
    }

    /// The word size.
    pub fn word_size(&self) -> Word {
        self.func.word
    }

    /// A new block, not yet filled.
    pub fn block(&mut self) -> Block {
        self.add_block(false)
    }

    /// A new block for an error or slow path; it is laid out behind all others.
    pub fn cold_block(&mut self) -> Block {
        self.add_block(true)
    }

    /// Marks a block as seldom run.
    pub fn set_cold(&mut self, block: Block) {
        if let Some(data) = self.func.blocks.get_mut(block.index()) {
            data.cold = true;
        }
    }

    /// Goes on in `block`, which must be new. A block still open jumps there. The first block filled is the entry.
    pub fn start(&mut self, block: Block) {
        if self.is_open() {
            self.jump(block);
        }
        self.end_block();
        let at = self.func.insts.len() as u32;
        match self.func.blocks.get_mut(block.index()) {
            Some(data) if data.start == UNFILLED => *data = BlockData { start: at, end: at, ..*data },
            Some(_) | None => return self.fail(Refused::Unsupported("block filled twice")),
        }
        if !push(&mut self.func.order, block) {
            self.fail(Refused::Memory);
        }
        self.current = Some(block);
        // Blocks may be laid out far from where they were filled, so each says its line.
        if self.line != 0 {
            self.push(Inst::Line { line: self.line });
        }
    }

    /// Whether the current block takes more instructions. False after a jump, return or branch.
    pub fn is_open(&self) -> bool {
        self.current.is_some()
    }

    /// Whether `block` was filled already.
    pub fn is_filled(&self, block: Block) -> bool {
        self.func.blocks.get(block.index()).is_some_and(|data| data.start != UNFILLED)
    }

    /// A new frame slot.
    pub fn slot(&mut self, words: usize) -> Slot {
        match (Slot::new(self.func.slots.len()), u16::try_from(words)) {
            (Some(slot), Ok(words)) if push(&mut self.func.slots, words) => slot,
            (Some(_), Ok(_)) => self.fail_with(Refused::Memory, Slot::FIRST),
            (None, _) | (_, Err(_)) => self.fail_with(Refused::TooLarge, Slot::FIRST),
        }
    }

    /// Makes a slot at least `words` long: one array serves all calls of a function.
    pub fn grow_slot(&mut self, slot: Slot, words: usize) {
        match (self.func.slots.get_mut(slot.index()), u16::try_from(words)) {
            (Some(len), Ok(words)) => *len = words.max(*len),
            (None, _) | (_, Err(_)) => self.fail(Refused::TooLarge),
        }
    }

    /// Appends an instruction. Code after the end of a block cannot run and is dropped.
    pub fn push(&mut self, inst: Inst<V>) {
        if self.current.is_none() {
            return;
        }
        if !push(&mut self.func.insts, inst) || self.mark.is_some_and(|mark| !push(&mut self.func.marks, mark)) {
            self.fail(Refused::Memory);
        }
        if inst.ends_block() {
            self.end_block();
        }
    }

    /// A constant word.
    pub fn int(&mut self, value: i64) -> V {
        let d = self.word();
        self.push(Inst::Int { d, value });
        d
    }

    /// A constant float.
    pub fn float_const(&mut self, value: f64) -> V {
        let d = self.float();
        self.push(Inst::Float { d, value });
        d
    }

    /// d = a
    pub fn copy(&mut self, d: V, a: V) {
        if d != a {
            self.push(Inst::Copy { d, a });
        }
    }

    /// d = value
    pub fn set_int(&mut self, d: V, value: i64) {
        self.push(Inst::Int { d, value });
    }

    /// a op b
    pub fn alu(&mut self, op: Alu, a: V, b: impl Into<Operand<V>>) -> V {
        let d = self.word();
        self.push(Inst::Alu { op, d, a, b: b.into() });
        d
    }

    /// a op b, to `to` on signed overflow.
    pub fn alu_ov(&mut self, op: Ov, a: V, b: impl Into<Operand<V>>, to: Block) -> V {
        let d = self.word();
        self.push(Inst::AluOv { op, d, a, b: b.into(), to });
        d
    }

    /// op a
    pub fn un(&mut self, op: Un, a: V) -> V {
        let d = self.word();
        self.push(Inst::Un { op, d, a });
        d
    }

    /// Memory at base + off.
    pub fn load(&mut self, w: Width, base: V, off: i32) -> V {
        let d = self.word();
        self.push(Inst::Load { w, d, base, off });
        d
    }

    /// Memory at base + (index << shift) + off.
    pub fn load_at(&mut self, w: Width, base: V, index: V, shift: u8, off: i32) -> V {
        let d = self.word();
        self.push(Inst::LoadAt { w, d, base, index, shift, off });
        d
    }

    /// Stores a at base + off.
    pub fn store(&mut self, w: Width, a: V, base: V, off: i32) {
        self.push(Inst::Store { w, a, base, off });
    }

    /// Stores a at base + (index << shift) + off.
    pub fn store_at(&mut self, w: Width, a: V, base: V, index: V, shift: u8, off: i32) {
        self.push(Inst::StoreAt { w, a, base, index, shift, off });
    }

    /// Float at base + off.
    pub fn fload(&mut self, w: Fwidth, base: V, off: i32) -> V {
        let d = self.float();
        self.push(Inst::FLoad { w, d, base, off });
        d
    }

    /// Stores the float a at base + off.
    pub fn fstore(&mut self, w: Fwidth, a: V, base: V, off: i32) {
        self.push(Inst::FStore { w, a, base, off });
    }

    /// a op b, floats.
    pub fn fop(&mut self, op: Fop, a: V, b: V) -> V {
        let d = self.float();
        self.push(Inst::Fop { op, d, a, b });
        d
    }

    /// op a, float.
    pub fn fun(&mut self, op: Fun, a: V) -> V {
        let d = self.float();
        self.push(Inst::Fun { op, d, a });
        d
    }

    /// 1 if a cc b, else 0.
    pub fn set(&mut self, cc: Cc, a: V, b: impl Into<Operand<V>>) -> V {
        let d = self.word();
        self.push(Inst::Set { cc, d, a, b: b.into() });
        d
    }

    /// 1 if a cc b, else 0; floats.
    pub fn fset(&mut self, cc: Fcc, a: V, b: V) -> V {
        let d = self.word();
        self.push(Inst::FSet { cc, d, a, b });
        d
    }

    /// The signed word a as a float.
    pub fn to_float(&mut self, a: V) -> V {
        let d = self.float();
        self.push(Inst::ToFloat { d, a });
        d
    }

    /// The float a towards zero, to `to` where no word holds it.
    pub fn to_int(&mut self, a: V, to: Block) -> V {
        let d = self.word();
        self.push(Inst::ToInt { d, a, to });
        d
    }

    /// The bits of the float a.
    pub fn bits(&mut self, a: V) -> V {
        let d = self.word();
        self.push(Inst::Bits { d, a });
        d
    }

    /// The float with the bits a.
    pub fn from_bits(&mut self, a: V) -> V {
        let d = self.float();
        self.push(Inst::FromBits { d, a });
        d
    }

    /// Address of a slot.
    pub fn slot_addr(&mut self, slot: Slot) -> V {
        let d = self.word();
        self.push(Inst::SlotAddr { d, slot });
        d
    }

    /// Calls a helper for its result, without an error edge. For helpers without a result use `run`.
    pub fn call(&mut self, helper: Helper, args: &[V]) -> V {
        let d = self.result(helper);
        let args = self.args(args);
        self.push(Inst::Call { helper, d: Some(d), args, err: None });
        d
    }

    /// Calls a helper; a result of zero goes to `err`.
    pub fn call_or(&mut self, helper: Helper, args: &[V], err: Block) -> V {
        let d = self.result(helper);
        let args = self.args(args);
        self.push(Inst::Call { helper, d: Some(d), args, err: Some(err) });
        d
    }

    /// Calls a helper and drops its result, if it has one.
    pub fn run(&mut self, helper: Helper, args: &[V]) {
        let args = self.args(args);
        self.push(Inst::Call { helper, d: None, args, err: None });
    }

    /// Calls a helper and only looks whether its result is zero, which goes to `err`.
    pub fn run_or(&mut self, helper: Helper, args: &[V], err: Block) {
        let args = self.args(args);
        self.push(Inst::Call { helper, d: None, args, err: Some(err) });
    }

    /// Calls the code at the address in `target`, which returns a word; with `err`, zero goes there.
    pub fn call_to(&mut self, target: V, args: &[V], err: Option<Block>) -> V {
        let d = self.word();
        let args = self.args(args);
        self.push(Inst::CallTo { target, d: Some(d), args, err });
        d
    }

    /// What follows, in this block and in those filled next, belongs to this source line.
    pub fn line(&mut self, line: u32) {
        if self.line != line && !self.drops_lines {
            self.line = line;
            self.push(Inst::Line { line });
        }
    }

    /// To `to` if a cc b, else on.
    pub fn exit(&mut self, cc: Cc, a: V, b: impl Into<Operand<V>>, to: Block) {
        self.push(Inst::Exit { cc, a, b: b.into(), to });
    }

    /// To `to` if a cc b, else on; floats.
    pub fn fexit(&mut self, cc: Fcc, a: V, b: V, to: Block) {
        self.push(Inst::FExit { cc, a, b, to });
    }

    /// To `to` if a cc b, else to `or`.
    pub fn br(&mut self, cc: Cc, a: V, b: impl Into<Operand<V>>, to: Block, or: Block) {
        self.push(Inst::Br { cc, a, b: b.into(), to, or });
    }

    /// To `to` if a cc b, else to `or`; floats.
    pub fn fbr(&mut self, cc: Fcc, a: V, b: V, to: Block, or: Block) {
        self.push(Inst::FBr { cc, a, b, to, or });
    }

    /// To the block that a counts to, else to `or`.
    pub fn switch(&mut self, a: V, blocks: &[Block], or: Block) {
        let list = self.list_at(self.func.targets.len(), blocks.len());
        if extend(&mut self.func.targets, blocks) {
            self.push(Inst::Switch { a, blocks: list, or });
        } else {
            self.fail(Refused::Memory);
        }
    }

    /// To `to`.
    pub fn jump(&mut self, to: Block) {
        self.push(Inst::Jump { to });
    }

    /// Leaves the function.
    pub fn ret(&mut self, a: Option<V>) {
        self.push(Inst::Ret { a });
    }

    fn add_block(&mut self, cold: bool) -> Block {
        match Block::new(self.func.blocks.len()) {
            Some(block) if push(&mut self.func.blocks, BlockData { start: UNFILLED, end: UNFILLED, cold }) => block,
            Some(_) => self.fail_with(Refused::Memory, Block::FIRST),
            None => self.fail_with(Refused::TooLarge, Block::FIRST),
        }
    }

    fn end_block(&mut self) {
        let end = self.func.insts.len() as u32;
        if let Some(data) = self.current.take().and_then(|block| self.func.blocks.get_mut(block.index())) {
            data.end = end;
        }
    }

    fn result(&mut self, helper: Helper) -> V {
        let class = self.func.helper(helper).and_then(|sig| sig.ret);
        self.vreg(class.unwrap_or(Class::Word))
    }

    /// Puts call arguments into the pool, for a call that is pushed by hand.
    pub fn args(&mut self, args: &[V]) -> List {
        let list = self.list_at(self.func.args.len(), args.len());
        if self.current.is_some() && !extend(&mut self.func.args, args) {
            self.fail(Refused::Memory);
        }
        list
    }

    fn list_at(&mut self, start: usize, len: usize) -> List {
        match List::new(start, len) {
            Some(list) => list,
            None => self.fail_with(Refused::TooLarge, List { start: 0, len: 0 }),
        }
    }

    fn fail(&mut self, refused: Refused) {
        // The first reason is the true one: what follows it works with made-up numbers.
        self.failed.get_or_insert(refused);
    }

    fn fail_with<T>(&mut self, refused: Refused, made_up: T) -> T {
        self.fail(refused);
        made_up
    }
}

/// Start of a block that was not filled yet.
pub(crate) const UNFILLED: u32 = u32::MAX;

pub(crate) fn push<T>(items: &mut Vec<T>, item: T) -> bool {
    let room = items.len() < items.capacity() || items.try_reserve(1).is_ok();
    if room {
        items.push(item);
    }
    room
}

pub(crate) fn extend<T: Copy>(items: &mut Vec<T>, more: &[T]) -> bool {
    let room = items.try_reserve(more.len()).is_ok();
    if room {
        items.extend_from_slice(more);
    }
    room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_laid_out_cold_last() {
        let mut b = Builder::new("f", Word::W64, FloatSize::F64, &[]);
        b.returns(Class::Word);
        let x = b.param(Class::Word);
        let (entry, slow, end) = (b.block(), b.cold_block(), b.block());
        b.start(entry);
        let sum = b.word();
        b.push(Inst::AluOv { op: Ov::Add, d: sum, a: x, b: 1.into(), to: slow });
        b.jump(end);
        b.int(7);
        b.start(slow);
        b.set_int(sum, 0);
        b.start(end);
        b.ret(Some(sum));
        let func = b.finish().unwrap();
        assert_eq!(func.layout().collect::<Vec<_>>(), [entry, end, slow]);
        assert_eq!(func.block(slow).last(), Some(&Inst::Jump { to: end }));
        assert_eq!(func.insts.len(), 5, "dead code was dropped");
    }

    #[test]
    fn too_much_is_refused_at_the_end() {
        let mut b = Builder::new("f", Word::W64, FloatSize::F64, &[]);
        for _ in 0..=V::LIMIT {
            b.word();
        }
        assert_eq!(b.finish(), Err(Refused::TooLarge));
    }
}
