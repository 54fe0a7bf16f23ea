//! type: classes as objects, how `class` makes them, and where their attributes are looked up.

mod linear;

use linear::linearise;

mod attrs;

use attrs::{get_attr, order, set_attr};
pub use attrs::{is_cacheable, through_class};

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::{dict, dunder, exception, instance, object, str, tuple};
use crate::value::{Args, Entry, Flags, Gc, GcVec, Item, Obj, Object, PrintKind, Res, Rom, Sink, Type, TypeRef, put};

use super::instance::Shape;

mod meta;

/// What classes made at run time have beyond a `Type`.
pub struct ClassPart {
    /// The class's own attributes.
    pub attrs: Gc<dict::Dict>,
    /// `__bases__`, a tuple.
    pub bases: Obj,
    /// Method resolution order: this class first, `object` last.
    pub order: GcVec<TypeRef>,
    /// Shape of instances without attributes.
    pub root: Cell<Option<Gc<Shape>>>,
    /// How many attributes instances had at most, as a hint for new ones.
    pub slots: Cell<usize>,
    /// What in the class itself (not its bases) makes the fast paths wrong.
    pub hooks: Cell<Hooks>,
}

/// Which special lookups a class needs.
#[derive(Clone, Copy, Default)]
pub struct Hooks {
    /// `__getattr__` is defined.
    pub get: bool,
    /// `__setattr__` or `__delattr__` is defined.
    pub set: bool,
    /// Some attribute is a property or has `__get__`/`__set__`.
    pub descriptors: bool,
    /// `__del__` is defined.
    pub finaliser: bool,
}

impl Object for ClassPart {
    const TYPE: &'static Type = &PART;
}

/// Type of the hidden part of classes.
static PART: Type = Type::new(q!("class part"));

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

/// Looks `name` up in `ty` and its bases, in method resolution order.
pub fn lookup(vm: &Vm, ty: TypeRef, name: Qstr) -> Option<Found> {
    match ty.class {
        Some(part) => lookup_order(vm, part.order.slice(), name),
        None => lookup_builtin(ty, name),
    }
}

/// As `lookup`, starting after `after` in the order of `ty`: what `super()` needs.
pub fn lookup_after(vm: &Vm, ty: TypeRef, after: TypeRef, name: Qstr) -> Option<Found> {
    match ty.class {
        Some(part) => {
            let order = part.order.slice();
            let at = order.iter().position(|other| *other == after)?;
            lookup_order(vm, order.get(at + 1..)?, name)
        }
        None => lookup_builtin(after.base?, name),
    }
}

fn lookup_order(vm: &Vm, order: &[TypeRef], name: Qstr) -> Option<Found> {
    for ty in order {
        match ty.class {
            Some(part) => {
                let value = part.attrs.map.get_name(vm, name);
                if !value.is_null() {
                    return Some(Found::Value(value));
                }
            }
            None => {
                if let Some(rom) = Entry::find(ty.table, name).or_else(|| dunder::find(*ty, name)) {
                    return Some(Found::Rom(rom));
                }
            }
        }
    }
    None
}

fn lookup_builtin(ty: TypeRef, name: Qstr) -> Option<Found> {
    let mut at = Some(ty);
    while let Some(ty) = at {
        if let Some(rom) = Entry::find(ty.table, name).or_else(|| dunder::find(ty, name)) {
            return Some(Found::Rom(rom));
        }
        at = ty.base;
    }
    Entry::find(object::TYPE.table, name).map(Found::Rom)
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
    ty.base.is_some_and(|parent| is_subclass(parent, base))
}

