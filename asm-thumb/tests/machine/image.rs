//! The image of a board: what starts, what runs the functions, what they call, and how results come out.

use std::io::Write;
use std::process::{Command, Stdio};

use asm_thumb::Operand::{Cond as If, Imm, Reg as R, Single as S, To};
use asm_thumb::{Cond, Isa, Operand, Reg, Single, assemble};
use ir::random::{DATA, DATA_LEN};

pub const ISA: Isa = Isa::V7EMF;
/// Where the functions' memory lies on the board, and where results are gathered.
pub const MEMORY: u32 = 0x2000_0000;
pub const RESULTS: u32 = 0x2001_0000;
pub const STACK: u32 = 0x2040_0000;
/// Words of a run: function, two words, a float, initial memory.
pub const RECORD: usize = 20;
/// Bytes a run leaves: what it returned, what should not have changed, the data.
pub const RESULT: usize = 8 + DATA_LEN;
/// What r8 to r11 and s16 hold while functions run.
pub const SENTINELS: [u32; 5] = [0x8888_0001, 0x9999_0002, 0xaaaa_0004, 0xbbbb_0008, 0x4048_f5c3];

#[derive(Default)]
pub struct Image {
    pub bytes: Vec<u8>,
}

impl Image {
    pub fn op(&mut self, name: &str, operands: &[Operand]) {
        let code = assemble(ISA, name, operands).unwrap_or_else(|error| panic!("{name} {operands:?}: {error}"));
        self.bytes.extend_from_slice(code.bytes());
    }

    /// Appends a word; where it is.
    pub fn word(&mut self, word: u32) -> u32 {
        let at = self.align();
        self.bytes.extend_from_slice(&word.to_le_bytes());
        at
    }

    /// Goes on at a whole word.
    pub fn align(&mut self) -> u32 {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self.bytes.len() as u32
    }

    fn constant(&mut self, reg: Reg, value: u32) {
        self.op("movw", &[R(reg), Imm((value & 0xffff) as i32)]);
        self.op("movt", &[R(reg), Imm((value >> 16) as i32)]);
    }

    /// A jump back to `start`.
    pub fn back(&mut self, name: &str, start: usize) {
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
    pub fn helpers(&mut self) -> [u32; 4] {
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
    pub fn driver(&mut self, records: u32, runs: u32, console: u32, out: u32) -> u32 {
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
    pub fn elf(&self, entry: u32) -> Vec<u8> {
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

/// What an image prints on the board.
pub fn board(elf: &[u8]) -> Vec<u8> {
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
