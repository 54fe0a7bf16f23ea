//! The reference interpreter: slow and exact, the oracle every back end is compared with.

use crate::func::{FloatSize, Func, Word};
use crate::inst::*;
use alloc::vec::Vec;

/// What a register holds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value {
    /// A word, zero-extended where it has 32 bits.
    Word(u64),
    /// A float.
    Float(f64),
}

/// Whom a call goes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Callee {
    /// A row of the helper table.
    Helper(Helper),
    /// The address in a register.
    Address(u64),
}

/// Takes the calls a function makes.
pub trait Host {
    /// Answers a call; `None` where there is no result.
    fn call(&mut self, callee: Callee, args: &[Value], memory: &mut Memory) -> Option<Value>;
}

/// A stretch of bytes at a given address.
pub struct Memory {
    /// Address of the first byte.
    pub base: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Why a run was given up. A verified function run with valid addresses and non-zero divisors only knows `Steps`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trap {
    /// Ran longer than allowed.
    Steps,
    /// Outside the memory and the frame.
    Address(u64),
    /// Divided by zero.
    Divide,
    /// The verifier would have refused it.
    Malformed,
    /// Out of memory.
    Memory,
}

/// Runs `func` for at most `steps` instructions.
pub fn run(
    func: &Func,
    args: &[Value],
    memory: &mut Memory,
    host: &mut dyn Host,
    steps: u64,
) -> Result<Option<Value>, Trap> {
    let mut run = Run { func, regs: Vec::new(), memory, frame: Frame::new(func)?, host };
    run.regs.try_reserve_exact(func.classes.len()).map_err(|_| Trap::Memory)?;
    run.regs.resize(func.classes.len(), Value::Word(0));
    if args.len() != func.params.len() {
        return Err(Trap::Malformed);
    }
    for (&param, &arg) in func.params.iter().zip(args) {
        run.set(param, arg)?;
    }
    let mut insts = func.block(*func.order.first().ok_or(Trap::Malformed)?).iter();
    for _ in 0..steps {
        let inst = insts.next().ok_or(Trap::Malformed)?;
        match run.step(inst)? {
            Next::On => {}
            Next::Go(block) => insts = func.block(block).iter(),
            Next::Leave(value) => return Ok(value),
        }
    }
    Err(Trap::Steps)
}

impl Memory {
    /// Reads `width` bytes, little-endian.
    pub fn read(&self, at: u64, width: usize) -> Option<u64> {
        let start = usize::try_from(at.checked_sub(self.base)?).ok()?;
        let bytes = self.bytes.get(start..start.checked_add(width)?)?;
        Some(bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)))
    }

    /// Writes the low `width` bytes, little-endian.
    pub fn write(&mut self, at: u64, width: usize, value: u64) -> Option<()> {
        let start = usize::try_from(at.checked_sub(self.base)?).ok()?;
        let bytes = self.bytes.get_mut(start..start.checked_add(width)?)?;
        bytes.iter_mut().zip(value.to_le_bytes()).for_each(|(to, from)| *to = from);
        Some(())
    }
}

enum Next {
    On,
    Go(Block),
    Leave(Option<Value>),
}

struct Frame {
    memory: Memory,
    starts: Vec<u64>,
}

impl Frame {
    // Fits 32 bits, and is not where a test puts its memory.
    const BASE: u64 = 0x7f00_0000;

    fn new(func: &Func) -> Result<Frame, Trap> {
        let mut frame = Frame { memory: Memory { base: Frame::BASE, bytes: Vec::new() }, starts: Vec::new() };
        frame.starts.try_reserve_exact(func.slots.len()).map_err(|_| Trap::Memory)?;
        for &words in &func.slots {
            let len = frame.memory.bytes.len();
            let more = words as usize * func.word.bytes();
            frame.starts.push(Frame::BASE + len as u64);
            frame.memory.bytes.try_reserve(more).map_err(|_| Trap::Memory)?;
            frame.memory.bytes.resize(len + more, 0);
        }
        Ok(frame)
    }
}

