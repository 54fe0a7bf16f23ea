//! super: attributes of an object as a class's successors in the order see them.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::boundmethod::BoundMethod;
use crate::types::class::{self, Found};
use crate::types::{exception, instance, object};
use crate::value::{Args, Gc, Method, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, put};

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
    Type { make: Some(make), print: Some(print), get_attr: Some(get_attr), ..Type::new(q!("super")) };

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
    vm.check_count(args.pos.len(), 2, 2)?;
    new(vm, args.pos[0], args.pos[1])
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
    match method(vm, body.after, body.this, name)? {
        Some(method) if method.this.is_null() => Ok(method.function),
        Some(method) => Ok(Gc::alloc(vm, BoundMethod { function: method.function, this: method.this })?.obj()),
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
            let this = if belongs_to_object(name) { this } else { inner(vm, this)? };
            Ok(Some(Method { function: builtin.obj(), this }))
        }
        Some(found) => vm.bind(found, this, ty).map(Some),
        None => Ok(None),
    }
}

/// Whether a method comes from `object`, so that it takes the instance and not the built-in value inside.
fn belongs_to_object(name: Qstr) -> bool {
    crate::value::Entry::find(object::TYPE.table, name).is_some()
}

/// What a method of a built-in base works on: the value inside an instance, or the object itself.
fn inner(vm: &mut Vm, this: Obj) -> Res {
    if exception::is_exception(this) {
        return Ok(this);
    }
    Ok(instance::native_or_make(vm, this)?.unwrap_or(this))
}
