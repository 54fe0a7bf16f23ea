//! Importing: modules by name from `sys.modules`, the built-in table, and the directories of `sys.path`.

use super::find::{Path, find_file, find_in, kind};
use super::load;
use crate::Vm;
use crate::modules::frozen;
use crate::port::PathKind;
use crate::q;
use crate::qstr::Qstr;
use crate::types::dict::{self, Dict};
#[cfg(feature = "diagnostics")]
use crate::types::exception::Exception;
use crate::types::list::List;
use crate::types::module::{self, Module};
use crate::types::{class, exception, str, tuple};
use crate::value::{Gc, GcVec, Map, Obj, Res, TypeRef};

/// The import statement: what a program put at `builtins.__import__`, or `import_name`.
pub fn import_statement(vm: &mut Vm, name: Qstr, from: Obj, level: Obj) -> Res {
    let own = dict::map(vm.builtins).map_or(Obj::NULL, |map| map.get_name(vm, q!("__import__")));
    if own.is_null() {
        return import_name(vm, name, from, level);
    }
    let globals = vm.globals().obj();
    vm.call_pos(own, &[Obj::name(name), globals, Obj::NONE, from, level])
}

/// `import name` with `from` names (a tuple or `None`) at `level`: the outermost package, or the module itself when there
/// are `from` names.
pub fn import_name(vm: &mut Vm, name: Qstr, from: Obj, level: Obj) -> Res {
    let globals = vm.globals();
    import_relative(vm, name, from, level.as_small().unwrap_or(0), globals)
}

/// As `import_name`, relative to the module with these globals.
pub fn import_relative(vm: &mut Vm, name: Qstr, from: Obj, level: isize, globals: Gc<Dict>) -> Res {
    let full = absolute(vm, name, level, globals)?;
    let text = vm.text_of_name(full);
    let mut outer = Obj::NULL;
    let mut inner = Obj::NULL;
    let mut start = 0;
    loop {
        let end = text[start..].find('.').map_or(text.len(), |at| start + at);
        let part = intern(vm, &text[..end])?;
        let last = intern(vm, &text[start..end])?;
        let found = import_one(vm, part, last, inner)?;
        if outer.is_null() {
            outer = found;
        }
        inner = found;
        if end == text.len() {
            break;
        }
        start = end + 1;
    }
    if from.is_none() || from.is_null() {
        return Ok(outer);
    }
    // `from package import module` imports the module too.
    if let (Some(names), Some(package)) = (tuple::items(from), module::globals(inner))
        && !package.map.get_name(vm, q!("__path__")).is_null()
    {
        for name in names {
            let Some(name) = name.as_name() else { continue };
            if name != q!("*") && vm.find_attr(inner, name)?.is_null() {
                let full = joined(vm, full, name)?;
                if let Err(raise) = import_one(vm, full, name, inner) {
                    // IMPORT_FROM gives the right message if there is no such module at all.
                    if !is_missing(vm, full) {
                        return Err(raise);
                    }
                    vm.take_exception(raise);
                }
            }
        }
    }
    Ok(inner)
}

/// Whether the waiting exception says that there is no such module. One that the module itself failed to import is another;
/// boards do not look so closely.
fn is_missing(vm: &Vm, full: Qstr) -> bool {
    #[cfg(feature = "diagnostics")]
    if Gc::<Exception>::from_obj(vm.exception).is_none_or(|raised| raised.missed.get().name != Obj::name(full)) {
        return false;
    }
    #[cfg(not(feature = "diagnostics"))]
    let _ = full;
    vm.exception.type_of() == TypeRef::of(&exception::MODULE_NOT_FOUND_ERROR)
}

/// `from module import name`
pub fn import_from(vm: &mut Vm, module: Obj, name: Qstr) -> Res {
    let value = attribute(vm, module, name)?;
    if value.is_null() {
        let text = vm.text_of_name(name);
        let raise = vm.raise_new(&exception::IMPORT_ERROR, format_args!("can't import name {text}"));
        return Err(vm.not_found(raise, name, module));
    }
    Ok(value)
}

/// The attribute, or `Obj::NULL` if there is none, which a module's `__getattr__` tells by an AttributeError.
fn attribute(vm: &mut Vm, module: Obj, name: Qstr) -> Res {
    match vm.find_attr(module, name) {
        Err(raise) if class::is_subclass(vm.exception.type_of(), TypeRef::of(&exception::ATTRIBUTE_ERROR)) => {
            vm.take_exception(raise);
            Ok(Obj::NULL)
        }
        found => found,
    }
}

