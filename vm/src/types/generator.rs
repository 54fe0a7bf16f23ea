//! Generators and coroutines: a frame on the heap that is left and entered again.

mod about;
mod closing;
mod delegate;

pub use about::code;
use about::{is_running, name, print, qualname, waits_for};
use closing::throw;
pub use closing::{close, closed, throw_in, thrown};
pub use delegate::known_end;

use core::cell::Cell;

use crate::Vm;
use crate::gc::Kind;
use crate::q;
use crate::qstr::Qstr;
use crate::run::code::{RawCode, flags};
use crate::run::frame::{Frame, Leave};
use crate::run::{dispatch, fill, native};
use crate::types::exception;
use crate::types::function::Function;
use crate::value::{
    Entry, Flags, Gc, Obj, Object, PrintKind, Raise, Res, Rom, Sink, Type, TypeRef, fun1, fun2, put, row, var,
};

/// Body of a generator.
#[repr(C)]
pub struct Generator {
    /// Its frame; null when it has ended.
    pub frame: Cell<*mut Frame>,
    /// Whether it is running now.
    pub running: Cell<bool>,
    /// Whether it has been started.
    pub started: Cell<bool>,
    /// How many generators it is inside, one in the `for` of the other, without any call between.
    pub depth: Cell<u32>,
    /// What it raises when it next goes on, or None.
    pending: Cell<Obj>,
    /// Whether it cannot go on in place: its frame is one of machine code, something is pending, or it waits for another
    /// generator, to which what is sent goes at once.
    apart: Cell<bool>,
    /// Whether its frame is one of machine code.
    native: bool,
    /// Whether it is machine code that waits at a plain `yield`, with nothing pending: it only has to be entered.
    ready: Cell<bool>,
    /// What runs.
    code: Gc<RawCode>,
}

impl Generator {
    /// Its name.
    pub fn name(&self) -> Qstr {
        self.code.name
    }

    /// Whether it has returned or raised.
    pub fn has_ended(&self) -> bool {
        self.frame.get().is_null()
    }

    /// What messages call it.
    fn kind(&self) -> &'static str {
        if self.code.flags & flags::ASYNC_GENERATOR != 0 {
            "async generator"
        } else if self.is_coroutine() {
            "coroutine"
        } else {
            "generator"
        }
    }

    fn is_coroutine(&self) -> bool {
        self.code.flags & (flags::ASYNC_GENERATOR | flags::COROUTINE) == flags::COROUTINE
    }
}

impl Object for Generator {
    const TYPE: &'static Type = &TYPE;
}

/// `generator`
pub static TYPE: Type =
    Type { flags: Flags::SELF_ITER, print: Some(print), next: Some(next), table: TABLE, ..Type::new(q!("generator")) };

static TABLE: &[Entry] = &[
    row(q!("send"), fun2(send)),
    row(q!("throw"), var(2, 4, throw)),
    row(q!("close"), fun1(close)),
    row(q!("pend_throw"), fun2(pend_throw)),
    row(q!("__next__"), fun1(next_or_raise)),
    row(q!("__await__"), fun1(itself)),
    row(q!("__name__"), Rom::Get(name)),
    row(q!("__qualname__"), Rom::Get(qualname)),
    row(q!("gi_running"), Rom::Get(is_running)),
    row(q!("gi_code"), Rom::Get(code)),
    row(q!("gi_yieldfrom"), Rom::Get(waits_for)),
    row(q!("cr_running"), Rom::Get(is_running)),
    row(q!("cr_code"), Rom::Get(code)),
    row(q!("cr_await"), Rom::Get(waits_for)),
];

/// A frame on the heap for `function`, its locals not set.
pub fn frame(vm: &mut Vm, function: Gc<Function>) -> Res<*mut Frame> {
    let cell = vm.alloc_raw(Frame::size(&function.code), Kind::Scan)?;
    let frame: *mut Frame = cell.as_ptr().cast();
    // SAFETY: the cell is big enough.
    unsafe {
        fill(frame, function);
        if native::runs(vm, &function.code) {
            // Where it goes on is a number, and what is sent goes to the first word.
            (*frame).ip = core::ptr::null();
            (*frame).sp = Frame::words(frame).add(1);
        }
    }
    Ok(frame)
}

/// Most generators that may be entered in place, each in a `for` of the one before. They take no stack, so only this ends an
/// endless recursion before memory does.
pub const MAX_DEPTH: u32 = 2000;

