//! Operands and where they lie: each field puts its operand into the word, gets it back, and says what fits.

use crate::imm;
use crate::operand::{Misfit, Operand};
use crate::reg::{Cond, List, Reg, Shift, Single};

/// A place of one operand in the word. A number in a name's place is the lowest bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// r0 to r7 in three bits.
    Lo(u8),
    /// r8 to r14 in three bits.
    Hi(u8),
    /// Any register, three bits at 0 and the top one at 7.
    Split,
    /// The same without pc.
    SplitNotPc,
    /// Any register in four bits.
    Any(u8),
    /// Any but pc.
    NotPc(u8),
    /// Neither sp nor pc, which most wide instructions refuse.
    Plain(u8),
    /// The same, and not the first operand.
    PlainNotFirst(u8),
    /// The same as `Plain`, at 0 and again at 16.
    Twice,
    /// Some of r0 to r7, without the first operand.
    ListWithoutFirst,
    /// Some of r0 to r7, among them the first operand.
    ListWithFirst,
    /// Some of r0 to r7 and lr.
    PushList,
    /// Some of r0 to r7 and pc.
    PopList,
    /// Two or more of the registers in this mask, not both lr and pc.
    WideList(u16),
    /// The same without the first operand.
    WideListWithoutFirst(u16),
    /// An unsigned constant of so many bits, not below `low`, in units of 1 << `scale`.
    Imm {
        /// Lowest bit.
        at: u8,
        /// Number of bits.
        bits: u8,
        /// Zero bits left out at its low end.
        scale: u8,
        /// Least value.
        low: u8,
    },
    /// A right shift by 1 to 32 in five bits; 32 is written as 0.
    ShiftRight(u8),
    /// A left shift or rotation by 1 to 31 in bits 14:12 and 7:6.
    WideLeft,
    /// A right shift by 1 to 32 there.
    WideRight,
    /// A shift there, its kind at 4.
    Shifted,
    /// A word that `imm::pack` knows, in 26, 14:12 and 7:0.
    Packed,
    /// Twelve bits there.
    Imm12,
    /// Sixteen bits there and in 19:16.
    Imm16,
    /// -255 to -1, without its sign.
    Negative8,
    /// -4095 to -1, without its sign.
    Negative12,
    /// -255 to 255, bit 9 set if not negative.
    Signed8,
    /// -1020 to 1020 in words, bit 23 set if not negative.
    SignedWords,
    /// Lowest bit of a bit field, in 14:12 and 7:6.
    Lsb,
    /// Width of the bit field, written less one.
    Width,
    /// Width of the bit field, written as its highest bit.
    Msb,
    /// Branch of `b<cond>`: 8 bits.
    Branch8,
    /// Branch of `b`: 11 bits.
    Branch11,
    /// Branch of `b<cond>.w`: 20 bits.
    Branch20,
    /// Branch of `b.w` and `bl`: 24 bits.
    Branch24,
    /// Forward branch of `cbz`: 6 bits.
    BranchZero,
    /// First condition of `it`, whose mask for an even condition is here.
    It(u8),
    /// Number of a special register.
    Special,
    /// Single at 15:12 and 22.
    SingleD,
    /// Single at 19:16 and 7.
    SingleN,
    /// Single at 3:0 and 5.
    SingleM,
}

use Field::*;

impl Field {
    /// The bits it may set.
    pub const fn mask(self) -> u32 {
        match self {
            Lo(at) | Hi(at) => 7 << at,
            Split | SplitNotPc => 0x87,
            Any(at) | NotPc(at) | Plain(at) | PlainNotFirst(at) => 15 << at,
            Twice => 0xf_000f,
            ListWithoutFirst | ListWithFirst | Negative8 | Branch8 | It(_) | Special => 0xff,
            PushList | PopList => 0x1ff,
            WideList(_) | WideListWithoutFirst(_) => 0xffff,
            Imm { at, bits, .. } => ((1 << bits) - 1) << at,
            ShiftRight(at) => 31 << at,
            WideLeft | WideRight | Lsb => 0x70c0,
            Shifted => 0x70f0,
            Packed | Imm12 => 0x0400_70ff,
            Imm16 => 0x040f_70ff,
            Negative12 => 0xfff,
            Signed8 => 0x2ff,
            SignedWords => 0x0080_00ff,
            Width | Msb => 0x1f,
            Branch11 => 0x7ff,
            Branch20 => 0x043f_2fff,
            Branch24 => 0x07ff_2fff,
            BranchZero => 0x2f8,
            SingleD => 0x0040_f000,
            SingleN => 0x000f_0080,
            SingleM => 0x2f,
        }
    }

