//! Walking over things: all, any, iter, next, len, min, max, sorted, sum.

use crate::Vm;
use crate::q;
use crate::types::list;
use crate::value::{Args, BinaryOp, IterPlace, Obj, Res, TypeRef};

/// `all(iterable)`
pub fn all(vm: &mut Vm, iterable: Obj) -> Res {
    let mut place = IterPlace::new();
    let iter = vm.iter_in(&raw mut place, iterable)?;
    loop {
        let item = vm.next(iter)?;
        if item.is_null() {
            return Ok(Obj::TRUE);
        }
        if !vm.truth(item)? {
            return Ok(Obj::FALSE);
        }
    }
}

/// `any(iterable)`
pub fn any(vm: &mut Vm, iterable: Obj) -> Res {
    let mut place = IterPlace::new();
    let iter = vm.iter_in(&raw mut place, iterable)?;
    loop {
        let item = vm.next(iter)?;
        if item.is_null() {
            return Ok(Obj::FALSE);
        }
        if vm.truth(item)? {
            return Ok(Obj::TRUE);
        }
    }
}

/// `iter(obj)`, `iter(function, sentinel)`
pub fn iter(vm: &mut Vm, args: &[Obj]) -> Res {
    match *args {
        [function, sentinel] if super::classes::is_callable(vm, function) => {
            crate::types::iter::over_calls(vm, function, sentinel)
        }
        [_, _] => Err(vm.type_error(format_args!("iter(v, w): v must be callable"))),
        [obj, ..] => vm.iter(obj),
        [] => Ok(Obj::NULL),
    }
}

/// `len(obj)`
pub fn len(vm: &mut Vm, obj: Obj) -> Res {
    vm.len(obj)
}

/// `next(iterator[, default])`
pub fn next(vm: &mut Vm, args: &[Obj]) -> Res {
    vm.stop_value = Obj::NULL;
    let item = vm.next(args[0])?;
    if !item.is_null() {
        return Ok(item);
    }
    match args.get(1) {
        Some(default) => Ok(*default),
        None => {
            let value = vm.stop_value;
            Err(vm.stop_iteration(value))
        }
    }
}

/// `min(iterable, *, key, default)`, `min(a, b, ..., *, key)`
pub fn min(vm: &mut Vm, args: Args<'_>) -> Res {
    best(vm, args, BinaryOp::Less)
}

/// `max(iterable, *, key, default)`, `max(a, b, ..., *, key)`
pub fn max(vm: &mut Vm, args: Args<'_>) -> Res {
    best(vm, args, BinaryOp::More)
}

fn best(vm: &mut Vm, args: Args<'_>, op: BinaryOp) -> Res {
    let mut options = [Obj::NONE, Obj::ELLIPSIS];
    vm.bind_args(Args { pos: &[], kw: args.kw }, &[q!("key"), q!("default")], 0, &mut options)?;
    let [key, _] = options;
    let mut found = Best { key, op, item: Obj::NULL, rank: Obj::NULL };
    if let [iterable] = args.pos {
        let mut place = IterPlace::new();
        let iter = vm.iter_in(&raw mut place, *iterable)?;
        loop {
            let item = vm.next(iter)?;
            if item.is_null() {
                break;
            }
            found.offer(vm, item)?;
        }
    } else if args.keyword(q!("default")).is_some() {
        return Err(vm.type_error(format_args!("default needs a single iterable")));
    } else {
        for item in args.pos {
            found.offer(vm, *item)?;
        }
    }
    match (found.item.non_null(), args.keyword(q!("default"))) {
        (Some(item), _) => Ok(item),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(vm.value_error(format_args!("arg is an empty sequence"))),
    }
}

/// The best item so far and what it is ranked by.
struct Best {
    key: Obj,
    op: BinaryOp,
    item: Obj,
    rank: Obj,
}

impl Best {
    fn offer(&mut self, vm: &mut Vm, item: Obj) -> Res<()> {
        let rank = if self.key.is_none() { item } else { vm.call_pos(self.key, &[item])? };
        if !self.item.is_null() {
            let better = vm.binary(self.op, rank, self.rank)?;
            if !vm.truth(better)? {
                return Ok(());
            }
        }
        (self.item, self.rank) = (item, rank);
        Ok(())
    }
}

/// `sorted(iterable, *, key, reverse)`
pub fn sorted(vm: &mut Vm, args: Args<'_>) -> Res {
    let [iterable] = args.pos else {
        return Err(vm.type_error(format_args!("must use keyword argument for key function")));
    };
    let sorted = vm.call_pos(TypeRef::of(&list::TYPE).obj(), &[*iterable])?;
    let sort = vm.get_attr(sorted, q!("sort"))?;
    vm.call(sort, Args { pos: &[], kw: args.kw })?;
    Ok(sorted)
}

/// `sum(iterable, start=0)`
pub fn sum(vm: &mut Vm, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL, Obj::small_wrapping(0)];
    vm.bind_args(args, &[q!("iterable"), q!("start")], 2, &mut values)?;
    let [iterable, mut total] = values;
    let mut place = IterPlace::new();
    let iter = vm.iter_in(&raw mut place, iterable)?;
    loop {
        let item = vm.next(iter)?;
        if item.is_null() {
            return Ok(total);
        }
        total = match crate::types::int::add_small(total, item) {
            Some(sum) => sum,
            None => vm.binary(BinaryOp::Add, total, item)?,
        };
    }
}
