//! Running a program, and what its end means for the process.

use std::io::{IsTerminal, Read};

use vm::Vm;
use vm::qstr::Qstr;
use vm::run::{compile_source, import_name, load, report, run_module};
use vm::syntax::Mode;
use vm::types::{class, exception, int, str};
use vm::value::{Obj, PrintKind, Res, Sink, TypeRef};

use crate::args::{Options, Program};
use crate::{dump, explain, machine, module, profile, repl};

/// Exit status of an uncaught exception.
pub const RAISED: u8 = 1;
/// Exit status when there is no such script, as in CPython.
pub const NO_SCRIPT: u8 = 2;
/// Exit status of an uncaught KeyboardInterrupt, as shells have it.
pub const INTERRUPTED: u8 = 130;

/// How a program ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// It came to its end, or raised: a prompt may follow.
    Over(u8),
    /// It asked for the process to end.
    Exit(u8),
}

impl End {
    /// The exit status.
    pub fn status(self) -> u8 {
        match self {
            End::Over(status) | End::Exit(status) => status,
        }
    }
}

/// Runs what the options say and gives the exit status. `stack_top` is above everything this function has on the stack.
pub fn run(options: &Options, stack_top: *const u8) -> u8 {
    let vm = match machine::start(options, stack_top) {
        Ok(vm) => vm,
        Err(message) => {
            eprintln!("pyrite: {message}");
            return RAISED;
        }
    };
    // SAFETY: the machine was leaked.
    let profile = match options.profile.as_ref().map(|file| unsafe { profile::start(&raw mut *vm, file) }).transpose() {
        Ok(profile) => profile,
        Err(message) => {
            eprintln!("pyrite: {message}");
            return RAISED;
        }
    };
    let mut status = with(vm, options);
    let last = std::mem::replace(&mut vm.at_exit, Obj::NULL);
    if !last.is_null() {
        let result = vm.call_pos(last, &[]);
        status = status.max(ended(vm, result).status());
    }
    if options.verbose > 0 {
        let shown = show_memory(vm);
        status = status.max(ended(vm, shown).status());
    }
    vm.port.flush();
    if let Some(Err(message)) = profile.map(|profile| profile.finish(vm)) {
        eprintln!("pyrite: {message}");
        return status.max(RAISED);
    }
    status
}

fn with(vm: &mut Vm, options: &Options) -> u8 {
    if !options.dump.is_empty() {
        return dump::program(vm, options);
    }
    if options.explain {
        return explain::program(vm, options);
    }
    let asked = options.inspect || std::env::var_os("MICROPYINSPECT").is_some_and(|value| !value.is_empty());
    let mut end = match &options.program {
        Program::Nothing if asked || std::io::stdin().is_terminal() => return repl::run(vm).status(),
        Program::Nothing | Program::Stdin => stdin(vm, options),
        Program::Command(text) => main_source(vm, options, text.as_bytes(), "<stdin>"),
        Program::File(file) => file_program(vm, options, file),
        Program::Module(name) => {
            let result = module::run_as_main(vm, name);
            ended(vm, result)
        }
    };
    if asked && matches!(end, End::Over(_)) {
        end = repl::run(vm);
    }
    end.status()
}

fn stdin(vm: &mut Vm, options: &Options) -> End {
    let mut source = Vec::new();
    match std::io::stdin().lock().read_to_end(&mut source) {
        Ok(_) => main_source(vm, options, &source, "<stdin>"),
        Err(error) => no_file(vm, "<stdin>", &error),
    }
}

fn file_program(vm: &mut Vm, options: &Options, file: &str) -> End {
    match std::fs::read(file) {
        Ok(source) => main_source(vm, options, &source, file),
        Err(error) => no_file(vm, file, &error),
    }
}

/// Says that a file cannot be read.
pub fn no_file(vm: &mut Vm, file: &str, error: &std::io::Error) -> End {
    let number = error.raw_os_error().unwrap_or(0);
    let text = error.to_string();
    // std appends the number in its own way.
    let text = text.split(" (os error").next().unwrap_or("");
    vm.port.write_err(format!("pyrite: can't open file '{file}': [Errno {number}] {text}\n").as_bytes());
    End::Over(NO_SCRIPT)
}

/// Runs a text in `__main__`.
fn main_source(vm: &mut Vm, options: &Options, source: &[u8], name: &str) -> End {
    let result = in_main(vm, options, source, name);
    ended(vm, result)
}

fn in_main(vm: &mut Vm, options: &Options, source: &[u8], name: &str) -> Res {
    let globals = vm.main_globals;
    let file = str::new(vm, name)?;
    let key = intern(vm, "__file__")?;
    globals.map.set_name(vm, key, file)?;
    let name = intern(vm, name)?;
    let module = compile_source(vm, source, name, Mode::File)?;
    if options.verbose > 1 {
        dump::show_bytecode(vm, &module);
    }
    let body = load(vm, &module, globals)?;
    drop(module);
    if options.compile_only { Ok(Obj::NONE) } else { run_module(vm, body, globals) }
}

/// What `-v` says at the end.
fn show_memory(vm: &mut Vm) -> Res {
    let (module, function) = (intern(vm, "micropython")?, intern(vm, "mem_info")?);
    let module = import_name(vm, module, Obj::NONE, Obj::small_wrapping(0))?;
    let function = vm.get_attr(module, function)?;
    vm.call_pos(function, &[])
}

/// The number of a name.
pub fn intern(vm: &mut Vm, text: &str) -> Res<Qstr> {
    vm.pool.intern(text).map_err(|_| vm.memory_error())
}

/// Reports what was raised; nothing when the program came to its end.
pub fn ended(vm: &mut Vm, result: Res) -> End {
    let Err(raise) = result else { return End::Over(0) };
    let exception = vm.take_exception(raise);
    // What is left of a test with failing allocations must not break the report.
    vm.heap.fail_after(None);
    let is = |ty| class::is_subclass(exception.type_of(), TypeRef::of(ty));
    if is(&exception::SYSTEM_EXIT) {
        return End::Exit(exit_status(vm, exception::first_arg(exception)));
    }
    let mut text = Text(String::new());
    if let Err(raise) = report(vm, &mut text, exception) {
        // A `__str__` of the program's own may raise; what came before it is shown.
        vm.take_exception(raise);
        text.0.push('\n');
    }
    vm.port.write_err(text.0.as_bytes());
    End::Over(if is(&exception::KEYBOARD_INTERRUPT) { INTERRUPTED } else { RAISED })
}

/// None is 0, an int its low 8 bits; anything else is shown and 1.
fn exit_status(vm: &mut Vm, value: Obj) -> u8 {
    if value.is_null() || value.is_none() {
        return 0;
    }
    if let Some(low) = int::low_bits(value) {
        return low as u8;
    }
    let mut text = Text(String::new());
    if let Err(raise) = vm.print(&mut text, value, PrintKind::Str) {
        vm.take_exception(raise);
    }
    text.0.push('\n');
    vm.port.write_err(text.0.as_bytes());
    RAISED
}

/// A sink that keeps the text.
pub struct Text(pub String);

impl Sink for Text {
    fn write(&mut self, _: &mut Vm, text: &str) -> Res<()> {
        self.0.push_str(text);
        Ok(())
    }
}
