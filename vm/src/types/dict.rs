//! dict: an ordered map.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::dictview::{self, Kind};
use crate::types::sequence::{self, of};
use crate::types::{exception, reversed, tuple};
use crate::value::{
    Args, BinaryOp, Builtin, Entry, Flags, Gc, Map, Obj, Object, PrintKind, Res, Rom, Sig, Sink, Type, TypeRef,
    UnaryOp, fun1, kw, put, row, var,
};

/// Body of a dict.
#[repr(C)]
pub struct Dict {
    /// The entries.
    pub map: Map,
    /// What `defaultdict` calls for missing keys; `Obj::NULL` in other dicts.
    pub factory: Cell<Obj>,
}

impl Object for Dict {
    const TYPE: &'static Type = &TYPE;
}

/// `dict`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SIZED).with(Flags::INDEXED).with(Flags::MERGES).with(Flags::MUTABLE),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    reflected: Some(reflected),
    get_item: Some(get_item),
    set_item: Some(set_item),
    iter: Some(dictview::over_keys),
    table: TABLE,
    ..Type::new(q!("dict"))
};

static TABLE: &[Entry] = &[
    row(q!("get"), var(2, 3, get)),
    row(q!("items"), fun1(items)),
    row(q!("keys"), fun1(keys)),
    row(q!("values"), fun1(values)),
    row(q!("setdefault"), var(2, 3, set_default)),
    row(q!("pop"), var(2, 3, pop)),
    row(q!("update"), kw(1, update)),
    row(q!("clear"), fun1(clear)),
    row(q!("copy"), fun1(copy)),
    row(q!("popitem"), fun1(pop_item)),
    row(q!("fromkeys"), Rom::Class(Builtin::new(Sig::Var(2, 3, from_keys)))),
    row(q!("__reversed__"), fun1(reversed::over)),
];

/// An empty dict.
pub fn new(vm: &mut Vm) -> Res {
    new_as(vm, TypeRef::of(&TYPE)).map(Gc::obj)
}

/// An empty dict whose type is `ty`, which has the layout of dict.
pub fn new_as(vm: &mut Vm, ty: TypeRef) -> Res<Gc<Dict>> {
    Gc::alloc_as(vm, ty, Dict { map: Map::new(), factory: Cell::new(Obj::NULL) })
}

/// The map of a dict object, also of one inside an instance of a class that derives from dict.
#[inline]
pub fn map<'a>(obj: Obj) -> Option<&'a Map> {
    of::<Dict>(obj).map(|dict| &dict.body().map)
}

/// A copy of `dict` of the same type.
pub fn copied(vm: &mut Vm, dict: Gc<Dict>) -> Res<Gc<Dict>> {
    let copy = new_as(vm, dict.type_ref())?;
    copy.map.copy_from(vm, &dict.map)?;
    copy.factory.set(dict.factory.get());
    Ok(copy)
}

/// Adds the entries of a dict, of anything with `keys()`, or of an iterable of pairs.
pub fn update_with(vm: &mut Vm, map: &Map, source: Obj) -> Res<()> {
    if let Some(other) = Gc::<Dict>::from_obj(source) {
        return map.update(vm, &other.map);
    }
    let keys = vm.find_attr(source, q!("keys"))?;
    if !keys.is_null() {
        let keys = vm.call_pos(keys, &[])?;
        return sequence::iterate(vm, keys, |vm, key| {
            let value = vm.get_item(source, key)?;
            map.set(vm, key, value)
        });
    }
    sequence::iterate(vm, source, |vm, pair| {
        let (key, value) = pair_of(vm, pair)?;
        map.set(vm, key, value)
    })
}

/// `**source` in a display: what `update` takes, except rows of pairs.
pub fn merge(vm: &mut Vm, dict: Obj, source: Obj) -> Res {
    if of::<Dict>(source).is_none() && vm.find_attr(source, q!("keys"))?.is_null() {
        let name = vm.type_name(source);
        return Err(vm.type_error(format_args!("'{name}' object isn't a mapping")));
    }
    let dict = this(vm, dict)?;
    update_with(vm, &dict.map, source)?;
    Ok(Obj::NONE)
}

