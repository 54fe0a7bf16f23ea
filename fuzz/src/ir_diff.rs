//! Random functions: the interpreter of the IR against Cranelift's code.

use emitters::cranelift::Cranelift;
use emitters::exec::CodeArena;
use ir::interp::{self, Value};
use ir::{Backend, FloatSize, Word, random};

use crate::targets::State;

/// Cranelift and where its code goes.
pub struct BackEnd {
    cranelift: Cranelift,
    arena: CodeArena,
    placed: usize,
}

impl Default for BackEnd {
    fn default() -> BackEnd {
        BackEnd { cranelift: Cranelift::new(), arena: CodeArena::new(), placed: 0 }
    }
}

extern "C" fn mix(a: usize, b: usize) -> usize {
    random::mix(a as u32, b as u32) as usize
}

extern "C" fn odd(a: usize) -> usize {
    random::odd(a as u32) as usize
}

extern "C" fn blend(a: f64, b: usize) -> f64 {
    random::blend(a, b as u32)
}

extern "C" fn poke(memory: *mut u8, a: usize) {
    // SAFETY: the function below passes the memory it was given, and `random::poke` stays inside its data.
    unsafe { memory.add(random::DATA + random::poke(a as u32)).cast::<u32>().write_unaligned(a as u32) }
}

/// The input is the seed of a function.
pub fn run(state: &mut State, input: &[u8]) {
    let seed = input.iter().take(8).fold(0, |seed, &byte| seed << 8 | u64::from(byte));
    let back_end = &mut state.back_end;
    if back_end.placed == 1000 {
        *back_end = BackEnd::default();
    }
    back_end.placed += 1;
    let func = random::function(seed, Word::W64, FloatSize::F64).expect("a random function");
    let code = back_end.cranelift.compile(&func).expect("machine code");
    let placed = back_end.arena.place(code).expect("room");
    type Compiled = extern "C" fn(*mut u8, u64, u64, f64) -> u64;
    // SAFETY: compiled from a function with these parameters, which `random::function` promises.
    let compiled = unsafe { std::mem::transmute::<*const u8, Compiled>(placed.entry()) };
    let table =
        [mix as *const () as usize, odd as *const () as usize, blend as *const () as usize, poke as *const () as usize];
    let mut dice = random::Dice(seed | 1);
    for float in [0.25, f64::NAN, -7.5e18, f64::INFINITY] {
        let (a, b) = (dice.constant() as u64, dice.constant() as u64);
        let mut memory = random::memory(Word::W64, seed | 1);
        let mut bytes = memory.bytes.clone();
        for (place, helper) in bytes.chunks_mut(8).zip(table) {
            place.copy_from_slice(&helper.to_ne_bytes());
        }
        let args = [Value::Word(memory.base), Value::Word(a), Value::Word(b), Value::Float(float)];
        let wanted = interp::run(&func, &args, &mut memory, &mut random::Peers, 1_000_000).expect("an end");
        let got = compiled(bytes.as_mut_ptr(), a, b, float);
        assert_eq!(wanted, Some(Value::Word(got)), "seed {seed}, arguments {a:#x}, {b:#x}, {float}");
        assert_eq!(memory.bytes.get(random::DATA..), bytes.get(random::DATA..), "seed {seed}: memory");
    }
}
