//! `struct.Struct`: a format with its size.

use super::{calcsize, iter_unpack, pack, pack_into, unpack, unpack_from};
use crate::Vm;
use crate::q;
use crate::types::sequence;
use crate::value::{Args, Entry, Flags, Gc, GcVec, Obj, Object, Res, Rom, Type, TypeRef, fun2, named, row, var};

/// Body of a Struct.
pub struct Struct {
    format: Obj,
    size: Obj,
}

impl Object for Struct {
    const TYPE: &'static Type = &TYPE;
}

/// `struct.Struct`
pub static TYPE: Type = Type { flags: Flags::BASE, make: Some(make), table: TABLE, ..Type::new(q!("Struct")) };

static TABLE: &[Entry] = &[
    row(q!("format"), Rom::Get(format)),
    row(q!("size"), Rom::Get(size)),
    row(q!("pack"), var(1, usize::MAX, |vm, args| with_format(vm, args, pack))),
    row(q!("pack_into"), var(3, usize::MAX, |vm, args| with_format(vm, args, pack_into))),
    row(q!("unpack"), fun2(|vm, this, buffer| with_format(vm, &[this, buffer], unpack))),
    row(
        q!("unpack_from"),
        named(1, &[(q!("buffer"), Obj::NULL), (q!("offset"), Obj::small_wrapping(0))], |vm, args| {
            with_format(vm, args, unpack_from)
        }),
    ),
    row(
        q!("iter_unpack"),
        fun2(|vm, this, buffer| with_format(vm, &[this, buffer], |vm, args| iter_unpack(vm, args[0], args[1]))),
    ),
];

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    let mut values = [Obj::NULL];
    vm.bind_args(args, &[q!("format")], 1, &mut values)?;
    let [format] = values;
    let size = calcsize(vm, format)?;
    Ok(Gc::alloc(vm, Struct { format, size })?.obj())
}

fn format(vm: &mut Vm, this: Obj) -> Res {
    Ok(sequence::this::<Struct>(vm, this)?.format)
}

fn size(vm: &mut Vm, this: Obj) -> Res {
    Ok(sequence::this::<Struct>(vm, this)?.size)
}

/// Calls a function of the module with the format in the place of the Struct.
fn with_format(vm: &mut Vm, args: &[Obj], function: fn(&mut Vm, &[Obj]) -> Res) -> Res {
    let all = GcVec::from_slice(vm, args)?;
    let this = args.first().copied().unwrap_or(Obj::NONE);
    all.set(0, sequence::this::<Struct>(vm, this)?.format);
    function(vm, all.slice())
}
