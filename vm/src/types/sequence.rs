//! What sequences share: indices, comparison, search, and walking and unpacking any iterable.

use core::cmp::Ordering;

use crate::Vm;
use crate::types::list::{self, List};
use crate::types::range::Range;
use crate::types::tuple::Tuple;
use crate::types::{int, tuple};
use crate::value::{BinaryOp, Gc, GcVec, IterPlace, Obj, Object, PrintKind, Res, Sink};

/// `obj` as the body of a method's receiver; TypeError if it is something else.
#[inline]
pub fn this<T: Object>(vm: &mut Vm, obj: Obj) -> Res<Gc<T>> {
    match of::<T>(obj) {
        Some(body) => Ok(body),
        None => Err(vm.type_error(format_args!("argument has wrong type"))),
    }
}

/// `obj` as a `T`: itself, or the value inside an instance of a class that derives from the type.
#[inline]
pub fn of<T: Object>(obj: Obj) -> Option<Gc<T>> {
    match Gc::<T>::from_obj(obj) {
        Some(body) => Some(body),
        None => super::instance::native(obj).and_then(Gc::<T>::from_obj),
    }
}

/// A machine integer from an int or what has `__index__`; beyond the machine's range, the nearest one. `None` for others.
#[inline]
pub fn try_int(vm: &mut Vm, obj: Obj) -> Res<Option<isize>> {
    match obj.as_small() {
        Some(value) => Ok(Some(value)),
        None => try_int_slow(vm, obj),
    }
}

#[inline(never)]
fn try_int_slow(vm: &mut Vm, obj: Obj) -> Res<Option<isize>> {
    let Some(number) = int::find_int(vm, obj)? else { return Ok(None) };
    if let Some(value) = int::to_i64(vm, number).and_then(|value| isize::try_from(value).ok()) {
        return Ok(Some(value));
    }
    let negative = int::order(number, Obj::small_wrapping(0)) == Some(Ordering::Less);
    Ok(Some(if negative { isize::MIN } else { isize::MAX }))
}

/// How many times over a sequence is to be: as `try_int`, but OverflowError beyond the machine's range.
#[inline]
pub fn times(vm: &mut Vm, obj: Obj) -> Res<Option<isize>> {
    match obj.as_small() {
        Some(times) => Ok(Some(times)),
        None => match int::find_int(vm, obj)? {
            Some(times) => int::index(vm, times).map(Some),
            None => Ok(None),
        },
    }
}

/// As `try_int`; TypeError for what is no integer.
#[inline]
pub fn int_of(vm: &mut Vm, obj: Obj) -> Res<isize> {
    match try_int(vm, obj)? {
        Some(value) => Ok(value),
        None => {
            let name = vm.type_name(obj);
            Err(vm.type_error(format_args!("can't convert {name} to int")))
        }
    }
}

/// TypeError for an object where items are wanted.
#[cold]
pub fn not_items(vm: &mut Vm, obj: Obj) -> crate::value::Raise {
    let name = vm.type_name(obj);
    vm.type_error(format_args!("object '{name}' isn't a tuple or list"))
}

/// `index` counted from the end if it is negative. `None` if outside `0..len`.
#[inline(always)]
pub fn wrap(index: isize, len: usize) -> Option<usize> {
    let at = if index < 0 { index.wrapping_add(len as isize) } else { index } as usize;
    if at < len { Some(at) } else { None }
}

/// The index of `of[...]` as a machine integer; TypeError if it is none.
#[inline]
pub fn index_of(vm: &mut Vm, of: Obj, index: Obj) -> Res<isize> {
    match try_int(vm, index)? {
        Some(value) => Ok(value),
        None => {
            let (name, got) = (vm.type_name(of), vm.type_name(index));
            Err(vm.type_error(format_args!("{name} indices must be integers, not {got}")))
        }
    }
}

/// `IndexError` of `of[...]`.
#[cold]
pub fn out_of_range(vm: &mut Vm, of: Obj) -> crate::value::Raise {
    let name = vm.type_name(of);
    vm.index_error(format_args!("{name} index out of range"))
}

