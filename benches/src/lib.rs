//! Home of the benchmarks: programs in `py/` with twins in `lua/` and `c/`, run by `cargo xtask bench`, and criterion's
//! micro-benches in `benches/`, run by `cargo bench -p benches`.

use cli::args::{self, Action};
use cli::machine;
use vm::Vm;
use vm::compile::emitter::Emitter;
use vm::compile::{Options, compile};
use vm::qstr::Pool;
use vm::run::run_source;
use vm::syntax::Mode;
use vm::value::Obj;

/// A program of some length for the front end: `examples/hotspots.py`.
pub const PROGRAM: &str = include_str!("../../examples/hotspots.py");

/// A machine with the functions of `source` in its `__main__`. Nothing can be measured without one, so failures panic.
pub fn machine(stack_top: *const u8, source: &str) -> &'static mut Vm {
    let Ok(Action::Run(options)) = args::parse(["pyrite", "-c", "pass"].map(Into::into)) else { panic!("the options") };
    let vm = machine::start(&options, stack_top).expect("a machine");
    let name = vm.pool.intern("<bench>").expect("memory");
    let globals = vm.main_globals;
    assert!(run_source(vm, source.as_bytes(), name, Mode::File, globals).is_ok(), "the functions of a bench raise");
    vm
}

/// A function of `__main__`.
pub fn function(vm: &mut Vm, name: &str) -> Obj {
    let name = vm.pool.intern(name).expect("memory");
    vm.main_globals.map.get_name(vm, name)
}

/// Calls a function with one argument.
pub fn call(vm: &mut Vm, function: Obj, arg: isize) -> Obj {
    match vm.call_pos(function, &[Obj::small_wrapping(arg)]) {
        Ok(value) => value,
        Err(_) => panic!("a bench raises"),
    }
}

/// The text of a program, compiled to bytecode.
pub fn compiled(pool: &mut Pool, source: &str) -> vm::compile::code::Module {
    compile(source.as_bytes(), "<bench>", pool, &Options::FILE).expect("a program without mistakes")
}

/// This machine's emitter.
pub fn emitter() -> Box<dyn Emitter> {
    cli::emitter().expect("an emitter")
}
