//! Viper's types: their names, and what becomes of them where paths meet.

mod rules;
mod spans;

use crate::target::WORD;
use crate::trace::Held;
use ir::Word;
use vm::compile::op::Local;
use vm::qstr::Qstr;

pub use rules::*;
pub use spans::Span;

/// The type of a viper operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ty {
    /// A Python object.
    Object,
    /// 0 or 1.
    Bool,
    /// A whole number.
    Whole(Whole),
    /// A float of the machine's size.
    Float,
    /// An address.
    Ptr(Item),
    /// `None`, which is also the zero of all other types.
    None,
    /// The name of a type, as the function that casts to it.
    Cast(Target),
    /// The name `range` where a loop counts by it, and in the loop the next number.
    Range,
}

/// A type of whole numbers. Values of the narrow ones are kept extended to the word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whole {
    /// A signed machine word.
    Int,
    /// An unsigned machine word.
    Uint,
    /// 8 bits, signed.
    Int8,
    /// 16 bits, signed.
    Int16,
    /// 32 bits, signed.
    Int32,
    /// 64 bits, signed.
    Int64,
    /// 8 bits, unsigned.
    Uint8,
    /// 16 bits, unsigned.
    Uint16,
    /// 32 bits, unsigned.
    Uint32,
    /// 64 bits, unsigned.
    Uint64,
}

/// What a pointer points to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// Not said.
    Any,
    /// Bytes.
    Bits8,
    /// 16-bit words.
    Bits16,
    /// 32-bit words.
    Bits32,
    /// 64-bit words.
    Bits64,
    /// Floats of the machine's size.
    Float,
    /// Single-precision floats.
    Float32,
    /// Double-precision floats.
    Float64,
}

/// What can be cast to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// `bool(x)`
    Bool,
    /// `int(x)` and the others.
    Whole(Whole),
    /// `float(x)`
    Float,
    /// `ptr(x)` and the others.
    Ptr(Item),
}

/// All that can be cast to and be annotated, by name.
const TARGETS: &[(&str, Target)] = &[
    ("bool", Target::Bool),
    ("int", Target::Whole(Whole::Int)),
    ("uint", Target::Whole(Whole::Uint)),
    ("int8", Target::Whole(Whole::Int8)),
    ("int16", Target::Whole(Whole::Int16)),
    ("int32", Target::Whole(Whole::Int32)),
    ("int64", Target::Whole(Whole::Int64)),
    ("uint8", Target::Whole(Whole::Uint8)),
    ("uint16", Target::Whole(Whole::Uint16)),
    ("uint32", Target::Whole(Whole::Uint32)),
    ("uint64", Target::Whole(Whole::Uint64)),
    ("float", Target::Float),
    ("ptr", Target::Ptr(Item::Any)),
    ("ptr8", Target::Ptr(Item::Bits8)),
    ("ptr16", Target::Ptr(Item::Bits16)),
    ("ptr32", Target::Ptr(Item::Bits32)),
    ("ptr64", Target::Ptr(Item::Bits64)),
    ("ptrf", Target::Ptr(Item::Float)),
    ("ptrf32", Target::Ptr(Item::Float32)),
    ("ptrf64", Target::Ptr(Item::Float64)),
];

/// What is known about an operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// Its type.
    pub ty: Ty,
    /// Its value, where it is a constant word.
    pub value: Option<i64>,
    /// What it may be, where it is a word.
    pub span: Span,
    /// Where it came from.
    pub from: Origin,
}

/// Where an operand came from, as far as it helps to explain a fault.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A constant, an operation, or not known any more.
    Other,
    /// A local.
    Local(Local),
    /// A global.
    Global(Qstr),
    /// An attribute.
    Attribute(Qstr),
    /// What calling a global or a method gave.
    Call(Qstr),
    /// An item of an object.
    Item,
}

impl Target {
    /// The casting function of this name.
    pub fn named(name: &str) -> Option<Target> {
        TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
    }

    /// The type it casts to.
    pub fn ty(self) -> Ty {
        match self {
            Target::Bool => Ty::Bool,
            Target::Whole(whole) => Ty::Whole(whole),
            Target::Float => Ty::Float,
            Target::Ptr(item) => Ty::Ptr(item),
        }
    }

