//! The instructions: words, floats, memory, compare-and-branch, calls.

use core::fmt;
use core::num::NonZero;

/// What registers, blocks and operands in lists are counted by. A function too long for it is none for a board; on hosts
/// no function that people or their programs write is too long.
#[cfg(target_pointer_width = "32")]
type Number = u16;
#[cfg(not(target_pointer_width = "32"))]
type Number = u32;

/// How many can be told apart.
const LIMIT: usize = if size_of::<Number>() == 2 { u16::MAX as usize } else { 1 << 24 };

/// What a virtual register holds. A register keeps its class for life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// A machine word of the function's word size.
    Word,
    /// A float of the function's float size.
    Float,
}

macro_rules! index {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        // Non-zero inside, so that an optional one is no larger.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZero<Number>);

        impl $name {
            /// How many can be told apart.
            pub const LIMIT: usize = LIMIT;

            /// Number `index`; `None` at `LIMIT` and above.
            pub const fn new(index: usize) -> Option<Self> {
                if index >= Self::LIMIT {
                    return None;
                }
                match NonZero::new(index as Number + 1) {
                    Some(n) => Some($name(n)),
                    None => None,
                }
            }

            /// Its number, from 0.
            pub const fn index(self) -> usize {
                self.0.get() as usize - 1
            }

            /// Number 0.
            pub const FIRST: Self = $name(NonZero::<Number>::MIN);
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.index())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

index!(
    /// A virtual register. Not SSA: it may be written any number of times.
    V, "v"
);
index!(
    /// A basic block, which is also what a branch names.
    Block, "b"
);
index!(
    /// A run of words in the frame.
    Slot, "s"
);
index!(
    /// Row of the helper table.
    Helper, "h"
);

/// The second operand of most word instructions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand<R> {
    /// A register.
    Reg(R),
    /// A constant, sign-extended to the word.
    Imm(i32),
}

impl<R> From<i32> for Operand<R> {
    fn from(value: i32) -> Self {
        Operand::Imm(value)
    }
}

impl From<V> for Operand<V> {
    fn from(v: V) -> Self {
        Operand::Reg(v)
    }
}

/// A stretch of one of the function's pools: call arguments, or the targets of a switch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct List {
    /// Index of the first item.
    pub start: Number,
    /// How many.
    pub len: Number,
}

/// Word arithmetic with two operands. All of it wraps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alu {
    /// a + b
    Add,
    /// a - b
    Sub,
    /// a * b
    Mul,
    /// a & b
    And,
    /// a | b
    Or,
    /// a ^ b
    Xor,
    /// a << b; shifts and rotations take their amount modulo the word's bits.
    Shl,
    /// a >> b, filling with zeros.
    Shr,
    /// a >> b, filling with the sign.
    Sar,
    /// Rotation to the left.
    Rotl,
    /// Rotation to the right.
    Rotr,
    /// Signed quotient towards zero. The smallest word by -1 gives itself; the front end guards b = 0.
    Sdiv,
    /// Signed remainder with the sign of a. The front end guards b = 0.
    Srem,
    /// Unsigned quotient. The front end guards b = 0.
    Udiv,
    /// Unsigned remainder. The front end guards b = 0.
    Urem,
}

/// Word arithmetic with an exit on signed overflow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ov {
    /// a + b
    Add,
    /// a - b
    Sub,
    /// a * b
    Mul,
}

/// Word arithmetic with one operand. An extension from 32 bits copies where the word has 32.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Un {
    /// -a, wrapping.
    Neg,
    /// !a
    Not,
    /// Low 8 bits, sign-extended.
    S8,
    /// Low 16 bits, sign-extended.
    S16,
    /// Low 32 bits, sign-extended.
    S32,
    /// Low 8 bits, zero-extended.
    U8,
    /// Low 16 bits, zero-extended.
    U16,
    /// Low 32 bits, zero-extended.
    U32,
}

/// Float arithmetic with two operands, IEEE, to nearest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fop {
    /// a + b
    Add,
    /// a - b
    Sub,
    /// a * b
    Mul,
    /// a / b
    Div,
}

/// Float arithmetic with one operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fun {
    /// Sign flipped.
    Neg,
    /// Sign cleared.
    Abs,
    /// Square root; not every board can (`Caps::sqrt`).
    Sqrt,
}

/// Conditions over words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cc {
    /// a = b
    Eq,
    /// a ≠ b
    Ne,
    /// Signed a < b
    Lt,
    /// Signed a ≤ b
    Le,
    /// Signed a > b
    Gt,
    /// Signed a ≥ b
    Ge,
    /// Unsigned a < b
    Ult,
    /// Unsigned a ≤ b
    Ule,
    /// Unsigned a > b
    Ugt,
    /// Unsigned a ≥ b
    Uge,
    /// a & b has a bit set.
    Bits,
    /// a & b is zero.
    NoBits,
}

