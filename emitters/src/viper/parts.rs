//! The parts of a function, and what each begins with.

use super::types::{self, Types};
use super::{Signature, Viper, class, direct, doors, flow};
use crate::control::Shape;
use crate::helpers;
use crate::operand::{Homes, Stack};
use crate::target;
use crate::trace::Trace;
use crate::vty::{self, Ty};
use crate::word;
use ir::{Builder, Class, Func, Inst, Refused, V, Width};
use vm::compile::code::{Flags, LocalInfo, Place};
use vm::compile::emitter::{EmitError, Unit};
use vm::compile::facts::definitely_bound;
use vm::compile::op::Local;
use vm::mem::Vec;
use vm::value::Obj;

/// The IR of a viper function, in its parts.
pub struct Parts {
    /// What is entered from outside: arguments and result are objects. A generator has its core for that.
    pub door: Option<Func>,
    /// Between the door and the core of a function that calls itself: asks once what its name means.
    pub gate: Option<Func>,
    /// The function itself. Arguments and result have their types.
    pub core: Func,
    /// What other viper functions have to pass to call it without its door; `NONE` if they cannot.
    pub signature: Signature,
}

/// The IR of a viper function.
pub fn lower(unit: &Unit<'_>) -> Result<Parts, EmitError> {
    made(unit, None)
}

/// The core alone; tells in `trace` how it was made.
pub fn lower_traced(unit: &Unit<'_>, trace: &mut Trace) -> Result<Func, EmitError> {
    made(unit, Some(trace)).map(|parts| parts.core)
}

fn made(unit: &Unit<'_>, trace: Option<&mut Trace>) -> Result<Parts, EmitError> {
    let code = unit.code;
    let shape = Shape::new(&code.ops)?;
    let types = types::infer(unit, &shape, target::WORD)?;
    let n_bound = code.locals.iter().filter(|info| is_given(info)).count();
    let bound = definitely_bound(&code.ops, code.locals.len(), n_bound)?;
    let given = Given {
        unit,
        shape: &shape,
        types: &types,
        bound: &bound,
        sites: direct::sites(unit)?,
        loops: flow::loops(&code.ops, &shape)?,
    };
    let is_generator = code.flags.has(Flags::GENERATOR);
    let closed = !is_generator && direct::is_closed(&given);
    let mut core = Viper::new(
        &given,
        match (is_generator, closed) {
            (true, _) => Role::Door,
            (false, true) => Role::Closed,
            (false, false) => Role::Open,
        },
    );
    if trace.is_some() {
        core.b.keep_marks();
    }
    core.trace = trace;
    if is_generator {
        return Ok(Parts { door: None, gate: None, core: core.generator()?, signature: Signature::NONE });
    }
    let core = core.core()?;
    let gate = if closed { Some(Viper::new(&given, Role::Open).gate()?) } else { None };
    let door = Some(Viper::new(&given, Role::Door).door()?);
    Ok(Parts { door, gate, core, signature: Signature::of(unit, &types) })
}

/// What is wrong with a viper function when the machine, or its back end, cannot do something that it needs.
pub fn unsupported(what: &str, line: u32) -> EmitError {
    types::wrong(vty::unmade(what), line)
}

/// Whether a local has a value from the start: parameters and cells.
pub fn is_given(info: &LocalInfo) -> bool {
    info.is_param || info.place != Place::Fast
}

/// What is known of a function before code is made.
pub struct Given<'a> {
    pub unit: &'a Unit<'a>,
    pub shape: &'a Shape,
    pub types: &'a Types,
    /// For each op whether it loads a local that is surely bound.
    pub bound: &'a [bool],
    /// Calls of globals.
    pub sites: Vec<direct::Site>,
    /// Loops that ask in front of their condition what waits to be done.
    pub loops: Vec<flow::Loop>,
}

/// What a part of a function is handed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Machine, function, and the address of local 0.
    Door,
    /// Machine, function, and arguments of their types.
    Open,
    /// The gate's words, and arguments of their types.
    Closed,
}

/// Where machine and function are.
#[derive(Clone, Copy)]
pub enum Ground {
    /// In registers.
    Words { vm: V, function: V },
    /// Among the gate's words, which lie here.
    Gate(V),
}

