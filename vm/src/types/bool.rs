//! bool: True and False, which are ints too.

use crate::Vm;
use crate::q;
use crate::value::{Args, Obj, PrintKind, Res, Sink, Type, TypeRef};

use super::int;

/// `bool`
pub static TYPE: Type = Type {
    base: Some(TypeRef::of(&int::TYPE)),
    make: Some(make),
    print: Some(print),
    unary: Some(int::unary),
    binary: Some(int::binary),
    ..Type::new(q!("bool"))
};

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 0, 1)?;
    match args.pos {
        [] => Ok(Obj::FALSE),
        [obj, ..] => Ok(Obj::bool(vm.truth(*obj)?)),
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    sink.write(vm, if obj == Obj::TRUE { "True" } else { "False" })
}
