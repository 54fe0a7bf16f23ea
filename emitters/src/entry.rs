//! What a port injects into the machine: an emitter for decorated functions.

use crate::trace::Trace;
use crate::viper::{Parts, Signature, unsupported};
use crate::{inline, link, native};
use ir::{Backend, Func, Refused};
use vm::compile::code::Kind;
use vm::compile::emitter::{CodeMemory, EmitError, Emitter, MachineCode, Unit};
use vm::mem::Vec;

/// Makes code runnable: gives it memory, an address and somebody who keeps it.
pub trait Place {
    /// Puts the code where it can run.
    fn place(&mut self, code: ir::MachineCode) -> Result<MachineCode, Refused>;

    /// Microseconds, from any start; always the same where nobody counts what compiling takes.
    fn now_us(&self) -> u64 {
        0
    }

    /// What all code in it takes, where that is counted.
    fn memory(&self) -> Option<CodeMemory> {
        None
    }
}

/// Emits native functions by a back end.
pub struct NativeEmitter<B, P> {
    backend: B,
    place: P,
    compiled: usize,
    spent_us: u64,
}

impl<B: Backend, P: Place> NativeEmitter<B, P> {
    /// An emitter from a back end and a place for its code.
    pub fn new(backend: B, place: P) -> Self {
        NativeEmitter { backend, place, compiled: 0, spent_us: 0 }
    }
}

/// IR of all parts of a function, the one that is entered first, and what can be called with other than objects.
pub fn build_parts(unit: &Unit<'_>) -> Result<([Option<Func>; 3], Signature), EmitError> {
    match unit.code.kind {
        Kind::Viper => {
            let Parts { door, gate, core, signature } = crate::viper::lower(unit)?;
            Ok(([door, gate, Some(core)], signature))
        }
        Kind::Native | Kind::Bytecode | Kind::AsmThumb | Kind::AsmXtensa | Kind::AsmRv32 => {
            build(unit).map(|func| ([Some(func), None, None], Signature::NONE))
        }
    }
}

/// IR of a function, by its kind: the part that does the work.
pub fn build(unit: &Unit<'_>) -> Result<Func, EmitError> {
    match unit.code.kind {
        Kind::Native => native::build(unit).map_err(refused),
        Kind::Viper => crate::viper::lower(unit).map(|parts| parts.core),
        Kind::Bytecode | Kind::AsmThumb | Kind::AsmXtensa | Kind::AsmRv32 => Err(EmitError::Refused),
    }
}

/// As `build`; tells in `trace` how the IR was made.
pub fn build_traced(unit: &Unit<'_>, trace: &mut Trace) -> Result<Func, EmitError> {
    match unit.code.kind {
        Kind::Native => native::build_traced(unit, trace).map_err(refused),
        Kind::Viper => crate::viper::lower_traced(unit, trace),
        Kind::Bytecode | Kind::AsmThumb | Kind::AsmXtensa | Kind::AsmRv32 => Err(EmitError::Refused),
    }
}

impl<B: Backend, P: Place> Emitter for NativeEmitter<B, P> {
    fn emit(&mut self, unit: &Unit<'_>) -> Result<MachineCode, EmitError> {
        let start = self.place.now_us();
        let (code, signature) = match unit.code.kind.is_assembler() {
            true => (inline::emit(unit, &mut self.backend)?, Signature::NONE),
            false => compiled(unit, &mut self.backend)?,
        };
        let placed = self.place.place(code).map_err(refused)?;
        self.compiled += 1;
        self.spent_us += self.place.now_us().saturating_sub(start);
        let needs_frame = unit.code.kind == Kind::Native && native::needs_frame(unit);
        Ok(MachineCode { takes_words: signature != Signature::NONE, needs_frame, ..placed })
    }

    fn memory(&self) -> Option<CodeMemory> {
        let (compiled, spent_us) = (self.compiled, self.spent_us);
        self.place.memory().map(|memory| CodeMemory { compiled, spent_us, ..memory })
    }
}

#[cfg(feature = "explain")]
impl<B: Backend, P: Place> NativeEmitter<B, P> {
    /// What `emit` makes of a function, and why.
    pub fn report(&mut self, unit: &Unit<'_>) -> crate::explain::Report {
        crate::explain::report(unit, &mut self.backend)
    }
}

/// Machine code of a function's parts in one piece.
fn compiled(unit: &Unit<'_>, backend: &mut impl Backend) -> Result<(ir::MachineCode, Signature), EmitError> {
    let (funcs, signature) = build_parts(unit)?;
    let mut parts = Vec::new();
    for func in funcs.into_iter().flatten() {
        parts.push(backend.compile(&func).map_err(|why| unmade(unit, why))?)?;
    }
    let code = match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last)?;
            link::linked(signature.0, &parts).map_err(refused)?
        }
    };
    Ok((code, signature))
}

/// What a machine cannot do, bytecode can; but viper means something else as bytecode.
fn unmade(unit: &Unit<'_>, why: Refused) -> EmitError {
    match (unit.code.kind, why) {
        (Kind::Viper, Refused::Unsupported(what)) => unsupported(what, unit.code.first_line),
        (_, why) => refused(why),
    }
}

fn refused(why: Refused) -> EmitError {
    match why {
        Refused::Memory => EmitError::NoMemory,
        Refused::TooLarge | Refused::Unsupported(_) => EmitError::Refused,
    }
}

#[cfg(feature = "cranelift")]
mod host {
    use super::*;
    use crate::cranelift::Cranelift;
    use crate::exec::{CodeArena, Pages, Placed, Usage};
    use std::time::{SystemTime, UNIX_EPOCH};
    use vm::compile::emitter::{CodeLine, Keep};
    use vm::mem;

    impl Place for CodeArena {
        fn place(&mut self, code: ir::MachineCode) -> Result<MachineCode, Refused> {
            let mut lines = mem::Vec::new();
            for row in &code.lines {
                lines.push(CodeLine { offset: row.offset, line: row.line }).map_err(|_| Refused::Memory)?;
            }
            let len = code.bytes.len();
            let placed = Box::new(CodeArena::place(self, code)?);
            let (entry, start) = (placed.entry() as usize, placed.bytes().as_ptr() as usize);
            Ok(MachineCode { entry, start, len, lines, takes_words: false, needs_frame: false, keep: keep(placed) })
        }

        fn now_us(&self) -> u64 {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
        }

        fn memory(&self) -> Option<CodeMemory> {
            let Usage { functions, used, reserved, apart } = self.usage();
            Some(CodeMemory { functions, used, reserved, apart, ..CodeMemory::default() })
        }
    }

    /// The handle is the address of the box.
    fn keep(placed: Box<Placed>) -> Keep {
        Keep::new(Box::into_raw(placed).expose_provenance(), release)
    }

    fn release(handle: usize) {
        // SAFETY: `keep` gave the box away for this handle, and nobody else has it; a `Keep` is dropped once.
        drop(unsafe { Box::from_raw(std::ptr::with_exposed_provenance_mut::<Placed>(handle)) });
    }

    /// The emitter of the machine this runs on.
    pub type HostEmitter = NativeEmitter<Cranelift, CodeArena>;

    /// The emitter of the machine this runs on.
    pub fn host(pages: Pages) -> HostEmitter {
        NativeEmitter::new(Cranelift::new(), CodeArena::with(pages))
    }
}

#[cfg(feature = "cranelift")]
pub use host::{HostEmitter, host};
