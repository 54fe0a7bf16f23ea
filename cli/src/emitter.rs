//! What makes machine code in this process: the host's emitter, and who wants to know what it makes.

use std::fmt::Write;

use emitters::entry::HostEmitter;
use emitters::exec::Pages;
use vm::compile::emitter::{CodeMemory, EmitError, Emitter, MachineCode, Unexplained, Unit};

use crate::explain;

/// Hears of machine code when it is made.
pub trait Listener {
    /// The machine code of a function stands where it will run.
    fn made(&mut self, unit: &Unit<'_>, code: &MachineCode);
}

/// The host's emitter.
pub struct Told {
    inner: HostEmitter,
    listeners: Vec<Box<dyn Listener>>,
}

impl Told {
    /// An emitter whose code goes to such pages, and that tells `listeners`.
    pub fn new(pages: Pages, listeners: Vec<Box<dyn Listener>>) -> Told {
        Told { inner: emitters::entry::host(pages), listeners }
    }
}

impl Emitter for Told {
    fn emit(&mut self, unit: &Unit<'_>) -> Result<MachineCode, EmitError> {
        let code = self.inner.emit(unit)?;
        for listener in &mut self.listeners {
            listener.made(unit, &code);
        }
        Ok(code)
    }

    fn explain(&mut self, unit: &Unit<'_>, out: &mut dyn Write) -> Result<(), Unexplained> {
        let report = self.inner.report(unit);
        let source = std::fs::read(&report.file).unwrap_or_default();
        let source = String::from_utf8_lossy(&source);
        explain::text::function(&report, &explain::Source::new(&source), out).map_err(|_| Unexplained::NoMemory)
    }

    fn memory(&self) -> Option<CodeMemory> {
        self.inner.memory()
    }
}
