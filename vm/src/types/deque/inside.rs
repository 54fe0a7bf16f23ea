//! Methods of deques that reach inside.

use super::walk::Watched;
use super::*;
use crate::types::int;

pub(super) fn count(vm: &mut Vm, obj: Obj, item: Obj) -> Res {
    let deque = this(vm, obj)?;
    let watched = Watched::new(deque);
    let count = sequence::count(vm, item, |at| watched.get(at))?;
    watched.check(vm)?;
    Ok(count)
}

pub(super) fn index(vm: &mut Vm, args: &[Obj]) -> Res {
    let [obj, rest @ ..] = args else { return Ok(Obj::NULL) };
    let deque = this(vm, *obj)?;
    let watched = Watched::new(deque);
    let found = sequence::index_method(vm, rest, || deque.len.get(), |at| watched.get(at));
    watched.check(vm)?;
    found
}

pub(super) fn insert(vm: &mut Vm, obj: Obj, index: Obj, item: Obj) -> Res {
    let deque = this(vm, obj)?;
    let at = int::index(vm, index)?;
    let len = deque.len.get();
    if len >= deque.max {
        return Err(vm.index_error(format_args!("full")));
    }
    let at = if at < 0 { at.saturating_add(len as isize).max(0) as usize } else { (at as usize).min(len) };
    deque.push(vm, item)?;
    for to in (at + 1..=len).rev() {
        deque.set(to, deque.get(to - 1).unwrap_or(Obj::NONE));
    }
    deque.set(at, item);
    Ok(Obj::NONE)
}

pub(super) fn remove(vm: &mut Vm, obj: Obj, item: Obj) -> Res {
    let deque = this(vm, obj)?;
    let watched = Watched::new(deque);
    match sequence::find(vm, item, 0, usize::MAX, |at| watched.get(at))? {
        _ if watched.is_stale() => Err(vm.index_error(format_args!("deque mutated during remove()"))),
        Some(at) => {
            deque.remove_at(at);
            Ok(Obj::NONE)
        }
        None => Err(sequence::not_found(vm)),
    }
}

pub(super) fn reverse(vm: &mut Vm, obj: Obj) -> Res {
    let deque = this(vm, obj)?;
    let len = deque.len.get();
    for at in 0..len / 2 {
        if let (Some(a), Some(b)) = (deque.get(at), deque.get(len - 1 - at)) {
            deque.set(at, b);
            deque.set(len - 1 - at, a);
        }
    }
    Ok(Obj::NONE)
}

pub(super) fn rotate(vm: &mut Vm, args: &[Obj]) -> Res {
    let [obj, rest @ ..] = args else { return Ok(Obj::NULL) };
    let deque = this(vm, *obj)?;
    let by = match rest.first() {
        Some(by) => int::index(vm, *by)?,
        None => 1,
    };
    let len = deque.len.get() as isize;
    for _ in 0..if len > 0 { by.rem_euclid(len) } else { 0 } {
        if let Some(item) = deque.take_last() {
            deque.push_first(vm, item)?;
        }
    }
    Ok(Obj::NONE)
}
