//! list: a growable row of values.

use crate::Vm;
use crate::q;
use crate::types::sequence::{self, of, this};
use crate::types::slice::{self, Slice};
use crate::types::{int, iter, reversed, sort, tuple};
use crate::value::{
    Args, BinaryOp, Entry, Flags, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp, fun1, fun2,
    fun3, kw, row, var,
};

/// Body of a list.
#[repr(C)]
pub struct List {
    /// The items.
    pub items: GcVec<Obj>,
}

impl Object for List {
    const TYPE: &'static Type = &TYPE;
}

/// `list`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SEQUENCE).with(Flags::MUTABLE),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    reflected: Some(reflected),
    get_item: Some(get_item),
    set_item: Some(set_item),
    iter: Some(iter::over_list),
    table: TABLE,
    ..Type::new(q!("list"))
};

static TABLE: &[Entry] = &[
    row(q!("append"), fun2(append)),
    row(q!("pop"), var(1, 2, pop)),
    row(q!("extend"), fun2(extend)),
    row(q!("insert"), fun3(insert)),
    row(q!("sort"), kw(1, sort_method)),
    row(q!("reverse"), fun1(reverse)),
    row(q!("index"), var(2, 4, index)),
    row(q!("count"), fun2(count)),
    row(q!("remove"), fun2(remove)),
    row(q!("copy"), fun1(copy)),
    row(q!("clear"), fun1(clear)),
    row(q!("__reversed__"), fun1(reversed::over)),
];

/// A list of these items.
pub fn new(vm: &mut Vm, items: &[Obj]) -> Res {
    let items = GcVec::from_slice(vm, items)?;
    from_vec(vm, items)
}

/// A list that takes over these items.
pub fn from_vec(vm: &mut Vm, items: GcVec<Obj>) -> Res {
    Ok(Gc::alloc(vm, List { items })?.obj())
}

/// `obj[index]` if `obj` is a plain list and the index is inside it.
#[inline(always)]
pub fn get(obj: Obj, index: isize) -> Option<Obj> {
    let list = Gc::<List>::exact(obj)?;
    list.items.get(sequence::wrap(index, list.items.len())?)
}

/// `obj[index] = value` if `obj` is a plain list and the index is inside it; false otherwise.
#[inline(always)]
pub fn set(obj: Obj, index: isize, value: Obj) -> bool {
    match Gc::<List>::exact(obj) {
        Some(list) => sequence::wrap(index, list.items.len()).is_some_and(|at| list.items.set(at, value)),
        None => false,
    }
}

/// Adds `item` at the end of a list: what comprehensions do.
#[inline]
pub fn push(vm: &mut Vm, list: Obj, item: Obj) -> Res<()> {
    this::<List>(vm, list)?.items.push(vm, item)
}

/// Adds the items of any iterable at the end of a list.
pub fn extend_with(vm: &mut Vm, list: Gc<List>, iterable: Obj) -> Res<()> {
    if let Some(other) = Gc::<List>::exact(iterable) {
        return list.items.extend(vm, other.items.slice());
    }
    if let (true, Some(items)) = (iterable.is_exact(&tuple::TYPE), tuple::items(iterable)) {
        return list.items.extend(vm, items);
    }
    sequence::iterate(vm, iterable, |vm, item| list.items.push(vm, item))
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 0, 1)?;
    let items = match args.pos.first() {
        None => GcVec::new(),
        Some(iterable) => sequence::collect(vm, *iterable)?,
    };
    from_vec(vm, items)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(list) = Gc::<List>::from_obj(obj) else { return Ok(()) };
    sequence::print_once(vm, sink, obj, "[...]", |vm, sink| {
        sink.write(vm, "[")?;
        sequence::print_items(vm, sink, |at| list.items.get(at))?;
        sink.write(vm, "]")
    })
}

