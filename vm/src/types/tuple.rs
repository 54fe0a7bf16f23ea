//! tuple: a fixed row of values, which lie behind the body.

use crate::Vm;
use crate::q;
use crate::types::iter;
use crate::types::sequence::{self, of};
use crate::types::slice::{self, Slice};
use crate::value::{
    Args, BinaryOp, Entry, Flags, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp, fun2, row, var,
};

/// Body of a tuple: its items follow it.
#[repr(C)]
pub struct Tuple {
    /// Number of items.
    pub len: usize,
}

impl Object for Tuple {
    const TYPE: &'static Type = &TYPE;
}

/// `tuple`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SEQUENCE),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    reflected: Some(reflected),
    get_item: Some(get_item),
    iter: Some(iter::over_tuple),
    table: TABLE,
    ..Type::new(q!("tuple"))
};

static TABLE: &[Entry] = &[row(q!("count"), fun2(count)), row(q!("index"), var(2, 4, index))];

/// A tuple of these items.
pub fn new(vm: &mut Vm, items: &[Obj]) -> Res {
    new_as(vm, TypeRef::of(&TYPE), items)
}

/// A tuple whose type is `ty`, which has the layout of tuple (a namedtuple class).
pub fn new_as(vm: &mut Vm, ty: TypeRef, items: &[Obj]) -> Res {
    let tuple = Gc::alloc_with_tail(vm, ty, Tuple { len: items.len() }, size_of_val(items))?;
    for (at, item) in items.iter().enumerate() {
        tuple.tail_set(at, *item);
    }
    Ok(tuple.obj())
}

/// The items of a tuple, also of one inside an instance of a class that derives from tuple.
#[inline]
pub fn items<'a>(obj: Obj) -> Option<&'a [Obj]> {
    let tuple = of::<Tuple>(obj)?;
    Some(tuple.tail_objs(tuple.len))
}

/// `obj[index]` if `obj` is a plain tuple and the index is inside it.
#[inline(always)]
pub fn get(obj: Obj, index: isize) -> Option<Obj> {
    let tuple = Gc::<Tuple>::exact(obj)?;
    tuple.tail_objs(tuple.len).get(sequence::wrap(index, tuple.len)?).copied()
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 0, 1)?;
    match args.pos.first() {
        None => new(vm, &[]),
        Some(iterable) => sequence::tuple_of(vm, *iterable),
    }
}

/// Writes `(a, b)`; also for types that have the layout of tuple.
pub fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(items) = items(obj) else { return Ok(()) };
    sequence::print_once(vm, sink, obj, "(...)", |vm, sink| {
        sink.write(vm, "(")?;
        sequence::print_items(vm, sink, |at| items.get(at).copied())?;
        sink.write(vm, if items.len() == 1 { ",)" } else { ")" })
    })
}

/// Unary operators; also for types that have the layout of tuple.
pub fn unary(vm: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(items) = items(obj) else { return Ok(Obj::NULL) };
    match op {
        UnaryOp::Len => Ok(Obj::small_wrapping(items.len() as isize)),
        UnaryOp::Bool => Ok(Obj::bool(!items.is_empty())),
        UnaryOp::Hash => {
            let mut sum = 0x345_6789 ^ items.len();
            for item in items {
                let hash = vm.hash(*item)?;
                sum = (sum.rotate_left(usize::BITS / 3) ^ hash).wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as usize);
            }
            sum ^= sum >> (usize::BITS / 2);
            Ok(Obj::small_wrapping(sum as isize))
        }
        UnaryOp::SizeOf => Ok(Obj::small_wrapping((size_of::<usize>() * (2 + items.len())) as isize)),
        UnaryOp::Positive
        | UnaryOp::Negative
        | UnaryOp::Invert
        | UnaryOp::Not
        | UnaryOp::Abs
        | UnaryOp::Int
        | UnaryOp::Float
        | UnaryOp::Complex => Ok(Obj::NULL),
    }
}

