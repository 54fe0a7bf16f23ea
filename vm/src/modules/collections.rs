//! collections: deque, namedtuple, OrderedDict, defaultdict.

use super::builtins::classes::is_callable;
use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::dict::{self, Dict};
use crate::types::{deque, dictview, namedtuple, sequence, tuple};
use crate::value::{Args, BinaryOp, Entry, Flags, Gc, Map, Obj, Res, Rom, Type, TypeRef, fun2, kw, row};

/// Names of the module.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("collections")))),
    row(q!("deque"), Rom::Type(&deque::TYPE)),
    row(q!("namedtuple"), kw(0, namedtuple::new_class)),
    row(q!("OrderedDict"), Rom::Type(&ORDERED)),
    row(q!("defaultdict"), Rom::Type(&DEFAULT)),
];

/// `OrderedDict`
pub static ORDERED: Type = Type {
    make: Some(make_ordered),
    binary: Some(binary_ordered),
    table: ORDERED_TABLE,
    ..dict_type(q!("OrderedDict"))
};

static ORDERED_TABLE: &[Entry] = &[
    row(q!("popitem"), kw(1, pop_item)),
    row(q!("move_to_end"), kw(1, move_to_end)),
    row(q!("pop"), kw(1, pop)),
    row(q!("setdefault"), kw(1, set_default)),
];

/// `defaultdict`
pub static DEFAULT: Type = Type {
    make: Some(make_default),
    binary: Some(dict::binary),
    get_attr: Some(get_attr),
    set_attr: Some(set_attr),
    table: DEFAULT_TABLE,
    ..dict_type(q!("defaultdict"))
};

static DEFAULT_TABLE: &[Entry] = &[row(q!("__missing__"), fun2(missing))];

const fn dict_type(name: Qstr) -> Type {
    Type {
        flags: Flags::BASE,
        layout: Some(TypeRef::of(&dict::TYPE)),
        base: Some(TypeRef::of(&dict::TYPE)),
        print: Some(dict::print),
        unary: Some(dict::unary),
        reflected: Some(dict::reflected),
        get_item: Some(dict::get_item),
        set_item: Some(dict::set_item),
        iter: Some(dictview::over_keys),
        ..Type::new(name)
    }
}

fn make_ordered(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let dict = dict::new_as(vm, TypeRef::of(&ORDERED))?;
    dict::fill(vm, &dict.map, args)?;
    Ok(dict.obj())
}

fn binary_ordered(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let answer = dict::binary(vm, op, left, right)?;
    let (a, b) = (sequence::of::<Dict>(left), sequence::of::<Dict>(right));
    if let (BinaryOp::Equal, Obj::TRUE, Some(a), Some(b)) = (op, answer, a, b)
        && b.type_ref() == TypeRef::of(&ORDERED)
    {
        return same_order(vm, &a.map, &b.map).map(Obj::bool);
    }
    Ok(answer)
}

/// Whether two maps have equal keys in the same order.
fn same_order(vm: &mut Vm, a: &Map, b: &Map) -> Res<bool> {
    let (mut from_a, mut from_b) = (0, 0);
    loop {
        match (a.next(from_a), b.next(from_b)) {
            (Some((at_a, x, _)), Some((at_b, y, _))) => {
                if x != y && !vm.equal(x, y)? {
                    return Ok(false);
                }
                (from_a, from_b) = (at_a + 1, at_b + 1);
            }
            (None, None) => return Ok(true),
            (_, _) => return Ok(false),
        }
    }
}

fn pop_item(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let dict = sequence::this::<Dict>(vm, *this)?;
    let mut options = [Obj::TRUE];
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("last")], 1, &mut options)?;
    let found = if vm.truth(options[0])? { dict.map.last() } else { dict.map.next(0) };
    match found {
        Some((at, key, value)) => {
            dict.map.remove_at(at);
            tuple::new(vm, &[key, value])
        }
        None => Err(dict::empty(vm)),
    }
}

/// `OrderedDict.pop(key[, default])`, which takes names where `dict.pop` does not.
fn pop(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    // No object says that there is no default.
    let mut options = [Obj::NULL; 2];
    let n = (rest.len() + args.kw.len()).clamp(1, 2);
    let (names, out) = (&[q!("key"), q!("default")][..n], &mut options[..n]);
    vm.bind_args(Args { pos: rest, kw: args.kw }, names, n, out)?;
    let [key, default] = options;
    // Unlike a dict, it looks at the key even when there are none.
    if sequence::this::<Dict>(vm, *this)?.map.is_empty() {
        vm.hash(key)?;
    }
    dict::take(vm, *this, key, default)
}

