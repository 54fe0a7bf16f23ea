//! deque: a row of values that grows and shrinks at both ends, a ring in memory.

mod inside;
mod walk;

use inside::{count, index, insert, remove, reverse, rotate};
use walk::Watched;
pub use walk::left;

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::{exception, int, reversed, sequence};
use crate::value::{
    Args, BinaryOp, Entry, Flags, Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, UnaryOp, fun1, fun2,
    fun3, put, row, var,
};

/// Body of a deque.
pub struct Deque {
    /// The ring; its length is 0 or a power of two.
    ring: GcVec<Obj>,
    /// Place of the first item.
    start: Cell<usize>,
    len: Cell<usize>,
    /// Most items it may have; `usize::MAX` for no limit.
    max: usize,
    /// Whether adding to a full deque raises, instead of dropping an item at the other end.
    checked: bool,
}

impl Object for Deque {
    const TYPE: &'static Type = &TYPE;
}

/// `deque`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SEQUENCE).with(Flags::MUTABLE),
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    reflected: Some(reflected),
    get_attr: Some(get_attr),
    get_item: Some(get_item),
    set_item: Some(set_item),
    iter: Some(walk::over_items),
    table: TABLE,
    ..Type::new(q!("deque"))
};

static TABLE: &[Entry] = &[
    row(q!("append"), fun2(append)),
    row(q!("appendleft"), fun2(append_left)),
    row(q!("pop"), fun1(pop)),
    row(q!("popleft"), fun1(pop_left)),
    row(q!("extend"), fun2(extend)),
    row(q!("extendleft"), fun2(extend_left)),
    row(q!("clear"), fun1(clear)),
    row(q!("copy"), fun1(copy)),
    row(q!("count"), fun2(count)),
    row(q!("index"), var(2, 4, index)),
    row(q!("insert"), fun3(insert)),
    row(q!("remove"), fun2(remove)),
    row(q!("reverse"), fun1(reverse)),
    row(q!("rotate"), var(1, 2, rotate)),
    row(q!("__copy__"), fun1(copy)),
    row(q!("__reversed__"), fun1(reversed::over)),
];

impl Deque {
    /// Where the items begin and how many they are: another answer says that the deque has changed.
    fn extent(&self) -> (usize, usize) {
        (self.start.get(), self.len.get())
    }

    fn get(&self, at: usize) -> Option<Obj> {
        if at < self.len.get() { self.ring.get(self.place(at)) } else { None }
    }

    fn set(&self, at: usize, item: Obj) {
        if at < self.len.get() {
            self.ring.set(self.place(at), item);
        }
    }

    #[inline(always)]
    fn place(&self, at: usize) -> usize {
        self.start.get().wrapping_add(at) & self.ring.len().wrapping_sub(1)
    }

    /// Makes room for one more item; false if the limit forbids any.
    fn make_room(&self, vm: &mut Vm, at_end: bool) -> Res<bool> {
        if self.len.get() >= self.max {
            if self.checked {
                return Err(vm.index_error(format_args!("full")));
            }
            if self.max == 0 {
                return Ok(false);
            }
            if at_end {
                self.take_first()
            } else {
                self.take_last()
            };
        }
        if self.len.get() == self.ring.len() {
            let ring = GcVec::new();
            ring.resize(vm, (self.ring.len() * 2).max(4), Obj::NULL)?;
            for at in 0..self.len.get() {
                ring.set(at, self.get(at).unwrap_or(Obj::NULL));
            }
            self.ring.take_from(&ring);
            self.start.set(0);
        }
        Ok(true)
    }

    fn push(&self, vm: &mut Vm, item: Obj) -> Res<()> {
        if self.make_room(vm, true)? {
            self.len.set(self.len.get() + 1);
            self.set(self.len.get() - 1, item);
        }
        Ok(())
    }

    fn push_first(&self, vm: &mut Vm, item: Obj) -> Res<()> {
        if self.make_room(vm, false)? {
            self.start.set(self.start.get().wrapping_sub(1));
            self.len.set(self.len.get() + 1);
            self.set(0, item);
        }
        Ok(())
    }

