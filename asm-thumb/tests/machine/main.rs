//! Random functions of the IR: its interpreter against Thumb code that QEMU runs.
//!
//! Many functions make one image for the board `mps2-an500` (a Cortex-M7): vectors, a driver that runs each function on a
//! fresh memory and keeps what it returned and what it left there, and the helpers that the functions call. The image
//! hands its results to this program through semihosting. It is written with the assembler that is under test, so a
//! wrong encoding shows too.
//!
//!     cargo test --release -p asm-thumb --test machine -- --ignored     for FUZZ_SECONDS (60), from FUZZ_SEED (0)

mod image;

use std::time::{Duration, Instant};

use asm_thumb::Operand::Imm;
use asm_thumb::{Isa, Thumb};
use image::{ISA, Image, RESULT, RESULTS, SENTINELS, STACK, board};
use ir::interp::{self, Value};
use ir::random::{DATA, Dice, HELPERS, Peers, TABLE};
use ir::{Alu, Backend, Builder, Cc, Class, FloatSize, Func, Inst, Refused, V, Word, random, regalloc};

/// One run of a function.
struct Run {
    seed: u64,
    func: usize,
    a: u32,
    b: u32,
    float: f32,
}

fn compiled(seed: u64) -> Result<(Func, Vec<u8>), Refused> {
    let func = random::function(seed, Word::W32, FloatSize::F32)?;
    let mut thumb = Thumb { isa: ISA };
    let lives = ir::live::Lives::of(&func)?;
    let homes = regalloc::allocate(&func, &lives, &thumb.files())?;
    ir::check::check(&func, &homes, &thumb.files()).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
    let code = thumb.compile(&func)?;
    Ok((func, code.bytes))
}

/// A function of so many words that are all alive, each changed so many times in a loop.
fn large(words: usize, rounds: usize) -> Func {
    let mut b = Builder::new("large", Word::W32, FloatSize::F32, &HELPERS);
    b.returns(Class::Word);
    let memory = b.param(Class::Word);
    let (a, step) = (b.param(Class::Word), b.param(Class::Word));
    let _ = b.param(Class::Float);
    b.table(memory, TABLE as i32);
    let (first, head, end) = (b.block(), b.block(), b.block());
    b.start(first);
    let all: Vec<V> = (0..words).map(|at| b.int(at as i64 * 0x0101_0101)).collect();
    let left = b.int(3);
    b.start(head);
    for round in 0..rounds {
        for (at, &v) in all.iter().enumerate() {
            let other = all[(at * 7 + round + 1) % words];
            let op = [Alu::Add, Alu::Xor, Alu::Sub, Alu::Mul][(at + round) % 4];
            b.push(Inst::Alu { op, d: v, a: v, b: other.into() });
        }
        let out = b.cold_block();
        b.exit(Cc::Eq, all[round % words], 0x1234_5678, out);
        b.line(round as u32 + 2);
        let (here, on) = (all[0], b.block());
        b.start(on);
        b.push(Inst::Alu { op: Alu::Add, d: here, a: here, b: step.into() });
        let behind = b.block();
        b.jump(behind);
        b.start(out);
        b.push(Inst::Alu { op: Alu::Add, d: here, a: here, b: a.into() });
        b.jump(behind);
        b.start(behind);
    }
    b.push(Inst::Alu { op: Alu::Sub, d: left, a: left, b: 1.into() });
    b.br(Cc::Ne, left, 0, head, end);
    b.start(end);
    let sum = b.int(0);
    for v in all {
        b.push(Inst::Alu { op: Alu::Rotl, d: sum, a: sum, b: 5.into() });
        b.push(Inst::Alu { op: Alu::Xor, d: sum, a: sum, b: v.into() });
    }
    b.ret(Some(sum));
    b.finish().expect("a function")
}

#[test]
fn large_functions_run_or_are_refused() {
    // Words alive and rounds, bytes at least: 300 locals, 600 statements of them, more than 100 KiB of code.
    let sizes = [(300, 2, 0), (300, 20, 0), (12, 1200, 0), (40, 900, 100 * 1024)];
    let all = sizes.map(|(words, rounds, least)| {
        let func = large(words, rounds);
        let code = Thumb { isa: ISA }.compile(&func).expect("code");
        assert!(code.bytes.len() >= least, "{words} words, {rounds} rounds: {} bytes", code.bytes.len());
        assert!(code.lines.len() > rounds);
        (1, func, code.bytes)
    });
    compare_all(all.into_iter());
    // Its frame has more words than instructions reach.
    assert_eq!(Thumb { isa: ISA }.compile(&large(1200, 1)).err(), Some(Refused::TooLarge));
    assert_eq!(Thumb { isa: Isa::V6M }.compile(&large(3, 1)).err(), Some(Refused::Unsupported("v6-M")));
}

