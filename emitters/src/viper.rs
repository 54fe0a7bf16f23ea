//! The viper front end: `Op`s of a function with machine types to IR.
//!
//! `types` walks the ops once to check and to find all types; the walk here then makes code. Locals are registers of
//! their type from entry to return; only what is used as an object becomes one.

mod calls;
mod convert;
mod exits;
mod flag;
mod floats;
mod flow;
mod memory;
mod objects;
mod own;
mod ranges;
mod types;
mod words;

use crate::control::{Malformed, Shape};
use crate::helpers;
use crate::operand::{Homes, Operand, Stack, Value};
use crate::trace::{self, Step, Trace, Version};
use crate::vty::Ty;
use crate::word;
use flag::{Flag, Jumps};
use flow::Edge;
use ir::{Block, Builder, Cc, Class, FloatSize, Func, Inst, Refused, Slot, V, Width, Word};
use types::Types;
use vm::compile::code::Place;
use vm::compile::emitter::{EmitError, Unit};
use vm::compile::facts::definitely_bound;
use vm::compile::op::{Local, Op};
use vm::mem;
use vm::run::helpers::Helper;
use vm::value::Obj;

/// The IR of a viper function.
pub fn lower(unit: &Unit<'_>) -> Result<Func, EmitError> {
    made(unit, None)
}

/// As `lower`; tells in `trace` how it was made.
pub fn lower_traced(unit: &Unit<'_>, trace: &mut Trace) -> Result<Func, EmitError> {
    made(unit, Some(trace))
}

fn made(unit: &Unit<'_>, trace: Option<&mut Trace>) -> Result<Func, EmitError> {
    let code = unit.code;
    let shape = Shape::new(&code.ops).map_err(|Malformed| EmitError::Refused)?;
    let types = types::infer(unit, &shape, Word::HOST)?;
    let n_bound = code.locals.iter().filter(|info| info.is_param || info.place != Place::Fast).count();
    let bound = definitely_bound(&code.ops, code.locals.len(), n_bound)?;
    let mut b = Builder::new(unit.names.get(code.name), Word::HOST, FloatSize::F64, helpers::SIGS);
    b.returns(Class::Word);
    let (vm, function, frame) = (b.param(Class::Word), b.param(Class::Word), b.param(Class::Word));
    let mut own = own::find(unit, &types);
    if let Some(own) = &mut own {
        own.params(&mut b, &types);
    }
    let mut viper = Viper {
        own,
        unit,
        shape: &shape,
        types: &types,
        bound,
        stack: Stack::default(),
        homes: Homes::default(),
        locals: Vec::new(),
        blocks: Vec::new(),
        after_loops: Vec::new(),
        edges: Vec::new(),
        area: None,
        flag: None,
        counting: None,
        answer: vm,
        vm,
        function,
        frame,
        n_caches: 0,
        line: code.first_line,
        at: 0,
        b,
        trace,
    };
    if viper.trace.is_some() {
        viper.b.keep_marks();
    }
    viper.entry();
    viper.body();
    viper.fill_edges();
    viper.b.finish().map_err(|refused| match refused {
        Refused::Memory => EmitError::NoMemory,
        Refused::TooLarge | Refused::Unsupported(_) => EmitError::Refused,
    })
}

struct Viper<'a> {
    unit: &'a Unit<'a>,
    shape: &'a Shape,
    types: &'a Types,
    /// For each op whether it loads a local that is surely bound.
    bound: mem::Vec<bool>,
    stack: Stack<Ty>,
    homes: Homes,
    locals: Vec<V>,
    /// The block of each label, made when first asked for.
    blocks: Vec<Option<Block>>,
    /// Conditions of loops that were tested at the entry, too, and the blocks behind the loops.
    after_loops: Vec<(usize, Block)>,
    edges: Vec<Edge>,
    /// Room in the frame for arguments and results of helpers.
    area: Option<Slot>,
    /// The top operand, when it is a condition that the next op uses.
    flag: Option<Flag>,
    /// The range that the next op goes over.
    counting: Option<ranges::Counting>,
    /// The result, while a `finally` runs on the way out.
    answer: V,
    vm: V,
    function: V,
    /// Local n as the caller left it lies n words below.
    frame: V,
    n_caches: usize,
    /// How it calls itself, if it does.
    own: Option<own::Own>,
    line: u32,
    at: usize,
    b: Builder,
    /// How this is made, when somebody wants to know.
    trace: Option<&'a mut Trace>,
}

