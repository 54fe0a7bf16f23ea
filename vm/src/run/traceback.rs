//! Tracebacks: where an exception passed, and how they are printed.

use super::code::RawCode;
use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::exception::{self, Exception, group};
use crate::types::{list, traceback, tuple};
use crate::value::{Gc, Obj, PrintKind, Res, Sink, put};

/// Notes that `exception` passes the operation at `at` of `code`.
#[cold]
#[inline(never)]
pub fn note(vm: &mut Vm, exception: Obj, code: Gc<RawCode>, at: *const u8) {
    let line = code.line_at((at as usize).saturating_sub(code.start as usize));
    exception::add_trace(vm, exception, code.context.file.get(), line, code.name);
}

/// Notes that the waiting exception passes a line of `code`, which runs as machine code.
#[cold]
pub fn note_line(vm: &mut Vm, code: Gc<RawCode>, line: u32) {
    let exception = vm.exception;
    exception::add_trace(vm, exception, code.context.file.get(), line, code.name);
}

/// `exception.__traceback__`
pub fn object(vm: &mut Vm, exception: Obj) -> Res {
    match Gc::<Exception>::from_obj(exception) {
        Some(exception) => traceback::of(vm, exception),
        None => Ok(Obj::NONE),
    }
}

/// Most exceptions of a group that are shown, and most groups inside each other.
const MAX_WIDTH: usize = 15;
const MAX_DEPTH: usize = 10;

/// How much a traceback tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Files and lines, as upstream does.
    Places,
    /// The source of the lines as well, where it can be read.
    Source,
}

/// Prints an exception with its traceback, its causes and contexts before it.
pub fn print_exception(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj) -> Res<()> {
    Page::new(sink, Detail::Places).chain(vm, obj, None)
}

/// As `print_exception`, for someone who will look for the mistake: with the source of each line, if there is room for
/// that.
pub fn report(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj) -> Res<()> {
    let detail = if cfg!(feature = "diagnostics") { Detail::Source } else { Detail::Places };
    Page::new(sink, detail).chain(vm, obj, None)
}

/// How many of the places where an exception passed are shown.
#[cfg_attr(not(feature = "diagnostics"), expect(unused_variables, reason = "only hosts show source"))]
fn shown_places(vm: &Vm, exception: Gc<Exception>, detail: Detail) -> usize {
    let count = exception.trace.len() / 3;
    // What `show` says of a SyntaxError need not be said twice.
    #[cfg(feature = "diagnostics")]
    let count = match super::diagnose::details(exception) {
        Some(_) if detail == Detail::Source => count.saturating_sub(1),
        Some(_) | None => count,
    };
    match crate::modules::sys::replaced(vm, q!("tracebacklimit")).as_small() {
        Some(limit) => count.min(usize::try_from(limit).unwrap_or(0)),
        None => count,
    }
}

/// Prints the first places where an exception passed.
fn print_places(vm: &mut Vm, sink: &mut dyn Sink, exception: Gc<Exception>, limit: usize, detail: Detail) -> Res<()> {
    let places = exception.trace.slice().chunks_exact(3);
    // A recursion shows the same place again and again.
    let mut same = 0;
    let mut last: &[usize] = &[];
    for place in places.rev().take(limit) {
        if place == last {
            same += 1;
        } else {
            repeated(vm, sink, same)?;
            same = 1;
            last = place;
        }
        if same > 3 {
            continue;
        }
        let (file, block) = (vm.text_of_name(Qstr(place[0] as u32)), Qstr(place[2] as u32));
        put(vm, sink, format_args!("  File \"{file}\", line {}", place[1]))?;
        if block != Qstr::NULL {
            let block = vm.text_of_name(block);
            put(vm, sink, format_args!(", in {block}"))?;
        }
        sink.write(vm, "\n")?;
        #[cfg(feature = "diagnostics")]
        if detail == Detail::Source {
            super::diagnose::show_line(vm, sink, file, place[1])?;
        }
    }
    let _ = detail;
    repeated(vm, sink, same)
}

fn repeated(vm: &mut Vm, sink: &mut dyn Sink, same: usize) -> Res<()> {
    match same.saturating_sub(3) {
        0 => Ok(()),
        1 => sink.write(vm, "  [Previous line repeated 1 more time]\n"),
        more => put(vm, sink, format_args!("  [Previous line repeated {more} more times]\n")),
    }
}

/// Prints the line with an exception's class and text, and its notes.
pub fn print_text(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj) -> Res<()> {
    let name = vm.type_name(obj);
    put(vm, sink, format_args!("{name}"))?;
    let mut text = Colon { sink, begun: false };
    if let Err(raise) = vm.print(&mut text, obj, PrintKind::Str) {
        vm.take_exception(raise);
        text.write(vm, "<exception str() failed>")?;
    }
    #[cfg(feature = "diagnostics")]
    if text.begun
        && let Some(exception) = Gc::<Exception>::from_obj(obj)
    {
        super::suggest::write(vm, sink, exception)?;
    }
    sink.write(vm, "\n")?;
    let Some(attrs) = Gc::<Exception>::from_obj(obj).and_then(|body| crate::types::dict::map(body.attrs.get())) else {
        return Ok(());
    };
    let notes = attrs.get_name(vm, q!("__notes__"));
    if notes.is_null() || notes.is_none() {
        return Ok(());
    }
    let mut at = 0;
    while let Some(note) = list::get(notes, at).or_else(|| tuple::get(notes, at)) {
        if let Err(raise) = vm.print(sink, note, PrintKind::Str) {
            vm.take_exception(raise);
            sink.write(vm, "<note str() failed>")?;
        }
        sink.write(vm, "\n")?;
        at += 1;
    }
    Ok(())
}

