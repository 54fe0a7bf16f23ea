//! `template % values`: formatting in the manner of C.

use super::number::Number;
use super::spec::{self, Align, Field};
use super::{Builder, arg, find};
use crate::Vm;
use crate::num::float::{self as floats, Sign};
use crate::q;
use crate::types::deque::Deque;
use crate::types::text::{Kind, Text};
use crate::types::{bytes, class, float, int, tuple};
use crate::value::{Flags, Gc, Obj, PrintKind, Raise, Res, TypeRef};

/// `template % values`, where values are a tuple, a dict, or one value.
pub(in crate::types) fn modulo(vm: &mut Vm, template: Obj, values: Obj) -> Res {
    let Some(template) = Text::of(vm, template) else { return Ok(Obj::NULL) };
    let one = [values];
    // Anything with items but a tuple or a text may be asked for keys, and need not be used up.
    let map = Some(values).filter(|values| !is_single(vm, *values, template.kind));
    let items = tuple::items(values).unwrap_or(&one);
    let mut out = Builder::new();
    let mut state = Values { items, at: 0, map, keyed: None, raw: template.kind != Kind::Str };
    let mut rest = template.bytes;
    while let Some(at) = find::find_byte(rest, b'%') {
        let (plain, more) = rest.split_at(at);
        out.push(vm, plain)?;
        rest = match more.get(1..).unwrap_or(&[]) {
            [] => return Err(incomplete(vm)),
            [b'%', more @ ..] => {
                out.push(vm, b"%")?;
                more
            }
            more => state.conversion(vm, &mut out, more, template.bytes.len())?,
        };
    }
    out.push(vm, rest)?;
    if map.is_none() && state.at != state.items.len() {
        return Err(vm.type_error(format_args!("format string didn't convert all arguments")));
    }
    template.like(vm, out.bytes())
}

/// Whether a value that is no tuple stands for itself only. A deque has places, but takes neither slices nor keys.
fn is_single(vm: &Vm, values: Obj, template: Kind) -> bool {
    let ty = values.type_of();
    let inner = arg::plain(values);
    let has_items = TypeRef::from_obj(values).is_none()
        && ty.get_item.is_some()
        && (!ty.flags.has(Flags::INSTANCE) || inner != values || class::lookup(vm, ty, q!("__getitem__")).is_some());
    // To a str only a str is a text.
    let is_text = Text::of(vm, inner).is_some_and(|text| template != Kind::Str || text.kind == Kind::Str);
    !has_items || tuple::items(inner).is_some() || is_text || Gc::<Deque>::exact(inner).is_some()
}

struct Values<'a> {
    items: &'a [Obj],
    at: usize,
    map: Option<Obj>,
    /// The value of a key, which comes next.
    keyed: Option<Obj>,
    /// The template is bytes: bytes are written as they are.
    raw: bool,
}

/// What stands between the percent sign and the letter.
#[derive(Default)]
struct Options {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

impl Values<'_> {
    fn next(&mut self, vm: &mut Vm) -> Res {
        if let Some(value) = self.keyed.take() {
            return Ok(value);
        }
        match self.items.get(self.at) {
            Some(value) => {
                self.at += 1;
                Ok(*value)
            }
            None => Err(vm.type_error(format_args!("format string needs more arguments"))),
        }
    }

    /// The number that stands for a `*`: an int, nothing that only could be one.
    fn size(&mut self, vm: &mut Vm) -> Res<isize> {
        let value = arg::plain(self.next(vm)?);
        if int::is_int(value) { arg::int(vm, value) } else { Err(vm.type_error(format_args!("* wants int"))) }
    }

