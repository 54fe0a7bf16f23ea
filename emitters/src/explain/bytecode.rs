//! Bytecode as rows: text and offset of each operation.

use super::OpRow;
use vm::compile::decode::read;
use vm::compile::dump::write_op;
use vm::compile::emitter::Unit;
use vm::compile::op::Op;
use vm::compile::prelude::Prelude;
use vm::qstr::Qstr;

/// The source line of each operation.
pub fn lines(first: u32, ops: &[Op]) -> Vec<u32> {
    let mut line = first;
    let next = |op: &Op| {
        if let Op::Line(next) = *op {
            line = next;
        }
        line
    };
    ops.iter().map(next).collect()
}

/// A row for each operation; none for marks of lines.
pub fn rows(unit: &Unit<'_>) -> Vec<Option<OpRow>> {
    let code = unit.code;
    let real = |op: &&Op| !matches!(op, Op::Label(_) | Op::Line(_));
    let offsets = offsets(&code.bytes);
    // Where the bytes do not go with the operations one for one, they have no offsets.
    let known = offsets.len() == code.ops.iter().filter(real).count();
    let mut offsets = offsets.into_iter();
    let row = |(at, op): (usize, &Op)| {
        let offset = if real(&op) { offsets.next().filter(|_| known) } else { None };
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = write_op(*op, code, unit.consts, unit.names, &mut text);
        let text = text.trim_start().to_string();
        (!matches!(op, Op::Line(_))).then_some(OpRow { at, offset, text })
    };
    code.ops.iter().enumerate().map(row).collect()
}

/// An operation's name.
pub fn mnemonic(op: Op) -> String {
    let text = format!("{op:?}");
    text.split(['(', ' ']).next().unwrap_or("").into()
}

/// Where operations start in the bytecode.
fn offsets(bytes: &[u8]) -> Vec<usize> {
    let Ok(prelude) = Prelude::read(bytes) else { return Vec::new() };
    let body = bytes.get(prelude.code..).unwrap_or(&[]);
    let (mut all, mut at) = (Vec::new(), 0);
    while at < body.len() {
        all.push(at);
        // Names are not asked for: any number of them will do.
        if read(body, &mut at, NAMES).is_err() {
            return Vec::new();
        }
    }
    all
}

/// Names for operands that nobody looks at.
const NAMES: &[Qstr] = &[Qstr::NULL; 1 << 16];
