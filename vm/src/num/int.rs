//! Small ints: Python's rounding, checked shifts and powers, text in and out.

/// `a // b` rounded to minus infinity; `None` by zero or if it does not fit.
pub fn floor_div(a: i64, b: i64) -> Option<i64> {
    let quot = a.checked_div(b)?;
    Some(if a % b != 0 && (a < 0) != (b < 0) { quot - 1 } else { quot })
}

/// `a % b` with the sign of `b`; `None` by zero.
pub fn floor_mod(a: i64, b: i64) -> Option<i64> {
    if b == 0 {
        return None;
    }
    let rem = a.wrapping_rem(b);
    Some(if rem != 0 && (rem < 0) != (b < 0) { rem + b } else { rem })
}

/// `a << bits` if it fits.
pub fn shl(a: i64, bits: u64) -> Option<i64> {
    if a == 0 {
        return Some(0);
    }
    let bits = u32::try_from(bits).ok().filter(|&bits| bits < 64)?;
    let shifted = a << bits;
    (shifted >> bits == a).then_some(shifted)
}

/// `a >> bits`, all sign after 63.
pub fn shr(a: i64, bits: u64) -> i64 {
    a >> bits.min(63)
}

/// `base ** exponent` if it fits.
pub fn pow(base: i64, exponent: u64) -> Option<i64> {
    let (mut result, mut square, mut rest) = (1i64, base, exponent);
    loop {
        if rest & 1 == 1 {
            result = result.checked_mul(square)?;
        }
        rest >>= 1;
        if rest == 0 {
            return Some(result);
        }
        // A square that does not fit is certain to be used: the top bit of the exponent is one.
        square = square.checked_mul(square)?;
    }
}

/// What [`parse`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed<'a> {
    /// It fits.
    Small(i64),
    /// It does not fit an `i64`.
    Big {
        /// A minus sign stood before it.
        negative: bool,
        /// Digits and underscores, as `mpn::from_radix` takes them.
        digits: &'a [u8],
        /// The base, with base 0 resolved.
        base: u32,
    },
}

/// Reads `text` as `int(text, base)` does: blanks around, sign, prefix, underscores between digits; base 0 goes by the
/// prefix. `None` if it is no number or the base is not 0 or 2 to 36.
pub fn parse(text: &[u8], base: u32) -> Option<Parsed<'_>> {
    if base == 1 || base > 36 {
        return None;
    }
    let text = trim_blanks(text);
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let prefixed = match text {
        [b'0', mark, rest @ ..] => prefix_base(*mark).map(|base| (base, rest)),
        _ => None,
    };
    let (digits, found) = match prefixed {
        Some((found, [b'_', rest @ ..])) if base == 0 || base == found => (rest, found),
        Some((found, rest)) if base == 0 || base == found => (rest, found),
        _ => (text, if base == 0 { 10 } else { base }),
    };
    let nonzero = check_digits(digits, found)?;
    // Base 0 reads program text, where 010 is an error, because it was octal once.
    if base == 0 && found == 10 && nonzero && digits.first() == Some(&b'0') {
        return None;
    }
    let small = digits.iter().filter(|&&c| c != b'_').try_fold(0i64, |sum, &c| {
        let value = i64::from(char::from(c).to_digit(36)?);
        let sum = sum.checked_mul(i64::from(found))?;
        if negative { sum.checked_sub(value) } else { sum.checked_add(value) }
    });
    Some(small.map_or(Parsed::Big { negative, digits, base: found }, Parsed::Small))
}

/// Without the ASCII blanks on both sides, vertical tab included.
pub fn trim_blanks(text: &[u8]) -> &[u8] {
    let blank = |c: &u8| !matches!(c, b' ' | b'\t'..=b'\r');
    match (text.iter().position(blank), text.iter().rposition(blank)) {
        (Some(start), Some(last)) => &text[start..=last],
        _ => &[],
    }
}

fn prefix_base(mark: u8) -> Option<u32> {
    match mark {
        b'b' | b'B' => Some(2),
        b'o' | b'O' => Some(8),
        b'x' | b'X' => Some(16),
        _ => None,
    }
}

/// Digits of the base with single underscores between; whether one of them is not zero.
fn check_digits(digits: &[u8], base: u32) -> Option<bool> {
    let (mut nonzero, mut digit_before) = (false, false);
    for &c in digits {
        if c == b'_' {
            if !digit_before {
                return None;
            }
            digit_before = false;
        } else {
            nonzero |= char::from(c).to_digit(base)? != 0;
            digit_before = true;
        }
    }
    digit_before.then_some(nonzero)
}

/// How an int is written.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// 2 to 36; any other is taken for ten.
    pub base: u32,
    /// Put between sign and digits: `"0x"`; up to two bytes count.
    pub prefix: &'static str,
    /// Digits above nine as capitals.
    pub upper: bool,
    /// Separator between groups: of three digits, or of four if the base is a power of two.
    pub group: Option<u8>,
}

impl Layout {
    /// As `str()` writes it.
    pub const DECIMAL: Layout = Layout { base: 10, prefix: "", upper: false, group: None };
}

/// Sign, prefix, 64 digits and 21 separators.
const TEXT: usize = 1 + 2 + 64 + 21;

/// An int as text, on the stack.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    bytes: [u8; TEXT],
    start: usize,
}

