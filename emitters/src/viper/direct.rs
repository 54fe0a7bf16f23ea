//! Calls from viper function to viper function: words in, a word out, nothing made an object on the way.
//!
//! Where a global is called, the arguments tell what a function would have to take, and what is done with the result
//! tells what it would have to return; of functions of the same module both are known. If the global then means a
//! function with that signature its core is called, else whatever it is is called with objects. A name may come to mean
//! something else at any time, so each call asks. Only in a function that runs no code but its own is it asked once, at
//! the gate.

use super::doors::gate;
use super::parts::{Given, Ground, Role};
use super::types::{Types, annotations, call_of, cast_named};
use super::{Signature, Viper, class};
use crate::link::header;
use crate::operand::{Operand, Value};
use crate::viper::words::known;
use crate::vty::{self, Ty};
use crate::word;
use ir::{Alu, Cc, V, Width};
use vm::compile::code::Kind;
use vm::compile::emitter::Unit;
use vm::compile::op::{Args, Op};
use vm::mem::{NoMemory, Vec};
use vm::modules::builtins;
use vm::qstr::Qstr;
use vm::run::helpers::Helper;
use vm::run::layout::{Exact, cache, code, dict};
use vm::value::{Entry, Obj};

/// A call of a global.
pub struct Site {
    /// What it calls.
    pub name: Qstr,
    /// The op that loads the global.
    pub load: usize,
    /// The op that calls.
    pub call: usize,
    /// The cache of the load.
    pub cache: usize,
    /// Parameters and result, if it is a viper function of this module.
    pub types: Option<Typed>,
}

/// What a function takes and returns.
type Typed = (Vec<Ty>, Ty, Signature);

/// What a function is called as.
struct Target {
    params: Vec<Ty>,
    result: Ty,
    signature: Signature,
    /// Whether it must be of this module, whose frame then does for it.
    own_module: bool,
}

/// The calls of globals that may be viper functions.
pub fn sites(unit: &Unit<'_>) -> Result<Vec<Site>, NoMemory> {
    let ops = &unit.code.ops;
    let (mut sites, mut n_caches) = (Vec::new(), 0);
    for (load, &op) in ops.iter().enumerate() {
        if let Op::LoadGlobal(name) = op
            && let Some(call) = call_of(ops, load)
            && matches!(ops.get(call), Some(Op::CallFunction(Args { n_kw: 0, .. })))
            && cast_named(unit.names, name).is_none()
        {
            let types = types_of(unit, name)?;
            if types.is_some() || Entry::find(builtins::TABLE, name).is_none() {
                sites.push(Site { name, load, call, cache: n_caches, types })?;
            }
        }
        n_caches += usize::from(op.has_cache());
    }
    Ok(sites)
}

/// What a viper function of this name takes and returns; nothing if the module has none that takes words.
fn types_of(unit: &Unit<'_>, name: Qstr) -> Result<Option<Typed>, NoMemory> {
    let own = (unit.code.name == name).then_some(unit.code);
    let found = own.or_else(|| unit.siblings.iter().find(|code| code.name == name && code.kind == Kind::Viper));
    let Some(code) = found else { return Ok(None) };
    let Ok((annotated, result)) = annotations(code, unit.names)? else { return Ok(None) };
    let mut locals = Vec::new();
    for ty in annotated.into_iter().take(usize::from(code.n_pos_args)) {
        let Some(ty) = ty else { return Ok(None) };
        locals.push(ty)?;
    }
    let types = Types { locals, labels: Vec::new(), result, positive: Vec::new() };
    let signature = Signature::of(&Unit { code, ..*unit }, &types);
    Ok((signature != Signature::NONE).then_some((types.locals, result, signature)))
}

/// Whether a function calls itself and runs no code of others.
pub fn is_closed(given: &Given<'_>) -> bool {
    let code = given.unit.code;
    let types = given.types;
    let words = types.result != Ty::Object && types.locals.iter().all(|ty| *ty != Ty::Object);
    let own = given.sites.iter().all(|site| site.name == code.name && site.types.is_some());
    let takes = Signature::of(given.unit, types) != Signature::NONE;
    let runs_only = |(at, op): (usize, &Op)| match *op {
        Op::LoadGlobal(name) => {
            cast_named(given.unit.names, name).is_some() || given.sites.iter().any(|site| site.load == at)
        }
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
        Op::CallFunction(args) => given.sites.iter().any(|site| site.call == at) || args.slots() == 1,
        _ => false,
    };
    !given.sites.is_empty() && words && own && takes && code.ops.iter().enumerate().all(runs_only)
}

