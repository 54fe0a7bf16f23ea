//! set

use crate::Vm;
use crate::q;
use crate::value::{Gc, Map, Obj, Object, Res, Type};

/// Body of a set.
pub struct Set {
    /// The items are the keys.
    pub map: Map,
}

impl Object for Set {
    const TYPE: &'static Type = &TYPE;
}

/// `set`
pub static TYPE: Type = Type::new(q!("set"));

/// A set of these items.
pub fn new(vm: &mut Vm, items: &[Obj]) -> Res {
    let set = Gc::alloc(vm, Set { map: Map::new() })?;
    for item in items {
        set.map.set(vm, *item, Obj::NULL)?;
    }
    Ok(set.obj())
}

/// Adds an item.
pub fn add(vm: &mut Vm, set: Obj, item: Obj) -> Res<()> {
    match Gc::<Set>::from_obj(set) {
        Some(set) => set.map.set(vm, item, Obj::NULL),
        None => Ok(()),
    }
}
