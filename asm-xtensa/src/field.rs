//! Operands and where they lie: each field puts its operand into the word, gets it back, and says what fits.

use core::fmt;

use crate::imm;
use crate::reg::Reg;

/// An operand of an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// An address register.
    Reg(Reg),
    /// A constant.
    Imm(i32),
    /// Where to go or to read, in bytes from the instruction (see the crate's page).
    To(i32),
}

/// Why an operand does not fit its field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Misfit {
    /// An operand of another kind is wanted.
    Kind,
    /// Not within these bounds, or not a multiple of the step.
    Range {
        /// The least value.
        low: i32,
        /// The greatest value.
        high: i32,
        /// What it must be a multiple of.
        step: i32,
    },
    /// None of the few constants that the instruction can name.
    Constant,
}

/// A place of one operand in the word; the manual calls the places at 4, 8 and 12 t, s and r.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// A register in four bits from here.
    Reg(u8),
    /// A register in s and again in t.
    Twice,
    /// An unsigned constant of so many bits, in units of 1 << `scale`.
    Imm {
        /// Lowest bit.
        at: u8,
        /// Number of bits.
        bits: u8,
        /// Zero bits left out at its low end.
        scale: u8,
    },
    /// Eight signed bits at 16, in units of 1 << this.
    Signed8(u8),
    /// Twelve signed bits of `movi`: low eight at 16, the rest in s.
    Signed12,
    /// -32 to 95: four bits in r, three at 4.
    MoviN,
    /// 1 to 15, or -1, which is written as 0, in t.
    AddiN,
    /// 7 to 22, in t less seven.
    SignBit,
    /// 1 to 31, as 32 less it: four bits in t, one at 20.
    ShiftLeft,
    /// 0 to 31: four bits in s, one at 20.
    ShiftRight,
    /// 0 to 31: four bits in s, one at 4.
    ShiftAmount,
    /// 0 to 31: four bits in s, one at 16.
    Lsb,
    /// 1 to 16 bits above the lowest one, written less one at 20.
    Width,
    /// 0 to 31: four bits in t, one at 12.
    Bit,
    /// One of `imm::SIGNED`, in r.
    SignedFew,
    /// One of `imm::UNSIGNED`, in r.
    UnsignedFew,
    /// Eight signed bits at 16.
    Branch8,
    /// Twelve signed bits at 12.
    Branch12,
    /// Eighteen signed bits at 6.
    Jump,
    /// Eighteen signed bits at 6, counting words.
    Call,
    /// Six bits, forward: four in r, two at 4.
    BranchN,
    /// Eight bits at 16, forward: the end of a loop.
    LoopEnd,
    /// Sixteen bits at 8, counting words backward.
    Literal,
}

use Field::*;

impl Field {
    /// The bits it may set.
    pub const fn mask(self) -> u32 {
        match self {
            Reg(at) => 15 << at,
            Twice => 0xff0,
            Imm { at, bits, .. } => ((1 << bits) - 1) << at,
            Signed8(_) | Branch8 | LoopEnd => 0xff_0000,
            Signed12 => 0xff_0f00,
            MoviN => 0xf070,
            AddiN | SignBit => 0xf0,
            ShiftLeft => 0x10_00f0,
            ShiftRight => 0x10_0f00,
            ShiftAmount => 0xf10,
            Lsb => 0x1_0f00,
            Width => 0xf0_0000,
            Bit => 0x10f0,
            SignedFew | UnsignedFew => 0xf000,
            Branch12 => 0xff_f000,
            Jump | Call => 0xff_ffc0,
            BranchN => 0xf030,
            Literal => 0xff_ff00,
        }
    }

    /// The bits that stand for `operand`, which follows `earlier` ones.
    pub fn put(self, operand: Operand, earlier: &[Operand]) -> Result<u32, Misfit> {
        match self {
            Reg(at) => Ok(register(operand)? << at),
            Twice => Ok(register(operand)? * 0x110),
            Imm { at, bits, scale } => {
                Ok(number(operand, 0, ((1 << bits) - 1) << scale, 1 << scale)? as u32 >> scale << at)
            }
            Signed8(scale) => {
                let value = number(operand, -(128 << scale), 127 << scale, 1 << scale)?;
                Ok(((value >> scale) as u32 & 0xff) << 16)
            }
            Signed12 => {
                let bits = number(operand, -2048, 2047, 1)? as u32;
                Ok((bits & 0xff) << 16 | bits & 0xf00)
            }
            MoviN => {
                let bits = number(operand, -32, 95, 1)? as u32;
                Ok((bits & 15) << 12 | bits & 0x70)
            }
            AddiN if operand == Operand::Imm(-1) => Ok(0),
            AddiN => Ok((number(operand, 1, 15, 1)? as u32) << 4),
            SignBit => Ok((number(operand, 7, 22, 1)? as u32 - 7) << 4),
            ShiftLeft => {
                let bits = 32 - number(operand, 1, 31, 1)? as u32;
                Ok((bits & 15) << 4 | bits >> 4 << 20)
            }
            ShiftRight => five(operand, 8, 20),
            ShiftAmount => five(operand, 8, 4),
            Lsb => five(operand, 8, 16),
            Width => Ok((number(operand, 1, 16.min(32 - lsb(earlier)), 1)? as u32 - 1) << 20),
            Bit => five(operand, 4, 12),
            SignedFew => few(operand, &imm::SIGNED),
            UnsignedFew => few(operand, &imm::UNSIGNED),
            Branch8 => Ok((distance(operand, -124, 131, 1)? & 0xff) << 16),
            Branch12 => Ok((distance(operand, -2044, 2051, 1)? & 0xfff) << 12),
            Jump => Ok((distance(operand, -131_068, 131_075, 1)? & 0x3_ffff) << 6),
            Call => Ok((distance(operand, -524_284, 524_288, 4)? >> 2 & 0x3_ffff) << 6),
            BranchN => {
                let bits = distance(operand, 4, 67, 1)?;
                Ok((bits & 15) << 12 | bits & 0x30)
            }
            LoopEnd => Ok(distance(operand, 4, 259, 1)? << 16),
            // Counted from the word itself, not from four bytes on.
            Literal => Ok((distance(operand, -262_144, -4, 4)?.wrapping_add(4) >> 2 & 0xffff) << 8),
        }
    }

