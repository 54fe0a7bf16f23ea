//! `.mpy` files to compiled modules. Files with machine code are refused.

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
    /// Another version, machine code, wider small ints than ours, or broken: "incompatible .mpy file".
    Incompatible,
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
const MAX_DEPTH: u8 = 60;

/// Reads a whole file. `small_int_bits` is the width of this machine's small ints.
pub fn read(bytes: &[u8], small_int_bits: u8, pool: &mut Pool) -> Result<Module, ReadError> {
    let module = read_any(bytes, small_int_bits, pool)?;
    let root = &module.root;
    if root.flags.0 != 0 || root.n_pos_args != 0 || root.n_kwonly_args != 0 {
        return Err(ReadError::Incompatible);
    }
    Ok(module)
}

/// As `read`; the outermost function may be any.
pub fn read_any(bytes: &[u8], small_int_bits: u8, pool: &mut Pool) -> Result<Module, ReadError> {
    match *bytes {
        [b'M', VERSION, 0, bits, ..] if bits <= small_int_bits => {}
        _ => return Err(ReadError::Incompatible),
    }
    let mut reader = Reader { bytes, at: 4, pool };
    let (n_qstrs, n_consts) = (reader.uint()?, reader.uint()?);
    let (mut qstrs, mut consts) = (Vec::new(), Vec::new());
    for _ in 0..n_qstrs {
        qstrs.push(reader.qstr()?)?;
    }
    for _ in 0..n_consts {
        consts.push(reader.constant(MAX_DEPTH)?)?;
    }
    let root = reader.code(&qstrs, n_consts, MAX_DEPTH)?;
    let source = *qstrs.first().ok_or(ReadError::Incompatible)?;
    Ok(Module { source, qstrs, consts, root })
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    pool: &'a mut Pool,
}

impl<'a> Reader<'a> {
    fn uint(&mut self) -> Result<usize, Malformed> {
        uint(self.bytes, &mut self.at)
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(len).ok_or(Malformed)?;
        let taken = self.bytes.get(self.at..end).ok_or(Malformed)?;
        self.at = end;
        Ok(taken)
    }

    fn qstr(&mut self) -> Result<Qstr, ReadError> {
        let head = self.uint()?;
        if head & 1 != 0 {
            return match u32::try_from(head >> 1) {
                Ok(number @ 1..=LAST_STATIC) => Ok(Qstr(number)),
                _ => Err(ReadError::Incompatible),
            };
        }
        let text = core::str::from_utf8(self.take(head >> 1)?).map_err(|_| Malformed)?;
        self.take(1)?;
        Ok(self.pool.intern(text)?)
    }

    fn constant(&mut self, depth: u8) -> Result<Const, ReadError> {
        let kind = byte(self.bytes, &mut self.at)?;
        let len = match kind {
            tag::NONE => return Ok(Const::None),
            tag::FALSE => return Ok(Const::False),
            tag::TRUE => return Ok(Const::True),
            tag::ELLIPSIS => return Ok(Const::Ellipsis),
            _ => self.uint()?,
        };
        if kind == tag::TUPLE {
            let depth = depth.checked_sub(1).ok_or(Malformed)?;
            let mut items = Vec::new();
            for _ in 0..len {
                items.push(self.constant(depth)?)?;
            }
            return Ok(Const::Tuple(items));
        }
        let text = self.take(len)?;
        match kind {
            tag::STR | tag::BYTES => {
                self.take(1)?;
                if kind == tag::STR && core::str::from_utf8(text).is_err() {
                    return Err(ReadError::Incompatible);
                }
                let text = Vec::from_slice(text)?;
                Ok(if kind == tag::STR { Const::Str(text) } else { Const::Bytes(text) })
            }
            tag::INT => read_int(text),
            tag::FLOAT => Ok(Const::Float(float::parse(text).ok_or(Malformed)?)),
            tag::COMPLEX => read_complex(text),
            _ => Err(ReadError::Incompatible),
        }
    }

    fn code(&mut self, qstrs: &[Qstr], n_consts: usize, depth: u8) -> Result<Code, ReadError> {
        let head = self.uint()?;
        if head & 3 != 0 {
            return Err(ReadError::Incompatible);
        }
        let bytes = Vec::from_slice(self.take(head >> 3)?)?;
        let prelude = Prelude::read(&bytes)?;
        let narrow = |count: usize| u16::try_from(count).map_err(|_| Malformed);
        let mut code = Code {
            name: *qstrs.get(prelude.name).ok_or(Malformed)?,
            flags: prelude.flags,
            n_pos_args: narrow(prelude.n_pos_args)?,
            n_kwonly_args: narrow(prelude.n_kwonly_args)?,
            n_def_pos_args: narrow(prelude.n_def_pos_args)?,
            n_state: narrow(prelude.n_state)?,
            n_exc_stack: narrow(prelude.n_exc_stack)?,
            // The line of `def` is not in the file: that of the first statement is near.
            first_line: line_at(bytes.get(prelude.lines.clone()).unwrap_or(&[]), 0),
            cells: Vec::from_slice(bytes.get(prelude.cells.clone()).ok_or(Malformed)?)?,
            ..Code::default()
        };
        let mut at = prelude.arg_names.start;
        while at < prelude.arg_names.end {
            code.arg_names.push(*qstrs.get(uint(&bytes, &mut at)?).ok_or(Malformed)?)?;
        }
        code.bytes = bytes;
        if head & 4 != 0 {
            let depth = depth.checked_sub(1).ok_or(Malformed)?;
            for _ in 0..self.uint()? {
                code.children.push(self.code(qstrs, n_consts, depth)?)?;
            }
        }
        super::check::check(&code, qstrs, n_consts)?;
        Ok(code)
    }
}

fn read_int(text: &[u8]) -> Result<Const, ReadError> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(ReadError::Incompatible);
    }
    match core::str::from_utf8(text).ok().and_then(|text| text.parse().ok()) {
        Some(value) => Ok(Const::Int(value)),
        None => Ok(Const::BigInt { digits: Vec::from_slice(text)?, base: 10 }),
    }
}

/// `2j`, `(1+2j)`
fn read_complex(text: &[u8]) -> Result<Const, ReadError> {
    let inner = text.strip_prefix(b"(").and_then(|text| text.strip_suffix(b")")).unwrap_or(text);
    let inner = inner.strip_suffix(b"j").ok_or(Malformed)?;
    let exponent = |at: usize| matches!(inner.get(at.wrapping_sub(1)), Some(b'e' | b'E'));
    let split = (1..inner.len()).rev().find(|&at| matches!(inner.get(at), Some(b'+' | b'-')) && !exponent(at));
    let (real, imag) = inner.split_at(split.unwrap_or(0));
    let real = if real.is_empty() { 0.0 } else { float::parse(real).ok_or(Malformed)? };
    let imag = imag.strip_prefix(b"+").unwrap_or(imag);
    Ok(Const::Complex { real, imag: float::parse(imag).ok_or(Malformed)? })
}

#[cfg(test)]
mod tests {
    use super::super::write::write;
    use super::{Pool, ReadError, read};
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
}