    /// The bits that stand for `operand`, which follows `earlier` ones.
    pub fn put(self, operand: Operand, earlier: &[Operand]) -> Result<u32, Misfit> {
        match self {
            Lo(at) => Ok(register(operand, Reg::is_low)? << at),
            Hi(at) => Ok((register(operand, |reg| !reg.is_low() && reg != Reg::PC)? & 7) << at),
            Split => Ok(split_register(register(operand, |_| true)?)),
            SplitNotPc => Ok(split_register(register(operand, |reg| reg != Reg::PC)?)),
            Any(at) => Ok(register(operand, |_| true)? << at),
            NotPc(at) => Ok(register(operand, |reg| reg != Reg::PC)? << at),
            Plain(at) => Ok(register(operand, is_plain)? << at),
            PlainNotFirst(at) if earlier.first() != Some(&operand) => Ok(register(operand, is_plain)? << at),
            PlainNotFirst(_) => Err(Misfit::Pair),
            Twice => Ok(register(operand, is_plain)? * 0x1_0001),
            ListWithoutFirst if holds_first(operand, earlier) => Err(Misfit::Pair),
            ListWithoutFirst => list(operand, 0xff, 1),
            ListWithFirst if !holds_first(operand, earlier) => Err(Misfit::Pair),
            ListWithFirst => list(operand, 0xff, 1),
            PushList => list(operand, 0x40ff, 1).map(|bits| bits & 0xff | bits >> 6 & 0x100),
            PopList => list(operand, 0x80ff, 1).map(|bits| bits & 0xff | bits >> 7 & 0x100),
            WideList(mask) => list(operand, mask, 2),
            WideListWithoutFirst(_) if holds_first(operand, earlier) => Err(Misfit::Pair),
            WideListWithoutFirst(mask) => list(operand, mask, 2),
            Imm { at, bits, scale, low } => {
                let high = ((1 << bits) - 1) << scale;
                Ok(number(operand, i32::from(low), high, 1 << scale)? as u32 >> scale << at)
            }
            ShiftRight(at) => Ok((number(operand, 1, 32, 1)? as u32 & 31) << at),
            WideLeft => Ok(join5(number(operand, 1, 31, 1)? as u32)),
            WideRight => Ok(join5(number(operand, 1, 32, 1)? as u32 & 31)),
            Shifted => shifted(operand),
            Packed => {
                let Operand::Imm(value) = operand else { return Err(Misfit::Kind) };
                imm::pack(value as u32).map(|bits| join12(bits.into())).ok_or(Misfit::Constant)
            }
            Imm12 => Ok(join12(number(operand, 0, 4095, 1)? as u32)),
            Imm16 => {
                let bits = number(operand, 0, 0xffff, 1)? as u32;
                Ok(join12(bits) | (bits & 0xf000) << 4)
            }
            Negative8 => Ok(number(operand, -255, -1, 1)?.unsigned_abs()),
            Negative12 => Ok(number(operand, -4095, -1, 1)?.unsigned_abs()),
            Signed8 => {
                let value = number(operand, -255, 255, 1)?;
                Ok(value.unsigned_abs() | u32::from(value >= 0) << 9)
            }
            SignedWords => {
                let value = number(operand, -1020, 1020, 4)?;
                Ok(value.unsigned_abs() >> 2 | u32::from(value >= 0) << 23)
            }
            Lsb => Ok(join5(number(operand, 0, 31, 1)? as u32)),
            Width => Ok(number(operand, 1, 32 - lsb(earlier), 1)? as u32 - 1),
            Msb => Ok((number(operand, 1, 32 - lsb(earlier), 1)? - 1 + lsb(earlier)) as u32),
            Branch8 => Ok(steps(operand, -252, 258)? & 0xff),
            Branch11 => Ok(steps(operand, -2044, 2050)? & 0x7ff),
            Branch20 => {
                let bits = steps(operand, -1_048_572, 1_048_578)?;
                let (sign, j2, j1) = (bits >> 31, bits >> 18 & 1, bits >> 17 & 1);
                Ok(sign << 26 | (bits >> 11 & 0x3f) << 16 | j1 << 13 | j2 << 11 | bits & 0x7ff)
            }
            Branch24 => {
                let bits = steps(operand, -16_777_212, 16_777_218)?;
                let sign = bits >> 31;
                let (j1, j2) = (!(bits >> 22 ^ sign) & 1, !(bits >> 21 ^ sign) & 1);
                Ok(sign << 26 | (bits >> 11 & 0x3ff) << 16 | j1 << 13 | j2 << 11 | bits & 0x7ff)
            }
            BranchZero => {
                let bits = steps(operand, 4, 130)?;
                Ok((bits & 0x1f) << 3 | (bits & 0x20) << 4)
            }
            It(mask) => {
                let Operand::Cond(cond) = operand else { return Err(Misfit::Kind) };
                Ok(u32::from(cond.code()) << 4 | it_mask(mask, cond))
            }
            Special => {
                let Operand::Special(special) = operand else { return Err(Misfit::Kind) };
                Ok(u32::from(special.number()))
            }
            SingleD => single(operand, 12, 22),
            SingleN => single(operand, 16, 7),
            SingleM => single(operand, 0, 5),
        }
    }

