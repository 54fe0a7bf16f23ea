//! complex: a pair of floats.

use core::cmp::Ordering;

use crate::Vm;
use crate::gc::Kind;
use crate::num::float::Repr;
use crate::num::hash::hash_f64;
use crate::num::real;
use crate::q;
use crate::types::{class, float, instance, int, str};
use crate::value::{
    Args, BinaryOp, Entry, Flags, Gc, Obj, Object, PrintKind, Raise, Res, Rom, Sink, Type, TypeRef, UnaryOp, fun1, put,
    row,
};

/// Real and imaginary part.
pub type Pair = (f64, f64);

/// Body of a complex number.
pub struct Complex {
    real: f64,
    imag: f64,
}

impl Object for Complex {
    const TYPE: &'static Type = &TYPE;
    const KIND: Kind = Kind::Leaf;
}

/// `complex`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::EQUAL_ACROSS).with(Flags::NUMBER),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    table: TABLE,
    ..Type::new(q!("complex"))
};

static TABLE: &[Entry] =
    &[row(q!("real"), Rom::Get(real)), row(q!("imag"), Rom::Get(imag)), row(q!("conjugate"), fun1(conjugate))];

/// A complex object.
pub fn new(vm: &mut Vm, (real, imag): Pair) -> Res {
    Ok(Gc::alloc(vm, Complex { real, imag })?.obj())
}

/// The value of a complex object (not of a float or int).
pub fn value(obj: Obj) -> Option<Pair> {
    Gc::<Complex>::exact(obj).map(|number| (number.real, number.imag))
}

/// The value of any number, or of an object with `__complex__` or `__float__`; TypeError for others.
pub fn expect(vm: &mut Vm, obj: Obj) -> Res<Pair> {
    if let Some(pair) = value(obj).or_else(|| instance::native(obj).and_then(value)) {
        return Ok(pair);
    }
    let ty = obj.type_of();
    if let (true, Some(unary)) = (ty.flags.has(Flags::INSTANCE), ty.unary)
        && let Some(pair) = value(unary(vm, UnaryOp::Complex, obj)?)
    {
        return Ok(pair);
    }
    match float::number(vm, obj)? {
        Some(real) => Ok((real, 0.0)),
        None => Err(no_number(vm, obj)),
    }
}

#[cold]
fn no_number(vm: &mut Vm, obj: Obj) -> Raise {
    let name = vm.type_name(obj);
    vm.type_error(format_args!("can't convert {name} to complex"))
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut parts = [Obj::small_wrapping(0), Obj::NONE];
    vm.bind_args(args, &[q!("real"), q!("imag")], 2, &mut parts)?;
    let [first, second] = parts;
    if args.pos.len() < 2 && args.keyword(q!("imag")).is_none() {
        if value(first).is_some() {
            return Ok(first);
        }
        if let Some(text) = str::bytes_of(vm, first) {
            let plain = str::digits::to_ascii(vm, text)?;
            return match parse(crate::num::int::trim_blanks(plain.bytes())) {
                Some(pair) => new(vm, pair),
                None => Err(vm.value_error(format_args!("invalid syntax for number"))),
            };
        }
        let pair = expect(vm, first)?;
        return new(vm, pair);
    }
    // A part that is not complex adds no zero, which would turn a negative zero into a positive one.
    let (left, right) = (is_real(vm, first), is_real(vm, second));
    for part in [first, second] {
        if !is_number(vm, part) {
            return Err(no_number(vm, part));
        }
    }
    let (real, imag) = expect(vm, first)?;
    let (more_imag, less_real) = expect(vm, second)?;
    new(vm, (if right { real } else { real - less_real }, if left { more_imag } else { imag + more_imag }))
}

/// Whether `expect` has something to convert.
fn is_number(vm: &mut Vm, obj: Obj) -> bool {
    let inner = instance::native(obj).unwrap_or(obj);
    let ty = obj.type_of();
    let methods = [q!("__complex__"), q!("__float__"), q!("__index__")];
    value(inner).is_some()
        || float::plain(inner).is_some()
        || (ty.flags.has(Flags::INSTANCE) && methods.iter().any(|name| class::lookup(vm, ty, *name).is_some()))
}

fn is_real(vm: &mut Vm, obj: Obj) -> bool {
    let ty = obj.type_of();
    value(instance::native(obj).unwrap_or(obj)).is_none() && class::lookup(vm, ty, q!("__complex__")).is_none()
}