/// `from module import *` into `names`: what `__all__` lists, or all names without a leading underscore.
pub fn import_all(vm: &mut Vm, module: Obj, names: Gc<Dict>) -> Res<()> {
    let all = attribute(vm, module, q!("__all__"))?;
    if !all.is_null() {
        let iter = vm.iter(all)?;
        loop {
            let item = vm.next(iter)?;
            if item.is_null() {
                return Ok(());
            }
            let Some(name) = str::intern(vm, item)? else {
                let ty = vm.type_name(item);
                return Err(vm.type_error(format_args!("items of __all__ must be str, not {ty}")));
            };
            let value = vm.get_attr(module, name)?;
            names.map.set_name(vm, name, value)?;
        }
    }
    let Some(body) = Gc::<Module>::from_obj(module) else { return import_all_of_object(vm, module, names) };
    copy_public(vm, &body.globals.map, names)?;
    for row in body.table.get() {
        if !vm.text_of_name(row.name).starts_with('_') {
            let value = vm.rom_value(&row.value)?;
            names.map.set_name(vm, row.name, value)?;
        }
    }
    Ok(())
}

fn copy_public(vm: &mut Vm, from: &Map, names: Gc<Dict>) -> Res<()> {
    let mut next = 0;
    while let Some((at, key, value)) = from.next(next) {
        if let Some(name) = key.as_name()
            && !vm.text_of_name(name).starts_with('_')
        {
            names.map.set_name(vm, name, value)?;
        }
        next = at + 1;
    }
    Ok(())
}

/// `from x import *` when a program put something other than a module into `sys.modules`: a class or an instance.
fn import_all_of_object(vm: &mut Vm, obj: Obj, names: Gc<Dict>) -> Res<()> {
    let ty = TypeRef::from_obj(obj).unwrap_or_else(|| obj.type_of());
    if let Some(part) = ty.class {
        for ty in part.order.slice().iter().rev() {
            if let Some(part) = ty.class {
                copy_public(vm, &part.attrs.map, names)?;
            }
        }
    }
    let own = if TypeRef::from_obj(obj).is_some() { Obj::NULL } else { vm.find_attr(obj, q!("__dict__"))? };
    match dict::map(own) {
        Some(map) => copy_public(vm, map, names),
        None if ty.class.is_none() => Err(
            vm.raise_new(&exception::IMPORT_ERROR, format_args!("from-import-* object has no __dict__ and no __all__"))
        ),
        None => Ok(()),
    }
}

/// The full name of a relative import.
fn absolute(vm: &mut Vm, name: Qstr, level: isize, globals: Gc<Dict>) -> Res<Qstr> {
    if level == 0 {
        return Ok(name);
    }
    let own = globals.map.get_name(vm, q!("__name__"));
    let Some(own) = str::text_of(vm, own) else { return Err(no_parent(vm)) };
    // What `-m` runs is called `__main__`, and says itself which package it is in.
    let package = globals.map.get_name(vm, q!("__package__"));
    let (own, is_package) = match str::text_of(vm, package) {
        Some(package) if own == "__main__" && !package.is_empty() => (package, true),
        Some(_) | None => (own, !globals.map.get_name(vm, q!("__path__")).is_null()),
    };
    let mut package = own;
    for _ in usize::from(is_package)..level as usize {
        package = match package.rfind('.') {
            Some(dot) => &package[..dot],
            None => "",
        };
        if package.is_empty() {
            break;
        }
    }
    if package.is_empty() || (!is_package && !own.contains('.')) {
        return Err(no_parent(vm));
    }
    let package = intern(vm, package)?;
    if name == q!("") { Ok(package) } else { joined(vm, package, name) }
}

#[cold]
fn no_parent(vm: &mut Vm) -> crate::value::Raise {
    vm.raise_new(&exception::IMPORT_ERROR, format_args!("can't perform relative import"))
}

fn intern(vm: &mut Vm, text: &str) -> Res<Qstr> {
    match vm.pool.intern(text) {
        Ok(name) => Ok(name),
        Err(crate::mem::NoMemory) => Err(vm.memory_error()),
    }
}

fn joined(vm: &mut Vm, package: Qstr, name: Qstr) -> Res<Qstr> {
    let (package, name) = (vm.text_of_name(package), vm.text_of_name(name));
    let bytes = GcVec::from_slice(vm, package.as_bytes())?;
    bytes.push(vm, b'.')?;
    bytes.extend(vm, name.as_bytes())?;
    intern(vm, core::str::from_utf8(bytes.slice()).unwrap_or(""))
}

