//! Viper's types: their names, what operations they have, what becomes of them where paths meet, and the errors.
//!
//! A check that fails gives a type to go on with besides the error: upstream compiles a statement to its end, and the last
//! error is the one it reports. The texts are upstream's.

use vm::compile::emitter::WrongClass;
use vm::compile::op::{Binary, Unary};

/// The type of a viper operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ty {
    /// A Python object.
    Object,
    /// 0 or 1.
    Bool,
    /// A signed machine word.
    Int,
    /// An unsigned machine word.
    Uint,
    /// An address.
    Ptr,
    /// Address of bytes.
    Ptr8,
    /// Address of 16-bit words.
    Ptr16,
    /// Address of 32-bit words.
    Ptr32,
    /// `None`, which is also the zero of all other types.
    None,
    /// The name of a type, as the function that casts to it.
    Cast(Target),
}

/// What can be cast to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// `bool(x)`
    Bool,
    /// `int(x)`
    Int,
    /// `uint(x)`
    Uint,
    /// `ptr(x)`
    Ptr,
    /// `ptr8(x)`
    Ptr8,
    /// `ptr16(x)`
    Ptr16,
    /// `ptr32(x)`
    Ptr32,
}

/// What is known about an operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// Its type.
    pub ty: Ty,
    /// Its value, where it is a constant word.
    pub value: Option<i64>,
}

/// What the program does wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The exception.
    pub class: WrongClass,
    /// Its text.
    pub text: String,
}

/// The type to go on with, and what was wrong.
pub type Checked = (Ty, Option<Fault>);

impl Target {
    /// The casting function of this name.
    pub fn named(name: &str) -> Option<Target> {
        Some(match name {
            "bool" => Target::Bool,
            "int" => Target::Int,
            "uint" => Target::Uint,
            "ptr" => Target::Ptr,
            "ptr8" => Target::Ptr8,
            "ptr16" => Target::Ptr16,
            "ptr32" => Target::Ptr32,
            _ => return None,
        })
    }

    /// The type it casts to.
    pub fn ty(self) -> Ty {
        match self {
            Target::Bool => Ty::Bool,
            Target::Int => Ty::Int,
            Target::Uint => Ty::Uint,
            Target::Ptr => Ty::Ptr,
            Target::Ptr8 => Ty::Ptr8,
            Target::Ptr16 => Ty::Ptr16,
            Target::Ptr32 => Ty::Ptr32,
        }
    }
}

impl Ty {
    /// The type that an annotation names.
    pub fn annotated(name: &str) -> Result<Ty, Fault> {
        match (name, Target::named(name)) {
            (_, Some(target)) => Ok(target.ty()),
            ("object", None) => Ok(Ty::Object),
            (_, None) => Err(viper(format!("unknown type '{name}'"))),
        }
    }

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Ty::Object => "object",
            Ty::Bool => "bool",
            Ty::Int => "int",
            Ty::Uint => "uint",
            Ty::Ptr => "ptr",
            Ty::Ptr8 => "ptr8",
            Ty::Ptr16 => "ptr16",
            Ty::Ptr32 => "ptr32",
            Ty::None | Ty::Cast(_) => "None",
        }
    }

    /// `int` or `uint`.
    pub fn is_integer(self) -> bool {
        matches!(self, Ty::Int | Ty::Uint)
    }

    /// What it points to: log2 of the size in bytes.
    pub fn pointee(self) -> Option<u8> {
        match self {
            Ty::Ptr8 => Some(0),
            Ty::Ptr16 => Some(1),
            Ty::Ptr32 => Some(2),
            Ty::Object | Ty::Bool | Ty::Int | Ty::Uint | Ty::Ptr | Ty::None | Ty::Cast(_) => None,
        }
    }

    /// The type of a local whose first store is of this type. `None` is the empty value of an object.
    pub fn of_local(self) -> Ty {
        match self {
            Ty::None | Ty::Cast(_) => Ty::Object,
            known => known,
        }
    }

    /// The type of a value that comes from two paths.
    pub fn join(self, other: Ty) -> Ty {
        match (self, other) {
            (a, b) if a == b => a,
            (Ty::Uint, Ty::Bool) | (Ty::Bool, Ty::Uint) => Ty::Uint,
            (Ty::Int | Ty::Uint | Ty::Bool, Ty::Int | Ty::Uint | Ty::Bool) => Ty::Int,
            _ => Ty::Object,
        }
    }
}