    /// What the cast makes of a constant word, if that is a constant again.
    pub fn of_constant(self, value: i64) -> Option<i64> {
        match self {
            Target::Whole(whole) => Some(whole.wrapped(value)),
            Target::Ptr(_) => Some(value),
            Target::Bool | Target::Float => None,
        }
    }

    /// Whether its values, or what lies behind its pointers, are words.
    fn fits(self, word: Word) -> bool {
        match self {
            Target::Whole(Whole::Int64 | Whole::Uint64) | Target::Ptr(Item::Bits64) => word == Word::W64,
            Target::Bool | Target::Whole(_) | Target::Float | Target::Ptr(_) => true,
        }
    }

    fn name(self) -> &'static str {
        TARGETS.iter().find(|(_, target)| *target == self).map_or("", |(name, _)| name)
    }
}

impl Whole {
    /// Whether negative numbers are among its values.
    pub fn is_signed(self) -> bool {
        match self {
            Whole::Int | Whole::Int8 | Whole::Int16 | Whole::Int32 | Whole::Int64 => true,
            Whole::Uint | Whole::Uint8 | Whole::Uint16 | Whole::Uint32 | Whole::Uint64 => false,
        }
    }

    /// How many bits it has; nothing for a machine word.
    pub fn bits(self) -> Option<u32> {
        match self {
            Whole::Int | Whole::Uint => None,
            Whole::Int8 | Whole::Uint8 => Some(8),
            Whole::Int16 | Whole::Uint16 => Some(16),
            Whole::Int32 | Whole::Uint32 => Some(32),
            Whole::Int64 | Whole::Uint64 => Some(64),
        }
    }

    /// A word cut off to the bits it has, extended again.
    pub fn wrapped(self, value: i64) -> i64 {
        match self {
            Whole::Int8 => i64::from(value as i8),
            Whole::Int16 => i64::from(value as i16),
            Whole::Int32 => i64::from(value as i32),
            Whole::Uint8 => i64::from(value as u8),
            Whole::Uint16 => i64::from(value as u16),
            Whole::Uint32 => i64::from(value as u32),
            Whole::Int | Whole::Uint | Whole::Int64 | Whole::Uint64 => value,
        }
    }

    /// Whether it has fewer bits than any machine's double word: 32 at most.
    pub fn is_narrow(self) -> bool {
        self.bits().is_some_and(|bits| bits <= 32)
    }

    /// Whether a constant is among its values on every machine.
    fn holds(self, value: i64) -> bool {
        match (self.bits().unwrap_or(32), self.is_signed()) {
            (64, true) => true,
            (64, false) => value >= 0,
            (bits, true) => (-(1 << (bits - 1))..1 << (bits - 1)).contains(&value),
            (bits, false) => (0..1 << bits).contains(&value),
        }
    }

    /// Whether all its values are among those of `to`; both are narrow.
    pub fn widens_to(self, to: Whole) -> bool {
        let (own, other) = (self.bits().unwrap_or(32), to.bits().unwrap_or(32));
        match (self.is_signed(), to.is_signed()) {
            (true, false) => false,
            (false, true) => own < other,
            (true, true) | (false, false) => own <= other,
        }
    }

    /// The type of an operation on two. A machine word and a narrower number make a machine word; of two that are
    /// equally wide the left one decides, as upstream has it for `int` and `uint`.
    fn common(left: (Whole, Option<i64>), right: (Whole, Option<i64>)) -> Whole {
        let ((l, l_value), (r, r_value)) = (left, right);
        let adapts = |whole: Whole, value: Option<i64>, to: Whole| {
            whole == Whole::Int && to.bits().is_some() && value.is_some_and(|value| to.holds(value))
        };
        if adapts(r, r_value, l) {
            return l;
        }
        if adapts(l, l_value, r) {
            return r;
        }
        let rank = |whole: Whole| if whole.is_narrow() { 0 } else { 1 + u32::from(whole.bits().is_some()) };
        match rank(l).cmp(&rank(r)) {
            core::cmp::Ordering::Greater => l,
            core::cmp::Ordering::Less => r,
            core::cmp::Ordering::Equal if rank(l) > 0 || r.widens_to(l) => l,
            core::cmp::Ordering::Equal if l.widens_to(r) => r,
            core::cmp::Ordering::Equal => Whole::Int,
        }
    }
}