impl Cc {
    /// The opposite condition.
    pub const fn not(self) -> Cc {
        match self {
            Cc::Eq => Cc::Ne,
            Cc::Ne => Cc::Eq,
            Cc::Lt => Cc::Ge,
            Cc::Le => Cc::Gt,
            Cc::Gt => Cc::Le,
            Cc::Ge => Cc::Lt,
            Cc::Ult => Cc::Uge,
            Cc::Ule => Cc::Ugt,
            Cc::Ugt => Cc::Ule,
            Cc::Uge => Cc::Ult,
            Cc::Bits => Cc::NoBits,
            Cc::NoBits => Cc::Bits,
        }
    }

    /// The same condition over unsigned words.
    pub const fn unsigned(self) -> Cc {
        match self {
            Cc::Lt => Cc::Ult,
            Cc::Le => Cc::Ule,
            Cc::Gt => Cc::Ugt,
            Cc::Ge => Cc::Uge,
            Cc::Ult | Cc::Ule | Cc::Ugt | Cc::Uge | Cc::Eq | Cc::Ne | Cc::Bits | Cc::NoBits => self,
        }
    }

    /// The same condition with a and b exchanged.
    pub const fn swap(self) -> Cc {
        match self {
            Cc::Lt => Cc::Gt,
            Cc::Le => Cc::Ge,
            Cc::Gt => Cc::Lt,
            Cc::Ge => Cc::Le,
            Cc::Ult => Cc::Ugt,
            Cc::Ule => Cc::Uge,
            Cc::Ugt => Cc::Ult,
            Cc::Uge => Cc::Ule,
            Cc::Eq | Cc::Ne | Cc::Bits | Cc::NoBits => self,
        }
    }
}

/// Conditions over floats. With a NaN only `Ne` holds, so an opposite does not always exist.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fcc {
    /// a = b
    Eq,
    /// a ≠ b, or one is a NaN.
    Ne,
    /// a < b
    Lt,
    /// a ≤ b
    Le,
    /// a > b
    Gt,
    /// a ≥ b
    Ge,
}

/// Width and extension of a word load. A store looks at the width only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    /// 8 bits, zero-extended.
    U8,
    /// 8 bits, sign-extended.
    S8,
    /// 16 bits, zero-extended.
    U16,
    /// 16 bits, sign-extended.
    S16,
    /// 32 bits, zero-extended.
    U32,
    /// 32 bits, sign-extended.
    S32,
    /// The whole word.
    Word,
}

/// Width of a float in memory. It is converted to and from the function's float size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fwidth {
    /// Single precision.
    F32,
    /// Double precision.
    F64,
}

