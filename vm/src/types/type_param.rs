//! Type parameters: `T`, `*Ts` and `**P` between the brackets of a definition, or made by `typing.TypeVar` and its kin.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::{alias, str, tuple};
use crate::value::{Args, Entry, Gc, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, fun1, row};

/// Body of a type parameter.
pub struct TypeParam {
    name: Obj,
    bound: Lazy,
    default: Lazy,
    /// `typing.TypeVar(name, *constraints)`; `Obj::NULL` for a parameter of a definition, whose bound may be a tuple of them.
    constraints: Obj,
}

impl Object for TypeParam {
    const TYPE: &'static Type = &TYPE_VAR;
}

/// A value made when it is asked for.
pub struct Lazy {
    /// The function that makes it; `Obj::NULL` when it is made.
    make: Cell<Obj>,
    value: Cell<Obj>,
}

impl Lazy {
    /// What `make` will give; None gives `absent`.
    pub fn new(make: Obj, absent: Obj) -> Lazy {
        let make = if make.is_none() { Obj::NULL } else { make };
        Lazy { make: Cell::new(make), value: Cell::new(absent) }
    }

    /// The value.
    pub fn get(&self, vm: &mut Vm) -> Res {
        let make = self.make.get();
        if !make.is_null() {
            let value = vm.call_pos(make, &[])?;
            self.value.set(value);
            self.make.set(Obj::NULL);
        }
        Ok(self.value.get())
    }
}

/// `typing.TypeVar`
pub static TYPE_VAR: Type = Type { make: Some(make), table: TABLE, ..kind(q!("TypeVar")) };

/// `typing.TypeVarTuple`
pub static TYPE_VAR_TUPLE: Type = Type { iter: Some(iter), ..plain(q!("TypeVarTuple")) };

/// `typing.ParamSpec`
pub static PARAM_SPEC: Type = plain(q!("ParamSpec"));

/// `typing.NoDefault`: what a parameter without a default has as such.
pub static NO_DEFAULT: Type = Type::new(q!("NoDefault"));

const fn kind(name: Qstr) -> Type {
    Type { print: Some(print), binary: Some(alias::union), reflected: Some(alias::union), ..Type::new(name) }
}

const fn plain(name: Qstr) -> Type {
    Type { layout: Some(TypeRef::of(&TYPE_VAR)), make: Some(make_plain), table: PLAIN, ..kind(name) }
}

const NAME: Entry = row(q!("__name__"), Rom::Get(|_, obj| Ok(this(obj).map_or(Obj::NONE, |param| param.name))));
const DEFAULT: Entry = row(q!("__default__"), Rom::Get(default));
const HAS_DEFAULT: Entry = row(q!("has_default"), fun1(has_default));

static TABLE: &[Entry] = &[
    NAME,
    DEFAULT,
    HAS_DEFAULT,
    row(q!("__bound__"), Rom::Get(bound)),
    row(q!("__constraints__"), Rom::Get(constraints)),
];

static PLAIN: &[Entry] = &[NAME, DEFAULT, HAS_DEFAULT];

/// A parameter of a definition: `(kind, name, bound, default)`, the last two functions or None.
pub fn declared(vm: &mut Vm, args: &[Obj]) -> Res {
    let [kind, name, bound, default] = *args else { return Ok(Obj::NULL) };
    let ty = match kind.as_small() {
        Some(0) => &TYPE_VAR,
        Some(1) => &TYPE_VAR_TUPLE,
        Some(_) | None => &PARAM_SPEC,
    };
    let bound = Lazy::new(bound, Obj::NONE);
    let default = Lazy::new(default, TypeRef::of(&NO_DEFAULT).obj());
    let param = TypeParam { name, bound, default, constraints: Obj::NULL };
    Ok(Gc::alloc_as(vm, TypeRef::of(ty), param)?.obj())
}

/// `TypeVar(name, *constraints, bound=None, default=NoDefault)`; what says its variance is for checkers of types.
fn make(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    let [name, constraints @ ..] = args.pos else {
        return vm.check_count(0, 1, usize::MAX).map(|()| Obj::NULL);
    };
    if !str::is_str(*name) {
        return Err(vm.type_error(format_args!("a type parameter's name must be a str")));
    }
    let constraints = tuple::new(vm, constraints)?;
    let bound = Lazy::new(Obj::NULL, args.keyword(q!("bound")).unwrap_or(Obj::NONE));
    let absent = TypeRef::of(&NO_DEFAULT).obj();
    let default = Lazy::new(Obj::NULL, args.keyword(q!("default")).unwrap_or(absent));
    Ok(Gc::alloc_as(vm, ty, TypeParam { name: *name, bound, default, constraints })?.obj())
}

/// `TypeVarTuple(name, default=NoDefault)`, `ParamSpec(name, bound=None, default=NoDefault)`
fn make_plain(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    vm.check_count(args.pos.len(), 1, 1)?;
    make(vm, ty, args)
}

fn this(obj: Obj) -> Option<Gc<TypeParam>> {
    Gc::from_obj(obj)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(param) = this(obj) else { return Ok(()) };
    // Those that a program makes itself say that their variance is not inferred.
    if !param.constraints.is_null() && obj.type_of() != TypeRef::of(&TYPE_VAR_TUPLE) {
        sink.write(vm, "~")?;
    }
    vm.print(sink, param.name, PrintKind::Str)
}

fn default(vm: &mut Vm, obj: Obj) -> Res {
    match this(obj) {
        Some(param) => param.default.get(vm),
        None => Ok(Obj::NULL),
    }
}

fn has_default(vm: &mut Vm, obj: Obj) -> Res {
    Ok(Obj::bool(default(vm, obj)? != TypeRef::of(&NO_DEFAULT).obj()))
}

/// What stands behind the colon, a tuple of constraints or a bound.
fn limit(vm: &mut Vm, obj: Obj) -> Res {
    match this(obj) {
        Some(param) => param.bound.get(vm),
        None => Ok(Obj::NULL),
    }
}

fn bound(vm: &mut Vm, obj: Obj) -> Res {
    let limit = limit(vm, obj)?;
    Ok(if tuple::items(limit).is_some() { Obj::NONE } else { limit })
}

fn constraints(vm: &mut Vm, obj: Obj) -> Res {
    let own = this(obj).map_or(Obj::NULL, |param| param.constraints);
    if !own.is_null() {
        return Ok(own);
    }
    let limit = limit(vm, obj)?;
    if tuple::items(limit).is_some() { Ok(limit) } else { tuple::new(vm, &[]) }
}

/// `*Ts` in a subscript: the parameter itself stands for its members.
fn iter(vm: &mut Vm, obj: Obj) -> Res {
    let one = tuple::new(vm, &[obj])?;
    vm.iter(one)
}