fn set_default(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let mut options = [Obj::NULL, Obj::NONE];
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("key"), q!("default")], 2, &mut options)?;
    let [key, default] = options;
    dict::set_default(vm, &[*this, key, default])
}

fn move_to_end(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NULL) };
    let dict = sequence::this::<Dict>(vm, *this)?;
    let mut options = [Obj::NULL, Obj::TRUE];
    vm.bind_args(Args { pos: rest, kw: args.kw }, &[q!("key"), q!("last")], 2, &mut options)?;
    let last = vm.truth(options[1])?;
    let Some(at) = dict.map.find(vm, options[0])? else { return Err(vm.key_error(options[0])) };
    let (key, hash) = (dict.map.key_at(at), dict.map.hash_at(at));
    let value = dict.map.remove_at(at);
    if last {
        dict.map.add(vm, key, hash, value)?;
        return Ok(Obj::NONE);
    }
    let all = Map::new();
    all.add(vm, key, hash, value)?;
    let mut from = 0;
    while let Some((at, key, value)) = dict.map.next(from) {
        all.add(vm, key, dict.map.hash_at(at), value)?;
        from = at + 1;
    }
    dict.map.take_from(&all);
    Ok(Obj::NONE)
}

fn make_default(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let dict = dict::new_as(vm, TypeRef::of(&DEFAULT))?;
    let (factory, rest) = match args.pos {
        [factory, rest @ ..] => (*factory, rest),
        [] => (Obj::NONE, args.pos),
    };
    if !factory.is_none() && !is_callable(vm, factory) {
        return Err(vm.type_error(format_args!("first argument must be callable or None")));
    }
    dict.factory.set(factory);
    dict::fill(vm, &dict.map, Args { pos: rest, kw: args.kw })?;
    Ok(dict.obj())
}

fn get_attr(_: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(dict) = Gc::<Dict>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(if name == q!("default_factory") { dict.factory.get() } else { Obj::NULL })
}

fn set_attr(_: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(dict) = Gc::<Dict>::from_obj(obj) else { return Ok(false) };
    if name != q!("default_factory") {
        return Ok(false);
    }
    dict.factory.set(if value.is_null() { Obj::NONE } else { value });
    Ok(true)
}

fn missing(vm: &mut Vm, obj: Obj, key: Obj) -> Res {
    vm.get_item(obj, key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{method, repr, run, shown};
    use crate::types::list;

    #[test]
    fn ordered_dicts_keep_and_change_order() {
        run(|vm| {
            let [one, two, three] = [1, 2, 3].map(Obj::small_wrapping);
            let make = |vm: &mut Vm, keys: &[Obj]| {
                let dict = make_ordered(vm, TypeRef::of(&ORDERED), Args::pos(&[])).unwrap();
                for key in keys {
                    vm.set_item(dict, *key, Obj::NONE).unwrap();
                }
                dict
            };
            let (a, b) = (make(vm, &[one, two, three]), make(vm, &[three, two, one]));
            let same = vm.binary(BinaryOp::Equal, a, b);
            assert_eq!(shown(vm, same), "False");
            assert_eq!(method(vm, a, "move_to_end", &[two]), "None");
            assert_eq!(method(vm, a, "move_to_end", &[three, Obj::FALSE]), "None");
            assert_eq!(repr(vm, a), "OrderedDict({3: None, 1: None, 2: None})");
            assert_eq!(method(vm, a, "popitem", &[Obj::FALSE]), "(3, None)");
            assert_eq!(method(vm, a, "popitem", &[]), "(2, None)");
            assert_eq!(method(vm, b, "copy", &[]), "OrderedDict({3: None, 2: None, 1: None})");
        });
    }

    #[test]
    fn default_dicts_make_values() {
        run(|vm| {
            let factory = TypeRef::of(&list::TYPE).obj();
            let dict = make_default(vm, TypeRef::of(&DEFAULT), Args::pos(&[factory])).unwrap();
            let one = Obj::small_wrapping(1);
            let list = vm.get_item(dict, one).unwrap();
            assert_eq!(method(vm, list, "append", &[one]), "None");
            assert_eq!(repr(vm, dict), "defaultdict(<class 'list'>, {1: [1]})");
        });
    }
}
