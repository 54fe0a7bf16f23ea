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

/// Prints an exception with its traceback, causes first, as an uncaught one is shown.
pub fn print_exception(vm: &mut Vm, sink: &mut dyn Sink, obj: Obj) -> Res<()> {
    if let Some(exception) = Gc::<Exception>::from_obj(obj) {
        let cause = exception.cause.get();
        if !cause.is_null() && cause != obj {
            vm.check_stack()?;
            print_exception(vm, sink, cause)?;
            sink.write(vm, "\nThe above exception was the direct cause of the following exception:\n\n")?;
        }
        let entries = exception.trace.len() / 3;
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
        }
    }
    let name = vm.type_name(obj);
    put(vm, sink, format_args!("{name}"))?;
    let mut text = crate::types::str::Bytes(crate::value::GcVec::new());
    vm.print(&mut text, obj, PrintKind::Str)?;
    if !text.0.is_empty() {
        sink.write(vm, ": ")?;
        sink.write(vm, core::str::from_utf8(text.0.slice()).unwrap_or(""))?;
    }
    sink.write(vm, "\n")
}
