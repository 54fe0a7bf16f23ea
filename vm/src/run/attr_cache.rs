//! Inline caches of attributes beyond their first way: the second one, all that is neither slot nor method, and how caches
//! are filled.

use super::cache::{Cache, EPOCH, Way};
use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::class::{self, Found, Hooks};
use crate::types::classmethod::ClassMethod;
use crate::types::instance::{Instance, Shape};
use crate::types::member;
use crate::types::module::Module;
use crate::types::property::Property;
use crate::types::staticmethod::StaticMethod;
use crate::value::{Entry, Flags, Gc, Method, Obj, Res, Rom, TypeRef};

/// What a way knows about `obj.name`. Fast paths ask for `SLOT` alone, so it is zero.
mod load_kind {
    /// Instances of a shape: the number of a slot.
    pub const SLOT: u32 = 0;
    /// Instances of a shape, or one class: data of the class, which may change at any time.
    pub const DATA: u32 = 1;
    /// Instances of a shape: what computes the property.
    pub const GETTER: u32 = 2;
    /// One class: the value.
    pub const VALUE: u32 = 3;
    /// One module: the number of an entry of its globals.
    pub const ENTRY: u32 = 4;
    /// One module: the value, as long as its globals have no such name.
    pub const ROM: u32 = 5;
}

/// What a way knows about `obj.name` for a call. Fast paths ask for `METHOD` alone, so it is zero.
mod method_kind {
    /// Instances of a shape, or values of a built-in type: the function, which gets the object.
    pub const METHOD: u32 = 0;
    /// Instances of a shape: the function, which gets no object.
    pub const STATIC: u32 = 1;
    /// Instances of a shape: the function, which gets the class.
    pub const OF_CLASS: u32 = 2;
    /// Instances of a shape: the number of a slot.
    pub const SLOT: u32 = 3;
    /// One class: the function, which gets no object.
    pub const VALUE: u32 = 4;
    /// One class: the function, which gets that class.
    pub const SELF: u32 = 5;
    /// One module: as in `load_kind`.
    pub const ENTRY: u32 = 6;
    /// One module: as in `load_kind`.
    pub const ROM: u32 = 7;
}

/// What a way knows about `obj.name = value`. Fast paths ask for `SLOT` alone, so it is zero.
mod store_kind {
    /// Instances of a shape: the number of a slot.
    pub const SLOT: u32 = 0;
    /// Instances of a shape: the shape they get, with one slot more.
    pub const STEP: u32 = 1;
}

/// What kind of object is looked at.
#[derive(Clone, Copy)]
enum Of {
    Instance(Gc<Instance>),
    /// A class without a metaclass of its own.
    Class(TypeRef),
    Module(Gc<Module>),
    Other,
}

impl Of {
    fn new(obj: Obj) -> Of {
        if let Some(instance) = Gc::<Instance>::from_obj(obj) {
            return Of::Instance(instance);
        }
        if let Some(module) = Gc::<Module>::exact(obj) {
            return Of::Module(module);
        }
        match TypeRef::from_obj(obj) {
            Some(ty) if ty.meta() == TypeRef::of(&class::TYPE) => Of::Class(ty),
            Some(_) | None => Of::Other,
        }
    }

    fn key(self) -> usize {
        match self {
            Of::Instance(instance) => instance.shape.get().obj().bits(),
            Of::Class(ty) => ty.bits(),
            Of::Module(module) => module.obj().bits(),
            Of::Other => 0,
        }
    }
}

impl Cache {
    /// The ways that hold for `key`, with the kinds of what they know.
    fn known(&self, vm: &Vm, key: usize) -> impl Iterator<Item = (u32, Way)> + use<> {
        let epoch = vm.attr_epoch;
        let holds = move |way: &Way| way.key == key && key != 0 && way.epoch.wrapping_sub(epoch) < EPOCH;
        [self.first, self.second].into_iter().filter(holds).map(move |way| (way.epoch.wrapping_sub(epoch), way))
    }

