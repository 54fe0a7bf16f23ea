//! dict_keys, dict_values, dict_items: the keys, values or items of a dict as it changes, with set operators; and the iterators of dicts.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::dict::Dict;
use crate::types::sequence::{self, of};
use crate::types::{iter, set, tuple};
use crate::value::{
    BinaryOp, Entry, Flags, Gc, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, UnaryOp, fun1, fun2, row,
};

/// What of each entry a view or an iterator gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Its key.
    Keys,
    /// Its value.
    Values,
    /// A tuple of key and value.
    Items,
}

/// Body of a view.
pub struct View {
    /// The dict.
    pub of: Gc<Dict>,
    /// What of its entries.
    pub kind: Kind,
}

impl Object for View {
    const TYPE: &'static Type = &TYPE;
}

/// Body of an iterator over a dict.
#[repr(C)]
pub struct DictIter {
    /// The dict.
    pub of: Gc<Dict>,
    /// Number of the next entry; one past the last that was given when it walks backwards.
    pub at: Cell<usize>,
    /// How many entries the dict had when it was last looked at, what of them it gives, and whether it walks backwards: in
    /// one word, so that a loop has room for the whole.
    state: Cell<usize>,
}

impl DictIter {
    const KIND: usize = 3;
    const BACKWARD: usize = 4;
    const LEN_SHIFT: u32 = 3;

    fn kind(&self) -> Kind {
        match self.state.get() & Self::KIND {
            0 => Kind::Keys,
            1 => Kind::Values,
            _ => Kind::Items,
        }
    }

    fn backward(&self) -> bool {
        self.state.get() & Self::BACKWARD != 0
    }

    fn len(&self) -> usize {
        self.state.get() >> Self::LEN_SHIFT
    }

    fn set_len(&self, len: usize) {
        self.state.set(self.state.get() & (Self::KIND | Self::BACKWARD) | len << Self::LEN_SHIFT);
    }
}

impl Object for DictIter {
    const TYPE: &'static Type = &ITER;
}

/// `dict_keys`
pub static TYPE: Type =
    Type { flags: Flags::SIZED.with(Flags::ALGEBRA).with(Flags::MERGES), table: SET_TABLE, ..kind(q!("dict_keys")) };

/// `dict_items`
static ITEMS: Type = Type {
    flags: Flags::SIZED.with(Flags::ALGEBRA).with(Flags::MERGES),
    layout: Some(TypeRef::of(&TYPE)),
    table: SET_TABLE,
    ..kind(q!("dict_items"))
};

/// `dict_values`
static VALUES: Type =
    Type { flags: Flags::SIZED, layout: Some(TypeRef::of(&TYPE)), table: TABLE, ..kind(q!("dict_values")) };

const fn kind(name: Qstr) -> Type {
    Type {
        print: Some(print),
        unary: Some(unary),
        binary: Some(binary),
        reflected: Some(reflected),
        iter: Some(over_view),
        ..Type::new(name)
    }
}

/// Type of the iterators.
pub static ITER: Type =
    Type { flags: Flags::SELF_ITER, next: Some(next), table: iter::TABLE, ..Type::new(q!("iterator")) };

static SET_TABLE: &[Entry] = &[
    row(q!("isdisjoint"), fun2(is_disjoint)),
    row(q!("mapping"), Rom::Get(mapping)),
    row(q!("__reversed__"), fun1(reversed)),
];

static TABLE: &[Entry] = &[row(q!("mapping"), Rom::Get(mapping)), row(q!("__reversed__"), fun1(reversed))];

/// A view of `dict`.
pub fn new(vm: &mut Vm, dict: Gc<Dict>, kind: Kind) -> Res {
    let ty = match kind {
        Kind::Keys => &TYPE,
        Kind::Values => &VALUES,
        Kind::Items => &ITEMS,
    };
    Ok(Gc::alloc_as(vm, TypeRef::of(ty), View { of: dict, kind })?.obj())
}

/// The dict of a view.
fn mapping(_: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::<View>::from_obj(obj).map_or(Obj::NONE, |view| view.of.obj()))
}

/// An iterator over a dict.
pub fn iterator(vm: &mut Vm, dict: Gc<Dict>, kind: Kind, backward: bool) -> Res {
    let (start, way) = if backward { (usize::MAX, DictIter::BACKWARD) } else { (0, 0) };
    let state = dict.map.len() << DictIter::LEN_SHIFT | way | kind as usize;
    Ok(Gc::alloc_iter(vm, DictIter { of: dict, at: Cell::new(start), state: Cell::new(state) })?.obj())
}

