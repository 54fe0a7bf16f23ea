//! Code objects as debuggers see them.

use crate::Vm;
use crate::compile::decode;
use crate::compile::lines::Steps;
use crate::compile::op::Op;
use crate::qstr::Qstr;
use crate::run::code::RawCode;
use crate::types::{bytes, list, tuple};
use crate::value::{Gc, GcVec, Obj, Res};

impl RawCode {
    /// The line of the operation at `offset`, and the stretch of code that belongs to it.
    pub fn line_range(&self, offset: usize) -> (u32, usize, usize) {
        if !self.rows.is_empty() {
            let (rows, _) = self.rows.slice().as_chunks::<2>();
            let behind = rows.partition_point(|[start, _]| *start as usize <= offset);
            let (from, line) = match behind.checked_sub(1).and_then(|at| rows.get(at)) {
                Some([start, line]) => (*start as usize, *line),
                None => (0, 1),
            };
            return (line, from, rows.get(behind).map_or(usize::MAX, |[start, _]| *start as usize));
        }
        let range = self.lines.start as usize..self.lines.end as usize;
        let (mut line, mut from) = (1, 0);
        for (start, next) in Steps::new(self.bytes.slice().get(range).unwrap_or(&[])) {
            if start > offset {
                return (line, from, start);
            }
            if next != line {
                from = start;
            }
            line = next;
        }
        (line, from, usize::MAX)
    }

    /// Name of a local, and whether it lives in a cell.
    pub fn local_name(&self, number: usize) -> Option<(Qstr, bool)> {
        self.locals.get(number).map(|name| (Qstr(name), self.is_cell(number) || self.is_free(number)))
    }
}

/// `co_names`: those of the module.
pub fn names(vm: &mut Vm, code: Gc<RawCode>) -> Res {
    let all = GcVec::with_capacity(vm, code.context.names.len())?;
    for name in code.context.names.slice() {
        all.push(vm, Obj::name(Qstr(*name)))?;
    }
    tuple::new(vm, all.slice())
}

fn body_of<'a>(code: Gc<RawCode>) -> &'a [u8] {
    let start = (code.start as usize).saturating_sub(code.bytes.start().as_ptr() as usize);
    code.bytes.slice().get(start..).unwrap_or(&[])
}

/// `co_code`
pub fn body(vm: &mut Vm, code: Gc<RawCode>) -> Res {
    bytes::new(vm, body_of(code))
}

/// `co_consts`: the docstring or None, then what the operations load.
pub fn consts(vm: &mut Vm, code: Gc<RawCode>) -> Res {
    let all = GcVec::from_slice(vm, &[code.docstring()])?;
    let mut names = crate::mem::Vec::new();
    if names.extend(code.context.names.slice().iter().map(|name| Qstr(*name))).is_err() {
        return Err(vm.memory_error());
    }
    let (body, mut at) = (body_of(code), 0);
    while at < body.len() {
        let Ok((op, _)) = decode::read(body, &mut at, &names) else { break };
        let value = match op {
            Op::LoadConst(number) => code.context.consts.get(number.0 as usize),
            Op::LoadInt(value) => Some(Obj::small_wrapping(value as isize)),
            Op::LoadStr(name) => Some(Obj::name(name)),
            Op::LoadTrue => Some(Obj::TRUE),
            Op::LoadFalse => Some(Obj::FALSE),
            _ => None,
        };
        if let Some(value) = value.filter(|value| !all.slice().contains(value)) {
            all.push(vm, value)?;
        }
    }
    tuple::new(vm, all.slice())
}

/// `co_lines()`: an iterator of where the code of a line starts and ends, and the line.
pub fn lines(vm: &mut Vm, obj: Obj) -> Res {
    let Some(code) = Gc::<RawCode>::from_obj(obj) else { return Ok(Obj::NULL) };
    let (all, len) = (GcVec::new(), body_of(code).len());
    let mut start = 0;
    while start < len {
        let (line, _, end) = code.line_range(start);
        let mut end = end.clamp(start + 1, len);
        // Long stretches have several rows in the table.
        while end < len && code.line_at(end) == line {
            end = code.line_range(end).2.clamp(end + 1, len);
        }
        let row = tuple::new(vm, &[start, end, line as usize].map(|number| Obj::small_wrapping(number as isize)))?;
        all.push(vm, row)?;
        start = end;
    }
    let all = list::from_vec(vm, all)?;
    vm.iter(all)
}

/// `co_lnotab`: pairs of steps, of code and of lines, as CPython's old table.
pub fn line_table(vm: &mut Vm, code: Gc<RawCode>) -> Res {
    let all: GcVec<u8> = GcVec::new();
    let (mut offset, mut line) = (0, 1);
    let range = code.lines.start as usize..code.lines.end as usize;
    for (next, next_line) in Steps::new(code.bytes.slice().get(range).unwrap_or(&[])) {
        let (mut bytes, mut lines) = (next - offset, (next_line - line) as usize);
        while bytes > 0 || lines > 0 {
            let row = [bytes.min(255) as u8, if bytes > 255 { 0 } else { lines.min(127) as u8 }];
            all.extend(vm, &row)?;
            bytes -= usize::from(row[0]);
            lines -= usize::from(row[1]);
        }
        (offset, line) = (next, next_line);
    }
    bytes::new(vm, all.slice())
}
