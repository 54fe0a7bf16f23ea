//! `float(text)`.

use super::super::int::trim_blanks;

/// More significant digits than this change nothing but whether the number is above a tie.
const DIGITS: usize = 780;

/// Reads `text` as `float(text)` does: blanks around, sign, underscores between digits, `inf`, `nan`. `None`: no number.
pub fn parse(text: &[u8]) -> Option<f64> {
    let text = trim_blanks(text);
    if text.contains(&b'_') {
        return parse_spaced(text);
    }
    super::read(text)
}

/// With underscores: the digits move to a buffer first, where the text may be longer than any buffer.
fn parse_spaced(text: &[u8]) -> Option<f64> {
    let digit_at = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
    let alone = |at: usize| digit_at(at.checked_sub(1)) && digit_at(at.checked_add(1));
    if !text.iter().enumerate().all(|(at, &c)| c != b'_' || alone(at)) {
        return None;
    }
    let mut clean = Clean { bytes: [0; DIGITS + 32], len: 0 };
    let e = text.iter().position(|c| matches!(c, b'e' | b'E')).unwrap_or(text.len());
    let (mantissa, exponent) = text.split_at(e);
    let (mut digits, mut scale, mut after_point, mut lost) = (0, 0i64, false, false);
    for &c in mantissa.iter().filter(|&&c| c != b'_') {
        match c {
            b'.' if after_point => return None,
            b'.' => after_point = true,
            b'0'..=b'9' => {
                scale -= i64::from(after_point);
                if digits == 0 && c == b'0' && clean.len > 0 && clean.bytes[clean.len - 1] == b'0' {
                    continue;
                }
                if digits < DIGITS {
                    clean.push(c)?;
                    digits += usize::from(digits > 0 || c != b'0');
                } else {
                    lost |= c != b'0';
                    scale += 1;
                }
            }
            b'+' | b'-' if clean.len == 0 && !after_point => clean.push(c)?,
            _ => return None,
        }
    }
    if lost {
        clean.push(b'1')?;
        scale -= 1;
    }
    let written = match exponent {
        [] => 0,
        [_, rest @ ..] => read_exponent(rest)?,
    };
    clean.push(b'e')?;
    for &c in super::super::int::Text::new(written.saturating_add(scale), super::super::int::Layout::DECIMAL).as_bytes()
    {
        clean.push(c)?;
    }
    super::read(clean.bytes.get(..clean.len)?)
}

/// A sign and digits; what is beyond all exponents becomes the largest of them.
pub fn read_exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0i64;
    for &c in digits.iter().filter(|&&c| c != b'_') {
        value = value.saturating_mul(10).saturating_add(i64::from(char::from(c).to_digit(10)?));
    }
    // Half the range leaves room for the scale of any text that fits memory.
    let value = value.min(i64::MAX / 2);
    Some(if negative { -value } else { value })
}

struct Clean {
    bytes: [u8; DIGITS + 32],
    len: usize,
}

impl Clean {
    fn push(&mut self, c: u8) -> Option<()> {
        *self.bytes.get_mut(self.len)? = c;
        self.len += 1;
        Some(())
    }
}
