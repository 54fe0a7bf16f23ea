//! compile, eval, exec, globals, locals, and `__import__`: functions that make or run programs.

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::run;
use crate::syntax::Mode;
use crate::types::dict::Dict;
use crate::types::str;
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
pub static PROGRAM: Type = Type::new(q!("code"));

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

fn execute(vm: &mut Vm, args: &[Obj], mode: Mode) -> Res {
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
    let Some(source) = args.first() else { return Ok(Obj::NONE) };
    let (source, file, mode) = match Gc::<Program>::from_obj(*source) {
        Some(program) => (program.source, program.file, program.mode),
        None => (*source, q!("<string>"), mode),
    };
    let bytes = source_bytes(vm, source)?;
    // Blanks before an expression are no indentation.
    let bytes = if mode == Mode::Eval { bytes.trim_ascii_start() } else { bytes };
    run::run_source_in(vm, bytes, file, mode, globals, names)
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
