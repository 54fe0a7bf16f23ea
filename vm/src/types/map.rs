//! map: what a function makes of the items of iterables.

use crate::Vm;
use crate::q;
use crate::types::iter;
use crate::value::{Args, Flags, Gc, GcVec, Obj, Object, Res, Type, TypeRef};

/// Body of a map object.
pub struct Map {
    function: Obj,
    iters: GcVec<Obj>,
}

impl Object for Map {
    const TYPE: &'static Type = &TYPE;
}

/// `map`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SELF_ITER),
    make: Some(make),
    next: Some(next),
    table: iter::TABLE,
    ..Type::new(q!("map"))
};

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 2, usize::MAX)?;
    let [function, iterables @ ..] = args.pos else { return Ok(Obj::NULL) };
    let iters = GcVec::with_capacity(vm, iterables.len())?;
    for iterable in iterables {
        let iter = vm.iter(*iterable)?;
        iters.push(vm, iter)?;
    }
    Ok(Gc::alloc(vm, Map { function: *function, iters })?.obj())
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(map) = Gc::<Map>::from_obj(obj) else { return Ok(Obj::NULL) };
    if let &[iter] = map.iters.slice() {
        let item = vm.next(iter)?;
        return if item.is_null() { Ok(item) } else { vm.call_pos(map.function, &[item]) };
    }
    let row = GcVec::with_capacity(vm, map.iters.len())?;
    for at in 0..map.iters.len() {
        let Some(iter) = map.iters.get(at) else { break };
        let item = vm.next(iter)?;
        if item.is_null() {
            return Ok(item);
        }
        row.push(vm, item)?;
    }
    vm.call_pos(map.function, row.slice())
}
