//! int(...) and the methods of ints.

use super::big::{self, Num};
use super::convert::{from_f64, from_usize, index, is_int, new, to_i64, to_int};
use super::text;
use crate::Vm;
use crate::num::mpn::{self, Order, Signed, SignedLen};
use crate::q;
use crate::types::{bytearray, bytes, class, float, instance, list, str, tuple};
use crate::value::{Args, Builtin, Entry, GcVec, Obj, Res, Rom, Sig, TypeRef, fun1, kw, row};

/// The methods.
pub(super) static TABLE: &[Entry] = &[
    row(q!("from_bytes"), Rom::Class(Builtin::new(Sig::Kw(1, from_bytes)))),
    row(q!("to_bytes"), kw(1, to_bytes)),
    row(q!("bit_length"), fun1(bit_length)),
    row(q!("bit_count"), fun1(bit_count)),
    row(q!("conjugate"), fun1(itself)),
    row(q!("is_integer"), fun1(is_integer)),
    row(q!("as_integer_ratio"), fun1(as_integer_ratio)),
    row(q!("real"), Rom::Get(itself)),
    row(q!("imag"), Rom::Get(zero)),
    row(q!("numerator"), Rom::Get(itself)),
    row(q!("denominator"), Rom::Get(one)),
    row(q!("__index__"), fun1(itself)),
    row(q!("__int__"), fun1(itself)),
];

/// `int()`, `int(x)`, `int(text, base)`
pub(super) fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut values = [Obj::small_wrapping(0), Obj::NONE];
    let mut base = None;
    for (key, value) in args.kw {
        if *key != Obj::name(q!("base")) || args.pos.is_empty() {
            return Err(vm.type_error(format_args!("extra keyword arguments given")));
        }
        base = Some(*value);
    }
    vm.check_count(args.pos.len(), 0, 2)?;
    values[..args.pos.len()].copy_from_slice(args.pos);
    if args.pos.len() == 2 {
        base = Some(values[1]);
    }
    let [value, _] = values;
    if let Some(base) = base {
        let base = to_int(vm, base)?;
        let base = to_i64(vm, base).and_then(|base| u32::try_from(base).ok()).unwrap_or(37);
        let spells = match instance::native(value).unwrap_or(value) {
            text if str::bytes_of(vm, text).is_some() => true,
            other => other.is_exact(&bytes::TYPE) || other.is_exact(&bytearray::TYPE),
        };
        return match if spells { read(vm, value, base)? } else { None } {
            Some(number) => Ok(number),
            // A base that none could have is told of first.
            None if base == 1 || base > 36 => text::from_bytes(vm, b"", base),
            None => Err(vm.type_error(format_args!("can't convert non-string with explicit base"))),
        };
    }
    if is_int(value) {
        return to_int(vm, value);
    }
    if let Some(value) = float::value(value) {
        return from_f64(vm, value);
    }
    if let Some(number) = read(vm, value, 10)? {
        return Ok(number);
    }
    by_method(vm, value)
}

/// `int(obj)` by `__int__`, `__index__` or `__trunc__` of the object's class.
pub fn by_method(vm: &mut Vm, obj: Obj) -> Res {
    let ty = obj.type_of();
    let slot = ty.unary.filter(|_| ty.flags.has(crate::value::Flags::INSTANCE));
    let mut answer = match slot {
        Some(unary) => unary(vm, crate::value::UnaryOp::Int, obj)?,
        None => Obj::NULL,
    };
    if answer.is_null()
        && slot.is_some()
        && let Some(method) = crate::types::instance::special(vm, obj, q!("__trunc__"))?
    {
        answer = vm.call_bound(method, &[])?;
    }
    if answer.is_null() {
        return to_int(vm, obj);
    }
    match crate::types::instance::native(answer).unwrap_or(answer) {
        value if is_int(value) => to_int(vm, value),
        _ => {
            let name = vm.type_name(answer);
            Err(vm.type_error(format_args!("__int__ returned non-int (type {name})")))
        }
    }
}

/// The number that a str or a buffer spells; `None` for other objects.
fn read(vm: &mut Vm, obj: Obj, base: u32) -> Res<Option<Obj>> {
    let obj = crate::types::instance::native(obj).unwrap_or(obj);
    if let Some(text) = str::text_of(vm, obj) {
        return text::from_text(vm, text, base).map(Some);
    }
    match vm.buffer_of(obj, false)? {
        Some(buffer) => text::from_bytes(vm, buffer.bytes(), base).map(Some),
        None => Ok(None),
    }
}

/// Keyword-only `signed`, and `byteorder` by position or name.
fn order_and_sign(vm: &mut Vm, order: Obj, signed: Obj) -> Res<(Order, bool)> {
    let order = match str::arg::text(vm, order)? {
        b"little" => Order::Little,
        b"big" => Order::Big,
        _ => return Err(vm.value_error(format_args!("byteorder must be either 'little' or 'big'"))),
    };
    Ok((order, vm.truth(signed)?))
}

