//! `str.format` and `format()`: templates with fields in braces. F-strings come here too.

use super::spec::{self, Spec};
use super::{Builder, arg};
use crate::Vm;
use crate::num::int::{Layout, Text};
use crate::q;
use crate::types::class::{self, Found};
use crate::value::{Args, Flags, Obj, PrintKind, Res};

/// `str.format(*args, **kwargs)`
pub(in crate::types) fn format_method(vm: &mut Vm, args: Args<'_>) -> Res {
    let [this, pos @ ..] = args.pos else { return Ok(Obj::NULL) };
    let this = crate::types::text::Text::this(vm, *this)?;
    let mut out = Builder::new();
    Formatter { pos, kw: args.kw, map: Obj::NULL, next: Numbering::Unknown, nested: false }
        .template(vm, &mut out, this.bytes)?;
    this.like(vm, out.bytes())
}

/// `str.format_map(mapping)`
pub(in crate::types) fn format_map(vm: &mut Vm, this: Obj, map: Obj) -> Res {
    let this = crate::types::text::Text::this(vm, this)?;
    let mut out = Builder::new();
    Formatter { pos: &[], kw: &[], map, next: Numbering::Unknown, nested: false }.template(vm, &mut out, this.bytes)?;
    this.like(vm, out.bytes())
}

/// `format(value, spec='')`
pub fn format_value(vm: &mut Vm, value: Obj, spec: Obj) -> Res {
    let spec = arg::text(vm, spec)?;
    let mut out = Builder::new();
    write_value(vm, &mut out, value, spec)?;
    out.finish(vm)
}

/// How fields without a name are numbered so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Unknown,
    Automatic(usize),
    Manual,
}

struct Formatter<'a> {
    pos: &'a [Obj],
    kw: &'a [(Obj, Obj)],
    /// Where names are looked up instead of in `kw`; or `Obj::NULL`.
    map: Obj,
    next: Numbering,
    /// This is the specification of a field.
    nested: bool,
}

/// A field as it stands between braces.
struct Field<'a> {
    name: &'a [u8],
    /// `r`, `s`, `a`, or 0.
    conversion: u8,
    spec: &'a [u8],
}

