//! The viper front end: `Op`s of a function with machine types to IR.
//!
//! `types` walks the ops once to check and to find all types; the walk here then makes code. Locals are registers of
//! their type from entry to return; only what is used as an object becomes one.

mod calls;
mod checks;
mod convert;
mod direct;
mod doors;
mod exits;
mod flag;
mod floats;
mod flow;
mod generators;
mod locals;
mod memory;
mod objects;
mod parts;
mod ranges;
mod signature;
mod types;
mod words;

use crate::control::Shape;
use crate::operand::{Homes, Operand, Stack, Value};
use crate::trace::{self, Step, Trace, Version};
use crate::vty::Ty;
use crate::word;
use flag::{Flag, Jumps};
use flow::Edge;
use ir::{Block, Builder, Class, Slot, V};
use parts::{Given, Ground, Role};
pub use parts::{Parts, lower, lower_traced, unsupported};
pub use signature::Signature;
use types::Types;
use vm::compile::emitter::Unit;
use vm::compile::op::Op;
use vm::mem::Vec;
use vm::run::helpers::Helper;
use vm::value::Obj;

struct Viper<'a> {
    given: &'a Given<'a>,
    unit: &'a Unit<'a>,
    shape: &'a Shape,
    types: &'a Types,
    role: Role,
    ground: Ground,
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
    /// For each `try` what was handled before its handler began to work on an exception; zero while it does not.
    before_caught: Vec<V>,
    /// The registers beside pointers that are checked.
    reaches: Vec<(V, V)>,
    /// Of generators.
    waiting: Option<generators::Waiting>,
    n_caches: usize,
    line: u32,
    at: usize,
    b: Builder,
    /// How this is made, when somebody wants to know.
    trace: Option<&'a mut Trace>,
}

impl Viper<'_> {
    fn body(&mut self) {
        let ops = &self.unit.code.ops;
        for (at, &op) in ops.iter().enumerate() {
            if self.b.failed() {
                return;
            }
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
        let mut step = Step { at: self.at, inst: self.b.count(), version: Version::Fast, ..Step::default() };
        let operands = self.stack.items().iter().map(|operand| trace::operand(operand, |ty| ty.held()));
        self.b.held(step.operands.extend(operands));
        self.b.held(step.locals.extend(self.types.locals.iter().map(|ty| ty.held())));
        if let Some(trace) = &mut self.trace {
            self.b.held(trace.steps.push(step));
        }
    }

    fn step(&mut self, op: Op) {
        match op {
            Op::Label(_) | Op::Line(_) => {}
            Op::LoadFalse => self.push(Value::Int(0), Ty::Bool),
            Op::LoadTrue => self.push(Value::Int(1), Ty::Bool),
            Op::LoadNone => self.push(Value::Int(0), Ty::None),
            Op::LoadInt(value) => self.push(Value::Int(i64::from(value)), Ty::INT),
            Op::LoadNull => self.push(Value::Word(word::bits(Obj::NULL)), Ty::Object),
            Op::LoadStr(name) => self.push(Value::Word(word::name(name)), Ty::Object),
            Op::LoadConst(id) => match types::whole_const(self.unit.consts, id, self.b.word_size()) {
                Some((value, ty)) => self.push(Value::Int(value), ty),
                None => match types::float_const(self.unit.consts, id) {
                    Some(value) => self.push(Value::Float(value), Ty::Float),
                    None => self.load_const(id),
                },
            },
            Op::LoadFast(local) => self.load_fast(local),
            Op::StoreFast(local) => self.store_fast(local),
            Op::DeleteFast(local) => self.delete_fast(local),
            Op::DupTop => {
                self.settle_flag();
                if let Some(top) = self.stack.peek(0) {
                    self.push_operand(top);
                }
            }
            Op::DupTopTwo => {
                if let (Some(below), Some(top)) = (self.stack.peek(1), self.stack.peek(0)) {
                    self.push_operand(below);
                    self.push_operand(top);
                }
            }
            Op::PopTop => {
                self.pop();
            }
            Op::RotTwo => {
                let (top, below) = (self.pop(), self.pop());
                self.push_operand(top);
                self.push_operand(below);
            }
            Op::RotThree => {
                let (top, second, third) = (self.pop(), self.pop(), self.pop());
                self.push_operand(top);
                self.push_operand(third);
                self.push_operand(second);
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
            Op::PopExceptJump(to) => {
                self.handled(self.scope());
                self.jump(to);
            }
            Op::SetupWith(_) | Op::SetupExcept(_) | Op::SetupFinally(_) => self.set_up(op),
            Op::WithCleanup => self.with_cleanup(),
            Op::EndFinally => self.end_finally(op),
            Op::GetIterStack => self.get_iter_stack(),
            Op::ForIter(to) => self.for_iter(to),
            Op::ReturnValue => self.return_value(op),
            Op::RaiseObj => self.raise(Helper::RaiseObj, 1),
            Op::RaiseFrom => self.raise(Helper::RaiseFrom, 2),
            Op::RaiseLast => self.raise_last(),
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
            Op::YieldValue => self.yield_value(),
            Op::YieldFrom => self.yield_from(),
        }
    }

    /// The next op, when it follows at once.
    fn next(&self) -> Option<Op> {
        self.unit.code.ops.get(self.at + 1).copied()
    }

    fn push(&mut self, value: Value, ty: Ty) {
        self.stack.push(&mut self.b, value, ty);
    }

    fn push_operand(&mut self, operand: Operand<Ty>) {
        self.stack.push_operand(&mut self.b, operand);
    }

    /// Takes the top `count` operands, the deepest first.
    fn pop_many(&mut self, count: usize) -> Vec<Operand<Ty>> {
        self.stack.pop_many(&mut self.b, count)
    }

    /// A copy of the operands.
    fn stack_copied(&mut self) -> Stack<Ty> {
        self.b.held(self.stack.try_clone()).unwrap_or_default()
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
