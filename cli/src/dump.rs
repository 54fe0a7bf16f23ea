//! `--dump`: the stages of a program on its way to what runs.

pub(crate) mod asm;

use std::fmt::{Error, Write};
use std::io::Read;

use vm::Vm;
use vm::compile::code::{Code, Kind, Module};
use vm::compile::emitter::{EmitError, Unit};
use vm::compile::{Options as CompilerOptions, dump, listing};
use vm::qstr::Pool;
use vm::run::compile_source;
use vm::syntax::{Mode, parse, print};
use vm::text::source::Source;
use vm::types::exception;
use vm::value::{Raise, Res};

use crate::args::{Options, Program, Stage};
use crate::run::{ended, intern, no_file};

/// Prints the stages that the options name, and gives the exit status.
pub fn program(vm: &mut Vm, options: &Options) -> u8 {
    let (name, source) = match read(&options.program) {
        Ok(found) => found,
        Err((name, error)) => return no_file(vm, &name, &error).status(),
    };
    let mut out = String::new();
    for stage in &options.dump {
        if options.dump.len() > 1 {
            let _ = writeln!(out, "== {} ==", stage.name());
        }
        let done = print_stage(vm, *stage, &source, &name, &mut out);
        vm.port.write_out(out.as_bytes());
        out.clear();
        if done.is_err() {
            return ended(vm, done.map(|()| vm::value::Obj::NONE)).status();
        }
    }
    0
}

/// The program's text, and the name it has in messages.
pub(crate) fn read(program: &Program) -> Result<(String, Vec<u8>), (String, std::io::Error)> {
    match program {
        Program::Command(text) => Ok(("<stdin>".into(), text.clone().into_bytes())),
        Program::File(file) => match std::fs::read(file) {
            Ok(source) => Ok((file.clone(), source)),
            Err(error) => Err((file.clone(), error)),
        },
        Program::Stdin | Program::Nothing | Program::Module(_) => {
            let mut source = Vec::new();
            match std::io::stdin().lock().read_to_end(&mut source) {
                Ok(_) => Ok(("<stdin>".into(), source)),
                Err(error) => Err(("<stdin>".into(), error)),
            }
        }
    }
}

/// Prints one stage; what cannot be compiled is raised, after what was printed of it.
fn print_stage(vm: &mut Vm, stage: Stage, source: &[u8], name: &str, out: &mut String) -> Res<()> {
    let file = intern(vm, name)?;
    // Writing to a String cannot fail, and a text with a mistake is compiled below, which raises it.
    match stage {
        Stage::Tokens => {
            if let Ok(text) = Source::new(source)
                && print::tokens(text, out).is_ok()
            {
                return Ok(());
            }
        }
        Stage::Ast => {
            let limits = CompilerOptions::FILE.limits;
            if let Ok(text) = Source::new(source)
                && let Ok(tree) = parse(text, Mode::File, limits, &mut vm.pool)
            {
                let _ = print::ast(&tree, &vm.pool, out);
                return Ok(());
            }
        }
        Stage::Ops | Stage::Bytecode | Stage::Ir | Stage::Asm => {}
    }
    let module = compile_source(vm, source, file, Mode::File)?;
    match stage {
        Stage::Ops => dump::dump_ops(&module, &vm.pool, out).map_err(|_| malformed(vm)),
        Stage::Bytecode => dump::dump_bytecode(&module, &vm.pool, out).map_err(|_| malformed(vm)),
        Stage::Tokens | Stage::Ast => Ok(()),
        Stage::Ir => ir(&module, &vm.pool, out).map_err(|_| malformed(vm)),
        Stage::Asm => {
            let text = String::from_utf8_lossy(source);
            match &mut vm.emitter {
                Some(emitter) => {
                    asm::functions(&module, &vm.pool, emitter.as_mut(), &text, out).map_err(|_| malformed(vm))
                }
                None => Err(no_emitter(vm)),
            }
        }
    }
}

/// Prints the IR of all functions that become machine code.
fn ir(module: &Module, names: &Pool, out: &mut String) -> Result<(), Error> {
    each(&module.root, &mut |code| {
        if code.kind == Kind::Bytecode {
            return Ok(());
        }
        match emitters::entry::build_parts(&Unit::of(module, code, names)) {
            Ok((funcs, _)) => funcs.iter().flatten().try_for_each(|func| writeln!(out, "{func}")),
            Err(error) => not_emitted(code, names, &error, out),
        }
    })
}

/// Prints the bytecode of a module that is about to run, in upstream's form.
pub fn show_bytecode(vm: &mut Vm, module: &Module) {
    let mut out = String::new();
    // Bytes that cannot be read are shown as far as they can.
    let _ = listing::list(module, &vm.pool, &mut out);
    vm.port.write_out(out.as_bytes());
}

/// Calls `visit` with a function and all inside it.
pub(crate) fn each(code: &Code, visit: &mut dyn FnMut(&Code) -> Result<(), Error>) -> Result<(), Error> {
    visit(code)?;
    code.children.iter().try_for_each(|child| each(child, visit))
}

/// Says why a function has no machine code.
fn not_emitted(code: &Code, names: &Pool, error: &EmitError, out: &mut String) -> Result<(), Error> {
    let name = names.get(code.name);
    match error {
        EmitError::Refused => writeln!(out, "{name}: stays bytecode"),
        EmitError::NoMemory => writeln!(out, "{name}: out of memory"),
        EmitError::Wrong(wrong) => {
            writeln!(out, "{name}: line {}: {}", wrong.line, String::from_utf8_lossy(&wrong.message))?;
            match wrong.note.is_empty() {
                true => Ok(()),
                false => writeln!(out, "    {}", String::from_utf8_lossy(&wrong.note)),
            }
        }
    }
}

fn no_emitter(vm: &mut Vm) -> Raise {
    vm.raise_new(&exception::NOT_IMPLEMENTED_ERROR, format_args!("no emitter in this build"))
}

/// The compiler made bytes that its own reader refuses: told rather than hidden.
fn malformed(vm: &mut Vm) -> Raise {
    vm.value_error(format_args!("malformed bytecode"))
}
