//! Hooks: what a class and its bases define that makes the fast paths of attributes wrong.

use super::*;
use crate::run::cache::EPOCH;

/// A set of such things.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hooks(u8);

impl Hooks {
    /// Nothing.
    pub const NONE: Hooks = Hooks(0);
    /// `__getattr__` is defined.
    pub const GET: Hooks = Hooks(1);
    /// `__setattr__` or `__delattr__` is defined.
    pub const SET: Hooks = Hooks(2);
    /// Some attribute is a property, a member or has `__get__`, `__set__` or `__delete__`.
    pub const DESCRIPTORS: Hooks = Hooks(4);
    /// `__del__` is defined.
    pub const FINALISER: Hooks = Hooks(8);
    /// `__getattribute__` is defined.
    pub const READ: Hooks = Hooks(16);
    /// Instances have a `__dict__`: the class, or one of its bases, was made without `__slots__`.
    pub const DICT: Hooks = Hooks(32);

    /// Whether all of `other` are set.
    #[inline]
    pub const fn has(self, other: Hooks) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether one of `other` is set.
    pub const fn any(self, other: Hooks) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    pub const fn with(self, other: Hooks) -> Hooks {
        Hooks(self.0 | other.0)
    }
}

/// What `ty` and its bases define. Bases may get hooks later: that changes `attr_epoch`, and it is gathered anew.
#[inline]
pub fn hooks(vm: &Vm, ty: TypeRef) -> Hooks {
    let Some(part) = ty.class else { return Hooks::NONE };
    let (epoch, all) = part.merged.get();
    if epoch == vm.attr_epoch { all } else { gather(vm, part) }
}

#[cold]
#[inline(never)]
fn gather(vm: &Vm, part: Gc<ClassPart>) -> Hooks {
    let mut all = Hooks::NONE;
    for ty in part.order.slice() {
        if let Some(part) = ty.class {
            all = all.with(part.hooks.get());
        }
    }
    part.merged.set((vm.attr_epoch, all));
    all
}

impl Vm {
    /// Outdates all that caches know of classes.
    pub(crate) fn classes_changed(&mut self) {
        // Zero is the epoch of what was never filled.
        self.attr_epoch = self.attr_epoch.wrapping_add(EPOCH).max(EPOCH);
    }
}

/// Looks through a class's own attributes for hooks.
pub(super) fn note_all(vm: &Vm, part: Gc<ClassPart>) {
    let mut from = 0;
    while let Some((at, key, value)) = part.attrs.map.next(from) {
        note(vm, part, key, value);
        from = at + 1;
    }
}

/// An attribute of a class that was set.
pub(super) fn note(vm: &Vm, part: Gc<ClassPart>, key: Obj, value: Obj) {
    let Some(name) = key.as_name() else { return };
    let of_name = if name == q!("__getattr__") {
        Hooks::GET
    } else if name == q!("__getattribute__") {
        Hooks::READ
    } else if name == q!("__setattr__") || name == q!("__delattr__") {
        Hooks::SET
    } else if name == q!("__del__") {
        Hooks::FINALISER
    } else {
        Hooks::NONE
    };
    let of_value = if is_descriptor(vm, value) { Hooks::DESCRIPTORS } else { Hooks::NONE };
    part.hooks.set(part.hooks.get().with(of_name).with(of_value));
}

fn is_descriptor(vm: &Vm, value: Obj) -> bool {
    let ty = value.type_of();
    ty == TypeRef::of(&crate::types::property::TYPE)
        || ty == TypeRef::of(&crate::types::member::TYPE)
        || (ty.class.is_some()
            && [q!("__get__"), q!("__set__"), q!("__delete__")].into_iter().any(|name| lookup(vm, ty, name).is_some()))
}

/// Whether `found` goes before an instance's own attributes: it decides what setting or deleting it means.
pub fn is_data_descriptor(vm: &Vm, found: Found) -> bool {
    let Found::Value(value) = found else { return false };
    let ty = value.type_of();
    ty == TypeRef::of(&crate::types::property::TYPE)
        || ty == TypeRef::of(&crate::types::member::TYPE)
        || (ty.class.is_some()
            && (lookup(vm, ty, q!("__set__")).is_some() || lookup(vm, ty, q!("__delete__")).is_some()))
}
