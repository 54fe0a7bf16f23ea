//! heapq: lists kept as binary heaps, the smallest item first.

use crate::Vm;
use crate::q;
use crate::types::list::List;
use crate::types::{sequence, sort};
use crate::value::{Args, BinaryOp, Entry, Gc, Obj, Res, Rom, fun1, fun2, kw, row};

/// Names of the module.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("heapq")))),
    row(q!("heappush"), fun2(push)),
    row(q!("heappop"), fun1(pop)),
    row(q!("heapify"), fun1(heapify)),
    row(q!("heapreplace"), fun2(replace)),
    row(q!("heappushpop"), fun2(push_pop)),
    row(q!("nlargest"), kw(2, largest)),
    row(q!("nsmallest"), kw(2, smallest)),
];

fn heap_of(vm: &mut Vm, obj: Obj) -> Res<Gc<List>> {
    match sequence::of::<List>(obj) {
        Some(list) => Ok(list),
        None => Err(vm.type_error(format_args!("heap must be a list"))),
    }
}

#[inline]
fn less(vm: &mut Vm, a: Obj, b: Obj) -> Res<bool> {
    if let (Some(a), Some(b)) = (a.as_small(), b.as_small()) {
        return Ok(a < b);
    }
    let answer = vm.binary(BinaryOp::Less, a, b)?;
    vm.truth(answer)
}

/// Moves item `at` towards the top until its parent is not greater. Comparisons may change the list, so indices are checked.
fn rise(vm: &mut Vm, heap: Gc<List>, top: usize, mut at: usize) -> Res<()> {
    let Some(item) = heap.items.get(at) else { return Ok(()) };
    while at > top {
        let parent = (at - 1) / 2;
        let Some(other) = heap.items.get(parent) else { break };
        if !less(vm, item, other)? {
            break;
        }
        heap.items.set(at, other);
        // Set at once, so that the list has all items when a comparison raises.
        heap.items.set(parent, item);
        at = parent;
    }
    Ok(())
}

/// Moves item `at` down to a leaf along the smaller children, then up to its place: fewer comparisons than asking both.
fn sink(vm: &mut Vm, heap: Gc<List>, mut at: usize) -> Res<()> {
    let top = at;
    loop {
        let left = 2 * at + 1;
        let Some(mut child) = heap.items.get(left) else { break };
        let mut down = left;
        if let Some(right) = heap.items.get(left + 1)
            && !less(vm, child, right)?
        {
            (child, down) = (right, left + 1);
        }
        let Some(item) = heap.items.get(at) else { break };
        heap.items.set(at, child);
        heap.items.set(down, item);
        at = down;
    }
    rise(vm, heap, top, at)
}

fn push(vm: &mut Vm, heap: Obj, item: Obj) -> Res {
    let heap = heap_of(vm, heap)?;
    heap.items.push(vm, item)?;
    rise(vm, heap, 0, heap.items.len() - 1)?;
    Ok(Obj::NONE)
}

fn pop(vm: &mut Vm, heap: Obj) -> Res {
    let heap = heap_of(vm, heap)?;
    let Some(last) = heap.items.pop() else { return Err(vm.index_error(format_args!("empty heap"))) };
    match heap.items.get(0) {
        Some(first) => {
            heap.items.set(0, last);
            sink(vm, heap, 0)?;
            Ok(first)
        }
        None => Ok(last),
    }
}

fn heapify(vm: &mut Vm, heap: Obj) -> Res {
    let heap = heap_of(vm, heap)?;
    for at in (0..heap.items.len() / 2).rev() {
        sink(vm, heap, at)?;
    }
    Ok(Obj::NONE)
}

fn replace(vm: &mut Vm, heap: Obj, item: Obj) -> Res {
    let heap = heap_of(vm, heap)?;
    let Some(first) = heap.items.get(0) else { return Err(vm.index_error(format_args!("empty heap"))) };
    heap.items.set(0, item);
    sink(vm, heap, 0)?;
    Ok(first)
}

fn push_pop(vm: &mut Vm, heap: Obj, item: Obj) -> Res {
    let list = heap_of(vm, heap)?;
    match list.items.get(0) {
        Some(first) if less(vm, first, item)? => replace(vm, heap, item),
        Some(_) | None => Ok(item),
    }
}

fn largest(vm: &mut Vm, args: Args<'_>) -> Res {
    best(vm, args, true)
}

fn smallest(vm: &mut Vm, args: Args<'_>) -> Res {
    best(vm, args, false)
}

fn best(vm: &mut Vm, args: Args<'_>, reverse: bool) -> Res {
    let mut values = [Obj::NULL, Obj::NULL, Obj::NONE];
    vm.bind_args(args, &[q!("n"), q!("iterable"), q!("key")], 3, &mut values)?;
    let count = sequence::int_of(vm, values[0])?.max(0) as usize;
    let sorted = sort::sorted(vm, values[1], values[2], reverse)?;
    if let Some(list) = Gc::<List>::from_obj(sorted) {
        list.items.truncate(count);
    }
    Ok(sorted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{run, shown};
    use crate::types::list;

    #[test]
    fn pops_in_order() {
        run(|vm| {
            let heap = list::new(vm, &[]).unwrap();
            let mut seed = 3u32;
            for _ in 0..100 {
                seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
                push(vm, heap, Obj::small_wrapping((seed >> 24) as isize)).unwrap();
            }
            let mut before = -1;
            for _ in 0..100 {
                let item = pop(vm, heap).unwrap().small_value();
                assert!(item >= before);
                before = item;
            }
            let empty = pop(vm, heap);
            assert_eq!(shown(vm, empty), "IndexError: empty heap");
            let heap = list::new(vm, &[5, 4, 3, 2, 1].map(Obj::small_wrapping)).unwrap();
            heapify(vm, heap).unwrap();
            let first = push_pop(vm, heap, Obj::small_wrapping(0));
            assert_eq!(shown(vm, first), "0");
            let first = replace(vm, heap, Obj::small_wrapping(9));
            assert_eq!(shown(vm, first), "1");
        });
    }
}
