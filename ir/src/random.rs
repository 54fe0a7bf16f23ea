//! Random functions that end and are fully defined, for comparing back ends with the interpreter.
//!
//! The same seed gives the same function everywhere. A function takes the address of a memory laid out as `TABLE`
//! and `DATA` say, two words and a float; `Peers` answers its calls.

use crate::func::{FloatSize, Func, HelperSig, Word};
use crate::inst::*;
use crate::interp::{Callee, Host, Memory, Value};
use crate::{Builder, Refused};
use alloc::vec::Vec;

/// What the functions call. A real table must answer like `Peers`.
pub static HELPERS: [HelperSig; 4] = [
    HelperSig { name: "mix", params: &[Class::Word, Class::Word], ret: Some(Class::Word), keeps: false },
    HelperSig { name: "odd", params: &[Class::Word], ret: Some(Class::Word), keeps: false },
    HelperSig { name: "blend", params: &[Class::Float, Class::Word], ret: Some(Class::Float), keeps: false },
    HelperSig { name: "poke", params: &[Class::Word, Class::Word], ret: None, keeps: false },
];

/// Offset of the table of helpers in the memory.
pub const TABLE: usize = 0;
/// Offset of the bytes functions read and write.
pub const DATA: usize = 64;
/// How many such bytes.
pub const DATA_LEN: usize = 256;
/// What the interpreter's table holds for helper 0; the others follow.
pub const FIRST_ADDRESS: u64 = 0x5000;

/// A word from two words.
pub fn mix(a: u32, b: u32) -> u32 {
    a.rotate_left(5) ^ b.wrapping_mul(0x9e37_79b1)
}

/// Fails on even words.
pub fn odd(a: u32) -> u32 {
    if a % 2 == 1 { a } else { 0 }
}

/// A float from a float and a word.
pub fn blend(a: f64, b: u32) -> f64 {
    a * 0.5 + f64::from(b)
}

/// Where among the data the last helper writes its word, as 32 bits.
pub fn poke(at: u32) -> usize {
    at as usize % 60 * 4
}

/// Answers the calls of a function run by the interpreter.
pub struct Peers;

impl Host for Peers {
    fn call(&mut self, callee: Callee, args: &[Value], memory: &mut Memory) -> Option<Value> {
        let number = match callee {
            Callee::Helper(helper) => helper.index(),
            Callee::Address(address) => address.wrapping_sub(FIRST_ADDRESS) as usize,
        };
        match (number, args) {
            (0, &[Value::Word(a), Value::Word(b)]) => Some(Value::Word(mix(a as u32, b as u32).into())),
            (1, &[Value::Word(a)]) => Some(Value::Word(odd(a as u32).into())),
            (2, &[Value::Float(a), Value::Word(b)]) => Some(Value::Float(blend(a, b as u32))),
            (3, &[Value::Word(base), Value::Word(a)]) => {
                memory.write(base + (DATA + poke(a as u32)) as u64, 4, a);
                None
            }
            _ => None,
        }
    }
}

/// A memory for the interpreter at an address that fits 32 bits.
pub fn memory(word: Word, seed: u64) -> Memory {
    let mut memory = Memory { base: 0x10_0000, bytes: Vec::new() };
    memory.bytes.resize(DATA + DATA_LEN, 0);
    for i in 0..HELPERS.len() {
        memory.write(memory.base + (TABLE + i * word.bytes()) as u64, word.bytes(), FIRST_ADDRESS + i as u64);
    }
    let mut dice = Dice(seed);
    memory.bytes.iter_mut().skip(DATA).for_each(|byte| *byte = dice.word() as u8);
    memory
}

/// The function of a seed: `(memory: word, word, word, float) -> word`.
pub fn function(seed: u64, word: Word, float: FloatSize) -> Result<Func, Refused> {
    let mut b = Builder::new("random", word, float, &HELPERS);
    b.returns(Class::Word);
    let memory = b.param(Class::Word);
    b.table(memory, TABLE as i32);
    let mut words = Vec::from([b.param(Class::Word), b.param(Class::Word)]);
    let mut floats = Vec::from([b.param(Class::Float)]);
    let (first, out) = (b.block(), b.cold_block());
    b.start(first);
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    // Some functions have more alive than most machines have registers.
    let many = seed % 4 == 3;
    for _ in 0..if many { 24 } else { 4 } {
        words.push(b.int(dice.constant()));
    }
    for at in 0..if many { 30 } else { 0 } {
        floats.push(b.float_const(f64::from(at)));
    }
    for value in [1.5, -3e18] {
        floats.push(b.float_const(value));
    }
    let slot = b.slot(2);
    let left = 10 + dice.below(50);
    let same_size = word.bytes() == float_bytes(float);
    let widest = if float == FloatSize::F64 { Fwidth::F64 } else { Fwidth::F32 };
    let mut make = Make { b, dice, words, floats, memory, slot, out, left, same_size, widest };
    make.statements(0);
    make.finish();
    make.b.finish()
}

