//! Names and attributes with inline caches.

use super::attr_cache;
use super::cache::{Cache, Way};
use super::code::RawCode;
use super::frame::Frame;
use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::dict::{self, Dict};
use crate::types::exception;
use crate::types::instance::Instance;
use crate::value::{Entry, Gc, Method, Obj, Res, TypeRef};

/// `version` of a global found among the module's own; `value` is its entry. Else it is `Vm::builtins_version`.
const OWN: u32 = 0;

/// The value of a global or built-in name.
#[inline(always)]
pub fn load_global(vm: &mut Vm, code: Gc<RawCode>, name: Qstr, cache: Option<&mut Cache>) -> Res {
    let Some(cache) = cache else { return uncached_global(vm, code, name) };
    let globals = code.context.globals;
    let way = &mut cache.first;
    if way.epoch == globals.map.version() && way.key == globals.obj().bits() {
        if way.version == OWN {
            let value = globals.map.value_at(way.value);
            if !value.is_null() {
                return Ok(value);
            }
        } else if way.version == vm.builtins_version
            && let Some(value) = Obj::from_bits(way.value)
        {
            return Ok(value);
        }
    }
    fill_global(vm, code, name, way)
}

#[inline(never)]
fn uncached_global(vm: &mut Vm, code: Gc<RawCode>, name: Qstr) -> Res {
    #[cfg(feature = "diagnostics")]
    super::cache::missed(vm);
    find_global(vm, code, name)
}

#[inline(never)]
fn uncached_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    #[cfg(feature = "diagnostics")]
    super::cache::missed(vm);
    vm.get_attr(obj, name)
}

#[inline(never)]
fn uncached_method(vm: &mut Vm, obj: Obj, name: Qstr) -> Res<Method> {
    #[cfg(feature = "diagnostics")]
    super::cache::missed(vm);
    vm.get_method(obj, name)
}

#[inline(never)]
fn uncached_store(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<()> {
    #[cfg(feature = "diagnostics")]
    super::cache::missed(vm);
    vm.set_attr(obj, name, value)
}

#[inline(never)]
fn fill_global(vm: &mut Vm, code: Gc<RawCode>, name: Qstr, way: &mut Way) -> Res {
    let globals = code.context.globals;
    let (key, epoch) = (globals.obj().bits(), globals.map.version());
    if let Some(at) = globals.map.find_name(vm, name) {
        *way = Way { key, value: at, version: OWN, epoch };
        return Ok(globals.map.value_at(at));
    }
    let value = find_global(vm, code, name)?;
    // Names that programs add to `builtins` are not cached: nothing would tell when they change. (Its `__name__` is always there.)
    if !vm.builtins_open && dict::map(vm.builtins).is_none_or(|map| map.len() <= 1) {
        *way = Way { key, value: value.bits(), version: vm.builtins_version, epoch };
    }
    Ok(value)
}

/// What caches know of built-in names is no longer so.
#[cold]
pub fn builtins_changed(vm: &mut Vm) {
    vm.builtins_version = vm.builtins_version.wrapping_add(1).max(OWN + 1);
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
    let Some(cache) = cache else { return uncached_attr(vm, obj, name) };
    if let Some(instance) = Gc::<Instance>::from_obj(obj)
        && instance.shape.get().obj().bits() == cache.first.key
        && cache.first.epoch == vm.attr_epoch
        && let Some(value) = instance.slots.get(cache.first.value)
    {
        return Ok(value);
    }
    attr_cache::load(vm, obj, name, cache)
}

/// `obj.name` for a call: the function, and what to pass first.
#[inline(always)]
pub fn load_method(vm: &mut Vm, obj: Obj, name: Qstr, cache: Option<&mut Cache>) -> Res<Method> {
    let Some(cache) = cache else { return uncached_method(vm, obj, name) };
    if cache.first.epoch == vm.attr_epoch {
        let key = match Gc::<Instance>::from_obj(obj) {
            Some(instance) => instance.shape.get().obj().bits(),
            None => obj.type_of().bits(),
        };
        if key == cache.first.key
            && let Some(function) = Obj::from_bits(cache.first.value)
        {
            return Ok(Method { function, this: obj });
        }
    }
    attr_cache::method(vm, obj, name, cache)
}

/// `obj.name = value`
#[inline(always)]
pub fn store_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj, cache: Option<&mut Cache>) -> Res<()> {
    let Some(cache) = cache else { return uncached_store(vm, obj, name, value) };
    if cache.first.epoch == vm.attr_epoch
        && let Some(instance) = Gc::<Instance>::from_obj(obj)
        && instance.shape.get().obj().bits() == cache.first.key
        && !value.is_null()
        && instance.slots.set(cache.first.value, value)
    {
        return Ok(());
    }
    attr_cache::store(vm, obj, name, value, cache)
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
