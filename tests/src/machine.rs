//! A machine in this process: runs texts one after another, each on a fresh heap in the same memory.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use vm::compile::code::Kind;
use vm::compile::emitter::Emitter;
use vm::port::Port;
use vm::syntax::Mode;
use vm::{Setup, Vm, gc, qstr, run, types, value};

use crate::emitter::Remembering;

/// Bytes of heap.
const HEAP: usize = 2 << 20;
/// Words of the value stack.
const STACK_WORDS: usize = 1 << 15;
/// Bytes of machine stack that programs may use; threads that run them need as much again.
pub const STACK_BYTES: usize = 2 << 20;

/// What a machine runs.
#[derive(Clone, Copy)]
pub enum Input<'a> {
    /// Python.
    Text(&'a [u8]),
    /// A compiled file, copied into the heap.
    Compiled(&'a [u8]),
    /// A compiled file, where it is.
    Image(&'a [u8]),
}

/// Which allocations in the heap are refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shortage {
    /// None.
    Never,
    /// All after the first so many.
    After(u64),
    /// One, after so many.
    Once(u64),
}

/// What a run led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// What was printed.
    pub output: String,
    /// The class of the exception that ended it.
    pub raised: Option<String>,
    /// Whether the machine still did its work afterwards.
    pub sound: bool,
}

/// Memory for machines.
pub struct Memory {
    heap: Vec<u64>,
    /// What makes machine code of functions; `None` where all run as bytecode.
    emitter: Option<Remembering>,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory { heap: vec![0; HEAP / 8], emitter: None }
    }
}

impl Memory {
    /// For machines in which functions without a decorator are native, and those with one are what it says.
    pub fn native() -> Memory {
        Memory { emitter: Some(Remembering::default()), ..Memory::default() }
    }

    /// Runs a program in a new machine.
    pub fn run(&mut self, source: &[u8], shortage: Shortage, stress: bool) -> Outcome {
        self.start(Input::Text(source), shortage, stress, None)
    }

    /// Runs a program that is interrupted again and again once so much time has passed.
    pub fn run_for(&mut self, program: Input<'_>, shortage: Shortage, limit: Duration, stress: bool) -> Outcome {
        self.start(program, shortage, stress, Some(limit))
    }

    fn start(&mut self, program: Input<'_>, shortage: Shortage, stress: bool, limit: Option<Duration>) -> Outcome {
        // All frames of the run lie below this local, so the collector sees them.
        let top = [0u64; 8];
        self.run_below(std::hint::black_box(top.as_ptr_range().end).cast(), program, shortage, stress, limit)
    }

    #[inline(never)]
    fn run_below(
        &mut self,
        top: *const u8,
        program: Input<'_>,
        shortage: Shortage,
        stress: bool,
        limit: Option<Duration>,
    ) -> Outcome {
        let output = Rc::new(RefCell::new(Vec::new()));
        // SAFETY: the memory outlives the machine, which is dropped in this function, and nobody else uses it.
        let region = unsafe { gc::Region::fixed(self.heap.as_mut_ptr().cast(), HEAP) };
        let setup = Setup {
            port: Box::new(Capture {
                output: output.clone(),
                clock: 0,
                end: limit.map(|limit| Instant::now() + limit),
            }),
            region,
            stack_words: STACK_WORDS,
            machine_stack_top: top,
            machine_stack_bytes: STACK_BYTES,
            emitter: self.emitter.clone().map(|emitter| Box::new(emitter) as Box<dyn Emitter>),
            caches: true,
        };
        let Some(mut vm) = Vm::new(setup) else {
            return Outcome { output: String::new(), raised: Some("no machine".to_string()), sound: false };
        };
        frozen_modules(&mut vm);
        if self.emitter.is_some() {
            vm.options.emit = Kind::Native;
        }
        match shortage {
            Shortage::Never => {}
            Shortage::After(n) => vm.heap.fail_after(Some(n)),
            Shortage::Once(n) => vm.heap.fail_once(n),
        }
        vm.heap.set_stress(stress);
        let raised = within(limit, &mut vm, |vm| perform(vm, program));
        vm.heap.set_stress(false);
        vm.heap.fail_after(None);
        // What was left unfinished is closed first, and may print; each function that was scheduled may raise, and does
        // so where a loop goes round.
        let close = b"import gc\ngc.collect()\nfor _ in range(100):\n    gc.threshold()\n";
        let closed = (0..4).any(|_| within(limit, &mut vm, |vm| text(vm, close)).is_none());
        let printed = output.borrow().len();
        let sound = closed && text(&mut vm, CHECK).is_none() && output.borrow().get(printed..) == Some(CHECKED);
        output.borrow_mut().truncate(printed);
        within(limit, &mut vm, |vm| {
            vm.heap.finalise_all();
            vm.run_finalisers();
        });
        drop(vm);
        let output = String::from_utf8_lossy(&output.borrow()).into_owned();
        Outcome { output, raised, sound }
    }
}