/// Makes a class called `name` with `bases` and a namespace, whose dict is taken over.
pub fn new(vm: &mut Vm, meta: TypeRef, name: Obj, bases: Obj, namespace: Gc<dict::Dict>) -> Res<TypeRef> {
    let Some(name) = str::intern(vm, name)? else {
        return Err(vm.type_error(format_args!("type() argument 1 must be str")));
    };
    let base_items = tuple::items(bases).unwrap_or(&[]);
    let mut layout: Option<TypeRef> = None;
    let mut flags = Flags::BASE.with(Flags::INSTANCE);
    for base in base_items {
        let Some(base) = TypeRef::from_obj(*base) else {
            return Err(vm.type_error(format_args!("type() argument 2 must be a tuple of types")));
        };
        if !base.flags.has(Flags::BASE) {
            let text = vm.text_of_name(base.name);
            return Err(vm.type_error(format_args!("type '{text}' isn't an acceptable base type")));
        }
        let own = native_layout(base);
        match (layout, own) {
            (_, None) => {}
            (None, Some(_)) => layout = own,
            // All exceptions are built alike.
            (Some(a), Some(b)) if a.flags.has(Flags::EXCEPTION) && b.flags.has(Flags::EXCEPTION) => {}
            (Some(a), Some(b)) => match wider(a, b) {
                Some(both) => layout = Some(both),
                None => return Err(vm.type_error(format_args!("multiple bases have instance lay-out conflict"))),
            },
        }
    }
    let native = layout;
    if native.is_some_and(|ty| ty.flags.has(Flags::EXCEPTION)) {
        flags = Flags::BASE.with(Flags::EXCEPTION);
        layout = Some(TypeRef::of(&exception::BASE_EXCEPTION));
    } else if native == Some(TypeRef::of(&TYPE)) {
        flags = Flags::BASE;
        layout = Some(TypeRef::of(&TYPE));
    } else {
        layout = Some(TypeRef::of(&instance::TYPE));
    }
    let part = ClassPart {
        attrs: namespace,
        bases,
        order: GcVec::new(),
        root: Cell::new(None),
        slots: Cell::new(0),
        hooks: Cell::new(Hooks::default()),
    };
    let part = Gc::alloc(vm, part)?;
    let mut ty = Type { flags, layout, base: native, class: Some(part), ..Type::new(name) };
    if flags.has(Flags::EXCEPTION) {
        exception::class_slots(&mut ty);
    } else if native == Some(TypeRef::of(&TYPE)) {
        meta::class_slots(&mut ty);
    } else {
        instance::class_slots(&mut ty);
    }
    let ty = TypeRef::alloc(vm, meta, ty)?;
    part.order.push(vm, ty)?;
    linearise(vm, part, base_items)?;
    note_hooks(vm, part);
    if lookup_own(vm, ty, q!("__eq__")) && !lookup_own(vm, ty, q!("__hash__")) {
        part.attrs.map.set_name(vm, q!("__hash__"), Obj::NONE)?;
    }
    wrap_special(vm, part)?;
    Ok(ty)
}

fn lookup_own(vm: &Vm, ty: TypeRef, name: Qstr) -> bool {
    ty.class.is_some_and(|part| !part.attrs.map.get_name(vm, name).is_null())
}

/// `__new__` is a static method and `__init_subclass__`, `__class_getitem__` are class methods without saying so.
fn wrap_special(vm: &mut Vm, part: Gc<ClassPart>) -> Res<()> {
    let new = part.attrs.map.get_name(vm, q!("__new__"));
    if !new.is_null() && new.type_of().flags.has(Flags::BINDS) {
        let wrapped = Gc::alloc(vm, super::staticmethod::StaticMethod { function: new })?;
        part.attrs.map.set_name(vm, q!("__new__"), wrapped.obj())?;
    }
    for name in [q!("__init_subclass__"), q!("__class_getitem__")] {
        let function = part.attrs.map.get_name(vm, name);
        if !function.is_null() && function.type_of().flags.has(Flags::BINDS) {
            let wrapped = Gc::alloc(vm, super::classmethod::ClassMethod { function })?;
            part.attrs.map.set_name(vm, name, wrapped.obj())?;
        }
    }
    Ok(())
}

/// The built-in type below `ty` whose data instances must carry; `None` for plain objects.
pub fn native_layout(ty: TypeRef) -> Option<TypeRef> {
    // A namedtuple class makes its own instances, which are tuples.
    if ty.class.is_some() && ty.layout != Some(TypeRef::of(&tuple::TYPE)) {
        return ty.base;
    }
    if ty == TypeRef::of(&object::TYPE) { None } else { Some(ty) }
}

fn wider(a: TypeRef, b: TypeRef) -> Option<TypeRef> {
    if is_subclass(a, b) {
        Some(a)
    } else if is_subclass(b, a) {
        Some(b)
    } else {
        None
    }
}

