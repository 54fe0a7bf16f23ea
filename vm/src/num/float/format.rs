//! `repr(x)` and `format(x, spec)`: where the digits go. Width, fill and zero padding are the caller's.

use super::decimal::{EXACT, SHORTEST, Span, exact, round, shortest};
use core::fmt::{self, Write};

/// Which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `%f`
    Fixed,
    /// `%e`
    Exponent,
    /// `%g` and `%n`
    General,
    /// `%%` of format(): a hundredfold, fixed, with a percent sign.
    Percent,
    /// No letter: shortest digits, or with a precision like `%g`; always with a point or an exponent.
    Plain,
}

/// What stands before a number that is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing.
    Minus,
    /// A plus.
    Plus,
    /// A space.
    Space,
}

/// How a float is written.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Which form.
    pub kind: Kind,
    /// Digits after the point, or significant ones for [`Kind::General`]; six if absent. Any count is exact.
    pub precision: Option<usize>,
    /// Sign of numbers that are not negative.
    pub sign: Sign,
    /// What is rounded to zero has no minus.
    pub no_minus_zero: bool,
    /// `#`: the point always, and `%g` keeps its zeros.
    pub alternate: bool,
    /// Capitals: `1E+05`, `INF`.
    pub upper: bool,
    /// Separator of thousands before the point.
    pub group: Option<u8>,
}

impl Layout {
    /// As `repr()` writes it.
    pub const PLAIN: Layout = Layout {
        kind: Kind::Plain,
        precision: None,
        sign: Sign::Minus,
        no_minus_zero: false,
        alternate: false,
        upper: false,
        group: None,
    };
}

/// `repr(x)`, on the stack.
#[derive(Clone, Copy, Debug)]
pub struct Repr {
    bytes: [u8; 32],
    len: usize,
}

impl Repr {
    /// Writes `x`.
    pub fn new(x: f64) -> Repr {
        let mut text = Repr { bytes: [0; 32], len: 0 };
        // 24 characters is the longest, so the buffer takes it.
        let _ = format(&mut text, x, Layout::PLAIN);
        text
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}

impl Write for Repr {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len + text.len();
        self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

/// Bytes that [`format`] writes.
pub fn format_len(x: f64, layout: Layout) -> usize {
    struct Count(usize);
    impl Write for Count {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }
    let mut count = Count(0);
    // Counting cannot fail.
    let _ = format(&mut count, x, layout);
    count.0
}

/// Writes `x`; the only errors are those of `out`.
pub fn format(out: &mut dyn Write, x: f64, layout: Layout) -> fmt::Result {
    match layout.sign {
        _ if x.is_sign_negative() && !x.is_nan() && !(layout.no_minus_zero && vanishes(x, layout)) => {
            out.write_char('-')?
        }
        Sign::Minus => {}
        Sign::Plus => out.write_char('+')?,
        Sign::Space => out.write_char(' ')?,
    }
    let x = if layout.kind == Kind::Percent { x * 100.0 } else { x };
    if x.is_finite() {
        finite(out, x, layout)?;
    } else {
        out.write_str(match (x.is_nan(), layout.upper) {
            (true, false) => "nan",
            (true, true) => "NAN",
            (false, false) => "inf",
            (false, true) => "INF",
        })?;
    }
    if layout.kind == Kind::Percent { out.write_char('%') } else { Ok(()) }
}

/// Writes `x` rounded to a multiple of `10**places`, exactly, halves to even.
pub fn round_whole(out: &mut dyn Write, x: f64, places: usize) -> fmt::Result {
    if x.is_sign_negative() {
        out.write_char('-')?;
    }
    let mut digits = [0; EXACT];
    let span = exact(&mut digits, x);
    let Span { len, point } = round(&mut digits, span, i64::from(span.point) - places as i64);
    fixed(out, Digits { text: &digits[..len], point }, 0, Layout::PLAIN)
}

/// Whether nothing but zeros is left of `x`.
fn vanishes(x: f64, layout: Layout) -> bool {
    if x == 0.0 {
        return true;
    }
    let places = match (layout.kind, layout.precision) {
        (Kind::Fixed | Kind::Percent, places) => places.unwrap_or(6),
        (Kind::Exponent | Kind::General | Kind::Plain, _) => return false,
    };
    let x = if layout.kind == Kind::Percent { x * 100.0 } else { x };
    if !x.is_finite() {
        return false;
    }
    let mut digits = [0; EXACT];
    let span = exact(&mut digits, x);
    round(&mut digits, span, i64::from(span.point) + places.min(1 << 20) as i64).len == 0
}

fn finite(out: &mut dyn Write, x: f64, layout: Layout) -> fmt::Result {
    if layout.kind == Kind::Plain && layout.precision.is_none() {
        let mut digits = [0; SHORTEST];
        let span = shortest(&mut digits, x);
        return general(out, Digits { text: &digits[..span.len], point: span.point }, 17, layout);
    }
    let mut digits = [0; EXACT];
    let span = exact(&mut digits, x);
    // No double has this many digits, so a longer precision is all zeros at the end.
    let precision = layout.precision.unwrap_or(6);
    let cut = precision.min(1 << 20) as i64;
    let keep = match layout.kind {
        Kind::Fixed | Kind::Percent => i64::from(span.point) + cut,
        Kind::Exponent => cut + 1,
        Kind::General | Kind::Plain => cut.max(1),
    };
    let Span { len, point } = round(&mut digits, span, keep);
    let digits = Digits { text: &digits[..len], point };
    match layout.kind {
        Kind::Fixed | Kind::Percent => fixed(out, digits, precision, layout),
        Kind::Exponent => exponent(out, digits, precision, layout),
        Kind::General | Kind::Plain => general(out, digits, precision.max(1), layout),
    }
}

/// Significant digits and where the point stands among them.
#[derive(Clone, Copy)]
struct Digits<'a> {
    text: &'a [u8],
    point: i32,
}

impl Digits<'_> {
    /// Writes the places `from..to`, counted from the first digit; those without a digit are zeros.
    fn write(self, out: &mut dyn Write, from: i64, to: usize) -> fmt::Result {
        let before = from.min(0).unsigned_abs() as usize;
        zeros(out, before.min(to))?;
        let start = (from.max(0) as usize).min(self.text.len());
        let rest = to.saturating_sub(before);
        let end = start.saturating_add(rest).min(self.text.len());
        out.write_str(core::str::from_utf8(&self.text[start..end]).map_err(|_| fmt::Error)?)?;
        zeros(out, rest - (end - start))
    }
}

