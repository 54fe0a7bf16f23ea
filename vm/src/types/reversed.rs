//! reversed: a sequence from its end.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::{dictview, iter, list, range, sequence};
use crate::value::{Args, Flags, Gc, Obj, Object, Res, Type, TypeRef};

/// Body of a reversed object.
pub struct Reversed {
    of: Obj,
    /// How many items are left.
    left: Cell<isize>,
}

impl Object for Reversed {
    const TYPE: &'static Type = &TYPE;
}

/// `reversed`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SELF_ITER),
    make: Some(make),
    next: Some(next),
    table: iter::TABLE,
    ..Type::new(q!("reversed"))
};

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 1)?;
    let &[of] = args.pos else { return Ok(Obj::NULL) };
    if !of.type_of().flags.has(Flags::INSTANCE) {
        return over(vm, of);
    }
    match vm.find_attr(of, q!("__reversed__"))? {
        Obj::NULL => over(vm, of),
        method => vm.call_pos(method, &[]),
    }
}

/// `obj.__reversed__()` of built-in types.
pub fn over(vm: &mut Vm, of: Obj) -> Res {
    if of.is_exact(&range::TYPE) {
        return range::reversed(vm, of);
    }
    let over_dict = dictview::reversed(vm, of)?;
    if !over_dict.is_null() {
        return Ok(over_dict);
    }
    if of.type_of().get_item.is_none() {
        let name = vm.type_name(of);
        return Err(vm.type_error(format_args!("'{name}' object isn't reversible")));
    }
    let len = vm.len(of)?;
    let left = sequence::int_of(vm, len)?;
    Ok(Gc::alloc(vm, Reversed { of, left: Cell::new(left) })?.obj())
}

/// How many items are left at most; `None` if `obj` is none of these iterators.
pub fn left(obj: Obj) -> Option<usize> {
    let this = Gc::<Reversed>::from_obj(obj)?;
    let left = this.left.get();
    // A list may have become shorter.
    let short = sequence::of::<list::List>(this.of).is_some_and(|list| left > list.items.len() as isize);
    Some(if short { 0 } else { left as usize })
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(this) = Gc::<Reversed>::from_obj(obj) else { return Ok(Obj::NULL) };
    let at = this.left.get() - 1;
    if at < 0 {
        return Ok(Obj::NULL);
    }
    this.left.set(at);
    match list::get(this.of, at) {
        Some(item) => Ok(item),
        None if this.of.is_exact(&list::TYPE) => {
            // The list became shorter.
            this.left.set(0);
            Ok(Obj::NULL)
        }
        None => vm.get_item(this.of, Obj::small_wrapping(at)),
    }
}