    /// Writes one conversion; `rest` begins after the percent sign. Gives what follows. `total`: length of the template.
    fn conversion<'t>(&mut self, vm: &mut Vm, out: &mut Builder, rest: &'t [u8], total: usize) -> Res<&'t [u8]> {
        let mut rest = rest;
        if let Some(more) = rest.strip_prefix(b"(") {
            let Some(map) = self.map else { return Err(vm.type_error(format_args!("format needs a dict"))) };
            self.at = 1;
            let mut open = 1;
            let closes = more.iter().position(|byte| {
                open += i32::from(*byte == b'(') - i32::from(*byte == b')');
                open == 0
            });
            let Some(end) = closes else {
                return Err(vm.value_error(format_args!("incomplete format key")));
            };
            let key = more.get(..end).unwrap_or(&[]);
            let key = if self.raw { bytes::new(vm, key)? } else { super::from_utf8(vm, key)? };
            self.keyed = Some(vm.get_item(map, key)?);
            rest = more.get(end + 1..).unwrap_or(&[]);
        }
        let options = self.options(vm, &mut rest)?;
        let Some((&letter, after)) = rest.split_first() else { return Err(incomplete(vm)) };
        let value = self.next(vm)?;
        if !self.write(vm, out, letter, value, &options)? {
            let at = total - rest.len();
            let shown = char::from(letter);
            return Err(
                vm.value_error(format_args!("unsupported format character '{shown}' (0x{letter:x}) at index {at}"))
            );
        }
        Ok(after)
    }

    fn options(&mut self, vm: &mut Vm, rest: &mut &[u8]) -> Res<Options> {
        let mut options = Options::default();
        while let Some((flag, more)) = rest.split_first() {
            match flag {
                b'-' => options.left = true,
                b'+' => options.plus = true,
                b' ' => options.space = true,
                b'#' => options.alternate = true,
                b'0' => options.zero = true,
                _ => break,
            }
            *rest = more;
        }
        if let Some(more) = rest.strip_prefix(b"*") {
            *rest = more;
            let width = self.size(vm)?;
            options.left |= width < 0;
            options.width = width.unsigned_abs().min(isize::MAX as usize);
        } else {
            options.width = digits(rest).unwrap_or(0);
        }
        if let Some(more) = rest.strip_prefix(b".") {
            *rest = more;
            options.precision = Some(match rest.strip_prefix(b"*") {
                Some(more) => {
                    *rest = more;
                    let places = self.size(vm)?;
                    if i32::try_from(places).is_err() {
                        return Err(vm.overflow_error(format_args!("width or precision too big")));
                    }
                    usize::try_from(places).unwrap_or(0)
                }
                None => digits(rest).unwrap_or(0),
            });
        }
        if options.width > isize::MAX as usize || options.precision.is_some_and(|places| places > i32::MAX as usize) {
            return Err(vm.value_error(format_args!("width or precision too big")));
        }
        if let Some((b'h' | b'l' | b'L', more)) = rest.split_first() {
            *rest = more;
        }
        Ok(options)
    }

    /// Writes a value; false if there is no such conversion.
    fn write(&self, vm: &mut Vm, out: &mut Builder, letter: u8, value: Obj, options: &Options) -> Res<bool> {
        let sign = match (options.plus, options.space) {
            (true, _) => Sign::Plus,
            (false, true) => Sign::Space,
            (false, false) => Sign::Minus,
        };
        let align = if options.left { Align::Left } else { Align::Right };
        let text_field = Field { fill: ' ', align, width: options.width };
        let number_field = match (options.zero, options.left) {
            (true, false) => Field { fill: '0', align: Align::Inside, width: options.width },
            _ => text_field,
        };
        let number = |base, prefix| Number {
            base,
            prefix: if options.alternate { prefix } else { "" },
            upper: letter == b'X',
            sign,
            group: None,
            least: options.precision.unwrap_or(1),
        };
        match letter {
            b'd' | b'i' | b'u' => {
                let value = arg::plain(value);
                let value = match float::value(value) {
                    Some(value) => int::from_f64(vm, value)?,
                    None if spec::is_int(value) => value,
                    None => int::by_method(vm, value)?,
                };
                number(10, "").write(vm, out, value, number_field)?;
            }
            b'o' => {
                let value = indexed(vm, value)?;
                number(8, "0o").write(vm, out, value, number_field)?;
            }
            b'x' | b'X' => {
                let value = indexed(vm, value)?;
                number(16, if letter == b'x' { "0x" } else { "0X" }).write(vm, out, value, number_field)?;
            }
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
                let value = float::expect(vm, value)?;
                let kind = match letter.to_ascii_lowercase() {
                    b'e' => floats::Kind::Exponent,
                    b'f' => floats::Kind::Fixed,
                    _ => floats::Kind::General,
                };
                let layout = floats::Layout {
                    kind,
                    precision: options.precision,
                    sign,
                    no_minus_zero: false,
                    alternate: options.alternate,
                    upper: letter.is_ascii_uppercase(),
                    group: None,
                };
                spec::put_float(vm, out, value, layout, number_field)?;
            }
            b'c' => self.write_char(vm, out, value, text_field)?,
            b's' | b'r' | b'a' | b'b' if letter != b'b' || self.raw => {
                let mut text = Builder::new();
                if matches!(letter, b's' | b'b')
                    && self.raw
                    && let Some(bytes) = bytes::raw_of(vm, value)?
                {
                    text.push(vm, bytes)?;
                } else if letter == b'b' {
                    return Err(arg::wrong_kind(vm, value));
                } else if letter == b'a' {
                    let ascii = super::format::ascii(vm, value)?;
                    vm.print(&mut text, ascii, PrintKind::Str)?;
                } else {
                    vm.print(&mut text, value, if letter == b'r' { PrintKind::Repr } else { PrintKind::Str })?;
                }
                spec::write_text(vm, out, text.bytes(), options.precision, text_field)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn write_char(&self, vm: &mut Vm, out: &mut Builder, value: Obj, field: Field) -> Res<()> {
        let value = if class::lookup(vm, value.type_of(), q!("__index__")).is_some() {
            int::to_int(vm, value)?
        } else {
            arg::plain(value)
        };
        if let Some((bytes, chars)) = super::bytes_and_chars(vm, value) {
            if chars != 1 {
                return Err(vm.type_error(format_args!("%c needs int or char")));
            }
            return spec::pad(vm, out, b"", bytes, field);
        }
        if self.raw {
            let byte = match (bytes::raw_of(vm, value)?, value.as_small()) {
                (Some(&[byte]), _) => byte,
                (None, Some(byte @ 0..=255)) => byte as u8,
                (None, Some(_)) => return Err(vm.overflow_error(format_args!("%c arg not in range(256)"))),
                (_, _) => return Err(vm.type_error(format_args!("%c needs int or char"))),
            };
            return spec::pad(vm, out, b"", &[byte], field);
        }
        if spec::is_int(value) {
            return spec::write_char(vm, out, value, field);
        }
        Err(vm.type_error(format_args!("integer needed")))
    }
}

/// An int argument of any size, or what says that it is one.
fn indexed(vm: &mut Vm, value: Obj) -> Res {
    let ty = value.type_of();
    if spec::is_int(arg::plain(value)) || class::lookup(vm, ty, q!("__index__")).is_some() {
        return whole(vm, value);
    }
    let name = vm.type_name(value);
    Err(vm.type_error(format_args!("can't convert {name} to int")))
}

/// An int argument of any size.
fn whole(vm: &mut Vm, value: Obj) -> Res {
    let value = arg::plain(value);
    if spec::is_int(value) { Ok(value) } else { Ok(Obj::small_wrapping(arg::int(vm, value)?)) }
}

#[cold]
fn incomplete(vm: &mut Vm) -> Raise {
    vm.value_error(format_args!("incomplete format"))
}

/// Takes a decimal number from the front; one that is too big becomes the biggest.
fn digits(rest: &mut &[u8]) -> Option<usize> {
    let mut value = None;
    while let Some((digit @ b'0'..=b'9', more)) = rest.split_first() {
        value = Some(value.unwrap_or(0usize).saturating_mul(10).saturating_add(usize::from(digit - b'0')));
        *rest = more;
    }
    value
}
