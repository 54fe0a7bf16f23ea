//! Loading: compiled data becomes objects; the only door through which machine code enters a machine.

use core::cell::Cell;

use super::code::{Context, RawCode};
use super::contents::read_file;
use super::image::run_image;
use crate::Vm;
use crate::compile::code::{Code, Const, Kind, Module};
use crate::compile::emitter::{EmitError, Unit, WrongClass};
use crate::compile::{self, Options};
use crate::modules::frozen;
use crate::q;
use crate::qstr::Qstr;
use crate::syntax::Mode;
use crate::text::error::{ErrorKind, SyntaxError};
use crate::text::source::Lines;
use crate::types::dict::Dict;
use crate::types::{bytes, complex, exception, float, function, int, str, tuple};
use crate::value::{Gc, GcVec, Obj, Raise, Res, Type};

/// Compiles `source`, called `name` in tracebacks, and runs it in `globals`. In mode `Eval` the result is the value.
pub fn run_source(vm: &mut Vm, source: &[u8], name: Qstr, mode: Mode, globals: Gc<Dict>) -> Res {
    run_source_in(vm, source, name, mode, globals, globals)
}

/// As `run_source`, with a namespace apart from the globals.
pub fn run_source_in(vm: &mut Vm, source: &[u8], name: Qstr, mode: Mode, globals: Gc<Dict>, names: Gc<Dict>) -> Res {
    let module = compile_source(vm, source, name, mode)?;
    let body = load(vm, &module, globals)?;
    drop(module);
    run_module(vm, body, names)
}

/// Compiles `source`; what is wrong with it is raised as SyntaxError with its line.
pub fn compile_source(vm: &mut Vm, source: &[u8], name: Qstr, mode: Mode) -> Res<Module> {
    let options = Options { mode, repl: mode == Mode::Single, known: crate::modules::KNOWN, ..vm.options };
    let file = vm.text_of_name(name);
    match compile::compile(source, file, &mut vm.pool, &options) {
        Ok(module) => Ok(module),
        Err(error) => Err(raise_compile_error(vm, error, source, name)),
    }
}

/// Runs a module's body with `names` as its namespace.
pub fn run_module(vm: &mut Vm, body: Gc<RawCode>, names: Gc<Dict>) -> Res {
    let function = function::new(vm, body, Obj::NULL, Obj::NULL, Obj::NULL)?;
    let Some(function) = Gc::<function::Function>::from_obj(function) else { return Ok(Obj::NONE) };
    super::call::run_body(vm, function, names)
}

/// Reads and runs a file: a `.mpy`, else text.
pub fn run_file(vm: &mut Vm, path: &str, globals: Gc<Dict>) -> Res {
    let content = read_file(vm, path)?;
    if path.ends_with(".mpy") {
        return run_image(vm, content, globals);
    }
    let name = match vm.pool.intern(frozen::own_name(path).unwrap_or(path)) {
        Ok(name) => name,
        Err(crate::mem::NoMemory) => return Err(vm.memory_error()),
    };
    run_source(vm, content.bytes(), name, Mode::File, globals)
}

/// Makes objects of a compiled module whose functions will see `globals`.
pub fn load(vm: &mut Vm, module: &Module, globals: Gc<Dict>) -> Res<Gc<RawCode>> {
    let names = GcVec::with_capacity(vm, module.qstrs.len())?;
    for name in module.qstrs.iter() {
        names.push(vm, name.0)?;
    }
    let consts = GcVec::with_capacity(vm, module.consts.len())?;
    for value in module.consts.iter() {
        let value = constant(vm, value)?;
        consts.push(vm, value)?;
    }
    let context =
        Gc::alloc(vm, Context { globals, names, consts, file: Cell::new(module.source), image: GcVec::new() })?;
    load_code(vm, context, module, &module.root)
}

fn load_code(vm: &mut Vm, context: Gc<Context>, module: &Module, code: &Code) -> Res<Gc<RawCode>> {
    vm.check_stack()?;
    if code.kind.is_assembler() && vm.emitter.is_none() {
        return Err(no_assembler(vm, context.file.get(), code.first_line));
    }
    let children = GcVec::with_capacity(vm, code.children.len())?;
    for child in code.children.iter() {
        let child = load_code(vm, context, module, child)?;
        children.push(vm, child.obj())?;
    }
    let bytes = GcVec::from_slice(vm, &code.bytes)?;
    let raw = RawCode::new(vm, context, bytes.slice(), children, code.flags.0)?;
    super::cache::fill(vm, raw)?;
    raw.n_free.set(code.n_frees());
    #[cfg(feature = "diagnostics")]
    {
        for local in code.locals.iter() {
            raw.locals.push(vm, local.name.0)?;
        }
        for (offset, line) in code.rows.iter() {
            raw.rows.push(vm, *offset)?;
            raw.rows.push(vm, *line)?;
        }
        raw.qualname.set(code.qualname);
        raw.first_line.set(code.first_line);
        if let Some(text) = &code.doc {
            let text = str::new(vm, core::str::from_utf8(text).unwrap_or(""))?;
            raw.doc.set(text);
        }
    }
    #[cfg(feature = "trace")]
    {
        raw.is_python.set(matches!(code.kind, Kind::Bytecode | Kind::Native));
        super::again::keep(vm, raw, code)?;
    }
    if code.kind != Kind::Bytecode {
        emit(vm, raw, module, code)?;
    }
    Ok(raw)
}

/// Bytes of machine stack that emitters may use.
const EMITTER_STACK: usize = 7 * 1024;

