//! Ops to bytecode: the complete bytes of one function.

use super::code::Code;
use super::lines::write_step;
use super::number as n;
use super::op::{Args, Label, Local, Op};
use super::prelude::{Prelude, write_signature, write_sizes, write_uint};
use super::tables::Tables;
use crate::mem::{NoMemory, Vec};
use crate::qstr::Qstr;

/// Why there are no bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EncodeError {
    /// A jump is too far.
    TooLong,
    /// Out of memory.
    NoMemory,
}

impl From<NoMemory> for EncodeError {
    fn from(_: NoMemory) -> Self {
        EncodeError::NoMemory
    }
}

/// Which lines the table tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// All, as upstream's compiler does.
    All,
    /// Those that have code: less room, and the same answers.
    WithCode,
    /// None.
    None,
}

/// Rows of (offset, line), if lines go back somewhere: the table of the format cannot tell that.
pub type Rows = Vec<(u32, u32)>;

/// The bytes of a function: head from `code`, body from `ops`.
pub fn encode(code: &Code, ops: &[Op], tables: &mut Tables, kept: Kept) -> Result<Vec<u8>, EncodeError> {
    Ok(encode_with_rows(code, ops, tables, kept)?.0)
}

/// As `encode`, with the lines that the table of the format cannot tell.
pub fn encode_with_rows(
    code: &Code,
    ops: &[Op],
    tables: &mut Tables,
    kept: Kept,
) -> Result<(Vec<u8>, Rows), EncodeError> {
    let mut names = Vec::new();
    write_uint(tables.use_qstr(code.name)?, &mut names)?;
    for &name in &code.arg_names {
        write_uint(tables.use_qstr(name)?, &mut names)?;
    }
    let n_labels = ops.iter().filter_map(|op| if let Op::Label(label) = op { Some(label.0) } else { None }).max();
    let mut body = Body {
        bytes: Vec::new(),
        lines: Vec::new(),
        rows: Vec::new(),
        goes_back: false,
        labels: Vec::new(),
        tables,
        pass: Pass::Longest,
        too_long: false,
    };
    body.labels.resize(n_labels.map_or(0, |label| usize::from(label) + 1), 0)?;
    body.run(ops, kept)?;
    body.pass = Pass::Fit;
    // Jumps only ever get shorter, so this ends.
    let mut sizes = (usize::MAX, 0);
    while sizes != (body.bytes.len(), body.lines.len()) {
        sizes = (body.bytes.len(), body.lines.len());
        body.run(ops, kept)?;
    }
    if body.too_long {
        return Err(EncodeError::TooLong);
    }
    let head = Prelude {
        n_state: usize::from(code.n_state.max(1)),
        n_exc_stack: code.n_exc_stack.into(),
        flags: code.flags,
        n_pos_args: code.n_pos_args.into(),
        n_kwonly_args: code.n_kwonly_args.into(),
        n_def_pos_args: code.n_def_pos_args.into(),
        ..Prelude::default()
    };
    let mut out = Vec::with_capacity(names.len() + body.lines.len() + body.bytes.len() + 8)?;
    write_signature(&head, &mut out)?;
    write_sizes(names.len() + body.lines.len(), code.cells.len(), &mut out)?;
    out.extend_from_slice(&names)?;
    out.extend_from_slice(&body.lines)?;
    out.extend_from_slice(&code.cells)?;
    out.extend_from_slice(&body.bytes)?;
    let rows = if body.goes_back { core::mem::take(&mut body.rows) } else { Vec::new() };
    Ok((out, rows))
}