/// `1+2j`, `2j`, `1`, or any of them in parentheses.
fn parse(text: &[u8]) -> Option<Pair> {
    let text = match text {
        [b'(', inner @ .., b')'] => crate::num::int::trim_blanks(inner),
        _ => text,
    };
    let [rest @ .., b'j' | b'J'] = text else { return Some((crate::num::float::parse(text)?, 0.0)) };
    // The imaginary part begins at the last sign that is not an exponent's.
    let split =
        (1..rest.len()).rev().find(|&at| matches!(rest[at], b'+' | b'-') && !matches!(rest[at - 1], b'e' | b'E'));
    let imaginary = |text: &[u8]| match text {
        [] | b"+" => Some(1.0),
        b"-" => Some(-1.0),
        _ if text.ends_with(b" ") => None,
        _ => crate::num::float::parse(text),
    };
    match split {
        Some(at) => Some((crate::num::float::parse(&rest[..at])?, imaginary(&rest[at..])?)),
        None => Some((0.0, imaginary(rest)?)),
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let (real, imag) = value(obj).unwrap_or_default();
    let (left, right) = (Repr::new(real), Repr::new(imag));
    // Whole parts have no point here.
    let (left, right) = (whole(left.as_str()), whole(right.as_str()));
    if real == 0.0 && real.is_sign_positive() {
        return put(vm, sink, format_args!("{right}j"));
    }
    let sign = if right.starts_with('-') { "" } else { "+" };
    put(vm, sink, format_args!("({left}{sign}{right}j)"))
}

fn whole(text: &str) -> &str {
    text.strip_suffix(".0").unwrap_or(text)
}

fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some((real, imag)) = value(obj) else { return Ok(Obj::NULL) };
    match op {
        UnaryOp::Positive | UnaryOp::Complex => Ok(obj),
        UnaryOp::Negative => new(vm, (-real, -imag)),
        UnaryOp::Abs => match real::hypot(real, imag) {
            size if size.is_infinite() && real.is_finite() && imag.is_finite() => {
                Err(vm.overflow_error(format_args!("absolute value too large")))
            }
            size => float::new(vm, size),
        },
        UnaryOp::Bool => Ok(Obj::bool(real != 0.0 || imag != 0.0)),
        UnaryOp::Hash => {
            // A number without imaginary part equals a float, so it hashes alike.
            let hash = if imag == 0.0 {
                let real = float::new(vm, real)?;
                vm.hash(real)? as isize
            } else {
                (hash_f64(real) ^ hash_f64(imag).wrapping_mul(1_000_003)) as isize
            };
            Ok(Obj::small_wrapping(hash))
        }
        UnaryOp::SizeOf => Ok(Obj::small_wrapping((size_of::<usize>() + size_of::<Complex>()) as isize)),
        UnaryOp::Invert | UnaryOp::Not | UnaryOp::Len | UnaryOp::Int | UnaryOp::Float => Ok(Obj::NULL),
    }
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    mixed(vm, op, left, right)
}

/// `left op right` where one is complex; `Obj::NULL` if the other is no number, or if complex numbers have no such operator.
pub fn mixed(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let op = op.plain();
    match op {
        BinaryOp::Equal | BinaryOp::NotEqual => {
            let equal = match (value(left), value(right)) {
                (Some(left), Some(right)) => Some(left == right),
                (Some((real, imag)), None) => equals_real(real, right).map(|equal| equal && imag == 0.0),
                (None, Some((real, imag))) => equals_real(real, left).map(|equal| equal && imag == 0.0),
                (None, None) => None,
            };
            Ok(equal.map_or(Obj::NULL, |equal| Obj::bool(equal == (op == BinaryOp::Equal))))
        }
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::TrueDivide | BinaryOp::Power => {
            match (number(vm, left)?, number(vm, right)?) {
                (Some(left), Some(right)) => operate(vm, op, left, right),
                (_, _) => Ok(Obj::NULL),
            }
        }
        _ => Ok(Obj::NULL),
    }
}

/// Whether a float and an int or float are equal; `None` if the other is neither.
fn equals_real(real: f64, other: Obj) -> Option<bool> {
    match float::value(other) {
        Some(other) => Some(real == other),
        None => int::is_int(other).then(|| int::compare_f64(other, real) == Some(Ordering::Equal)),
    }
}