/// The place that `pop([index])` of `of` takes an item from. The length is asked for when `__index__` has been called.
pub fn place_to_pop(vm: &mut Vm, of: Obj, index: &[Obj], len: impl Fn() -> usize) -> Res<usize> {
    let at = match index {
        [index, ..] => int::index(vm, *index)?,
        [] => -1,
    };
    match wrap(at, len()) {
        Some(at) => Ok(at),
        None if len() > 0 => Err(out_of_range(vm, of)),
        None => {
            let name = vm.type_name(of);
            Err(vm.index_error(format_args!("pop from empty {name}")))
        }
    }
}

/// Calls `each` with every item of `iterable`.
pub fn iterate(vm: &mut Vm, iterable: Obj, mut each: impl FnMut(&mut Vm, Obj) -> Res<()>) -> Res<()> {
    iterate_while(vm, iterable, |vm, item| {
        each(vm, item)?;
        Ok(true)
    })
}

/// Calls `each` with the items of `iterable` until it says `false`.
pub fn iterate_while(vm: &mut Vm, iterable: Obj, mut each: impl FnMut(&mut Vm, Obj) -> Res<bool>) -> Res<()> {
    if let Some(list) = Gc::<List>::exact(iterable) {
        let mut at = 0;
        while let Some(item) = list.items.get(at) {
            if !each(vm, item)? {
                break;
            }
            at += 1;
        }
        return Ok(());
    }
    if let Some(tuple) = Gc::<Tuple>::exact(iterable) {
        for item in tuple.tail_objs(tuple.len) {
            if !each(vm, *item)? {
                break;
            }
        }
        return Ok(());
    }
    if let Some(range) = Gc::<Range>::exact(iterable).filter(|range| range.is_small()) {
        for at in 0..range.len() {
            vm.poll()?;
            if !each(vm, Obj::small_wrapping(range.nth(at)))? {
                break;
            }
        }
        return Ok(());
    }
    let mut place = IterPlace::new();
    let iter = vm.iter_in(&raw mut place, iterable)?;
    loop {
        let item = vm.next(iter)?;
        if item.is_null() || !each(vm, item)? {
            return Ok(());
        }
    }
}

/// All items of `iterable`, copied.
pub fn collect(vm: &mut Vm, iterable: Obj) -> Res<GcVec<Obj>> {
    if let Some(list) = Gc::<List>::exact(iterable) {
        return GcVec::from_slice(vm, list.items.slice());
    }
    if let Some(tuple) = Gc::<Tuple>::exact(iterable) {
        return GcVec::from_slice(vm, tuple.tail_objs(tuple.len));
    }
    let all = GcVec::new();
    iterate(vm, iterable, |vm, item| all.push(vm, item))?;
    Ok(all)
}

/// Fills `out` with the items of `obj`, which must have just as many.
pub fn unpack(vm: &mut Vm, obj: Obj, out: &mut [Obj]) -> Res<()> {
    let known = match (Gc::<Tuple>::from_obj(obj), Gc::<List>::exact(obj)) {
        (Some(tuple), _) => Some(tuple.tail_objs(tuple.len)),
        (None, Some(list)) => Some(list.items.slice()),
        (None, None) => None,
    };
    if let Some(items) = known {
        if items.len() == out.len() {
            out.copy_from_slice(items);
            return Ok(());
        }
        return Err(if items.len() < out.len() { too_few(vm, items.len()) } else { too_many(vm, out.len()) });
    }
    let mut place = IterPlace::new();
    let iter = vm.iter_in(&raw mut place, obj)?;
    for (at, slot) in out.iter_mut().enumerate() {
        *slot = vm.next(iter)?;
        if slot.is_null() {
            return Err(too_few(vm, at));
        }
    }
    if vm.next(iter)?.is_null() { Ok(()) } else { Err(too_many(vm, out.len())) }
}

