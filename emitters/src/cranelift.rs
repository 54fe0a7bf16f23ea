//! The host back end: IR to machine code by way of Cranelift.
//!
//! IR registers become Cranelift variables, which makes SSA form of them. Helpers are called through the table the
//! function is handed, so the code has no relocations and runs wherever it is put.

mod loops;
mod lower;

use lower::Apart;

use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::types;
use cranelift_codegen::isa::{self, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{CodegenError, Context};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use ir::{Backend, Caps, Func, Inst, LineRow, MachineCode, Refused, Word};
use target_lexicon::Triple;

/// Above so many instructions code quality gives way to compile time.
const LONG: usize = 5000;
/// Above so many there is hardly anything but that and memory to think of.
const HUGE: usize = 40_000;

/// How much is done for good code.
#[derive(Clone, Copy)]
enum Effort {
    Good,
    Quick,
    Least,
}

impl Effort {
    fn of(insts: usize) -> Effort {
        if insts <= LONG {
            Effort::Good
        } else if insts <= HUGE {
            Effort::Quick
        } else {
            Effort::Least
        }
    }

    /// Cranelift's settings: how to optimise, how to give out registers.
    fn settings(self) -> (&'static str, &'static str) {
        match self {
            Effort::Good => ("speed", "backtracking"),
            Effort::Quick => ("speed", "single_pass"),
            Effort::Least => ("none", "single_pass"),
        }
    }

    /// Which blocks go behind all others.
    fn apart(self) -> Apart {
        match self {
            Effort::Good => Apart::Cold,
            Effort::Quick => Apart::Nothing,
            Effort::Least => Apart::Words,
        }
    }
}

/// Cranelift for one machine. Making one costs nothing; the machine is set up at the first function.
pub struct Cranelift {
    /// `None`: the host, with all its instruction set extensions.
    triple: Option<Triple>,
    /// The machine for each effort.
    machines: [Option<OwnedTargetIsa>; 3],
    context: Context,
    builder: FunctionBuilderContext,
}

impl Cranelift {
    /// For the machine this runs on.
    pub fn new() -> Cranelift {
        Cranelift {
            triple: None,
            machines: [None, None, None],
            context: Context::new(),
            builder: FunctionBuilderContext::new(),
        }
    }

    /// For another machine; its code cannot be run here.
    pub fn for_machine(triple: Triple) -> Cranelift {
        Cranelift { triple: Some(triple), ..Cranelift::new() }
    }
}

impl Default for Cranelift {
    fn default() -> Self {
        Cranelift::new()
    }
}

impl Backend for Cranelift {
    fn caps(&self) -> Caps {
        Caps { word: Word::W64, divide: true, f32: true, f64: true, sqrt: true }
    }

    fn compile(&mut self, func: &Func) -> Result<MachineCode, Refused> {
        if ir::verify(func).is_err() {
            return Err(Refused::Unsupported("the IR verifier refuses the function"));
        }
        let effort = Effort::of(func.insts.iter().filter(|inst| !matches!(inst, Inst::Line { .. })).count());
        let known = &mut self.machines[effort as usize];
        let isa = match known {
            Some(isa) => &*isa,
            None => &*known.insert(machine(self.triple.clone(), effort)?),
        };
        if func.word != Word::W64 || isa.pointer_type() != types::I64 {
            return Err(Refused::Unsupported("words that are not 64 bits"));
        }
        self.context.clear();
        let builder = FunctionBuilder::new(&mut self.context.func, &mut self.builder);
        lower::lower(func, &**isa, effort.apart(), builder);
        let code = self.context.compile(&**isa, &mut ControlPlane::default()).map_err(|error| refused(&error.inner))?;
        if !code.buffer.relocs().is_empty() {
            return Err(Refused::Unsupported("code that calls Cranelift's own library"));
        }
        let mut lines: Vec<LineRow> = Vec::new();
        for span in code.buffer.get_srclocs_sorted() {
            let line = if span.loc.is_default() { 0 } else { span.loc.bits() };
            if line != 0 && lines.last().is_none_or(|row| row.line != line) {
                lines.push(LineRow { offset: span.start, line });
            }
        }
        // Behind the instructions lie constants, of no line.
        let end = code.buffer.get_srclocs_sorted().iter().map(|span| span.end).max().unwrap_or(0);
        if lines.last().is_some_and(|row| row.offset < end) && (end as usize) < code.code_buffer().len() {
            lines.push(LineRow { offset: end, line: 0 });
        }
        Ok(MachineCode {
            bytes: code.code_buffer().to_vec(),
            entry: 0,
            align: code.buffer.alignment.max(isa.function_alignment().preferred),
            lines,
        })
    }
}

fn machine(triple: Option<Triple>, effort: Effort) -> Result<OwnedTargetIsa, Refused> {
    let (optimise, allocator) = effort.settings();
    let mut flags = settings::builder();
    let verifier = if cfg!(debug_assertions) { "true" } else { "false" };
    for (name, value) in [
        ("opt_level", optimise),
        ("regalloc_algorithm", allocator),
        ("enable_verifier", verifier),
        // Costs nothing measurable, and lets debuggers, profilers and the collector walk the stack.
        ("preserve_frame_pointers", "true"),
        ("unwind_info", "false"),
        ("is_pic", "false"),
        ("use_colocated_libcalls", "false"),
    ] {
        flags.set(name, value).map_err(|_| Refused::Unsupported("a setting Cranelift does not know"))?;
    }
    let builder = match triple {
        Some(triple) => isa::lookup(triple).map_err(|_| Refused::Unsupported("a machine Cranelift does not know"))?,
        None => cranelift_native::builder().map_err(Refused::Unsupported)?,
    };
    builder.finish(settings::Flags::new(flags)).map_err(|error| refused(&error))
}

fn refused(error: &CodegenError) -> Refused {
    match error {
        CodegenError::ImplLimitExceeded | CodegenError::CodeTooLarge => Refused::TooLarge,
        CodegenError::Verifier(_) => Refused::Unsupported("Cranelift's verifier refuses the function"),
        CodegenError::Unsupported(_) | CodegenError::RegisterMappingError(_) | CodegenError::Regalloc(_) => {
            Refused::Unsupported("something Cranelift cannot do")
        }
    }
}

#[cfg(test)]
mod tests;