fn fixed(out: &mut dyn Write, digits: Digits<'_>, places: usize, layout: Layout) -> fmt::Result {
    let whole = digits.point.max(0) as usize;
    match layout.group {
        _ if whole == 0 => out.write_char('0')?,
        None => digits.write(out, 0, whole)?,
        Some(separator) => {
            let mut at = 0;
            while at < whole {
                let step = (whole - at - 1) % 3 + 1;
                digits.write(out, at as i64, step)?;
                at += step;
                if at < whole {
                    out.write_char(char::from(separator))?;
                }
            }
        }
    }
    point(out, places, layout)?;
    digits.write(out, i64::from(digits.point), places)
}

fn exponent(out: &mut dyn Write, digits: Digits<'_>, places: usize, layout: Layout) -> fmt::Result {
    digits.write(out, 0, 1)?;
    point(out, places, layout)?;
    digits.write(out, 1, places)?;
    let letter = if layout.upper { 'E' } else { 'e' };
    let power = digits.point - 1;
    let sign = if power < 0 { '-' } else { '+' };
    write!(out, "{letter}{sign}{:02}", power.unsigned_abs())
}

/// Fixed or with an exponent, whichever suits the size of the number.
fn general(out: &mut dyn Write, digits: Digits<'_>, precision: usize, layout: Layout) -> fmt::Result {
    let plain = layout.kind == Kind::Plain;
    let limit = if plain { precision - 1 } else { precision };
    let keep_zeros = layout.alternate && !(plain && layout.precision.is_none());
    if digits.point > -4 && i64::from(digits.point) <= limit as i64 {
        let most = (precision as i64 - i64::from(digits.point)).max(0);
        let used = (digits.text.len() as i64 - i64::from(digits.point)).max(i64::from(plain));
        fixed(out, digits, if keep_zeros { most.max(i64::from(plain)) } else { used } as usize, layout)
    } else {
        let used = digits.text.len().saturating_sub(1);
        exponent(out, digits, if keep_zeros { precision - 1 } else { used }, layout)
    }
}

fn point(out: &mut dyn Write, places: usize, layout: Layout) -> fmt::Result {
    if places > 0 || layout.alternate { out.write_char('.') } else { Ok(()) }
}

fn zeros(out: &mut dyn Write, count: usize) -> fmt::Result {
    const ZEROS: &str = "00000000000000000000000000000000";
    let mut rest = count;
    while rest > 0 {
        let step = rest.min(ZEROS.len());
        out.write_str(&ZEROS[..step])?;
        rest -= step;
    }
    Ok(())
}