    /// The operand that `word` holds here; nothing if no operand is written so.
    pub fn get(self, word: u32, earlier: &[Operand]) -> Option<Operand> {
        let operand = match self {
            Reg(at) => Operand::Reg(crate::reg::Reg::new((word >> at & 15) as u8)),
            Twice => Operand::Reg(crate::reg::Reg::new((word >> 8 & 15) as u8)),
            Imm { at, bits, scale } => Operand::Imm(((word >> at & ((1 << bits) - 1)) << scale) as i32),
            Signed8(scale) => Operand::Imm(extend(word >> 16, 8) << scale),
            Signed12 => Operand::Imm(extend(word >> 16 & 0xff | word & 0xf00, 12)),
            MoviN => {
                let bits = (word >> 12 & 15 | word & 0x70) as i32;
                Operand::Imm(if bits >= 96 { bits - 128 } else { bits })
            }
            AddiN if word & 0xf0 == 0 => Operand::Imm(-1),
            AddiN => Operand::Imm((word >> 4 & 15) as i32),
            SignBit => Operand::Imm((word >> 4 & 15) as i32 + 7),
            ShiftLeft => Operand::Imm(32 - get_five(word, 4, 20)),
            ShiftRight => Operand::Imm(get_five(word, 8, 20)),
            ShiftAmount => Operand::Imm(get_five(word, 8, 4)),
            Lsb => Operand::Imm(get_five(word, 8, 16)),
            Width => Operand::Imm((word >> 20 & 15) as i32 + 1),
            Bit => Operand::Imm(get_five(word, 4, 12)),
            SignedFew => Operand::Imm(*imm::SIGNED.get((word >> 12 & 15) as usize)?),
            UnsignedFew => Operand::Imm(*imm::UNSIGNED.get((word >> 12 & 15) as usize)?),
            Branch8 => Operand::To(extend(word >> 16, 8) + 4),
            Branch12 => Operand::To(extend(word >> 12, 12) + 4),
            Jump => Operand::To(extend(word >> 6, 18) + 4),
            Call => Operand::To((extend(word >> 6, 18) << 2) + 4),
            BranchN => Operand::To((word >> 12 & 15 | word & 0x30) as i32 + 4),
            LoopEnd => Operand::To((word >> 16 & 0xff) as i32 + 4),
            Literal => Operand::To(((word >> 8 & 0xffff) as i32 - 0x1_0000) << 2),
        };
        (self.put(operand, earlier) == Ok(word & self.mask())).then_some(operand)
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Operand::Reg(reg) => write!(f, "{reg}"),
            Operand::Imm(value) => write!(f, "{value}"),
            Operand::To(delta) => write!(f, ".{delta:+}"),
        }
    }
}

fn register(operand: Operand) -> Result<u32, Misfit> {
    let Operand::Reg(reg) = operand else { return Err(Misfit::Kind) };
    Ok(u32::from(reg.number()))
}

fn number(operand: Operand, low: i32, high: i32, step: i32) -> Result<i32, Misfit> {
    let Operand::Imm(value) = operand else { return Err(Misfit::Kind) };
    let fits = low <= value && value <= high && value % step == 0;
    if fits { Ok(value) } else { Err(Misfit::Range { low, high, step }) }
}

/// How far beyond the place four bytes on, from where most distances are written.
fn distance(operand: Operand, low: i32, high: i32, step: i32) -> Result<u32, Misfit> {
    let Operand::To(delta) = operand else { return Err(Misfit::Kind) };
    let fits = low <= delta && delta <= high && delta % step == 0;
    if fits { Ok((delta - 4) as u32) } else { Err(Misfit::Range { low, high, step }) }
}

fn five(operand: Operand, at: u8, top_at: u8) -> Result<u32, Misfit> {
    let bits = number(operand, 0, 31, 1)? as u32;
    Ok((bits & 15) << at | bits >> 4 << top_at)
}

fn get_five(word: u32, at: u8, top_at: u8) -> i32 {
    (word >> at & 15 | (word >> top_at & 1) << 4) as i32
}

fn few(operand: Operand, constants: &[i32; 16]) -> Result<u32, Misfit> {
    let Operand::Imm(value) = operand else { return Err(Misfit::Kind) };
    let place = constants.iter().position(|&constant| constant == value);
    place.map(|place| (place as u32) << 12).ok_or(Misfit::Constant)
}

/// The lowest bit of a bit field, which the operand before its width gave.
fn lsb(earlier: &[Operand]) -> i32 {
    if let Some(&Operand::Imm(value)) = earlier.last() { value & 31 } else { 0 }
}

/// The lowest `bits` bits as a signed number.
const fn extend(word: u32, bits: u32) -> i32 {
    (word << (32 - bits)) as i32 >> (32 - bits)
}