struct Run<'a> {
    func: &'a Func,
    regs: Vec<Value>,
    memory: &'a mut Memory,
    frame: Frame,
    host: &'a mut dyn Host,
}

impl Run<'_> {
    fn step(&mut self, inst: &Inst<V>) -> Result<Next, Trap> {
        match *inst {
            Inst::Int { d, value } => self.set_word(d, value as u64)?,
            Inst::Float { d, value } => self.set_float(d, value)?,
            Inst::Copy { d, a } => {
                let value = *self.regs.get(a.index()).ok_or(Trap::Malformed)?;
                self.set(d, value)?;
            }
            Inst::Alu { op, d, a, b } => {
                let value = self.alu(op, self.signed(a)?, self.operand(b)?)?;
                self.set_word(d, value as u64)?;
            }
            Inst::AluOv { op, d, a, b, to } => {
                let (a, b) = (i128::from(self.signed(a)?), i128::from(self.operand(b)?));
                let exact = match op {
                    Ov::Add => a + b,
                    Ov::Sub => a - b,
                    Ov::Mul => a * b,
                };
                if exact != i128::from(self.sign_extend(exact as u64)) {
                    return Ok(Next::Go(to));
                }
                self.set_word(d, exact as u64)?;
            }
            Inst::Un { op, d, a } => {
                let a = self.signed(a)?;
                let value = match op {
                    Un::Neg => a.wrapping_neg(),
                    Un::Not => !a,
                    Un::S8 => i64::from(a as i8),
                    Un::S16 => i64::from(a as i16),
                    Un::S32 => i64::from(a as i32),
                    Un::U8 => i64::from(a as u8),
                    Un::U16 => i64::from(a as u16),
                    Un::U32 => i64::from(a as u32),
                };
                self.set_word(d, value as u64)?;
            }
            Inst::Load { w, d, base, off } => {
                let value = self.read(w, self.address(base, None, off)?)?;
                self.set_word(d, value)?;
            }
            Inst::LoadAt { w, d, base, index, shift, off } => {
                let value = self.read(w, self.address(base, Some((index, shift)), off)?)?;
                self.set_word(d, value)?;
            }
            Inst::Store { w, a, base, off } => {
                self.write(self.address(base, None, off)?, self.width(w), self.word(a)?)?;
            }
            Inst::StoreAt { w, a, base, index, shift, off } => {
                self.write(self.address(base, Some((index, shift)), off)?, self.width(w), self.word(a)?)?;
            }
            Inst::FLoad { w, d, base, off } => {
                let value = self.read_float(w, self.address(base, None, off)?)?;
                self.set_float(d, value)?;
            }
            Inst::FLoadAt { w, d, base, index, shift, off } => {
                let value = self.read_float(w, self.address(base, Some((index, shift)), off)?)?;
                self.set_float(d, value)?;
            }
            Inst::FStore { w, a, base, off } => {
                self.write_float(w, self.address(base, None, off)?, self.float(a)?)?;
            }
            Inst::FStoreAt { w, a, base, index, shift, off } => {
                self.write_float(w, self.address(base, Some((index, shift)), off)?, self.float(a)?)?;
            }
            Inst::Fop { op, d, a, b } => {
                let (a, b) = (self.float(a)?, self.float(b)?);
                // For single precision, too, this rounds right: double has more than twice its digits.
                let value = match op {
                    Fop::Add => a + b,
                    Fop::Sub => a - b,
                    Fop::Mul => a * b,
                    Fop::Div => a / b,
                };
                self.set_float(d, value)?;
            }
            Inst::Fun { op, d, a } => {
                let a = self.float(a)?;
                let value = match op {
                    Fun::Neg => -a,
                    Fun::Abs => f64::from_bits(a.to_bits() & !SIGN),
                    Fun::Sqrt => sqrt(a),
                };
                self.set_float(d, value)?;
            }
            Inst::Set { cc, d, a, b } => {
                let holds = self.holds(cc, a, b)?;
                self.set_word(d, holds.into())?;
            }
            Inst::FSet { cc, d, a, b } => {
                let holds = self.float_holds(cc, a, b)?;
                self.set_word(d, holds.into())?;
            }
            Inst::ToFloat { d, a } => {
                let value = self.signed(a)?;
                // Not by way of a double, which would round twice.
                let value = match self.func.float {
                    FloatSize::F32 => f64::from(value as f32),
                    FloatSize::F64 => value as f64,
                };
                self.set_float(d, value)?;
            }
            Inst::ToInt { d, a, to } => {
                let a = self.float(a)?;
                let fits = match self.func.word {
                    Word::W32 => a > -2147483649.0 && a < 2147483648.0,
                    Word::W64 => (-9223372036854775808.0..9223372036854775808.0).contains(&a),
                };
                if !fits {
                    return Ok(Next::Go(to));
                }
                self.set_word(d, a as i64 as u64)?;
            }
            Inst::Bits { d, a } => {
                let a = self.float(a)?;
                let bits = match self.func.float {
                    FloatSize::F32 => u64::from((a as f32).to_bits()),
                    FloatSize::F64 => a.to_bits(),
                };
                self.set_word(d, bits)?;
            }
            Inst::FromBits { d, a } => {
                let bits = self.word(a)?;
                let value = match self.func.float {
                    FloatSize::F32 => f64::from(f32::from_bits(bits as u32)),
                    FloatSize::F64 => f64::from_bits(bits),
                };
                self.set_float(d, value)?;
            }
            Inst::SlotAddr { d, slot } => {
                let start = *self.frame.starts.get(slot.index()).ok_or(Trap::Malformed)?;
                self.set_word(d, start)?;
            }
            Inst::Call { helper, d, args, err } => return self.call(Callee::Helper(helper), d, args, err),
            Inst::CallTo { target, d, args, err } => {
                return self.call(Callee::Address(self.word(target)?), d, args, err);
            }
            Inst::Line { .. } => {}
            Inst::Exit { cc, a, b, to } => {
                if self.holds(cc, a, b)? {
                    return Ok(Next::Go(to));
                }
            }
            Inst::FExit { cc, a, b, to } => {
                if self.float_holds(cc, a, b)? {
                    return Ok(Next::Go(to));
                }
            }
            Inst::Br { cc, a, b, to, or } => return Ok(Next::Go(if self.holds(cc, a, b)? { to } else { or })),
            Inst::FBr { cc, a, b, to, or } => return Ok(Next::Go(if self.float_holds(cc, a, b)? { to } else { or })),
            Inst::Switch { a, blocks, or } => {
                let at = usize::try_from(self.word(a)?).ok();
                return Ok(Next::Go(at.and_then(|at| blocks.of(&self.func.targets).get(at)).copied().unwrap_or(or)));
            }
            Inst::Jump { to } => return Ok(Next::Go(to)),
            Inst::Ret { a: Some(a) } => {
                return Ok(Next::Leave(Some(*self.regs.get(a.index()).ok_or(Trap::Malformed)?)));
            }
            Inst::Ret { a: None } => return Ok(Next::Leave(None)),
        }
        Ok(Next::On)
    }

    fn alu(&self, op: Alu, a: i64, b: i64) -> Result<i64, Trap> {
        let bits = self.func.word.bits();
        let amount = b as u32 % bits;
        let (ua, ub) = (self.mask(a as u64), self.mask(b as u64));
        if b == 0 && matches!(op, Alu::Sdiv | Alu::Srem | Alu::Udiv | Alu::Urem) {
            return Err(Trap::Divide);
        }
        Ok(match op {
            Alu::Add => a.wrapping_add(b),
            Alu::Sub => a.wrapping_sub(b),
            Alu::Mul => a.wrapping_mul(b),
            Alu::And => a & b,
            Alu::Or => a | b,
            Alu::Xor => a ^ b,
            Alu::Shl => a << amount,
            Alu::Shr => (ua >> amount) as i64,
            Alu::Sar => a >> amount,
            Alu::Rotl => self.rotl(ua, amount),
            Alu::Rotr => self.rotl(ua, (bits - amount) % bits),
            Alu::Sdiv => a.wrapping_div(b),
            Alu::Srem => a.wrapping_rem(b),
            Alu::Udiv => (ua / ub) as i64,
            Alu::Urem => (ua % ub) as i64,
        })
    }

    fn rotl(&self, a: u64, amount: u32) -> i64 {
        match self.func.word {
            Word::W32 => i64::from((a as u32).rotate_left(amount)),
            Word::W64 => a.rotate_left(amount) as i64,
        }
    }

    fn holds(&self, cc: Cc, a: V, b: Operand<V>) -> Result<bool, Trap> {
        let (a, b) = (self.signed(a)?, self.operand(b)?);
        // Sign extension keeps the order of unsigned words, too.
        let (ua, ub) = (a as u64, b as u64);
        Ok(match cc {
            Cc::Eq => a == b,
            Cc::Ne => a != b,
            Cc::Lt => a < b,
            Cc::Le => a <= b,
            Cc::Gt => a > b,
            Cc::Ge => a >= b,
            Cc::Ult => ua < ub,
            Cc::Ule => ua <= ub,
            Cc::Ugt => ua > ub,
            Cc::Uge => ua >= ub,
            Cc::Bits => a & b != 0,
            Cc::NoBits => a & b == 0,
        })
    }

    fn float_holds(&self, cc: Fcc, a: V, b: V) -> Result<bool, Trap> {
        let (a, b) = (self.float(a)?, self.float(b)?);
        Ok(match cc {
            Fcc::Eq => a == b,
            Fcc::Ne => a != b,
            Fcc::Lt => a < b,
            Fcc::Le => a <= b,
            Fcc::Gt => a > b,
            Fcc::Ge => a >= b,
        })
    }

    fn call(&mut self, callee: Callee, d: Option<V>, args: List, err: Option<Block>) -> Result<Next, Trap> {
        let list = args.of(&self.func.args);
        let mut values = Vec::new();
        values.try_reserve_exact(list.len()).map_err(|_| Trap::Memory)?;
        for v in list {
            values.push(*self.regs.get(v.index()).ok_or(Trap::Malformed)?);
        }
        let result = self.host.call(callee, &values, self.memory);
        match (err, result) {
            (Some(err), Some(Value::Word(word))) if self.mask(word) == 0 => return Ok(Next::Go(err)),
            (Some(_), Some(Value::Float(_)) | None) => return Err(Trap::Malformed),
            (Some(_), Some(Value::Word(_))) | (None, _) => {}
        }
        if let Some(d) = d {
            self.set(d, result.ok_or(Trap::Malformed)?)?;
        }
        Ok(Next::On)
    }

    fn mask(&self, word: u64) -> u64 {
        match self.func.word {
            Word::W32 => u64::from(word as u32),
            Word::W64 => word,
        }
    }

    fn sign_extend(&self, word: u64) -> i64 {
        match self.func.word {
            Word::W32 => i64::from(word as i32),
            Word::W64 => word as i64,
        }
    }

    fn word(&self, v: V) -> Result<u64, Trap> {
        match self.regs.get(v.index()) {
            Some(&Value::Word(word)) => Ok(word),
            Some(Value::Float(_)) | None => Err(Trap::Malformed),
        }
    }

    fn signed(&self, v: V) -> Result<i64, Trap> {
        self.word(v).map(|word| self.sign_extend(word))
    }

    fn operand(&self, b: Operand<V>) -> Result<i64, Trap> {
        match b {
            Operand::Reg(b) => self.signed(b),
            Operand::Imm(b) => Ok(i64::from(b)),
        }
    }

    fn float(&self, v: V) -> Result<f64, Trap> {
        match self.regs.get(v.index()) {
            Some(&Value::Float(float)) => Ok(float),
            Some(Value::Word(_)) | None => Err(Trap::Malformed),
        }
    }

    fn set(&mut self, d: V, value: Value) -> Result<(), Trap> {
        match (self.func.class(d), value) {
            (Class::Word, Value::Word(word)) => self.set_word(d, word),
            (Class::Float, Value::Float(float)) => self.set_float(d, float),
            (Class::Word, Value::Float(_)) | (Class::Float, Value::Word(_)) => Err(Trap::Malformed),
        }
    }

    fn set_word(&mut self, d: V, word: u64) -> Result<(), Trap> {
        let word = self.mask(word);
        *self.regs.get_mut(d.index()).ok_or(Trap::Malformed)? = Value::Word(word);
        Ok(())
    }

    fn set_float(&mut self, d: V, float: f64) -> Result<(), Trap> {
        let float = match self.func.float {
            FloatSize::F32 => f64::from(float as f32),
            FloatSize::F64 => float,
        };
        *self.regs.get_mut(d.index()).ok_or(Trap::Malformed)? = Value::Float(float);
        Ok(())
    }

    fn address(&self, base: V, index: Option<(V, u8)>, off: i32) -> Result<u64, Trap> {
        let mut at = self.word(base)?.wrapping_add(off as i64 as u64);
        if let Some((index, shift)) = index {
            at = at.wrapping_add(self.word(index)?.wrapping_shl(shift.into()));
        }
        Ok(self.mask(at))
    }

    fn width(&self, w: Width) -> usize {
        match w {
            Width::U8 | Width::S8 => 1,
            Width::U16 | Width::S16 => 2,
            Width::U32 | Width::S32 => 4,
            Width::Word => self.func.word.bytes(),
        }
    }

    fn read(&self, w: Width, at: u64) -> Result<u64, Trap> {
        let value = self.read_bytes(at, self.width(w))?;
        Ok(match w {
            Width::S8 => value as i8 as u64,
            Width::S16 => value as i16 as u64,
            Width::S32 => value as i32 as u64,
            Width::U8 | Width::U16 | Width::U32 | Width::Word => value,
        })
    }

    fn read_float(&self, w: Fwidth, at: u64) -> Result<f64, Trap> {
        Ok(match w {
            Fwidth::F32 => f64::from(f32::from_bits(self.read_bytes(at, 4)? as u32)),
            Fwidth::F64 => f64::from_bits(self.read_bytes(at, 8)?),
        })
    }

    fn write_float(&mut self, w: Fwidth, at: u64, value: f64) -> Result<(), Trap> {
        match w {
            Fwidth::F32 => self.write(at, 4, u64::from((value as f32).to_bits())),
            Fwidth::F64 => self.write(at, 8, value.to_bits()),
        }
    }

    fn read_bytes(&self, at: u64, width: usize) -> Result<u64, Trap> {
        self.memory.read(at, width).or_else(|| self.frame.memory.read(at, width)).ok_or(Trap::Address(at))
    }

    fn write(&mut self, at: u64, width: usize, value: u64) -> Result<(), Trap> {
        let done = self.memory.write(at, width, value);
        done.or_else(|| self.frame.memory.write(at, width, value)).ok_or(Trap::Address(at))
    }
}

