//! The native front end: ops with Python's meaning to IR.
//!
//! A function is emitted twice. The *fast* version guesses: where an operand of unknown type meets a small int or a float
//! it checks once and goes on with what it then knows, so that ints stay small and floats stay unboxed across loops. A
//! guess that fails leaves for the *slow* version, at the same operation, which guesses nothing and so is never left. All
//! locals and operands are registers in both; a register that holds an object word is the same one in both.
//!
//! Types where paths meet are found by emitting the fast version again until they no longer change.

mod arith;
mod attrs;
mod build;
mod calls;
mod compare;
mod exceptions;
mod flow;
mod generators;
mod guards;
mod loops;
mod names;
mod state;
mod subscr;

use crate::control::{ScopeId, Shape};
use crate::helpers;
use crate::live::Live;
use crate::operand::{Homes, Operand, Stack, Value};
use crate::target;
use crate::trace::{self, Held, Step, Trace, Version};
use crate::word;
use alloc::boxed::Box;
use ir::{Alu, Block, Builder, Cc, Class, Func, Refused, V, Width};
use vm::compile::code::{Code, Flags};
use vm::compile::emitter::Unit;
use vm::compile::facts::definitely_bound;
use vm::compile::op::{Label, Local, Op};
use vm::mem::{self, NoMemory, Vec};
use vm::run::helpers::Helper;
use vm::run::layout;
use vm::value::Obj;

/// What is known about a value at compile time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ty {
    /// Not used any more.
    Dead,
    /// Anything; an object word.
    Any,
    /// A small int's word.
    Int,
    /// The word of `True` or `False`.
    Bool,
    /// A float, unboxed.
    Float,
}

impl Ty {
    fn class(self) -> Class {
        match self {
            Ty::Float => Class::Float,
            Ty::Dead | Ty::Any | Ty::Int | Ty::Bool => Class::Word,
        }
    }

    fn join(self, other: Ty) -> Ty {
        if self == other { self } else { Ty::Any }
    }

    fn held(self) -> Held {
        match self {
            Ty::Dead => Held::Dead,
            Ty::Any => Held::Any,
            Ty::Int => Held::SmallInt,
            Ty::Bool => Held::Truth,
            Ty::Float => Held::Float,
        }
    }
}

/// IR of a function; `Refused` leaves it to the interpreter.
pub fn build(unit: &Unit<'_>) -> Result<Func, Refused> {
    made(unit, None)
}

/// As `build`; tells in `trace` how it was made.
pub fn build_traced(unit: &Unit<'_>, trace: &mut Trace) -> Result<Func, Refused> {
    made(unit, Some(trace))
}

fn made(unit: &Unit<'_>, mut trace: Option<&mut Trace>) -> Result<Func, Refused> {
    let code = unit.code;
    let ops: &[Op] = &code.ops;
    let shape = Shape::new(ops)?;
    if !generators::can_wait(code) {
        return Err(Refused::Unsupported("a generator too large for its frame"));
    }
    let n_locals = count_locals(code);
    let is_body = names::is_body(code);
    let is_straight = is_body && names::is_straight(ops, &shape);
    if is_straight && names::is_module(unit) {
        return Err(Refused::Unsupported("use for a module that does nothing twice"));
    }
    let shows_locals = names::shows_locals(unit);
    let is_generator = code.flags.has(Flags::GENERATOR);
    // A host's generator goes on in the version that guesses.
    let is_plain =
        (is_straight || ops.len() > LONGEST || is_body && !target::GUESSES) && !(is_generator && target::GUESSES);
    let is_general = is_plain || !target::GUESSES;
    let n_typed = if is_general || shows_locals { 0 } else { n_locals };
    let live = Live::new(ops, &shape, n_typed).map_err(out_of_memory)?;
    let n_bound = n_params(code).min(n_locals);
    let sure = definitely_bound(ops, n_locals, n_bound).map_err(out_of_memory)?;
    let given = Given {
        unit,
        ops,
        shape: &shape,
        live: &live,
        sure: &sure,
        n_locals,
        n_typed,
        shows_locals,
        is_plain,
        is_general,
        is_body,
    };
    let mut known = Known { labels: Vec::new(), changed: true };
    known.labels.extend(shape.labels.iter().map(|_| None)).map_err(out_of_memory)?;
    for _ in 0..PASSES {
        known.changed = false;
        let mut native = Native::new(&given, known);
        if trace.is_some() {
            native.b.keep_marks();
            native.trace = Some(Trace::default());
        }
        native.whole();
        if !native.known.changed || native.b.failed() {
            if let (Some(trace), Some(told)) = (&mut trace, native.trace) {
                **trace = told;
            }
            return native.b.finish();
        }
        known = native.known;
    }
    Err(Refused::TooLarge)
}

