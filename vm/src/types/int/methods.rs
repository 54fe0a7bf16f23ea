//! int(...) and the methods of ints.

use super::big::Num;
use super::convert::{from_f64, from_usize, index, is_int, new, to_int};
use super::text;
use crate::Vm;
use crate::num::mpn::{self, Signed};
use crate::q;
use crate::types::{float, str, tuple};
use crate::value::{Args, Entry, Obj, Res, Rom, TypeRef, fun1, row};

/// The methods.
pub(super) static TABLE: &[Entry] = &[
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
        let base = index(vm, base)?;
        let base = u32::try_from(base).unwrap_or(37);
        return match bytes_of(vm, value)? {
            Some(digits) => text::from_bytes(vm, digits, base),
            None => Err(vm.type_error(format_args!("can't convert non-string with explicit base"))),
        };
    }
    if is_int(value) {
        return to_int(vm, value);
    }
    if let Some(value) = float::value(value) {
        return from_f64(vm, value);
    }
    if let Some(digits) = bytes_of(vm, value)? {
        return text::from_bytes(vm, digits, 10);
    }
    to_int(vm, value)
}

/// The characters of a str, or the bytes of a buffer.
fn bytes_of<'a>(vm: &mut Vm, obj: Obj) -> Res<Option<&'a [u8]>> {
    let obj = crate::types::instance::native(obj).unwrap_or(obj);
    if let Some(text) = str::bytes_of(vm, obj) {
        return Ok(Some(text));
    }
    Ok(vm.buffer_of(obj, false)?.map(|buffer| buffer.bytes()))
}

fn magnitude(vm: &mut Vm, this: Obj, count: fn(&[mpn::Limb]) -> usize) -> Res {
    let number = to_int(vm, this)?;
    let Some(number) = Num::from_obj(number) else { return Ok(Obj::NULL) };
    let Signed { limbs, .. } = number.signed();
    from_usize(vm, count(limbs))
}

fn bit_length(vm: &mut Vm, this: Obj) -> Res {
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
