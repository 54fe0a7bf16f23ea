//! Asynchronous generators: what `async def` with `yield` makes, and the steps that are awaited.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::types::generator::{self, Generator};
use crate::types::{class, exception};
use crate::value::{
    Entry, Flags, Gc, Obj, Object, PrintKind, Raise, Res, Rom, Sink, Type, TypeRef, fun1, fun2, put, row, var,
};

/// Body of an asynchronous generator.
pub struct AsyncGenerator {
    /// The generator that runs its body. What it yields to whoever awaits is itself; what `yield` gives is a `Yielded`.
    inner: Gc<Generator>,
    /// A step has been started and has not ended.
    running: Cell<bool>,
    /// It has raised StopAsyncIteration, or was closed.
    closed: Cell<bool>,
}

impl Object for AsyncGenerator {
    const TYPE: &'static Type = &TYPE;
}

/// `async_generator`
pub static TYPE: Type = Type { print: Some(print), table: TABLE, ..Type::new(q!("async_generator")) };

static TABLE: &[Entry] = &[
    row(q!("__aiter__"), fun1(itself)),
    row(q!("__anext__"), fun1(anext)),
    row(q!("asend"), fun2(asend)),
    row(q!("athrow"), var(2, 4, athrow)),
    row(q!("aclose"), fun1(aclose)),
    row(q!("ag_running"), Rom::Get(is_running)),
    row(q!("ag_code"), Rom::Get(code)),
    row(q!("__name__"), Rom::Get(name)),
    row(q!("__qualname__"), Rom::Get(name)),
];

/// A value given by `yield` in the body of an asynchronous generator.
struct Yielded {
    value: Obj,
}

impl Object for Yielded {
    const TYPE: &'static Type = &YIELDED;
}

static YIELDED: Type = Type::new(q!("async_generator_wrapped_value"));

/// What a step does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Send,
    Throw,
    Close,
}

/// How far a step is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Made,
    Started,
    Ended,
}

/// Body of what `__anext__`, `asend`, `athrow` and `aclose` give: it is awaited.
struct Step {
    of: Gc<AsyncGenerator>,
    act: Act,
    state: Cell<State>,
    /// What to send or to throw.
    value: Obj,
}

impl Object for Step {
    const TYPE: &'static Type = &STEP;
}

static STEP: Type = Type {
    flags: Flags::SELF_ITER,
    next: Some(step_next),
    table: &[
        row(q!("send"), fun2(step_send)),
        row(q!("throw"), var(2, 4, step_throw)),
        row(q!("close"), fun1(step_close)),
        row(q!("__next__"), fun1(step_next_or_raise)),
        row(q!("__await__"), fun1(itself)),
    ],
    ..Type::new(q!("async_generator_asend"))
};

/// The asynchronous generator whose body `inner` runs.
pub fn new(vm: &mut Vm, inner: Obj) -> Res {
    match Gc::<Generator>::from_obj(inner) {
        Some(inner) => {
            let body = AsyncGenerator { inner, running: Cell::new(false), closed: Cell::new(false) };
            Ok(Gc::alloc(vm, body)?.obj())
        }
        None => Ok(inner),
    }
}

/// What the body of an asynchronous generator yields for `yield value`.
pub fn yielded(vm: &mut Vm, value: Obj) -> Res {
    Ok(Gc::alloc(vm, Yielded { value })?.obj())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(of) = Gc::<AsyncGenerator>::from_obj(obj) else { return Ok(()) };
    let name = vm.text_of_name(of.inner.name());
    put(vm, sink, format_args!("<async_generator object '{name}' at {:x}>", obj.bits()))
}

fn itself(_: &mut Vm, obj: Obj) -> Res {
    Ok(obj)
}

fn is_running(_: &mut Vm, obj: Obj) -> Res {
    Ok(Obj::bool(Gc::<AsyncGenerator>::from_obj(obj).is_some_and(|of| of.running.get())))
}

fn code(vm: &mut Vm, obj: Obj) -> Res {
    match Gc::<AsyncGenerator>::from_obj(obj) {
        Some(of) => generator::code(vm, of.inner.obj()),
        None => Ok(Obj::NONE),
    }
}

fn name(_: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::<AsyncGenerator>::from_obj(obj).map_or(Obj::NONE, |of| Obj::name(of.inner.name())))
}

fn step(vm: &mut Vm, obj: Obj, act: Act, value: Obj) -> Res {
    match Gc::<AsyncGenerator>::from_obj(obj) {
        Some(of) => Ok(Gc::alloc(vm, Step { of, act, state: Cell::new(State::Made), value })?.obj()),
        None => Ok(Obj::NULL),
    }
}

fn anext(vm: &mut Vm, obj: Obj) -> Res {
    step(vm, obj, Act::Send, Obj::NONE)
}

fn asend(vm: &mut Vm, obj: Obj, value: Obj) -> Res {
    step(vm, obj, Act::Send, value)
}

fn athrow(vm: &mut Vm, args: &[Obj]) -> Res {
    let thrown = generator::thrown(vm, args)?;
    step(vm, args[0], Act::Throw, thrown)
}

fn aclose(vm: &mut Vm, obj: Obj) -> Res {
    step(vm, obj, Act::Close, Obj::NULL)
}