fn out_of_memory(_: NoMemory) -> Refused {
    Refused::Memory
}

/// A function of more operations is made without guesses and with little inline code: time and memory for both versions of
/// it would be out of proportion.
const LONGEST: usize = 6000;

/// Types settle much sooner: each pass widens one at least.
const PASSES: usize = 60;

/// Whether the machine code of a function keeps its locals in a frame.
pub fn needs_frame(unit: &Unit<'_>) -> bool {
    names::shows_locals(unit)
}

/// Words that `bind` fills: positional and keyword-only parameters, `*args`, `**kwargs`.
fn n_params(code: &Code) -> usize {
    let stars = usize::from(code.flags.has(Flags::VAR_ARGS)) + usize::from(code.flags.has(Flags::VAR_KEYWORDS));
    usize::from(code.n_pos_args) + usize::from(code.n_kwonly_args) + stars
}

fn count_locals(code: &Code) -> usize {
    let used = code.ops.iter().filter_map(|op| match op {
        Op::LoadFast(l) | Op::StoreFast(l) | Op::DeleteFast(l) => Some(l.0),
        Op::LoadDeref(l) | Op::StoreDeref(l) | Op::DeleteDeref(l) => Some(l.0),
        _ => None,
    });
    let used = used.max().map_or(0, |local| usize::from(local) + 1);
    used.max(code.locals.len())
        .max(n_params(code))
        .max(code.cells.iter().max().map_or(0, |cell| usize::from(*cell) + 1))
}

/// What does not change while a function is emitted.
struct Given<'a> {
    unit: &'a Unit<'a>,
    ops: &'a [Op],
    shape: &'a Shape,
    live: &'a Live,
    sure: &'a [bool],
    n_locals: usize,
    /// Locals whose types are followed: all, or none.
    n_typed: usize,
    /// Locals are in the frame.
    shows_locals: bool,
    /// It is made with helpers for all but moves and jumps.
    is_plain: bool,
    /// Only the general version is made.
    is_general: bool,
    /// It is the body of a module or class, which has names that its callees must not take for their own.
    is_body: bool,
}

/// Types at a label of the fast version.
#[derive(PartialEq, Debug)]
struct Meeting {
    stack: Vec<Ty>,
    locals: Vec<Ty>,
}

impl Meeting {
    fn try_clone(&self) -> Result<Meeting, NoMemory> {
        Ok(Meeting { stack: self.stack.try_clone()?, locals: self.locals.try_clone()? })
    }
}

/// What passes over the fast version have found out.
struct Known {
    labels: Vec<Option<Meeting>>,
    changed: bool,
}

/// Operands and types of locals at a point.
#[derive(Default, PartialEq)]
struct State {
    stack: Stack<Ty>,
    locals: Vec<Ty>,
}

impl State {
    fn try_clone(&self) -> Result<State, NoMemory> {
        Ok(State { stack: self.stack.try_clone()?, locals: self.locals.try_clone()? })
    }

