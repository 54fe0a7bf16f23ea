//! Instances of classes made by `class`: a shape that names the attributes, and slots that hold them.

mod items;

use items::buffer;
pub use items::item_inside;
pub(super) use items::{get_item, iter, next, set_item};

mod attrs;

use attrs::{get_attr, set_attr};
pub use attrs::{get_generic, set_plain, takes_instance};

mod own;

use own::{delete_own, dict_root, root, to_dict};
pub use own::{delete_slot, get_own, names, set_own, set_slot, step};

mod operators;

pub use operators::right_goes_first;
pub(super) use operators::{binary, reflected, unary};

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::class::{self, ClassPart, Found};
use crate::types::{dict, object};
use crate::value::{
    Args, BinaryOp, Flags, Gc, GcVec, Item, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, UnaryOp, put,
};

/// A hidden class: the attribute names of an instance, in the order they were first set.
pub struct Shape {
    /// The class; shapes are never shared between classes.
    pub ty: TypeRef,
    /// Names of the slots.
    pub names: GcVec<u32>,
    /// Whether slot 0, called `__dict__`, holds the attributes in a dict; other slots are those of `__slots__`.
    pub is_dict: bool,
    /// Shapes with one name more.
    next: GcVec<Step>,
}

/// A shape with one name more.
#[derive(Clone, Copy)]
struct Step {
    name: Qstr,
    to: Gc<Shape>,
}

impl Item for Step {
    const KIND: crate::gc::Kind = crate::gc::Kind::Scan;
}

impl Object for Shape {
    const TYPE: &'static Type = &SHAPE;
}

/// Type of shapes, which Python never sees.
static SHAPE: Type = Type::new(q!("shape"));

impl Shape {
    /// The slot of `name`.
    #[inline]
    pub fn find(&self, name: Qstr) -> Option<usize> {
        self.names.slice().iter().position(|other| *other == name.0)
    }
}

/// Body of an instance.
#[repr(C)]
pub struct Instance {
    /// Names of the attributes. Machine code and caches compare its address.
    pub shape: Cell<Gc<Shape>>,
    /// Values of the attributes, in the shape's order.
    pub slots: GcVec<Obj>,
    /// The built-in value inside, when the class derives from a built-in type; `Obj::NULL` otherwise.
    pub native: Cell<Obj>,
}

impl Object for Instance {
    const TYPE: &'static Type = &TYPE;
}

/// Layout of instances; never the type of a value itself.
pub static TYPE: Type = Type::new(q!("instance"));

/// Fills the slots of a class whose instances have this layout.
pub fn class_slots(ty: &mut Type) {
    ty.make = Some(make);
    ty.print = Some(print);
    ty.call = Some(call);
    ty.unary = Some(unary);
    ty.binary = Some(binary);
    ty.reflected = Some(reflected);
    ty.get_attr = Some(get_attr);
    ty.set_attr = Some(set_attr);
    ty.get_item = Some(get_item);
    ty.set_item = Some(set_item);
    ty.iter = Some(iter);
    ty.next = Some(next);
    ty.buffer = Some(buffer);
}

/// A new instance of `ty` without attributes.
pub fn new(vm: &mut Vm, ty: TypeRef, part: Gc<ClassPart>) -> Res<Gc<Instance>> {
    let root = root(vm, ty, part)?;
    let slots = GcVec::with_capacity(vm, part.slots.get())?;
    let body = Instance { shape: Cell::new(root), slots, native: Cell::new(Obj::NULL) };
    let instance = Gc::alloc_as(vm, ty, body)?;
    if class::hooks(vm, ty).has(class::Hooks::FINALISER) {
        vm.finalise(instance.obj())?;
    }
    Ok(instance)
}

/// Whether the collector tells of the end of `obj` because of its class.
pub fn has_finaliser(vm: &Vm, obj: Obj) -> bool {
    obj.type_of().flags.has(Flags::INSTANCE) && class::hooks(vm, obj.type_of()).has(class::Hooks::FINALISER)
}

/// The built-in value inside an instance of a class that derives from a built-in type.
pub fn native(obj: Obj) -> Option<Obj> {
    Gc::<Instance>::from_obj(obj)?.native.get().non_null()
}

fn make(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    let Some(part) = ty.class else { return Ok(Obj::NULL) };
    let user_new = match class::lookup(vm, ty, q!("__new__")) {
        Some(Found::Value(value)) => Some(class::through_class(vm, Found::Value(value), ty)?),
        Some(Found::Rom(_)) | None => None,
    };
    let obj = match user_new {
        Some(new) => {
            let all = GcVec::with_capacity(vm, args.pos.len() + 1)?;
            all.push(vm, ty.obj())?;
            all.extend(vm, args.pos)?;
            let obj = vm.call(new, Args { pos: all.slice(), kw: args.kw })?;
            if !class::is_subclass(obj.type_of(), ty) {
                return Ok(obj);
            }
            obj
        }
        None => new(vm, ty, part)?.obj(),
    };
    init(vm, ty, obj, args, user_new.is_some())?;
    Ok(obj)
}

