//! `close()` of generators.

use super::*;

/// `close()`: raises GeneratorExit where the generator waits; it must not yield again.
pub fn close(vm: &mut Vm, obj: Obj) -> Res {
    let Some(generator) = Gc::<Generator>::from_obj(obj) else { return Ok(Obj::NULL) };
    if !generator.started.get() {
        generator.frame.set(core::ptr::null_mut());
    }
    if generator.frame.get().is_null() {
        return Ok(Obj::NONE);
    }
    let exit = exception::with_args(vm, TypeRef::of(&exception::GENERATOR_EXIT), &[])?;
    vm.thrown = exit;
    let answer = resume(vm, generator, Obj::NONE, exit);
    match answer {
        Ok(value) if !value.is_null() => {
            let kind = generator.kind();
            Err(vm.runtime_error(format_args!("{kind} ignored GeneratorExit")))
        }
        Ok(_) | Err(_) => closed(vm, answer),
    }
}

/// How an iterator took GeneratorExit: ending is as good as passing it on.
pub fn closed(vm: &mut Vm, answer: Res) -> Res {
    match answer {
        Ok(value) if value.is_null() => Ok(Obj::NONE),
        Ok(_) => Err(vm.runtime_error(format_args!("coroutine ignored GeneratorExit"))),
        Err(raise) => {
            let ty = vm.exception.type_of();
            let quiet = [&exception::GENERATOR_EXIT, &exception::STOP_ITERATION];
            if quiet.into_iter().any(|quiet| crate::types::class::is_subclass(ty, TypeRef::of(quiet))) {
                vm.take_exception(raise);
                Ok(Obj::NONE)
            } else {
                Err(raise)
            }
        }
    }
}