    /// The operand that `word` holds here; nothing if no operand is written so.
    pub fn get(self, word: u32, earlier: &[Operand]) -> Option<Operand> {
        let operand = match self {
            Lo(at) => Operand::Reg(Reg::new((word >> at & 7) as u8)),
            Hi(at) => Operand::Reg(Reg::new((word >> at & 7) as u8 + 8)),
            Split | SplitNotPc => Operand::Reg(Reg::new((word & 7 | word >> 4 & 8) as u8)),
            Any(at) | NotPc(at) | Plain(at) | PlainNotFirst(at) => Operand::Reg(Reg::new((word >> at & 15) as u8)),
            Twice => Operand::Reg(Reg::new((word & 15) as u8)),
            ListWithoutFirst | ListWithFirst => Operand::List(List((word & 0xff) as u16)),
            PushList => Operand::List(List((word & 0xff | word << 6 & 0x4000) as u16)),
            PopList => Operand::List(List((word & 0xff | word << 7 & 0x8000) as u16)),
            WideList(_) | WideListWithoutFirst(_) => Operand::List(List(word as u16)),
            Imm { at, bits, scale, .. } => Operand::Imm(((word >> at & ((1 << bits) - 1)) << scale) as i32),
            ShiftRight(at) => Operand::Imm(shift_right(word >> at & 31)),
            WideLeft | Lsb => Operand::Imm(split5(word) as i32),
            WideRight => Operand::Imm(shift_right(split5(word))),
            Shifted => match word >> 4 & 3 {
                0 => Operand::Shift(Shift::Lsl, split5(word) as u8),
                1 => Operand::Shift(Shift::Lsr, shift_right(split5(word)) as u8),
                2 => Operand::Shift(Shift::Asr, shift_right(split5(word)) as u8),
                _ => Operand::Shift(Shift::Ror, split5(word) as u8),
            },
            Packed => Operand::Imm(imm::unpack(split12(word) as u16)? as i32),
            Imm12 => Operand::Imm(split12(word) as i32),
            Imm16 => Operand::Imm((split12(word) | word >> 4 & 0xf000) as i32),
            Negative8 => Operand::Imm(-((word & 0xff) as i32)),
            Negative12 => Operand::Imm(-((word & 0xfff) as i32)),
            Signed8 => Operand::Imm(signed(word & 0xff, word >> 9 & 1)),
            SignedWords => Operand::Imm(signed((word & 0xff) << 2, word >> 23 & 1)),
            Width => Operand::Imm((word & 31) as i32 + 1),
            Msb => Operand::Imm((word & 31) as i32 + 1 - lsb(earlier)),
            Branch8 => Operand::To(extend(word, 8) * 2 + 4),
            Branch11 => Operand::To(extend(word, 11) * 2 + 4),
            Branch20 => {
                let bits = word >> 26 & 1;
                let bits = bits << 1 | word >> 11 & 1;
                let bits = bits << 1 | word >> 13 & 1;
                Operand::To(extend((bits << 6 | word >> 16 & 0x3f) << 11 | word & 0x7ff, 20) * 2 + 4)
            }
            Branch24 => {
                let sign = word >> 26 & 1;
                let bits = sign << 1 | !(word >> 13 ^ sign) & 1;
                let bits = bits << 1 | !(word >> 11 ^ sign) & 1;
                Operand::To(extend((bits << 10 | word >> 16 & 0x3ff) << 11 | word & 0x7ff, 24) * 2 + 4)
            }
            BranchZero => Operand::To((word >> 3 & 0x1f | word >> 4 & 0x20) as i32 * 2 + 4),
            It(_) => Operand::Cond(Cond::new((word >> 4 & 15) as u8)?),
            Special => Operand::Special(crate::isa::Special::new((word & 0xff) as u8)?),
            SingleD => get_single(word, 12, 22),
            SingleN => get_single(word, 16, 7),
            SingleM => get_single(word, 0, 5),
        };
        (self.put(operand, earlier) == Ok(word & self.mask())).then_some(operand)
    }
}

