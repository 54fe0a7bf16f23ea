//! What operations viper's types have, and what is said about those they lack.
//!
//! A check that fails gives a type to go on with besides the error: upstream compiles a statement to its end, and the last
//! error is the one it reports. The texts are upstream's.

use super::{Item, Known, Target, Ty, Whole};
use core::fmt::{self, Write};
use ir::Word;
use vm::compile::emitter::WrongClass;
use vm::compile::op::{Binary, Unary};
use vm::mem::Vec;

/// What the program does wrong.
#[derive(Debug)]
pub struct Fault {
    /// The exception.
    pub class: WrongClass,
    /// Its text, UTF-8.
    pub text: Vec<u8>,
    /// What explains it and may mend it; empty where there is nothing to say.
    pub note: Vec<u8>,
    /// Whether there was memory for all of it.
    pub told: Result<(), fmt::Error>,
}

/// The type to go on with, and what was wrong.
pub type Checked = (Ty, Option<Fault>);

fn fault(class: WrongClass, text: fmt::Arguments<'_>) -> Fault {
    let mut fault = Fault { class, text: Vec::new(), note: Vec::new(), told: Ok(()) };
    fault.told = fault.text.write_fmt(text);
    fault
}

/// A `ViperTypeError`.
pub fn viper(text: fmt::Arguments<'_>) -> Fault {
    fault(WrongClass::ViperType, text)
}

/// A `NotImplementedError`.
pub fn missing(text: &str) -> Fault {
    fault(WrongClass::NotImplemented, format_args!("{text}"))
}

/// What a machine, or its back end, cannot do.
pub fn unmade(what: &str) -> Fault {
    fault(WrongClass::NotImplemented, format_args!("no machine code here for {what}"))
}

/// An annotation that is not a name.
pub fn no_identifier() -> Fault {
    fault(WrongClass::Syntax, format_args!("annotation must be an identifier"))
}

/// A type of numbers that are longer than the machine's words.
pub fn too_wide(target: Target, word: Word) -> Option<Fault> {
    let (name, bits) = (target.name(), word.bits());
    (!target.fits(word)).then(|| viper(format_args!("'{name}' does not fit a word of {bits} bits")))
}

/// A local is read in front of its first store.
pub fn unknown_local(name: &str) -> Fault {
    viper(format_args!("local '{name}' used before type known"))
}

/// Whether an operand becomes one of type `to` without a cast: the same type, a constant among its values, a whole
/// number where one of 8 to 64 bits is wanted (which wraps), a number or an object where a float is.
fn fits(source: Known, to: Ty) -> bool {
    match (source.ty, to) {
        (from, to) if from == to => true,
        (from, Ty::Object) => from.of_local() == Ty::Object,
        (Ty::Whole(Whole::Int), Ty::Whole(Whole::Uint)) => false,
        (Ty::Whole(from), Ty::Whole(Whole::Int | Whole::Uint)) => {
            from.is_narrow() && (from.is_signed(), to) != (true, Ty::UINT)
        }
        (Ty::Whole(_) | Ty::Bool, Ty::Whole(whole)) => whole.bits().is_some(),
        (from, Ty::Float) => from == Ty::Object || from.is_number(),
        (_, Ty::Bool | Ty::Whole(_) | Ty::Ptr(_) | Ty::None | Ty::Cast(_) | Ty::Range) => false,
    }
}

/// Whether an operand can be kept in, or passed as, a variable of type `to`.
pub fn passes(source: Known, to: Ty) -> bool {
    let declared = source.value.is_some_and(|value| value >= 0) && (to, source.ty) == (Ty::UINT, Ty::INT);
    declared || fits(source, to)
}

/// A store of `source` to a local of type `local`.
pub fn store_local(name: &str, local: Ty, source: Known) -> Option<Fault> {
    (!passes(source, local))
        .then(|| viper(format_args!("local '{name}' has type '{}' but source is '{}'", local.name(), source.ty.name())))
}

/// Whether an operand can become an object.
pub fn to_object(operand: Known) -> Option<Fault> {
    match operand.ty {
        Ty::Ptr(_) if operand.value.is_some() => Some(missing("conversion to object")),
        Ty::Cast(Target::Bool | Target::Whole(Whole::Int) | Target::Float) => None,
        Ty::Cast(_) => Some(missing("conversion to object")),
        Ty::Object | Ty::Bool | Ty::Whole(_) | Ty::Float | Ty::Ptr(_) | Ty::None | Ty::Range => None,
    }
}

/// A cast of an operand to `to`.
pub fn cast(operand: Ty, to: Target, word: Word) -> Option<Fault> {
    match (operand, to) {
        _ if !to.fits(word) => too_wide(to, word),
        (Ty::Cast(_) | Ty::Range, _) => Some(missing("casting")),
        (Ty::Float, Target::Ptr(_)) | (Ty::Ptr(_), Target::Float) => {
            Some(viper(format_args!("can't cast '{}' to '{}'", operand.name(), to.name())))
        }
        (Ty::Object | Ty::Bool | Ty::Whole(_) | Ty::Float | Ty::Ptr(_) | Ty::None, _) => None,
    }
}

