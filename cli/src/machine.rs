//! A machine for this process, set up as the options say.

use vm::compile::code::Kind;
use vm::run::{mount_port, mount_rom};
use vm::value::{Obj, Res};
use vm::{Setup, Vm};

use crate::args::{Emit, Options, Program};
use crate::emitter::Told;
use crate::host::{Host, files, heap, interrupt};
use crate::perf::{self, Form};
use crate::profile;
use emitters::exec::Pages;

/// Words of the value stack: some ten thousand frames. Memory that is never reached is never taken.
const STACK_WORDS: usize = 512 << 10;
/// Where modules are looked for when MICROPYPATH does not say.
const DEFAULT_PATH: &str = ".frozen:~/.micropython/lib:/usr/lib/micropython";

/// A machine whose Python code runs below `stack_top` on the machine stack. It lives as long as the process, because
/// Ctrl-C writes to it.
pub fn start(options: &Options, stack_top: *const u8) -> Result<&'static mut Vm, String> {
    let limit = options.heap_limit.unwrap_or(heap::DEFAULT_LIMIT);
    let mut listeners = Vec::new();
    if let Some(form) = options.perf {
        listeners.push(perf::listener(form)?);
    }
    if options.profile.is_some() {
        listeners.push(profile::listener());
    }
    // perf looks for names of what lies in a file, which our shared pages do, in that file only.
    let pages = if options.perf == Some(Form::Map) { Pages::Own } else { Pages::Shared };
    let setup = Setup {
        port: Box::new(Host::new()),
        region: heap::reserve(limit).ok_or("cannot reserve memory for the heap")?,
        stack_words: STACK_WORDS,
        machine_stack_top: stack_top,
        machine_stack_bytes: heap::stack_bytes(),
        emitter: Some(Box::new(Told::new(pages, listeners))),
        caches: true,
    };
    let vm = Box::leak(Vm::new(setup).ok_or("the heap is too small")?);
    // SAFETY: a leaked box stays.
    unsafe { interrupt::watch(&raw mut vm.pending) };
    if let Ok(path) = std::env::current_exe() {
        vm.executable = Box::leak(path.to_string_lossy().into());
    }
    vm.options.optimise = options.optimise;
    vm.options.emit = kind(options.emit);
    vm.options.viper_checks = options.viper_checks;
    if fill(vm, options).is_err() {
        return Err("the heap is too small".into());
    }
    if let Some(file) = &options.romfs {
        let image = files::map_forever(file).map_err(|error| format!("{file}: {error}"))?;
        mount_rom(vm, image).map_err(|_| format!("{file}: this is no ROMFS image, or not all of it"))?;
    }
    if options.gc_stress {
        vm.heap.set_stress(true);
    }
    vm.heap.fail_after(options.fail_alloc);
    Ok(vm)
}

/// The compiler's word for the default emitter.
pub fn kind(emit: Emit) -> Kind {
    match emit {
        Emit::Bytecode => Kind::Bytecode,
        Emit::Native => Kind::Native,
        Emit::Viper => Kind::Viper,
    }
}

/// Mounts the files of the host and fills `sys.argv` and `sys.path`.
fn fill(vm: &mut Vm, options: &Options) -> Res<()> {
    mount_port(vm)?;
    for arg in &options.argv {
        append(vm, List::Argv, arg)?;
    }
    append(vm, List::Path, &first_place(&options.program))?;
    let places = std::env::var("MICROPYPATH").unwrap_or_else(|_| DEFAULT_PATH.into());
    let home = std::env::var("HOME").unwrap_or_default();
    // An empty first entry is the working directory, which is there already.
    for place in places.strip_prefix(':').unwrap_or(&places).split(':').filter(|_| !places.is_empty()) {
        match place.strip_prefix("~/") {
            Some(rest) if !home.is_empty() => append(vm, List::Path, &format!("{home}/{rest}"))?,
            Some(_) | None => append(vm, List::Path, place)?,
        }
    }
    Ok(())
}

/// The first entry of `sys.path`: the script's own directory, else the working directory.
fn first_place(program: &Program) -> String {
    match program {
        Program::File(file) => std::fs::canonicalize(file)
            .ok()
            .and_then(|path| path.parent().map(|dir| dir.to_string_lossy().into_owned()))
            .unwrap_or_default(),
        Program::Nothing | Program::Stdin | Program::Command(_) | Program::Module(_) => String::new(),
    }
}

#[derive(Clone, Copy)]
enum List {
    Argv,
    Path,
}

fn append(vm: &mut Vm, to: List, text: &str) -> Res<()> {
    let text = vm::types::str::new(vm, text)?;
    let list = match to {
        List::Argv => vm.argv,
        List::Path => vm.path,
    };
    push(vm, list, text)
}

fn push(vm: &mut Vm, list: Obj, item: Obj) -> Res<()> {
    match vm::value::Gc::<vm::types::list::List>::from_obj(list) {
        Some(list) => list.items.push(vm, item),
        None => Ok(()),
    }
}
