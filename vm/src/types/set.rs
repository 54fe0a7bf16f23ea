//! set: an ordered map without values. frozenset shares all of it that changes nothing.

mod methods;

use methods::{
    add_method, clear, difference_update, discard, intersection_update, pop, remove, symmetric_difference_update,
    update,
};
pub use methods::{copy, difference, intersection, is_disjoint, is_subset, is_superset, symmetric_difference, union};

use crate::Vm;
use crate::q;
use crate::types::sequence;
use crate::types::{exception, frozenset, iter};
use crate::value::{
    Args, BinaryOp, Entry, Flags, Gc, Map, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp, fun1, fun2, put,
    row, var,
};

/// Body of a set and of a frozenset.
#[repr(C)]
pub struct Set {
    /// The items, as keys.
    pub map: Map,
}

impl Object for Set {
    const TYPE: &'static Type = &TYPE;
}

/// `set`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SIZED).with(Flags::ALGEBRA).with(Flags::MERGES).with(Flags::MUTABLE),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    iter: Some(over_items),
    table: TABLE,
    ..Type::new(q!("set"))
};

static TABLE: &[Entry] = &[
    row(q!("add"), fun2(add_method)),
    row(q!("discard"), fun2(discard)),
    row(q!("remove"), fun2(remove)),
    row(q!("pop"), fun1(pop)),
    row(q!("clear"), fun1(clear)),
    row(q!("update"), var(1, usize::MAX, update)),
    row(q!("copy"), fun1(copy)),
    row(q!("union"), var(1, usize::MAX, union)),
    row(q!("intersection"), var(1, usize::MAX, intersection)),
    row(q!("difference"), var(1, usize::MAX, difference)),
    row(q!("symmetric_difference"), fun2(symmetric_difference)),
    row(q!("intersection_update"), var(1, usize::MAX, intersection_update)),
    row(q!("difference_update"), var(1, usize::MAX, difference_update)),
    row(q!("symmetric_difference_update"), fun2(symmetric_difference_update)),
    row(q!("isdisjoint"), fun2(is_disjoint)),
    row(q!("issubset"), fun2(is_subset)),
    row(q!("issuperset"), fun2(is_superset)),
];

/// A set of these items.
pub fn new(vm: &mut Vm, items: &[Obj]) -> Res {
    let set = empty(vm, TypeRef::of(&TYPE))?;
    for item in items {
        set.map.set(vm, *item, Obj::NULL)?;
    }
    Ok(set.obj())
}

/// An empty set or frozenset.
pub fn empty(vm: &mut Vm, ty: TypeRef) -> Res<Gc<Set>> {
    Gc::alloc_as(vm, ty, Set { map: Map::new() })
}

/// A set of the items of any iterable.
pub fn from_iterable(vm: &mut Vm, iterable: Obj) -> Res {
    fill(vm, TypeRef::of(&TYPE), iterable).map(Gc::obj)
}

/// A set or frozenset of the items of any iterable.
pub fn fill(vm: &mut Vm, ty: TypeRef, iterable: Obj) -> Res<Gc<Set>> {
    let set = empty(vm, ty)?;
    match of(iterable) {
        Some(other) => set.map.copy_from(vm, &other.map)?,
        None => sequence::iterate(vm, iterable, |vm, item| set.map.set(vm, item, Obj::NULL))?,
    }
    Ok(set)
}

/// Adds `item` to a set: what comprehensions and displays do.
pub fn add(vm: &mut Vm, set: Obj, item: Obj) -> Res<()> {
    let set = mutable(vm, set)?;
    set.map.set(vm, item, Obj::NULL)
}

/// The map of a set or frozenset, also of one inside an instance of a class that derives from them.
pub fn map<'a>(obj: Obj) -> Option<&'a Map> {
    of(obj).map(|set| &set.body().map)
}

#[inline]
fn of(obj: Obj) -> Option<Gc<Set>> {
    sequence::of::<Set>(obj)
}

fn this(vm: &mut Vm, obj: Obj) -> Res<Gc<Set>> {
    sequence::this::<Set>(vm, obj)
}

/// As `this`, for methods that change the set.
fn mutable(vm: &mut Vm, obj: Obj) -> Res<Gc<Set>> {
    match of(obj) {
        Some(set) if set.type_ref() != TypeRef::of(&frozenset::TYPE) => Ok(set),
        Some(_) | None => Err(vm.type_error(format_args!("argument has wrong type"))),
    }
}