impl<'a> Viper<'a> {
    /// A part of a function, begun.
    pub fn new(given: &'a Given<'a>, role: Role) -> Viper<'a> {
        let (unit, types) = (given.unit, given.types);
        let mut b = Builder::new(unit.names.get(unit.code.name), target::WORD, target::FLOAT, helpers::SIGS);
        if !target::KEEPS_LINES {
            b.drop_lines();
        }
        b.returns(Class::Word);
        let first = b.param(Class::Word);
        let ground = match role {
            Role::Door | Role::Open => Ground::Words { vm: first, function: b.param(Class::Word) },
            Role::Closed => Ground::Gate(first),
        };
        let mut viper = Viper {
            given,
            unit,
            shape: given.shape,
            types,
            role,
            ground,
            stack: Stack::default(),
            homes: Homes::default(),
            locals: Vec::new(),
            blocks: Vec::new(),
            after_loops: Vec::new(),
            edges: Vec::new(),
            area: None,
            flag: None,
            counting: None,
            answer: first,
            before_caught: Vec::new(),
            reaches: Vec::new(),
            waiting: None,
            n_caches: 0,
            line: unit.code.first_line,
            at: 0,
            b,
            trace: None,
        };
        for (info, &ty) in unit.code.locals.iter().zip(&types.locals) {
            let class = class(ty);
            let passed = role != Role::Door && is_given(info);
            let local = if passed { viper.b.param(class) } else { viper.b.vreg(class) };
            viper.b.held(viper.locals.push(local));
        }
        // How far pointers reach comes behind all arguments.
        for (at, info) in unit.code.locals.iter().enumerate() {
            let (local, ty) = viper.local(Local(at as u16));
            if unit.checks && role != Role::Door && is_given(info) && matches!(ty, Ty::Ptr(_)) {
                let reach = viper.b.param(Class::Word);
                viper.b.held(viper.reaches.push((local, reach)));
            }
        }
        viper
    }

    /// The part as IR.
    pub fn finish(mut self) -> Result<Func, EmitError> {
        self.fill_edges();
        self.b.finish().map_err(|refused| match refused {
            Refused::Memory => EmitError::NoMemory,
            Refused::TooLarge | Refused::Unsupported(_) => EmitError::Refused,
        })
    }

    pub fn entry(&mut self) {
        let entry = self.b.block();
        self.b.start(entry);
        self.b.line(self.line);
        let table = self.b.int(helpers::table());
        self.b.table(table, 0);
    }

    /// The function itself.
    pub fn core(mut self) -> Result<Func, EmitError> {
        self.entry();
        for (at, (info, &ty)) in self.unit.code.locals.iter().zip(&self.types.locals).enumerate() {
            if !is_given(info) {
                let (local, _) = self.local(Local(at as u16));
                self.clear(local, ty);
                self.clear_reach(Local(at as u16));
            }
        }
        self.begin();
        self.body();
        self.finish()
    }

    /// What a body needs besides locals.
    pub fn begin(&mut self) {
        self.answer = self.b.vreg(class(self.types.result));
        self.clear(self.answer, Ty::None);
        for _ in &self.shape.pending {
            let before = self.b.int(0);
            self.b.held(self.before_caught.push(before));
        }
        self.check_depth();
    }

    /// Gives a register the zero of a type; of objects, no value.
    pub fn clear(&mut self, v: V, ty: Ty) {
        match (self.b.class(v), ty) {
            (Class::Float, _) => self.b.push(Inst::Float { d: v, value: 0.0 }),
            (Class::Word, Ty::Object) => self.b.set_int(v, word::bits(Obj::NULL)),
            (Class::Word, _) => self.b.set_int(v, 0),
        }
    }

    /// The machine.
    pub fn machine(&mut self) -> V {
        match self.ground {
            Ground::Words { vm, .. } => vm,
            Ground::Gate(gate) => self.b.load(Width::Word, gate, doors::gate::MACHINE),
        }
    }

    /// The function that runs.
    pub fn function(&mut self) -> V {
        match self.ground {
            Ground::Words { function, .. } => function,
            Ground::Gate(gate) => self.b.load(Width::Word, gate, doors::gate::FUNCTION),
        }
    }
}