/// The generator of a frame made by `frame`.
///
/// # Safety
/// `frame` was made and filled so.
pub unsafe fn new(vm: &mut Vm, frame: *mut Frame) -> Res {
    // SAFETY: the caller's promise.
    let (code, is_native) = unsafe { ((*frame).code, (*frame).ip.is_null()) };
    let body = Generator {
        frame: Cell::new(frame),
        running: Cell::new(false),
        started: Cell::new(false),
        depth: Cell::new(0),
        pending: Cell::new(Obj::NONE),
        apart: Cell::new(is_native),
        native: is_native,
        ready: Cell::new(false),
        code,
    };
    let generator = Gc::alloc(vm, body)?;
    if code.n_exc > 0 {
        // It may wait inside a `finally` or `with`: then it is closed when the collector finds it dead.
        vm.finalise(generator.obj())?;
    }
    // SAFETY: as above.
    unsafe { (*frame).generator = generator.obj() };
    Ok(generator.obj())
}

/// The `ip` of a frame of machine code has the number of the `yield` in so many bits, and above them which of the frame's
/// words is the iterator of a `yield from`; zero for a plain `yield`.
pub const YIELD_BITS: u32 = 16;

/// Goes on with the generator: the `yield` that it waits at gives `sent`, or raises `thrown` unless that is `Obj::NULL`. Gives
/// the next value, or `Obj::NULL` when it has ended; what it returned is then in `vm.stop_value`.
#[inline(never)]
pub fn resume(vm: &mut Vm, generator: Gc<Generator>, sent: Obj, thrown: Obj) -> Res {
    vm.check_stack()?;
    if generator.ready.get() && thrown.is_null() {
        return resume_ready(vm, generator, sent);
    }
    resume_other(vm, generator, sent, thrown)
}

/// As `resume`, with None sent, for machine code.
#[inline(always)]
pub fn advance(vm: &mut Vm, generator: Gc<Generator>) -> Res {
    if !generator.ready.get() {
        return resume(vm, generator, Obj::NONE, Obj::NULL);
    }
    vm.check_stack()?;
    resume_ready(vm, generator, Obj::NONE)
}

/// Enters machine code that waits at a plain `yield`.
#[inline(always)]
fn resume_ready(vm: &mut Vm, generator: Gc<Generator>, sent: Obj) -> Res {
    // Who resumes it while it runs has to be refused.
    generator.ready.set(false);
    generator.running.set(true);
    let frame = generator.frame.get();
    // SAFETY: it waits, and its frame's first word is for what is sent.
    let answer = unsafe {
        Frame::words(frame).write(sent);
        native::go_on(vm, frame)
    };
    left_native(vm, generator, frame, answer)
}

fn resume_other(vm: &mut Vm, generator: Gc<Generator>, sent: Obj, thrown: Obj) -> Res {
    if thrown.is_null()
        && let Some(inner) = delegate::next(vm, generator)
    {
        return delegate::send(vm, generator, inner, sent);
    }
    run(vm, generator, sent, thrown)
}

/// As `resume`, by running the generator itself.
fn run(vm: &mut Vm, generator: Gc<Generator>, sent: Obj, thrown: Obj) -> Res {
    if must_resume(generator) && !generator.running.get() {
        let pending = pend(generator, Obj::NONE);
        if !pending.is_none() && thrown.is_null() {
            return throw_in(vm, generator, pending);
        }
    }
    let frame = begin(vm, generator, sent, thrown)?;
    if frame.is_null() {
        return Ok(Obj::NULL);
    }
    if generator.native {
        // SAFETY: as below.
        let answer = unsafe { native::resume(vm, frame, thrown) };
        return left_native(vm, generator, frame, answer);
    }
    // A call from Rust is counted by the machine stack.
    generator.depth.set(0);
    // SAFETY: `begin` gave a frame that is not running.
    unsafe { (*frame).leave = Leave::Entry };
    let answer = if thrown.is_null() { dispatch::run(vm, frame) } else { dispatch::run_raising(vm, frame, thrown) };
    // Also when the stack was too small to begin.
    generator.running.set(false);
    answer.map_err(|raise| no_stop_iteration(vm, generator, raise))
}

/// Machine code has left the generator's frame.
#[inline(always)]
fn left_native(vm: &mut Vm, generator: Gc<Generator>, frame: *mut Frame, answer: Res) -> Res {
    generator.running.set(false);
    match answer {
        Ok(value) if !value.is_null() => {
            // SAFETY: the frame belongs to the generator, which waits.
            let is_plain = unsafe { (*frame).ip.addr() >> YIELD_BITS == 0 };
            generator.ready.set(is_plain && generator.pending.get().is_none());
            Ok(value)
        }
        Ok(_) => {
            generator.ready.set(false);
            generator.frame.set(core::ptr::null_mut());
            answer
        }
        Err(raise) => {
            generator.ready.set(false);
            generator.frame.set(core::ptr::null_mut());
            Err(no_stop_iteration(vm, generator, raise))
        }
    }
}

/// A generator's frame in bytecode yields what `inner` yielded to it.
#[inline(always)]
pub fn delegates(frame_of: Obj, inner: Obj) {
    if let Some(generator) = Gc::<Generator>::from_obj(frame_of)
        && Gc::<Generator>::exact(inner).is_some()
    {
        generator.apart.set(true);
    }
}

