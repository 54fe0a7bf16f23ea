//! Which constants fit into instructions, and how to build the rest.

/// What the four bits of `beqi bnei blti bgei` stand for.
pub const SIGNED: [i32; 16] = [-1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256];
/// What the four bits of `bltui bgeui` stand for.
pub const UNSIGNED: [i32; 16] = [32768, 65536, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256];

/// A way to bring a constant into a register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Build {
    /// `movi.n`: two bytes, -32 to 95.
    MoviN(i32),
    /// `movi`: three bytes, -2048 to 2047.
    Movi(i32),
    /// `movi` then `addmi`: six bytes.
    MoviAddmi(i32, i32),
    /// `movi` then `slli`: six bytes.
    MoviSlli(i32, i32),
    /// `l32r` from a literal pool: three bytes and the word.
    Literal(i32),
}

/// The shortest way to bring `value` into a register of a core with the density option.
pub fn build(value: i32) -> Build {
    if (-32..=95).contains(&value) {
        return Build::MoviN(value);
    }
    if (-2048..=2047).contains(&value) {
        return Build::Movi(value);
    }
    let low = i32::from(value as i8);
    let high = value.wrapping_sub(low);
    if (-32768..=32512).contains(&high) {
        return Build::MoviAddmi(low, high);
    }
    // Not zero here, so there are at most 31 zero bits at the low end.
    let turn = value.trailing_zeros();
    let top = value >> turn;
    if (-2048..=2047).contains(&top) {
        return Build::MoviSlli(top, turn as i32);
    }
    Build::Literal(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Isa, Operand, Reg, assemble};

    #[test]
    fn builds_give_the_value_back_and_fit() {
        let reg = Operand::Reg(Reg::A2);
        let fits = |name, operands: &[Operand]| assert!(assemble(Isa::Lx106, name, operands).is_ok(), "{name}");
        let edges = [0, 95, 96, -32, -33, 2047, 2048, -2048, -2049, 32639, 32640, -32896, -32897, 0x7ff0_0000];
        for value in edges.into_iter().chain([i32::MIN, i32::MAX, -1, 0x1234_5678, 1 << 30, -4096, 0xffff]) {
            let back = match build(value) {
                Build::MoviN(n) => {
                    fits("movi.n", &[reg, Operand::Imm(n)]);
                    n
                }
                Build::Movi(n) => {
                    fits("movi", &[reg, Operand::Imm(n)]);
                    n
                }
                Build::MoviAddmi(low, high) => {
                    fits("movi", &[reg, Operand::Imm(low)]);
                    fits("addmi", &[reg, reg, Operand::Imm(high)]);
                    low + high
                }
                Build::MoviSlli(top, turn) => {
                    fits("movi", &[reg, Operand::Imm(top)]);
                    fits("slli", &[reg, reg, Operand::Imm(turn)]);
                    top << turn
                }
                Build::Literal(n) => n,
            };
            assert_eq!(back, value);
        }
        assert_eq!(build(0x1234_5678), Build::Literal(0x1234_5678));
    }
}