/// Binary operators; also for types that have the layout of tuple.
pub fn binary(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    let Some(a) = items(left) else { return Ok(Obj::NULL) };
    match op {
        BinaryOp::Add => match items(right) {
            Some([]) if left.is_exact(&TYPE) => Ok(left),
            Some(b) => joined(vm, a, b),
            None => Ok(Obj::NULL),
        },
        BinaryOp::Multiply => match sequence::times(vm, right)? {
            Some(1) if left.is_exact(&TYPE) => Ok(left),
            Some(times) => repeated(vm, a, times),
            None => Ok(Obj::NULL),
        },
        BinaryOp::Contains => {
            let found = sequence::find(vm, right, 0, a.len(), |at| a.get(at).copied())?;
            Ok(Obj::bool(found.is_some()))
        }
        op if sequence::is_comparison(op) => {
            let Some(b) = items(right) else { return Ok(Obj::NULL) };
            if op == BinaryOp::Equal && a.len() != b.len() {
                return Ok(Obj::FALSE);
            }
            sequence::compare(vm, op, |at| a.get(at).copied(), |at| b.get(at).copied())
        }
        _ => Ok(Obj::NULL),
    }
}

/// `3 * (1, 2)`; also for types that have the layout of tuple.
pub fn reflected(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    if op == BinaryOp::Multiply { binary(vm, op, right, left) } else { Ok(Obj::NULL) }
}

fn joined(vm: &mut Vm, a: &[Obj], b: &[Obj]) -> Res {
    let body = Tuple { len: a.len() + b.len() };
    let tuple = Gc::alloc_with_tail(vm, TypeRef::of(&TYPE), body, size_of_val(a) + size_of_val(b))?;
    for (at, item) in a.iter().chain(b).enumerate() {
        tuple.tail_set(at, *item);
    }
    Ok(tuple.obj())
}

fn repeated(vm: &mut Vm, items: &[Obj], times: isize) -> Res {
    let times = times.max(0) as usize;
    let Some(bytes) = size_of_val(items).checked_mul(times) else { return Err(vm.memory_error()) };
    let body = Tuple { len: items.len() * times };
    let tuple = Gc::alloc_with_tail(vm, TypeRef::of(&TYPE), body, bytes)?;
    for round in 0..if items.is_empty() { 0 } else { times } {
        for (at, item) in items.iter().enumerate() {
            tuple.tail_set(round * items.len() + at, *item);
        }
    }
    Ok(tuple.obj())
}

/// `tuple[index]`; also for types that have the layout of tuple.
pub fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    let Some(items) = items(obj) else { return Ok(Obj::NULL) };
    if let Some(slice) = Gc::<Slice>::from_obj(index) {
        let all = slice::indices(vm, slice, items.len())?;
        if all.step == 1 {
            let part = items.get(all.start as usize..all.start as usize + all.count).unwrap_or(&[]);
            return if part.len() == items.len() && obj.is_exact(&TYPE) { Ok(obj) } else { new(vm, part) };
        }
        let part = GcVec::with_capacity(vm, all.count)?;
        for at in 0..all.count {
            if let Some(item) = items.get(all.nth(at)) {
                part.push(vm, *item)?;
            }
        }
        return new(vm, part.slice());
    }
    let at = sequence::index_of(vm, obj, index)?;
    match sequence::wrap(at, items.len()).and_then(|at| items.get(at)) {
        Some(item) => Ok(*item),
        None => Err(sequence::out_of_range(vm, obj)),
    }
}

fn count(vm: &mut Vm, this: Obj, item: Obj) -> Res {
    let tuple = sequence::this::<Tuple>(vm, this)?;
    let items = tuple.tail_objs(tuple.len);
    sequence::count(vm, item, |at| items.get(at).copied())
}

fn index(vm: &mut Vm, args: &[Obj]) -> Res {
    let [this, rest @ ..] = args else { return Ok(Obj::NULL) };
    let tuple = sequence::this::<Tuple>(vm, *this)?;
    let items = tuple.tail_objs(tuple.len);
    sequence::index_method(vm, rest, || items.len(), |at| items.get(at).copied())
}
