//! The first walk over a viper function: checks all types, and finds the types of locals and of operands where paths meet.
//!
//! A local has the type of its first store in the text. The walk is repeated while a jump backwards changes what is known.

#[cfg(any(test, feature = "explain"))]
mod notes;

use crate::control::{Pending, Shape};
use crate::vty::{self, Fault, Known, Origin, Span, Target, Ty, Whole};
use ir::Word;
use vm::compile::code::{Code, Const, Flags, Form, Place};
use vm::compile::emitter::{EmitError, Unit, Wrong, WrongClass};
use vm::compile::op::{Args, Collection, ConstId, ITER_SLOTS, Label, Local, Op};
use vm::mem::{NoMemory, Vec};
use vm::q;
use vm::qstr::{Pool, Qstr};

/// What the walk found.
pub struct Types {
    /// The type of each local; an unused one is an object.
    pub locals: Vec<Ty>,
    /// The types of the operands at each label that can be reached.
    pub labels: Vec<Option<Vec<Ty>>>,
    /// What the function returns.
    pub result: Ty,
    /// For each op that divides whether neither operand is negative.
    pub positive: Vec<bool>,
}

/// Checks a function.
pub fn infer(unit: &Unit<'_>, shape: &Shape, word: Word) -> Result<Types, EmitError> {
    let code = unit.code;
    let line = code.first_line;
    let (params, result) = annotations(code, unit.names)?.map_err(|fault| wrong(fault, line))?;
    // What an annotation says of a generator is what it yields.
    let result = if code.flags.has(Flags::GENERATOR) { Ty::Object } else { result };
    let mut walk = Walk {
        unit,
        shape,
        word,
        result,
        locals: Vec::new(),
        labels: Vec::new(),
        stack: Some(Vec::new()),
        line,
        since: Vec::new(),
        column: 0,
        fault: None,
        spans: Vec::new(),
        positive: Vec::new(),
        changed: true,
        memory: Ok(()),
    };
    walk.labels.extend(shape.labels.iter().map(|_| None))?;
    walk.since.resize(code.locals.len(), None)?;
    walk.spans.resize(code.locals.len(), Span::one(0))?;
    walk.positive.resize(code.ops.len(), false)?;
    while walk.changed {
        walk.changed = false;
        walk.again(&params)?;
    }
    // Spans grow with each walk; those that still do after some are given up.
    for round in 0.. {
        let before = walk.spans.try_clone()?;
        walk.again(&params)?;
        if *walk.spans == *before {
            break;
        }
        let grown = walk.spans.iter_mut().zip(before.iter()).filter(|(now, before)| now != before);
        grown.filter(|_| round >= ROUNDS).for_each(|(span, _)| *span = Span::ALL);
    }
    let mut locals = Vec::new();
    locals.extend(walk.locals.iter().map(|ty| ty.unwrap_or(Ty::Object)))?;
    Ok(Types { locals, labels: walk.labels, result, positive: walk.positive })
}

/// How many walks spans may grow for.
const ROUNDS: usize = 3;

/// What annotations say of locals and of the result.
pub type Annotations = (Vec<Option<Ty>>, Ty);

/// The types that annotations give to locals and to the result.
pub fn annotations(code: &Code, names: &Pool) -> Result<Result<Annotations, Fault>, NoMemory> {
    let mut locals = Vec::with_capacity(code.locals.len())?;
    let result = match annotated(code, names, None) {
        Ok(result) => result,
        Err(fault) => return Ok(Err(fault)),
    };
    for info in &code.locals {
        let is_cell = info.place != Place::Fast;
        let ty = match info.is_param {
            true => match annotated(code, names, Some(info.name)) {
                Ok(ty) => Some(ty),
                Err(fault) => return Ok(Err(fault)),
            },
            // What viper does not know says nothing about a local: its first store does.
            false => form_of(code, Some(info.name)).and_then(|form| named(names, form)?.ok()),
        };
        locals.push(if is_cell { Some(Ty::Object) } else { ty })?;
    }
    Ok(Ok((locals, result)))
}

/// The casting function that a global name stands for.
pub fn cast_named(names: &Pool, name: Qstr) -> Option<Target> {
    Target::named(names.get(name))
}