impl Viper<'_> {
    /// The value of a global as a cache of the function knows it; to `miss` if it does not.
    pub fn cached_global(&mut self, number: usize, miss: ir::Block) -> V {
        let function = self.function();
        let raw = self.b.load(Width::Word, function, code::OF_FUNCTION as i32);
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
        self.role == Role::Closed && self.given.sites.iter().any(|site| site.load == self.at)
    }

    /// A call of a global as a viper function. False if it cannot be one.
    pub fn call_direct(&mut self, args: Args) -> bool {
        let given = self.given;
        let Some(site) = given.sites.iter().find(|site| site.call == self.at) else { return false };
        let operands = self.pop_many(usize::from(args.n_pos));
        let callee = self.pop();
        let callee = match self.role {
            Role::Closed => None,
            Role::Door | Role::Open => Some(self.reg(callee)),
        };
        let target = self.target(site, &operands);
        let fits = target.params.len() == operands.len()
            && operands.iter().zip(&target.params).all(|(operand, ty)| vty::passes(known(*operand), *ty));
        if !fits || target.signature == Signature::NONE {
            let callee = self.callee(callee, site);
            self.push_object(callee);
            for operand in operands {
                self.push_operand(operand);
            }
            return false;
        }
        let result = target.result;
        let made = self.b.vreg(class(result));
        let (slow, join) = (self.b.cold_block(), self.b.block());
        let (entry, first) = match (self.ground, callee) {
            (Ground::Gate(gate), None) => {
                let core = self.b.load(Width::Word, gate, gate::CORE);
                self.b.exit(Cc::Eq, core, 0, slow);
                (core, [Some(gate), None])
            }
            (Ground::Words { vm, .. }, Some(callee)) => {
                (self.checked_entry(callee, &target, slow), [Some(vm), Some(callee)])
            }
            // There is a gate where there is no callee.
            (Ground::Gate(_), Some(_)) | (Ground::Words { .. }, None) => return false,
        };
        let (mut words, mut reaches) = (Vec::new(), Vec::new());
        self.b.held(words.extend(first.into_iter().flatten()));
        for (&operand, &ty) in operands.iter().zip(&target.params) {
            let typed = self.convert(operand, ty);
            let word = self.reg(typed);
            self.b.held(words.push(word));
            if self.checks() && matches!(ty, Ty::Ptr(_)) {
                let reach = self.reach(typed);
                self.b.held(reaches.push(reach));
            }
        }
        self.b.held(words.append(&mut reaches));
        let raised = self.raising(None);
        let answer = self.enter_core(entry, &words, result, raised);
        self.b.copy(made, answer);
        self.b.jump(join);
        self.b.start(slow);
        let mut objects = Vec::new();
        let callee = self.callee(callee, site);
        self.b.held(objects.push(callee));
        for operand in operands {
            let v = self.object(operand);
            self.b.held(objects.push(v));
        }
        let area = self.laid_out(&objects);
        let (n_pos, n_kw) = (self.b.int(i64::from(args.n_pos)), self.b.int(0));
        let object = self.call(Helper::Call, &[area, n_pos, n_kw]);
        let unboxed = self.unbox(object, result);
        self.b.copy(made, unboxed);
        self.b.start(join);
        let operand = Operand { value: Value::Reg(made), ty: result };
        let operand = if self.cast_next().is_some() { operand } else { self.convert(operand, Ty::Object) };
        self.push_operand(operand);
        true
    }

    /// What the called function is taken for.
    fn target(&mut self, site: &Site, operands: &[Operand<Ty>]) -> Target {
        let mut params = Vec::new();
        if let Some((types, result, signature)) = &site.types {
            self.b.held(params.extend_from_slice(types));
            return Target { params, result: *result, signature: *signature, own_module: true };
        }
        self.b.held(params.extend(operands.iter().map(|operand| operand.ty.of_local())));
        let result = self.cast_next().unwrap_or(Ty::Object);
        let signature = Signature::made(&params, result, true);
        Target { params, result, signature, own_module: false }
    }

    /// The type that the result is cast to at once.
    fn cast_next(&self) -> Option<Ty> {
        match (self.stack.peek(0), self.next()) {
            (Some(Operand { ty: Ty::Cast(target), .. }), Some(Op::CallFunction(args))) if args.slots() == 1 => {
                Some(target.ty())
            }
            _ => None,
        }
    }

    /// What is called, as an object.
    fn callee(&mut self, callee: Option<V>, site: &Site) -> V {
        match callee {
            Some(callee) => callee,
            None => self.global(site.name, site.cache),
        }
    }

    /// Where a function takes words, if it is one of that signature; else to `slow`.
    fn checked_entry(&mut self, callee: V, target: &Target, slow: ir::Block) -> V {
        self.b.exit(Cc::Bits, callee, word::POINTER_MASK, slow);
        let ty = self.b.load(Width::Word, callee, 0);
        let function = self.b.int(Exact::Function.word() as i64);
        self.b.exit(Cc::Ne, ty, function, slow);
        let raw = self.b.load(Width::Word, callee, code::OF_FUNCTION as i32);
        let takes = self.b.load(Width::U8, raw, code::TAKES_WORDS as i32);
        self.b.exit(Cc::Eq, takes, 0, slow);
        let door = self.b.load(Width::Word, raw, code::NATIVE as i32);
        let found = self.b.load(Width::Word, door, header::SIGNATURE);
        let wanted = self.b.int(target.signature.0 as i64);
        self.b.exit(Cc::Ne, found, wanted, slow);
        if target.own_module {
            let own = self.function();
            let own = self.b.load(Width::Word, own, code::OF_FUNCTION as i32);
            let (context, own) = (
                self.b.load(Width::Word, raw, code::CONTEXT as i32),
                self.b.load(Width::Word, own, code::CONTEXT as i32),
            );
            self.b.exit(Cc::Ne, context, own, slow);
        }
        let distance = self.b.load(Width::Word, door, header::WORDS);
        self.b.alu(Alu::Add, door, distance)
    }
}