    /// Becomes the same as `other`, in the memory that it has.
    fn copy_from(&mut self, other: &State) -> Result<(), NoMemory> {
        self.stack.copy_from(&other.stack)?;
        self.locals.clear();
        self.locals.extend_from_slice(&other.locals)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Fast,
    Slow,
}

/// The line that an error edge notes, and the scope that it leaves from.
type Leaving = (Option<u32>, Option<ScopeId>);

/// Code for a block that is filled when the rest is done.
type Later<'a> = Box<dyn FnOnce(&mut Native<'a>) + 'a>;

/// Blocks to fill, each with the operation and the line that it belongs to.
#[derive(Default)]
struct Laters<'a> {
    at: usize,
    line: u32,
    list: Vec<(usize, u32, Later<'a>)>,
}

struct Native<'a> {
    given: &'a Given<'a>,
    known: Known,
    b: Builder,
    mode: Mode,
    now: State,
    /// State before the current op, for exits and error edges.
    before: State,
    at: usize,
    line: u32,
    /// Number of the current op's inline cache, counted as the loader does.
    cache: usize,
    homes: Homes,
    words: Vec<V>,
    floats: Vec<Option<V>>,
    fast_labels: Vec<Option<Block>>,
    slow_labels: Vec<Option<Block>>,
    /// Where the slow version goes on at an op.
    resume: Vec<Option<Block>>,
    /// Ops of the slow version that can be reached.
    needed: Vec<bool>,
    /// The way out of the current op on a failed guess, once one was needed.
    exit: Option<Block>,
    /// The error edge of the current op, once one was needed.
    error: Option<Block>,
    /// Error edges out of the function by line.
    errors: Vec<(Leaving, Block)>,
    /// The error edge to a handler that was made last, and the state that it settles: operations in a row share it.
    caught: Option<(Leaving, State, Block)>,
    laters: Laters<'a>,
    /// How this is made, when somebody wants to know.
    trace: Option<Trace>,
    vm: V,
    function: V,
    caches: Option<V>,
    globals: Option<V>,
    /// What the function shares with its module, in functions that call.
    context: Option<V>,
    consts: Option<V>,
    /// Room for arguments.
    area: Option<ir::Slot>,
    /// Iterators of loops, while the heap is locked.
    places: Option<ir::Slot>,
    /// For each level of `try`: what was handled before its handler began to work on an exception, zero while it does not; and the
    /// value being returned through it.
    before_caught: Vec<V>,
    returned: Vec<V>,
    skip: bool,
    /// Of a generator: the address of local 0, in its frame.
    frame: Option<V>,
    /// The address of local 0 in the frame, if locals are there.
    shown: Option<V>,
    /// Where a generator goes on, by the number of the `yield`; the first is its start.
    resumes: Vec<Block>,
}

