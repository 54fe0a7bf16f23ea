//! Calls of a function by itself: words in, a word out, nothing made an object on the way.
//!
//! Such a function takes, behind the parameters of the door to machine code, its arguments as words. Called through the
//! door, `frame` leads to the arguments as objects, and the result is an object. Called by itself, `frame` is its own
//! address with the lowest bit set, and arguments and result are words; `RAISED` says that an exception waits.
//!
//! A name may come to mean another function at any time, so each call asks what the name means. Only in a function that
//! cannot run other code meanwhile is it asked once, at the door.

use super::{Viper, class};
use crate::operand::{Operand, Value};
use crate::viper::types::{Types, call_of, cast_named};
use crate::vty::Ty;
use crate::word;
use ir::{Alu, Cc, V, Width};
use vm::compile::code::Place;
use vm::compile::emitter::Unit;
use vm::compile::op::{Args, Op};
use vm::run::helpers::Helper;
use vm::run::layout::{cache, code, dict, vm as machine};
use vm::value::Obj;

/// What a call by itself returns when it raised. Results may look the same, so the machine is asked, too.
const RAISED: i32 = -0x5a5a_5a5b;

/// The bit that tells calls by itself.
const INNER: i32 = 1;

/// Most arguments a call by itself passes.
const MOST: usize = 6;

/// How a function calls itself.
pub struct Own {
    /// Where its own name is loaded, and the call that consumes it.
    calls: Vec<Call>,
    /// Nothing but words is used, so no other code runs meanwhile.
    closed: bool,
    /// The address of its code, zero when the name meant something else at the door; `INNER` is set in calls by itself.
    mode: V,
    /// Arguments as words.
    given: Vec<V>,
}

struct Call {
    load: usize,
    call: usize,
    cache: usize,
}

/// The calls by itself, if the function has some and can take words.
pub fn find(unit: &Unit<'_>, types: &Types) -> Option<Own> {
    let code = unit.code;
    let n_params = code.locals.iter().filter(|info| info.is_param).count();
    let plain = code.locals.iter().all(|info| info.place == Place::Fast);
    if !plain || n_params != usize::from(code.n_pos_args) || n_params > MOST {
        return None;
    }
    let ops = &code.ops;
    let mut calls = Vec::new();
    let mut n_caches = 0;
    for (load, &op) in ops.iter().enumerate() {
        if op == Op::LoadGlobal(code.name)
            && let Some(call) = call_of(ops, load)
            && ops.get(call) == Some(&Op::CallFunction(Args { n_pos: n_params as u8, n_kw: 0 }))
        {
            calls.push(Call { load, call, cache: n_caches });
        }
        n_caches += usize::from(super::objects::has_cache(op));
    }
    if calls.is_empty() {
        return None;
    }
    let words = types.result != Ty::Object && types.locals.iter().all(|ty| *ty != Ty::Object);
    let closed = words && ops.iter().enumerate().all(|(at, &op)| is_closed(unit, &calls, at, op));
    Some(Own { calls, closed, mode: V::FIRST, given: vec![V::FIRST; n_params] })
}

/// Whether an op of a function without objects runs no code of others.
fn is_closed(unit: &Unit<'_>, calls: &[Call], at: usize, op: Op) -> bool {
    match op {
        Op::LoadGlobal(name) => cast_named(unit.names, name).is_some() || calls.iter().any(|call| call.load == at),
        Op::Label(_)
        | Op::Line(_)
        | Op::LoadFalse
        | Op::LoadNone
        | Op::LoadTrue
        | Op::LoadInt(_)
        | Op::LoadConst(_) => true,
        Op::LoadFast(_) | Op::StoreFast(_) | Op::LoadSubscr | Op::StoreSubscr => true,
        Op::DupTop | Op::DupTopTwo | Op::PopTop | Op::RotTwo | Op::RotThree => true,
        Op::Jump(_) | Op::PopJumpIfTrue(_) | Op::PopJumpIfFalse(_) => true,
        Op::JumpIfTrueOrPop(_) | Op::JumpIfFalseOrPop(_) => true,
        Op::ReturnValue | Op::Unary(_) | Op::Binary(_) => true,
        Op::CallFunction(args) => calls.iter().any(|call| call.call == at) || args.slots() == 1,
        _ => false,
    }
}

