//! Bytecode as MicroPython's `-v -v` lists it: tools and tests read this form.

use super::code::{Code, Const, Module};
use super::decode::read;
use super::lines::Steps;
use super::op::{Args, Binary, ChildId, Op, Unary};
use super::prelude::{Prelude, uint};
use crate::qstr::{Pool, Qstr};
use core::fmt::{Error, Result, Write};

/// Lists all functions of a module, outer ones before inner ones. Functions that are machine code have no listing.
pub fn list(module: &Module, pool: &Pool, out: &mut dyn Write) -> Result {
    let mut depth = 0;
    while level(&module.root, depth, &mut |code| function(code, module, pool, out))? {
        depth += 1;
    }
    Ok(())
}

/// Visits the functions that lie `depth` functions deep; says whether there are any.
fn level(code: &Code, depth: usize, visit: &mut dyn FnMut(&Code) -> Result) -> core::result::Result<bool, Error> {
    if depth == 0 {
        visit(code)?;
        return Ok(true);
    }
    let mut any = false;
    for child in &code.children {
        any |= level(child, depth - 1, visit)?;
    }
    Ok(any)
}

fn function(code: &Code, module: &Module, pool: &Pool, out: &mut dyn Write) -> Result {
    if code.kind != super::code::Kind::Bytecode {
        return Ok(());
    }
    let bytes = &code.bytes;
    let prelude = Prelude::read(bytes).map_err(|_| Error)?;
    let (file, block) = (pool.get(module.source), pool.get(code.name));
    let (descriptor, start, len) = (&raw const *code, bytes.as_ptr(), bytes.len());
    writeln!(out, "File {file}, code block '{block}' (descriptor: {descriptor:p}, bytecode @{start:p} {len} bytes)")?;
    let body = bytes.get(prelude.code..).unwrap_or(&[]);
    writeln!(out, "Raw bytecode (code_info_size={}, bytecode_size={}):", prelude.code, body.len())?;
    for row in bytes.chunks(16) {
        row.iter().try_for_each(|byte| write!(out, " {byte:02x}"))?;
        out.write_char('\n')?;
    }
    out.write_str("arg names:")?;
    let mut at = prelude.arg_names.start;
    while at < prelude.arg_names.end {
        let name = uint(bytes, &mut at).map_err(|_| Error)?;
        write!(out, " {}", pool.get(*module.qstrs.get(name).ok_or(Error)?))?;
    }
    writeln!(out, "\n(N_STATE {})\n(N_EXC_STACK {})", prelude.n_state, prelude.n_exc_stack)?;
    for cell in bytes.get(prelude.cells.clone()).unwrap_or(&[]) {
        writeln!(out, "(INIT_CELL {cell})")?;
    }
    out.write_str("  bc=0 line=1\n")?;
    for (offset, line) in Steps::new(bytes.get(prelude.lines.clone()).unwrap_or(&[])) {
        writeln!(out, "  bc={offset} line={line}")?;
    }
    let mut at = 0;
    while at < body.len() {
        let start = at;
        let (op, target) = read(body, &mut at, &module.qstrs).map_err(|_| Error)?;
        write!(out, "{start:02} ")?;
        let row = Row { op, target: target.unwrap_or(0), long: at - start > 1, pool, refers: &Loaded { code, module } };
        row.write(out)?;
        out.write_char('\n')?;
    }
    Ok(())
}

/// What operands refer to outside the bytecode.
pub trait Refers {
    /// Shows a constant.
    fn constant(&self, number: u32, out: &mut dyn Write) -> Result;
    /// Shows a function inside this one.
    fn child(&self, number: u32, out: &mut dyn Write) -> Result;
}

/// A function in memory: constants and functions are shown with their addresses.
struct Loaded<'a> {
    code: &'a Code,
    module: &'a Module,
}

impl Refers for Loaded<'_> {
    fn constant(&self, number: u32, out: &mut dyn Write) -> Result {
        let constant = self.module.consts.get(number as usize).ok_or(Error)?;
        write!(out, "{:p}=", &raw const *constant)?;
        write_const(constant, out)
    }

    fn child(&self, number: u32, out: &mut dyn Write) -> Result {
        let child = self.code.children.get(number as usize).map_or(core::ptr::null(), core::ptr::from_ref);
        write!(out, "{child:p}")
    }
}