/// `iter(dict)`
pub fn over_keys(vm: &mut Vm, obj: Obj) -> Res {
    match of::<Dict>(obj) {
        Some(dict) => iterator(vm, dict, Kind::Keys, false),
        None => Ok(Obj::NULL),
    }
}

/// `reversed(dict)`, or of one of its views; `Obj::NULL` for other objects.
pub fn reversed(vm: &mut Vm, obj: Obj) -> Res {
    if let Some(dict) = of::<Dict>(obj) {
        return iterator(vm, dict, Kind::Keys, true);
    }
    match Gc::<View>::from_obj(obj) {
        Some(view) => iterator(vm, view.of, view.kind, true),
        None => Ok(Obj::NULL),
    }
}

fn over_view(vm: &mut Vm, obj: Obj) -> Res {
    match Gc::<View>::from_obj(obj) {
        Some(view) => iterator(vm, view.of, view.kind, false),
        None => Ok(Obj::NULL),
    }
}

/// The next entry: (key, value). Raises when entries were added meanwhile; removing some is allowed, as upstream allows it.
#[inline]
pub fn advance(vm: &mut Vm, iter: Gc<DictIter>) -> Res<Option<(Obj, Obj)>> {
    let map = &iter.of.body().map;
    if map.len() > iter.len() {
        return Err(vm.runtime_error(format_args!("dictionary changed size during iteration")));
    }
    iter.set_len(map.len());
    let found = if iter.backward() { map.before(iter.at.get()) } else { map.next(iter.at.get()) };
    match found {
        Some((at, key, value)) => {
            iter.at.set(if iter.backward() { at } else { at + 1 });
            Ok(Some((key, value)))
        }
        None => {
            // An exhausted iterator stays so.
            iter.at.set(if iter.backward() { 0 } else { usize::MAX });
            iter.set_len(usize::MAX >> DictIter::LEN_SHIFT);
            Ok(None)
        }
    }
}

/// How many entries a dict's iterator has left at most; `None` for other objects.
pub fn left(obj: Obj) -> Option<usize> {
    let iter = Gc::<DictIter>::from_obj(obj)?;
    let (map, at) = (&iter.of.body().map, iter.at.get());
    Some(if iter.backward() { map.len() - map.left_from(at) } else { map.left_from(at) })
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(iter) = Gc::<DictIter>::from_obj(obj) else { return Ok(Obj::NULL) };
    match advance(vm, iter)? {
        Some((key, value)) => part(vm, iter.kind(), key, value),
        None => Ok(Obj::NULL),
    }
}

#[inline]
fn part(vm: &mut Vm, kind: Kind, key: Obj, value: Obj) -> Res {
    match kind {
        Kind::Keys => Ok(key),
        Kind::Values => Ok(value),
        Kind::Items => tuple::new(vm, &[key, value]),
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(view) = Gc::<View>::from_obj(obj) else { return Ok(()) };
    sequence::print_once(vm, sink, obj, "...", |vm, sink| {
        sink.write(
            vm,
            match view.kind {
                Kind::Keys => "dict_keys([",
                Kind::Values => "dict_values([",
                Kind::Items => "dict_items([",
            },
        )?;
        let mut from = 0;
        while let Some((at, key, value)) = view.of.map.next(from) {
            if from > 0 {
                sink.write(vm, ", ")?;
            }
            let item = part(vm, view.kind, key, value)?;
            vm.print(sink, item, PrintKind::Repr)?;
            from = at + 1;
        }
        sink.write(vm, "])")
    })
}

fn unary(_: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(view) = Gc::<View>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(match op {
        UnaryOp::Len => Obj::small_wrapping(view.of.map.len() as isize),
        UnaryOp::Bool => Obj::bool(!view.of.map.is_empty()),
        UnaryOp::Hash if view.kind == Kind::Values => Obj::small_wrapping((obj.bits() >> 3) as isize),
        UnaryOp::Positive
        | UnaryOp::Negative
        | UnaryOp::Invert
        | UnaryOp::Not
        | UnaryOp::Hash
        | UnaryOp::Abs
        | UnaryOp::Int
        | UnaryOp::Float
        | UnaryOp::Complex
        | UnaryOp::SizeOf => Obj::NULL,
    })
}

fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some(view) = Gc::<View>::from_obj(left) else { return Ok(Obj::NULL) };
    if op == BinaryOp::Contains && view.kind != Kind::Values {
        return contains(vm, view, right).map(Obj::bool);
    }
    if view.kind == Kind::Values {
        return Ok(Obj::NULL);
    }
    if is_operator(op) {
        return if op == BinaryOp::And { common(vm, view, right) } else { merged(vm, op, left, right) };
    }
    let (Some(other), true) = (set_len(right), sequence::is_comparison(op)) else { return Ok(Obj::NULL) };
    let own = view.of.map.len();
    let answer = match op {
        BinaryOp::Equal => own == other && all_in(vm, left, right)?,
        BinaryOp::LessEqual => own <= other && all_in(vm, left, right)?,
        BinaryOp::Less => own < other && all_in(vm, left, right)?,
        BinaryOp::MoreEqual => own >= other && all_in(vm, right, left)?,
        _ => own > other && all_in(vm, right, left)?,
    };
    Ok(Obj::bool(answer))
}