/// The word that a whole constant is, and its type: `int` for small ints, else the 64-bit type that holds it, or where words
/// have 32 bits `int` or `uint`.
pub fn whole_const(consts: &[Const], id: ConstId, word: Word) -> Option<(i64, Ty)> {
    let spare = 64 - (word.bits() - 1);
    match consts.get(id.0 as usize)? {
        Const::Int(value) if value << spare >> spare == *value => Some((*value, Ty::INT)),
        Const::Int(value) if word == Word::W64 => Some((*value, Ty::Whole(Whole::Int64))),
        Const::Int(value) if i32::try_from(*value).is_ok() => Some((*value, Ty::INT)),
        Const::Int(value) => u32::try_from(*value).is_ok().then_some((*value, Ty::UINT)),
        Const::BigInt { digits, base } => {
            let digits = core::str::from_utf8(digits).ok()?;
            let value = u64::from_str_radix(digits, u32::from(*base)).ok()?;
            (word == Word::W64).then_some((value as i64, Ty::Whole(Whole::Uint64)))
        }
        _ => None,
    }
}

/// The float that a constant is.
pub fn float_const(consts: &[Const], id: ConstId) -> Option<f64> {
    match consts.get(id.0 as usize) {
        Some(Const::Float(value)) => Some(*value),
        _ => None,
    }
}

/// The error that a fault on a line is.
pub fn wrong(fault: Fault, line: u32) -> EmitError {
    let Fault { class, text, note, told } = fault;
    match told {
        Ok(()) => EmitError::Wrong(Wrong { class, message: text, note, line }),
        Err(_) => EmitError::NoMemory,
    }
}

fn annotated(code: &Code, names: &Pool, of: Option<Qstr>) -> Result<Ty, Fault> {
    match form_of(code, of).map(|form| named(names, form)) {
        None => Ok(Ty::Object),
        Some(Some(ty)) => ty,
        Some(None) => Err(vty::no_identifier()),
    }
}

fn form_of(code: &Code, of: Option<Qstr>) -> Option<Form> {
    code.annotations.iter().find(|annotation| annotation.of == of).map(|annotation| annotation.form)
}

/// The type that an annotation names, if it is a name.
fn named(names: &Pool, form: Form) -> Option<Result<Ty, Fault>> {
    match form {
        Form::Name(name) => Some(Ty::annotated(names.get(name))),
        Form::Other(_) => None,
    }
}

/// Whether the op at `load` loads `range` for a `for` loop.
pub fn counts(ops: &[Op], load: usize) -> bool {
    call_of(ops, load).is_some_and(|call| {
        matches!(ops.get(call), Some(Op::CallFunction(Args { n_pos: 1..=3, n_kw: 0 })))
            && ops.get(call + 1) == Some(&Op::GetIterStack)
    })
}

/// The call that takes what the op at `load` pushes as its function, if no jump comes between.
pub fn call_of(ops: &[Op], load: usize) -> Option<usize> {
    let mut depth = 1;
    for (at, &op) in ops.iter().enumerate().skip(load + 1) {
        match op {
            Op::CallFunction(args) if args.slots() + 1 == depth => return Some(at),
            Op::Label(_) => return None,
            _ if op.target().is_some() || op.ends_flow() => return None,
            _ => depth += op.effect(),
        }
        if depth < 1 {
            return None;
        }
    }
    None
}

struct Walk<'a> {
    unit: &'a Unit<'a>,
    shape: &'a Shape,
    word: Word,
    result: Ty,
    locals: Vec<Option<Ty>>,
    labels: Vec<Option<Vec<Ty>>>,
    /// `None` where control cannot come.
    stack: Option<Vec<Known>>,
    line: u32,
    /// The lines where locals got their types.
    since: Vec<Option<u32>>,
    /// The column of the current op; zero where it is not known.
    column: u32,
    fault: Option<Fault>,
    /// What each local may be; zero before its first store.
    spans: Vec<Span>,
    positive: Vec<bool>,
    changed: bool,
    memory: Result<(), NoMemory>,
}

