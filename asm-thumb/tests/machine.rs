//! Random functions of the IR: its interpreter against Thumb code that QEMU runs.
//!
//! Many functions make one image for the board `mps2-an500` (a Cortex-M7): vectors, a driver that runs each function on a
//! fresh memory and keeps what it returned and what it left there, and the helpers that the functions call. The image
//! hands its results to this program through semihosting. It is written with the assembler that is under test, so a
//! wrong encoding shows too.
//!
//!     cargo test --release -p asm-thumb --test machine -- --ignored     for FUZZ_SECONDS (60), from FUZZ_SEED (0)

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use asm_thumb::Operand::{Cond as If, Imm, Reg as R, Single as S, To};
use asm_thumb::{Cond, Isa, Operand, Reg, Single, Thumb, assemble};
use ir::interp::{self, Value};
use ir::random::{DATA, DATA_LEN, Dice, HELPERS, Peers, TABLE};
use ir::{Alu, Backend, Builder, Cc, Class, FloatSize, Func, Inst, Refused, V, Word, random, regalloc};

const ISA: Isa = Isa::V7EMF;
/// Where the functions' memory lies on the board, and where results are gathered.
const MEMORY: u32 = 0x2000_0000;
const RESULTS: u32 = 0x2001_0000;
const STACK: u32 = 0x2040_0000;
/// Words of a run: function, two words, a float, initial memory.
const RECORD: usize = 20;
/// Bytes a run leaves: what it returned, what should not have changed, the data.
const RESULT: usize = 8 + DATA_LEN;
/// What r8 to r11 and s16 hold while functions run.
const SENTINELS: [u32; 5] = [0x8888_0001, 0x9999_0002, 0xaaaa_0004, 0xbbbb_0008, 0x4048_f5c3];

/// One run of a function.
struct Run {
    seed: u64,
    func: usize,
    a: u32,
    b: u32,
    float: f32,
}

#[derive(Default)]
struct Image {
    bytes: Vec<u8>,
}

impl Image {
    fn op(&mut self, name: &str, operands: &[Operand]) {
        let code = assemble(ISA, name, operands).unwrap_or_else(|error| panic!("{name} {operands:?}: {error}"));
        self.bytes.extend_from_slice(code.bytes());
    }

    fn word(&mut self, word: u32) -> u32 {
        let at = self.align();
        self.bytes.extend_from_slice(&word.to_le_bytes());
        at
    }

    fn align(&mut self) -> u32 {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self.bytes.len() as u32
    }

    fn constant(&mut self, reg: Reg, value: u32) {
        self.op("movw", &[R(reg), Imm((value & 0xffff) as i32)]);
        self.op("movt", &[R(reg), Imm((value >> 16) as i32)]);
    }

    /// A jump back to `start`.
    fn back(&mut self, name: &str, start: usize) {
        let delta = start as i32 - self.bytes.len() as i32;
        self.op(name, &[To(delta)]);
    }

    fn halves(&mut self, halves: &[u16]) {
        halves.iter().for_each(|half| self.bytes.extend_from_slice(&half.to_le_bytes()));
    }

    /// Destroys what a call may destroy but the results.
    fn destroy(&mut self) {
        for reg in [Reg::R1, Reg::R2, Reg::R3, Reg::R12] {
            self.constant(reg, 0xdead_0000 | u32::from(reg.number()));
        }
        for single in 1..16 {
            self.op("vmov", &[S(Single::new(single)), R(Reg::R12)]);
        }
        self.op("bx", &[R(Reg::LR)]);
    }

    /// The functions that random functions call, in the order of `HELPERS`; their entries.
    fn helpers(&mut self) -> [u32; 4] {
        let (r0, r1, r2) = (Reg::R0, Reg::R1, Reg::R2);
        let mix = self.align();
        self.op("ror.w", &[R(r0), R(r0), Imm(27)]);
        self.constant(r2, 0x9e37_79b1);
        self.op("mul", &[R(r1), R(r1), R(r2)]);
        self.op("eor.w", &[R(r0), R(r0), R(r1)]);
        self.destroy();
        let odd = self.align();
        self.op("tst.w", &[R(r0), Imm(1)]);
        self.op("it", &[If(Cond::Eq)]);
        self.op("movs", &[R(r0), Imm(0)]);
        self.destroy();
        let blend = self.align();
        // Its sum is that of doubles, which only this test's board has: vcvt.f64.f32 d1, s0; vmov.f64 d2, #0.5;
        // vmul.f64 d1, d1, d2; vmov s4, r0; vcvt.f64.u32 d2, s4; vadd.f64 d1, d1, d2; vcvt.f32.f64 s0, d1.
        self.halves(&[0xeeb7, 0x1ac0, 0xeeb6, 0x2b00, 0xee21, 0x1b02, 0xee02, 0x0a10]);
        self.halves(&[0xeeb8, 0x2b42, 0xee31, 0x1b02, 0xeeb7, 0x0bc1]);
        self.destroy();
        let poke = self.align();
        self.op("movs", &[R(r2), Imm(60)]);
        self.op("udiv", &[R(Reg::R3), R(r1), R(r2)]);
        self.op("mls", &[R(r2), R(Reg::R3), R(r2), R(r1)]);
        self.op("add.w", &[R(r0), R(r0), Imm(DATA as i32)]);
        self.op("str.w", &[R(r1), R(r0), R(r2), Imm(2)]);
        self.destroy();
        [mix, odd, blend, poke]
    }

    /// Semihosting: operation in r0, its block at r1.
    fn semihost(&mut self, operation: i32) {
        self.op("movs", &[R(Reg::R0), Imm(operation)]);
        self.op("bkpt", &[Imm(0xab)]);
    }

