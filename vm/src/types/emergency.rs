//! Exceptions for when no memory is to be had: one object, its argument and its text, made ahead and used again and again.

use crate::Vm;
use crate::types::exception::{self, Exception};
use crate::types::slice;
use crate::types::str::{self, Str};
use crate::types::tuple::{self, Tuple};
use crate::value::{Gc, Obj, Res, TypeRef};

/// Most arguments that are kept.
const MOST_ARGS: usize = 4;
/// Room for where an exception passed: this many words, three for each place.
const TRACE_WORDS: usize = 3 * 4;
/// Room for a text from the start: hosts have it to give.
const TEXT: usize = if cfg!(target_pointer_width = "64") { 256 } else { 0 };

/// What lies ready. An exception that is still held when the next one is raised turns into that one, as it does upstream.
#[repr(C)]
pub struct Emergency {
    /// The exception.
    exception: Obj,
    /// An empty tuple, for when there is no room for arguments.
    none: Obj,
    /// Room for its `args`, if there is room for a text.
    args: Obj,
    /// Room for a text.
    text: Obj,
    /// A slice.
    pub slice: Obj,
    /// How many bytes fit in `text`.
    room: usize,
}

impl Emergency {
    /// Nothing is ready.
    pub const NONE: Emergency = Emergency {
        exception: Obj::NULL,
        none: Obj::NULL,
        args: Obj::NULL,
        text: Obj::NULL,
        slice: Obj::NULL,
        room: 0,
    };
}

/// Makes the exception ready.
pub fn start(vm: &mut Vm) -> Res<()> {
    vm.emergency.exception = exception::with_args(vm, TypeRef::of(&exception::EXCEPTION), &[])?;
    vm.emergency.none = tuple::new(vm, &[])?;
    vm.emergency.slice = slice::new(vm, Obj::NONE, Obj::NONE, Obj::NONE)?;
    reserve(vm, TEXT)
}

/// Makes room for a text of so many bytes, and for arguments and places; 0 gives the room back.
pub fn reserve(vm: &mut Vm, bytes: usize) -> Res<()> {
    let Some(exception) = Gc::<Exception>::from_obj(vm.emergency.exception) else { return Ok(()) };
    (vm.emergency.args, vm.emergency.text, vm.emergency.room) = (Obj::NULL, Obj::NULL, 0);
    exception.trace.clear();
    if bytes > 0 {
        let args = tuple::new(vm, &[Obj::NONE; MOST_ARGS])?;
        let text = str::alloc(vm, bytes, 0, &[])?;
        exception.trace.reserve(vm, TRACE_WORDS)?;
        (vm.emergency.args, vm.emergency.text, vm.emergency.room) = (args, text.obj(), bytes);
    }
    Ok(())
}

/// The exception as one of class `ty` with these arguments, or without if they are too many.
pub fn with_args(vm: &mut Vm, ty: TypeRef, args: &[Obj]) -> Obj {
    let Some(exception) = Gc::<Exception>::from_obj(vm.emergency.exception) else { return vm.memory_error };
    let mut kept = vm.emergency.none;
    if let Some(room) = Gc::<Tuple>::from_obj(vm.emergency.args)
        && args.len() <= MOST_ARGS
    {
        room.renew(TypeRef::of(&tuple::TYPE), Tuple { len: args.len() });
        for (at, arg) in args.iter().enumerate() {
            room.tail_set(at, *arg);
        }
        kept = room.obj();
    }
    let body = Exception::new(kept);
    exception.trace.truncate(0);
    body.trace.take_from(&exception.trace);
    exception.renew(ty, body);
    exception.obj()
}

/// The exception as one of class `ty` with a text, which is cut to the room there is; without arguments if there is none.
pub fn with_text(vm: &mut Vm, ty: TypeRef, text: &str) -> Obj {
    let Some(room) = Gc::<Str>::exact(vm.emergency.text) else { return with_args(vm, ty, &[]) };
    let mut len = text.len().min(vm.emergency.room);
    while !text.is_char_boundary(len) {
        len -= 1;
    }
    let text = &text[..len];
    str::renew(room, text);
    with_args(vm, ty, &[room.obj()])
}