/// One operation and what its operands refer to.
pub struct Row<'a> {
    /// The operation.
    pub op: Op,
    /// Where it jumps to.
    pub target: usize,
    /// The operand stands behind the operation, not in it.
    pub long: bool,
    /// Texts of names.
    pub pool: &'a Pool,
    /// Constants and functions.
    pub refers: &'a dyn Refers,
}

impl Row<'_> {
    /// Writes upstream's name of the operation and its operands.
    pub fn write(&self, out: &mut dyn Write) -> Result {
        let to = self.target;
        let many = if self.long { "_N" } else { "" };
        match self.op {
            Op::Label(_) | Op::Line(_) => Ok(()),
            Op::LoadFalse => out.write_str("LOAD_CONST_FALSE"),
            Op::LoadNone => out.write_str("LOAD_CONST_NONE"),
            Op::LoadTrue => out.write_str("LOAD_CONST_TRUE"),
            Op::LoadNull => out.write_str("LOAD_NULL"),
            Op::LoadInt(value) => write!(out, "LOAD_CONST_SMALL_INT {value}"),
            Op::LoadStr(name) => self.quoted(out, "LOAD_CONST_STRING", name),
            Op::LoadConst(id) => {
                out.write_str("LOAD_CONST_OBJ ")?;
                self.refers.constant(id.0, out)
            }
            Op::LoadFast(local) => write!(out, "LOAD_FAST{many} {}", local.0),
            Op::LoadDeref(local) => write!(out, "LOAD_DEREF {}", local.0),
            Op::LoadName(name) => self.named(out, "LOAD_NAME", name),
            Op::LoadGlobal(name) => self.named(out, "LOAD_GLOBAL", name),
            Op::LoadAttr(name) => self.named(out, "LOAD_ATTR", name),
            Op::LoadMethod(name) => self.named(out, "LOAD_METHOD", name),
            Op::LoadSuperMethod(name) => self.named(out, "LOAD_SUPER_METHOD", name),
            Op::LoadBuildClass => out.write_str("LOAD_BUILD_CLASS"),
            Op::LoadSubscr => out.write_str("LOAD_SUBSCR"),
            Op::StoreFast(local) => write!(out, "STORE_FAST{many} {}", local.0),
            Op::StoreDeref(local) => write!(out, "STORE_DEREF {}", local.0),
            Op::StoreName(name) => self.named(out, "STORE_NAME", name),
            Op::StoreGlobal(name) => self.named(out, "STORE_GLOBAL", name),
            Op::StoreAttr(name) => self.named(out, "STORE_ATTR", name),
            Op::StoreSubscr => out.write_str("STORE_SUBSCR"),
            Op::DeleteFast(local) => write!(out, "DELETE_FAST {}", local.0),
            Op::DeleteDeref(local) => write!(out, "DELETE_DEREF {}", local.0),
            Op::DeleteName(name) => self.named(out, "DELETE_NAME", name),
            Op::DeleteGlobal(name) => self.named(out, "DELETE_GLOBAL", name),
            Op::DupTop => out.write_str("DUP_TOP"),
            Op::DupTopTwo => out.write_str("DUP_TOP_TWO"),
            Op::PopTop => out.write_str("POP_TOP"),
            Op::RotTwo => out.write_str("ROT_TWO"),
            Op::RotThree => out.write_str("ROT_THREE"),
            Op::Jump(_) => write!(out, "JUMP {to}"),
            Op::PopJumpIfTrue(_) => write!(out, "POP_JUMP_IF_TRUE {to}"),
            Op::PopJumpIfFalse(_) => write!(out, "POP_JUMP_IF_FALSE {to}"),
            Op::JumpIfTrueOrPop(_) => write!(out, "JUMP_IF_TRUE_OR_POP {to}"),
            Op::JumpIfFalseOrPop(_) => write!(out, "JUMP_IF_FALSE_OR_POP {to}"),
            Op::UnwindJump { depth, from_for, .. } => {
                write!(out, "UNWIND_JUMP {to} {}", depth | u8::from(from_for) << 7)
            }
            Op::SetupWith(_) => write!(out, "SETUP_WITH {to}"),
            Op::SetupExcept(_) => write!(out, "SETUP_EXCEPT {to}"),
            Op::SetupFinally(_) => write!(out, "SETUP_FINALLY {to}"),
            Op::WithCleanup => out.write_str("WITH_CLEANUP"),
            Op::EndFinally => out.write_str("END_FINALLY"),
            Op::PopExceptJump(_) => write!(out, "POP_EXCEPT_JUMP {to}"),
            Op::GetIter => out.write_str("GET_ITER"),
            Op::GetIterStack => out.write_str("GET_ITER_STACK"),
            Op::ForIter(_) => write!(out, "FOR_ITER {to}"),
            Op::BuildTuple(n) => write!(out, "BUILD_TUPLE {n}"),
            Op::BuildList(n) => write!(out, "BUILD_LIST {n}"),
            Op::BuildMap(n) => write!(out, "BUILD_MAP {n}"),
            Op::StoreMap => out.write_str("STORE_MAP"),
            Op::BuildSet(n) => write!(out, "BUILD_SET {n}"),
            Op::BuildSlice(n) => write!(out, "BUILD_SLICE {n}"),
            Op::StoreComp(collection, depth) => write!(out, "STORE_COMP {}", depth << 2 | collection as u32),
            Op::UnpackSequence(n) => write!(out, "UNPACK_SEQUENCE {n}"),
            Op::UnpackEx { left, right } => write!(out, "UNPACK_EX {}", u32::from(left) | u32::from(right) << 8),
            Op::ReturnValue => out.write_str("RETURN_VALUE"),
            Op::RaiseLast => out.write_str("RAISE_LAST"),
            Op::RaiseObj => out.write_str("RAISE_OBJ"),
            Op::RaiseFrom => out.write_str("RAISE_FROM"),
            Op::YieldValue => out.write_str("YIELD_VALUE"),
            Op::YieldFrom => out.write_str("YIELD_FROM"),
            Op::MakeFunction(child) => self.function(out, "MAKE_FUNCTION", child, None),
            Op::MakeFunctionDefargs(child) => self.function(out, "MAKE_FUNCTION_DEFARGS", child, None),
            Op::MakeClosure(child, n) => self.function(out, "MAKE_CLOSURE", child, Some(n)),
            Op::MakeClosureDefargs(child, n) => self.function(out, "MAKE_CLOSURE_DEFARGS", child, Some(n)),
            Op::CallFunction(args) => call(out, "CALL_FUNCTION", args),
            Op::CallFunctionVarKw(args) => call(out, "CALL_FUNCTION_VAR_KW", args),
            Op::CallMethod(args) => call(out, "CALL_METHOD", args),
            Op::CallMethodVarKw(args) => call(out, "CALL_METHOD_VAR_KW", args),
            Op::ImportName(name) => self.quoted(out, "IMPORT_NAME", name),
            Op::ImportFrom(name) => self.quoted(out, "IMPORT_FROM", name),
            Op::ImportStar => out.write_str("IMPORT_STAR"),
            Op::Unary(op) => write!(out, "UNARY_OP {} {}", op as u8, unary_name(op)),
            Op::Binary(op) => write!(out, "BINARY_OP {} {}", op as u8, binary_name(op)),
        }
    }

    fn named(&self, out: &mut dyn Write, what: &str, name: Qstr) -> Result {
        write!(out, "{what} {}", self.pool.get(name))
    }

    fn quoted(&self, out: &mut dyn Write, what: &str, name: Qstr) -> Result {
        write!(out, "{what} '{}'", self.pool.get(name))
    }

    fn function(&self, out: &mut dyn Write, what: &str, child: ChildId, n_cells: Option<u8>) -> Result {
        write!(out, "{what} ")?;
        self.refers.child(child.0, out)?;
        n_cells.map_or(Ok(()), |n| write!(out, " {n}"))
    }
}