/// The two items of `pair`.
fn pair_of(vm: &mut Vm, pair: Obj) -> Res<(Obj, Obj)> {
    if let Some(&[key, value]) = tuple::items(pair) {
        return Ok((key, value));
    }
    let mut items = [Obj::NULL; 2];
    let mut count = 0;
    sequence::iterate_while(vm, pair, |_, item| {
        if let Some(slot) = items.get_mut(count) {
            *slot = item;
        }
        count += 1;
        Ok(count <= 2)
    })?;
    if count == 2 {
        Ok((items[0], items[1]))
    } else {
        Err(vm.value_error(format_args!("dict update sequence has wrong length")))
    }
}

/// Fills a new dict from the arguments of its type.
pub fn fill(vm: &mut Vm, map: &Map, args: Args<'_>) -> Res<()> {
    vm.check_count(args.pos.len(), 0, 1)?;
    if let Some(source) = args.pos.first() {
        update_with(vm, map, *source)?;
    }
    for (key, value) in args.kw {
        map.set(vm, *key, *value)?;
    }
    Ok(())
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let dict = new_as(vm, TypeRef::of(&TYPE))?;
    fill(vm, &dict.map, args)?;
    Ok(dict.obj())
}

/// Writes `{key: value}`, inside the type's name unless that is `dict`.
pub fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(dict) = Gc::<Dict>::from_obj(obj) else { return Ok(()) };
    sequence::print_once(vm, sink, obj, "{...}", |vm, sink| {
        let kind = dict.type_ref();
        let named = kind != TypeRef::of(&TYPE);
        if named {
            let name = vm.text_of_name(kind.name);
            put(vm, sink, format_args!("{name}("))?;
            if let Some(factory) = dict.factory.get().non_null() {
                vm.print(sink, factory, PrintKind::Repr)?;
                sink.write(vm, ", ")?;
            }
        }
        sink.write(vm, "{")?;
        let mut from = 0;
        while let Some((at, key, value)) = dict.map.next(from) {
            if from > 0 {
                sink.write(vm, ", ")?;
            }
            vm.print(sink, key, PrintKind::Repr)?;
            sink.write(vm, ": ")?;
            vm.print(sink, value, PrintKind::Repr)?;
            from = at + 1;
        }
        sink.write(vm, if named { "})" } else { "}" })
    })
}