impl Known {
    /// An operand of which only the type is known.
    pub fn of(ty: Ty) -> Known {
        Known { ty, value: None }
    }

    /// Whether it can be taken for an unsigned word although it is an `int`: a constant that is not negative.
    fn fits_unsigned(self) -> bool {
        self.ty == Ty::Uint || self.value.is_some_and(|value| value >= 0)
    }
}

/// A `ViperTypeError`.
pub fn viper(text: String) -> Fault {
    Fault { class: WrongClass::ViperType, text }
}

/// A `NotImplementedError`.
pub fn missing(text: &str) -> Fault {
    Fault { class: WrongClass::NotImplemented, text: text.to_string() }
}

/// An annotation that is not a name.
pub fn no_identifier() -> Fault {
    Fault { class: WrongClass::Syntax, text: "annotation must be an identifier".to_string() }
}

/// A local is read in front of its first store.
pub fn unknown_local(name: &str) -> Fault {
    viper(format!("local '{name}' used before type known"))
}

/// A store of `source` to a local of type `local`.
pub fn store_local(name: &str, local: Ty, source: Ty) -> Option<Fault> {
    let fits = local == source || (local == Ty::Object && source.of_local() == Ty::Object);
    (!fits).then(|| viper(format!("local '{name}' has type '{}' but source is '{}'", local.name(), source.name())))
}

/// Whether an operand can become an object.
pub fn to_object(operand: Known) -> Option<Fault> {
    match operand.ty {
        Ty::Ptr | Ty::Ptr8 | Ty::Ptr16 | Ty::Ptr32 if operand.value.is_some() => Some(missing("conversion to object")),
        Ty::Cast(Target::Bool | Target::Int) => None,
        Ty::Cast(_) => Some(missing("conversion to object")),
        Ty::Object | Ty::Bool | Ty::Int | Ty::Uint | Ty::Ptr | Ty::Ptr8 | Ty::Ptr16 | Ty::Ptr32 | Ty::None => None,
    }
}

/// A cast of an operand.
pub fn cast(operand: Ty) -> Option<Fault> {
    matches!(operand, Ty::Cast(_)).then(|| missing("casting"))
}

/// An operand as a condition.
pub fn condition(operand: Ty) -> Option<Fault> {
    match operand {
        Ty::Object | Ty::Bool | Ty::Int | Ty::Uint => None,
        Ty::Ptr | Ty::Ptr8 | Ty::Ptr16 | Ty::Ptr32 | Ty::None | Ty::Cast(_) => {
            Some(viper(format!("can't implicitly convert '{}' to 'bool'", operand.name())))
        }
    }
}

/// A result of type `got` of a function that returns `expected`.
pub fn result(expected: Ty, got: Ty) -> Option<Fault> {
    let fits = got == expected || got == Ty::None || (expected == Ty::Object && got.of_local() == Ty::Object);
    (!fits).then(|| viper(format!("return expected '{}' but got '{}'", expected.name(), got.name())))
}

/// What is raised.
pub fn raise(operand: Ty) -> Option<Fault> {
    (operand.of_local() != Ty::Object || operand == Ty::None).then(|| viper("must raise an object".to_string()))
}

/// `base[index]` of something that is no object.
pub fn load(base: Ty, index: Known) -> Checked {
    let fault = match base.pointee() {
        Some(_) if is_index(index) => None,
        Some(_) => Some(viper(format!("can't load with '{}' index", index.ty.name()))),
        None => Some(viper(format!("can't load from '{}'", base.name()))),
    };
    (Ty::Int, fault)
}

/// `base[index] = value` where `base` is no object.
pub fn store(base: Ty, index: Known, value: Ty) -> Option<Fault> {
    if base.pointee().is_none() {
        return Some(viper(format!("can't store to '{}'", base.name())));
    }
    if !matches!(value, Ty::Bool | Ty::Int | Ty::Uint) {
        return Some(viper(format!("can't store '{}'", value.name())));
    }
    (!is_index(index)).then(|| viper(format!("can't store with '{}' index", index.ty.name())))
}