const SIGN: u64 = 1 << 63;

/// Square root, correctly rounded, without a mathematics library: digit by digit on the integer mantissa.
fn sqrt(a: f64) -> f64 {
    if a.is_nan() || a == 0.0 || a == f64::INFINITY {
        return a;
    }
    if a < 0.0 {
        return f64::NAN;
    }
    // Subnormal numbers are scaled by an even power of two and back.
    let (scaled, back) = if a < f64::MIN_POSITIVE { (a * power_of_two(108), -54) } else { (a, 0) };
    let bits = scaled.to_bits();
    let mut exponent = (bits >> 52) as i32 - 1075;
    let mut mantissa = u128::from(bits & ((1 << 52) - 1) | 1 << 52);
    if exponent % 2 != 0 {
        mantissa <<= 1;
        exponent -= 1;
    }
    // The root of mantissa << 56 has 54 or 55 bits: all digits, the rounding bit, and the rest says "inexact".
    let square = mantissa << 56;
    let mut root: u128 = 0;
    for bit in (0..56).rev() {
        let next = root | 1 << bit;
        if next * next <= square {
            root = next;
        }
    }
    let sticky = u128::from(root * root != square);
    // Doubled and made odd when inexact, so that the conversion rounds once and right.
    let value = (root << 1 | sticky) as f64;
    value * power_of_two(exponent / 2 - 28 - 1 + back)
}

