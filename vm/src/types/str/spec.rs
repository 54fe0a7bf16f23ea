//! Format specifications (`>10.3f`): what they say, and numbers and texts written as they say.

use core::fmt;

use super::number::{Number, grouped, zeros_for};
use super::{Builder, arg, find};
use crate::Vm;
use crate::num::float::{self as floats, Sign};
use crate::text::unicode;
use crate::types::{complex, exception, float, int};
use crate::value::{GcVec, Obj, Raise, Res};

/// Where a text stands in a field that is wider.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Align {
    Left,
    Right,
    Center,
    /// The fill goes between a number's sign and its digits.
    Inside,
}

/// A field: how wide, and what fills it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub fill: char,
    pub align: Align,
    pub width: usize,
}

/// A format specification.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec {
    pub fill: Option<char>,
    pub align: Option<Align>,
    pub sign: Sign,
    /// `-` was given, or another sign.
    pub has_sign: bool,
    /// `z`: a number that is rounded to zero has no minus.
    pub no_minus_zero: bool,
    pub alternate: bool,
    /// A zero stands before the width.
    pub zero: bool,
    pub width: usize,
    pub group: Option<u8>,
    pub precision: Option<usize>,
    /// The letter at the end; 0 if there is none.
    pub letter: u8,
}

impl Spec {
    /// What an empty specification says.
    pub const EMPTY: Spec = Spec {
        fill: None,
        align: None,
        sign: Sign::Minus,
        has_sign: false,
        no_minus_zero: false,
        alternate: false,
        zero: false,
        width: 0,
        group: None,
        precision: None,
        letter: 0,
    };

    /// Reads a specification; ValueError if it is none.
    pub fn parse(vm: &mut Vm, text: &str) -> Res<Spec> {
        let mut spec = Spec::EMPTY;
        let mut chars = text.chars();
        if let Some(fill) = chars.next()
            && let Some(align) = chars.next().and_then(align_of)
        {
            (spec.fill, spec.align) = (Some(fill), Some(align));
        } else {
            chars = text.chars();
            if let Some(align) = text.chars().next().and_then(align_of) {
                spec.align = Some(align);
                chars.next();
            }
        }
        let mut rest = chars.as_str();
        let sign = match rest.chars().next() {
            Some('+') => Some(Sign::Plus),
            Some(' ') => Some(Sign::Space),
            Some('-') => Some(Sign::Minus),
            _ => None,
        };
        if let Some(sign) = sign {
            (spec.has_sign, spec.sign) = (true, sign);
            rest = rest.get(1..).unwrap_or("");
        }
        let take = |rest: &mut &str, mark: char| match rest.strip_prefix(mark) {
            Some(more) => {
                *rest = more;
                true
            }
            None => false,
        };
        spec.no_minus_zero = take(&mut rest, 'z');
        spec.alternate = take(&mut rest, '#');
        spec.zero = rest.starts_with('0');
        spec.width = decimals(&mut rest).unwrap_or(0);
        spec.group = rest.bytes().next().filter(|mark| matches!(mark, b',' | b'_'));
        rest = rest.strip_prefix([',', '_']).unwrap_or(rest);
        if take(&mut rest, '.') {
            spec.precision = decimals(&mut rest);
            if spec.precision.is_none() {
                return Err(vm.value_error(format_args!("format specifier missing precision")));
            }
        }
        if spec.width.max(spec.precision.unwrap_or(0)) > isize::MAX as usize {
            return Err(vm.value_error(format_args!("too many decimal digits in format string")));
        }
        spec.letter = match rest.as_bytes() {
            [] => 0,
            [letter @ 1..=0x7f] => *letter,
            _ => return Err(vm.value_error(format_args!("invalid format specifier"))),
        };
        let grouped: &[u8] = match spec.group {
            Some(b',') => b"\0deEfFgG%",
            Some(_) => b"\0deEfFgG%boxX",
            None => return Ok(spec),
        };
        if grouped.contains(&spec.letter) {
            return Ok(spec);
        }
        let (mark, letter) = (char::from(spec.group.unwrap_or(b',')), char::from(spec.letter));
        Err(vm.value_error(format_args!("cannot specify '{mark}' with '{letter}'")))
    }

    /// How a float is written; `None` if the letter is none of its.
    pub fn layout(&self) -> Option<floats::Layout> {
        let kind = match self.letter.to_ascii_lowercase() {
            0 => floats::Kind::Plain,
            b'e' => floats::Kind::Exponent,
            b'f' => floats::Kind::Fixed,
            b'g' => floats::Kind::General,
            b'n' if self.letter == b'n' => floats::Kind::General,
            b'%' => floats::Kind::Percent,
            _ => return None,
        };
        Some(floats::Layout {
            kind,
            precision: self.precision,
            sign: self.sign,
            no_minus_zero: self.no_minus_zero,
            alternate: self.alternate,
            upper: self.letter.is_ascii_uppercase(),
            group: self.group,
        })
    }

