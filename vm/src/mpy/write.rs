//! Compiled modules to `.mpy` files. Functions go as bytecode, unless somebody has machine code for them.

use super::{LAST_STATIC, SUB_VERSION, VERSION, tag};
use crate::compile::code::{Code, Const, Module};
use crate::compile::prelude::write_uint;
use crate::mem::{NoMemory, Vec};
use crate::num::float::Repr;
use crate::num::mpn::{Radix, from_radix};
use crate::qstr::{Pool, Qstr};
use core::fmt::Write as _;

/// Bits of a small int that the file promises to fit in: those of a 32-bit machine.
const SMALL_INT_BITS: u8 = 31;

/// A function's machine code, as the format has it.
pub struct Machine<'a> {
    /// What it is: 1 native, 2 viper, 3 assembler.
    pub kind: u8,
    /// The code and what belongs to it.
    pub bytes: &'a [u8],
    /// The numbers that follow.
    pub numbers: &'a [usize],
}

/// Whom a file is for.
pub struct For<'a> {
    /// Bits of its small ints.
    pub small_int_bits: u8,
    /// Its machine by the number of the format; 0 for a file without machine code.
    pub arch: u8,
    /// The machine code of a function that has some.
    pub machine: &'a dyn Fn(&Code) -> Option<Machine<'a>>,
}

/// The bytes of a file.
pub fn write(module: &Module, pool: &Pool) -> Result<Vec<u8>, NoMemory> {
    write_for(module, pool, &For { small_int_bits: SMALL_INT_BITS, arch: 0, machine: &|_| None })
}

/// As `write`, for a given machine.
pub fn write_for(module: &Module, pool: &Pool, target: &For<'_>) -> Result<Vec<u8>, NoMemory> {
    let mut out = Vec::new();
    // The sub-version counts for machine code only.
    let features = if target.arch == 0 { 0 } else { target.arch << 2 | SUB_VERSION };
    out.extend_from_slice(&[b'M', VERSION, features, target.small_int_bits])?;
    write_uint(module.qstrs.len(), &mut out)?;
    write_uint(module.consts.len(), &mut out)?;
    for &name in &module.qstrs {
        write_qstr(name, pool, &mut out)?;
    }
    for constant in &module.consts {
        write_const(constant, &mut out)?;
    }
    write_code(&module.root, target, &mut out)?;
    Ok(out)
}

fn write_qstr(name: Qstr, pool: &Pool, out: &mut Vec<u8>) -> Result<(), NoMemory> {
    if name.0 <= LAST_STATIC {
        return write_uint(name.0 as usize * 2 + 1, out);
    }
    let text = pool.get(name).as_bytes();
    write_uint(text.len() * 2, out)?;
    out.extend_from_slice(text)?;
    out.push(0)
}

fn write_const(constant: &Const, out: &mut Vec<u8>) -> Result<(), NoMemory> {
    let mut text = Vec::new();
    let tag = match constant {
        Const::None => return out.push(tag::NONE),
        Const::False => return out.push(tag::FALSE),
        Const::True => return out.push(tag::TRUE),
        Const::Ellipsis => return out.push(tag::ELLIPSIS),
        Const::Str(bytes) | Const::Bytes(bytes) => {
            out.push(if matches!(constant, Const::Str(_)) { tag::STR } else { tag::BYTES })?;
            write_uint(bytes.len(), out)?;
            out.extend_from_slice(bytes)?;
            return out.push(0);
        }
        Const::Tuple(items) => {
            out.push(tag::TUPLE)?;
            write_uint(items.len(), out)?;
            return items.iter().try_for_each(|item| write_const(item, out));
        }
        Const::Int(value) => {
            write!(text, "{value}").map_err(|_| NoMemory)?;
            tag::INT
        }
        Const::BigInt { digits, base } => {
            write_decimal(digits, *base, &mut text)?;
            tag::INT
        }
        Const::Float(value) => {
            text.extend_from_slice(Repr::new(*value).as_str().as_bytes())?;
            tag::FLOAT
        }
        Const::Complex { real, imag } => {
            let imag = Repr::new(*imag);
            let imag = imag.as_str().strip_suffix(".0").unwrap_or(imag.as_str());
            if *real == 0.0 {
                write!(text, "{imag}j").map_err(|_| NoMemory)?;
            } else {
                let sign = if imag.starts_with('-') { "" } else { "+" };
                let real = Repr::new(*real);
                let real = real.as_str().strip_suffix(".0").unwrap_or(real.as_str());
                write!(text, "({real}{sign}{imag}j)").map_err(|_| NoMemory)?;
            }
            tag::COMPLEX
        }
    };
    out.push(tag)?;
    write_uint(text.len(), out)?;
    out.extend_from_slice(&text)
}

fn write_decimal(digits: &[u8], base: u8, out: &mut Vec<u8>) -> Result<(), NoMemory> {
    let (sign, digits) = match digits.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, digits),
    };
    if sign {
        out.push(b'-')?;
    }
    if base == 10 {
        return out.extend_from_slice(digits);
    }
    let Some(from) = Radix::new(base.into()) else { return Ok(()) };
    let mut limbs = Vec::new();
    limbs.resize(from.limbs_len(digits.len()), 0)?;
    let len = from_radix(&mut limbs, digits, from);
    limbs.truncate(len);
    let to = Radix::DECIMAL;
    let mut text = Vec::new();
    text.resize(to.text_len(&limbs), 0)?;
    let len = to.to_text(&mut text, &mut limbs);
    out.extend_from_slice(text.get(..len).unwrap_or(&[]))
}

fn write_code(code: &Code, target: &For<'_>, out: &mut Vec<u8>) -> Result<(), NoMemory> {
    let machine = (target.machine)(code);
    let (kind, bytes) = machine.as_ref().map_or((0, &code.bytes[..]), |machine| (machine.kind, machine.bytes));
    let has_children = usize::from(!code.children.is_empty());
    write_uint(bytes.len() << 3 | has_children << 2 | usize::from(kind), out)?;
    out.extend_from_slice(bytes)?;
    for &number in machine.iter().flat_map(|machine| machine.numbers) {
        write_uint(number, out)?;
    }
    if has_children != 0 {
        write_uint(code.children.len(), out)?;
        code.children.iter().try_for_each(|child| write_code(child, target, out))?;
    }
    Ok(())
}
