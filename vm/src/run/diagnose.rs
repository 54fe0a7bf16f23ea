//! SyntaxErrors as objects: where they are, and how that is shown.
//!
//! Their arguments are those of CPython, `(message, (file, line, column, text, end line, end column))`, and the
//! attributes are read from there; `str` is the message alone, as upstream has it.

use crate::Vm;
use crate::mem::{NoMemory, Vec};
use crate::port::PathKind;
use crate::qstr::Qstr;
use crate::text::error::SyntaxError;
use crate::text::source::Lines;
use crate::types::class;
use crate::types::exception::{self, Exception};
use crate::types::{str, tuple};
use crate::value::{Gc, Obj, Res, Sink, Type, TypeRef, put};

/// Makes the exception for what the compiler found in `source`.
pub fn exception(vm: &mut Vm, class: &'static Type, error: &SyntaxError, source: &[u8], file: Qstr) -> Res {
    let Ok((message, place)) = describe(error, source) else { return Err(vm.memory_error()) };
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

struct Where<'a> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    text: Option<&'a str>,
}

fn describe<'a>(error: &SyntaxError, source: &'a [u8]) -> Result<(Vec<u8>, Where<'a>), NoMemory> {
    let mut message = Vec::new();
    error.write_message(source, &mut message)?;
    let lines = Lines::new(source)?;
    let start = lines.place(source, error.span.start);
    // A line end is nothing to underline.
    let at_end = matches!(source.get(error.span.start as usize), Some(b'\n' | b'\r') | None);
    let end = if at_end { start } else { lines.place(source, error.span.end) };
    let before = source.get(..error.span.start as usize).unwrap_or(source);
    let from = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
    let rest = source.get(from..).unwrap_or(&[]);
    let len = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
    let text = rest.get(..len).and_then(|text| core::str::from_utf8(text).ok());
    let place = Where { line: start.line, column: start.column, end_line: end.line, end_column: end.column, text };
    Ok((message, place))
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
    if file.starts_with('<') || !matches!(vm.port.path_kind(file), PathKind::File) {
        return Ok(());
    }
    let source = match super::read_file(vm, file) {
        Ok(source) => source,
        Err(raise) => {
            vm.take_exception(raise);
            return Ok(());
        }
    };
    let mut lines = source.slice().split(|byte| *byte == b'\n');
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
    let stripped = text.trim_end();
    let shown = stripped.trim_start_matches([' ', '\t', '\x0c']);
    put(vm, sink, format_args!("    {shown}\n"))?;
    let Some(column) = column.as_small().filter(|column| *column > 0) else { return Ok(()) };
    let length = stripped.chars().count() as isize;
    let same_line = end.first().and_then(|end| end.as_small()).is_none_or(|end_line| end_line == line);
    let end = match end.get(1).and_then(|end| end.as_small()) {
        Some(end) if same_line && end > column => end.min(length + 1).max(column + 1),
        Some(_) if !same_line => length + 1,
        Some(_) | None => column + 1,
    };
    let indent = (stripped.chars().count() - shown.chars().count()) as isize;
    sink.write(vm, "    ")?;
    for char in shown.chars().chain(core::iter::repeat(' ')).take((column - 1 - indent).max(0) as usize) {
        sink.write(vm, if char == '\t' { "\t" } else { " " })?;
    }
    for _ in column.max(indent + 1)..end.max(column.max(indent + 1) + 1) {
        sink.write(vm, "^")?;
    }
    sink.write(vm, "\n")
}