    /// Fills a way: the second one when the first knows something else that holds.
    fn put(&mut self, vm: &Vm, kind: u32, key: usize, value: usize, version: u32) {
        let holds = self.first.key != 0 && self.first.epoch.wrapping_sub(vm.attr_epoch) < EPOCH;
        let way = if holds && self.first.key != key { &mut self.second } else { &mut self.first };
        *way = Way { key, value, version, epoch: vm.attr_epoch + kind };
    }
}

/// The value of entry `way.value` in the globals of a module, or the value in `way` itself: what a way about a module knows.
fn of_module(module: Gc<Module>, way: Way, is_entry: bool) -> Option<Obj> {
    let map = &module.globals.map;
    if map.version() != way.version {
        return None;
    }
    if is_entry { map.value_at(way.value).non_null() } else { Obj::from_bits(way.value) }
}

/// `obj.name`, of which the first way of the cache does not know a slot.
#[inline(never)]
pub fn load(vm: &mut Vm, obj: Obj, name: Qstr, cache: &mut Cache) -> Res {
    let of = Of::new(obj);
    for (kind, way) in cache.known(vm, of.key()) {
        let value = match (of, kind) {
            (Of::Instance(instance), load_kind::SLOT) => instance.slots.get(way.value),
            (Of::Instance(instance), load_kind::DATA) => data(vm, instance.type_ref(), name),
            (Of::Instance(_), load_kind::GETTER) => match Obj::from_bits(way.value) {
                Some(getter) => return vm.call_pos(getter, &[obj]),
                None => None,
            },
            (Of::Class(ty), load_kind::DATA) => data(vm, ty, name),
            (Of::Class(_), load_kind::VALUE) => Obj::from_bits(way.value),
            (Of::Module(module), load_kind::ENTRY | load_kind::ROM) => of_module(module, way, kind == load_kind::ENTRY),
            (Of::Instance(_) | Of::Class(_) | Of::Module(_) | Of::Other, _) => None,
        };
        if let Some(value) = value {
            return Ok(value);
        }
    }
    match of {
        Of::Instance(instance) => fill_instance(vm, instance, name, cache),
        Of::Class(ty) => fill_class(vm, ty, name, cache),
        Of::Module(module) => fill_module(vm, module, name, cache, [load_kind::ENTRY, load_kind::ROM]),
        Of::Other => {}
    }
    vm.get_attr(obj, name)
}

fn data(vm: &Vm, ty: TypeRef, name: Qstr) -> Option<Obj> {
    match class::lookup(vm, ty, name) {
        Some(Found::Value(value)) => Some(value),
        Some(Found::Rom(_)) | None => None,
    }
}

fn fill_instance(vm: &mut Vm, instance: Gc<Instance>, name: Qstr, cache: &mut Cache) {
    let (ty, shape) = (instance.type_ref(), instance.shape.get());
    if class::hooks(vm, ty).has(Hooks::READ) {
        return;
    }
    let key = shape.obj().bits();
    let own = shape.find(name);
    if let Some(at) = own
        && slot_wins(vm, ty, name)
    {
        return cache.put(vm, load_kind::SLOT, key, at, 0);
    }
    let Some(Found::Value(value)) = class::lookup(vm, ty, name) else { return };
    if let Some(property) = Gc::<Property>::exact(value) {
        // Where there is a `__getattr__`, it is asked when the property fails.
        if !property.get.is_none() && !class::hooks(vm, ty).has(Hooks::GET) {
            cache.put(vm, load_kind::GETTER, key, property.get.bits(), 0);
        }
    } else if own.is_none() && !shape.is_dict && !class::is_cacheable(value) {
        cache.put(vm, load_kind::DATA, key, 0, 0);
    }
}

fn fill_class(vm: &mut Vm, ty: TypeRef, name: Qstr, cache: &mut Cache) {
    if is_special(vm, name) {
        return;
    }
    let Some(Found::Value(value)) = class::lookup(vm, ty, name) else { return };
    if !class::is_cacheable(value) {
        cache.put(vm, load_kind::DATA, ty.bits(), 0, 0);
    } else if let Some(function) = unbound(value) {
        cache.put(vm, load_kind::VALUE, ty.bits(), function.bits(), 0);
    }
}