fn call(out: &mut dyn Write, what: &str, args: Args) -> Result {
    write!(out, "{what} n={} nkw={}", args.n_pos, args.n_kw)
}

/// The method behind an operator; none for `not`.
fn unary_name(op: Unary) -> &'static str {
    match op {
        Unary::Positive => "__pos__",
        Unary::Negative => "__neg__",
        Unary::Invert => "__invert__",
        Unary::Not => "",
    }
}

/// The method behind an operator; none for `is` and the matching of exceptions, nor for `in`, whose operands it swaps.
fn binary_name(op: Binary) -> &'static str {
    match op {
        Binary::Less => "__lt__",
        Binary::More => "__gt__",
        Binary::Equal => "__eq__",
        Binary::LessEqual => "__le__",
        Binary::MoreEqual => "__ge__",
        Binary::NotEqual => "__ne__",
        Binary::In | Binary::Is | Binary::ExceptionMatch => "",
        Binary::InplaceOr => "__ior__",
        Binary::InplaceXor => "__ixor__",
        Binary::InplaceAnd => "__iand__",
        Binary::InplaceLeftShift => "__ilshift__",
        Binary::InplaceRightShift => "__irshift__",
        Binary::InplaceAdd => "__iadd__",
        Binary::InplaceSub => "__isub__",
        Binary::InplaceMul => "__imul__",
        Binary::InplaceMatMul => "__imatmul__",
        Binary::InplaceFloorDiv => "__ifloordiv__",
        Binary::InplaceDiv => "__itruediv__",
        Binary::InplaceMod => "__imod__",
        Binary::InplacePow => "__ipow__",
        Binary::Or => "__or__",
        Binary::Xor => "__xor__",
        Binary::And => "__and__",
        Binary::LeftShift => "__lshift__",
        Binary::RightShift => "__rshift__",
        Binary::Add => "__add__",
        Binary::Sub => "__sub__",
        Binary::Mul => "__mul__",
        Binary::MatMul => "__matmul__",
        Binary::FloorDiv => "__floordiv__",
        Binary::Div => "__truediv__",
        Binary::Mod => "__mod__",
        Binary::Pow => "__pow__",
    }
}