/// Imports the module with this full name; `last` is the name's last part and `package` the module it is in, or `Obj::NULL`.
fn import_one(vm: &mut Vm, full: Qstr, last: Qstr, package: Obj) -> Res {
    let path = search_path(vm);
    // A program that empties `sys.path` wants built-in modules, whatever stands in their place now.
    let is_empty = match Gc::<List>::from_obj(path) {
        Some(list) => list.items.is_empty(),
        None => tuple::items(path).is_some_and(<[Obj]>::is_empty),
    };
    let forced = is_empty && package.is_null() && builtin(vm, full).is_some();
    if !forced && let Some(modules) = dict::map(vm.modules) {
        let known = modules.get_name(vm, full);
        if !known.is_null() {
            return Ok(known);
        }
    }
    let found = if package.is_null() {
        match builtin(vm, full) {
            Some((name, table)) => {
                let fixed = name != full || FIXED.contains(&full);
                let found = if fixed { None } else { find_file(vm, path, last)? };
                if found.is_none() {
                    return builtin_module(vm, full, name, table);
                }
                found
            }
            None => find_in(vm, path, last)?,
        }
    } else {
        match module::globals(package).map(|globals| globals.map.get_name(vm, q!("__path__"))) {
            Some(path) if !path.is_null() => find_in(vm, path, last)?,
            Some(_) | None => None,
        }
    };
    let Some(found) = found else {
        // `os.path` is built in and no package.
        if let (false, Some((name, table))) = (package.is_null(), builtin(vm, full)) {
            return builtin_module(vm, full, name, table);
        }
        let text = vm.text_of_name(full);
        let raise = vm.raise_new(&exception::MODULE_NOT_FOUND_ERROR, format_args!("no module named '{text}'"));
        return Err(vm.not_found(raise, full, Obj::NULL));
    };
    let module = module::new(vm, full)?;
    if !package.is_null() {
        // Already there while the file runs, which may import what imports it.
        vm.set_attr(package, last, module)?;
    }
    let made = match run_file(vm, full, &found, module) {
        Ok(made) => made,
        Err(raise) => {
            let exception = vm.take_exception(raise);
            if !package.is_null() {
                vm.set_attr(package, last, Obj::NULL)?;
            }
            return Err(vm.reraise(exception));
        }
    };
    if !package.is_null() && made != module {
        vm.set_attr(package, last, made)?;
    }
    Ok(made)
}

/// Built-in modules that no file can take the place of. Of the others a file may be an extended version.
const FIXED: &[Qstr] = &[q!("builtins"), q!("sys"), q!("micropython"), q!("gc"), q!("math"), q!("cmath")];

/// The name and table of a built-in module. The names with a leading `u` lead to the built-in ones past any file.
fn builtin(vm: &Vm, name: Qstr) -> Option<(Qstr, &'static [crate::value::Entry])> {
    let find = |name: Qstr| crate::modules::find(name).map(|table| (name, table));
    find(name).or_else(|| {
        let short = vm.text_of_name(name).strip_prefix('u')?;
        find(vm.pool.find(short)?)
    })
}

/// The built-in module `name`, made if it is not there, imported as `full`.
fn builtin_module(vm: &mut Vm, full: Qstr, name: Qstr, table: &'static [crate::value::Entry]) -> Res {
    for key in [name, full] {
        let listed = dict::map(vm.modules).map_or(Obj::NULL, |modules| modules.get_name(vm, key));
        if let Some(module) = Gc::<Module>::from_obj(listed)
            && core::ptr::eq(module.table.get(), table)
        {
            return Ok(listed);
        }
    }
    // Under the name without the `u` it would hide a file of that name.
    let file = dict::map(vm.modules).map_or(Obj::NULL, |modules| modules.get_name(vm, full));
    let module = module::with_table(vm, name, table, full)?;
    if let (Some(modules), Some(file)) = (dict::map(vm.modules), file.non_null()) {
        // A file has the name: it is importing what it extends.
        modules.set_name(vm, full, file)?;
    }
    if name == q!("builtins")
        && let Some(globals) = module::globals(module)
    {
        // What a program adds to the module is found as a built-in name.
        if let Some(added) = dict::map(vm.builtins) {
            globals.map.clear();
            globals.map.copy_from(vm, added)?;
        }
        vm.builtins = globals.obj();
    }
    Ok(module)
}

/// `sys.path`: the list, or what a program put in its place.
fn search_path(vm: &mut Vm) -> Obj {
    crate::modules::sys::replaced(vm, q!("path")).non_null().unwrap_or(vm.path)
}

fn run_file(vm: &mut Vm, full: Qstr, path: &Path, module: Obj) -> Res {
    let Some(globals) = module::globals(module) else { return Ok(module) };
    if let Some(len) = path.package {
        let directory = str::new(vm, &path.text()[..len])?;
        globals.map.set_name(vm, q!("__path__"), directory)?;
        if kind(vm, path.text())? != PathKind::File {
            return Ok(module);
        }
    }
    let file = match frozen::own_name(path.text()) {
        Some(name) => {
            str::from_format(vm, format_args!("{}.py", name.rsplit_once('.').map_or(name, |(stem, _)| stem)))?
        }
        None => str::new(vm, path.text())?,
    };
    globals.map.set_name(vm, q!("__file__"), file)?;
    let result = load::run_file(vm, path.text(), globals);
    imported(vm, full, module, result)
}

/// The module, when its text has run.
fn imported(vm: &mut Vm, full: Qstr, module: Obj, result: Res) -> Res {
    match result {
        Ok(_) => {
            // The program may have put something else in its own place.
            let now = dict::map(vm.modules).map_or(Obj::NULL, |modules| modules.get_name(vm, full));
            Ok(if now.is_null() { module } else { now })
        }
        Err(raise) => {
            // A module that failed must not be found the next time.
            let exception = vm.take_exception(raise);
            if let Some(modules) = dict::map(vm.modules) {
                modules.remove(vm, Obj::name(full))?;
            }
            Err(vm.reraise(exception))
        }
    }
}