    fn take_first(&self) -> Option<Obj> {
        let item = self.get(0)?;
        self.set(0, Obj::NULL);
        self.start.set(self.start.get().wrapping_add(1));
        self.len.set(self.len.get() - 1);
        Some(item)
    }

    fn take_last(&self) -> Option<Obj> {
        let item = self.get(self.len.get().wrapping_sub(1))?;
        self.set(self.len.get() - 1, Obj::NULL);
        self.len.set(self.len.get() - 1);
        Some(item)
    }

    /// Fills an empty deque with the items of another, `times` over.
    fn repeat(&self, vm: &mut Vm, from: Gc<Deque>, times: isize) -> Res<()> {
        let len = from.len.get();
        let Some(all) = len.checked_mul(usize::try_from(times).unwrap_or(0)) else { return Err(vm.memory_error()) };
        // What a limit would drop again need not be added.
        for at in all.saturating_sub(self.max)..all {
            if let Some(item) = from.get(at % len) {
                self.push(vm, item)?;
            }
        }
        Ok(())
    }

    fn remove_at(&self, at: usize) {
        for next in at + 1..self.len.get() {
            if let Some(item) = self.get(next) {
                self.set(next - 1, item);
            }
        }
        self.take_last();
    }
}

fn new(vm: &mut Vm, max: usize, checked: bool) -> Res<Gc<Deque>> {
    Gc::alloc(vm, Deque { ring: GcVec::new(), start: Cell::new(0), len: Cell::new(0), max, checked })
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut values = [Obj::name(q!("")), Obj::NONE, Obj::small_wrapping(0)];
    vm.bind_args(args, &[q!("iterable"), q!("maxlen"), q!("flags")], 3, &mut values)?;
    let [iterable, max, flags] = values;
    let max = if max.is_none() {
        usize::MAX
    } else if !int::is_int(max) {
        return Err(vm.type_error(format_args!("an integer is required")));
    } else {
        match usize::try_from(int::index(vm, max)?) {
            Ok(max) => max,
            Err(_) => return Err(vm.value_error(format_args!("maxlen must be non-negative"))),
        }
    };
    let checked = sequence::int_of(vm, flags)? & 1 != 0;
    let deque = new(vm, max, checked)?;
    sequence::iterate(vm, iterable, |vm, item| deque.push(vm, item))?;
    Ok(deque.obj())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(deque) = Gc::<Deque>::from_obj(obj) else { return Ok(()) };
    sequence::print_once(vm, sink, obj, "[...]", |vm, sink| {
        sink.write(vm, "deque([")?;
        sequence::print_items(vm, sink, |at| deque.get(at))?;
        if deque.max == usize::MAX {
            return sink.write(vm, "])");
        }
        put(vm, sink, format_args!("], maxlen={})", deque.max))
    })
}

