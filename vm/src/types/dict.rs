//! dict: an ordered map.

use crate::Vm;
use crate::q;
use crate::value::{Flags, Gc, Map, Obj, Object, Res, Type};

/// Body of a dict.
#[repr(C)]
pub struct Dict {
    /// The entries.
    pub map: Map,
}

impl Object for Dict {
    const TYPE: &'static Type = &TYPE;
}

/// `dict`
pub static TYPE: Type = Type { flags: Flags::BASE, ..Type::new(q!("dict")) };

/// An empty dict.
pub fn new(vm: &mut Vm) -> Res {
    Ok(Gc::alloc(vm, Dict { map: Map::new() })?.obj())
}

/// The map of a dict object.
#[inline]
pub fn map<'a>(obj: Obj) -> Option<&'a Map> {
    Gc::<Dict>::from_obj(obj).map(|dict| &dict.body().map)
}
