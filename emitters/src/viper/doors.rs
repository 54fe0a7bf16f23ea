//! The ways into a function and out of it.
//!
//! A function is made of parts. Its *core* takes and returns words of their types, so that nothing in it has to be an
//! object. Its *door* is what everybody may enter: it takes arguments from objects and makes an object of the result.
//! Other viper functions call the core directly. A function that runs no code but its own has a *gate* between: it asks
//! once what the function's name means, and leaves what all calls share in its frame, so that a call passes one word more
//! than the arguments.

use super::parts::{Ground, Role, is_given};
use super::{Viper, class};
use crate::link::header;
use crate::operand::{Operand, Value};
use crate::vty::Ty;
use crate::word;
use ir::{Alu, Block, Cc, Class, Func, V, Width};
use vm::compile::emitter::EmitError;
use vm::compile::op::Local;
use vm::mem::Vec;
use vm::run::helpers::Helper;
use vm::run::layout::{code, vm as machine};
use vm::value::Obj;

/// What a core returns when it raised, unless it returns objects: then zero. A result may look the same, so the machine is
/// asked, too.
const RAISED: i32 = -0x5a5a_5a5b;

/// The words of a gate: byte offsets.
pub mod gate {
    use crate::word::BYTES;

    /// The machine.
    pub const MACHINE: i32 = 0;
    /// The function.
    pub const FUNCTION: i32 = BYTES;
    /// The core, or zero when the function's name means something else.
    pub const CORE: i32 = 2 * BYTES;
    /// Lowest address of the machine stack.
    pub const LIMIT: i32 = 3 * BYTES;
    /// How many.
    pub const WORDS: usize = 4;
}

impl Viper<'_> {
    /// Arguments from objects, the result to an object.
    pub fn door(mut self) -> Result<Func, EmitError> {
        let frame = self.b.param(Class::Word);
        self.entry();
        let (vm, function) = (self.machine(), self.function());
        // The machine and the function come first.
        let (mut words, mut given, mut reaches) = (Vec::new(), Vec::new(), Vec::new());
        words.extend([vm, function])?;
        let infos = self.unit.code.locals.iter().enumerate().filter(|(_, info)| is_given(info));
        given.extend(infos.map(|(at, _)| Local(at as u16)))?;
        // All are read before anything else is run, which may use the words.
        for at in given.iter() {
            words.push(self.b.load(Width::Word, frame, -i32::from(at.0) * word::BYTES))?;
        }
        for (&at, word) in given.iter().zip(words.iter_mut().skip(2)) {
            let (_, ty) = self.local(at);
            if ty != Ty::Object {
                *word = self.unbox(*word, ty);
            }
            if self.checks() && matches!(ty, Ty::Ptr(_)) {
                reaches.push(self.reach_of(*word))?;
            }
        }
        words.append(&mut reaches)?;
        let entry = self.entry_of(function, header::WORDS);
        let left = self.b.cold_block();
        let result = self.enter_core(entry, &words, self.types.result, left);
        let object = self.object(Operand { value: Value::Reg(result), ty: self.types.result });
        self.b.ret(Some(object));
        self.b.start(left);
        let raised = self.b.int(0);
        self.b.ret(Some(raised));
        self.finish()
    }

    /// Asks what the function's name means, and enters the core.
    pub fn gate(mut self) -> Result<Func, EmitError> {
        self.entry();
        let slot = self.b.slot(gate::WORDS);
        let words = self.b.slot_addr(slot);
        let (vm, function) = (self.machine(), self.function());
        let limit = self.b.load(Width::Word, vm, machine::MACHINE_LIMIT as i32);
        let core = self.entry_of(function, header::CORE);
        let calls = self.b.word();
        self.b.set_int(calls, 0);
        let other = self.b.block();
        if let Some(cache) = self.given.sites.first().map(|site| site.cache) {
            let value = if self.unit.caches {
                self.cached_global(cache, other)
            } else {
                let name = self.b.int(i64::from(self.unit.code.name.0));
                self.call_or(Helper::PeekGlobal, &[function, name], None)
            };
            self.b.exit(Cc::Ne, value, function, other);
            self.b.copy(calls, core);
        }
        self.b.start(other);
        for (off, v) in [(gate::MACHINE, vm), (gate::FUNCTION, function), (gate::CORE, calls), (gate::LIMIT, limit)] {
            self.b.store(Width::Word, v, words, off);
        }
        let given = self.unit.code.locals.iter().zip(self.locals.iter()).filter(|(info, _)| is_given(info));
        let given = given.map(|(_, &local)| local);
        let reaches = given.clone().filter_map(|local| self.known_reach(local));
        let mut args = Vec::new();
        args.extend([words].into_iter().chain(given).chain(reaches))?;
        let answer = self.b.call_to(core, &args, None);
        self.b.ret(Some(answer));
        self.finish()
    }

    /// An entry of a viper function by its place in the header in front of its machine code.
    fn entry_of(&mut self, function: V, place: i32) -> V {
        let raw = self.b.load(Width::Word, function, code::OF_FUNCTION as i32);
        let door = self.b.load(Width::Word, raw, code::NATIVE as i32);
        let distance = self.b.load(Width::Word, door, place);
        self.b.alu(Alu::Add, door, distance)
    }

    /// Calls a core; to `raised` when an exception waits.
    pub fn enter_core(&mut self, entry: V, words: &[V], result: Ty, raised: Block) -> V {
        if result == Ty::Object {
            return self.b.call_to(entry, words, Some(raised));
        }
        let answer = self.b.call_to(entry, words, None);
        let (suspect, on) = (self.b.cold_block(), self.b.block());
        self.b.br(Cc::Eq, answer, RAISED, suspect, on);
        self.b.start(suspect);
        let vm = self.machine();
        let waiting = self.b.load(Width::Word, vm, machine::EXCEPTION as i32);
        self.b.exit(Cc::Ne, waiting, word::imm(Obj::NULL), raised);
        self.b.jump(on);
        self.b.start(on);
        if class(result) == Class::Float { self.b.from_bits(answer) } else { answer }
    }

    /// At the start of a core that calls others directly: RecursionError in place of a stack that overflows.
    pub fn check_depth(&mut self) {
        if self.given.sites.is_empty() {
            return;
        }
        let here = self.area(1);
        let limit = match self.ground {
            Ground::Words { vm, .. } => self.b.load(Width::Word, vm, machine::MACHINE_LIMIT as i32),
            Ground::Gate(gate) => self.b.load(Width::Word, gate, gate::LIMIT),
        };
        let deep = self.raising(Some(Helper::TooDeep));
        self.b.exit(Cc::Ult, here, limit, deep);
    }

    /// Leaves the core with its result, a word of its type.
    pub fn leave(&mut self, result: V) {
        if self.waiting.is_some() {
            return self.end_generator(result);
        }
        let word = if self.types.result == Ty::Float { self.b.bits(result) } else { result };
        self.b.ret(Some(word));
    }

    /// Leaves with an exception waiting.
    pub fn leave_raised(&mut self) {
        let plain = self.role == Role::Door || self.types.result == Ty::Object;
        let raised = self.b.int(if plain { 0 } else { i64::from(RAISED) });
        self.b.ret(Some(raised));
    }
}