/// Runs the functions of these seeds both ways.
fn compare(seeds: std::ops::Range<u64>) {
    compare_all(seeds.map(|seed| {
        let (func, bytes) = compiled(seed).unwrap_or_else(|refused| panic!("seed {seed}: {refused:?}"));
        (seed, func, bytes)
    }));
}

/// Runs functions both ways.
fn compare_all(all: impl Iterator<Item = (u64, Func, Vec<u8>)>) {
    let mut image = Image::default();
    // Vectors: the stack, where to start, and for every fault a loop that the time limit ends.
    image.word(STACK);
    image.word(0);
    let fault = 16 * 4 + 1;
    for _ in 2..16 {
        image.word(fault);
    }
    image.op("bkpt", &[Imm(0xab)]);
    image.back("b", 16 * 4);
    let helpers = image.helpers();
    let mut funcs = Vec::new();
    let mut runs = Vec::new();
    for (seed, func, bytes) in all {
        let entry = image.align();
        image.bytes.extend_from_slice(&bytes);
        let mut dice = Dice(seed | 1);
        for float in [0.25, f32::NAN, -7.5e18, f32::INFINITY] {
            let (a, b) = (dice.constant() as u32, dice.constant() as u32);
            runs.push(Run { seed, func: funcs.len(), a, b, float });
        }
        funcs.push((func, entry));
    }
    let mut records = Vec::new();
    for run in &runs {
        let mut memory = random::memory(Word::W32, run.seed | 1);
        for (at, helper) in helpers.into_iter().enumerate() {
            memory.write(memory.base + (TABLE + at * 4) as u64, 4, u64::from(helper | 1));
        }
        let initial = image.align();
        image.bytes.extend_from_slice(&memory.bytes);
        records.extend([funcs[run.func].1 | 1, run.a, run.b, run.float.to_bits(), initial]);
    }
    let table = image.align();
    for word in records {
        image.word(word);
    }
    let name = image.align();
    image.bytes.extend_from_slice(b":tt\0");
    // Open for writing; the block of SYS_WRITE, whose handle is filled in, is in memory that can be written, as is the
    // last: ADP_Stopped_ApplicationExit and status 0.
    let console = image.align();
    for word in [name, 4, 3] {
        image.word(word);
    }
    let out = image.align();
    for word in [0, RESULTS, (runs.len() * RESULT) as u32, 0x20026, 0] {
        image.word(word);
    }
    let start = image.driver(table, runs.len() as u32, console, out);
    image.bytes[4..8].copy_from_slice(&(start | 1).to_le_bytes());
    let output = board(&image.elf(start));
    assert_eq!(output.len(), runs.len() * RESULT, "the board stopped early: seeds {} on", runs[0].seed);
    for (run, result) in runs.iter().zip(output.chunks(RESULT)) {
        check(run, &funcs[run.func].0, result);
    }
}

fn check(run: &Run, func: &Func, result: &[u8]) {
    let Run { seed, a, b, float, .. } = run;
    let mut memory = random::memory(Word::W32, seed | 1);
    let args =
        [Value::Word(memory.base), Value::Word((*a).into()), Value::Word((*b).into()), Value::Float((*float).into())];
    let wanted = interp::run(func, &args, &mut memory, &mut Peers, 1_000_000).expect("an end");
    let word = |at: usize| u32::from_le_bytes([result[at], result[at + 1], result[at + 2], result[at + 3]]);
    let of = || format!("seed {seed}, arguments {a:#x}, {b:#x}, {float}\n{func}");
    let kept = SENTINELS.into_iter().fold(0, u32::wrapping_add);
    assert_eq!(word(4), kept, "kept registers: {}", of());
    assert_eq!(Some(Value::Word(word(0).into())), wanted, "{}", of());
    assert_eq!(memory.bytes.get(DATA..), result.get(8..), "memory: {}", of());
}

#[test]
fn random_functions_mean_the_same_on_the_board() {
    assert_eq!(HELPERS.len(), 4);
    compare(0..400);
}

#[test]
#[ignore = "runs for as long as it is told"]
fn many_random_functions() {
    let number = |name: &str, default| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (limit, mut seed) = (Duration::from_secs(number("FUZZ_SECONDS", 60)), number("FUZZ_SEED", 0));
    let (start, first) = (Instant::now(), seed);
    while start.elapsed() < limit {
        compare(seed..seed + 1000);
        seed += 1000;
    }
    println!("{} functions, seeds {first}-{}, no mismatch", seed - first, seed - 1);
}