/// Fills `out` with the items of `obj`; item `before` takes a list of what the others leave.
pub fn unpack_star(vm: &mut Vm, obj: Obj, before: usize, out: &mut [Obj]) -> Res<()> {
    let all = collect(vm, obj)?;
    let fixed = out.len().saturating_sub(1);
    if all.len() < fixed {
        return Err(too_few(vm, all.len()));
    }
    let rest = all.len() - fixed;
    let items = all.slice();
    let middle = list::new(vm, items.get(before..before + rest).unwrap_or(&[]))?;
    for (at, slot) in out.iter_mut().enumerate() {
        *slot = match at.cmp(&before) {
            Ordering::Less => items.get(at).copied().unwrap_or(Obj::NULL),
            Ordering::Equal => middle,
            Ordering::Greater => items.get(at + rest - 1).copied().unwrap_or(Obj::NULL),
        };
    }
    Ok(())
}

#[cold]
fn too_few(vm: &mut Vm, have: usize) -> crate::value::Raise {
    vm.value_error(format_args!("need more than {have} values to unpack"))
}

#[cold]
fn too_many(vm: &mut Vm, expected: usize) -> crate::value::Raise {
    vm.value_error(format_args!("too many values to unpack (expected {expected})"))
}

/// Compares two rows of items, which `a` and `b` give by index, item by item. `Obj::NULL` if `op` is no comparison.
pub fn compare(vm: &mut Vm, op: BinaryOp, a: impl Fn(usize) -> Option<Obj>, b: impl Fn(usize) -> Option<Obj>) -> Res {
    let mut at = 0;
    loop {
        let answer = match (a(at), b(at)) {
            (Some(x), Some(y)) => {
                if x == y || vm.equal(x, y)? {
                    at += 1;
                    continue;
                }
                if op == BinaryOp::Equal {
                    return Ok(Obj::FALSE);
                }
                // An `__eq__` may have changed the rows.
                if let (Some(x), Some(y)) = (a(at), b(at)) {
                    return vm.binary(op, x, y);
                }
                continue;
            }
            (None, None) => matches!(op, BinaryOp::Equal | BinaryOp::LessEqual | BinaryOp::MoreEqual),
            (None, Some(_)) => matches!(op, BinaryOp::Less | BinaryOp::LessEqual),
            (Some(_), None) => matches!(op, BinaryOp::More | BinaryOp::MoreEqual),
        };
        return Ok(Obj::bool(answer));
    }
}

/// Whether `op` is an ordering or `==`.
pub fn is_comparison(op: BinaryOp) -> bool {
    op == BinaryOp::Equal || op.swapped().is_some() && op != BinaryOp::NotEqual
}

/// Where `item` is among the items that `get` gives, from index `from` up to `to`.
pub fn find(vm: &mut Vm, item: Obj, from: usize, to: usize, get: impl Fn(usize) -> Option<Obj>) -> Res<Option<usize>> {
    let mut at = from;
    while at < to {
        let Some(other) = get(at) else { break };
        if other == item || vm.equal(other, item)? {
            return Ok(Some(at));
        }
        at += 1;
    }
    Ok(None)
}

/// Where a search begins and ends: `args` are start and stop, if they are given; negative ones count from the end.
/// The length is asked for when each `__index__` has been called.
pub fn bounds(vm: &mut Vm, args: &[Obj], len: impl Fn() -> usize) -> Res<(usize, usize)> {
    let start = args.first().map_or(Ok(0), |start| int_of(vm, *start))?;
    let stop = args.get(1).map_or(Ok(isize::MAX), |stop| int_of(vm, *stop))?;
    let clamp =
        |value: isize| if value < 0 { value.saturating_add(len() as isize).max(0) as usize } else { value as usize };
    Ok((clamp(start), clamp(stop)))
}

/// `sequence.index(item, start, stop)`: `args` are item, start, stop.
pub fn index_method(vm: &mut Vm, args: &[Obj], len: impl Fn() -> usize, get: impl Fn(usize) -> Option<Obj>) -> Res {
    let (item, bound) = args.split_first().map_or((Obj::NONE, args), |(item, rest)| (*item, rest));
    let (from, to) = bounds(vm, bound, len)?;
    match find(vm, item, from, to, get)? {
        Some(at) => Ok(Obj::small_wrapping(at as isize)),
        None => Err(not_found(vm)),
    }
}