/// Has machine code made for a function that asks for it. Without an emitter, or when it refuses, bytecode serves.
fn emit(vm: &mut Vm, raw: Gc<RawCode>, module: &Module, code: &Code) -> Res<()> {
    let file = raw.context.file.get();
    let (used, all) = vm.stack_use();
    if vm.emitter.is_some() && all.saturating_sub(used) < EMITTER_STACK {
        return if code.kind == Kind::Native { Ok(()) } else { Err(vm.too_deep()) };
    }
    let Some(emitter) = &mut vm.emitter else { return Ok(()) };
    let (siblings, caches, checks) = (&module.root.children, !raw.caches.is_empty(), vm.options.viper_checks);
    match emitter.emit(&Unit { code, names: &vm.pool, consts: &module.consts, siblings, file, caches, checks }) {
        Ok(machine) => {
            raw.native.set(machine.entry);
            raw.takes_words.set(machine.takes_words);
            if machine.needs_frame {
                raw.simple.set(false);
            }
            super::native::keep(vm, raw, machine)
        }
        Err(EmitError::Refused) if code.kind.is_assembler() => Err(no_assembler(vm, file, code.first_line)),
        Err(EmitError::Refused) => Ok(()),
        // Bytecode means the same and is there already.
        Err(EmitError::NoMemory) if code.kind == Kind::Native => Ok(()),
        Err(EmitError::NoMemory) => Err(vm.memory_error()),
        Err(EmitError::Wrong(wrong)) => {
            let class = match wrong.class {
                WrongClass::Syntax => &exception::SYNTAX_ERROR,
                WrongClass::ViperType => &exception::VIPER_TYPE_ERROR,
                WrongClass::NotImplemented => &exception::NOT_IMPLEMENTED_ERROR,
            };
            let message = core::str::from_utf8(&wrong.message).unwrap_or("");
            let raise = raise_at(vm, class, message, file, wrong.line);
            match core::str::from_utf8(&wrong.note) {
                Ok("") | Err(_) => Err(raise),
                Ok(note) => {
                    let exception = vm.take_exception(raise);
                    let note = str::new(vm, note)?;
                    vm.call_method(exception, q!("add_note"), &[note])?;
                    Err(vm.raise(exception))
                }
            }
        }
    }
}

/// Machine code of a function that is written in it cannot be replaced by anything.
#[cold]
fn no_assembler(vm: &mut Vm, file: Qstr, line: u32) -> Raise {
    let raise = raise_at(vm, &exception::SYNTAX_ERROR, "invalid micropython decorator", file, line);
    #[cfg(feature = "diagnostics")]
    {
        let exception = vm.take_exception(raise);
        let note = "this system has no assembler; pyrite-cross -march=... compiles assembler for boards";
        let noted = str::new(vm, note).and_then(|note| vm.call_method(exception, q!("add_note"), &[note]));
        noted.map_or_else(|raise| raise, |_| vm.raise(exception))
    }
    #[cfg(not(feature = "diagnostics"))]
    raise
}

fn constant(vm: &mut Vm, value: &Const) -> Res {
    match value {
        Const::None => Ok(Obj::NONE),
        Const::True => Ok(Obj::TRUE),
        Const::False => Ok(Obj::FALSE),
        Const::Ellipsis => Ok(Obj::ELLIPSIS),
        Const::Int(value) => int::new(vm, *value),
        Const::BigInt { digits, base } => {
            int::from_text(vm, core::str::from_utf8(digits).unwrap_or(""), u32::from(*base))
        }
        Const::Float(value) => float::new(vm, *value),
        Const::Complex { real, imag } => complex::new(vm, (*real, *imag)),
        Const::Str(text) => str::new(vm, core::str::from_utf8(text).unwrap_or("")),
        Const::Bytes(value) => bytes::new(vm, value),
        Const::Tuple(values) => {
            vm.check_stack()?;
            let items = GcVec::with_capacity(vm, values.len())?;
            for value in values.iter() {
                let value = constant(vm, value)?;
                items.push(vm, value)?;
            }
            tuple::new(vm, items.slice())
        }
    }
}

/// Raises what the compiler found, with the line in the traceback.
fn raise_compile_error(vm: &mut Vm, error: SyntaxError, source: &[u8], file: Qstr) -> Raise {
    let line = Lines::new(source).map_or(1, |lines| lines.line(error.span.start));
    let class = match error.kind {
        ErrorKind::NoMemory => return vm.memory_error(),
        ErrorKind::Syntax => &exception::SYNTAX_ERROR,
        ErrorKind::Indentation => &exception::INDENTATION_ERROR,
        ErrorKind::Recursion => &exception::RECURSION_ERROR,
        ErrorKind::Overflow => &exception::RUNTIME_ERROR,
        ErrorKind::NotImplemented => &exception::NOT_IMPLEMENTED_ERROR,
        ErrorKind::Unicode => &exception::UNICODE_ERROR,
    };
    #[cfg(feature = "diagnostics")]
    if matches!(error.kind, ErrorKind::Syntax | ErrorKind::Indentation) {
        return match super::diagnose::exception(vm, class, &error, source, file) {
            Ok(exception) => {
                exception::add_trace(vm, exception, file, line, Qstr::NULL);
                vm.raise(exception)
            }
            Err(raise) => raise,
        };
    }
    raise_at(vm, class, error.message, file, line)
}

/// Raises an error that belongs to a line of a file, outside any block.
fn raise_at(vm: &mut Vm, class: &'static Type, message: &str, file: Qstr, line: u32) -> Raise {
    let raise = vm.raise_new(class, format_args!("{message}"));
    let exception = vm.take_exception(raise);
    exception::add_trace(vm, exception, file, line, Qstr::NULL);
    vm.reraise(exception)
}
