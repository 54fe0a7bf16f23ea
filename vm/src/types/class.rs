//! type: classes as objects, how `class` makes them, and where their attributes are looked up.

mod attrs;
mod family;
mod found;
mod hooks;
mod linear;
mod make;
mod meta;
mod slots;

pub use attrs::{class_method, is_cacheable, name_of, through_class};
use attrs::{get_attr, order, set_attr};
pub use found::{Lately, lookup, lookup_after};
pub use hooks::{Hooks, hooks, is_data_descriptor};
pub use make::{derive_meta, native_layout};
use make::{make, make_plain};

use core::cell::Cell;

use crate::Vm;
use crate::gc::WeakId;
use crate::q;
use crate::qstr::Qstr;
use crate::types::{dict, dunder, instance, object, tuple};
use crate::value::{
    Args, Builtin, Entry, Flags, Gc, GcVec, Item, Method, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, put,
};

use super::instance::Shape;

/// What classes made at run time have beyond a `Type`.
pub struct ClassPart {
    /// The class's own attributes.
    pub attrs: Gc<dict::Dict>,
    /// `__bases__`, a tuple.
    pub bases: Cell<Obj>,
    /// Method resolution order: this class first, `object` last.
    pub order: GcVec<TypeRef>,
    /// Shape of instances without attributes.
    pub root: Cell<Option<Gc<Shape>>>,
    /// How many attributes instances had at most, as a hint for new ones.
    pub slots: Cell<usize>,
    /// Shape of instances whose attributes are in a dict.
    pub dict_root: Cell<Option<Gc<Shape>>>,
    /// What in the class itself (not its bases) makes the fast paths wrong.
    pub hooks: Cell<Hooks>,
    /// The same of the class with its bases, and the `attr_epoch` for which it holds.
    merged: Cell<(u32, Hooks)>,
    /// Weak handles of the classes that derive directly from this one.
    children: GcVec<WeakId>,
    /// `__name__`, when the program has changed it.
    pub renamed: Cell<Qstr>,
}

impl ClassPart {
    /// The part of a class without hooks and without an order.
    pub fn new(attrs: Gc<dict::Dict>, bases: Obj) -> ClassPart {
        ClassPart {
            attrs,
            bases: Cell::new(bases),
            order: GcVec::new(),
            root: Cell::new(None),
            slots: Cell::new(0),
            dict_root: Cell::new(None),
            hooks: Cell::new(Hooks::NONE),
            merged: Cell::new((0, Hooks::NONE)),
            children: GcVec::new(),
            renamed: Cell::new(Qstr::NULL),
        }
    }
}

impl Object for ClassPart {
    const TYPE: &'static Type = &PART;
}

/// Type of the hidden part of classes.
static PART: Type = Type::new(q!("class part"));

impl Item for WeakId {
    const KIND: crate::gc::Kind = crate::gc::Kind::Leaf;
}

impl Item for TypeRef {
    const KIND: crate::gc::Kind = crate::gc::Kind::Scan;
}

/// `type`
pub static TYPE: Type = Type {
    flags: Flags::BASE,
    make: Some(make),
    print: Some(print),
    call: Some(call),
    get_attr: Some(get_attr),
    set_attr: Some(set_attr),
    get_item: Some(meta::get_item),
    binary: Some(super::alias::union),
    reflected: Some(super::alias::union),
    unary: Some(unary),
    table: meta::TABLE,
    ..Type::new(q!("type"))
};

/// An attribute found in a class.
#[derive(Clone, Copy)]
pub enum Found {
    /// From a class's dict.
    Value(Obj),
    /// From a built-in type's table.
    Rom(&'static Rom),
}

/// The row called `name` of a built-in type's table, or the operator that it has by its slots.
#[inline]
pub fn own_row(ty: TypeRef, name: Qstr) -> Option<&'static Rom> {
    Entry::find(ty.table, name).or_else(|| dunder::find(ty, name))
}

/// Whether a function found in a class's own dict is a method of a built-in type above it, and so binds: other functions
/// written in Rust do not.
pub fn is_own_method(ty: TypeRef, builtin: &'static Builtin) -> bool {
    let rows = |table: &'static [Entry]| table.as_ptr_range().contains(&core::ptr::from_ref(builtin).cast());
    if dunder::is_row(builtin) || rows(object::TYPE.table) {
        return true;
    }
    let mut at = ty.base;
    while let Some(base) = at {
        if rows(base.table) {
            return true;
        }
        at = base.base;
    }
    false
}

/// Whether `ty` is `base` or derives from it.
pub fn is_subclass(ty: TypeRef, base: TypeRef) -> bool {
    if ty == base || base == TypeRef::of(&object::TYPE) {
        return true;
    }
    if let Some(part) = ty.class {
        return part
            .order
            .slice()
            .iter()
            .any(|other| *other == base || (other.class.is_none() && is_subclass(*other, base)));
    }
    if ty == TypeRef::of(&super::exception::EXCEPTION_GROUP)
        && base == TypeRef::of(&super::exception::BASE_EXCEPTION_GROUP)
    {
        // The one built-in type with two bases.
        return true;
    }
    ty.base.is_some_and(|parent| is_subclass(parent, base))
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(ty) = TypeRef::from_obj(obj) else { return Ok(()) };
    let name = vm.text_of_name(name_of(ty));
    put(vm, sink, format_args!("<class '{name}'>"))
}

fn call(vm: &mut Vm, obj: Obj, args: Args<'_>) -> Res {
    let Some(ty) = TypeRef::from_obj(obj) else { return Ok(Obj::NULL) };
    if ty.meta().class.is_some()
        && let Some(answer) = meta::call_own(vm, obj, args)?
    {
        return Ok(answer);
    }
    instantiate(vm, ty, args)
}

/// Makes an instance of `ty`, past its metaclass's `__call__`.
fn instantiate(vm: &mut Vm, ty: TypeRef, args: Args<'_>) -> Res {
    match ty.make {
        Some(make) => make(vm, ty, args),
        None => {
            let name = vm.text_of_name(ty.name);
            Err(vm.type_error(format_args!("can't create '{name}' instances")))
        }
    }
}

fn unary(_: &mut Vm, op: crate::value::UnaryOp, obj: Obj) -> Res {
    Ok(if op == crate::value::UnaryOp::Hash { Obj::small_wrapping((obj.bits() >> 3) as isize) } else { Obj::NULL })
}
