//! What the patterns of `case` ask of their subject: a tuple of its parts, or None when it does not match.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::{
    array, bool, bytearray, bytes, class, deque, dict, float, frozenset, instance, int, list, memoryview, range, set,
    str, tuple,
};
use crate::value::{GcVec, Obj, Raise, Res, Type, TypeRef};

/// Types whose instances a sequence pattern looks into.
const SEQUENCES: [&Type; 6] = [&list::TYPE, &tuple::TYPE, &range::TYPE, &deque::TYPE, &array::TYPE, &memoryview::TYPE];

/// Types whose one positional pattern is matched by the subject itself.
const WHOLE: [&Type; 11] = [
    &bool::TYPE,
    &bytearray::TYPE,
    &bytes::TYPE,
    &dict::TYPE,
    &float::TYPE,
    &frozenset::TYPE,
    &int::TYPE,
    &list::TYPE,
    &set::TYPE,
    &str::TYPE,
    &tuple::TYPE,
];

fn is_one_of(ty: TypeRef, types: &[&'static Type]) -> bool {
    types.iter().any(|base| class::is_subclass(ty, TypeRef::of(base)))
}

/// `.match_sequence(subject, before, after, star)`: the items before and behind a star, and between them unless `star` is 0
/// a list of the others (1) or nothing (2).
pub fn sequence(vm: &mut Vm, args: &[Obj]) -> Res {
    let &[subject, before, after, star] = args else { return Ok(Obj::NONE) };
    if !is_one_of(subject.type_of(), &SEQUENCES) {
        return Ok(Obj::NONE);
    }
    let of = |obj: Obj| obj.as_small().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let (before, after, star) = (of(before), of(after), of(star));
    let len = vm.len(subject)?;
    let len = of(len);
    let needed = before + after;
    if if star == 0 { len != needed } else { len < needed } {
        return Ok(Obj::NONE);
    }
    let parts = GcVec::with_capacity(vm, needed + 1)?;
    add_items(vm, &parts, subject, 0, before)?;
    if star == 1 {
        let others = GcVec::with_capacity(vm, len - needed)?;
        add_items(vm, &others, subject, before, len - after)?;
        let others = list::from_vec(vm, others)?;
        parts.push(vm, others)?;
    }
    add_items(vm, &parts, subject, len - after, len)?;
    tuple::new(vm, parts.slice())
}

fn add_items(vm: &mut Vm, to: &GcVec<Obj>, from: Obj, start: usize, end: usize) -> Res<()> {
    for at in start..end {
        let item = vm.get_item(from, Obj::small_wrapping(at as isize))?;
        to.push(vm, item)?;
    }
    Ok(())
}

/// `.match_mapping(subject, count)`: whether it is a mapping with that many keys.
pub fn mapping(_: &mut Vm, subject: Obj, count: Obj) -> Res {
    let map = dict::map(instance::native(subject).unwrap_or(subject));
    Ok(Obj::bool(map.is_some_and(|map| count.as_small().is_some_and(|count| map.len() as isize >= count))))
}

/// `.match_keys(subject, keys, rest)`: the values of the keys, and if `rest` is true a dict of all others.
pub fn keys(vm: &mut Vm, subject: Obj, keys: Obj, rest: Obj) -> Res {
    let Some(map) = dict::map(instance::native(subject).unwrap_or(subject)) else { return Ok(Obj::NONE) };
    let keys = tuple::items(keys).unwrap_or(&[]);
    if map.len() < keys.len() {
        return Ok(Obj::NONE);
    }
    let parts = GcVec::with_capacity(vm, keys.len() + 1)?;
    for (at, key) in keys.iter().enumerate() {
        for other in &keys[..at] {
            if vm.equal(*other, *key)? {
                return Err(duplicate_key(vm, *key));
            }
        }
        let value = map.get(vm, *key)?;
        if value.is_null() {
            return Ok(Obj::NONE);
        }
        parts.push(vm, value)?;
    }
    if rest == Obj::TRUE {
        let others = dict::new(vm)?;
        let Some(left) = dict::map(others) else { return Ok(Obj::NONE) };
        dict::update_with(vm, left, subject)?;
        for key in keys {
            left.remove(vm, *key)?;
        }
        parts.push(vm, others)?;
    }
    tuple::new(vm, parts.slice())
}

#[cold]
fn duplicate_key(vm: &mut Vm, key: Obj) -> Raise {
    let text = match str::repr_of(vm, key) {
        Ok(text) => text,
        Err(raise) => return raise,
    };
    let text = str::text_of(vm, text).unwrap_or("");
    vm.value_error(format_args!("mapping pattern checks duplicate key ({text})"))
}

/// `.match_class(subject, class, count, names)`: `count` attributes that the class lists for positions, and those named.
pub fn class(vm: &mut Vm, args: &[Obj]) -> Res {
    let &[subject, class, count, names] = args else { return Ok(Obj::NONE) };
    let Some(ty) = TypeRef::from_obj(class) else {
        return Err(vm.type_error(format_args!("called match pattern must be a type")));
    };
    if !class::is_subclass(subject.type_of(), ty) {
        return Ok(Obj::NONE);
    }
    let count = count.as_small().map_or(0, |count| count as usize);
    let parts = GcVec::with_capacity(vm, count + 1)?;
    let seen = GcVec::with_capacity(vm, count)?;
    if count > 0 && !positional(vm, subject, ty, count, &seen, &parts)? {
        return Ok(Obj::NONE);
    }
    for name in tuple::items(names).unwrap_or(&[]) {
        let Some(name) = str::intern(vm, *name)? else { return Ok(Obj::NONE) };
        if !attribute(vm, subject, ty, name, &seen, &parts)? {
            return Ok(Obj::NONE);
        }
    }
    tuple::new(vm, parts.slice())
}

/// Adds the attributes that the class lists for positions; false when the subject lacks one.
fn positional(
    vm: &mut Vm,
    subject: Obj,
    ty: TypeRef,
    count: usize,
    seen: &GcVec<u32>,
    parts: &GcVec<Obj>,
) -> Res<bool> {
    let listed = vm.find_attr(ty.obj(), q!("__match_args__"))?;
    if listed.is_null() && is_one_of(ty, &WHOLE) {
        if count > 1 {
            return Err(too_many(vm, ty, 1, count));
        }
        parts.push(vm, subject)?;
        return Ok(true);
    }
    if !listed.is_null() && tuple::items(listed).is_none() {
        let (class, got) = (vm.text_of_name(ty.name), vm.type_name(listed));
        return Err(vm.type_error(format_args!("{class}.__match_args__ must be a tuple (got {got})")));
    }
    let listed = if listed.is_null() { &[] } else { tuple::items(listed).unwrap_or(&[]) };
    if listed.len() < count {
        return Err(too_many(vm, ty, listed.len(), count));
    }
    for name in &listed[..count] {
        let Some(name) = str::intern(vm, *name)? else {
            let got = vm.type_name(*name);
            return Err(vm.type_error(format_args!("__match_args__ elements must be strings (got {got})")));
        };
        if !attribute(vm, subject, ty, name, seen, parts)? {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cold]
fn too_many(vm: &mut Vm, ty: TypeRef, takes: usize, given: usize) -> Raise {
    let class = vm.text_of_name(ty.name);
    let s = if takes == 1 { "" } else { "s" };
    vm.type_error(format_args!("{class}() accepts {takes} positional sub-pattern{s} ({given} given)"))
}

/// Adds an attribute of the subject; false when it has none.
fn attribute(vm: &mut Vm, subject: Obj, ty: TypeRef, name: Qstr, seen: &GcVec<u32>, parts: &GcVec<Obj>) -> Res<bool> {
    if seen.slice().contains(&name.0) {
        let (class, text) = (vm.text_of_name(ty.name), vm.text_of_name(name));
        return Err(vm.type_error(format_args!("{class}() got multiple sub-patterns for attribute '{text}'")));
    }
    seen.push(vm, name.0)?;
    let value = vm.find_attr(subject, name)?;
    if value.is_null() {
        return Ok(false);
    }
    parts.push(vm, value)?;
    Ok(true)
}
