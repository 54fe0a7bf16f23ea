//! int: whole numbers of any size; small ones live in the word.

use crate::Vm;
use crate::q;
use crate::value::{BinaryOp, Flags, Obj, PrintKind, Res, Sink, Type, UnaryOp, put};

/// `int`
pub static TYPE: Type = Type {
    flags: Flags::BASE,
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    ..Type::new(q!("int"))
};

/// An int object from a machine integer.
pub fn new(vm: &mut Vm, value: i64) -> Res {
    match isize::try_from(value).ok().and_then(Obj::small) {
        Some(obj) => Ok(obj),
        None => Err(vm.overflow_error(format_args!("{value}"))),
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    put(vm, sink, format_args!("{}", obj.small_value()))
}

/// Unary operators of int and bool.
pub fn unary(_: &mut Vm, _: UnaryOp, _: Obj) -> Res {
    Ok(Obj::NULL)
}

/// Binary operators of int and bool with int, bool and float.
pub fn binary(_: &mut Vm, _: BinaryOp, _: Obj, _: Obj) -> Res {
    Ok(Obj::NULL)
}

/// The low bits of an int (or bool) object of any size; `None` if `obj` is no int.
pub fn low_bits(obj: Obj) -> Option<usize> {
    match obj {
        Obj::TRUE => Some(1),
        Obj::FALSE => Some(0),
        _ => obj.as_small().map(|value| value as usize),
    }
}
