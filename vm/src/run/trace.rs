//! Tracing: what `sys.settrace` asks for, and the frames that a program looks at.
//!
//! Nothing of it is on the way of a program that does not trace. While tracing is on, the value stack has no room as far as
//! others can see, so every new frame is made by the slow path here; it begins with an operation of its own, at which the
//! loop that runs untraced code gives up and the one that traces goes on.

use super::Vm;
use super::frame::{Frame, Leave};
use crate::compile::number::ENTER;
use crate::q;
use crate::qstr::Qstr;
use crate::types::frame::{self, FrameObject};
use crate::types::tuple;
use crate::value::{Gc, GcVec, Obj, Raise, Res};

/// Where traced frames begin.
static BEGIN: [u8; 1] = [ENTER];

/// What a thread knows of tracing.
#[repr(C)]
pub(crate) struct Tracing {
    /// What `sys.settrace` was given; `Obj::NULL` if nothing.
    function: Obj,
    /// Frame objects of frames that are in use, the innermost last.
    frames: GcVec<Obj>,
    /// End of the value stack while the machine says that there is no room.
    limit: *mut Obj,
    /// Frames are traced. Not while a trace function runs.
    pub on: bool,
    /// A trace function runs.
    busy: bool,
    /// One loop has given up for the other.
    switched: bool,
}

impl Tracing {
    pub const fn new() -> Tracing {
        Tracing {
            function: Obj::NULL,
            frames: GcVec::new(),
            limit: core::ptr::null_mut(),
            on: false,
            busy: false,
            switched: false,
        }
    }
}

/// What `sys.gettrace` gives.
pub fn function(vm: &Vm) -> Obj {
    let function = vm.tracing.function;
    if function.is_null() { Obj::NONE } else { function }
}

/// `sys.settrace`
pub fn set(vm: &mut Vm, function: Obj) {
    vm.tracing.function = if function.is_none() { Obj::NULL } else { function };
    if vm.tracing.busy {
        return;
    }
    if vm.tracing.function.is_null() { end(vm) } else { begin(vm) }
}

fn begin(vm: &mut Vm) {
    if !vm.tracing.on {
        vm.tracing.on = true;
        vm.tracing.limit = core::mem::replace(&mut vm.stack_limit, core::ptr::null_mut());
        vm.pending = 1;
        // Who is returned to may be traced too.
        let mut at = vm.frame;
        while !at.is_null() {
            // SAFETY: frames live while they are in the chain that starts at `frame`.
            unsafe {
                if (*at).leave == Leave::Call {
                    (*at).leave = Leave::Watched;
                }
                at = (*at).prev;
            }
        }
    }
}

fn end(vm: &mut Vm) {
    if vm.tracing.on {
        vm.tracing.on = false;
        vm.stack_limit = vm.tracing.limit;
    }
}

/// End of the value stack.
pub(super) fn stack_limit(vm: &Vm) -> *mut Obj {
    if vm.tracing.on { vm.tracing.limit } else { vm.stack_limit }
}

/// Has a new frame begin with the operation that traces its call.
///
/// # Safety
/// `frame` is new.
pub(super) unsafe fn mark(vm: &Vm, frame: *mut Frame) {
    if vm.tracing.on {
        // SAFETY: the caller's promise.
        unsafe { (*frame).ip = BEGIN.as_ptr() };
    }
}

/// Whether `ip` is where a traced frame begins.
pub fn is_begin(ip: *const u8) -> bool {
    ip == BEGIN.as_ptr()
}

/// Lets the other loop go on: what that is told by.
#[cold]
pub(super) fn switch(vm: &mut Vm) -> Raise {
    vm.tracing.switched = true;
    vm.exception = Obj::NULL;
    vm.still_raised()
}

/// Whether a loop ended with `switch`.
pub(super) fn is_switch(vm: &mut Vm) -> bool {
    vm.tracing.switched && vm.exception.is_null()
}

/// Whether a loop begins because the other gave up.
pub(super) fn goes_on(vm: &mut Vm) -> bool {
    core::mem::take(&mut vm.tracing.switched)
}

/// The frame object of a frame that has one.
fn find(vm: &Vm, frame: *mut Frame) -> Option<Gc<FrameObject>> {
    vm.tracing
        .frames
        .slice()
        .iter()
        .rev()
        .filter_map(|obj| Gc::<FrameObject>::from_obj(*obj))
        .find(|seen| seen.is_of(frame))
}

/// The frame object of a frame.
///
/// # Safety
/// `frame` is in use.
pub unsafe fn object(vm: &mut Vm, frame: *mut Frame) -> Res<Gc<FrameObject>> {
    if let Some(seen) = find(vm, frame) {
        return Ok(seen);
    }
    // SAFETY: the caller's promise.
    unsafe {
        let seen = frame::new(vm, frame)?;
        let grown = GcVec::with_capacity(vm, vm.tracing.frames.len() + 1)?;
        let old = vm.tracing.frames.slice();
        grown.extend(vm, old)?;
        grown.push(vm, seen.obj())?;
        vm.tracing.frames.take_from(&grown);
        if (*frame).leave == Leave::Call {
            (*frame).leave = Leave::Watched;
        }
        Ok(seen)
    }
}

/// The frame `depth` calls out of the running one, or null.
pub fn nth(vm: &Vm, depth: usize) -> *mut Frame {
    let mut at = vm.frame;
    for _ in 0..depth {
        if at.is_null() {
            break;
        }
        // SAFETY: frames live while they are in the chain that starts at `frame`.
        at = unsafe { (*at).prev };
    }
    at
}

