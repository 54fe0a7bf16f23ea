//! The front ends when the system allocator refuses: compiling gives a module, or IR, or "no memory", whichever allocation
//! fails.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use emitters::entry::build_parts;
use tests::case;
use vm::compile::code::{Code, Kind};
use vm::compile::emitter::{EmitError, Unit};
use vm::compile::{Options, compile};
use vm::mpy;
use vm::qstr::Pool;
use vm::syntax::Mode;
use vm::text::error::ErrorKind;

/// Refuses one thread's allocations once its count is used up.
struct Refusing;

thread_local! {
    /// So many allocations pass; `None`: all.
    static LEFT: Cell<Option<u64>> = const { Cell::new(None) };
}

fn passes() -> bool {
    LEFT.try_with(|left| match left.get() {
        None => true,
        Some(0) => false,
        Some(n) => {
            left.set(Some(n - 1));
            true
        }
    })
    .unwrap_or(true)
}

// SAFETY: the system's allocator does the work; refusing is always allowed.
unsafe impl GlobalAlloc for Refusing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        if passes() { unsafe { System.alloc(layout) } } else { std::ptr::null_mut() }
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(start, layout) }
    }

    unsafe fn realloc(&self, start: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise.
        if passes() { unsafe { System.realloc(start, layout, size) } } else { std::ptr::null_mut() }
    }
}

#[global_allocator]
static ALLOCATOR: Refusing = Refusing;

/// Runs `work` with so many allocations.
fn limited<R>(allocations: u64, work: impl FnOnce() -> R) -> R {
    LEFT.set(Some(allocations));
    let answer = work();
    LEFT.set(None);
    answer
}

/// Every count up to 300, then ever fewer.
fn step(n: u64) -> u64 {
    if n < 300 { n + 1 } else { n + n / 50 }
}

#[test]
fn compiling_survives_every_shortage() {
    for case in case::all().expect("cases") {
        let source = std::fs::read(&case.path).expect("a case");
        for mode in [Mode::File, Mode::Eval, Mode::Single] {
            let options = Options { mode, ..Options::FILE };
            let mut pool = Pool::new();
            let wanted = compile(&source, "a.py", &mut pool, &options);
            let mut n = 0;
            loop {
                let mut pool = Pool::new();
                let answer = limited(n, || compile(&source, "a.py", &mut pool, &options));
                match &answer {
                    Err(error) if error.kind == ErrorKind::NoMemory => {}
                    Ok(_) | Err(_) => {
                        assert_eq!(answer.is_ok(), wanted.is_ok(), "{}: {n} allocations", case.name);
                        break;
                    }
                }
                n = step(n);
            }
        }
    }
}

#[test]
fn module_files_survive_every_shortage() {
    let source = b"import a.b\ndef f(x, *y, z=1.5, **k):\n  yield ('a', 10 ** 40, b'c', x)\nclass C(f): 'doc'\n";
    let mut pool = Pool::new();
    let module = compile(source, "a.py", &mut pool, &Options::FILE).expect("a module");
    let bytes = mpy::write::write(&module, &pool).expect("bytes");
    for n in 0..2000 {
        let written = limited(n, || mpy::write::write(&module, &pool));
        let mut other = Pool::new();
        let read = limited(n, || mpy::read::read(&bytes, 62, &mut other));
        if let (Ok(_), Ok(_)) = (&written, &read) {
            return;
        }
        assert!(matches!(read, Ok(_) | Err(mpy::read::ReadError::NoMemory)), "{n}: {:?}", read.err());
    }
    panic!("still allocating");
}

/// Every function of `code` and of what is in it.
fn each_function<'a>(code: &'a Code, see: &mut dyn FnMut(&'a Code)) {
    see(code);
    code.children.iter().for_each(|child| each_function(child, see));
}

#[test]
fn making_ir_survives_every_shortage() {
    let areas = ["native/", "viper/"];
    for case in case::all()
        .expect("cases")
        .iter()
        .filter(|case| case.oom || areas.iter().any(|area| case.name.starts_with(area)))
    {
        let source = std::fs::read(&case.path).expect("a case");
        let mut pool = Pool::new();
        let options = Options { emit: Kind::Native, ..Options::FILE };
        let Ok(module) = compile(&source, "a.py", &mut pool, &options) else { continue };
        each_function(&module.root, &mut |code| {
            let unit = Unit { checks: case.name.ends_with("checks"), ..Unit::of(&module, code, &pool) };
            let mut n = 0;
            while let Err(EmitError::NoMemory) = limited(n, || build_parts(&unit).map(|_| ())) {
                assert!(n < 1_000_000, "{}: still allocating", case.name);
                n = step(n);
            }
        });
    }
}
