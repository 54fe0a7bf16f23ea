//! compile, eval, exec, execfile, globals, locals, and `__import__`: functions that make or run programs.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::run;
use crate::run::code::RawCode;
use crate::syntax::Mode;
use crate::types::dict::{self, Dict};
use crate::types::{function, str};
use crate::value::{Gc, Obj, Object, Res, Type};

/// Body of what `compile()` gives. It keeps the text: functions are bound to their globals when they are made, and those
/// are known only when the code is run.
pub struct Program {
    source: Obj,
    file: Qstr,
    mode: Mode,
}

impl Object for Program {
    const TYPE: &'static Type = &PROGRAM;
}

/// `code`, as `compile()` makes it.
pub static PROGRAM: Type = Type { get_attr: Some(get_attr), ..Type::new(q!("code")) };

/// Its attributes are those of its code object.
fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    if !vm.text_of_name(name).starts_with("co_") {
        return Ok(Obj::NULL);
    }
    match code_of(vm, obj)? {
        Some(code) => vm.find_attr(code.obj(), name),
        None => Ok(Obj::NULL),
    }
}

/// The code object that `obj` is, or that `compile` gave for it.
pub fn code_of(vm: &mut Vm, obj: Obj) -> Res<Option<Gc<RawCode>>> {
    if let Some(code) = Gc::<RawCode>::from_obj(obj) {
        return Ok(Some(code));
    }
    let globals = dict::new(vm)?;
    with_globals(vm, obj, globals)
}

/// A code object that sees `globals`, of a code object or of what `compile` gave; None for anything else.
pub fn with_globals(vm: &mut Vm, obj: Obj, globals: Obj) -> Res<Option<Gc<RawCode>>> {
    let Some(globals) = Gc::<Dict>::from_obj(globals) else { return Ok(None) };
    if let Some(code) = Gc::<RawCode>::from_obj(obj) {
        return Ok(Some(run::with_globals(vm, code, globals)?));
    }
    let Some(program) = Gc::<Program>::from_obj(obj) else { return Ok(None) };
    let bytes = source_bytes(vm, program.source)?;
    let module = run::compile_source(vm, trimmed(bytes, program.mode), program.file, program.mode)?;
    Ok(Some(run::load(vm, &module, globals)?))
}

/// Blanks before an expression are no indentation.
fn trimmed(bytes: &[u8], mode: Mode) -> &[u8] {
    if mode == Mode::Eval { bytes.trim_ascii_start() } else { bytes }
}

/// `compile(source, filename, mode)`
pub fn compile(vm: &mut Vm, args: &[Obj]) -> Res {
    let [source, file, mode, ..] = args else { return Ok(Obj::NONE) };
    let Some(file) = str::intern(vm, *file)? else { return Err(vm.type_error(format_args!("filename must be a str"))) };
    let mode = if vm.is_text(*mode, q!("exec")) {
        Mode::File
    } else if vm.is_text(*mode, q!("eval")) {
        Mode::Eval
    } else if vm.is_text(*mode, q!("single")) {
        Mode::Single
    } else {
        return Err(vm.value_error(format_args!("bad compile mode")));
    };
    let bytes = source_bytes(vm, *source)?;
    run::compile_source(vm, bytes, file, mode)?;
    Ok(Gc::alloc(vm, Program { source: *source, file, mode })?.obj())
}

/// `eval(source, globals, locals)`
pub fn eval(vm: &mut Vm, args: &[Obj]) -> Res {
    execute(vm, args, Mode::Eval)
}

/// `exec(source, globals, locals)`
pub fn exec(vm: &mut Vm, args: &[Obj]) -> Res {
    execute(vm, args, Mode::File)?;
    Ok(Obj::NONE)
}