/// Whether another line or the end comes before any operation.
fn without_code(rest: Option<&[Op]>) -> bool {
    !matches!(rest.unwrap_or(&[]).iter().find(|op| !matches!(op, Op::Label(_))), Some(op) if !matches!(op, Op::Line(_)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// Labels are not known: all jumps take the long form.
    Longest,
    /// Labels are those of the pass before.
    Fit,
}

struct Body<'a> {
    bytes: Vec<u8>,
    lines: Vec<u8>,
    /// Every change of line.
    rows: Rows,
    goes_back: bool,
    /// Offset of each label.
    labels: Vec<usize>,
    tables: &'a mut Tables,
    pass: Pass,
    too_long: bool,
}

impl Body<'_> {
    fn run(&mut self, ops: &[Op], kept: Kept) -> Result<(), NoMemory> {
        self.bytes.clear();
        self.lines.clear();
        self.rows.clear();
        self.too_long = false;
        let (mut line, mut line_start) = (1, 0);
        for (at, &op) in ops.iter().enumerate() {
            match op {
                Op::Label(label) => {
                    if let Some(at) = self.labels.get_mut(usize::from(label.0)) {
                        *at = self.bytes.len();
                    }
                }
                Op::Line(_) if cfg!(feature = "cross") && kept == Kept::WithCode && without_code(ops.get(at + 1..)) => {
                }
                Op::Line(next) => {
                    if kept != Kept::None && next > line {
                        write_step(self.bytes.len() - line_start, (next - line) as usize, &mut self.lines)?;
                        (line, line_start) = (next, self.bytes.len());
                    }
                    if cfg!(feature = "diagnostics") && kept != Kept::None {
                        self.rows.push((self.bytes.len() as u32, next))?;
                        self.goes_back |= next < line;
                    }
                }
                op => self.op(op)?,
            }
        }
        Ok(())
    }

    fn op(&mut self, op: Op) -> Result<(), NoMemory> {
        match op {
            Op::Label(_) | Op::Line(_) => Ok(()),
            Op::LoadFalse => self.plain(n::LOAD_FALSE),
            Op::LoadNone => self.plain(n::LOAD_NONE),
            Op::LoadTrue => self.plain(n::LOAD_TRUE),
            Op::LoadNull => self.plain(n::LOAD_NULL),
            Op::LoadInt(value @ -16..48) => self.plain(n::LOAD_INT_MULTI + (value + 16) as u8),
            Op::LoadInt(value) => self.int(value),
            Op::LoadStr(name) => self.name(n::LOAD_STR, name),
            Op::LoadConst(id) => self.uint(n::LOAD_CONST, id.0),
            Op::LoadFast(Local(local @ 0..16)) => self.plain(n::LOAD_FAST_MULTI + local as u8),
            Op::LoadFast(local) => self.uint(n::LOAD_FAST, local.0.into()),
            Op::LoadDeref(local) => self.uint(n::LOAD_DEREF, local.0.into()),
            Op::LoadName(name) => self.name(n::LOAD_NAME, name),
            Op::LoadGlobal(name) => self.name(n::LOAD_GLOBAL, name),
            Op::LoadAttr(name) => self.name(n::LOAD_ATTR, name),
            Op::LoadMethod(name) => self.name(n::LOAD_METHOD, name),
            Op::LoadSuperMethod(name) => self.name(n::LOAD_SUPER_METHOD, name),
            Op::LoadBuildClass => self.plain(n::LOAD_BUILD_CLASS),
            Op::LoadSubscr => self.plain(n::LOAD_SUBSCR),
            Op::StoreFast(Local(local @ 0..16)) => self.plain(n::STORE_FAST_MULTI + local as u8),
            Op::StoreFast(local) => self.uint(n::STORE_FAST, local.0.into()),
            Op::StoreDeref(local) => self.uint(n::STORE_DEREF, local.0.into()),
            Op::StoreName(name) => self.name(n::STORE_NAME, name),
            Op::StoreGlobal(name) => self.name(n::STORE_GLOBAL, name),
            Op::StoreAttr(name) => self.name(n::STORE_ATTR, name),
            Op::StoreSubscr => self.plain(n::STORE_SUBSCR),
            Op::DeleteFast(local) => self.uint(n::DELETE_FAST, local.0.into()),
            Op::DeleteDeref(local) => self.uint(n::DELETE_DEREF, local.0.into()),
            Op::DeleteName(name) => self.name(n::DELETE_NAME, name),
            Op::DeleteGlobal(name) => self.name(n::DELETE_GLOBAL, name),
            Op::DupTop => self.plain(n::DUP_TOP),
            Op::DupTopTwo => self.plain(n::DUP_TOP_TWO),
            Op::PopTop => self.plain(n::POP_TOP),
            Op::RotTwo => self.plain(n::ROT_TWO),
            Op::RotThree => self.plain(n::ROT_THREE),
            Op::Jump(to) => self.jump(n::JUMP, to),
            Op::PopJumpIfTrue(to) => self.jump(n::POP_JUMP_IF_TRUE, to),
            Op::PopJumpIfFalse(to) => self.jump(n::POP_JUMP_IF_FALSE, to),
            Op::JumpIfTrueOrPop(to) => self.jump(n::JUMP_IF_TRUE_OR_POP, to),
            Op::JumpIfFalseOrPop(to) => self.jump(n::JUMP_IF_FALSE_OR_POP, to),
            Op::UnwindJump { to, depth, from_for } => {
                self.jump(n::UNWIND_JUMP, to)?;
                self.bytes.push(depth & 0x7f | u8::from(from_for) << 7)
            }
            Op::SetupWith(to) => self.jump(n::SETUP_WITH, to),
            Op::SetupExcept(to) => self.jump(n::SETUP_EXCEPT, to),
            Op::SetupFinally(to) => self.jump(n::SETUP_FINALLY, to),
            Op::WithCleanup => self.plain(n::WITH_CLEANUP),
            Op::EndFinally => self.plain(n::END_FINALLY),
            Op::PopExceptJump(to) => self.jump(n::POP_EXCEPT_JUMP, to),
            Op::GetIter => self.plain(n::GET_ITER),
            Op::GetIterStack => self.plain(n::GET_ITER_STACK),
            Op::ForIter(to) => self.jump(n::FOR_ITER, to),
            Op::BuildTuple(count) => self.uint(n::BUILD_TUPLE, count),
            Op::BuildList(count) => self.uint(n::BUILD_LIST, count),
            Op::BuildMap(count) => self.uint(n::BUILD_MAP, count),
            Op::StoreMap => self.plain(n::STORE_MAP),
            Op::BuildSet(count) => self.uint(n::BUILD_SET, count),
            Op::BuildSlice(count) => self.uint(n::BUILD_SLICE, count),
            Op::StoreComp(collection, depth) => self.uint(n::STORE_COMP, depth << 2 | collection as u32),
            Op::UnpackSequence(count) => self.uint(n::UNPACK_SEQUENCE, count),
            Op::UnpackEx { left, right } => self.uint(n::UNPACK_EX, u32::from(left) | u32::from(right) << 8),
            Op::ReturnValue => self.plain(n::RETURN_VALUE),
            Op::RaiseLast => self.plain(n::RAISE_LAST),
            Op::RaiseObj => self.plain(n::RAISE_OBJ),
            Op::RaiseFrom => self.plain(n::RAISE_FROM),
            Op::YieldValue => self.plain(n::YIELD_VALUE),
            Op::YieldFrom => self.plain(n::YIELD_FROM),
            Op::MakeFunction(child) => self.uint(n::MAKE_FUNCTION, child.0),
            Op::MakeFunctionDefargs(child) => self.uint(n::MAKE_FUNCTION_DEFARGS, child.0),
            Op::MakeClosure(child, cells) => {
                self.uint(n::MAKE_CLOSURE, child.0)?;
                self.bytes.push(cells)
            }
            Op::MakeClosureDefargs(child, cells) => {
                self.uint(n::MAKE_CLOSURE_DEFARGS, child.0)?;
                self.bytes.push(cells)
            }
            Op::CallFunction(args) => self.call(n::CALL_FUNCTION, args),
            Op::CallFunctionVarKw(args) => self.call(n::CALL_FUNCTION_VAR_KW, args),
            Op::CallMethod(args) => self.call(n::CALL_METHOD, args),
            Op::CallMethodVarKw(args) => self.call(n::CALL_METHOD_VAR_KW, args),
            Op::ImportName(name) => self.name(n::IMPORT_NAME, name),
            Op::ImportFrom(name) => self.name(n::IMPORT_FROM, name),
            Op::ImportStar => self.plain(n::IMPORT_STAR),
            Op::Unary(op) => self.plain(n::UNARY_MULTI + op as u8),
            Op::Binary(op) => self.plain(n::BINARY_MULTI + op as u8),
        }
    }

    fn plain(&mut self, number: u8) -> Result<(), NoMemory> {
        self.bytes.push(number)
    }

    fn uint(&mut self, number: u8, operand: u32) -> Result<(), NoMemory> {
        self.bytes.push(number)?;
        write_uint(operand as usize, &mut self.bytes)
    }

    fn name(&mut self, number: u8, name: Qstr) -> Result<(), NoMemory> {
        let index = self.tables.use_qstr(name)?;
        self.uint(number, index as u32)
    }

    fn call(&mut self, number: u8, args: Args) -> Result<(), NoMemory> {
        self.uint(number, u32::from(args.n_kw) << 8 | u32::from(args.n_pos))
    }

    fn int(&mut self, value: i32) -> Result<(), NoMemory> {
        self.bytes.push(n::LOAD_INT)?;
        // As many groups of seven bits as keep the sign.
        let mut shift = 0;
        while !(-64..64).contains(&(value >> shift)) {
            shift += 7;
        }
        while shift > 0 {
            self.bytes.push(0x80 | (value >> shift) as u8)?;
            shift -= 7;
        }
        self.bytes.push(value as u8 & 0x7f)
    }

    /// The distance counts from behind the jump and is biased when it may be negative.
    fn jump(&mut self, number: u8, to: Label) -> Result<(), NoMemory> {
        let target = self.labels.get(usize::from(to.0)).copied().unwrap_or(0) as isize;
        let short = target - self.bytes.len() as isize - 2;
        let signed = number <= n::POP_JUMP_IF_FALSE;
        self.bytes.push(number)?;
        let fits = if signed { (-64..64).contains(&short) } else { (0..128).contains(&short) };
        if self.pass == Pass::Fit && fits {
            return self.bytes.push((short + if signed { 0x40 } else { 0 }) as u8);
        }
        let long = short - 1 + if signed { 0x4000 } else { 0 };
        self.too_long |= !(0..0x8000).contains(&long);
        self.bytes.push(0x80 | long as u8)?;
        self.bytes.push((long >> 7) as u8)
    }
}