    /// The field, for what stands at `align` unless the specification says otherwise.
    pub fn field(&self, align: Align) -> Field {
        let number = align == Align::Right;
        let align = self.align.unwrap_or(if self.zero && number { Align::Inside } else { align });
        let fill = self.fill.unwrap_or(if self.zero { '0' } else { ' ' });
        Field { fill, align, width: self.width }
    }
}

fn align_of(c: char) -> Option<Align> {
    Some(match c {
        '<' => Align::Left,
        '>' => Align::Right,
        '^' => Align::Center,
        '=' => Align::Inside,
        _ => return None,
    })
}

/// Takes a decimal number, in digits of any script, from the front; one that is too big becomes the biggest.
pub(super) fn decimals(rest: &mut &str) -> Option<usize> {
    let mut value = None;
    let mut chars = rest.chars();
    while let Some(digit) = chars.next().and_then(unicode::decimal) {
        value = Some(value.unwrap_or(0usize).saturating_mul(10).saturating_add(usize::from(digit)));
        *rest = chars.as_str();
    }
    value
}

/// Whether an object can be written as a specification says: a number or a text.
pub(super) fn takes(obj: Obj) -> bool {
    let obj = arg::plain(obj);
    is_int(obj) || float::value(obj).is_some() || complex::value(obj).is_some() || super::is_str(obj)
}

/// Writes an object that `takes` a specification.
pub(super) fn write(vm: &mut Vm, out: &mut Builder, obj: Obj, spec: &Spec) -> Res<()> {
    let obj = arg::plain(obj);
    if is_int(obj) {
        return write_int(vm, out, obj, spec);
    }
    if let Some(value) = float::value(obj) {
        return write_float(vm, out, obj, value, spec);
    }
    if let Some(pair) = complex::value(obj) {
        return super::complex::write(vm, out, obj, pair, spec);
    }
    if spec.has_sign {
        return Err(vm.value_error(format_args!("sign not allowed in string format specifier")));
    }
    if spec.no_minus_zero || spec.alternate {
        let mark = if spec.alternate { '#' } else { 'z' };
        return Err(vm.value_error(format_args!("'{mark}' not allowed in string format specifier")));
    }
    if spec.align == Some(Align::Inside) {
        return Err(vm.value_error(format_args!("'=' alignment not allowed in string format specifier")));
    }
    if !matches!(spec.letter, 0 | b's') {
        return Err(unknown_code(vm, obj, spec.letter));
    }
    if let Some(mark) = spec.group {
        let mark = char::from(mark);
        return Err(vm.value_error(format_args!("cannot specify '{mark}' with 's'")));
    }
    let text = arg::text(vm, obj)?;
    write_text(vm, out, text, spec.precision, spec.field(Align::Left))
}

#[cold]
pub(super) fn unknown_code(vm: &mut Vm, obj: Obj, letter: u8) -> Raise {
    let (name, letter) = (vm.type_name(obj), char::from(letter));
    vm.value_error(format_args!("unknown format code '{letter}' for object of type '{name}'"))
}

/// Whether `obj` is an int or bool.
pub(super) fn is_int(obj: Obj) -> bool {
    obj.is_small() || obj == Obj::TRUE || obj == Obj::FALSE || obj.is_exact(&int::TYPE)
}

/// Writes a text, cut to `precision` characters, in a field.
pub(super) fn write_text(
    vm: &mut Vm,
    out: &mut Builder,
    text: &[u8],
    precision: Option<usize>,
    field: Field,
) -> Res<()> {
    let cut = match precision {
        Some(chars) => text.get(..find::char_offset(text, chars)).unwrap_or(text),
        None => text,
    };
    pad(vm, out, b"", cut, field)
}

/// Writes a character given by its code.
pub(super) fn write_char(vm: &mut Vm, out: &mut Builder, obj: Obj, field: Field) -> Res<()> {
    let code = arg::int(vm, obj)?;
    match u32::try_from(code).ok().and_then(char::from_u32) {
        Some(c) => pad(vm, out, b"", c.encode_utf8(&mut [0; 4]).as_bytes(), field),
        None => Err(vm.overflow_error(format_args!("char not in range(0x110000)"))),
    }
}

