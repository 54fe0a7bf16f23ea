//! The text form: printed by `Display`, read back by `parse`.
//!
//! ```text
//! func f(v0, v1, f2) -> word w64 f64 table v0+0
//! slot s0 2
//! b0:
//!   line 7
//!   v3 = add_ov v1, 5 else b2
//!   v4 = load.u8 v3+v1<<2+8
//!   v5 = call get(v4) else b2
//!   br.lt v5, -1, b0, b1
//! b1:
//!   ret v5
//! b2 cold:
//!   f2 = float 0x3ff0000000000000
//!   ret v1
//! ```
//!
//! Words are `v`, floats `f`, numbered together. A float constant is written by its bits.

mod parse;

pub use parse::{ParseError, parse};

use crate::func::{FloatSize, Func, Word};
use crate::inst::*;
use core::fmt::{self, Display, Formatter};

const ALU: [(Alu, &str); 15] = [
    (Alu::Add, "add"),
    (Alu::Sub, "sub"),
    (Alu::Mul, "mul"),
    (Alu::And, "and"),
    (Alu::Or, "or"),
    (Alu::Xor, "xor"),
    (Alu::Shl, "shl"),
    (Alu::Shr, "shr"),
    (Alu::Sar, "sar"),
    (Alu::Rotl, "rotl"),
    (Alu::Rotr, "rotr"),
    (Alu::Sdiv, "sdiv"),
    (Alu::Srem, "srem"),
    (Alu::Udiv, "udiv"),
    (Alu::Urem, "urem"),
];
const OV: [(Ov, &str); 3] = [(Ov::Add, "add_ov"), (Ov::Sub, "sub_ov"), (Ov::Mul, "mul_ov")];
const UN: [(Un, &str); 8] = [
    (Un::Neg, "neg"),
    (Un::Not, "not"),
    (Un::S8, "s8"),
    (Un::S16, "s16"),
    (Un::S32, "s32"),
    (Un::U8, "u8"),
    (Un::U16, "u16"),
    (Un::U32, "u32"),
];
const FOP: [(Fop, &str); 4] = [(Fop::Add, "fadd"), (Fop::Sub, "fsub"), (Fop::Mul, "fmul"), (Fop::Div, "fdiv")];
const FUN: [(Fun, &str); 3] = [(Fun::Neg, "fneg"), (Fun::Abs, "fabs"), (Fun::Sqrt, "fsqrt")];
const CC: [(Cc, &str); 12] = [
    (Cc::Eq, "eq"),
    (Cc::Ne, "ne"),
    (Cc::Lt, "lt"),
    (Cc::Le, "le"),
    (Cc::Gt, "gt"),
    (Cc::Ge, "ge"),
    (Cc::Ult, "ult"),
    (Cc::Ule, "ule"),
    (Cc::Ugt, "ugt"),
    (Cc::Uge, "uge"),
    (Cc::Bits, "bits"),
    (Cc::NoBits, "nobits"),
];
const FCC: [(Fcc, &str); 6] =
    [(Fcc::Eq, "eq"), (Fcc::Ne, "ne"), (Fcc::Lt, "lt"), (Fcc::Le, "le"), (Fcc::Gt, "gt"), (Fcc::Ge, "ge")];
const WIDTH: [(Width, &str); 7] = [
    (Width::U8, "u8"),
    (Width::S8, "s8"),
    (Width::U16, "u16"),
    (Width::S16, "s16"),
    (Width::U32, "u32"),
    (Width::S32, "s32"),
    (Width::Word, "word"),
];
const FWIDTH: [(Fwidth, &str); 2] = [(Fwidth::F32, "f32"), (Fwidth::F64, "f64")];
const CLASS: [(Class, &str); 2] = [(Class::Word, "word"), (Class::Float, "float")];
const WORD: [(Word, &str); 2] = [(Word::W32, "w32"), (Word::W64, "w64")];
const FLOAT: [(FloatSize, &str); 2] = [(FloatSize::F32, "f32"), (FloatSize::F64, "f64")];

