//! Ops and bytecode as text, for `--dump` and tests.

use super::code::{Code, Const, Module, Place};
use super::decode::{decode, read};
use super::op::{Args, Local, Op};
use super::prelude::Prelude;
use crate::qstr::Pool;
use core::fmt::{Error, Result, Write};

/// Prints the ops of a module's functions, one a line, each function under a heading.
pub fn dump_ops(module: &Module, pool: &Pool, out: &mut dyn Write) -> Result {
    each(&module.root, &mut |code| {
        heading(code, pool, out)?;
        let decoded;
        let ops = if code.ops.is_empty() {
            decoded = decode(&code.bytes, &module.qstrs).map_err(|_| Error)?;
            &decoded
        } else {
            &code.ops
        };
        ops.iter().try_for_each(|&op| {
            write_op(op, code, &module.consts, pool, out)?;
            out.write_char('\n')
        })
    })
}

/// Prints the bytecode of a module's functions: offset, bytes, op.
pub fn dump_bytecode(module: &Module, pool: &Pool, out: &mut dyn Write) -> Result {
    each(&module.root, &mut |code| {
        heading(code, pool, out)?;
        let prelude = Prelude::read(&code.bytes).map_err(|_| Error)?;
        let body = code.bytes.get(prelude.code..).unwrap_or(&[]);
        let mut at = 0;
        while at < body.len() {
            let start = at;
            let (op, target) = read(body, &mut at, &module.qstrs).map_err(|_| Error)?;
            write!(out, "{start:5}  ")?;
            for byte in body.get(start..at).unwrap_or(&[]) {
                write!(out, "{byte:02x} ")?;
            }
            for _ in at - start..5 {
                out.write_str("   ")?;
            }
            match target {
                Some(target) => write!(out, " {} {target}", Mnemonic(op))?,
                None => {
                    out.write_char(' ')?;
                    write_op(op, code, &module.consts, pool, out)?;
                }
            }
            out.write_char('\n')?;
        }
        Ok(())
    })
}

/// Prints one op.
pub fn write_op(op: Op, code: &Code, consts: &[Const], pool: &Pool, out: &mut dyn Write) -> Result {
    match op {
        Op::Label(label) => return write!(out, "L{}:", label.0),
        Op::Line(line) => return write!(out, "# line {line}"),
        _ => write!(out, "    {}", Mnemonic(op))?,
    }
    if let Some(name) = op.name() {
        return write!(out, " {}", pool.get(name));
    }
    match op {
        Op::LoadInt(value) => write!(out, " {value}"),
        Op::LoadConst(id) => match consts.get(id.0 as usize) {
            Some(constant) => {
                out.write_char(' ')?;
                write_const(constant, out)
            }
            None => write!(out, " const {}", id.0),
        },
        Op::LoadFast(local) | Op::LoadDeref(local) | Op::StoreFast(local) | Op::StoreDeref(local) => {
            write_local(local, code, pool, out)
        }
        Op::DeleteFast(local) | Op::DeleteDeref(local) => write_local(local, code, pool, out),
        Op::UnwindJump { to, depth, from_for } => {
            write!(out, " L{} depth {depth}{}", to.0, if from_for { " from for" } else { "" })
        }
        Op::BuildTuple(n) | Op::BuildList(n) | Op::BuildMap(n) | Op::BuildSet(n) | Op::BuildSlice(n) => {
            write!(out, " {n}")
        }
        Op::UnpackSequence(n) => write!(out, " {n}"),
        Op::StoreComp(collection, depth) => write!(out, " {collection:?} {depth}"),
        Op::UnpackEx { left, right } => write!(out, " {left} {right}"),
        Op::MakeFunction(child) | Op::MakeFunctionDefargs(child) => write!(out, " {}", child.0),
        Op::MakeClosure(child, n) | Op::MakeClosureDefargs(child, n) => write!(out, " {} {n}", child.0),
        Op::CallFunction(args) | Op::CallFunctionVarKw(args) | Op::CallMethod(args) | Op::CallMethodVarKw(args) => {
            let Args { n_pos, n_kw } = args;
            write!(out, " {n_pos} {n_kw}")
        }
        Op::Unary(op) => write!(out, " {op:?}"),
        Op::Binary(op) => write!(out, " {}", op.text()),
        other => other.target().map_or(Ok(()), |to| write!(out, " L{}", to.0)),
    }
}

/// The operation's name: that of the variant.
struct Mnemonic(Op);

impl core::fmt::Display for Mnemonic {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> Result {
        /// Passes on what stands before the operands.
        struct Head<'a, 'b>(&'a mut core::fmt::Formatter<'b>, bool);

        impl Write for Head<'_, '_> {
            fn write_str(&mut self, text: &str) -> Result {
                let head = text.split(['(', ' ', '{']).next().unwrap_or(text);
                if !self.1 {
                    self.0.write_str(head)?;
                }
                self.1 |= head.len() < text.len();
                Ok(())
            }
        }

        write!(Head(f, false), "{:?}", self.0)
    }
}

fn each(code: &Code, visit: &mut dyn FnMut(&Code) -> Result) -> Result {
    visit(code)?;
    code.children.iter().try_for_each(|child| each(child, visit))
}

fn heading(code: &Code, pool: &Pool, out: &mut dyn Write) -> Result {
    write!(out, "{:?} {}(", code.kind, pool.get(code.name))?;
    for (at, &name) in code.arg_names.iter().enumerate() {
        write!(out, "{}{}", if at > 0 { ", " } else { "" }, pool.get(name))?;
    }
    writeln!(out, ") state {} handlers {} flags {:#x}", code.n_state, code.n_exc_stack, code.flags.0)
}

fn write_local(local: Local, code: &Code, pool: &Pool, out: &mut dyn Write) -> Result {
    write!(out, " {}", local.0)?;
    match code.locals.get(usize::from(local.0)) {
        Some(info) => {
            let place = match info.place {
                Place::Fast => "",
                Place::Cell => " cell",
                Place::Free => " free",
            };
            write!(out, " {}{place}", pool.get(info.name))
        }
        None => Ok(()),
    }
}

fn write_const(constant: &Const, out: &mut dyn Write) -> Result {
    match constant {
        Const::None => out.write_str("None"),
        Const::True => out.write_str("True"),
        Const::False => out.write_str("False"),
        Const::Ellipsis => out.write_str("Ellipsis"),
        Const::Int(value) => write!(out, "{value}"),
        Const::BigInt { digits, base } => {
            write!(out, "{} in base {base}", core::str::from_utf8(digits).unwrap_or(""))
        }
        Const::Float(value) => write!(out, "{value:?}"),
        Const::Complex { real, imag } => write!(out, "{real:?}+{imag:?}j"),
        Const::Str(text) => write!(out, "{:?}", core::str::from_utf8(text).unwrap_or("")),
        Const::Bytes(bytes) => write!(out, "b\"{}\"", bytes.escape_ascii()),
        Const::Tuple(items) => {
            out.write_char('(')?;
            for item in items {
                write_const(item, out)?;
                out.write_str(", ")?;
            }
            out.write_char(')')
        }
    }
}