/// One instruction; `R` is `V` before register allocation, `Reg` after.
///
/// `to`, `err`: where control goes on the named event. On such an exit `d` is not written, so the exit still sees
/// the old value even where `d` is also an operand. Only instructions for which `ends_block` holds end a block.
#[expect(missing_docs, reason = "each variant's line names its fields")]
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Inst<R> {
    /// d = value (its low 32 bits where the word has 32)
    Int { d: R, value: i64 },
    /// d = value
    Float { d: R, value: f64 },
    /// d = a, of the same class
    Copy { d: R, a: R },
    /// d = a op b
    Alu { op: Alu, d: R, a: R, b: Operand<R> },
    /// d = a op b; to `to` on signed overflow
    AluOv { op: Ov, d: R, a: R, b: Operand<R>, to: Block },
    /// d = op a
    Un { op: Un, d: R, a: R },
    /// d = memory at base + off
    Load { w: Width, d: R, base: R, off: i32 },
    /// d = memory at base + (index << shift) + off
    LoadAt { w: Width, d: R, base: R, index: R, shift: u8, off: i32 },
    /// memory at base + off = a
    Store { w: Width, a: R, base: R, off: i32 },
    /// memory at base + (index << shift) + off = a
    StoreAt { w: Width, a: R, base: R, index: R, shift: u8, off: i32 },
    /// d = float at base + off
    FLoad { w: Fwidth, d: R, base: R, off: i32 },
    /// d = float at base + (index << shift) + off
    FLoadAt { w: Fwidth, d: R, base: R, index: R, shift: u8, off: i32 },
    /// float at base + off = a
    FStore { w: Fwidth, a: R, base: R, off: i32 },
    /// float at base + (index << shift) + off = a
    FStoreAt { w: Fwidth, a: R, base: R, index: R, shift: u8, off: i32 },
    /// d = a op b, floats
    Fop { op: Fop, d: R, a: R, b: R },
    /// d = op a, floats
    Fun { op: Fun, d: R, a: R },
    /// d = 1 if a cc b, else 0
    Set { cc: Cc, d: R, a: R, b: Operand<R> },
    /// d = 1 if a cc b, else 0; a, b floats, d a word
    FSet { cc: Fcc, d: R, a: R, b: R },
    /// d = the signed word a as a float, to nearest
    ToFloat { d: R, a: R },
    /// d = the float a towards zero; to `to` when it is a NaN or no word holds the result
    ToInt { d: R, a: R, to: Block },
    /// d = the bits of the float a; both of the same size
    Bits { d: R, a: R },
    /// d = the float with the bits of a; both of the same size
    FromBits { d: R, a: R },
    /// d = address of a slot in the frame
    SlotAddr { d: R, slot: Slot },
    /// d = helper(args). With `err`, a result of zero goes there.
    Call { helper: Helper, d: Option<R>, args: List, err: Option<Block> },
    /// d = (*target)(args), classes as the registers have them. With `err`, a result of zero goes there.
    CallTo { target: R, d: Option<R>, args: List, err: Option<Block> },
    /// What follows belongs to this source line.
    Line { line: u32 },
    /// To `to` if a cc b, else on.
    Exit { cc: Cc, a: R, b: Operand<R>, to: Block },
    /// To `to` if a cc b, else on; floats.
    FExit { cc: Fcc, a: R, b: R, to: Block },
    /// To `to` if a cc b, else to `or`. Ends the block.
    Br { cc: Cc, a: R, b: Operand<R>, to: Block, or: Block },
    /// To `to` if a cc b, else to `or`; floats. Ends the block.
    FBr { cc: Fcc, a: R, b: R, to: Block, or: Block },
    /// To the block of the list that the unsigned word a counts to, else to `or`. Ends the block.
    Switch { a: R, blocks: List, or: Block },
    /// To `to`. Ends the block.
    Jump { to: Block },
    /// Leaves the function. Ends the block.
    Ret { a: Option<R> },
}

const _: () = assert!(size_of::<Inst<V>>() == if size_of::<Number>() == 2 { 16 } else { 24 });

impl<R: Copy> Inst<R> {
    /// Nothing in this block runs after it.
    pub fn ends_block(&self) -> bool {
        matches!(self, Inst::Br { .. } | Inst::FBr { .. } | Inst::Switch { .. } | Inst::Jump { .. } | Inst::Ret { .. })
    }

    /// The register it writes.
    pub fn def(&self) -> Option<R> {
        match *self {
            Inst::Int { d, .. }
            | Inst::Float { d, .. }
            | Inst::Copy { d, .. }
            | Inst::Alu { d, .. }
            | Inst::AluOv { d, .. }
            | Inst::Un { d, .. }
            | Inst::Load { d, .. }
            | Inst::LoadAt { d, .. }
            | Inst::FLoad { d, .. }
            | Inst::FLoadAt { d, .. }
            | Inst::Fop { d, .. }
            | Inst::Fun { d, .. }
            | Inst::Set { d, .. }
            | Inst::FSet { d, .. }
            | Inst::ToFloat { d, .. }
            | Inst::ToInt { d, .. }
            | Inst::Bits { d, .. }
            | Inst::FromBits { d, .. }
            | Inst::SlotAddr { d, .. } => Some(d),
            Inst::Call { d, .. } | Inst::CallTo { d, .. } => d,
            Inst::Store { .. }
            | Inst::StoreAt { .. }
            | Inst::FStore { .. }
            | Inst::FStoreAt { .. }
            | Inst::Line { .. }
            | Inst::Exit { .. }
            | Inst::FExit { .. }
            | Inst::Br { .. }
            | Inst::FBr { .. }
            | Inst::Switch { .. }
            | Inst::Jump { .. }
            | Inst::Ret { .. } => None,
        }
    }