/// `sequence.count(item)`
pub fn count(vm: &mut Vm, item: Obj, get: impl Fn(usize) -> Option<Obj>) -> Res {
    let mut count = 0;
    let mut from = 0;
    while let Some(at) = find(vm, item, from, usize::MAX, &get)? {
        count += 1;
        from = at + 1;
    }
    Ok(Obj::small_wrapping(count))
}

/// ValueError of `index` and `remove`.
#[cold]
pub fn not_found(vm: &mut Vm) -> crate::value::Raise {
    vm.value_error(format_args!("object not in sequence"))
}

/// Writes items with commas between them.
pub fn print_items(vm: &mut Vm, sink: &mut dyn Sink, get: impl Fn(usize) -> Option<Obj>) -> Res<()> {
    let mut at = 0;
    while let Some(item) = get(at) {
        if at > 0 {
            sink.write(vm, ", ")?;
        }
        vm.print(sink, item, PrintKind::Repr)?;
        at += 1;
    }
    Ok(())
}

/// Runs `print` for the container `obj`, or writes `cycle` if `obj` is being printed already.
pub fn print_once(
    vm: &mut Vm,
    sink: &mut dyn Sink,
    obj: Obj,
    cycle: &str,
    print: impl FnOnce(&mut Vm, &mut dyn Sink) -> Res<()>,
) -> Res<()> {
    if vm.printing.slice().contains(&obj) {
        return sink.write(vm, cycle);
    }
    let depth = vm.printing.len();
    let open = vm.printing.slice();
    let grown = GcVec::with_capacity(vm, 0)?;
    if vm.printing.capacity() == depth {
        // Growing needs the machine while the vector is a part of it.
        grown.reserve(vm, depth * 2 + 4)?;
        grown.extend(vm, open)?;
        vm.printing.take_from(&grown);
    }
    vm.printing.push_within(obj);
    let result = print(vm, sink);
    vm.printing.truncate(depth);
    result
}

/// A tuple of the items of any iterable.
pub fn tuple_of(vm: &mut Vm, iterable: Obj) -> Res {
    if iterable.is_exact(&tuple::TYPE) {
        return Ok(iterable);
    }
    let all = collect(vm, iterable)?;
    tuple::new(vm, all.slice())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{raised, repr, run};

    #[test]
    fn unpacking_counts() {
        run(|vm| {
            let one_two = [1, 2].map(Obj::small_wrapping);
            let pair = tuple::new(vm, &one_two).unwrap();
            let mut out = [Obj::NULL; 2];
            unpack(vm, pair, &mut out).unwrap();
            assert_eq!(out, one_two);
            let mut three = [Obj::NULL; 3];
            let raise = unpack(vm, pair, &mut three).unwrap_err();
            assert_eq!(raised(vm, raise), "ValueError: need more than 2 values to unpack");
            let raise = unpack(vm, pair, &mut three[..1]).unwrap_err();
            assert_eq!(raised(vm, raise), "ValueError: too many values to unpack (expected 1)");
            unpack_star(vm, pair, 1, &mut three).unwrap();
            assert_eq!(repr(vm, three[1]), "[]");
            assert_eq!((three[0], three[2]), (one_two[0], one_two[1]));
            unpack_star(vm, pair, 0, &mut out).unwrap();
            assert_eq!((repr(vm, out[0]).as_str(), out[1]), ("[1]", one_two[1]));
        });
    }

    #[test]
    fn cycles_are_printed_as_dots() {
        run(|vm| {
            let list = list::new(vm, &[]).unwrap();
            let pair = tuple::new(vm, &[list]).unwrap();
            Gc::<List>::from_obj(list).unwrap().items.push(vm, pair).unwrap();
            assert_eq!(repr(vm, list), "[([...],)]");
            assert_eq!(repr(vm, pair), "([(...)],)");
        });
    }
}
