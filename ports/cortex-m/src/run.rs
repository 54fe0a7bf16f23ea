//! One machine after another: a prompt on the console, or the script that a host names.

use alloc::boxed::Box;
use core::marker::PhantomData;

use ramfs::Disk;
use repl::{Session, boot};
use vm::compile::code::Kind;
use vm::qstr::Qstr;
use vm::run::{compile_source, load, mount_port, print_exception, read_file, run_module};
use vm::syntax::{Limits, Mode};
use vm::types::{class, exception, int, list, str};
use vm::value::{Gc, Obj, PrintKind, Res, Sink, TypeRef};
use vm::{Setup, Vm, mem};

use crate::port::OnBoard;
use crate::{Board, console, fault, heap, kept, memory, semihost};

/// Exit status of an uncaught exception.
const RAISED: u32 = 1;
/// Exit status when there is no machine to run the script.
const NO_MACHINE: u32 = 100;

/// What makes functions native that no decorator says more of.
const NATIVE: &str = "-X emit=native ";

/// Runs the script that a host names and leaves with its exit status; else talks, for ever.
pub fn run<B: Board>() -> ! {
    if semihost::has_command::<B>() {
        semihost::exit(command::<B>())
    }
    let mut session = Session::new("Type \"help()\" for more information.");
    loop {
        talk::<B>(&mut session);
    }
}

/// A new machine, in the place of the one before.
fn machine<B: Board>(disk: Option<Disk<'static>>) -> Option<&'static mut Vm> {
    console::forget();
    // SAFETY: whoever had a machine before has left it.
    let region = unsafe { heap::begin(B::STACK_WORDS, size_of::<OnBoard<B>>()) };
    let setup = Setup {
        port: Box::new(OnBoard::<B> { disk, board: PhantomData }),
        region,
        stack_words: B::STACK_WORDS,
        machine_stack_top: &raw const memory::stack_top,
        machine_stack_bytes: memory::stack_for_python(),
        emitter: None,
        caches: false,
    };
    let Some(vm) = Vm::new_sharing(setup, heap::share) else {
        console::write::<B>(b"no memory for a machine\r\n");
        return None;
    };
    let vm = Box::leak(vm);
    // SAFETY: the machine stays until `forget`.
    unsafe { console::watch(&raw mut vm.interrupt_char, &raw mut vm.pending) };
    #[cfg(feature = "native")]
    {
        vm.emitter = crate::native::emitter();
    }
    vm.options.limits = Limits::BOARD;
    Some(vm)
}

/// One life of a machine: boot, main, prompts until Ctrl-D or SystemExit.
fn talk<B: Board>(session: &mut Session) {
    // SAFETY: this part of RAM is the disk's; the machine that had it is gone.
    let disk = unsafe { memory::disk().bytes() };
    let Some(vm) = machine::<B>(Some(Disk::new(disk))) else { fault::restart() };
    if let Err(raise) = files(vm) {
        vm.take_exception(raise);
        console::write::<B>(b"no memory for files\r\n");
    }
    let on = if kept::fails_again_and_again() {
        console::write::<B>(b"safe mode: the board failed again and again, so boot.py and main.py are left out\r\n");
        true
    } else {
        boot::run(vm, session)
    };
    if on {
        // Who reads the prompt can mend what failed.
        kept::recovered();
        session.run(vm);
    }
    boot::end(vm);
}

/// Mounts the disk, and looks for modules there.
fn files(vm: &mut Vm) -> Res<()> {
    mount_port(vm)?;
    for place in ["", ".frozen", "/lib"] {
        let place = str::new(vm, place)?;
        if let Some(path) = Gc::<list::List>::from_obj(vm.path) {
            path.items.push(vm, place)?;
        }
    }
    Ok(())
}

fn command<B: Board>() -> u32 {
    let Some(vm) = machine::<B>(None) else { return NO_MACHINE };
    match script(vm) {
        Ok(()) => 0,
        Err(raise) => {
            let exception = vm.take_exception(raise);
            status::<B>(vm, exception)
        }
    }
}

fn script(vm: &mut Vm) -> Res<()> {
    mount_port(vm)?;
    let frozen = str::new(vm, ".frozen")?;
    if let Some(path) = Gc::<list::List>::from_obj(vm.path) {
        path.items.push(vm, frozen)?;
    }
    let mut line = [0; 256];
    let len = semihost::command_line(&mut line);
    let line = core::str::from_utf8(line.get(..len).unwrap_or(&[])).unwrap_or("").trim_end_matches('\0');
    // The first word names the firmware; the rest is one path, blanks and all, and perhaps an option before it.
    let words = line.split_once(' ').map_or("", |(_, words)| words);
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
    let module = compile_source(vm, source.bytes(), name, Mode::File)?;
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