/// The frame that called `frame`, if that runs; else null.
pub fn caller(vm: &Vm, frame: *mut Frame) -> *mut Frame {
    let mut at = vm.frame;
    while !at.is_null() {
        // SAFETY: as in `nth`.
        let prev = unsafe { (*at).prev };
        if at == frame {
            return prev;
        }
        at = prev;
    }
    at
}

/// Ends the life of a frame's object, if it has one: the object keeps what it may be asked.
///
/// # Safety
/// `frame` is in use for the last time.
#[cold]
pub(super) unsafe fn left(vm: &mut Vm, frame: *mut Frame) {
    let Some(place) = vm
        .tracing
        .frames
        .slice()
        .iter()
        .rposition(|obj| Gc::<FrameObject>::from_obj(*obj).is_some_and(|seen| seen.is_of(frame)))
    else {
        return;
    };
    let seen = vm.tracing.frames.get(place).and_then(Gc::<FrameObject>::from_obj);
    let last = vm.tracing.frames.len() - 1;
    for at in place..last {
        let next = vm.tracing.frames.get(at + 1).unwrap_or(Obj::NONE);
        vm.tracing.frames.set(at, next);
    }
    vm.tracing.frames.truncate(last);
    let Some(seen) = seen else { return };
    // SAFETY: the caller's promise.
    let prev = unsafe { (*frame).prev };
    let back = find(vm, prev).map_or(Obj::NONE, |back| back.obj());
    let waiting = core::mem::replace(&mut vm.exception, Obj::NULL);
    // SAFETY: as above.
    if let Err(raise) = unsafe { frame::detach(vm, seen, frame, back) } {
        // Without memory its locals are not to be seen any more.
        vm.take_exception(raise);
    }
    vm.exception = waiting;
}

/// Whether frames have objects.
#[inline(always)]
pub(super) fn watches(vm: &Vm) -> bool {
    !vm.tracing.frames.is_empty()
}

/// Calls a trace function.
fn call(vm: &mut Vm, callback: Obj, seen: Gc<FrameObject>, event: Qstr, arg: Obj) -> Res {
    end(vm);
    vm.tracing.busy = true;
    let stop_value = vm.stop_value;
    let answer = vm.call_pos(callback, &[seen.obj(), Obj::name(event), arg]);
    vm.stop_value = stop_value;
    vm.tracing.busy = false;
    if answer.is_err() {
        // As in CPython, what raises is not asked again.
        vm.tracing.function = Obj::NULL;
    }
    if !vm.tracing.function.is_null() {
        begin(vm);
    }
    answer
}

/// A frame begins, or goes on after a `yield`.
///
/// # Safety
/// `frame` is the running one, its `ip` set.
pub(super) unsafe fn started(vm: &mut Vm, frame: *mut Frame) -> Res<()> {
    let function = vm.tracing.function;
    if function.is_null() {
        return Ok(());
    }
    // SAFETY: the caller's promise.
    unsafe {
        let seen = object(vm, frame)?;
        seen.start(&*frame);
        let answer = call(vm, function, seen, q!("call"), Obj::NONE)?;
        seen.begin();
        seen.trace.set(if answer.is_none() { Obj::NULL } else { answer });
    }
    Ok(())
}

/// The operation at `ip` is about to run.
///
/// # Safety
/// `frame` is the running one.
pub(super) unsafe fn step(vm: &mut Vm, frame: *mut Frame, ip: *const u8) -> Res<()> {
    let Some(seen) = find(vm, frame) else { return Ok(()) };
    // SAFETY: the caller's promise.
    unsafe {
        if !seen.reaches(&*frame, ip) {
            return Ok(());
        }
        (*frame).ip = ip.add(1);
    }
    let trace = seen.trace.get();
    let answer = call(vm, trace, seen, q!("line"), Obj::NONE)?;
    if !answer.is_none() {
        seen.trace.set(answer);
    }
    Ok(())
}

/// The frame is about to return or yield `value`.
///
/// # Safety
/// As `step`.
pub(super) unsafe fn returned(vm: &mut Vm, frame: *mut Frame, at: *const u8, value: Obj) -> Res<()> {
    let Some(seen) = find(vm, frame).filter(|seen| !seen.trace.get().is_null()) else { return Ok(()) };
    // SAFETY: the caller's promise.
    unsafe { (*frame).ip = at.add(1) };
    call(vm, seen.trace.get(), seen, q!("return"), value)?;
    Ok(())
}

/// An exception was raised in the frame, or passes it. Gives the exception to go on with.
///
/// # Safety
/// As `step`.
pub(super) unsafe fn raised(vm: &mut Vm, frame: *mut Frame, at: *const u8, exception: Obj) -> Obj {
    let Some(seen) = find(vm, frame).filter(|seen| !seen.trace.get().is_null()) else { return exception };
    // SAFETY: the caller's promise.
    unsafe { (*frame).ip = at.add(1) };
    let told = tell(vm, seen, exception);
    match told {
        Ok(()) => exception,
        Err(raise) => vm.take_exception(raise),
    }
}

/// An exception leaves the frame. Gives the exception to go on with.
///
/// # Safety
/// As `step`.
pub(super) unsafe fn unwound(vm: &mut Vm, frame: *mut Frame, at: *const u8, exception: Obj) -> Obj {
    // SAFETY: the caller's promise.
    match unsafe { returned(vm, frame, at, Obj::NONE) } {
        Ok(()) => exception,
        Err(raise) => vm.take_exception(raise),
    }
}

fn tell(vm: &mut Vm, seen: Gc<FrameObject>, exception: Obj) -> Res<()> {
    let traceback = super::traceback::object(vm, exception)?;
    let arg = tuple::new(vm, &[exception.type_of().obj(), exception, traceback])?;
    let answer = call(vm, seen.trace.get(), seen, q!("exception"), arg)?;
    if !answer.is_none() {
        seen.trace.set(answer);
    }
    Ok(())
}