fn is_operator(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::Or | BinaryOp::And | BinaryOp::Xor | BinaryOp::Subtract)
}

fn reflected(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some(view) = Gc::<View>::from_obj(right) else { return Ok(Obj::NULL) };
    if view.kind == Kind::Values || !is_operator(op) {
        return Ok(Obj::NULL);
    }
    if op == BinaryOp::And { common(vm, view, left) } else { merged(vm, op, left, right) }
}

/// The length of a set or of a view that is like one.
fn set_len(obj: Obj) -> Option<usize> {
    match Gc::<View>::from_obj(obj) {
        Some(view) => (view.kind != Kind::Values).then(|| view.of.map.len()),
        None => set::map(obj).map(|map| map.len()),
    }
}

/// Whether all items of one are in the other: each is looked for by itself, so that those of no hash are no error before
/// they are met.
fn all_in(vm: &mut Vm, items: Obj, container: Obj) -> Res<bool> {
    let mut all = true;
    sequence::iterate_while(vm, items, |vm, item| {
        all = vm.contains(container, item)?;
        Ok(all)
    })?;
    Ok(all)
}

/// `view & other`: what of the other is in the view; where both are views, the longer one is asked.
fn common(vm: &mut Vm, view: Gc<View>, other: Obj) -> Res {
    let len = view.of.map.len();
    if other.is_exact(&set::TYPE) && set::map(other).is_some_and(|map| len <= map.len()) {
        return set::intersection(vm, &[other, view.obj()]);
    }
    let (view, other) = match Gc::<View>::from_obj(other) {
        Some(longer) if longer.kind != Kind::Values && longer.of.map.len() > len => (longer, view.obj()),
        Some(_) | None => (view, other),
    };
    let both = set::new(vm, &[])?;
    sequence::iterate(vm, other, |vm, item| if contains(vm, view, item)? { set::add(vm, both, item) } else { Ok(()) })?;
    Ok(both)
}

/// The set of what other operators make of two operands, one of which is a view.
fn merged(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let left = set::from_iterable(vm, left)?;
    match op {
        BinaryOp::Or => set::union(vm, &[left, right]),
        BinaryOp::Subtract => set::difference(vm, &[left, right]),
        _ => set::symmetric_difference(vm, left, right),
    }
}

fn contains(vm: &mut Vm, view: Gc<View>, item: Obj) -> Res<bool> {
    let map = &view.of.body().map;
    match view.kind {
        Kind::Keys => Ok(map.find(vm, item)?.is_some()),
        Kind::Items => {
            let Some(&[key, value]) = tuple::items(item) else { return Ok(false) };
            let found = map.get(vm, key)?;
            Ok(!found.is_null() && vm.equal(found, value)?)
        }
        // Values are looked for one by one, as in what is iterated.
        Kind::Values => Ok(false),
    }
}

fn is_disjoint(vm: &mut Vm, obj: Obj, other: Obj) -> Res {
    let view = sequence::this::<View>(vm, obj)?;
    if obj == other {
        return Ok(Obj::bool(view.of.map.is_empty()));
    }
    // The shorter one is walked over if the other one can be asked.
    let longer = set_len(other).is_some_and(|len| len > view.of.map.len());
    let (items, container) = if longer { (obj, other) } else { (other, obj) };
    let mut disjoint = true;
    sequence::iterate_while(vm, items, |vm, item| {
        disjoint = !vm.contains(container, item)?;
        Ok(disjoint)
    })?;
    Ok(Obj::bool(disjoint))
}
