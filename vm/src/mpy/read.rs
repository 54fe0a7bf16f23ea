//! `.mpy` files part by part, and whole files to compiled modules. Files with machine code are refused.

use super::check::check;
use super::{LAST_STATIC, VERSION, tag};
use crate::compile::code::{Code, Const, Module};
use crate::compile::lines::line_at;
use crate::compile::prelude::{Malformed, Prelude, byte, uint};
use crate::mem::{NoMemory, Vec};
use crate::num::float;
use crate::qstr::{Pool, Qstr};

/// Why a file cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadError {
    /// Another version, wider small ints than ours, or broken: "incompatible .mpy file".
    Incompatible,
    /// It has machine code: "incompatible .mpy arch".
    Arch,
    /// Out of memory.
    NoMemory,
}

impl From<Malformed> for ReadError {
    fn from(_: Malformed) -> Self {
        ReadError::Incompatible
    }
}

impl From<NoMemory> for ReadError {
    fn from(_: NoMemory) -> Self {
        ReadError::NoMemory
    }
}

/// Functions and tuples may nest so deep.
pub const MAX_DEPTH: u8 = 60;

/// The width of this machine's small ints.
pub const SMALL_INT_BITS: u8 = (usize::BITS - 1) as u8;

/// A name as it stands in a file.
pub enum Name<'a> {
    /// One that every machine knows.
    Known(Qstr),
    /// Its text.
    Text(&'a str),
}

/// A constant as it stands in a file.
#[expect(missing_docs, reason = "the names are Python's types")]
pub enum Item<'a> {
    None,
    True,
    False,
    Ellipsis,
    /// Decimal digits, maybe a `-` before them.
    Int(&'a str),
    Float(f64),
    Complex(f64, f64),
    Str(&'a str),
    Bytes(&'a [u8]),
    /// So many items follow.
    Tuple(usize),
}

/// A function as it stands in a file; those made by it follow.
pub struct Function<'a> {
    /// Prelude and bytecode.
    pub bytes: &'a [u8],
    /// What the prelude says.
    pub prelude: Prelude,
    /// How many functions follow.
    pub n_children: usize,
}

/// Reads the parts of a file in their order: head, names, constants, functions.
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Reads the head: gives how many names and how many constants follow. `bits` is the width of small ints.
    pub fn new(bytes: &'a [u8], bits: u8) -> Result<(Self, usize, usize), ReadError> {
        match *bytes {
            [b'M', VERSION, features, file_bits, ..] if file_bits <= bits => {
                // Bits 0 and 1 tell the version of machine code's interface, which does not matter without.
                if features & 0b1011_1100 != 0 {
                    return Err(ReadError::Arch);
                }
                if features & 0b0100_0000 != 0 {
                    return Err(ReadError::Incompatible);
                }
            }
            _ => return Err(ReadError::Incompatible),
        }
        let mut reader = Reader { bytes, at: 4 };
        let (n_names, n_consts) = (reader.count()?, reader.count()?);
        Ok((reader, n_names, n_consts))
    }

    /// A number of things that follow; each takes a byte at least.
    fn count(&mut self) -> Result<usize, Malformed> {
        let count = uint(self.bytes, &mut self.at)?;
        if count > self.bytes.len() - self.at { Err(Malformed) } else { Ok(count) }
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(len).ok_or(Malformed)?;
        let taken = self.bytes.get(self.at..end).ok_or(Malformed)?;
        self.at = end;
        Ok(taken)
    }

    /// Bytes with a zero behind them.
    fn text(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let text = self.take(len)?;
        self.take(1)?;
        Ok(text)
    }

    /// The next name.
    pub fn name(&mut self) -> Result<Name<'a>, ReadError> {
        let head = uint(self.bytes, &mut self.at)?;
        if head & 1 != 0 {
            return match u32::try_from(head >> 1) {
                Ok(number @ 1..=LAST_STATIC) => Ok(Name::Known(Qstr(number))),
                _ => Err(ReadError::Incompatible),
            };
        }
        Ok(Name::Text(core::str::from_utf8(self.text(head >> 1)?).map_err(|_| Malformed)?))
    }

    /// The next constant.
    pub fn item(&mut self) -> Result<Item<'a>, ReadError> {
        let kind = byte(self.bytes, &mut self.at)?;
        let len = match kind {
            tag::NONE => return Ok(Item::None),
            tag::FALSE => return Ok(Item::False),
            tag::TRUE => return Ok(Item::True),
            tag::ELLIPSIS => return Ok(Item::Ellipsis),
            _ => self.count()?,
        };
        match kind {
            tag::TUPLE => Ok(Item::Tuple(len)),
            tag::STR => Ok(Item::Str(core::str::from_utf8(self.text(len)?).map_err(|_| Malformed)?)),
            tag::BYTES => Ok(Item::Bytes(self.text(len)?)),
            tag::INT => int(self.take(len)?),
            tag::FLOAT => Ok(Item::Float(float::parse(self.take(len)?).ok_or(Malformed)?)),
            tag::COMPLEX => complex(self.take(len)?),
            _ => Err(ReadError::Incompatible),
        }
    }

    /// The next function. It may not run before it has been checked.
    pub fn function(&mut self) -> Result<Function<'a>, ReadError> {
        let head = uint(self.bytes, &mut self.at)?;
        if head & 3 != 0 {
            return Err(ReadError::Incompatible);
        }
        let bytes = self.take(head >> 3)?;
        let prelude = Prelude::read(bytes)?;
        let n_children = if head & 4 != 0 { self.count()? } else { 0 };
        Ok(Function { bytes, prelude, n_children })
    }
}