impl Formatter<'_> {
    fn template(&mut self, vm: &mut Vm, out: &mut Builder, template: &[u8]) -> Res<()> {
        let mut rest = template;
        loop {
            let at = rest.iter().position(|byte| matches!(byte, b'{' | b'}')).unwrap_or(rest.len());
            let (plain, more) = rest.split_at(at);
            if !plain.is_empty() {
                out.push(vm, plain)?;
            }
            rest = match more {
                [] => return Ok(()),
                [b'{', b'}', more @ ..] => {
                    let value = self.automatic(vm)?;
                    write_plain(vm, out, value)?;
                    more
                }
                [b'{', b'{', more @ ..] | [b'}', b'}', more @ ..] => {
                    out.push(vm, more_byte(rest, at))?;
                    more
                }
                [b'}', ..] => {
                    return Err(vm.value_error(format_args!("single '}}' encountered in format string")));
                }
                [_, more @ ..] => {
                    let (field, more) = parse_field(vm, more)?;
                    self.field(vm, out, &field)?;
                    more
                }
            };
        }
    }

    fn field(&mut self, vm: &mut Vm, out: &mut Builder, field: &Field<'_>) -> Res<()> {
        let value = if field.name.is_empty() { self.automatic(vm)? } else { self.named(vm, field.name)? };
        let value = match field.conversion {
            0 => value,
            b's' => super::str_of(vm, value)?,
            b'a' => ascii(vm, value)?,
            b'r' => super::repr_of(vm, value)?,
            other => {
                let other = char::from(other);
                return Err(vm.value_error(format_args!("unknown conversion specifier {other}")));
            }
        };
        if field.spec.contains(&b'{') {
            if self.nested {
                return Err(vm.value_error(format_args!("max string recursion exceeded")));
            }
            let mut nested = Builder::new();
            self.nested = true;
            self.template(vm, &mut nested, field.spec)?;
            self.nested = false;
            return write_value(vm, out, value, nested.bytes());
        }
        write_value(vm, out, value, field.spec)
    }

    #[inline]
    fn automatic(&mut self, vm: &mut Vm) -> Res {
        let at = match self.next {
            Numbering::Unknown => 0,
            Numbering::Automatic(at) => at,
            Numbering::Manual => {
                return Err(vm.value_error(format_args!(
                    "can't switch from manual field specification to automatic field numbering"
                )));
            }
        };
        self.next = Numbering::Automatic(at + 1);
        self.position(vm, at)
    }

    fn position(&self, vm: &mut Vm, at: usize) -> Res {
        match self.pos.get(at) {
            Some(value) => Ok(*value),
            None if !self.map.is_null() => {
                Err(vm.value_error(format_args!("format string contains positional fields")))
            }
            None => Err(vm.index_error(format_args!("tuple index out of range"))),
        }
    }

    /// The value of `0`, `name`, `name.attribute`, `name[key]`.
    fn named(&mut self, vm: &mut Vm, name: &[u8]) -> Res {
        let end = name.iter().position(|byte| matches!(byte, b'.' | b'[')).unwrap_or(name.len());
        let (first, mut rest) = name.split_at(end);
        let mut value = if first.is_empty() {
            self.automatic(vm)?
        } else if let Some(at) = number(vm, first)? {
            if matches!(self.next, Numbering::Automatic(_)) {
                return Err(vm.value_error(format_args!(
                    "can't switch from automatic field numbering to manual field specification"
                )));
            }
            self.next = Numbering::Manual;
            self.position(vm, at)?
        } else {
            self.keyword(vm, first)?
        };
        loop {
            let is_attribute = match rest.split_first() {
                None => return Ok(value),
                Some((mark @ (b'.' | b'['), more)) => {
                    rest = more;
                    *mark == b'.'
                }
                Some(_) => return Err(vm.value_error(format_args!("only '.' or '[' may follow ']'"))),
            };
            let stop = |byte: &u8| if is_attribute { matches!(byte, b'.' | b'[') } else { *byte == b']' };
            let end = rest.iter().position(stop).unwrap_or(rest.len());
            let (part, more) = rest.split_at(end);
            if part.is_empty() {
                return Err(vm.value_error(format_args!("empty attribute in format string")));
            }
            let key = super::from_utf8(vm, part)?;
            if is_attribute {
                if let Some(name) = super::intern(vm, key)? {
                    value = vm.get_attr(value, name)?;
                }
                rest = more;
            } else {
                let key = match number(vm, part)? {
                    Some(at) => Obj::small_wrapping(at as isize),
                    None => key,
                };
                value = vm.get_item(value, key)?;
                let Some(after) = more.get(1..) else {
                    return Err(vm.value_error(format_args!("missing ']' in format string")));
                };
                rest = after;
            }
        }
    }

    fn keyword(&self, vm: &mut Vm, name: &[u8]) -> Res {
        if !self.map.is_null() {
            let key = super::from_utf8(vm, name)?;
            return vm.get_item(self.map, key);
        }
        let found = self.kw.iter().find(|(key, _)| super::bytes_of(vm, *key) == Some(name));
        match found {
            Some((_, value)) => Ok(*value),
            None => {
                let key = super::from_utf8(vm, name)?;
                Err(vm.key_error(key))
            }
        }
    }
}

/// The number that a name is; `None` if it is none.
fn number(vm: &mut Vm, name: &[u8]) -> Res<Option<usize>> {
    let mut rest = core::str::from_utf8(name).unwrap_or_default();
    match spec::decimals(&mut rest) {
        Some(_) if !rest.is_empty() => Ok(None),
        Some(value) if value > isize::MAX as usize / 4 => {
            Err(vm.value_error(format_args!("too many decimal digits in format string")))
        }
        found => Ok(found),
    }
}

/// The brace at `at`, which stands for itself.
fn more_byte(rest: &[u8], at: usize) -> &[u8] {
    rest.get(at..at + 1).unwrap_or(&[])
}