fn float_bytes(float: FloatSize) -> usize {
    match float {
        FloatSize::F32 => 4,
        FloatSize::F64 => 8,
    }
}

/// Numbers that look random (xorshift64*).
pub struct Dice(pub u64);

impl Dice {
    /// Any word.
    pub fn word(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.word() >> 33) as usize % limit
    }

    /// A word, more often than by chance one at which something happens.
    pub fn constant(&mut self) -> i64 {
        match self.below(8) {
            0 => i64::MIN >> self.below(64),
            1 => i64::MAX >> self.below(64),
            2 => 1 << self.below(63),
            3 => self.word() as i64,
            _ => self.below(64) as i64 - 16,
        }
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const ALU: [Alu; 15] = [
    Alu::Add,
    Alu::Sub,
    Alu::Mul,
    Alu::And,
    Alu::Or,
    Alu::Xor,
    Alu::Shl,
    Alu::Shr,
    Alu::Sar,
    Alu::Rotl,
    Alu::Rotr,
    Alu::Sdiv,
    Alu::Srem,
    Alu::Udiv,
    Alu::Urem,
];
const UN: [Un; 8] = [Un::Neg, Un::Not, Un::S8, Un::S16, Un::S32, Un::U8, Un::U16, Un::U32];
const CC: [Cc; 12] =
    [Cc::Eq, Cc::Ne, Cc::Lt, Cc::Le, Cc::Gt, Cc::Ge, Cc::Ult, Cc::Ule, Cc::Ugt, Cc::Uge, Cc::Bits, Cc::NoBits];
const FCC: [Fcc; 6] = [Fcc::Eq, Fcc::Ne, Fcc::Lt, Fcc::Le, Fcc::Gt, Fcc::Ge];
const WIDTH: [Width; 7] = [Width::U8, Width::S8, Width::U16, Width::S16, Width::U32, Width::S32, Width::Word];

struct Make {
    b: Builder,
    dice: Dice,
    words: Vec<V>,
    floats: Vec<V>,
    memory: V,
    slot: Slot,
    /// Leaves the function early.
    out: Block,
    left: usize,
    same_size: bool,
    /// The widest float in memory: not every machine with singles has doubles.
    widest: Fwidth,
}

impl Make {
    fn statements(&mut self, depth: usize) {
        let count = 1 + self.dice.below(if depth == 0 { 60 } else { 6 });
        for _ in 0..count {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            let line = self.left as u32 + 1;
            self.b.line(line);
            self.statement(depth);
        }
    }

    fn w(&mut self) -> V {
        self.dice.pick(&self.words)
    }

    fn f(&mut self) -> V {
        self.dice.pick(&self.floats)
    }

    fn operand(&mut self) -> Operand<V> {
        match self.dice.below(3) {
            0 => Operand::Imm(self.dice.constant() as i32),
            _ => Operand::Reg(self.w()),
        }
    }

    fn statement(&mut self, depth: usize) {
        let (d, a, fd, fa, fb) = (self.w(), self.w(), self.f(), self.f(), self.f());
        match self.dice.below(26) {
            0..4 => self.alu(d, a),
            4..6 => {
                let (op, b) = (self.dice.pick(&[Ov::Add, Ov::Sub, Ov::Mul]), self.operand());
                self.guarded(d, |_, to| Inst::AluOv { op, d, a, b, to });
            }
            6 => {
                let op = self.dice.pick(&UN);
                self.b.push(Inst::Un { op, d, a });
            }
            7 => {
                let (cc, b) = (self.dice.pick(&CC), self.operand());
                self.b.push(Inst::Set { cc, d, a, b });
            }
            8 => {
                let cc = self.dice.pick(&FCC);
                self.b.push(Inst::FSet { cc, d, a: fa, b: fb });
            }
            9..11 => {
                let op = self.dice.pick(&[Fop::Add, Fop::Sub, Fop::Mul, Fop::Div]);
                self.b.push(Inst::Fop { op, d: fd, a: fa, b: fb });
            }
            11 => {
                let op = self.dice.pick(&[Fun::Neg, Fun::Abs, Fun::Sqrt]);
                self.b.push(Inst::Fun { op, d: fd, a: fa });
            }
            12 => self.b.push(Inst::ToFloat { d: fd, a }),
            13 => self.guarded(d, |_, to| Inst::ToInt { d, a: fa, to }),
            14 => self.copies(d, a, fd, fa),
            15..17 => self.access(d, a),
            17 => self.float_access(d, a, fd, fa),
            18..20 => self.call(d, a, fd, fa),
            20 => self.slots(d, a),
            21 => {
                let (cc, b, out) = (self.dice.pick(&CC), self.operand(), self.out);
                // Seldom, or most of the function would never run.
                if self.dice.below(4) == 0 {
                    self.b.exit(cc, a, b, out);
                }
            }
            22 if depth < 3 => self.repeat(depth),
            23 if depth < 3 => self.switch(a, depth),
            _ if depth < 3 => self.branch(a, fa, fb, depth),
            _ => self.b.push(Inst::Int { d, value: self.dice.constant() }),
        }
    }

    fn alu(&mut self, d: V, a: V) {
        let (op, mut b) = (self.dice.pick(&ALU), self.operand());
        if matches!(op, Alu::Sdiv | Alu::Srem | Alu::Udiv | Alu::Urem) {
            b = match b {
                Operand::Imm(0) => Operand::Imm(-1),
                Operand::Imm(b) => Operand::Imm(b),
                Operand::Reg(b) => Operand::Reg(self.b.alu(Alu::Or, b, 1)),
            };
        }
        self.b.push(Inst::Alu { op, d, a, b });
    }

    /// An instruction with an exit: there `d` is counted up, then both ways meet.
    fn guarded(&mut self, d: V, inst: impl FnOnce(&mut Builder, Block) -> Inst<V>) {
        let (slow, join) = (self.b.cold_block(), self.b.block());
        let inst = inst(&mut self.b, slow);
        self.b.push(inst);
        self.b.jump(join);
        self.b.start(slow);
        self.b.push(Inst::Alu { op: Alu::Add, d, a: d, b: 77.into() });
        self.b.start(join);
    }

    /// Runs `body` only if `a` is a number: the bits of a NaN differ from machine to machine.
    fn numeric(&mut self, a: V, body: impl FnOnce(&mut Builder)) {
        let (skip, on) = (self.b.block(), self.b.block());
        self.b.fbr(Fcc::Ne, a, a, skip, on);
        self.b.start(on);
        body(&mut self.b);
        self.b.start(skip);
    }

    fn copies(&mut self, d: V, a: V, fd: V, fa: V) {
        match self.dice.below(4) {
            0 => self.b.copy(d, a),
            1 => self.b.copy(fd, fa),
            2 if self.same_size => self.numeric(fa, |b| b.push(Inst::Bits { d, a: fa })),
            _ if self.same_size => self.b.push(Inst::FromBits { d: fd, a }),
            _ => self.b.push(Inst::Float { d: fd, value: self.dice.constant() as f64 }),
        }
    }

    fn access(&mut self, d: V, a: V) {
        let w = self.dice.pick(&WIDTH);
        let (base, off) = (self.memory, (DATA + self.dice.below(DATA_LEN - 8)) as i32);
        match self.dice.below(4) {
            0 => self.b.push(Inst::Load { w, d, base, off }),
            1 => self.b.store(w, a, base, off),
            n => {
                let (shift, off) = (self.dice.below(4) as u8, (DATA + self.dice.below(7)) as i32);
                let index = self.b.alu(Alu::And, a, 30);
                match n {
                    2 => self.b.push(Inst::LoadAt { w, d, base, index, shift, off }),
                    _ => self.b.store_at(w, d, base, index, shift, off),
                }
            }
        }
    }

    fn float_access(&mut self, d: V, a: V, fd: V, fa: V) {
        let w = self.dice.pick(&[Fwidth::F32, self.widest]);
        let base = self.memory;
        let (shift, off) = (self.dice.below(4) as u8, (DATA + self.dice.below(7)) as i32);
        match self.dice.below(4) {
            0 => self.b.push(Inst::FLoad { w, d: fd, base, off }),
            1 => self.numeric(fa, |b| b.fstore(w, fa, base, off)),
            2 => {
                let index = self.b.alu(Alu::And, a, 30);
                self.b.push(Inst::FLoadAt { w, d: fd, base, index, shift, off });
            }
            _ => {
                let index = self.b.alu(Alu::And, d, 30);
                self.numeric(fa, |b| b.push(Inst::FStoreAt { w, a: fa, base, index, shift, off }));
            }
        }
    }

    fn call(&mut self, d: V, a: V, fd: V, fa: V) {
        let number = self.dice.below(HELPERS.len());
        let Some(helper) = Helper::new(number) else { return };
        let other = self.w();
        match number {
            0 => {
                let list = self.b.args(&[a, other]);
                self.b.push(Inst::Call { helper, d: Some(d), args: list, err: None });
            }
            1 if self.dice.below(2) == 0 => {
                let list = self.b.args(&[a]);
                self.guarded(d, |_, err| Inst::Call { helper, d: Some(d), args: list, err: Some(err) });
            }
            1 => {
                let (memory, word) = (self.memory, self.b.word_size().bytes());
                let target = self.b.load(Width::Word, memory, (TABLE + word) as i32);
                let list = self.b.args(&[a]);
                self.guarded(d, |_, err| Inst::CallTo { target, d: Some(d), args: list, err: Some(err) });
            }
            2 => {
                let list = self.b.args(&[fa, a]);
                self.b.push(Inst::Call { helper, d: Some(fd), args: list, err: None });
            }
            _ => self.b.run(helper, &[self.memory, a]),
        }
    }

    fn slots(&mut self, d: V, a: V) {
        let word = self.b.word_size().bytes() as i32;
        let at = self.b.slot_addr(self.slot);
        self.b.store(Width::Word, a, at, 0);
        self.b.store(Width::Word, d, at, word);
        let w = self.dice.pick(&WIDTH);
        self.b.push(Inst::Load { w, d, base: at, off: self.dice.below(word as usize + 1) as i32 });
    }

    fn branch(&mut self, a: V, fa: V, fb: V, depth: usize) {
        let (yes, no, join) = (self.b.block(), self.b.block(), self.b.block());
        if self.dice.below(3) == 0 {
            let cc = self.dice.pick(&FCC);
            self.b.fbr(cc, fa, fb, yes, no);
        } else {
            let (cc, b) = (self.dice.pick(&CC), self.operand());
            self.b.br(cc, a, b, yes, no);
        }
        self.b.start(yes);
        self.statements(depth + 1);
        self.b.jump(join);
        self.b.start(no);
        self.statements(depth + 1);
        self.b.start(join);
    }

    fn repeat(&mut self, depth: usize) {
        let times = 1 + self.dice.below(4) as i64;
        let (head, end) = (self.b.block(), self.b.block());
        let counter = self.b.int(times);
        self.b.start(head);
        self.statements(depth + 1);
        self.b.push(Inst::Alu { op: Alu::Sub, d: counter, a: counter, b: 1.into() });
        self.b.br(Cc::Ne, counter, 0, head, end);
        self.b.start(end);
    }

    fn switch(&mut self, a: V, depth: usize) {
        let blocks: Vec<Block> = (0..3).map(|_| self.b.block()).collect();
        let join = self.b.block();
        let index = if self.dice.below(2) == 0 { a } else { self.b.alu(Alu::And, a, 3) };
        self.b.switch(index, &blocks, join);
        for block in blocks {
            self.b.start(block);
            self.statements(depth + 1);
            self.b.jump(join);
        }
        self.b.start(join);
    }

    fn finish(&mut self) {
        let out = self.out;
        self.b.start(out);
        let sum = self.b.int(0);
        for &v in &self.words {
            self.b.push(Inst::Alu { op: Alu::Rotl, d: sum, a: sum, b: 7.into() });
            self.b.push(Inst::Alu { op: Alu::Xor, d: sum, a: sum, b: v.into() });
        }
        for v in self.floats.clone() {
            let (memory, widest) = (self.memory, self.widest);
            self.numeric(v, |b| {
                b.fstore(widest, v, memory, DATA as i32);
                let bits = b.load(Width::Word, memory, DATA as i32);
                b.push(Inst::Alu { op: Alu::Add, d: sum, a: sum, b: bits.into() });
            });
        }
        self.b.ret(Some(sum));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interp;

    #[test]
    fn functions_are_sound_and_end() {
        for seed in 0..300 {
            let (word, float) = match seed % 3 {
                0 => (Word::W32, FloatSize::F32),
                1 => (Word::W32, FloatSize::F64),
                _ => (Word::W64, FloatSize::F64),
            };
            let func = function(seed, word, float).unwrap();
            crate::verify(&func).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
            let mut memory = memory(word, seed + 1);
            let args = [Value::Word(memory.base), Value::Word(3), Value::Word(u64::MAX >> 32), Value::Float(0.5)];
            let result = interp::run(&func, &args, &mut memory, &mut Peers, 1_000_000);
            assert!(matches!(result, Ok(Some(Value::Word(_)))), "seed {seed}: {result:?}");
        }
    }
}
