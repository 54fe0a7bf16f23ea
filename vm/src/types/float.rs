//! float: double precision; most live in the word, the rest in boxes.

mod methods;
mod ops;

pub use ops::{divmod, int_operand, operate, real_power};

use crate::Vm;
use crate::gc::Kind;
use crate::num::float::Repr;
use crate::q;
use crate::types::{complex, int, str};
use crate::value::{Args, BinaryOp, Flags, Gc, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp};

/// Body of a float that does not fit the word.
pub struct Float {
    /// The value.
    pub value: f64,
}

impl Object for Float {
    const TYPE: &'static Type = &TYPE;
    const KIND: Kind = Kind::Leaf;
}

/// `float`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::EQUAL_ACROSS).with(Flags::NUMBER),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    table: methods::TABLE,
    ..Type::new(q!("float"))
};

/// A float object.
#[inline(always)]
pub fn new(vm: &mut Vm, value: f64) -> Res {
    match Obj::float_word(value) {
        Some(obj) => Ok(obj),
        None => boxed(vm, value),
    }
}

#[cold]
#[inline(never)]
fn boxed(vm: &mut Vm, value: f64) -> Res {
    Ok(Gc::alloc(vm, Float { value })?.obj())
}

/// The value of a float object (not of an int).
#[inline(always)]
pub fn value(obj: Obj) -> Option<f64> {
    if obj.is_float_word() {
        return Some(obj.float_word_value());
    }
    match obj {
        Obj::ZERO => Some(0.0),
        Obj::MINUS_ZERO => Some(-0.0),
        _ => Gc::<Float>::exact(obj).map(|float| float.value),
    }
}

/// The value of a float, int or bool, or of an object with `__float__`; `None` for others.
pub fn number(vm: &mut Vm, obj: Obj) -> Res<Option<f64>> {
    let inner = super::instance::native(obj).unwrap_or(obj);
    if let Some(value) = value(inner) {
        return Ok(Some(value));
    }
    if int::is_int(inner) {
        return int::to_float(vm, inner);
    }
    let ty = obj.type_of();
    if let (true, Some(unary)) = (ty.flags.has(Flags::INSTANCE), ty.unary) {
        let answer = unary(vm, UnaryOp::Float, obj)?;
        if answer.is_null() && super::class::lookup(vm, ty, q!("__index__")).is_some() {
            let answer = unary(vm, UnaryOp::Int, obj)?;
            return int::to_float(vm, answer);
        }
        if answer.is_null() || value(answer).is_some() {
            return Ok(value(answer));
        }
        return Err(vm.type_error(format_args!("__float__ method should return a float")));
    }
    Ok(None)
}

/// The value of a float, int or bool (not of instances of user classes).
pub fn plain(obj: Obj) -> Option<f64> {
    value(obj).or_else(|| int::to_f64(obj))
}

/// As `number`; TypeError for objects that are no numbers.
pub fn expect(vm: &mut Vm, obj: Obj) -> Res<f64> {
    match number(vm, obj)? {
        Some(value) => Ok(value),
        None => {
            let name = vm.type_name(obj);
            Err(vm.type_error(format_args!("can't convert {name} to float")))
        }
    }
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 0, 1)?;
    let Some(obj) = args.pos.first().copied() else { return Ok(Obj::ZERO) };
    if value(obj).is_some() {
        return Ok(obj);
    }
    let inner = super::instance::native(obj).unwrap_or(obj);
    let digits = match str::bytes_of(vm, inner) {
        Some(text) => Some(text),
        None => vm.buffer_of(inner, false)?.map(|buffer| buffer.bytes()),
    };
    let plain;
    let digits = match digits {
        Some(digits) if str::is_str(inner) && !digits.is_ascii() => {
            plain = str::digits::to_ascii(vm, digits)?;
            Some(plain.bytes())
        }
        digits => digits,
    };
    match digits {
        Some(digits) => match crate::num::float::parse(digits) {
            Some(value) => new(vm, value),
            None => Err(vm.value_error(format_args!("invalid syntax for number"))),
        },
        None => {
            let value = expect(vm, obj)?;
            new(vm, value)
        }
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    sink.write(vm, Repr::new(value(obj).unwrap_or(0.0)).as_str())
}

fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(value) = value(obj) else { return Ok(Obj::NULL) };
    match op {
        UnaryOp::Positive | UnaryOp::Float => Ok(obj),
        UnaryOp::Negative => new(vm, -value),
        UnaryOp::Abs => new(vm, value.abs()),
        UnaryOp::Bool => Ok(Obj::bool(value != 0.0)),
        UnaryOp::Hash => {
            let hash = vm.hash(obj)?;
            Ok(Obj::small_wrapping(hash as isize))
        }
        UnaryOp::Int => int::from_f64(vm, value),
        UnaryOp::SizeOf => Ok(Obj::small_wrapping(2 * size_of::<usize>() as isize)),
        UnaryOp::Invert | UnaryOp::Not | UnaryOp::Len | UnaryOp::Complex => Ok(Obj::NULL),
    }
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some(x) = value(left) else { return Ok(Obj::NULL) };
    if let Some(y) = value(right) {
        return operate(vm, op, x, y);
    }
    if int::is_int(right) {
        if let Some(swapped) = op.swapped() {
            return Ok(ops::answer(swapped, int::compare_f64(right, x)));
        }
        return match ops::int_operand(vm, op, right)? {
            Some(y) => operate(vm, op, x, y),
            None => Ok(Obj::NULL),
        };
    }
    if complex::value(right).is_some() {
        return complex::mixed(vm, op, left, right);
    }
    Ok(Obj::NULL)
}
