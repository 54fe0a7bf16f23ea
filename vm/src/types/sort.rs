//! Sorting: a stable merge sort that uses the runs it finds, for `list.sort` and `sorted`.
//!
//! The items are taken out of the list while they are sorted, so comparisons that look at or change the list do no harm.

use crate::Vm;
use crate::gc::Kind;
use crate::types::list::List;
use crate::types::{float, sequence, str};
use crate::value::{BinaryOp, Gc, GcVec, Item, Obj, Res};

/// Runs shorter than this are made longer by insertion.
const SHORT: usize = 16;

/// Sorts a list in place. `key` is a function or `None`.
pub fn list(vm: &mut Vm, list: Gc<List>, key: Obj, reverse: bool) -> Res<()> {
    let taken = GcVec::new();
    taken.take_from(&list.items);
    let result = items(vm, &taken, key, reverse);
    let touched = !list.items.is_empty();
    list.items.take_from(&taken);
    result?;
    if touched { Err(vm.value_error(format_args!("list modified during sort"))) } else { Ok(()) }
}

/// A sorted list of the items of any iterable.
pub fn sorted(vm: &mut Vm, iterable: Obj, key: Obj, reverse: bool) -> Res {
    let all = sequence::collect(vm, iterable)?;
    items(vm, &all, key, reverse)?;
    super::list::from_vec(vm, all)
}

/// Sorts items that nobody else sees. When a comparison raises, all of them are still there, in some order.
pub fn items(vm: &mut Vm, all: &GcVec<Obj>, key: Obj, reverse: bool) -> Res<()> {
    if reverse {
        // Reversed before and after, equal items keep their order.
        all.reverse();
    }
    let result = if key.is_none() { sort(vm, all) } else { by_key(vm, all, key) };
    if reverse {
        all.reverse();
    }
    result
}

fn by_key(vm: &mut Vm, all: &GcVec<Obj>, key: Obj) -> Res<()> {
    let pairs = GcVec::with_capacity(vm, all.len())?;
    for at in 0..all.len() {
        let value = all.get(at).unwrap_or(Obj::NONE);
        let key = vm.call_pos(key, &[value])?;
        pairs.push(vm, Pair { key, value })?;
    }
    let result = sort(vm, &pairs);
    for (at, pair) in pairs.slice().iter().enumerate() {
        all.set(at, pair.value);
    }
    result
}

/// An item with its key.
#[derive(Clone, Copy)]
struct Pair {
    key: Obj,
    value: Obj,
}

impl Item for Pair {
    const KIND: Kind = Kind::Scan;
}

/// What can be sorted: by the key in it.
trait Sortable: Item {
    fn key(self) -> Obj;
}

impl Sortable for Obj {
    #[inline(always)]
    fn key(self) -> Obj {
        self
    }
}

impl Sortable for Pair {
    #[inline(always)]
    fn key(self) -> Obj {
        self.key
    }
}

/// Picks the comparison: keys all of one common kind are compared without asking their type each time.
fn sort<T: Sortable>(vm: &mut Vm, all: &GcVec<T>) -> Res<()> {
    let keys = |is: &dyn Fn(&Vm, Obj) -> bool, vm: &Vm| all.slice().iter().all(|item| is(vm, item.key()));
    if keys(&|_, key| key.is_small(), vm) {
        return merge_sort(vm, all, |_, a: T, b: T| Ok(a.key().small_value() < b.key().small_value()));
    }
    if keys(&|_, key| float::value(key).is_some(), vm) {
        return merge_sort(vm, all, |_, a: T, b: T| Ok(float::value(a.key()) < float::value(b.key())));
    }
    if keys(&|vm, key| str::bytes_of(vm, key).is_some(), vm) {
        return merge_sort(vm, all, |vm, a: T, b: T| Ok(str::bytes_of(vm, a.key()) < str::bytes_of(vm, b.key())));
    }
    merge_sort(vm, all, |vm, a: T, b: T| {
        let answer = vm.binary(BinaryOp::Less, a.key(), b.key())?;
        vm.truth(answer)
    })
}

/// A sorted stretch.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    len: usize,
}

fn merge_sort<T: Sortable>(vm: &mut Vm, all: &GcVec<T>, less: impl Fn(&mut Vm, T, T) -> Res<bool> + Copy) -> Res<()> {
    let scratch = GcVec::new();
    // Each run is more than twice as long as the next two, so as many are enough for any length.
    let mut runs = [Run { start: 0, len: 0 }; 2 * usize::BITS as usize];
    let mut count = 0;
    let mut start = 0;
    while start < all.len() {
        let len = next_run(vm, all, start, less)?;
        runs[count] = Run { start, len };
        count += 1;
        start += len;
        while count > 1 {
            vm.poll()?;
            let (a, b) = (runs[count - 2], runs[count - 1]);
            let before = if count > 2 { runs[count - 3].len } else { usize::MAX };
            if start < all.len() && a.len > b.len && before > a.len + b.len {
                break;
            }
            if before < b.len {
                let first = runs[count - 3];
                merge(vm, all, &scratch, first, a, less)?;
                runs[count - 3].len += a.len;
                runs[count - 2] = b;
            } else {
                merge(vm, all, &scratch, a, b, less)?;
                runs[count - 2].len += b.len;
            }
            count -= 1;
        }
    }
    Ok(())
}

