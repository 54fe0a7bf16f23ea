//! zip: the first items of several iterables, then the second ones, and so on.

use crate::Vm;
use crate::q;
use crate::types::{iter, tuple};
use crate::value::{Args, Flags, Gc, GcVec, Obj, Object, Res, Type, TypeRef};

/// Body of a zip object.
pub struct Zip {
    iters: GcVec<Obj>,
    strict: bool,
}

impl Object for Zip {
    const TYPE: &'static Type = &TYPE;
}

/// `zip`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SELF_ITER),
    make: Some(make),
    next: Some(next),
    table: iter::TABLE,
    ..Type::new(q!("zip"))
};

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut options = [Obj::FALSE];
    vm.bind_args(Args { pos: &[], kw: args.kw }, &[q!("strict")], 0, &mut options)?;
    let strict = vm.truth(options[0])?;
    let iters = GcVec::with_capacity(vm, args.pos.len())?;
    for iterable in args.pos {
        let iter = vm.iter(*iterable)?;
        iters.push(vm, iter)?;
    }
    Ok(Gc::alloc(vm, Zip { iters, strict })?.obj())
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(zip) = Gc::<Zip>::from_obj(obj) else { return Ok(Obj::NULL) };
    let count = zip.iters.len();
    if count == 0 {
        return Ok(Obj::NULL);
    }
    let mut few = [Obj::NULL; 4];
    if let Some(row) = few.get_mut(..count) {
        for (at, slot) in row.iter_mut().enumerate() {
            *slot = advance(vm, zip, at)?;
            if slot.is_null() {
                return Ok(Obj::NULL);
            }
        }
        return tuple::new(vm, row);
    }
    let row = GcVec::with_capacity(vm, count)?;
    for at in 0..count {
        let item = advance(vm, zip, at)?;
        if item.is_null() {
            return Ok(Obj::NULL);
        }
        row.push(vm, item)?;
    }
    tuple::new(vm, row.slice())
}

/// The next item of iterator `at`; at an end, a strict zip looks whether the others end too.
fn advance(vm: &mut Vm, zip: Gc<Zip>, at: usize) -> Res {
    let Some(iter) = zip.iters.get(at) else { return Ok(Obj::NULL) };
    let item = vm.next(iter)?;
    if !item.is_null() {
        return Ok(item);
    }
    if zip.strict {
        if at > 0 {
            let (this, before) = (at + 1, at);
            let earlier = if at == 1 { "argument " } else { "arguments 1-" };
            return Err(vm.value_error(format_args!("zip() argument {this} is shorter than {earlier}{before}")));
        }
        for other in 1..zip.iters.len() {
            let Some(iter) = zip.iters.get(other) else { break };
            if !vm.next(iter)?.is_null() {
                let earlier = if other == 1 { "argument " } else { "arguments 1-" };
                let this = other + 1;
                return Err(vm.value_error(format_args!("zip() argument {this} is longer than {earlier}{other}")));
            }
        }
    }
    Ok(Obj::NULL)
}
