//! Compiled code against the reference interpreter, and against what is written here.

use super::*;
use crate::exec::CodeArena;
use ir::interp::{self, Value};
use ir::random;
use ir::{Alu, Block, Builder, Cc, Class, FloatSize, Helper, HelperSig, Inst, Ov, V};

fn builder(helpers: &'static [HelperSig]) -> Builder {
    let mut b = Builder::new("f", Word::W64, FloatSize::F64, helpers);
    b.returns(Class::Word);
    b
}

#[test]
fn a_guarded_loop_runs_and_leaves_on_overflow() {
    let mut b = builder(&[]);
    let (n, step) = (b.param(Class::Word), b.param(Class::Word));
    let (entry, head, body, end, out): (Block, Block, Block, Block, Block) =
        (b.block(), b.block(), b.block(), b.block(), b.cold_block());
    b.start(entry);
    b.line(3);
    let s = b.int(0);
    b.start(head);
    b.br(Cc::Gt, n, 0, body, end);
    b.start(body);
    b.line(4);
    b.push(Inst::AluOv { op: Ov::Add, d: s, a: s, b: step.into(), to: out });
    b.push(Inst::Alu { op: Alu::Sub, d: n, a: n, b: 1.into() });
    b.jump(head);
    b.start(out);
    b.set_int(s, -1);
    b.start(end);
    b.ret(Some(s));
    let code = Cranelift::new().compile(&b.finish().unwrap()).unwrap();
    assert!(code.lines.iter().any(|row| row.line == 4));
    let placed = CodeArena::new().place(code).unwrap();
    // SAFETY: compiled from a function of two words that returns one.
    let f = unsafe { std::mem::transmute::<*const u8, extern "C" fn(i64, i64) -> i64>(placed.entry()) };
    assert_eq!(f(10, 7), 70);
    assert_eq!(f(10, i64::MAX / 2), -1);
    assert_eq!(f(0, 7), 0);
}

static HELPERS: [HelperSig; 2] = [
    HelperSig { name: "halve", params: &[Class::Word], ret: Some(Class::Word), keeps: false },
    HelperSig { name: "scale", params: &[Class::Float, Class::Word], ret: Some(Class::Float), keeps: false },
];

extern "C" fn halve(a: u64) -> u64 {
    a / 2
}

extern "C" fn scale(a: f64, b: u64) -> f64 {
    a * b as f64
}

#[test]
fn helpers_are_called_through_the_table_and_may_fail() {
    let mut b = builder(&HELPERS);
    let (table, x): (V, V) = (b.param(Class::Word), b.param(Class::Word));
    b.table(table, 8);
    let (first, failed) = (b.block(), b.cold_block());
    b.start(first);
    let half = b.call_or(Helper::new(0).unwrap(), &[x], failed);
    let f = b.to_float(half);
    let scaled = b.call(Helper::new(1).unwrap(), &[f, x]);
    let result = b.to_int(scaled, failed);
    b.ret(Some(result));
    b.start(failed);
    let raised = b.int(0);
    b.ret(Some(raised));
    let placed = CodeArena::new().place(Cranelift::new().compile(&b.finish().unwrap()).unwrap()).unwrap();
    let table: [usize; 3] = [0, halve as *const () as usize, scale as *const () as usize];
    // SAFETY: compiled from a function of two words that returns one.
    let f = unsafe { std::mem::transmute::<*const u8, extern "C" fn(*const usize, u64) -> u64>(placed.entry()) };
    assert_eq!(f(table.as_ptr(), 10), 50);
    assert_eq!(f(table.as_ptr(), 1), 0);
    assert_eq!(f(table.as_ptr(), u64::MAX), 0, "no word holds it");
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
    // SAFETY: the functions below pass the memory they were given, and `random::poke` stays inside its data.
    unsafe { memory.add(random::DATA + random::poke(a as u32)).cast::<u32>().write_unaligned(a as u32) }
}

/// Runs one random function with several arguments both ways, and compares result and memory.
fn compare(seed: u64, back_end: &mut Cranelift, arena: &CodeArena) {
    let func = random::function(seed, Word::W64, FloatSize::F64).unwrap();
    let placed = arena.place(back_end.compile(&func).unwrap()).unwrap();
    type Compiled = extern "C" fn(*mut u8, u64, u64, f64) -> u64;
    // SAFETY: compiled from a function with these parameters, which `random::function` promises.
    let compiled = unsafe { std::mem::transmute::<*const u8, Compiled>(placed.entry()) };
    let table =
        [mix as *const () as usize, odd as *const () as usize, blend as *const () as usize, poke as *const () as usize];
    let mut dice = random::Dice(seed | 1);
    for float in [0.25, f64::NAN, -7.5e18] {
        let (a, b) = (dice.constant() as u64, dice.constant() as u64);
        let mut memory = random::memory(Word::W64, seed | 1);
        let mut bytes = memory.bytes.clone();
        for (place, helper) in bytes.chunks_mut(8).zip(table) {
            place.copy_from_slice(&helper.to_ne_bytes());
        }
        let args = [Value::Word(memory.base), Value::Word(a), Value::Word(b), Value::Float(float)];
        let wanted = interp::run(&func, &args, &mut memory, &mut random::Peers, 1_000_000).unwrap();
        let got = compiled(bytes.as_mut_ptr(), a, b, float);
        assert_eq!(wanted, Some(Value::Word(got)), "seed {seed}, arguments {a:#x}, {b:#x}, {float}");
        assert_eq!(
            memory.bytes[random::DATA..],
            bytes[random::DATA..],
            "seed {seed}, arguments {a:#x}, {b:#x}, {float}"
        );
    }
}

#[test]
fn random_functions_agree_with_the_interpreter() {
    let (mut back_end, arena) = (Cranelift::new(), CodeArena::new());
    for seed in 0..400 {
        compare(seed, &mut back_end, &arena);
    }
}

#[cfg(feature = "arm64")]
#[test]
fn code_for_aarch64_needs_no_relocations() {
    let mut back_end = Cranelift::for_machine("aarch64-unknown-linux-gnu".parse().unwrap());
    for seed in 0..100 {
        let code = back_end.compile(&random::function(seed, Word::W64, FloatSize::F64).unwrap()).unwrap();
        assert!(code.bytes.len() % 4 == 0 && code.align as usize <= 64);
    }
}

#[test]
fn a_long_function_is_compiled_quickly_and_right() {
    let mut b = builder(&[]);
    let x = b.param(Class::Word);
    let (first, out) = (b.block(), b.cold_block());
    b.start(first);
    for i in 0..LONG as i32 {
        b.push(Inst::AluOv { op: Ov::Add, d: x, a: x, b: (i % 3).into(), to: out });
        b.push(Inst::Alu { op: Alu::Xor, d: x, a: x, b: 1.into() });
    }
    b.jump(out);
    b.start(out);
    b.ret(Some(x));
    let mut back_end = Cranelift::new();
    let placed = CodeArena::new().place(back_end.compile(&b.finish().unwrap()).unwrap()).unwrap();
    assert_eq!(back_end.machines.map(|machine| machine.is_some()), [false, true, false]);
    // SAFETY: compiled from a function of one word that returns one.
    let f = unsafe { std::mem::transmute::<*const u8, extern "C" fn(i64) -> i64>(placed.entry()) };
    let wanted = (0..LONG as i64).fold(5, |x, i| (x + i % 3) ^ 1);
    assert_eq!(f(5), wanted);
}
