//! The head of a function's bytes: sizes, flags, names of arguments, lines, cells.

use super::code::Flags;
use crate::mem::{NoMemory, Vec};
use core::ops::Range;

/// The bytes are not those of a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Malformed;

/// The head of a function, with places instead of copies.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Prelude {
    /// Slots of locals and stack.
    pub n_state: usize,
    /// Nesting of exception handlers.
    pub n_exc_stack: usize,
    /// Generator, varargs and so on.
    pub flags: Flags,
    /// Positional arguments, closed-over cells included.
    pub n_pos_args: usize,
    /// Keyword-only arguments.
    pub n_kwonly_args: usize,
    /// Positional arguments with a default.
    pub n_def_pos_args: usize,
    /// Index of the function's name.
    pub name: usize,
    /// Where the indices of argument names stand.
    pub arg_names: Range<usize>,
    /// Where the line table stands.
    pub lines: Range<usize>,
    /// Where the locals that become cells stand, a byte each.
    pub cells: Range<usize>,
    /// Where the operations begin.
    pub code: usize,
}

impl Prelude {
    /// Reads the head of `bytes`.
    pub fn read(bytes: &[u8]) -> Result<Prelude, Malformed> {
        let mut at = 0;
        let mut prelude = Prelude::default();
        let first = byte(bytes, &mut at)?;
        prelude.n_state = usize::from(first >> 3 & 15);
        prelude.n_exc_stack = usize::from(first >> 2 & 1);
        prelude.n_pos_args = usize::from(first & 3);
        let (mut z, mut n, mut flags) = (first, 0u32, 0usize);
        while z & 0x80 != 0 {
            if n > 12 {
                return Err(Malformed);
            }
            z = byte(bytes, &mut at)?;
            let bits = usize::from(z);
            prelude.n_state |= (bits & 0x30) << (2 * n);
            prelude.n_exc_stack |= (bits & 2) << n;
            flags |= (bits >> 6 & 1) << n;
            prelude.n_pos_args |= (bits & 4) << n;
            prelude.n_kwonly_args |= (bits >> 3 & 1) << n;
            prelude.n_def_pos_args |= (bits & 1) << n;
            n += 1;
        }
        prelude.n_state += 1;
        prelude.flags = Flags(flags as u8);
        let (mut n_info, mut n_cells, mut n) = (0, 0, 0u32);
        loop {
            let z = usize::from(byte(bytes, &mut at)?);
            n_cells |= (z & 1) << n;
            n_info |= (z >> 1 & 0x3f).checked_shl(6 * n).unwrap_or(0);
            if z & 0x80 == 0 {
                break;
            }
            n += 1;
            // Eight bits are enough for cells: each is a byte that names a local.
            if n > 7 {
                return Err(Malformed);
            }
        }
        let info_end = at + n_info;
        prelude.name = uint(bytes, &mut at)?;
        let names = at;
        for _ in 0..prelude.n_pos_args + prelude.n_kwonly_args {
            uint(bytes, &mut at)?;
        }
        prelude.arg_names = names..at;
        prelude.lines = at..info_end;
        prelude.cells = info_end..info_end + n_cells;
        prelude.code = info_end + n_cells;
        if at > info_end || prelude.code > bytes.len() { Err(Malformed) } else { Ok(prelude) }
    }
}

/// The first word: sizes and counts, their bits interleaved.
pub fn write_signature(prelude: &Prelude, out: &mut Vec<u8>) -> Result<(), NoMemory> {
    let (mut s, mut e, mut f) = (prelude.n_state - 1, prelude.n_exc_stack, usize::from(prelude.flags.0 & 31));
    let (mut a, mut k, mut d) = (prelude.n_pos_args, prelude.n_kwonly_args, prelude.n_def_pos_args);
    let mut z = (s & 15) << 3 | (e & 1) << 2 | a & 3;
    s >>= 4;
    e >>= 1;
    a >>= 2;
    while s | e | f | a | k | d != 0 {
        out.push(0x80 | z as u8)?;
        z = (f & 1) << 6 | (s & 3) << 4 | (k & 1) << 3 | (a & 1) << 2 | (e & 1) << 1 | d & 1;
        s >>= 2;
        e >>= 1;
        f >>= 1;
        a >>= 1;
        k >>= 1;
        d >>= 1;
    }
    out.push(z as u8)
}

/// The second word: length of names and lines, number of cells.
pub fn write_sizes(n_info: usize, n_cells: usize, out: &mut Vec<u8>) -> Result<(), NoMemory> {
    let (mut i, mut c) = (n_info, n_cells);
    loop {
        let z = ((i & 0x3f) << 1 | c & 1) as u8;
        i >>= 6;
        c >>= 1;
        if i | c == 0 {
            return out.push(z);
        }
        out.push(z | 0x80)?;
    }
}

/// Reads one byte.
pub fn byte(bytes: &[u8], at: &mut usize) -> Result<u8, Malformed> {
    let byte = *bytes.get(*at).ok_or(Malformed)?;
    *at += 1;
    Ok(byte)
}

/// Reads a number of seven bits a byte, the highest first.
pub fn uint(bytes: &[u8], at: &mut usize) -> Result<usize, Malformed> {
    let mut value = 0usize;
    loop {
        let z = byte(bytes, at)?;
        if value >> (usize::BITS - 7) != 0 {
            return Err(Malformed);
        }
        value = value << 7 | usize::from(z & 0x7f);
        if z & 0x80 == 0 {
            return Ok(value);
        }
    }
}

/// Writes a number of seven bits a byte, the highest first.
pub fn write_uint(value: usize, out: &mut Vec<u8>) -> Result<(), NoMemory> {
    let mut shift = (usize::BITS - value.leading_zeros()).saturating_sub(1) / 7 * 7;
    while shift > 0 {
        out.push(0x80 | (value >> shift) as u8)?;
        shift -= 7;
    }
    out.push(value as u8 & 0x7f)
}

#[cfg(test)]
mod tests {
    use super::{Flags, Prelude, Vec, uint, write_signature, write_sizes, write_uint};

    #[test]
    fn heads_come_back() {
        for (n_state, n_exc_stack, a, k, d) in [(1, 0, 0, 0, 0), (17, 1, 3, 0, 2), (300, 9, 40, 7, 5)] {
            let want = Prelude {
                n_state,
                n_exc_stack,
                n_pos_args: a,
                n_kwonly_args: k,
                n_def_pos_args: d,
                flags: Flags(5),
                ..Prelude::default()
            };
            let mut bytes = Vec::new();
            write_signature(&want, &mut bytes).unwrap();
            let info = 1 + a + k;
            write_sizes(info + 2, 3, &mut bytes).unwrap();
            bytes.resize(bytes.len() + info + 5, 1).unwrap();
            let got = Prelude::read(&bytes).unwrap();
            assert_eq!((got.n_state, got.n_exc_stack, got.n_pos_args), (n_state, n_exc_stack, a));
            assert_eq!((got.n_kwonly_args, got.n_def_pos_args, got.flags), (k, d, Flags(5)));
            assert_eq!((got.lines.len(), got.cells.len(), got.code), (2, 3, bytes.len()));
            assert!(Prelude::read(&bytes[..bytes.len() - 1]).is_err());
        }
    }

    #[test]
    fn numbers_come_back() {
        for value in [0, 1, 127, 128, 16383, 16384, 0x7fff_ffff, usize::MAX] {
            let mut bytes = Vec::new();
            write_uint(value, &mut bytes).unwrap();
            let mut at = 0;
            assert_eq!((uint(&bytes, &mut at), at), (Ok(value), bytes.len()));
        }
    }
}
