//! "Did you mean": the name that a wrong one is nearest to, looked for when an exception is shown.
//!
//! Raising only notes the name and where it was looked for. Which names are candidates follows CPython.

use crate::Vm;
use crate::modules::builtins;
use crate::q;
use crate::qstr::Qstr;
use crate::run::code::RawCode;
use crate::run::frame::Frame;
use crate::text::nearest::Nearest;
use crate::types::exception::{self, Exception};
use crate::types::function::Function;
use crate::types::list::List;
use crate::types::{class, dict, str};
use crate::value::{Gc, Map, Obj, Res, Sink, TypeRef, put};

/// More candidates than this are not looked at.
const MOST: usize = 750;

/// A name that was not found. All are `Obj::NULL` where there is none.
#[derive(Clone, Copy)]
pub struct Missed {
    /// The name.
    pub name: Obj,
    /// Where it was looked for: an object, a function, the code whose variable it is.
    pub place: Obj,
    /// `self` where a variable was looked for.
    pub receiver: Obj,
}

impl Missed {
    /// Nothing was missed.
    pub const NOTHING: Missed = Missed { name: Obj::NULL, place: Obj::NULL, receiver: Obj::NULL };
}

/// Notes in the waiting exception that `name` was not found in `place`.
#[cold]
pub fn note(vm: &Vm, name: Qstr, place: Obj) {
    if let Some(exception) = Gc::<Exception>::from_obj(vm.exception)
        && exception.obj() != vm.memory_error
    {
        exception.missed.set(Missed { name: Obj::name(name), place, receiver: Obj::NULL });
    }
}

/// As `note`, for a variable of running code. Also notes `self`, whose attribute may be meant.
#[cold]
pub fn note_variable(vm: &Vm, code: Gc<RawCode>, name: Qstr) {
    note(vm, name, code.obj());
    // Machine code that is called directly has no frame, and a generator's keeps its parameters elsewhere.
    // SAFETY: the frame is null or the running one.
    let Some(frame) = (unsafe { vm.frame.as_ref() }) else { return };
    let has_parameters = frame.code == code && (code.native.get() == 0 || frame.generator.is_null());
    let first = code.params.get(0).map_or(Qstr::NULL, Qstr);
    if has_parameters
        && !code.cells.slice().contains(&0)
        && vm.text_of_name(first) == "self"
        && let Some(exception) = Gc::<Exception>::from_obj(vm.exception)
    {
        // SAFETY: the frame has its words, and the first parameter is local 0.
        let receiver = unsafe { *Frame::locals(vm.frame) };
        exception.missed.set(Missed { receiver, ..exception.missed.get() });
    }
}

/// Writes what may have been meant behind the text of an exception.
pub fn write(vm: &mut Vm, sink: &mut dyn Sink, exception: Gc<Exception>) -> Res<()> {
    let Missed { name, place, receiver } = exception.missed.get();
    let Some(name) = name.as_name() else { return Ok(()) };
    if place.is_null() {
        return Ok(());
    }
    let wrong = vm.text_of_name(name);
    let is = |ty| class::is_subclass(exception.type_ref(), TypeRef::of(ty));
    if is(&exception::NAME_ERROR) {
        let Some(code) = Gc::<RawCode>::from_obj(place) else { return Ok(()) };
        if !receiver.is_null() && has(vm, receiver, name) {
            return put(vm, sink, format_args!(". Did you mean: 'self.{wrong}'?"));
        }
        let meant = variable(vm, code, wrong);
        let module = crate::modules::find(name).is_some();
        if let Some(meant) = meant {
            let meant = vm.text_of_name(meant);
            put(vm, sink, format_args!(". Did you mean: '{meant}'?"))?;
            return if module {
                put(vm, sink, format_args!(" Or did you forget to import '{wrong}'?"))
            } else {
                Ok(())
            };
        }
        return if module { put(vm, sink, format_args!(". Did you forget to import '{wrong}'?")) } else { Ok(()) };
    }
    let meant = if is(&exception::TYPE_ERROR) { parameter(vm, place, wrong) } else { attribute(vm, place, wrong)? };
    match meant {
        Some(meant) => {
            let meant = vm.text_of_name(meant);
            put(vm, sink, format_args!(". Did you mean: '{meant}'?"))
        }
        None => Ok(()),
    }
}

/// Whether `obj.name` can be read. What reading raises is of no concern.
fn has(vm: &mut Vm, obj: Obj, name: Qstr) -> bool {
    match vm.find_attr(obj, name) {
        Ok(value) => !value.is_null(),
        Err(raise) => {
            vm.take_exception(raise);
            false
        }
    }
}

/// The nearest of locals, globals and built-in names.
fn variable(vm: &Vm, code: Gc<RawCode>, wrong: &str) -> Option<Qstr> {
    let mut nearest = Nearest::default();
    let mut offer = |name: Qstr| nearest.offer(wrong, vm.text_of_name(name), name);
    code.params.slice().iter().chain(code.locals.slice()).for_each(|name| offer(Qstr(*name)));
    each_key(&code.context.globals.map, &mut offer);
    if let Some(map) = dict::map(vm.builtins) {
        each_key(map, &mut offer);
    }
    builtins::TABLE.iter().for_each(|entry| offer(entry.name));
    nearest.found()
}

fn each_key(map: &Map, offer: &mut dyn FnMut(Qstr)) {
    let (mut from, mut count) = (0, 0);
    while let Some((at, key, _)) = map.next(from)
        && count < MOST
    {
        if let Some(name) = key.as_name() {
            offer(name);
        }
        (from, count) = (at + 1, count + 1);
    }
}

/// The nearest attribute of what the name was looked for in. Names with an underscore count only for such.
fn attribute(vm: &mut Vm, obj: Obj, wrong: &str) -> Res<Option<Qstr>> {
    let names = match builtins::plain_dir(vm, obj) {
        Ok(names) => names,
        Err(raise) => {
            vm.take_exception(raise);
            return Ok(None);
        }
    };
    let Some(names) = Gc::<List>::from_obj(names) else { return Ok(None) };
    let mut nearest = Nearest::default();
    for name in names.items.slice().iter().take(MOST) {
        let (Some(text), Some(name)) = (str::text_of(vm, *name), name.as_name()) else { continue };
        if wrong.starts_with('_') || !text.starts_with('_') {
            nearest.offer(wrong, text, name);
        }
    }
    Ok(nearest.found())
}

/// The nearest parameter of a function.
fn parameter(vm: &Vm, function: Obj, wrong: &str) -> Option<Qstr> {
    let function = Gc::<Function>::from_obj(function)?;
    let mut nearest = Nearest::default();
    for name in function.code.params.slice() {
        if Qstr(*name) != q!("*") {
            nearest.offer(wrong, vm.text_of_name(Qstr(*name)), Qstr(*name));
        }
    }
    nearest.found()
}