impl Function<'_> {
    /// Whether it can be the body of a module.
    pub fn is_module_body(&self) -> bool {
        let prelude = &self.prelude;
        prelude.flags.0 == 0 && prelude.n_pos_args == 0 && prelude.n_kwonly_args == 0
    }
}

/// Reads a whole file. `bits` is the width of small ints where it is to run.
pub fn read(bytes: &[u8], bits: u8, pool: &mut Pool) -> Result<Module, ReadError> {
    let (mut reader, n_names, n_consts) = Reader::new(bytes, bits)?;
    let (mut qstrs, mut consts) = (Vec::new(), Vec::new());
    for _ in 0..n_names {
        qstrs.push(match reader.name()? {
            Name::Known(name) => name,
            Name::Text(text) => pool.intern(text)?,
        })?;
    }
    for _ in 0..n_consts {
        consts.push(constant(&mut reader, MAX_DEPTH)?)?;
    }
    let function = reader.function()?;
    if !function.is_module_body() {
        return Err(ReadError::Incompatible);
    }
    let root = code(&mut reader, function, &qstrs, n_consts, MAX_DEPTH)?;
    let source = *qstrs.first().ok_or(Malformed)?;
    Ok(Module { source, qstrs, consts, root })
}

fn constant(reader: &mut Reader<'_>, depth: u8) -> Result<Const, ReadError> {
    Ok(match reader.item()? {
        Item::None => Const::None,
        Item::True => Const::True,
        Item::False => Const::False,
        Item::Ellipsis => Const::Ellipsis,
        Item::Int(digits) => match digits.parse() {
            Ok(value) => Const::Int(value),
            Err(_) => Const::BigInt { digits: Vec::from_slice(digits.as_bytes())?, base: 10 },
        },
        Item::Float(value) => Const::Float(value),
        Item::Complex(real, imag) => Const::Complex { real, imag },
        Item::Str(text) => Const::Str(Vec::from_slice(text.as_bytes())?),
        Item::Bytes(bytes) => Const::Bytes(Vec::from_slice(bytes)?),
        Item::Tuple(len) => {
            let depth = depth.checked_sub(1).ok_or(Malformed)?;
            let mut items = Vec::new();
            for _ in 0..len {
                items.push(constant(reader, depth)?)?;
            }
            Const::Tuple(items)
        }
    })
}

