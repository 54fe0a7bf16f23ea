//! tuple: a fixed row of values, which lie behind the body.

use crate::Vm;
use crate::q;
use crate::value::{Flags, Gc, Obj, Object, Res, Type, TypeRef};

/// Body of a tuple: its items follow it.
pub struct Tuple {
    /// Number of items.
    pub len: usize,
}

impl Object for Tuple {
    const TYPE: &'static Type = &TYPE;
}

/// `tuple`
pub static TYPE: Type = Type { flags: Flags::BASE, ..Type::new(q!("tuple")) };

/// A tuple of these items.
pub fn new(vm: &mut Vm, items: &[Obj]) -> Res {
    new_as(vm, TypeRef::of(&TYPE), items)
}

/// A tuple whose type is `ty`, which has the layout of tuple (a namedtuple class).
pub fn new_as(vm: &mut Vm, ty: TypeRef, items: &[Obj]) -> Res {
    let tuple = Gc::alloc_with_tail(vm, ty, Tuple { len: items.len() }, size_of_val(items))?;
    for (at, item) in items.iter().enumerate() {
        tuple.tail_set(at, *item);
    }
    Ok(tuple.obj())
}

/// The items of a tuple.
#[inline]
pub fn items<'a>(obj: Obj) -> Option<&'a [Obj]> {
    let tuple = Gc::<Tuple>::from_obj(obj)?;
    Some(tuple.tail_objs(tuple.len))
}