/// Puts the place of frozen modules on `sys.path`.
fn frozen_modules(vm: &mut Vm) {
    let place = types::str::new(vm, ".frozen").unwrap_or(value::Obj::NONE);
    if let Some(path) = value::Gc::<types::list::List>::from_obj(vm.path) {
        // There is memory for one place.
        let _ = path.items.push(vm, place);
    }
}

/// Runs a text; the class of what it raised.
fn text(vm: &mut Vm, source: &[u8]) -> Option<String> {
    perform(vm, Input::Text(source))
}

/// Runs a program; the class of what it raised.
fn perform(vm: &mut Vm, program: Input<'_>) -> Option<String> {
    let globals = vm.main_globals;
    let done = match program {
        Input::Text(source) => run::run_source(vm, source, qstr::find_static("<stdin>")?, Mode::File, globals),
        Input::Compiled(bytes) => {
            value::GcVec::from_slice(vm, bytes).and_then(|bytes| run::run_image(vm, run::Image::Heap(bytes), globals))
        }
        Input::Image(bytes) => {
            // SAFETY: callers drop the machine before they give the bytes back.
            let bytes = unsafe { std::slice::from_raw_parts(bytes.as_ptr(), bytes.len()) };
            run::run_image(vm, run::Image::Forever(bytes), globals)
        }
    };
    let raise = done.err()?;
    let exception = vm.take_exception(raise);
    let class = vm.type_name(exception).to_string();
    if let Err(raise) = run::print_exception(vm, &mut value::Stdout, exception) {
        vm.take_exception(raise);
    }
    Some(class)
}

/// Does some work; with a limit there is a thread beside it that has the machine look at its port from time to time, as
/// Ctrl-C does.
fn within<R>(limit: Option<Duration>, vm: &mut Vm, work: impl FnOnce(&mut Vm) -> R) -> R {
    let Some(limit) = limit else { return work(vm) };
    let pending = (&raw mut vm.pending).expose_provenance();
    let (done, until) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut wait = limit;
            while until.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                // SAFETY: the machine outlives this scope, and everybody treats the word as one that changes by itself.
                let pending = unsafe { AtomicU32::from_ptr(std::ptr::with_exposed_provenance_mut(pending)) };
                pending.store(1, Ordering::Release);
                wait = Duration::from_millis(1);
            }
        });
        let answer = work(vm);
        drop(done);
        answer
    })
}

/// Uses most of a machine, and nothing that a program may have changed.
const CHECK: &[u8] = b"def _f(a, b=2, *c, **d):
    return [a, b, c, d]
class _C:
    def __init__(self):
        self.x = {i: (i,) for i in (1, 2, 3, 4, 5, 6, 7, 8, 9)}
    def m(self):
        yield from self.x.items()
import gc
gc.collect()
_s = ''
for _x in _C().m():
    _s += '%d%s ' % _x
print(_f(1, q=3), _s, 10 ** 30)
";
const CHECKED: &[u8] =
    b"[1, 2, (), {'q': 3}] 1(1,) 2(2,) 3(3,) 4(4,) 5(5,) 6(6,) 7(7,) 8(8,) 9(9,)  1000000000000000000000000000000\n";

/// Keeps what is printed, and has a clock that only its readers move.
struct Capture {
    output: Rc<RefCell<Vec<u8>>>,
    clock: u64,
    end: Option<Instant>,
}

impl Port for Capture {
    fn platform(&self) -> &'static str {
        "test"
    }

    fn write_out(&mut self, bytes: &[u8]) {
        self.output.borrow_mut().extend_from_slice(bytes);
    }

    fn ticks_us(&self) -> u64 {
        self.clock
    }

    fn sleep_us(&mut self, us: u64) {
        self.clock += us;
    }

    fn interrupted(&mut self) -> bool {
        self.end.is_some_and(|end| Instant::now() > end)
    }
}

/// Runs `work` on a thread whose stack is big enough for a machine.
pub fn with_stack<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> R {
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES * 4).spawn(work);
    match thread.map(std::thread::JoinHandle::join) {
        Ok(Ok(answer)) => answer,
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(error) => panic!("no thread: {error}"),
    }
}