/// Finds a rising or falling run from `start` on, turns a falling one, lengthens a short one, and gives its length.
fn next_run<T: Sortable>(
    vm: &mut Vm,
    all: &GcVec<T>,
    start: usize,
    less: impl Fn(&mut Vm, T, T) -> Res<bool>,
) -> Res<usize> {
    let cells = all.cells().get(start..).unwrap_or(&[]);
    let mut len = 1;
    if let [first, second, ..] = cells {
        let falling = less(vm, second.get(), first.get())?;
        len = 2;
        while let (Some(before), Some(next)) = (cells.get(len - 1), cells.get(len)) {
            if less(vm, next.get(), before.get())? != falling {
                break;
            }
            len += 1;
        }
        if falling {
            for at in 0..len / 2 {
                cells[at].swap(&cells[len - 1 - at]);
            }
        }
    }
    while len < SHORT && len < cells.len() {
        let item = cells[len].get();
        let (mut low, mut high) = (0, len);
        while low < high {
            let middle = (low + high) / 2;
            if less(vm, item, cells[middle].get())? { high = middle } else { low = middle + 1 }
        }
        for at in (low..len).rev() {
            cells[at + 1].set(cells[at].get());
        }
        cells[low].set(item);
        len += 1;
    }
    Ok(len)
}

/// Merges two neighbouring runs. The left one is copied out; when a comparison raises, what is left of it is put back.
fn merge<T: Sortable>(
    vm: &mut Vm,
    all: &GcVec<T>,
    scratch: &GcVec<T>,
    a: Run,
    b: Run,
    less: impl Fn(&mut Vm, T, T) -> Res<bool>,
) -> Res<()> {
    let cells = all.cells();
    let (Some(last), Some(first)) = (cells.get(b.start.wrapping_sub(1)), cells.get(b.start)) else { return Ok(()) };
    if !less(vm, first.get(), last.get())? {
        return Ok(());
    }
    scratch.truncate(0);
    scratch.extend(vm, all.slice().get(a.start..a.start + a.len).unwrap_or(&[]))?;
    let left = scratch.cells();
    let (mut from_left, mut from_right, mut to) = (0, b.start, a.start);
    let end = b.start + b.len;
    let mut result = Ok(());
    while from_left < left.len() && from_right < end {
        let (x, y) = (left[from_left].get(), cells[from_right].get());
        match less(vm, y, x) {
            Ok(true) => {
                cells[to].set(y);
                from_right += 1;
            }
            Ok(false) => {
                cells[to].set(x);
                from_left += 1;
            }
            Err(raise) => {
                result = Err(raise);
                break;
            }
        }
        to += 1;
    }
    for (cell, item) in cells[to..].iter().zip(&left[from_left..]) {
        cell.set(item.get());
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{raised, run};
    use crate::types::tuple;
    use std::vec::Vec;

    #[test]
    fn sorts_like_the_library() {
        run(|vm| {
            let mut seed = 1u32;
            for len in [0, 1, 2, 15, 16, 17, 33, 100, 1000] {
                for kind in 0..4 {
                    let values: Vec<isize> = (0..len)
                        .map(|at| {
                            seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
                            match kind {
                                0 => (seed >> 8) as isize,
                                1 => (seed >> 28) as isize,
                                2 => at,
                                _ => -at + (seed >> 31) as isize,
                            }
                        })
                        .collect();
                    for reverse in [false, true] {
                        let pairs = GcVec::new();
                        for (at, value) in values.iter().enumerate() {
                            pairs
                                .push(
                                    vm,
                                    Pair { key: Obj::small_wrapping(*value), value: Obj::small_wrapping(at as isize) },
                                )
                                .unwrap();
                        }
                        if reverse {
                            pairs.reverse();
                        }
                        sort(vm, &pairs).unwrap();
                        if reverse {
                            pairs.reverse();
                        }
                        let mut order: Vec<usize> = (0..values.len()).collect();
                        if reverse {
                            order.sort_by_key(|at| -values[*at]);
                        } else {
                            order.sort_by_key(|at| values[*at]);
                        }
                        let got: Vec<usize> =
                            pairs.slice().iter().map(|pair| pair.value.small_value() as usize).collect();
                        assert_eq!(got, order, "len {len} kind {kind} reverse {reverse}");
                    }
                }
            }
        });
    }

    #[test]
    fn raising_loses_no_item() {
        run(|vm| {
            let all = GcVec::new();
            for at in 0..40 {
                all.push(vm, Obj::small_wrapping(40 - at * 7 % 41)).unwrap();
            }
            let odd = tuple::new(vm, &[]).unwrap();
            all.set(30, odd);
            let before: usize = all.slice().iter().map(|item| item.bits()).fold(0, usize::wrapping_add);
            let raise = items(vm, &all, Obj::NONE, true).unwrap_err();
            assert!(raised(vm, raise).starts_with("TypeError"));
            assert_eq!(all.slice().iter().map(|item| item.bits()).fold(0, usize::wrapping_add), before);
        });
    }
}
