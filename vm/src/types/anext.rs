//! What `anext(iterator, default)` gives: it is awaited, and StopAsyncIteration becomes the default.

use crate::Vm;
use crate::q;
use crate::types::{class, exception, generator};
use crate::value::{Entry, Flags, Gc, Obj, Object, Res, Type, TypeRef, fun1, fun2, row, var};

/// Body of the awaitable.
pub struct AnextDefault {
    /// The iterator of what `__anext__` gave.
    inner: Obj,
    default: Obj,
}

impl Object for AnextDefault {
    const TYPE: &'static Type = &TYPE;
}

/// `anext_awaitable`
pub static TYPE: Type =
    Type { flags: Flags::SELF_ITER, next: Some(next), table: TABLE, ..Type::new(q!("anext_awaitable")) };

static TABLE: &[Entry] = &[
    row(q!("send"), fun2(send)),
    row(q!("throw"), var(2, 4, throw)),
    row(q!("close"), fun1(close)),
    row(q!("__next__"), fun1(next_or_raise)),
    row(q!("__await__"), fun1(itself)),
];

/// Awaits `inner`, or else gives `default`.
pub fn new(vm: &mut Vm, inner: Obj, default: Obj) -> Res {
    Ok(Gc::alloc(vm, AnextDefault { inner, default })?.obj())
}

fn itself(_: &mut Vm, obj: Obj) -> Res {
    Ok(obj)
}

/// The end of the inner iterator with StopAsyncIteration is an end with the default.
fn or_default(vm: &mut Vm, body: Gc<AnextDefault>, answer: Res) -> Res {
    match answer {
        Err(raise) if class::is_subclass(vm.exception.type_of(), TypeRef::of(&exception::STOP_ASYNC_ITERATION)) => {
            vm.take_exception(raise);
            vm.stop_value = body.default;
            Ok(Obj::NULL)
        }
        Ok(_) | Err(_) => answer,
    }
}

fn next(vm: &mut Vm, obj: Obj) -> Res {
    let Some(body) = Gc::<AnextDefault>::from_obj(obj) else { return Ok(Obj::NULL) };
    let answer = crate::run::dispatch::send_into(vm, body.inner, Obj::NONE).map(|value| value.unwrap_or(Obj::NULL));
    or_default(vm, body, answer)
}

fn next_or_raise(vm: &mut Vm, obj: Obj) -> Res {
    let value = next(vm, obj)?;
    generator::or_stop(vm, value)
}

fn send(vm: &mut Vm, obj: Obj, sent: Obj) -> Res {
    let Some(body) = Gc::<AnextDefault>::from_obj(obj) else { return Ok(Obj::NULL) };
    let answer = crate::run::dispatch::send_into(vm, body.inner, sent).map(|value| value.unwrap_or(Obj::NULL));
    let value = or_default(vm, body, answer)?;
    generator::or_stop(vm, value)
}

fn throw(vm: &mut Vm, args: &[Obj]) -> Res {
    let Some(body) = args.first().and_then(|body| Gc::<AnextDefault>::from_obj(*body)) else { return Ok(Obj::NULL) };
    let thrown = generator::thrown(vm, args)?;
    let answer = crate::run::dispatch::throw_into(vm, body.inner, thrown);
    let value = or_default(vm, body, answer)?;
    generator::or_stop(vm, value)
}

fn close(vm: &mut Vm, obj: Obj) -> Res {
    let Some(body) = Gc::<AnextDefault>::from_obj(obj) else { return Ok(Obj::NULL) };
    let method = vm.find_method(body.inner, q!("close"))?;
    if !method.function.is_null() {
        vm.call_bound(method, &[])?;
    }
    Ok(Obj::NONE)
}