/// Unary operators of dicts.
pub fn unary(_: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(dict) = Gc::<Dict>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(match op {
        UnaryOp::Len => Obj::small_wrapping(dict.map.len() as isize),
        UnaryOp::Bool => Obj::bool(!dict.map.is_empty()),
        UnaryOp::SizeOf => Obj::small_wrapping((size_of::<Dict>() + size_of::<usize>() + dict.map.size()) as isize),
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

/// Binary operators of dicts.
pub fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some(a) = Gc::<Dict>::from_obj(left) else { return Ok(Obj::NULL) };
    match op {
        BinaryOp::Contains => Ok(Obj::bool(a.map.find(vm, right)?.is_some())),
        BinaryOp::Equal => {
            let Some(b) = of::<Dict>(right) else { return Ok(Obj::NULL) };
            equal(vm, &a.map, &b.map).map(Obj::bool)
        }
        BinaryOp::Or => {
            let Some(b) = of::<Dict>(right) else { return Ok(Obj::NULL) };
            // An ordered or default dict on the right says what a plain one and it make together: `reflected`.
            if a.type_ref() == TypeRef::of(&TYPE) && b.type_ref() != a.type_ref() {
                return Ok(Obj::NULL);
            }
            both(vm, a, b, a)
        }
        BinaryOp::InplaceOr => {
            update_with(vm, &a.map, right)?;
            Ok(left)
        }
        _ => Ok(Obj::NULL),
    }
}

/// The entries of two dicts, in one of the same type as `kind`.
fn both(vm: &mut Vm, a: Gc<Dict>, b: Gc<Dict>, kind: Gc<Dict>) -> Res {
    let both = new_as(vm, kind.type_ref())?;
    both.factory.set(kind.factory.get());
    both.map.copy_from(vm, &a.map)?;
    both.map.update(vm, &b.map)?;
    Ok(both.obj())
}

/// `{...} | dict`, when the right one's type derives from dict, which makes it the type of what they make; but not if the
/// left one's class derives from dict too.
pub fn reflected(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    match (of::<Dict>(left), of::<Dict>(right)) {
        (Some(a), Some(b)) if op == BinaryOp::Or => both(vm, a, b, if left.is_exact(&TYPE) { b } else { a }),
        (_, _) => Ok(Obj::NULL),
    }
}

/// Whether two maps have the same keys with equal values.
pub fn equal(vm: &mut Vm, a: &Map, b: &Map) -> Res<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    let mut from = 0;
    while let Some((at, key, value)) = a.next(from) {
        let Some(there) = b.find_hashed(vm, key, a.hash_at(at))? else { return Ok(false) };
        let other = b.value_at(there);
        if value != other && !vm.equal(value, other)? {
            return Ok(false);
        }
        from = at + 1;
    }
    Ok(true)
}

/// `dict[key]`
pub fn get_item(vm: &mut Vm, obj: Obj, key: Obj) -> Res {
    let Some(dict) = Gc::<Dict>::from_obj(obj) else { return Ok(Obj::NULL) };
    let value = dict.map.get(vm, key)?;
    if !value.is_null() {
        return Ok(value);
    }
    match dict.factory.get() {
        Obj::NULL | Obj::NONE => Err(vm.key_error(key)),
        factory => {
            let value = vm.call_pos(factory, &[])?;
            dict.map.set(vm, key, value)?;
            Ok(value)
        }
    }
}

/// `dict[key] = value`, `del dict[key]`
pub fn set_item(vm: &mut Vm, obj: Obj, key: Obj, value: Obj) -> Res<()> {
    let Some(dict) = Gc::<Dict>::from_obj(obj) else { return Ok(()) };
    if !value.is_null() {
        return dict.map.set(vm, key, value);
    }
    if dict.map.remove(vm, key)?.is_null() { Err(vm.key_error(key)) } else { Ok(()) }
}

#[inline]
fn this(vm: &mut Vm, obj: Obj) -> Res<Gc<Dict>> {
    sequence::this::<Dict>(vm, obj)
}

fn get(vm: &mut Vm, args: &[Obj]) -> Res {
    let [dict, key, rest @ ..] = args else { return Ok(Obj::NULL) };
    let value = this(vm, *dict)?.map.get(vm, *key)?;
    Ok(if value.is_null() { rest.first().copied().unwrap_or(Obj::NONE) } else { value })
}

fn keys(vm: &mut Vm, dict: Obj) -> Res {
    let dict = this(vm, dict)?;
    dictview::new(vm, dict, Kind::Keys)
}

fn values(vm: &mut Vm, dict: Obj) -> Res {
    let dict = this(vm, dict)?;
    dictview::new(vm, dict, Kind::Values)
}

fn items(vm: &mut Vm, dict: Obj) -> Res {
    let dict = this(vm, dict)?;
    dictview::new(vm, dict, Kind::Items)
}

/// `dict.setdefault(key[, default])`
pub fn set_default(vm: &mut Vm, args: &[Obj]) -> Res {
    let [dict, key, rest @ ..] = args else { return Ok(Obj::NULL) };
    this(vm, *dict)?.map.get_or_add(vm, *key, rest.first().copied().unwrap_or(Obj::NONE))
}

fn pop(vm: &mut Vm, args: &[Obj]) -> Res {
    let [dict, key, rest @ ..] = args else { return Ok(Obj::NULL) };
    take(vm, *dict, *key, rest.first().copied().unwrap_or(Obj::NULL))
}

/// `dict.pop(key, default)`; without a default when that is `Obj::NULL`.
pub fn take(vm: &mut Vm, dict: Obj, key: Obj, default: Obj) -> Res {
    let map = &this(vm, dict)?.body().map;
    // Where there are no keys, none is compared: any object will do.
    let value = if map.is_empty() { Obj::NULL } else { map.remove(vm, key)? };
    match value.non_null().or(default.non_null()) {
        Some(value) => Ok(value),
        None => Err(vm.key_error(key)),
    }
}

fn update(vm: &mut Vm, args: Args<'_>) -> Res {
    let [dict, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let dict = this(vm, *dict)?;
    fill(vm, &dict.map, Args { pos: rest, kw: args.kw })?;
    Ok(Obj::NONE)
}

fn clear(vm: &mut Vm, dict: Obj) -> Res {
    this(vm, dict)?.map.clear();
    Ok(Obj::NONE)
}

fn copy(vm: &mut Vm, dict: Obj) -> Res {
    let dict = this(vm, dict)?;
    Ok(copied(vm, dict)?.obj())
}

fn pop_item(vm: &mut Vm, dict: Obj) -> Res {
    let dict = this(vm, dict)?;
    match dict.map.last() {
        Some((at, key, value)) => {
            dict.map.remove_at(at);
            tuple::new(vm, &[key, value])
        }
        None => Err(empty(vm)),
    }
}

/// KeyError of `popitem` on an empty dict.
#[cold]
pub fn empty(vm: &mut Vm) -> crate::value::Raise {
    vm.raise_new(&exception::KEY_ERROR, format_args!("popitem(): dictionary is empty"))
}

fn from_keys(vm: &mut Vm, args: &[Obj]) -> Res {
    let [ty, keys, rest @ ..] = args else { return Ok(Obj::NULL) };
    let value = rest.first().copied().unwrap_or(Obj::NONE);
    if *ty == TypeRef::of(&TYPE).obj() {
        let dict = new_as(vm, TypeRef::of(&TYPE))?;
        sequence::iterate(vm, *keys, |vm, key| dict.map.set(vm, key, value))?;
        return Ok(dict.obj());
    }
    let dict = vm.call_pos(*ty, &[])?;
    sequence::iterate(vm, *keys, |vm, key| vm.set_item(dict, key, value))?;
    Ok(dict)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{method, repr, run, shown};
    use crate::types::list;

    #[test]
    fn keeps_order_and_answers_methods() {
        run(|vm| {
            let [one, two, three] = [1, 2, 3].map(Obj::small_wrapping);
            let dict = new(vm).unwrap();
            vm.set_item(dict, two, one).unwrap();
            vm.set_item(dict, one, two).unwrap();
            vm.set_item(dict, Obj::name(q!("keys")), three).unwrap();
            assert_eq!(repr(vm, dict), "{2: 1, 1: 2, 'keys': 3}");
            assert_eq!(method(vm, dict, "get", &[three]), "None");
            assert_eq!(method(vm, dict, "pop", &[three]), "KeyError: 3");
            assert_eq!(method(vm, dict, "popitem", &[]), "('keys', 3)");
            assert_eq!(method(vm, dict, "items", &[]), "dict_items([(2, 1), (1, 2)])");
            assert_eq!(method(vm, dict, "setdefault", &[three]), "None");
            assert_eq!(method(vm, dict, "__delitem__", &[two]), "None");
            let twin = method(vm, dict, "copy", &[]);
            assert_eq!(twin, "{1: 2, 3: None}");
            let missing = vm.get_item(dict, two);
            assert_eq!(shown(vm, missing), "KeyError: 2");
            let unhashable = list::new(vm, &[]).unwrap();
            let wrong = vm.get_item(dict, unhashable);
            assert_eq!(shown(vm, wrong), "TypeError: unsupported type for __hash__: 'list'");
        });
    }

    #[test]
    fn merges_and_compares() {
        run(|vm| {
            let [one, two, three] = [1, 2, 3].map(Obj::small_wrapping);
            let (a, b) = (new(vm).unwrap(), new(vm).unwrap());
            vm.set_item(a, one, two).unwrap();
            vm.set_item(a, two, two).unwrap();
            vm.set_item(b, three, one).unwrap();
            vm.set_item(b, one, one).unwrap();
            let both = vm.binary(BinaryOp::Or, a, b);
            assert_eq!(shown(vm, both), "{1: 1, 2: 2, 3: 1}");
            let same = vm.binary(BinaryOp::Equal, a, b);
            assert_eq!(shown(vm, same), "False");
            let pair = list::new(vm, &[one, one]).unwrap();
            let pairs = list::new(vm, &[pair]).unwrap();
            assert_eq!(method(vm, a, "update", &[pairs]), "None");
            assert_eq!(repr(vm, a), "{1: 1, 2: 2}");
            let odd = list::new(vm, &[pairs]).unwrap();
            assert_eq!(method(vm, a, "update", &[odd]), "ValueError: dict update sequence has wrong length");
        });
    }
}
