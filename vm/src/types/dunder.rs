//! Operators as methods, for tables of types that programs derive from: `super().__getitem__(key)` needs them.

use crate::Vm;
use crate::value::{Obj, Res};

/// `obj.__getitem__(index)`
pub fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    vm.get_item(obj, index)
}

/// `obj.__setitem__(index, value)`
pub fn set_item(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res {
    vm.set_item(obj, index, value)?;
    Ok(Obj::NONE)
}

/// `obj.__delitem__(index)`
pub fn del_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    vm.set_item(obj, index, Obj::NULL)?;
    Ok(Obj::NONE)
}

/// `obj.__len__()`
pub fn len(vm: &mut Vm, obj: Obj) -> Res {
    vm.len(obj)
}

/// `obj.__iter__()`
pub fn iter(vm: &mut Vm, obj: Obj) -> Res {
    vm.iter(obj)
}

/// `obj.__next__()`
pub fn next(vm: &mut Vm, obj: Obj) -> Res {
    let item = vm.next(obj)?;
    if item.is_null() {
        let value = core::mem::replace(&mut vm.stop_value, Obj::NULL);
        return Err(vm.stop_iteration(value));
    }
    Ok(item)
}

/// `obj.__contains__(item)`
pub fn contains(vm: &mut Vm, obj: Obj, item: Obj) -> Res {
    vm.contains(obj, item).map(Obj::bool)
}

/// `obj.__hash__()`
pub fn hash(vm: &mut Vm, obj: Obj) -> Res {
    Ok(Obj::small_wrapping(vm.hash(obj)? as isize))
}

/// `obj.__eq__(other)`
pub fn eq(vm: &mut Vm, obj: Obj, other: Obj) -> Res {
    vm.compare_equal(obj, other)
}
