//! traceback: exceptions and the places they passed, as text and as lists.

use crate::Vm;
use crate::q;
use crate::run::traceback as shown;
use crate::types::exception::is_exception;
use crate::types::traceback::Traceback;
use crate::types::{list, str, tuple};
use crate::value::{Args, Entry, Gc, GcVec, Obj, Res, Rom, Sink, Stderr, kw, put, row, var};

/// Names of the module.
pub static TABLE: &[Entry] = &[
    row(q!("__name__"), Rom::Word(Obj::name(q!("traceback")))),
    row(q!("extract_tb"), var(1, 2, extract_tb)),
    row(q!("format_exc"), kw(0, format_exc)),
    row(q!("format_exception"), kw(1, format_exception)),
    row(q!("format_exception_only"), var(1, 2, format_exception_only)),
    row(q!("format_tb"), var(1, 2, format_tb)),
    row(q!("print_exc"), kw(0, print_exc)),
    row(q!("print_exception"), kw(1, print_exception)),
    row(q!("print_tb"), kw(1, print_tb)),
];

/// The exception of `(exception)` or of the older `(class, exception, traceback)`; None where none is handled.
fn given(args: &[Obj]) -> Obj {
    match args {
        [first, second, ..] if !is_exception(*first) => *second,
        [first, ..] => *first,
        [] => Obj::NONE,
    }
}

fn handled(vm: &Vm) -> Obj {
    vm.caught().non_null().unwrap_or(Obj::NONE)
}

/// Writes as `print_exception` does. As in CPython, None has a line too.
fn write(vm: &mut Vm, sink: &mut dyn Sink, exception: Obj) -> Res<()> {
    if exception.is_none() {
        return sink.write(vm, "NoneType: None\n");
    }
    shown::print_exception(vm, sink, exception)
}

fn text(vm: &mut Vm, exception: Obj) -> Res<GcVec<u8>> {
    let mut text = str::Bytes(GcVec::new());
    write(vm, &mut text, exception)?;
    Ok(text.0)
}

/// Text to the keyword `file`, or to standard error.
fn to_file(vm: &mut Vm, args: Args<'_>, text: &GcVec<u8>) -> Res {
    let file = args.kw.iter().find(|(key, _)| *key == Obj::name(q!("file"))).map(|(_, file)| *file);
    let text = core::str::from_utf8(text.slice()).unwrap_or("");
    match file.filter(|file| !file.is_none()) {
        Some(file) => {
            let text = str::new(vm, text)?;
            vm.call_method(file, q!("write"), &[text])?;
        }
        None => Stderr.write(vm, text)?,
    }
    Ok(Obj::NONE)
}

/// A list of the lines of a text.
fn lines(vm: &mut Vm, text: &GcVec<u8>) -> Res {
    let all = GcVec::new();
    for line in core::str::from_utf8(text.slice()).unwrap_or("").split_inclusive('\n') {
        let line = str::new(vm, line)?;
        all.push(vm, line)?;
    }
    list::from_vec(vm, all)
}

fn print_exc(vm: &mut Vm, args: Args<'_>) -> Res {
    let exception = handled(vm);
    let text = text(vm, exception)?;
    to_file(vm, args, &text)
}

fn print_exception(vm: &mut Vm, args: Args<'_>) -> Res {
    let text = text(vm, given(args.pos))?;
    to_file(vm, args, &text)
}

fn format_exc(vm: &mut Vm, _: Args<'_>) -> Res {
    let exception = handled(vm);
    let text = text(vm, exception)?;
    str::new(vm, core::str::from_utf8(text.slice()).unwrap_or(""))
}

fn format_exception(vm: &mut Vm, args: Args<'_>) -> Res {
    let text = text(vm, given(args.pos))?;
    lines(vm, &text)
}

fn format_exception_only(vm: &mut Vm, args: &[Obj]) -> Res {
    let mut text = str::Bytes(GcVec::new());
    let exception = given(args);
    if exception.is_none() {
        write(vm, &mut text, exception)?;
    } else {
        shown::print_text(vm, &mut text, exception)?;
    }
    lines(vm, &text.0)
}

/// Calls `see` for each place from the outermost inwards.
fn places(vm: &mut Vm, args: &[Obj], mut see: impl FnMut(&mut Vm, Gc<Traceback>) -> Res<()>) -> Res<()> {
    let mut at = args.first().copied().unwrap_or(Obj::NONE);
    let mut left = args.get(1).and_then(|limit| limit.as_small()).unwrap_or(isize::MAX);
    while left > 0
        && let Some(place) = Gc::<Traceback>::from_obj(at)
    {
        see(vm, place)?;
        at = place.next.get();
        left -= 1;
    }
    Ok(())
}

/// `(file, line, function, None)` of each place; the source is not kept.
fn extract_tb(vm: &mut Vm, args: &[Obj]) -> Res {
    let all = GcVec::new();
    places(vm, args, |vm, place| {
        let line = Obj::small_wrapping(place.line as isize);
        let place = tuple::new(vm, &[Obj::name(place.file), line, Obj::name(place.block), Obj::NONE])?;
        all.push(vm, place)
    })?;
    list::from_vec(vm, all)
}

fn places_text(vm: &mut Vm, args: &[Obj]) -> Res<GcVec<u8>> {
    let mut text = str::Bytes(GcVec::new());
    places(vm, args, |vm, place| {
        let (file, block, line) = (vm.text_of_name(place.file), vm.text_of_name(place.block), place.line);
        put(vm, &mut text, format_args!("  File \"{file}\", line {line}, in {block}\n"))
    })?;
    Ok(text.0)
}

fn format_tb(vm: &mut Vm, args: &[Obj]) -> Res {
    let text = places_text(vm, args)?;
    lines(vm, &text)
}

fn print_tb(vm: &mut Vm, args: Args<'_>) -> Res {
    let text = places_text(vm, args.pos)?;
    to_file(vm, args, &text)
}
