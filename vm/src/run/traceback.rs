//! Tracebacks: where an exception passed, and how they are printed.

use super::code::RawCode;
use crate::Vm;
use crate::q;
use crate::qstr::Qstr;
use crate::types::exception::{self, Exception};
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

/// How much a traceback tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Files and lines, as upstream does.
    Places,
    /// The source of the lines as well, where it can be read.
    Source,
}

/// Prints an exception with its traceback, causes first.
pub fn print_exception(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj) -> Res<()> {
    print(vm, sink, obj, Detail::Places)
}

/// As `print_exception`, for someone who will look for the mistake: with the source of each line, if there is room for
/// that.
pub fn report(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj) -> Res<()> {
    print(vm, sink, obj, if cfg!(feature = "diagnostics") { Detail::Source } else { Detail::Places })
}

fn print(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj, detail: Detail) -> Res<()> {
    if let Some(exception) = Gc::<Exception>::from_obj(obj) {
        let cause = exception.cause.get();
        if !cause.is_null() && cause != obj {
            vm.check_stack()?;
            print(vm, sink, cause, detail)?;
            sink.write(vm, "\nThe above exception was the direct cause of the following exception:\n\n")?;
        }
        let entries = exception.trace.len() / 3;
        // What `show` says of a SyntaxError need not be said twice.
        #[cfg(feature = "diagnostics")]
        let entries = match super::diagnose::details(exception) {
            Some(_) if detail == Detail::Source => entries.saturating_sub(1),
            Some(_) | None => entries,
        };
        let limit = match crate::modules::sys::replaced(vm, q!("tracebacklimit")).as_small() {
            Some(limit) => entries.min(usize::try_from(limit).unwrap_or(0)),
            None => entries,
        };
        if limit > 0 {
            sink.write(vm, "Traceback (most recent call last):\n")?;
        }
        for entry in exception.trace.slice().chunks_exact(3).rev().take(limit) {
            let (file, block) = (vm.text_of_name(Qstr(entry[0] as u32)), Qstr(entry[2] as u32));
            put(vm, sink, format_args!("  File \"{file}\", line {}", entry[1]))?;
            if block != Qstr::NULL {
                let block = vm.text_of_name(block);
                put(vm, sink, format_args!(", in {block}"))?;
            }
            sink.write(vm, "\n")?;
            #[cfg(feature = "diagnostics")]
            if detail == Detail::Source {
                super::diagnose::show_line(vm, sink, file, entry[1])?;
            }
        }
        #[cfg(feature = "diagnostics")]
        if detail == Detail::Source {
            super::diagnose::show(vm, sink, exception)?;
        }
    }
    let name = vm.type_name(obj);
    put(vm, sink, format_args!("{name}"))?;
    let mut text = crate::types::str::Bytes(crate::value::GcVec::new());
    vm.print(&mut text, obj, PrintKind::Str)?;
    if !text.0.is_empty() {
        sink.write(vm, ": ")?;
        sink.write(vm, core::str::from_utf8(text.0.slice()).unwrap_or(""))?;
        #[cfg(feature = "diagnostics")]
        if let Some(exception) = Gc::<Exception>::from_obj(obj) {
            super::suggest::write(vm, sink, exception)?;
        }
    }
    sink.write(vm, "\n")
}
