//! Bytecode to ops, whoever made the bytecode.

use super::lines::Steps;
use super::number as n;
use super::op::{Args, Binary, ChildId, Collection, ConstId, Label, Local, Op, OpList, Unary};
use super::prelude::{Malformed, Prelude, byte, uint};
use crate::mem::{NoMemory, Vec};
use crate::qstr::Qstr;

/// Why there are no ops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecodeError {
    /// Not the bytes of a function, or an int wider than 32 bits.
    Malformed,
    /// Out of memory.
    NoMemory,
}

impl From<Malformed> for DecodeError {
    fn from(_: Malformed) -> Self {
        DecodeError::Malformed
    }
}

impl From<NoMemory> for DecodeError {
    fn from(_: NoMemory) -> Self {
        DecodeError::NoMemory
    }
}

/// The ops of a function; labels are numbered by where they stand. `qstrs` are the names of its module.
pub fn decode(bytes: &[u8], qstrs: &[Qstr]) -> Result<OpList, DecodeError> {
    let prelude = Prelude::read(bytes)?;
    decode_with(bytes, qstrs, Steps::new(bytes.get(prelude.lines).ok_or(Malformed)?))
}

/// As `decode`, where the line table does not tell all: `rows` are offsets and the lines that start there.
pub fn decode_with(
    bytes: &[u8],
    qstrs: &[Qstr],
    rows: impl Iterator<Item = (usize, u32)>,
) -> Result<OpList, DecodeError> {
    let prelude = Prelude::read(bytes)?;
    let code = bytes.get(prelude.code..).ok_or(Malformed)?;
    let mut targets = Vec::new();
    let mut at = 0;
    while at < code.len() {
        if let Some(target) = read(code, &mut at, qstrs)?.1 {
            targets.push(target)?;
        }
    }
    targets.sort_unstable();
    let mut unique = Vec::new();
    for &target in &targets {
        if unique.last() != Some(&target) {
            unique.push(target)?;
        }
    }
    let mut lines = rows.peekable();
    let mut ops = OpList::new();
    let (mut at, mut next_label, mut line) = (0, 0, 1);
    loop {
        if unique.get(next_label) == Some(&at) {
            ops.push(Op::Label(Label(u16::try_from(next_label).map_err(|_| Malformed)?)))?;
            next_label += 1;
        }
        let before = line;
        while let Some((_, next)) = lines.next_if(|&(start, _)| start <= at) {
            line = next;
        }
        if line != before {
            ops.push(Op::Line(line))?;
        }
        if at >= code.len() {
            break;
        }
        let (mut op, target) = read(code, &mut at, qstrs)?;
        if let (Some(label), Some(target)) = (op.target_mut(), target) {
            *label = Label(unique.binary_search(&target).map_err(|_| Malformed)? as u16);
        }
        ops.push(op)?;
    }
    // A jump into the middle of an operation has no label.
    if next_label == unique.len() { Ok(ops) } else { Err(DecodeError::Malformed) }
}

/// What a first look at an operation tells.
pub enum Glance {
    /// It has an end.
    Other,
    /// It names this local.
    Local(usize),
    /// It may go on there.
    Jump(usize),
}

/// Goes past one operation of `code` without looking at all of it.
pub fn glance(code: &[u8], at: &mut usize) -> Result<Glance, Malformed> {
    let number = byte(code, at)?;
    match number {
        n::LOAD_FAST_MULTI..n::STORE_FAST_MULTI => return Ok(Glance::Local((number - n::LOAD_FAST_MULTI).into())),
        n::STORE_FAST_MULTI..n::UNARY_MULTI => return Ok(Glance::Local((number - n::STORE_FAST_MULTI).into())),
        n::LOAD_FAST..=n::DELETE_DEREF => return Ok(Glance::Local(uint(code, at)?)),
        n::UNWIND_JUMP => {
            let target = target(number, code, at)?;
            byte(code, at)?;
            return Ok(Glance::Jump(target));
        }
        n::JUMP..=n::FOR_ITER => return Ok(Glance::Jump(target(number, code, at)?)),
        // It may be wider than an `Op` holds.
        n::LOAD_INT => while byte(code, at)? & 0x80 != 0 {},
        n::MAKE_CLOSURE | n::MAKE_CLOSURE_DEFARGS => {
            uint(code, at)?;
            byte(code, at)?;
        }
        n::LOAD_STR..=n::IMPORT_FROM | n::LOAD_CONST | n::BUILD_TUPLE..=n::CALL_METHOD_VAR_KW => {
            uint(code, at)?;
        }
        n::LOAD_FALSE..=n::GET_ITER_STACK
        | n::STORE_MAP..=n::IMPORT_STAR
        | n::LOAD_INT_MULTI..n::LOAD_FAST_MULTI
        | n::UNARY_MULTI..n::BINARY_MULTI => {}
        n::BINARY_MULTI.. if usize::from(number - n::BINARY_MULTI) < Binary::ALL.len() => {}
        _ => return Err(Malformed),
    }
    Ok(Glance::Other)
}