/// Runs `__init__`, or gives the arguments to the built-in base.
fn init(vm: &mut Vm, ty: TypeRef, obj: Obj, args: Args<'_>, has_new: bool) -> Res<()> {
    let answer = match class::lookup(vm, ty, q!("__init__")) {
        Some(Found::Value(init)) => {
            if let (false, Some(base)) = (has_new, ty.base)
                && !is_mutable(base)
            {
                // __new__ of an immutable base takes the same arguments; if it cannot, __init__ has to call the base's.
                if let Err(raise) = init_native(vm, obj, base, args) {
                    vm.take_exception(raise);
                }
            }
            let method = vm.bind(Found::Value(init), obj, ty)?;
            let base = vm.stack_top;
            let pos = vm.push_args(method.this, args.pos)?;
            let answer = vm.call(method.function, Args { pos, kw: args.kw });
            vm.stack_top = base;
            answer?
        }
        Some(Found::Rom(_)) | None => {
            if let Some(base) = ty.base {
                // What __new__ made of an immutable base is not made again.
                if has_new && native(obj).is_some() && !is_mutable(base) {
                    return Ok(());
                }
                return init_native(vm, obj, base, args);
            }
            if !has_new && (!args.pos.is_empty() || !args.kw.is_empty()) {
                return Err(vm.type_error(format_args!(
                    "function takes 0 positional arguments but {} were given",
                    args.pos.len()
                )));
            }
            Obj::NONE
        }
    };
    if !answer.is_none() {
        let name = vm.type_name(answer);
        return Err(vm.type_error(format_args!("__init__() should return None, not '{name}'")));
    }
    Ok(())
}

/// Makes the built-in value inside an instance: what `super().__init__(...)` of such a class does.
pub fn init_native(vm: &mut Vm, obj: Obj, base: TypeRef, args: Args<'_>) -> Res<()> {
    let Some(instance) = Gc::<Instance>::from_obj(obj) else { return Ok(()) };
    let Some(make) = base.make else { return Ok(()) };
    let value = make(vm, base, args)?;
    instance.native.set(value);
    Ok(())
}

/// Whether values of a built-in base are filled by `__init__` and not by `__new__`.
pub fn is_mutable(base: TypeRef) -> bool {
    let mutable: [&'static Type; 4] = [&super::list::TYPE, &dict::TYPE, &super::set::TYPE, &super::bytearray::TYPE];
    mutable.into_iter().any(|ty| class::is_subclass(base, TypeRef::of(ty)))
}

/// The value of a built-in base that `__init__` has not made yet is made without arguments.
pub fn native_or_make(vm: &mut Vm, obj: Obj) -> Res<Option<Obj>> {
    let Some(instance) = Gc::<Instance>::from_obj(obj) else { return Ok(None) };
    if let Some(value) = instance.native.get().non_null() {
        return Ok(Some(value));
    }
    match obj.type_of().base {
        Some(base) => {
            init_native(vm, obj, base, Args::pos(&[]))?;
            Ok(instance.native.get().non_null())
        }
        None => Ok(None),
    }
}

/// The special method `name` of `obj`'s class, bound; `None` if the class has none of its own making.
pub fn special(vm: &mut Vm, obj: Obj, name: Qstr) -> Res<Option<crate::value::Method>> {
    let ty = obj.type_of();
    match class::lookup(vm, ty, name) {
        Some(Found::Value(value)) if !value.is_none() => Ok(Some(vm.bind(Found::Value(value), obj, ty)?)),
        Some(_) | None => Ok(None),
    }
}

/// `operator.index(obj)` of an instance: an int object, or `Obj::NULL` if its class has no `__index__` and is no int.
pub fn index(vm: &mut Vm, obj: Obj) -> Res {
    let answer = match special(vm, obj, q!("__index__"))? {
        Some(method) => {
            vm.check_stack()?;
            vm.call_bound(method, &[])?
        }
        None => return Ok(native(obj).filter(|value| super::int::is_int(*value)).unwrap_or(Obj::NULL)),
    };
    let value = native(answer).unwrap_or(answer);
    if super::int::is_int(value) {
        return Ok(value);
    }
    let name = vm.type_name(answer);
    Err(vm.type_error(format_args!("__index__ returned non-int (type {name})")))
}

/// Whether `obj`'s class says by `name = None` that it does not support an operation.
fn is_refused(vm: &Vm, obj: Obj, name: Qstr) -> bool {
    matches!(class::lookup(vm, obj.type_of(), name), Some(Found::Value(value)) if value.is_none())
}

pub(super) fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, kind: PrintKind) -> Res<()> {
    let ty = obj.type_of();
    let names = if kind == PrintKind::Str { [q!("__str__"), q!("__repr__")] } else { [q!("__repr__"), q!("__repr__")] };
    for name in names {
        if let Some(method) = special(vm, obj, name)? {
            let text = vm.call_bound(method, &[])?;
            return match super::str::text_of(vm, text) {
                Some(text) => sink.write(vm, text),
                None => {
                    let got = vm.type_name(text);
                    Err(vm.type_error(format_args!(
                        "__{}__ returned non-string (type {got})",
                        if kind == PrintKind::Str { "str" } else { "repr" }
                    )))
                }
            };
        }
    }
    if let Some(value) = native_or_make(vm, obj)? {
        // What shows the name of its class shows this one's.
        if value.type_of().class.is_some() {
            return super::namedtuple::print_as(vm, sink, value, ty);
        }
        return if super::set::map(value).is_some() {
            super::set::print_as(vm, sink, value, ty)
        } else {
            vm.print(sink, value, kind)
        };
    }
    let name = vm.text_of_name(ty.name);
    put(vm, sink, format_args!("<{name} object at {:x}>", obj.bits()))
}

fn call(vm: &mut Vm, obj: Obj, args: Args<'_>) -> Res {
    match special(vm, obj, q!("__call__"))? {
        Some(method) => {
            let base = vm.stack_top;
            let pos = vm.push_args(method.this, args.pos)?;
            let answer = vm.call(method.function, Args { pos, kw: args.kw });
            vm.stack_top = base;
            answer
        }
        None => {
            let name = vm.type_name(obj);
            Err(vm.type_error(format_args!("'{name}' object isn't callable")))
        }
    }
}