/// `execfile(path, globals, locals)`
pub fn execfile(vm: &mut Vm, args: &[Obj]) -> Res {
    let (globals, names) = namespaces(vm, args, Mode::File)?;
    let path = str::arg::utf8(vm, args.first().copied().unwrap_or(Obj::NONE))?;
    let content = run::read_file(vm, path)?;
    let Some(file) = str::new(vm, path).and_then(|path| str::intern(vm, path))? else { return Ok(Obj::NONE) };
    run::run_source_in(vm, content.bytes(), file, Mode::File, globals, names)?;
    Ok(Obj::NONE)
}

/// The globals that were given, or those around, and the namespace.
fn namespaces(vm: &mut Vm, args: &[Obj], mode: Mode) -> Res<(Gc<Dict>, Gc<Dict>)> {
    let mut globals = vm.globals();
    // An expression sees the locals around it; what `exec` binds goes to the globals, as upstream has it.
    let mut names = if mode == Mode::Eval { vm.local_names()? } else { vm.names() };
    if let Some(given) = args.get(1).filter(|given| !given.is_none()) {
        globals = a_dict(vm, *given)?;
        names = globals;
    }
    if let Some(given) = args.get(2).filter(|given| !given.is_none()) {
        names = a_dict(vm, *given)?;
    }
    Ok((globals, names))
}

fn execute(vm: &mut Vm, args: &[Obj], mode: Mode) -> Res {
    let (globals, names) = namespaces(vm, args, mode)?;
    let Some(source) = args.first() else { return Ok(Obj::NONE) };
    if let Some(code) = Gc::<RawCode>::from_obj(*source) {
        let code = run::with_globals(vm, code, globals)?;
        if code.is_module_like() {
            return run::run_module(vm, code, names);
        }
        let function = function::new(vm, code, Obj::NULL, Obj::NULL, Obj::NULL)?;
        return vm.call_pos(function, &[]);
    }
    let (source, file, mode) = match Gc::<Program>::from_obj(*source) {
        Some(program) => (program.source, program.file, program.mode),
        None => (*source, q!("<string>"), mode),
    };
    let bytes = source_bytes(vm, source)?;
    run::run_source_in(vm, trimmed(bytes, mode), file, mode, globals, names)
}

fn a_dict(vm: &mut Vm, obj: Obj) -> Res<Gc<Dict>> {
    match Gc::<Dict>::from_obj(obj) {
        Some(dict) => Ok(dict),
        None => Err(vm.type_error(format_args!("globals and locals must be dicts"))),
    }
}

fn source_bytes<'a>(vm: &mut Vm, source: Obj) -> Res<&'a [u8]> {
    match str::bytes_of(vm, source) {
        Some(bytes) => Ok(bytes),
        None => Ok(vm.buffer(source, false)?.bytes()),
    }
}

/// `globals()`
pub fn globals(vm: &mut Vm) -> Res {
    Ok(vm.globals().obj())
}

/// `locals()`: the namespace of a module or class body, or a new dict of a function's locals.
pub fn locals(vm: &mut Vm) -> Res {
    Ok(vm.local_names()?.obj())
}

/// `__import__(name, globals, locals, fromlist, level)`
pub fn import(vm: &mut Vm, args: &[Obj]) -> Res {
    let Some(name) = args.first() else { return Ok(Obj::NONE) };
    let Some(name) = str::intern(vm, *name)? else {
        return Err(vm.type_error(format_args!("module name must be a str")));
    };
    let from = args.get(3).copied().unwrap_or(Obj::NONE);
    let level = args.get(4).copied().unwrap_or(Obj::small_wrapping(0));
    if name == q!("") && level == Obj::small_wrapping(0) {
        return Err(vm.value_error(format_args!("")));
    }
    let number = match level.as_small() {
        Some(number) if number >= 0 => number,
        Some(_) | None => return Err(vm.value_error(format_args!("level must not be negative"))),
    };
    let here = args.get(1).copied().unwrap_or(Obj::NONE);
    if number > 0 && !here.is_none() {
        let globals = a_dict(vm, here)?;
        return run::import_relative(vm, name, from, number, globals);
    }
    run::import_name(vm, name, from, level)
}