/// Reads one operation of `code`, and where it jumps to; its label is not yet known.
pub fn read(code: &[u8], at: &mut usize, qstrs: &[Qstr]) -> Result<(Op, Option<usize>), Malformed> {
    let number = byte(code, at)?;
    let op = match number {
        n::LOAD_STR..=n::IMPORT_FROM => {
            let name = *qstrs.get(uint(code, at)?).ok_or(Malformed)?;
            with_name(number, name)?
        }
        n::MAKE_CLOSURE => Op::MakeClosure(ChildId(operand(code, at)?), byte(code, at)?),
        n::MAKE_CLOSURE_DEFARGS => Op::MakeClosureDefargs(ChildId(operand(code, at)?), byte(code, at)?),
        n::LOAD_INT => Op::LoadInt(int(code, at)?),
        n::LOAD_CONST => Op::LoadConst(ConstId(operand(code, at)?)),
        n::LOAD_FAST => Op::LoadFast(local(code, at)?),
        n::LOAD_DEREF => Op::LoadDeref(local(code, at)?),
        n::STORE_FAST => Op::StoreFast(local(code, at)?),
        n::STORE_DEREF => Op::StoreDeref(local(code, at)?),
        n::DELETE_FAST => Op::DeleteFast(local(code, at)?),
        n::DELETE_DEREF => Op::DeleteDeref(local(code, at)?),
        n::BUILD_TUPLE => Op::BuildTuple(operand(code, at)?),
        n::BUILD_LIST => Op::BuildList(operand(code, at)?),
        n::BUILD_MAP => Op::BuildMap(operand(code, at)?),
        n::BUILD_SET => Op::BuildSet(operand(code, at)?),
        n::BUILD_SLICE => Op::BuildSlice(operand(code, at)?),
        n::STORE_COMP => {
            let operand = operand(code, at)?;
            let collection = match operand & 3 {
                0 => Collection::List,
                1 => Collection::Dict,
                2 => Collection::Set,
                _ => return Err(Malformed),
            };
            Op::StoreComp(collection, operand >> 2)
        }
        n::UNPACK_SEQUENCE => Op::UnpackSequence(operand(code, at)?),
        n::UNPACK_EX => {
            let operand = operand(code, at)?;
            let right = u16::try_from(operand >> 8).map_err(|_| Malformed)?;
            Op::UnpackEx { left: (operand & 0xff) as u16, right }
        }
        n::MAKE_FUNCTION => Op::MakeFunction(ChildId(operand(code, at)?)),
        n::MAKE_FUNCTION_DEFARGS => Op::MakeFunctionDefargs(ChildId(operand(code, at)?)),
        n::CALL_FUNCTION => Op::CallFunction(args(code, at)?),
        n::CALL_FUNCTION_VAR_KW => Op::CallFunctionVarKw(args(code, at)?),
        n::CALL_METHOD => Op::CallMethod(args(code, at)?),
        n::CALL_METHOD_VAR_KW => Op::CallMethodVarKw(args(code, at)?),
        n::UNWIND_JUMP | n::JUMP..=n::FOR_ITER => return jump(number, code, at),
        n::LOAD_FALSE => Op::LoadFalse,
        n::LOAD_NONE => Op::LoadNone,
        n::LOAD_TRUE => Op::LoadTrue,
        n::LOAD_NULL => Op::LoadNull,
        n::LOAD_BUILD_CLASS => Op::LoadBuildClass,
        n::LOAD_SUBSCR => Op::LoadSubscr,
        n::STORE_SUBSCR => Op::StoreSubscr,
        n::DUP_TOP => Op::DupTop,
        n::DUP_TOP_TWO => Op::DupTopTwo,
        n::POP_TOP => Op::PopTop,
        n::ROT_TWO => Op::RotTwo,
        n::ROT_THREE => Op::RotThree,
        n::WITH_CLEANUP => Op::WithCleanup,
        n::END_FINALLY => Op::EndFinally,
        n::GET_ITER => Op::GetIter,
        n::GET_ITER_STACK => Op::GetIterStack,
        n::STORE_MAP => Op::StoreMap,
        n::RETURN_VALUE => Op::ReturnValue,
        n::RAISE_LAST => Op::RaiseLast,
        n::RAISE_OBJ => Op::RaiseObj,
        n::RAISE_FROM => Op::RaiseFrom,
        n::YIELD_VALUE => Op::YieldValue,
        n::YIELD_FROM => Op::YieldFrom,
        n::IMPORT_STAR => Op::ImportStar,
        n::LOAD_INT_MULTI..n::LOAD_FAST_MULTI => Op::LoadInt(i32::from(number - n::LOAD_INT_MULTI) - 16),
        n::LOAD_FAST_MULTI..n::STORE_FAST_MULTI => Op::LoadFast(Local((number - n::LOAD_FAST_MULTI).into())),
        n::STORE_FAST_MULTI..n::UNARY_MULTI => Op::StoreFast(Local((number - n::STORE_FAST_MULTI).into())),
        n::UNARY_MULTI..n::BINARY_MULTI => {
            Op::Unary(*Unary::ALL.get(usize::from(number - n::UNARY_MULTI)).ok_or(Malformed)?)
        }
        n::BINARY_MULTI.. => Op::Binary(*Binary::ALL.get(usize::from(number - n::BINARY_MULTI)).ok_or(Malformed)?),
        _ => return Err(Malformed),
    };
    Ok((op, None))
}