fn write_int(vm: &mut Vm, out: &mut Builder, obj: Obj, spec: &Spec) -> Res<()> {
    let field = spec.field(Align::Right);
    let whole = matches!(spec.letter, 0 | b'n' | b'd' | b'b' | b'o' | b'x' | b'X' | b'c');
    if whole && spec.precision.is_some() {
        return Err(vm.value_error(format_args!("precision not allowed in integer format specifier")));
    }
    if whole && spec.no_minus_zero {
        return Err(vm.value_error(format_args!("'z' not allowed in integer format specifier")));
    }
    let (base, prefix) = match spec.letter {
        b'c' if spec.has_sign => {
            return Err(vm.value_error(format_args!("sign not allowed with integer format specifier 'c'")));
        }
        b'c' if spec.alternate => {
            return Err(vm.value_error(format_args!("'#' not allowed with integer format specifier 'c'")));
        }
        b'c' => return write_char(vm, out, obj, field),
        0 | b'n' | b'd' => (10, ""),
        b'b' => (2, "0b"),
        b'o' => (8, "0o"),
        b'x' => (16, "0x"),
        b'X' => (16, "0X"),
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%' => {
            let value = float::expect(vm, obj)?;
            return write_float(vm, out, obj, value, spec);
        }
        _ => return Err(unknown_code(vm, obj, spec.letter)),
    };
    let prefix = if spec.alternate { prefix } else { "" };
    let number = Number { base, prefix, upper: spec.letter == b'X', sign: spec.sign, group: spec.group, least: 1 };
    number.write(vm, out, obj, field)
}

fn write_float(vm: &mut Vm, out: &mut Builder, obj: Obj, value: f64, spec: &Spec) -> Res<()> {
    let Some(layout) = spec.layout() else { return Err(unknown_code(vm, obj, spec.letter)) };
    put_float(vm, out, value, layout, spec.field(Align::Right))
}

/// Writes a float in a field.
pub(super) fn put_float(vm: &mut Vm, out: &mut Builder, value: f64, layout: floats::Layout, field: Field) -> Res<()> {
    let mut text = Builder::new();
    push_float(vm, &mut text, value, layout)?;
    let signed = matches!(text.bytes().first(), Some(b'-' | b'+' | b' '));
    let (sign, digits) = text.bytes().split_at(usize::from(signed));
    let whole = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if let Some(mark) = layout.group
        && field.align == Align::Inside
        && field.fill == '0'
        && field.width > text.bytes().len()
        && whole > 0
    {
        // Zeros that fill the field are grouped with the digits before the point.
        let (whole, rest) = match digits.iter().rposition(|&byte| byte == mark) {
            // Three digits stand behind the last mark.
            Some(last) => digits.split_at(last + 4),
            None => digits.split_at(whole),
        };
        let plain = GcVec::with_capacity(vm, whole.len())?;
        for byte in whole.iter().filter(|&&byte| byte != mark) {
            plain.push(vm, *byte)?;
        }
        let room = field.width.saturating_sub(sign.len() + rest.len());
        let full = grouped(vm, plain.slice(), zeros_for(plain.len(), room, 3), 3, mark)?;
        out.push(vm, sign)?;
        out.push(vm, full.slice())?;
        return out.push(vm, rest);
    }
    pad(vm, out, sign, digits, field)
}

/// Adds a float's text.
pub(super) fn push_float(vm: &mut Vm, out: &mut Builder, value: f64, layout: floats::Layout) -> Res<()> {
    struct Adapter<'a> {
        vm: &'a mut Vm,
        out: &'a mut Builder,
        result: Res<()>,
    }
    impl fmt::Write for Adapter<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.result = self.out.push(self.vm, text.as_bytes());
            self.result.map_err(|_| fmt::Error)
        }
    }
    if layout.precision.is_some_and(|places| places > i32::MAX as usize) {
        return Err(vm.value_error(format_args!("precision too big")));
    }
    let mut adapter = Adapter { vm, out, result: Ok(()) };
    let _ = floats::format(&mut adapter, value, layout);
    adapter.result
}

/// Writes `head` and `body` in a field.
pub(super) fn pad(vm: &mut Vm, out: &mut Builder, head: &[u8], body: &[u8], field: Field) -> Res<()> {
    let missing = field.width.saturating_sub(head.len() + find::count_chars(body));
    if missing == 0 {
        out.push(vm, head)?;
        return out.push(vm, body);
    }
    if missing > isize::MAX as usize / 8 {
        return Err(vm.raise_new(&exception::MEMORY_ERROR, format_args!("field is too wide")));
    }
    // A field for which there is no memory is refused at once, not after filling all there is.
    out.reserve(vm, missing)?;
    let (before, inside) = match field.align {
        Align::Left => (0, 0),
        Align::Right => (missing, 0),
        Align::Center => (missing / 2, 0),
        Align::Inside => (0, missing),
    };
    fill(vm, out, field.fill, before)?;
    out.push(vm, head)?;
    fill(vm, out, field.fill, inside)?;
    out.push(vm, body)?;
    fill(vm, out, field.fill, missing - before - inside)
}

fn fill(vm: &mut Vm, out: &mut Builder, c: char, count: usize) -> Res<()> {
    if c.is_ascii() {
        return out.fill(vm, c as u8, count);
    }
    let mut bytes = [0; 4];
    let bytes = c.encode_utf8(&mut bytes).as_bytes();
    for _ in 0..count {
        out.push(vm, bytes)?;
    }
    Ok(())
}