fn is_index(index: Known) -> bool {
    index.ty.is_integer()
}

/// An operator with one operand.
pub fn unary(op: Unary, operand: Ty) -> Checked {
    match (op, operand) {
        (Unary::Not, Ty::Bool) => (Ty::Bool, None),
        (Unary::Not, Ty::Int | Ty::Uint) => (operand, Some(viper("'not' not implemented".to_string()))),
        (_, Ty::Int | Ty::Uint | Ty::Object) => (operand, None),
        (_, Ty::Bool | Ty::Ptr | Ty::Ptr8 | Ty::Ptr16 | Ty::Ptr32 | Ty::None | Ty::Cast(_)) => {
            (operand, Some(viper(format!("can't do unary op of '{}'", operand.name()))))
        }
    }
}

/// An operator with two operands. In place or not makes no difference to words.
pub fn binary(op: Binary, left: Known, right: Known) -> Checked {
    let (l, r) = (left.ty, right.ty);
    if l.of_local() == Ty::Object && r.of_local() == Ty::Object && (l, r) != (Ty::None, Ty::None) {
        return (Ty::Object, None);
    }
    if !l.is_integer() || !r.is_integer() {
        return (l, Some(viper(format!("can't do binary op between '{}' and '{}'", l.name(), r.name()))));
    }
    match plain(op) {
        Binary::Less | Binary::More | Binary::Equal | Binary::LessEqual | Binary::MoreEqual | Binary::NotEqual => {
            let same = l == r || (left.fits_unsigned() && right.fits_unsigned());
            (Ty::Bool, (!same).then(|| viper("comparison of int and uint".to_string())))
        }
        Binary::FloorDiv | Binary::Mod if l == Ty::Uint => {
            if right.fits_unsigned() {
                (Ty::Uint, None)
            } else {
                (Ty::Int, Some(viper("div/mod not implemented for uint".to_string())))
            }
        }
        Binary::Or | Binary::Xor | Binary::And | Binary::LeftShift | Binary::RightShift => (l, None),
        Binary::Add | Binary::Sub | Binary::Mul | Binary::FloorDiv | Binary::Mod => (l, None),
        other => (l, Some(viper(format!("binary op {} not implemented", method(other))))),
    }
}

/// The operator that the in-place form of it stands for.
pub fn plain(op: Binary) -> Binary {
    match op {
        Binary::InplaceOr => Binary::Or,
        Binary::InplaceXor => Binary::Xor,
        Binary::InplaceAnd => Binary::And,
        Binary::InplaceLeftShift => Binary::LeftShift,
        Binary::InplaceRightShift => Binary::RightShift,
        Binary::InplaceAdd => Binary::Add,
        Binary::InplaceSub => Binary::Sub,
        Binary::InplaceMul => Binary::Mul,
        Binary::InplaceMatMul => Binary::MatMul,
        Binary::InplaceFloorDiv => Binary::FloorDiv,
        Binary::InplaceDiv => Binary::Div,
        Binary::InplaceMod => Binary::Mod,
        Binary::InplacePow => Binary::Pow,
        Binary::Less | Binary::More | Binary::Equal | Binary::LessEqual | Binary::MoreEqual | Binary::NotEqual => op,
        Binary::In | Binary::Is | Binary::ExceptionMatch => op,
        Binary::Or | Binary::Xor | Binary::And | Binary::LeftShift | Binary::RightShift => op,
        Binary::Add | Binary::Sub | Binary::Mul | Binary::MatMul => op,
        Binary::FloorDiv | Binary::Div | Binary::Mod | Binary::Pow => op,
    }
}

/// How upstream names an operator that words lack.
fn method(op: Binary) -> &'static str {
    match op {
        Binary::MatMul => "__matmul__",
        Binary::Div => "__truediv__",
        Binary::Pow => "__pow__",
        // It has no name for the others.
        _ => "",
    }
}
