//! Number literals.

use crate::mem::{NoMemory, Vec};

/// The value of a literal.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Number {
    /// Fits 64 bits.
    Int(i64),
    /// Larger: its digits in this base were appended to the output.
    Big(u8),
    /// A float.
    Float(f64),
    /// An imaginary number.
    Imaginary(f64),
}

/// Why a literal has no value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumberError {
    /// What the SyntaxError says.
    Invalid(&'static str),
    /// No memory for the digits.
    NoMemory,
}

impl From<NoMemory> for NumberError {
    fn from(NoMemory: NoMemory) -> Self {
        NumberError::NoMemory
    }
}

/// Words that may follow a number without a space.
const MAY_FOLLOW: [&[u8]; 8] = [b"and", b"else", b"for", b"if", b"in", b"is", b"not", b"or"];

/// Length of the literal at the start of `bytes`, which starts with a digit or with `.` and a digit. What may not follow
/// a number is part of it, so that `parse` rejects the whole.
pub fn scan(bytes: &[u8]) -> usize {
    let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
    let run = |mut end: usize, digit: fn(&u8) -> bool| {
        while bytes.get(end).is_some_and(|byte| *byte == b'_' || digit(byte)) {
            end += 1;
        }
        end
    };
    let mut end = if at(0) == b'0' && matches!(at(1) | 32, b'x' | b'o' | b'b') {
        run(2, if at(1) | 32 == b'x' { u8::is_ascii_hexdigit } else { u8::is_ascii_digit })
    } else {
        let mut end = run(0, u8::is_ascii_digit);
        if at(end) == b'.' {
            end = run(end + 1, u8::is_ascii_digit);
        }
        if at(end) | 32 == b'e' {
            let sign = usize::from(matches!(at(end + 1), b'+' | b'-'));
            if at(end + 1 + sign).is_ascii_digit() {
                end = run(end + 1 + sign, u8::is_ascii_digit);
            }
        }
        if at(end) | 32 == b'j' {
            end += 1;
        }
        end
    };
    let rest = bytes.get(end..).unwrap_or(&[]);
    let tail = rest.iter().take_while(|byte| is_word(**byte)).count();
    if tail > 0 && !rest.get(..tail).is_some_and(|word| MAY_FOLLOW.contains(&word)) {
        end += tail;
    }
    end
}

/// Part of a name.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The value of a literal. Digits of a large one are appended to `out`; nothing else is left there.
pub fn parse(text: &[u8], out: &mut Vec<u8>) -> Result<Number, NumberError> {
    let prefix = match text {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    if prefix != 0 {
        let digits = text.get(2..).unwrap_or(&[]);
        return int(digits.strip_prefix(b"_").unwrap_or(digits), prefix, out);
    }
    if !text.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E' | b'j' | b'J')) {
        let leading_zero = text.first() == Some(&b'0') && text.iter().any(|byte| !matches!(byte, b'0' | b'_'));
        if leading_zero {
            return Err(NumberError::Invalid(invalid_int(10)));
        }
        return int(text, 10, out);
    }
    float(text, out)
}

fn int(digits: &[u8], base: u8, out: &mut Vec<u8>) -> Result<Number, NumberError> {
    let mut value = Some(0i64);
    let mut after_digit = false;
    for &byte in digits {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            b'_' if after_digit => {
                after_digit = false;
                continue;
            }
            _ => 16,
        };
        if digit >= base {
            return Err(NumberError::Invalid(invalid_int(base)));
        }
        after_digit = true;
        value = value.and_then(|value| value.checked_mul(base.into())?.checked_add(digit.into()));
    }
    if !after_digit {
        return Err(NumberError::Invalid(invalid_int(base)));
    }
    match value {
        Some(value) => Ok(Number::Int(value)),
        None => {
            for &byte in digits.iter().filter(|byte| **byte != b'_') {
                out.push(byte)?;
            }
            Ok(Number::Big(base))
        }
    }
}

fn invalid_int(base: u8) -> &'static str {
    match base {
        2 => "invalid syntax for integer with base 2",
        8 => "invalid syntax for integer with base 8",
        16 => "invalid syntax for integer with base 16",
        _ => "invalid syntax for integer with base 10",
    }
}

fn float(text: &[u8], out: &mut Vec<u8>) -> Result<Number, NumberError> {
    const INVALID: NumberError = NumberError::Invalid("invalid syntax for number");
    let (digits, imaginary) = match text {
        [digits @ .., b'j' | b'J'] => (digits, true),
        _ => (text, false),
    };
    let mark = out.len();
    let mut before = 0u8;
    for (index, &byte) in digits.iter().enumerate() {
        let after = digits.get(index + 1).copied().unwrap_or(0);
        match byte {
            b'_' if before.is_ascii_digit() && after.is_ascii_digit() => {}
            b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-' => out.push(byte)?,
            _ => return Err(INVALID),
        }
        before = byte;
    }
    let value = out.get(mark..).and_then(crate::num::float::read);
    out.truncate(mark);
    match value {
        Some(value) if imaginary => Ok(Number::Imaginary(value)),
        Some(value) => Ok(Number::Float(value)),
        None => Err(INVALID),
    }
}