/// Writes a colon before the first text, if there is any.
struct Colon<'a> {
    sink: &'a mut dyn Sink,
    begun: bool,
}

impl Sink for Colon<'_> {
    fn write(&mut self, vm: &mut Vm, text: &str) -> Res<()> {
        if !self.begun && !text.is_empty() {
            self.begun = true;
            self.sink.write(vm, ": ")?;
        }
        self.sink.write(vm, text)
    }
}

/// The exceptions that are being shown, innermost first: what ends a cycle.
struct Shown<'a> {
    obj: Obj,
    outer: Option<&'a Shown<'a>>,
}

impl Shown<'_> {
    fn has(&self, obj: Obj) -> bool {
        self.obj == obj || self.outer.is_some_and(|outer| outer.has(obj))
    }
}

/// Where exceptions are shown: inside a group every line has a margin.
struct Page<'a> {
    sink: &'a mut dyn Sink,
    /// Groups around the current line.
    depth: usize,
    margin: &'static str,
    /// A line begins here.
    fresh: bool,
    /// The last exception of a group still needs its closing line.
    closing: bool,
    detail: Detail,
}

impl Sink for Page<'_> {
    fn write(&mut self, vm: &mut Vm, text: &str) -> Res<()> {
        for line in text.split_inclusive('\n') {
            if self.fresh && self.depth > 0 {
                self.indent(vm)?;
                self.sink.write(vm, self.margin)?;
            }
            self.fresh = line.ends_with('\n');
            self.sink.write(vm, line)?;
        }
        Ok(())
    }
}

impl<'a> Page<'a> {
    fn new(sink: &'a mut dyn Sink, detail: Detail) -> Page<'a> {
        Page { sink, depth: 0, margin: "| ", fresh: true, closing: false, detail }
    }

    fn indent(&mut self, vm: &mut Vm) -> Res<()> {
        for _ in 0..self.depth {
            self.sink.write(vm, "  ")?;
        }
        Ok(())
    }

    /// An exception, before it what led to it.
    fn chain(&mut self, vm: &mut Vm, obj: Obj, outer: Option<&Shown<'_>>) -> Res<()> {
        vm.check_stack()?;
        let shown = Shown { obj, outer };
        if let Some(exception) = Gc::<Exception>::from_obj(obj) {
            let (cause, context) = (exception.cause.get(), exception.context.get());
            if !cause.is_null() {
                if !shown.has(cause) {
                    self.chain(vm, cause, Some(&shown))?;
                    self.write(vm, "\nThe above exception was the direct cause of the following exception:\n\n")?;
                }
            } else if !context.is_null() && !exception.suppress.get() && !shown.has(context) {
                self.chain(vm, context, Some(&shown))?;
                self.write(vm, "\nDuring handling of the above exception, another exception occurred:\n\n")?;
            }
        }
        match group::exceptions(obj) {
            Some(parts) if self.depth > MAX_DEPTH => {
                let _ = parts;
                put(vm, self, format_args!("... (max_group_depth is {MAX_DEPTH})\n"))
            }
            Some(parts) => self.group(vm, obj, parts, &shown),
            None => self.single(vm, obj, "Traceback (most recent call last):\n"),
        }
    }

    fn single(&mut self, vm: &mut Vm, obj: Obj, head: &str) -> Res<()> {
        if let Some(exception) = Gc::<Exception>::from_obj(obj) {
            let detail = self.detail;
            let limit = shown_places(vm, exception, detail);
            if limit > 0 {
                self.write(vm, head)?;
                self.margin = "| ";
                print_places(vm, self, exception, limit, detail)?;
            }
        }
        self.margin = "| ";
        #[cfg(feature = "diagnostics")]
        if self.detail == Detail::Source
            && let Some(exception) = Gc::<Exception>::from_obj(obj)
        {
            super::diagnose::show(vm, self, exception)?;
        }
        print_text(vm, self, obj)
    }

    fn group(&mut self, vm: &mut Vm, obj: Obj, parts: &[Obj], shown: &Shown<'_>) -> Res<()> {
        let top = self.depth == 0;
        if top {
            self.depth = 1;
            let is_raised = Gc::<Exception>::from_obj(obj).is_some_and(|exception| !exception.trace.is_empty());
            self.margin = if is_raised { "+ " } else { "| " };
        }
        self.single(vm, obj, "Exception Group Traceback (most recent call last):\n")?;
        let shown_parts = if parts.len() > MAX_WIDTH { MAX_WIDTH + 1 } else { parts.len() };
        self.closing = false;
        for (at, part) in parts.iter().take(shown_parts).enumerate() {
            self.closing |= at + 1 == shown_parts;
            self.indent(vm)?;
            self.sink.write(vm, if at == 0 { "+-" } else { "  " })?;
            self.depth += 1;
            if at >= MAX_WIDTH {
                self.sink.write(vm, "+---------------- ... ----------------\n")?;
                let more = parts.len() - MAX_WIDTH;
                let s = if more == 1 { "" } else { "s" };
                put(vm, self, format_args!("and {more} more exception{s}\n"))?;
            } else {
                put(vm, self.sink, format_args!("+---------------- {} ----------------\n", at + 1))?;
                self.chain(vm, *part, Some(shown))?;
            }
            if at + 1 == shown_parts && self.closing {
                self.indent(vm)?;
                self.sink.write(vm, "+------------------------------------\n")?;
                self.closing = false;
            }
            self.depth -= 1;
        }
        if top {
            self.depth = 0;
        }
        Ok(())
    }
}