fn from_bytes(vm: &mut Vm, args: Args<'_>) -> Res {
    let rest = Args { pos: args.pos.get(1..).unwrap_or(&[]), kw: args.kw };
    let mut values = [Obj::NULL, Obj::name(q!("big")), Obj::FALSE];
    vm.bind_args(rest, &[q!("bytes"), q!("byteorder"), q!("signed")], 3, &mut values)?;
    let [source, order, signed] = values;
    let (order, signed) = order_and_sign(vm, order, signed)?;
    let source = match vm.buffer_of(source, false)? {
        Some(_) if !str::is_str(str::arg::plain(source)) => source,
        Some(_) => return Err(str::arg::wrong_kind(vm, source)),
        None if is_int(source) => return Err(vm.type_error(format_args!("cannot convert 'int' object to bytes"))),
        None => {
            // What says that it is an index would make so many zeros.
            let ty = source.type_of();
            let is_index = class::lookup(vm, ty, q!("__index__")).is_some();
            let source = if is_index && class::lookup(vm, ty, q!("__bytes__")).is_none() {
                vm.call_pos(TypeRef::of(&list::TYPE).obj(), &[source])?
            } else {
                source
            };
            vm.call_pos(TypeRef::of(&bytes::TYPE).obj(), &[source])?
        }
    };
    let data = vm.buffer(source, false)?.bytes();
    // Zeros at the far end take no memory.
    let data = match order {
        Order::Little | Order::Big if signed => data,
        Order::Little => data.get(..data.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1)).unwrap_or(data),
        Order::Big => data.get(data.iter().position(|byte| *byte != 0).unwrap_or(data.len())..).unwrap_or(data),
    };
    let value = big::build(vm, mpn::from_bytes_len(data.len()), |out| {
        if signed {
            mpn::from_bytes_signed(out, data, order)
        } else {
            SignedLen::new(false, mpn::from_bytes(out, data, order))
        }
    })?;
    match args.pos.first().copied().and_then(TypeRef::from_obj) {
        Some(ty) if ty.class.is_some() => vm.call_pos(ty.obj(), &[value]),
        Some(_) | None => Ok(value),
    }
}

fn to_bytes(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, pos @ ..] = args.pos else { return Ok(Obj::NULL) };
    let mut values = [Obj::small_wrapping(1), Obj::name(q!("big")), Obj::FALSE];
    vm.bind_args(Args { pos, kw: args.kw }, &[q!("length"), q!("byteorder"), q!("signed")], 2, &mut values)?;
    let [length, order, signed] = values;
    let len = index(vm, length)?;
    let (order, signed) = order_and_sign(vm, order, signed)?;
    let Ok(len) = usize::try_from(len) else {
        return Err(vm.raise_args(&crate::types::exception::VALUE_ERROR, &[]));
    };
    let number = to_int(vm, *this)?;
    let Some(number) = Num::from_obj(number) else { return Ok(Obj::NULL) };
    let value = number.signed();
    if value.negative && !signed {
        return Err(vm.overflow_error(format_args!("can't convert negative int to unsigned")));
    }
    let data = GcVec::new();
    data.resize(vm, len, 0)?;
    let fit = data.with_mut(|data| mpn::to_bytes(data, value, order));
    if if signed { fit.signed } else { fit.unsigned } {
        return bytes::new(vm, data.slice());
    }
    Err(vm.overflow_error(format_args!("value would overflow a {len} byte buffer")))
}

fn magnitude(vm: &mut Vm, this: Obj, count: fn(&[mpn::Limb]) -> usize) -> Res {
    let number = to_int(vm, this)?;
    let Some(number) = Num::from_obj(number) else { return Ok(Obj::NULL) };
    let Signed { limbs, .. } = number.signed();
    from_usize(vm, count(limbs))
}

/// `int.bit_length()`
pub fn bit_length(vm: &mut Vm, this: Obj) -> Res {
    magnitude(vm, this, mpn::bit_len)
}

fn bit_count(vm: &mut Vm, this: Obj) -> Res {
    magnitude(vm, this, mpn::popcount)
}

fn itself(vm: &mut Vm, this: Obj) -> Res {
    to_int(vm, this)
}

fn zero(vm: &mut Vm, _: Obj) -> Res {
    new(vm, 0)
}

fn one(vm: &mut Vm, _: Obj) -> Res {
    new(vm, 1)
}

fn is_integer(_: &mut Vm, _: Obj) -> Res {
    Ok(Obj::TRUE)
}

fn as_integer_ratio(vm: &mut Vm, this: Obj) -> Res {
    let number = to_int(vm, this)?;
    tuple::new(vm, &[number, Obj::small_wrapping(1)])
}