/// What is wrong with a literal, in bytes of it.
#[cfg(feature = "diagnostics")]
pub struct Complaint {
    /// Start of the part to show.
    pub start: u32,
    /// End of it.
    pub end: u32,
    /// What to say.
    pub message: &'static str,
    /// The character the message is about.
    pub at: u32,
}

/// What is wrong with a literal, if something is.
#[cfg(feature = "diagnostics")]
pub fn complaint(text: &[u8]) -> Option<Complaint> {
    match parse(text, &mut Vec::new()) {
        Err(NumberError::Invalid(_)) => {}
        Ok(_) | Err(NumberError::NoMemory) => return None,
    }
    let byte = |at: usize| text.get(at).copied().unwrap_or(0);
    let (base, message) = match byte(1) | 32 {
        b'x' if byte(0) == b'0' => (16, "invalid hexadecimal literal"),
        b'o' if byte(0) == b'0' => (8, "invalid octal literal"),
        b'b' if byte(0) == b'0' => (2, "invalid binary literal"),
        _ => (10, "invalid decimal literal"),
    };
    let first = if base == 10 { 0 } else { 2 };
    let digits = |from: usize, base: u32| {
        let mut at = from;
        let is_digit = |at: usize| (byte(at) as char).is_digit(base);
        while is_digit(at) || (byte(at) == b'_' && is_digit(at + 1)) {
            at += 1;
        }
        at
    };
    let end = digits(first, base);
    let one = |at: usize, message| Complaint { start: at as u32, end: at as u32 + 1, message, at: at as u32 };
    if base < 10 && byte(end).is_ascii_digit() {
        let message =
            if base == 8 { "invalid digit '{c}' in octal literal" } else { "invalid digit '{c}' in binary literal" };
        return Some(one(end, message));
    }
    if base == 10 && end == text.len() {
        let zeros = text.iter().take_while(|byte| matches!(byte, b'0' | b'_')).count() as u32;
        let message =
            "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
        return Some(Complaint { start: 0, end: zeros, message, at: 0 });
    }
    // A fraction, an exponent, and the `j` of an imaginary number may stand before what is wrong.
    let (mut end, mut message) = (end, message);
    if base == 10 {
        if byte(end) == b'.' {
            end = digits(end + 1, 10);
        }
        let sign = usize::from(matches!(byte(end + 1), b'+' | b'-'));
        if byte(end) | 32 == b'e' && byte(end + 1 + sign).is_ascii_digit() {
            end = digits(end + 1 + sign, 10);
        }
        if byte(end) | 32 == b'j' {
            (end, message) = (end + 1, "invalid imaginary literal");
        }
        if byte(end) == b'_' {
            end += 1;
        }
    } else if byte(end) == b'_' {
        end += 1;
    }
    Some(one(end.saturating_sub(1), message))
}

#[cfg(test)]
mod tests {
    use super::{Number, NumberError, parse, scan};
    use crate::mem::Vec;

    fn value(text: &str) -> Option<Number> {
        parse(text.as_bytes(), &mut Vec::new()).ok()
    }

    #[test]
    fn integers() {
        assert_eq!(value("1_000"), Some(Number::Int(1000)));
        assert_eq!(value("0x_fF"), Some(Number::Int(255)));
        assert_eq!(value("0o17"), Some(Number::Int(15)));
        assert_eq!(value("0b1_0"), Some(Number::Int(2)));
        assert_eq!(value("0_0"), Some(Number::Int(0)));
        assert_eq!(value("9223372036854775807"), Some(Number::Int(i64::MAX)));
        for text in ["01", "0x", "0b2", "1__0", "1_", "0o8", "0x1_", "1a", "0x__1"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn large_integers_keep_their_digits() {
        let mut out = Vec::new();
        assert_eq!(parse(b"9_223372036854775808", &mut out), Ok(Number::Big(10)));
        assert_eq!(&*out, b"9223372036854775808");
    }

    #[test]
    fn floats() {
        assert_eq!(value("1.5e3"), Some(Number::Float(1500.0)));
        assert_eq!(value(".5"), Some(Number::Float(0.5)));
        assert_eq!(value("1."), Some(Number::Float(1.0)));
        assert_eq!(value("1_0.0_1"), Some(Number::Float(10.01)));
        assert_eq!(value("2j"), Some(Number::Imaginary(2.0)));
        assert_eq!(value("01.5"), Some(Number::Float(1.5)));
        for text in ["1e", "1_.5", "1._5", "1e_5", "1.5x"] {
            let error = parse(text.as_bytes(), &mut Vec::new());
            assert_eq!(error, Err(NumberError::Invalid("invalid syntax for number")), "{text}");
        }
    }

    #[test]
    fn a_literal_ends_where_a_keyword_or_an_attribute_starts() {
        let cases =
            [("1if", 1), ("0xfor", 3), ("1..real", 2), ("1.e5+", 4), ("1e+5j-", 5), ("12ab-", 4), ("1.real", 6)];
        for (text, len) in cases {
            assert_eq!(scan(text.as_bytes()), len, "{text}");
        }
    }
}
