//! What generators tell of themselves.

use super::*;

pub(super) fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, _: PrintKind) -> Res<()> {
    let Some(generator) = Gc::<Generator>::from_obj(obj) else { return Ok(()) };
    let (kind, name) = (generator.kind(), vm.text_of_name(generator.name()));
    put(vm, sink, format_args!("<{kind} object '{name}' at {:x}>", obj.bits()))
}

pub(super) fn name(_: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::<Generator>::from_obj(obj).map_or(Obj::NONE, |generator| Obj::name(generator.name())))
}

pub(super) fn qualname(_: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::<Generator>::from_obj(obj).map_or(Obj::NONE, |generator| Obj::name(generator.code.qualname())))
}

pub(super) fn is_running(_: &mut Vm, obj: Obj) -> Res {
    Ok(Obj::bool(Gc::<Generator>::from_obj(obj).is_some_and(|generator| generator.running.get())))
}

/// `gi_code`
pub fn code(_: &mut Vm, obj: Obj) -> Res {
    Ok(Gc::<Generator>::from_obj(obj).map_or(Obj::NONE, |generator| generator.code.obj()))
}

/// `gi_yieldfrom`: the iterator it delegates to.
pub(super) fn waits_for(_: &mut Vm, obj: Obj) -> Res {
    let Some(generator) = Gc::<Generator>::from_obj(obj) else { return Ok(Obj::NONE) };
    let frame = generator.frame.get();
    if frame.is_null() || !generator.started.get() || generator.running.get() {
        return Ok(Obj::NONE);
    }
    // SAFETY: the frame belongs to the generator, which waits.
    Ok(unsafe { delegate::iterator(frame, generator.native) }.non_null().unwrap_or(Obj::NONE))
}
