//! Code objects as debuggers see them.

use crate::Vm;
use crate::compile::lines::Steps;
use crate::qstr::Qstr;
use crate::run::code::RawCode;
use crate::types::{bytes, tuple};
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

/// `co_code`
pub fn body(vm: &mut Vm, code: Gc<RawCode>) -> Res {
    let start = (code.start as usize).saturating_sub(code.bytes.start().as_ptr() as usize);
    bytes::new(vm, code.bytes.slice().get(start..).unwrap_or(&[]))
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
