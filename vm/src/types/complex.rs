//! complex: a pair of floats.

use crate::Vm;
use crate::gc::Kind;
use crate::num::float::Repr;
use crate::num::hash::hash_f64;
use crate::q;
use crate::types::{float, instance, str};
use crate::value::{
    Args, BinaryOp, Entry, Flags, Gc, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, UnaryOp, fun1, put, row,
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
        None => {
            let name = vm.type_name(obj);
            Err(vm.type_error(format_args!("can't convert {name} to complex")))
        }
    }
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
    let (left, right) = (is_real(first), is_real(second));
    let (real, imag) = expect(vm, first)?;
    let (more_imag, less_real) = expect(vm, second)?;
    new(vm, (if right { real } else { real - less_real }, if left { more_imag } else { imag + more_imag }))
}

fn is_real(obj: Obj) -> bool {
    float::plain(instance::native(obj).unwrap_or(obj)).is_some()
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
        UnaryOp::Abs => match libm::hypot(real, imag) {
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
    match value(left) {
        Some(left) => operate(vm, op, left, right),
        None => Ok(Obj::NULL),
    }
}

/// `left op right` where `right` is any number; `Obj::NULL` if it is none, or if complex numbers have no such operator.
pub fn operate(vm: &mut Vm, op: BinaryOp, (a, b): Pair, right: Obj) -> Res {
    let Some((c, d)) = value(right).or_else(|| float::plain(right).map(|real| (real, 0.0))) else {
        return Ok(Obj::NULL);
    };
    let pair = match op.plain() {
        BinaryOp::Add => (a + c, b + d),
        BinaryOp::Subtract => (a - c, b - d),
        BinaryOp::Multiply => product((a, b), (c, d)),
        BinaryOp::TrueDivide if c == 0.0 && d == 0.0 => {
            return Err(vm.raise_new(&super::exception::ZERO_DIVISION_ERROR, format_args!("complex divide by zero")));
        }
        BinaryOp::TrueDivide => quotient((a, b), (c, d)),
        BinaryOp::Power => return power(vm, (a, b), (c, d)),
        BinaryOp::Equal => return Ok(Obj::bool(a == c && b == d)),
        BinaryOp::NotEqual => return Ok(Obj::bool(a != c || b != d)),
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
    let size = libm::hypot(a, b);
    let angle = libm::atan2(b, a);
    let (mut radius, mut turn) = (libm::pow(size, c), angle * c);
    if d != 0.0 {
        radius /= libm::exp(angle * d);
        turn += d * libm::log(size);
    }
    if turn.is_infinite() { None } else { Some((radius * libm::cos(turn), radius * libm::sin(turn))) }
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