/// A constant as `repr` shows it, but for floats, which only look alike.
fn write_const(constant: &Const, out: &mut dyn Write) -> Result {
    match constant {
        Const::None => out.write_str("None"),
        Const::True => out.write_str("True"),
        Const::False => out.write_str("False"),
        Const::Ellipsis => out.write_str("Ellipsis"),
        Const::Int(value) => write!(out, "{value}"),
        Const::BigInt { digits, base } => {
            let prefix = match base {
                16 => "0x",
                8 => "0o",
                2 => "0b",
                _ => "",
            };
            write!(out, "{prefix}{}", core::str::from_utf8(digits).unwrap_or(""))
        }
        Const::Float(value) => write!(out, "{value:?}"),
        Const::Complex { real, imag } => write!(out, "({real:?}{imag:+?}j)"),
        Const::Str(text) => write_text(core::str::from_utf8(text).unwrap_or(""), out),
        Const::Bytes(bytes) => write!(out, "b'{}'", bytes.escape_ascii()),
        Const::Tuple(items) => {
            out.write_char('(')?;
            for (at, item) in items.iter().enumerate() {
                out.write_str(if at > 0 { ", " } else { "" })?;
                write_const(item, out)?;
            }
            out.write_str(if items.len() == 1 { ",)" } else { ")" })
        }
    }
}

/// A text as `repr` shows it.
pub fn write_text(text: &str, out: &mut dyn Write) -> Result {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.write_char(quote)?;
    for c in text.chars() {
        match c {
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            _ if c == quote => write!(out, "\\{c}")?,
            ' '..='~' => out.write_char(c)?,
            _ if (c as u32) < 0x100 => write!(out, "\\x{:02x}", c as u32)?,
            _ if (c as u32) < 0x1_0000 => write!(out, "\\u{:04x}", c as u32)?,
            _ => write!(out, "\\U{:08x}", c as u32)?,
        }
    }
    out.write_char(quote)
}