/// The value of a complex, float or int; OverflowError for an int that no float can be.
pub fn number(vm: &mut Vm, obj: Obj) -> Res<Option<Pair>> {
    if let Some(pair) = value(obj) {
        return Ok(Some(pair));
    }
    let real = match float::value(obj) {
        Some(real) => Some(real),
        None => int::to_float(vm, obj)?,
    };
    Ok(real.map(|real| (real, 0.0)))
}

/// One of the five operators; `Obj::NULL` for any other.
pub fn operate(vm: &mut Vm, op: BinaryOp, (a, b): Pair, (c, d): Pair) -> Res {
    let pair = match op {
        BinaryOp::Add => (a + c, b + d),
        BinaryOp::Subtract => (a - c, b - d),
        BinaryOp::Multiply => product((a, b), (c, d)),
        BinaryOp::TrueDivide if c == 0.0 && d == 0.0 => {
            return Err(vm.raise_new(&super::exception::ZERO_DIVISION_ERROR, format_args!("complex divide by zero")));
        }
        BinaryOp::TrueDivide => quotient((a, b), (c, d)),
        BinaryOp::Power => return power(vm, (a, b), (c, d)),
        _ => return Ok(Obj::NULL),
    };
    new(vm, pair)
}

fn product((a, b): Pair, (c, d): Pair) -> Pair {
    (a * c - b * d, a * d + b * c)
}

/// Division that scales by the larger part of the divisor, so that squares do not overflow.
fn quotient((a, b): Pair, (c, d): Pair) -> Pair {
    if c.abs() >= d.abs() {
        let ratio = d / c;
        let size = c + d * ratio;
        ((a + b * ratio) / size, (b - a * ratio) / size)
    } else {
        let ratio = c / d;
        let size = c * ratio + d;
        ((a * ratio + b) / size, (b * ratio - a) / size)
    }
}

/// `x ** y` of complex numbers.
pub fn power(vm: &mut Vm, x: Pair, y: Pair) -> Res {
    let (c, d) = y;
    let whole = d == 0.0 && c == libm::floor(c) && c.abs() <= 100.0;
    if x == (0.0, 0.0) && (d != 0.0 || c < 0.0) {
        return Err(vm.raise_new(&super::exception::ZERO_DIVISION_ERROR, format_args!("0.0 to a complex power")));
    }
    let found = if whole { Some(whole_power(x, c as i32)) } else { polar_power(x, y) };
    let Some((real, imag)) = found else {
        return Err(vm.raise_new(&super::exception::ZERO_DIVISION_ERROR, format_args!("no such complex power")));
    };
    if real.is_infinite() || imag.is_infinite() {
        return Err(vm.overflow_error(format_args!("complex exponentiation")));
    }
    new(vm, (real, imag))
}

/// By squares: exact where the products are.
fn whole_power(x: Pair, exponent: i32) -> Pair {
    let (mut result, mut square, mut rest) = ((1.0, 0.0), x, exponent.unsigned_abs());
    while rest > 0 {
        if rest & 1 == 1 {
            result = product(result, square);
        }
        square = product(square, square);
        rest >>= 1;
    }
    if exponent > 0 { result } else { quotient((1.0, 0.0), result) }
}

/// By size and angle; `None` for an angle without end.
fn polar_power((a, b): Pair, (c, d): Pair) -> Option<Pair> {
    if (a, b) == (0.0, 0.0) {
        return Some((0.0, 0.0));
    }
    let size = real::hypot(a, b);
    let angle = real::atan2(b, a);
    let (mut radius, mut turn) = (real::pow(size, c), angle * c);
    if d != 0.0 {
        radius /= real::exp(angle * d);
        turn += d * real::log(size);
    }
    if turn.is_infinite() { None } else { Some((radius * real::cos(turn), radius * real::sin(turn))) }
}

fn real(vm: &mut Vm, this: Obj) -> Res {
    let (real, _) = expect(vm, this)?;
    float::new(vm, real)
}

fn imag(vm: &mut Vm, this: Obj) -> Res {
    let (_, imag) = expect(vm, this)?;
    float::new(vm, imag)
}

fn conjugate(vm: &mut Vm, this: Obj) -> Res {
    let (real, imag) = expect(vm, this)?;
    new(vm, (real, -imag))
}
