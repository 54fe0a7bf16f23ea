//! `__slots__`: attributes that a class names beforehand, and instances without a `__dict__`.

use super::*;
use crate::types::member::Member;
use crate::types::{sequence, str};

/// Makes a member of the class for each name in its `__slots__`.
pub(super) fn declare(vm: &mut Vm, ty: TypeRef, part: Gc<ClassPart>) -> Res<()> {
    let slots = part.attrs.map.get_name(vm, q!("__slots__"));
    if slots.is_null() || !ty.flags.has(Flags::INSTANCE) {
        part.hooks.set(part.hooks.get().with(Hooks::DICT));
        return Ok(());
    }
    if str::bytes_of(vm, slots).is_some() {
        return declare_one(vm, ty, part, slots);
    }
    sequence::iterate(vm, slots, |vm, name| declare_one(vm, ty, part, name))
}

fn declare_one(vm: &mut Vm, ty: TypeRef, part: Gc<ClassPart>, name: Obj) -> Res<()> {
    let Some(text) = str::text_of(vm, name) else {
        let got = vm.type_name(name);
        return Err(vm.type_error(format_args!("__slots__ items must be strings, not '{got}'")));
    };
    let first = text.chars().next().unwrap_or(' ');
    if first.is_ascii_digit() || !text.chars().all(|c| c == '_' || c.is_alphanumeric()) {
        return Err(vm.type_error(format_args!("__slots__ must be identifiers")));
    }
    if text == "__dict__" {
        part.hooks.set(part.hooks.get().with(Hooks::DICT));
        return Ok(());
    }
    if text == "__weakref__" {
        return Ok(());
    }
    let Some(name) = str::intern(vm, name)? else { return Ok(()) };
    if !part.attrs.map.get_name(vm, name).is_null() {
        return Err(vm.value_error(format_args!("'{text}' in __slots__ conflicts with class variable")));
    }
    let member = Gc::alloc(vm, Member { owner: ty, name })?;
    part.attrs.map.set_name(vm, name, member.obj())
}