impl Viper<'_> {
    fn entry(&mut self) {
        let entry = self.b.block();
        self.b.start(entry);
        self.b.line(self.line);
        let table = self.b.int(helpers::table());
        self.b.table(table, 0);
        self.answer = self.b.vreg(class(self.types.result));
        self.clear(self.answer, Ty::None);
        for (at, (info, &ty)) in self.unit.code.locals.iter().zip(&self.types.locals).enumerate() {
            let given = info.is_param || info.place != Place::Fast;
            let local = self.b.vreg(class(ty));
            self.locals.push(local);
            match (given, self.own.is_some()) {
                (true, false) => self.take_param(at),
                (true, true) => {}
                (false, _) => self.clear(local, ty),
            }
        }
        self.own_entry();
    }

    /// Gives a register the zero of a type; of objects, no value.
    fn clear(&mut self, v: V, ty: Ty) {
        match (self.b.class(v), ty) {
            (Class::Float, _) => self.b.push(Inst::Float { d: v, value: 0.0 }),
            (Class::Word, Ty::Object) => self.b.set_int(v, word::bits(Obj::NULL)),
            (Class::Word, _) => self.b.set_int(v, 0),
        }
    }

    /// Takes a parameter or cell from where the caller left it.
    fn take_param(&mut self, at: usize) {
        let (local, ty) = self.local(Local(at as u16));
        let object = self.b.load(Width::Word, self.frame, -(at as i32) * word::BYTES);
        let value = if ty == Ty::Object { object } else { self.unbox(object, ty) };
        self.b.copy(local, value);
    }

    fn body(&mut self) {
        let ops = &self.unit.code.ops;
        for (at, &op) in ops.iter().enumerate() {
            self.at = at;
            self.b.mark(at as u32);
            if self.trace.is_some() && self.b.is_open() {
                self.tell();
            }
            match op {
                Op::Line(line) => {
                    self.line = line;
                    self.b.line(line);
                }
                Op::Label(label) => self.arrive(label),
                _ => {
                    if self.b.is_open() {
                        self.step(op);
                    }
                    self.count_cache(op);
                }
            }
        }
    }

    /// Notes the state before the current op.
    #[cold]
    fn tell(&mut self) {
        let operands = self.stack.items().iter().map(|operand| trace::operand(operand, |ty| ty.held())).collect();
        let locals = self.types.locals.iter().map(|ty| ty.held()).collect();
        let step = Step { at: self.at, inst: self.b.count(), version: Version::Fast, operands, locals };
        if let Some(trace) = &mut self.trace {
            trace.steps.push(step);
        }
    }

    fn step(&mut self, op: Op) {
        match op {
            Op::Label(_) | Op::Line(_) => {}
            Op::LoadFalse => self.stack.push(Value::Int(0), Ty::Bool),
            Op::LoadTrue => self.stack.push(Value::Int(1), Ty::Bool),
            Op::LoadNone => self.stack.push(Value::Int(0), Ty::None),
            Op::LoadInt(value) => self.stack.push(Value::Int(i64::from(value)), Ty::INT),
            Op::LoadNull => self.stack.push(Value::Word(word::bits(Obj::NULL)), Ty::Object),
            Op::LoadStr(name) => self.stack.push(Value::Word(word::name(name)), Ty::Object),
            Op::LoadConst(id) => match types::whole_const(self.unit.consts, id, self.b.word_size()) {
                Some((value, ty)) => self.stack.push(Value::Int(value), ty),
                None => match types::float_const(self.unit.consts, id) {
                    Some(value) => self.stack.push(Value::Float(value), Ty::Float),
                    None => self.load_const(id),
                },
            },
            Op::LoadFast(local) => self.load_fast(local),
            Op::StoreFast(local) => self.store_fast(local),
            Op::DeleteFast(local) => self.delete_fast(local),
            Op::DupTop => {
                self.settle_flag();
                if let Some(top) = self.stack.peek(0) {
                    self.stack.push_operand(top);
                }
            }
            Op::DupTopTwo => {
                if let (Some(below), Some(top)) = (self.stack.peek(1), self.stack.peek(0)) {
                    self.stack.push_operand(below);
                    self.stack.push_operand(top);
                }
            }
            Op::PopTop => {
                self.pop();
            }
            Op::RotTwo => {
                let (top, below) = (self.pop(), self.pop());
                self.stack.push_operand(top);
                self.stack.push_operand(below);
            }
            Op::RotThree => {
                let (top, second, third) = (self.pop(), self.pop(), self.pop());
                self.stack.push_operand(top);
                self.stack.push_operand(third);
                self.stack.push_operand(second);
            }
            Op::Unary(unary) => self.unary(unary),
            Op::Binary(binary) => self.binary(binary),
            Op::LoadSubscr => self.load_subscr(),
            Op::StoreSubscr => self.store_subscr(),
            Op::Jump(to) => {
                if !self.enter_loop(to) {
                    self.jump(to);
                }
            }
            Op::PopJumpIfTrue(to) => self.pop_jump(to, Jumps::IfTrue),
            Op::PopJumpIfFalse(to) => self.pop_jump(to, Jumps::IfFalse),
            Op::JumpIfTrueOrPop(to) => self.jump_or_pop(to, Jumps::IfTrue),
            Op::JumpIfFalseOrPop(to) => self.jump_or_pop(to, Jumps::IfFalse),
            Op::UnwindJump { .. } => self.unwind(op),
            Op::PopExceptJump(to) => self.jump(to),
            Op::SetupWith(_) | Op::SetupExcept(_) | Op::SetupFinally(_) => self.set_up(op),
            Op::WithCleanup => self.with_cleanup(),
            Op::EndFinally => self.end_finally(op),
            Op::GetIterStack => self.get_iter_stack(),
            Op::ForIter(to) => self.for_iter(to),
            Op::ReturnValue => self.return_value(op),
            Op::RaiseObj => self.raise_obj(),
            Op::CallFunction(args) => self.call_function(args),
            Op::CallFunctionVarKw(args) => self.call_spread(args, calls::Callee::Function),
            Op::CallMethod(args) => self.call_method(args),
            Op::CallMethodVarKw(args) => self.call_spread(args, calls::Callee::Method),
            Op::MakeFunction(child) => self.make_function(child, calls::Defaults::None, 0),
            Op::MakeFunctionDefargs(child) => self.make_function(child, calls::Defaults::Given, 0),
            Op::MakeClosure(child, n) => self.make_function(child, calls::Defaults::None, n),
            Op::MakeClosureDefargs(child, n) => self.make_function(child, calls::Defaults::Given, n),
            Op::LoadDeref(_) | Op::StoreDeref(_) | Op::DeleteDeref(_) => self.deref(op),
            Op::LoadName(name) | Op::LoadGlobal(name) => self.load_global(name),
            Op::StoreName(name) | Op::StoreGlobal(name) => self.store_global(name),
            Op::DeleteName(name) | Op::DeleteGlobal(name) => self.delete_global(name),
            Op::LoadAttr(name) => self.load_attr(name),
            Op::LoadMethod(name) => self.load_method(name),
            Op::LoadSuperMethod(name) => self.load_super_method(name),
            Op::StoreAttr(name) => self.store_attr(name),
            Op::LoadBuildClass => self.nullary(Helper::LoadBuildClass),
            Op::GetIter => self.objects(Helper::Iter, 1),
            Op::BuildTuple(n) => self.build(Helper::BuildTuple, n),
            Op::BuildList(n) => self.build(Helper::BuildList, n),
            Op::BuildSet(n) => self.build(Helper::BuildSet, n),
            Op::BuildSlice(n) => self.build(Helper::BuildSlice, n),
            Op::BuildMap(n) => self.build_map(n),
            Op::StoreMap => self.store_map(),
            Op::StoreComp(kind, depth) => self.store_comp(kind, depth),
            Op::UnpackSequence(n) => self.unpack(n),
            Op::UnpackEx { left, right } => self.unpack_ex(left, right),
            Op::ImportName(name) => self.import_name(name),
            Op::ImportFrom(name) => self.import_from(name),
            Op::ImportStar => self.import_star(),
            // The walk over the types refuses these.
            Op::RaiseLast | Op::RaiseFrom | Op::YieldValue | Op::YieldFrom => {}
        }
    }

    /// The next op, when it follows at once.
    fn next(&self) -> Option<Op> {
        self.unit.code.ops.get(self.at + 1).copied()
    }

    fn pop(&mut self) -> Operand<Ty> {
        self.settle_flag();
        // A checked op list never reaches below the bottom.
        self.stack.pop().unwrap_or(Operand { value: Value::Int(0), ty: Ty::Object })
    }

    /// The register of an operand as it is.
    fn reg(&mut self, operand: Operand<Ty>) -> V {
        match operand.value {
            Value::Reg(v) => v,
            Value::Int(value) | Value::Word(value) => self.b.int(value),
            Value::Float(value) => self.b.float_const(value),
        }
    }

    /// An operand for the right side of an instruction.
    fn right(&mut self, operand: Operand<Ty>) -> ir::Operand<V> {
        match operand.value {
            Value::Int(value) | Value::Word(value) if i32::try_from(value).is_ok() => ir::Operand::Imm(value as i32),
            _ => ir::Operand::Reg(self.reg(operand)),
        }
    }

    fn local(&self, local: Local) -> (V, Ty) {
        let at = usize::from(local.0);
        let v = self.locals.get(at).copied().unwrap_or(V::FIRST);
        (v, self.types.locals.get(at).copied().unwrap_or(Ty::Object))
    }

    fn is_cell(&self, local: Local) -> bool {
        self.unit.code.locals.get(usize::from(local.0)).is_some_and(|info| info.place != Place::Fast)
    }

    fn load_fast(&mut self, local: Local) {
        let (v, ty) = self.local(local);
        let sure = self.bound.get(self.at).copied().unwrap_or(false);
        if ty == Ty::Object && !sure && !self.is_cell(local) {
            self.check_bound(v);
        }
        self.stack.push(Value::Reg(v), ty);
    }

    /// NameError if an object is no value.
    fn check_bound(&mut self, v: V) {
        let unbound = self.raising(Some(Helper::UnboundLocal));
        self.b.exit(Cc::Eq, v, word::imm(Obj::NULL), unbound);
    }

    fn store_fast(&mut self, local: Local) {
        let (v, ty) = self.local(local);
        let operand = self.pop();
        let from = self.convert(operand, ty);
        self.stack.part_from(&mut self.b, v);
        self.put(v, from.value);
    }

    /// Sets a register of the operand's class.
    fn put(&mut self, v: V, from: Value) {
        match from {
            Value::Int(value) | Value::Word(value) => self.b.set_int(v, value),
            Value::Reg(from) => self.b.copy(v, from),
            Value::Float(value) => self.b.push(Inst::Float { d: v, value }),
        }
    }

    fn delete_fast(&mut self, local: Local) {
        let (v, ty) = self.local(local);
        if ty == Ty::Object {
            self.check_bound(v);
            self.stack.part_from(&mut self.b, v);
            self.b.set_int(v, word::bits(Obj::NULL));
        }
    }
}

/// The class of registers that hold a type.
fn class(ty: Ty) -> Class {
    match ty {
        Ty::Float => Class::Float,
        Ty::Object | Ty::Bool | Ty::Whole(_) | Ty::Ptr(_) | Ty::None | Ty::Cast(_) | Ty::Range => Class::Word,
    }
}

#[cfg(test)]
mod tests;