fn unary(_: &mut Vm, op: UnaryOp, obj: Obj) -> Res {
    let Some(deque) = Gc::<Deque>::from_obj(obj) else { return Ok(Obj::NULL) };
    Ok(match op {
        UnaryOp::Len => Obj::small_wrapping(deque.len.get() as isize),
        UnaryOp::Bool => Obj::bool(deque.len.get() > 0),
        UnaryOp::SizeOf => {
            Obj::small_wrapping((size_of::<Deque>() + size_of::<usize>() * (1 + deque.ring.capacity())) as isize)
        }
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
    let Some(a) = Gc::<Deque>::from_obj(left) else { return Ok(Obj::NULL) };
    match op {
        BinaryOp::Contains => {
            let watched = Watched::new(a);
            let found = sequence::find(vm, right, 0, usize::MAX, |at| watched.get(at))?;
            watched.check(vm)?;
            Ok(Obj::bool(found.is_some()))
        }
        BinaryOp::Add => {
            if Gc::<Deque>::from_obj(right).is_none() {
                return Ok(Obj::NULL);
            }
            let both = copy(vm, left)?;
            extend(vm, both, right)?;
            Ok(both)
        }
        BinaryOp::InplaceAdd => {
            extend(vm, left, right)?;
            Ok(left)
        }
        BinaryOp::Multiply => match sequence::times(vm, right)? {
            Some(times) => {
                let twin = new(vm, a.max, a.checked)?;
                twin.repeat(vm, a, times)?;
                Ok(twin.obj())
            }
            None => Ok(Obj::NULL),
        },
        BinaryOp::InplaceMultiply => match sequence::times(vm, right)? {
            Some(times) => {
                let twin = new(vm, a.max, a.checked)?;
                twin.repeat(vm, a, times)?;
                a.ring.take_from(&twin.ring);
                a.start.set(twin.start.get());
                a.len.set(twin.len.get());
                Ok(left)
            }
            None => Ok(Obj::NULL),
        },
        op if sequence::is_comparison(op) => {
            let Some(b) = Gc::<Deque>::from_obj(right) else { return Ok(Obj::NULL) };
            if op == BinaryOp::Equal && (left == right || a.len.get() != b.len.get()) {
                return Ok(Obj::bool(left == right));
            }
            let (a, b) = (Watched::new(a), Watched::new(b));
            let answer = sequence::compare(vm, op, |at| a.get(at), |at| b.get(at))?;
            a.check(vm)?;
            b.check(vm)?;
            Ok(Obj::bool(vm.truth(answer)?))
        }
        _ => Ok(Obj::NULL),
    }
}

fn reflected(vm: &mut Vm, op: BinaryOp, left: Obj, right: Obj) -> Res {
    if op == BinaryOp::Multiply { binary(vm, op, right, left) } else { Ok(Obj::NULL) }
}

fn get_attr(_: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(deque) = Gc::<Deque>::from_obj(obj) else { return Ok(Obj::NULL) };
    if name != q!("maxlen") {
        return Ok(Obj::NULL);
    }
    Ok(if deque.max == usize::MAX { Obj::NONE } else { Obj::small_wrapping(deque.max as isize) })
}

fn position(vm: &mut Vm, obj: Obj, deque: Gc<Deque>, index: Obj) -> Res<usize> {
    let at = sequence::index_of(vm, obj, index)?;
    match sequence::wrap(at, deque.len.get()) {
        Some(at) => Ok(at),
        None => Err(sequence::out_of_range(vm, obj)),
    }
}

fn get_item(vm: &mut Vm, obj: Obj, index: Obj) -> Res {
    let Some(deque) = Gc::<Deque>::from_obj(obj) else { return Ok(Obj::NULL) };
    let at = position(vm, obj, deque, index)?;
    Ok(deque.get(at).unwrap_or(Obj::NONE))
}

fn set_item(vm: &mut Vm, obj: Obj, index: Obj, value: Obj) -> Res<()> {
    let Some(deque) = Gc::<Deque>::from_obj(obj) else { return Ok(()) };
    let at = position(vm, obj, deque, index)?;
    if value.is_null() {
        deque.remove_at(at)
    } else {
        deque.set(at, value)
    }
    Ok(())
}

fn this(vm: &mut Vm, obj: Obj) -> Res<Gc<Deque>> {
    sequence::this::<Deque>(vm, obj)
}

fn append(vm: &mut Vm, obj: Obj, item: Obj) -> Res {
    this(vm, obj)?.push(vm, item)?;
    Ok(Obj::NONE)
}

fn append_left(vm: &mut Vm, obj: Obj, item: Obj) -> Res {
    this(vm, obj)?.push_first(vm, item)?;
    Ok(Obj::NONE)
}

fn taken(vm: &mut Vm, item: Option<Obj>) -> Res {
    match item {
        Some(item) => Ok(item),
        None => Err(vm.raise_new(&exception::INDEX_ERROR, format_args!("empty"))),
    }
}

fn pop(vm: &mut Vm, obj: Obj) -> Res {
    let item = this(vm, obj)?.take_last();
    taken(vm, item)
}

fn pop_left(vm: &mut Vm, obj: Obj) -> Res {
    let item = this(vm, obj)?.take_first();
    taken(vm, item)
}

/// What a deque is extended with: a copy if it is the deque itself.
fn apart(vm: &mut Vm, obj: Obj, iterable: Obj) -> Res {
    if obj == iterable { copy(vm, obj) } else { Ok(iterable) }
}

fn extend(vm: &mut Vm, obj: Obj, iterable: Obj) -> Res {
    let deque = this(vm, obj)?;
    let from = apart(vm, obj, iterable)?;
    sequence::iterate(vm, from, |vm, item| deque.push(vm, item))?;
    Ok(Obj::NONE)
}

fn extend_left(vm: &mut Vm, obj: Obj, iterable: Obj) -> Res {
    let deque = this(vm, obj)?;
    let from = apart(vm, obj, iterable)?;
    sequence::iterate(vm, from, |vm, item| deque.push_first(vm, item))?;
    Ok(Obj::NONE)
}

fn clear(vm: &mut Vm, obj: Obj) -> Res {
    let deque = this(vm, obj)?;
    deque.ring.clear();
    deque.len.set(0);
    Ok(Obj::NONE)
}

fn copy(vm: &mut Vm, obj: Obj) -> Res {
    let deque = this(vm, obj)?;
    let twin = new(vm, deque.max, deque.checked)?;
    for at in 0..deque.len.get() {
        if let Some(item) = deque.get(at) {
            twin.push(vm, item)?;
        }
    }
    Ok(twin.obj())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{method, repr, run};

    #[test]
    fn both_ends_and_the_middle() {
        run(|vm| {
            let int = Obj::small_wrapping;
            let deque = new(vm, usize::MAX, false).unwrap().obj();
            for at in 0..5 {
                append(vm, deque, int(at)).unwrap();
                append_left(vm, deque, int(-at)).unwrap();
            }
            assert_eq!(repr(vm, deque), "deque([-4, -3, -2, -1, 0, 0, 1, 2, 3, 4])");
            assert_eq!(method(vm, deque, "rotate", &[int(-3)]), "None");
            assert_eq!(repr(vm, deque), "deque([-1, 0, 0, 1, 2, 3, 4, -4, -3, -2])");
            assert_eq!(method(vm, deque, "remove", &[int(0)]), "None");
            assert_eq!(method(vm, deque, "insert", &[int(2), int(9)]), "None");
            assert_eq!(method(vm, deque, "index", &[int(9)]), "2");
            assert_eq!(method(vm, deque, "extend", &[deque]), "None");
            assert_eq!(method(vm, deque, "popleft", &[]), "-1");
            assert_eq!(method(vm, deque, "pop", &[]), "-2");
            assert_eq!(repr(vm, deque), "deque([0, 9, 1, 2, 3, 4, -4, -3, -2, -1, 0, 9, 1, 2, 3, 4, -4, -3])");
            assert_eq!(method(vm, deque, "clear", &[]), "None");
            assert_eq!(method(vm, deque, "pop", &[]), "IndexError: empty");
        });
    }

    #[test]
    fn limits() {
        run(|vm| {
            let int = Obj::small_wrapping;
            let (loose, tight) = (new(vm, 2, false).unwrap().obj(), new(vm, 2, true).unwrap().obj());
            for at in 0..2 {
                append(vm, loose, int(at)).unwrap();
                append(vm, tight, int(at)).unwrap();
            }
            assert_eq!(method(vm, loose, "append", &[int(2)]), "None");
            assert_eq!(method(vm, loose, "appendleft", &[int(7)]), "None");
            assert_eq!(repr(vm, loose), "deque([7, 1], maxlen=2)");
            assert_eq!(method(vm, tight, "append", &[int(2)]), "IndexError: full");
        });
    }
}
