//! SyntaxErrors as objects: where they are, and how that is shown.
//!
//! Their arguments are those of CPython, `(message, (file, line, column, text, end line, end column))`, and the
//! attributes are read from there; `str` is the message alone, as upstream has it.

use crate::Vm;
use crate::qstr::Qstr;
use crate::text::error::SyntaxError;
use crate::text::shown::{End, Marked, locate};
use crate::types::class;
use crate::types::exception::{self, Exception};
use crate::types::{str, tuple};
use crate::value::{Gc, Obj, Res, Sink, Type, TypeRef, put};

/// Makes the exception for what the compiler found in `source`.
pub fn exception(vm: &mut Vm, class: &'static Type, error: &SyntaxError, source: &[u8], file: Qstr) -> Res {
    let Ok((message, place)) = locate(error, source) else { return Err(vm.memory_error()) };
    let message = str::new(vm, core::str::from_utf8(&message).unwrap_or(error.message))?;
    let text = match place.text {
        Some(text) => str::new(vm, text)?,
        None => Obj::NONE,
    };
    let number = |number: u32| Obj::small_wrapping(number as isize);
    let details = [
        Obj::name(file),
        number(place.line),
        number(place.column),
        text,
        number(place.end_line),
        number(place.end_column),
    ];
    let details = tuple::new(vm, &details)?;
    exception::with_args(vm, TypeRef::of(class), &[message, details])
}

fn is_syntax_error(exception: Gc<Exception>) -> bool {
    class::is_subclass(exception.type_ref(), TypeRef::of(&exception::SYNTAX_ERROR))
}

/// The second argument, if it tells a place.
pub fn details<'a>(exception: Gc<Exception>) -> Option<&'a [Obj]> {
    if !is_syntax_error(exception) {
        return None;
    }
    let [_, details] = tuple::items(exception.args.get())? else { return None };
    tuple::items(*details).filter(|details| details.len() >= 4)
}

/// `msg`, `filename`, `lineno`, ... of a SyntaxError; `Obj::NULL` if it is no such name.
pub fn attribute(vm: &mut Vm, exception: Gc<Exception>, name: Qstr) -> Obj {
    let at = match vm.text_of_name(name) {
        "msg" if is_syntax_error(exception) => {
            return exception::first_arg(exception.obj()).non_null().unwrap_or(Obj::NONE);
        }
        "print_file_and_line" if is_syntax_error(exception) => return Obj::NONE,
        "filename" => 0,
        "lineno" => 1,
        "offset" => 2,
        "text" => 3,
        "end_lineno" => 4,
        "end_offset" => 5,
        _ => return Obj::NULL,
    };
    if !is_syntax_error(exception) {
        return Obj::NULL;
    }
    details(exception).and_then(|details| details.get(at).copied()).unwrap_or(Obj::NONE)
}

/// Shows a line of a source file, if the file is there and has it.
pub fn show_line(vm: &mut Vm, sink: &mut dyn Sink, file: &str, line: usize) -> Res<()> {
    if file.starts_with('<') {
        return Ok(());
    }
    let Some(source) = super::contents::read_quietly(vm, file) else { return Ok(()) };
    let mut lines = source.bytes().split(|byte| *byte == b'\n');
    let found = line.checked_sub(1).and_then(|skipped| lines.nth(skipped));
    match found.and_then(|found| core::str::from_utf8(found).ok()).map(|line| line.trim()) {
        Some(text) if !text.is_empty() => put(vm, sink, format_args!("    {text}\n")),
        Some(_) | None => Ok(()),
    }
}

/// Shows the line of a SyntaxError and marks the place in it.
pub fn show(vm: &mut Vm, sink: &mut dyn Sink, exception: Gc<Exception>) -> Res<()> {
    let Some([file, line, column, text, end @ ..]) = details(exception) else { return Ok(()) };
    let file = str::text_of(vm, *file).unwrap_or("<string>");
    let line = line.as_small().unwrap_or(0);
    put(vm, sink, format_args!("  File \"{file}\", line {line}\n"))?;
    let Some(text) = str::text_of(vm, *text) else { return Ok(()) };
    let end = match (end.first().and_then(|end| end.as_small()), end.get(1).and_then(|end| end.as_small())) {
        (Some(end_line), _) if end_line != line => End::Later,
        (_, Some(end)) => End::Column(end),
        (_, None) => End::Unknown,
    };
    put(vm, sink, format_args!("{}", Marked { text, column: column.as_small().unwrap_or(0), end }))
}