/// Reads a field after its opening brace; gives also what follows its closing one.
fn parse_field<'a>(vm: &mut Vm, text: &'a [u8]) -> Res<(Field<'a>, &'a [u8])> {
    let mut end = 0;
    let mut in_key = false;
    while let Some(byte) = text.get(end) {
        match byte {
            b'[' => in_key = true,
            b']' => in_key = false,
            b'}' | b'!' | b':' if !in_key => break,
            b'{' if !in_key => return Err(vm.value_error(format_args!("unexpected '{{' in field name"))),
            _ => {}
        }
        end += 1;
    }
    let (name, mut rest) = text.split_at(end);
    let mut conversion = 0;
    if let Some(more) = rest.strip_prefix(b"!") {
        match more.split_first() {
            Some((letter, more)) => (conversion, rest) = (*letter, more),
            None => return Err(vm.value_error(format_args!("end of format while looking for conversion specifier"))),
        }
    }
    let mut spec: &[u8] = &[];
    if let Some(more) = rest.strip_prefix(b":") {
        let (mut depth, mut end) = (0, 0);
        while let Some(byte) = more.get(end) {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 0 => break,
                b'}' => depth -= 1,
                _ => {}
            }
            end += 1;
        }
        (spec, rest) = more.split_at(end);
    }
    match rest {
        [] => Err(vm.value_error(format_args!("unmatched '{{' in format"))),
        [b'}', rest @ ..] => Ok((Field { name, conversion, spec }, rest)),
        _ => Err(vm.value_error(format_args!("expected ':' after format specifier"))),
    }
}

/// Writes `str(value)`, with the most common types first.
#[inline]
fn write_plain(vm: &mut Vm, out: &mut Builder, value: Obj) -> Res<()> {
    if let Some(bytes) = super::bytes_of(vm, value) {
        return out.push(vm, bytes);
    }
    if let Some(value) = value.as_small() {
        return out.push(vm, Text::new(value as i64, Layout::DECIMAL).as_bytes());
    }
    if value.type_of().flags.has(Flags::INSTANCE) {
        return write_value(vm, out, value, b"");
    }
    vm.print(out, value, PrintKind::Str)
}

/// Writes a value as a specification says. A class's own `__format__` is asked first.
fn write_value(vm: &mut Vm, out: &mut Builder, value: Obj, spec: &[u8]) -> Res<()> {
    let ty = value.type_of();
    if ty.flags.has(Flags::INSTANCE)
        && let Some(found @ Found::Value(_)) = class::lookup(vm, ty, q!("__format__"))
    {
        let method = vm.bind(found, value, ty)?;
        let spec = super::from_utf8(vm, spec)?;
        let text = vm.call_bound(method, &[spec])?;
        let text = arg::text(vm, text)?;
        return out.push(vm, text);
    }
    if spec.is_empty() {
        return vm.print(out, value, PrintKind::Str);
    }
    if !spec::takes(value) {
        let name = vm.type_name(value);
        return Err(vm.type_error(format_args!("unsupported format string passed to {name}.__format__")));
    }
    let spec = Spec::parse(vm, core::str::from_utf8(spec).unwrap_or("\0"))?;
    spec::write(vm, out, value, &spec)
}

/// `ascii(obj)`: its `repr` with everything outside ASCII escaped.
pub fn ascii(vm: &mut Vm, obj: Obj) -> Res {
    let text = super::repr_of(vm, obj)?;
    let Some(bytes) = super::text_of(vm, text) else { return Ok(text) };
    if bytes.is_ascii() {
        return Ok(text);
    }
    let mut out = Builder::new();
    for c in bytes.chars() {
        match c as u32 {
            0..0x80 => out.push(vm, &[c as u8])?,
            code @ 0x80..0x100 => crate::value::put(vm, &mut out, format_args!("\\x{code:02x}"))?,
            code @ 0x100..0x10000 => crate::value::put(vm, &mut out, format_args!("\\u{code:04x}"))?,
            code => crate::value::put(vm, &mut out, format_args!("\\U{code:08x}"))?,
        }
    }
    out.finish(vm)
}
