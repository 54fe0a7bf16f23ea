//! Arguments of text methods: ints, indices, texts; with upstream's words when they are something else.

use crate::Vm;
use crate::types::{instance, int};
use crate::value::{Buffer, Flags, Obj, Raise, Res};

/// The built-in value inside an instance of a subclass; any other object itself.
#[inline]
pub fn plain(obj: Obj) -> Obj {
    if obj.is_pointer() && obj.type_of().flags.has(Flags::INSTANCE) {
        instance::native(obj).unwrap_or(obj)
    } else {
        obj
    }
}

/// The bytes of a str argument.
pub fn text<'a>(vm: &mut Vm, obj: Obj) -> Res<&'a [u8]> {
    match super::bytes_of(vm, plain(obj)) {
        Some(bytes) => Ok(bytes),
        None => Err(wrong_kind(vm, obj)),
    }
}

/// The text of a str argument.
pub fn utf8<'a>(vm: &mut Vm, obj: Obj) -> Res<&'a str> {
    match super::text_of(vm, plain(obj)) {
        Some(text) => Ok(text),
        None => Err(wrong_kind(vm, obj)),
    }
}

/// The bytes of an argument that has bytes and is no text.
pub fn raw(vm: &mut Vm, obj: Obj) -> Res<Buffer> {
    match vm.buffer_of(obj, false)? {
        Some(buffer) if !super::is_str(plain(obj)) => Ok(buffer),
        Some(_) | None => Err(wrong_kind(vm, obj)),
    }
}

/// TypeError of an argument that would have to be converted to str or bytes.
#[cold]
pub fn wrong_kind(vm: &mut Vm, obj: Obj) -> Raise {
    let (name, wanted) = (vm.type_name(obj), if super::is_str(plain(obj)) { "bytes" } else { "str" });
    vm.type_error(format_args!("can't convert '{name}' object to {wanted} implicitly"))
}

/// An int argument as a machine int; TypeError for what is no int, OverflowError for what does not fit.
#[inline]
pub fn int(vm: &mut Vm, obj: Obj) -> Res<isize> {
    int::index(vm, obj)
}

/// A number argument as a float; TypeError for what is no number.
pub fn float(vm: &mut Vm, obj: Obj) -> Res<f64> {
    crate::types::float::expect(vm, obj)
}

/// The value of an int object (or of what has `__index__`), if it is one; the nearest machine int if it does not fit.
#[inline]
pub fn plain_int(vm: &mut Vm, obj: Obj) -> Res<Option<isize>> {
    crate::types::sequence::try_int(vm, obj)
}

/// An index into a sequence of `len` items; negative ones count from the end. `what` names the sequence in errors.
pub fn index_in(vm: &mut Vm, index: Obj, len: usize, what: &str) -> Res<usize> {
    let value = match index.as_small() {
        Some(value) => value,
        None => match plain_int(vm, index)? {
            Some(value) => value,
            None => {
                let name = vm.type_name(index);
                return Err(vm.type_error(format_args!("{what} indices must be integers, not {name}")));
            }
        },
    };
    let at = if value < 0 { value.wrapping_add(len as isize) } else { value };
    if (at as usize) < len { Ok(at as usize) } else { Err(vm.index_error(format_args!("{what} index out of range"))) }
}
