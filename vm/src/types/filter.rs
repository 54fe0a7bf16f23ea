//! filter: the items that a function (or truth) lets through.

use crate::Vm;
use crate::q;
use crate::types::iter;
use crate::value::{Args, Flags, Gc, Obj, Object, Res, Type, TypeRef};

/// Body of a filter object.
pub struct Filter {
    function: Obj,
    iter: Obj,
}

impl Object for Filter {
    const TYPE: &'static Type = &TYPE;
}

/// `filter`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SELF_ITER),
    make: Some(make),
    next: Some(next),
    table: iter::TABLE,
    ..Type::new(q!("filter"))
};

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 2, 2)?;
    let &[function, iterable] = args.pos else { return Ok(Obj::NULL) };
    let iter = vm.iter(iterable)?;
    Ok(Gc::alloc(vm, Filter { function, iter })?.obj())
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(filter) = Gc::<Filter>::from_obj(obj) else { return Ok(Obj::NULL) };
    loop {
        let item = vm.next(filter.iter)?;
        if item.is_null() {
            return Ok(item);
        }
        let verdict = if filter.function.is_none() { item } else { vm.call_pos(filter.function, &[item])? };
        if vm.truth(verdict)? {
            return Ok(item);
        }
    }
}
