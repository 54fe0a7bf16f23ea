//! None: the value of nothing.

use crate::Vm;
use crate::q;
use crate::value::{Obj, PrintKind, Res, Sink, Type, UnaryOp};

/// `NoneType`
pub static TYPE: Type = Type { print: Some(print), unary: Some(unary), ..Type::new(q!("NoneType")) };

fn print(vm: &mut Vm, sink: &mut dyn Sink, _: Obj, _: PrintKind) -> Res<()> {
    sink.write(vm, "None")
}

fn unary(_: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    Ok(match op {
        UnaryOp::Bool => Obj::FALSE,
        UnaryOp::Hash => Obj::small_wrapping(obj.bits() as isize),
        _ => Obj::NULL,
    })
}
