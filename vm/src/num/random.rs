//! Random numbers: Ilya Levin's Yasmarang, whose sequences MicroPython programs rely on when they set a seed.
//!
//! The algorithm is in the public domain (<http://www.literatecode.com/yasmarang>). It is not for secrets.

/// A generator and its state.
pub struct Random {
    pad: u32,
    n: u32,
    d: u32,
    dat: u8,
}

impl Random {
    /// A generator that gives the sequence of `seed`.
    pub const fn new(seed: u32) -> Random {
        Random { pad: seed, n: 69, d: 233, dat: 0 }
    }

    /// 32 random bits.
    pub fn word(&mut self) -> u32 {
        self.pad = self.pad.wrapping_add(u32::from(self.dat)).wrapping_add(self.d.wrapping_mul(self.n));
        self.pad = self.pad.rotate_left(3);
        self.n = self.pad | 2;
        self.d ^= self.pad.rotate_right(1);
        // The low bytes are meant.
        self.dat ^= (self.pad ^ (self.d >> 8) ^ 1) as u8;
        self.pad ^ (self.d << 5) ^ (self.pad >> 18) ^ (u32::from(self.dat) << 1)
    }

    /// A number below `n`, all equally likely; `n` is not zero. Up to 32 bits it costs what upstream's does.
    pub fn below(&mut self, n: u64) -> u64 {
        let mask = u64::MAX >> n.leading_zeros().min(63);
        loop {
            let mut value = u64::from(self.word());
            if mask > u64::from(u32::MAX) {
                value = value << 32 | u64::from(self.word());
            }
            let value = value & mask;
            if value < n {
                return value;
            }
        }
    }

    /// A double from 0 up to but not including 1, with 52 random bits.
    pub fn float(&mut self) -> f64 {
        let (high, low) = (u64::from(self.word()), u64::from(self.word()));
        let fraction = (high << 32 | low) & ((1 << 52) - 1);
        f64::from_bits(1.0f64.to_bits() | fraction) - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_covers_its_range() {
        let mut random = Random::new(1);
        let mut seen = [0; 5];
        for _ in 0..1000 {
            seen[random.below(5) as usize] += 1;
        }
        assert!(seen.iter().all(|count| *count > 100), "{seen:?}");
        assert!((0..100).all(|_| random.below(1) == 0));
        assert!((0..100).any(|_| random.below(1 << 40) > u64::from(u32::MAX)));
    }

    #[test]
    fn floats_are_in_range() {
        let mut random = Random::new(7);
        assert!((0..1000).map(|_| random.float()).all(|value| (0.0..1.0).contains(&value)));
    }
}
