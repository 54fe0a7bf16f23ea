//! object: the root of all classes.

use crate::Vm;
use crate::q;
use crate::types::list::List;
use crate::types::{instance, str};
use crate::value::{
    Args, BinaryOp, Builtin, Entry, Flags, Gc, GcVec, Obj, Object, PrintKind, Res, Rom, Sig, Sink, Type, TypeRef, fun1,
    fun2, fun3, kw, put, row,
};

/// Body of a bare `object()`.
pub struct Bare {
    _nothing: usize,
}

impl Object for Bare {
    const TYPE: &'static Type = &TYPE;
}

/// `object`
pub static TYPE: Type =
    Type { flags: Flags::BASE, make: Some(make), print: Some(print), table: TABLE, ..Type::new(q!("object")) };

static TABLE: &[Entry] = &[
    row(q!("__init__"), kw(1, init)),
    row(q!("__new__"), Rom::Static(Builtin::new(Sig::Kw(1, new)))),
    row(q!("__setattr__"), fun3(set_attr)),
    row(q!("__delattr__"), fun2(delete_attr)),
    row(q!("__getattribute__"), fun2(get_attribute)),
    row(q!("__init_subclass__"), Rom::Class(Builtin::new(Sig::Kw(1, init_subclass)))),
    row(q!("__repr__"), fun1(repr)),
    row(q!("__str__"), fun1(to_str)),
    row(q!("__eq__"), fun2(equal)),
    row(q!("__ne__"), fun2(not_equal)),
    row(q!("__hash__"), fun1(hash)),
    row(q!("__format__"), fun2(format)),
    row(q!("__dir__"), fun1(crate::modules::builtins::plain_dir)),
    row(q!("__sizeof__"), fun1(size_of_object)),
    row(q!("__doc__"), Rom::Word(Obj::NONE)),
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
        let made = instance::native(*this).is_some() && !instance::is_mutable(base);
        if !made || !rest.is_empty() {
            instance::init_native(vm, *this, base, Args { pos: rest, kw: args.kw })?;
        }
    } else if this.type_of().flags.has(Flags::EXCEPTION)
        && let Some(exception) = Gc::<super::exception::Exception>::from_obj(*this)
    {
        let all = super::tuple::new(vm, rest)?;
        exception.args.set(all);
    } else {
        refill(vm, *this, Args { pos: rest, kw: args.kw })?;
    }
    Ok(Obj::NONE)
}

/// `list.__init__` and the like, called by a program: what was inside makes room for new items; a dict keeps its own too.
fn refill(vm: &mut Vm, this: Obj, args: Args<'_>) -> Res<()> {
    let ty = this.type_of();
    let Some(make) = ty.make.filter(|_| instance::is_mutable(ty)) else { return Ok(()) };
    let new = make(vm, ty, args)?;
    if let (Some(to), Some(from)) = (Gc::<List>::from_obj(this), Gc::<List>::from_obj(new)) {
        to.items.take_from(&from.items);
    } else if let (Some(to), Some(from)) = (super::dict::map(this), super::dict::map(new)) {
        to.update(vm, from)?;
    } else if let (Some(to), Some(from)) = (super::set::map(this), super::set::map(new)) {
        to.take_from(from);
    } else if let (Some(to), Some(from)) = (super::bytearray::items(this), super::bytearray::items(new)) {
        to.take_from(from);
    }
    Ok(())
}

fn new(vm: &mut Vm, args: Args<'_>) -> Res {
    let Some(ty) = args.pos.first().and_then(|first| TypeRef::from_obj(*first)) else {
        return Err(vm.type_error(format_args!("__new__ arg must be a user-type")));
    };
    if ty.flags.has(Flags::EXCEPTION) {
        return super::exception::construct(vm, ty, args.pos.get(1..).unwrap_or(&[]));
    }
    match ty.class {
        Some(part) if ty.flags.has(Flags::INSTANCE) => {
            let obj = instance::new(vm, ty, part)?.obj();
            // The value of an immutable base is what __new__ makes of the arguments.
            if let Some(base) = ty.base
                && !instance::is_mutable(base)
            {
                instance::init_native(vm, obj, base, Args { pos: args.pos.get(1..).unwrap_or(&[]), kw: args.kw })?;
            }
            Ok(obj)
        }
        None if ty != TypeRef::of(&TYPE) => Err(vm.type_error(format_args!("__new__ arg must be a user-type"))),
        None | Some(_) => make_native(vm, ty, args),
    }
}

/// What `int.__new__` and the like are: built-in types make their own instances, which `object.__new__` does not.
pub static NEW_NATIVE: Rom = Rom::Static(Builtin::new(Sig::Kw(1, new_native)));

fn new_native(vm: &mut Vm, args: Args<'_>) -> Res {
    match args.pos.first().and_then(|first| TypeRef::from_obj(*first)) {
        Some(ty) if ty.class.is_none() && !ty.flags.has(Flags::EXCEPTION) => make_native(vm, ty, args),
        Some(_) | None => new(vm, args),
    }
}