    /// Calls `see` with each register it reads; `args` is the function's argument pool.
    pub fn each_use(&self, args: &[R], mut see: impl FnMut(R)) {
        let operand = |see: &mut dyn FnMut(R), b: Operand<R>| match b {
            Operand::Reg(b) => see(b),
            Operand::Imm(_) => {}
        };
        match *self {
            Inst::Int { .. }
            | Inst::Float { .. }
            | Inst::SlotAddr { .. }
            | Inst::Line { .. }
            | Inst::Jump { .. }
            | Inst::Ret { a: None } => {}
            Inst::Copy { a, .. }
            | Inst::Un { a, .. }
            | Inst::Fun { a, .. }
            | Inst::ToFloat { a, .. }
            | Inst::ToInt { a, .. }
            | Inst::Bits { a, .. }
            | Inst::FromBits { a, .. }
            | Inst::Switch { a, .. }
            | Inst::Ret { a: Some(a) } => see(a),
            Inst::Alu { a, b, .. }
            | Inst::AluOv { a, b, .. }
            | Inst::Set { a, b, .. }
            | Inst::Exit { a, b, .. }
            | Inst::Br { a, b, .. } => {
                see(a);
                operand(&mut see, b);
            }
            Inst::Load { base, .. } | Inst::FLoad { base, .. } => see(base),
            Inst::LoadAt { base, index, .. } | Inst::FLoadAt { base, index, .. } => {
                see(base);
                see(index);
            }
            Inst::Store { a, base, .. } | Inst::FStore { a, base, .. } => {
                see(a);
                see(base);
            }
            Inst::StoreAt { a, base, index, .. } | Inst::FStoreAt { a, base, index, .. } => {
                see(a);
                see(base);
                see(index);
            }
            Inst::Fop { a, b, .. } | Inst::FSet { a, b, .. } | Inst::FExit { a, b, .. } | Inst::FBr { a, b, .. } => {
                see(a);
                see(b);
            }
            Inst::Call { args: list, .. } => list.of(args).iter().for_each(|&a| see(a)),
            Inst::CallTo { target, args: list, .. } => {
                see(target);
                list.of(args).iter().for_each(|&a| see(a));
            }
        }
    }

    /// Calls `see` with each block it may go to; `blocks` is the function's pool of switch targets.
    pub fn each_target(&self, blocks: &[Block], mut see: impl FnMut(Block)) {
        match *self {
            Inst::AluOv { to, .. }
            | Inst::ToInt { to, .. }
            | Inst::Exit { to, .. }
            | Inst::FExit { to, .. }
            | Inst::Jump { to } => see(to),
            Inst::Call { err, .. } | Inst::CallTo { err, .. } => err.into_iter().for_each(see),
            Inst::Br { to, or, .. } | Inst::FBr { to, or, .. } => {
                see(to);
                see(or);
            }
            Inst::Switch { blocks: list, or, .. } => {
                list.of(blocks).iter().for_each(|&to| see(to));
                see(or);
            }
            Inst::Int { .. }
            | Inst::Float { .. }
            | Inst::Copy { .. }
            | Inst::Alu { .. }
            | Inst::Un { .. }
            | Inst::Load { .. }
            | Inst::LoadAt { .. }
            | Inst::Store { .. }
            | Inst::StoreAt { .. }
            | Inst::FLoad { .. }
            | Inst::FLoadAt { .. }
            | Inst::FStore { .. }
            | Inst::FStoreAt { .. }
            | Inst::Fop { .. }
            | Inst::Fun { .. }
            | Inst::Set { .. }
            | Inst::FSet { .. }
            | Inst::ToFloat { .. }
            | Inst::Bits { .. }
            | Inst::FromBits { .. }
            | Inst::SlotAddr { .. }
            | Inst::Line { .. }
            | Inst::Ret { .. } => {}
        }
    }
}

impl List {
    /// A stretch of a pool, if it can be told.
    pub fn new(start: usize, len: usize) -> Option<List> {
        let number = |n: usize| if n < LIMIT { Number::try_from(n).ok() } else { None };
        Some(List { start: number(start)?, len: number(len)? })
    }

    /// The items in their pool; empty where the pool is too short, which the verifier reports.
    pub fn of<T>(self, pool: &[T]) -> &[T] {
        let start = self.start as usize;
        pool.get(start..start + self.len as usize).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_have_a_niche_and_a_limit() {
        assert_eq!(size_of::<Option<V>>(), size_of::<Number>());
        assert_eq!(V::new(0).map(V::index), Some(0));
        assert_eq!(V::new(V::LIMIT - 1).map(V::index), Some(V::LIMIT - 1));
        assert_eq!(V::new(V::LIMIT), None);
        assert_eq!(V::new(7).map(|v| alloc::format!("{v}")).as_deref(), Some("v7"));
    }

    #[test]
    fn exits_do_not_end_a_block() {
        let to = Block::FIRST;
        assert!(!Inst::Exit { cc: Cc::Eq, a: V::FIRST, b: 1.into(), to }.ends_block());
        assert!(Inst::<V>::Jump { to }.ends_block());
    }
}
