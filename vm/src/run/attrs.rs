//! Names and attributes with inline caches.

use super::code::{Cache, RawCode};
use super::frame::Frame;
use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::class::{self, Found, Hooks};
use crate::types::dict::{self, Dict};
use crate::types::exception;
use crate::types::instance::Instance;
use crate::types::module::Module;
use crate::value::{Entry, Flags, Gc, Method, Obj, Res, Rom, TypeRef};

/// Cache `version` of a global found among the module's own; `value` is its entry.
const OWN: u32 = 0;

/// The value of a global or built-in name.
#[inline(always)]
pub fn load_global(vm: &mut Vm, code: Gc<RawCode>, name: Qstr, cache: Option<&mut Cache>) -> Res {
    let Some(cache) = cache else { return find_global(vm, code, name) };
    let globals = code.context.globals;
    if cache.epoch == globals.map.version() && cache.key == globals.obj().bits() {
        if cache.version == OWN {
            let value = globals.map.value_at(cache.value);
            if !value.is_null() {
                return Ok(value);
            }
        } else if let Some(value) = Obj::from_bits(cache.value) {
            return Ok(value);
        }
    }
    fill_global(vm, code, name, cache)
}

#[inline(never)]
fn fill_global(vm: &mut Vm, code: Gc<RawCode>, name: Qstr, cache: &mut Cache) -> Res {
    let globals = code.context.globals;
    if let Some(at) = globals.map.find_name(vm, name) {
        *cache = Cache { key: globals.obj().bits(), value: at, version: OWN, epoch: globals.map.version() };
        return Ok(globals.map.value_at(at));
    }
    let value = find_global(vm, code, name)?;
    // Names that programs add to `builtins` are not cached: nothing would tell when they change. (Its `__name__` is always there.)
    if !vm.builtins_open && dict::map(vm.builtins).is_none_or(|map| map.len() <= 1) {
        *cache =
            Cache { key: globals.obj().bits(), value: value.bits(), version: OWN + 1, epoch: globals.map.version() };
    }
    Ok(value)
}

/// What caches of all modules know of built-in names is no longer so.
#[cold]
pub fn builtins_changed(vm: &mut Vm) {
    vm.main_globals.map.touch();
    let Some(modules) = dict::map(vm.modules) else { return };
    let mut from = 0;
    while let Some((at, _, module)) = modules.next(from) {
        if let Some(module) = Gc::<Module>::from_obj(module) {
            module.globals.map.touch();
        }
        from = at + 1;
    }
}

fn find_global(vm: &mut Vm, code: Gc<RawCode>, name: Qstr) -> Res {
    let value = find_from(vm, code.context.globals, name)?;
    if value.is_null() { Err(name_error(vm, code, name)) } else { Ok(value) }
}

/// The value of a global or built-in name, or `Obj::NULL`.
fn find_from(vm: &mut Vm, globals: Gc<Dict>, name: Qstr) -> Res {
    let value = globals.map.get_name(vm, name);
    if !value.is_null() {
        return Ok(value);
    }
    if let Some(map) = dict::map(vm.builtins) {
        let value = map.get_name(vm, name);
        if !value.is_null() {
            return Ok(value);
        }
    }
    let rom = Entry::find(crate::modules::builtins::TABLE, name);
    match rom.or_else(|| Entry::find(crate::modules::intrinsics::TABLE, name)) {
        Some(rom) => vm.rom_value(rom),
        None => Ok(Obj::NULL),
    }
}

/// NameError for a name that is not defined where `code` looks.
#[cold]
#[cfg_attr(not(feature = "diagnostics"), expect(unused_variables, reason = "suggestions are of hosts"))]
pub fn name_error(vm: &mut Vm, code: Gc<RawCode>, name: Qstr) -> crate::value::Raise {
    let text = vm.text_of_name(name);
    let raise = vm.raise_new(&exception::NAME_ERROR, format_args!("name '{text}' isn't defined"));
    #[cfg(feature = "diagnostics")]
    super::suggest::note_variable(vm, code, name);
    raise
}

/// The value of a name in the frame's namespace, the globals or the builtins.
pub fn load_name(vm: &mut Vm, frame: &Frame, name: Qstr, cache: Option<&mut Cache>) -> Res {
    let globals = frame.code.context.globals;
    if frame.names != globals {
        let value = frame.names.map.get_name(vm, name);
        if !value.is_null() {
            return Ok(value);
        }
    }
    load_global(vm, frame.code, name, cache)
}

/// Sets a name in the frame's namespace.
pub fn store_name(vm: &mut Vm, names: Gc<Dict>, name: Qstr, value: Obj) -> Res<()> {
    names.map.set_name(vm, name, value)
}

/// `obj.name`
#[inline(always)]
pub fn load_attr(vm: &mut Vm, obj: Obj, name: Qstr, cache: Option<&mut Cache>) -> Res {
    let Some(cache) = cache else { return vm.get_attr(obj, name) };
    if let Some(instance) = Gc::<Instance>::from_obj(obj)
        && instance.shape.get().obj().bits() == cache.key
        && cache.epoch == vm.attr_epoch
        && let Some(value) = instance.slots.get(cache.value)
    {
        return Ok(value);
    }
    fill_attr(vm, obj, name, cache)
}