/// A function of a class as reading it through that class gives it.
fn unbound(value: Obj) -> Option<Obj> {
    if value.type_of().flags.has(Flags::BINDS) {
        return Some(value);
    }
    Gc::<StaticMethod>::exact(value).map(|method| method.function)
}

/// Whether classes have something of their own by this name, which is not looked for as others are.
fn is_special(vm: &Vm, name: Qstr) -> bool {
    vm.text_of_name(name).starts_with("__")
}

fn fill_module(vm: &mut Vm, module: Gc<Module>, name: Qstr, cache: &mut Cache, [entry, rom]: [u32; 2]) {
    let (map, key) = (&module.globals.map, module.obj().bits());
    if let Some(at) = map.find_name(vm, name) {
        return cache.put(vm, entry, key, at, map.version());
    }
    match Entry::find(module.table.get(), name) {
        Some(Rom::Fun(builtin) | Rom::Static(builtin)) => {
            cache.put(vm, rom, key, builtin.obj().bits(), map.version());
        }
        Some(Rom::Word(value)) => cache.put(vm, rom, key, value.bits(), map.version()),
        Some(Rom::Class(_) | Rom::Get(_) | Rom::Type(_) | Rom::Float(_) | Rom::Make(_)) | None => {}
    }
}

/// Whether a name in an instance's shape is what its attribute is: no property or the like of its class comes before.
fn slot_wins(vm: &Vm, ty: TypeRef, name: Qstr) -> bool {
    if !class::hooks(vm, ty).has(Hooks::DESCRIPTORS) {
        return true;
    }
    match class::lookup(vm, ty, name) {
        Some(found @ Found::Value(value)) => !class::is_data_descriptor(vm, found) || value.is_exact(&member::TYPE),
        Some(Found::Rom(_)) | None => true,
    }
}

/// `obj.name` for a call, of which the first way of the cache does not know a method.
#[inline(never)]
pub fn method(vm: &mut Vm, obj: Obj, name: Qstr, cache: &mut Cache) -> Res<Method> {
    let of = Of::new(obj);
    let ty = obj.type_of();
    let key = if let Of::Other = of { ty.bits() } else { of.key() };
    for (kind, way) in cache.known(vm, key) {
        let value = Obj::from_bits(way.value);
        let (function, this) = match (of, kind) {
            (Of::Instance(_) | Of::Other, method_kind::METHOD) => (value, obj),
            (Of::Instance(_), method_kind::STATIC) => (value, Obj::NULL),
            (Of::Instance(_), method_kind::OF_CLASS) => (value, ty.obj()),
            (Of::Instance(instance), method_kind::SLOT) => (instance.slots.get(way.value), Obj::NULL),
            (Of::Class(_), method_kind::VALUE) => (value, Obj::NULL),
            (Of::Class(_), method_kind::SELF) => (value, obj),
            (Of::Module(module), method_kind::ENTRY | method_kind::ROM) => {
                (of_module(module, way, kind == method_kind::ENTRY), Obj::NULL)
            }
            (Of::Instance(_) | Of::Class(_) | Of::Module(_) | Of::Other, _) => (None, Obj::NULL),
        };
        if let Some(function) = function {
            return Ok(Method { function, this });
        }
    }
    match of {
        Of::Instance(instance) => fill_instance_method(vm, instance, name, cache),
        Of::Class(ty) => fill_class_method(vm, ty, name, cache),
        Of::Module(module) => fill_module(vm, module, name, cache, [method_kind::ENTRY, method_kind::ROM]),
        Of::Other => {
            if ty.get_attr.is_none()
                && ty.class.is_none()
                && let Some(Found::Rom(Rom::Fun(builtin))) = class::lookup(vm, ty, name)
            {
                cache.put(vm, method_kind::METHOD, key, builtin.obj().bits(), 0);
            }
        }
    }
    if let Of::Module(_) = of {
        return Ok(Method { function: vm.get_attr(obj, name)?, this: Obj::NULL });
    }
    vm.get_method(obj, name)
}

