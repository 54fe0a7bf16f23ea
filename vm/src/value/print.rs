//! Printing values: where the text goes, and `str()` and `repr()` of anything.

use core::fmt;

use super::{Obj, Res};
use crate::Vm;

/// How a value is to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrintKind {
    /// As `str()` does.
    Str,
    /// As `repr()` does.
    Repr,
    /// The text of an exception's arguments, without its class.
    Exception,
}

/// Where text is written to. Writing can raise: a growing buffer may run out of memory, a stream may be closed.
pub trait Sink {
    /// Writes `text`.
    fn write(&mut self, vm: &mut Vm, text: &str) -> Res<()>;
}

/// Writes formatted text: `put(vm, sink, format_args!("<{name}>"))?`.
pub fn put(vm: &mut Vm, sink: &mut dyn Sink, text: fmt::Arguments<'_>) -> Res<()> {
    if let Some(text) = text.as_str() {
        return sink.write(vm, text);
    }
    struct Adapter<'a> {
        vm: &'a mut Vm,
        sink: &'a mut dyn Sink,
        result: Res<()>,
    }
    impl fmt::Write for Adapter<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.result = self.sink.write(self.vm, text);
            self.result.map_err(|_| fmt::Error)
        }
    }
    let mut adapter = Adapter { vm, sink, result: Ok(()) };
    // A formatting error without a raise cannot happen: only our own write_str makes one.
    let _ = fmt::write(&mut adapter, text);
    adapter.result
}

/// The console's standard output.
pub struct Stdout;

impl Sink for Stdout {
    fn write(&mut self, vm: &mut Vm, text: &str) -> Res<()> {
        vm.port.write_out(text.as_bytes());
        Ok(())
    }
}

/// The console's standard error.
pub struct Stderr;

impl Sink for Stderr {
    fn write(&mut self, vm: &mut Vm, text: &str) -> Res<()> {
        vm.port.write_err(text.as_bytes());
        Ok(())
    }
}

impl Vm {
    /// Writes `obj` to `sink`. Deep nesting raises RuntimeError instead of exhausting the stack.
    pub fn print(&mut self, sink: &mut dyn Sink, obj: Obj, kind: PrintKind) -> Res<()> {
        self.check_stack()?;
        let ty = obj.type_of();
        match ty.print {
            Some(print) => print(self, sink, obj, kind),
            None => {
                let name = self.text_of_name(ty.name);
                put(self, sink, format_args!("<{name}>"))
            }
        }
    }
}