impl Item {
    /// log2 of its size in bytes; `Any` has none.
    pub fn size_log2(self, machine_float_log2: u8) -> Option<u8> {
        match self {
            Item::Any => None,
            Item::Bits8 => Some(0),
            Item::Bits16 => Some(1),
            Item::Bits32 | Item::Float32 => Some(2),
            Item::Bits64 | Item::Float64 => Some(3),
            Item::Float => Some(machine_float_log2),
        }
    }

    /// Whether floats lie there.
    pub fn is_float(self) -> bool {
        match self {
            Item::Float | Item::Float32 | Item::Float64 => true,
            Item::Any | Item::Bits8 | Item::Bits16 | Item::Bits32 | Item::Bits64 => false,
        }
    }
}

impl Ty {
    /// A signed machine word.
    pub const INT: Ty = Ty::Whole(Whole::Int);
    /// An unsigned machine word.
    pub const UINT: Ty = Ty::Whole(Whole::Uint);

    /// The type that an annotation names.
    pub fn annotated(name: &str) -> Result<Ty, Fault> {
        match (name, Target::named(name)) {
            (_, Some(target)) => too_wide(target, WORD).map_or(Ok(target.ty()), Err),
            ("object", None) => Ok(Ty::Object),
            (_, None) => Err(viper(format_args!("unknown type '{name}'"))),
        }
    }

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Ty::Object | Ty::Range => "object",
            Ty::Bool => Target::Bool.name(),
            Ty::Whole(whole) => Target::Whole(whole).name(),
            Ty::Float => Target::Float.name(),
            Ty::Ptr(item) => Target::Ptr(item).name(),
            Ty::None | Ty::Cast(_) => "None",
        }
    }

    /// What of it there is to tell who asks how a function is compiled.
    pub fn held(self) -> Held {
        match self {
            Ty::Object => Held::Any,
            Ty::Float => Held::Float,
            Ty::Bool | Ty::Whole(_) | Ty::Ptr(_) | Ty::None | Ty::Cast(_) | Ty::Range => Held::Machine(self.name()),
        }
    }

    /// A number in a register: what arithmetic is done with.
    pub fn whole(self) -> Option<Whole> {
        match self {
            // Python's bools are numbers.
            Ty::Bool => Some(Whole::Int),
            Ty::Whole(whole) => Some(whole),
            Ty::Object | Ty::Float | Ty::Ptr(_) | Ty::None | Ty::Cast(_) | Ty::Range => None,
        }
    }

    fn is_number(self) -> bool {
        self == Ty::Float || self.whole().is_some()
    }

    /// What it points to.
    pub fn item(self) -> Option<Item> {
        match self {
            Ty::Ptr(item) => Some(item),
            Ty::Object | Ty::Bool | Ty::Whole(_) | Ty::Float | Ty::None | Ty::Cast(_) | Ty::Range => None,
        }
    }

    /// The type of a local whose first store is of this type. `None` is the empty value of an object.
    pub fn of_local(self) -> Ty {
        match self {
            Ty::None | Ty::Cast(_) | Ty::Range => Ty::Object,
            Ty::Object | Ty::Bool | Ty::Whole(_) | Ty::Float | Ty::Ptr(_) => self,
        }
    }

    /// The type of a value that comes from two paths.
    pub fn join(self, other: Ty) -> Ty {
        match (self, other) {
            (a, b) if a == b => a,
            (Ty::Bool, Ty::Whole(whole)) | (Ty::Whole(whole), Ty::Bool) => Ty::Whole(whole),
            (Ty::Whole(Whole::Int | Whole::Uint), Ty::Whole(Whole::Int | Whole::Uint)) => Ty::INT,
            (Ty::Whole(a), Ty::Whole(b)) => Ty::Whole(Whole::common((a, None), (b, None))),
            (Ty::Float, number) | (number, Ty::Float) if number.is_number() => Ty::Float,
            _ => Ty::Object,
        }
    }
}

impl Known {
    /// An operand of which only the type is known.
    pub fn of(ty: Ty) -> Known {
        Known { ty, value: None, span: Span::of(ty), from: Origin::Other }
    }

    /// Whether it can be taken for an unsigned number: its type has no sign, or it is a constant that is not negative.
    fn fits_unsigned(self) -> bool {
        self.ty.whole().is_some_and(|whole| !whole.is_signed()) || self.value.is_some_and(|value| value >= 0)
    }
}