fn code(
    reader: &mut Reader<'_>,
    function: Function<'_>,
    qstrs: &[Qstr],
    n_consts: usize,
    depth: u8,
) -> Result<Code, ReadError> {
    let (bytes, prelude) = (function.bytes, &function.prelude);
    let (mut children, mut n_pos) = (Vec::new(), Vec::new());
    let depth = depth.checked_sub(1).ok_or(Malformed)?;
    for _ in 0..function.n_children {
        let child = reader.function()?;
        n_pos.push(child.prelude.n_pos_args as u16)?;
        children.push(code(reader, child, qstrs, n_consts, depth)?)?;
    }
    check(&function, qstrs, n_consts, &n_pos)?;
    let mut code = Code {
        name: *qstrs.get(prelude.name).ok_or(Malformed)?,
        flags: prelude.flags,
        n_pos_args: prelude.n_pos_args as u16,
        n_kwonly_args: prelude.n_kwonly_args as u16,
        n_def_pos_args: prelude.n_def_pos_args as u16,
        n_state: prelude.n_state as u16,
        n_exc_stack: prelude.n_exc_stack as u16,
        // The line of `def` is not in the file: that of the first statement is near.
        first_line: line_at(bytes.get(prelude.lines.clone()).unwrap_or(&[]), 0),
        cells: Vec::from_slice(bytes.get(prelude.cells.clone()).ok_or(Malformed)?)?,
        bytes: Vec::from_slice(bytes)?,
        children,
        ..Code::default()
    };
    let mut at = prelude.arg_names.start;
    while at < prelude.arg_names.end {
        code.arg_names.push(*qstrs.get(uint(bytes, &mut at)?).ok_or(Malformed)?)?;
    }
    Ok(code)
}

fn int(text: &[u8]) -> Result<Item<'_>, ReadError> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(ReadError::Incompatible);
    }
    Ok(Item::Int(core::str::from_utf8(text).map_err(|_| Malformed)?))
}

/// `2j`, `(1+2j)`
fn complex(text: &[u8]) -> Result<Item<'_>, ReadError> {
    let inner = text.strip_prefix(b"(").and_then(|text| text.strip_suffix(b")")).unwrap_or(text);
    let inner = inner.strip_suffix(b"j").ok_or(Malformed)?;
    let exponent = |at: usize| matches!(inner.get(at.wrapping_sub(1)), Some(b'e' | b'E'));
    let split = (1..inner.len()).rev().find(|&at| matches!(inner.get(at), Some(b'+' | b'-')) && !exponent(at));
    let (real, imag) = inner.split_at(split.unwrap_or(0));
    let real = if real.is_empty() { 0.0 } else { float::parse(real).ok_or(Malformed)? };
    let imag = imag.strip_prefix(b"+").unwrap_or(imag);
    Ok(Item::Complex(real, float::parse(imag).ok_or(Malformed)?))
}
#[cfg(test)]
mod tests {
    use super::super::write::write;
    use super::{Pool, ReadError, Vec, read};
    use crate::compile::{Options, compile};

    const PROGRAM: &[u8] = b"
import sys
def f(a, b=1, *c, d=2, **e):
    x = lambda: a
    return [(k, 'a longer text than ten', 1.5, 2j, b'bytes', None, 1 << 70, -0x123456789abcdef0123) for k in c]
class C:
    def m(self):
        return super().m()
";

    #[test]
    fn files_come_back() {
        let mut pool = Pool::new();
        let module = compile(PROGRAM, "p.py", &mut pool, &Options::FILE).unwrap();
        let file = write(&module, &pool).unwrap();
        let again = read(&file, 31, &mut pool).unwrap();
        assert!(again.qstrs == module.qstrs);
        assert_eq!(write(&again, &pool).unwrap(), file);
        assert_eq!(again.root.children[0].arg_names, module.root.children[0].arg_names);
    }

    #[test]
    fn broken_files_are_refused() {
        let mut pool = Pool::new();
        let module = compile(PROGRAM, "p.py", &mut pool, &Options::FILE).unwrap();
        let file = write(&module, &pool).unwrap();
        for cut in 0..file.len() {
            assert!(matches!(read(&file[..cut], 31, &mut pool), Err(ReadError::Incompatible)), "{cut}");
        }
        assert!(read(&file, 30, &mut pool).is_err());
    }

    #[test]
    fn heads_of_other_machines_are_refused() {
        let mut pool = Pool::new();
        let module = compile(PROGRAM, "p.py", &mut pool, &Options::FILE).unwrap();
        let file = write(&module, &pool).unwrap();
        let mut with = |at: usize, byte: u8| {
            let mut other = file.try_clone().unwrap();
            other[at] = byte;
            read(&other, 31, &mut pool).err()
        };
        // Not a `.mpy` file, other versions.
        assert_eq!(with(0, b'C'), Some(ReadError::Incompatible));
        for version in [0, 5, 7] {
            assert_eq!(with(1, version), Some(ReadError::Incompatible));
        }
        // Sub-versions are those of machine code.
        for sub in 0..4 {
            assert_eq!(with(2, sub), None);
        }
        for arch in 1..16 {
            assert_eq!(with(2, arch << 2 | 3), Some(ReadError::Arch));
        }
        // Flags of a machine.
        assert_eq!(with(2, 0x40), Some(ReadError::Incompatible));
        assert_eq!(with(3, 32), Some(ReadError::Incompatible));
        assert_eq!(with(3, 30), None);
    }

