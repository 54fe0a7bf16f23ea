//! Digits in bases 2 to 36: bit fields for powers of two, else as many digits at once as fit a limb.

use super::{BITS, Limb, bit_len, div_limb, mul_add_limb, trim};

/// A base with what the conversions need to know about it.
#[derive(Clone, Copy, Debug)]
pub struct Radix {
    base: Limb,
    /// Digits that always fit one limb.
    digits: usize,
    /// `base ** digits`; not used for powers of two.
    power: Limb,
}

impl Radix {
    /// Ten, for the many callers that want it.
    pub const DECIMAL: Radix = Radix::with(10);

    /// `None` unless the base is from 2 to 36.
    pub const fn new(base: u32) -> Option<Radix> {
        if base < 2 || base > 36 { None } else { Some(Radix::with(base as Limb)) }
    }

    const fn with(base: Limb) -> Radix {
        let (mut digits, mut power) = (1, base);
        while let Some(next) = power.checked_mul(base) {
            (digits, power) = (digits + 1, next);
        }
        Radix { base, digits, power }
    }

    /// Bits of one digit if the base is a power of two.
    fn bits(self) -> Option<usize> {
        self.base.is_power_of_two().then(|| self.base.trailing_zeros() as usize)
    }

    /// Bytes that [`Radix::to_text`] needs for a number.
    pub fn text_len(self, a: &[Limb]) -> usize {
        match self.bits() {
            Some(bits) => bit_len(a).div_ceil(bits).max(1),
            None => (trim(a).len() * (self.digits + 1)).max(1),
        }
    }

    /// Limbs that [`from_radix`] needs for this many digits.
    pub fn limbs_len(self, n_digits: usize) -> usize {
        match self.bits() {
            Some(bits) => n_digits.div_ceil(BITS / bits),
            None => n_digits.div_ceil(self.digits),
        }
    }

    /// Writes `a` in lower-case digits without leading zeros to the front of `out` and returns how many; `a` is used up.
    /// `out`: [`Radix::text_len`].
    pub fn to_text(self, out: &mut [u8], a: &mut [Limb]) -> usize {
        let len = match self.bits() {
            Some(bits) => bit_digits(out, a, bits),
            None => self.chunk_digits(out, a),
        };
        let len = if len == 0 {
            out[0] = b'0';
            1
        } else {
            len
        };
        out[..len].reverse();
        len
    }

    fn chunk_digits(self, out: &mut [u8], a: &mut [Limb]) -> usize {
        let (mut rest, mut len) = (trim(a).len(), 0);
        while rest > 0 {
            let mut chunk = div_limb(&mut a[..rest], self.power);
            rest = trim(&a[..rest]).len();
            let end = len + self.digits;
            while chunk > 0 || (rest > 0 && len < end) {
                out[len] = digit((chunk % self.base) as u8);
                chunk /= self.base;
                len += 1;
            }
        }
        len
    }
}

/// Reads digits of either case, most significant first; other characters (underscores) are skipped and digits are not
/// checked against the base. `out`: [`Radix::limbs_len`] of the count of digits.
pub fn from_radix(out: &mut [Limb], text: &[u8], radix: Radix) -> usize {
    if let Some(bits) = radix.bits() {
        return from_bits(out, text, bits);
    }
    let (mut len, mut chunk, mut power) = (0, 0, 1);
    let mut flush = |chunk, power| {
        let carry = mul_add_limb(&mut out[..len], power, chunk);
        if carry != 0 {
            out[len] = carry;
            len += 1;
        }
        len
    };
    let mut held = 0;
    for value in text.iter().filter_map(|&c| char::from(c).to_digit(36)) {
        (chunk, power, held) = (chunk * radix.base + value as Limb, power * radix.base, held + 1);
        if held == radix.digits {
            flush(chunk, power);
            (chunk, power, held) = (0, 1, 0);
        }
    }
    flush(chunk, power)
}

fn from_bits(out: &mut [Limb], text: &[u8], bits: usize) -> usize {
    out.fill(0);
    let values = text.iter().rev().filter_map(|&c| char::from(c).to_digit(36));
    for (i, value) in values.enumerate() {
        let (at, shift) = (i * bits / BITS, i * bits % BITS);
        out[at] |= (value as Limb) << shift;
        if shift + bits > BITS {
            out[at + 1] |= value as Limb >> (BITS - shift);
        }
    }
    trim(out).len()
}

fn bit_digits(out: &mut [u8], a: &[Limb], bits: usize) -> usize {
    let len = bit_len(a).div_ceil(bits);
    for (i, c) in out[..len].iter_mut().enumerate() {
        let (at, shift) = (i * bits / BITS, i * bits % BITS);
        let high = a.get(at + 1).map_or(0, |&x| x.checked_shl((BITS - shift) as u32).unwrap_or(0));
        *c = digit(((a[at] >> shift | high) & ((1 << bits) - 1)) as u8);
    }
    len
}

/// The character of a digit below 36.
fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + (value - 10) }
}