fn make(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 0, 1)?;
    match args.pos.first() {
        None => empty(vm, ty).map(Gc::obj),
        Some(iterable) => fill(vm, ty, *iterable).map(Gc::obj),
    }
}

/// Writes `{1, 2}`, `set()`, `frozenset({1, 2})`.
pub fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    print_as(vm, sink, obj, obj.type_of())
}

/// As `print`, with the name of class `ty`, which is the set's own or derives from it.
pub fn print_as(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, ty: TypeRef) -> Res<()> {
    let Some(set) = Gc::<Set>::from_obj(obj) else { return Ok(()) };
    let name = vm.text_of_name(ty.name);
    if set.map.is_empty() {
        return put(vm, sink, format_args!("{name}()"));
    }
    let named = ty != TypeRef::of(&TYPE);
    sequence::print_once(vm, sink, obj, "{...}", |vm, sink| {
        if named {
            put(vm, sink, format_args!("{name}("))?;
        }
        sink.write(vm, "{")?;
        let mut from = 0;
        while let Some((at, item, _)) = set.map.next(from) {
            if from > 0 {
                sink.write(vm, ", ")?;
            }
            vm.print(sink, item, PrintKind::Repr)?;
            from = at + 1;
        }
        sink.write(vm, if named { "})" } else { "}" })
    })
}