fn unary(_: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(list) = Gc::<List>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(match op {
        UnaryOp::Len => Obj::small_wrapping(list.items.len() as isize),
        UnaryOp::Bool => Obj::bool(!list.items.is_empty()),
        UnaryOp::SizeOf => Obj::small_wrapping((size_of::<usize>() * (4 + list.items.capacity())) as isize),
        UnaryOp::Positive
        | UnaryOp::Negative
        | UnaryOp::Invert
        | UnaryOp::Not
        | UnaryOp::Hash
        | UnaryOp::Abs
        | UnaryOp::Int
        | UnaryOp::Float
        | UnaryOp::Complex => Obj::NULL,
    })
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some(a) = Gc::<List>::from_obj(left) else { return Ok(Obj::NULL) };
    match op {
        BinaryOp::Add => {
            let Some(b) = of::<List>(right) else { return Ok(Obj::NULL) };
            let items = GcVec::with_capacity(vm, a.items.len() + b.items.len())?;
            items.extend(vm, a.items.slice())?;
            items.extend(vm, b.items.slice())?;
            from_vec(vm, items)
        }
        BinaryOp::InplaceAdd => {
            extend_with(vm, a, right)?;
            Ok(left)
        }
        BinaryOp::Multiply => match sequence::times(vm, right)? {
            Some(times) => {
                let items = repeated(vm, a, times)?;
                from_vec(vm, items)
            }
            None => Ok(Obj::NULL),
        },
        BinaryOp::InplaceMultiply => match sequence::times(vm, right)? {
            Some(times) => {
                let items = repeated(vm, a, times)?;
                a.items.take_from(&items);
                Ok(left)
            }
            None => Ok(Obj::NULL),
        },
        BinaryOp::Contains => {
            let found = sequence::find(vm, right, 0, usize::MAX, |at| a.items.get(at))?;
            Ok(Obj::bool(found.is_some()))
        }
        op if sequence::is_comparison(op) => {
            let Some(b) = of::<List>(right) else { return Ok(Obj::NULL) };
            if op == BinaryOp::Equal && a.items.len() != b.items.len() {
                return Ok(Obj::FALSE);
            }
            sequence::compare(vm, op, |at| a.items.get(at), |at| b.items.get(at))
        }
        _ => Ok(Obj::NULL),
    }
}

fn reflected(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    if op == BinaryOp::Multiply { binary(vm, op, right, left) } else { Ok(Obj::NULL) }
}

fn repeated(vm: &mut Vm, list: Gc<List>, times: isize) -> Res<GcVec<Obj>> {
    let source = list.items.slice();
    let times = times.max(0) as usize;
    let Some(len) = source.len().checked_mul(times) else { return Err(vm.memory_error()) };
    let items = GcVec::with_capacity(vm, len)?;
    if let [one] = source {
        items.resize(vm, len, *one)?;
    } else if !source.is_empty() {
        for _ in 0..times {
            items.extend(vm, source)?;
        }
    }
    Ok(items)
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    let Some(list) = Gc::<List>::from_obj(obj) else { return Ok(Obj::NULL) };
    if let Some(slice) = Gc::<Slice>::from_obj(index) {
        let all = slice::parts(vm, slice)?.of_length(list.items.len());
        let items = GcVec::with_capacity(vm, all.count)?;
        let from = list.items.slice();
        if all.step == 1 {
            let start = all.start as usize;
            items.extend(vm, from.get(start..start + all.count).unwrap_or(&[]))?;
        } else {
            let mut at = all.start;
            for _ in 0..all.count {
                if let Some(item) = from.get(at as usize) {
                    items.push_within(*item);
                }
                at = at.wrapping_add(all.step);
            }
        }
        return from_vec(vm, items);
    }
    let at = sequence::index_of(vm, obj, index)?;
    match sequence::wrap(at, list.items.len()).and_then(|at| list.items.get(at)) {
        Some(item) => Ok(item),
        None => Err(sequence::out_of_range(vm, obj)),
    }
}

