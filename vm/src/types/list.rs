//! list: a growable row of values.

use crate::Vm;
use crate::q;
use crate::value::{Flags, Gc, GcVec, Obj, Object, Res, Type};

/// Body of a list.
#[repr(C)]
pub struct List {
    /// The items.
    pub items: GcVec<Obj>,
}

impl Object for List {
    const TYPE: &'static Type = &TYPE;
}

/// `list`
pub static TYPE: Type = Type { flags: Flags::BASE, ..Type::new(q!("list")) };

/// A list of these items.
pub fn new(vm: &mut Vm, items: &[Obj]) -> Res {
    let items = GcVec::from_slice(vm, items)?;
    Ok(Gc::alloc(vm, List { items })?.obj())
}
