//! super: attributes of an object as a class's successors in the order see them.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::class::{self, Found};
use crate::types::{exception, instance};
use crate::value::{Args, Entry, Gc, Method, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, put, row, var};

/// Body of a super object.
pub struct Super {
    /// The class whose successors are asked.
    after: TypeRef,
    /// The object, or the class when a class method asks.
    this: Obj,
}

impl Object for Super {
    const TYPE: &'static Type = &TYPE;
}

/// `super`
pub static TYPE: Type =
    Type { make: Some(make), print: Some(print), get_attr: Some(get_attr), table: TABLE, ..Type::new(q!("super")) };

static TABLE: &[Entry] = &[row(q!("__get__"), var(2, 3, get_method))];

/// `super(after, this)`; compiled code supplies both for `super()`.
pub fn new(vm: &mut Vm, after: Obj, this: Obj) -> Res {
    let Some(after) = TypeRef::from_obj(after) else {
        return Err(vm.type_error(format_args!("super() argument 1 must be type")));
    };
    let is_class = TypeRef::from_obj(this).is_some_and(|ty| class::is_subclass(ty, after));
    if !is_class && !class::is_subclass(this.type_of(), after) {
        return Err(vm.type_error(format_args!("super(type, obj): obj must be an instance or subtype of type")));
    }
    Ok(Gc::alloc(vm, Super { after, this })?.obj())
}

fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 2)?;
    match (args.pos, TypeRef::from_obj(args.pos[0])) {
        // Without an object it waits until it is bound to one.
        ([_], Some(after)) => Ok(Gc::alloc(vm, Super { after, this: Obj::NONE })?.obj()),
        ([after, this], _) => new(vm, *after, *this),
        _ => new(vm, args.pos[0], Obj::NONE),
    }
}

/// `super(after).__get__(this)`
fn get_method(vm: &mut Vm, args: &[Obj]) -> Res {
    match Gc::<Super>::from_obj(args[0]) {
        Some(body) if body.this.is_none() && !args[1].is_none() => new(vm, body.after.obj(), args[1]),
        Some(_) | None => Ok(args[0]),
    }
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(this) = Gc::<Super>::from_obj(obj) else { return Ok(()) };
    put(vm, sink, format_args!("<super: "))?;
    vm.print(sink, this.after.obj(), PrintKind::Str)?;
    put(vm, sink, format_args!(", "))?;
    vm.print(sink, this.this, PrintKind::Str)?;
    put(vm, sink, format_args!(">"))
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(body) = Gc::<Super>::from_obj(obj) else { return Ok(Obj::NULL) };
    if name == q!("__class__") {
        return Ok(TypeRef::of(&TYPE).obj());
    }
    if body.this.is_none() && body.after != TypeRef::of(&super::none::TYPE) {
        return Ok(if name == q!("__thisclass__") { body.after.obj() } else { Obj::NULL });
    }
    match method(vm, body.after, body.this, name)? {
        Some(method) => vm.bound(method),
        None if name == q!("__thisclass__") => Ok(body.after.obj()),
        None if name == q!("__self__") => Ok(body.this),
        None if name == q!("__self_class__") => {
            let is_class = TypeRef::from_obj(body.this).is_some_and(|ty| class::is_subclass(ty, body.after));
            Ok(if is_class { body.this } else { body.this.type_of().obj() })
        }
        None => Ok(Obj::NULL),
    }
}

/// Attribute `name` of `this`, looked for after class `after`, taken apart for a call; `None` if there is none.
pub fn method(vm: &mut Vm, after: TypeRef, this: Obj, name: Qstr) -> Res<Option<Method>> {
    let plain = |function| Ok(Some(Method { function, this: Obj::NULL }));
    // A class as second argument stands for itself (class methods, __new__), unless it is an instance of the first.
    if let Some(ty) = TypeRef::from_obj(this)
        && class::is_subclass(ty, after)
    {
        return match class::lookup_after(vm, ty, after, name) {
            Some(found) => plain(class::through_class(vm, found, ty)?),
            None => Ok(None),
        };
    }
    let ty = this.type_of();
    match class::lookup_after(vm, ty, after, name) {
        Some(Found::Rom(Rom::Fun(builtin))) => {
            let this = if instance::takes_instance(builtin, name) { this } else { inner(vm, this)? };
            Ok(Some(Method { function: builtin.obj(), this }))
        }
        Some(Found::Rom(Rom::Get(get))) => {
            let this = inner(vm, this)?;
            plain(get(vm, this)?)
        }
        Some(found) => vm.bind(found, this, ty).map(Some),
        None => Ok(None),
    }
}

/// What a method of a built-in base works on: the value inside an instance, or the object itself.
fn inner(vm: &mut Vm, this: Obj) -> Res {
    if exception::is_exception(this) {
        return Ok(this);
    }
    Ok(instance::native_or_make(vm, this)?.unwrap_or(this))
}
