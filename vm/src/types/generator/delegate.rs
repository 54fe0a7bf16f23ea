//! Chains of `yield from`: what is sent to the first generator goes straight to the last one, and what that yields comes
//! straight back. Those between hear of it only when the last one ends.

use super::*;

/// The iterator that a generator's frame waits for in a `yield from`, or `Obj::NULL`.
///
/// # Safety
/// The frame is that of a generator that has been started and waits.
#[inline(always)]
pub(super) unsafe fn iterator(frame: *mut Frame, is_native: bool) -> Obj {
    // SAFETY: the caller's promise. In YIELD_FROM the iterator lies below what will be sent; machine code says in `ip` which
    // of the frame's words it is.
    unsafe {
        if is_native {
            match (*frame).ip.addr() >> YIELD_BITS {
                0 => Obj::NULL,
                at => Frame::words(frame).add(at).read(),
            }
        } else if dispatch::waits_for_inner(frame) {
            (*frame).sp.sub(2).read()
        } else {
            Obj::NULL
        }
    }
}

/// The generator that `generator` waits for, if what is sent may go there at once.
#[inline(always)]
pub(super) fn next(vm: &Vm, generator: Gc<Generator>) -> Option<Gc<Generator>> {
    let frame = generator.frame.get();
    if frame.is_null() || !generator.started.get() || generator.running.get() || !generator.pending.get().is_none() {
        return None;
    }
    #[cfg(feature = "trace")]
    if vm.tracing.on {
        return None;
    }
    #[cfg(not(feature = "trace"))]
    let _ = vm;
    // SAFETY: it waits.
    Gc::<Generator>::exact(unsafe { iterator(frame, generator.native) })
}

/// Sends to `outer`, which waits for `inner`.
#[inline(never)]
pub(super) fn send(vm: &mut Vm, outer: Gc<Generator>, inner: Gc<Generator>, sent: Obj) -> Res {
    let outside = vm.frame;
    let mut last = outer;
    let mut following = Some(inner);
    while let Some(inner) = following {
        let frame = last.frame.get();
        // SAFETY: it waits, so the frame is not null. In the chain of frames it stands as if it had gone on by itself.
        unsafe { (*frame).prev = vm.frame };
        vm.frame = frame;
        last.running.set(true);
        last = inner;
        following = next(vm, inner);
    }
    let mut answer = super::run(vm, last, sent, Obj::NULL);
    while vm.frame != outside {
        let yielded = matches!(answer, Ok(value) if !value.is_null());
        let frame = vm.frame;
        // SAFETY: the frames down to `outside` are those of the generators that were passed by. They have not run.
        unsafe {
            vm.frame = (*frame).prev;
            if let Some(generator) = Gc::<Generator>::from_obj((*frame).generator) {
                generator.running.set(false);
                if !yielded {
                    answer = go_on(vm, generator, answer);
                }
            }
        }
    }
    answer
}

/// Has a generator go on behind its `yield from`, whose iterator has ended so.
fn go_on(vm: &mut Vm, generator: Gc<Generator>, ended: Res) -> Res {
    vm.inner_end = Some(match ended {
        Ok(_) => Ok(vm.stop_value),
        Err(raise) => Err(vm.take_exception(raise)),
    });
    let answer = super::run(vm, generator, Obj::NONE, Obj::NULL);
    // It is still there when the stack was too small to begin.
    vm.inner_end = None;
    answer
}

/// How the iterator of the `yield from` ended that is gone on with now, if that is known already: `None` in `Some` when it
/// returned, with its value in `vm.stop_value`.
#[inline(always)]
pub fn known_end(vm: &mut Vm) -> Option<Res<Option<Obj>>> {
    Some(match vm.inner_end.take()? {
        Ok(value) => {
            vm.stop_value = value;
            Ok(None)
        }
        Err(exception) => Err(vm.reraise(exception)),
    })
}