fn with_name(number: u8, name: Qstr) -> Result<Op, Malformed> {
    Ok(match number {
        n::LOAD_STR => Op::LoadStr(name),
        n::LOAD_NAME => Op::LoadName(name),
        n::LOAD_GLOBAL => Op::LoadGlobal(name),
        n::LOAD_ATTR => Op::LoadAttr(name),
        n::LOAD_METHOD => Op::LoadMethod(name),
        n::LOAD_SUPER_METHOD => Op::LoadSuperMethod(name),
        n::STORE_NAME => Op::StoreName(name),
        n::STORE_GLOBAL => Op::StoreGlobal(name),
        n::STORE_ATTR => Op::StoreAttr(name),
        n::DELETE_NAME => Op::DeleteName(name),
        n::DELETE_GLOBAL => Op::DeleteGlobal(name),
        n::IMPORT_NAME => Op::ImportName(name),
        n::IMPORT_FROM => Op::ImportFrom(name),
        _ => return Err(Malformed),
    })
}

/// Reads where a jump goes.
fn target(number: u8, code: &[u8], at: &mut usize) -> Result<usize, Malformed> {
    let first = isize::from(byte(code, at)?);
    let signed = number <= n::POP_JUMP_IF_FALSE;
    let distance = if first & 0x80 == 0 {
        first - if signed { 0x40 } else { 0 }
    } else {
        (first & 0x7f | isize::from(byte(code, at)?) << 7) - if signed { 0x4000 } else { 0 }
    };
    at.checked_add_signed(distance).filter(|&target| target <= code.len()).ok_or(Malformed)
}

fn jump(number: u8, code: &[u8], at: &mut usize) -> Result<(Op, Option<usize>), Malformed> {
    let target = target(number, code, at)?;
    let to = Label(0);
    let op = match number {
        n::UNWIND_JUMP => {
            let bits = byte(code, at)?;
            Op::UnwindJump { to, depth: bits & 0x7f, from_for: bits & 0x80 != 0 }
        }
        n::JUMP => Op::Jump(to),
        n::POP_JUMP_IF_TRUE => Op::PopJumpIfTrue(to),
        n::POP_JUMP_IF_FALSE => Op::PopJumpIfFalse(to),
        n::JUMP_IF_TRUE_OR_POP => Op::JumpIfTrueOrPop(to),
        n::JUMP_IF_FALSE_OR_POP => Op::JumpIfFalseOrPop(to),
        n::SETUP_WITH => Op::SetupWith(to),
        n::SETUP_EXCEPT => Op::SetupExcept(to),
        n::SETUP_FINALLY => Op::SetupFinally(to),
        n::POP_EXCEPT_JUMP => Op::PopExceptJump(to),
        n::FOR_ITER => Op::ForIter(to),
        _ => return Err(Malformed),
    };
    Ok((op, Some(target)))
}

fn operand(code: &[u8], at: &mut usize) -> Result<u32, Malformed> {
    u32::try_from(uint(code, at)?).map_err(|_| Malformed)
}

fn local(code: &[u8], at: &mut usize) -> Result<Local, Malformed> {
    u16::try_from(uint(code, at)?).map(Local).map_err(|_| Malformed)
}

fn args(code: &[u8], at: &mut usize) -> Result<Args, Malformed> {
    let operand = uint(code, at)?;
    Ok(Args { n_pos: (operand & 0xff) as u8, n_kw: u16::try_from(operand >> 8).map_err(|_| Malformed)? })
}

