//! enumerate: items with their numbers.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::{int, iter};
use crate::value::{Args, Flags, Gc, Obj, Object, Res, Type, TypeRef};

/// Body of an enumerate object.
#[repr(C)]
pub struct Enumerate {
    /// Gives the items.
    pub iter: Obj,
    /// The next number.
    pub count: Cell<Obj>,
}

impl Object for Enumerate {
    const TYPE: &'static Type = &TYPE;
}

/// `enumerate`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SELF_ITER),
    make: Some(make),
    next: Some(next),
    table: iter::TABLE,
    ..Type::new(q!("enumerate"))
};

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL, Obj::small_wrapping(0)];
    vm.bind_args(args, &[q!("iterable"), q!("start")], 2, &mut values)?;
    let start = int::to_int(vm, values[1])?;
    let iter = vm.iter(values[0])?;
    Ok(Gc::alloc(vm, Enumerate { iter, count: Cell::new(start) })?.obj())
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(this) = Gc::<Enumerate>::from_obj(obj) else { return Ok(Obj::NULL) };
    let item = vm.next(this.iter)?;
    if item.is_null() {
        return Ok(Obj::NULL);
    }
    let number = this.count.get();
    let one = Obj::small_wrapping(1);
    let after = match int::add_small(number, one) {
        Some(after) => after,
        None => vm.binary(crate::value::BinaryOp::Add, number, one)?,
    };
    this.count.set(after);
    super::tuple::new(vm, &[number, item])
}
