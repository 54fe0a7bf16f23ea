//! module: a namespace made by import, or a built-in table with a dict for what programs add.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::dict::{self, Dict};
use crate::value::{Args, Entry, Flags, Gc, Obj, Object, PrintKind, Res, Sink, Type, TypeRef, put};

/// Body of a module.
pub struct Module {
    /// `__name__`
    pub name: Qstr,
    /// Its globals.
    pub globals: Gc<Dict>,
    /// What a built-in module has besides its globals.
    pub table: Cell<&'static [Entry]>,
}

impl Object for Module {
    const TYPE: &'static Type = &TYPE;
}

/// `module`
pub static TYPE: Type = Type {
    flags: Flags::BASE,
    make: Some(make),
    print: Some(print),
    get_attr: Some(get_attr),
    set_attr: Some(set_attr),
    ..Type::new(q!("module"))
};

/// A new module, entered in `sys.modules`.
pub fn new(vm: &mut Vm, name: Qstr) -> Res {
    with_table(vm, name, &[], name)
}

/// A built-in module, entered in `sys.modules` under `key`.
pub fn with_table(vm: &mut Vm, name: Qstr, table: &'static [Entry], key: Qstr) -> Res {
    let globals = dict::new(vm)?;
    let Some(globals) = Gc::<Dict>::from_obj(globals) else { return Ok(Obj::NULL) };
    globals.map.set_name(vm, q!("__name__"), Obj::name(name))?;
    let module = Gc::alloc(vm, Module { name, globals, table: Cell::new(table) })?.obj();
    if let Some(modules) = dict::map(vm.modules) {
        modules.set_name(vm, key, module)?;
    }
    Ok(module)
}

/// A built-in module inside another one, made when it is first asked for.
pub fn inner(vm: &mut Vm, name: Qstr, table: &'static [Entry]) -> Res {
    match dict::map(vm.modules).map_or(Obj::NULL, |modules| modules.get_name(vm, name)) {
        Obj::NULL => with_table(vm, name, table, name),
        known => Ok(known),
    }
}

/// `type(module)(name)`
fn make(vm: &mut Vm, _: TypeRef, args: Args<'_>) -> Res {
    vm.no_keywords(args)?;
    vm.check_count(args.pos.len(), 1, 2)?;
    let Some(name) = super::str::intern(vm, args.pos[0])? else {
        return Err(vm.type_error(format_args!("a module's name must be a str")));
    };
    let globals = dict::new_as(vm, TypeRef::of(&dict::TYPE))?;
    globals.map.set_name(vm, q!("__name__"), Obj::name(name))?;
    globals.map.set_name(vm, q!("__doc__"), args.pos.get(1).copied().unwrap_or(Obj::NONE))?;
    Ok(Gc::alloc(vm, Module { name, globals, table: Cell::new(&[]) })?.obj())
}

/// The globals of a module.
pub fn globals(obj: Obj) -> Option<Gc<Dict>> {
    Gc::<Module>::from_obj(obj).map(|module| module.globals)
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(module) = Gc::<Module>::from_obj(obj) else { return Ok(()) };
    let name = vm.text_of_name(module.name);
    let file = module.globals.map.get_name(vm, q!("__file__"));
    match super::str::text_of(vm, file) {
        Some(file) => put(vm, sink, format_args!("<module '{name}' from '{file}'>")),
        None => put(vm, sink, format_args!("<module '{name}'>")),
    }
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(module) = Gc::<Module>::from_obj(obj) else { return Ok(Obj::NULL) };
    let value = module.globals.map.get_name(vm, name);
    if !value.is_null() {
        return Ok(value);
    }
    if let Some(rom) = Entry::find(module.table.get(), name) {
        return vm.rom_value(rom);
    }
    if name == q!("__dict__") {
        if module.globals.obj() == vm.builtins {
            vm.builtins_open = true;
            crate::run::builtins_changed(vm);
        }
        return Ok(module.globals.obj());
    }
    let hook = module.globals.map.get_name(vm, q!("__getattr__"));
    if hook.is_null() || name == q!("__path__") {
        return Ok(Obj::NULL);
    }
    vm.call_pos(hook, &[Obj::name(name)])
}

fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(module) = Gc::<Module>::from_obj(obj) else { return Ok(false) };
    if module.globals.obj() == vm.builtins {
        crate::run::builtins_changed(vm);
    }
    if value.is_null() {
        return Ok(!module.globals.map.remove(vm, Obj::name(name))?.is_null());
    }
    module.globals.map.set_name(vm, name, value)?;
    Ok(true)
}