fn make_native(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    match ty.make {
        Some(make) => make(vm, ty, Args { pos: args.pos.get(1..).unwrap_or(&[]), kw: args.kw }),
        None => Err(vm.type_error(format_args!("__new__ arg must be a user-type"))),
    }
}

fn set_attr(vm: &mut Vm, this: Obj, name: Obj, value: Obj) -> Res {
    if str::bytes_of(vm, name).is_none() {
        return Err(vm.type_error(format_args!("attribute name must be string")));
    }
    store(vm, this, name, value)
}

fn store(vm: &mut Vm, this: Obj, name: Obj, value: Obj) -> Res {
    let Some(name) = str::intern(vm, name)? else {
        return Err(vm.type_error(format_args!("attribute name must be string")));
    };
    match Gc::<instance::Instance>::from_obj(this) {
        Some(instance) => {
            if !instance::set_plain(vm, instance, name, value)? {
                return Err(vm.no_attribute(this, name));
            }
        }
        None if TypeRef::from_obj(this).is_some() => {
            return Err(vm.type_error(format_args!("can't apply this __setattr__ to a class")));
        }
        None => vm.set_attr(this, name, value)?,
    }
    Ok(Obj::NONE)
}

fn size_of_object(vm: &mut Vm, this: Obj) -> Res {
    let slot = this.type_of().unary.filter(|_| !this.type_of().flags.has(Flags::INSTANCE));
    let size = match slot {
        Some(unary) => unary(vm, crate::value::UnaryOp::SizeOf, this)?,
        None => Obj::NULL,
    };
    Ok(size.non_null().unwrap_or(Obj::small_wrapping(size_of::<instance::Instance>() as isize)))
}

fn delete_attr(vm: &mut Vm, this: Obj, name: Obj) -> Res {
    store(vm, this, name, Obj::NULL)
}

fn init_subclass(vm: &mut Vm, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    Ok(Obj::NONE)
}

fn get_attribute(vm: &mut Vm, this: Obj, name: Obj) -> Res {
    let Some(name) = str::intern(vm, name)? else {
        return Err(vm.type_error(format_args!("attribute name must be string")));
    };
    let Some(instance) = Gc::<instance::Instance>::from_obj(this) else { return vm.get_attr(this, name) };
    let value = instance::get_generic(vm, instance, name)?;
    if value.is_null() { Err(vm.no_attribute(this, name)) } else { Ok(value) }
}

/// Writes `this` as if its class had no `__repr__` and `__str__` of its own.
fn print_plain(vm: &mut Vm, this: Obj, kind: PrintKind) -> Res {
    if let Some(value) = instance::native(this) {
        return if kind == PrintKind::Str { str::str_of(vm, value) } else { str::repr_of(vm, value) };
    }
    let mut text = str::Bytes(GcVec::new());
    if super::exception::is_exception(this) {
        super::exception::print_plain(vm, &mut text, this, kind)?;
    } else if this.type_of().flags.has(Flags::INSTANCE) {
        let name = vm.type_name(this);
        put(vm, &mut text, format_args!("<{name} object at {:x}>", this.bits()))?;
    } else {
        vm.print(&mut text, this, kind)?;
    }
    str::new(vm, core::str::from_utf8(text.0.slice()).unwrap_or(""))
}

fn repr(vm: &mut Vm, this: Obj) -> Res {
    print_plain(vm, this, PrintKind::Repr)
}

fn to_str(vm: &mut Vm, this: Obj) -> Res {
    // str() of an object is its repr(), which its class may define.
    if this.type_of().flags.has(Flags::INSTANCE) && instance::native(this).is_none() {
        return str::repr_of(vm, this);
    }
    print_plain(vm, this, PrintKind::Str)
}

fn equal(vm: &mut Vm, this: Obj, other: Obj) -> Res {
    if this == other {
        return Ok(Obj::TRUE);
    }
    match instance::native(this) {
        Some(value) => vm.compare_equal(value, instance::native(other).unwrap_or(other)),
        None => Ok(Obj::NOT_IMPLEMENTED),
    }
}

fn not_equal(vm: &mut Vm, this: Obj, other: Obj) -> Res {
    if this.type_of().flags.has(Flags::INSTANCE) {
        let answer = vm.compare_equal(this, other)?;
        return Ok(Obj::bool(!vm.truth(answer)?));
    }
    vm.binary(BinaryOp::NotEqual, this, other)
}

fn hash(vm: &mut Vm, this: Obj) -> Res {
    match instance::native(this) {
        Some(value) => Ok(Obj::small_wrapping(vm.hash(value)? as isize)),
        None if this.type_of().flags.has(Flags::INSTANCE) => Ok(Obj::small_wrapping((this.bits() >> 3) as isize)),
        None => Ok(Obj::small_wrapping(vm.hash(this)? as isize)),
    }
}

fn format(vm: &mut Vm, this: Obj, spec: Obj) -> Res {
    if str::bytes_of(vm, spec).is_some_and(<[u8]>::is_empty) {
        return str::str_of(vm, this);
    }
    let text = match instance::native(this) {
        Some(value) => value,
        None => str::str_of(vm, this)?,
    };
    crate::modules::builtins::format_value(vm, &[text, spec])
}