fn name<T: PartialEq>(table: &[(T, &'static str)], item: T) -> &'static str {
    table.iter().find(|row| row.0 == item).map_or("?", |row| row.1)
}

fn named<T: Copy>(table: &[(T, &str)], name: &str) -> Option<T> {
    table.iter().find(|row| row.1 == name).map(|row| row.0)
}

impl Display for Func {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "func {}(", self.name)?;
        commas(f, self.params.iter().map(|&v| Reg(self, v)))?;
        f.write_str(")")?;
        if let Some(ret) = self.ret {
            write!(f, " -> {}", name(&CLASS, ret))?;
        }
        write!(f, " {} {}", name(&WORD, self.word), name(&FLOAT, self.float))?;
        if let Some(table) = self.table {
            write!(f, " table {}+{}", Reg(self, table.base), table.off)?;
        }
        writeln!(f)?;
        for (i, words) in self.slots.iter().enumerate() {
            writeln!(f, "slot s{i} {words}")?;
        }
        for &block in &self.order {
            let cold = self.blocks.get(block.index()).is_some_and(|data| data.cold);
            writeln!(f, "{block}{}:", if cold { " cold" } else { "" })?;
            for inst in self.block(block) {
                writeln!(f, "  {}", Line(self, inst))?;
            }
        }
        Ok(())
    }
}

impl Func {
    /// The text of one of its instructions.
    pub fn inst_text<'a>(&'a self, inst: &'a Inst<V>) -> impl Display + 'a {
        Line(self, inst)
    }
}

fn commas(f: &mut Formatter<'_>, items: impl Iterator<Item = impl Display>) -> fmt::Result {
    for (i, item) in items.enumerate() {
        write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
    }
    Ok(())
}

/// A register, with the letter of its class.
struct Reg<'a>(&'a Func, V);

impl Display for Reg<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let letter = match self.0.class(self.1) {
            Class::Word => 'v',
            Class::Float => 'f',
        };
        write!(f, "{letter}{}", self.1.index())
    }
}

struct Value<'a>(&'a Func, Operand<V>);

impl Display for Value<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.1 {
            Operand::Reg(v) => Reg(self.0, v).fmt(f),
            Operand::Imm(value) => value.fmt(f),
        }
    }
}

struct Address<'a>(&'a Func, V, Option<(V, u8)>, i32);

impl Display for Address<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Address(func, base, index, off) = *self;
        Reg(func, base).fmt(f)?;
        if let Some((index, shift)) = index {
            write!(f, "+{}<<{shift}", Reg(func, index))?;
        }
        write!(f, "+{off}")
    }
}

/// One instruction of a function.
struct Line<'a>(&'a Func, &'a Inst<V>);

