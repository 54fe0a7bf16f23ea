//! Ellipsis and NotImplemented: constants with a type of their own.

use crate::Vm;
use crate::q;
use crate::value::{Obj, PrintKind, Res, Sink, Type};

/// Type of `...`
pub static ELLIPSIS: Type = Type { print: Some(print_ellipsis), ..Type::new(q!("ellipsis")) };
/// Type of `NotImplemented`
pub static NOT_IMPLEMENTED: Type = Type { print: Some(print_not_implemented), ..Type::new(q!("NotImplementedType")) };

fn print_ellipsis(vm: &mut Vm, sink: &mut dyn Sink, _: Obj, _: PrintKind) -> Res<()> {
    sink.write(vm, "Ellipsis")
}

fn print_not_implemented(vm: &mut Vm, sink: &mut dyn Sink, _: Obj, _: PrintKind) -> Res<()> {
    sink.write(vm, "NotImplemented")
}