fn register(operand: Operand, fits: impl Fn(Reg) -> bool) -> Result<u32, Misfit> {
    let Operand::Reg(reg) = operand else { return Err(Misfit::Kind) };
    if fits(reg) { Ok(u32::from(reg.number())) } else { Err(Misfit::Register) }
}

fn is_plain(reg: Reg) -> bool {
    reg != Reg::SP && reg != Reg::PC
}

const fn split_register(number: u32) -> u32 {
    number & 7 | (number & 8) << 4
}

fn list(operand: Operand, allowed: u16, least: u32) -> Result<u32, Misfit> {
    let Operand::List(list) = operand else { return Err(Misfit::Kind) };
    let both_ends = list.contains(Reg::LR) && list.contains(Reg::PC);
    if list.0 & !allowed != 0 || list.0.count_ones() < least || both_ends {
        return Err(Misfit::Register);
    }
    Ok(u32::from(list.0))
}

fn holds_first(operand: Operand, earlier: &[Operand]) -> bool {
    matches!((operand, earlier.first()), (Operand::List(list), Some(&Operand::Reg(reg))) if list.contains(reg))
}

fn number(operand: Operand, low: i32, high: i32, step: i32) -> Result<i32, Misfit> {
    let Operand::Imm(value) = operand else { return Err(Misfit::Kind) };
    let fits = low <= value && value <= high && value % step == 0;
    if fits { Ok(value) } else { Err(Misfit::Range { low, high, step }) }
}

fn shifted(operand: Operand) -> Result<u32, Misfit> {
    let Operand::Shift(shift, amount) = operand else { return Err(Misfit::Kind) };
    let high = match shift {
        Shift::Lsl | Shift::Ror => 31,
        Shift::Lsr | Shift::Asr => 32,
    };
    let amount = number(Operand::Imm(i32::from(amount)), 1, high, 1)?;
    Ok(join5(amount as u32 & 31) | (shift as u32) << 4)
}

/// The lowest bit of a bit field, which the operand before its width gave.
fn lsb(earlier: &[Operand]) -> i32 {
    if let Some(&Operand::Imm(value)) = earlier.last() { value & 31 } else { 0 }
}

/// A branch's halfwords from where pc reads, which is four bytes on.
fn steps(operand: Operand, low: i32, high: i32) -> Result<u32, Misfit> {
    let Operand::To(delta) = operand else { return Err(Misfit::Kind) };
    let fits = low <= delta && delta <= high && delta % 2 == 0;
    if fits { Ok(((delta - 4) >> 1) as u32) } else { Err(Misfit::Range { low, high, step: 2 }) }
}

fn single(operand: Operand, at: u8, lowest_at: u8) -> Result<u32, Misfit> {
    let Operand::Single(single) = operand else { return Err(Misfit::Kind) };
    let number = u32::from(single.number());
    Ok(number >> 1 << at | (number & 1) << lowest_at)
}

fn get_single(word: u32, at: u8, lowest_at: u8) -> Operand {
    Operand::Single(Single::new((word >> at & 15) as u8 * 2 + (word >> lowest_at & 1) as u8))
}

/// The mask of `it` with each "else" bit turned, because a bit means "same lowest bit as the condition".
fn it_mask(mask: u8, cond: Cond) -> u32 {
    let mask = u32::from(mask);
    let stop = mask & mask.wrapping_neg();
    // Bits above the lowest set one choose then or else.
    let choices = 15 & !(stop | stop.wrapping_sub(1));
    if cond.code() & 1 == 1 { mask ^ choices } else { mask }
}

const fn split5(word: u32) -> u32 {
    word >> 10 & 0x1c | word >> 6 & 3
}

const fn join5(bits: u32) -> u32 {
    (bits & 0x1c) << 10 | (bits & 3) << 6
}

const fn split12(word: u32) -> u32 {
    word >> 15 & 0x800 | word >> 4 & 0x700 | word & 0xff
}

const fn join12(bits: u32) -> u32 {
    (bits & 0x800) << 15 | (bits & 0x700) << 4 | bits & 0xff
}

const fn shift_right(bits: u32) -> i32 {
    if bits == 0 { 32 } else { bits as i32 }
}

const fn signed(size: u32, not_negative: u32) -> i32 {
    if not_negative == 1 { size as i32 } else { -(size as i32) }
}

/// The lowest `bits` bits as a signed number.
const fn extend(word: u32, bits: u32) -> i32 {
    (word << (32 - bits)) as i32 >> (32 - bits)
}
