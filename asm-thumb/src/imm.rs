//! Which constants fit into instructions, and how to build the rest.

use crate::isa::Isa;

/// The twelve bits that stand for this word in a wide data instruction, if any do.
pub fn pack(value: u32) -> Option<u16> {
    let byte = (value & 0xff) as u16;
    let low = value & 0xff;
    let second = value >> 8 & 0xff;
    if value == low {
        return Some(byte);
    }
    if value == low * 0x0001_0001 {
        return Some(0x100 | byte);
    }
    if value == second * 0x0100_0100 {
        return Some(0x200 | second as u16);
    }
    if value == low * 0x0101_0101 {
        return Some(0x300 | byte);
    }
    // Otherwise eight bits whose top one is set, rotated right by 8 to 31.
    let turn = value.leading_zeros() + 8;
    let bits = value.rotate_left(turn);
    (bits <= 0xff && turn <= 31).then_some((turn << 7) as u16 | (bits & 0x7f) as u16)
}

/// The word that these twelve bits stand for; nothing where the manual leaves it open.
pub fn unpack(bits: u16) -> Option<u32> {
    let byte = u32::from(bits & 0xff);
    if bits >> 10 & 3 != 0 {
        return Some((0x80 | byte & 0x7f).rotate_right(u32::from(bits >> 7 & 31)));
    }
    let times = match bits >> 8 & 3 {
        0 => return Some(byte),
        1 => 0x0001_0001,
        2 => 0x0100_0100,
        _ => 0x0101_0101,
    };
    (byte != 0).then_some(byte * times)
}

/// The halves that `movw` (low) and `movt` (high) take.
pub const fn halves(value: u32) -> (u16, u16) {
    (value as u16, (value >> 16) as u16)
}

/// A way to bring a constant into a register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Build {
    /// `movs`: two bytes; changes the flags.
    Movs(u8),
    /// `movs` then `lsls`: four bytes; changes the flags.
    MovsLsls(u8, u8),
    /// `movs` then `mvns`: four bytes; changes the flags. Carries what `movs` takes.
    MovsMvns(u8),
    /// `mov.w` with a packed constant: four bytes.
    Mov(u32),
    /// `mvn.w` with a packed constant: four bytes. Carries the inverse.
    Mvn(u32),
    /// `movw`: four bytes.
    Movw(u16),
    /// `movw` then `movt`: eight bytes.
    MovwMovt(u16, u16),
    /// `ldr` from a literal pool: two bytes and the word.
    Literal(u32),
}

/// The shortest way to bring `value` into one of r0 to r7.
pub fn build(isa: Isa, value: u32) -> Build {
    let (low, high) = halves(value);
    if let Ok(byte) = u8::try_from(value) {
        return Build::Movs(byte);
    }
    if isa.has_wide() {
        return match (pack(value), pack(!value)) {
            (Some(_), _) => Build::Mov(value),
            (None, Some(_)) => Build::Mvn(!value),
            (None, None) if high == 0 => Build::Movw(low),
            (None, None) => Build::MovwMovt(low, high),
        };
    }
    let turn = value.trailing_zeros();
    match (u8::try_from(value >> turn), u8::try_from(!value)) {
        (Ok(byte), _) => Build::MovsLsls(byte, turn as u8),
        (Err(_), Ok(byte)) => Build::MovsMvns(byte),
        (Err(_), Err(_)) => Build::Literal(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_packs_to_a_pattern_with_its_value() {
        let mut defined = 0;
        for bits in 0..0x1000 {
            let Some(value) = unpack(bits) else { continue };
            defined += 1;
            assert_eq!(pack(value), Some(bits), "{value:#x}");
        }
        assert_eq!(defined, 0x1000 - 3);
    }

    #[test]
    fn other_words_do_not_pack() {
        for value in [0x101, 0x1fe01, 0x00ff_00fe, 0xff00_ff01, 0x1234_5678, 0x8000_0001, 0xffff_ff00, 0x00ff_ff00] {
            assert_eq!(pack(value), None, "{value:#x}");
        }
    }

    #[test]
    fn builds_give_the_value_back() {
        for value in [0, 255, 256, 0x1fe0, 0xff00_0000, !0, !255, !0xff00, 0xffff, 0x1234_5678, 0x8000_0001] {
            for isa in [Isa::V6M, Isa::V7M] {
                let back = match build(isa, value) {
                    Build::Movs(byte) => u32::from(byte),
                    Build::MovsLsls(byte, turn) => u32::from(byte) << turn,
                    Build::MovsMvns(byte) => !u32::from(byte),
                    Build::Mov(word) | Build::Literal(word) => word,
                    Build::Mvn(word) => !word,
                    Build::Movw(low) => u32::from(low),
                    Build::MovwMovt(low, high) => u32::from(high) << 16 | u32::from(low),
                };
                assert_eq!(back, value);
            }
        }
        assert_eq!(build(Isa::V6M, 0x1234_5678), Build::Literal(0x1234_5678));
    }
}