impl Display for Line<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let func = self.0;
        let r = |v| Reg(func, v);
        let o = |b| Value(func, b);
        let at = |base, index, off| Address(func, base, index, off);
        if let Some(d) = self.1.def() {
            write!(f, "{} = ", r(d))?;
        }
        match *self.1 {
            Inst::Int { value, .. } => write!(f, "int {value}"),
            Inst::Float { value, .. } => write!(f, "float {:#x}", value.to_bits()),
            Inst::Copy { a, .. } => write!(f, "copy {}", r(a)),
            Inst::Alu { op, a, b, .. } => write!(f, "{} {}, {}", name(&ALU, op), r(a), o(b)),
            Inst::AluOv { op, a, b, to, .. } => write!(f, "{} {}, {} else {to}", name(&OV, op), r(a), o(b)),
            Inst::Un { op, a, .. } => write!(f, "{} {}", name(&UN, op), r(a)),
            Inst::Load { w, base, off, .. } => write!(f, "load.{} {}", name(&WIDTH, w), at(base, None, off)),
            Inst::LoadAt { w, base, index, shift, off, .. } => {
                write!(f, "load.{} {}", name(&WIDTH, w), at(base, Some((index, shift)), off))
            }
            Inst::Store { w, a, base, off } => {
                write!(f, "store.{} {}, {}", name(&WIDTH, w), at(base, None, off), r(a))
            }
            Inst::StoreAt { w, a, base, index, shift, off } => {
                write!(f, "store.{} {}, {}", name(&WIDTH, w), at(base, Some((index, shift)), off), r(a))
            }
            Inst::FLoad { w, base, off, .. } => write!(f, "load.{} {}", name(&FWIDTH, w), at(base, None, off)),
            Inst::FLoadAt { w, base, index, shift, off, .. } => {
                write!(f, "load.{} {}", name(&FWIDTH, w), at(base, Some((index, shift)), off))
            }
            Inst::FStore { w, a, base, off } => {
                write!(f, "store.{} {}, {}", name(&FWIDTH, w), at(base, None, off), r(a))
            }
            Inst::FStoreAt { w, a, base, index, shift, off } => {
                write!(f, "store.{} {}, {}", name(&FWIDTH, w), at(base, Some((index, shift)), off), r(a))
            }
            Inst::Fop { op, a, b, .. } => write!(f, "{} {}, {}", name(&FOP, op), r(a), r(b)),
            Inst::Fun { op, a, .. } => write!(f, "{} {}", name(&FUN, op), r(a)),
            Inst::Set { cc, a, b, .. } => write!(f, "set.{} {}, {}", name(&CC, cc), r(a), o(b)),
            Inst::FSet { cc, a, b, .. } => write!(f, "fset.{} {}, {}", name(&FCC, cc), r(a), r(b)),
            Inst::ToFloat { a, .. } => write!(f, "to_float {}", r(a)),
            Inst::ToInt { a, to, .. } => write!(f, "to_int {} else {to}", r(a)),
            Inst::Bits { a, .. } => write!(f, "bits {}", r(a)),
            Inst::FromBits { a, .. } => write!(f, "from_bits {}", r(a)),
            Inst::SlotAddr { slot, .. } => write!(f, "slot {slot}"),
            Inst::Call { helper, args, err, .. } => {
                write!(f, "call {}", func.helper(helper).map_or("?", |sig| sig.name))?;
                self.args(f, args, err)
            }
            Inst::CallTo { target, args, err, .. } => {
                write!(f, "call_to {}", r(target))?;
                self.args(f, args, err)
            }
            Inst::Line { line } => write!(f, "line {line}"),
            Inst::Exit { cc, a, b, to } => write!(f, "exit.{} {}, {}, {to}", name(&CC, cc), r(a), o(b)),
            Inst::FExit { cc, a, b, to } => write!(f, "fexit.{} {}, {}, {to}", name(&FCC, cc), r(a), r(b)),
            Inst::Br { cc, a, b, to, or } => write!(f, "br.{} {}, {}, {to}, {or}", name(&CC, cc), r(a), o(b)),
            Inst::FBr { cc, a, b, to, or } => write!(f, "fbr.{} {}, {}, {to}, {or}", name(&FCC, cc), r(a), r(b)),
            Inst::Switch { a, blocks, or } => {
                write!(f, "switch {}(", r(a))?;
                commas(f, blocks.of(&func.targets).iter())?;
                write!(f, ") else {or}")
            }
            Inst::Jump { to } => write!(f, "jump {to}"),
            Inst::Ret { a: Some(a) } => write!(f, "ret {}", r(a)),
            Inst::Ret { a: None } => f.write_str("ret"),
        }
    }
}

impl Line<'_> {
    fn args(&self, f: &mut Formatter<'_>, args: List, err: Option<Block>) -> fmt::Result {
        f.write_str("(")?;
        commas(f, args.of(&self.0.args).iter().map(|&v| Reg(self.0, v)))?;
        f.write_str(")")?;
        match err {
            Some(err) => write!(f, " else {err}"),
            None => Ok(()),
        }
    }
}
