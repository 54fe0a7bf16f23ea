//! Methods of sets; frozen sets share those that change nothing.

use super::*;

pub(super) fn add_method(vm: &mut Vm, set: Obj, item: Obj) -> Res {
    add(vm, set, item)?;
    Ok(Obj::NONE)
}

pub(super) fn discard(vm: &mut Vm, set: Obj, item: Obj) -> Res {
    if let Some(at) = find(vm, set, item)? {
        mutable(vm, set)?.map.remove_at(at);
    }
    Ok(Obj::NONE)
}

pub(super) fn remove(vm: &mut Vm, set: Obj, item: Obj) -> Res {
    match find(vm, set, item)? {
        Some(at) => {
            mutable(vm, set)?.map.remove_at(at);
            Ok(Obj::NONE)
        }
        None => Err(vm.key_error(item)),
    }
}

fn find(vm: &mut Vm, set: Obj, item: Obj) -> Res<Option<usize>> {
    let set = this(vm, set)?;
    let item = as_key(vm, item)?;
    set.map.find(vm, item)
}

pub(super) fn pop(vm: &mut Vm, set: Obj) -> Res {
    let set = mutable(vm, set)?;
    match set.map.next(0) {
        Some((at, item, _)) => {
            set.map.remove_at(at);
            Ok(item)
        }
        None => Err(vm.raise_new(&exception::KEY_ERROR, format_args!("pop from an empty set"))),
    }
}

pub(super) fn clear(vm: &mut Vm, set: Obj) -> Res {
    mutable(vm, set)?.map.clear();
    Ok(Obj::NONE)
}

pub(super) fn update(vm: &mut Vm, args: &[Obj]) -> Res {
    let [set, others @ ..] = args else { return Ok(Obj::NULL) };
    let set = mutable(vm, *set)?;
    for other in others {
        add_all(vm, set, *other)?;
    }
    Ok(Obj::NONE)
}

/// `set.copy()`
pub fn copy(vm: &mut Vm, set: Obj) -> Res {
    if set.is_exact(&frozenset::TYPE) {
        return Ok(set);
    }
    let set = this(vm, set)?;
    joined(vm, set, &[])
}

/// `set.union(*others)`
pub fn union(vm: &mut Vm, args: &[Obj]) -> Res {
    let [set, others @ ..] = args else { return Ok(Obj::NULL) };
    let set = this(vm, *set)?;
    joined(vm, set, others)
}

/// `set.intersection(*others)`
pub fn intersection(vm: &mut Vm, args: &[Obj]) -> Res {
    let [set, others @ ..] = args else { return Ok(Obj::NULL) };
    let mut rest = this(vm, *set)?;
    let [first, others @ ..] = others else { return joined(vm, rest, &[]) };
    rest = common_of(vm, rest, *first)?;
    for other in others {
        rest = common_of(vm, rest, *other)?;
    }
    Ok(rest.obj())
}

/// `set.difference(*others)`
pub fn difference(vm: &mut Vm, args: &[Obj]) -> Res {
    let [set, others @ ..] = args else { return Ok(Obj::NULL) };
    let set = this(vm, *set)?;
    let rest = empty(vm, set.type_ref())?;
    rest.map.copy_from(vm, &set.map)?;
    for other in others {
        remove_all(vm, rest, *other)?;
    }
    Ok(rest.obj())
}

/// `set.symmetric_difference(other)`
pub fn symmetric_difference(vm: &mut Vm, set: Obj, other: Obj) -> Res {
    let (set, other) = (this(vm, set)?, operand(vm, other)?);
    either(vm, set, other).map(Gc::obj)
}

fn replaced(vm: &mut Vm, set: Option<&Obj>, rest: Obj) -> Res {
    let set = mutable(vm, set.copied().unwrap_or(Obj::NONE))?;
    if let Some(rest) = of(rest) {
        set.map.take_from(&rest.map);
    }
    Ok(Obj::NONE)
}

pub(super) fn intersection_update(vm: &mut Vm, args: &[Obj]) -> Res {
    let rest = intersection(vm, args)?;
    replaced(vm, args.first(), rest)
}

pub(super) fn difference_update(vm: &mut Vm, args: &[Obj]) -> Res {
    let [set, others @ ..] = args else { return Ok(Obj::NULL) };
    let set = mutable(vm, *set)?;
    for other in others {
        remove_all(vm, set, *other)?;
    }
    Ok(Obj::NONE)
}

pub(super) fn symmetric_difference_update(vm: &mut Vm, set: Obj, other: Obj) -> Res {
    let rest = symmetric_difference(vm, set, other)?;
    replaced(vm, Some(&set), rest)
}

/// `set.isdisjoint(other)`
pub fn is_disjoint(vm: &mut Vm, set: Obj, other: Obj) -> Res {
    let set = this(vm, set)?;
    let mut disjoint = true;
    sequence::iterate_while(vm, other, |vm, item| {
        disjoint = set.map.find(vm, item)?.is_none();
        Ok(disjoint)
    })?;
    Ok(Obj::bool(disjoint))
}

/// `set.issubset(other)`
pub fn is_subset(vm: &mut Vm, set: Obj, other: Obj) -> Res {
    let (set, other) = (this(vm, set)?, operand(vm, other)?);
    Ok(Obj::bool(set.map.len() <= other.map.len() && all_in(vm, set, other)?))
}

/// `set.issuperset(other)`
pub fn is_superset(vm: &mut Vm, set: Obj, other: Obj) -> Res {
    let set = this(vm, set)?;
    let mut all = true;
    sequence::iterate_while(vm, other, |vm, item| {
        all = set.map.find(vm, item)?.is_some();
        Ok(all)
    })?;
    Ok(Obj::bool(all))
}