impl Walk<'_> {
    /// Once more, with what is known by now.
    fn again(&mut self, params: &[Option<Ty>]) -> Result<(), EmitError> {
        self.locals.clear();
        self.locals.extend_from_slice(params)?;
        self.stack = Some(Vec::new());
        self.all()
    }

    /// Notes for `report` that there was no memory.
    fn held<T>(&mut self, made: Result<T, NoMemory>) -> Option<T> {
        made.map_err(|refused| self.memory = Err(refused)).ok()
    }

    /// The types of operands.
    fn types<'t>(&mut self, operands: impl Iterator<Item = &'t Known>) -> Vec<Ty> {
        let mut types = Vec::new();
        self.held(types.extend(operands.map(|known| known.ty)));
        types
    }

    fn all(&mut self) -> Result<(), EmitError> {
        let mut columns = self.unit.code.columns.iter().peekable();
        let mut number = 0;
        for (at, &op) in self.unit.code.ops.iter().enumerate() {
            while let Some((_, column)) = columns.next_if(|(from, _)| *from <= number) {
                self.column = *column;
            }
            number += u32::from(!matches!(op, Op::Label(_) | Op::Line(_)));
            match op {
                Op::Line(line) => {
                    self.report()?;
                    self.line = line;
                }
                Op::Label(label) => self.arrive(label),
                _ if self.stack.is_none() => {}
                _ => {
                    self.step(at, op);
                    if ends_statement(op)
                        || matches!(&self.fault, Some(fault) if fault.class == WrongClass::NotImplemented)
                    {
                        self.report()?;
                    }
                }
            }
        }
        self.report()
    }

    fn report(&mut self) -> Result<(), EmitError> {
        self.memory?;
        match self.fault.take() {
            Some(fault) => Err(wrong(fault, self.line)),
            None => Ok(()),
        }
    }

    fn arrive(&mut self, label: Label) {
        if let Some(stack) = self.stack.take() {
            let types = self.types(stack.iter());
            self.reach(label, types);
        }
        if let Some(types) = self.labels.get(usize::from(label.0)).and_then(Option::as_ref) {
            let mut stack = Vec::new();
            let made = stack.extend(types.iter().copied().map(Known::of));
            self.held(made);
            self.stack = Some(stack);
        }
    }

    /// Control may come to `label` with operands of these types.
    fn reach(&mut self, label: Label, types: Vec<Ty>) {
        let Some(known) = self.labels.get_mut(usize::from(label.0)) else { return };
        match known {
            Some(known) => {
                for (known, ty) in known.iter_mut().zip(types) {
                    let joined = known.join(ty);
                    self.changed |= joined != *known;
                    *known = joined;
                }
            }
            None => {
                *known = Some(types);
                self.changed = true;
            }
        }
    }

    /// Control may go to `label` with the lowest `depth` operands.
    fn branch(&mut self, label: Label, depth: usize) {
        let Some(stack) = self.stack.take() else { return };
        let types = self.types(stack.iter().take(depth));
        self.stack = Some(stack);
        self.reach(label, types);
    }

    fn handler(&mut self, label: Label) {
        let Some(stack) = self.stack.take() else { return };
        let types = self.types(stack.iter().chain([&Known::of(Ty::Object)]));
        self.stack = Some(stack);
        self.reach(label, types);
    }

    fn depth(&self) -> usize {
        self.stack.as_ref().map_or(0, |stack| stack.len())
    }

    fn push(&mut self, ty: Ty) {
        self.push_known(Known::of(ty));
    }

    fn push_const(&mut self, ty: Ty, value: i64) {
        self.push_known(Known { value: Some(value), span: Span::one(value), ..Known::of(ty) });
    }

    fn push_known(&mut self, known: Known) {
        if let Some(stack) = &mut self.stack {
            let made = stack.push(known);
            self.held(made);
        }
    }

    fn pop(&mut self) -> Known {
        self.stack.as_mut().and_then(Vec::pop).unwrap_or(Known::of(Ty::Object))
    }

    fn peek(&self, depth: usize) -> Known {
        let found = self.stack.as_ref().and_then(|stack| stack.get(stack.len().checked_sub(depth + 1)?)).copied();
        found.unwrap_or(Known::of(Ty::Object))
    }

    fn fault(&mut self, fault: Option<Fault>) {
        self.fault_of(fault, &[]);
    }

    /// As `fault`, with what is known about the operands.
    fn fault_of(&mut self, fault: Option<Fault>, operands: &[Known]) {
        // The last error of a statement is the one reported; one of the other class ends everything at once.
        if let Some(mut fault) = fault
            && self.fault.as_ref().is_none_or(|known| known.class != WrongClass::NotImplemented)
        {
            fault.told = fault.told.and(self.explained(operands, &mut fault.note));
            self.fault = Some(fault);
        }
    }

    /// Boards say what is wrong, and no more.
    #[cfg(not(any(test, feature = "explain")))]
    fn explained(&self, _: &[Known], _: &mut Vec<u8>) -> core::fmt::Result {
        Ok(())
    }

    fn push_from(&mut self, ty: Ty, from: Origin) {
        self.push_known(Known { from, ..Known::of(ty) });
    }

    /// Takes operands that become objects.
    fn pop_objects(&mut self, count: usize) {
        for _ in 0..count {
            let operand = self.pop();
            self.fault(vty::to_object(operand));
        }
    }

    fn objects(&mut self, pops: usize, pushes: usize) {
        self.pop_objects(pops);
        for _ in 0..pushes {
            self.push(Ty::Object);
        }
    }

    fn text(&self, name: Qstr) -> &str {
        self.unit.names.get(name)
    }

    fn local_name(&self, local: Local) -> &str {
        self.unit.code.locals.get(usize::from(local.0)).map_or("", |info| self.text(info.name))
    }

    fn store(&mut self, local: Local, source: Known) {
        let at = usize::from(local.0);
        let ty = self.locals.get(at).copied().flatten().unwrap_or(source.ty.of_local());
        if let Some(span) = self.spans.get_mut(at) {
            // What is no number already becomes any of the local's type.
            let stored = if source.ty.whole().is_some() { source.span } else { Span::ALL };
            *span = span.join(stored.as_type(ty));
        }
        match self.locals.get(usize::from(local.0)).copied() {
            Some(Some(known)) => {
                let of = Known { from: Origin::Local(local), ..Known::of(known) };
                self.fault_of(vty::store_local(self.local_name(local), known, source), &[of, source]);
            }
            Some(None) => {
                if let Some(since) = self.since.get_mut(usize::from(local.0)) {
                    *since = Some(self.line);
                }
                if let Some(slot) = self.locals.get_mut(usize::from(local.0)) {
                    *slot = Some(source.ty.of_local());
                }
            }
            None => {}
        }
    }

    fn call(&mut self, args: Args, below: usize) {
        let slots = args.slots() as usize;
        let callee = self.peek(slots);
        if below == 0
            && let Ty::Cast(target) = callee.ty
            && slots == 1
        {
            let operand = self.pop();
            self.pop();
            self.fault(vty::cast(operand.ty, target, self.word));
            let value = operand.value.and_then(|value| target.of_constant(value));
            let span = if operand.ty.whole().is_some() { operand.span } else { Span::ALL };
            self.push_known(Known { value, span: span.as_type(target.ty()), ..Known::of(target.ty()) });
            return;
        }
        if below == 0 && callee.ty == Ty::Range && (0..slots).all(|depth| self.peek(depth).ty.whole().is_some()) {
            (0..=slots).for_each(|_| {
                self.pop();
            });
            return self.push(Ty::Range);
        }
        self.pop_objects(slots + below + 1);
        self.push_from(
            Ty::Object,
            match callee.from {
                Origin::Global(name) | Origin::Attribute(name) => Origin::Call(name),
                Origin::Local(_) | Origin::Call(_) | Origin::Item | Origin::Other => Origin::Other,
            },
        );
    }

    fn step(&mut self, at: usize, op: Op) {
        match op {
            Op::Label(_) | Op::Line(_) => {}
            Op::LoadFalse => self.push_const(Ty::Bool, 0),
            Op::LoadTrue => self.push_const(Ty::Bool, 1),
            Op::LoadNone => self.push_const(Ty::None, 0),
            Op::LoadInt(value) => self.push_const(Ty::INT, i64::from(value)),
            Op::LoadConst(id) => match whole_const(self.unit.consts, id, self.word) {
                Some((value, ty)) => self.push_const(ty, value),
                None if float_const(self.unit.consts, id).is_some() => self.push(Ty::Float),
                None => self.push(Ty::Object),
            },
            Op::LoadNull | Op::LoadStr(_) | Op::LoadDeref(_) | Op::LoadName(_) | Op::LoadBuildClass => {
                self.push(Ty::Object)
            }
            Op::LoadFast(local) => match self.locals.get(usize::from(local.0)).copied().flatten() {
                Some(ty) => {
                    let given = self.unit.code.locals.get(usize::from(local.0)).is_some_and(|info| info.is_param);
                    let span = self.spans.get(usize::from(local.0)).copied().filter(|_| !given).unwrap_or(Span::ALL);
                    self.push_known(Known { from: Origin::Local(local), span: span.as_type(ty), ..Known::of(ty) });
                }
                None => {
                    self.fault(Some(vty::unknown_local(self.local_name(local))));
                    self.push(Ty::Object);
                }
            },
            Op::LoadGlobal(name) => match cast_named(self.unit.names, name) {
                Some(target) => self.push(Ty::Cast(target)),
                None if name == q!("range") && counts(&self.unit.code.ops, at) => self.push(Ty::Range),
                None => self.push_from(Ty::Object, Origin::Global(name)),
            },
            Op::LoadAttr(name) => {
                self.pop_objects(1);
                self.push_from(Ty::Object, Origin::Attribute(name));
            }
            Op::LoadMethod(name) => {
                self.pop_objects(1);
                (0..2).for_each(|_| self.push_from(Ty::Object, Origin::Attribute(name)));
            }
            Op::LoadSuperMethod(_) => self.objects(3, 2),
            Op::LoadSubscr => {
                let (index, base) = (self.pop(), self.pop());
                if base.ty == Ty::Object {
                    self.fault(vty::to_object(index));
                    self.push_from(Ty::Object, Origin::Item);
                } else {
                    let (ty, fault) = vty::load(base.ty, index);
                    self.fault_of(fault, &[base, index]);
                    let span = base.ty.item().map_or(Span::ALL, Span::behind);
                    self.push_known(Known { span, ..Known::of(ty) });
                }
            }
            Op::StoreFast(local) => {
                let source = self.pop();
                self.fault(matches!(source.ty, Ty::Cast(_)).then(|| vty::missing("conversion to object")));
                self.store(local, source);
            }
            Op::StoreDeref(_) | Op::StoreName(_) | Op::StoreGlobal(_) => self.objects(1, 0),
            Op::StoreAttr(_) => self.objects(2, 0),
            Op::StoreSubscr => {
                let (index, base, value) = (self.pop(), self.pop(), self.pop());
                if base.ty == Ty::Object {
                    self.fault(vty::to_object(index));
                    self.fault(vty::to_object(value));
                } else {
                    self.fault_of(vty::store(base.ty, index, value.ty), &[base, index, value]);
                }
            }
            Op::DeleteFast(local) => self.store(local, Known::of(Ty::None)),
            Op::DeleteDeref(_) | Op::DeleteName(_) | Op::DeleteGlobal(_) => {}
            Op::DupTop => self.push_known(self.peek(0)),
            Op::DupTopTwo => {
                let (below, top) = (self.peek(1), self.peek(0));
                self.push_known(below);
                self.push_known(top);
            }
            Op::PopTop => {
                self.pop();
            }
            Op::RotTwo => {
                let (top, below) = (self.pop(), self.pop());
                self.push_known(top);
                self.push_known(below);
            }
            Op::RotThree => {
                let (top, second, third) = (self.pop(), self.pop(), self.pop());
                self.push_known(top);
                self.push_known(third);
                self.push_known(second);
            }
            Op::Jump(to) => {
                self.branch(to, self.depth());
                self.stack = None;
            }
            Op::PopJumpIfTrue(to) | Op::PopJumpIfFalse(to) => {
                let operand = self.pop();
                self.fault_of(vty::condition(operand.ty), &[operand]);
                self.branch(to, self.depth());
            }
            Op::JumpIfTrueOrPop(to) | Op::JumpIfFalseOrPop(to) => {
                self.fault(vty::condition(self.peek(0).ty));
                self.branch(to, self.depth());
                self.pop();
            }
            Op::UnwindJump { to, .. } => {
                if let Some(Pending::Jump { depth, .. }) = self.shape.pending_at(op, at) {
                    self.branch(to, depth);
                }
                self.stack = None;
            }
            Op::SetupWith(to) => {
                self.objects(1, 2);
                self.handler(to);
                self.push(Ty::Object);
            }
            Op::SetupExcept(to) | Op::SetupFinally(to) => self.handler(to),
            Op::WithCleanup => self.objects(3, 1),
            Op::EndFinally => {
                self.pop();
                let point = self.shape.points.get(at).copied().flatten();
                if point.is_some_and(|point| self.shape.is_reraise(op, point)) {
                    self.stack = None;
                }
            }
            Op::PopExceptJump(to) => {
                self.branch(to, self.depth());
                self.stack = None;
            }
            Op::GetIter => self.objects(1, 1),
            Op::GetIterStack if self.peek(0).ty == Ty::Range => (1..ITER_SLOTS).for_each(|_| self.push(Ty::INT)),
            Op::GetIterStack => self.objects(1, ITER_SLOTS as usize),
            Op::ForIter(to) => {
                self.branch(to, self.depth().saturating_sub(ITER_SLOTS as usize));
                let counts = self.peek(ITER_SLOTS as usize - 1).ty == Ty::Range;
                self.push(if counts { Ty::INT } else { Ty::Object });
            }
            Op::BuildTuple(n) | Op::BuildList(n) | Op::BuildSet(n) | Op::BuildSlice(n) => self.objects(n as usize, 1),
            Op::BuildMap(_) => self.push(Ty::Object),
            Op::StoreMap => self.objects(3, 1),
            Op::StoreComp(kind, _) => self.objects(1 + usize::from(kind == Collection::Dict), 0),
            Op::UnpackSequence(n) => self.objects(1, n as usize),
            Op::UnpackEx { left, right } => self.objects(1, usize::from(left) + usize::from(right) + 1),
            Op::ReturnValue => {
                let operand = self.pop();
                let is_generator = self.unit.code.flags.has(Flags::GENERATOR);
                if !is_generator {
                    self.fault_of(vty::result(self.result, operand), &[operand]);
                }
                if is_generator {
                    self.fault(vty::to_object(operand));
                } else if self.result == Ty::Object {
                    self.fault(vty::to_object(operand).filter(|_| operand.ty.of_local() == Ty::Object));
                }
                self.stack = None;
            }
            Op::RaiseLast => self.stack = None,
            Op::RaiseFrom => {
                self.pop_objects(1);
                let operand = self.pop();
                self.fault_of(vty::raise(operand.ty), &[operand]);
                self.stack = None;
            }
            Op::RaiseObj => {
                let operand = self.pop();
                self.fault_of(vty::raise(operand.ty), &[operand]);
                self.stack = None;
            }
            Op::YieldValue => self.objects(1, 1),
            Op::YieldFrom => self.objects(2, 1),
            Op::MakeFunction(_) => self.push(Ty::Object),
            Op::MakeFunctionDefargs(_) => self.objects(2, 1),
            Op::MakeClosure(_, n) => self.objects(usize::from(n), 1),
            Op::MakeClosureDefargs(_, n) => self.objects(usize::from(n) + 2, 1),
            Op::CallFunction(args) => self.call(args, 0),
            Op::CallFunctionVarKw(args) | Op::CallMethod(args) => self.call(args, 1),
            Op::CallMethodVarKw(args) => self.call(args, 2),
            Op::ImportName(_) => self.objects(2, 1),
            Op::ImportFrom(_) => self.push(Ty::Object),
            Op::ImportStar => self.objects(1, 0),
            Op::Unary(unary) => {
                let operand = self.pop();
                let (ty, fault) = vty::unary(unary, operand.ty);
                self.fault_of(fault, &[operand]);
                self.push_known(Known { span: Span::unary(unary, operand.span, ty), ..Known::of(ty) });
            }
            Op::Binary(binary) => {
                let (right, left) = (self.pop(), self.pop());
                let (ty, fault) = vty::binary(binary, left, right);
                self.fault_of(fault, &[left, right]);
                // Shorter words wrap sooner than spans do.
                let words = self.word == Word::W64 && left.ty.whole().is_some() && right.ty.whole().is_some();
                if let Some(positive) = self.positive.get_mut(at) {
                    *positive = words && left.span.is_positive() && right.span.is_positive();
                }
                let span = if words { Span::binary(binary, left.span, right.span, ty) } else { Span::of(ty) };
                self.push_known(Known { span, ..Known::of(ty) });
            }
        }
    }
}

/// Whether a statement may end with the operation, so that its errors are told.
fn ends_statement(op: Op) -> bool {
    op.ends_flow()
        || matches!(
            op,
            Op::PopTop
                | Op::StoreFast(_)
                | Op::StoreDeref(_)
                | Op::StoreName(_)
                | Op::StoreGlobal(_)
                | Op::StoreAttr(_)
                | Op::StoreSubscr
                | Op::DeleteFast(_)
                | Op::PopJumpIfTrue(_)
                | Op::PopJumpIfFalse(_)
                | Op::ForIter(_)
        )
}