impl Text {
    /// Writes `value`.
    pub fn new(value: i64, layout: Layout) -> Text {
        let base = if (2..=36).contains(&layout.base) { layout.base } else { 10 };
        let every = group_size(base);
        let mut text = Text { bytes: [0; TEXT], start: TEXT };
        let (mut rest, mut count) = (value.unsigned_abs(), 0);
        loop {
            if let Some(mark) = layout.group.filter(|_| count > 0 && count % every == 0) {
                text.push(mark);
            }
            let c = char::from_digit((rest % u64::from(base)) as u32, base).unwrap_or('0') as u8;
            text.push(if layout.upper { c.to_ascii_uppercase() } else { c });
            rest /= u64::from(base);
            count += 1;
            if rest == 0 {
                break;
            }
        }
        for &c in layout.prefix.as_bytes().iter().take(2).rev() {
            text.push(c);
        }
        if value < 0 {
            text.push(b'-');
        }
        text
    }

    /// The bytes, all ASCII.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or(&[])
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or("")
    }

    fn push(&mut self, c: u8) {
        if let Some(start) = self.start.checked_sub(1) {
            self.start = start;
            self.bytes[start] = c;
        }
    }
}

/// Digits of a group in this base.
pub fn group_size(base: u32) -> usize {
    if base.is_power_of_two() { 4 } else { 3 }
}

/// Bytes of `n_digits` digits with separators after every `every` (not zero).
pub fn grouped_len(n_digits: usize, every: usize) -> usize {
    n_digits + n_digits.saturating_sub(1) / every
}

/// Spreads the digits in `text[..n_digits]` and puts separators in, in place; returns the new length. `text`:
/// [`grouped_len`].
pub fn insert_groups(text: &mut [u8], n_digits: usize, separator: u8, every: usize) -> usize {
    let len = grouped_len(n_digits, every);
    let (mut from, mut to) = (n_digits, len);
    while from < to {
        let start = from - every;
        text.copy_within(start..from, to - every);
        to -= every + 1;
        text[to] = separator;
        from = start;
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_rounds_down() {
        for (a, b, quot, rem) in [(7, 2, 3, 1), (-7, 2, -4, 1), (7, -2, -4, -1), (-7, -2, 3, -1), (-6, 3, -2, 0)] {
            assert_eq!((floor_div(a, b), floor_mod(a, b)), (Some(quot), Some(rem)), "{a} {b}");
        }
        assert_eq!((floor_div(1, 0), floor_mod(1, 0)), (None, None));
        assert_eq!((floor_div(i64::MIN, -1), floor_mod(i64::MIN, -1)), (None, Some(0)));
    }

    #[test]
    fn shifts_and_powers_know_their_limits() {
        assert_eq!(
            (shl(1, 62), shl(1, 63), shl(-1, 63), shl(0, u64::MAX)),
            (Some(1 << 62), None, Some(i64::MIN), Some(0))
        );
        assert_eq!((shr(-5, 1), shr(-5, 1000), shr(5, 64)), (-3, -1, 0));
        assert_eq!((pow(2, 62), pow(2, 63), pow(-2, 63), pow(0, 0)), (Some(1 << 62), None, Some(i64::MIN), Some(1)));
        assert_eq!((pow(-1, u64::MAX), pow(3, 39), pow(3, 40)), (Some(-1), Some(4052555153018976267), None));
    }

    #[test]
    fn parse_follows_python() {
        let small = |text: &str, base| match parse(text.as_bytes(), base) {
            Some(Parsed::Small(value)) => Some(value),
            Some(Parsed::Big { .. }) | None => None,
        };
        let good = [
            ("1_0", 10, 10),
            ("0x_1", 0, 1),
            ("00", 0, 0),
            ("0_0", 0, 0),
            ("0x10", 16, 16),
            ("0b1", 16, 177),
            ("0o7", 8, 7),
            (" \n-5\t\x0b", 10, -5),
            ("Zz", 36, 1295),
            ("-9223372036854775808", 10, i64::MIN),
            ("+0B11", 0, 3),
        ];
        for (text, base, value) in good {
            assert_eq!(small(text, base), Some(value), "{text} {base}");
        }
        for (text, base) in [
            ("1__0", 10),
            ("_1", 10),
            ("1_", 10),
            ("010", 0),
            ("- 5", 10),
            ("0_7", 0),
            ("0x", 16),
            ("", 10),
            ("2", 2),
            ("0x__1", 0),
            ("+-1", 10),
            ("1", 1),
            ("1", 37),
            ("0x10", 10),
            ("0b", 0),
            ("é", 10),
        ] {
            assert_eq!(parse(text.as_bytes(), base), None, "{text} {base}");
        }
        let big = parse(b"-0xffff_ffff_ffff_ffff", 0);
        assert_eq!(big, Some(Parsed::Big { negative: true, digits: b"ffff_ffff_ffff_ffff", base: 16 }));
    }

    #[test]
    fn print_and_group() {
        let hex = Layout { base: 16, prefix: "0X", upper: true, group: Some(b'_') };
        assert_eq!(Text::new(-0xabcdef, hex).as_str(), "-0XAB_CDEF");
        assert_eq!(Text::new(0, Layout::DECIMAL).as_str(), "0");
        assert_eq!(Text::new(i64::MIN, Layout::DECIMAL).as_str(), "-9223372036854775808");
        let binary = Layout { base: 2, prefix: "0b", upper: false, group: Some(b'_') };
        assert_eq!(Text::new(i64::MIN, binary).as_str().len(), 1 + 2 + 64 + 15);
        let mut text = *b"1234567...";
        assert_eq!(insert_groups(&mut text, 7, b',', 3), 9);
        assert_eq!(&text[..9], b"1,234,567");
        assert_eq!(insert_groups(&mut text, 3, b',', 3), 3);
    }
}