    /// Start-up, the loop over all runs, the way out. Its words follow: each is a place to be patched.
    fn driver(&mut self, records: u32, runs: u32, console: u32, out: u32) -> u32 {
        let start = self.align();
        let (r0, r1, r2, r3) = (Reg::R0, Reg::R1, Reg::R2, Reg::R3);
        let (record, left, memory, result) = (Reg::R4, Reg::R5, Reg::R6, Reg::R7);
        // Coprocessors 10 and 11 are the float unit.
        self.constant(r0, 0xe000_ed88);
        self.constant(r1, 0x00f0_0000);
        self.op("str", &[R(r1), R(r0), Imm(0)]);
        self.op("dsb", &[]);
        self.op("isb", &[]);
        self.constant(record, records);
        self.constant(left, runs);
        self.constant(memory, MEMORY);
        self.constant(result, RESULTS);
        let each = self.bytes.len();
        for (reg, value) in [Reg::R8, Reg::R9, Reg::R10, Reg::R11, r0].into_iter().zip(SENTINELS) {
            self.constant(reg, value);
        }
        self.op("vmov", &[S(Single::new(16)), R(r0)]);
        self.op("ldr", &[R(r0), R(record), Imm(16)]);
        self.copy(r0, memory, (DATA + DATA_LEN) as u32);
        self.op("mov", &[R(r0), R(memory)]);
        self.op("ldr", &[R(r1), R(record), Imm(4)]);
        self.op("ldr", &[R(r2), R(record), Imm(8)]);
        self.op("vldr", &[S(Single::new(0)), R(record), Imm(12)]);
        self.op("ldr", &[R(r3), R(record), Imm(0)]);
        self.op("blx", &[R(r3)]);
        self.op("str", &[R(r0), R(result), Imm(0)]);
        self.op("vmov", &[R(r0), S(Single::new(16))]);
        for reg in [Reg::R8, Reg::R9, Reg::R10, Reg::R11] {
            self.op("add.w", &[R(r0), R(r0), R(reg)]);
        }
        self.op("str", &[R(r0), R(result), Imm(4)]);
        self.op("add.w", &[R(r0), R(memory), Imm(DATA as i32)]);
        self.op("add.w", &[R(result), R(result), Imm(8)]);
        self.copy(r0, result, DATA_LEN as u32);
        self.op("add.w", &[R(result), R(result), Imm(DATA_LEN as i32)]);
        self.op("add.w", &[R(record), R(record), Imm(RECORD as i32)]);
        self.op("subs", &[R(left), Imm(1)]);
        self.back("bne.w", each);
        // SYS_OPEN, SYS_WRITE, SYS_EXIT_EXTENDED.
        self.constant(r1, console);
        self.semihost(1);
        self.constant(r1, out);
        self.op("str", &[R(r0), R(r1), Imm(0)]);
        self.semihost(5);
        self.constant(r1, out + 12);
        self.semihost(0x20);
        start
    }

    /// Copies `len` bytes from where `from` points to where `to` points; takes r0 to r3.
    fn copy(&mut self, from: Reg, to: Reg, len: u32) {
        self.op("mov", &[R(Reg::R1), R(to)]);
        self.constant(Reg::R2, len / 4);
        let each = self.bytes.len();
        self.op("ldr.w", &[R(Reg::R3), R(from), Imm(0)]);
        self.op("add.w", &[R(from), R(from), Imm(4)]);
        self.op("str.w", &[R(Reg::R3), R(Reg::R1), Imm(0)]);
        self.op("adds", &[R(Reg::R1), Imm(4)]);
        self.op("subs", &[R(Reg::R2), Imm(1)]);
        self.back("bne", each);
    }

    /// The least file that QEMU takes: one segment at address 0.
    fn elf(&self, entry: u32) -> Vec<u8> {
        const HEAD: u32 = 84;
        let mut file = Vec::from(*b"\x7fELF\x01\x01\x01\0\0\0\0\0\0\0\0\0");
        let half = |file: &mut Vec<u8>, value: u16| file.extend_from_slice(&value.to_le_bytes());
        let word = |file: &mut Vec<u8>, value: u32| file.extend_from_slice(&value.to_le_bytes());
        half(&mut file, 2);
        half(&mut file, 40);
        [1, entry | 1, 52, 0, 0x0500_0000].into_iter().for_each(|value| word(&mut file, value));
        [52, 32, 1, 0, 0, 0].into_iter().for_each(|value| half(&mut file, value));
        let len = self.bytes.len() as u32;
        [1, HEAD, 0, 0, len, len, 7, 4].into_iter().for_each(|value| word(&mut file, value));
        file.extend_from_slice(&self.bytes);
        file
    }
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

/// What an image prints on the board.
fn board(elf: &[u8]) -> Vec<u8> {
    let path =
        std::env::temp_dir().join(format!("pyrite-thumb-{}-{:?}.elf", std::process::id(), std::thread::current().id()));
    std::fs::File::create(&path).and_then(|mut file| file.write_all(elf)).expect("a file for the image");
    let mut qemu = Command::new("timeout");
    qemu.args([
        "120",
        "qemu-system-arm",
        "-M",
        "mps2-an500",
        "-display",
        "none",
        "-monitor",
        "none",
        "-serial",
        "null",
    ]);
    qemu.args(["-semihosting-config", "enable=on,target=native", "-kernel"]).arg(&path);
    let output = qemu.stdin(Stdio::null()).output().expect("qemu-system-arm is installed");
    assert!(output.status.success(), "{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    let _ = std::fs::remove_file(path);
    output.stdout
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
