//! Running the script, and what its end means for the exit status.

use alloc::boxed::Box;
use core::marker::PhantomData;

use vm::compile::code::Kind;
use vm::qstr::Qstr;
use vm::run::{compile_source, load, mount_port, print_exception, read_file, run_module};
use vm::syntax::{Limits, Mode};
use vm::types::{class, exception, int, list, str};
use vm::value::{Gc, Obj, PrintKind, Res, Sink, TypeRef};
use vm::{Setup, Vm, mem};

use crate::port::{END_OF_INPUT, OnBoard};
use crate::{Board, console, heap, memory, semihost};

/// Exit status of an uncaught exception.
const RAISED: u32 = 1;
/// Exit status when there is no machine to run the script.
const NO_MACHINE: u32 = 100;

/// What makes functions native that no decorator says more of.
const NATIVE: &str = "-X emit=native ";

/// Runs the script and leaves with its exit status.
pub fn run<B: Board>() -> ! {
    semihost::exit(once::<B>())
}

fn once<B: Board>() -> u32 {
    // SAFETY: nothing was allocated yet.
    let region = unsafe { heap::begin(B::STACK_WORDS) };
    let setup = Setup {
        port: Box::new(OnBoard::<B>(PhantomData)),
        region,
        stack_words: B::STACK_WORDS,
        machine_stack_top: &raw const memory::stack_top,
        machine_stack_bytes: memory::stack_for_python(),
        emitter: None,
        caches: false,
    };
    let Some(vm) = Vm::new_sharing(setup, heap::share) else {
        console::write::<B>(b"no memory for a machine\n");
        return NO_MACHINE;
    };
    let vm = Box::leak(vm);
    // SAFETY: the machine stays.
    unsafe { console::watch(&raw mut vm.interrupt_char, &raw mut vm.pending) };
    #[cfg(feature = "native")]
    {
        vm.emitter = crate::native::emitter();
    }
    vm.options.limits = Limits::BOARD;
    match script::<B>(vm) {
        Ok(()) => 0,
        Err(raise) => {
            let exception = vm.take_exception(raise);
            status::<B>(vm, exception)
        }
    }
}

fn script<B: Board>(vm: &mut Vm) -> Res<()> {
    mount_port(vm)?;
    let frozen = str::new(vm, ".frozen")?;
    if let Some(path) = Gc::<list::List>::from_obj(vm.path) {
        path.items.push(vm, frozen)?;
    }
    let mut line = [0; 256];
    let len = semihost::command_line(&mut line);
    let line = core::str::from_utf8(line.get(..len).unwrap_or(&[])).unwrap_or("").trim_end_matches('\0');
    // The first word names the firmware; the rest is one path, blanks and all, and perhaps an option before it.
    let module = match line.split_once(' ') {
        Some((_, words)) if !words.is_empty() => {
            let path = match words.strip_prefix(NATIVE) {
                Some(path) => {
                    vm.options.emit = Kind::Native;
                    path
                }
                None => words,
            };
            let folder = path.rfind('/').map_or("", |end| path.get(..end).unwrap_or(""));
            let folder = str::new(vm, folder)?;
            if let Some(path) = Gc::<list::List>::from_obj(vm.path) {
                path.items.insert(vm, 0, folder)?;
            }
            let name = named(vm, path)?;
            let source = read_file(vm, path)?;
            compile_source(vm, source.bytes(), name, Mode::File)?
        }
        Some(_) | None => {
            let name = named(vm, "<stdin>")?;
            let source = sent::<B>(vm)?;
            compile_source(vm, &source, name, Mode::File)?
        }
    };
    let globals = vm.main_globals;
    let body = load(vm, &module, globals)?;
    // What was compiled gives way to what was loaded.
    drop(module);
    run_module(vm, body, globals)?;
    Ok(())
}

/// The number of the script's name, which becomes `__file__` too.
fn named(vm: &mut Vm, name: &str) -> Res<Qstr> {
    let key = intern(vm, "__file__")?;
    let file = str::new(vm, name)?;
    let globals = vm.main_globals;
    globals.map.set_name(vm, key, file)?;
    intern(vm, name)
}

fn intern(vm: &mut Vm, text: &str) -> Res<Qstr> {
    vm.pool.intern(text).map_err(|mem::NoMemory| vm.memory_error())
}

/// What comes over the UART up to Ctrl-D.
fn sent<B: Board>(vm: &mut Vm) -> Res<mem::Vec<u8>> {
    let mut source = mem::Vec::new();
    loop {
        match console::wait::<B>() {
            END_OF_INPUT => return Ok(source),
            byte => source.push(byte).map_err(|mem::NoMemory| vm.memory_error())?,
        }
    }
}

/// Reports what was raised and gives the exit status: that of SystemExit, else 1.
fn status<B: Board>(vm: &mut Vm, raised: Obj) -> u32 {
    let result = if class::is_subclass(raised.type_of(), TypeRef::of(&exception::SYSTEM_EXIT)) {
        let value = exception::first_arg(raised);
        if value.is_null() || value.is_none() {
            return 0;
        }
        if let Some(low) = int::low_bits(value) {
            return low as u32 & 0xFF;
        }
        vm.print(&mut Console::<B>(PhantomData), value, PrintKind::Str).map(|()| console::write::<B>(b"\n"))
    } else {
        print_exception(vm, &mut Console::<B>(PhantomData), raised)
    };
    if let Err(raise) = result {
        // A `__str__` of the program's own raised; what came before it is shown.
        vm.take_exception(raise);
        console::write::<B>(b"\n");
    }
    RAISED
}

/// The sink of reports.
struct Console<B>(PhantomData<B>);

impl<B: Board> Sink for Console<B> {
    fn write(&mut self, _: &mut Vm, text: &str) -> Res<()> {
        console::write::<B>(text.as_bytes());
        Ok(())
    }
}
