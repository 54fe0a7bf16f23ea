//! object: the root of all classes.

use crate::Vm;
use crate::q;
use crate::types::{instance, str};
use crate::value::{Args, Entry, Flags, Gc, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, fun1, fun2, fun3, put, row};

/// Body of a bare `object()`.
pub struct Bare {
    _nothing: usize,
}

impl Object for Bare {
    const TYPE: &'static Type = &TYPE;
}

/// `object`
pub static TYPE: Type = Type { flags: Flags::BASE, make: Some(make), print: Some(print), table: TABLE, ..Type::new(q!("object")) };

static TABLE: &[Entry] = &[
    row(q!("__init__"), crate::value::kw(1, init)),
    row(q!("__new__"), crate::value::Rom::Static(crate::value::Builtin::new(crate::value::Sig::Kw(1, new)))),
    row(q!("__setattr__"), fun3(set_attr)),
    row(q!("__delattr__"), fun2(delete_attr)),
    row(q!("__init_subclass__"), crate::value::Rom::Class(crate::value::Builtin::new(crate::value::Sig::Kw(1, init_subclass)))),
    row(q!("__repr__"), fun1(repr)),
];

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 0, 0)?;
    Ok(Gc::alloc(vm, Bare { _nothing: 0 })?.obj())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    put(vm, sink, format_args!("<object>"))?;
    let _ = obj;
    Ok(())
}

/// `object.__init__`: what `super().__init__(...)` reaches; a built-in base makes its value from the arguments.
fn init(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, rest @ ..] = args.pos else { return Ok(Obj::NONE) };
    if let Some(base) = this.type_of().base
        && this.type_of().flags.has(Flags::INSTANCE)
    {
        instance::init_native(vm, *this, base, Args { pos: rest, kw: args.kw })?;
    } else if this.type_of().flags.has(Flags::EXCEPTION)
        && let Some(exception) = Gc::<super::exception::Exception>::from_obj(*this)
    {
        let all = super::tuple::new(vm, rest)?;
        exception.args.set(all);
    }
    Ok(Obj::NONE)
}

fn new(vm: &mut Vm, args: Args<'_>) -> Res {
    let Some(ty) = args.pos.first().and_then(|first| TypeRef::from_obj(*first)) else {
        return Err(vm.type_error(format_args!("__new__ arg must be a user-type")));
    };
    if ty.flags.has(Flags::EXCEPTION) {
        return super::exception::with_args(vm, ty, args.pos.get(1..).unwrap_or(&[]));
    }
    match ty.class {
        Some(part) if ty.flags.has(Flags::INSTANCE) => Ok(instance::new(vm, ty, part)?.obj()),
        Some(_) | None => match ty.make {
            Some(make) => make(vm, ty, Args { pos: args.pos.get(1..).unwrap_or(&[]), kw: args.kw }),
            None => Err(vm.type_error(format_args!("__new__ arg must be a user-type"))),
        },
    }
}

fn set_attr(vm: &mut Vm, this: Obj, name: Obj, value: Obj) -> Res {
    if let (Some(instance), Some(name)) = (Gc::<instance::Instance>::from_obj(this), str::intern(vm, name)?) {
        instance::set_plain(vm, instance, name, value)?;
    }
    Ok(Obj::NONE)
}

fn delete_attr(vm: &mut Vm, this: Obj, name: Obj) -> Res {
    if let (Some(instance), Some(name)) = (Gc::<instance::Instance>::from_obj(this), str::intern(vm, name)?)
        && !instance::set_plain(vm, instance, name, Obj::NULL)?
    {
        let text = vm.text_of_name(name);
        let ty = vm.type_name(this);
        return Err(vm.raise_new(&super::exception::ATTRIBUTE_ERROR, format_args!("'{ty}' object has no attribute '{text}'")));
    }
    Ok(Obj::NONE)
}

fn init_subclass(_: &mut Vm, _: Args<'_>) -> Res {
    Ok(Obj::NONE)
}

fn repr(vm: &mut Vm, this: Obj) -> Res {
    let name = vm.type_name(this);
    str::from_format(vm, format_args!("<{name} object at {:x}>", this.bits()))
}