fn set_item(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res<()> {
    let Some(list) = Gc::<List>::from_obj(obj) else { return Ok(()) };
    if let Some(slice) = Gc::<Slice>::from_obj(index) {
        return if value.is_null() { delete_slice(vm, list, slice) } else { set_slice(vm, list, slice, value) };
    }
    let at = sequence::index_of(vm, obj, index)?;
    match sequence::wrap(at, list.items.len()) {
        Some(at) if value.is_null() => {
            list.items.remove(at);
            Ok(())
        }
        Some(at) => {
            list.items.set(at, value);
            Ok(())
        }
        None => Err(sequence::out_of_range(vm, obj)),
    }
}

fn set_slice(vm: &mut Vm, list: Gc<List>, slice: Gc<Slice>, value: Obj) -> Res<()> {
    let parts = slice::parts(vm, slice)?;
    let ty = value.type_of();
    if ty.iter.is_none() && !ty.flags.has(Flags::SELF_ITER) {
        return Err(sequence::not_items(vm, value));
    }
    let before = parts.of_length(list.items.len());
    let copied;
    let items = match Gc::<List>::exact(value).filter(|other| *other != list) {
        Some(other) => other.items.slice(),
        None => {
            copied = sequence::collect(vm, value)?;
            copied.slice()
        }
    };
    if before.step == 1 {
        // An `__iter__` may have changed the list.
        let len = list.items.len();
        let start = (before.start as usize).min(len);
        let count = before.count.min(len - start);
        let (over, rest) = items.split_at(count.min(items.len()));
        // Before anything is changed: there may be no room.
        list.items.reserve(vm, rest.len())?;
        list.items.with_mut(|into| {
            if let Some(into) = into.get_mut(start..start + over.len()) {
                into.copy_from_slice(over);
            }
        });
        if count > over.len() {
            list.items.remove_range(start + over.len(), count - over.len());
            return Ok(());
        }
        return list.items.insert_slice(vm, start + over.len(), rest);
    }
    let all = parts.of_length(list.items.len());
    if items.len() != all.count {
        let (given, wanted) = (items.len(), all.count);
        return Err(vm.value_error(format_args!(
            "attempt to assign sequence of size {given} to extended slice of size {wanted}"
        )));
    }
    for at in 0..all.count {
        list.items.set(all.nth(at), items.get(at).copied().unwrap_or(Obj::NONE));
    }
    Ok(())
}

fn delete_slice(vm: &mut Vm, list: Gc<List>, slice: Gc<Slice>) -> Res<()> {
    let all = slice::parts(vm, slice)?.of_length(list.items.len());
    if all.count == 0 {
        return Ok(());
    }
    let (first, step) = if all.step > 0 {
        (all.start as usize, all.step as usize)
    } else {
        (all.nth(all.count - 1), -all.step as usize)
    };
    if step == 1 {
        list.items.remove_range(first, all.count);
        return Ok(());
    }
    let (mut kept, mut gone, mut left) = (first, first, all.count);
    for at in first..list.items.len() {
        if at == gone && left > 0 {
            left -= 1;
            gone = gone.saturating_add(step);
        } else if let Some(item) = list.items.get(at) {
            list.items.set(kept, item);
            kept += 1;
        }
    }
    list.items.truncate(kept);
    Ok(())
}

fn append(vm: &mut Vm, list: Obj, item: Obj) -> Res {
    this::<List>(vm, list)?.items.push(vm, item)?;
    Ok(Obj::NONE)
}

fn pop(vm: &mut Vm, args: &[Obj]) -> Res {
    let [list, rest @ ..] = args else { return Ok(Obj::NULL) };
    let items = &this::<List>(vm, *list)?.body().items;
    if rest.is_empty()
        && let Some(item) = items.pop()
    {
        return Ok(item);
    }
    let at = sequence::place_to_pop(vm, *list, rest, || items.len())?;
    Ok(items.remove(at).unwrap_or(Obj::NULL))
}

fn extend(vm: &mut Vm, list: Obj, iterable: Obj) -> Res {
    let list = this::<List>(vm, list)?;
    extend_with(vm, list, iterable)?;
    Ok(Obj::NONE)
}

fn insert(vm: &mut Vm, list: Obj, index: Obj, item: Obj) -> Res {
    let list = this::<List>(vm, list)?;
    let at = int::index(vm, index)?;
    let len = list.items.len() as isize;
    let at = if at < 0 { at.saturating_add(len).max(0) } else { at.min(len) };
    list.items.insert(vm, at as usize, item)?;
    Ok(Obj::NONE)
}

fn sort_method(vm: &mut Vm, args: Args<'_>) -> Res {
    let [list, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let list = this::<List>(vm, *list)?;
    let mut options = [Obj::NONE, Obj::FALSE];
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("key"), q!("reverse")], 0, &mut options)?;
    let reverse = int::index(vm, options[1])? != 0;
    sort::list(vm, list, options[0], reverse)?;
    Ok(Obj::NONE)
}

fn reverse(vm: &mut Vm, list: Obj) -> Res {
    this::<List>(vm, list)?.items.reverse();
    Ok(Obj::NONE)
}

