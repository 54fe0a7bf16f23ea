//! Cells: variables shared between a function and those made inside it.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
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
pub static TYPE: Type = Type { get_attr: Some(get_attr), ..Type::new(q!("closure_cell")) };

/// A new cell.
pub fn new(vm: &mut Vm, value: Obj) -> Res {
    Ok(Gc::alloc(vm, CellBody { value: Cell::new(value) })?.obj())
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(cell) = Gc::<CellBody>::from_obj(obj).filter(|_| name == q!("cell_contents")) else {
        return Ok(Obj::NULL);
    };
    let value = cell.value.get();
    if value.is_null() {
        return Err(vm.value_error(format_args!("Cell is empty")));
    }
    Ok(value)
}
