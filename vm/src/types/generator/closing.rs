//! Throwing into generators, and closing them.

use super::*;

pub(super) fn throw(vm: &mut Vm, args: &[Obj]) -> Res {
    let Some(generator) = args.first().and_then(|obj| Gc::<Generator>::from_obj(*obj)) else { return Ok(Obj::NULL) };
    let thrown = thrown(vm, args)?;
    let answer = throw_in(vm, generator, thrown)?;
    or_stop(vm, answer)
}

/// What the arguments of `throw(self, type, value, traceback)` throw.
pub fn thrown(vm: &mut Vm, args: &[Obj]) -> Res {
    let [_, ty, rest @ ..] = args else { return Ok(Obj::NONE) };
    Ok(match rest.first() {
        Some(value) if exception::is_exception(*value) => *value,
        Some(value) if !value.is_none() && TypeRef::from_obj(*ty).is_some() => vm.call_pos(*ty, &[*value])?,
        Some(_) | None => *ty,
    })
}

/// Raises `thrown`, which may still be a class, where the generator waits. What is no exception only an inner iterator may
/// get to see, as it is.
pub fn throw_in(vm: &mut Vm, generator: Gc<Generator>, thrown: Obj) -> Res {
    let frame = generator.frame.get();
    if is_native(generator) {
        // Machine code alone knows where it waits: it takes one or the other.
        let made = match exception::from_raised(vm, thrown) {
            Ok(made) => made,
            Err(raise) => vm.take_exception(raise),
        };
        vm.thrown = thrown;
        return resume(vm, generator, Obj::NONE, made);
    }
    // SAFETY: a frame that is not null belongs to the generator.
    let passes_on = !frame.is_null() && unsafe { dispatch::waits_for_inner(frame) };
    let thrown = if passes_on { thrown } else { exception::from_raised(vm, thrown)? };
    resume(vm, generator, Obj::NONE, thrown)
}

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