fn index(vm: &mut Vm, args: &[Obj]) -> Res {
    let [list, rest @ ..] = args else { return Ok(Obj::NULL) };
    let list = this::<List>(vm, *list)?;
    sequence::index_method(vm, rest, || list.items.len(), |at| list.items.get(at))
}

fn count(vm: &mut Vm, list: Obj, item: Obj) -> Res {
    let list = this::<List>(vm, list)?;
    sequence::count(vm, item, |at| list.items.get(at))
}

fn remove(vm: &mut Vm, list: Obj, item: Obj) -> Res {
    let list = this::<List>(vm, list)?;
    match sequence::find(vm, item, 0, usize::MAX, |at| list.items.get(at))? {
        Some(at) => {
            list.items.remove(at);
            Ok(Obj::NONE)
        }
        None => Err(sequence::not_found(vm)),
    }
}

fn copy(vm: &mut Vm, list: Obj) -> Res {
    let list = this::<List>(vm, list)?;
    new(vm, list.items.slice())
}

fn clear(vm: &mut Vm, list: Obj) -> Res {
    this::<List>(vm, list)?.items.clear();
    Ok(Obj::NONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{method, repr, run, shown};

    fn ints(vm: &mut Vm, values: &[isize]) -> Obj {
        let items: std::vec::Vec<Obj> = values.iter().map(|value| Obj::small_wrapping(*value)).collect();
        new(vm, &items).unwrap()
    }

    #[test]
    fn methods_do_what_they_say() {
        run(|vm| {
            let one = Obj::small_wrapping(1);
            let list = ints(vm, &[3, 1, 2]);
            assert_eq!(method(vm, list, "append", &[one]), "None");
            assert_eq!(method(vm, list, "count", &[one]), "2");
            assert_eq!(method(vm, list, "index", &[one]), "1");
            assert_eq!(method(vm, list, "index", &[one, Obj::small_wrapping(2)]), "3");
            assert_eq!(method(vm, list, "insert", &[Obj::small_wrapping(-100), one]), "None");
            assert_eq!(repr(vm, list), "[1, 3, 1, 2, 1]");
            assert_eq!(method(vm, list, "remove", &[Obj::small_wrapping(9)]), "ValueError: object not in sequence");
            assert_eq!(method(vm, list, "pop", &[Obj::small_wrapping(-5)]), "1");
            assert_eq!(method(vm, list, "pop", &[Obj::small_wrapping(4)]), "IndexError: list index out of range");
            assert_eq!(method(vm, list, "pop", &[]), "1");
            assert_eq!(method(vm, list, "reverse", &[]), "None");
            assert_eq!(method(vm, list, "extend", &[list]), "None");
            assert_eq!(repr(vm, list), "[2, 1, 3, 2, 1, 3]");
            assert_eq!(method(vm, list, "clear", &[]), "None");
            assert_eq!(method(vm, list, "pop", &[]), "IndexError: pop from empty list");
        });
    }

    #[test]
    fn operators() {
        run(|vm| {
            let (a, b) = (ints(vm, &[1, 2]), ints(vm, &[1, 3]));
            let two = Obj::small_wrapping(2);
            for (op, left, right, expected) in [
                (BinaryOp::Add, a, b, "[1, 2, 1, 3]"),
                (BinaryOp::Multiply, a, two, "[1, 2, 1, 2]"),
                (BinaryOp::Multiply, two, a, "[1, 2, 1, 2]"),
                (BinaryOp::Multiply, a, Obj::small_wrapping(-1), "[]"),
                (BinaryOp::Equal, a, b, "False"),
                (BinaryOp::Equal, a, a, "True"),
                (BinaryOp::In, two, a, "True"),
                (BinaryOp::In, two, b, "False"),
                (BinaryOp::InplaceAdd, a, b, "[1, 2, 1, 3]"),
                (BinaryOp::InplaceMultiply, b, two, "[1, 3, 1, 3]"),
            ] {
                let answer = vm.binary(op, left, right);
                assert_eq!(shown(vm, answer), expected, "{op:?}");
            }
            assert_eq!(repr(vm, a), "[1, 2, 1, 3]");
            let wrong = vm.binary(BinaryOp::Add, a, two);
            assert_eq!(shown(vm, wrong), "TypeError: unsupported types for __add__: 'list', 'int'");
        });
    }
}