/// Whether it is machine code that has not ended.
pub fn is_native(generator: Gc<Generator>) -> bool {
    generator.native && !generator.frame.get().is_null()
}

/// Whether it has to go on by `resume`, not in place.
pub fn must_resume(generator: Gc<Generator>) -> bool {
    generator.apart.get() && !generator.frame.get().is_null()
}

/// Has it raise `thrown` when it next goes on, unless that is None; gives what it would have raised.
fn pend(generator: Gc<Generator>, thrown: Obj) -> Obj {
    generator.apart.set(generator.native || !thrown.is_none());
    generator.ready.set(false);
    generator.pending.replace(thrown)
}

/// `pend_throw(exception)`: what it would have raised until now.
fn pend_throw(vm: &mut Vm, obj: Obj, thrown: Obj) -> Res {
    let Some(generator) = Gc::<Generator>::from_obj(obj) else { return Ok(Obj::NULL) };
    if generator.running.get() {
        return Err(vm.value_error(format_args!("{} already executing", generator.kind())));
    }
    Ok(pend(generator, thrown))
}

/// As `begin`, with None sent, in place of a call: also null when it had to go on apart, and `vm.resumed` is what it gave.
pub fn begin_in_place(vm: &mut Vm, generator: Gc<Generator>) -> Res<*mut Frame> {
    if must_resume(generator) {
        vm.resumed = resume(vm, generator, Obj::NONE, Obj::NULL)?;
        return Ok(core::ptr::null_mut());
    }
    let frame = begin(vm, generator, Obj::NONE, Obj::NULL)?;
    if frame.is_null() {
        vm.resumed = Obj::NULL;
    }
    Ok(frame)
}

/// Prepares a generator's frame to go on; null if it has ended already.
pub fn begin(vm: &mut Vm, generator: Gc<Generator>, sent: Obj, thrown: Obj) -> Res<*mut Frame> {
    let frame = generator.frame.get();
    if frame.is_null() {
        if generator.is_coroutine() {
            return Err(vm.runtime_error(format_args!("cannot reuse already awaited coroutine")));
        }
        if !thrown.is_null() {
            return Err(vm.raise(thrown));
        }
        vm.stop_value = Obj::NULL;
        return Ok(frame);
    }
    if generator.running.get() {
        return Err(vm.value_error(format_args!("{} already executing", generator.kind())));
    }
    if !generator.started.get() {
        if !sent.is_none() && thrown.is_null() {
            let kind = generator.kind();
            return Err(vm.type_error(format_args!("can't send non-None value to a just-started {kind}")));
        }
        generator.started.set(true);
    } else if thrown.is_null() {
        // SAFETY: a started generator waits in YIELD_VALUE or YIELD_FROM, which left one value for the answer on top.
        unsafe { (*frame).sp.sub(1).write(sent) };
    }
    generator.running.set(true);
    Ok(frame)
}

/// PEP 479: a StopIteration that leaves a generator's body becomes a RuntimeError.
#[cold]
pub fn no_stop_iteration(vm: &mut Vm, generator: Gc<Generator>, raise: Raise) -> Raise {
    let ty = vm.exception.type_of();
    let is_async = generator.code.flags & flags::ASYNC_GENERATOR != 0;
    let name = if super::class::is_subclass(ty, TypeRef::of(&exception::STOP_ITERATION)) {
        "StopIteration"
    } else if is_async && super::class::is_subclass(ty, TypeRef::of(&exception::STOP_ASYNC_ITERATION)) {
        "StopAsyncIteration"
    } else {
        return raise;
    };
    let cause = vm.take_exception(raise);
    let raise = vm.runtime_error(format_args!("{} raised {name}", generator.kind()));
    if let Some(made) = Gc::<exception::Exception>::from_obj(vm.exception) {
        made.cause.set(cause);
        made.context.set(cause);
        made.suppress.set(true);
    }
    raise
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    match Gc::<Generator>::from_obj(obj) {
        Some(generator) => resume(vm, generator, Obj::NONE, Obj::NULL),
        None => Ok(Obj::NULL),
    }
}

/// The end of an iterator as StopIteration.
pub fn or_stop(vm: &mut Vm, value: Obj) -> Res {
    if value.is_null() {
        let value = vm.stop_value;
        return Err(vm.stop_iteration(value));
    }
    Ok(value)
}

fn next_or_raise(vm: &mut Vm, obj: Obj) -> Res {
    let value = next(vm, obj)?;
    or_stop(vm, value)
}

fn itself(_: &mut Vm, obj: Obj) -> Res {
    Ok(obj)
}

fn send(vm: &mut Vm, obj: Obj, value: Obj) -> Res {
    let Some(generator) = Gc::<Generator>::from_obj(obj) else { return Ok(Obj::NULL) };
    let answer = resume(vm, generator, value, Obj::NULL)?;
    or_stop(vm, answer)
}