#[inline(never)]
fn fill_attr(vm: &mut Vm, obj: Obj, name: Qstr, cache: &mut Cache) -> Res {
    if let Some(instance) = Gc::<Instance>::from_obj(obj)
        && let Some(at) = instance.shape.get().find(name)
        && !class::hooks(vm, instance.type_ref()).has(Hooks::READ)
        && slot_wins(vm, instance.type_ref(), name)
    {
        *cache = Cache { key: instance.shape.get().obj().bits(), value: at, version: 0, epoch: vm.attr_epoch };
    }
    vm.get_attr(obj, name)
}

/// Whether a name in an instance's shape is what its attribute is: no property or the like of its class comes before.
fn slot_wins(vm: &Vm, ty: TypeRef, name: Qstr) -> bool {
    if !class::hooks(vm, ty).has(Hooks::DESCRIPTORS) {
        return true;
    }
    match class::lookup(vm, ty, name) {
        Some(found @ Found::Value(value)) => {
            !class::is_data_descriptor(vm, found) || value.is_exact(&crate::types::member::TYPE)
        }
        Some(Found::Rom(_)) | None => true,
    }
}

/// `obj.name` for a call: the function, and what to pass first.
#[inline(always)]
pub fn load_method(vm: &mut Vm, obj: Obj, name: Qstr, cache: Option<&mut Cache>) -> Res<Method> {
    let Some(cache) = cache else { return vm.get_method(obj, name) };
    if cache.epoch == vm.attr_epoch {
        let key = match Gc::<Instance>::from_obj(obj) {
            Some(instance) => instance.shape.get().obj().bits(),
            None => obj.type_of().bits(),
        };
        if key == cache.key
            && let Some(function) = Obj::from_bits(cache.value)
        {
            return Ok(Method { function, this: obj });
        }
    }
    fill_method(vm, obj, name, cache)
}

#[inline(never)]
fn fill_method(vm: &mut Vm, obj: Obj, name: Qstr, cache: &mut Cache) -> Res<Method> {
    let ty = obj.type_of();
    let found = class::lookup(vm, ty, name);
    let mut key = 0;
    if let Some(instance) = Gc::<Instance>::from_obj(obj) {
        if !class::hooks(vm, ty).has(Hooks::READ)
            && !instance.shape.get().is_dict
            && instance.shape.get().find(name).is_none()
            && matches!(found, Some(Found::Value(value)) if value.type_of().flags.has(Flags::BINDS))
        {
            key = instance.shape.get().obj().bits();
        }
    } else if ty.get_attr.is_none() && ty.class.is_none() && matches!(found, Some(Found::Rom(Rom::Fun(_)))) {
        key = ty.bits();
    }
    if key != 0 {
        let function = match found {
            Some(Found::Value(value)) => value.bits(),
            Some(Found::Rom(Rom::Fun(builtin))) => builtin.obj().bits(),
            Some(Found::Rom(_)) | None => 0,
        };
        *cache = Cache { key, value: function, version: 0, epoch: vm.attr_epoch };
    }
    if Gc::<Module>::from_obj(obj).is_some() {
        let function = vm.get_attr(obj, name)?;
        return Ok(Method { function, this: Obj::NULL });
    }
    vm.get_method(obj, name)
}

/// `obj.name = value`
#[inline(always)]
pub fn store_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj, cache: Option<&mut Cache>) -> Res<()> {
    let Some(cache) = cache else { return vm.set_attr(obj, name, value) };
    if cache.epoch == vm.attr_epoch
        && let Some(instance) = Gc::<Instance>::from_obj(obj)
        && instance.shape.get().obj().bits() == cache.key
        && !value.is_null()
        && instance.slots.set(cache.value, value)
    {
        return Ok(());
    }
    fill_store(vm, obj, name, value, cache)
}

#[inline(never)]
fn fill_store(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj, cache: &mut Cache) -> Res<()> {
    if let Some(instance) = Gc::<Instance>::from_obj(obj) {
        let ty = instance.type_ref();
        let special = name == q!("__class__") || name == q!("__dict__");
        if !class::hooks(vm, ty).has(Hooks::SET)
            && !special
            && let Some(at) = instance.shape.get().find(name)
            && slot_wins(vm, ty, name)
        {
            *cache = Cache { key: instance.shape.get().obj().bits(), value: at, version: 0, epoch: vm.attr_epoch };
        }
    }
    vm.set_attr(obj, name, value)
}

/// `__build_class__`
pub fn load_build_class(vm: &mut Vm) -> Res {
    find_from(vm, vm.globals(), q!("__build_class__"))
}

/// `super(class, this).name` for a call, without making a super object.
pub fn super_method(vm: &mut Vm, class: Obj, this: Obj, name: Qstr) -> Res<Method> {
    if let Some(class) = TypeRef::from_obj(class)
        && let Some(method) = crate::types::super_::method(vm, class, this, name)?
    {
        return Ok(method);
    }
    let text = vm.text_of_name(name);
    Err(vm.raise_new(&exception::ATTRIBUTE_ERROR, format_args!("'super' object has no attribute '{text}'")))
}