/// Goes on with a step, with what was sent or thrown to it: what its body yields to the one who awaits, or `Obj::NULL` when
/// the step has ended with `vm.stop_value`.
fn advance(vm: &mut Vm, step: Gc<Step>, sent: Obj, thrown: Obj) -> Res {
    let of = step.of;
    if step.state.get() == State::Ended {
        return Err(reused(vm, step.act));
    }
    if step.state.get() == State::Started {
        let answer = if thrown.is_null() {
            generator::resume(vm, of.inner, sent, Obj::NULL)
        } else {
            generator::throw_in(vm, of.inner, thrown)
        };
        return after(vm, step, answer);
    }
    if of.running.get() {
        step.state.set(State::Ended);
        let call = match step.act {
            Act::Send => "anext",
            Act::Throw => "athrow",
            Act::Close => "aclose",
        };
        return Err(vm.runtime_error(format_args!("{call}(): asynchronous generator is already running")));
    }
    if !thrown.is_null() {
        step.state.set(State::Ended);
        let thrown = exception::from_raised(vm, thrown)?;
        return Err(vm.raise(thrown));
    }
    if of.inner.has_ended() || of.closed.get() {
        step.state.set(State::Ended);
        if step.act == Act::Send {
            return Err(vm.raise_args(&exception::STOP_ASYNC_ITERATION, &[]));
        }
        vm.stop_value = Obj::NULL;
        return Ok(Obj::NULL);
    }
    let answer = match step.act {
        Act::Send => {
            let first = if sent.is_none() { step.value } else { sent };
            begin(step);
            generator::resume(vm, of.inner, first, Obj::NULL)
        }
        Act::Throw | Act::Close => {
            if !sent.is_none() {
                return Err(vm.type_error(format_args!("can't send non-None value to a just-started coroutine")));
            }
            begin(step);
            if step.act == Act::Throw {
                generator::throw_in(vm, of.inner, step.value)
            } else {
                of.closed.set(true);
                generator::throw_in(vm, of.inner, TypeRef::of(&exception::GENERATOR_EXIT).obj())
            }
        }
    };
    after(vm, step, answer)
}

fn begin(step: Gc<Step>) {
    step.state.set(State::Started);
    step.of.running.set(true);
}

/// What the body did, as the end of the step or as something to be awaited on.
fn after(vm: &mut Vm, step: Gc<Step>, answer: Res) -> Res {
    let of = step.of;
    let raise = match answer {
        Ok(value) => match Gc::<Yielded>::from_obj(value) {
            Some(_) if step.act == Act::Close => {
                vm.runtime_error(format_args!("async generator ignored GeneratorExit"))
            }
            Some(yielded) => {
                end(step);
                vm.stop_value = yielded.value;
                return Ok(Obj::NULL);
            }
            None if value.is_null() => vm.raise_args(&exception::STOP_ASYNC_ITERATION, &[]),
            None => return Ok(value),
        },
        Err(raise) => raise,
    };
    end(step);
    let ty = vm.exception.type_of();
    let quiet = [&exception::STOP_ASYNC_ITERATION, &exception::GENERATOR_EXIT];
    if quiet.into_iter().any(|quiet| class::is_subclass(ty, TypeRef::of(quiet))) {
        of.closed.set(true);
        if step.act == Act::Close {
            vm.take_exception(raise);
            vm.stop_value = Obj::NULL;
            return Ok(Obj::NULL);
        }
    }
    Err(raise)
}

fn end(step: Gc<Step>) {
    step.state.set(State::Ended);
    step.of.running.set(false);
}

#[cold]
fn reused(vm: &mut Vm, act: Act) -> Raise {
    let what = match act {
        Act::Send => "__anext__()/asend()",
        Act::Throw | Act::Close => "aclose()/athrow()",
    };
    vm.runtime_error(format_args!("cannot reuse already awaited {what}"))
}

fn step_next(vm: &mut Vm, obj: Obj) -> Res {
    match Gc::<Step>::from_obj(obj) {
        Some(step) => advance(vm, step, Obj::NONE, Obj::NULL),
        None => Ok(Obj::NULL),
    }
}

fn step_next_or_raise(vm: &mut Vm, obj: Obj) -> Res {
    let value = step_next(vm, obj)?;
    generator::or_stop(vm, value)
}

fn step_send(vm: &mut Vm, obj: Obj, value: Obj) -> Res {
    let Some(step) = Gc::<Step>::from_obj(obj) else { return Ok(Obj::NULL) };
    let value = advance(vm, step, value, Obj::NULL)?;
    generator::or_stop(vm, value)
}

fn step_throw(vm: &mut Vm, args: &[Obj]) -> Res {
    let Some(step) = args.first().and_then(|step| Gc::<Step>::from_obj(*step)) else { return Ok(Obj::NULL) };
    let thrown = generator::thrown(vm, args)?;
    let value = advance(vm, step, Obj::NONE, thrown)?;
    generator::or_stop(vm, value)
}

fn step_close(vm: &mut Vm, obj: Obj) -> Res {
    let Some(step) = Gc::<Step>::from_obj(obj) else { return Ok(Obj::NULL) };
    if step.state.get() == State::Started {
        let exit = TypeRef::of(&exception::GENERATOR_EXIT).obj();
        let answer = advance(vm, step, Obj::NONE, exit);
        return generator::closed(vm, answer);
    }
    step.state.set(State::Ended);
    Ok(Obj::NONE)
}
