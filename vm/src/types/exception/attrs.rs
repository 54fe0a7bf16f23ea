//! Attributes of exceptions.

use super::*;
use crate::types::traceback;

/// Where an attribute of a class is found.
enum Place {
    /// In `args`.
    Arg(usize),
    /// In `kept`.
    Kept,
    /// In `kept`, a tuple.
    KeptAt(usize),
    /// What `sys.exit` was given: no argument, one, or all.
    Code,
}

/// Attributes that some classes have.
static PLACES: &[(&Type, Qstr, Place)] = &[
    (&SYSTEM_EXIT, q!("code"), Place::Code),
    (&OS_ERROR, q!("strerror"), Place::Arg(1)),
    (&OS_ERROR, q!("filename"), Place::Kept),
    (&BASE_EXCEPTION_GROUP, q!("message"), Place::Arg(0)),
    (&BASE_EXCEPTION_GROUP, q!("exceptions"), Place::Kept),
    (&IMPORT_ERROR, q!("msg"), Place::Arg(0)),
    (&IMPORT_ERROR, q!("name"), Place::KeptAt(0)),
    (&IMPORT_ERROR, q!("path"), Place::KeptAt(1)),
    (&NAME_ERROR, q!("name"), Place::KeptAt(0)),
    (&ATTRIBUTE_ERROR, q!("name"), Place::KeptAt(0)),
    (&ATTRIBUTE_ERROR, q!("obj"), Place::KeptAt(1)),
    (&UNICODE_DECODE_ERROR, q!("encoding"), Place::Arg(0)),
    (&UNICODE_DECODE_ERROR, q!("object"), Place::Arg(1)),
    (&UNICODE_DECODE_ERROR, q!("start"), Place::Arg(2)),
    (&UNICODE_DECODE_ERROR, q!("end"), Place::Arg(3)),
    (&UNICODE_DECODE_ERROR, q!("reason"), Place::Arg(4)),
    (&UNICODE_ENCODE_ERROR, q!("encoding"), Place::Arg(0)),
    (&UNICODE_ENCODE_ERROR, q!("object"), Place::Arg(1)),
    (&UNICODE_ENCODE_ERROR, q!("start"), Place::Arg(2)),
    (&UNICODE_ENCODE_ERROR, q!("end"), Place::Arg(3)),
    (&UNICODE_ENCODE_ERROR, q!("reason"), Place::Arg(4)),
    (&UNICODE_TRANSLATE_ERROR, q!("object"), Place::Arg(0)),
    (&UNICODE_TRANSLATE_ERROR, q!("start"), Place::Arg(1)),
    (&UNICODE_TRANSLATE_ERROR, q!("end"), Place::Arg(2)),
    (&UNICODE_TRANSLATE_ERROR, q!("reason"), Place::Arg(3)),
];

pub(super) fn get_attr(vm: &mut Vm, obj: Obj, name: Qstr) -> Res {
    let Some(exception) = Gc::<Exception>::from_obj(obj) else { return Ok(Obj::NULL) };
    let or_none = |obj: Obj| if obj.is_null() { Obj::NONE } else { obj };
    if let Some(attrs) = Gc::<dict::Dict>::from_obj(exception.attrs.get()) {
        let value = attrs.map.get_name(vm, name);
        if !value.is_null() {
            return Ok(value);
        }
    }
    if name == q!("args") {
        return Ok(exception.args.get());
    }
    // Upstream gives `value` and `errno` of every exception; programs read them from TypeError and others.
    if name == q!("value") || name == q!("errno") {
        return Ok(or_none(first_arg(obj)));
    }
    #[cfg(feature = "diagnostics")]
    {
        let value = crate::run::diagnose::attribute(vm, exception, name);
        if !value.is_null() {
            return Ok(value);
        }
    }
    if name == q!("__traceback__") {
        return traceback::of(vm, exception);
    }
    if name == q!("__cause__") {
        return Ok(or_none(exception.cause.get()));
    }
    if name == q!("__context__") {
        return Ok(or_none(exception.context.get()));
    }
    if name == q!("__suppress_context__") {
        return Ok(Obj::bool(exception.suppress.get()));
    }
    if name == q!("__dict__") {
        return attributes(vm, exception);
    }
    let ty = exception.type_ref();
    let place = PLACES.iter().find(|(of, other, _)| *other == name && class::is_subclass(ty, TypeRef::of(of)));
    let Some((_, _, place)) = place else { return Ok(Obj::NULL) };
    let args = tuple::items(exception.args.get()).unwrap_or(&[]);
    #[cfg(feature = "diagnostics")]
    if exception.kept.get().is_null() && !exception.missed.get().name.is_null() {
        match place {
            Place::KeptAt(0) => return Ok(exception.missed.get().name),
            Place::KeptAt(1) if class::is_subclass(ty, TypeRef::of(&ATTRIBUTE_ERROR)) => {
                return Ok(or_none(exception.missed.get().place));
            }
            Place::Arg(_) | Place::Kept | Place::KeptAt(_) | Place::Code => {}
        }
    }
    Ok(or_none(match place {
        Place::Arg(at) => args.get(*at).copied().unwrap_or(Obj::NULL),
        Place::Kept => exception.kept.get(),
        Place::KeptAt(at) => tuple::get(exception.kept.get(), *at as isize).unwrap_or(Obj::NULL),
        Place::Code => match args {
            [] => Obj::NONE,
            [only] => *only,
            _ => exception.args.get(),
        },
    }))
}

/// The dict with the program's attributes, made when first needed.
pub fn attributes(vm: &mut Vm, exception: Gc<Exception>) -> Res {
    if exception.attrs.get().is_null() {
        let attrs = dict::new(vm)?;
        exception.attrs.set(attrs);
    }
    Ok(exception.attrs.get())
}

pub(super) fn set_attr(vm: &mut Vm, obj: Obj, name: Qstr, value: Obj) -> Res<bool> {
    let Some(exception) = Gc::<Exception>::from_obj(obj) else { return Ok(false) };
    if name == q!("args") && !value.is_null() {
        let args = crate::types::sequence::tuple_of(vm, value)?;
        exception.args.set(args);
        return Ok(true);
    }
    if name == q!("__cause__") || name == q!("__context__") {
        let is_cause = name == q!("__cause__");
        if !value.is_none() && !is_exception(value) {
            let what = if is_cause { "cause" } else { "context" };
            return Err(vm.type_error(format_args!("exception {what} must be None or derive from BaseException")));
        }
        let value = if value.is_none() { Obj::NULL } else { value };
        if is_cause {
            exception.cause.set(value);
            exception.suppress.set(true);
        } else {
            exception.context.set(value);
        }
        return Ok(true);
    }
    if name == q!("__suppress_context__") && !value.is_null() {
        let suppress = vm.truth(value)?;
        exception.suppress.set(suppress);
        return Ok(true);
    }
    if name == q!("__traceback__") {
        traceback::set(vm, exception, value)?;
        return Ok(true);
    }
    let attrs = attributes(vm, exception)?;
    let Some(attrs) = Gc::<dict::Dict>::from_obj(attrs) else { return Ok(false) };
    if value.is_null() {
        return Ok(!attrs.map.remove(vm, Obj::name(name))?.is_null());
    }
    attrs.map.set_name(vm, name, value)?;
    Ok(true)
}
