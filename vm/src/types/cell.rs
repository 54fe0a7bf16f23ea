//! Cells: variables shared between a function and those made inside it.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::value::{Gc, Obj, Object, Res, Type};

/// Body of a cell.
#[repr(C)]
pub struct CellBody {
    /// The variable's value; `Obj::NULL` while it is unbound.
    pub value: Cell<Obj>,
}

impl Object for CellBody {
    const TYPE: &'static Type = &TYPE;
}

/// `closure_cell`
pub static TYPE: Type = Type::new(q!("closure_cell"));

/// A new cell.
pub fn new(vm: &mut Vm, value: Obj) -> Res {
    Ok(Gc::alloc(vm, CellBody { value: Cell::new(value) })?.obj())
}