    #[test]
    fn what_a_file_promises_and_does_not_have_is_refused() {
        let refused = |rest: &[u8]| {
            let mut file = Vec::from_slice(b"M\x06\x00\x1f").unwrap();
            file.extend_from_slice(rest).unwrap();
            assert_eq!(read(&file, 31, &mut Pool::new()).err(), Some(ReadError::Incompatible), "{rest:?}");
        };
        let mut good = Vec::from_slice(b"M\x06\x00\x1f\x01\x00\x06a.p\x00\x28\x00\x02\x00\x51\x63").unwrap();
        assert!(read(&good, 31, &mut Pool::new()).is_ok());
        good.pop();
        assert!(read(&good, 31, &mut Pool::new()).is_err());
        // More names, constants, functions, items than there are bytes; a number without end.
        refused(b"\x8f\xff\xff\xff\x7f\x00");
        refused(b"\x01\x8f\xff\xff\xff\x7f\x06a.p\x00");
        refused(b"\x01\x01\x06a.p\x00\x0a\x8f\xff\xff\xff\x7f");
        refused(b"\x01\x00\x06a.p\x00\x2c\x00\x02\x00\x51\x63\x8f\xff\xff\xff\x7f");
        refused(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f");
        // A name that is none of the known, or no text; a constant of no kind, or of the kind of machine code.
        refused(b"\x01\x00\x01\x28\x00\x02\x00\x51\x63");
        refused(b"\x01\x00\x8f\x7f\x28\x00\x02\x00\x51\x63");
        refused(b"\x01\x00\x06a\xff.\x00\x28\x00\x02\x00\x51\x63");
        refused(b"\x01\x01\x06a.p\x00\x0b\x00\x28\x00\x02\x00\x51\x63");
        refused(b"\x01\x01\x06a.p\x00\x00\x28\x00\x02\x00\x51\x63");
        // An int, a float, a complex number that are none; a str that is no text.
        for constant in ["\x07\x01x", "\x07\x01-", "\x08\x011.5x", "\x09\x03(1j", "\x09\x011"] {
            let mut rest = Vec::from_slice(b"\x01\x01\x06a.p\x00").unwrap();
            rest.extend_from_slice(constant.as_bytes()).unwrap();
            rest.extend_from_slice(b"\x28\x00\x02\x00\x51\x63").unwrap();
            refused(&rest);
        }
        refused(b"\x01\x01\x06a.p\x00\x05\x01\xff\x00\x28\x00\x02\x00\x51\x63");
        // Machine code; a module that takes an argument; a name that the table does not have.
        refused(b"\x01\x00\x06a.p\x00\x29\x00\x02\x00\x51\x63");
        refused(b"\x01\x00\x06a.p\x00\x30\x01\x04\x00\x00\x51\x63");
        refused(b"\x01\x00\x06a.p\x00\x28\x00\x02\x01\x51\x63");
        refused(b"\x00\x00\x28\x00\x02\x00\x51\x63");
    }

    #[test]
    fn tuples_and_functions_nest_only_so_deep() {
        for (depth, fits) in [(40, true), (61, false), (10_000, false)] {
            let mut file = Vec::from_slice(b"M\x06\x00\x1f\x01\x01\x06a.p\x00").unwrap();
            for _ in 0..depth {
                file.extend_from_slice(b"\x0a\x01").unwrap();
            }
            file.extend_from_slice(b"\x01\x28\x00\x02\x00\x51\x63").unwrap();
            assert_eq!(read(&file, 31, &mut Pool::new()).is_ok(), fits, "{depth}");
            let mut file = Vec::from_slice(b"M\x06\x00\x1f\x01\x00\x06a.p\x00").unwrap();
            for _ in 0..depth {
                file.extend_from_slice(b"\x2c\x00\x02\x00\x51\x63\x01").unwrap();
            }
            file.extend_from_slice(b"\x28\x00\x02\x00\x51\x63").unwrap();
            assert_eq!(read(&file, 31, &mut Pool::new()).is_ok(), fits, "{depth}");
        }
    }
}
