//! Traceback objects: the places an exception passed, from the outermost frame inwards.
//!
//! An exception notes places as plain words (`Exception::trace`); objects are made of them only when a program asks.

use core::cell::Cell;

use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::exception::Exception;
use crate::types::int;
use crate::value::{Gc, GcVec, Obj, Object, PrintKind, Res, Sink, Type, put};

/// Body of a traceback: one place. Places never change once they are made, but `tb_next` may be set.
pub struct Traceback {
    /// The next place inwards, or `Obj::NULL`.
    pub next: Cell<Obj>,
    /// The file's name.
    pub file: Qstr,
    /// The line.
    pub line: u32,
    /// The function's name; `Qstr::NULL` for errors of the compiler.
    pub block: Qstr,
}

impl Object for Traceback {
    const TYPE: &'static Type = &TYPE;
}

/// `traceback`
pub static TYPE: Type =
    Type { print: Some(print), get_attr: Some(get_attr), set_attr: Some(set_attr), ..Type::new(q!("traceback")) };

/// `exception.__traceback__`: None before it was raised.
pub fn of(vm: &mut Vm, exception: Gc<Exception>) -> Res {
    let mut at = usize::from(exception.shown.get());
    let mut next = exception.traceback.get();
    while let (Some(file), Some(line), Some(block)) =
        (exception.trace.get(3 * at), exception.trace.get(3 * at + 1), exception.trace.get(3 * at + 2))
    {
        let body =
            Traceback { next: Cell::new(next), file: Qstr(file as u32), line: line as u32, block: Qstr(block as u32) };
        next = Gc::alloc(vm, body)?.obj();
        at += 1;
        exception.traceback.set(next);
        exception.shown.set(at as u16);
    }
    Ok(if next.is_null() { Obj::NONE } else { next })
}

/// Sets `exception.__traceback__` to a traceback or None.
pub fn set(vm: &mut Vm, exception: Gc<Exception>, traceback: Obj) -> Res<()> {
    if !traceback.is_none() && Gc::<Traceback>::from_obj(traceback).is_none() {
        return Err(vm.type_error(format_args!("__traceback__ must be a traceback or None")));
    }
    let places = GcVec::new();
    let mut at = traceback;
    while let Some(place) = Gc::<Traceback>::from_obj(at) {
        for word in [place.block.0 as usize, place.line as usize, place.file.0 as usize] {
            places.push(vm, word)?;
        }
        at = place.next.get();
    }
    places.reverse();
    let shown = places.len() / 3;
    exception.trace.truncate(0);
    exception.trace.extend(vm, places.slice())?;
    exception.traceback.set(if traceback.is_none() { Obj::NULL } else { traceback });
    exception.shown.set(shown as u16);
    Ok(())
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    put(vm, sink, format_args!("<traceback object at {:x}>", obj.bits()))
}

fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(place) = Gc::<Traceback>::from_obj(obj) else { return Ok(Obj::NULL) };
    if name == q!("tb_next") {
        let next = place.next.get();
        return Ok(if next.is_null() { Obj::NONE } else { next });
    }
    if name == q!("tb_lineno") {
        return int::new(vm, place.line.into());
    }
    Ok(Obj::NULL)
}

fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(place) = Gc::<Traceback>::from_obj(obj) else { return Ok(false) };
    if name != q!("tb_next") || value.is_null() {
        return Ok(false);
    }
    if value.is_none() {
        place.next.set(Obj::NULL);
        return Ok(true);
    }
    if Gc::<Traceback>::from_obj(value).is_none() {
        let ty = vm.type_name(value);
        return Err(vm.type_error(format_args!("expected traceback object, got '{ty}'")));
    }
    let mut at = value;
    while let Some(other) = Gc::<Traceback>::from_obj(at) {
        if at == obj {
            return Err(vm.value_error(format_args!("traceback loop detected")));
        }
        at = other.next.get();
    }
    place.next.set(value);
    Ok(true)
}
