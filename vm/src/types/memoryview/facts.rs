//! What a memoryview says of its items and where they lie.

use super::open;
use crate::Vm;
use crate::types::{array, int, tuple};
use crate::value::{Obj, Res};

pub(super) fn itemsize(vm: &mut Vm, obj: Obj) -> Res {
    Ok(Obj::small_wrapping(open(vm, obj)?.size() as isize))
}

pub(super) fn nbytes(vm: &mut Vm, obj: Obj) -> Res {
    let view = open(vm, obj)?;
    Ok(Obj::small_wrapping((view.size() * view.len) as isize))
}

pub(super) fn format(vm: &mut Vm, obj: Obj) -> Res {
    Ok(array::code_text(open(vm, obj)?.code))
}

pub(super) fn readonly(vm: &mut Vm, obj: Obj) -> Res {
    Ok(Obj::bool(!open(vm, obj)?.writable))
}

pub(super) fn owner(vm: &mut Vm, obj: Obj) -> Res {
    Ok(open(vm, obj)?.of.get())
}

pub(super) fn ndim(vm: &mut Vm, obj: Obj) -> Res {
    open(vm, obj).map(|_| Obj::small_wrapping(1))
}

pub(super) fn shape(vm: &mut Vm, obj: Obj) -> Res {
    let view = open(vm, obj)?;
    tuple::new(vm, &[Obj::small_wrapping(view.len as isize)])
}

pub(super) fn strides(vm: &mut Vm, obj: Obj) -> Res {
    let view = open(vm, obj)?;
    let stride = int::new(vm, view.step.wrapping_mul(view.size() as isize) as i64)?;
    tuple::new(vm, &[stride])
}

pub(super) fn suboffsets(vm: &mut Vm, _: Obj) -> Res {
    tuple::new(vm, &[])
}

pub(super) fn contiguous(vm: &mut Vm, obj: Obj) -> Res {
    Ok(Obj::bool(open(vm, obj)?.is_whole()))
}