fn int(code: &[u8], at: &mut usize) -> Result<i32, Malformed> {
    let mut value = 0i64;
    let mut first = true;
    loop {
        let z = byte(code, at)?;
        if first && z & 0x40 != 0 {
            value = -1;
        }
        first = false;
        value = value << 7 | i64::from(z & 0x7f);
        if i32::try_from(value).is_err() {
            return Err(Malformed);
        }
        if z & 0x80 == 0 {
            return i32::try_from(value).map_err(|_| Malformed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::code::Code;
    use super::super::encode::{Kept, encode};
    use super::super::tables::Tables;
    use super::*;

    /// Ops that stand alone, with many operands.
    fn samples(seed: u32) -> [Op; 24] {
        let q = Qstr(seed % 300 + 1);
        let args = Args { n_pos: seed as u8, n_kw: (seed >> 8) as u16 % 90 };
        [
            Op::LoadInt(seed as i32),
            Op::LoadInt((seed as i32) >> 17),
            Op::LoadInt((seed as i32) >> 25),
            Op::LoadStr(q),
            Op::LoadAttr(q),
            Op::StoreGlobal(q),
            Op::ImportFrom(q),
            Op::LoadConst(ConstId(seed % 700)),
            Op::LoadFast(Local(seed as u16 % 40)),
            Op::StoreFast(Local(seed as u16 % 40)),
            Op::DeleteDeref(Local(seed as u16 % 4000)),
            Op::BuildMap(seed % 200),
            Op::StoreComp(Collection::Set, seed % 99),
            Op::UnpackEx { left: seed as u16 & 0xff, right: seed as u16 % 77 },
            Op::MakeClosureDefargs(ChildId(seed % 500), seed as u8),
            Op::CallFunctionVarKw(args),
            Op::CallMethod(args),
            Op::RotThree,
            Op::YieldFrom,
            Op::ImportStar,
            Op::Unary(Unary::ALL[seed as usize % 4]),
            Op::Binary(Binary::ALL[seed as usize % 35]),
            Op::Line(seed % 5000 + 2),
            Op::GetIterStack,
        ]
    }

    #[test]
    fn encoded_ops_come_back() {
        let mut seed = 12345u32;
        for round in 0..300 {
            let mut draw = |below: u32| {
                seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
                (seed >> 8) % below
            };
            let n_labels = draw(6) as u16 + 1;
            let len = draw(400) as usize + 8;
            let mut ops = OpList::new();
            let mut line = 1;
            let mut placed = 0;
            for at in 0..len {
                if placed < n_labels && at >= len * usize::from(placed) / usize::from(n_labels) {
                    ops.push(Op::Label(Label(placed))).unwrap();
                    ops.push(Op::Jump(Label(draw(n_labels.into()) as u16))).unwrap();
                    let ahead = Label(n_labels - 1);
                    if placed + 1 < n_labels {
                        ops.push(Op::ForIter(Label(placed + 1))).unwrap();
                        ops.push(Op::SetupFinally(ahead)).unwrap();
                        ops.push(Op::UnwindJump { to: ahead, depth: 3, from_for: round % 2 == 0 }).unwrap();
                    }
                    placed += 1;
                }
                match samples(draw(1 << 24) << 8 | round)[draw(24) as usize] {
                    Op::Line(next) => {
                        if next > line {
                            // A label at the same place comes first.
                            ops.extend([Op::Line(next), Op::DupTop]).unwrap();
                            line = next;
                        }
                    }
                    op => ops.push(op).unwrap(),
                }
            }
            ops.push(Op::PopJumpIfTrue(Label(0))).unwrap();
            ops.push(Op::ReturnValue).unwrap();
            let mut tables = Tables::default();
            let code = Code { n_state: 9, name: Qstr(1), ..Code::default() };
            let bytes = encode(&code, &ops, &mut tables, Kept::All).unwrap();
            assert!(decode(&bytes, &tables.qstrs).unwrap() == ops, "round {round}");
        }
    }

    #[test]
    fn broken_bytes_are_refused() {
        let code = Code { n_state: 1, name: Qstr(1), ..Code::default() };
        let mut tables = Tables::default();
        let good =
            encode(&code, &[Op::Jump(Label(0)), Op::Label(Label(0)), Op::LoadNone], &mut tables, Kept::All).unwrap();
        assert!(decode(&good, &tables.qstrs).is_ok());
        for cut in 0..good.len() - 2 {
            let _ = decode(&good[..cut], &tables.qstrs);
        }
        for at in 0..good.len() {
            let mut bad = good.try_clone().unwrap();
            bad[at] ^= 0xff;
            let _ = decode(&bad, &tables.qstrs);
        }
        assert!(decode(&[], &[]).is_err());
    }
}