/// An operand as a condition.
pub fn condition(operand: Ty) -> Option<Fault> {
    match operand {
        Ty::Object | Ty::Bool | Ty::Whole(_) | Ty::Float => None,
        Ty::Ptr(_) | Ty::None | Ty::Cast(_) | Ty::Range => {
            Some(viper(format_args!("can't implicitly convert '{}' to 'bool'", operand.name())))
        }
    }
}

/// A result of type `got` of a function that returns `expected`.
pub fn result(expected: Ty, got: Known) -> Option<Fault> {
    let fits = got.ty == Ty::None || (fits(got, expected) && (expected, got.ty) != (Ty::Float, Ty::Object));
    (!fits).then(|| viper(format_args!("return expected '{}' but got '{}'", expected.name(), got.ty.name())))
}

/// What is raised.
pub fn raise(operand: Ty) -> Option<Fault> {
    (operand.of_local() != Ty::Object || operand == Ty::None).then(|| viper(format_args!("must raise an object")))
}

/// `base[index]` of something that is no object.
pub fn load(base: Ty, index: Known) -> Checked {
    let (ty, fault) = match base.item() {
        None | Some(Item::Any) => (Ty::INT, Some(viper(format_args!("can't load from '{}'", base.name())))),
        Some(item) => (if item.is_float() { Ty::Float } else { Ty::INT }, None),
    };
    let fault = fault
        .or_else(|| (!is_index(index)).then(|| viper(format_args!("can't load with '{}' index", index.ty.name()))));
    (ty, fault)
}

/// `base[index] = value` where `base` is no object.
pub fn store(base: Ty, index: Known, value: Ty) -> Option<Fault> {
    let Some(item) = base.item().filter(|item| *item != Item::Any) else {
        return Some(viper(format_args!("can't store to '{}'", base.name())));
    };
    if value.whole().is_none() && !(item.is_float() && value == Ty::Float) {
        return Some(viper(format_args!("can't store '{}'", value.name())));
    }
    (!is_index(index)).then(|| viper(format_args!("can't store with '{}' index", index.ty.name())))
}

fn is_index(index: Known) -> bool {
    matches!(index.ty, Ty::Whole(_))
}

/// An operator with one operand.
pub fn unary(op: Unary, operand: Ty) -> Checked {
    match (op, operand) {
        (Unary::Not, Ty::Bool | Ty::Whole(_) | Ty::Float) => (Ty::Bool, None),
        (Unary::Invert, Ty::Float) => (Ty::Float, Some(viper(format_args!("can't do unary op of 'float'")))),
        (_, Ty::Bool) => (Ty::INT, None),
        (_, Ty::Whole(_) | Ty::Float | Ty::Object) => (operand, None),
        (_, Ty::Ptr(_) | Ty::None | Ty::Cast(_) | Ty::Range) => {
            (operand, Some(viper(format_args!("can't do unary op of '{}'", operand.name()))))
        }
    }
}

/// An operator with two operands. In place or not makes no difference to words.
///
/// A number and an object are two objects: `x.attr += n` is Python's.
pub fn binary(op: Binary, left: Known, right: Known) -> Checked {
    let (l, r) = (left.ty, right.ty);
    let is_object = |ty: Ty| ty.of_local() == Ty::Object;
    let mixed = (l == Ty::Object && r.is_number()) || (r == Ty::Object && l.is_number());
    if mixed || (is_object(l) && is_object(r) && (l, r) != (Ty::None, Ty::None)) {
        return (Ty::Object, None);
    }
    let op = plain(op);
    if op == Binary::Is && l == r {
        return (Ty::Bool, None);
    }
    if !l.is_number() || !r.is_number() {
        return (l, Some(viper(format_args!("can't do binary op between '{}' and '{}'", l.name(), r.name()))));
    }
    let compares = is_comparison(op);
    let (Some(l_whole), Some(r_whole)) = (l.whole(), r.whole()) else {
        return match op {
            _ if compares => (Ty::Bool, None),
            Binary::Add | Binary::Sub | Binary::Mul | Binary::Div | Binary::FloorDiv | Binary::Mod | Binary::Pow => {
                (Ty::Float, None)
            }
            _ => (l, Some(viper(format_args!("can't do binary op between '{}' and '{}'", l.name(), r.name())))),
        };
    };
    let common = Ty::Whole(Whole::common((l_whole, left.value), (r_whole, right.value)));
    match op {
        _ if compares => (Ty::Bool, None),
        Binary::Or | Binary::Xor | Binary::And if (l, r) == (Ty::Bool, Ty::Bool) => (Ty::Bool, None),
        Binary::FloorDiv | Binary::Mod if common == Ty::UINT && !right.fits_unsigned() => {
            (Ty::INT, Some(viper(format_args!("div/mod not implemented for uint"))))
        }
        Binary::LeftShift | Binary::RightShift | Binary::Pow => (Ty::Whole(l_whole), None),
        Binary::Or | Binary::Xor | Binary::And => (common, None),
        Binary::Add | Binary::Sub | Binary::Mul | Binary::FloorDiv | Binary::Mod => (common, None),
        Binary::Div => (Ty::Float, None),
        other => (l, Some(viper(format_args!("binary op {} not implemented", method(other))))),
    }
}

/// Whether an operator compares.
pub fn is_comparison(op: Binary) -> bool {
    matches!(op, Binary::Less | Binary::More | Binary::Equal | Binary::LessEqual | Binary::MoreEqual | Binary::NotEqual)
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
        // It has no name for the others.
        _ => "",
    }
}