/// Unary operators of set and frozenset; only the latter can be hashed.
pub fn unary(_: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(set) = Gc::<Set>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(match op {
        UnaryOp::Len => Obj::small_wrapping(set.map.len() as isize),
        UnaryOp::Bool => Obj::bool(!set.map.is_empty()),
        UnaryOp::Hash if set.type_ref() == TypeRef::of(&frozenset::TYPE) => {
            // The order does not matter, so the hashes are mixed one by one and added.
            let (mut sum, mut from) = (set.map.len(), 0);
            while let Some((at, _, _)) = set.map.next(from) {
                let hash = set.map.hash_at(at);
                sum = sum.wrapping_add((hash ^ (hash >> 7) ^ 0x5A17).wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as usize));
                from = at + 1;
            }
            Obj::small_wrapping((sum ^ (sum >> (usize::BITS / 2))) as isize)
        }
        UnaryOp::SizeOf => Obj::small_wrapping((size_of::<Set>() + size_of::<usize>() + set.map.size()) as isize),
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

/// Binary operators of set and frozenset, with either on the right.
pub fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some(a) = Gc::<Set>::from_obj(left) else { return Ok(Obj::NULL) };
    if op == BinaryOp::Contains {
        let item = as_key(vm, right)?;
        return Ok(Obj::bool(a.map.find(vm, item)?.is_some()));
    }
    let Some(b) = of(right) else { return Ok(Obj::NULL) };
    let answer = match op {
        BinaryOp::Equal => a.map.len() == b.map.len() && all_in(vm, a, b)?,
        BinaryOp::LessEqual => a.map.len() <= b.map.len() && all_in(vm, a, b)?,
        BinaryOp::Less => a.map.len() < b.map.len() && all_in(vm, a, b)?,
        BinaryOp::MoreEqual => a.map.len() >= b.map.len() && all_in(vm, b, a)?,
        BinaryOp::More => a.map.len() > b.map.len() && all_in(vm, b, a)?,
        BinaryOp::Or => return joined(vm, a, &[right]),
        BinaryOp::And => return common(vm, a, b).map(Gc::obj),
        BinaryOp::Subtract => return without(vm, a, b).map(Gc::obj),
        BinaryOp::Xor => return either(vm, a, b).map(Gc::obj),
        _ if a.type_ref() == TypeRef::of(&frozenset::TYPE) => return Ok(Obj::NULL),
        BinaryOp::InplaceOr => {
            add_all(vm, a, right)?;
            return Ok(left);
        }
        BinaryOp::InplaceAnd => {
            let rest = common(vm, a, b)?;
            a.map.take_from(&rest.map);
            return Ok(left);
        }
        BinaryOp::InplaceSubtract => {
            remove_all(vm, a, right)?;
            return Ok(left);
        }
        BinaryOp::InplaceXor => {
            let rest = either(vm, a, b)?;
            a.map.take_from(&rest.map);
            return Ok(left);
        }
        _ => return Ok(Obj::NULL),
    };
    Ok(Obj::bool(answer))
}

/// What an item is looked for as: a set as a frozenset, anything else itself.
fn as_key(vm: &mut Vm, item: Obj) -> Res {
    match Gc::<Set>::exact(item) {
        Some(set) => fill(vm, TypeRef::of(&frozenset::TYPE), set.obj()).map(Gc::obj),
        None => Ok(item),
    }
}

/// Whether all items of `a` are in `b`.
fn all_in(vm: &mut Vm, a: Gc<Set>, b: Gc<Set>) -> Res<bool> {
    let mut from = 0;
    while let Some((at, item, _)) = a.map.next(from) {
        if b.map.find_hashed(vm, item, a.map.hash_at(at))?.is_none() {
            return Ok(false);
        }
        from = at + 1;
    }
    Ok(true)
}

/// The items of the smaller set, or of `b`, that are in both.
fn common(vm: &mut Vm, a: Gc<Set>, b: Gc<Set>) -> Res<Gc<Set>> {
    let out = empty(vm, a.type_ref())?;
    let (a, b) = if b.map.len() > a.map.len() { (b, a) } else { (a, b) };
    pick(vm, out, b, a, true)?;
    Ok(out)
}

/// The items of an iterable that are in `a`; it is not asked for more when all of `a` are found.
fn common_of(vm: &mut Vm, a: Gc<Set>, iterable: Obj) -> Res<Gc<Set>> {
    if let Some(b) = of(iterable) {
        return common(vm, a, b);
    }
    let out = empty(vm, a.type_ref())?;
    sequence::iterate_while(vm, iterable, |vm, item| {
        if a.map.find(vm, item)?.is_some() {
            out.map.set(vm, item, Obj::NULL)?;
            return Ok(out.map.len() < a.map.len());
        }
        Ok(true)
    })?;
    Ok(out)
}

/// The items of `a` that are (`wanted`) or are not in `b`, added to `out`.
fn pick(vm: &mut Vm, out: Gc<Set>, a: Gc<Set>, b: Gc<Set>, wanted: bool) -> Res<()> {
    let mut from = 0;
    while let Some((at, item, _)) = a.map.next(from) {
        let hash = a.map.hash_at(at);
        if b.map.find_hashed(vm, item, hash)?.is_some() == wanted {
            out.map.set_hashed(vm, item, hash, Obj::NULL)?;
        }
        from = at + 1;
    }
    Ok(())
}

fn without(vm: &mut Vm, a: Gc<Set>, b: Gc<Set>) -> Res<Gc<Set>> {
    let out = empty(vm, a.type_ref())?;
    pick(vm, out, a, b, false)?;
    Ok(out)
}

fn either(vm: &mut Vm, a: Gc<Set>, b: Gc<Set>) -> Res<Gc<Set>> {
    let out = empty(vm, a.type_ref())?;
    pick(vm, out, a, b, false)?;
    pick(vm, out, b, a, false)?;
    Ok(out)
}

fn joined(vm: &mut Vm, a: Gc<Set>, others: &[Obj]) -> Res {
    let out = empty(vm, a.type_ref())?;
    out.map.copy_from(vm, &a.map)?;
    for other in others {
        add_all(vm, out, *other)?;
    }
    Ok(out.obj())
}

fn add_all(vm: &mut Vm, set: Gc<Set>, iterable: Obj) -> Res<()> {
    match of(iterable) {
        Some(other) if other != set => set.map.update(vm, &other.map),
        Some(_) => Ok(()),
        None => sequence::iterate(vm, iterable, |vm, item| set.map.set(vm, item, Obj::NULL)),
    }
}

fn remove_all(vm: &mut Vm, set: Gc<Set>, iterable: Obj) -> Res<()> {
    if of(iterable) == Some(set) {
        set.map.clear();
        return Ok(());
    }
    sequence::iterate(vm, iterable, |vm, item| {
        set.map.remove(vm, item)?;
        Ok(())
    })
}

/// An operand of a method: a set as it is, the items of other iterables as a new one.
fn operand(vm: &mut Vm, iterable: Obj) -> Res<Gc<Set>> {
    match of(iterable) {
        Some(set) => Ok(set),
        None => fill(vm, TypeRef::of(&TYPE), iterable),
    }
}

/// `iter(set)`
pub fn over_items(vm: &mut Vm, obj: Obj) -> Res {
    match Gc::<Set>::from_obj(obj) {
        Some(of) => Ok(Gc::alloc_iter(vm, SetIter { of, at: 0.into(), len: of.map.len().into() })?.obj()),
        None => Ok(Obj::NULL),
    }
}

/// Body of a set's iterator.
#[repr(C)]
pub struct SetIter {
    /// The set.
    pub of: Gc<Set>,
    /// Number of the next entry.
    pub at: core::cell::Cell<usize>,
    /// How many items the set had when it was last looked at.
    pub len: core::cell::Cell<usize>,
}

impl Object for SetIter {
    const TYPE: &'static Type = &ITER;
}

/// Type of set iterators.
pub static ITER: Type =
    Type { flags: Flags::SELF_ITER, next: Some(next), table: iter::TABLE, ..Type::new(q!("iterator")) };

/// How many items a set's iterator has left at most; `None` for other objects.
pub fn left(obj: Obj) -> Option<usize> {
    let iter = Gc::<SetIter>::from_obj(obj)?;
    Some(iter.of.map.left_from(iter.at.get()))
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(iter) = Gc::<SetIter>::from_obj(obj) else { return Ok(Obj::NULL) };
    let map = &iter.of.body().map;
    if map.len() > iter.len.get() {
        return Err(vm.runtime_error(format_args!("set changed size during iteration")));
    }
    iter.len.set(map.len());
    match map.next(iter.at.get()) {
        Some((at, item, _)) => {
            iter.at.set(at + 1);
            Ok(item)
        }
        None => {
            iter.at.set(usize::MAX);
            iter.len.set(usize::MAX);
            Ok(Obj::NULL)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{method, repr, run, shown};
    use crate::types::list;

    #[test]
    fn operators_and_methods() {
        run(|vm| {
            let of = |vm: &mut Vm, ty: &'static Type, values: &[isize]| {
                let set = empty(vm, TypeRef::of(ty)).unwrap();
                for value in values {
                    set.map.set(vm, Obj::small_wrapping(*value), Obj::NULL).unwrap();
                }
                set.obj()
            };
            let (a, b) = (of(vm, &TYPE, &[1, 2, 3]), of(vm, &frozenset::TYPE, &[3, 4]));
            for (op, left, right, expected) in [
                (BinaryOp::Or, a, b, "{1, 2, 3, 4}"),
                (BinaryOp::Or, b, a, "frozenset({3, 4, 1, 2})"),
                (BinaryOp::And, a, b, "{3}"),
                (BinaryOp::Subtract, a, b, "{1, 2}"),
                (BinaryOp::Xor, a, b, "{1, 2, 4}"),
                (BinaryOp::LessEqual, a, a, "True"),
                (BinaryOp::Less, a, a, "False"),
                (BinaryOp::More, a, b, "False"),
                (BinaryOp::InplaceAnd, a, b, "{3}"),
                (BinaryOp::InplaceXor, a, b, "{4}"),
                (BinaryOp::InplaceOr, b, a, "frozenset({3, 4})"),
            ] {
                let answer = vm.binary(op, left, right);
                assert_eq!(shown(vm, answer), expected, "{op:?}");
            }
            let [four, five] = [4, 5].map(Obj::small_wrapping);
            let items = list::new(vm, &[four, five]).unwrap();
            assert_eq!(method(vm, a, "update", &[items, items]), "None");
            assert_eq!(method(vm, a, "intersection", &[items]), "{4, 5}");
            assert_eq!(method(vm, a, "difference_update", &[items]), "None");
            assert_eq!(repr(vm, a), "set()");
            assert_eq!(method(vm, a, "pop", &[]), "KeyError: 'pop from an empty set'");
            assert_eq!(method(vm, a, "remove", &[four]), "KeyError: 4");
            assert_eq!(method(vm, a, "isdisjoint", &[items]), "True");
            let (x, y) = (of(vm, &frozenset::TYPE, &[1, 2]), of(vm, &frozenset::TYPE, &[2, 1]));
            assert_eq!(vm.hash(x).unwrap(), vm.hash(y).unwrap());
            assert!(vm.equal(x, y).unwrap());
            assert!(vm.hash(a).is_err());
        });
    }
}