impl Own {
    /// Makes the parameters that only calls by itself pass.
    pub fn params(&mut self, b: &mut ir::Builder, types: &Types) {
        self.mode = b.word();
        for (given, &ty) in self.given.iter_mut().zip(&types.locals) {
            *given = b.param(class(ty));
        }
    }
}

impl Viper<'_> {
    /// The entry of a function that calls itself. Locals have their registers already.
    pub fn own_entry(&mut self) {
        let Some((mode, given)) = self.own.as_ref().map(|own| (own.mode, own.given.clone())) else { return };
        let (door, inner, start) = (self.b.cold_block(), self.b.block(), self.b.block());
        self.b.br(Cc::NoBits, self.frame, INNER, door, inner);
        self.b.start(inner);
        self.b.copy(mode, self.frame);
        for (at, &given) in given.iter().enumerate() {
            let local = self.locals.get(at).copied().unwrap_or(V::FIRST);
            self.b.copy(local, given);
        }
        let (here, limit) = (self.area(1), self.b.load(Width::Word, self.vm, machine::MACHINE_LIMIT as i32));
        let deep = self.raising(Some(Helper::TooDeep));
        self.b.exit(Cc::Ult, here, limit, deep);
        self.b.jump(start);
        self.b.start(door);
        // Also what an argument of the wrong type leaves with.
        self.b.set_int(mode, 0);
        for at in 0..given.len() {
            self.take_param(at);
        }
        let raw = self.b.load(Width::Word, self.function, code::OF_FUNCTION as i32);
        self.b.push(ir::Inst::Load { w: Width::Word, d: mode, base: raw, off: code::NATIVE as i32 });
        if let Some(own) = self.own.as_ref().filter(|own| own.closed)
            && let Some(cache) = own.calls.first().map(|call| call.cache)
        {
            let (other, same) = (self.b.cold_block(), self.b.block());
            let value = self.cached_global(cache, other);
            self.b.br(Cc::Eq, value, self.function, same, other);
            self.b.start(other);
            self.b.set_int(mode, 0);
            self.b.jump(start);
            self.b.start(same);
        }
        self.b.jump(start);
        self.b.start(start);
    }

    /// The value of a global as a cache of the function knows it; to `miss` if it does not.
    pub fn cached_global(&mut self, number: usize, miss: ir::Block) -> V {
        let raw = self.b.load(Width::Word, self.function, code::OF_FUNCTION as i32);
        let count = self.b.load(Width::Word, raw, code::N_CACHES as i32);
        self.b.exit(Cc::Ule, count, number as i32, miss);
        let caches = self.b.load(Width::Word, raw, code::CACHES as i32);
        let context = self.b.load(Width::Word, raw, code::CONTEXT as i32);
        let globals = self.b.load(Width::Word, context, code::GLOBALS as i32);
        let off = (number * cache::SIZE) as i32;
        let version = self.b.load(Width::U32, globals, dict::VERSION as i32);
        let epoch = self.b.load(Width::U32, caches, off + cache::EPOCH as i32);
        self.b.exit(Cc::Ne, version, epoch, miss);
        let key = self.b.load(Width::Word, caches, off + cache::KEY as i32);
        self.b.exit(Cc::Ne, key, globals, miss);
        let kind = self.b.load(Width::U32, caches, off + cache::VERSION as i32);
        self.b.exit(Cc::Ne, kind, 0, miss);
        let at = self.b.load(Width::Word, caches, off + cache::VALUE as i32);
        let entries = self.b.load(Width::Word, globals, dict::ENTRIES as i32);
        let offset = self.b.alu(Alu::Mul, at, dict::ENTRY_SIZE as i32);
        let value = self.b.load_at(Width::Word, entries, offset, 0, dict::ENTRY_VALUE as i32);
        self.b.exit(Cc::Eq, value, word::imm(Obj::NULL), miss);
        value
    }

    /// Whether the op loads the function's own name for a call that needs no look at it.
    pub fn loads_own(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.closed && own.calls.iter().any(|call| call.load == self.at))
    }

    /// A call by itself. False if it is none.
    pub fn call_own(&mut self, args: Args) -> bool {
        let Some(own) = &self.own else { return false };
        let Some(cache) = own.calls.iter().find(|call| call.call == self.at).map(|call| call.cache) else {
            return false;
        };
        let (closed, mode, count) = (own.closed, own.mode, own.given.len());
        let operands = self.stack.pop_many(count);
        let fits = operands.iter().zip(&self.types.locals).all(|(operand, ty)| {
            operand.ty == *ty || (*ty == Ty::UINT && matches!((operand.ty, operand.value), (Ty::INT, Value::Int(0..))))
        });
        if !fits {
            // Closed functions push themselves in place of what their name means.
            let callee = self.pop();
            let callee = if closed { self.own_name(cache) } else { self.reg(callee) };
            self.push_object(callee);
            operands.into_iter().for_each(|operand| self.stack.push_operand(operand));
            return false;
        }
        let callee = self.pop();
        let result = self.types.result;
        let made = self.b.vreg(class(result));
        let (direct, slow, join) = (self.b.block(), self.b.cold_block(), self.b.block());
        if closed {
            self.b.br(Cc::Ne, mode, 0, direct, slow);
        } else {
            let callee = self.reg(callee);
            self.b.br(Cc::Eq, callee, self.function, direct, slow);
        }
        self.b.start(direct);
        let (entry, inner) = (self.b.alu(Alu::And, mode, !INNER), self.b.alu(Alu::Or, mode, INNER));
        let mut words = vec![self.vm, self.function, inner];
        for &operand in &operands {
            let v = self.reg(operand);
            words.push(v);
        }
        let answer = self.b.call_to(entry, &words, None);
        match result {
            Ty::Float => self.b.push(ir::Inst::FromBits { d: made, a: answer }),
            _ => self.b.copy(made, answer),
        }
        let suspect = self.b.cold_block();
        self.b.br(Cc::Eq, answer, RAISED, suspect, join);
        self.b.start(suspect);
        let (waiting, err) = (self.b.load(Width::Word, self.vm, machine::EXCEPTION as i32), self.raising(None));
        self.b.exit(Cc::Ne, waiting, word::imm(Obj::NULL), err);
        self.b.jump(join);
        self.b.start(slow);
        let callee = if closed { self.own_name(cache) } else { self.reg(callee) };
        let mut objects = vec![callee];
        for operand in operands {
            let v = self.object(operand);
            objects.push(v);
        }
        let area = self.laid_out(&objects);
        let (n_pos, n_kw) = (self.b.int(i64::from(args.n_pos)), self.b.int(0));
        let object = self.call(Helper::Call, &[area, n_pos, n_kw]);
        let unboxed = self.unbox(object, result);
        self.b.copy(made, unboxed);
        self.b.start(join);
        let operand = Operand { value: Value::Reg(made), ty: result };
        let is_cast = matches!(self.stack.peek(0), Some(Operand { ty: Ty::Cast(_), .. }))
            && matches!(self.next(), Some(Op::CallFunction(args)) if args.slots() == 1);
        let operand = if is_cast { operand } else { self.convert(operand, Ty::Object) };
        self.stack.push_operand(operand);
        true
    }

    fn own_name(&mut self, cache: usize) -> V {
        self.global(self.unit.code.name, cache)
    }

    /// Leaves the function with its result, a word of its type.
    pub fn leave(&mut self, result: V) {
        let operand = Operand { value: Value::Reg(result), ty: self.types.result };
        if let Some(mode) = self.own.as_ref().map(|own| own.mode).filter(|_| self.types.result != Ty::Object) {
            let (door, inner) = (self.b.cold_block(), self.b.block());
            self.b.br(Cc::NoBits, mode, INNER, door, inner);
            self.b.start(inner);
            let word = if self.types.result == Ty::Float { self.b.bits(result) } else { result };
            self.b.ret(Some(word));
            self.b.start(door);
        }
        let object = self.object(operand);
        self.b.ret(Some(object));
    }

    /// Leaves the function with an exception waiting.
    pub fn leave_raised(&mut self) {
        if let Some(mode) = self.own.as_ref().map(|own| own.mode) {
            let (door, inner) = (self.b.cold_block(), self.b.cold_block());
            self.b.br(Cc::NoBits, mode, INNER, door, inner);
            self.b.start(inner);
            let raised = self.b.int(i64::from(RAISED));
            self.b.ret(Some(raised));
            self.b.start(door);
        }
        let raised = self.b.int(0);
        self.b.ret(Some(raised));
    }
}
