//! frozenset: a set that cannot change, and so can be a key. What it does is in `set`.

use crate::Vm;
use crate::q;
use crate::types::set;
use crate::value::{Args, Entry, Flags, Gc, Res, Type, TypeRef, fun1, fun2, row, var};

/// `frozenset`
pub static TYPE: Type = Type {
    flags: Flags::BASE.with(Flags::SIZED).with(Flags::ALGEBRA).with(Flags::MERGES),
    layout: Some(TypeRef::of(&set::TYPE)),
    make: Some(make),
    print: Some(set::print),
    unary: Some(set::unary),
    binary: Some(set::binary),
    iter: Some(set::over_items),
    table: TABLE,
    ..Type::new(q!("frozenset"))
};

static TABLE: &[Entry] = &[
    row(q!("copy"), fun1(set::copy)),
    row(q!("union"), var(1, usize::MAX, set::union)),
    row(q!("intersection"), var(1, usize::MAX, set::intersection)),
    row(q!("difference"), var(1, usize::MAX, set::difference)),
    row(q!("symmetric_difference"), fun2(set::symmetric_difference)),
    row(q!("isdisjoint"), fun2(set::is_disjoint)),
    row(q!("issubset"), fun2(set::is_subset)),
    row(q!("issuperset"), fun2(set::is_superset)),
];

fn make(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 0, 1)?;
    match args.pos.first() {
        None => set::empty(vm, ty).map(Gc::obj),
        Some(same) if same.is_exact(&TYPE) => Ok(*same),
        Some(iterable) => set::fill(vm, ty, *iterable).map(Gc::obj),
    }
}