/// What any class in the order of `ty` has that makes the fast paths wrong. Read each time: bases may get hooks later.
pub fn hooks(ty: TypeRef) -> Hooks {
    let mut all = Hooks::default();
    let Some(part) = ty.class else { return all };
    for ty in part.order.slice() {
        if let Some(part) = ty.class {
            let own = part.hooks.get();
            all.get |= own.get;
            all.set |= own.set;
            all.descriptors |= own.descriptors;
            all.finaliser |= own.finaliser;
        }
    }
    all
}

/// Looks through a class's own attributes for what makes the fast paths wrong.
fn note_hooks(vm: &Vm, part: Gc<ClassPart>) {
    let mut from = 0;
    while let Some((at, key, value)) = part.attrs.map.next(from) {
        note_hook(vm, part, key, value);
        from = at + 1;
    }
}

fn note_hook(vm: &Vm, part: Gc<ClassPart>, key: Obj, value: Obj) {
    let mut hooks = part.hooks.get();
    let Some(name) = key.as_name() else { return };
    if name == q!("__getattr__") {
        hooks.get = true;
    } else if name == q!("__setattr__") || name == q!("__delattr__") {
        hooks.set = true;
    } else if name == q!("__del__") {
        hooks.finaliser = true;
    }
    let ty = value.type_of();
    if ty == TypeRef::of(&super::property::TYPE) || has_descriptor_methods(vm, ty) {
        hooks.descriptors = true;
    }
    part.hooks.set(hooks);
}

fn has_descriptor_methods(vm: &Vm, ty: TypeRef) -> bool {
    ty.class.is_some()
        && [q!("__get__"), q!("__set__"), q!("__delete__")].into_iter().any(|name| lookup(vm, ty, name).is_some())
}

fn make(vm: &mut Vm, meta: TypeRef, args: Args<'_>) -> Res {
    if meta.class.is_some() {
        return meta::make(vm, meta, args);
    }
    make_plain(vm, meta, args)
}

/// `type(obj)` or `type(name, bases, namespace)`, with `meta` as the new class's type.
fn make_plain(vm: &mut Vm, meta: TypeRef, args: Args<'_>) -> Res {
    match args.pos {
        [obj] if meta == TypeRef::of(&TYPE) => {
            vm.no_keywords(args)?;
            Ok(obj.type_of().obj())
        }
        [name, bases, namespace] => {
            let Some(namespace) = Gc::<dict::Dict>::from_obj(*namespace) else {
                return Err(vm.type_error(format_args!("type() argument 3 must be dict")));
            };
            if tuple::items(*bases).is_none() {
                return Err(vm.type_error(format_args!("type() argument 2 must be tuple")));
            }
            let attrs = dict::new(vm)?;
            let Some(attrs) = Gc::<dict::Dict>::from_obj(attrs) else { return Ok(Obj::NULL) };
            attrs.map.copy_from(vm, &namespace.map)?;
            let ty = new(vm, meta, *name, *bases, attrs)?;
            finish(vm, ty, args.kw)?;
            Ok(ty.obj())
        }
        _ => Err(vm.type_error(format_args!("type takes 1 or 3 arguments"))),
    }
}

/// What follows the making of a class: `__set_name__` of its attributes, and `__init_subclass__` of its parent.
fn finish(vm: &mut Vm, ty: TypeRef, kw: &[(Obj, Obj)]) -> Res<()> {
    let Some(part) = ty.class else { return Ok(()) };
    // All that have one are called, also those that an earlier call takes out of the class.
    let named: GcVec<(Obj, Obj)> = GcVec::new();
    let mut from = 0;
    while let Some((at, key, value)) = part.attrs.map.next(from) {
        let kind = value.type_of();
        if kind.class.is_some() && lookup(vm, kind, q!("__set_name__")).is_some() {
            named.push(vm, (key, value))?;
        }
        from = at + 1;
    }
    for &(key, value) in named.slice() {
        vm.call_method(value, q!("__set_name__"), &[ty.obj(), key])?;
    }
    if let Some(found) = lookup_after(vm, ty, ty, q!("__init_subclass__")) {
        let method = vm.bind(found, ty.obj(), ty)?;
        let this = [method.this];
        let pos: &[Obj] = if method.this.is_null() { &[] } else { &this };
        vm.call(method.function, Args { pos, kw })?;
    }
    Ok(())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(ty) = TypeRef::from_obj(obj) else { return Ok(()) };
    let name = vm.text_of_name(ty.name);
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
