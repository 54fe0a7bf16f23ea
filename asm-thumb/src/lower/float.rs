//! Single-precision floats.

use ir::{Block, Fcc, Fop, Fun, Fwidth, Refused, V};

use super::Lower;
use super::memory::Index;
use crate::emit::{FLOAT_TEMPS, Go, IP, rows};
use crate::operand::Operand;
use crate::reg::{Cond, Single};

const A: Single = FLOAT_TEMPS[0];
const C: Single = FLOAT_TEMPS[1];

fn single(of: Single) -> Operand {
    Operand::Single(of)
}

impl Lower<'_> {
    /// d = value
    pub fn float_constant(&mut self, d: V, value: f32) -> Result<(), Refused> {
        let sd = self.emit.dest_float(d, A);
        self.emit.constant(IP, value.to_bits())?;
        self.emit.put(rows!("vmov" as "$, $"), &[single(sd), Operand::Reg(IP)])?;
        self.emit.wrote_float(d, sd)
    }

    /// d = a op b
    pub fn fop(&mut self, op: Fop, d: V, a: V, b: V) -> Result<(), Refused> {
        let (x, y) = (self.emit.read_float(a, A)?, self.emit.read_float(b, C)?);
        let sd = self.emit.dest_float(d, A);
        let choice = match op {
            Fop::Add => rows!("vadd.f32"),
            Fop::Sub => rows!("vsub.f32"),
            Fop::Mul => rows!("vmul.f32"),
            Fop::Div => rows!("vdiv.f32"),
        };
        self.emit.put(choice, &[single(sd), single(x), single(y)])?;
        self.emit.wrote_float(d, sd)
    }

    /// d = op a
    pub fn fun(&mut self, op: Fun, d: V, a: V) -> Result<(), Refused> {
        let x = self.emit.read_float(a, A)?;
        let sd = self.emit.dest_float(d, A);
        let choice = match op {
            Fun::Neg => rows!("vneg.f32"),
            Fun::Abs => rows!("vabs.f32"),
            Fun::Sqrt => rows!("vsqrt.f32"),
        };
        self.emit.put(choice, &[single(sd), single(x)])?;
        self.emit.wrote_float(d, sd)
    }

    /// Sets the flags; the condition holds if `a cc b` does. With a NaN only `Ne` holds.
    pub fn compare_floats(&mut self, cc: Fcc, a: V, b: V) -> Result<Cond, Refused> {
        let (x, y) = (self.emit.read_float(a, A)?, self.emit.read_float(b, C)?);
        self.flags(x, y)?;
        Ok(match cc {
            Fcc::Eq => Cond::Eq,
            Fcc::Ne => Cond::Ne,
            Fcc::Lt => Cond::Mi,
            Fcc::Le => Cond::Ls,
            Fcc::Gt => Cond::Gt,
            Fcc::Ge => Cond::Ge,
        })
    }

    fn flags(&mut self, x: Single, y: Single) -> Result<(), Refused> {
        self.emit.put(rows!("vcmp.f32" as "$, $"), &[single(x), single(y)])?;
        self.emit.put(rows!("vmrs" as "APSR_nzcv, fpscr"), &[])
    }

    /// d = the word a
    pub fn float_of_word(&mut self, d: V, a: V) -> Result<(), Refused> {
        let x = self.emit.read(a, IP)?;
        let sd = self.emit.dest_float(d, A);
        self.emit.put(rows!("vmov" as "$, $"), &[single(sd), Operand::Reg(x)])?;
        self.emit.put(rows!("vcvt.f32.s32"), &[single(sd), single(sd)])?;
        self.emit.wrote_float(d, sd)
    }

    /// d = the float a towards zero; to `to` where no word holds it.
    pub fn word_of_float(&mut self, d: V, a: V, to: Block) -> Result<(), Refused> {
        let x = self.emit.read_float(a, A)?;
        // The bounds are floats themselves. With a NaN the first comparison leaves "not less".
        for (bound, out) in [(2_147_483_648.0_f32, Cond::Pl), (-2_147_483_648.0, Cond::Mi)] {
            self.emit.constant(IP, bound.to_bits())?;
            self.emit.put(rows!("vmov" as "$, $"), &[single(C), Operand::Reg(IP)])?;
            self.flags(x, C)?;
            self.emit.go(Go::If(out), to)?;
        }
        let rd = self.emit.dest(d, IP);
        self.emit.put(rows!("vcvt.s32.f32"), &[single(C), single(x)])?;
        self.emit.put(rows!("vmov" as "$, $"), &[Operand::Reg(rd), single(C)])?;
        self.emit.wrote(d, rd)
    }

    /// d = the bits of the float a
    pub fn bits_of_float(&mut self, d: V, a: V) -> Result<(), Refused> {
        let x = self.emit.read_float(a, A)?;
        let rd = self.emit.dest(d, IP);
        self.emit.put(rows!("vmov" as "$, $"), &[Operand::Reg(rd), single(x)])?;
        self.emit.wrote(d, rd)
    }

    /// d = the float with the bits a
    pub fn float_of_bits(&mut self, d: V, a: V) -> Result<(), Refused> {
        let x = self.emit.read(a, IP)?;
        let sd = self.emit.dest_float(d, A);
        self.emit.put(rows!("vmov" as "$, $"), &[single(sd), Operand::Reg(x)])?;
        self.emit.wrote_float(d, sd)
    }

    /// d = float in memory. It goes through a core register, because it may lie anywhere and `vldr` wants whole words.
    pub fn float_load(&mut self, w: Fwidth, d: V, base: V, index: Option<Index>, off: i32) -> Result<(), Refused> {
        let (base, off) = self.float_place(w, base, index, off)?;
        self.emit.put(rows!("ldr.w"), &[Operand::Reg(IP), Operand::Reg(base), Operand::Imm(off)])?;
        let sd = self.emit.dest_float(d, A);
        self.emit.put(rows!("vmov" as "$, $"), &[single(sd), Operand::Reg(IP)])?;
        self.emit.wrote_float(d, sd)
    }

    /// float in memory = a
    pub fn float_store(&mut self, w: Fwidth, a: V, base: V, index: Option<Index>, off: i32) -> Result<(), Refused> {
        let (base, off) = self.float_place(w, base, index, off)?;
        let x = self.emit.read_float(a, A)?;
        let lr = self.emit.lr();
        self.emit.put(rows!("vmov" as "$, $"), &[Operand::Reg(lr), single(x)])?;
        self.emit.put(rows!("str.w"), &[Operand::Reg(lr), Operand::Reg(base), Operand::Imm(off)])
    }

    fn float_place(
        &mut self,
        w: Fwidth,
        base: V,
        index: Option<Index>,
        off: i32,
    ) -> Result<(crate::reg::Reg, i32), Refused> {
        if w == Fwidth::F64 {
            return Err(Refused::Unsupported("doubles in memory"));
        }
        match index {
            Some(index) => Ok((IP, self.sum(base, index, off)?)),
            None => self.place(base, off),
        }
    }
}