fn fill_instance_method(vm: &mut Vm, instance: Gc<Instance>, name: Qstr, cache: &mut Cache) {
    let (ty, shape) = (instance.type_ref(), instance.shape.get());
    if class::hooks(vm, ty).has(Hooks::READ) || shape.is_dict {
        return;
    }
    let key = shape.obj().bits();
    if let Some(at) = shape.find(name) {
        if slot_wins(vm, ty, name) {
            cache.put(vm, method_kind::SLOT, key, at, 0);
        }
        return;
    }
    let Some(Found::Value(value)) = class::lookup(vm, ty, name) else { return };
    if value.type_of().flags.has(Flags::BINDS) {
        cache.put(vm, method_kind::METHOD, key, value.bits(), 0);
    } else if let Some(method) = Gc::<StaticMethod>::exact(value) {
        cache.put(vm, method_kind::STATIC, key, method.function.bits(), 0);
    } else if let Some(method) = Gc::<ClassMethod>::exact(value) {
        cache.put(vm, method_kind::OF_CLASS, key, method.function.bits(), 0);
    }
}

fn fill_class_method(vm: &mut Vm, ty: TypeRef, name: Qstr, cache: &mut Cache) {
    if is_special(vm, name) {
        return;
    }
    match class::lookup(vm, ty, name) {
        Some(Found::Value(value)) => {
            if let Some(function) = unbound(value) {
                cache.put(vm, method_kind::VALUE, ty.bits(), function.bits(), 0);
            } else if let Some(method) = Gc::<ClassMethod>::exact(value) {
                cache.put(vm, method_kind::SELF, ty.bits(), method.function.bits(), 0);
            }
        }
        Some(Found::Rom(Rom::Fun(builtin) | Rom::Static(builtin))) => {
            cache.put(vm, method_kind::VALUE, ty.bits(), builtin.obj().bits(), 0);
        }
        Some(Found::Rom(Rom::Class(builtin))) => {
            cache.put(vm, method_kind::SELF, ty.bits(), builtin.obj().bits(), 0);
        }
        Some(Found::Rom(Rom::Get(_) | Rom::Type(_) | Rom::Word(_) | Rom::Float(_) | Rom::Make(_))) | None => {}
    }
}

/// `obj.name = value`, of which the first way of the cache does not know a slot.
#[inline(never)]
pub fn store(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj, cache: &mut Cache) -> Res<()> {
    let Some(instance) = Gc::<Instance>::from_obj(obj).filter(|_| !value.is_null()) else {
        return vm.set_attr(obj, name, value);
    };
    let old = instance.shape.get();
    let key = old.obj().bits();
    for (kind, way) in cache.known(vm, key) {
        if kind == store_kind::SLOT {
            if instance.slots.set(way.value, value) {
                return Ok(());
            }
        } else if kind == store_kind::STEP
            && let Some(to) = Obj::from_bits(way.value).and_then(Gc::<Shape>::exact)
        {
            instance.slots.push(vm, value)?;
            instance.shape.set(to);
            return Ok(());
        }
    }
    let ty = instance.type_ref();
    let special = name == q!("__class__") || name == q!("__dict__");
    if special || class::hooks(vm, ty).has(Hooks::SET) || !slot_wins(vm, ty, name) {
        return vm.set_attr(obj, name, value);
    }
    if let Some(at) = old.find(name) {
        cache.put(vm, store_kind::SLOT, key, at, 0);
        return vm.set_attr(obj, name, value);
    }
    vm.set_attr(obj, name, value)?;
    // Now it has one slot more, unless its attributes went to a dict or setting it ran a program.
    let new = instance.shape.get();
    if !old.is_dict && !new.is_dict && new.names.len() == old.names.len() + 1 && new.find(name) == Some(old.names.len())
    {
        cache.put(vm, store_kind::STEP, key, new.obj().bits(), 0);
    }
    Ok(())
}