impl<'a> Native<'a> {
    fn new(given: &'a Given<'a>, known: Known) -> Native<'a> {
        let code = given.unit.code;
        let mut b = Builder::new(given.unit.names.get(code.name), target::WORD, target::FLOAT, helpers::SIGS);
        if !target::KEEPS_LINES {
            b.drop_lines();
        }
        b.returns(Class::Word);
        let (vm, function) = (b.param(Class::Word), b.param(Class::Word));
        let n_labels = given.shape.labels.len();
        let (mut floats, mut fast_labels, mut slow_labels) = (Vec::new(), Vec::new(), Vec::new());
        b.held(floats.resize(given.n_locals, None));
        b.held(fast_labels.resize(n_labels, None));
        b.held(slow_labels.resize(n_labels, None));
        let mut resume = Vec::new();
        b.held(resume.resize(given.ops.len(), None));
        Native {
            given,
            known,
            b,
            mode: Mode::Fast,
            now: State::default(),
            before: State::default(),
            at: 0,
            line: code.first_line,
            cache: 0,
            homes: if given.shows_locals { Homes::in_memory() } else { Homes::default() },
            words: Vec::new(),
            floats,
            fast_labels,
            slow_labels,
            resume,
            needed: Vec::new(),
            exit: None,
            error: None,
            errors: Vec::new(),
            caught: None,
            laters: Laters::default(),
            trace: None,
            vm,
            function,
            caches: None,
            globals: None,
            context: None,
            consts: None,
            area: None,
            places: None,
            before_caught: Vec::new(),
            returned: Vec::new(),
            skip: false,
            frame: None,
            shown: None,
            resumes: Vec::new(),
        }
    }

    fn whole(&mut self) {
        self.enter();
        if self.is_general() {
            self.mode = Mode::Slow;
            self.b.held(self.needed.resize(self.given.ops.len(), true));
            self.version();
            self.cold();
            return self.fill_resumes();
        }
        self.version();
        self.cold();
        if self.known.changed {
            // To be done again with what is known now.
            return;
        }
        self.find_needed();
        if self.needed.contains(&true) {
            self.mode = Mode::Slow;
            if let Some(trace) = &mut self.trace {
                trace.general = Some(self.b.count());
            }
            self.errors.clear();
            self.caught = None;
            self.version();
            self.cold();
        }
        self.fill_resumes();
    }

    /// Parameters to registers; what the whole function needs.
    fn enter(&mut self) {
        let locals = self.b.param(Class::Word);
        let entry = self.b.block();
        self.b.start(entry);
        self.b.line(self.line);
        let table = self.b.int(helpers::table());
        self.b.table(table, 0);
        let code = self.given.unit.code;
        let n_params = n_params(code);
        let is_generator = code.flags.has(Flags::GENERATOR);
        let null = word::bits(Obj::NULL);
        if self.given.shows_locals {
            self.shown = Some(locals);
        } else if is_generator {
            // What it needs of them is loaded where it goes on.
            for _ in 0..self.given.n_locals {
                let v = self.b.word();
                self.b.held(self.words.push(v));
            }
        } else {
            self.load_params(locals, n_params);
        }
        let levels = self.given.shape.scopes.iter().map(|scope| scope.level + 1).max().unwrap_or(0);
        for _ in 0..levels {
            let (before, returned) = (self.b.int(0), self.b.int(null));
            self.b.held(self.before_caught.push(before));
            self.b.held(self.returned.push(returned));
        }
        self.b.held(self.now.locals.resize(self.given.n_typed, Ty::Any));
        let ops = self.given.ops;
        let calls = ops.iter().any(|op| matches!(op, Op::CallFunction(_) | Op::CallMethod(_)));
        if calls {
            self.check_depth();
        }
        let cached = |op: &Op| matches!(op, Op::LoadGlobal(_) | Op::LoadAttr(_) | Op::LoadMethod(_) | Op::StoreAttr(_));
        let has_caches = self.given.unit.caches && ops.iter().any(cached);
        if has_caches || calls || ops.iter().any(|op| matches!(op, Op::LoadConst(_))) {
            let code = self.b.load(Width::Word, self.function, layout::code::OF_FUNCTION as i32);
            let context = self.b.load(Width::Word, code, layout::code::CONTEXT as i32);
            self.context = Some(context);
            self.consts = Some(self.b.load(Width::Word, context, layout::code::CONSTS as i32));
            if has_caches {
                self.globals = Some(self.b.load(Width::Word, context, layout::code::GLOBALS as i32));
                self.caches = Some(self.b.load(Width::Word, code, layout::code::CACHES as i32));
            }
        }
        if is_generator {
            self.enter_generator(locals, n_params);
        }
    }

    /// Parameters and cells from memory to new registers, which are unbound for all other locals.
    fn load_params(&mut self, locals: V, n_params: usize) {
        for local in 0..self.given.n_locals {
            let v = self.b.word();
            self.b.held(self.words.push(v));
            self.load_param(locals, n_params, local, v);
        }
    }

    fn load_param(&mut self, locals: V, n_params: usize, local: usize, v: V) {
        let is_cell = self.given.unit.code.cells.iter().any(|cell| usize::from(*cell) == local);
        if local < n_params || is_cell {
            let off = -(local as i32) * word::BYTES;
            self.b.push(ir::Inst::Load { w: Width::Word, d: v, base: locals, off });
        } else {
            self.b.set_int(v, word::bits(Obj::NULL));
        }
    }

    /// RecursionError when the machine stack is used up.
    fn check_depth(&mut self) {
        let slot = self.b.slot(1);
        let here = self.b.slot_addr(slot);
        let limit = self.b.load(Width::Word, self.vm, layout::vm::MACHINE_LIMIT as i32);
        let deep = self.b.cold_block();
        self.b.exit(Cc::Ult, here, limit, deep);
        let line = self.line;
        self.later(move |n: &mut Native<'a>| {
            n.b.start(deep);
            n.b.line(line);
            n.run(Helper::TooDeep, &[]);
            let zero = n.b.int(0);
            n.b.ret(Some(zero));
        });
    }

    /// All ops in the current mode.
    fn version(&mut self) {
        self.line = self.given.unit.code.first_line;
        let mut n_caches = 0;
        for at in 0..self.given.ops.len() {
            let Some(&op) = self.given.ops.get(at).filter(|_| !self.b.failed()) else { return };
            self.cache = n_caches;
            n_caches += usize::from(op.has_cache());
            // A line may change where nothing comes by, for what a later label starts.
            if let Op::Line(line) = op {
                self.line = line;
            }
            let Some(point) = self.given.shape.points.get(at).copied().flatten() else { continue };
            if !self.guesses() && self.needed.get(at) != Some(&true) {
                continue;
            }
            self.begin_op(at);
            if let Op::Label(label) = op {
                self.place(label);
            }
            if !self.guesses()
                && let Some(block) = self.resume.get(at).copied().flatten()
            {
                self.resume_at(block, point.depth);
            }
            if !self.b.is_open() || matches!(op, Op::Label(_)) {
                continue;
            }
            self.b.line(self.line);
            if core::mem::take(&mut self.skip) {
                continue;
            }
            if self.given.shows_locals {
                self.put_home();
            }
            self.begin_op(at);
            if self.trace.is_some() {
                self.tell();
            }
            self.op(op);
        }
    }

    /// Notes the state before the current op.
    #[cold]
    fn tell(&mut self) {
        let version = match self.mode {
            Mode::Slow if !self.is_general() => Version::General,
            Mode::Fast | Mode::Slow => Version::Fast,
        };
        let mut step = Step { at: self.at, inst: self.b.count(), version, ..Step::default() };
        let operands = self.now.stack.items().iter().map(|operand| trace::operand(operand, |ty| ty.held()));
        self.b.held(step.operands.extend(operands));
        self.b.held(step.locals.extend(self.now.locals.iter().map(|ty| ty.held())));
        if let Some(trace) = &mut self.trace {
            self.b.held(trace.steps.push(step));
        }
    }

    fn begin_op(&mut self, at: usize) {
        self.at = at;
        self.b.mark(at as u32);
        (self.laters.at, self.laters.line) = (at, self.line);
        self.exit = None;
        self.error = None;
        self.b.held(self.before.copy_from(&self.now));
    }

    /// Whether code is made that may guess. Never on some machines: then what is made of guesses takes no flash.
    fn guesses(&self) -> bool {
        target::GUESSES && self.mode == Mode::Fast
    }

    /// Whether there is only the general version.
    fn is_general(&self) -> bool {
        !target::GUESSES || self.given.is_general
    }

    /// A copy of the state as it is.
    fn snapshot(&mut self) -> State {
        self.b.held(self.now.try_clone()).unwrap_or_default()
    }

    /// Has a block filled when the rest is done.
    fn later(&mut self, fill: impl FnOnce(&mut Native<'a>) + 'a) {
        if let Some(fill) = self.b.held(mem::boxed(fill)) {
            self.b.held(self.laters.list.push((self.laters.at, self.laters.line, fill)));
        }
    }

    fn push_value(&mut self, value: Value, ty: Ty) {
        self.now.stack.push(&mut self.b, value, ty);
    }

    fn push_operand(&mut self, operand: Operand<Ty>) {
        self.now.stack.push_operand(&mut self.b, operand);
    }

    /// Fills the blocks that were put off.
    fn cold(&mut self) {
        while !self.laters.list.is_empty() && !self.b.failed() {
            for (at, line, later) in core::mem::take(&mut self.laters.list) {
                self.b.mark(at as u32);
                self.b.line(line);
                (self.laters.at, self.laters.line) = (at, line);
                later(self);
            }
        }
    }

    fn find_needed(&mut self) {
        self.b.held(self.needed.resize(self.given.ops.len(), false));
        let mut work = Vec::new();
        for (at, block) in self.resume.iter().enumerate() {
            if block.is_some() {
                self.b.held(work.push(at));
            }
        }
        while let Some(at) = work.pop() {
            match self.needed.get_mut(at) {
                Some(needed) if !*needed => *needed = true,
                Some(_) | None => continue,
            }
            let (shape, ops) = (self.given.shape, self.given.ops);
            shape.each_next(ops, at, |next| {
                self.b.held(work.push(next));
            });
        }
    }

    fn op(&mut self, op: Op) {
        match op {
            Op::Label(_) => {}
            Op::Line(line) => self.b.line(line),
            Op::LoadFalse => self.push_word(Obj::FALSE, Ty::Bool),
            Op::LoadTrue => self.push_word(Obj::TRUE, Ty::Bool),
            Op::LoadNone => self.push_word(Obj::NONE, Ty::Any),
            Op::LoadNull => self.push_word(Obj::NULL, Ty::Any),
            Op::LoadInt(value) => self.push_value(Value::Int(i64::from(value)), Ty::Int),
            Op::LoadStr(name) => self.push_value(Value::Word(word::name(name)), Ty::Any),
            Op::LoadConst(id) => self.load_const(id),
            Op::LoadFast(local) => self.load_fast(local),
            Op::StoreFast(local) => self.store_fast(local),
            Op::DeleteFast(local) => self.delete_fast(local),
            Op::LoadDeref(local) => {
                let value = self.load_cell(local);
                self.push(value, Ty::Any);
            }
            Op::StoreDeref(local) => {
                let value = self.pop_word();
                let cell = self.local_word(local);
                self.b.store(Width::Word, value, cell, layout::items::CELL as i32);
            }
            Op::DeleteDeref(local) => {
                self.load_cell(local);
                let null = self.b.int(word::bits(Obj::NULL));
                let cell = self.local_word(local);
                self.b.store(Width::Word, null, cell, layout::items::CELL as i32);
            }
            Op::LoadName(name) => self.load_name(name),
            Op::StoreName(name) => self.store_name(name),
            Op::DeleteName(name) => self.delete_name(name),
            Op::YieldValue => self.yield_value(),
            Op::YieldFrom => self.yield_from(),
            Op::LoadGlobal(name) => self.load_global(name),
            Op::StoreGlobal(name) => self.store_global(name),
            Op::DeleteGlobal(name) => self.delete_global(name),
            Op::LoadAttr(name) => self.load_attr(name),
            Op::StoreAttr(name) => self.store_attr(name),
            Op::LoadMethod(name) => self.load_method(name),
            Op::LoadSuperMethod(name) => self.load_super_method(name),
            Op::LoadBuildClass => self.push_call(Helper::LoadBuildClass, &[]),
            Op::LoadSubscr => self.load_subscr(),
            Op::StoreSubscr => self.store_subscr(),
            Op::DupTop => self.dup(1),
            Op::DupTopTwo => self.dup(2),
            Op::PopTop => {
                self.now.stack.pop();
            }
            Op::RotTwo => self.rotate::<2>(),
            Op::RotThree => self.rot_three(),
            Op::Jump(label) => self.go_to(label),
            Op::PopJumpIfTrue(label) => self.jump_if(label, true),
            Op::PopJumpIfFalse(label) => self.jump_if(label, false),
            Op::JumpIfTrueOrPop(label) => self.jump_or_pop(label, true),
            Op::JumpIfFalseOrPop(label) => self.jump_or_pop(label, false),
            Op::UnwindJump { .. } => self.unwind_jump(op),
            Op::SetupWith(_) => self.setup_with(),
            Op::SetupExcept(_) | Op::SetupFinally(_) => self.setup(),
            Op::WithCleanup => self.with_cleanup(),
            Op::EndFinally => self.end_finally(),
            Op::PopExceptJump(label) => {
                self.handled(self.scope_now());
                self.go_to(label);
            }
            Op::GetIter => {
                let of = self.pop_word();
                self.push_call(Helper::Iter, &[of]);
            }
            Op::GetIterStack => self.for_start(),
            Op::ForIter(label) => self.for_next(label),
            Op::BuildTuple(n) => self.build_items(Helper::BuildTuple, n),
            Op::BuildList(n) => self.build_items(Helper::BuildList, n),
            Op::BuildSet(n) => self.build_items(Helper::BuildSet, n),
            Op::BuildSlice(n) => self.build_items(Helper::BuildSlice, n),
            Op::BuildMap(n) => {
                let n = self.b.int(i64::from(n));
                self.push_call(Helper::BuildMap, &[n]);
            }
            Op::StoreMap => self.store_map(),
            Op::StoreComp(kind, depth) => self.store_comp(kind, depth as usize),
            Op::UnpackSequence(n) => self.unpack(n as usize),
            Op::UnpackEx { left, right } => self.unpack_ex(usize::from(left), usize::from(right)),
            Op::ReturnValue => self.return_value(),
            Op::RaiseLast => self.raise_last(),
            Op::RaiseObj => self.raise(Helper::RaiseObj, 1),
            Op::RaiseFrom => self.raise(Helper::RaiseFrom, 2),
            Op::MakeFunction(child) => self.make_function(child, None, false),
            Op::MakeFunctionDefargs(child) => self.make_function(child, None, true),
            Op::MakeClosure(child, n) => self.make_function(child, Some(usize::from(n)), false),
            Op::MakeClosureDefargs(child, n) => self.make_function(child, Some(usize::from(n)), true),
            Op::CallFunction(args) => self.call_function(args),
            Op::CallMethod(args) => self.call_method(args),
            Op::CallFunctionVarKw(args) => self.call_spread(args, false),
            Op::CallMethodVarKw(args) => self.call_spread(args, true),
            Op::ImportName(name) => {
                let (names, level) = (self.pop_word(), self.pop_word());
                let name = self.b.int(i64::from(name.0));
                self.push_call(Helper::ImportName, &[name, level, names]);
            }
            Op::ImportFrom(name) => {
                let module = self.top_word();
                let name = self.b.int(i64::from(name.0));
                self.push_call(Helper::ImportFrom, &[module, name]);
            }
            Op::ImportStar => {
                let module = self.pop_word();
                self.run_or(Helper::ImportStar, &[self.function, module]);
            }
            Op::Unary(op) => self.unary(op),
            Op::Binary(op) => self.binary(op),
        }
    }

    fn load_const(&mut self, id: vm::compile::op::ConstId) {
        use vm::compile::code::Const;
        match self.given.unit.consts.get(id.0 as usize) {
            Some(Const::Float(value)) if word::HOLDS_FLOATS => {
                return self.push_value(Value::Float(*value), Ty::Float);
            }
            Some(Const::Int(value)) if word::int(*value).is_some() => {
                return self.push_value(Value::Int(*value), Ty::Int);
            }
            Some(_) | None => {}
        }
        let value = match self.consts {
            Some(consts) => self.b.load(Width::Word, consts, id.0 as i32 * word::BYTES),
            None => {
                let number = self.b.int(i64::from(id.0));
                self.call(Helper::LoadConst, &[self.function, number])
            }
        };
        self.push(value, Ty::Any);
    }

    fn load_fast(&mut self, local: Local) {
        let at = usize::from(local.0);
        let ty = self.now.locals.get(at).copied().unwrap_or(Ty::Any);
        if ty == Ty::Float {
            let v = self.float_local(at);
            return self.push_value(Value::Reg(v), Ty::Float);
        }
        let v = self.local_word(local);
        if ty == Ty::Any && self.given.sure.get(self.at) != Some(&true) {
            self.check_bound(v);
        }
        self.push_value(Value::Reg(v), if ty == Ty::Dead { Ty::Any } else { ty });
    }

    fn store_fast(&mut self, local: Local) {
        let Some(operand) = self.now.stack.pop() else { return };
        let at = usize::from(local.0);
        let ty = operand.ty;
        if self.shown.is_some() {
            let v = self.word_of(operand);
            return self.show_local(local, v);
        }
        let (to, from) = match ty {
            Ty::Float if at < self.given.n_typed => (self.float_local(at), self.float_of(operand)),
            Ty::Float => (self.local_word(local), self.word_of(operand)),
            Ty::Dead | Ty::Any | Ty::Int | Ty::Bool => (self.local_word(local), self.word_of(operand)),
        };
        self.now.stack.part_from(&mut self.b, to);
        self.b.copy(to, from);
        if let Some(known) = self.now.locals.get_mut(at) {
            *known = ty;
        }
    }

    fn delete_fast(&mut self, local: Local) {
        let at = usize::from(local.0);
        let v = self.local_word(local);
        match self.now.locals.get(at) {
            Some(Ty::Any | Ty::Dead) | None => self.check_bound(v),
            Some(Ty::Int | Ty::Bool | Ty::Float) => {}
        }
        if self.shown.is_some() {
            let null = self.b.int(word::bits(Obj::NULL));
            return self.show_local(local, null);
        }
        self.now.stack.part_from(&mut self.b, v);
        self.b.set_int(v, word::bits(Obj::NULL));
        if let Some(known) = self.now.locals.get_mut(at) {
            *known = Ty::Any;
        }
    }

    fn load_cell(&mut self, local: Local) -> V {
        let cell = self.local_word(local);
        let value = self.b.load(Width::Word, cell, layout::items::CELL as i32);
        self.check_bound(value);
        value
    }

    /// UnboundLocalError if `v` is no value.
    fn check_bound(&mut self, v: V) {
        let unbound = self.b.cold_block();
        self.b.exit(Cc::Eq, v, word::imm(Obj::NULL), unbound);
        let error = self.error();
        self.later(move |n: &mut Native<'a>| {
            n.b.start(unbound);
            n.run(Helper::UnboundLocal, &[]);
            n.b.jump(error);
        });
    }

    /// The top item goes below the others.
    fn rotate<const COUNT: usize>(&mut self) {
        if let Some(items) = self.now.stack.items_mut().last_chunk_mut::<COUNT>() {
            items.rotate_right(1);
        }
    }

    fn rot_three(&mut self) {
        let shape = self.given.shape;
        let point = shape.points.get(self.at).copied().flatten();
        let scope = point.and_then(|point| point.scope).and_then(|id| shape.scope(id));
        // `async with` lifts its manager from below what is pending by two of these, because bytecode keeps two words for
        // a pending return or jump. Here it is one.
        let lifts =
            scope.is_some_and(|scope| scope.active && point.is_some_and(|point| point.depth == scope.depth + 1));
        if !lifts {
            self.rotate::<3>();
        } else if self.given.ops.get(self.at + 1) == Some(&Op::RotThree) {
            self.rotate::<2>();
        }
    }

    fn dup(&mut self, count: usize) {
        for _ in 0..count {
            if let Some(operand) = self.now.stack.peek(count - 1) {
                self.push_operand(operand);
            }
        }
    }
}

#[cfg(test)]
mod tests;