/// Two to the n, for the exponents of normal numbers.
fn power_of_two(n: i32) -> f64 {
    f64::from_bits(((n + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::Builder;

    struct Adder;

    impl Host for Adder {
        fn call(&mut self, _: Callee, args: &[Value], _: &mut Memory) -> Option<Value> {
            let sum = args.iter().map(|arg| match arg {
                Value::Word(word) => *word,
                Value::Float(float) => *float as u64,
            });
            Some(Value::Word(sum.sum()))
        }
    }

    fn run_one(word: Word, args: &[u64], build: impl FnOnce(&mut Builder, &[V])) -> Option<Value> {
        let mut b = Builder::new("f", word, FloatSize::F64, &[]);
        b.returns(Class::Word);
        let params: Vec<V> = args.iter().map(|_| b.param(Class::Word)).collect();
        let first = b.block();
        b.start(first);
        build(&mut b, &params);
        let func = b.finish().unwrap();
        crate::verify(&func).unwrap();
        let args: Vec<Value> = args.iter().map(|&arg| Value::Word(arg)).collect();
        let mut memory = Memory { base: 0x1000, bytes: alloc::vec![0; 64] };
        run(&func, &args, &mut memory, &mut Adder, 1000).unwrap()
    }

    #[test]
    fn square_roots_are_exact() {
        let mut bits = 1u64;
        for a in [4.0, 2.0, 0.25, 1e-310, 5e-324, f64::MIN_POSITIVE, f64::MAX, -0.0, 0.0] {
            assert_eq!(sqrt(a).to_bits(), f64::sqrt(a).to_bits(), "{a:e}");
        }
        for _ in 0..2000 {
            bits = bits.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let a = f64::from_bits(bits & !SIGN);
            assert!(a.is_nan() || sqrt(a) == f64::sqrt(a), "{a:e}");
        }
        assert!(sqrt(-1.0).is_nan());
    }

    #[test]
    fn an_overflow_leaves_the_old_value() {
        for word in [Word::W32, Word::W64] {
            let top = (1u64 << (word.bits() - 1)) - 1;
            let result = run_one(word, &[top], |b, args| {
                let out = b.cold_block();
                let x = args[0];
                b.push(Inst::AluOv { op: Ov::Add, d: x, a: x, b: 1.into(), to: out });
                b.set_int(x, 0);
                b.start(out);
                b.ret(Some(x));
            });
            assert_eq!(result, Some(Value::Word(top)));
        }
    }

    #[test]
    fn slots_are_memory_and_calls_may_fail() {
        let result = run_one(Word::W32, &[0xffff_fff0, 0x10], |b, args| {
            let slot = b.slot(2);
            let at = b.slot_addr(slot);
            b.store(Width::Word, args[0], at, 4);
            let x = b.load(Width::S8, at, 4);
            let out = b.cold_block();
            // The sum is zero in 32 bits, so the call counts as failed.
            b.call_to(args[0], &[x, args[1]], Some(out));
            b.ret(Some(args[1]));
            b.start(out);
            b.ret(Some(x));
        });
        assert_eq!(result, Some(Value::Word(0xffff_fff0)));
    }
}
